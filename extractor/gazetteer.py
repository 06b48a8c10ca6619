"""The gazetteer: countries, regions and cities by name, and where a text names countries and regions.

Data: ``vocabularies/countries.json``, ``regions.json``, ``cities.json`` (sources named in each), read once, when first
asked for. Names (English, French, Spanish) are compared without case, accents and punctuation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from extractor.text import fold


@dataclass(frozen=True, slots=True)
class Country:
    alpha2: str  # ISO 3166-1 ("XK", user-assigned, for Kosovo)
    alpha3: str
    m49: str | None  # UN M49, three digits
    sub_region: str | None  # M49 code of the sub-region: "145" for Western Asia
    name: str  # short, in English
    capital: str | None


@dataclass(frozen=True, slots=True)
class Region:
    name: str  # in English
    m49: str | None  # null for groupings that M49 does not know ("Arab region")


@dataclass(frozen=True, slots=True)
class City:
    name: str  # as GeoNames has it
    country_code: str
    population: int  # thousands
    capital: bool


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country named in a text: ``text[start:end]``."""

    start: int
    end: int
    country: Country
    form: Literal["name", "demonym"]


@dataclass(frozen=True, slots=True)
class RegionMention:
    start: int
    end: int
    region: Region


def country_by_code(code: str) -> Country | None:
    """The country of an ISO 3166-1 code of two or three letters, in any case."""
    return _countries_by_code().get(code.strip().upper())


def country_by_name(name: str) -> Country | None:
    """The country that a whole string names, in any style: "Gambia, The", "la Côte d’Ivoire", "UAE"."""
    by_name = _countries_by_name()
    words = name_key(name)
    return by_name.get(words) or by_name.get(_ARTICLE.sub("", words))


def region_by_name(name: str) -> Region | None:
    """The region that a whole string names: "West Asia", "Asie de l'Ouest", "Global"."""
    words = name_key(name)
    regions = _regions_by_name()
    return regions.get(words) or regions.get(_ARTICLE.sub("", words))


def cities_named(name: str) -> tuple[City, ...]:
    """The cities of that name, the one most likely meant first (capitals, then the more populous)."""
    words = name_key(name)
    return _cities(words) or _cities(_CITY_OF.sub("", words))


def city_named(name: str, country_codes: Iterable[str] = ()) -> City | None:
    """The city of that name in one of the countries; if none are given, the one that outweighs its namesakes.

    None when there is no such city, or when it cannot be told which is meant.
    """
    cities = cities_named(name)
    wanted = tuple(country_codes)
    if wanted:
        return next((city for city in cities if city.country_code in wanted), None)
    rivals = [city for city in cities if city.country_code != cities[0].country_code]
    if not cities or (rivals and _weight(cities[0]) < _CLEARLY * _weight(rivals[0])):
        return None
    return cities[0]


def find_countries(text: str, demonyms: bool = False) -> list[CountryMention]:
    """The countries that ``text`` names, in order; with ``demonyms`` also adjectives ("Kenyan", "malien").

    Names of other things (New Mexico, Lake Chad) and of people (Jordan Smith, Dominique) are left out.
    """
    folded = fold(text)
    mentions = [
        CountryMention(start, end, entry.value, entry.kind)
        for start, end, entry in _matches(folded)
        if isinstance(entry.value, Country)
        and (entry.kind == "name" or (demonyms and entry.kind == "demonym"))
        and _is_country_here(text, folded, start, end, entry)
    ]
    mentions += [
        CountryMention(m.start(), m.end(), _abbreviations()[m.group()], "name")
        for m in _abbreviation_pattern().finditer(text)
        if not _NO_ABBREVIATION_BEHIND.search(text, max(0, m.start() - 3), m.start())
    ]
    return sorted(mentions, key=lambda m: m.start)


def find_regions(text: str) -> list[RegionMention]:
    """The regions that ``text`` names, in order."""
    return [
        RegionMention(start, end, entry.value)
        for start, end, entry in _matches(fold(text))
        if isinstance(entry.value, Region) and text[start].isupper()
    ]


def is_language_name(word: str) -> bool:
    """Whether a demonym also names a language that pages are written in: "French", "español"."""
    return name_key(word) in _word_list("also_languages")


def is_us_state(name: str) -> bool:
    """Whether a string is the name or the postal code of a state of the United States ("Oregon", "NY")."""
    return name_key(name) in _word_list("us_states")


def is_province(name: str) -> bool:
    """Whether a string is the name of a province of Canada or a state of Australia, as it stands behind a city."""
    return name_key(name) in _word_list("provinces")


