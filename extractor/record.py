"""Record: what the stages found becomes the JSON of ``schemas/record.schema.json``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from extractor.model import (
    SCHEMA_VERSION,
    DateEntry,
    Document,
    Event,
    Field,
    Notice,
    Organization,
    Page,
    Person,
    Place,
    Record,
    Section,
    Span,
    Tags,
    to_plain,
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a plain value of the record (its title, say) comes from."""

    field: str
    evidence: tuple[Span, ...]
    method: str
    rule: str
    confidence: float | None = None
    origin: Any = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the stages found on one page."""

    document: Document
    page_type: str
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    event: Event
    dates: tuple[DateEntry, ...]
    date_submitted: DateEntry | None
    date_published: DateEntry | None
    date_updated: DateEntry | None
    places: tuple[Place, ...]
    organizations: tuple[Organization, ...]
    people: tuple[Person, ...]
    tags: Tags
    provenance: tuple[Provenance, ...]
    notices: tuple[Notice, ...]
    models: dict[str, str]
    profile_version: str


@cache
def _calibration() -> dict[str, dict[str, float]]:
    """Measured precision by kind of value and rule ("*": of the kind), made by training/calibrate.py."""
    path = files("extractor") / "models" / "calibration.json"
    table: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))["precision"]
    return table


def confidence(kind: str, rule: str) -> float:
    """The calibrated confidence, 0..1, of a value of ``kind`` that ``rule`` found."""
    rules = _calibration()[kind]
    return rules.get(rule, rules["*"])


@cache
def _version() -> str:
    """Of the package: it is read from a file."""
    return version("extractor")


def page_id(url: str | None, content: str | bytes) -> str:
    """A stable id: from the canonical URL when there is one, else from the content."""
    basis = url.encode("utf-8") if url else content if isinstance(content, bytes) else _utf8(content)
    return hashlib.sha256(basis).hexdigest()[:32]


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def build_record(found: Findings) -> Record:
    """The record of one page, with calibrated confidences and a warning for each label without a value."""
    document, page = found.document, found.document.page
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "id": page_id(document.url, document.text),
        "source": _source(page, document.url),
        "language": document.language,
        "page_type": found.page_type,
        "profile": {"name": document.profile, "version": found.profile_version},
        "title": document.title.text if document.title else None,
        "text": document.text,
        "provenance": [_valued(p.field, p) for p in found.provenance],
        "sections": to_plain(found.sections),
        "fields": [_field(f) for f in found.fields],
        "event": _valued("event", found.event),
        "date_submitted": _start(found.date_submitted),
        "date_published": _start(found.date_published),
        "date_updated": _start(found.date_updated),
        "dates": [_valued("date", d) for d in found.dates],
        "places": [_valued("place", p) for p in found.places],
        "organizations": [_valued("organization", o) for o in found.organizations],
        "people": [_valued("person", p) for p in found.people],
        **plain_tags(found.tags),
        "links": to_plain(document.links),
        "warnings": [
            _warning(n)
            for n in sorted(
                (*page.notices, *document.notices, *found.notices, *_empty_fields(found.fields)),
                key=lambda n: (n.start if n.start is not None else -1, n.code, n.message),
            )
        ],
        "extraction": {
            "version": _version(),
            "models": found.models,
            "profile": f"{document.profile}@{found.profile_version}",
        },
    }
    return Record(data)


def plain_tags(tags: Tags) -> dict[str, Any]:
    """The members ``gcm`` and ``sdgs`` of a record."""
    return {
        "gcm": {
            "objectives": [_valued("tag", t) for t in tags.objectives],
            "principles": [_valued("tag", t) for t in tags.principles],
        },
        "sdgs": [_valued("tag", t) for t in tags.sdgs],
    }


def _source(page: Page, url: str | None) -> dict[str, Any]:
    return {
        "path": page.path,
        "url": page.url or url,
        "media_type": page.media_type,
        "encoding": page.encoding,
        "sha256": page.sha256,
        "bytes": page.size,
        "saved_at": page.saved_at,
    }


def _valued(kind: str, value: Any) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(value)
    if plain["confidence"] is None:
        plain["confidence"] = confidence(kind, value.rule)
    return plain


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label.text,
        "values": [v.text for v in field.values],
        "evidence": to_plain((field.label, *field.values)),
    }


def _start(entry: DateEntry | None) -> str | None:
    return entry.start if entry else None


def _warning(notice: Notice) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(notice)
    return plain


def _empty_fields(fields: tuple[Field, ...]) -> list[Notice]:
    return [
        Notice(
            "field_without_value",
            f"The label {f.label.text!r} stands on the page without a value.",
            f.name,
            f.label.start,
            f.label.end,
        )
        for f in fields
        if not f.values
    ]
