"""Tables of plans: the columns that name bodies by their part, as in "Activity | Lead | Partners | Timeline"."""

from __future__ import annotations

from extractor.model import Block, Document, Field, Span
from extractor.stages.names.cues import COLUMNS
from extractor.text import fold

_BAR = "|"
_LEAST = 3  # cells of a table's row; two beside each other are a label and its value
_HEAD_CHARS = 200


def find_columns(document: Document) -> tuple[Field, ...]:
    """The columns that name bodies, as fields with their cells for values.

    A table is a line of cells one of which heads such a column, and all lines below with as many cells: headings that
    part the rows stand between them.
    """
    columns: list[Field] = []
    rows: dict[int, list[list[Span]]] = {}
    for block in reversed(document.blocks):  # the rows before their head
        if _BAR not in document.text[block.start : block.end]:
            continue
        cells = _cells(document, block)
        heads = [COLUMNS.get(fold(cell.text)) for cell in cells]
        if len(cells) < _LEAST:
            continue
        if block.end - block.start > _HEAD_CHARS or not any(heads):
            rows.setdefault(len(cells), []).insert(0, cells)
            continue
        for at, name in enumerate(heads):
            values = tuple(row[at] for row in rows.get(len(cells), ()) if row[at].text)
            if name is not None and values:
                columns.append(Field(name, cells[at], values))
        rows.pop(len(cells), None)
    return tuple(reversed(columns))


def _cells(document: Document, block: Block) -> list[Span]:
    cells = []
    start = block.start
    for part in document.text[block.start : block.end].split(_BAR):
        text = part.strip()
        at = start + part.find(text)
        cells.append(Span(at, at + len(text), text))
        start += len(part) + 1
    return cells
