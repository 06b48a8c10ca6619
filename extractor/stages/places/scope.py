"""Scope: the countries and regions that a page is about, wherever its event took place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from extractor.gazetteer import (
    CountryMention,
    Region,
    find_countries,
    find_regions,
    is_language_name,
    region_by_name,
)
from extractor.model import Field, Span
from extractor.stages.places.findings import Finding, Reading, mentioned_country
from extractor.text import fold

_REGION_FIELDS = frozenset({"regions", "sub_regions", "geographic_scope"})
_IMPLEMENTER_FIELDS = frozenset({"implementing_organizations", "detailed_information", "host", "organizers"})
_GOVERNMENT = re.compile(
    r"\b(?:government|ministr(?:y|ies|e|es|o)|gouvernement|gobierno|ministere|ministerio|state|republic|national"
    r"|federal|secretaria|department|agency|service|commission|council|kingdom)\b"
)
_IN = re.compile(r"\b(?:in|across|within|en|au|aux|dans|a)(?: the| la| el| les| los)?\s$")
_MANY = 3  # a country is a page's subject if it is named that often and that many times as often as any other
_IN_TITLE = 2  # countries at most, for a title to say what the page is about


def scope(page: Reading, fields: tuple[Field, ...], venues: list[Finding], is_online: bool) -> list[Finding]:
    """By fields, else by the title, else by what the text names most, else by the implementer.

    The title's country is left out where the event took place in another one, and an online event takes none from
    the text, since its speakers come from anywhere.
    """
    found = _from_fields(page, fields)
    codes = {f.country_code for f in (*venues, *found) if f.country_code}
    in_title = countries_in_title(page)
    if not codes or {m.country.alpha2 for m in in_title} <= codes:
        found += [mentioned_country(page.document, m, "scope", "place.title") for m in in_title]
        codes |= {m.country.alpha2 for m in in_title}
    if not codes and not is_online and (about := most_named(page)):
        return found + [
            mentioned_country(page.document, m, "scope", "place.country")
            for m in page.countries
            if m.country.alpha2 in about
        ]
    return found if codes else found + _from_implementer(page, fields)


def countries_in_title(page: Reading) -> list[CountryMention]:
    """The one or two countries of the title; by adjective only those whose country the text names, too."""
    title = page.document.title
    if title is None:
        return []
    named = {m.country.alpha2 for m in page.countries if m.form == "name"}
    found = [
        m
        for m in page.countries
        if title.start <= m.start < title.end
        and (m.form == "name" or (m.country.alpha2 in named and not _is_language(page, m)))
    ]
    return found if len({m.country.alpha2 for m in found}) <= _IN_TITLE else []


def most_named(page: Reading) -> set[str]:
    """The only country that a page is set in, or one that it names many times as often as any other."""
    named = {m.country.alpha2 for m in page.countries if m.form == "name"}
    counted = [m for m in page.countries if m.form == "name" or not _is_language(page, m)]
    ranked = Counter(m.country.alpha2 for m in counted).most_common(2)
    if not ranked:
        return set()
    (code, times), others = ranked[0], ranked[1:]
    if others:
        return {code} if code in named and times >= _MANY * others[0][1] else set()
    is_set_there = any(_IN.search(page.folded[max(0, m.start - 14) : m.start]) for m in counted)
    return {code} if times >= 2 or is_set_there or not named else set()


def _is_language(page: Reading, mention: CountryMention) -> bool:
    return is_language_name(page.text[mention.start : mention.end])


def _from_fields(page: Reading, fields: tuple[Field, ...]) -> list[Finding]:
    findings: list[Finding] = []
    for field in fields:
        for value in field.values:
            if field.name == "country" or field.name in _REGION_FIELDS:
                findings += _countries_of(page, value)
            if field.name in _REGION_FIELDS:
                findings += _regions_of(page, value)
    return findings


def _countries_of(page: Reading, value: Span) -> list[Finding]:
    return [
        replace(
            mentioned_country(
                page.document,
                CountryMention(m.start + value.start, m.end + value.start, m.country, m.form),
                "scope",
                "place.scope_field",
            ),
            method="field",
        )
        for m in find_countries(value.text)
    ]


def _regions_of(page: Reading, value: Span) -> list[Finding]:
    if region := region_by_name(value.text):
        return [_region(region, value)]
    return [
        _region(m.region, page.document.span(value.start + m.start, value.start + m.end))
        for m in find_regions(value.text)
    ]


def _region(region: Region, span: Span) -> Finding:
    return Finding(span.text, "region", None, region.m49, "scope", span, "place.scope_field", "field")


def _from_implementer(page: Reading, fields: tuple[Field, ...]) -> list[Finding]:
    """The country whose government carries out a practice or hosts an event, if the fields name but one."""
    values = [
        value
        for field in fields
        if field.name in _IMPLEMENTER_FIELDS
        for value in field.values
        if _GOVERNMENT.search(fold(value.text))
    ]
    found = [m for m in page.countries if m.form == "name" and any(v.start <= m.start < v.end for v in values)]
    if len({m.country.alpha2 for m in found}) != 1:
        return []
    return [mentioned_country(page.document, m, "scope", "place.implementer") for m in found]
