"""A page made ready for the tag rules, what they find, and the numbers in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.model import Document, Origin, Rank, Span
from extractor.profiles import load_profile
from extractor.stages.tags.patterns import (
    COMPACT_NAMED,
    GCM_NAMED,
    GOAL_NAMES,
    NUMBER,
    OBJECTIVE_NAMES,
    OTHER_COMPACT,
    PARENTHESIS,
    RANGE,
    SDG_NAMED,
    TARGETS,
    Tag,
)
from extractor.vocabularies import Goal, Objective, goals, objectives


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that names a tag, or with ``origin`` and no span, markup that does."""

    tag: Tag
    rule: str
    span: Span | None
    target: str | None = None
    rank: Rank | None = None
    origin: Origin | None = None


class Reading:
    """The folded text of a page, and where it names the Compact (``compacts``) and the SDGs (``sdgs``) at all."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.folded = _fold_blocks(document)
        self.of_the_compact = load_profile(document.profile).of_the_compact
        self._sentences = [start for start, _ in document.sentences]
        sure = [m.start() for m in GCM_NAMED.finditer(self.folded)]
        vague = [m.start() for m in COMPACT_NAMED.finditer(self.folded)]
        is_ours = sure or (vague and not OTHER_COMPACT.search(self.folded))
        self.compacts = sorted(sure + vague) if is_ours else []
        self.sdgs = [m.start() for m in SDG_NAMED.finditer(self.folded) if self.is_acronym(m)]

    def is_acronym(self, match: re.Match[str]) -> bool:
        """False for a name that is a common word in small letters ("odd")."""
        start = match.start()
        return not self.folded.startswith("od", start) or self.document.text[start : start + 3].isupper()

    def _sentence(self, position: int) -> tuple[int, int]:
        index = bisect_right(self._sentences, position) - 1
        return self.document.sentences[index] if index >= 0 else (position, position)

    def beside(self, position: int, namings: Sequence[int]) -> bool:
        """Whether one of ``namings`` (offsets, in order) is in the sentence at ``position``."""
        start, end = self._sentence(position)
        index = bisect_left(namings, start)
        return index < len(namings) and namings[index] < end

    def named_before(self, position: int, namings: Sequence[int]) -> bool:
        """Whether one of ``namings`` is in the sentence at ``position``, and before it."""
        index = bisect_left(namings, self._sentence(position)[0])
        return index < len(namings) and namings[index] < position

    def hit(
        self, tag: Tag, rule: str, start: int, end: int, target: str | None = None, rank: Rank | None = None
    ) -> Hit:
        return Hit(tag, rule, self.document.span(start, end), target, rank)


def _fold_blocks(document: Document) -> str:
    """The folded text, its blocks parted by NUL; a label and its value on one line stay together."""
    folded = document.folded
    pieces: list[str] = []
    end = 0
    for block in document.blocks:
        gap = folded[end : block.start]
        pieces.append("\0" * len(gap) if "\n" in gap else gap)
        pieces.append(folded[block.start : block.end].replace("\n", " "))
        end = block.end
    pieces.append("\0" * (len(folded) - end))
    return "".join(pieces)


def _numbers_of(numbers: str) -> Iterator[tuple[int, str | None]]:
    """The numbers of a list, its ranges filled, each with the code of the target that it is of, if any."""
    last: tuple[int, int] | None = None  # a whole number and where it ends
    bare = PARENTHESIS.sub(lambda m: " " * len(m.group()), numbers)
    for m in NUMBER.finditer(bare):
        number = int(m[1])
        if m[2]:
            yield number, m[1].lstrip("0") + m[2]
            last = None
            continue
        if last is not None and RANGE.fullmatch(bare, last[1], m.start()):
            yield from ((n, None) for n in range(last[0] + 1, number))
        yield number, None
        last = (number, m.end())


def objectives_of(numbers: str) -> list[Objective]:
    return [objectives()[n - 1] for n, code in _numbers_of(numbers) if code is None and n in OBJECTIVE_NAMES]


def goals_of(numbers: str) -> list[tuple[Goal, str | None]]:
    return [(goals()[n - 1], code if code in TARGETS else None) for n, code in _numbers_of(numbers) if n in GOAL_NAMES]
