"""Learn the weights of ``extractor/models/topics.json``, with seeds fixed.

    python -m training.topics DATA/sdg/sdg_dev.csv

``sdg_dev.csv`` (``id,text,sdg,label``) is 40 % of the SDG Classification Benchmark (texts of the OSDG Community
Dataset, CC BY 4.0; labels of the SDG Classification Expert Group, MIT). The passages in
``benchmarks/topics_passages.jsonl`` are ours. Of the Compact only the lexicon knows: no weight is learnt from its
text. No text enters the model, which holds eight weights per scheme and one bias per tag.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from extractor.stages import topics

PASSAGES = Path("benchmarks/topics_passages.jsonl")
MODEL = Path("extractor/models/topics.json")
SEED = 7
FOLDS = 5
REPEATS = 5
TAG_SCALE = 0.5  # how far a tag's own bias may leave the common one: less than the features, which many tags share
REGULARIZATION = {"gcm": 1.0, "principle": 0.3, "sdg": 1.0}  # scikit-learn's C
PLATEAU = 0.01  # differences of F1 that mean nothing on so few examples


@dataclass(frozen=True)
class Example:
    """Whether a text is about a tag. ``features`` is None when the lexicon does not propose the tag at all."""

    text: str
    scheme: str
    tag: str
    label: bool
    features: tuple[float, ...] | None


def sdg_examples(path: Path) -> list[Example]:
    """The snippets of the benchmark, each with the goal that it was judged for."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Example(row["text"], "sdg", row["sdg"], row["label"] == "True", _features(row["text"], "sdg").get(row["sdg"]))
        for row in rows
    ]


def passage_examples(path: Path = PASSAGES) -> list[Example]:
    """Our passages with every tag that they have or that the lexicon proposes; doubtful tags are left out."""
    return [
        example
        for line in path.read_text(encoding="utf-8").splitlines()
        for example in _examples_of_passage(json.loads(line))
    ]


def _examples_of_passage(passage: dict[str, object]) -> Iterable[Example]:
    for scheme, name in (("gcm", "gcm"), ("principle", "principles"), ("sdg", "sdgs")):
        expected = {str(tag) for tag in passage[name]}  # type: ignore[attr-defined]
        doubtful = {str(tag) for tag in passage[f"optional_{name}"]}  # type: ignore[attr-defined]
        text = str(passage["text"])
        proposed = _features(text, scheme)
        for tag in sorted((expected | proposed.keys()) - doubtful):
            yield Example(text, scheme, tag, tag in expected, proposed.get(tag))


def _features(text: str, scheme: str) -> dict[str, tuple[float, ...]]:
    passages = topics.read(text, topics.split(text))
    return topics.features(passages[0], scheme) if passages else {}


@dataclass(frozen=True)
class Learnt:
    weights: np.ndarray
    bias: float
    tag_bias: dict[str, float]

    def probability(self, example: Example) -> float:
        if example.features is None:
            return 0.0
        logit = self.bias + self.tag_bias.get(example.tag, 0.0) + float(self.weights @ np.array(example.features))
        return float(1 / (1 + np.exp(-logit)))


def learn(examples: list[Example]) -> Learnt:
    """One logistic model for all tags of a scheme, with a shrunk bias of its own for each tag."""
    proposed = [example for example in examples if example.features is not None]
    tags = sorted({example.tag for example in proposed})
    matrix = np.array(
        [[*(e.features or ()), *(TAG_SCALE * (e.tag == tag) for tag in tags)] for e in proposed], dtype=float
    )
    model = LogisticRegression(C=REGULARIZATION[proposed[0].scheme], max_iter=5000)
    model.fit(matrix, [example.label for example in proposed])
    count = len(topics.FEATURES)
    weights = model.coef_[0]
    biases = {tag: TAG_SCALE * float(w) for tag, w in zip(tags, weights[count:], strict=True)}
    return Learnt(weights[:count], float(model.intercept_[0]), biases)


def out_of_fold(examples: list[Example], repeats: int = REPEATS) -> list[float]:
    """For each example the mean probability from models that have not seen its text."""
    runs = [_out_of_fold(examples, SEED + repeat) for repeat in range(repeats)]
    return [sum(values) / repeats for values in zip(*runs, strict=True)]


def _out_of_fold(examples: list[Example], seed: int) -> list[float]:
    probabilities = [0.0] * len(examples)
    labels = [example.label for example in examples]
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for train, test in splitter.split(examples, labels, [example.text for example in examples]):
        learnt = learn([examples[i] for i in train])
        for i in test:
            probabilities[i] = learnt.probability(examples[i])
    return probabilities


def thresholds(labels: list[bool], probabilities: list[float]) -> dict[str, float]:
    """Balanced: the middle of those whose F1 is as good as the best. Strict: the lowest that halves the share of
    false tags. Loose: the highest that halves the missed tags that any threshold could find."""
    steps = [step / 100 for step in range(10, 96)]
    table = [(step, *precision_recall(labels, probabilities, step)) for step in steps]
    best = max(f1(precision, recall) for _, precision, recall in table)
    as_good = [row for row in table if f1(row[1], row[2]) >= best - PLATEAU]
    balanced, precision, recall = as_good[len(as_good) // 2]
    found_at_most = max(row[2] for row in table)
    strict = min([step for step, p, _ in table if p >= (1 + precision) / 2], default=steps[-1])
    loose = max([step for step, _, r in table if r >= (found_at_most + recall) / 2], default=steps[0])
    return {"loose": min(loose, balanced), "balanced": balanced, "strict": max(strict, balanced)}


def precision_recall(labels: list[bool], probabilities: list[float], threshold: float) -> tuple[float, float]:
    given = [p >= threshold for p in probabilities]
    right = sum(label and g for label, g in zip(labels, given, strict=True))
    return right / max(1, sum(given)), right / max(1, sum(labels))


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)


def training_sets(sdg: Path) -> dict[str, list[Example]]:
    """What each scheme's model is learnt from."""
    own = passage_examples()
    return {
        "gcm": [example for example in own if example.scheme == "gcm"],
        "principle": [example for example in own if example.scheme == "principle"],
        "sdg": sdg_examples(sdg) + [example for example in own if example.scheme == "sdg"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sdg", type=Path, help="sdg_dev.csv")
    stored: dict[str, object] = {
        "about": "Weights of extractor/stages/topics.py, built by training/topics.py; see topics.md",
        "sources": [
            "SDG Classification Benchmark, development part: texts OSDG Community Dataset CC BY 4.0, labels MIT",
            "benchmarks/topics_passages.jsonl: our own passages",
        ],
    }
    for scheme, examples in training_sets(parser.parse_args().sdg).items():
        learnt = learn(examples)
        stored[scheme] = {
            "examples": len(examples),
            "weights": {n: round(float(w), 4) for n, w in zip(topics.FEATURES, learnt.weights, strict=True)},
            "default_bias": round(learnt.bias, 4),
            "bias": {tag: round(learnt.bias + bias, 4) for tag, bias in learnt.tag_bias.items()},
            "thresholds": thresholds([example.label for example in examples], out_of_fold(examples)),
        }
    MODEL.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
