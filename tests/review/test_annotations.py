"""Out to a tool and back: the same marks, whatever the script; corrected marks become gold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from extractor.cli.console import app
from extractor.evaluation import evaluate
from extractor.review.annotations import FORMATS, LABELS, AnnotationError, Mark, Sheet, gold_of, sheet_of
from tests.review.records import BODY, PERSON, workshop
from tests.sinks.records import line

cli = CliRunner()
TOOLS = sorted(FORMATS)
# Letters with marks of their own, emoji of several code points, Arabic, Devanagari, and what breaks lines and tokens.
PIECES = st.sampled_from([
    "e\u0301", "o\u0308\u0304", "😀", "👩🏽\u200d🌾", "🏳️\u200d🌈", "الهجرة", "كُتُب", "हिन्दी", "migration", " ", "  ",
    "\n", "\n\n", "\t", "\u00a0", "\u2028", ".", ",", "'", "\u202e", "”", "ﬁ", "東京", "1", "\r",
])  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    text = "".join(draw(st.lists(st.one_of(PIECES, st.text(max_size=4)), min_size=1, max_size=30))) or "x"
    rim = st.integers(0, len(text))
    bounds = st.tuples(rim, rim, st.sampled_from(LABELS)).filter(lambda mark: mark[0] != mark[1])
    marks = {Mark(min(a, b), max(a, b), label) for a, b, label in draw(st.lists(bounds, max_size=12))}
    return Sheet(draw(st.sampled_from(["page", "الصفحة", "a b"])), text, "news", tuple(sorted(marks)))


@pytest.mark.parametrize("tool", TOOLS)
@settings(max_examples=60, deadline=None)
@given(given_sheets=st.lists(sheets(), max_size=3))
def test_marks_come_back_as_they_went(tool: str, given_sheets: list[Sheet]) -> None:
    assert FORMATS[tool].read(FORMATS[tool].write(given_sheets)) == given_sheets


TEXT = "👩🏽‍🌾 The Lake Union met in Accra"


@pytest.mark.parametrize(("tool", "start"), [("label-studio", 9), ("doccano", 12)])
def test_each_tool_gets_offsets_as_it_counts(tool: str, start: int) -> None:
    """The farmer is four code points, of which three take two UTF-16 units."""
    at = TEXT.index("Lake Union")
    entry: Any = json.loads(FORMATS[tool].write([Sheet("p", TEXT, "event", (Mark(at, at + 10, "ORGANIZER"),))]))
    if tool == "doccano":
        assert entry["label"] == [[start, start + 10, "ORGANIZER"]]
    else:
        value = entry[0]["predictions"][0]["result"][0]["value"]
        assert (value["start"], value["end"], value["text"]) == (start, start + 10, "Lake Union")


@pytest.mark.parametrize("tool", TOOLS)
def test_uncorrected_annotations_agree_with_their_records(tool: str) -> None:
    record = workshop(1, note="الهجرة 😀")
    (sheet,) = FORMATS[tool].read(FORMATS[tool].write([sheet_of(record)]))
    evaluation = evaluate({"1": gold_of(sheet, record)}, [record])
    assert evaluation.misses == ()
    assert [field for field, score in evaluation.scores.items() if score.right] == [
        "title", "page_type", "start_date", "dates", "city", "countries", "organizations", "organization_roles",
        "people", "positions", "gcm_objectives", "sdgs", "sections",
    ]  # fmt: skip


def corrected(*, drop: tuple[str, ...] = (), add: tuple[tuple[str, str], ...] = (), note: str = "") -> dict[str, Any]:
    """The gold of the workshop's record when marks on some passages are dropped and others added."""
    record = workshop(1, note)
    sheet = sheet_of(record)
    text = record["text"]
    marks = {mark for mark in sheet.marks if text[mark.start : mark.end] not in drop}
    marks |= {Mark(text.index(passage), text.index(passage) + len(passage), label) for passage, label in add}
    return gold_of(replace(sheet, marks=tuple(sorted(marks))), record)


def test_what_is_unmarked_is_gone() -> None:
    gold = corrected(drop=("IOM", PERSON, "SDG 10.7", "3 May 2023"))
    assert [body["name"] for body in gold["organizations"]] == [BODY]
    assert (gold["people"], gold["sdgs"], gold["all_dates"], gold["start_date"]) == ([], [], [], None)


