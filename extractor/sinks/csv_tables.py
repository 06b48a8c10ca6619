"""CSV: one file per table, for spreadsheets; with a row of HXL hashtags when asked (hxlstandard.org, 1.1)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from extractor.sinks.rows import Row, SharedRows, page_rows, storable
from extractor.sinks.tables import FILE_TABLES, organizations, pages, people

# A spreadsheet reads a cell that starts so as a formula (OWASP, "CSV Injection"); an apostrophe makes it text again.
# A cell that has apostrophes before it gets one more, so that taking one away always gives the value.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(rf"'(?={_FORMULA.pattern})")

_HXL = {
    "pages": {
        "record_id": "#meta+id",
        "url": "#meta+url",
        "saved_at": "#date+retrieved",
        "page_type": "#event+type",
        "language": "#meta+lang",
        "title": "#event+name",
        "event_start": "#date+start",
        "event_end": "#date+end",
        "event_status": "#status",
        "date_published": "#date+published",
        "date_updated": "#date+updated",
        "text": "#description",
    },
    "dates": {"start": "#date+start", "end": "#date+end"},
    "places": {"name": "#loc+name", "kind": "#loc+type", "country_code": "#country+code+v_iso2", "m49": "#region+code"},
    "organizations": {
        "organization_id": "#org+id",
        "name": "#org+name",
        "acronym": "#org+acronym",
        "kind": "#org+type",
        "country_code": "#country+code+v_iso2",
    },
    "page_organizations": {"organization_id": "#org+id", "name": "#org+name", "role": "#org+role"},
    "people": {"person_id": "#contact+id", "name": "#contact+name"},
    "page_people": {
        "person_id": "#contact+id",
        "name": "#contact+name",
        "position": "#contact+role",
        "affiliation": "#contact+org",
        "organization_id": "#org+id",
    },
    "tags": {"scheme": "#sector+vocab", "code": "#sector+code", "label": "#sector+name"},
}


def write_csv(records: Iterable[dict[str, Any]], folder: Path, hxl: bool = False) -> int:
    """Write the tables of the records into ``folder``, one CSV file each; gives the number of records.

    Pages are numbered from 1 in the order of the records. Raises OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shared = SharedRows()
    count = 0
    with ExitStack() as files:
        writers = {
            table.name: _open(files, folder, table.name, [c.name for c in columns], hxl)
            for table, columns in FILE_TABLES
        }
        for count, record in enumerate(records, 1):
            rows = page_rows(storable(record), count)
            shared.add(rows)
            _write(writers[pages.name], [rows.page])
            for name, found in rows.tables.items():
                _write(writers[name], found)
        _write(writers[organizations.name], shared.bodies.values())
        _write(writers[people.name], shared.people.values())
    return count


def formula_free(cell: Any) -> Any:
    """The cell as no spreadsheet takes it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """The value of a cell that ``formula_free`` wrote."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _open(files: ExitStack, folder: Path, name: str, columns: list[str], hxl: bool) -> Any:
    # With a byte order mark, or Excel takes UTF-8 for the machine's own encoding.
    stream = files.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline=""))
    writer = csv.writer(stream)
    writer.writerow(columns)
    if hxl:
        writer.writerow(_HXL.get(name, {}).get(column, "") for column in columns)
    return writer


def _write(writer: Any, rows: Iterable[Row]) -> None:
    for row in rows:
        writer.writerow([formula_free(cell) for cell in row])
