"""The model's names are those that spaCy finds with it, and depend on nothing but the text."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from thinc.api import use_ops

from extractor.stages import ner
from extractor.stages.ner import SHIPPED, Name, Recognizer, inference
from extractor.stages.ner.inference import Inference
from tests.stages.test_ner import page

SAMPLES = Path(__file__).parents[2] / "samples" / "pages"
TEXTS = [
    "Ms Achieng Odhiambo of the Lake Basin Labour Office welcomed IOM Kenya in Kisumu.",
    "The office doesn't stand in  Kisumu, Ms Odhiambo's office is in Nakuru (Kenya).",
    "El Ministerio de Trabajo y la OIM se reunieron en Quito.",
    "Kenya",
    " \t ",
    "",
]


def loaded() -> Language:
    with use_ops("numpy", use_blis=False):
        return spacy.load(SHIPPED)


@pytest.fixture(scope="module")
def plain() -> Language:
    return loaded()


@pytest.fixture(scope="module")
def fast() -> Inference:
    return Inference(loaded())


def names_by_spacy(nlp: Language, text: str) -> tuple[Name, ...]:
    return tuple(Name(e.label_, e.start_char, e.end_char) for e in nlp(text).ents)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_names_of_pages_are_spacys(plain: Language, fast: Inference, path: Path) -> None:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    assert list(fast.names(lines)) == [names_by_spacy(plain, line) for line in lines]


@settings(deadline=None, max_examples=50)  # two models read each
@given(st.lists(st.sampled_from(TEXTS) | st.text(st.sampled_from("Ana of IOM, (K.) \n’s"), max_size=40), max_size=6))
def test_names_of_any_text_are_spacys(plain: Language, fast: Inference, texts: list[str]) -> None:
    assert list(fast.names(texts)) == [names_by_spacy(plain, text) for text in texts]


def test_names_do_not_depend_on_the_words_before(fast: Inference, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [list(fast.names([text])) for text in TEXTS]
    monkeypatch.setattr(inference, "WORDS_KEPT", 20)  # most are forgotten and worked out again
    forgetful = Inference(loaded())
    for text, names in [*zip(TEXTS, expected, strict=True), *zip(TEXTS[::-1], expected[::-1], strict=True)]:
        assert list(forgetful.names([text])) == names


def test_spacy_is_loaded_afresh_before_it_keeps_too_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ner, "LEXEMES_KEPT", 10)
    document = page(
        "Mary Achieng of the Lake Basin Labour Office spoke in Nairobi about seventeen other unusual words."
    )
    recognizer = Recognizer()
    first = recognizer.entities(document)
    vocab = ner._load(None).nlp.vocab
    assert recognizer.entities(document) == first
    assert ner._load(None).nlp.vocab is not vocab
