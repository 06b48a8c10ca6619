"""iCalendar (RFC 5545): the event pages whose days are known. Needs icalendar, in the extra [formats]."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event

_STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
# When a page's saving time is unknown the stamp is this, so that the same records give the same calendar.
_NO_STAMP = datetime(1970, 1, 1, tzinfo=UTC)
# What may not stand in a calendar's text (RFC 5545, CONTROL) and what has no bytes.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[!-~]+")  # anything else in a URL property could end its line

Moment = date | datetime


@dataclass(frozen=True, slots=True)
class CalendarReport:
    """Event pages written, and those left out because a calendar cannot say when they are."""

    events: int
    undated: int


def write_calendar(records: Iterable[dict[str, Any]], path: Path) -> CalendarReport:
    """Write the event pages. Those without the day of their start or end (a month, "present") are left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//extractor//events//EN")
    calendar.add("version", "2.0")
    events = undated = 0
    for record in records:
        if record["page_type"] != "event":
            continue
        period = period_of(record["event"]["start"], record["event"]["end"])
        if period is None:
            undated += 1
        else:
            calendar.add_component(_event(record, *period))
            events += 1
    path.write_bytes(calendar.to_ical())
    return CalendarReport(events, undated)


def period_of(start: str | None, end: str | None) -> tuple[Moment, Moment | None] | None:
    """DTSTART and DTEND; none when the page does not say the days.

    DTEND is the first moment after the event, and of the same kind as DTSTART: a period of which one end has a time
    (or a zone) and the other has none is one of whole days. A time has no DTEND when the page gives no end.
    """
    first = _moment(start)
    last = _moment(end) if end is not None else first
    if first is None or last is None:
        return None
    if isinstance(first, datetime) and isinstance(last, datetime) and _same_clock(first, last):
        return _in_utc(first), _in_utc(last) if last > first else None
    first, last = _day(first), _day(last)
    return first, min(max(first, last), date.max - timedelta(days=1)) + timedelta(days=1)


def _same_clock(first: datetime, last: datetime) -> bool:
    return (first.tzinfo is None) == (last.tzinfo is None)


def _moment(value: str | None) -> Moment | None:
    """A day, or a time with or without a zone; nothing for what is less precise, or no date of the calendar."""
    if value is None or len(value) < len("2022-05-11"):
        return None
    try:
        if "T" not in value:
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value)
        _in_utc(moment)
    except (ValueError, OverflowError):  # the 31st of June, the year 0, a time of which UTC is before the year 1
        return None
    return moment


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; a time without a zone stays one of the place itself."""
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _event(record: dict[str, Any], start: Moment, end: Moment | None) -> Event:
    event = Event()
    event.add("uid", f"{record['id']}@extractor")
    event.add("dtstamp", _stamp(record["source"]["saved_at"]))
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
    event.add("summary", _text(record["title"] or "(no title)"))
    if location := _location(record):
        event.add("location", _text(location))
    if description := _description(record):
        event.add("description", _text(description))
    if _ADDRESS.fullmatch(record["source"]["url"] or ""):
        event.add("url", record["source"]["url"])
    if tags := _tags(record):
        event.add("categories", tags)
    if status := _STATUS.get(record["event"]["status"]):
        event.add("status", status)
    return event


def _stamp(saved_at: str | None) -> datetime:
    moment = _moment(saved_at)
    if not isinstance(moment, datetime):
        return _NO_STAMP
    return _in_utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _location(record: dict[str, Any]) -> str:
    order = ("venue", "city", "country")
    venues = [p for p in record["places"] if p["role"] == "venue" and p["kind"] in order]
    return ", ".join(p["name"] for p in sorted(venues, key=lambda p: order.index(p["kind"])))


def _description(record: dict[str, Any]) -> str:
    organizers = [o["name"] for o in record["organizations"] if "organizer" in o["roles"]]
    return f"Organized by {', '.join(organizers)}" if organizers else ""


def _tags(record: dict[str, Any]) -> list[str]:
    objectives = [f"GCM objective {o['number']}" for o in record["gcm"]["objectives"]]
    return objectives + [f"SDG {s['goal']}" for s in record["sdgs"]]


def _text(value: str) -> str:
    return _CONTROL.sub("\ufffd", value)
