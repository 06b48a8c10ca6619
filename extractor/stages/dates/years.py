"""What a page says about its dates elsewhere: the year of "4 March", and which number of "03/04/2022" is the month.

Nothing is guessed: without evidence on the page a date stays without year, or unread.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from extractor.stages.dates.grammar import Candidate, Moment, Order, Token, figures_order
from extractor.stages.dates.patterns import WORDS

# Of two readings of a date in figures, the one so near another day of the page, if the other is so far from all.
_NEAR_DAYS, _FAR_DAYS = 10, 60
_ORDERS: tuple[Order, Order] = ("day-month", "month-day")
# A page speaks of "4 March" without a year when that day is near: so many days, fewer across the turn of the year.
_DAYS_FROM_STAMP, _DAYS_ACROSS_YEARS = 120, 45


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


def settle(candidates: Iterable[Candidate]) -> Iterator[Candidate | None]:
    """The candidates, ambiguous dates in figures read by their weekdays or by what the page says elsewhere.

    What settles one settles all of them, unless another is settled the other way. None for what stays open.
    """
    found = list(candidates)
    days = {day for c in found if not c.ambiguous and (day := to_date(c.first)) is not None}
    bare = {(c.first.month, c.first.day) for c in found if c.first.year is None}
    known = {year: _Days(days | _in_year(bare, year)) for year in {c.first.year for c in found if c.ambiguous}}
    orders = [_order_of(c, known[c.first.year]) for c in found if c.ambiguous]
    said = {order for order in orders if order is not None}
    common = next(iter(said)) if len(said) == 1 else None
    rest = iter(orders)
    for candidate in found:
        yield _read(candidate, next(rest) or common) if candidate.ambiguous else candidate


class _Days:
    """The days that a page has, to be asked for the nearest."""

    def __init__(self, days: Iterable[date]) -> None:
        self._sorted = sorted(days)

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.apart(day) == 0

    def apart(self, day: date) -> int | None:
        """The number of days to the nearest; None when there is no day at all."""
        at = bisect_left(self._sorted, day)
        return min((abs((other - day).days) for other in self._sorted[max(0, at - 1) : at + 1]), default=None)


def _in_year(bare: Iterable[tuple[int | None, int | None]], year: int | None) -> set[date]:
    """The days that stand without a year (month and day), in a year."""
    days = (to_date(Moment(year, month, day)) for month, day in bare)
    return {day for day in days if day is not None}


def _order_of(candidate: Candidate, days: _Days) -> Order | None:
    """The one order in which a date falls on its weekday, or else is a day that the page also writes out; or in which
    it is near one, as the day of a posting is near that of what it tells, where the other is far from all."""
    if candidate.weekday is None and candidate.last_weekday is None and candidate.last is None:
        nearer = _nearer(candidate, days)
        if nearer is not None:
            return nearer
    fitting: list[Order] = []
    for order in _ORDERS:
        read = _read(candidate, order)
        if read is None:
            continue
        stated = candidate.weekday is not None or candidate.last_weekday is not None
        if weekday_fits(read) if stated else to_date(read.first) in days:
            fitting.append(order)
    return fitting[0] if len(fitting) == 1 else None


def _nearer(candidate: Candidate, days: _Days) -> Order | None:
    """The one order in which a date is near a day of the page, if in the other it is far from all of them."""
    near: list[Order] = []
    far = False
    for order in _ORDERS:
        read = _read(candidate, order)
        day = to_date(read.first) if read is not None else None
        apart = days.apart(day) if day is not None else None
        if apart is not None and apart <= _NEAR_DAYS:
            near.append(order)
        far = far or (apart is not None and apart > _FAR_DAYS)
    return near[0] if far and len(near) == 1 else None


def _read(candidate: Candidate, order: Order | None) -> Candidate | None:
    """An ambiguous date (kept day first) in an order."""
    if order is None:
        return None
    if order == "day-month":
        return replace(candidate, ambiguous=False)
    first, last = _swap(candidate.first), candidate.last and _swap(candidate.last)
    if to_date(first) is None or (last is not None and to_date(last) is None):
        return None
    return replace(candidate, first=first, last=last, ambiguous=False)


def _swap(moment: Moment) -> Moment:
    return replace(moment, month=moment.day, day=moment.month)


def weekday_fits(candidate: Candidate) -> bool:
    """Whether the date falls on the weekdays that the page states, where it states them."""
    ends = ((candidate.first, candidate.weekday), (candidate.last or candidate.first, candidate.last_weekday))
    for moment, weekday in ends:
        day = to_date(moment)
        if weekday is not None and day is not None and day.weekday() != weekday:
            return False
    return True


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
    when that puts it very near, or the stated weekday confirms it."""
    for year in (stamp.year, stamp.year - 1, stamp.year + 1):
        dated = with_year(candidate, year)
        day = to_date(dated.first) if dated else None
        confirmed = year == stamp.year or candidate.weekday is not None
        if day is not None and abs((day - stamp).days) <= (_DAYS_FROM_STAMP if confirmed else _DAYS_ACROSS_YEARS):
            return dated
    return None
