"""The command line: the one place that talks to a person."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import IO, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from extractor.model import Record, Rejection
from extractor.schema import SchemaName, grounding_error, load_schema, schema_error

app = typer.Typer(
    help="Saved web pages about migration events and practices become structured, grounded JSON records.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


class Exit(IntEnum):
    """Exit codes, documented in the README. Typer's own 2 says that the command was not understood."""

    OK = 0
    REJECTED = 1  # some pages were rejected, or some records are not valid; the rest is done
    FAILED = 3  # nothing could be done: a model or an output file that cannot be opened


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files and folders of saved pages; - reads one page from standard input."),
]
Model = Annotated[
    str | None,
    typer.Option(help="An installed spaCy pipeline to find names with, in place of the one that ships."),
]


@app.command()
def run(
    paths: Paths,
    output: Annotated[str, typer.Option("--output", "-o", help="JSON Lines of records; - is standard output.")] = "-",
    rejects: Annotated[str | None, typer.Option(help="JSON Lines of the pages that could not become records.")] = None,
    model: Model = None,
) -> None:
    """Turn saved pages into records.

    Exit code: 0 all pages became records, 1 some were rejected, 3 nothing could be done.
    """
    began = time.perf_counter()
    pages = _page_paths(paths)
    counts: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    with _writer(output) as records_out, _writer(rejects) as rejects_out, _progress(len(pages)) as advance:
        for outcome in _outcomes(pages, model):
            if isinstance(outcome, Record):
                counts["records"] += 1
                warnings.update(w["code"] for w in outcome.to_dict()["warnings"])
                _write_line(records_out, outcome)
            else:
                counts["rejections"] += 1
                errors.print(f"[red]rejected[/red] {_plain(outcome.path)}: {_plain(outcome.message)}")
                _write_line(rejects_out, outcome)
            advance()
    _print_summary(len(pages), counts, warnings, time.perf_counter() - began)
    raise typer.Exit(Exit.REJECTED if counts["rejections"] else Exit.OK)


@app.command()
def show(path: Annotated[str, typer.Argument(help="A saved page; - is standard input.")], model: Model = None) -> None:
    """Show one page's record as a person wants to read it."""
    for outcome in _outcomes([path], model):
        if isinstance(outcome, Rejection):
            errors.print(f"[red]rejected[/red] {_plain(outcome.path)}: {_plain(outcome.message)}")
            raise typer.Exit(Exit.REJECTED)
        _show_record(outcome.to_dict())


@app.command()
def validate(
    records: Annotated[str, typer.Argument(help="JSON Lines of records; - is standard input.")],
) -> None:
    """Check records against the schema, and every piece of evidence against the text."""
    checked = bad = 0
    for number, line in enumerate(_lines(records), 1):
        if not line.strip():
            continue
        checked += 1
        error = _record_error(line)
        if error:
            bad += 1
            errors.print(f"{_plain(records)}:{number}: {_plain(error)}")
    errors.print(f"{checked} records checked, {bad} not valid")
    raise typer.Exit(Exit.REJECTED if bad else Exit.OK)


@app.command()
def schema(
    name: Annotated[str, typer.Argument(help="record or rejection")] = "record",
) -> None:
    """Print the JSON Schema of a record (or of a rejection)."""
    names: dict[str, SchemaName] = {"record": "record", "rejection": "rejection"}
    if name not in names:
        raise typer.BadParameter(f"there is no schema {name!r}; there are: record, rejection")
    print(json.dumps(load_schema(names[name]), indent=2, ensure_ascii=False))


def _outcomes(paths: list[str], model: str | None) -> Iterator[Record | Rejection]:
    from extractor.pipeline import Pipeline, RejectedPage  # here, so that --help and validate stay quick
    from extractor.stages.ner import ModelError

    try:
        pipeline = Pipeline(model)
    except ModelError as error:
        _fail(str(error))
    if paths != ["-"]:
        yield from pipeline.run(paths)
        return
    try:
        yield pipeline.extract(sys.stdin.buffer.read())
    except RejectedPage as error:
        yield error.rejection


