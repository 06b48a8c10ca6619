"""What commands on saved pages share, and the command show."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from extractor.cli.console import Exit, app, errors, fail, plain
from extractor.model import Record, Rejection
from extractor.readers.archives import SavedPages
from extractor.readers.saved import Saved, Skipped

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH...", help="Files, folders, archives of saved pages; - is one page on standard input."),
]
Model = Annotated[
    str | None,
    typer.Option(help="An installed spaCy pipeline to find names with, in place of the one that ships."),
]


@app.command()
def show(path: Annotated[str, typer.Argument(help="A saved page; - is standard input.")], model: Model = None) -> None:
    """Show one page's record as a person wants to read it."""
    from extractor.pipeline import Pipeline  # here, so that --help and validate stay quick
    from extractor.stages.ner import ModelError

    try:
        for found in pages_at([path]):
            if isinstance(found, Saved):
                _show(Pipeline(model).process(found))
    except ModelError as error:
        fail(str(error))


def pages_at(paths: list[str]) -> Iterable[Saved | Skipped]:
    """The pages of paths; - is one page on standard input."""
    if "-" not in paths:
        return SavedPages(paths)
    if len(paths) > 1:
        raise typer.BadParameter("- (standard input) is one page and cannot stand beside other paths")
    content = sys.stdin.buffer.read()
    return [Saved("-", content, len(content))]


def _show(outcome: Record | Rejection) -> None:
    if isinstance(outcome, Rejection):
        errors.print(f"[red]rejected[/red] {plain(outcome.path)}: {plain(outcome.message)}")
        raise typer.Exit(Exit.REJECTED)
    _show_record(outcome.to_dict())


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
