"""Words: a document's text as the words and marks that the name rules read, block by block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from extractor import gazetteer
from extractor.model import Block, BlockKind, Document
from extractor.stages.names.patterns import FUNCTION_WORDS, HONORIFICS, POSITIONS, ROLE_LABEL_WORDS
from extractor.stages.names.traits import Shape, Trait, traits_of
from extractor.text import fold

# In this order: plain words (most are), possessive 's, French elisions (l’, d’, qu’), dotted abbreviations (H.E.),
# initials (J.), words with inner hyphens or apostrophes (Vojáčková-Sollorano, O’Neill), single marks.
_WORD = re.compile(
    r"""( [^\W_]++(?![_.'’‐‑-])
        | (?<=\w)[’'](?:s|S)\b
        | \b(?:[dlnsmtcjL]|[Qq]u|[Jj]usqu|[Ll]orsqu)[’'](?=\w)
        | \b(?:[^\W\d_]\.){2,6}
        | \b[^\W\d_]\.(?=[ \xa0])
        | [^\W_]+(?:(?:[-‐‑]{1,2}|[’'](?![sS]\b))[^\W_]+)*
        | [^\w\s]
        )
        ([\s_]*+)  # what parts it from the next
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
    is_name: bool  # written as a name is: with a capital
    traits: tuple[Trait, ...]


Form = tuple[str, str, Shape, bool, tuple[Trait, ...]]  # a word without its place in the text


class Line(NamedTuple):
    """The words of one block. ``title_case``: a heading with so many capitals that they mark no names."""

    kind: BlockKind
    start: int
    end: int
    words: list[Word]
    title_case: bool
    starts: list[int]  # of the words
    having: dict[Trait, list[int]]  # the words that have a trait, in order
    places: dict[int, tuple[int, str | None]]  # first word → (after the last, ISO code if it is a country)

    def with_trait(self, trait: Trait) -> Sequence[int]:
        return self.having.get(trait, ())

    def word_at(self, offset: int) -> int | None:
        """The word that starts at ``offset``."""
        at = self.word_behind(offset)
        return at if at < len(self.starts) and self.starts[at] == offset else None

    def word_behind(self, offset: int) -> int:
        """The first word that starts at ``offset`` or later."""
        return bisect_left(self.starts, offset)


def _form(text: str) -> Form:
    folded = fold(text).replace("--", "-")  # UN-‐Habitat
    shape = _shape(text)
    return text, folded, shape, shape in ("Upper", "CAPS"), traits_of(text, folded, shape)


def _shape(text: str) -> Shape:
    if text.islower() and text.isalpha():
        return "lower"
    first = text[0]
    if first.isdigit():
        return "digit"
    if not first.isalpha():
        return "mark"
    if not first.isupper():
        # Scripts without case have no capitals; nrg4SD, iLab: a capital further in marks a name.
        return "Upper" if any(c.isupper() for c in text) else "lower"
    return "CAPS" if len(text) > 1 and text.upper() == text and text[-1] != "." else "Upper"


def split_words(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]``."""
    words = []
    parts = _WORD.split(text[start:end])  # by turns what no word is (only at the start), a word, what follows it
    begin = start + len(parts[0])
    for word, gap in zip(parts[1::3], parts[2::3], strict=True):
        for form in _forms(word):
            behind = begin + len(form[0])
            words.append(tuple.__new__(Word, (begin, behind, *form)))  # half the time of Word(…)
            begin = behind
        begin += len(gap)
    return words


@lru_cache(maxsize=20_000)
def _forms(text: str) -> tuple[Form, ...]:
    """The forms of a word, or of the two that were run together with a line break lost."""
    cut = _glued_at(text)
    return (_form(text),) if cut is None else (_form(text[:cut]), _form(text[cut:]))


def _glued_at(text: str) -> int | None:
    """Where two lines were run together ("HajizadeDirector"): before a common word with a capital."""
    if text.islower() or text.istitle() or text.isupper():
        return None
    glue = _GLUE.search(text)
    if glue is None or fold(text[glue.end() :]) not in _GLUED_WORDS:
        return None
    return glue.end()


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
    # Labels cannot hold names.
    lines = [_line(document.text, block) for block in document.blocks if block.kind != "label"]
    reading = Reading(document, lines, places)
    for start in sorted(places):
        line = line_at(reading, start)
        first = line.word_at(start) if line is not None else None
        if line is not None and first is not None:
            line.places[first] = (line.word_behind(places[start][0]), places[start][1])
    return reading


def _line(text: str, block: Block) -> Line:
    words = split_words(text, block.start, block.end)
    having: dict[Trait, list[int]] = {}
    for at, word in enumerate(words):
        for trait in word.traits:
            having.setdefault(trait, []).append(at)
    is_heading = block.kind in ("title", "heading")
    title_case = _is_title_case(words, 4 if is_heading else 6) and (is_heading or not _is_listing(words))
    return Line(block.kind, block.start, block.end, words, title_case, [w.start for w in words], having, {})


def _is_listing(words: list[Word]) -> bool:
    """Whether a line full of capitals lists names rather than being a heading."""
    return any(w.text in ",|:;–—-•" or w.fold in HONORIFICS for w in words)


def _is_title_case(words: list[Word], least: int) -> bool:
    """Whether (nearly) every long word has a capital, as in headings; a bare name or a short list has, too,
    so it takes some of them."""
    if len(words) < least or words[-1].text == ".":
        return False  # a sentence
    long_words = [w for w in words if w.shape in ("lower", "Upper", "CAPS") and len(w.text) > 3]
    if len(long_words) < least:
        return False
    return sum(w.is_name for w in long_words) >= 0.85 * len(long_words)


_line_start = attrgetter("start")


def line_number(reading: Reading, offset: int) -> int:
    """The last line that starts at ``offset`` or before; -1 before the first."""
    return bisect_right(reading.lines, offset, key=_line_start) - 1


def line_at(reading: Reading, offset: int) -> Line | None:
    """The line that the offset lies in; none in labels and between lines."""
    number = line_number(reading, offset)
    return reading.lines[number] if number >= 0 and offset < reading.lines[number].end else None


def labels_of_values(document: Document) -> dict[int, Block]:
    """The label that stands before a value, by where the value starts."""
    return {value.start: label for label, value in pairwise(document.blocks) if label.kind == "label"}
