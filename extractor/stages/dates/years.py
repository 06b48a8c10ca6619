"""What a page says about its dates elsewhere: the year of "4 March", and which number of "03/04/2022" is the month.

Nothing is guessed: without evidence on the page a date stays without year, or unread.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from extractor.stages.dates.grammar import Candidate, Moment, Order, Token, figures_order
from extractor.stages.dates.patterns import WORDS

_DAYS_FROM_STAMP = 120  # a page speaks of "4 March" without a year when that day is near


def order_of_page(text: str, tokens: list[Token], language: str, url: str | None) -> Order | None:
    """How to read "03/04/2022" on this page: as its other dates in figures, its language and its country do."""
    figures = [text[token.start : token.end] for token in tokens if token.symbol == "i" and token.value is None]
    orders = {figures_order(f) for f in figures if "." not in f and len(set(f.split(f[2:3] or "/")[:2])) == 2} - {None}
    if len(orders) == 1:
        return orders.pop()
    if orders:
        return None
    if language != "en":
        return "day-month"
    host = urlsplit(url).hostname if url else None
    suffix = (host or "").rpartition(".")[2]
    if suffix in WORDS["month_first_suffixes"]:
        return "month-day"
    return "day-month" if suffix in WORDS["day_first_suffixes"] else None


def settle(candidate: Candidate, sure: Iterable[Candidate]) -> Candidate | None:
    """An ambiguous date in figures, read by its weekday or by a sure date of the page that it repeats."""
    swapped = replace(candidate, first=_swap(candidate.first), last=candidate.last and _swap(candidate.last))
    readings = [replace(reading, ambiguous=False) for reading in (candidate, swapped)]
    if candidate.weekday is not None:
        readings = [reading for reading in readings if weekday_fits(reading)]
    else:
        days = {(c.first.year, c.first.month, c.first.day) for c in sure if c.first.day is not None}
        readings = [r for r in readings if (r.first.year, r.first.month, r.first.day) in days]
    return readings[0] if len(readings) == 1 else None


def _swap(moment: Moment) -> Moment:
    return replace(moment, month=moment.day, day=moment.month)


def weekday_fits(candidate: Candidate) -> bool:
    """Whether the date falls on the weekday that the page states, where it states one."""
    day = to_date(candidate.first)
    return candidate.weekday is None or day is None or day.weekday() == candidate.weekday


def to_date(moment: Moment) -> date | None:
    """The day of a moment; None when it is less precise, or no day of the calendar."""
    if moment.year is None or moment.month is None or moment.day is None:
        return None
    try:
        return date(moment.year, moment.month, moment.day)
    except ValueError:
        return None


def with_year(candidate: Candidate, year: int) -> Candidate | None:
    """The candidate in a year; None when that day does not exist or is another weekday than stated."""
    first, last = replace(candidate.first, year=year), candidate.last
    if last is not None:
        crosses = (last.month or 0) < (first.month or 0)
        last = replace(last, year=year + crosses)
    dated = replace(candidate, first=first, last=last, rule="date.borrowed_year")
    if to_date(first) is None or (last is not None and to_date(last) is None):
        return None
    return dated if weekday_fits(dated) else None


def near(candidate: Candidate, stamp: date) -> Candidate | None:
    """The candidate in the year of the page's stamp, when that puts it near the stamp; in a neighbouring year only
    when the stated weekday confirms it."""
    years = (stamp.year,) if candidate.weekday is None else (stamp.year, stamp.year - 1, stamp.year + 1)
    for year in years:
        dated = with_year(candidate, year)
        day = to_date(dated.first) if dated else None
        if day is not None and abs((day - stamp).days) <= _DAYS_FROM_STAMP:
            return dated
    return None
