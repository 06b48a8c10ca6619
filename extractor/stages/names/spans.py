"""Spans: whether a passage overlaps any of many, without comparing it with each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class SpanIndex:
    """A fixed set of passages (start, end), which may overlap one another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reached = list(accumulate((end for _, end in ordered), max))  # the furthest end up to each span

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a passage of the set shares a character with ``start:end``."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reached[before - 1] > start
