"""Reading dates in running text by our own grammar: text → candidates, each with its bounds and what it says.

dateparser never searches (it takes "may", "3rd" and resolution numbers for dates); it only names the month of a word
in languages whose months are not in ``vocabularies/dates.json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extractor.model import DatePrecision
from extractor.stages.dates.patterns import (
    BETWEEN,
    CHAIN,
    DASHES,
    GAPS,
    LONGEST_GAP,
    MONTH_NUMBERS,
    OPEN,
    TOKEN,
    WEAK_MONTHS,
    WEEKDAY_NUMBERS,
    WORDS,
    YEAR_CUE,
    ZONE,
    bare,
    foreign_token,
)

# How a date in figures is read: "03/04/2022".
Order = Literal["day-month", "month-day"]
_OUR_LANGUAGES = ("en", "fr", "es")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as far as the page tells it. Without a year it is no date yet: see ``years``."""

    year: int | None
    month: int | None = None
    day: int | None = None
    clock: str | None = None  # "09:30"
    zone: str | None = None  # an IANA name, or "+02:00"

    @property
    def precision(self) -> DatePrecision:
        if self.clock is not None:
            return "minute"
        return "day" if self.day is not None else "month" if self.month is not None else "year"

    def iso(self) -> str:
        """ISO 8601, as precise as the moment is. Raises ``ValueError`` when it has no year."""
        if self.year is None:
            raise ValueError("a moment without a year is no date")
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        if self.clock is None or self.day is None:
            return "-".join(parts)
        return f"{'-'.join(parts)}T{self.clock}{self._offset()}"

    def _offset(self) -> str:
        """ "+02:00", or nothing when the zone is not stated or contradicts the season ("CET" in July)."""
        if self.zone is None or self.zone[0] in "+-":
            return self.zone or ""
        name, _, abbreviation = self.zone.partition("|")
        at = datetime.fromisoformat(f"{self.year:04}-{self.month:02}-{self.day:02}T{self.clock}")
        try:
            local = at.replace(tzinfo=ZoneInfo(name))
        except ZoneInfoNotFoundError:
            return ""
        if abbreviation and local.tzname() != abbreviation:
            return ""
        offset = local.strftime("%z")
        return f"{offset[:3]}:{offset[3:5]}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date or a range found in the text; ``first.year`` is None when no year stands with it."""

    start: int
    end: int
    first: Moment
    last: Moment | None = None
    open: bool = False  # "2020 - Present"
    rule: str = "date.day"
    weekday: int | None = None  # of ``first``, as the page states it: Monday is 0
    last_weekday: int | None = None
    ambiguous: bool = False  # in figures, kept day first, and it does not itself say which one is the month


class Clock(NamedTuple):
    text: str  # "09:30"
    half: str  # "a", "p" or nothing
    zone: str | None


class Token(NamedTuple):
    symbol: str
    start: int
    end: int
    value: int | Moment | Clock | None = None


def find_in_text(text: str, language: str = "en", order: Order | None = None) -> list[Candidate]:
    """All dates of a text, in its order. ``order``: how to read dates in figures that can be read both ways.

    Bare years without a word that makes them dates ("in 2019") come with the rule "date.bare_year".
    """
    return candidates(text, tokens(text, language), order)


# --- tokens -----------------------------------------------------------------------------------------------------

_DIGIT = re.compile(r"\d")
_BEFORE, _BEHIND = 64, 40  # how far from a digit a date can reach: "Wednesday, the 12th of September"


def tokens(text: str, language: str = "en") -> list[Token]:
    """The tokens around the digits of a text: no date is without a digit."""
    pattern = TOKEN if language in _OUR_LANGUAGES else foreign_token()
    found: list[Token] = []
    for start, end in _windows(text):
        found += [token for match in pattern.finditer(text, start, end) if (token := _token(match, language))]
    return found


def _windows(text: str) -> Iterator[tuple[int, int]]:
    begin, end = 0, -1
    for digit in _DIGIT.finditer(text):
        at = digit.start()
        if end < 0:
            begin = _word_start(text, max(0, at - _BEFORE), 0)
        elif at - _BEFORE > end:
            yield begin, end
            begin = _word_start(text, at - _BEFORE, end)
        if at + _BEHIND > end:
            end = _word_end(text, min(len(text), at + _BEHIND))
    if end >= 0:
        yield begin, end


def _word_start(text: str, at: int, least: int) -> int:
    stop = max(least, at - 20)
    while at > stop and text[at - 1].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    stop = min(len(text), at + 20)
    while at < stop and text[at].isalnum():
        at += 1
    return at


