"""schema.org/Event as JSON-LD, and how complete it is by Google's rules for events.

Rules: developers.google.com/search/docs/appearance/structured-data/event (required and recommended properties).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_MODES = {"in_person": "Offline", "online": "Online", "hybrid": "Mixed"}
_STATUSES = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}

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
        missing = [p for p in REQUIRED if not _has(event, p)]
        self.complete += not missing
        self.missing_required.update(missing)
        self.missing_recommended.update(p for p in RECOMMENDED if not _has(event, p))


def write_jsonld(records: Iterable[dict[str, Any]], path: Path) -> Completeness:
    """Write the event pages as one JSON-LD graph; gives its completeness."""
    completeness = Completeness()
    graph = []
    for record in records:
        if record["page_type"] == "event":
            event = event_jsonld(record)
            completeness.add(event)
            graph.append(event)
    document = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=True, indent=1)
    # A page may embed the file in <script>: nothing in it may end that element.
    path.write_text(document.replace("<", "\\u003c"), encoding="ascii")
    return completeness


def event_jsonld(record: dict[str, Any]) -> dict[str, Any]:
    """One record as a schema.org Event. What the page does not say is left out."""
    event = record["event"]
    end = event["end"] if event["end"] != "present" else None
    properties = {
        "@type": "Event",
        "@id": f"urn:extractor:{record['id']}",
        "name": record["title"],
        "startDate": event["start"],
        "endDate": end,
        "eventStatus": _schema_org(_STATUSES.get(event["status"] or "")),
        "eventAttendanceMode": _schema_org(event["attendance"] and f"{_MODES[event['attendance']]}EventAttendanceMode"),
        "location": _location(record),
        "organizer": _bodies(record, "organizer"),
        "sponsor": _bodies(record, "donor"),
        "performer": [
            _without_nothing(
                {
                    "@type": "Person",
                    "name": p["name"],
                    "honorificPrefix": p["honorific"],
                    "jobTitle": p["position"],
                    "affiliation": p["affiliation"] and {"@type": "Organization", "name": p["affiliation"]},
                }
            )
            for p in record["people"]
            if {"speaker", "moderator"} & set(p["roles"])
        ],
        "description": _summary(record),
        "inLanguage": record["language"],
        "url": record["source"]["url"],
        "about": _about(record),
    }
    return _without_nothing(properties)


def _location(record: dict[str, Any]) -> list[dict[str, Any]]:
    venues = {p["kind"]: p for p in reversed(record["places"]) if p["role"] == "venue"}
    locations: list[dict[str, Any]] = []
    if venues.keys() & {"venue", "city", "country"}:
        city = venues.get("city")
        country = next((p["country_code"] for p in venues.values() if p["country_code"]), None)
        address = {"@type": "PostalAddress", "addressLocality": city and city["name"], "addressCountry": country}
        place = {"@type": "Place", "name": venues["venue"]["name"] if "venue" in venues else None}
        locations.append(_without_nothing({**place, "address": _without_nothing(address)}))
    if record["event"]["attendance"] in ("online", "hybrid"):
        locations.append(_without_nothing({"@type": "VirtualLocation", "url": record["source"]["url"]}))
    return locations


def _bodies(record: dict[str, Any], role: str) -> list[dict[str, Any]]:
    return [{"@type": "Organization", "name": o["name"]} for o in record["organizations"] if role in o["roles"]]


def _summary(record: dict[str, Any]) -> str | None:
    section = next((s for s in record["sections"] if s["kind"] in ("summary", "about", "body")), None)
    if section is None:
        return None
    paragraphs = record["text"][section["body_start"] : section["end"]].strip().split("\n")
    return paragraphs[0] or None


def _about(record: dict[str, Any]) -> list[dict[str, Any]]:
    goals = [("Sustainable Development Goals", str(s["goal"]), s["label"]) for s in record["sdgs"]]
    objectives = [("GCM objectives", str(o["number"]), o["label"]) for o in record["gcm"]["objectives"]]
    return [
        {"@type": "DefinedTerm", "inDefinedTermSet": terms, "termCode": code, "name": label}
        for terms, code, label in goals + objectives
    ]


def _schema_org(name: str | None) -> str | None:
    return f"https://schema.org/{name}" if name else None


def _without_nothing(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, [], {})}


def _has(event: dict[str, Any], name: str) -> bool:
    first, _, rest = name.partition(".")
    value = event.get(first)
    if not rest or value is None:
        return value is not None
    return any(rest in v or v["@type"] == "VirtualLocation" for v in value)
