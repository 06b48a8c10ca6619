"""From page to record, through the whole pipeline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor import Pipeline, Record, RejectedPage, Rejection
from extractor.schema import grounding_error, schema_error

EVENT = """Skip to main content

Roundtable on fair recruitment in the Lake Basin

Roundtable on fair recruitment in the Lake Basin

Date: , -
Location: Kisumu - Kenya
Type of Event
Main organizer/s
Lake Basin Labour Office and IOM Kenya
GCM Objectives
Cross Cutting Theme
Whole-of-society approach
SDG.8 - Decent Work And Economic Growth

On 14 March 2023, the Lake Basin Labour Office and IOM Kenya held a roundtable in Kisumu.
Ms Achieng Odhiambo, Director of the Lake Basin Labour Office, welcomed the recruiters.

*References to Kosovo shall be understood to be in the context of Security Council resolution 1244 (1999).
"""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="module")
def record(pipeline: Pipeline) -> dict[str, Any]:
    return pipeline.extract(EVENT, url="https://example.org/events/roundtable").to_dict()


def test_a_page_becomes_a_valid_grounded_record(record: dict[str, Any]) -> None:
    assert schema_error(record) is None
    assert grounding_error(record) is None


def test_what_the_page_says_is_in_the_record(record: dict[str, Any]) -> None:
    assert record["title"] == "Roundtable on fair recruitment in the Lake Basin"
    assert (record["page_type"], record["language"]) == ("event", "en")
    assert (record["event"]["start"], record["event"]["end"]) == ("2023-03-14", None)
    assert {(p["name"], p["country_code"]) for p in record["places"] if p["role"] == "venue"} >= {("Kisumu", "KE")}
    assert [o["name"] for o in record["organizations"]] == ["Lake Basin Labour Office", "IOM Kenya"]
    assert all("organizer" in o["roles"] for o in record["organizations"])
    (person,) = record["people"]
    assert (person["name"], person["honorific"], person["position"]) == ("Achieng Odhiambo", "Ms", "Director")
    assert person["organization_id"] == record["organizations"][0]["id"]
    assert [s["goal"] for s in record["sdgs"] if s["stated"]] == [8]
    assert [p["key"] for p in record["gcm"]["principles"] if p["stated"]] == ["whole-of-society"]


def test_a_label_without_value_is_an_empty_field_with_a_warning(record: dict[str, Any]) -> None:
    empty = {f["name"] for f in record["fields"] if not f["values"]}
    assert {"date", "type_of_event", "gcm_objectives"} <= empty
    assert {w["field"] for w in record["warnings"] if w["code"] == "field_without_value"} == empty


def test_boilerplate_gives_nothing(record: dict[str, Any]) -> None:
    assert "Kosovo" not in record["text"]
    assert not [d for d in record["dates"] if d["start"].startswith("1999")]


def test_every_value_says_how_it_was_found(record: dict[str, Any]) -> None:
    for kind in ("dates", "places", "organizations", "people", "sdgs", "provenance"):
        for value in record[kind]:
            assert value["rule"]
            assert 0 < value["confidence"] <= 1
            assert value["evidence"] or value["origin"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "binary"),
        ("Skip to main content\n", "no_text"),
    ],
)
def test_what_cannot_become_a_record_is_rejected_with_a_sentence(pipeline: Pipeline, content: Any, code: str) -> None:
    with pytest.raises(RejectedPage) as rejected:
        pipeline.extract(content, path="page.txt")
    rejection = rejected.value.rejection
    assert rejection.code == code
    assert rejection.message.endswith(".")
    assert schema_error(rejection.to_dict(), "rejection") is None


def test_pages_in_are_records_and_rejections_out(pipeline: Pipeline, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(EVENT, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "deep.html").write_text("<div>" * 10_000 + "deep" + "</div>" * 10_000, encoding="utf-8")
    (tmp_path / "cut.html").write_text("<html><body><h1>Cut workshop</h1><p>It ends in mid", encoding="utf-8")
    (tmp_path / "nul.txt").write_bytes(EVENT.encode().replace(b"Kisumu", b"Kis\x00umu"))
    (tmp_path / "style.css").write_text("no page", encoding="utf-8")
    outcomes = list(pipeline.run([tmp_path, tmp_path / "missing.txt"]))
    paths = [Path(o.data["source"]["path"] if isinstance(o, Record) else o.path).name for o in outcomes]
    assert paths == ["cut.html", "deep.html", "empty.txt", "good.txt", "nul.txt", "missing.txt"]
    assert [o.code for o in outcomes if isinstance(o, Rejection)] == ["empty", "not_found"]
    for outcome in outcomes:
        if isinstance(outcome, Record):
            assert schema_error(outcome.to_dict()) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_a_rejection(pipeline: Pipeline, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    try:
        (outcome,) = pipeline.run([closed])
    finally:
        closed.chmod(0o700)
    assert isinstance(outcome, Rejection)


def test_the_same_bytes_under_two_hash_seeds(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(EVENT, encoding="utf-8")
    run = f"next(Pipeline().run([{str(page)!r}]))"
    code = f"import json; from extractor import Pipeline; print(json.dumps({run}.to_dict()))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["title"]


def test_importing_the_package_loads_no_model() -> None:
    code = "import sys, extractor; sys.exit(bool({'spacy', 'dateparser', 'bs4'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True)
