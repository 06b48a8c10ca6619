"""Records for the tests of the sinks: small, valid, different by number."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def _found(text: str, passage: str, rule: str) -> dict[str, Any]:
    start = text.index(passage)
    span = {"start": start, "end": start + len(passage), "text": passage}
    return {"evidence": [span], "method": "rule", "rule": rule, "confidence": 0.9, "origin": None}


def make_record(number: int, note: str = "", **changes: Any) -> dict[str, Any]:
    """Page ``number``: a workshop that the Riverine Mobility Agency held; ``note`` stands in its text."""
    title = f"Workshop {number} on seasonal labour mobility"
    text = (
        f"{title}\nOn 3 May 2023 the Riverine Mobility Agency and IOM met in Accra. "
        f"Ms Ama Serwaa Boateng spoke on SDG 10.7. {note}\n"
    )
    record: dict[str, Any] = {
        "schema_version": "1.0.0",
        "id": hashlib.sha256(f"page {number}".encode()).hexdigest()[:32],
        "source": {
            "path": f"pages/{number}.txt",
            "url": f"https://example.org/events/{number}",
            "media_type": "text/plain",
            "encoding": "utf-8",
            "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            "bytes": len(text),
            "saved_at": "2023-06-01T10:00:00+00:00",
        },
        "language": "en",
        "page_type": "event",
        "profile": {"name": "generic", "version": "1"},
        "title": title,
        "text": text,
        "provenance": [{"field": "title", **_found(text, title, "title.line")}],
        "sections": [
            {
                "kind": "body",
                "heading": None,
                "level": 1,
                "start": 0,
                "end": len(text),
                "body_start": 0,
                "method": "template",
            }
        ],
        "fields": [
            {"name": "type_of_event", "label": "Workshop", "values": [], "evidence": []},
            {"name": "theme", "label": "on", "values": ["seasonal labour mobility", "SDG 10.7"], "evidence": []},
        ],
        "event": {
            "start": "2023-05-03",
            "end": None,
            "status": None,
            "status_options": [],
            "attendance": "in_person",
            **_found(text, "3 May 2023", "date.day"),
        },
        "date_submitted": None,
        "date_published": None,
        "date_updated": None,
        "dates": [
            {
                "start": "2023-05-03",
                "end": None,
                "precision": "day",
                "role": "event",
                **_found(text, "3 May 2023", "date.day"),
            }
        ],
        "places": [
            {
                "name": "Accra",
                "kind": "city",
                "country_code": "GH",
                "m49": None,
                "role": "venue",
                **_found(text, "Accra", "place.prose"),
            }
        ],
        "organizations": [
            {
                "id": "org:riverine-mobility-agency",
                "name": "Riverine Mobility Agency",
                "acronym": None,
                "aliases": [],
                "kind": None,
                "country_code": None,
                "parent_id": None,
                "official_name": None,
                "roles": ["organizer"],
                **_found(text, "Riverine Mobility Agency", "org.pattern"),
            },
            {
                "id": "iom",
                "name": "IOM",
                "acronym": "IOM",
                "aliases": [],
                "kind": "un",
                "country_code": None,
                "parent_id": None,
                "official_name": "International Organization for Migration",
                "roles": ["organizer", "partner"],
                **_found(text, "IOM", "org.vocabulary"),
            },
        ],
        "people": [
            {
                "name": "Ama Serwaa Boateng",
                "honorific": "Ms",
                "position": None,
                "affiliation": None,
                "organization_id": None,
                "roles": ["speaker"],
                **_found(text, "Ama Serwaa Boateng", "person.honorific"),
            }
        ],
        "gcm": {"objectives": [], "principles": []},
        "sdgs": [
            {
                "goal": 10,
                "label": "Reduced Inequalities",
                "targets": ["10.7"],
                "basis": "cited",
                "stated": True,
                "concepts": [],
                **_found(text, "SDG 10.7", "tag.cited_number"),
            }
        ],
        "links": [{"url": "https://example.org/report.pdf", "text": "report", "rel": None}],
        "warnings": [{"code": "field_without_value", "field": "type_of_event", "message": "…", "start": 0, "end": 8}],
        "extraction": {"version": "0.1.0", "models": {}, "profile": "generic@1"},
    }
    return record | changes


def line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def lines(count: int) -> list[str]:
    return [line(make_record(number)) for number in range(count)]
