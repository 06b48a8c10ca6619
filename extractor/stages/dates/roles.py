"""What the dates of a page are for: the event, its sessions, the page's own stamps, or no more than mentioned."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractor.model import Block, DateRole, Document, Field, Method, Origin, Section
from extractor.stages.dates.cues import (
    BYLINE,
    DATELINE_AFTER,
    DATELINE_BEFORE,
    DAYS_HEADING,
    DIRECT,
    ELSEWHERE,
    ENDS,
    FIRST_OF_DAYS,
    FRONT,
    LABELS,
    NEWS,
    NUMBER_WORDS,
    NUMBERED,
    OTHER_LABEL,
    SINCE,
    TODAY,
    VERB,
)
from extractor.stages.dates.grammar import Candidate, Clock, Moment, tokens
from extractor.stages.dates.patterns import WORDS, bare
from extractor.stages.dates.years import near, to_date, with_year

_LAST_LATIN = "\u024f"
_FIELD_AFTER_DATES = "type_of_practice"  # in the template of the Repository of Practices
_NEAR_STAMP = 120  # days
_TIMELY = 7  # days
_MOST_SOURCES = 50  # a page with more dates in one sentence is a table or an attack
_REACH = 200  # characters around a date that may say what it is for
_LONG = 160  # a block of so many characters is body text: the head of the page is over
_LEAD_BLOCKS = 4  # the paragraphs in which a page says what it is about
_ENOUGH = 4  # points at which a sentence states when the event is


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

    def __init__(self, document: Document, fields: Sequence[Field], sections: Sequence[Section], is_news: bool) -> None:
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
            b for b in document.blocks if b.kind in ("paragraph", "list_item", "value") and b.end - b.start > _LONG
        ]
        self.head_end = self.body[0].start if self.body else len(self.text)
        self.asides = [(s.start, s.end) for s in sections if s.kind in ("additional_resources", "related")]
        self.is_news = is_news or self._head_says_news()

    def place(self, candidate: Candidate) -> Dated:
        """A candidate with its block, its field and the role that a label gives it."""
        block = self.block(candidate.start)
        field = self.field(candidate.start)
        if field is not None and field.name in _FIELDS["event"] | _FIELDS["period"]:
            candidate = self.since(candidate, field)
        dated = Dated(candidate, ((candidate.start, candidate.end),), block, field)
        if field is not None:
            dated.role = _FIELD_ROLES.get(field.name)
            dated.elsewhere = candidate.last is None and ENDS.fullmatch(self.in_value(candidate, field)) is not None
        prefix = self.prefix(candidate)
        if dated.role is None and block.end - block.start <= _LONG:
            dated.role = next((role for role, label in LABELS.items() if label.search(prefix)), None)
            if dated.role is None and candidate.start < self.head_end and self.is_byline(dated):
                dated.role = "published"
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
        index = bisect_right(self.starts, block.start)
        start = self.document.blocks[index].start if index < len(self.starts) else -1
        return next((field.name for field in self.fields if field.label.start == start), None)

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
        """ "By A. Author, 4 May 2021", "News | 4 May 2021": the day on which the page was posted."""
        before, after = self.around(dated)
        if dated.candidate.last is not None or (before.strip() and after.strip()):
            return False
        return any(cue.match(before) or cue.match(after) for cue in (BYLINE, NEWS))

    def _head_says_news(self) -> bool:
        head = (b for b in self.document.blocks if b.start < self.head_end)
        return any(NEWS.match(self.text[b.start : b.end]) for b in head if b.end - b.start < 40)


_FIELD_ROLES: dict[str, DateRole] = {
    name: role for role in ("submitted", "published", "updated") for name in WORDS["fields"][role]
}
_FIELDS = {kind: frozenset(names) for kind, names in WORDS["fields"].items()}


def mark_stamps(reader: Reader, dates: Sequence[Dated]) -> None:
    """Lines of the head with a label in a script that the dates are not written in: the page's own stamps.

    The first is taken as the day of publication, a later day as that of an update.
    """
    head = [d for d in dates if d.role is None and d.field is None and d.candidate.start < reader.head_end]
    first: date | None = None
    for dated in head:
        if dated.day is not None and _foreign_label(reader, dated):
            dated.role = "updated" if first is not None and dated.day > first else "published"
            first = first or dated.day


def _foreign_label(reader: Reader, dated: Dated) -> bool:
    before, after = reader.around(dated)
    letters = [char for char in before if char.isalpha()]
    return bool(letters) and not after.strip() and min(letters) > _LAST_LATIN


# --- the event --------------------------------------------------------------------------------------------------


def choose_event(reader: Reader, dates: Sequence[Dated], marked: Choice | None) -> Choice | None:
    """When the event is: as fields say, else the markup, else the text. ``marked``: what the markup says."""
    return (
        _from_fields(reader, dates)
        or marked
        or _from_period_line(reader, dates)
        or _from_series(reader, dates)
        or _from_list(reader, dates)
        or _from_text(reader, dates)
    )


def _span(rule: str, chosen: Sequence[Dated], method: Method = "rule") -> Choice | None:
    """From the first to the last of some dates."""
    if not chosen:
        return None
    return Choice(rule, tuple(sorted(chosen, key=_order)), method, open=any(d.candidate.open for d in chosen))


def _order(dated: Dated) -> tuple[int, int, int]:
    first = dated.candidate.first
    return first.year or 0, first.month or 0, first.day or 0


def _from_fields(reader: Reader, dates: Sequence[Dated]) -> Choice | None:
    by_kind = {
        kind: [d for d in dates if d.field is not None and not d.elsewhere and d.field.name in _FIELDS[kind]]
        for kind in ("start", "end", "event", "period")
    }
    if by_kind["start"]:
        return _span("event.start_end_fields", [by_kind["start"][0], *by_kind["end"][:1]], "field")
    rule, dated = ("event.field", by_kind["event"]) if by_kind["event"] else ("event.period_field", by_kind["period"])
    choice = _span(rule, dated, "field")
    if choice is None:
        return None
    return _with_time_field(reader, choice)


def _with_time_field(reader: Reader, choice: Choice) -> Choice:
    """ "Date: 4 May 2021", "Time: 10:00 – 12:00 CET": the time belongs to a single day that has none of its own."""
    only = choice.chosen[0].candidate
    if len(choice.chosen) > 1 or only.last is not None or only.first.clock is not None or only.first.day is None:
        return choice
    for field in reader.fields:
        if field.name in _FIELDS["time"] and field.values:
            value = field.values[0]
            clocks = [t.value for t in tokens(value.text) if isinstance(t.value, Clock)][:2]
            if clocks:
                zone = next((c.zone for c in clocks if c.zone is not None), None)
                first, *last = (replace(only.first, clock=c.text, zone=zone) for c in clocks)
                return replace(choice, first=first, last=last[0] if last else None, extra=((value.start, value.end),))
    return choice


def _from_period_line(reader: Reader, dates: Sequence[Dated]) -> Choice | None:
    """A line that is only a period ("2020 - Present"), or a year or month where the template has the dates: the dates
    of a practice whose label was lost."""
    for dated in dates:
        c = dated.candidate
        if dated.role is not None or c.first.day is not None or not reader.alone(dated):
            continue
        if c.open or c.last is not None:
            return _span("event.period_line", [dated])
        if reader.field_after(dated.block) == _FIELD_AFTER_DATES:
            return _span("event.template_line", [dated])
    return None


def _from_series(reader: Reader, dates: Sequence[Dated]) -> Choice | None:
    """Paragraphs that open with a date and a number: "On 4 May 2021, the 1st consultation …"."""
    found: list[Dated] = []
    for dated in _unmarked(dates):
        before, after = reader.prefix(dated.candidate), reader.around(dated)[1]
        numbered = NUMBERED.search(after[:100]) or NUMBERED.search(before)
        opens = FRONT.match(before) or (len(before) < 40 and NUMBERED.search(before))
        if opens and numbered and dated.day is not None and dated.block.kind != "title":
            found.append(dated)
    days = {d.day for d in found}
    blocks = {d.block.start for d in found}
    if len(days) < 2 or len(blocks) < 2:
        return None
    choice = _span("event.series", found)
    return replace(choice, session=True) if choice else None


def _from_list(reader: Reader, dates: Sequence[Dated]) -> Choice | None:
    """A list of days under a heading such as "Sessions": one day an item."""
    by_item = {
        d.block.start: d for d in reversed(_unmarked(dates)) if d.block.kind == "list_item" and d.day is not None
    }
    heading = ""
    found: list[Dated] = []
    for block in reader.document.blocks:
        if block.kind in ("heading", "label"):
            heading = reader.text[block.start : block.end]
        elif block.start in by_item and DAYS_HEADING.fullmatch(heading):
            found.append(by_item[block.start])
    choice = _span("event.series", found) if len(found) > 1 else None
    return replace(choice, session=True) if choice else None


def _unmarked(dates: Sequence[Dated]) -> list[Dated]:
    """Dates with day or month that nothing has claimed yet."""
    return [d for d in dates if d.role is None and not d.elsewhere and d.candidate.first.month is not None]


def _from_text(reader: Reader, dates: Sequence[Dated]) -> Choice | None:
    free = _unmarked(dates)
    title = [d for d in free if d.block.kind == "title"]
    if title:
        return _span("event.title", title[:1])
    dateline = next((d for d in free if is_dateline(reader, d)), None)
    header, stamp = header_lines(reader, [d for d in free if d is not dateline])
    published = next((d for d in dates if d.role == "published"), None)
    today = _today(reader, dateline or published or (stamp if reader.is_news else None), certain=dateline is not None)
    if today is not None:
        return today
    if header is not None:
        return _span("event.header", [header])
    posted = next((d.day for d in (dateline, published, stamp if reader.is_news else None) if d is not None), None)
    stated = _stated(reader, [d for d in free if d is not stamp and d is not dateline], posted)
    about_stamp = stamp is None or stated is None or not _close(stated.chosen[0], stamp)
    if stamp is not None and about_stamp and dateline is None and not reader.is_news:
        return _span("event.stamp", [stamp])
    for own in (dateline, stamp):
        if own is not None and (stated is None or own.day not in {d.day for d in stated.chosen}):
            own.role = "published"
    return stated


def is_dateline(reader: Reader, dated: Dated) -> bool:
    """Whether the date stands in a dateline: "Nairobi, Kenya, 4 May 2021 (ABC) – Officials …"."""
    before, after = reader.around(dated)
    if dated.day is None or len(before) > 80:
        return False
    return DATELINE_BEFORE.fullmatch(before) is not None and DATELINE_AFTER.match(after) is not None


def header_lines(reader: Reader, free: Sequence[Dated]) -> tuple[Dated | None, Dated | None]:
    """The line of the head that says when the event is (a range, an hour, a place beside it), and the first line that
    is a bare day: the day of the event or of its posting."""
    header: Dated | None = None
    stamp: Dated | None = None
    for dated in free:
        c = dated.candidate
        if c.start >= reader.head_end or dated.block.end - dated.block.start > _LONG or c.first.day is None:
            continue
        before, after = reader.around(dated)
        if reader.alone(dated):
            if c.last is None and c.first.clock is None:
                stamp = stamp or dated
            else:
                header = header or dated
        elif DIRECT.search(before) or (not VERB.search(before + after) and _heads(reader, dated, before, after)):
            header = header or dated
    return header, stamp


def _heads(reader: Reader, dated: Dated, before: str, after: str) -> bool:
    """ "4 May 2021, Oslo", "Oslo, 4 May 2021", "Minutes of the group, 4 May 2021" as the first line."""
    if FRONT.match(before):
        return True
    first = dated.block.start == reader.starts[0]
    return not after.strip(" .)") and (first or DATELINE_BEFORE.search(before) is not None)


def _today(reader: Reader, day_of_page: Dated | None, certain: bool) -> Choice | None:
    """News of its own day ("The plan was launched today"): the event is on the day of the dateline or stamp.

    ``certain``: there is a dateline; without one the sentence must also tell of something done.
    """
    if day_of_page is None or day_of_page.day is None:
        return None
    for block in reader.body[:2]:
        word = TODAY.search(reader.text, block.start, min(block.end, block.start + 500))
        if word is None:
            continue
        start, end = reader.sentence(word.start())
        if not certain and not VERB.search(reader.text, start, end):
            continue
        choice = Choice("event.today", (day_of_page,), extra=((word.start(), word.end()),))
        days = FIRST_OF_DAYS.search(reader.text, start, end)
        count = NUMBER_WORDS.get(bare(days["en"] or days["fr"] or days["es"])) if days else None
        if days is None or count is None:
            return choice
        last = day_of_page.day + timedelta(count - 1)
        return replace(
            choice,
            rule="event.first_of_days",
            last=Moment(last.year, last.month, last.day),
            extra=(*choice.extra, days.span()),
        )
    return None


def _stated(reader: Reader, free: Sequence[Dated], posted: date | None) -> Choice | None:
    """The first sentence that best says when something took or takes place. ``posted``: when the page was."""
    points = [_points(reader, dated) + _timeliness(dated.day, posted) for dated in free]
    best = max(points, default=0)
    if best < _ENOUGH:
        return None
    chosen = free[points.index(best)]
    if chosen.candidate.rule != "date.list":
        return _span("event.statement", [chosen])
    sentence = reader.sentence(chosen.candidate.start)
    listed = [d for d in free if d.candidate.rule == "date.list" and reader.sentence(d.candidate.start) == sentence]
    choice = _span("event.statement", listed)
    return replace(choice, session=len(listed) > 1) if choice else None


def _points(reader: Reader, dated: Dated) -> int:
    """How plainly a sentence says that its date is the event's."""
    c = dated.candidate
    before, after = reader.in_sentence(dated)
    points = 0
    if DIRECT.search(before[-120:]):
        points += 4
    if FRONT.match(before) or (len(before) < 80 and after.startswith(",") and not VERB.search(before)):
        points += 3
    if VERB.search(before):
        points += 2
    if VERB.search(after):
        points += 1
    if c.first.clock is not None:
        points += 2
    if c.first.day is None:
        points -= 1
    if ELSEWHERE.search(before[-80:]):
        points -= 4
    lead = sum(1 for block in reader.body[:_LEAD_BLOCKS] if block.start <= c.start)
    if c.start < reader.head_end or lead == 1:
        points += 2
    elif lead < _LEAD_BLOCKS:
        points += 1
    return points


