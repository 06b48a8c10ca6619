"""Words: a document's text as the words and marks that the name rules read, block by block."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor import gazetteer
from extractor.model import BlockKind, Document
from extractor.stages.names.patterns import FUNCTION_WORDS, HONORIFICS, POSITIONS, ROLE_LABEL_WORDS
from extractor.text import fold

Shape = Literal["Upper", "CAPS", "lower", "digit", "mark"]

# In this order: possessive 's, French elisions (l’, d’, qu’), dotted abbreviations (H.E.), initials (J.),
# words with inner hyphens or apostrophes (Vojáčková-Sollorano, O’Neill), single marks.
_WORD = re.compile(
    r"""(?<=\w)[’'](?:s|S)\b
      | \b(?:[dlnsmtcjL]|[Qq]u|[Jj]usqu|[Ll]orsqu)[’'](?=\w)
      | \b(?:[^\W\d_]\.){2,6}
      | \b[^\W\d_]\.(?=[ \xa0])
      | [^\W_]+(?:(?:[-‐‑]{1,2}|[’'](?![sS]\b))[^\W_]+)*
      | [^\w\s]
    """,
    re.VERBOSE,
)


_GLUE = re.compile(r"[^\W\d_A-Z]{3}(?=[A-Z][a-z]{2,}\Z)")
_GLUED_WORDS = POSITIONS | FUNCTION_WORDS | ROLE_LABEL_WORDS


class Word(NamedTuple):
    """A word or a mark: offsets in the document's text, the text, and the text folded."""

    start: int
    end: int
    text: str
    fold: str
    shape: Shape

    @property
    def is_name(self) -> bool:
        """Written as a name is: with a capital."""
        return self.shape == "Upper" or self.shape == "CAPS"


class Line(NamedTuple):
    """The words of one block. ``title_case``: a heading with so many capitals that they mark no names."""

    kind: BlockKind
    start: int
    end: int
    words: list[Word]
    title_case: bool


def _form(text: str) -> tuple[str, Shape]:
    folded = fold(text).replace("--", "-")  # UN-‐Habitat
    first = text[0]
    if first.isdigit():
        return folded, "digit"
    if not first.isalpha():
        return folded, "mark"
    if not first.isupper():
        # Scripts without case have no capitals; nrg4SD, iLab: a capital further in marks a name.
        return folded, "Upper" if any(c.isupper() for c in text) else "lower"
    return folded, "CAPS" if len(text) > 1 and text.upper() == text and text[-1] != "." else "Upper"


def split_words(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]``."""
    words = []
    for match in _WORD.finditer(text, start, end):
        begin = match.start()
        for offset, piece, folded, shape in _pieces(match.group()):
            words.append(Word(begin + offset, begin + offset + len(piece), piece, folded, shape))
    return words


@lru_cache(maxsize=20_000)
def _pieces(text: str) -> tuple[tuple[int, str, str, Shape], ...]:
    """A word, or the two that were run together with a line break lost: (offset, text, folded, shape)."""
    cut = _glued_at(text)
    if cut is None:
        return ((0, text, *_form(text)),)
    return (0, text[:cut], *_form(text[:cut])), (cut, text[cut:], *_form(text[cut:]))


def _glued_at(text: str) -> int | None:
    """Where two lines were run together ("HajizadeDirector"): before a common word with a capital."""
    if text.islower() or text.istitle() or text.isupper():
        return None
    glue = _GLUE.search(text)
    if glue is None or fold(text[glue.end() :]) not in _GLUED_WORDS:
        return None
    return glue.end()


def lines_of(document: Document) -> list[Line]:
    """Every block that can hold names (labels cannot), as words."""
    lines = []
    for block in document.blocks:
        if block.kind != "label":
            words = split_words(document.text, block.start, block.end)
            is_heading = block.kind in ("title", "heading")
            title_case = _is_title_case(words, 4 if is_heading else 6) and (is_heading or not _is_listing(words))
            lines.append(Line(block.kind, block.start, block.end, words, title_case))
    return lines


def _is_listing(words: list[Word]) -> bool:
    """Whether a line full of capitals lists names rather than being a heading."""
    return any(w.text in ",|:;–—-•" or w.fold in HONORIFICS for w in words)


def _is_title_case(words: list[Word], least: int) -> bool:
    """Whether (nearly) every long word has a capital, as in headings; a bare name or a short list has, too,
    so it takes some of them."""
    long_words = [w for w in words if w.shape in ("lower", "Upper", "CAPS") and len(w.text) > 3]
    if len(long_words) < least:
        return False
    if words[-1].text == ".":
        return False  # a sentence
    capital = sum(w.shape != "lower" for w in long_words)
    return capital >= 0.85 * len(long_words)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the name stages read it: its words by line, and where countries and regions stand."""

    document: Document
    lines: list[Line]
    places: dict[int, tuple[int, str | None]]  # start offset → (end offset, ISO code if it is a country)


def read(document: Document) -> Reading:
    """The document's words and places."""
    places: dict[int, tuple[int, str | None]] = {}
    for region in gazetteer.find_regions(document.text):
        if document.text[region.start : region.end] != "Mena":  # a name; the region is MENA
            places[region.start] = (region.end, None)
    for country in gazetteer.find_countries(document.text):
        places[country.start] = (country.end, country.country.alpha2)
    return Reading(document, lines_of(document), places)


def line_at(reading: Reading, offset: int) -> Line | None:
    """The line that the offset lies in; none in labels and between lines."""
    number = bisect_right(reading.lines, offset, key=lambda line: line.start) - 1
    return reading.lines[number] if number >= 0 and offset < reading.lines[number].end else None
