"""One record as the rows of the tables: what SQL, CSV and Parquet all write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from extractor.text import fold

Row = tuple[Any, ...]

# What a database, a Parquet file and a strict JSON reader cannot hold: NUL (PostgreSQL) and lone surrogates (UTF-8).
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Body(NamedTuple):
    """A row of ``organizations``."""

    organization_id: str
    name: str
    acronym: str | None
    official_name: str | None
    kind: str | None
    country_code: str | None
    parent_id: str | None


class Human(NamedTuple):
    """A row of ``people``."""

    person_id: str
    name: str


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of one page: of ``pages`` (without names, record and content_hash), and by table all that hang on it."""

    page: Row
    names: str  # pages.names
    bodies: list[Body]
    people: list[Human]
    tables: dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class SharedRows:
    """The bodies and people of several pages, one row each."""

    bodies: dict[str, Body] = field(default_factory=dict)
    people: dict[str, Human] = field(default_factory=dict)

    def add(self, rows: PageRows) -> None:
        for body in rows.bodies:
            known = self.bodies.get(body.organization_id)
            self.bodies[body.organization_id] = merge_body(known, body) if known else body
        for human in rows.people:
            met = self.people.get(human.person_id)
            self.people[human.person_id] = merge_human(met, human) if met else human


def storable(value: Any) -> Any:
    """A JSON value, U+FFFD in place of what no database can hold."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value


@lru_cache(maxsize=10_000)
def person_id(name: str) -> str:
    """The same for a name on every page, however it is capitalised, accented and punctuated.

    Two people of one name are one here: nothing on a page tells them apart for certain.
    """
    # Vowel signs of Indic scripts and the like are not alphanumeric, but without them different names would be one.
    letters = (c if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc") else " " for c in fold(name))
    return "person:" + ("-".join("".join(letters).split()) or name)


def merge_body(old: Body, new: Body) -> Body:
    """One row of two for the same body: the newer knows better, but what it does not say is kept."""
    official = new.official_name or old.official_name
    return Body(
        new.organization_id,
        official or max(old.name, new.name, key=_written_out),
        new.acronym or old.acronym,
        official,
        new.kind or old.kind,
        new.country_code or old.country_code,
        new.parent_id or old.parent_id,
    )


def merge_human(old: Human, new: Human) -> Human:
    """One row of two for the same person."""
    return Human(new.person_id, max(old.name, new.name, key=_written_out))


def _written_out(name: str) -> tuple[bool, int, str]:
    """Orders the forms of one name, best last: no capitals throughout, fuller, with its accents (é sorts after e)."""
    return name not in (name.upper(), name.lower()), len(name), name


def page_rows(record: dict[str, Any], page_id: int) -> PageRows:
    """The rows of one storable record. Raises KeyError, TypeError or AttributeError for what is no record."""
    bodies = [
        Body(
            o["id"],
            o["official_name"] or o["name"],
            o["acronym"],
            o["official_name"],
            o["kind"],
            o["country_code"],
            o["parent_id"],
        )
        for o in record["organizations"]
    ]
    people = [Human(person_id(p["name"]), p["name"]) for p in record["people"]]
    return PageRows(
        _page(record, page_id),
        _names(record),
        bodies,
        people,
        {name: list(make(record, page_id)) for name, make in _TABLES.items()},
    )


def _page(record: dict[str, Any], page_id: int) -> Row:
    source, event = record["source"], record["event"]
    return (
        page_id,
        record["id"],
        source["path"],
        source["url"],
        source["media_type"],
        source["sha256"],
        source["saved_at"],
        record["page_type"],
        record["language"],
        record["extraction"]["profile"],
        record["extraction"]["version"],
        record["title"],
        event["start"],
        event["end"],
        event["status"],
        event["attendance"],
        record["date_submitted"],
        record["date_published"],
        record["date_updated"],
        record["text"],
    )


def _names(record: dict[str, Any]) -> str:
    names: dict[str | None, None] = {}
    for o in record["organizations"]:
        names |= dict.fromkeys((o["official_name"], o["name"], o["acronym"], *o["aliases"]))
    names |= dict.fromkeys(p["name"] for p in record["people"])
    return " · ".join(name for name in names if name)


def _sections(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    for n, s in enumerate(record["sections"]):
        yield (page_id, n, s["kind"], s["heading"], s["level"], s["start"], s["end"], s["body_start"], s["method"])


def _fields(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    ordinal = 0
    for item, f in enumerate(record["fields"]):
        for value in f["values"] or (None,):
            yield (page_id, ordinal, item, f["name"], f["label"], value)
            ordinal += 1


def _dates(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    for n, d in enumerate(record["dates"]):
        yield (page_id, n, d["start"], d["end"], d["precision"], d["role"], d["method"], d["rule"], d["confidence"])


def _places(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    for n, p in enumerate(record["places"]):
        found_by = (p["method"], p["rule"], p["confidence"])
        yield (page_id, n, p["name"], p["kind"], p["country_code"], p["m49"], p["role"], *found_by)


def _page_organizations(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    ordinal = 0
    for item, o in enumerate(record["organizations"]):
        for role in o["roles"] or (None,):
            yield (page_id, ordinal, item, o["id"], role, o["name"], o["method"], o["rule"], o["confidence"])
            ordinal += 1


def _page_people(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    bodies = {o["id"] for o in record["organizations"]}
    ordinal = 0
    for item, p in enumerate(record["people"]):
        body = p["organization_id"] if p["organization_id"] in bodies else None
        held = (p["honorific"], p["position"], p["affiliation"], body, p["method"], p["rule"], p["confidence"])
        for role in p["roles"] or (None,):
            yield (page_id, ordinal, item, person_id(p["name"]), role, p["name"], *held)
            ordinal += 1


def _tags(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    for ordinal, (item, scheme, code, label, rank, tag) in enumerate(_coded(record)):
        said = (tag["basis"], tag["stated"], rank, tag["method"], tag["rule"], tag["confidence"])
        yield (page_id, ordinal, item, scheme, code, label, *said)


def _coded(record: dict[str, Any]) -> Iterator[tuple[int, str, str, str | None, str | None, dict[str, Any]]]:
    """The tags with their codes; a target is a tag beside its goal, and shares its number."""
    for item, o in enumerate(record["gcm"]["objectives"]):
        yield (item, "gcm_objective", str(o["number"]), o["label"], o["rank"], o)
    for item, p in enumerate(record["gcm"]["principles"]):
        yield (item, "gcm_principle", p["key"], p["label"], None, p)
    for item, s in enumerate(record["sdgs"]):
        yield (item, "sdg", str(s["goal"]), s["label"], None, s)
        for target in s["targets"]:
            yield (item, "sdg_target", target, None, None, s)


def _links(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    for n, link in enumerate(record["links"]):
        yield (page_id, n, link["url"], link["text"], link["rel"])


def _evidence(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    ordinal = 0
    for owner, item, value in _owners(record):
        for span in value["evidence"]:
            yield (page_id, ordinal, owner, item, span["start"], span["end"], span["text"])
            ordinal += 1


def _owners(record: dict[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    yield ("event", 0, record["event"])
    for value in record["provenance"]:
        yield (value["field"], 0, value)
    for owner, values in (
        ("field", record["fields"]),
        ("date", record["dates"]),
        ("place", record["places"]),
        ("organization", record["organizations"]),
        ("person", record["people"]),
        ("gcm_objective", record["gcm"]["objectives"]),
        ("gcm_principle", record["gcm"]["principles"]),
        ("sdg", record["sdgs"]),
    ):
        for item, value in enumerate(values):
            yield (owner, item, value)


def _warnings(record: dict[str, Any], page_id: int) -> Iterator[Row]:
    for n, w in enumerate(record["warnings"]):
        yield (page_id, n, w["code"], w["field"], w["message"], w["start"], w["end"])


_TABLES = {
    "sections": _sections,
    "fields": _fields,
    "dates": _dates,
    "places": _places,
    "page_organizations": _page_organizations,
    "page_people": _page_people,
    "tags": _tags,
    "links": _links,
    "evidence": _evidence,
    "warnings": _warnings,
}
