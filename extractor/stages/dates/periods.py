"""Days that are told and not printed: "today", "yesterday", "on Tuesday", and the other end of "a two-day course".

They are worked out from a day that the page prints: its own stamp or dateline, or the event's first or last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from extractor.stages.dates.cues import (
    CLOSES,
    COUNTED_DAYS,
    FIRST_OF_DAYS,
    GOES_ON_UNTIL,
    NOT_LAST_WEEKDAY,
    NUMBER_WORDS,
    ON_WEEKDAY,
    OPENS,
    PAST,
    TODAY,
    VERB,
    WEEKDAY_GOES_ON,
    YESTERDAY,
)
from extractor.stages.dates.grammar import Moment
from extractor.stages.dates.patterns import WEEKDAY_NUMBERS, bare
from extractor.stages.dates.reading import Choice, Dated, Reader
from extractor.stages.dates.years import to_date

_OPENINGS = 2  # paragraphs in which news says what is new
_LEAD = 500  # characters of a paragraph in which news says what is new
_LONGEST = 31  # days of an event whose first and last day are told in two places
_MOST_DATES = 50  # a page with more dates nearby is a table or an attack


def told_today(reader: Reader, day_of_page: Dated | None, certain: bool) -> Choice | None:
    """News of its own day ("The plan was launched today"): the event is on the day of the dateline or stamp.

    ``certain``: there is a dateline; without one the sentence must also tell of something done.
    """
    if day_of_page is None or day_of_page.day is None:
        return None
    for block in reader.lead[:_OPENINGS]:
        word = TODAY.search(reader.text, block.start, min(block.end, block.start + _LEAD))
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


def told_before(reader: Reader, day_of_page: Dated | None, dates: Sequence[Dated]) -> Choice | None:
    """News of the days before: "The minister yesterday opened", "adopted on Tuesday" is the Tuesday before the stamp.

    Only where the text opens (a caption or a motto may stand above it), of something done, and where its sentence has
    no date of its own.
    """
    if day_of_page is None or day_of_page.day is None:
        return None
    for lead in reader.lead[:_OPENINGS]:
        for word, days_ago in _days_ago(reader, lead.start, min(lead.end, lead.start + _LEAD), day_of_page.day):
            start, end = reader.sentence(word[0])
            own = [d for d in dates if start <= d.candidate.start < end and d is not day_of_page]
            if own or not (VERB.search(reader.text, start, end) or PAST.search(reader.text, start, end)):
                continue
            day = day_of_page.day - timedelta(days_ago)
            if day_of_page.role is None:
                day_of_page.role = "published"
            stamp = (day_of_page.candidate.start, day_of_page.candidate.end)
            return Choice("event.relative_day", (), first=_moment(day), extra=(word, stamp))
    return None


def _days_ago(reader: Reader, start: int, end: int, today: date) -> list[tuple[tuple[int, int], int]]:
    """The words for days before, with how many days before ``today`` they are."""
    found = [(word.span(), 1) for word in YESTERDAY.finditer(reader.text, start, end)]
    for match in ON_WEEKDAY.finditer(reader.text, start, end):
        before = reader.text[max(start, match.start() - 12) : match.start("weekday")]
        if NOT_LAST_WEEKDAY.search(before) or WEEKDAY_GOES_ON.match(reader.text, match.end()):
            continue
        found.append((match.span(), (today.weekday() - WEEKDAY_NUMBERS[bare(match["weekday"])]) % 7))
    return sorted(found)


def with_other_end(reader: Reader, choice: Choice, dates: Sequence[Dated]) -> Choice:
    """The choice with its other end, where only one day of the event stands beside the words for when it is.

    The other end is printed ("opened on 5 May … will run until 7 May") or counted ("a two-day course").
    """
    if choice.rule not in _TOLD or choice.last is not None or choice.open or len(choice.chosen) > 1:
        return choice
    only = choice.chosen[0] if choice.chosen else None
    day = to_date(choice.first) if choice.first is not None else only.day if only is not None else None
    if day is None or (only is not None and only.candidate.last is not None):
        return choice
    printed = _with_printed_end(reader, choice, only, day, dates) if only is not None else None
    return printed or _with_counted_end(reader, choice, day) or choice


_TOLD = frozenset({"event.statement", "event.today", "event.relative_day"})


def _with_printed_end(reader: Reader, choice: Choice, only: Dated, day: date, dates: Sequence[Dated]) -> Choice | None:
    nearby = [d for d in dates if d is not only and d.role is None and d.day is not None and _is_near(reader, only, d)]
    for other in nearby[:_MOST_DATES]:
        before, after = reader.in_sentence(other)
        if other.day is None or other.candidate.last is not None or not 0 < abs((other.day - day).days) <= _LONGEST:
            continue
        if other.day > day and (GOES_ON_UNTIL.search(before) or CLOSES.search(before)):
            return replace(choice, chosen=(only, other), first=_moment(day), last=_moment(other.day))
        closing = CLOSES.search(reader.in_sentence(only)[0])
        if other.day < day and closing and (OPENS.search(before) or OPENS.search(after[:40])):
            return replace(choice, chosen=(other, only), first=_moment(other.day), last=_moment(day))
    return None


def _is_near(reader: Reader, one: Dated, other: Dated) -> bool:
    """Whether two dates stand in one paragraph or the next."""
    return abs(other.candidate.start - one.candidate.start) <= 2 * _LEAD


def _with_counted_end(reader: Reader, choice: Choice, day: date) -> Choice | None:
    at = choice.extra[0][0] if choice.extra else choice.chosen[0].candidate.start
    start, end = reader.sentence(at)
    opens, closes = OPENS.search(reader.text, start, end), CLOSES.search(reader.text, start, end)
    days = COUNTED_DAYS.search(reader.text, start, min(end, start + 2 * _LEAD))
    if days is None and (opens or closes):  # "A two-day course was held. It opened on 5 May."
        days = COUNTED_DAYS.search(reader.text, max(reader.block(at).start, start - _LEAD), start)
    if days is None:
        return None
    count = NUMBER_WORDS[bare(days["en"] or days["en_of"] or days["fr"] or days["es"])]
    first, last = day, day + timedelta(count - 1)
    if closes and not opens:
        first, last = day - timedelta(count - 1), day
    extra = (*choice.extra, days.span())
    return replace(choice, rule="event.counted_days", first=_moment(first), last=_moment(last), extra=extra)


def _moment(day: date) -> Moment:
    return Moment(day.year, day.month, day.day)
