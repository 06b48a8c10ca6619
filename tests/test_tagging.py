"""One call for the tags of any text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import tag_text
from extractor.cli import app
from extractor.schema import schema_error
from tests.sinks.records import make_record

TEXT = (
    "The port authority cites GCM Objective 6.\n"
    "Recruiters may no longer charge fees to migrant workers, and every worker gets a written contract.\n"
)


def test_cited_and_inferred_tags_are_told_apart_and_have_their_passages() -> None:
    tags = tag_text(TEXT + "Remittances reach families faster since transfer fees for migrants were capped.\n")
    basis = {o["number"]: o["basis"] for o in tags["gcm"]["objectives"]}
    assert basis[6] == "cited"
    assert basis[20] == "inferred"
    for tag in (*tags["gcm"]["objectives"], *tags["gcm"]["principles"], *tags["sdgs"]):
        assert tag["evidence"]
        assert 0 < tag["confidence"] <= 1


def test_the_result_has_the_shape_of_a_record() -> None:
    assert schema_error(make_record(1) | {"text": TEXT} | tag_text(TEXT)) is None


@pytest.mark.parametrize("text", ["", "\n\n", "The Global Compact for Safe, Orderly and Regular Migration turns four."])
def test_no_tag_for_nothing_and_for_general_mentions(text: str) -> None:
    tags = tag_text(text)
    assert not tags["gcm"]["objectives"]
    assert not tags["sdgs"]


def test_stricter_gives_no_more() -> None:
    def count(strictness: str) -> int:
        return len(tag_text(TEXT * 3, strictness)["sdgs"])  # type: ignore[arg-type]  # one of the literals

    assert count("strict") <= count("balanced") <= count("loose")


def test_the_command_reads_files_and_standard_input(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    cli = CliRunner()
    from_file = cli.invoke(app, ["tag", str(page)])
    assert from_file.exit_code == 0
    assert json.loads(from_file.stdout)["gcm"]["objectives"][0]["number"] == 6
    assert cli.invoke(app, ["tag", "-"], input=TEXT).stdout == from_file.stdout
    assert cli.invoke(app, ["tag", str(tmp_path / "missing.txt")]).exit_code == 1
