"""What single passages say about places, and how it becomes one entry for each place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractor.gazetteer import CountryMention, city_named, country_by_code, name_key
from extractor.model import Document, Method, Origin, Place, PlaceKind, PlaceRole, Span
from extractor.stages.places.locations import FoundPlace, Location


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as the sources of places read it."""

    document: Document
    countries: list[CountryMention]  # in ``document.text``, adjectives too
    years: frozenset[str] = frozenset()  # that the fields of dates and the title have

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def folded(self) -> str:
        return self.document.folded


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that one passage (or the markup) says about a place."""

    name: str
    kind: PlaceKind
    country_code: str | None
    m49: str | None
    role: PlaceRole
    span: Span | None
    rule: str
    method: Method = "rule"
    origin: Origin | None = None


def city(document: Document, place: FoundPlace, rule: str, method: Method = "rule") -> Finding:
    """A city where the event is."""
    span = document.span(place.start, place.end)
    return Finding(span.text, "city", place.country_code, None, "venue", span, rule, method)


def country(document: Document, place: FoundPlace, rule: str, method: Method = "rule") -> Finding:
    """A country where the event is."""
    span = document.span(place.start, place.end)
    return Finding(span.text, "country", place.country_code, _m49(place.country_code), "venue", span, rule, method)


def mentioned_country(document: Document, mention: CountryMention, role: PlaceRole, rule: str) -> Finding:
    """A country that the text names; an adjective ("Kenyan") stands for the country's own name."""
    span = document.span(mention.start, mention.end)
    name = span.text if mention.form == "name" else mention.country.name
    return Finding(name, "country", mention.country.alpha2, mention.country.m49, role, span, rule)


def of_location(document: Document, location: Location, rule: str, method: Method = "rule") -> list[Finding]:
    """The cities, countries and the venue of a location, as places of the event."""
    findings = [city(document, place, rule, method) for place in location.cities]
    findings += [country(document, place, rule, method) for place in location.countries]
    if location.venue:
        span = document.span(*location.venue)
        findings.append(Finding(span.text, "venue", only_code(location), None, "venue", span, rule, method))
    return findings


def of_markup(text: str, location: Location, document: Document, origin: Origin) -> list[Finding]:
    """The same for a ``text`` that stands in the markup."""
    parts: list[tuple[PlaceKind, int, int, str | None]] = []
    parts += [("city", p.start, p.end, p.country_code) for p in location.cities]
    parts += [("country", p.start, p.end, p.country_code) for p in location.countries]
    if location.venue:
        parts.append(("venue", *location.venue, only_code(location)))
    return [from_markup(document, text[start:end], kind, code, origin) for kind, start, end, code in parts]


def from_markup(document: Document, name: str, kind: PlaceKind, country_code: str | None, origin: Origin) -> Finding:
    """A place that the markup states, with its first mention in the text as evidence where it has one."""
    start = document.text.find(name)
    span = document.span(start, start + len(name)) if start >= 0 and name else None
    m49 = _m49(country_code) if kind == "country" else None
    return Finding(name, kind, country_code, m49, "venue", span, "place.markup", "metadata", origin)


def only_code(location: Location) -> str | None:
    """The country of a location, where it has but one."""
    codes = {p.country_code for p in (*location.countries, *location.cities)}
    return codes.pop() if len(codes) == 1 else None


def as_role(findings: list[Finding], role: PlaceRole) -> list[Finding]:
    return [replace(finding, role=role) for finding in findings]


def _m49(country_code: str | None) -> str | None:
    found = country_by_code(country_code) if country_code else None
    return found.m49 if found else None


_ROLES: tuple[PlaceRole, ...] = ("venue", "scope", "mentioned")


def merged(findings: list[Finding]) -> tuple[Place, ...]:
    """One entry for each place: role, name and rule of its strongest finding, evidence of all that give that role."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_identity(finding), []).append(finding)
    return tuple(_place(group) for group in groups.values())


def _place(group: list[Finding]) -> Place:
    best = min(group, key=lambda f: _ROLES.index(f.role))
    spans = {f.span for f in group if f.span and f.role == best.role}
    return Place(
        name=best.name,
        kind=best.kind,
        country_code=best.country_code,
        m49=best.m49,
        role=best.role,
        evidence=tuple(sorted(spans, key=lambda s: (s.start, s.end))),
        method=best.method,
        rule=best.rule,
        origin=best.origin,
    )


def _identity(finding: Finding) -> tuple[str, ...]:
    """Equal for findings about one place: "Marrakech" and "Marrakesh" in Morocco are one city."""
    if finding.kind == "country":
        return ("country", finding.country_code or "")
    if finding.kind == "region":
        return ("region", finding.m49 or name_key(finding.name))
    if finding.kind == "city":
        known = city_named(finding.name, [finding.country_code] if finding.country_code else [])
        return ("city", finding.country_code or "", name_key(known.name if known else finding.name))
    return ("venue", name_key(finding.name))
