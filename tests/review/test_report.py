"""The report's file: what it holds, what it forbids, and that nothing of a page gets out of its place."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from typer.testing import CliRunner

from extractor.cli.console import app
from extractor.evaluation import evaluate
from extractor.review.charts import Bar, Bars, Cell, Series, shade
from extractor.review.report import PAGES_A_BLOCK, visible, write_report
from tests.review.records import page, place, workshop
from tests.review.test_evaluation import GOLD
from tests.sinks.records import line

cli = CliRunner()
ASSETS = Path(__file__).parents[2] / "extractor" / "review" / "assets"


def report(records: Iterable[dict[str, Any]], **options: Any) -> str:
    stream = io.StringIO()
    write_report(records, stream, **options)
    return stream.getvalue()


def unpacked(html: str, block: str) -> Any:
    found = re.search(f'<script type="application/octet-stream" id="{block}">([A-Za-z0-9+/=]*)</script>', html)
    assert found is not None
    return json.loads(zlib.decompress(base64.b64decode(found[1])))


def test_the_overview_counts_pages() -> None:
    html = report([workshop(1), workshop(2) | {"page_type": "news"}])
    assert re.search(r"<dt>Records</dt><dd>2</dd>", html)
    assert '<a href="#pages?kind=event">' in html
    assert "Most: Ghana 2." in html
    assert "Most: title 100%, date of the event 100%, place 100%." in html
    assert "field without value: 2" in html
    assert re.search(r"Riverine Mobility Agency: 2", html)


def test_bases_of_tags_are_told_apart() -> None:
    html = report([workshop()])
    assert "10 Reduced Inequalities: 1 (stated 0, cited 1, inferred 0)" in html
    assert "8 Decent Work and Economic Growth: 1 (stated 0, cited 0, inferred 1)" in html
    cited, inferred = (html.index(f"Objectives × SDGs, {basis}") for basis in ("cited", "inferred"))
    assert cited < html.index("Skills development and recognition, Reduced Inequalities: 1") < inferred
    assert html.index("Skills development and recognition, Decent Work and Economic Growth: 1") > inferred


def test_pages_are_packed_in_blocks_with_offsets_of_browsers() -> None:
    text = "😀 Accra"
    records = [page(text, n, places=[place(text, "Accra")]) for n in range(PAGES_A_BLOCK + 1)]
    html = report(records)
    assert len(unpacked(html, "block0")) == PAGES_A_BLOCK
    (last,) = unpacked(html, "block1")
    assert last["text"] == text
    assert last["values"][0][2:5] == ["Accra", "city · GH · venue", [3, 8]]
    assert len(unpacked(html, "index")["pages"]) == PAGES_A_BLOCK + 1


def test_the_policy_forbids_requests_and_scripts_but_the_reports_own() -> None:
    html = report([workshop()])
    found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert found is not None
    policy = found[1].replace("&#39;", "'")
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_nothing_in_the_file_asks_the_network() -> None:
    html = report([workshop()])
    assert not re.findall(r"<(?:img|link|iframe|object|embed|audio|video|source|base)\b", html)
    assert not re.findall(r"""(?:src|href)=["'](?!#)[^"']*""", html)
    css, js = ((ASSETS / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    assert "@import" not in css
    assert re.findall(r"url\(([^)]*)\)", css) == ["#hatch"]
    assert not re.findall(
        r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|innerHTML|insertAdjacentHTML|eval)\b", js
    )


HOSTILE = [
    "</script><script>hacked()</script>",
    '"><img src=x onerror=hacked()>',
    "<svg onload=hacked()>",
    "<style>body{display:none}</style>",
    "{{ 7 * 7 }}",
    "<!--",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_of_pages_stays_text(text: str) -> None:
    record = workshop(1, note=text)
    record["title"] = text
    record["organizations"][0] |= {"name": text, "id": text}
    record["warnings"][0]["code"] = text  # no record of ours, but records come from files
    record["source"]["path"] = text
    rejection = {"code": text, "path": text, "message": text}
    gold = GOLD | {"title": text, "sections": [text]}
    evaluation = evaluate({"1": gold}, [record | {"source": {"path": "1.txt"}}])
    html = report([record], title=text, rejections=[rejection], evaluation=evaluation)
    assert html.count("<script") == html.count("</script") == 3  # the index, one block, and the report's own
    style, script = ((ASSETS / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    if "<" in text:
        assert text not in html.replace(style, "").replace(script, "")
    assert str(escape(text)) in html


def test_what_is_invisible_is_spelled_out() -> None:
    assert visible("a\u202eb\u200bc\x00") == "a[RIGHT-TO-LEFT OVERRIDE]b[ZERO WIDTH SPACE]c[U+0000]"
    assert visible("é 👩🏽\u200d🌾 عربي\nx") == "é 👩🏽\u200d🌾 عربي\nx"
    html = report([page("x", title="safe\u202eexe.fdp")])
    assert "\u202e" not in html
    assert "safe[RIGHT-TO-LEFT OVERRIDE]exe.fdp" in html


def test_halves_of_characters_do_not_stop_the_report() -> None:
    text = "a\ud83dz"
    html = report([page(text, title=text)])
    html.encode()
    assert unpacked(html, "block0")[0]["text"] == text


def test_without_script_there_is_a_list() -> None:
    (listed,) = re.findall(r"<noscript>.*?</noscript>", report([workshop(1), page("y", 2)]), re.DOTALL)
    assert "Workshop 1 on seasonal labour mobility" in listed
    assert "1 label without value" in listed
    assert "pages/2.txt" in listed


def test_rejections_and_the_evaluation_are_told() -> None:
    record = workshop()
    rejection = {"code": "empty", "path": "pages/empty.html", "message": "The file is empty."}
    html = report([record], rejections=[rejection], evaluation=evaluate({"1": GOLD}, [record]))
    assert "The file is empty." in html
    assert "<dt>Pages read</dt><dd>2</dd>" in html
    assert "Harbour Union" in html
    assert 'id="evaluation"' in html
    assert 'id="evaluation"' not in report([record])


def test_a_report_of_nothing_and_one_twice() -> None:
    assert "Nothing to show." in report([])
    assert report([workshop(1)]) == report([workshop(1)])


def test_on_the_command_line(tmp_path: Path) -> None:
    records, rejects, out = tmp_path / "r.jsonl", tmp_path / "x.jsonl", tmp_path / "report.html"
    records.write_text(line(workshop()) + "\n", encoding="utf-8")
    rejects.write_text(json.dumps({"code": "empty", "path": "p", "message": "Nothing in it."}) + "\n")
    arguments = ["report", str(records), "-o", str(out), "--rejects", str(rejects), "--title", "Ours"]
    result = cli.invoke(app, arguments)
    assert result.exit_code == 0, result.output
    html = out.read_text(encoding="utf-8")
    assert "<title>Ours</title>" in html
    assert "Nothing in it." in html
    assert cli.invoke(app, ["report", str(records), "-o", "-"]).stdout.startswith("<!doctype html>")


def test_shares_and_shades() -> None:
    bars = Bars("T", "", (Series("pages", "main"),), (Bar("a", (1,)), Bar("b", (3,))), of=4)
    assert (bars.summary(), bars.longest) == ("Most: b 75%, a 25%.", 4)
    assert shade([[0, 1, None, 10]]) == ((Cell(0, 0), Cell(1, 1), None, Cell(10, 5)),)
    assert shade([[1]], most=10)[0][0] == Cell(1, 1)


# --- contrast: WCAG 2.2, 1.4.3 and 1.4.11 -------------------------------------------------------------------------

CSS = (ASSETS / "report.css").read_text(encoding="utf-8")
THEMES = dict(
    zip(
        ("light", "dark"),
        (
            dict(re.findall(r"--([\w-]+): (#[0-9a-fA-F]{6});", part))
            for part in CSS.split("prefers-color-scheme: dark")[:2]
        ),
        strict=True,
    )
)
KINDS = ("date", "place", "organization", "person", "tag", "topic", "label", "empty", "title", "type")


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, share: float, back: str) -> str:
    return "#" + "".join(
        f"{round(int(colour[n : n + 2], 16) * share + int(back[n : n + 2], 16) * (1 - share)):02x}" for n in (1, 3, 5)
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(theme: str) -> None:
    c = THEMES[theme]
    for back in ("back", "paper", "raised"):
        for text in ("ink", "soft", "accent", "bad", "warn"):
            assert contrast(c[text], c[back]) >= 4.5, (text, back)
    for text, back in (
        ("accent", "accent-soft"),
        ("warn", "warn-soft"),
        ("bad", "bad-soft"),
        ("soft", "cell"),
        ("ink", "warn-soft"),
    ):
        assert contrast(c[text], c[back]) >= 4.5, (text, back)
    for kind in KINDS:
        assert contrast(c[kind], c["paper"]) >= 4.5, kind  # a heading in the note, a line under the text
        assert contrast(c["ink"], mixed(c[kind], 0.38, c["paper"])) >= 4.5, kind  # text on the chosen mention
    for fill in ("main", "stated", "cited", "inferred"):
        assert contrast(c[fill], c["paper"]) >= 3, fill
        for share, ink in ((0.2, "ink"), (0.36, "ink"), (0.46, "ink"), (0.93, "deep-ink"), (1, "deep-ink")):
            assert contrast(c[ink], mixed(c[fill], share, c["paper"])) >= 4.5, (fill, share)
