"""Records for the tests of review: built from a text and the passages in it that say something."""

from __future__ import annotations

from typing import Any

from tests.sinks.records import make_record

DAY, PLACE, BODY, PERSON = "3 May 2023", "Accra", "Riverine Mobility Agency", "Ama Serwaa Boateng"


def spans(text: str, *passages: str) -> list[dict[str, Any]]:
    """The first place of every passage."""
    return [
        {"start": text.index(passage), "end": text.index(passage) + len(passage), "text": passage}
        for passage in passages
    ]


def found(text: str, *passages: str, rule: str, **changes: Any) -> dict[str, Any]:
    """How a value was found: its passages, method, rule."""
    return {
        "evidence": spans(text, *passages), "method": "rule", "rule": rule, "confidence": 0.9, "origin": None,
    } | changes  # fmt: skip


def body(text: str, passage: str, *roles: str, rule: str = "org.head", **changes: Any) -> dict[str, Any]:
    return {
        "id": f"org:{passage.lower()}", "name": passage, "acronym": None, "aliases": [], "kind": None,
        "country_code": None, "parent_id": None, "official_name": None, "roles": list(roles) or ["mentioned"],
        **found(text, passage, rule=rule),
    } | changes  # fmt: skip


def place(text: str, name: str, kind: str = "city", role: str = "venue", code: str | None = "GH") -> dict[str, Any]:
    return {
        "name": name, "kind": kind, "country_code": code, "m49": None, "role": role,
        **found(text, name, rule="place.prose"),
    }  # fmt: skip


def person(text: str, name: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": name, "honorific": None, "position": None, "affiliation": None, "organization_id": None,
        "roles": ["speaker"], **found(text, name, rule="person.honorific"),
    } | changes  # fmt: skip


def date(text: str, passage: str, start: str, role: str = "event", end: str | None = None) -> dict[str, Any]:
    return {
        "start": start, "end": end, "precision": "day", "role": role, **found(text, passage, rule="date.day"),
    }  # fmt: skip


def tag(text: str, passage: str, basis: str, rule: str, **what: Any) -> dict[str, Any]:
    return {
        "basis": basis, "stated": basis != "inferred", "concepts": [], **what, **found(text, passage, rule=rule),
    }  # fmt: skip


def objective(text: str, passage: str, number: int, basis: str = "cited") -> dict[str, Any]:
    rule = "topic.gcm" if basis == "inferred" else "tag.cited_number"
    return tag(text, passage, basis, rule, number=number, label="L", title="T", rank=None)


def page(text: str, number: int = 1, **changes: Any) -> dict[str, Any]:
    """A record of a page with this text, which says nothing but what ``changes`` has."""
    empty: dict[str, Any] = {
        "text": text, "title": None, "provenance": [], "sections": [], "fields": [], "dates": [], "places": [],
        "organizations": [], "people": [], "gcm": {"objectives": [], "principles": []}, "sdgs": [], "links": [],
        "warnings": [],
        "event": {
            "start": None, "end": None, "status": None, "status_options": [], "attendance": None,
            **found(text, rule="event.none"),
        },
    }  # fmt: skip
    return make_record(number, **(empty | changes))


def workshop(number: int = 1, note: str = "") -> dict[str, Any]:
    """A whole record: a workshop in Accra."""
    title = f"Workshop {number} on seasonal labour mobility"
    text = (
        f"{title}\n\nSummary\nOn {DAY} the {BODY} and IOM met in {PLACE}. Ms {PERSON}, Director of Skills, spoke on "
        f"SDG 10.7 and GCM Objective 18. {note}\nType of event:\n"
    )
    label = spans(text, "Type of event:")[0]
    return page(
        text,
        number,
        title=title,
        provenance=[{"field": "title", **found(text, title, rule="title.line")}],
        sections=[
            {
                "kind": "summary", "heading": "Summary", "level": 2, "start": text.index("Summary"),
                "end": len(text), "body_start": text.index("On 3"), "method": "heading",
            }
        ],
        fields=[{"name": "type_of_event", "label": "Type of event:", "values": [], "evidence": [label]}],
        warnings=[
            {
                "code": "field_without_value", "field": "type_of_event",
                "message": "The label 'Type of event:' stands on the page without a value.",
                "start": label["start"], "end": label["end"],
            }
        ],
        event={
            "start": "2023-05-03", "end": None, "status": None, "status_options": [], "attendance": "in_person",
            **found(text, DAY, rule="event.statement"),
        },
        dates=[date(text, DAY, "2023-05-03")],
        places=[place(text, PLACE)],
        organizations=[body(text, BODY, "organizer"), body(text, "IOM", "partner", rule="org.vocabulary")],
        people=[person(text, PERSON, honorific="Ms", position="Director of Skills")],
        gcm={"objectives": [objective(text, "GCM Objective 18", 18)], "principles": []},
        sdgs=[
            tag(text, "SDG 10.7", "cited", "tag.cited_number", goal=10, label="Reduced Inequalities", targets=["10.7"]),
            tag(text, "seasonal labour mobility", "inferred", "topic.sdg", goal=8, label="Decent Work", targets=[]),
        ],
    )  # fmt: skip
