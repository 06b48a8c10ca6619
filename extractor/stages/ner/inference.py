"""What the names model that ships says, worked out with numpy from its weights: spaCy's answer, several times as fast.

The model sees each word's form, then the words beside it, layer by layer (``_Layer``), and its next step depends
on no more than the word, the first word of the open name and the word before (``_Moves``). spaCy's parser takes these
steps one by one, in a state for every passage. Here the form is worked out once a word (``_WordTable``), what to do
outside a name is decided for all words at once, and all names are followed to their ends side by side.

For pipelines with ``spacy.TransitionBasedParser.v2`` for "ner" without an upper layer, over ``MultiHashEmbed.v2`` and
``MaxoutWindowEncoder.v2`` with a window of one word; as spaCy 3.8 reads them in ``ml/parser_model.pyx`` and
``pipeline/_parser_internals/ner.pyx``. ``tests/stages/test_inference.py`` holds this to what spaCy itself finds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

from extractor.stages.ner import PASSAGE_CHARS, Name

if TYPE_CHECKING:
    from spacy.language import Language

    Embedding = Model[list[Doc], list[Any]]

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Marks = NDArray[np.bool_]

WORDS_KEPT = 2 * PASSAGE_CHARS  # in the table, where all of a batch must find room: 43 MB for the model that ships
WORDS_AT_ONCE = 32  # forms worked out together: the shape of a matrix decides the last digits of its product
LONGEST_NAME = 64  # words; what goes on longer is no name
_EPSILON = np.float32(1e-8)  # thinc's, in its normalization of layers

_Word = tuple[int, int]  # its form and norm, as spaCy numbers them


class Inference:
    """Finds the names that a spaCy pipeline would find. What it says of passages does not depend on earlier ones."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        ner: Any = nlp.get_pipe("ner")
        tok2vec, _, projection = ner.model.get_ref("tok2vec").layers
        embedding, encoder = tok2vec.layers
        self._gap = int(encoder.attrs["pad"])  # empty rows between passages
        self._layers = [_Layer(residual) for residual in encoder.layers[0].layers]
        self._words = _WordTable(nlp, embedding, self._layers[0])
        moves = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]
        self._moves = _Moves(ner.model.get_ref("lower"), projection, moves)

    def names(self, passages: Sequence[str]) -> Iterator[tuple[Name, ...]]:
        """The names of each passage, in order."""
        docs = [self._nlp.make_doc(passage) for passage in passages]
        starts = [self._gap]  # the row of each passage's first word
        for doc in docs:
            starts.append(starts[-1] + len(doc) + self._gap)
        rows = np.zeros(starts[-1], dtype="int64")  # in the table of words, whose row 0 is empty
        last = np.zeros(starts[-1], dtype=bool)
        for start, of_doc in zip(starts, self._words.rows(docs), strict=False):
            rows[start : start + len(of_doc)] = of_doc
            last[start + len(of_doc) - 1] = True
        vectors = self._layers[0](self._words.values[rows], self._words.products[rows])
        for layer in self._layers[1:]:
            vectors = layer(vectors, vectors @ layer.weights)
        found = deque(self._moves.names(vectors, self._words.nameable[rows], last))
        for doc, start in zip(docs, starts, strict=False):
            of_passage = []
            while found and found[0][1] < start + len(doc):
                label, first, final = found.popleft()
                token = doc[final - start]
                of_passage.append(Name(label, doc[first - start].idx, token.idx + len(token)))
            yield tuple(of_passage)


class _Layer:
    """A layer of the encoder: a maxout over a word and its two neighbours, normalized and added to the word."""

    def __init__(self, residual: Any) -> None:
        _, maxout, normalization, *_ = _flat(residual)
        weights = maxout.get_param("W")
        self.width, self._pieces, _ = weights.shape
        # From a word to what it adds to its right neighbour, to itself and to its left neighbour.
        by_neighbour = weights.reshape(self.width, self._pieces, 3, self.width).transpose(3, 2, 1, 0)
        self.weights: Floats = np.ascontiguousarray(by_neighbour.reshape(self.width, -1))
        self._bias = maxout.get_param("b").T.reshape(-1)
        self._mean = np.full(self.width, 1 / self.width, dtype="float32")
        self._scale, self._shift = normalization.get_param("G"), normalization.get_param("b")

    def __call__(self, vectors: Floats, products: Floats) -> Floats:
        """``products``: ``vectors @ weights``."""
        to_right, own, to_left = np.split(products, 3, axis=1)
        sums = own + self._bias
        sums[1:] += to_right[:-1]
        sums[:-1] += to_left[1:]
        best = _maximum(np.split(sums, self._pieces, axis=1))
        best -= (best @ self._mean)[:, None]
        variance = np.einsum("ij,ij->i", best, best) / self.width + _EPSILON
        best *= (variance**-0.5)[:, None]
        best *= self._scale
        best += self._shift
        best += vectors
        return best


def _maximum(pieces: Sequence[Floats]) -> Floats:
    """The largest of several matrices, place by place."""
    largest = pieces[0]
    for piece in pieces[1:]:
        largest = np.maximum(largest, piece)
    return largest


def _flat(model: Any) -> list[Any]:
    """The layers of nested chains, one after another."""
    return [leaf for layer in model.layers for leaf in _flat(layer)] or [model]


