"""The word cache changes nothing but the time."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.language import Language
from thinc.api import use_ops

from extractor.stages.ner import SHIPPED, word_cache
from extractor.stages.ner.word_cache import WordCache, keep_words

TEXTS = [
    "Ms Achieng Odhiambo of the Lake Basin Labour Office welcomed IOM Kenya in Kisumu.",
    "",
    "The office doesn't stand in  Kisumu, Ms Odhiambo's office is in Nakuru (Kenya).",
    "El Ministerio de Trabajo y la OIM se reunieron en Quito.",
]


@pytest.fixture(scope="module")
def plain() -> Language:
    with use_ops("numpy", use_blis=False):
        return spacy.load(SHIPPED)


def test_names_are_those_of_the_plain_model(plain: Language) -> None:
    with use_ops("numpy", use_blis=False):
        cached = spacy.load(SHIPPED)
    keep_words(cached)
    for _ in range(2):
        for text in TEXTS:
            assert [(e.text, e.label_) for e in cached(text).ents] == [(e.text, e.label_) for e in plain(text).ents]


def test_a_words_values_do_not_depend_on_the_words_before(plain: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    layer = plain.get_pipe("ner").model.get_ref("tok2vec").layers[0].layers[0]  # type: ignore[attr-defined]
    docs = [plain.make_doc(text) for text in TEXTS * 5]
    expected = layer.predict(docs)
    monkeypatch.setattr(word_cache, "WORDS_KEPT", 60)  # some are forgotten and worked out again
    cache = WordCache(layer)
    there, _ = cache(layer, docs, False)
    back, _ = cache(layer, docs[::-1], False)
    for of_doc, again, plainly in zip(there, back[::-1], expected, strict=True):
        assert np.array_equal(of_doc, again)
        assert np.allclose(of_doc, plainly, atol=1e-5)
