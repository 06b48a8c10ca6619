"""What the names model learns from: examples keep their spans through every change."""

from __future__ import annotations

import random

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from training.ner.augment import DAMAGES, Augmenter, Persons, acronym, glue_sentences
from training.ner.data import Example, add_elision, bio_spans, joined, parse_inline
from training.ner.gazetteer import LISTS, table
from training.ner.listings import Listings
from training.ner.readers import to_spacy

MARKED = (
    "[PER Elnur Hasanov], of the [ORG State Migration Service] ([ORG SMS]), came to [LOC Baku]. "
    "Mr [PER Hasanov] read the [DOC Migration Code]."
)
AUGMENTER = Augmenter()


def example() -> Example:
    text, spans = parse_inline(MARKED)
    return Example(text, tuple(spans), "prose")


def names(found: Example) -> list[tuple[str, str]]:
    return [(label, found.text[start:end]) for start, end, label in found.spans]


def test_inline_annotation() -> None:
    found = example()
    assert found.text.startswith("Elnur Hasanov, of the State Migration Service (SMS), came to Baku. Mr")
    assert names(found) == [
        ("PERSON", "Elnur Hasanov"),
        ("ORG", "State Migration Service"),
        ("ORG", "SMS"),
        ("LOC", "Baku"),
        ("PERSON", "Hasanov"),
        ("DOC", "Migration Code"),
    ]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["B-PER", "I-PER", "O", "B-LOC"], [(0, 2, "PER"), (3, 4, "LOC")]),
        (["B-PER", "B-PER"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["O", "I-ORG", "I-ORG"], [(1, 3, "ORG")]),
        (["B-PER", "I-ORG"], [(0, 1, "PER"), (1, 2, "ORG")]),
        ([], []),
    ],
)
def test_bio_spans(tags: list[str], expected: list[tuple[int, int, str]]) -> None:
    assert list(bio_spans(tags)) == expected


def test_sentences_of_one_document_are_joined_and_of_two_are_not() -> None:
    one, two = Example("A b.", (), "x", "1"), Example("C.", ((0, 1, "ORG"),), "x", "1")
    other = Example("D.", (), "x", "2")
    assert [(e.text, e.spans) for e in joined([one, two, other], 3)] == [("A b. C.", ((5, 6, "ORG"),)), ("D.", ())]


@settings(deadline=None)  # the first call reads the lists of names
@given(st.integers(0, 10_000))
def test_names_change_and_spans_hold_them(seed: int) -> None:
    changed = AUGMENTER.replace_names(example(), random.Random(seed))
    assert [label for label, _ in names(changed) if label != "ORG"] == ["PERSON", "LOC", "PERSON", "DOC"]
    for _, name in names(changed):
        assert name == name.strip() != ""
    assert names(changed)[-1] == ("DOC", "Migration Code")
    assert changed == AUGMENTER.replace_names(example(), random.Random(seed))


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_moves_no_span_off_its_name(damage) -> None:
    expected = [name.upper() for _, name in names(example())]
    for seed in range(20):
        damaged = damage(example(), random.Random(seed))
        assert [name.upper() for _, name in names(damaged)] == expected


def test_glued_sentences_lose_one_space() -> None:
    assert "came to Baku.Mr Hasanov" in glue_sentences(example(), random.Random(1)).text


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("State Migration Service", "SMS"),
        ("Ministry of Labour and Social Protection", "MLSP"),
        ("Organisation internationale pour les migrations", "OIM"),
        ("Umoja", "UMOJ"),
    ],
)
def test_acronyms(name: str, short: str) -> None:
    assert acronym(name) == short


def test_every_culture_makes_names() -> None:
    persons = Persons()
    for seed in range(500):
        full, given_name, surname = persons(random.Random(seed))
        assert "{" not in full
        assert full.strip()
        assert given_name
        assert surname


def test_lists_are_annotated_from_their_slots() -> None:
    lists = Listings(AUGMENTER)
    found = [lists.make(random.Random(seed)) for seed in range(300)]
    assert not any("{" in e.text for e in found)
    assert {label for e in found for _, _, label in e.spans} == {"PERSON", "ORG", "LOC"}


def test_elision_is_cut_and_a_span_grows_to_its_token() -> None:
    nlp = add_elision(spacy.blank("en"))
    assert [t.text for t in nlp("de l'OIM et d’Abidjan")] == ["de", "l", "'", "OIM", "et", "d", "’", "Abidjan"]
    text = "ex-IOMers met"
    made = to_spacy(nlp, Example(text, ((3, 6, "ORG"),), "x"))
    assert [(e.text, e.label_) for e in made.reference.ents] == [("IOMers", "ORG")]


def test_the_gazetteer_knows_words_in_any_case() -> None:
    nlp = spacy.blank("en")
    nlp.vocab.vectors = table(nlp)
    row = nlp.vocab.vectors.data[nlp.vocab.vectors.find(key=nlp.vocab.strings.add("ministry"))]
    assert [name for name, value in zip(LISTS, row, strict=True) if value] == ["org_head"]
    held_out = table(nlp, held_out=40)
    assert held_out.n_keys < nlp.vocab.vectors.n_keys