@pytest.mark.parametrize(
    ("note", "passage", "label", "field", "value"),
    [
        ("The Harbour Union came.", "Harbour Union", "DONOR", "organizations",
         {"name": "Harbour Union", "role": "donor", "aliases": []}),
        ("Kofi Mensah spoke.", "Kofi Mensah", "PERSON", "people",
         {"name": "Kofi Mensah", "honorific": None, "position": None, "affiliation": None}),
        ("It goes on until 5 May 2023.", "5 May 2023", "EVENT_DATE", "all_dates", "2023-05-05"),
        ("Since June 2021.", "June 2021", "DATE", "all_dates", "2021-06"),
        ("Guests from Kenya.", "Kenya", "COUNTRY", "countries", "KE"),
        ("Objectives 2 and 23.", "Objectives 2 and 23", "GCM_OBJECTIVE", "gcm_objectives", 23),
        ("Quality Education too.", "Quality Education", "SDG", "sdgs", 4),
        ("Target 13.1 too.", "Target 13.1", "SDG", "sdgs", 13),
        ("Next steps", "Next steps", "HEADING", "sections", "Next steps"),
    ],
)  # fmt: skip
def test_what_is_newly_marked_is_read(note: str, passage: str, label: str, field: str, value: object) -> None:
    gold = corrected(add=((passage, label),), note=note)
    assert value in gold[field]
    assert value not in corrected(note=note)[field]


def test_a_longer_event_ends_later() -> None:
    gold = corrected(add=(("5 May 2023", "EVENT_DATE"),), note="It goes on until 5 May 2023.")
    assert (gold["start_date"], gold["end_date"]) == ("2023-05-03", "2023-05-05")


def test_a_changed_label_changes_the_role() -> None:
    record = workshop()
    sheet = sheet_of(record)
    marks = [replace(m, label="DONOR") if m.label == "PARTNER" else m for m in sheet.marks]
    gold = gold_of(replace(sheet, marks=tuple(sorted(marks))), record)
    assert [body["role"] for body in gold["organizations"]] == ["organizer", "donor"]


def test_what_stands_in_no_passage_comes_back_from_the_record() -> None:
    record = workshop()
    record["people"][0] |= {"evidence": [], "origin": {"kind": "json-ld", "path": "$.performer"}}
    assert [person["name"] for person in gold_of(sheet_of(record), record)["people"]] == [PERSON]


def test_what_people_annotated_goes_before_what_was_predicted() -> None:
    task = json.loads(FORMATS["label-studio"].write([sheet_of(workshop())]))[0]
    kept = [r for r in task["predictions"][0]["result"] if r["type"] == "choices"]
    kept[0]["value"]["choices"] = ["news"]
    cancelled = {"was_cancelled": True, "result": []}
    task["annotations"] = [{"was_cancelled": False, "result": kept}, cancelled]
    (sheet,) = FORMATS["label-studio"].read(json.dumps([task]).encode())
    assert (sheet.page_type, sheet.marks) == ("news", ())


def test_doccano_with_relations_names_offsets_in_full() -> None:
    entry = {
        "text": "😀 Accra", "page": "p", "page_type": "news",
        "entities": [{"id": 1, "start_offset": 3, "end_offset": 8, "label": "CITY"}],
    }  # fmt: skip
    (sheet,) = FORMATS["doccano"].read(json.dumps(entry).encode())
    assert sheet.marks == (Mark(2, 7, "CITY"),)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'{"text": "x"}', b'{"text": "x", "page": "p", "label": [[0, 9, "CITY"]]}']
)
def test_what_is_no_annotation_is_refused_or_empty(tool: str, content: bytes) -> None:
    if tool == "doccano" and not content:
        assert FORMATS[tool].read(content) == []
        return
    with pytest.raises(AnnotationError):
        FORMATS[tool].read(content)


def test_the_text_must_be_the_records() -> None:
    record = workshop()
    with pytest.raises(AnnotationError, match="not the text of its record"):
        gold_of(replace(sheet_of(record), text="another"), record)


@pytest.mark.parametrize("tool", TOOLS)
def test_on_the_command_line(tmp_path: Path, tool: str) -> None:
    records, out, gold = tmp_path / "records.jsonl", tmp_path / "out.json", tmp_path / "gold"
    records.write_text("".join(line(workshop(n)) + "\n" for n in (1, 2)), encoding="utf-8")
    assert cli.invoke(app, ["annotations", "export", str(records), "-o", str(out), "-f", tool]).exit_code == 0
    assert out.with_suffix(".xml").exists() == (tool == "label-studio")
    result = cli.invoke(app, ["annotations", "import", str(out), str(records), "-o", str(gold), "-f", tool])
    assert result.exit_code == 0, result.output
    assert "mean F1 over fields, 2 pages: 1.000" in cli.invoke(app, ["evaluate", str(gold), str(records)]).stdout
