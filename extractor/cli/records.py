"""Commands on records: validate, schema."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from extractor.cli.console import Exit, app, errors, plain, read_lines
from extractor.schema import SchemaName, grounding_error, load_schema, schema_error


@app.command()
def validate(
    records: Annotated[str, typer.Argument(help="JSON Lines of records; - is standard input.")],
) -> None:
    """Check records against the schema, and every piece of evidence against the text."""
    checked = bad = 0
    for number, line in enumerate(read_lines(records), 1):
        if not line.strip():
            continue
        checked += 1
        error = _record_error(line)
        if error:
            bad += 1
            errors.print(f"{plain(records)}:{number}: {plain(error)}")
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


def _record_error(line: str) -> str | None:
    try:
        record = json.loads(line)
    except ValueError as error:
        return f"not JSON: {error}"
    return schema_error(record) or grounding_error(record)
