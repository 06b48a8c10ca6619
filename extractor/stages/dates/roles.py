"""What the dates of a page are for: the event, its sessions, the page's own stamps, or no more than mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from extractor.model import Method
from extractor.stages.dates.cues import (
    ACT,
    DATELINE_AFTER,
    DATELINE_BEFORE,
    DAYS_HEADING,
    DIRECT,
    ELSEWHERE,
    FRONT,
    HOURS,
    NUMBERED,
    PAST,
    PLAN_PERIOD,
    PLAN_YEARS,
    VERB,
)
from extractor.stages.dates.grammar import Candidate, Clock, Moment, tokens
from extractor.stages.dates.periods import told_before, told_today
from extractor.stages.dates.reading import FIELDS, LONG, Choice, Dated, Reader
from extractor.stages.dates.years import near, to_date, with_year

_LAST_LATIN = "\u024f"
_FIELD_AFTER_DATES = "type_of_practice"  # in the template of the Repository of Practices
_NEAR_STAMP = 120  # days
_TIMELY = 7  # days
_LONG_AGO = 180  # days
_MOST_SOURCES = 50  # a page with more dates in one sentence is a table or an attack
_LEAD_BLOCKS = 4  # the paragraphs in which a page says what it is about
_ENOUGH = 4  # points at which a sentence states when the event is


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
        or _from_plan(reader, dates)
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
        kind: [d for d in dates if d.field is not None and not d.elsewhere and d.field.name in FIELDS[kind]]
        for kind in ("start", "end", "event", "period")
    }
    if by_kind["start"]:
        return _span("event.start_end_fields", [by_kind["start"][0], *by_kind["end"][:1]], "field")
    rule, dated = ("event.field", by_kind["event"]) if by_kind["event"] else ("event.period_field", by_kind["period"])
    choice = _span(rule, dated, "field")
    if choice is None or (rule == "event.field" and _title_says_otherwise(dates, dated)):
        return None
    return _with_time_field(reader, choice)


def _title_says_otherwise(dates: Sequence[Dated], chosen: Sequence[Dated]) -> bool:
    """Whether the title has days from and to, and a field of another day: that of a deadline."""
    for dated in dates:
        c = dated.candidate
        if dated.block.kind == "title" and c.last is not None and c.first.day is not None:
            first, last = to_date(c.first), to_date(c.last)
            days = [d.day for d in chosen if d.day is not None]
            return first is not None and last is not None and not any(first <= day <= last for day in days)
    return False


def _with_time_field(reader: Reader, choice: Choice) -> Choice:
    """ "Date: 4 May 2021", "Time: 10:00 – 12:00 CET": the time belongs to a single day that has none of its own."""
    only = choice.chosen[0].candidate
    if len(choice.chosen) > 1 or only.last is not None or only.first.clock is not None or only.first.day is None:
        return choice
    for field in reader.fields:
        if field.name in FIELDS["time"] and field.values:
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


def _from_plan(reader: Reader, dates: Sequence[Dated]) -> Choice | None:
    """The years of a workplan: "Period covered: May 2023 – April 2024", "Workplan 2024-2026"."""
    if reader.page_type != "workplan":
        return None
    for dated in dates:
        if dated.candidate.last is not None and PLAN_PERIOD.search(reader.around(dated)[0]):
            return _span("event.plan_period", [dated])
    found = PLAN_YEARS.search(reader.document.folded)
    if found is None:
        return None
    first, last = (Moment(int(found[group]), None, None) for group in ("first", "last"))
    dated = reader.place(Candidate(found.start("first"), found.end(), first, last, rule="date.range"))
    return _span("event.plan_period", [dated]) if int(found["first"]) < int(found["last"]) else None


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
        return _of_row("event.title", free, title[0])
    dateline = next((d for d in free if is_dateline(reader, d)), None)
    header, stamp = header_lines(reader, [d for d in free if d is not dateline])
    published = next((d for d in dates if d.role == "published"), None)
    day_of_page = dateline or published or (stamp if reader.is_news else None)
    today = told_today(reader, day_of_page, certain=dateline is not None)
    if today is not None:
        return today
    if header is not None:
        return _of_row("event.header", free, header)
    told = told_before(reader, day_of_page, dates)
    if told is not None:
        return told
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
    """Whether the date stands in a dateline: "Nairobi, Kenya, 4 May 2021 (ABC) – Officials …".

    News may have it on a line of its own, or without the place.
    """
    before, after = reader.around(dated)
    if dated.day is None or dated.candidate.last is not None or len(before) > 80:
        return False
    if reader.is_news and not before.strip() and dated.block in reader.lead:
        return DATELINE_AFTER.match(after) is not None
    if reader.is_news and not after.strip() and dated.candidate.start < reader.head_end:
        return DATELINE_BEFORE.fullmatch(before) is not None
    return DATELINE_BEFORE.fullmatch(before) is not None and DATELINE_AFTER.match(after) is not None


def header_lines(reader: Reader, free: Sequence[Dated]) -> tuple[Dated | None, Dated | None]:
    """The line of the head that says when the event is (a range, an hour, a place beside it), and the first line that
    is a bare day: the day of the event or of its posting."""
    header: Dated | None = None
    stamp: Dated | None = None
    for dated in free:
        c = dated.candidate
        if c.start >= reader.head_end or dated.block.end - dated.block.start > LONG or c.first.day is None:
            continue
        before, after = reader.around(dated)
        if reader.alone(dated):
            below = reader.below(dated.block)
            hours = c.first.clock is not None or (below and HOURS.match(reader.text, below.start, below.end))
            if c.last is None and (not hours or reader.is_news):  # news has the hour of its posting
                stamp = stamp or dated
            else:
                header = header or dated
        elif (DIRECT.search(before) and not ELSEWHERE.search(before)) or (
            not VERB.search(before + after) and _heads(reader, dated, before, after)
        ):
            header = header or dated
    return header, stamp


def _heads(reader: Reader, dated: Dated, before: str, after: str) -> bool:
    """ "4 May 2021, Oslo", "Oslo, 4 May 2021", "Minutes of the group, 4 May 2021" as the first line."""
    if FRONT.match(before):
        return True
    first = dated.block.start == reader.starts[0]
    return not after.strip(" .)") and (first or DATELINE_BEFORE.search(before) is not None)


def _stated(reader: Reader, free: Sequence[Dated], posted: date | None) -> Choice | None:
    """The first sentence that best says when something took or takes place; in a workplan, whose page tells what was
    done one thing after the other, all of them. ``posted``: when the page was."""
    points = [_points(reader, dated, _timeliness(dated, posted)) for dated in free]
    best = max(points, default=0)
    if best < _ENOUGH:
        return None
    if reader.page_type == "workplan":
        told = [d for d, value in zip(free, points, strict=True) if value >= _ENOUGH - 1 and d.day is not None]
        if len({d.day for d in told}) > 1:
            choice = _span("event.series", told)
            return replace(choice, session=True) if choice else None
    return _of_row("event.statement", free, free[points.index(best)])


def _of_row(rule: str, free: Sequence[Dated], chosen: Dated) -> Choice | None:
    """From the first to the last day of the list that a date opens, which is mostly the date alone."""
    listed = _row(free, chosen)
    choice = _span(rule, listed)
    return replace(choice, session=len(listed) > 1) if choice else None


def _row(free: Sequence[Dated], chosen: Dated) -> list[Dated]:
    """The dates of a list: "3, 4 and 5 May" are three days with one month, the first of them found."""
    row = [chosen]
    for dated in free[free.index(chosen) + 1 :]:
        if dated.candidate.start >= row[-1].candidate.end:
            break
        row.append(dated)
    return row


def _points(reader: Reader, dated: Dated, timeliness: int) -> int:
    """How plainly a sentence says that its date is the event's."""
    c = dated.candidate
    before, after = reader.in_sentence(dated)
    points = timeliness
    if DIRECT.search(before[-120:]):
        points += 4
    if FRONT.match(before) or (len(before) < 80 and after.startswith(",") and not VERB.search(before)):
        points += 3
    if VERB.search(before) or (c.first.day is not None and PAST.search(before)):
        points += 2
    if VERB.search(after):
        points += 1
    if c.first.clock is not None:
        points += 2
    if c.first.day is None:
        points -= 1
    if ELSEWHERE.search(before[-80:]) or (timeliness <= 0 and ACT.search(before[-80:])):
        points -= 4
    lead = sum(1 for block in reader.body[:_LEAD_BLOCKS] if block.start <= c.start)
    if c.start < reader.head_end or lead == 1:
        points += 2
    elif lead < _LEAD_BLOCKS:
        points += 1
    bracketed = before.rfind("(") > before.rfind(")")  # the days of what stands before the bracket, as often another's
    if c.first.day is not None and c.last is not None and not bracketed:
        points += 1  # what lasts from day to day is mostly an event
    return points


