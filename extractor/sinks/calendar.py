"""iCalendar (RFC 5545): the event pages whose day is known, as a calendar. Needs icalendar, in the extra [formats]."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event

_STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
# When a page's saving time is unknown the stamp is this, so that the same records give the same calendar.
_NO_STAMP = datetime(1970, 1, 1, tzinfo=UTC)
# What may not stand in a calendar's text (RFC 5545, CONTROL) and what has no bytes.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def write_calendar(records: Iterable[dict[str, Any]], path: Path) -> int:
    """Write the calendar; gives the number of events in it. Pages without the day of an event are left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//extractor//events//EN")
    calendar.add("version", "2.0")
    count = 0
    for record in records:
        event = _event(record)
        if event is not None:
            calendar.add_component(event)
            count += 1
    path.write_bytes(calendar.to_ical())
    return count


def _event(record: dict[str, Any]) -> Event | None:
    if record["page_type"] != "event":
        return None
    start = _moment(record["event"]["start"])
    if start is None:
        return None
    event = Event()
    event.add("uid", f"{record['id']}@extractor")
    event.add("dtstamp", _stamp(record["source"]["saved_at"]))
    event.add("dtstart", start)
    end = _exclusive_end(start, _moment(record["event"]["end"]))
    if end is not None:
        event.add("dtend", end)
    event.add("summary", _text(record["title"] or "(no title)"))
    if location := _location(record):
        event.add("location", _text(location))
    if description := _description(record):
        event.add("description", _text(description))
    if record["source"]["url"]:
        event.add("url", _text(record["source"]["url"]))
    if tags := [f"SDG {s['goal']}" for s in record["sdgs"]] + [
        f"GCM objective {o['number']}" for o in record["gcm"]["objectives"]
    ]:
        event.add("categories", tags)
    if status := _STATUS.get(record["event"]["status"]):
        event.add("status", status)
    return event


def _moment(value: str | None) -> date | datetime | None:
    """A day, or a time in UTC, or a time of the place itself where the page gives no zone; else nothing."""
    if value is None or len(value) < len("2022-05-11"):
        return None
    if "T" not in value:
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _exclusive_end(start: date | datetime, end: date | datetime | None) -> date | datetime | None:
    """DTEND is the first moment after the event, and of the same kind as DTSTART."""
    if isinstance(start, datetime):
        return end if isinstance(end, datetime) and (end.tzinfo is None) == (start.tzinfo is None) else None
    last = end.date() if isinstance(end, datetime) else end or start
    return max(last, start) + timedelta(days=1)


def _stamp(saved_at: str | None) -> datetime:
    moment = datetime.fromisoformat(saved_at) if saved_at else _NO_STAMP
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _location(record: dict[str, Any]) -> str:
    order = ("venue", "city", "country")
    venues = [p for p in record["places"] if p["role"] == "venue" and p["kind"] in order]
    return ", ".join(p["name"] for p in sorted(venues, key=lambda p: order.index(p["kind"])))


def _description(record: dict[str, Any]) -> str:
    organizers = [o["name"] for o in record["organizations"] if "organizer" in o["roles"]]
    return f"Organized by {', '.join(organizers)}" if organizers else ""


def _text(value: str) -> str:
    return _CONTROL.sub("\ufffd", value)
