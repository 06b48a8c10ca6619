"""The calendar, read back with a parser of iCalendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from extractor.sinks.calendar import period_of, write_calendar
from tests.sinks.records import make_record


def written(folder: Path, *records: dict[str, Any]) -> list[Any]:
    """The events of the calendar, as its parser gives them."""
    write_calendar(records, folder / "events.ics")
    calendar = Calendar.from_ical((folder / "events.ics").read_bytes())
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    return list(calendar.walk("VEVENT"))


def dated(start: str | None, end: str | None = None, number: int = 1) -> dict[str, Any]:
    record = make_record(number)
    record["event"] |= {"start": start, "end": end}
    return record


DAYS = [
    # all day: the end is the day after the last
    ("2023-05-03", None, date(2023, 5, 3), date(2023, 5, 4)),
    ("2023-05-03", "2023-05-03", date(2023, 5, 3), date(2023, 5, 4)),
    ("2023-05-30", "2023-06-02", date(2023, 5, 30), date(2023, 6, 3)),
    ("2023-12-31", None, date(2023, 12, 31), date(2024, 1, 1)),
    # with a zone: UTC
    (
        "2023-05-03T09:00+02:00",
        "2023-05-03T17:30+02:00",
        datetime(2023, 5, 3, 7, 0, tzinfo=UTC),
        datetime(2023, 5, 3, 15, 30, tzinfo=UTC),
    ),
    ("2023-05-03T09:00Z", None, datetime(2023, 5, 3, 9, 0, tzinfo=UTC), None),
    # without a zone: the time of the place
    ("2023-05-03T09:00", "2023-05-04T17:30:15", datetime(2023, 5, 3, 9, 0), datetime(2023, 5, 4, 17, 30, 15)),
    ("2023-05-03T09:00", None, datetime(2023, 5, 3, 9, 0), None),
    # an end must be after the start
    ("2023-05-03T09:00", "2023-05-03T09:00", datetime(2023, 5, 3, 9, 0), None),
    ("2023-05-03", "2023-05-01", date(2023, 5, 3), date(2023, 5, 4)),
    # two kinds of moment: whole days, those of the place
    ("2023-05-03T23:30-05:00", "2023-05-05", date(2023, 5, 3), date(2023, 5, 6)),
    ("2023-05-03", "2023-05-05T17:00", date(2023, 5, 3), date(2023, 5, 6)),
    ("2023-05-03T09:00Z", "2023-05-05T17:00", date(2023, 5, 3), date(2023, 5, 6)),
    ("9999-12-31", None, date(9999, 12, 31), date(9999, 12, 31)),
]


@pytest.mark.parametrize(("start", "end", "dtstart", "dtend"), DAYS)
def test_periods(tmp_path: Path, start: str, end: str | None, dtstart: object, dtend: object) -> None:
    [event] = written(tmp_path, dated(start, end))
    assert event["dtstart"].dt == dtstart
    assert type(event["dtstart"].dt) is type(dtstart)
    assert (event["dtend"].dt if "dtend" in event else None) == dtend


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (None, None),
        ("2023", None),
        ("2023-05", None),
        ("2023-05-03", "2023-06"),
        ("2023-05-03", "present"),
        ("2023-02-30", None),
        ("0000-01-01", None),
        ("0001-01-01T00:00+14:00", None),
    ],
)
def test_what_has_no_day_is_left_out_and_counted(tmp_path: Path, start: str | None, end: str | None) -> None:
    report = write_calendar([dated(start, end), dated("2023-05-03", number=2)], tmp_path / "events.ics")
    assert (report.events, report.undated) == (1, 1)


_DATES = st.from_regex(
    r"\A\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(Z|[+-]1\d:00)?)?)?)?\Z"
)


@given(_DATES, st.none() | st.just("present") | _DATES)
def test_the_end_is_after_the_start_and_of_its_kind(start: str, end: str | None) -> None:
    period = period_of(start, end)
    if period and period[1] is not None:
        assert type(period[0]) is type(period[1])
        assert period[1] > period[0] or period[0] == date.max


def test_what_the_event_says_of_itself(tmp_path: Path) -> None:
    record = make_record(1)
    record["event"]["status"] = "cancelled"
    record["places"].append(record["places"][0] | {"name": "Hall of the Tides, room 2", "kind": "venue"})
    [event] = written(tmp_path, record)
    assert event["summary"] == "Workshop 1 on seasonal labour mobility"
    assert event["location"] == "Hall of the Tides, room 2, Accra"
    assert event["description"] == "Organized by Riverine Mobility Agency, IOM"
    assert event["url"] == "https://example.org/events/1"
    assert event["categories"].cats == ["SDG 10"]
    assert event["status"] == "CANCELLED"
    assert event["dtstamp"].dt == datetime(2023, 6, 1, 10, 0, tzinfo=UTC)


def test_the_uid_is_that_of_the_page_and_the_file_is_always_the_same(tmp_path: Path) -> None:
    record = make_record(1)
    [event] = written(tmp_path, record)
    first = (tmp_path / "events.ics").read_bytes()
    assert event["uid"] == f"{record['id']}@extractor"
    [changed] = written(tmp_path, dated("2024-01-01"))
    assert changed["uid"] == event["uid"]
    written(tmp_path, record)
    assert (tmp_path / "events.ics").read_bytes() == first


@pytest.mark.parametrize("saved_at", [None, "yesterday", "2023-06-01", "0001-01-01T00:00+14:00"])
def test_without_a_time_of_saving_the_stamp_is_fixed(tmp_path: Path, saved_at: str | None) -> None:
    record = make_record(1)
    record["source"]["saved_at"] = saved_at
    assert written(tmp_path, record)[0]["dtstamp"].dt == datetime(1970, 1, 1, tzinfo=UTC)


def test_only_events_are_in_it(tmp_path: Path) -> None:
    assert written(tmp_path, make_record(1, page_type="practice"), make_record(2, page_type="news")) == []


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Fish, chips; and \\ more\nsecond line", "Fish, chips; and \\ more\nsecond line"),
        ("END:VEVENT\r\nBEGIN:VEVENT", "END:VEVENT\ufffd\nBEGIN:VEVENT"),
        ("nul \x00, bell \x07, alone \ud800", "nul \ufffd, bell \ufffd, alone \ufffd"),
        ("😀" * 100, "😀" * 100),
        ("\u202eright\u202c to left", "\u202eright\u202c to left"),
        (None, "(no title)"),
    ],
)
def test_hostile_titles(tmp_path: Path, title: str | None, summary: str) -> None:
    [event] = written(tmp_path, make_record(1, title=title))
    assert event["summary"] == summary


@pytest.mark.parametrize("url", ["https://example.org/\r\nSTATUS:CANCELLED", "javascript:alert(1)", "https://é", None])
def test_hostile_addresses_are_left_out(tmp_path: Path, url: str | None) -> None:
    record = make_record(1)
    record["source"]["url"] = url
    [event] = written(tmp_path, record)
    assert "url" not in event
    assert "status" not in event
