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
            "La table est proposée par l'Agence du travail du Delta, avec le soutien du Fonds nordique de mobilité.",
            {"Agence du travail du Delta": ORGANIZER, "Fonds nordique de mobilité": PARTNER},
        ),
        (
            "The roundtable is a joint effort of the Delta Labour Agency and the Harbour Workers Union.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": ORGANIZER},
        ),
        (
            "The Delta Labour Agency runs the hotline. The guest thanked the Nordic Mobility Fund for its help.",
            {"Delta Labour Agency": ORGANIZER, "Nordic Mobility Fund": PARTNER},
        ),
        (
            "The Delta Labour Agency held the course. The Nordic Mobility Fund provided the funding for it.",
            {"Delta Labour Agency": ORGANIZER, "Nordic Mobility Fund": DONOR},
        ),
        (
            "Le Conseil du Delta a organisé la table ronde. Le texte a été préparé avec la Fondation Marée Haute.",
            {"Conseil du Delta": ORGANIZER, "Fondation Marée Haute": PARTNER},
        ),
        (
            "La mesa la organizó la Agencia Laboral del Delta y se redactó con la Fundación Casa Azul.",
            {"Agencia Laboral del Delta": ORGANIZER, "Fundación Casa Azul": PARTNER},
        ),
        (
            "Turku hosts Nordic Mobility Fund training: the Delta Labour Agency organized it for the whole coast.",
            {"Nordic Mobility Fund": MENTIONED, "Delta Labour Agency": ORGANIZER},
        ),
        (
            "El taller fue organizado por la Agencia Laboral del Delta y cuenta con el auspicio del Fondo Nórdico.",
            {"Agencia Laboral del Delta": ORGANIZER, "Fondo Nórdico": PARTNER},
        ),
        (
            "The Delta Labour Agency held the course. Travel grants are made available by the Nordic Mobility Fund.",
            {"Delta Labour Agency": ORGANIZER, "Nordic Mobility Fund": DONOR},
        ),
        (
            "The course was held by the Delta Labour Agency. Interpreters were provided by the Harbour Workers Union.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": PARTNER},
        ),
        (
            "The course was held by the Delta Labour Agency. The Harbour Workers Union and the Nordic Mobility Fund "
            "served as partners.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": PARTNER, "Nordic Mobility Fund": PARTNER},
        ),
        (
            "The Delta Labour Agency held the course and lent the hall to the Harbour Workers Union.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": MENTIONED},
        ),
        (
            "Réunion conjointe de la Commission des ports et de la Commission du travail, ouverte au public du quai.",
            {"Commission des ports": ORGANIZER, "Commission du travail": ORGANIZER},
        ),
        (
            "The Delta Labour Agency held the course. Shelter was found for all, with the Harbour Workers Union.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": PARTNER},
        ),
        (
            "The Delta Labour Agency held the course. The Nordic Mobility Fund has reserved EUR 2.4 million for beds.",
            {"Delta Labour Agency": ORGANIZER, "Nordic Mobility Fund": DONOR},
        ),
        (
            "The Delta Labour Agency held the course. Half of the money came from the Nordic Mobility Fund, in spring.",
            {"Delta Labour Agency": ORGANIZER, "Nordic Mobility Fund": DONOR},
        ),
        (
            "The course, which the Delta Labour Agency and the Harbour Workers Union ran from 4 to 6 May, was full.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": ORGANIZER},
        ),
        (
            "The Delta Labour Agency is hosting the course. The Harbour Workers Union trained the cooks.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": PARTNER},
        ),
        (
            "The Delta Labour Agency held the course. The cooks of the Harbour Workers Union were trained for it.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": MENTIONED},
        ),
        (
            "The Delta Labour Agency held the course, together with two trainers from the Harbour Workers Union.",
            {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": PARTNER},
        ),
        (
            "El Consejo del Delta organizó la mesa. Colaboran la Fundación Casa Azul y el Fondo Nórdico.",
            {"Consejo del Delta": ORGANIZER, "Fundación Casa Azul": PARTNER, "Fondo Nórdico": PARTNER},
        ),
        (
            "El encuentro fue posible gracias al Fondo Nórdico y a la Fundación Casa Azul.",
            {"Fondo Nórdico": DONOR, "Fundación Casa Azul": DONOR},
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


def test_a_pledge_and_its_partners() -> None:
    found = roles_of(
        "A pledge on shelters",
        "The Government of Kenya pledges to end the detention of children on the move by 2026.",
        "To this end it will open, together with the Delta Labour Agency, two shelters for families on the coast.",
    )
    assert found == {"Government of Kenya": ("implementer",), "Delta Labour Agency": PARTNER}


def test_the_first_sentence_tells_whose_plan_it_is() -> None:
    found = roles_of(
        "New rules for recruiters",
        "The Delta Labour Agency (DLA) will revise its rules for recruiters of seasonal workers this year.",
        "A first meeting was organized by the Harbour Workers Union and ended with a list of wishes.",
    )
    assert found == {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": ORGANIZER}


def test_the_body_on_the_masthead_organizes_where_no_words_say_who_does() -> None:
    found = roles_of(
        "Delta Labour Agency",
        "Open day on seasonal work",
        "Come on Monday 4 May 2023 between nine and five; a colleague of the Harbour Workers Union will be there.",
    )
    assert found == {"Delta Labour Agency": ORGANIZER, "Harbour Workers Union": MENTIONED}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Lead: Delta Labour Agency", ("implementer",)),
        ("Support: Delta Labour Agency", PARTNER),
        ("Authors: Delta Labour Agency", ORGANIZER),
        ("Colabora: Delta Labour Agency", PARTNER),
    ],
)
def test_labels_that_are_no_fields(line: str, expected: tuple[str, ...]) -> None:
    text = "The list of fair recruiters was read aloud to everyone who had come to the hall that day."
    assert roles_of("A list of fair recruiters", line, text)["Delta Labour Agency"] == expected


def test_a_field_gives_its_role() -> None:
    page = ("Organizers: Delta Labour Agency", "Donors: Nordic Mobility Fund", "The list was read aloud to all.")
    assert roles_of("A list of fair recruiters", *page) == {
        "Delta Labour Agency": ORGANIZER,
        "Nordic Mobility Fund": DONOR,
    }


IMPLEMENTER = ("implementer",)


@pytest.mark.parametrize(
    "table",
    [
        # as HTML tables come, as some scrapers leave them, and with headings between the rows
        "Activity | Lead | Partners\n1.1 Lamps | Delta Labour Agency | Harbour Workers Union, Nordic Mobility Fund\n"
        "1.2 Oil | Delta Labour Agency | Harbour Workers Union",
        "Activity\nLead\nPartners\n\nLamps\nDelta Labour Agency\nHarbour Workers Union, Nordic Mobility Fund\n\n"
        "Oil\nDelta Labour Agency\nHarbour Workers Union",
        "Activity | Lead | Partners\nLamps | Delta Labour Agency | Nordic Mobility Fund\nPriority 2. Oil\n"
        "Oil | Delta Labour Agency | Harbour Workers Union",
    ],
)
def test_the_columns_of_a_table_give_roles(table: str) -> None:
    text = "The plan was read aloud to everyone who had come to the hall that day, and no one had a question."
    assert roles_of("Workplan of the quay", text, table) == {
        "Delta Labour Agency": IMPLEMENTER,
        "Harbour Workers Union": PARTNER,
        "Nordic Mobility Fund": PARTNER,
    }


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("With thanks to our funders", DONOR),
        ("Consortium", PARTNER),
        ("Members of the network", PARTNER),
        ("Implementing organizations", IMPLEMENTER),
    ],
)
def test_lists_under_headings_give_roles(heading: str, expected: tuple[str, ...]) -> None:
    text = "The list was read aloud to everyone who had come to the hall that day, and no one had a question."
    listed = f"{heading}\n\nDelta Labour Agency\nHarbour Workers Union\n\nTide tables for the week"
    assert roles_of("Night watch on the quay", text, listed) == {
        "Delta Labour Agency": expected,
        "Harbour Workers Union": expected,
    }


def test_lines_around_the_details_of_a_practice_are_its_bodies_whose_labels_are_lost() -> None:
    assert roles_of(
        "Repository of Practices",
        "Night watch on the quay",
        "Lamps were lit on the quay every night, and nobody fell into the water any more.",
        "Delta Labour Agency",
        "Detailed Information\nThe lamps are lit by cooks.",
        "Harbour Workers Union, Nordic Mobility Fund",
        "Benefit and Impact",
        "Nobody fell into the water any more, and the boats found their way home even in fog.",
    ) == {"Delta Labour Agency": IMPLEMENTER, "Harbour Workers Union": PARTNER, "Nordic Mobility Fund": PARTNER}


def test_bodies_listed_below_those_that_implement_are_partners_whose_label_is_lost() -> None:
    assert roles_of(
        "Night watch on the quay",
        "Main Implementing Organization(s)\nDelta Labour Agency",
        "Harbour Workers Union\nNordic Mobility Fund",
        "Lamps were lit on the quay every night, and nobody fell into the water any more.",
    ) == {"Delta Labour Agency": ("implementer",), "Harbour Workers Union": PARTNER, "Nordic Mobility Fund": PARTNER}
