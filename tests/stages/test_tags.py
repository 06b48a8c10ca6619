"""Tags: what counts as naming an objective, a principle or a goal, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.model import Block, Document, Field, MarkupFact, Origin, Page, Span, Tags
from extractor.readers import read_text
from extractor.stages.clean import clean
from extractor.stages.fields import find_fields
from extractor.stages.tags import find_tags
from extractor.text import split_sentences
from extractor.vocabularies import goals, objectives, principles

GCM = "The Global Compact for Safe, Orderly and Regular Migration (GCM) was adopted in Marrakech."
SDGS = "The Sustainable Development Goals (SDGs) were adopted in New York."


def page(*lines: str, profile: str = "generic", facts: tuple[MarkupFact, ...] = ()) -> Document:
    """A document of paragraphs."""
    text = "\n".join(lines)
    blocks: list[Block] = []
    start = 0
    for line in lines:
        blocks.append(Block("paragraph", start, start + len(line)))
        start += len(line) + 1
    sentences = [s for b in blocks for s in split_sentences(text, b.start, b.end)]
    source = Page("page.txt", text, "text/plain", "utf-8", "", len(text))
    return Document(source, text, tuple(blocks), tuple(sentences), "en", profile, None, facts=facts)


def tagged(*lines: str, **fields: str) -> Tags:
    """The tags of a page of paragraphs that ends with the given fields; values on lines of their own."""
    rows = list(lines)
    for label, values in fields.items():
        rows += [label, *values.split("\n")]
    document = page(*rows)
    found: list[Field] = []
    position = len("\n".join(lines)) + (1 if lines else 0)
    for label, values in fields.items():
        spans = []
        label_span = Span(position, position + len(label), label)
        position += len(label) + 1
        for value in values.split("\n"):
            spans.append(Span(position, position + len(value), value))
            position += len(value) + 1
        found.append(Field(label, label_span, tuple(spans)))
    return find_tags(document, tuple(found))


def numbers(tags: Tags) -> list[int]:
    return [o.number for o in tags.objectives]


def keys(tags: Tags) -> list[str]:
    return [p.key for p in tags.principles]


def sdgs(tags: Tags) -> dict[int, list[str]]:
    return {s.goal: list(s.targets) for s in tags.sdgs}


# --- objectives cited by number ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # English
        ("The talk turned to GCM Objective 23.", [23]),
        ("Both ministries report on GCM objectives 5 and 6.", [5, 6]),
        ("A dialogue on Objective 23 of the Global Compact for Safe, Orderly and Regular Migration", [23]),
        ("Objectives 5 and 6 of the Global Compact guide the project.", [5, 6]),
        ("It serves objectives 1, 3 and 17–19 of the GCM.", [1, 3, 17, 18, 19]),
        ("It serves objectives 1, 3, and 17 to 19 of the GCM.", [1, 3, 17, 18, 19]),
        ("Progress on objectives 5 (regular pathways), 6 (decent work) and 18 of the GCM was shown.", [5, 6, 18]),
        ("The Global Compact for Migration’s Objective 11 asks for it.", [11]),
        ("The GCM’s objectives 2 and 7 were debated.", [2, 7]),
        ("Work under Objective 21 of the Migration Compact", [21]),
        ("Objective no. 14 of the GCM", [14]),
        ("Objective #14 of the GCM", [14]),
        ("Objective 5, GCM, and nothing else", [5]),
        ("In line with the objectives of the GCM (5, 6 and 18)", [5, 6, 18]),
        ("GCM objectives: 2, 5, 23", [2, 5, 23]),
        ("GCM objective(s) 2 and 5", [2, 5]),
        ("Objective 20 (GCM) was the theme.", [20]),
        ("OBJECTIVE 8 - SAVE LIVES", [8]),
        ("Objective 8: Save lives and establish coordinated international efforts on missing migrants", [8]),
        ("Objective 13 (Alternatives to detention)", [13]),
        ("GCM Objective 21: Cooperate in facilitating safe and dignified return", [21]),
        ("Under the GCM, Ruritania will report on Objectives 4 and 14.", [4, 14]),
        # French
        ("L’objectif 2 du Pacte mondial pour des migrations sûres, ordonnées et régulières", [2]),
        ("Objectif 2 du Pacte mondial", [2]),
        ("Les objectifs 5 et 6 du PMM", [5, 6]),
        ("les objectifs 1, 3 et 17 à 19 du Pacte mondial sur les migrations", [1, 3, 17, 18, 19]),
        ("l’objectif n° 9 du PMM", [9]),
        ("Objectif 8 : Sauver des vies", [8]),
        ("Objectif 16 – Intégration et cohésion sociale", [16]),
        # Spanish
        ("Objetivo 2 del Pacto Mundial para la Migración", [2]),
        ("los objetivos 5 y 6 del Pacto Mundial para una Migración Segura, Ordenada y Regular", [5, 6]),
        ("los objetivos 1, 3 y 17 a 19 del PMM", [1, 3, 17, 18, 19]),
        ("el objetivo núm. 23 del Pacto Mundial", [23]),
        ("Objetivo 10: Erradicar la trata de personas", [10]),
    ],
)
def test_objectives_by_number(text: str, expected: list[int]) -> None:
    tags = tagged(text)
    assert numbers(tags) == expected
    assert {(o.basis, o.rule, o.stated) for o in tags.objectives} == {("cited", "tag.cited_number", True)}
    assert not tags.sdgs


@pytest.mark.parametrize(
    "text",
    [
        "The 23 objectives of the GCM",
        "the Compact’s 23 objectives",
        "Los 23 objetivos del Pacto Mundial",
        "The GCM and its 23 objectives 5 years on",
        "GCM objectives 5 years after Marrakech",
        "Objective 24 of the GCM",
        "Objective 0 of the GCM",
        "Objective 3 of the Global Compact on Refugees",
        "Global Compact on Refugees objective 3",
        "GCR Objective 3 was discussed beside the GCM.",
        "l’objectif 3 du Pacte mondial sur les réfugiés",
        "el objetivo 3 del Pacto Mundial sobre los Refugiados",
        "Principle 6 of the UN Global Compact",
        "Objective 1: Train 200 border officers",
        "Objective 1 of the project is to train officers.",
        "Specific Objective 2 is in line with the GCM.",
        "The plan follows the GCM: Objective 1 - Train officers; Objective 2 - Equip stations.",
        "Objective 5 of the national plan is in line with the GCM.",
        "l’objectif 4 du plan national, conforme au PMM",
        "el objetivo 4 de la estrategia nacional, acorde con el PMM",
        "Objectives 2030",
        "GCM talks, 5 May 2021",
        "objective 5.2 million",
        "Objective 8",
        "Objective 1: Data will be collected by the team",
        "The GCM asks that lives be saved and data be gathered.",
    ],
)
def test_no_objectives(text: str) -> None:
    assert numbers(tagged(text)) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([GCM, "Speakers from the region turned to Objective 13."], [13]),
        ([GCM, "Objective 1 is to train officers."], []),
        (["The ports act in the spirit of the Global Compact for Migration and its objectives 7 and 15:"], [7, 15]),
        ([GCM, "The plan and its objectives 1 and 2 were read aloud."], []),
        ([GCM, "1. Data", "2. Work"], []),
        ([GCM, "5 - Regular pathways"], [5]),
        ([GCM, "The room discussed GCM Objective 5.", "Then Objective 6 was raised."], [5, 6]),
        ([GCM, "Roundtable 2 (objectives 4, 8, 9, 10, 11, 13 and 21)"], [4, 8, 9, 10, 11, 13, 21]),
        ([GCM, "Objective 5 of the Compact was raised."], [5]),
        ([GCM, "Objective 12: Strengthen the farms of the valley"], []),
        (["The Global Compact on Refugees was adopted.", "Objective 3 of the Global Compact was raised."], []),
    ],
)
def test_objectives_by_what_the_page_names(lines: list[str], expected: list[int]) -> None:
    assert numbers(tagged(*lines)) == expected


def test_a_date_after_an_objective_is_none() -> None:
    assert numbers(tagged("GCM Talk on Objective 5, 12 May 2021")) == [5]
    assert numbers(tagged("Diálogo sobre el objetivo 5 del PMM y 6 de mayo de 2021")) == [5]


# --- goals and targets cited by number --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # English
        ("It contributes to SDG 10.", {10: []}),
        ("It contributes to SDG 10.7.", {10: ["10.7"]}),
        ("SDG10, SDG-16 and SDG 17.18", {10: [], 16: [], 17: ["17.18"]}),
        ("#SDG5", {5: []}),
        ("SDGs 5, 8 and 10", {5: [], 8: [], 10: []}),
        ("SDGs 8.7, 8.b and 10.7", {8: ["8.7", "8.b"], 10: ["10.7"]}),
        ("SDGs 1–3", {1: [], 2: [], 3: []}),
        ("SDGs 8 (decent work) and 10 (reduced inequalities)", {8: [], 10: []}),
        ("SDG11 targets were measured.", {11: []}),
        ("SDG target 10.7", {10: ["10.7"]}),
        ("SDG Targets 8.8 and 10.C", {8: ["8.8"], 10: ["10.c"]}),
        ("SDG indicator 10.7.2", {10: ["10.7"]}),
        ("target 10.7 of the SDGs", {10: ["10.7"]}),
        ("Target 10.7 of the 2030 Agenda", {10: ["10.7"]}),
        ("Sustainable Development Goal 8", {8: []}),
        ("Sustainable Development Goals (SDGs) 5 and 10", {5: [], 10: []}),
        ("Goal 10: Reduced Inequalities", {10: []}),
        ("Goal 5 of the SDGs", {5: []}),
        ("Goal 1: End poverty in all its forms everywhere", {1: []}),
        ("Among the SDGs the panel chose Goal 4.", {4: []}),
        ("SDG 10.9", {10: []}),  # no such target
        ("SDG 16+", {16: []}),
        (
            "How is SDG11 measured, with the SDG on cities and its space (11.7) and links (11.a)?",
            {11: ["11.7", "11.a"]},
        ),
        # French
        ("ODD 10", {10: []}),
        ("les ODD 5, 8 et 10", {5: [], 8: [], 10: []}),
        ("la cible 10.7 des ODD", {10: ["10.7"]}),
        ("Les ODD, surtout la cible 10.7", {10: ["10.7"]}),
        ("l’Objectif de développement durable 8", {8: []}),
        ("l’objectif 8 de développement durable", {8: []}),
        ("Objectif 10 : Inégalités réduites", {10: []}),
        # Spanish
        ("ODS 10", {10: []}),
        ("los ODS 5, 8 y 10.7", {5: [], 8: [], 10: ["10.7"]}),
        ("la meta 10.7 de los ODS", {10: ["10.7"]}),
        ("Objetivo de Desarrollo Sostenible 8", {8: []}),
        ("el objetivo 16 de la Agenda 2030", {16: []}),
        ("Objetivo 5: Igualdad de género", {5: []}),
    ],
)
def test_goals_by_number(text: str, expected: dict[int, list[str]]) -> None:
    tags = tagged(text)
    assert sdgs(tags) == expected
    assert {(s.basis, s.rule) for s in tags.sdgs} == {("cited", "tag.cited_number")}
    assert not tags.objectives


@pytest.mark.parametrize(
    "text",
    [
        "Agenda 2030",
        "The SDGs are for everyone, and so is the 2030 Agenda for Sustainable Development.",
        "the 17 Sustainable Development Goals",
        "SDGs: 17 goals for one planet",
        "Goal 3 of the national strategy",
        "Goal 3",
        "Our SDG team met. Goal 3 of the plan: more trees",
        "SDG 18",
        "SDG 0",
        "SDGs 2030",
        "SDG Summit, 18 September",
        "an odd 10 people came",
        "odd 10",
        "Call +41 22 10.7 or 10.7.",
        "The session starts at 10.30, with the SDGs first.",
        "Version 10.7 of the SDG tool",
        "a growth target 3.2 million above the SDGs",
        "The SDGs set a target 4.5% higher",
        "target 10.7",  # of what?
        "target 2.1 of the national plan, in line with the SDGs",
        "Quality education, climate action and gender equality matter.",
        "Ministers of Gender Equality spoke.",
        "the SDGs (2030)",
        "SDG 5 years after",
    ],
)
def test_no_goals(text: str) -> None:
    assert sdgs(tagged(text)) == {}


# --- titles -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_official_title_is_a_citation(language: str) -> None:
    for objective in objectives():
        tags = tagged(GCM, f"• {objective.titles[language]}")
        assert [(o.number, o.rule) for o in tags.objectives] == [(objective.number, "tag.cited_title")]
        assert tags.objectives[0].evidence[0].text == objective.titles[language]
        assert not tagged(objective.titles[language]).objectives, "of what the page does not say"
    for goal in goals():
        tags = tagged(SDGS, f"• {goal.titles[language]}.")
        assert [(s.goal, s.rule) for s in tags.sdgs] == [(goal.number, "tag.cited_title")]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_label_after_its_number_is_the_citation(language: str) -> None:
    for objective in objectives():
        assert numbers(tagged(GCM, f"Objective {objective.number}: {objective.labels[language]}")) == [objective.number]
    for goal in goals():
        assert list(sdgs(tagged(f"Goal {goal.number}: {goal.labels[language]}"))) == [goal.number]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The SDGs on Gender Equality and Climate Action", [5, 13]),
        ("SDG: Quality Education", [4]),
        ("The SDGs, Decent Work and Economic Growth above all, were named.", [8]),
        ("The SDGs ask for decent work and economic growth.", []),
        ("The Minister of Gender Equality praised the SDGs.", []),
    ],
)
def test_goals_by_name(text: str, expected: list[int]) -> None:
    assert list(sdgs(tagged(text))) == expected


def test_a_title_in_running_text_is_no_citation() -> None:
    assert not tagged(GCM, "The centre will provide access to basic services for migrants.").objectives


# --- principles -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a whole-of-society approach", ["whole-of-society"]),
        ("the whole-of-society and whole-of-government approaches", ["whole-of-government", "whole-of-society"]),
        ("a whole of government and whole of society approach", ["whole-of-government", "whole-of-society"]),
        ("a whole-of-government and society approach", ["whole-of-government", "whole-of-society"]),
        ("Whole‑of‑Government", ["whole-of-government"]),
        ("gender-responsive and child-sensitive reception", ["gender-responsive", "child-sensitive"]),
        ("a people-centered policy", ["people-centred"]),
        ("a human rights-based approach", ["human-rights"]),
        ("the GCM principle of national sovereignty", ["national-sovereignty"]),
        (
            "guided by the principles of the GCM: human rights, the rule of law and international cooperation",
            ["international-cooperation", "rule-of-law", "human-rights"],
        ),
        ("une approche mobilisant l’ensemble de la société", ["whole-of-society"]),
        (
            "une approche mobilisant l’ensemble des pouvoirs publics et de la société",
            ["whole-of-government", "whole-of-society"],
        ),
        ("une approche pangouvernementale et sensible au genre", ["gender-responsive", "whole-of-government"]),
        ("un enfoque pangubernamental y pansocial", ["whole-of-government", "whole-of-society"]),
        ("con perspectiva de género y perspectiva infantil", ["gender-responsive", "child-sensitive"]),
        ("un enfoque de todo el gobierno y toda la sociedad", ["whole-of-government", "whole-of-society"]),
        ("los principios rectores: derechos humanos y soberanía nacional", ["national-sovereignty", "human-rights"]),
    ],
)
def test_principles_cited(text: str, expected: list[str]) -> None:
    tags = tagged(text)
    assert keys(tags) == expected
    assert {p.basis for p in tags.principles} == {"cited"}


@pytest.mark.parametrize(
    "text",
    [
        "human rights, international cooperation and sustainable development",
        "The whole of government was moved to a new capital.",
        "The whole of society gains.",
        "a migrant-centred approach",
        "in line with human rights principles",
        "*All practices are to uphold the ten guiding principles, which the list above repeats.",
        "The principles of the GCM bind nobody; UNODC works for human rights.",
        "le développement durable et les droits de l’homme",
        "la cooperación internacional",
        "gender equality",
    ],
)
def test_no_principles(text: str) -> None:
    assert keys(tagged(text)) == []


# --- fields -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("23 - International cooperation", [23]),
        ("5 – Filières de migration régulière\n6 – Recrutement et travail décent", [5, 6]),
        ("5 - Regular pathways 6 - Recruitment and decent work", [5, 6]),
        ("5 - Regular pathways; 23 - International cooperation", [5, 23]),
        ("12 - Verificación de antecedentes y derivación", [12]),
        ("Save lives", [8]),
        ("Data, Remittances", [1, 20]),
        ("Objective 8: Saving lives", [8]),
        ("1, 3 and 17-19", [1, 3, 17, 18, 19]),
        ("Objectives 5 and 6", [5, 6]),
        ("(22) Portability of social security\n4 Legal identity and documentation", [4, 22]),
        ("Objetivo 7 Objetivo 4", [4, 7]),
        ("2 Harbours for all", []),
        ("GCM Objective 21: Cooperate in facilitating safe return", [21]),
        ("7", [7]),
        ("General", []),
        ("12 - 14 May 2022", []),
        ("2020 - Present", []),
        ("2 - storey houses for all", []),
        ("Officers met in Ruritania to speak of data, remittances, roads and much else.", []),
    ],
)
def test_objective_fields(value: str, expected: list[int]) -> None:
    tags = tagged("A title", gcm_objectives=value)
    assert numbers(tags) == expected
    assert {(o.basis, o.method, o.rule, o.rank) for o in tags.objectives} <= {("stated", "field", "tag.field", None)}


@pytest.mark.parametrize("label", ["Related GCM Objectives", "Objectifs du Pacte mondial pour les migrations"])
def test_a_label_that_no_profile_knows_but_says_so(label: str) -> None:
    document = clean(read_text(f"A pledge of the ports\n\n{label}: Objective 13; Objective 7\n\nA text of theirs."))
    tags = find_tags(document, find_fields(document))
    assert {o.number for o in tags.objectives} == {7, 13}


def test_rank_comes_from_the_field() -> None:
    tags = tagged(
        primary_gcm_objectives="16 - Inclusion and social cohesion",
        secondary_gcm_objectives="15 - Access to basic services\n16 - Inclusion and social cohesion",
    )
    assert [(o.number, o.rank) for o in tags.objectives] == [(15, "secondary"), (16, "primary")]
    assert len(tags.objectives[1].evidence) == 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("SDG.10 - Reduced Inequalities", {10: []}),
        ("SDG.16 - Peace, Justice And Strong Institutions\nSDG.17 - Partnerships For The Goals", {16: [], 17: []}),
        ("Goal 8: Decent work", {8: []}),
        ("Target 10.7", {10: ["10.7"]}),
        ("5, 8 and 10.7", {5: [], 8: [], 10: ["10.7"]}),
        ("Gender Equality; Climate Action", {5: [], 13: []}),
        ("SDG 5, SDG 10", {5: [], 10: []}),
        ("10 - Inégalités réduites", {10: []}),
        ("ODS 16: Paz, justicia e instituciones sólidas", {16: []}),
        ("2022 - Present", {}),
        ("12 - 14 May 2022", {}),
        ("10 - Partnership initiatives of towns", {}),
    ],
)
def test_sdg_fields(value: str, expected: dict[int, list[str]]) -> None:
    assert sdgs(tagged("A title", sdgs=value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "International cooperation\nWhole-of-government approach",
            ["international-cooperation", "whole-of-government"],
        ),
        ("Human rights, Rule of law and due process", ["rule-of-law", "human-rights"]),
        ("Gender responsive and Child sensitive", ["gender-responsive", "child-sensitive"]),
        ("Droits de l’homme", ["human-rights"]),
        ("Perspectiva de género", ["gender-responsive"]),
        ("Migrants have human rights, and this project defends them.", []),
    ],
)
def test_principle_fields(value: str, expected: list[str]) -> None:
    tags = tagged("A title", gcm_principles=value)
    assert keys(tags) == expected


def test_every_hub_label_is_read_in_its_field() -> None:
    for language, dash in (("en", "-"), ("fr", "–"), ("es", "-")):
        for o in objectives():
            assert numbers(tagged(gcm_objectives=f"{o.number} {dash} {o.labels[language]}")) == [o.number]
            assert numbers(tagged(gcm_objectives=o.labels[language])) == [o.number]
        for p in principles():
            assert keys(tagged(gcm_principles=p.labels[language])) == [p.key]
        for g in goals():
            assert list(sdgs(tagged(sdgs=f"SDG.{g.number} - {g.labels[language].title()}"))) == [g.number]


# --- lines without label, and markup ----------------------------------------------------------------------------


def test_tag_lines_that_lost_their_label() -> None:
    tags = tagged(
        "A title", "SDG.10 - Reduced Inequalities", "SDG Targets", "Target 10.7", "23 - International cooperation"
    )
    assert sdgs(tags) == {10: ["10.7"]}
    assert numbers(tags) == [23]
    assert tags.sdgs[0].rule == tags.objectives[0].rule == "tag.line"
    assert [e.text for e in tags.sdgs[0].evidence] == ["SDG.10 - Reduced Inequalities", "Target 10.7"]


def test_lines_that_are_no_tags() -> None:
    assert tagged("A title", "8 - Saving the trees", "Data", "Human rights", "Target 10.7") == Tags()


def fact(value: str, path: str = "img[alt]") -> MarkupFact:
    return MarkupFact("tag", value, Origin("html", path))


@pytest.mark.parametrize(
    ("given_fact", "objective", "principle", "goal"),
    [
        (fact("16 - Inclusion and social cohesion", "a[href=/taxonomy/term/294]"), [16], [], []),
        (fact("Inclusión", "a[href=/es/taxonomy/term/294]"), [16], [], []),
        (fact("Human rights", "a[href=/taxonomy/term/259]"), [], ["human-rights"], []),
        (fact("Données", "/fr/hub?23_objectives%5B0%5D=279"), [1], [], []),
        (fact("Whole-of-society approach"), [], ["whole-of-society"], []),
        (fact("SDG.10 - Reduced Inequalities"), [], [], [10]),
        (fact("Goal 5: Gender Equality"), [], [], [5]),
        (fact("ODS 8"), [], [], [8]),
        (fact("SDG_16"), [], [], [16]),
        (fact("10"), [], [], []),
        (fact("2022"), [], [], []),
        (fact("Logo", "a[href=/taxonomy/term/9999]"), [], [], []),
    ],
)
def test_markup(given_fact: MarkupFact, objective: list[int], principle: list[str], goal: list[int]) -> None:
    tags = find_tags(page("A title", profile="unnm", facts=(given_fact,)), ())
    assert (numbers(tags), keys(tags), list(sdgs(tags))) == (objective, principle, goal)
    for tag in (*tags.objectives, *tags.principles, *tags.sdgs):
        assert (tag.basis, tag.method, tag.evidence, tag.origin) == ("stated", "metadata", (), given_fact.origin)


def test_a_keyword_of_any_site_is_no_principle() -> None:
    facts = (fact("Human rights"), fact("Data"), fact("Jobs", "a[href=/taxonomy/term/294]"))
    assert find_tags(page("A title", facts=facts), ()) == Tags()


# --- one tag each -----------------------------------------------------------------------------------------------


def test_stated_wins_and_evidence_is_merged() -> None:
    tags = tagged(
        "The talk turned to SDG 10.7.",
        "GCM Objective 23 was raised.",
        gcm_objectives="23 - International cooperation",
        sdgs="SDG 10",
    )
    (objective,) = tags.objectives
    assert (objective.basis, objective.label) == ("stated", "International cooperation")
    assert [e.text for e in objective.evidence] == ["GCM Objective 23", "23 - International cooperation"]
    (goal,) = tags.sdgs
    assert (goal.basis, goal.targets) == ("stated", ("10.7",))


PIECES = st.sampled_from(
    [
        *("GCM ", "Objective ", "objectives ", "objectif ", "SDG", "SDGs ", "ODD ", "Goal ", "target ", "cible "),
        *(
            "5",
            "10.7",
            "23",
            "8.b",
            " and ",
            ", ",
            "–",
            "-",
            "(",
            ")",
            ": ",
            ".",
            " ",
            "\n",
            "\u00a0",
            "é",
            "İ",
            "ﬁ",
            "𝟙",
        ),
        *("Save lives", "Reduced Inequalities", "of the Global Compact", "du Pacte mondial"),
        *("whole-of-society approach", "principles of ", "human rights"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_evidence_is_exact(text: str) -> None:
    lines = [line for line in text.split("\n") if line]
    document = page(*lines) if lines else page("x")
    end = len(document.text)
    fields = tuple(
        Field(name, Span(0, 0, ""), (document.span(0, end),)) for name in ("gcm_objectives", "sdgs", "gcm_principles")
    )
    for given_fields in ((), fields):
        tags = find_tags(document, given_fields)
        for tag in (*tags.objectives, *tags.principles, *tags.sdgs):
            assert tag.evidence
            for span in tag.evidence:
                assert document.text[span.start : span.end] == span.text
                assert span.text.strip() == span.text != ""


@pytest.mark.parametrize(
    "hostile",
    [
        "SDG 1, " * 20_000,
        "objectives 1 and " * 10_000,
        "(" * 50_000,
        "target 1.1, " * 10_000,
        "principles of human rights, " * 5_000,
        " " * 100_000,
        "GCM objectives: 1 - " * 5_000,
        "Goal 1 of SDG " * 20_000,
    ],
)
def test_hostile_text_does_not_hang(hostile: str) -> None:
    find_tags(page(hostile), (Field("sdgs", Span(0, 0, ""), (Span(0, len(hostile), hostile),)),))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Output 2: Skills count (Objectives 11 and 18)", [11, 18]),
        ("The note follows up Objective 20 and Objective 2.", [2, 20]),
        ("Objective 2 of the project is to mend nets.", []),
    ],
)
def test_the_sites_of_the_network_speak_of_the_compact(line: str, found: list[int]) -> None:
    assert numbers(find_tags(page("Nets and lamps", line, profile="unnm"), ())) == found
    assert numbers(find_tags(page("Nets and lamps", line), ())) == []
