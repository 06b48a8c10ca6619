"""One record as the rows of the tables: what SQL, CSV and Parquet all write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extractor.text import fold

Row = tuple[Any, ...]

# What a database cannot hold: NUL (PostgreSQL) and lone surrogates (UTF-8).
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> Any:
    """Text without what a database cannot hold: U+FFFD in its place. Other values as they are."""
    if isinstance(value, str) and (not value.isascii() or "\x00" in value):
        return _UNSTORABLE.sub("\ufffd", value)
    return value


def person_id(name: str) -> str:
    """The same for one name on every page. Two people of one name are told apart by nobody here."""
    return "person:" + re.sub(r"[\W_]+", "-", fold(name)).strip("-")


@dataclass(slots=True)
class PageRows:
    """The rows of one page: by table the rows without their (page_id, position), in the page's order."""

    record_id: str
    page: Row  # columns of ``pages`` after record_id, before record
    organizations: dict[str, Row] = field(default_factory=dict)
    people: dict[str, Row] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)


def page_rows(record: dict[str, Any]) -> PageRows:
    """The rows of one record."""
    event = record["event"]
    rows = PageRows(
        record["id"],
        (
            storable(record["source"]["path"]),
            storable(record["source"]["url"]),
            record["page_type"],
            record["language"],
            storable(record["title"]),
            event["start"],
            event["end"],
            event["status"],
            event["attendance"],
            record["date_submitted"],
            record["date_published"],
            record["date_updated"],
            storable(record["text"]),
        ),
    )
    for body in record["organizations"]:
        rows.organizations[body["id"]] = (
            body["id"],
            storable(body["official_name"] or body["name"]),
            storable(body["acronym"]),
            storable(body["official_name"]),
            body["kind"],
            body["country_code"],
            body["parent_id"],
        )
    for person in record["people"]:
        key = person_id(person["name"])
        rows.people[key] = (key, storable(person["name"]))
    rows.tables = {name: list(make(record)) for name, make in _TABLES.items()}
    return rows


def _found_by(value: dict[str, Any]) -> Row:
    return (value["method"], value["rule"], value["confidence"])


def _sections(record: dict[str, Any]) -> Iterator[Row]:
    for s in record["sections"]:
        yield (
            s["kind"],
            storable(s["heading"]),
            s["level"],
            s["start"],
            s["end"],
            s["body_start"],
            s["method"],
        )


def _fields(record: dict[str, Any]) -> Iterator[Row]:
    for f in record["fields"]:
        for value in f["values"] or [None]:
            yield (storable(f["name"]), storable(f["label"]), storable(value))


def _dates(record: dict[str, Any]) -> Iterator[Row]:
    for d in record["dates"]:
        yield (d["start"], d["end"], d["precision"], d["role"], *_found_by(d))


def _places(record: dict[str, Any]) -> Iterator[Row]:
    for p in record["places"]:
        yield (storable(p["name"]), p["kind"], p["country_code"], p["m49"], p["role"], *_found_by(p))


def _page_organizations(record: dict[str, Any]) -> Iterator[Row]:
    for body in record["organizations"]:
        for role in body["roles"]:
            yield (body["id"], role, storable(body["name"]), *_found_by(body))


def _page_people(record: dict[str, Any]) -> Iterator[Row]:
    for p in record["people"]:
        role = p["roles"][0] if p["roles"] else None
        yield (
            person_id(p["name"]),
            storable(p["honorific"]),
            storable(p["position"]),
            storable(p["affiliation"]),
            p["organization_id"],
            role,
            *_found_by(p),
        )


def _tags(record: dict[str, Any]) -> Iterator[Row]:
    for o in record["gcm"]["objectives"]:
        yield _tag("gcm_objective", str(o["number"]), o["label"], o, o["rank"])
    for p in record["gcm"]["principles"]:
        yield _tag("gcm_principle", p["key"], p["label"], p)
    for s in record["sdgs"]:
        yield _tag("sdg", str(s["goal"]), s["label"], s)
        for target in s["targets"]:
            yield _tag("sdg_target", target, None, s)


def _tag(scheme: str, code: str, label: str | None, tag: dict[str, Any], rank: str | None = None) -> Row:
    return (scheme, code, label, tag["basis"], tag["stated"], rank, *_found_by(tag))


def _evidence(record: dict[str, Any]) -> Iterator[Row]:
    owners = [("event", record["event"])]
    for name in ("provenance", "fields", "dates", "places", "organizations", "people", "sdgs"):
        owners += [(f"{name}[{i}]", value) for i, value in enumerate(record[name])]
    for name in ("objectives", "principles"):
        owners += [(f"gcm.{name}[{i}]", value) for i, value in enumerate(record["gcm"][name])]
    for owner, value in owners:
        for span in value["evidence"]:
            yield (owner, span["start"], span["end"], storable(span["text"]))


def _warnings(record: dict[str, Any]) -> Iterator[Row]:
    for w in record["warnings"]:
        yield (w["code"], storable(w["field"]), storable(w["message"]), w["start"], w["end"])


_TABLES = {
    "sections": _sections,
    "fields": _fields,
    "dates": _dates,
    "places": _places,
    "page_organizations": _page_organizations,
    "page_people": _page_people,
    "tags": _tags,
    "evidence": _evidence,
    "warnings": _warnings,
}
