"""Commands for the people who check the records: report, explain, evaluate, annotations."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from extractor.cli.console import Exit, app, errors, fail, must_be_readable, plain, read_lines, writer
from extractor.cli.pages import Model, pages_at
from extractor.model import Mention, Rejection
from extractor.readers.saved import Saved
from extractor.schema import grounding_error, schema_error

if TYPE_CHECKING:
    from extractor.evaluation import Evaluation
    from extractor.review.values import Value

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

    entries = list(_valid_records(records))
    rejections = list(_json_lines(rejects)) if rejects else []
    evaluation = _evaluation(gold, entries) if gold else None
    with writer(output) as stream:
        assert stream is not None  # output is never None
        pages = write_report(
            entries,
            stream,
            title=title,
            rejections=rejections,
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
    evaluation = _evaluation(gold, list(_valid_records(records)))
    if as_json:
        json.dump(_as_json(evaluation), sys.stdout, indent=1, ensure_ascii=False)
        print()
        return
    _print_scores(evaluation)
    if misses:
        for page, miss in evaluation.misses:
            print("\t".join((page, miss.field, miss.verdict, miss.value.replace("\n", " "), miss.rule or "")))


@app.command()
def explain(
    path: Annotated[str, typer.Argument(help="A saved page; - is standard input.")],
    field: Annotated[str | None, typer.Argument(help="Only this field: dates, organizations, sdgs …")] = None,
    model: Model = None,
) -> None:
    """Say why each value of a page is what it is, where it stands, and what was rejected and why.

    Exit code: 0 explained, 1 the page was rejected, 3 nothing could be done.
    """
    from extractor.pipeline import Pipeline  # here, so that the other commands stay quick
    from extractor.readers import read_page
    from extractor.review.explain import FIELDS
    from extractor.stages.clean import clean
    from extractor.stages.ner import ModelError, Recognizer

    if field is not None and field not in FIELDS:
        raise typer.BadParameter(f"there is no field {field!r}; there are: {', '.join(FIELDS)}")
    for found in pages_at([path]):
        if not isinstance(found, Saved):
            continue
        try:
            outcome = Pipeline(model).process(found)
            if isinstance(outcome, Rejection):
                errors.print(f"[red]rejected[/red] {plain(outcome.path)}: {plain(outcome.message)}")
                raise typer.Exit(Exit.REJECTED)
            entities = Recognizer(model).entities(clean(read_page(found)))
        except ModelError as error:
            fail(str(error))
        _print_explanation(outcome.to_dict(), entities, field)


def _print_explanation(record: dict[str, Any], entities: Sequence[Mention], field: str | None) -> None:
    from extractor.review.explain import FIELDS, refused_dates, refused_names, refused_topics, select

    out = Console(highlight=False, soft_wrap=True)
    out.print(f"[bold]{plain(record['title'] or '(no title)')}[/bold]  {plain(record['source']['path'])}")
    values = select(record, field)
    group = None
    for value in values:
        if value.group != group:
            group = value.group
            out.print(f"\n[bold underline]{plain(group)}[/bold underline]")
        _print_value(out, record["text"], value)
    if not values:
        out.print(f"\nThe page says nothing of {field}.")
    refusals = [*refused_dates(record), *refused_names(record, entities), *refused_topics(record)]
    wanted = FIELDS if field is None else ("dates",) if field == "event" else (field,)
    chosen = [refusal for refusal in refusals if refusal.field in wanted]
    if chosen:
        out.print("\n[bold underline]Rejected[/bold underline]")
    for refusal in chosen:
        out.print(f"  [red]×[/red] {plain(' '.join(refusal.text.split()))}[dim]: {plain(refusal.reason)}[/dim]")


def _print_value(out: Console, text: str, value: Value) -> None:
    from extractor.review.explain import measured, passages
    from extractor.review.values import rule_sentence

    detail = f" [dim]{plain(value.detail)}[/dim]" if value.detail else ""
    out.print(f"  [bold cyan]{plain(value.text)}[/bold cyan]{detail}")
    if value.rule:
        share = f", confidence {value.confidence:.2f}" if value.confidence is not None else ""
        counts = measured(value)
        right = f"; {counts} right on annotated pages" if counts else ""
        out.print(f"    by {value.method}: {plain(rule_sentence(value.rule))} [dim]({value.rule}{share}{right})[/dim]")
    if value.concepts:
        out.print(f"    words of: {plain(', '.join(value.concepts))}")
    for passage in passages(text, value):
        out.print(
            f"    [dim]“{plain(passage.before)}[/dim][reverse]{plain(passage.text)}[/reverse]"
            f"[dim]{plain(passage.after)}”[/dim]"
        )
    if not value.evidence:
        out.print(f"    not in the text: {plain(value.origin or 'no single passage says it')}")


corrections = typer.Typer(
    help="Take records to a tool where people correct them, and back as gold.", no_args_is_help=True
)
app.add_typer(corrections, name="annotations")


class Tool(StrEnum):
    """Formats of annotations."""

    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    SPACY = "spacy"


ToolOption = Annotated[Tool, typer.Option("--format", "-f", help="Whose format.")]


@corrections.command("export")
def export_annotations(
    records: Records,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file for the tool.")],
    tool: ToolOption = Tool.LABEL_STUDIO,
) -> None:
    """Write records as marked texts. For Label Studio its labeling configuration is written beside them (.xml)."""
    from extractor.review.annotations import FORMATS, AnnotationError, label_studio_config, sheet_of

    sheets = [sheet_of(record) for record in _valid_records(records)]
    try:
        _write(output, FORMATS[tool.value].write(sheets))
    except AnnotationError as error:
        fail(str(error))
    if tool is Tool.LABEL_STUDIO:
        _write(output.with_suffix(".xml"), label_studio_config().encode())
    errors.print(f"{plain(output)}: {len(sheets)} pages, {sum(len(sheet.marks) for sheet in sheets)} marks")


@corrections.command("import")
def import_annotations(
    path: Annotated[Path, typer.Argument(help="What the tool exported.")],
    records: Annotated[str, typer.Argument(help="The JSON Lines of records that were taken to the tool.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the annotations, one JSON file a page.")],
    tool: ToolOption = Tool.LABEL_STUDIO,
) -> None:
    """Read corrected texts and write them as annotations that `evaluate` compares records with."""
    from extractor.evaluation import page_name
    from extractor.review.annotations import FORMATS, AnnotationError, gold_of

    by_page = {page_name(record): record for record in _valid_records(records)}
    try:
        sheets = FORMATS[tool.value].read(path.read_bytes())
        lost = [sheet.page for sheet in sheets if sheet.page not in by_page]
        if lost:
            fail(f"{records} has no record of {', '.join(lost[:5])}, which {path} has")
        gold = [gold_of(sheet, by_page[sheet.page]) for sheet in sheets]
    except AnnotationError as error:
        fail(f"{path}: {error}")
    except OSError as error:
        fail(f"cannot read {path}: {error.strerror}")
    for annotation in gold:
        _write(
            output / f"{annotation['slug']}.json",
            (json.dumps(annotation, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"),
        )
    errors.print(f"{plain(output)}: {len(gold)} annotations")


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}; name a file in a folder that may be written")


def _valid_records(path: str) -> Iterator[dict[str, Any]]:
    """The records of a file; ends the command at the first that is none."""
    must_be_readable(path)
    for number, record in enumerate(_json_lines(path), 1):
        error = schema_error(record) or grounding_error(record)
        if error:
            fail(f"{path}: record {number} is not valid: {error}; extractor validate tells of all")
        yield record


def _json_lines(path: str) -> Iterator[dict[str, Any]]:
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