def _timeliness(day: date | None, posted: date | None) -> int:
    """A page posted within days of a date is more likely to be about it."""
    return 2 if day and posted and abs((posted - day).days) <= _TIMELY else 0


def _close(dated: Dated, stamp: Dated) -> bool:
    """Whether two days are so near that a page posted on one may be about the other."""
    return dated.day is not None and stamp.day is not None and abs((dated.day - stamp.day).days) <= _NEAR_STAMP


# --- borrowed years ---------------------------------------------------------------------------------------------


def lend_years(reader: Reader, dates: Sequence[Dated], partial: Sequence[Dated]) -> tuple[list[Dated], list[Dated]]:
    """Dates without a year that get one from the page, and those that get none.

    A year is taken from the same sentence, from the same day written in full elsewhere, from a labelled date of the
    event, from the title, or from the day on which the page was posted where that is near.
    """
    offers = _Offers(reader, dates)
    lent: list[Dated] = []
    left: list[Dated] = []
    for dated in partial:
        found = next(offers.to(dated.candidate), None)
        if found is None:
            left.append(dated)
        else:
            candidate, source = found
            own = source.candidate
            lent.append(replace(dated, candidate=candidate, evidence=(*dated.evidence, (own.start, own.end))))
    return lent, left


class _Offers:
    """The years that a page's dates offer to those without one, the plainest source first."""

    def __init__(self, reader: Reader, dates: Sequence[Dated]) -> None:
        self.reader = reader
        self.by_sentence: dict[int, list[Dated]] = {}
        self.by_day: dict[tuple[int | None, int | None], list[Dated]] = {}
        for dated in dates:
            first = dated.candidate.first
            self.by_day.setdefault((first.month, first.day), []).append(dated)
            if first.month is not None:  # a year alone may be of anything
                self.by_sentence.setdefault(reader.sentence(dated.candidate.start)[0], []).append(dated)
        labels = _FIELDS["event"] | _FIELDS["start"]
        self.labelled = [d for d in dates if d.field is not None and d.field.name in labels]
        self.title = [d for d in dates if d.block.kind == "title"]
        free = _unmarked(dates)
        _, line = header_lines(reader, free)
        self.stamps = [d for d in dates if d.role == "published"] + [d for d in free if is_dateline(reader, d)]
        self.stamps += [line] if line is not None else []

    def to(self, candidate: Candidate) -> Iterator[tuple[Candidate, Dated]]:
        """Readings of the candidate with a year, and the date that lent it."""
        same_sentence = self.by_sentence.get(self.reader.sentence(candidate.start)[0], [])
        same_day = self.by_day.get((candidate.first.month, candidate.first.day), [])
        for sources in (same_sentence, same_day, self.labelled, self.title):
            years = {d.candidate.first.year for d in sources[:_MOST_SOURCES]}
            year = next(iter(years)) if len(years) == 1 else None
            dated = with_year(candidate, year) if year is not None else None
            if dated is not None:
                yield dated, sources[0]
        for stamp in self.stamps[:_MOST_SOURCES]:
            dated = near(candidate, stamp.day) if stamp.day is not None else None
            if dated is not None:
                yield dated, stamp
