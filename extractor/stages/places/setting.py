"""The town that a page is set in, where no sentence says so outright: the only one in its first paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.gazetteer import cities_named, country_by_name, name_key
from extractor.stages.places.findings import Finding, Reading, city
from extractor.stages.places.locations import CITY_STATES, FoundPlace, is_building
from extractor.stages.places.prose import (
    LONGEST_SENTENCE,
    NAME,
    is_known,
    is_of_other_event,
    known_city,
    lead_sentences,
    names_in_list,
)
from extractor.stages.places.scope import countries_in_title, most_named

_LEAD_PARAGRAPHS = 3
_TOWN = re.compile(
    rf"\A(?P<head>{NAME})\s?:\s"  # of a title: "Saint-Louis : les pêcheurs …"
    rf"|\b(?:[Ii]n|[Ee]n|[ÀÁà])\s(?P<inside>{NAME})(?=[\s,.;:)!?»”’]|$)"
    r"|\b(?:[Vv]ille|[Mm]airie|[Mm]unicipalit(?:y|é)|[Cc]ity(?: Council)?|[Mm]ayor|Ayuntamiento|Alcaldía|Municipalidad"
    rf"|[Aa]lcalde(?:sa)?|[Mm]aire) (?:of |de |du |d['’])(?P<body>{NAME})"
    rf"|\b(?!The )(?P<council>{NAME}) (?:City Council|City Hall|Town Hall|[Mm]unicipality|County)\b"
)
# What is always in a place, or was there once, is no event: "the office in Geneva", "adopted in Marrakech".
_ALWAYS_THERE = re.compile(
    r"\b(?:based|born|live[sd]?|living|resid\w{2,4}|offices?|bureaux?|headquarter\w{0,3}|seat|embassy|mission|branch"
    r"|universit(?:y|e)|institute?|school|college|stud(?:y|ies|ied)|work(?:s|ed)|siege|ambassade|ecole|nee?|etabli\w{0,2}"
    r"|sede|oficinas?|embajada|universidad|instituto|escuela|nacid[oa]|founded|established|fondee?|fundad[oa]"
    r"|arriv\w{1,5}|return\w{0,5}|adopt\w{2,5}|signe\w{0,3}|firmad[oa]|detained|killed|rescued)\W{0,3}$"
)


def from_setting(page: Reading) -> list[Finding]:
    """The town of the title and the first paragraph, else of the next ones, where it is the only one there; none on a
    page about another country than the town's."""
    towns: dict[str, dict[str, tuple[int, int]]] = {}  # by name: by how it is named, where that is first done
    for number in range(_LEAD_PARAGRAPHS):
        for how, start, end in _towns(page, number):
            if names_in_list(page.text, end):
                return []
            towns.setdefault(name_key(page.text[start:end]), {}).setdefault(how, (start, end))
        if told := [places for name, places in towns.items() if _is_town(page, name, places)]:
            return _told(page, *min(told[0].values())) if len(told) == 1 else []
    return []


def _is_town(page: Reading, name: str, places: dict[str, tuple[int, int]]) -> bool:
    """A town too small for the gazetteer is told by its council: "Alcaldía de X", and elsewhere "en X"."""
    return is_known(page, name) or (not cities_named(name) and "inside" in places and len(places) > 1)


def _told(page: Reading, start: int, end: int) -> list[Finding]:
    subject = {m.country.alpha2 for m in countries_in_title(page)} or most_named(page)
    known = known_city(page, page.text[start:end])
    code = known.country_code if known else next(iter(subject)) if len(subject) == 1 else None
    if known and subject and code not in subject:
        return []
    return [city(page.document, FoundPlace(start, end, code), "place.setting")]


def _towns(page: Reading, number: int) -> Iterator[tuple[str, int, int]]:
    """How and where a paragraph (the title with the first) names what may be the town of what it tells."""
    title = page.document.title
    passages = [(title.start, title.end)] if title and number == 0 else []
    passages += [(start, end) for of, start, end in lead_sentences(page) if of == number]
    for start, end in passages:
        for match in _TOWN.finditer(page.text[start : min(end, start + LONGEST_SENTENCE)]):
            how = match.lastgroup or ""
            name_start, name_end = start + match.start(how), start + match.end(how)
            name = page.text[name_start:name_end]
            country = country_by_name(name)
            if (country is not None and country.alpha2 not in CITY_STATES) or is_building(name):
                continue
            at = start + match.start()
            before = page.folded[max(start, at - 40) : at].rstrip()
            if how == "inside" and (_ALWAYS_THERE.search(before) or is_of_other_event(page, start, name_start)):
                continue
            yield how, name_start, name_end
