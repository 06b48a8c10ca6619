"""Exact character spans over PERSON, ORG and LOC: precision, recall and F1 of a pipeline on a corpus.

`python -m training.ner.evaluate MODEL --data DIR`
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language

from training.ner.data import Example, read_corpus
from training.ner.readers import split_prose

PROSE = Path(__file__).parent.parent / "corpus"

TESTS = ("uner_ewt.test", "crossner_politics.test", "gum_open.test")
# Labels of our corpora and of the usual English pipelines.
SAME = {"PER": "PERSON", "PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def score(nlp: Language, examples: Sequence[Example]) -> dict[str, tuple[float, float, float]]:
    """`(precision, recall, F1)` in per cent for each label and for `all`."""
    found, gold, right = Counter[str](), Counter[str](), Counter[str]()
    for example, doc in zip(examples, nlp.pipe(e.text for e in examples), strict=True):
        predicted = {(e.start_char, e.end_char, SAME[e.label_]) for e in doc.ents if e.label_ in SAME}
        expected = {span for span in example.spans if span[2] in SAME}
        for counter, spans in ((found, predicted), (gold, expected), (right, predicted & expected)):
            counter.update(label for _, _, label in spans)
            counter["all"] += len(spans)
    return {label: _figures(right[label], found[label], gold[label]) for label in ("all", "PERSON", "ORG", "LOC")}


def _figures(right: int, found: int, gold: int) -> tuple[float, float, float]:
    precision, recall = right / max(found, 1), right / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return 100 * precision, 100 * recall, 100 * f1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", default=TESTS)
    options = parser.parse_args()
    nlp = spacy.load(options.model)
    sets = {name: read_corpus(options.data / f"{name}.jsonl") for name in options.sets}
    sets["own prose, every tenth"] = split_prose(PROSE)[1]
    for name, examples in sets.items():
        scores = score(nlp, examples)
        cells = [f"{label} P{p:.1f} R{r:.1f} F{f:.1f}" for label, (p, r, f) in scores.items()]
        print(f"{name}: " + " | ".join(cells))


if __name__ == "__main__":
    main()
