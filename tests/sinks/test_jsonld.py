"""The JSON-LD, expanded by a processor (offline, with a context of our own) and held against schema.org's terms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from extractor.sinks.jsonld import Completeness, event_jsonld, write_jsonld
from tests.sinks.records import make_record

# Types and the properties that schema.org gives them (release 28), as far as a page of events has use for them.
THING = {"name", "description", "url", "image", "identifier", "sameAs"}
PROPERTIES = {
    "Event": THING
    | {"about", "attendee", "contributor", "doorTime", "duration", "endDate", "eventAttendanceMode", "eventStatus"}
    | {"funder", "inLanguage", "keywords", "location", "offers", "organizer", "performer", "previousStartDate"}
    | {"sponsor", "startDate", "subEvent", "superEvent"},
    "Place": THING | {"address", "geo", "telephone"},
    "VirtualLocation": THING,
    "PostalAddress": THING | {"addressCountry", "addressLocality", "addressRegion", "postalCode", "streetAddress"},
    "Organization": THING | {"address", "email", "legalName", "parentOrganization"},
    "Person": THING | {"affiliation", "familyName", "givenName", "honorificPrefix", "honorificSuffix", "jobTitle"},
    "DefinedTerm": THING | {"inDefinedTermSet", "termCode"},
}
VALUES = {
    "location": {"Place", "VirtualLocation"},
    "address": {"PostalAddress"},
    "organizer": {"Organization", "Person"},
    "sponsor": {"Organization", "Person"},
    "performer": {"Organization", "Person"},
    "affiliation": {"Organization"},
    "about": set(PROPERTIES),
}
SCHEMA = "https://schema.org/"
CONTEXT = {
    "@vocab": SCHEMA,
    "url": {"@type": "@id"},
    "eventStatus": {"@type": "@id"},
    "eventAttendanceMode": {"@type": "@id"},
    "startDate": {"@type": "Date"},
    "endDate": {"@type": "Date"},
}


def expanded(document: dict[str, Any]) -> list[dict[str, Any]]:
    def loader(url: str, _: object) -> dict[str, Any]:
        assert url == "https://schema.org", "nothing else is fetched"
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": CONTEXT},
        }

    nodes: list[dict[str, Any]] = jsonld.expand(document, {"documentLoader": loader})
    return nodes


def check(node: dict[str, Any], allowed: set[str]) -> None:
    """Every type, property and value of the node is one that schema.org knows there."""
    [kind] = [full.removeprefix(SCHEMA) for full in node["@type"]]
    assert kind in allowed
    for full, values in node.items():
        if full.startswith("@"):
            continue
        name = full.removeprefix(SCHEMA)
        assert name in PROPERTIES[kind], f"{kind} has no property {name}"
        for value in values:
            if "@type" in value and "@value" not in value:
                check(value, VALUES[name])
            else:
                assert name not in VALUES, f"{name} is a thing, not a value"


def full_record() -> dict[str, Any]:
    record = make_record(1)
    record["event"] |= {"end": "2023-05-04", "status": "postponed", "attendance": "hybrid"}
    record["places"].insert(0, record["places"][0] | {"name": "Hall of the Tides", "kind": "venue"})
    record["organizations"][1]["roles"] = ["donor"]
    record["people"][0] |= {"position": "Director", "affiliation": "Riverine Mobility Agency"}
    record["gcm"]["objectives"] = [{"number": 5, "label": "Regular pathways"}]
    return record


def test_the_graph_expands_to_events_of_schema_org(tmp_path: Path) -> None:
    records = [full_record(), make_record(2), make_record(3, page_type="news"), make_record(4, places=[], title=None)]
    write_jsonld(records, tmp_path / "events.jsonld")
    nodes = expanded(json.loads((tmp_path / "events.jsonld").read_text(encoding="ascii")))
    assert [node["@id"] for node in nodes] == [f"urn:extractor:{records[n]['id']}" for n in (0, 1, 3)]
    for node in nodes:
        check(node, {"Event"})
    assert nodes[0][f"{SCHEMA}eventStatus"] == [{"@id": "https://schema.org/EventPostponed"}]
    assert nodes[0][f"{SCHEMA}startDate"] == [{"@type": f"{SCHEMA}Date", "@value": "2023-05-03"}]


def test_what_a_full_page_says() -> None:
    assert event_jsonld(full_record()) == {
        "@type": "Event",
        "@id": f"urn:extractor:{make_record(1)['id']}",
        "name": "Workshop 1 on seasonal labour mobility",
        "startDate": "2023-05-03",
        "endDate": "2023-05-04",
        "eventStatus": "https://schema.org/EventPostponed",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Hall of the Tides",
                "address": {"@type": "PostalAddress", "addressLocality": "Accra", "addressCountry": "GH"},
            },
            {"@type": "VirtualLocation"},
        ],
        "organizer": [{"@type": "Organization", "name": "Riverine Mobility Agency"}],
        "sponsor": [{"@type": "Organization", "name": "IOM"}],
        "performer": [
            {
                "@type": "Person",
                "name": "Ama Serwaa Boateng",
                "honorificPrefix": "Ms",
                "jobTitle": "Director",
                "affiliation": {"@type": "Organization", "name": "Riverine Mobility Agency"},
            }
        ],
        "description": "Workshop 1 on seasonal labour mobility",
        "inLanguage": "en",
        "url": "https://example.org/events/1",
        "about": [
            {
                "@type": "DefinedTerm",
                "inDefinedTermSet": "Sustainable Development Goals",
                "termCode": "10",
                "name": "Reduced Inequalities",
            },
            {"@type": "DefinedTerm", "inDefinedTermSet": "GCM objectives", "termCode": "5", "name": "Regular pathways"},
        ],
    }


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("cancelled", "https://schema.org/EventCancelled"),
        ("rescheduled", "https://schema.org/EventRescheduled"),
        ("moved online", "https://schema.org/EventMovedOnline"),
        ("completed", None),
        ("Terminé", None),
        (None, None),
    ],
)
def test_status(status: str | None, said: str | None) -> None:
    record = make_record(1)
    record["event"]["status"] = status
    assert event_jsonld(record).get("eventStatus") == said


def test_nothing_is_said_that_the_page_does_not_say() -> None:
    record = make_record(1, title=None, places=[], organizations=[], people=[], sdgs=[], sections=[])
    record["event"] |= {"start": None, "end": "present", "attendance": None}
    record["source"]["url"] = "javascript:alert(1)"
    assert event_jsonld(record) == {"@type": "Event", "@id": f"urn:extractor:{record['id']}", "inLanguage": "en"}


def test_an_event_online_has_no_address() -> None:
    record = make_record(1, places=[])
    record["event"]["attendance"] = "online"
    assert event_jsonld(record)["location"] == [{"@type": "VirtualLocation"}]


MISSING = [
    ({}, []),
    ({"title": None}, ["name"]),
    ({"places": []}, ["location", "location.address"]),
    ({"start": "2023-05"}, ["startDate"]),
    ({"start": None}, ["startDate"]),
    ({"start": "2023-05-03T09:00"}, []),
    ({"places": [], "attendance": "online"}, ["location.address"]),
]


@pytest.mark.parametrize(("changes", "missing"), MISSING)
def test_what_google_requires_and_the_page_does_not_say(changes: dict[str, Any], missing: list[str]) -> None:
    record = make_record(1)
    for name, value in changes.items():
        (record if name in record else record["event"])[name] = value
    completeness = Completeness()
    completeness.add(event_jsonld(record))
    assert sorted(completeness.missing_required) == missing
    assert completeness.complete == (not missing)


def test_completeness_counts_events(tmp_path: Path) -> None:
    records = [full_record(), make_record(2, places=[]), make_record(3, places=[]), make_record(4, page_type="news")]
    completeness = write_jsonld(records, tmp_path / "events.jsonld")
    assert (completeness.events, completeness.complete) == (3, 1)
    assert completeness.missing_required == {"location": 2, "location.address": 2}
    assert completeness.missing_recommended["image"] == 3
    assert completeness.missing_recommended["location.name"] == 2


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("</script><script>alert(1)</script>", None),
        ("<!-- <script>", None),
        ('"quoted" \\ and {"@id": "x"}', None),
        ("nul \x00 and alone \ud800", "nul \ufffd and alone \ufffd"),
        ("😀 \u202eright\u202c", None),
        ("\u2028\u2029", None),
    ],
)
def test_hostile_titles(tmp_path: Path, title: str, name: str | None) -> None:
    write_jsonld([make_record(1, title=title)], tmp_path / "events.jsonld")
    written = (tmp_path / "events.jsonld").read_text(encoding="ascii")
    assert "<" not in written
    assert json.loads(written)["@graph"][0]["name"] == (name or title)