def _timeliness(dated: Dated, posted: date | None) -> int:
    """A page is more likely to be about a date within days of which it was posted, less about one of months before."""
    if dated.day is None or posted is None:
        return 0
    last = dated.candidate.last
    days = (posted - ((to_date(last) if last else None) or dated.day)).days
    return 2 if abs(days) <= _TIMELY else -2 if days > _LONG_AGO else 0


def _close(dated: Dated, stamp: Dated) -> bool:
    """Whether two days are so near that a page posted on one may be about the other."""
    return dated.day is not None and stamp.day is not None and abs((dated.day - stamp.day).days) <= _NEAR_STAMP


# --- borrowed years ---------------------------------------------------------------------------------------------


def lend_years(reader: Reader, dates: Sequence[Dated], partial: Sequence[Dated]) -> tuple[list[Dated], list[Dated]]:
    """Dates without a year that get one from the page, and those that get none.

    A year is taken from the same sentence, from the same day written in full elsewhere, from a labelled date of the
    event, from the title, from days that it lies between, or, where it is near, from the day before it in its paragraph
    or that on which the page was posted.
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


def _within(candidate: Candidate, lasting: Dated) -> Candidate | None:
    """The candidate with the year of days from and to that it lies between: the second day of an event's programme."""
    last = to_date(lasting.candidate.last) if lasting.candidate.last is not None else None
    for year in dict.fromkeys(day.year for day in (lasting.day, last) if day is not None):
        dated = with_year(candidate, year)
        day = to_date(dated.first) if dated is not None else None
        if day is not None and lasting.day is not None and last is not None and lasting.day <= day <= last:
            return dated
    return None


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
        labels = FIELDS["event"] | FIELDS["start"]
        self.labelled = [d for d in dates if d.field is not None and d.field.name in labels]
        self.lasting = [d for d in dates if d.day is not None and d.candidate.last is not None][:_MOST_SOURCES]
        self.title = [d for d in dates if d.block.kind == "title"]
        free = _unmarked(dates)
        _, line = header_lines(reader, free)
        self.by_block: dict[int, list[Dated]] = {}
        for dated in dates:
            if dated.day is not None:
                self.by_block.setdefault(dated.block.start, []).append(dated)
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
        for lasting in self.lasting:
            dated = _within(candidate, lasting)
            if dated is not None:
                yield dated, lasting
        in_block = self.by_block.get(self.reader.block(candidate.start).start, [])[:_MOST_SOURCES]
        told_before = [d for d in in_block if d.candidate.start < candidate.start][-1:]
        for stamp in (*told_before, *self.stamps[:_MOST_SOURCES]):
            dated = near(candidate, stamp.day) if stamp.day is not None else None
            if dated is not None:
                yield dated, stamp
