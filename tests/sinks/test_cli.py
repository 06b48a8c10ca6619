"""The commands load, dump, export and run --to."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from extractor.cli import app
from extractor.sinks.jsonl import open_lines
from tests.sinks.conftest import PostgresServer
from tests.sinks.records import line, lines, make_record

PAGE = """Workshop on seasonal labour mobility

Date: 3 May 2023
Location: Accra, Ghana

The workshop brought employers together.
"""


def extractor(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], stdin)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f"{loaded}\n" for loaded in lines(3)), encoding="utf-8")
    return path


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/events.db"


def test_load_and_dump_give_the_same_bytes(records: Path, url: str, tmp_path: Path) -> None:
    loaded = extractor("load", records, url)
    assert (loaded.exit_code, loaded.stderr) == (0, "database: 3 new, 0 changed, 0 unchanged\n")
    assert extractor("load", records, url).stderr == "database: 0 new, 0 changed, 3 unchanged\n"
    assert extractor("dump", url, "-o", tmp_path / "out.jsonl").exit_code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == records.read_bytes()
    assert extractor("dump", url, "-o", "-").stdout == records.read_text(encoding="utf-8")


def test_load_and_dump_on_postgresql(records: Path, postgres: PostgresServer, tmp_path: Path) -> None:
    assert extractor("load", records, postgres.url).exit_code == 0
    assert extractor("dump", postgres.url, "-o", tmp_path / "out.jsonl").exit_code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == records.read_bytes()


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_lines_go_in_and_out(records: Path, url: str, tmp_path: Path, suffix: str) -> None:
    packed = tmp_path / f"packed.jsonl{suffix}"
    assert extractor("export", records, "-o", packed).exit_code == 0
    assert extractor("validate", packed).exit_code == 0
    assert extractor("load", packed, url).exit_code == 0
    assert extractor("dump", url, "-o", tmp_path / f"out.jsonl{suffix}").exit_code == 0
    with open_lines(tmp_path / f"out.jsonl{suffix}") as stream:
        assert stream.read() == records.read_text(encoding="utf-8")


def test_load_reads_standard_input_and_rejections_and_deletes_when_told(
    records: Path, url: str, tmp_path: Path
) -> None:
    extractor("load", records, url)
    rejection = {"id": "0" * 32, "path": "p.txt", "url": None, "code": "empty", "message": "…", "stage": "read"}
    (tmp_path / "rejects.jsonl").write_text(json.dumps(rejection) + "\n", encoding="utf-8")
    options = ("--rejects", tmp_path / "rejects.jsonl", "--delete-missing")
    loaded = extractor("load", "-", url, *options, stdin=lines(1)[0])
    assert loaded.stderr == "database: 0 new, 0 changed, 1 unchanged, 2 deleted, 1 rejections\n"


def test_run_puts_its_records_into_a_database_and_beside_it_into_a_file(url: str, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "workshop.txt").write_text(PAGE, encoding="utf-8")
    (pages / "empty.txt").write_text("", encoding="utf-8")
    ran = extractor("run", pages, "-o", tmp_path / "records.jsonl", "--to", url)
    assert ran.exit_code == 1
    assert "database: 1 new, 0 changed, 0 unchanged, 1 rejections" in ran.stderr
    [written] = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    with sqlite3.connect(tmp_path / "events.db") as connection:
        assert connection.execute("SELECT record FROM pages").fetchall() == [(written,)]
        assert connection.execute("SELECT code FROM rejections").fetchall() == [("empty",)]
    alone = extractor("run", pages, "--to", url)
    assert (alone.exit_code, alone.stdout) == (1, "")
    assert "database: 0 new, 0 changed, 1 unchanged" in alone.stderr


def test_run_finds_out_at_once_that_the_database_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "workshop.txt").write_text(PAGE, encoding="utf-8")
    ran = extractor("run", tmp_path, "-o", tmp_path / "records.jsonl", "--to", "mysql://host/events")
    assert (ran.exit_code, "no URL of SQLite or PostgreSQL" in ran.stderr) == (3, True)
    assert not (tmp_path / "records.jsonl").exists()


EXPORTS = [
    (("-o", "e.jsonl"), "e.jsonl"),
    (("-o", "e.jsonl.gz"), "e.jsonl.gz"),
    (("-o", "e.jsonl.zst"), "e.jsonl.zst"),
    (("-o", "e.parquet"), "e.parquet"),
    (("--to", "parquet", "--tables", "-o", "tables"), "tables/pages.parquet"),
    (("--to", "csv", "-o", "tables"), "tables/pages.csv"),
    (("-o", "tables.csv"), "tables.csv/pages.csv"),
    (("--to", "csv", "--hxl", "-o", "tables"), "tables/places.csv"),
    (("-o", "e.jsonld"), "e.jsonld"),
    (("-o", "e.ics"), "e.ics"),
    (("--to", "ics", "-o", "calendar"), "calendar"),
]


@pytest.mark.parametrize(("arguments", "made"), EXPORTS)
def test_export(records: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], made: str) -> None:
    monkeypatch.chdir(records.parent)
    exported = extractor("export", records, *arguments)
    assert exported.exit_code == 0, exported.output
    assert (records.parent / made).stat().st_size > 0


def test_export_says_how_complete_the_events_are(records: Path, tmp_path: Path) -> None:
    exported = extractor("export", records, "-o", tmp_path / "e.jsonld")
    assert "3 of 3 events have all that Google requires" in exported.stdout
    assert "image" in exported.stdout


def test_export_says_what_the_calendar_leaves_out(tmp_path: Path) -> None:
    record = make_record(1)
    record["event"]["start"] = "2023"
    exported = extractor("export", "-", "-o", tmp_path / "e.ics", stdin=line(record))
    assert exported.stderr == "0 events; 1 left out, their pages do not say the day\n"


FAILURES = [
    (("load", "no.jsonl", "sqlite:///new.db"), 3, "there is no such file"),
    (("load", "records.jsonl", "events.db"), 3, "try sqlite:///events.db"),
    (("load", "records.jsonl", "sqlite:///no/folder/events.db"), 3, "cannot open"),
    (("load", "bad.jsonl", "sqlite:///new.db"), 3, "line 1 is no record"),
    (("load", "cut.jsonl.gz", "sqlite:///new.db"), 3, "cannot read cut.jsonl.gz"),
    (("load", "records.jsonl", "sqlite:///new.db", "--rejects", "bad.jsonl"), 3, "bad.jsonl:1: not JSON"),
    (("load", "records.jsonl", "sqlite:///new.db", "--rejects", "records.jsonl"), 3, "is no rejection"),
    (("dump", "sqlite:///new.db", "-o", "out.jsonl"), 3, "there is no database"),
    (("export", "records.jsonl", "-o", "out"), 2, "--to"),
    (("export", "records.jsonl", "-o", "out.xls"), 2, "--to"),
    (("export", "records.jsonl", "-o", "out.ics", "--hxl"), 2, "--hxl is for csv"),
    (("export", "records.jsonl", "-o", "no/folder/out.ics"), 3, "cannot write"),
    (("export", "bad.jsonl", "-o", "out.ics"), 3, "line 1 is no record"),
    (("export", "odd.jsonl", "-o", "out.parquet"), 3, "line 2 is no record"),
    (("export", "no.jsonl", "-o", "out.ics"), 3, "there is no such file"),
]


@pytest.mark.parametrize(("arguments", "code", "sentence"), FAILURES)
def test_what_cannot_be_done_is_a_sentence(
    records: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    monkeypatch.chdir(records.parent)
    Path("bad.jsonl").write_text("no JSON\n", encoding="utf-8")
    Path("odd.jsonl").write_text(f"{lines(1)[0]}\n{line(make_record(1, sections=7))}\n", encoding="utf-8")
    Path("cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00 cut off")
    failed = extractor(*arguments)
    assert failed.exit_code == code, failed.output
    assert sentence in " ".join(failed.stderr.replace("│", " ").split())
    assert "Traceback" not in failed.output
    if "no.jsonl" in arguments:
        assert not Path("new.db").exists()
        assert not Path("out.ics").exists()


@pytest.mark.parametrize(
    ("library", "output"), [("pyarrow", "e.parquet"), ("icalendar", "e.ics"), ("zstandard", "e.jsonl.zst")]
)
def test_a_missing_library_is_a_sentence(records: Path, library: str, output: str) -> None:
    code = f"import sys; sys.modules[{library!r}] = None; from extractor.cli import main; main()"
    arguments = ["export", str(records), "-o", str(records.parent / output)]
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 3
    assert f"needs the library {library}, which is not installed; install extractor[formats]" in ran.stderr


def test_a_missing_driver_is_a_sentence(records: Path) -> None:
    code = "import sys; sys.modules['psycopg'] = None; from extractor.cli import main; main()"
    arguments = ["load", str(records), "postgresql://localhost/events"]
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert (ran.returncode, "install extractor[postgres]" in ran.stderr) == (3, True)


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    code = "import sys, extractor.cli; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sqlalchemy", "pyarrow", "icalendar", "spacy", "psycopg"} & set(loaded)
