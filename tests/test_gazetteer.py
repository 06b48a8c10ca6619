"""The gazetteer: names in any style → countries, regions and cities, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.gazetteer import (
    cities_named,
    city_named,
    country_by_code,
    country_by_name,
    find_countries,
    find_regions,
    is_language_name,
    is_us_state,
    region_by_name,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Azerbaijan", "AZ"),
        ("Gambia, The", "GM"),
        ("The Gambia", "GM"),
        ("Bahamas, The", "BS"),
        ("Bolivia (Plurinational State of)", "BO"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("Viet Nam", "VN"),
        ("la Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Congo, Rep.", "CG"),
        ("Democratic Republic of the Congo", "CD"),
        ("RDC", "CD"),
        ("Egypt, Arab Rep.", "EG"),
        ("Cabo Verde", "CV"),
        ("Cape Verde", "CV"),
        ("les Pays-Bas", "NL"),
        ("los Emiratos Árabes Unidos", "AE"),
        ("República Dominicana", "DO"),
        ("EE.UU.", "US"),
        ("Kosovo*", "XK"),
    ],
)
def test_a_country_is_known_in_every_style(name: str, code: str) -> None:
    country = country_by_name(name)
    assert country is not None
    assert country.alpha2 == code


@pytest.mark.parametrize("name", ["", "Global", "Baku", "Ruritania", "the"])
def test_what_is_no_country_is_none(name: str) -> None:
    assert country_by_name(name) is None


def test_a_country_has_its_codes_and_region() -> None:
    country = country_by_code("aze")
    assert country is not None
    assert (country.alpha2, country.m49, country.sub_region, country.capital) == ("AZ", "031", "145", "Baku")
    assert country_by_code("??") is None


@pytest.mark.parametrize(
    ("name", "m49"),
    [
        ("West Asia", "145"),
        ("Western Asia", "145"),
        ("Asie de l’Ouest", "145"),
        ("Global", "001"),
        ("Océanie", "009"),
        ("the Caribbean", "029"),
        ("Arab region", None),
    ],
)
def test_a_region_is_known_by_its_labels(name: str, m49: str | None) -> None:
    region = region_by_name(name)
    assert region is not None
    assert region.m49 == m49


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("Marrakech", ("Marrakesh", "MA")),
        ("Nur-Sultan", ("Astana", "KZ")),
        ("Kiev", ("Kyiv", "UA")),
        ("Addis-Abeba", ("Addis Ababa", "ET")),
        ("ciudad de Panamá", ("Panama City", "PA")),
        ("San José", ("San José", "CR")),  # a capital outweighs a larger namesake
        ("Athens", ("Athens", "GR")),
        ("Ginebra", ("Geneva", "CH")),
        ("Washington, D.C.", ("Washington", "US")),
        ("Salamanca", None),  # Mexico's and Spain's are alike in size
        ("Atlantis City of Dreams", None),
    ],
)
def test_a_city_is_the_one_most_likely_meant(name: str, city: tuple[str, str] | None) -> None:
    found = city_named(name)
    assert (found and (found.name, found.country_code)) == city


def test_a_country_chooses_among_namesakes() -> None:
    assert [c.country_code for c in cities_named("Salamanca")][:2] == ["MX", "ES"]
    spanish = city_named("Salamanca", ["ES"])
    assert spanish is not None
    assert spanish.country_code == "ES"
    assert city_named("Salamanca", ["NP"]) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("officials of Papua New Guinea, Guinea-Bissau and Guinea", ["PG", "GW", "GN"]),
        ("the Lake Chad Basin, New Mexico and the Gulf of Guinea", []),
        ("the Government of Georgia met Jordan Blake, Director, in Jordan", ["GE", "JO"]),
        ("Mr Chad thanked Dominique for her work", []),
        ("au Salvador et à Maurice", ["SV", "MU"]),
        ("a conference in Atlanta, Georgia, and one in Kutaisi, Georgia", ["GE"]),
        ("CONTACT US for news of the US and the U.K.", ["US", "GB"]),
        ("the US-Mexico border", ["US", "MX"]),
        ("the Netherlands, The Gambia, El Salvador", ["NL", "GM", "SV"]),
        ("aux États-Unis, en République démocratique du Congo", ["US", "CD"]),
        ("they bought china in turkey shops", []),
        ("MINISTRY OF LABOUR OF THE REPUBLIC OF MOLDOVA", ["MD"]),
    ],
)
def test_countries_are_told_from_their_namesakes(text: str, found: list[str]) -> None:
    assert [m.country.alpha2 for m in find_countries(text)] == found


def test_adjectives_are_found_when_asked_for() -> None:
    text = "Kenyan nurses, la ministre malienne, los alcaldes hondureños, Latin American cities"
    assert find_countries(text) == []
    assert [m.country.alpha2 for m in find_countries(text, demonyms=True)] == ["KE", "ML", "HN"]
    assert is_language_name("Portuguese")
    assert not is_language_name("Kenyan")


def test_regions_in_text() -> None:
    found = find_regions("cities of Latin America and the Caribbean and of South-East Asia")
    assert [m.region.m49 for m in found] == ["419", "035"]


def test_states_of_the_united_states() -> None:
    assert is_us_state("Oregon")
    assert is_us_state("NY")
    assert not is_us_state("Baku")


_PIECES = [
    "Jordan",
    "Chad ",
    "the Gambia",
    "Côte d’Ivoire",
    "Bolivia (Plurinational State of)",
    "U.S.",
    "\n",
    ", ",
    "İ",
]


@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=8)), max_size=12).map("".join))
def test_mentions_are_ordered_passages_of_the_text(text: str) -> None:
    reached = 0
    for mention in find_countries(text, demonyms=True):
        assert reached <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        reached = mention.end
