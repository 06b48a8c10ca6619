"""The samples give the records that stand beside them, and those are what a person reads in the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor import Pipeline
from extractor.evaluation import judge, score
from extractor.schema import grounding_error, schema_error
from tests.golden.update import PAGES, SAMPLES, expected_path, record_of

# The samples' own annotations (samples/gold) were written before any rule saw the pages. What is reached on them
# may rise; when it falls below, a change has cost something.
AT_LEAST = {
    "title": 0.9,
    "page_type": 0.95,
    "start_date": 0.95,
    "dates": 0.97,
    "city": 0.95,
    "countries": 0.9,
    "organizations": 0.85,
    "people": 0.95,
    "positions": 0.8,
    "affiliations": 0.75,
    "organization_roles": 0.8,
    "sdgs": 0.95,
    "sections": 0.9,
}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_sample_gives_its_record(pipeline: Pipeline, page: Path) -> None:
    record = record_of(pipeline, page)
    assert record == json.loads(expected_path(page).read_text(encoding="utf-8")), "python -m tests.golden.update"


def test_the_records_are_valid_and_grounded() -> None:
    for page in PAGES:
        record = json.loads(expected_path(page).read_text(encoding="utf-8"))
        assert schema_error(record) is None, page.name
        assert grounding_error(record) is None, page.name


def test_the_records_are_what_a_person_reads_in_the_pages() -> None:
    judged = []
    for page in PAGES:
        gold = json.loads((SAMPLES / "gold" / f"{page.stem}.json").read_text(encoding="utf-8"))
        judged += judge(json.loads(expected_path(page).read_text(encoding="utf-8")), gold)
    reached = {field: found.f1 for field, found in score(judged).items()}
    assert {f: v for f, v in reached.items() if f in AT_LEAST and (v is None or v < AT_LEAST[f])} == {}


def values(record: dict[str, Any]) -> dict[str, Any]:
    """What a record says, without where it stands and without what only markup can hold (a time zone, a footer)."""
    return {
        "title": record["title"],
        "page_type": record["page_type"],
        "event": tuple(day and day[:16] for day in (record["event"]["start"], record["event"]["end"])),
        "attendance": record["event"]["attendance"],
        "dates": sorted((d["start"], str(d["end"]), d["role"]) for d in record["dates"] if d["role"] != "updated"),
        "places": sorted((p["name"], p["kind"], p["role"]) for p in record["places"] if p["evidence"]),
        "organizations": sorted((o["name"], *o["roles"]) for o in record["organizations"] if o["evidence"]),
        "people": sorted((p["name"], str(p["position"]), str(p["affiliation"])) for p in record["people"]),
        "sections": [s["heading"] for s in record["sections"]],
        "fields": sorted(
            (f["name"], *f["values"]) for f in record["fields"] if f["name"] not in ("time", "updated_on")
        ),
        "sdgs": sorted(t["goal"] for t in record["sdgs"] if t["stated"] and t["evidence"]),
    }


@pytest.mark.parametrize("text", [p for p in PAGES if p.stem.endswith("_text")], ids=lambda page: page.stem)
def test_the_same_page_as_html_and_as_text_says_the_same(text: Path) -> None:
    html = text.with_name(text.stem.removesuffix("_text") + ".html")
    from_text, from_html = (
        values(json.loads(expected_path(page).read_text(encoding="utf-8"))) for page in (text, html)
    )
    assert from_html == from_text
