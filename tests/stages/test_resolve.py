"""Resolution: pages → one entity for every body and person. All events and people are invented."""

from __future__ import annotations

import pytest

from extractor.model import Organization
from tests.stages.names import page


def only(organizations: tuple[Organization, ...], start: str) -> Organization:
    """The one organization whose id begins so."""
    (found,) = [o for o in organizations if o.id.startswith(start)]
    return found


@pytest.mark.parametrize(
    ("text", "name", "acronym", "aliases"),
    [
        (
            "The Coast Service of the Republic of Kenya came. The Coast Service (COS) left, then COS came back.",
            "Coast Service of the Republic of Kenya", "COS", {"Coast Service"},
        ),
        ("The Boat Council under the Coast Agency of Kenya met. The Boat Council ate.",
         "Boat Council under the Coast Agency of Kenya", None, {"Boat Council"}),
        ("IOM Kenya, the IOM Mission in Kenya, came; the Representation of IOM in the Republic of Kenya left; IOM won.",
         "Representation of IOM in the Republic of Kenya", "IOM", {"IOM Kenya", "IOM Mission in Kenya"}),
        ("The Embassy of Turkey in Oslo wrote. The Embassy of Türkiye in Oslo called.",
         "Embassy of Turkey in Oslo", None, set()),
    ],
)  # fmt: skip
def test_one_body_by_many_names(text: str, name: str, acronym: str | None, aliases: set[str]) -> None:
    found = page("A day on the coast", text).organizations
    best = next(o for o in found if o.name == name)
    assert best.acronym == acronym or acronym in best.aliases
    assert aliases <= set(best.aliases)


def test_a_short_form_is_another_body_where_its_part_is_named() -> None:
    found = page("A day", "The Statistics Department of the Ministry of Labour met. The Ministry of Labour paid.")
    assert {o.name for o in found.organizations} == {
        "Statistics Department of the Ministry of Labour",
        "Ministry of Labour",
    }


def test_a_short_form_of_two_bodies_stays_alone() -> None:
    found = page("A day", "The Coast Service of Kenya met the Coast Service of Ghana. The Coast Service smiled.")
    assert len(found.organizations) == 3


def test_the_acronym_alone_means_the_country_office() -> None:
    (office,) = page("A day", "IOM Kenya opened a clinic. The staff of IOM are glad.").organizations
    assert (office.id, office.parent_id, office.country_code) == ("iom-ke", "iom", "KE")


def test_the_full_name_means_the_body_itself() -> None:
    found = page("A day", "IOM Kenya wrote. The International Organization for Migration (IOM) replied.").organizations
    assert [o.id for o in found] == ["iom-ke", "iom"]
    assert only(found, "iom-ke").parent_id == "iom"


def test_networks_of_the_country_are_meant_by_their_full_name_too() -> None:
    found = page(
        "A day", "The UN Network on Migration met in Lusaka. The UN Network on Migration in Zambia has ten members."
    )
    assert [o.id for o in found.organizations] == ["unnm-zm"]


def test_known_bodies_in_other_languages() -> None:
    found = page(
        "Une journée", "L’Organisation internationale pour les migrations (OIM) et la Banque mondiale répondent."
    )
    body = only(found.organizations, "iom")
    assert (body.name, body.official_name, body.acronym, body.kind) == (
        "Organisation internationale pour les migrations",
        "International Organization for Migration",
        "OIM",
        "un",
    )


@pytest.mark.parametrize(
    ("text", "identifier", "kind"),
    [
        ("The Ministry of Labour of Kenya came.", "org:ministry-labour-ke", "government"),
        ("The Ministry of Labour of the Republic of Kenya came.", "org:ministry-labour-ke", "government"),
        ("The Harbour Workers’ Network came.", "org:harbour-workers-network", "network"),
        ("The Henkel Marine Foundation came.", "org:henkel-marine-foundation", "ngo"),
        ("We met the Agence régionale de développement.", "org:agence-regionale-developpement", "government"),
        ("The University of Larkhaven came.", "org:university-larkhaven", "academia"),
    ],
)
def test_identifiers_come_from_the_name_alone(text: str, identifier: str, kind: str) -> None:
    for filler in ("A day on the coast", "Notes of the second meeting"):
        (found,) = page(filler, text).organizations
        assert (found.id, found.kind) == (identifier, kind)


def test_one_person_by_many_names() -> None:
    found = page(
        "A day on the coast",
        "Mr Ilir Hoxha, Chief of Mission for IOM Kenya, opened the day. Mr Hoxha ate fish.",
        "“It was good fish”, said Ilir Hoxha. Ms. Amina J. Mwangi-Sato left, and so did Ms Mwangi-Sato.",
    )
    ilir, amina = found.people
    assert (ilir.name, ilir.honorific, ilir.position, ilir.affiliation) == (
        "Ilir Hoxha",
        "Mr",
        "Chief of Mission",
        "IOM Kenya",
    )
    assert ilir.organization_id == "iom-ke"
    assert [s.text for s in ilir.evidence] == ["Ilir Hoxha", "Hoxha", "Ilir Hoxha"]
    assert amina.name == "Amina J. Mwangi-Sato"


def test_two_people_with_one_surname_stay_two() -> None:
    found = page("A day", "Mr Omar Diallo and Ms Awa Diallo came by boat.")
    assert [p.name for p in found.people] == ["Omar Diallo", "Awa Diallo"]


def test_a_body_that_only_a_position_shows() -> None:
    found = page("A day", "Ada Obi, Brightsail CEO, opened the day.")
    (body,) = found.organizations
    assert (body.name, body.rule) == ("Brightsail", "org.affiliation")
    assert found.people[0].organization_id == body.id


def test_a_country_is_an_affiliation_and_no_body() -> None:
    found = page("A day", "Ms Lea Sorg, UN Resident Coordinator in Kenya, opened the day.")
    assert found.organizations == ()
    assert (found.people[0].affiliation, found.people[0].organization_id) == ("Kenya", None)
