"""Places that the page states in so many words: in a labelled field, in its markup, or on a line of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.gazetteer import Country, cities_named, city_named, country_by_code, country_by_name
from extractor.model import Field
from extractor.stages.places.attendance import EVENT_NOUN
from extractor.stages.places.findings import Finding, Reading, from_markup, of_location, of_markup
from extractor.stages.places.locations import ONLINE_PLACE, Location, read_location
from extractor.text import fold

_LOCATION_FIELDS = frozenset({"location", "venue", "city"})
_VALUES = 8  # what follows, or is longer, is text that the page runs on with
_LONGEST_VALUE = 300
TOP = 1500  # characters from the start of the page in which a line by itself may be the place of the event
LONGEST_LINE = 140
_WORDS = 4  # a line of more words with a full stop is a sentence
_BRACKET = re.compile(r"\(([^()\n]{3,80})\)\W{0,2}$")
_DAY_RANGE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? ?(?:[-–—/&]|to|and|al?|au|et|y) ?\d{1,2}(?:st|nd|rd|th)?\b(?![:.]\d)"
)


def from_fields(page: Reading, fields: tuple[Field, ...]) -> list[Finding]:
    """The place of the event in its field; the locality of a practice in its own."""
    findings: list[Finding] = []
    for field in fields:
        spans = [(v.start, v.end) for v in field.values[:_VALUES] if v.end - v.start <= _LONGEST_VALUE]
        if field.name in _LOCATION_FIELDS and spans:
            location = read_location(page.text, spans)
            rule = "place.field" if location.is_certain else "place.field.body"
            findings += of_location(page.document, location, rule, "field")
        elif field.name == "local":
            for span in spans:
                location = read_location(page.text, [span])
                findings += of_location(page.document, location, "place.scope_field", "field")
    return findings


def from_facts(page: Reading) -> list[Finding]:
    """The location of schema.org markup: its address, and the building or, without an address, all from its name."""
    findings: list[Finding] = []
    facts = {fact.name: fact for fact in reversed(page.document.facts)}
    country_fact = facts.get("location.address.addressCountry")
    country = _country(country_fact.value) if country_fact else None
    code = country.alpha2 if country else None
    if fact := facts.get("location.address.addressLocality"):
        city = city_named(fact.value, [code] if code else [])
        city_code = code or (city.country_code if city else None)
        findings.append(from_markup(page.document, fact.value, "city", city_code, fact.origin))
    if country and country_fact:
        name = country_fact.value if len(country_fact.value) > 3 else country.name
        findings.append(from_markup(page.document, name, "country", code, country_fact.origin))
    for name in ("location.address.name", "location.name"):
        fact = facts.get(name)
        if fact is None or ONLINE_PLACE.search(fold(fact.value)):
            continue
        location = read_location(fact.value, [(0, len(fact.value))])
        is_placed = any(f.kind != "venue" for f in findings)
        findings += [
            replace(f, country_code=f.country_code or code)
            for f in of_markup(fact.value, location, page.document, fact.origin)
            if f.kind == "venue" or not is_placed
        ]
    return findings


def _country(value: str) -> Country | None:
    return (country_by_code(value) if len(value) <= 3 else None) or country_by_name(value)


def from_lines(page: Reading) -> list[Finding]:
    """A line near the top that is nothing but a place, with or without a date; or a title that ends so."""
    title = page.document.title
    is_named_event = title is not None and bool(EVENT_NOUN.search(fold(title.text)))
    follows_date = False
    for block in page.document.blocks:
        if block.start > TOP:
            break
        if block.end - block.start > LONGEST_LINE or block.kind == "label":
            follows_date = False
            continue
        if page.text[block.end - 1] == "." and page.text.count(" ", block.start, block.end) > _WORDS:
            continue
        if block.kind == "title" and (bracket := _BRACKET.search(page.text, block.start, block.end)):
            location = read_location(page.text, [bracket.span(1)])  # "Conference of Ministers (Kigali, 2-4 May 2019)"
            if location.is_dated and _is_one_place(page, location):
                return of_location(page.document, location, "place.line")
        location = read_location(page.text, [(block.start, block.end)])
        if _is_one_place(page, location) and (location.is_certain or follows_date):
            is_stated = bool(location.countries or location.venue)
            if block.kind == "title":
                is_event_line = location.is_dated and is_stated
            else:
                is_event_line = (
                    is_stated
                    or (follows_date and not location.is_dated)
                    or (location.is_dated and _is_event_date(page, block.start, block.end, location, is_named_event))
                )
            if is_event_line:
                return of_location(page.document, location, "place.line")
        follows_date = location.is_dated and location.is_whole and not location.cities
    return []


def _is_one_place(page: Reading, location: Location) -> bool:
    """Whether a line is a place and nothing else: a city that is known, in at most one country."""
    return (
        bool(location.cities)
        and location.is_whole
        and len({p.country_code for p in (*location.countries, *location.cities)}) == 1
        and bool(cities_named(page.text[location.cities[0].start : location.cities[0].end]))
    )


def _is_event_date(page: Reading, start: int, end: int, location: Location, is_named_event: bool) -> bool:
    """Not so "New York, 18 December 2017": a report may begin like this, unless its title names an event."""
    return (
        location.cities[0].start > start + 1
        or bool(_DAY_RANGE.search(page.text, start, end))
        or (is_named_event and page.text[end - 1] not in ":-–—")
    )
