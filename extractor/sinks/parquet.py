"""Parquet: records nested in one file, or one file per table. Needs pyarrow, in the extra [formats]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Boolean, Float, Integer, Table

from extractor.schema import load_schema
from extractor.sinks.rows import Row, page_rows, storable
from extractor.sinks.tables import PAGE_TABLES, organizations, pages, people

BATCH = 1000  # records in a row group


def write_nested(records: Iterable[dict[str, Any]], path: Path) -> int:
    """Write the records as they are, nested, into one file; gives their number."""
    schema = record_schema()
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(records):
            writer.write_table(pa.Table.from_pylist([_storable(r) for r in batch], schema=schema))
            count += len(batch)
    return count


def write_tables(records: Iterable[dict[str, Any]], folder: Path) -> int:
    """Write one file per table into ``folder``; gives the number of records. Pages are numbered from 1."""
    folder.mkdir(parents=True, exist_ok=True)
    page_table = Table("pages", type(pages.metadata)(), *(c.copy() for c in _page_columns()))
    bodies: dict[str, Row] = {}
    persons: dict[str, Row] = {}
    count = 0
    with ExitStack() as files:
        writers = {
            table.name: _TableWriter(files, folder, table)
            for table in (page_table, *PAGE_TABLES, organizations, people)
        }
        for batch in _batches(records):
            for record in batch:
                count += 1
                rows = page_rows(record)
                writers["pages"].add([(count, rows.record_id, *rows.page)])
                for name, found in rows.tables.items():
                    writers[name].add([(count, position, *row) for position, row in enumerate(found)])
                bodies |= rows.organizations
                persons |= rows.people
            for writer in writers.values():
                writer.flush()
        writers["organizations"].add(list(bodies.values()))
        writers["people"].add(list(persons.values()))
        for writer in writers.values():
            writer.flush()
    return count


def record_schema() -> pa.Schema:
    """The Arrow schema of a record, read off ``schemas/record.schema.json``."""
    schema = load_schema("record")
    return pa.schema(
        [(name, _arrow_type(property_, schema["$defs"])) for name, property_ in schema["properties"].items()]
    )


def _arrow_type(schema: dict[str, Any], defs: dict[str, Any]) -> pa.DataType:
    if "$ref" in schema:
        return _arrow_type(defs[schema["$ref"].removeprefix("#/$defs/")], defs)
    if "oneOf" in schema:
        return _arrow_type(next(s for s in schema["oneOf"] if s != {"type": "null"}), defs)
    kinds = schema.get("type", "string")  # an enum or a constant is text
    kind = kinds if isinstance(kinds, str) else next(k for k in kinds if k != "null")
    if kind == "array":
        return pa.list_(_arrow_type(schema["items"], defs))
    if kind == "object" and "properties" in schema:
        return pa.struct([(name, _arrow_type(p, defs)) for name, p in schema["properties"].items()])
    if kind == "object":
        return pa.map_(pa.string(), _arrow_type(schema["additionalProperties"], defs))
    return {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}.get(kind, pa.string())


class _TableWriter:
    def __init__(self, files: ExitStack, folder: Path, table: Table) -> None:
        self._schema = pa.schema([(c.name, _column_type(c.type)) for c in table.columns])
        self._writer = files.enter_context(
            pq.ParquetWriter(folder / f"{table.name}.parquet", self._schema, compression="zstd")
        )
        self._rows: list[Row] = []

    def add(self, rows: list[Row]) -> None:
        self._rows += rows

    def flush(self) -> None:
        if self._rows:
            columns = [pa.array(c, f.type) for c, f in zip(zip(*self._rows, strict=True), self._schema, strict=True)]
            self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
            self._rows = []


def _page_columns() -> list[Any]:
    return [c for c in pages.columns if c.name not in ("record", "content_hash")]


def _column_type(kind: object) -> pa.DataType:
    if isinstance(kind, Boolean):
        return pa.bool_()
    if isinstance(kind, Integer):
        return pa.int64()
    return pa.float64() if isinstance(kind, Float) else pa.string()


def _storable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return storable(value)


def _batches(records: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    pending = iter(records)
    while batch := list(islice(pending, BATCH)):
        yield batch