def _page_paths(paths: list[str]) -> list[str]:
    from extractor.readers.files import find_pages

    if "-" in paths:
        if len(paths) > 1:
            raise typer.BadParameter("- (standard input) is one page and cannot stand beside other paths")
        return paths
    return [str(path) for path in find_pages(paths)]


@contextmanager
def _writer(path: str | None) -> Iterator[IO[str] | None]:
    if path is None:
        yield None
    elif path == "-":
        yield sys.stdout
    else:
        with _open_for_writing(path) as stream:
            yield stream


def _open_for_writing(path: str) -> IO[str]:
    try:
        return Path(path).open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        _fail(f"cannot write {path}: {error.strerror}; name a file in a folder that may be written")


def _write_line(stream: IO[str] | None, outcome: Record | Rejection) -> None:
    if stream is not None:
        stream.write(json.dumps(outcome.to_dict(), ensure_ascii=False) + "\n")


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("pages", total=total)
        yield lambda: progress.advance(task)


def _print_summary(pages: int, counts: Counter[str], warnings: Counter[str], seconds: float) -> None:
    errors.print(f"{pages} pages: {counts['records']} records, {counts['rejections']} rejections, in {seconds:.1f} s")
    for code, count in sorted(warnings.items()):
        errors.print(f"  warning {code}: {count}")


def _lines(path: str) -> Iterator[str]:
    if path == "-":
        yield from sys.stdin
        return
    try:
        with Path(path).open(encoding="utf-8") as stream:
            yield from stream
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"cannot read {path}: {error}")


def _record_error(line: str) -> str | None:
    try:
        record = json.loads(line)
    except ValueError as error:
        return f"not JSON: {error}"
    return schema_error(record) or grounding_error(record)


def _plain(text: object) -> str:
    """Text as it is: rich would read square brackets as markup."""
    return escape(str(text))


def _fail(message: str) -> NoReturn:
    errors.print(f"[red]extractor:[/red] {_plain(message)}")
    raise typer.Exit(Exit.FAILED)


def _show_record(record: dict[str, Any]) -> None:
    out = Console(highlight=False)
    out.print(f"[bold]{_plain(record['title'] or '(no title)')}[/bold]")
    out.print(f"{record['page_type']} · {record['language']} · {_plain(record['source']['path'])}\n")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, lines in _summary_rows(record):
        for i, line in enumerate(lines):
            table.add_row("" if i else name, _plain(line))
    out.print(table)


def _summary_rows(record: dict[str, Any]) -> list[tuple[str, list[str]]]:
    event, gcm = record["event"], record["gcm"]
    rows = [
        ("when", [_period(event["start"], event["end"])] if event["start"] else []),
        ("status", [event["status"]] if event["status"] else []),
        ("attendance", [event["attendance"]] if event["attendance"] else []),
        ("dates", [f"{_period(d['start'], d['end'])}  {d['role']}" for d in record["dates"]]),
        ("places", [_joined(p["name"], p["kind"], p["country_code"], p["role"]) for p in record["places"]]),
        ("organizations", [_joined(o["name"], o["acronym"], *o["roles"]) for o in record["organizations"]]),
        ("people", [_joined(_named(p), p["position"], p["affiliation"]) for p in record["people"]]),
        ("GCM objectives", [f"{o['number']} {o['label']}  {o['basis']}" for o in gcm["objectives"]]),
        ("GCM principles", [f"{p['label']}  {p['basis']}" for p in gcm["principles"]]),
        ("SDGs", [_joined(f"{s['goal']} {s['label']}", *s["targets"], s["basis"]) for s in record["sdgs"]]),
        ("fields", [f"{f['label']} {' | '.join(f['values']) or '(empty)'}" for f in record["fields"]]),
        ("sections", [s["heading"] or f"({s['kind']})" for s in record["sections"]]),
        ("warnings", [w["message"] for w in record["warnings"]]),
    ]
    return [(name, lines) for name, lines in rows if lines]


def _period(start: str, end: str | None) -> str:
    return f"{start} – {end}" if end else start


def _named(person: dict[str, Any]) -> str:
    return " ".join(part for part in (person["honorific"], person["name"]) if part)


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def main() -> None:
    """Entry point of the command ``extractor``."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # TextIOWrapper
    app()
