"""CSV: one file per table, for spreadsheets; with a row of HXL hashtags when asked (hxlstandard.org, 1.1)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from extractor.sinks.rows import Row, page_rows
from extractor.sinks.tables import PAGE_TABLES, organizations, pages, people

# A spreadsheet reads a cell that starts so as a formula (OWASP, CSV injection); the quote makes it text again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

# The record as JSON and the hash of it have no place in a spreadsheet.
_PAGE_COLUMNS = [c.name for c in pages.columns if c.name not in ("record", "content_hash")]

_HXL = {
    ("pages", "title"): "#event+name",
    ("pages", "page_type"): "#event+type",
    ("pages", "event_start"): "#date+start",
    ("pages", "event_end"): "#date+end",
    ("pages", "event_status"): "#status",
    ("pages", "url"): "#meta+url",
    ("pages", "text"): "#description",
    ("dates", "start"): "#date+start",
    ("dates", "end"): "#date+end",
    ("places", "name"): "#loc+name",
    ("places", "country_code"): "#country+code+v_iso2",
    ("places", "m49"): "#region+code+v_m49",
    ("organizations", "name"): "#org+name",
    ("organizations", "acronym"): "#org+acronym",
    ("organizations", "kind"): "#org+type",
    ("organizations", "country_code"): "#country+code+v_iso2",
    ("page_organizations", "name"): "#org+name",
    ("page_organizations", "role"): "#org+role",
    ("people", "name"): "#contact+name",
    ("page_people", "position_held"): "#contact+role",
    ("page_people", "affiliation"): "#contact+org",
    ("tags", "code"): "#sector+code",
    ("tags", "label"): "#sector+name",
}


def write_csv(records: Iterable[dict[str, Any]], folder: Path, hxl: bool = False) -> int:
    """Write the tables of the records into ``folder``, one CSV file each; gives the number of records.

    Pages are numbered from 1 in the order of the records. Raises OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    bodies: dict[str, Row] = {}
    persons: dict[str, Row] = {}
    page_id = 0
    with ExitStack() as files:
        page_file = _open(files, folder, pages, _PAGE_COLUMNS, hxl)
        page_files = {t.name: _open(files, folder, t, _names(t), hxl) for t in PAGE_TABLES}
        for page_id, record in enumerate(records, 1):
            rows = page_rows(record)
            _write(page_file, [(page_id, rows.record_id, *rows.page)])
            for name, found in rows.tables.items():
                _write(page_files[name], ((page_id, position, *row) for position, row in enumerate(found)))
            bodies |= rows.organizations
            persons |= rows.people
        _write(_open(files, folder, organizations, _names(organizations), hxl), bodies.values())
        _write(_open(files, folder, people, _names(people), hxl), persons.values())
    return page_id


def _open(files: ExitStack, folder: Path, table: Table, columns: list[str], hxl: bool) -> Any:
    # With a byte order mark, or Excel takes UTF-8 for the machine's own encoding.
    stream = files.enter_context((folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline=""))
    writer = csv.writer(stream)
    writer.writerow(columns)
    if hxl:
        writer.writerow(_HXL.get((table.name, c), "#meta+" + c.replace("_", "")) for c in columns)
    return writer


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _write(writer: Any, rows: Iterable[Row]) -> None:
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
