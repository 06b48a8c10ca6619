"""Records against annotations, as people see the comparison."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.cli.console import app
from extractor.evaluation import GoldError, Judgement, evaluate, read_gold
from tests.review.records import BODY, PERSON, workshop
from tests.sinks.records import line

cli = CliRunner()

GOLD: dict[str, Any] = {
    "title": "Workshop 1 on seasonal labour mobility",
    "page_type": "event",
    "start_date": "2023-05-03",
    "end_date": None,
    "all_dates": ["2023-05-03"],
    "city": "Accra",
    "countries": ["GH"],
    "organizations": [
        {"name": BODY, "role": "organizer"},
        {"name": "IOM", "role": "organizer"},
        {"name": "Harbour Union", "role": "mentioned"},
    ],
    "people": [{"name": PERSON, "position": "Director of Skills", "affiliation": None}],
    "gcm_objectives": [18],
    "sdgs": [10],
    "sections": ["Summary"],
}


def test_every_field_is_judged() -> None:
    evaluation = evaluate({"1": GOLD}, [workshop()])
    assert evaluation.pages == 1
    assert evaluation.unread == ()
    assert evaluation.misses == (
        ("1", Judgement("organizations", "missed", "Harbour Union")),
        ("1", Judgement("organization_roles", "wrong", "IOM: support", "org.vocabulary")),
        ("1", Judgement("organization_roles", "missed", "IOM: organizer")),
    )
    scores = evaluation.scores
    assert (scores["organizations"].precision, scores["organizations"].recall) == (1.0, 2 / 3)
    assert scores["sdgs"].f1 == 1.0  # the inferred goal 8 is not judged
    assert scores["date_submitted"].f1 is None
    assert evaluation.overall == pytest.approx((11 + 0.8 + 0.5) / 13)


def test_a_page_without_a_record_is_missed_and_a_record_without_annotation_not_judged() -> None:
    evaluation = evaluate({"9": GOLD}, [workshop(1)])
    assert evaluation.unread == ("9",)
    assert {judgement.verdict for _, judgement in evaluation.judged} == {"missed"}
    assert evaluation.overall == 0.0


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "there is no annotation"),
        ({"1.json": "not JSON"}, "cannot read the annotation"),
        ({"1.json": '{"title": "x"}'}, "has no page_type, start_date"),
    ],
)
def test_annotations_that_cannot_be_read(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(GoldError, match=said):
        read_gold(tmp_path)


@pytest.fixture
def paths(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "1.json").write_text(json.dumps(GOLD))
    (tmp_path / "records.jsonl").write_text(line(workshop()) + "\n")
    return str(tmp_path / "gold"), str(tmp_path / "records.jsonl")


def test_evaluate_in_the_terminal(paths: tuple[str, str]) -> None:
    result = cli.invoke(app, ["evaluate", *paths, "--misses"])
    assert result.exit_code == 0, result.output
    assert "organizations           2      0       1      1.000   0.667  0.800" in result.stdout
    assert "mean F1 over fields, 1 pages: 0.946" in result.stdout
    assert "1\torganizations\tmissed\tHarbour Union" in result.stdout


def test_evaluate_as_json(paths: tuple[str, str]) -> None:
    figures = json.loads(cli.invoke(app, ["evaluate", *paths, "--json"]).stdout)
    assert figures["fields"]["organizations"]["f1"] == 0.8
    assert figures["misses"][0] == {
        "page": "1", "field": "organizations", "verdict": "missed", "value": "Harbour Union", "rule": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evaluate", "/no/such/gold", "{records}"], "there is no annotation"),
        (["evaluate", "{gold}", "/no/such/records.jsonl"], "no such file"),
        (["report", "/no/such/records.jsonl"], "no such file"),
        (["report", "{records}", "-o", "/no/such/folder/report.html"], "cannot write"),
        (["annotations", "import", "/no/such/file", "{records}", "-o", "{gold}"], "cannot read"),
        (["annotations", "import", "{records}", "{records}", "-o", "{gold}"], "no task of Label Studio"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_exit_code_3(
    paths: tuple[str, str], arguments: list[str], said: str
) -> None:
    gold, records = paths
    result = cli.invoke(app, [part.format(gold=gold, records=records) for part in arguments])
    assert result.exit_code == 3
    assert said in result.output
    assert "Traceback" not in result.output
