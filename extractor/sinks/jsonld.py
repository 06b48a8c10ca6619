"""schema.org/Event as JSON-LD, and how complete it is by Google's rules for events.

Rules: developers.google.com/search/docs/appearance/structured-data/event (required and recommended properties).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.sinks.rows import storable

_MODES = {"in_person": "Offline", "online": "Online", "hybrid": "Mixed"}
_STATUSES = {
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "moved online": "EventMovedOnline",
}
_ADDRESS = re.compile(r"https?://\S+")  # no javascript: leaves here
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

REQUIRED = ("name", "startDate", "location", "location.address")
RECOMMENDED = ("description", "endDate", "eventStatus", "location.name", "organizer", "performer", "image", "offers")


@dataclass(slots=True)
class Completeness:
    """How many of the events lack each property that Google requires or recommends."""

    events: int = 0
    complete: int = 0  # events with all that is required
    missing_required: Counter[str] = field(default_factory=Counter)
    missing_recommended: Counter[str] = field(default_factory=Counter)

    def add(self, event: dict[str, Any]) -> None:
        self.events += 1
        missing = [name for name in REQUIRED if not _has(event, name)]
        self.complete += not missing
        self.missing_required.update(missing)
        self.missing_recommended.update(name for name in RECOMMENDED if not _has(event, name))


def write_jsonld(records: Iterable[dict[str, Any]], path: Path) -> Completeness:
    """Write the event pages as one JSON-LD graph; gives its completeness."""
    completeness = Completeness()
    with path.open("w", encoding="ascii", newline="\n") as stream:
        stream.write('{"@context": "https://schema.org", "@graph": [')
        for record in records:
            if record["page_type"] == "event":
                event = event_jsonld(record)
                # A page may embed the file in <script>: nothing in it may end that element.
                written = json.dumps(event, ensure_ascii=True).replace("<", "\\u003c")
                stream.write(f"{',' if completeness.events else ''}\n{written}")
                completeness.add(event)
        stream.write("\n]}\n")
    return completeness


def event_jsonld(record: dict[str, Any]) -> dict[str, Any]:
    """One record as a schema.org Event. What the page does not say is left out."""
    record = storable(record)
    event = record["event"]
    properties = {
        "@type": "Event",
        "@id": f"urn:extractor:{record['id']}",
        "name": record["title"],
        "startDate": event["start"],
        "endDate": event["end"] if event["end"] != "present" else None,
        "eventStatus": _schema_org(_STATUSES.get(event["status"])),
        "eventAttendanceMode": _schema_org(event["attendance"] and f"{_MODES[event['attendance']]}EventAttendanceMode"),
        "location": _location(record),
        "organizer": _bodies(record, "organizer"),
        "sponsor": _bodies(record, "donor"),
        "performer": [_person(p) for p in record["people"] if {"speaker", "moderator"} & set(p["roles"])],
        "description": _summary(record),
        "inLanguage": record["language"],
        "url": record["source"]["url"] if _ADDRESS.fullmatch(record["source"]["url"] or "") else None,
        "about": _about(record),
    }
    return _said(properties)


def _location(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The first venue, city and country as one place; an online event has a place without an address."""
    venues = {p["kind"]: p for p in reversed(record["places"]) if p["role"] == "venue" and p["kind"] != "region"}
    locations: list[dict[str, Any]] = []
    if venues:
        address = {
            "addressLocality": venues["city"]["name"] if "city" in venues else None,
            "addressCountry": next((p["country_code"] for p in venues.values() if p["country_code"]), None),
        }
        place = {
            "@type": "Place",
            "name": venues["venue"]["name"] if "venue" in venues else None,
            "address": {"@type": "PostalAddress", **_said(address)} if _said(address) else None,
        }
        locations.append(_said(place))
    if record["event"]["attendance"] in ("online", "hybrid"):
        locations.append({"@type": "VirtualLocation"})  # where to join the page does not say
    return locations


def _bodies(record: dict[str, Any], role: str) -> list[dict[str, Any]]:
    return [{"@type": "Organization", "name": o["name"]} for o in record["organizations"] if role in o["roles"]]


def _person(person: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "@type": "Person",
        "name": person["name"],
        "honorificPrefix": person["honorific"],
        "jobTitle": person["position"],
        "affiliation": person["affiliation"] and {"@type": "Organization", "name": person["affiliation"]},
    }
    return _said(properties)


def _summary(record: dict[str, Any]) -> str | None:
    """The first paragraph of what the page says about the event."""
    section = next((s for s in record["sections"] if s["kind"] in ("summary", "body")), None)
    if section is None:
        return None
    return record["text"][section["body_start"] : section["end"]].strip().split("\n")[0] or None


def _about(record: dict[str, Any]) -> list[dict[str, Any]]:
    goals = [("Sustainable Development Goals", str(s["goal"]), s["label"]) for s in record["sdgs"]]
    objectives = [("GCM objectives", str(o["number"]), o["label"]) for o in record["gcm"]["objectives"]]
    return [
        {"@type": "DefinedTerm", "inDefinedTermSet": terms, "termCode": code, "name": label}
        for terms, code, label in goals + objectives
    ]


def _schema_org(name: str | None) -> str | None:
    return f"https://schema.org/{name}" if name else None


def _said(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "", [], {})}


def _has(event: dict[str, Any], name: str) -> bool:
    """Whether the event has the property, good enough for Google: a start to the day, an address of a real place."""
    first, _, rest = name.partition(".")
    value = event.get(first)
    if value is None:
        return False
    if name == "startDate":
        return _DAY.match(value) is not None
    if not rest:
        return True
    places = [location for location in value if location["@type"] == "Place"]
    return bool(places) and all(rest in place for place in places)
