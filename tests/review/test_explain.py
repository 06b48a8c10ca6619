"""Why a record says what it says, and what only looked like a value."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.cli.console import app
from extractor.model import Mention, Span
from extractor.review.explain import FIELDS, measured, passages, refused_dates, refused_names, refused_topics, select
from extractor.stages.topics import infer, rank
from tests.review.records import page, workshop
from tests.test_pipeline import EVENT

cli = CliRunner()


@pytest.mark.parametrize(
    ("text", "refused", "reason"),
    [
        ("Recalling resolution 1244 (1999) of the Council", "resolution 1244 (1999)", "number of a resolution"),
        ("toward SDG 10.7 and beyond", "SDG 10.7", "the number of a goal, objective"),
        ("Room 12 is open", "Room 12", "number of a goal, objective, article, room"),
        ("Call +41 22 717 9111 now", "+41 22 717 9111", "telephone"),
        ("the 2030 Agenda speaks", "2030 Agenda", "name of an agenda"),
        ("for 300 migrants", "300 migrants", "an amount"),
        ("Copyright by the Lake Union 2019", "Copyright by the Lake Union 2019", "copyright notice"),
        ("captured on 9 March 2019", "captured on 9 March 2019", "looked at the page"),
        ("The hall has 1984 chairs", "1984", "could be a year"),
    ],
)
def test_what_only_looks_like_a_date_has_its_reason(text: str, refused: str, reason: str) -> None:
    (refusal,) = refused_dates(page(text))
    assert refusal.text == refused
    assert text[refusal.start : refusal.end] == refused
    assert reason in refusal.reason


def test_a_date_without_a_year_has_the_reason_of_its_warning() -> None:
    text = "They meet on 18 December."
    at = text.index("18")
    warning = {"code": "date_without_year", "message": "no year", "start": at, "end": at + 11, "field": None}
    (refusal,) = refused_dates(page(text, warnings=[warning]))
    assert (refusal.text, refusal.reason) == ("18 December", "no year")


def test_a_date_of_the_record_is_not_refused() -> None:
    assert refused_dates(workshop() | {"gcm": {"objectives": []}, "sdgs": []}) != []  # SDG 10.7
    assert "3 May 2023" not in [refusal.text for refusal in refused_dates(workshop())]


def test_names_that_the_model_read_in_vain() -> None:
    record = workshop(1, note="Harbour Forum, the Lake Treaty, Skills Week, Old Harbour.")
    text: str = record["text"]

    def mention(kind: Any, name: str) -> Mention:
        at = text.index(name)
        return Mention(kind, Span(at, at + len(name), name), "model", f"model.{kind}")

    entities = [
        mention("ORG", "IOM"), mention("EVENT", "Harbour Forum"), mention("DOC", "Lake Treaty"),
        mention("PERSON", "Skills Week"), mention("ORG", "Accra"), mention("ORG", "Old Harbour"), mention("LOC", "Old"),
    ]  # fmt: skip
    refusals = [(r.field, r.text, r.reason) for r in refused_names(record, entities)]
    assert [(field, name) for field, name, _ in refusals] == [
        ("organizations", "Harbour Forum"), ("organizations", "Lake Treaty"), ("people", "Skills Week"),
        ("organizations", "Accra"), ("organizations", "Old Harbour"),
    ]  # fmt: skip
    for (_, _, reason), said in zip(refusals, ("event", "document", "nothing around", "a place", "form"), strict=True):
        assert said in reason


def test_topics_that_were_near() -> None:
    text = "Consulates help migrant workers who lost their papers, their wages or their passports. " * 3
    inferred = {topic.key for topic in infer(text).objectives}
    assert inferred
    tagged = page(text, gcm={"objectives": [{"number": int(number)} for number in inferred], "principles": []})
    near = [refusal.text.split()[0] for refusal in refused_topics(tagged) if refusal.field == "gcm"]
    assert near
    assert not inferred & set(near)
    assert near == [number for number, _ in rank(text, "gcm") if number not in inferred][: len(near)]


def test_passages_have_their_context_in_one_line() -> None:
    record = workshop()
    (value,) = select(record, "places")
    (passage,) = passages(record["text"], value)
    assert (passage.text, passage.before[-7:], passage.after[:4]) == ("Accra", "met in ", ". Ms")
    assert (passage.before[0], passage.after[-1]) == ("…", "…")


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        ("title", ["title"]),
        ("dates", ["dates[0]"]),
        ("gcm", ["gcm.objectives[0]"]),
        ("sdgs", ["sdgs[0]", "sdgs[1]"]),
        ("fields", ["fields[0]"]),
    ],
)
def test_fields_are_asked_for_by_name(field: str, paths: list[str]) -> None:
    assert [value.path for value in select(workshop(), field)] == paths


def test_every_value_belongs_to_a_field() -> None:
    record = workshop()
    asked = [value for field in FIELDS for value in select(record, field)]
    assert sorted(asked, key=lambda v: v.path) == sorted(select(record, None), key=lambda v: v.path)


def test_how_often_a_rule_was_right() -> None:
    (date,) = select(workshop(), "dates")
    counts = measured(date)
    assert counts is not None
    right, of_all = map(int, counts.split(" of "))
    assert 0 < right <= of_all
    (label,) = select(workshop(), "fields")
    assert measured(label) is None


def test_explain_in_the_terminal() -> None:
    result = cli.invoke(app, ["explain", "-", "event"], input=EVENT + "\nSee resolution 1325 (2000).\n")
    assert result.exit_code == 0, result.output
    assert "2023-03-14" in result.stdout
    assert "confidence 0." in result.stdout
    assert "× resolution 1325 (2000): the number of a resolution, law or decision" in result.stdout
    assert "Organizations" not in result.stdout


def test_explain_everything() -> None:
    result = cli.invoke(app, ["explain", "-"], input=EVENT)
    for said in ("Organizations", "People", "by rule: ", "“", "Achieng Odhiambo"):
        assert said in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["explain", "-", "colour"], 2, "there is no field 'colour'"),
        (["explain", "/no/such/page.txt"], 1, "no such file"),
        (["explain", "-", "--model", "no_such_model"], 3, "no_such_model"),
    ],
)
def test_what_cannot_be_explained(arguments: list[str], code: int, said: str) -> None:
    result = cli.invoke(app, arguments, input=EVENT)
    assert result.exit_code == code
    assert said in " ".join(result.output.split())
