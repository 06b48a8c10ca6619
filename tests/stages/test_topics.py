"""Inferred tags: what a text is about, with the sentences that say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.model import ObjectiveTag, SdgTag, Tags
from extractor.stages import topics
from extractor.stages.tags.crosswalk import crosswalk
from extractor.stages.topics import lexicon
from extractor.stages.topics.lexicon import Concept, Lexicon
from extractor.vocabularies import goals, objectives, principles

PASSAGES = Path(__file__).parents[2] / "benchmarks" / "topics_passages.jsonl"


def keys(found: tuple[topics.Topic, ...]) -> list[str]:
    return [topic.key for topic in found]


# --- what a text is about ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "objective"),
    [
        (
            "Fishing boats and the coast guard of Alvora practised search and rescue of migrants.",
            "8",
        ),
        ("Migrants held in the closed centre of Trevena will move to alternatives to detention.", "13"),
        ("A cheaper corridor for remittances lets workers abroad send money home by mobile phone.", "20"),
        ("Les travailleurs migrants ne paient plus de frais de recrutement aux agences de recrutement.", "6"),
        ("Les enfants de migrants reçoivent un acte de naissance à l’état civil.", "4"),
        ("El consulado ofrece protección consular a los connacionales en el exterior.", "14"),
        ("Las personas migrantes retornadas cuentan con apoyo para su reintegración sostenible.", "21"),
    ],
)
def test_objective_comes_first(text: str, objective: str) -> None:
    assert keys(topics.infer(text).objectives)[:1] == [objective]


@pytest.mark.parametrize(
    ("text", "goal", "target"),
    [
        ("The pump gives four hamlets safe drinking water, and each school has a latrine.", "6", "6.1"),
        ("Rooftop solar panels and mini-grids bring renewable energy to the hill villages.", "7", "7.2"),
        ("Le reboisement a freiné la déforestation et ramené des espèces menacées.", "15", "15.2"),
        ("El municipio amplía el transporte público y construye vivienda asequible.", "11", "11.2"),
    ],
)
def test_goal_and_its_target(text: str, goal: str, target: str) -> None:
    (topic, *_) = topics.infer(text).sdgs
    assert topic.key == goal
    assert target in topic.targets


@pytest.mark.parametrize(
    "text",
    [
        "Delegates recalled the Global Compact for Safe, Orderly and Regular Migration, adopted in Marrakesh.",
        "Le Pacte mondial pour des migrations sûres, ordonnées et régulières compte 23 objectifs.",
        "El Pacto Mundial para la Migración Segura, Ordenada y Regular tiene diez principios.",
        "The fund supports the Sustainable Development Goals and the 2030 Agenda for Sustainable Development.",
        "The session on migration is not about trafficking in persons.",
        "Smuggling of migrants was not discussed.",
        "",
        " \n\t\n ",
    ],
)
def test_no_tag_for_general_mentions_and_negations(text: str) -> None:
    found = topics.infer(text)
    assert (found.objectives, found.sdgs) == ((), ())


def test_negation_ends_with_its_clause() -> None:
    text = "The migrants' meeting did not discuss readmission; it dealt with recruitment fees that agencies charge."
    assert keys(topics.infer(text).objectives) == ["6"]


def test_name_of_a_ministry_is_no_evidence() -> None:
    assert topics.infer("The Ministry of Education and the Ministry of Health sent their regrets.").sdgs == ()


# --- evidence ---------------------------------------------------------------------------------------------------


def test_evidence_is_the_sentence_that_says_it() -> None:
    text = "Ms Orla Venn opened the day.\nMigrant smuggling networks — « passeurs » — were the theme.\nTea followed."
    (topic,) = topics.infer(text).objectives
    assert [text[start:end] for start, end in topic.evidence] == [text.split("\n")[1]]
    assert "gcm.9.core-smuggling" in topic.concepts
    assert 0.5 < topic.confidence <= 1


def test_sentences_given_are_the_ones_listed() -> None:
    text = "Noise here. Detention of migrants ends. More noise."
    (topic,) = topics.infer(text, sentences=[(12, 39)]).objectives
    assert topic.evidence == ((12, 39),)


def test_text_outside_the_sentences_says_nothing() -> None:
    assert topics.infer("Detention of migrants ends. Good day.", sentences=[(28, 37)]).objectives == ()


def test_passing_mention_on_a_long_page_gives_no_tag() -> None:
    filler = "The treasurer read the accounts and the chair thanked the members for their patience. " * 100
    assert topics.infer(filler + "Someone also mentioned coral reefs." + filler).sdgs == ()


def test_strictness_takes_tags_away() -> None:
    texts = [
        "The town has a clinic. Farmers came to the meeting of the council with the school.",
        "The bakery now runs on solar panels and gives away what it cannot sell.",
        "The council spoke about waste, about the harbour and its fish, and about the new bus.",
        "Two judges visited the reserve, where rangers showed them forests and rivers.",
    ]
    levels: tuple[topics.Strictness, ...] = ("loose", "balanced", "strict")
    loose, balanced, strict = (
        [set(keys(topics.infer(text, strictness=level).sdgs)) for text in texts] for level in levels
    )
    assert all(a >= b >= c for a, b, c in zip(loose, balanced, strict, strict=True))
    assert sum(map(len, loose)) > sum(map(len, strict))


def test_unknown_strictness_is_refused() -> None:
    with pytest.raises(ValueError, match="strictness"):
        topics.infer("text", strictness="harsh")  # type: ignore[arg-type]  # what a caller without types may pass


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("’éÉİßŉﬁ漢 \n.;"), max_size=300))
def test_evidence_lies_in_any_text(noise: str) -> None:
    text = f"{noise}\nHuman trafficking of migrants: victims of trafficking found shelter.\n{noise}"
    found = topics.infer(text, strictness="loose")
    assert "10" in keys(found.objectives)
    for topic in (*found.objectives, *found.principles, *found.sdgs):
        assert all(0 <= start < end <= len(text) for start, end in topic.evidence)


@pytest.mark.parametrize("unit", ["but water not about ", "a ", "é", "water ", ";", "detention of migrants but "])
def test_hostile_line_is_read_in_reasonable_time(unit: str) -> None:
    topics.infer(unit * (200_000 // len(unit)))  # a line without sentence ends; quadratic work would hang here


# --- passages ---------------------------------------------------------------------------------------------------


def test_precision_on_the_invented_passages() -> None:
    """At least 0.9 in every scheme, and no tag at all on general mentions and negations."""
    right, false = {"gcm": 0, "principles": 0, "sdgs": 0}, {"gcm": 0, "principles": 0, "sdgs": 0}
    for passage in map(json.loads, PASSAGES.read_text(encoding="utf-8").splitlines()):
        found = topics.infer(passage["text"])
        for name, tags in (("gcm", found.objectives), ("principles", found.principles), ("sdgs", found.sdgs)):
            expected = {str(tag) for tag in passage[name]}
            wrong = set(keys(tags)) - expected - {str(tag) for tag in passage[f"optional_{name}"]}
            assert not (wrong and passage["kind"] in ("general", "negation")), passage["text"]
            right[name] += len(set(keys(tags)) & expected)
            false[name] += len(wrong)
    assert all(right[name] / (right[name] + false[name]) >= 0.9 for name in right)


# --- lexicon ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("poverty line", "Poverty lines and poverty-line data", ["Poverty lines", "poverty-line"]),
        ("poverty line", "a poverty. Line", []),
        ("migrat*", "migration, Migratory, immigration", ["migration", "Migratory"]),
        ("fao=", "FAO and faos", ["FAO"]),
        ("WASH", "WASH or wash", ["WASH"]),
        ("envoi~ de fonds", "l’envoi de fonds, les envois de fonds", ["envoi de fonds", "envois de fonds"]),
        ("end(|ing) hunger", "End hunger by ending hunger", ["End hunger", "ending hunger"]),
        ("sante", "la santé", ["santé"]),
        ("labour", "labor and LABOUR", ["labor", "LABOUR"]),
        ("eau", "d’eau", ["eau"]),
        ("city", "cities", ["cities"]),
    ],
)
def test_forms(form: str, text: str, found: list[str]) -> None:
    concept = Concept("c", "sdg", "1", 3)
    hits = Lexicon([(form, concept)]).find(text)
    assert [text[hit.start : hit.end] for hit in hits] == found


def test_longest_form_of_a_tag_wins() -> None:
    general, special = Concept("general", "sdg", "1", 3), Concept("special", "sdg", "1", 1)
    hits = Lexicon([("poverty", general), ("poverty of ideas", special)]).find("the poverty of ideas")
    assert [hit.concept.id for hit in hits] == ["special"]


def test_every_tag_has_forms_in_three_languages() -> None:
    seen: dict[tuple[str, str], set[str]] = {}
    for name in ("gcm", "principles", "sdgs"):
        stored = lexicon.vocabularies.load(f"concepts/{name}.json")
        for concept in stored["concepts"]:
            languages = {language for language, forms in concept["forms"].items() if forms}
            seen.setdefault((stored["scheme"], concept["tag"]), set()).update(languages)
    assert set(seen) == (
        {("gcm", str(objective.number)) for objective in objectives()}
        | {("principle", principle.key) for principle in principles()}
        | {("sdg", str(goal.number)) for goal in goals()}
    )
    assert all(languages == {"en", "fr", "es"} for languages in seen.values())


def test_lexicon_is_well_written() -> None:
    contexts = {concept.tag for concept, _ in lexicon.concepts() if concept.scheme == "context"}
    targets = {target for goal in goals() for target in goal.targets}
    identifiers: list[str] = []
    for concept, forms in lexicon.concepts():
        identifiers.append(concept.id)
        assert concept.strength in (1, 2, 3, 4)
        assert concept.near <= contexts
        assert concept.target is None or concept.target in targets
        for form in forms:
            assert form == form.strip(), form
            assert form, concept.id
            assert "*" not in form[:-1], form
            assert "=" not in form[:-1], form
            assert form.count("(") == form.count(")"), form
    assert len(identifiers) == len(set(identifiers))


# --- crosswalk --------------------------------------------------------------------------------------------------


def stated_tags(objectives: list[int], goals: list[int]) -> Tags:
    return Tags(
        objectives=tuple(ObjectiveTag(n, "", "", None, "stated", True, (), "field", "tag.field") for n in objectives),
        sdgs=tuple(SdgTag(n, "", (), "stated", True, (), "field", "tag.field") for n in goals),
    )


@pytest.mark.parametrize(
    ("stated_objectives", "stated_goals", "warned"),
    [
        ([6], [8, 10], []),
        ([6], [8, 14], [14]),
        ([6, 2], [14], []),  # all goals are relevant to objective 2
        ([13, 8], [16, 3, 2], [2, 3]),
        ([], [14], []),
        ([6], [], []),
    ],
)
def test_crosswalk(stated_objectives: list[int], stated_goals: list[int], warned: list[int]) -> None:
    notices = crosswalk(stated_tags(stated_objectives, stated_goals))
    assert [int(notice.message.split()[1]) for notice in notices] == warned
    assert all(notice.code == "tags_contradict_crosswalk" for notice in notices)
