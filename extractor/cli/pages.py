"""Commands on saved pages: run, show."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import IO, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from extractor.cli.console import Exit, app, errors, fail, plain, progress, writer
from extractor.model import Record, Rejection
from extractor.sinks.jsonl import to_line

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
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", help="JSON Lines of records, also .gz and .zst; - is standard output, and the default."
        ),
    ] = None,
    rejects: Annotated[str | None, typer.Option(help="JSON Lines of the pages that could not become records.")] = None,
    model: Model = None,
    to: Annotated[
        str | None, typer.Option(metavar="URL", help="A database to load the records into: sqlite:///events.db.")
    ] = None,
) -> None:
    """Turn saved pages into records.

    Exit code: 0 all pages became records, 1 some were rejected, 3 nothing could be done.
    """
    began = time.perf_counter()
    pages = _page_paths(paths)
    counts: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    rejections: list[dict[str, Any]] = []
    if output is None and to is None:
        output = "-"

    def lines() -> Iterator[str]:
        for outcome in _outcomes(pages, model):
            line = to_line(outcome.to_dict())
            if isinstance(outcome, Record):
                counts["records"] += 1
                warnings.update(w["code"] for w in outcome.to_dict()["warnings"])
                _write_line(records_out, line)
                yield line
            else:
                counts["rejections"] += 1
                rejections.append(outcome.to_dict())
                errors.print(f"[red]rejected[/red] {plain(outcome.path)}: {plain(outcome.message)}")
                _write_line(rejects_out, line)
            advance()

    with writer(output) as records_out, writer(rejects) as rejects_out, progress(len(pages)) as advance:
        if to is None:
            for _ in lines():
                pass
        else:
            from extractor.cli.databases import load_into  # here, so that SQLAlchemy is loaded when it is needed

            load_into(to, lines(), ", ".join(paths), rejections)
    _print_summary(len(pages), counts, warnings, time.perf_counter() - began)
    raise typer.Exit(Exit.REJECTED if counts["rejections"] else Exit.OK)


@app.command()
def show(path: Annotated[str, typer.Argument(help="A saved page; - is standard input.")], model: Model = None) -> None:
    """Show one page's record as a person wants to read it."""
    for outcome in _outcomes([path], model):
        if isinstance(outcome, Rejection):
            errors.print(f"[red]rejected[/red] {plain(outcome.path)}: {plain(outcome.message)}")
            raise typer.Exit(Exit.REJECTED)
        _show_record(outcome.to_dict())


def _outcomes(paths: list[str], model: str | None) -> Iterator[Record | Rejection]:
    from extractor.pipeline import Pipeline, RejectedPage  # here, so that --help and validate stay quick
    from extractor.stages.ner import ModelError

    try:
        pipeline = Pipeline(model)
    except ModelError as error:
        fail(str(error))
    if paths != ["-"]:
        yield from pipeline.run(paths)
        return
    try:
        yield pipeline.extract(sys.stdin.buffer.read())
    except RejectedPage as error:
        yield error.rejection


def _page_paths(paths: list[str]) -> list[str]:
    from extractor.readers.files import find_files

    if "-" in paths:
        if len(paths) > 1:
            raise typer.BadParameter("- (standard input) is one page and cannot stand beside other paths")
        return paths
    return [str(path) for path in find_files(paths)]


def _write_line(stream: IO[str] | None, line: str) -> None:
    if stream is not None:
        stream.write(line + "\n")


def _print_summary(pages: int, counts: Counter[str], warnings: Counter[str], seconds: float) -> None:
    errors.print(f"{pages} pages: {counts['records']} records, {counts['rejections']} rejections, in {seconds:.1f} s")
    for code, count in sorted(warnings.items()):
        errors.print(f"  warning {code}: {count}")


def _show_record(record: dict[str, Any]) -> None:
    out = Console(highlight=False)
    out.print(f"[bold]{plain(record['title'] or '(no title)')}[/bold]")
    out.print(f"{record['page_type']} · {record['language']} · {plain(record['source']['path'])}\n")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, lines in _summary_rows(record):
        for i, line in enumerate(lines):
            table.add_row("" if i else name, plain(line))
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
