"""Commands for the people who check the records: report, evaluate."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from extractor.cli.console import app, errors, fail, must_be_readable, plain, read_lines, writer

if TYPE_CHECKING:
    from extractor.evaluation import Evaluation

Records = Annotated[str, typer.Argument(help="JSON Lines of records, also .gz and .zst; - is standard input.")]


@app.command()
def report(
    records: Records,
    output: Annotated[str, typer.Option("--output", "-o", help="The HTML file; - is standard output.")] = "report.html",
    rejects: Annotated[str | None, typer.Option(help="JSON Lines of rejections, to be told of as well.")] = None,
    gold: Annotated[str | None, typer.Option(help="Folder of annotations: the report then has the evaluation.")] = None,
    title: Annotated[str, typer.Option(help="What the report is called.")] = "Extraction report",
) -> None:
    """Make one HTML file to see, search and check the records; it opens from disk and asks no network.

    Exit code: 0 written, 3 nothing could be done.
    """
    from extractor.review.report import write_report  # here, so that the other commands stay quick

    must_be_readable(records)
    entries = list(json_lines(records))
    evaluation = _evaluation(gold, entries) if gold else None
    with writer(output) as stream:
        assert stream is not None  # output is never None
        pages = write_report(
            entries,
            stream,
            title=title,
            rejections=json_lines(rejects) if rejects else (),
            evaluation=evaluation,
        )
    if output != "-":
        errors.print(f"{plain(output)}: {pages} pages, {Path(output).stat().st_size / 1e6:.1f} MB")


@app.command()
def evaluate(
    gold: Annotated[str, typer.Argument(help="Folder of annotations, one JSON file a page, named like the page.")],
    records: Records,
    as_json: Annotated[bool, typer.Option("--json", help="Figures and misses as JSON.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="List what is missing or wrong.")] = False,
) -> None:
    """Compare records with annotations: precision, recall and F1 of every field.

    Exit code: 0 compared, 3 nothing could be done.
    """
    must_be_readable(records)
    evaluation = _evaluation(gold, list(json_lines(records)))
    if as_json:
        json.dump(_as_json(evaluation), sys.stdout, indent=1, ensure_ascii=False)
        print()
        return
    _print_scores(evaluation)
    if misses:
        for page, miss in evaluation.misses:
            print("\t".join((page, miss.field, miss.verdict, miss.value.replace("\n", " "), miss.rule or "")))


def json_lines(path: str) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON Lines; ends the command at a line that is none."""
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            fail(f"{path}:{number}: not JSON: {error}")
        if not isinstance(value, dict):
            fail(f"{path}:{number}: not a JSON object")
        yield value


def _evaluation(gold: str, entries: list[dict[str, Any]]) -> Evaluation:
    from extractor.evaluation import GoldError, evaluate, read_gold

    try:
        return evaluate(read_gold(gold), entries)
    except GoldError as error:
        fail(str(error))


def _print_scores(evaluation: Evaluation) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("field")
    for name in ("right", "wrong", "missed", "precision", "recall", "F1"):
        table.add_column(name, justify="right")
    for field, score in evaluation.scores.items():
        counts = (score.right, score.wrong, score.missed)
        table.add_row(field, *map(str, counts), *map(_figure, (score.precision, score.recall, score.f1)))
    Console(highlight=False).print(table)
    for page in evaluation.unread:
        errors.print(f"no record of {plain(page)}: all that its annotation says is missed")
    print(f"mean F1 over fields, {evaluation.pages} pages: {_figure(evaluation.overall)}")


def _figure(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "pages": evaluation.pages,
        "overall": evaluation.overall,
        "without_record": list(evaluation.unread),
        "fields": {
            field: {
                "right": score.right,
                "wrong": score.wrong,
                "missed": score.missed,
                "precision": score.precision,
                "recall": score.recall,
                "f1": score.f1,
            }
            for field, score in evaluation.scores.items()
        },
        "misses": [
            {"page": page, "field": miss.field, "verdict": miss.verdict, "value": miss.value, "rule": miss.rule}
            for page, miss in evaluation.misses
        ],
    }
