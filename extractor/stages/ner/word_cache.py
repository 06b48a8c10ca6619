"""The names model's first layer, worked out once a word: a third of the model's time.

The layer sees one word at a time (its form, prefix, suffix, shape, and whether it stands in known names), so its
result for a word is the same wherever the word stands. New words are always worked out WORDS_AT_ONCE at a time, for
the shape of a matrix decides the last digits of its product: a word's values must not depend on the pages before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc
from thinc.api import Model

if TYPE_CHECKING:
    from spacy.language import Language

    Embedding = Model[list[Doc], list[Any]]

WORDS_KEPT = 20_000  # a model of width 128 needs 10 MB for them
WORDS_AT_ONCE = 32

Word = tuple[float, float]  # its form and norm, as spaCy numbers them


class WordCache:
    """What an embedding layer gives for every word it has met; forgets all when it is full."""

    def __init__(self, layer: Embedding) -> None:
        self._layer = layer
        self._rows: dict[Word, int] = {}
        self._values = np.zeros((0, 0), dtype="float32")

    def __call__(
        self, model: Embedding, docs: list[Doc], is_train: bool
    ) -> tuple[list[Any], Callable[[object], object]]:
        """The forward pass of thinc. Training is not for a model that is in use."""
        words = [_words(doc) for doc in docs]
        self._learn(docs, words)
        rows = np.array([self._rows[word] for of_doc in words for word in of_doc], dtype="int64")
        ends = np.cumsum([len(of_doc) for of_doc in words])[:-1]
        return np.split(self._values[rows], ends), lambda gradient: []

    def _learn(self, docs: list[Doc], words: list[list[Word]]) -> None:
        new: dict[Word, Doc] = {}
        for doc, of_doc in zip(docs, words, strict=True):
            for i, word in enumerate(of_doc):
                if word not in self._rows and word not in new:
                    new[word] = _alone(doc, i)
        if len(self._rows) + len(new) > WORDS_KEPT:
            self._rows.clear()
            new = {w: _alone(d, i) for d, of_doc in zip(docs, words, strict=True) for i, w in enumerate(of_doc)}
        fresh = list(new.items())
        for start in range(0, len(fresh), WORDS_AT_ONCE):
            part = fresh[start : start + WORDS_AT_ONCE]
            padding = [part[0][1]] * (WORDS_AT_ONCE - len(part))
            for (word, _), value in zip(part, self._layer.predict([doc for _, doc in part] + padding), strict=False):
                self._keep(word, value[0])

    def _keep(self, word: Word, value: Any) -> None:
        row = len(self._rows)
        if row >= len(self._values):
            grown = np.zeros((max(2048, 2 * row), len(value)), dtype="float32")
            grown[: len(self._values)] = self._values if row else 0
            self._values = grown
        self._values[row] = value
        self._rows[word] = row


def keep_words(nlp: Language) -> None:
    """Put a cache before the embedding of a pipeline that is built as the one that ships."""
    tok2vec = nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0]  # type: ignore[attr-defined]  # Pipe
    layer = tok2vec.layers[0]
    tok2vec.layers[0] = Model("word_cache", WordCache(layer))


def _words(doc: Doc) -> list[Word]:
    forms, norms = doc.to_array(["ORTH", "NORM"]).reshape(-1, 2).T.tolist()
    return list(zip(forms, norms, strict=True))


def _alone(doc: Doc, i: int) -> Doc:
    """One token as a document."""
    alone = Doc(doc.vocab, words=[doc[i].text], spaces=[False])
    alone[0].norm_ = doc[i].norm_
    return alone