def name_key(name: str) -> str:
    """The words of a name without case, accents and punctuation: what names are compared by."""
    return " ".join(_WORD.findall(fold(name)))


# --- telling a country from its namesakes ------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"^(?:the|la|le|les|el|los|las|l)\s+")
_LOOSE_ARTICLE = re.compile(r"^(?:the|la|les|las|los)\s+")  # unlike that of El Salvador, no part of the name
_CITY_OF = re.compile(
    r"^(?:the )?(?:city of|ville de|la ville de|ciudad de|la ciudad de)\s+|\s+(?:city|d c|dc|cedex|ville)$"
)
# Words before a country's name that no first name has before it.
_PREPOSITION = re.compile(
    r"\b(?:in|of|to|from|for|at|across|within|aux?|en|du|de|des|dans|pour|par|sur|del|para|desde|por|sobre|south|north"
    r"|ile|isla|island|republic|kingdom|state|government)\s$|\b[dl]'$"
)
_HONORIFIC = re.compile(r"(?:\b(?:mr|mrs|ms|mx|dr|prof|sr|sra|mme|m|ambassador|minister|said)\.?)\s$")
_WORD_BEFORE = re.compile(r"([\w'’-]{1,40})[ \n]$")
_LAST_NAME_AFTER = re.compile(r" [A-ZÀ-Þ][\w'’-]{1,30}(?=\s*(?:[,;:()–|]|$|\n| - ))")
_TOWN_BEFORE = re.compile(r"([A-Z]\w{1,20}(?: [A-Z]\w{1,20})?), $")
# Beside another word in capitals it is a piece of a heading: "CONTACT US", "EAU ET ASSAINISSEMENT".
_NO_ABBREVIATION_BEHIND = re.compile(r"(?:[\w.$/&@]|[A-Z]{2} )\Z")
_CLEARLY = 3  # times the weight of the next namesake abroad
_CAPITAL_WEIGHT = 20  # a capital is written about as often as a city of twenty times its size


_Kind = Literal["name", "demonym", "region", "other"]


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]  # folded words, brackets and commas
    kind: _Kind
    value: Country | Region | None
    lower_case: bool = False  # French and Spanish write adjectives of nationality in lower case


def _is_country_here(text: str, folded: str, start: int, end: int, entry: _Entry) -> bool:
    if not text[start].isupper():
        return entry.lower_case
    before = text[max(0, start - 42) : start]
    name = " ".join(entry.words)
    if name == "georgia" and _is_us_city((_TOWN_BEFORE.findall(before) or [""])[0]):
        return False
    if name in _word_list("need_preposition"):
        return _is_after_preposition(text, folded, start) and not re.match(r" [A-ZÀ-Þ]", text[end : end + 2])
    if name in _word_list("also_personal_names") and not _is_after_preposition(text, folded, start):
        word_before = _WORD_BEFORE.search(before)
        first_name_before = word_before is not None and word_before.group(1).istitle()
        last_name_after = _LAST_NAME_AFTER.match(text, end, end + 40)
        return not (first_name_before or last_name_after or _HONORIFIC.search(folded[max(0, start - 42) : start]))
    return True


def _is_after_preposition(text: str, folded: str, start: int) -> bool:
    return bool(_PREPOSITION.search(folded[max(0, start - 42) : start])) or text.endswith("à ", 0, start)


def _is_us_city(name: str) -> bool:
    codes = [city.country_code for city in cities_named(name)]
    return "US" in codes and "GE" not in codes and country_by_name(name) is None


def _weight(city: City) -> int:
    return city.population * (_CAPITAL_WEIGHT if city.capital else 1)


# --- finding names in text ---------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\W_]+|[,()]")
_GAP = r"(?:[\s'&*-]{0,3}|(?<=\bst)\. ?)"  # inside a name: "Guinea Bissau", "Guinea-Bissau", "St. Lucia"


_PAGE = 500  # characters: what is longer is a page, which several stages search


def _matches(folded: str) -> Iterable[tuple[int, int, _Entry]]:
    """The longest known phrase at each place, left to right, without overlap."""
    return _matches_of_page(folded) if len(folded) > _PAGE else _search(folded)


@lru_cache(maxsize=1)
def _matches_of_page(folded: str) -> tuple[tuple[int, int, _Entry], ...]:
    return tuple(_search(folded))


def _search(folded: str) -> Iterator[tuple[int, int, _Entry]]:
    by_first_word = _phrases()
    reached = 0
    for word in [word for word in _WORD.finditer(folded) if word[0] in by_first_word]:
        if word.start() < reached:
            continue
        for entry in by_first_word[word[0]]:
            if len(entry.words) == 1:
                reached = word.end()
            elif match := _phrase_pattern(entry.words).match(folded, word.start()):
                reached = match.end()
            else:
                continue
            yield word.start(), reached, entry
            break


