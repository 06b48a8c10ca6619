"""Names: where rules and a model's mentions meet. The model's part is played by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.model import MarkupFact, MentionKind, Origin
from extractor.stages.names import find_names
from tests.stages.names import entity, prose


def rules(text: str, *model: tuple[MentionKind, str]) -> dict[str, tuple[str, str]]:
    """Every name → its rule and method, with what a model would say."""
    document = prose(text)
    found = find_names(document, (), [entity(document, kind, name) for kind, name in model])
    return {e.name: (e.rule, e.method) for e in (*found.organizations, *found.people)}


def test_what_only_the_model_finds() -> None:
    text = "The boats of Lantern House were mended by Ada Obi-Nwosu on Friday."
    assert rules(text) == {}
    assert rules(text, ("ORG", "Lantern House"), ("PERSON", "Ada Obi-Nwosu")) == {
        "Lantern House": ("org.model", "model"),
        "Ada Obi-Nwosu": ("person.model", "model"),
    }


def test_agreement_has_a_rule_of_its_own() -> None:
    text = "Ada Obi, Director of the Coast Agency, thanked the World Bank."
    assert rules(text) == {
        "Coast Agency": ("org.head", "rule"),
        "World Bank": ("org.vocabulary", "rule"),
        "Ada Obi": ("person.apposition", "rule"),
    }
    found = rules(text, ("ORG", "Coast Agency"), ("ORG", "World Bank"), ("PERSON", "Ada Obi"))
    assert found == {
        "Coast Agency": ("org.rule+model", "rule"),
        "World Bank": ("org.vocabulary", "rule"),  # sure enough by itself
        "Ada Obi": ("person.rule+model", "rule"),
    }


def test_the_rules_bounds_stand() -> None:
    text = "The Ministry of Youth, Sports and Culture of Kenya paid."
    assert list(rules(text, ("ORG", "Ministry of Youth"))) == ["Ministry of Youth, Sports and Culture of Kenya"]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("They read the Harbour Convention aloud.", "ORG", "Harbour Convention"),
        ("They met in Nairobi on Friday.", "ORG", "Nairobi"),
        ("They met in Kenya on Friday.", "ORG", "Kenya"),
        ("Then Civil Society spoke up.", "ORG", "Civil Society"),
        ("Then the Ministry spoke up.", "ORG", "Ministry"),
        ("Then the UN Resident Coordinator spoke up.", "ORG", "UN Resident"),
        ("Our GCM targets are clear.", "ORG", "GCM"),
        ("The UN agencies are here.", "ORG", "UN"),
        ("The Skills Passport Scheme (SPS) is a paper. Our SPS is blue.", "ORG", "SPS"),
        ("Then the Minister of Labour spoke.", "ORG", "Minister of Labour"),
        ("They take part in the fair of lanterns.", "ORG", "fair of lanterns"),
        ("They met in Kisumu - Kenya on Friday.", "ORG", "Kisumu - Kenya"),
        ("They met in Salle B12 on Friday.", "ORG", "Salle B12"),
        ("A seat is KES 500 at the door.", "ORG", "KES"),
        ("Then the Mobility Yearbook was read.", "ORG", "Mobility Yearbook"),
        ("All boats were mended in Addis Ababa on Friday.", "PERSON", "Addis Ababa"),
        ("Then came the Closing Remarks of the day.", "PERSON", "Closing Remarks"),
        ("Photo: UNHCR/Ada Obi", "PERSON", "Ada Obi"),
        ("A word of Obi was enough.", "PERSON", "Obi"),
    ],
)
def test_decoys_forbid_what_the_model_says(text: str, kind: MentionKind, name: str) -> None:
    assert name not in rules(text, (kind, name))


def test_a_person_by_rule_is_no_body_of_the_model() -> None:
    text = "Omar Sy-Ndour, Director of the Coast Agency, left."
    assert "Omar Sy-Ndour" in rules(text, ("ORG", "Omar Sy-Ndour"))
    assert rules(text, ("ORG", "Omar Sy-Ndour"))["Omar Sy-Ndour"][0].startswith("person.")


def test_a_page_that_breaks_off_in_a_name() -> None:
    assert rules("The boats were mended by people of Lantern Hou", ("ORG", "Lantern Hou")) == {}


def facts(*pairs: tuple[str, str]) -> tuple[MarkupFact, ...]:
    return tuple(MarkupFact(name, value, Origin("json-ld", f"$.{name}")) for name, value in pairs)


def test_bodies_and_people_that_only_the_markup_names() -> None:
    document = replace(
        prose("Tea is served at noon."),
        facts=facts(("organizer.name", "World Bank"), ("performer.name", "Ada Obi")),
    )
    found = find_names(document, (), ())
    (body,), (person,) = found.organizations, found.people
    assert (body.id, body.roles, body.method, body.evidence) == ("world-bank", ("organizer",), "metadata", ())
    assert body.origin == Origin("json-ld", "$.organizer.name")
    assert (person.name, person.roles, person.method) == ("Ada Obi", ("speaker",), "metadata")


def test_markup_gives_a_role_to_a_body_of_the_text() -> None:
    document = replace(prose("The Coast Agency serves tea."), facts=facts(("organizer.name", "Coast Agency")))
    (body,) = find_names(document, (), ()).organizations
    assert (body.name, body.roles, body.rule) == ("Coast Agency", ("organizer",), "org.head")


@pytest.mark.parametrize("text", ["They met. Temps spoke.", "Share: Lantern"])
def test_one_word_at_an_opening_is_no_body_for_the_model_alone(text: str) -> None:
    name = text.split()[2] if "met" in text else "Lantern"
    assert rules(text, ("ORG", name)) == {}
    assert rules(f"They met with {name} and left.", ("ORG", name)) == {name: ("org.model", "model")}
