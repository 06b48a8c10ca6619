"""Commands that take records to a database and to files of other formats: load, dump, export."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from extractor.cli.console import app, errors, fail, fail_without, must_be_readable, read_lines, writer
from extractor.model import SCHEMA_VERSION

if TYPE_CHECKING:
    from extractor.sinks.jsonld import Completeness

# SQLAlchemy, pyarrow and icalendar are imported where they are needed, so that the other commands stay quick.

Url = Annotated[str, typer.Argument(metavar="URL", help="sqlite:///events.db or postgresql://user@host/name")]


class Format(StrEnum):
    """Formats of ``export``."""

    JSONL = "jsonl"
    PARQUET = "parquet"
    CSV = "csv"
    JSONLD = "jsonld"
    ICS = "ics"


@app.command()
def load(
    records: Annotated[str, typer.Argument(help="JSON Lines of records, also .gz and .zst; - is standard input.")],
    url: Url,
    rejects: Annotated[str | None, typer.Option(help="JSON Lines of rejections, to be kept beside them.")] = None,
    delete_missing: Annotated[
        bool, typer.Option("--delete-missing", help="Delete the pages that are not among the records.")
    ] = False,
) -> None:
    """Load records into a database. Loading the same records again changes nothing."""
    must_be_readable(records)
    rejections = list(_json_lines(rejects)) if rejects else []
    load_into(url, read_lines(records), records, rejections, delete_missing)


def must_be_usable(url: str) -> None:
    """End the command before it works for hours, when the database it is for cannot be used."""
    from extractor.sinks.sql import Database, DatabaseError

    try:
        Database(url).close()
    except DatabaseError as error:
        fail(str(error))


def load_into(
    url: str,
    lines: Iterable[str],
    source: str,
    rejections: Iterable[dict[str, Any]] = (),
    delete_missing: bool = False,
) -> None:
    """Load lines of records, and say what changed; ``rejections`` are read after the last line."""
    from extractor.sinks.sql import Database, DatabaseError

    try:
        database = Database(url)
        report = database.load(lines, source, rejections, delete_missing)
        database.close()
    except DatabaseError as error:
        fail(str(error))
    counts = [(report.new, "new"), (report.changed, "changed"), (report.unchanged, "unchanged")]
    rarely = [
        (report.repeated, "repeated (one of a page is kept)"),
        (report.older, "older than what is stored (not taken)"),
        (report.deleted, "deleted"),
        (report.rejected, "rejections"),
    ]
    said = [f"{count} {what}" for count, what in counts] + [f"{count} {what}" for count, what in rarely if count]
    errors.print(f"database: {', '.join(said)}")


@app.command()
def dump(
    url: Url,
    output: Annotated[str, typer.Option("--output", "-o", help="JSON Lines, also .gz and .zst; - is standard output.")],
) -> None:
    """Write the records of a database as they were loaded, byte for byte."""
    from extractor.sinks.sql import Database, DatabaseError

    count = 0
    try:
        database = Database(url, create=False)
        with writer(output) as stream:
            for line in database.dump():
                if stream is not None:
                    stream.write(line + "\n")
                count += 1
        database.close()
    except DatabaseError as error:
        fail(str(error))
    errors.print(f"{count} records")


@app.command()
def export(
    records: Annotated[str, typer.Argument(help="JSON Lines of records, also .gz and .zst; - is standard input.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file; for tables, the folder of their files.")],
    to: Annotated[
        Format | None, typer.Option(help="The format; without it, what the extension of the file says.")
    ] = None,
    tables: Annotated[bool, typer.Option("--tables", help="Parquet: a file per table, in a folder.")] = False,
    hxl: Annotated[
        bool, typer.Option("--hxl", help="CSV: a row of HXL hashtags below the names of the columns.")
    ] = False,
) -> None:
    """Write records as JSON Lines, Parquet, CSV, schema.org JSON-LD or a calendar."""
    format_ = to or _format_of(output)
    if hxl and format_ is not Format.CSV:
        raise typer.BadParameter("--hxl is for csv")
    if tables and format_ not in (Format.CSV, Format.PARQUET):
        raise typer.BadParameter("--tables is for parquet; csv is always tables")
    source = _Records(records)
    try:
        _export(source, format_, output, tables, hxl)
    except ModuleNotFoundError as error:
        fail_without(error, f"the format {format_}")
    except OSError as error:
        fail(f"cannot write {output}: {error.strerror or error}")
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        fail(f"line {source.number} is no record ({error!r}); extractor validate says what is wrong")


def _export(source: _Records, format_: Format, output: Path, tables: bool, hxl: bool) -> None:
    if format_ is Format.JSONLD:
        from extractor.sinks.jsonld import write_jsonld

        _print_completeness(write_jsonld(source, output))
    elif format_ is Format.ICS:
        from extractor.sinks.calendar import write_calendar

        report = write_calendar(source, output)
        errors.print(f"{report.events} events; {report.undated} left out, their pages do not say the day")
    else:
        errors.print(f"{_table_writer(format_, tables, hxl)(source, output)} records")


def _table_writer(format_: Format, tables: bool, hxl: bool) -> Callable[[Iterable[dict[str, Any]], Path], int]:
    if format_ is Format.JSONL:
        from extractor.sinks.jsonl import write_records

        return write_records
    if format_ is Format.CSV:
        from extractor.sinks.csv_tables import write_csv

        return lambda records, folder: write_csv(records, folder, hxl)
    from extractor.sinks.parquet import write_nested, write_tables

    return write_tables if tables else write_nested


def _format_of(output: Path) -> Format:
    suffixes = [suffix for suffix in output.suffixes if suffix not in (".gz", ".zst")]
    try:
        return Format(suffixes[-1].removeprefix(".") if suffixes else "")
    except ValueError:
        raise typer.BadParameter(
            f"the name {output} does not say the format: name one with --to ({', '.join(Format)})"
        ) from None


class _Records:
    """The records of a file of lines, and the number of the line last read."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.number = 0
        must_be_readable(path)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for line in read_lines(self._path):
            self.number += 1
            if line.strip():
                record = json.loads(line)
                if record["schema_version"] != SCHEMA_VERSION:
                    raise ValueError(f"schema {record['schema_version']}, not {SCHEMA_VERSION}")
                yield record


def _json_lines(path: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(read_lines(path), 1):
        try:
            if line.strip():
                yield json.loads(line)
        except ValueError as error:
            fail(f"{path}:{number}: not JSON: {error}")


def _print_completeness(found: Completeness) -> None:
    table = Table(title=f"{found.complete} of {found.events} events have all that Google requires", box=None)
    table.add_column("property")
    table.add_column("Google")
    table.add_column("events without it", justify="right")
    for kind, missing in (("required", found.missing_required), ("recommended", found.missing_recommended)):
        for name, count in missing.most_common():
            table.add_row(name, kind, str(count))
    Console(highlight=False).print(table)
