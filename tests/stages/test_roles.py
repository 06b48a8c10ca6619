"""What bodies have to do with a page's event: pages → (body, role)."""

from __future__ import annotations

import pytest

from extractor.readers import read_text
from extractor.stages.clean import clean
from extractor.stages.fields import find_fields
from extractor.stages.names import find_names


def roles_of(*lines: str) -> dict[str, tuple[str, ...]]:
    document = clean(read_text("\n\n".join(lines)))
    found = find_names(document, find_fields(document), ())
    return {o.name: tuple(o.roles) for o in found.organizations}


ORGANIZER, PARTNER, DONOR, MENTIONED = ("organizer",), ("partner",), ("donor",), ("mentioned",)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The Harbour Workers Union and the Delta Labour Agency organized the roundtable on 4 May 2021 in Turku.",
            {"Harbour Workers Union": ORGANIZER, "Delta Labour Agency": ORGANIZER},
        ),
        (
            "The roundtable was organised by the Delta Labour Agency with the support of the Nordic Mobility Fund.",
            {"Delta Labour Agency": ORGANIZER, "Nordic Mobility Fund": PARTNER},
        ),
        (
            "The Delta Labour Agency held the course in collaboration with the Harbour Workers Union.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": PARTNER},
        ),
        (
            "The course was organised by the Delta Labour Agency and funded by the Nordic Mobility Fund.",
            {"Delta Labour Agency": ORGANIZER, "Nordic Mobility Fund": DONOR},
        ),
        (
            "La table ronde est proposée par l'Agence du travail du Delta, avec le soutien du Fonds nordique de mobilité.",
            {"Agence du travail du Delta": ORGANIZER, "Fonds nordique de mobilité": PARTNER},
        ),
        (
            "El taller fue organizado por la Agencia Laboral del Delta y cuenta con el auspicio del Fondo Nórdico.",
            {"Agencia Laboral del Delta": ORGANIZER, "Fondo Nórdico": PARTNER},
        ),
    ],
)
def test_roles_that_words_give(sentence: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert roles_of("A roundtable on seasonal work", sentence) == expected


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (
            "On Monday, the Delta Labour Agency drew up a list of fair recruiters with the Harbour Workers Union. "
            "A guest of the Nordic Mobility Fund took notes for the colleagues at home.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": PARTNER, "Nordic Mobility Fund": MENTIONED},
        ),
        (
            "Turku – The Delta Labour Agency agreed today on a list of fair recruiters for the season.",
            {"Delta Labour Agency": ORGANIZER},
        ),
    ],
)
def test_where_no_words_say_so_the_body_that_acts_in_the_lead_organizes(
    sentences: str, expected: dict[str, tuple[str, ...]]
) -> None:
    assert roles_of("A list of fair recruiters", sentences) == expected


def test_a_field_gives_its_role() -> None:
    page = ("Organizers: Delta Labour Agency", "Donors: Nordic Mobility Fund", "The list was read aloud to all.")
    assert roles_of("A list of fair recruiters", *page) == {
        "Delta Labour Agency": ORGANIZER,
        "Nordic Mobility Fund": DONOR,
    }