class _WordTable:
    """What the model's first layers make of each word it has met, wherever the word stands; forgets all when full."""

    def __init__(self, nlp: Language, embedding: Embedding, layer: _Layer) -> None:
        self._vocab = nlp.vocab
        self._embedding = embedding
        self._layer = layer
        self.values: Floats = np.zeros((1 + WORDS_KEPT, layer.width), dtype="float32")
        self.products: Floats = np.zeros((1 + WORDS_KEPT, layer.weights.shape[1]), dtype="float32")
        self.nameable = np.zeros(1 + WORDS_KEPT, dtype=bool)  # all but empty rows and white space
        self._rows: dict[tuple[int, int], int] = {}

    def rows(self, docs: Sequence[Doc]) -> list[list[int]]:
        """Each word's row in the table."""
        words = [[tuple(word) for word in doc.to_array(["ORTH", "NORM"]).tolist()] for doc in docs]
        new = self._new(docs, words)
        if len(self._rows) + len(new) > WORDS_KEPT:
            self._rows.clear()
            new = self._new(docs, words)
        if new:
            self._learn(new)
        return [[self._rows[word] for word in of_doc] for of_doc in words]

    def _new(self, docs: Sequence[Doc], words: Sequence[Sequence[_Word]]) -> dict[_Word, tuple[str, str]]:
        """Words that are not in the table: text and norm."""
        return {
            word: (doc[i].text, doc[i].norm_)
            for doc, of_doc in zip(docs, words, strict=True)
            for i, word in enumerate(of_doc)
            if word not in self._rows
        }

    def _learn(self, new: dict[_Word, tuple[str, str]]) -> None:
        fresh = list(new.items())
        for start in range(0, len(fresh), WORDS_AT_ONCE):
            part = fresh[start : start + WORDS_AT_ONCE]
            forms = [form for _, form in part]
            values = self._values([*forms, *[forms[0]] * (WORDS_AT_ONCE - len(forms))])
            products = values @ self._layer.weights
            for (word, (text, _)), value, product in zip(part, values, products, strict=False):
                row = self._rows[word] = 1 + len(self._rows)
                self.values[row], self.products[row] = value, product
                self.nameable[row] = not text.isspace()

    def _values(self, forms: Sequence[tuple[str, str]]) -> Floats:
        doc = Doc(self._vocab, words=[text for text, _ in forms])
        for token, (_, norm) in zip(doc, forms, strict=True):
            token.norm_ = norm
        values: Floats = self._embedding.predict([doc])[0]
        return values


class _Moves:
    """What the model does at a word. Outside a name: begin one, take the word for one, go on; inside: go on, end it."""

    def __init__(self, lower: Any, projection: Any, moves: Sequence[str]) -> None:
        # What a move counts for by the word, by the name's first word and by the word before: (3, pieces, moves).
        weights = lower.get_param("W").transpose(0, 2, 1, 3)
        self._shape = weights.shape[:3]
        flat = weights.reshape(-1, weights.shape[3])
        self._weights: Floats = np.ascontiguousarray((flat @ projection.get_param("W")).T)
        self._constant: Floats = flat @ projection.get_param("b")
        self._bias: Floats = lower.get_param("b").T
        padding = lower.get_param("pad")[0].transpose(0, 2, 1)
        self._outside = padding[1] + padding[2] + self._bias  # there is no first word and no word before
        self._labels = [move[2:] for move in moves if move.startswith("B-")]
        self._begin, self._in, self._last, self._unit = (
            [moves.index(f"{kind}-{label}") for label in self._labels] for kind in "BILU"
        )
        self._out = moves.index("O")

    def names(self, vectors: Floats, nameable: Marks, last: Marks) -> list[tuple[str, int, int]]:
        """Label, first and last row of all names, in order. ``last`` marks the rows at the end of a passage."""
        features = (vectors @ self._weights + self._constant).reshape(-1, *self._shape)
        labels, is_single, starts = self._starts(features[:, 0], nameable, last)
        ends = starts.copy()
        ends[~is_single] = self._ends(features, starts[~is_single], labels[~is_single], last)
        found = []
        free = 0  # the first row behind the last name
        for label, start, end in zip(labels.tolist(), starts.tolist(), ends.tolist(), strict=True):
            if start >= free and end >= start:
                found.append((self._labels[label], start, end))
                free = end + 1
        return found

    def _starts(self, features: Floats, nameable: Marks, last: Marks) -> tuple[Rows, Rows, Rows]:
        """Where a name would start if none were open: its label, whether the word alone is the name, and its row."""
        scores = _maximum(list((features + self._outside).swapaxes(0, 1)))
        begin, unit = scores[:, self._begin], scores[:, self._unit]
        begin[last] = -np.inf
        names = np.concatenate((begin, unit), axis=1)
        starts = np.flatnonzero(nameable & (names.max(axis=1) >= scores[:, self._out]))
        best = names[starts].argmax(axis=1)
        return best % len(self._labels), best >= len(self._labels), starts

    def _ends(self, features: Floats, starts: Rows, labels: Rows, last: Marks) -> Rows:
        """Where the names end that start in these rows; -1 where one does not."""
        goes_on = np.array([self._in, self._last]).T[labels]
        ends = np.full(len(starts), -1)
        still_open = np.arange(len(starts))
        for length in range(1, LONGEST_NAME):
            first = starts[still_open][:, None]
            at, moves = first + length, goes_on[still_open]
            by_word, by_first, by_before = (
                features[at, 0, :, moves],
                features[first, 1, :, moves],
                features[at - 1, 2, :, moves],
            )
            to_go_on, to_end = (by_word + by_first + by_before + self._bias.T[moves]).max(axis=2).T
            ended = last[at[:, 0]] | (to_end > to_go_on)
            ends[still_open[ended]] = at[ended, 0]
            still_open = still_open[~ended]
            if not still_open.size:
                break
        return ends
