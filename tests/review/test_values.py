"""What a person reads of a record, value by value."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import extractor
from extractor.review.offsets import Utf16
from extractor.review.values import false_date_reasons, period, review_reasons, rule_sentences, values_of
from extractor.schema import grounding_error, schema_error
from extractor.stages.dates.patterns import FALSE_FIGURES, FALSE_SIGNS, FALSE_WORDS
from tests.review.records import body, found, page, workshop

RULE = re.compile(r"(?:date|event|place|org|person|tag|topic|type|title)\.[a-z_]+(?:[.+][a-z_]+)?")


def test_the_records_of_these_tests_are_records() -> None:
    record = workshop()
    assert schema_error(record) is None
    assert grounding_error(record) is None


def test_values_come_in_groups_with_their_evidence() -> None:
    record = workshop()
    values = {value.path: value for value in values_of(record)}
    assert [values[path].group for path in ("title", "event", "dates[0]", "gcm.objectives[0]")] == [
        "Page", "Event", "Dates", "GCM objectives",
    ]  # fmt: skip
    director = values["people[0]"]
    assert (director.text, director.detail) == ("Ms Ama Serwaa Boateng", "Director of Skills · speaker")
    assert [record["text"][start:end] for start, end in director.evidence] == ["Ama Serwaa Boateng"]
    assert values["sdgs[0]"].detail == "cited · targets 10.7"
    assert (values["sdgs[0]"].kind, values["sdgs[1]"].kind) == ("tag", "topic")
    assert values["fields[0]"].kind == "empty"


def test_a_value_from_markup_says_so() -> None:
    text = "Forum"
    origin = {"kind": "json-ld", "path": "$.organizer"}
    lake = body(text, "Forum", evidence=[], origin=origin, method="metadata", rule="org.metadata")
    (value,) = values_of(page(text, organizations=[lake]))
    assert (value.evidence, value.origin) == ((), "json-ld $.organizer")


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, ("1 label without value",)),
        ({"warnings": [], "fields": []}, ()),
        ({"fields": [], "title": None, "provenance": [], "warnings": []}, ("no title",)),
        ({"fields": [], "warnings": [{"code": "date_ambiguous", "message": "m"}]}, ("1 warning",)),
    ],
)
def test_reasons_for_a_look(changes: dict[str, object], reasons: tuple[str, ...]) -> None:
    record = workshop() | changes
    assert review_reasons(record, values_of(record)) == reasons


def test_a_doubtful_value_is_a_reason_and_an_inferred_tag_is_not() -> None:
    record = workshop() | {"fields": [], "warnings": []}
    record["sdgs"][1]["confidence"] = 0.5
    assert review_reasons(record, values_of(record)) == ()
    record["organizations"][1]["confidence"] = 0.5
    assert review_reasons(record, values_of(record)) == ("1 doubtful value",)


def test_an_event_without_a_date_is_a_reason() -> None:
    record = page("Forum", title="Forum", provenance=[{"field": "title", **found("Forum", "Forum", rule="title.line")}])
    assert review_reasons(record, values_of(record)) == ("event without a date",)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2022-05", None, "2022-05"),
        ("2022-05-11", "2022-05-13", "2022-05-11 – 2022-05-13"),
        ("2022-05-11T09:00", "2022-05-11T17:30", "2022-05-11 09:00 – 17:30"),
        ("2022-05-11T09:00", "2022-05-12T17:30", "2022-05-11 09:00 – 2022-05-12 17:30"),
        ("2020", "present", "2020 – present"),
    ],
)
def test_periods(start: str, end: str | None, words: str) -> None:
    assert period(start, end) == words


def test_every_rule_that_the_stages_name_has_its_sentence() -> None:
    package = Path(extractor.__file__).parent
    files = [*(package / "stages").rglob("*.py"), package / "pipeline.py", package / "record.py", package / "model.py"]
    named = {
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and RULE.fullmatch(node.value)
    }
    named = {name for name in named if not name.endswith(".json")}
    assert len(named) > 50
    assert set(rule_sentences()) == named


@pytest.mark.parametrize(
    ("text", "points", "units"),
    [("abc", 2, 2), ("a😀b", 2, 3), ("😀😀", 2, 4), ("ع😀é", 1, 1), ("", 0, 0), ("a😀", 2, 3)],
)
def test_offsets_in_utf16(text: str, points: int, units: int) -> None:
    offsets = Utf16(text)
    assert offsets.units(points) == units == len(text[:points].encode("utf-16-le")) // 2
    assert offsets.point(units) == points


def test_the_table_in_the_docs_is_that_of_the_rules() -> None:
    table = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w.+]+)` \| (.+) \|$", table, re.MULTILINE))
    assert rows == rule_sentences() | false_date_reasons()


def test_every_pattern_of_what_is_no_date_has_its_reason() -> None:
    assert set(false_date_reasons()) == {*FALSE_WORDS, *FALSE_FIGURES, *FALSE_SIGNS}
