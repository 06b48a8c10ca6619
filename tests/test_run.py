"""The command run on batches: archives, lists, workers, resumption, numbers."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from tests.test_pipeline import EVENT

cli = CliRunner()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "one.txt").write_text(EVENT, encoding="utf-8")
    (folder / "two.txt").write_text(EVENT.replace("Kisumu", "Nakuru"), encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("three.html", f"<html><body><h1>Workshop</h1><p>{EVENT}</p></body></html>")
        archive.writestr("style.css", "p {}")
    return folder


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_second_run_does_only_what_is_new(pages: Path, tmp_path: Path) -> None:
    output, rejects, summary = tmp_path / "r.jsonl", tmp_path / "rejects.jsonl", tmp_path / "summary.json"
    command = ["run", str(pages), "-o", str(output), "--rejects", str(rejects), "--summary", str(summary)]
    first = cli.invoke(app, command)
    assert first.exit_code == 1, first.output
    before = output.read_bytes()
    places = [Path(str(r["source"]["path"])).name for r in records(output)]  # type: ignore[index]
    assert places == ["more.zip#three.html", "one.txt", "two.txt"]
    numbers = json.loads(summary.read_text())
    assert numbers["records"] == 3
    assert numbers["rejections"] == {"empty": 1}
    assert numbers["skipped"] == {"no_page": 1}
    assert numbers["page_types"]["event"] >= 2
    assert {"read", "clean", "model", "names", "validate"} <= set(numbers["stage_seconds"])

    second = cli.invoke(app, command)
    assert second.exit_code == 1
    assert "3 done before" in second.output
    assert output.read_bytes() == before
    assert [r["code"] for r in records(rejects)] == ["empty"]

    (pages / "two.txt").unlink()
    cli.invoke(app, command)
    assert output.read_bytes() == b"".join(before.splitlines(keepends=True)[:2])


def test_paths_come_from_a_list(pages: Path, tmp_path: Path) -> None:
    output = tmp_path / "r.jsonl"
    listed = f"{pages / 'one.txt'}\n\n{pages / 'two.txt'}\n"
    result = cli.invoke(app, ["run", "--from-list", "-", "-o", str(output)], input=listed)
    assert result.exit_code == 0, result.output
    assert len(records(output)) == 2


def test_packed_output_is_what_plain_output_is(pages: Path, tmp_path: Path) -> None:
    plain, packed = tmp_path / "r.jsonl", tmp_path / "r.jsonl.gz"
    for output in (plain, packed):
        cli.invoke(app, ["run", str(pages), "-o", str(output)])
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert sorted(path.name for path in tmp_path.glob("r.jsonl*")) == ["r.jsonl", "r.jsonl.gz", "r.jsonl.journal"]


def test_a_log_is_lines_of_json(pages: Path, tmp_path: Path) -> None:
    result = cli.invoke(app, ["run", str(pages), "-o", str(tmp_path / "r.jsonl"), "--log-json"])
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert [event["event"] for event in events] == ["started", "rejected", "finished"]
    assert (events[1]["code"], events[2]["records"]) == ("empty", 3)


def test_a_page_that_takes_too_long_is_rejected(tmp_path: Path) -> None:
    page = tmp_path / "long.txt"
    page.write_text("Ms Ada Obi of the Coast Agency spoke in Kisumu on 3 May 2021.\n" * 2000, encoding="utf-8")
    result = cli.invoke(app, ["run", str(page), "--page-seconds", "0.05"])
    assert result.exit_code == 1
    assert "took longer than 0.05 seconds" in result.output


def test_a_run_needs_pages() -> None:
    assert cli.invoke(app, ["run"]).exit_code == 2
