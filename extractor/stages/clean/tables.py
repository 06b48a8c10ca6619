"""Tables that the scrape took apart: their cells stand one below the other, their rows set apart by blank lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.profiles import Profile, key
from extractor.stages.clean.lines import Line

_LEAST_COLUMNS = 3
_LEAST_KNOWN = 2  # column heads that the profile knows
_LEAST_ROWS = 2
_HEAD_CHARS = 40
_BAR = " | "


def join_rows(lines: Sequence[Line], profile: Profile) -> list[Line]:
    """The lines with every row of such a table on one line, its cells parted as those of HTML tables are.

    Such a table begins with its column heads, some of them known; all its rows have as many lines as there are heads,
    but for headings between them.
    """
    runs = _runs(lines)
    joined: list[Line] = []
    at = 0
    while at < len(runs):
        end = _table_end(runs, at, profile)
        for run in runs[at:end]:
            joined.extend([_row(run)] if len(run) == len(runs[at]) else run)
        joined.extend(runs[at] if end == at else ())
        at = max(end, at + 1)
    return joined


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines between blank ones."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and not line.gap:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _table_end(runs: Sequence[Sequence[Line]], at: int, profile: Profile) -> int:
    """The run behind the last row of the table that begins at ``at``; ``at`` itself when none does."""
    heads = runs[at]
    if len(heads) < _LEAST_COLUMNS or any(len(line.text) > _HEAD_CHARS for line in heads):
        return at
    if sum(key(line.text) in profile.columns for line in heads) < _LEAST_KNOWN:
        return at
    end = rows = 0
    for n, run in enumerate(runs[at + 1 :], at + 1):
        if len(run) == len(heads):
            end, rows = n + 1, rows + 1
        elif len(run) > 1:
            break
    return end if rows >= _LEAST_ROWS else at


def _row(cells: Sequence[Line]) -> Line:
    links = tuple(link for cell in cells for link in cell.links)
    return replace(cells[0], text=_BAR.join(cell.text for cell in cells), hint=None, level=0, lead=0, links=links)
