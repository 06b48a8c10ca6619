"""What config.cfg names: the training mixture, the development set, the labels and the tokenizer's extra rules."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example as SpacyExample

import training.ner.gazetteer  # noqa: F401 (registers its callback)
from training.ner.augment import Augmenter
from training.ner.data import LABELS, Example, joined, read_corpus, read_prose
from training.ner.listings import Listings

# Sentences of the development parts that choose the model; the rest of crossner_politics.dev trains it.
CROSSNER_HELD_OUT = 150
DEV_FILES = ("uner_ewt.dev", "gum_open.dev")
TRAIN_FILES = {
    "uner_ewt": ("uner_ewt.train_v0",),
    "gum_open": ("gum_open.train",),
    "wikigold": ("wikigold.all",),
    "crossner_politics": ("crossner_politics.train", "crossner_politics.dev"),
    "meantime": ("meantime.all",),
    "re3d": ("re3d.open",),
    "wnut17": ("wnut17.train", "wnut17.dev"),
}


@spacy.registry.readers("training.Dev.v1")
def dev_reader(corpora: str) -> Callable[[Language], Iterator[SpacyExample]]:
    def read(nlp: Language) -> Iterator[SpacyExample]:
        for example in dev_examples(Path(corpora)):
            yield to_spacy(nlp, keep_labels(example, LABELS[:3]))

    return read


@spacy.registry.readers("training.Mixture.v1")
def mixture_reader(
    corpora: str,
    prose: str,
    weights: dict[str, float],
    listings: int,
    seed: int,
    augment: bool,
    joined: int,
    decoys: bool,
) -> Callable[[Language], Iterator[SpacyExample]]:
    """An endless stream, epoch after epoch; a weight of 1.5 reads a corpus once and half of it again.

    `listings` generated lists are mixed into every epoch; `joined` is the largest number of sentences in an example.
    """

    def read(nlp: Language) -> Iterator[SpacyExample]:
        rng = random.Random(seed)
        sources = train_examples(Path(corpora), Path(prose))
        kept = LABELS if decoys else LABELS[:3]
        augmenter = Augmenter()
        lists = Listings(augmenter)
        while True:
            examples = epoch(sources, weights, rng, joined)
            if augment:
                examples = [augmenter(example, rng) for example in examples]
            examples += [lists.make(rng) for _ in range(listings)]
            rng.shuffle(examples)
            for example in examples:
                yield to_spacy(nlp, keep_labels(example, kept))

    return read


def train_examples(corpora: Path, prose: Path) -> dict[str, list[Example]]:
    sources = {
        name: [e for file in files for e in read_corpus(corpora / f"{file}.jsonl")]
        for name, files in TRAIN_FILES.items()
    }
    sources["crossner_politics"] = sources["crossner_politics"][:-CROSSNER_HELD_OUT]
    sources["prose"], _ = split_prose(prose)
    return sources


def split_prose(folder: Path) -> tuple[list[Example], list[Example]]:
    """Paragraphs to train on, and every tenth, which is only ever tested on."""
    train, test = [], []
    for path in sorted(folder.glob("*.txt")):
        for number, example in enumerate(read_prose(path)):
            (test if number % 10 == 9 else train).append(example)
    return train, test


def dev_examples(corpora: Path) -> list[Example]:
    examples = [e for file in DEV_FILES for e in read_corpus(corpora / f"{file}.jsonl")]
    return examples + read_corpus(corpora / "crossner_politics.dev.jsonl")[-CROSSNER_HELD_OUT:]


def epoch(
    sources: dict[str, list[Example]], weights: dict[str, float], rng: random.Random, longest: int
) -> list[Example]:
    """One shuffled pass; sentences of a document stay together in groups of varying length."""
    mixed: list[Example] = []
    for name, examples in sources.items():
        weight = weights.get(name, 0.0)
        while weight > 0:
            groups = list(joined(examples, rng.randint(1, longest), rng.choice([" ", " ", "\n"])))
            mixed += groups if weight >= 1 else rng.sample(groups, int(len(groups) * weight))
            weight -= 1
    return mixed


def keep_labels(example: Example, labels: tuple[str, ...]) -> Example:
    spans = tuple(span for span in example.spans if span[2] in labels)
    return Example(example.text, spans, example.source, example.doc, example.lang)


def to_spacy(nlp: Language, example: Example) -> SpacyExample:
    """A span that ends inside a token grows to the token's end: what the tokenizer cannot cut cannot be learned."""
    reference = nlp.make_doc(example.text)
    spans, last = [], 0
    for start, end, label in example.spans:
        span = reference.char_span(start, end, label=label, alignment_mode="expand")
        while span is not None and len(span) and span[0].is_space:
            span = reference[span.start + 1 : span.end]
        if span is not None and len(span) and span.start >= last:
            spans.append(spacy.tokens.Span(reference, span.start, span.end, label=label))
            last = span.end
    reference.set_ents(spans)
    predicted = Doc(nlp.vocab, [t.text for t in reference], [bool(t.whitespace_) for t in reference])
    return SpacyExample(predicted, reference)
