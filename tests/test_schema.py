"""The contract's own checks."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from extractor.schema import SchemaName, grounding_error, load_schema, schema_error
from tests.sinks.records import make_record


@pytest.mark.parametrize("name", ["record", "rejection"])
def test_the_schemas_are_valid_schemas(name: SchemaName) -> None:
    Draft202012Validator.check_schema(load_schema(name))


def test_a_valid_record_has_no_error() -> None:
    assert schema_error(make_record(1)) is None
    assert grounding_error(make_record(1)) is None


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"page_type": "party"}, "$.page_type"),
        ({"extra": 1}, "$"),
        ({"date_submitted": "11 May 2022"}, "$.date_submitted"),
        ({"date_submitted": "2022-13"}, "$.date_submitted"),
        ({"id": "short"}, "$.id"),
    ],
)
def test_an_error_names_its_place(change: dict[str, object], place: str) -> None:
    error = schema_error(make_record(1, **change))
    assert error is not None
    assert error.startswith(place)


def test_evidence_that_is_not_what_the_text_says_is_an_error() -> None:
    record = make_record(1)
    record["people"][0]["evidence"][0]["start"] += 1
    error = grounding_error(record)
    assert error is not None
    assert error.startswith("$.people[0].evidence[0]")
