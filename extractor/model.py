"""The nouns of the pipeline: plain frozen values that every stage reads and writes.

Offsets are code points of ``Document.text``, end exclusive, and ``text[start:end] == span.text`` always holds.
This module imports nothing of ours but how text is folded.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal

from extractor.text import fold

SCHEMA_VERSION = "1.0.0"

Method = Literal["field", "metadata", "rule", "model"]
PageType = Literal["event", "practice", "news", "pledge", "workplan", "resource", "other"]
BlockKind = Literal["title", "heading", "label", "value", "paragraph", "list_item"]
MentionKind = Literal["PERSON", "ORG", "LOC", "EVENT", "DOC"]
DateRole = Literal["event", "session", "submitted", "published", "updated", "mentioned"]
DatePrecision = Literal["year", "month", "day", "minute"]
PlaceKind = Literal["venue", "city", "country", "region"]
PlaceRole = Literal["venue", "scope", "mentioned"]
OrganizationRole = Literal["organizer", "implementer", "partner", "donor", "participant", "mentioned"]
Attendance = Literal["in_person", "online", "hybrid"]
Basis = Literal["stated", "cited", "inferred"]
Rank = Literal["primary", "secondary"]
Strictness = Literal["loose", "balanced", "strict"]  # of inferred tags


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of the text: ``text == document.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from that is not in the text, e.g. ``Origin("json-ld", "$.startDate")``."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning of the record: what was doubtful, and where (offsets null when it is about no passage)."""

    code: str
    message: str
    field: str | None = None
    start: int | None = None
    end: int | None = None


# --- what is read -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One saved page as its reader found it: decoded, its meaning untouched."""

    path: str
    content: str
    media_type: Literal["text/plain", "text/html"]
    encoding: str
    sha256: str  # of the bytes as saved
    size: int  # bytes as saved
    url: str | None = None
    saved_at: str | None = None
    notices: tuple[Notice, ...] = ()


# --- what cleaning finds ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page as its author set it. Blocks follow one another and do not overlap.

    A line "Location: Baku" is two blocks, the label "Location:" and the value "Baku".
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # of a heading (1-6) or a list item (depth, from 1)


@dataclass(frozen=True, slots=True)
class MarkupFact:
    """A fact that only the markup states, named as schema.org names it ("startDate", "location.name", "tag")."""

    name: str
    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str
    rel: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned page: one normalised text without boilerplate, and the structure found in it."""

    page: Page
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[tuple[int, int], ...]  # (start, end) within blocks, in order
    language: str  # ISO 639-1
    profile: str  # name of the site profile
    title: Span | None
    url: str | None = None  # the page's canonical address
    facts: tuple[MarkupFact, ...] = ()
    links: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()
    folded: str = field(init=False, repr=False, compare=False)  # the text without case and accents: most stages look

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.text))

    def span(self, start: int, end: int) -> Span:
        """The passage from ``start`` to ``end``, without white space at its rims."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end, text[start:end])


# --- what the stages find ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field. ``values`` is empty when the label stands on the page without a value."""

    name: str  # canonical, from the profile: "type_of_event"
    label: Span
    values: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Section:
    kind: str
    heading: str | None
    level: int
    start: int
    end: int
    body_start: int
    method: Literal["heading", "label", "template"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in the text, and what said that it is one."""

    kind: MentionKind
    span: Span
    method: Method
    rule: str  # e.g. "org.vocabulary", "model.ORG"


@dataclass(frozen=True, slots=True)
class DateEntry:
    """A date of the page. ``start``/``end``: ISO 8601 as precise as the page ("2022", "2022-05", "2022-05-11",
    "2022-05-11T09:00+02:00"), ``end`` null when there is none, "present" when it has no end yet."""

    start: str
    end: str | None
    precision: DatePrecision
    role: DateRole
    evidence: tuple[Span, ...]
    method: Method
    rule: str
    confidence: float | None = None  # null until the record is built: see record.py
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What the page is about: the event, practice or action."""

    start: str | None
    end: str | None
    status: str | None = None
    status_options: tuple[str, ...] = ()
    attendance: Attendance | None = None
    evidence: tuple[Span, ...] = ()
    method: Method = "rule"
    rule: str = "event.none"
    confidence: float | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    kind: PlaceKind
    country_code: str | None  # ISO 3166-1 alpha-2
    m49: str | None  # UN M49 code, three digits
    role: PlaceRole
    evidence: tuple[Span, ...]
    method: Method
    rule: str
    confidence: float | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    id: str
    name: str  # the fullest form that the page prints
    acronym: str | None
    aliases: tuple[str, ...]
    kind: str | None
    country_code: str | None
    parent_id: str | None
    official_name: str | None  # from the vocabulary of known bodies
    roles: tuple[OrganizationRole, ...]
    evidence: tuple[Span, ...]
    method: Method
    rule: str
    confidence: float | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Person:
    name: str  # without honorific
    honorific: str | None
    position: str | None
    affiliation: str | None
    organization_id: str | None
    roles: tuple[str, ...]  # speaker, moderator, participant, mentioned
    evidence: tuple[Span, ...]
    method: Method
    rule: str
    confidence: float | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveTag:
    number: int
    label: str
    title: str
    rank: Rank | None
    basis: Basis
    stated: bool
    evidence: tuple[Span, ...]
    method: Method
    rule: str
    confidence: float | None = None
    concepts: tuple[str, ...] = ()  # what fired, for an inferred tag
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class PrincipleTag:
    key: str
    label: str
    basis: Basis
    stated: bool
    evidence: tuple[Span, ...]
    method: Method
    rule: str
    confidence: float | None = None
    concepts: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class SdgTag:
    goal: int
    label: str
    targets: tuple[str, ...]
    basis: Basis
    stated: bool
    evidence: tuple[Span, ...]
    method: Method
    rule: str
    confidence: float | None = None
    concepts: tuple[str, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Tags:
    objectives: tuple[ObjectiveTag, ...] = ()
    principles: tuple[PrincipleTag, ...] = ()
    sdgs: tuple[SdgTag, ...] = ()


# --- what leaves ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Record:
    """One page as structured data. ``to_dict`` is the JSON of ``schemas/record.schema.json``."""

    data: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.data["id"])

    def to_dict(self) -> dict[str, Any]:
        return self.data


@dataclass(frozen=True, slots=True)
class Rejection:
    """A page that could not become a record, and why. ``code`` is one of ``schemas/rejection.schema.json``."""

    id: str
    path: str
    code: str
    message: str
    stage: str
    url: str | None = None
    sha256: str | None = None
    size: int | None = None  # bytes

    def to_dict(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "id": self.id,
            "path": self.path,
            "url": self.url,
            "sha256": self.sha256,
            "bytes": self.size,
            "code": self.code,
            "message": self.message,
            "stage": self.stage,
        }


def to_plain(value: Any) -> Any:
    """Dataclasses as dicts and tuples as lists, all the way down: what ``json`` can write."""
    kind: Any = type(value)
    if kind in _JSON_VALUES:
        return value
    if kind is tuple or kind is list:
        return [to_plain(v) for v in value]
    names = _field_names(kind)
    if not names:
        return value
    plain: dict[str, Any] = {}
    for name in names:
        member = getattr(value, name)
        plain[name] = member if type(member) in _JSON_VALUES else to_plain(member)
    return plain


_JSON_VALUES = frozenset((str, int, float, bool, type(None)))


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    """The names of a dataclass's fields, () for any other class."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()