def _token(match: re.Match[str], language: str) -> Token | None:
    kind, (start, end) = match.lastgroup, match.span()
    raw = match.group()
    if kind == "day":
        return Token("d", start, end, int(re.match(r"\d+", raw).group()))  # type: ignore[union-attr]  # begins with digits
    if kind == "month":
        return Token("m", start, end, MONTH_NUMBERS[bare(raw.rstrip("."))])
    if kind == "month_figure":
        return Token("m", start, end, int(raw))
    if kind == "year":
        return Token("y", start, end, int(raw))
    if kind == "count":
        return Token("c", start, start + 4, int(raw[:4]))
    if kind == "weekday":
        return Token("w", start, end, WEEKDAY_NUMBERS[bare(raw.rstrip("."))])
    if kind in ("time", "dotted"):
        clock = _clock(raw)
        if clock is None:
            return Token("x", start, end)
        zone, length = _zone(match.string, end)
        half = re.search(r"([ap])\.?m", raw.lower())
        value = Clock(clock, half.group(1) if half else "", zone)
        return Token("h" if kind == "dotted" and zone is None else "t", start, end + length, value)
    if kind == "figures":
        return Token("i", start, end)
    if match["iso"]:
        return Token("i", start, end, _iso(match))
    if kind == "word":
        month = foreign_month(language, match["word"])
        return Token("m", start, end, month) if month is not None else None
    return Token("x", start, end)


def _iso(match: re.Match[str]) -> Moment:
    year, month, day = (int(part) for part in re.findall(r"\d+", match["iso"])[:3])
    zone = match["isozone"]
    if zone is not None:
        zone = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    return Moment(year, month, day, match["isotime"], zone)


def _clock(raw: str) -> str | None:
    """ "8:30 pm", "20h30", "5 p.m.", "15 h" → "20:30", "20:30", "17:00", "15:00"; None for what is no time of day."""
    numbers = re.findall(r"\d+", raw)
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    if len(numbers) == 1 and len(numbers[0]) == 4:
        hour, minute = divmod(hour, 100)
    half = re.search(r"([ap])\.?m", raw.lower())
    if half is not None and hour <= 12:
        hour = hour % 12 + (12 if half.group(1) == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _zone(text: str, at: int) -> tuple[str | None, int]:
    """The time zone that stands at ``at``, and how many characters it takes."""
    match = ZONE.match(text, at)
    if match is None:
        return None, 0
    if match["utc"]:
        sign = "+" if "+" in match["utc"] else "-"
        numbers = re.findall(r"\d+", match["utc"])
        hours, minutes = (numbers[0][:-2] or "0", numbers[0][-2:]) if len(numbers[0]) > 2 else (numbers[0], "00")
        return f"{sign}{int(hours):02}:{numbers[1] if len(numbers) > 1 else minutes}", match.end() - at
    if match["name"]:
        name = match["name"]
        checked = "" if name in WORDS["zones_all_year"] else f"|{name}"
        return WORDS["zones"][name] + checked, match.end() - at
    city = match["in"] or match["of"] or match["at"] or match["hour_of"]
    return _CITY_ZONES[bare(city)], match.end() - at


_CITY_ZONES = {bare(city): zone for city, zone in WORDS["zone_cities"].items()}


@lru_cache(maxsize=4096)
def foreign_month(language: str, word: str) -> int | None:
    """The month that a word names in a language, by dateparser; None when it names none."""
    from dateparser.date import DateDataParser  # slow to import, and needed for few pages

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "RELATIVE_BASE": datetime(2000, 1, 1)}
    try:
        read = DateDataParser(languages=[language], settings=settings).get_date_data(f"1 {word} 2000").date_obj
    except ValueError:  # a language that dateparser does not know
        return None
    return read.month if read is not None and (read.day, read.year) == (1, 2000) else None


# --- rows of tokens ---------------------------------------------------------------------------------------------


