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
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from extractor.stages import topics

PASSAGES = Path("benchmarks/topics_passages.jsonl")
MODEL = Path("extractor/models/topics.json")
FIELDS = {"gcm": "gcm", "principle": "principles", "sdg": "sdgs"}  # of a passage, by scheme
BLOCK = 6  # passages that are joined with each other
SEED = 7
FOLDS = 5
REPEATS = 5
TAG_SCALE = 0.5  # how far a tag's own bias may leave the common one: less than the features, which many tags share
REGULARIZATION = {"gcm": 1.0, "principle": 0.3, "sdg": 1.0}  # scikit-learn's C
PLATEAU = 0.01  # differences of F1 that mean nothing on so few examples


@dataclass(frozen=True)
class Passage:
    """A text of ours with the tags of each scheme that it has, and those that it may have or not."""

    text: str
    kind: str
    expected: dict[str, frozenset[str]]
    doubtful: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Example:
    """Whether a text is about a tag. ``features`` is None when the lexicon does not propose the tag at all.

    Examples of one ``group`` share text: they are never on both sides of a fold. ``joined``: made of several passages.
    """

    text: str
    scheme: str
    tag: str
    label: bool
    features: tuple[float, ...] | None
    group: str
    joined: bool = False


def sdg_examples(path: Path) -> list[Example]:
    """The snippets of the benchmark, each with the goal that it was judged for."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Example(text, "sdg", row["sdg"], row["label"] == "True", _features(text, "sdg").get(row["sdg"]), text)
        for row in rows
        for text in [row["text"]]
    ]


def read_passages(path: Path = PASSAGES) -> list[Passage]:
    return [
        Passage(
            text=stored["text"],
            kind=stored["kind"],
            expected={scheme: frozenset(map(str, stored[name])) for scheme, name in FIELDS.items()},
            doubtful={scheme: frozenset(map(str, stored[f"optional_{name}"])) for scheme, name in FIELDS.items()},
        )
        for stored in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def passage_examples(scheme: str, joined: bool) -> list[Example]:
    """Our passages with every tag that they have or that the lexicon proposes; doubtful tags are left out.

    ``joined``: also two and three of them one after the other, as longer texts that speak of several things.
    """
    passages = read_passages()
    random.Random(SEED).shuffle(passages)
    examples: list[Example] = []
    for start in range(0, len(passages), BLOCK):
        block = passages[start : start + BLOCK]
        sets = [[passage] for passage in block]
        if joined:
            turned = block[1:] + block[:1], block[3:] + block[:3]
            sets += [list(pair) for pair in zip(block, turned[0], strict=True)]
            sets += [list(three) for three in zip(block, *turned, strict=True)]
        examples += [example for one in sets for example in _examples(one, scheme, f"passages from {start}")]
    return examples


def _examples(passages: list[Passage], scheme: str, group: str) -> Iterable[Example]:
    text = "\n".join(passage.text for passage in passages)
    expected = {tag for passage in passages for tag in passage.expected[scheme]}
    doubtful = {tag for passage in passages for tag in passage.doubtful[scheme]} - expected
    proposed = _features(text, scheme)
    for tag in sorted((expected | proposed.keys()) - doubtful):
        yield Example(text, scheme, tag, tag in expected, proposed.get(tag), group, len(passages) > 1)


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
    for train, test in splitter.split(examples, labels, [example.group for example in examples]):
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
    return {
        "gcm": passage_examples("gcm", joined=True),
        "principle": passage_examples("principle", joined=True),
        "sdg": sdg_examples(sdg) + passage_examples("sdg", joined=False),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sdg", type=Path, help="sdg_dev.csv")
    stored: dict[str, object] = {
        "about": "Weights of extractor/stages/topics/, built by training/topics.py; see topics.md",
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
