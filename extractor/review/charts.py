"""Charts: what is drawn as SVG by ``templates/charts.html.j2``.

The SVG is written by small templates of our own: those of matplotlib and Vega bring their colours (and
matplotlib's its letters) fixed as shapes, so that dark mode, print and search in the page are lost.
Here colours are classes of the page's style sheet, text stays text, and Jinja escapes what pages say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = 5  # shades of a cell that is not empty
_SHOWN = 12  # bars of a chart; the table beside it has them all


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    style: str  # class of the style sheet: main, stated, cited, inferred


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    parts: tuple[int, ...]  # one for each series
    link: str | None = None  # the list of these pages

    @property
    def total(self) -> int:
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars, their parts behind one another. ``of``: what 100 % is, where shares are shown."""

    title: str
    note: str
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    of: int | None = None
    shape = "bars"

    @property
    def shown(self) -> tuple[Bar, ...]:
        return self.bars[:_SHOWN] if len(self.series) == 1 else self.bars

    @property
    def longest(self) -> int:
        return self.of or max((bar.total for bar in self.bars), default=0) or 1

    def figure(self, bar: Bar) -> str:
        """What stands behind a bar."""
        return f"{bar.total / self.of:.0%}" if self.of else f"{bar.total:,}"

    def summary(self) -> str:
        """The chart in a sentence, for those who do not see it."""
        if not any(bar.total for bar in self.bars):
            return "Nothing to show."
        first = sorted(self.bars, key=lambda bar: -bar.total)[:3]
        return "Most: " + ", ".join(f"{bar.label} {self.figure(bar)}" for bar in first) + "."


@dataclass(frozen=True, slots=True)
class Cell:
    count: int
    level: int  # 0 (empty) to LEVELS


@dataclass(frozen=True, slots=True)
class Heat:
    """A table of counts as shaded cells; a cell that cannot be is None."""

    title: str
    note: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    style: str
    row_names: tuple[str, ...] = ()  # in full, where ``rows`` are short
    column_names: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()  # behind each row
    shape = "heat"

    @property
    def full(self) -> bool:
        """Whether every cell can be, so that one pattern draws the empty ones."""
        return all(cell is not None for row in self.cells for cell in row)

    def row_name(self, row: int) -> str:
        return self.row_names[row] if self.row_names else self.rows[row]

    def column_name(self, column: int) -> str:
        return self.column_names[column] if self.column_names else self.columns[column]

    def summary(self) -> str:
        """The chart in a sentence, for those who do not see it."""
        cells = [
            (cell.count, self.row_name(m), self.column_name(n))
            for m, row in enumerate(self.cells)
            for n, cell in enumerate(row)
            if cell is not None and cell.count
        ]
        if not cells:
            return "Nothing to show."
        count, row, column = max(cells, key=lambda cell: cell[0])
        return f"{len(cells)} cells are filled; most: {row} and {column}, {count}."


def shade(counts: Sequence[Sequence[int | None]], most: int | None = None) -> tuple[tuple[Cell | None, ...], ...]:
    """Counts as cells, the fullest at the deepest level. ``most``: the fullest cell of charts that share a scale."""
    if most is None:
        most = max((count for row in counts for count in row if count), default=0)
    return tuple(tuple(None if count is None else Cell(count, _level(count, most)) for count in row) for row in counts)


def _level(count: int, most: int) -> int:
    return -(-count * LEVELS // most) if count else 0