@cache
def _phrase_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    end = r"(?![^\W_])" if words[-1].isalnum() else ""
    return re.compile(_GAP.join(map(re.escape, words)) + end)


# --- the data, read when first needed ----------------------------------------------------------------------


def _read(name: str) -> Any:
    return json.loads(resources.files("extractor.vocabularies").joinpath(name).read_text(encoding="utf-8"))


@cache
def _country_data() -> dict[str, Any]:
    data: dict[str, Any] = _read("countries.json")
    return data


@cache
def _countries_by_code() -> Mapping[str, Country]:
    by_code: dict[str, Country] = {}
    for row in _country_data()["countries"]:
        country = Country(*(row[key] for key in ("alpha2", "alpha3", "m49", "sub_region", "name", "capital")))
        by_code[country.alpha2] = by_code[country.alpha3] = country
    return by_code


@cache
def _countries_by_name() -> Mapping[str, Country]:
    by_name: dict[str, Country] = {}
    for row in _country_data()["countries"]:
        country = _countries_by_code()[row["alpha2"]]
        for name in (*_all_languages(row["names"]), *row["abbreviations"]):
            by_name.setdefault(name_key(name), country)
    return by_name


@cache
def _abbreviations() -> Mapping[str, Country]:
    return {
        short: _countries_by_code()[row["alpha2"]]
        for row in _country_data()["countries"]
        for short in row["abbreviations"]
    }


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    shorts = sorted(map(re.escape, _abbreviations()), key=lambda s: (-len(s), s))
    return re.compile(rf"(?:{'|'.join(shorts)})(?![\w$@/&])(?! [A-Z]{{2}})")


@cache
def _word_list(name: str) -> frozenset[str]:
    return frozenset(name_key(word) for word in _country_data()[name])


@cache
def _regions_by_name() -> Mapping[str, Region]:
    by_name: dict[str, Region] = {}
    for row in _read("regions.json")["regions"]:
        for name in _all_languages(row["names"]):
            by_name.setdefault(name_key(name), Region(row["name"], row["m49"]))
    return by_name


@cache
def _phrases() -> Mapping[str, tuple[_Entry, ...]]:
    """Every phrase that a text is searched for, by its first word, longest first."""
    entries: dict[tuple[str, ...], _Entry] = {}

    def add(name: str, kind: _Kind, value: Country | Region | None) -> None:
        words = tuple(_TOKEN.findall(_LOOSE_ARTICLE.sub("", fold(name))))  # "the Gambia" is found by "Gambia"
        entries.setdefault(words, _Entry(words, kind, value, kind == "demonym" and name[0].islower()))

    data = _country_data()
    for name in data["not_countries"]:
        add(name, "other", None)
    for row in data["countries"]:
        for name in _all_languages(row["names"]):
            add(name, "name", _countries_by_code()[row["alpha2"]])
    for row in _read("regions.json")["regions"]:
        for name in _all_languages(row["names"]):
            add(name, "region", Region(row["name"], row["m49"]))
    for row in data["countries"]:
        for name in _all_languages(row["demonyms"]):
            add(name, "demonym", _countries_by_code()[row["alpha2"]])
    by_first_word: dict[str, list[_Entry]] = {}
    for words, entry in entries.items():
        by_first_word.setdefault(words[0], []).append(entry)
    return {first: tuple(sorted(group, key=lambda e: -len(e.words))) for first, group in by_first_word.items()}


def _all_languages(names: Mapping[str, list[str]]) -> list[str]:
    return [name for language in ("en", "fr", "es") for name in names[language]]


@cache
def _city_rows() -> Mapping[str, list[list[Any]]]:
    """The rows of ``cities.json`` by the keys of their names: all that is done for 34,000 cities at the start."""
    rows: dict[str, list[list[Any]]] = {}
    for row in _read("cities.json")["cities"]:
        for key in (name_key(row[0]), *row[3]):
            rows.setdefault(key, []).append(row)
    return rows


@cache
def _capitals() -> frozenset[tuple[str, str]]:
    return frozenset((c.alpha2, name_key(c.capital)) for c in _countries_by_code().values() if c.capital)


@lru_cache(maxsize=4096)
def _cities(key: str) -> tuple[City, ...]:
    cities = [
        City(name, code, population, (code, name_key(name)) in _capitals())
        for name, code, population, _ in _city_rows().get(key, ())
    ]
    return tuple(sorted(cities, key=_weight, reverse=True))
