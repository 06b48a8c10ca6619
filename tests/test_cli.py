"""The command line as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from tests.sinks.records import line, make_record
from tests.test_pipeline import EVENT

cli = CliRunner()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "roundtable.txt").write_text(EVENT, encoding="utf-8")
    return folder


def test_run_writes_a_record_a_page(pages: Path, tmp_path: Path) -> None:
    output = tmp_path / "records.jsonl"
    result = cli.invoke(app, ["run", str(pages), "-o", str(output)])
    assert result.exit_code == 0, result.output
    (record,) = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    assert record["source"]["path"].endswith("roundtable.txt")
    assert "1 pages: 1 records, 0 rejections" in result.output
    assert cli.invoke(app, ["validate", str(output)]).exit_code == 0


def test_a_rejected_page_is_told_and_kept(pages: Path, tmp_path: Path) -> None:
    (pages / "empty.txt").write_bytes(b"")
    rejects = tmp_path / "rejects.jsonl"
    result = cli.invoke(app, ["run", str(pages), "-o", str(tmp_path / "r.jsonl"), "--rejects", str(rejects)])
    assert result.exit_code == 1
    assert json.loads(rejects.read_text(encoding="utf-8"))["code"] == "empty"
    assert "empty.txt" in result.output


def test_run_reads_standard_input_and_writes_standard_output() -> None:
    result = cli.invoke(app, ["run", "-"], input=EVENT)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["title"] == "Roundtable on fair recruitment in the Lake Basin"


def test_show_is_for_reading(pages: Path) -> None:
    result = cli.invoke(app, ["show", str(pages / "roundtable.txt")])
    assert result.exit_code == 0
    for said in ("Roundtable on fair recruitment", "2023-03-14", "Kisumu", "Achieng Odhiambo", "8 Decent Work"):
        assert said in result.stdout


def test_validate_names_the_line_that_is_not_valid(tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(line(make_record(1)) + "\n" + line(make_record(2, page_type="party")) + "\nnot JSON\n")
    result = cli.invoke(app, ["validate", str(records)])
    assert result.exit_code == 1
    assert "records.jsonl:2: $.page_type" in result.output
    assert "records.jsonl:3: not JSON" in result.output


@pytest.mark.parametrize("name", ["record", "rejection"])
def test_schema_is_printed(name: str) -> None:
    result = cli.invoke(app, ["schema", name])
    assert json.loads(result.stdout)["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "{page}", "--model", "no_such_model"], 3, "no_such_model"),
        (["run", "{page}", "-o", "/no/such/folder/records.jsonl"], 3, "cannot write"),
        (["run", "-", "{page}"], 2, "standard input"),
        (["run", "/no/such/page.txt"], 1, "no such file"),
        (["validate", "/no/such/records.jsonl"], 3, "cannot read"),
        (["schema", "party"], 2, "party"),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_an_exit_code(
    pages: Path, arguments: list[str], code: int, said: str
) -> None:
    result = cli.invoke(app, [a.format(page=pages / "roundtable.txt") for a in arguments])
    assert result.exit_code == code, result.output
    assert said in result.output
