"""Parquet: records nested in one file, or one file per table. Needs pyarrow, in the extra [formats]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Boolean, Column, Float, Integer

from extractor.schema import load_schema
from extractor.sinks.rows import Row, SharedRows, page_rows, storable
from extractor.sinks.tables import FILE_TABLES, organizations, pages, people

BATCH = 1000  # records in a row group


def write_nested(records: Iterable[dict[str, Any]], path: Path) -> int:
    """Write the records as they are, nested, into one file; gives their number."""
    schema = record_schema()
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(records):
            writer.write_table(pa.Table.from_pylist([storable(record) for record in batch], schema=schema))
            count += len(batch)
    return count


def write_tables(records: Iterable[dict[str, Any]], folder: Path) -> int:
    """Write one file per table into ``folder``; gives the number of records. Pages are numbered from 1."""
    folder.mkdir(parents=True, exist_ok=True)
    shared = SharedRows()
    count = 0
    with ExitStack() as files:
        writers = {table.name: _TableWriter(files, folder / f"{table.name}.parquet", c) for table, c in FILE_TABLES}
        for batch in _batches(records):
            for record in batch:
                count += 1
                rows = page_rows(storable(record), count)
                shared.add(rows)
                writers[pages.name].add([rows.page])
                for name, found in rows.tables.items():
                    writers[name].add(found)
            for writer in writers.values():
                writer.flush()
        writers[organizations.name].add(shared.bodies.values())
        writers[people.name].add(shared.people.values())
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
    def __init__(self, files: ExitStack, path: Path, columns: Iterable[Column[Any]]) -> None:
        self._schema = pa.schema([(c.name, _column_type(c.type)) for c in columns])
        self._writer = files.enter_context(pq.ParquetWriter(path, self._schema, compression="zstd"))
        self._rows: list[Row] = []

    def add(self, rows: Iterable[Row]) -> None:
        self._rows += rows

    def flush(self) -> None:
        """Write the rows so far as a row group."""
        if self._rows:
            columns = [pa.array(c, f.type) for c, f in zip(zip(*self._rows, strict=True), self._schema, strict=True)]
            self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
            self._rows = []


def _column_type(kind: object) -> pa.DataType:
    if isinstance(kind, Boolean):
        return pa.bool_()
    if isinstance(kind, Integer):
        return pa.int64()
    return pa.float64() if isinstance(kind, Float) else pa.string()


def _batches(records: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    pending = iter(records)
    while batch := list(islice(pending, BATCH)):
        yield batch
