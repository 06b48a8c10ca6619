"""Offsets: from code points, in which records count, to the UTF-16 units of browsers and back."""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """Offsets of one text in both countings. A pair of surrogates is one code point and two units."""

    def __init__(self, text: str) -> None:
        self._points = [] if text.isascii() else [at for at, character in enumerate(text) if ord(character) > 0xFFFF]
        self._units = [at + before for before, at in enumerate(self._points)]

    def units(self, point: int) -> int:
        """The offset in UTF-16 units of an offset in code points."""
        return point + bisect_left(self._points, point)

    def point(self, unit: int) -> int:
        """The offset in code points; an offset within a pair becomes the end of the pair."""
        return unit - bisect_left(self._units, unit)