def candidates(text: str, found: list[Token], order: Order | None = None) -> list[Candidate]:
    """The dates that a text's tokens form."""
    letters = "".join(_letters(text, found))
    out: list[Candidate] = []
    for chain in CHAIN.finditer(letters):
        if chain.start() % 2 == 0:
            row = found[chain.start() // 2 : chain.end() // 2 + 1]
            out.extend(_read_row(text, row, "!" + letters[chain.start() + 1 : chain.end() : 2], order))
    return out


def _letters(text: str, found: list[Token]) -> Iterator[str]:
    """Token and gap letters in turn."""
    previous: Token | None = None
    for token in found:
        if previous is not None:
            yield _gap(text, previous.end, token.start)
        yield token.symbol
        previous = token


def _gap(text: str, start: int, end: int) -> str:
    if end - start > LONGEST_GAP:
        return "!"
    gap = text[start:end]
    core = bare(gap.strip().translate(DASHES))
    if "\n" in gap:
        head = gap.split("\n", 1)[0].strip()
        if not core:
            return "n" if gap.count("\n") <= 2 else "!"
        if not head:
            return "!"  # the dash of a list item joins nothing
    return GAPS.get(" ".join(core.split()), "!")


@dataclass(slots=True)
class _Point:
    """One day, month or year of a row, with the parts that belong to it, wherever in the row they stand."""

    gap: str  # what stands before it
    low: int
    high: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    clocks: tuple[str, ...] = ()
    zone: str | None = None
    ambiguous: bool = False
    rule: str = "date.day"
    year_token: Token | None = None

    def take(self, token: Token) -> None:
        self.low, self.high = min(self.low, token.start), max(self.high, token.end)

    def moment(self, clock: int = 0) -> Moment:
        timed = clock < len(self.clocks)
        return Moment(self.year, self.month, self.day, *((self.clocks[clock], self.zone) if timed else ()))


def _read_row(text: str, row: list[Token], gaps: str, order: Order | None) -> list[Candidate]:
    """The dates of one row. ``gaps[k]`` stands before ``row[k]``."""
    points = _points(text, row, gaps, order)
    read = (_candidate(text, pair, len(points) > len(pair)) for pair in _pairs(text, points))
    return [candidate for candidate in read if candidate is not None]


def _points(text: str, row: list[Token], gaps: str, order: Order | None) -> list[_Point]:
    month_of = _months_of_days(row, gaps)
    used = set(month_of.values())
    points: list[_Point] = []
    times: list[Token] = []
    for k, token in enumerate(row):
        if token.symbol in "di" or (token.symbol == "m" and k not in used):
            first = k - 1 if k and month_of.get(k) == k - 1 else k  # "May 3" begins with its month
            weekday = row[first - 1] if first and row[first - 1].symbol == "w" else None
            point = _Point(gaps[first - 1 if weekday else first], token.start, token.end)
            _set_day(point, token, text, order)
            if k in month_of:
                point.month = _number(row[month_of[k]])
                point.take(row[month_of[k]])
            if weekday is not None:
                point.weekday = _number(weekday)
                point.take(weekday)
            _set_times(point, times)
            times = []
            points.append(point)
        elif token.symbol in "yc":
            waiting = [point for point in points if point.year is None]
            for point in waiting:
                point.year, point.year_token = _number(token), token
                point.take(token)
            if not waiting:
                points.append(_Point(gaps[k], token.start, token.end, _number(token), rule="date.year"))
        elif token.symbol in "th":
            times.append(token)
            if points and (k + 1 == len(row) or row[k + 1].symbol not in "th"):
                _set_times(points[-1], times)
                times = []
    return points


def _months_of_days(row: list[Token], gaps: str) -> dict[int, int]:
    """For every day of a row the place of its month: after it ("3 and 4 May") or before it ("May 3 and 4")."""
    month_of: dict[int, int] = {}
    waiting: list[int] = []
    leading: int | None = None
    for k, token in enumerate(row):
        following = gaps[k + 1] + row[k + 1].symbol if k + 1 < len(row) else ""
        if token.symbol == "d":
            if leading is not None and following not in ("_m", "nm", ".m"):
                month_of[k] = leading
            else:
                waiting.append(k)
        elif token.symbol == "m":
            leading = None
            if waiting:
                month_of.update(dict.fromkeys(waiting, k))
                waiting = []
            elif following in ("_d", "nd"):
                leading = k
        elif token.symbol in "yc":
            leading = None
    return month_of


def _set_day(point: _Point, token: Token, text: str, order: Order | None) -> None:
    if token.symbol == "d":
        point.day = _number(token)
    elif token.symbol == "m":
        point.month, point.rule = _number(token), "date.month"
    elif isinstance(token.value, Moment):
        moment = token.value
        point.year, point.month, point.day, point.zone = moment.year, moment.month, moment.day, moment.zone
        point.clocks = (moment.clock,) if moment.clock else ()
        point.rule = "date.iso"
    else:
        figures = text[token.start : token.end]
        first, second, year = (int(number) for number in re.findall(r"\d+", figures))
        known = figures_order(figures) or order
        point.ambiguous = known is None
        point.month, point.day = (first, second) if known == "month-day" else (second, first)
        point.year, point.rule = (year, "date.figures") if year > 99 else (2000 + year, "date.short_year")


def figures_order(figures: str) -> Order | None:
    """How a date in figures must be read, from itself alone: "14/11/2016", "11/14/2016", dots ("3.4.2016")."""
    first, second = (int(number) for number in re.findall(r"\d+", figures)[:2])
    if "." in figures or first == second or first > 12:
        return "day-month"
    return "month-day" if second > 12 else None


def _set_times(point: _Point, times: list[Token]) -> None:
    if not times:
        return
    read = [token.value for token in times if isinstance(token.value, Clock)]
    point.clocks = tuple(clock.text for clock in read)
    if len(read) == 2 and not read[0].half and read[1].half:  # "2:00 – 4:00 pm"
        both = _clock(f"{read[0].text} {read[1].half}m")
        if both is not None and both < read[1].text:
            point.clocks = (both, read[1].text)
    point.zone = next((clock.zone for clock in read if clock.zone is not None), None)
    for token in times:
        point.take(token)


def _pairs(text: str, points: list[_Point]) -> list[list[_Point]]:
    """Points that are one range together: "3 to 5 May", "between 3 and 5 May", "3 and 4 May"."""
    pairs: list[list[_Point]] = []
    for point in points:
        if pairs and len(pairs[-1]) == 1 and _is_range(text, pairs[-1][0], point):
            pairs[-1].append(point)
        else:
            pairs.append([point])
    return pairs


def _is_range(text: str, first: _Point, second: _Point) -> bool:
    if second.gap == "-":
        return True
    if second.gap not in "&/":
        return False
    return (first.gap != "," and _adjacent(first, second)) or BETWEEN.search(
        text, max(0, first.low - 30), first.low
    ) is not None


def _adjacent(first: _Point, second: _Point) -> bool:
    """Whether the second is the next day or the next month."""
    if first.month is None or second.month is None or (first.day is None) != (second.day is None):
        return False
    if first.day is None or second.day is None:
        return second.month == first.month + 1
    return (second.month, second.day) == (first.month, first.day + 1)


def _candidate(text: str, pair: list[_Point], listed: bool) -> Candidate | None:
    first, last = pair[0], pair[-1]
    if first is not last:
        _share_year(first, last)
        _share_times(first, last)
    if any(not _possible(point) or _weak(text, point) for point in pair):
        return None
    start = first.moment()
    end = last.moment() if first is not last else first.moment(1) if len(first.clocks) > 1 else None
    if end is not None and not _in_order(start, end):
        return None
    low, high = min(point.low for point in pair), max(point.high for point in pair)
    opened = OPEN.match(text, high) if end is None else None
    rule = first.rule
    if rule == "date.day":
        rule = "date.range" if first is not last else "date.list" if listed else rule
    if rule == "date.year" and opened is None and not YEAR_CUE.search(text, max(0, low - 24), low):
        rule = "date.bare_year"
    ambiguous = any(point.ambiguous for point in pair)
    if opened is not None:
        high = opened.end()
    last_weekday = last.weekday if first is not last else None
    return Candidate(low, high, start, end, opened is not None, rule, first.weekday, last_weekday, ambiguous)


def _share_year(first: _Point, last: _Point) -> None:
    """ "28 December – 3 January 2022", "30 November 2021 – 2 January": one year is said, the order says the other."""
    crosses = (last.month or 0) < (first.month or 0)
    if last.year is None and first.year is not None:
        last.year = first.year + crosses
    elif first.year is not None and first.year_token is not None and first.year_token is last.year_token:
        first.year -= crosses


def _share_times(first: _Point, last: _Point) -> None:
    """ "12–13 May, 9:00–17:00": the hours open the first day and close the last. One hour alone could mean either."""
    if not first.clocks and len(last.clocks) == 2:
        first.clocks, first.zone = last.clocks[:1], last.zone
    last.clocks = last.clocks[-1:] if first.clocks else ()


def _possible(point: _Point) -> bool:
    if point.month is None:
        return point.day is None
    try:
        date(point.year or 2000, point.month, point.day or 1)  # 2000 has a 29 February
    except ValueError:
        return False
    return True


def _weak(text: str, point: _Point) -> bool:
    """ "12 may" is no date where nothing says that "may" is a month: a capital, a year, a stop ("3 ago.")."""
    if point.year is not None or point.day is None:
        return False
    words = re.findall(r"[^\W\d_]+(?!\.)\b", text[point.low : point.high])
    return any(word in WEAK_MONTHS for word in words)


def _in_order(start: Moment, end: Moment) -> bool:
    """Whether a range runs forward, as far as both ends tell."""
    if start.year is None or end.year is None:
        return start.year is end.year
    for x, y in zip((start.year, start.month, start.day), (end.year, end.month, end.day), strict=True):
        if x is None or y is None or x != y:
            return x is None or y is None or x < y
    return True


def _number(token: Token) -> int:
    if not isinstance(token.value, int):
        raise TypeError(f"a token {token.symbol!r} has no number")
    return token.value
