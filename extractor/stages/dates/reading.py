"""A page's dates in their places: blocks, sentences, fields, and what stands around each date."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from extractor.model import Block, DateRole, Document, Field, Method, Origin, PageType, Section
from extractor.profiles import LINE_HEAD, load_profile
from extractor.stages.dates.cues import BYLINE, ENDS, FRONT, LABELS, NEWS, OTHER_LABEL, OTHER_LANGUAGES, SINCE
from extractor.stages.dates.grammar import Candidate, Moment
from extractor.stages.dates.patterns import WORDS
from extractor.stages.dates.years import to_date

LONG: Final = 160  # a block of so many characters is body text: the head of the page is over
_SENTENCE = 80  # a paragraph of so many characters tells something
_LEAD = 4
_REACH = 200  # characters around a date that may say what it is for


@dataclass(slots=True)
class Dated:
    """A date of the page with what its place says about it."""

    candidate: Candidate
    evidence: tuple[tuple[int, int], ...]
    block: Block
    field: Field | None = None
    role: DateRole | None = None  # None while nothing says more than that it is there
    elsewhere: bool = False  # a deadline, a list of resources: no date of the event

    @property
    def day(self) -> date | None:
        return to_date(self.candidate.first)


@dataclass(frozen=True, slots=True)
class Choice:
    """The dates of the event, and what said so."""

    rule: str
    chosen: tuple[Dated, ...]
    method: Method = "rule"
    session: bool = False
    open: bool = False
    first: Moment | None = None  # given where it is not the first of the chosen
    last: Moment | None = None
    extra: tuple[tuple[int, int], ...] = ()
    origin: Origin | None = None


class Reader:
    """One page's dates in their places. Its methods answer what the roles need to know."""

    def __init__(
        self, document: Document, fields: Sequence[Field], sections: Sequence[Section], page_type: PageType
    ) -> None:
        self.page_type = page_type
        self.profile = load_profile(document.profile)
        self.document = document
        self.text = document.text
        self.fields = fields
        self.starts = [block.start for block in document.blocks]
        self.sentence_starts = [start for start, _ in document.sentences]
        self.values = sorted(
            ((value.start, value.end, field) for field in fields for value in field.values), key=lambda v: v[:2]
        )
        self.value_starts = [start for start, _, _ in self.values]
        self.body = [
            b for b in document.blocks if b.kind in ("paragraph", "list_item", "value") and b.end - b.start > LONG
        ]
        paragraphs = ("paragraph", "list_item", "value")
        self.lead = [b for b in document.blocks if b.kind in paragraphs and b.end - b.start > _SENTENCE][:_LEAD]
        self.head_end = self.body[0].start if self.body else len(self.text)
        self.asides = [(s.start, s.end) for s in sections if s.kind in ("additional_resources", "related")]
        self.is_news = page_type == "news" or self._head_says_news()

    def place(self, candidate: Candidate) -> Dated:
        """A candidate with its block, its field and the role that a label gives it."""
        block = self.block(candidate.start)
        field = self.field(candidate.start)
        if field is not None and field.name in FIELDS["event"] | FIELDS["period"]:
            candidate = self.since(candidate, field)
        dated = Dated(candidate, ((candidate.start, candidate.end),), block, field)
        if field is not None:
            dated.role = FIELD_ROLES.get(field.name)
            dated.elsewhere = candidate.last is None and ENDS.fullmatch(self.in_value(candidate, field)) is not None
        prefix = self.prefix(candidate)
        if dated.role is None and block.end - block.start <= LONG:
            dated.role = next((role for role, label in LABELS.items() if label.search(prefix)), None)
            if dated.role is None and candidate.start < self.head_end and self.is_byline(dated):
                dated.role = "published"
        if dated.role is None and candidate.start < self.head_end:
            dated.role = self.profile.stamp(self.document.folded[block.start : min(block.end, block.start + LINE_HEAD)])
        if dated.role is None and (OTHER_LABEL.search(prefix) or self.in_aside(candidate.start)):
            dated.elsewhere = True
        return dated

    def since(self, candidate: Candidate, field: Field) -> Candidate:
        """ "Since 2019" in a field of dates has no end yet."""
        before = self.in_value(candidate, field)
        if candidate.last is None and SINCE.fullmatch(before):
            return replace(candidate, start=candidate.start - len(before), open=True)
        return candidate

    def in_value(self, candidate: Candidate, field: Field) -> str:
        """What stands before a date in its field's value."""
        start = next(value.start for value in field.values if value.start <= candidate.start < value.end)
        return self.text[start : candidate.start]

    def block(self, at: int) -> Block:
        index = bisect_right(self.starts, at) - 1
        return self.document.blocks[index] if index >= 0 else Block("paragraph", 0, len(self.text))

    def field(self, at: int) -> Field | None:
        index = bisect_right(self.value_starts, at) - 1
        if index >= 0 and at < self.values[index][1]:
            return self.values[index][2]
        return None

    def field_after(self, block: Block) -> str | None:
        """The name of the field whose label is the next block."""
        label = self.below(block)
        return next((field.name for field in self.fields if label and field.label.start == label.start), None)

    def below(self, block: Block) -> Block | None:
        """The next block."""
        index = bisect_right(self.starts, block.start)
        return self.document.blocks[index] if index < len(self.starts) else None

    def in_aside(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.asides)

    def sentence(self, at: int) -> tuple[int, int]:
        index = bisect_right(self.sentence_starts, at) - 1
        if index >= 0 and at < self.document.sentences[index][1]:
            return self.document.sentences[index]
        block = self.block(at)
        return block.start, block.end

    def prefix(self, candidate: Candidate) -> str:
        """What stands before a date on its line, or as a label on the line above."""
        start = self.text.rfind("\n", max(0, candidate.start - 80), candidate.start) + 1
        start = max(start, candidate.start - 80)
        prefix = self.text[start : candidate.start]
        if not prefix.strip():
            index = bisect_right(self.starts, candidate.start) - 2
            if index >= 0 and self.document.blocks[index].kind == "label":
                label = self.document.blocks[index]
                return self.text[label.start : label.end]
        return prefix

    def around(self, dated: Dated) -> tuple[str, str]:
        """The block before and behind the date, as far as anybody looks."""
        return self._near(dated.candidate, dated.block.start, dated.block.end)

    def in_sentence(self, dated: Dated) -> tuple[str, str]:
        """The sentence before and behind the date, as far as anybody looks."""
        return self._near(dated.candidate, *self.sentence(dated.candidate.start))

    def _near(self, c: Candidate, start: int, end: int) -> tuple[str, str]:
        before = self.text[max(start, c.start - _REACH) : c.start]
        return before, self.text[c.end : max(c.end, min(end, c.end + _REACH))]

    def alone(self, dated: Dated) -> bool:
        """Whether the block says nothing but the date."""
        before, after = self.around(dated)
        return FRONT.match(before) is not None and not any(char.isalnum() for char in after)

    def is_byline(self, dated: Dated) -> bool:
        """ "By A. Author, 4 May 2021", "News | 4 May 2021", "4 May 2021 | Français": when the page was posted."""
        before, after = self.around(dated)
        if dated.candidate.last is not None or (before.strip() and after.strip()):
            return False
        return any(cue.match(before) or cue.match(after) for cue in (BYLINE, NEWS, OTHER_LANGUAGES))

    def _head_says_news(self) -> bool:
        head = (b for b in self.document.blocks if b.start < self.head_end)
        return any(NEWS.match(self.text[b.start : b.end]) for b in head if b.end - b.start < 40)


FIELD_ROLES: dict[str, DateRole] = {
    name: role for role in ("submitted", "published", "updated") for name in WORDS["fields"][role]
}
FIELDS = {kind: frozenset(names) for kind, names in WORDS["fields"].items()}
