"""Damaged pages become valid records or rejections with a reason; ``benchmarks.mutations`` does it with 20,000."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from benchmarks.mutations import FAULTS, make_page
from extractor import Pipeline, Record
from extractor.schema import grounding_error, schema_error

PAGES = 40
MOST_BYTES = 20_000


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(page_seconds=20)


@pytest.mark.parametrize("number", range(PAGES))
def test_a_damaged_page_is_a_valid_record_or_a_rejection(pipeline: Pipeline, number: int) -> None:
    page = make_page(number, seed=7)
    content = page.content[:MOST_BYTES] if page.content else b""
    outcome = pipeline.process(replace(page, content=content))
    value = json.loads(json.dumps(outcome.to_dict()))
    if isinstance(outcome, Record):
        assert schema_error(value) is None
        assert grounding_error(value) is None
    else:
        assert schema_error(value, "rejection") is None
        assert outcome.code not in FAULTS, outcome.message
