"""Fields that hold bodies without a label of their own: columns of tables, lists under headings, and lines of a
template whose labels are lost."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model import Block, Document, Field, Span
from extractor.profiles import load_profile
from extractor.stages.clean.shapes import ends_sentence
from extractor.stages.names.cues import COLUMNS, HEADINGS
from extractor.text import fold

_BAR = "|"
_LEAST = 3  # cells of a table's row; two beside each other are a label and its value
_HEAD_CHARS = 200
_HEADING_CHARS = 80
_LONGEST_LIST = 40  # lines
_LINE_CHARS = 200  # of a list of bodies; what is longer is prose
# In the template of the Repository of Practices; what stands above is who implements, what stands below who helps.
_DETAILS = "detailed_information"


def find_implied_fields(document: Document) -> tuple[Field, ...]:
    """The fields, with an empty label where the page has none."""
    return (*_columns(document), *_under_headings(document), *_around_details(document))


def _columns(document: Document) -> list[Field]:
    """The columns that name bodies by their part: "Activity | Lead | Partners | Timeline".

    A table is a line of cells one of which heads such a column, and all lines below with as many cells: headings that
    part the rows stand between them.
    """
    if _BAR not in document.text:
        return []
    columns: list[Field] = []
    rows: dict[int, list[list[Span]]] = {}
    for block in reversed(document.blocks):  # the rows before their head
        cells = _cells(document, block)
        if len(cells) < _LEAST:
            continue
        names = [COLUMNS.get(fold(cell.text)) for cell in cells]
        if block.end - block.start > _HEAD_CHARS or not any(names):
            rows.setdefault(len(cells), []).append(cells)
            continue
        for at, name in enumerate(names):
            values = tuple(row[at] for row in reversed(rows.get(len(cells), ())) if row[at].text)
            if name is not None and values:
                columns.append(Field(name, cells[at], values))
        rows.pop(len(cells), None)
    return columns


def _cells(document: Document, block: Block) -> list[Span]:
    cells = []
    start = block.start
    for part in document.text[block.start : block.end].split(_BAR):
        text = part.strip()
        at = start + part.find(text)
        cells.append(Span(at, at + len(text), text))
        start += len(part) + len(_BAR)
    return cells


def _under_headings(document: Document) -> list[Field]:
    """The lists below lines such as "With thanks to our funders"."""
    found = []
    for i, block in enumerate(document.blocks):
        if block.kind in ("value", "title") or block.end - block.start > _HEADING_CHARS:
            continue
        name = _headed(document, block.start, block.end)
        if name is None:
            continue
        values = _list_below(document, document.blocks[i + 1 : i + 1 + _LONGEST_LIST])
        if values:
            found.append(Field(name, document.span(block.start, block.end), tuple(values)))
    return found


def _headed(document: Document, start: int, end: int) -> str | None:
    """The field that a line heads, if it is a heading of bodies."""
    return next((name for name, pattern in HEADINGS.items() if pattern.fullmatch(document.folded, start, end)), None)


def _list_below(document: Document, blocks: Sequence[Block]) -> list[Span]:
    """The lines up to a blank one, or to the next heading."""
    listed: list[Span] = []
    for line in _lines(document, blocks):
        if listed and "\n\n" in document.text[listed[-1].end : line.start]:
            break
        if _headed(document, line.start, line.end) is not None:
            break
        listed.append(line)
    return listed


def _around_details(document: Document) -> list[Field]:
    """The lines above and below the details of a practice's bodies, where their labels are lost."""
    profile = load_profile(document.profile)
    blocks = document.blocks
    at = next(
        (
            i
            for i, block in enumerate(blocks)
            if block.kind == "label" and profile.field_name(document.text[block.start : block.end]) == _DETAILS
        ),
        None,
    )
    if at is None:
        return []
    above = _lines(document, blocks[:at][::-1])[::-1]
    below = at + 1
    while below < len(blocks) and blocks[below].kind == "value":
        below += 1
    found = []
    for name, values in (
        ("implementing_organizations", above),
        ("partner_donor_organizations", _lines(document, blocks[below:])),
    ):
        if values:
            found.append(Field(name, Span(values[0].start, values[0].start, ""), tuple(values)))
    return found


def _lines(document: Document, blocks: Sequence[Block]) -> list[Span]:
    """The first blocks as long as they are lines and no prose."""
    lines = []
    for block in blocks:
        span = document.span(block.start, block.end)
        if block.kind not in ("paragraph", "list_item") or len(span.text) > _LINE_CHARS or ends_sentence(span.text):
            break
        lines.append(span)
    return lines
