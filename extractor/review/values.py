"""Values: all that a record says, one by one, in the order and in the words in which a person reads it.

The report, ``explain`` and the exports of annotations all start from here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Kind = Literal["title", "type", "date", "place", "organization", "person", "tag", "topic", "label", "empty"]
Bounds = tuple[int, int]

# Below this a value that is no inferred tag is worth a look: of the values of its rule one in five or more was wrong.
DOUBTFUL = 0.8

_PROVENANCE_NAMES = {
    "title": "title",
    "page_type": "kind of page",
    "date_submitted": "submitted",
    "date_published": "published",
    "date_updated": "updated",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a record. ``path`` finds it there ("organizations[2]"); ``evidence``: bounds in code points."""

    path: str
    group: str  # the heading it stands under
    kind: Kind
    text: str
    detail: str
    evidence: tuple[Bounds, ...]
    method: str | None = None
    rule: str | None = None
    confidence: float | None = None
    origin: str | None = None  # for what is not in the text
    concepts: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether it is worth a look. Inferred tags are as certain as they say, and shown apart."""
        return self.confidence is not None and self.confidence < DOUBTFUL and self.kind != "topic"


def values_of(record: Mapping[str, Any]) -> tuple[Value, ...]:
    """All values of a record."""
    return (
        *_plain_values(record),
        *_event(record),
        *_list(record["dates"], "dates", "Dates", "date", lambda d: (period(d["start"], d["end"]), d["role"])),
        *_list(record["places"], "places", "Places", "place", _place),
        *_list(record["organizations"], "organizations", "Organizations", "organization", _organization),
        *_list(record["people"], "people", "People", "person", _person),
        *_tags(
            record["gcm"]["objectives"], "gcm.objectives", "GCM objectives", lambda t: f"{t['number']} {t['label']}"
        ),
        *_tags(record["gcm"]["principles"], "gcm.principles", "GCM principles", lambda t: str(t["label"])),
        *_tags(record["sdgs"], "sdgs", "SDGs", lambda t: f"{t['goal']} {t['label']}"),
        *_fields(record),
    )


def review_reasons(record: Mapping[str, Any], values: Sequence[Value]) -> tuple[str, ...]:
    """Why a person should look at a page, as short phrases; none when nothing is doubtful."""
    empty = sum(value.kind == "empty" for value in values)
    doubtful = sum(value.doubtful for value in values)
    other = sum(warning["code"] != "field_without_value" for warning in record["warnings"])
    counted = ((empty, "label without value", "labels without value"), (other, "warning", "warnings"))
    reasons = [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]
    if doubtful:
        reasons.append(f"{doubtful} doubtful value{'s' if doubtful > 1 else ''}")
    if record["title"] is None:
        reasons.append("no title")
    if record["page_type"] == "event" and record["event"]["start"] is None:
        reasons.append("event without a date")
    return tuple(reasons)


def rule_sentence(rule: str) -> str:
    """What a rule looks at; the rule itself where a record of another version names one that is not known."""
    return str(_texts()["rules"].get(rule, rule))


def rule_sentences() -> dict[str, str]:
    """Every rule with what it looks at."""
    return dict(_texts()["rules"])


def false_date_reasons() -> dict[str, str]:
    """What only looks like a date, by the name of its pattern."""
    return dict(_texts()["false_dates"])


@cache
def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = json.loads(resources.files(__package__).joinpath("rules.json").read_text(encoding="utf-8"))
    return texts


def period(start: str, end: str | None) -> str:
    """ "2022-05-11 09:00 – 17:00", "2022-05-11 – 2022-05-13"."""
    if end is None:
        return start.replace("T", " ")
    same_day = len(end) > 10 and end[:10] == start[:10]
    return f"{start} – {end[11:] if same_day else end}".replace("T", " ")


def _value(given: Mapping[str, Any], path: str, group: str, kind: Kind, text: str, detail: str = "") -> Value:
    origin = given["origin"]
    return Value(
        path=path,
        group=group,
        kind=kind,
        text=text,
        detail=detail,
        evidence=bounds(given["evidence"]),
        method=given["method"],
        rule=given["rule"],
        confidence=given["confidence"],
        origin=f"{origin['kind']} {origin['path']}".strip() if origin else None,
        concepts=tuple(given.get("concepts") or ()),
    )


def bounds(evidence: Iterable[Mapping[str, Any]]) -> tuple[Bounds, ...]:
    """Start and end of every span."""
    return tuple((span["start"], span["end"]) for span in evidence)


def _plain_values(record: Mapping[str, Any]) -> Iterator[Value]:
    kinds: dict[str, Kind] = {"title": "title", "page_type": "type"}
    for given in record["provenance"]:
        name = given["field"]
        yield _value(given, name, "Page", kinds.get(name, "date"), str(record[name]), _PROVENANCE_NAMES[name])


def _event(record: Mapping[str, Any]) -> Iterator[Value]:
    event = record["event"]
    parts = [event["status"], (event["attendance"] or "").replace("_", " ")]
    if event["start"] is None and not any(parts):
        return
    text = period(event["start"], event["end"]) if event["start"] else "no date"
    yield _value(event, "event", "Event", "date", text, joined(*parts))


def _list(
    given: Sequence[Mapping[str, Any]],
    path: str,
    group: str,
    kind: Kind,
    words: Callable[[Mapping[str, Any]], tuple[str, str]],
) -> Iterator[Value]:
    for number, value in enumerate(given):
        yield _value(value, f"{path}[{number}]", group, kind, *words(value))


def _place(place: Mapping[str, Any]) -> tuple[str, str]:
    return place["name"], joined(place["kind"], place["country_code"], place["role"])


def _organization(body: Mapping[str, Any]) -> tuple[str, str]:
    acronym = body["acronym"] if body["acronym"] != body["name"] else None
    official = body["official_name"] if body["official_name"] != body["name"] else None
    return body["name"], joined(acronym, official, ", ".join(body["roles"]))


def _person(person: Mapping[str, Any]) -> tuple[str, str]:
    name = " ".join(part for part in (person["honorific"], person["name"]) if part)
    return name, joined(person["position"], person["affiliation"], ", ".join(person["roles"]))


def _tags(
    given: Sequence[Mapping[str, Any]], path: str, group: str, words: Callable[[Mapping[str, Any]], str]
) -> Iterator[Value]:
    for number, tag in enumerate(given):
        kind: Kind = "topic" if tag["basis"] == "inferred" else "tag"
        targets = ", ".join(tag.get("targets") or ())
        detail = joined(tag["basis"], tag.get("rank"), targets and f"targets {targets}")
        yield _value(tag, f"{path}[{number}]", group, kind, words(tag), detail)


def _fields(record: Mapping[str, Any]) -> Iterator[Value]:
    for number, field in enumerate(record["fields"]):
        kind: Kind = "label" if field["values"] else "empty"
        text = " | ".join(field["values"]) or "no value on the page"
        yield Value(
            f"fields[{number}]", "Fields", kind, text, field["label"], bounds(field["evidence"]), method="field"
        )


def joined(*parts: str | None) -> str:
    """The parts that there are, with dots between them."""
    return " · ".join(part for part in parts if part)
