"""Topics: the GCM objectives, guiding principles and SDGs that a text is about, inferred from its words.

The concepts of the lexicon (``lexicon.py``) are found in the text; those in a stock phrase or under a negation are
dropped. Each passage (some sentences, at most ``_PASSAGE`` code points) is scored for every tag that a concept speaks
for, by a logistic model over a few lexicon features whose weights ``training/topics.py`` learns. A text longer than
one passage is about a tag as far as its first passage (title, summary) and its strongest ones are.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from operator import mul
from typing import Literal, TypedDict

from extractor.model import Document, ObjectiveTag, PrincipleTag, SdgTag, Span, Strictness, Tags
from extractor.stages.topics import lexicon
from extractor.stages.topics.lexicon import Hit
from extractor.text import split_sentences
from extractor.vocabularies import goal, objective, principle

Bounds = tuple[int, int]

SCHEMES = ("gcm", "principle", "sdg")
FEATURES = ("score", "forms", "share", "rival", "density", "length", "context", "noise")

_PASSAGE = 1300  # code points, about 200 words
_ONE_STRONG_IN = 4  # of a long text's passages, the strongest one in so many count
_MOST_EVIDENCE = 5  # sentences listed for a tag
_WEIGHT = {1: 0.2, 2: 0.5, 3: 1.0, 4: 1.8}  # what a form adds, by its concept's strength
_STRONG = 3
_REPEATED = (0.0, *(1 + 0.5 * math.log(count) for count in range(1, 10)))  # a form that comes again adds less
_LEAST_SCORE = 0.4  # two weak forms: below this a tag is not considered
_NEGATIONS = frozenset({"negation-after", "negation-before"})
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag that a text is about.

    ``key``: "1" to "23" for objectives, "1" to "17" for goals, the key of a principle. ``confidence``: calibrated
    probability (0 to 1) that a reader would give the tag. ``evidence``: bounds of the sentences that carry it, in code
    points. ``concepts``: ids of the concepts that fired. ``targets``: SDG targets that concepts of their own speak for.
    """

    key: str
    confidence: float
    evidence: tuple[Bounds, ...]
    concepts: tuple[str, ...]
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topics:
    """What a text is about, in each scheme the most certain first."""

    objectives: tuple[Topic, ...] = ()
    principles: tuple[Topic, ...] = ()
    sdgs: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences in a row and the hits that count in them."""

    length: int  # code points
    hits: Mapping[str, Mapping[str, list[tuple[int, Hit]]]]  # by scheme and tag, with the index of the sentence
    context: bool  # whether a word of migration stands in it
    noise: int  # how many marks of a bibliography or a method section


@dataclass(frozen=True, slots=True)
class _Model:
    weights: tuple[float, ...]  # by FEATURES
    bias: Mapping[str, float]  # by tag
    default_bias: float
    thresholds: Mapping[str, float]  # by strictness

    def probability(self, tag: str, features: Sequence[float]) -> float:
        logit = self.bias.get(tag, self.default_bias) + sum(map(mul, self.weights, features))
        return 1 / (1 + math.exp(-logit))


def infer(text: str, sentences: Sequence[Bounds] | None = None, strictness: Strictness = "balanced") -> Topics:
    """What ``text`` is about.

    ``sentences``: their bounds in order of position; found here when not given. ``strictness``: "balanced" has the
    best F1 on the development data, "strict" gives fewer false tags, "loose" misses fewer; ``models/topics.md`` says
    at what cost. Raises ``ValueError`` for another strictness.
    """
    if strictness not in ("loose", "balanced", "strict"):
        raise ValueError(f"strictness is 'loose', 'balanced' or 'strict', not {strictness!r}")
    bounds = list(sentences) if sentences is not None else split(text)
    passages = read(text, bounds)
    chosen = {
        scheme: tuple(
            _topic(scheme, tag, confidence, passages, bounds)
            for tag, confidence in _ranked(scheme, passages)
            if confidence >= _models()[scheme].thresholds[strictness]
        )
        for scheme in SCHEMES
    }
    return Topics(chosen["gcm"], chosen["principle"], chosen["sdg"])


def rank(text: str, scheme: Literal["gcm", "principle", "sdg"]) -> list[tuple[str, float]]:
    """Every tag of the scheme that a concept of ``text`` speaks for, with its confidence, best first."""
    return _ranked(scheme, read(text, split(text)))


def infer_tags(document: Document, strictness: Strictness = "balanced") -> Tags:
    """What the page is about, as tags with basis "inferred"."""
    topics = infer(document.text, document.sentences, strictness)

    def common(topic: Topic) -> _Common:
        return {
            "basis": "inferred",
            "stated": False,
            "evidence": tuple(document.span(start, end) for start, end in topic.evidence),
            "method": "model",
            "confidence": topic.confidence,
            "concepts": topic.concepts,
        }

    return Tags(
        objectives=tuple(_objective_tag(topic, common(topic)) for topic in topics.objectives),
        principles=tuple(_principle_tag(topic, common(topic)) for topic in topics.principles),
        sdgs=tuple(_sdg_tag(topic, common(topic)) for topic in topics.sdgs),
    )


class _Common(TypedDict):
    """What the inferred tags of all schemes share."""

    basis: Literal["inferred"]
    stated: bool
    evidence: tuple[Span, ...]
    method: Literal["model"]
    confidence: float
    concepts: tuple[str, ...]


def _objective_tag(topic: Topic, common: _Common) -> ObjectiveTag:
    named = objective(int(topic.key))
    return ObjectiveTag(
        number=named.number, label=named.label, title=named.title, rank=None, rule="topic.gcm", **common
    )


def _principle_tag(topic: Topic, common: _Common) -> PrincipleTag:
    return PrincipleTag(key=topic.key, label=principle(topic.key).label, rule="topic.principle", **common)


def _sdg_tag(topic: Topic, common: _Common) -> SdgTag:
    named = goal(int(topic.key))
    return SdgTag(goal=named.number, label=named.label, targets=topic.targets, rule="topic.sdg", **common)


# --- reading ----------------------------------------------------------------------------------------------------


def read(text: str, sentences: Sequence[Bounds]) -> list[Passage]:
    """The passages of ``text`` with the hits that count: not in a stock phrase, not negated, in their context."""
    by_sentence = _hits_by_sentence(text, sentences)
    return [_passage(sentences, by_sentence, first, last) for first, last in _windows(sentences)]


def split(text: str) -> list[Bounds]:
    """Bounds of the sentences of a plain text, in which a line break ends a sentence."""
    return [bounds for line in _LINE.finditer(text) for bounds in split_sentences(text, *line.span())]


def _hits_by_sentence(text: str, sentences: Sequence[Bounds]) -> list[list[Hit]]:
    by_sentence: list[list[Hit]] = [[] for _ in sentences]
    if not sentences:
        return by_sentence
    hits = lexicon.load().find(text)
    masks = iter([hit for hit in hits if hit.concept.tag == "mask"])
    mask = next(masks, None)
    index, last = 0, len(sentences) - 1
    with_negation: set[int] = set()
    for hit in hits:
        while mask and mask.end <= hit.start:
            mask = next(masks, None)
        if mask and mask.start <= hit.start and hit.end <= mask.end and hit.concept.scheme != "context":
            continue
        while index < last and sentences[index + 1][0] <= hit.start:
            index += 1
        if sentences[index][0] <= hit.start < sentences[index][1]:
            by_sentence[index].append(hit)
            if hit.concept.tag in _NEGATIONS:
                with_negation.add(index)
    for index in with_negation:
        by_sentence[index] = _without_negated(text, by_sentence[index])
    return by_sentence


def _without_negated(text: str, hits: list[Hit]) -> list[Hit]:
    """The hits of a sentence that no negation holds for: "does not deal with …", "… was not discussed".

    A negation reaches to the end of its clause: a semicolon or a word of contrast.
    """
    kept: list[Hit] = []
    clause: list[Hit] = []
    negated = False
    previous = hits[0].start
    for hit in hits:
        tag = hit.concept.tag
        if tag == "contrast" or ";" in text[previous : hit.start]:
            kept += clause
            clause, negated = [], False
        previous = max(previous, hit.end)
        if tag == "negation-before":
            clause = []
        elif tag == "negation-after":
            negated = True
        elif not negated:
            clause.append(hit)
    return kept + clause


def _windows(sentences: Sequence[Bounds]) -> Iterator[Bounds]:
    """First and last (exclusive) sentence of each passage."""
    first = 0
    for index, (_, end) in enumerate(sentences):
        if index > first and end - sentences[first][0] > _PASSAGE:
            yield first, index
            first = index
    if first < len(sentences):
        yield first, len(sentences)


def _passage(sentences: Sequence[Bounds], by_sentence: list[list[Hit]], first: int, last: int) -> Passage:
    context = Counter(
        [h.concept.tag for hits in by_sentence[first:last] for h in hits if h.concept.scheme == "context"]
    )
    by_tag: dict[str, dict[str, list[tuple[int, Hit]]]] = {scheme: {} for scheme in (*SCHEMES, "context")}
    for index in range(first, last):
        for hit in by_sentence[index]:
            concept = hit.concept
            if not concept.near or context.keys() & concept.near:
                by_tag[concept.scheme].setdefault(concept.tag, []).append((index, hit))
    if not context["migration"]:
        by_tag["principle"] = {}  # the principles guide migration governance: nothing else is tagged with them
    return Passage(
        length=sentences[last - 1][1] - sentences[first][0],
        hits=by_tag,
        context=context["migration"] > 0,
        noise=context["noise"],
    )


# --- scoring ----------------------------------------------------------------------------------------------------


def features(passage: Passage, scheme: str) -> dict[str, tuple[float, ...]]:
    """For each tag that the passage speaks for, its values of FEATURES."""
    scores: dict[str, float] = {}
    strong: dict[str, int] = {}
    for tag, hits in passage.hits[scheme].items():
        counts: dict[int, int] = {}
        weights: dict[int, float] = {}
        strong[tag] = 0
        for _, (_, _, concept, form) in hits:
            if form in counts:
                counts[form] += 1
            else:
                counts[form] = 1
                weights[form] = _WEIGHT[concept.strength]
                strong[tag] += concept.strength >= _STRONG
        scores[tag] = sum([weights[form] * _REPEATED[min(count, 9)] for form, count in counts.items()])
    total = sum(scores.values())
    first, second, *_ = [*sorted(scores.values(), reverse=True), 0.0, 0.0]
    size = passage.length / 600
    spread = 1 / math.sqrt(size + 0.2)
    whole = (math.log(size + 0.05), float(passage.context), math.log1p(passage.noise))  # the same for all tags
    return {
        tag: (
            math.log1p(score),
            math.log1p(strong[tag]),
            score / (total + 0.5),
            math.log1p(second if score == first else first),
            score * spread,
            *whole,
        )
        for tag, score in scores.items()
        if score >= _LEAST_SCORE
    }


def _ranked(scheme: str, passages: Sequence[Passage]) -> list[tuple[str, float]]:
    model = _models()[scheme]
    by_tag: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(passages))
    for index, passage in enumerate(passages):
        for tag, values in features(passage, scheme).items():
            by_tag[tag][index] = model.probability(tag, values)
    confidences = {tag: _of_whole(probabilities) for tag, probabilities in by_tag.items()}
    return sorted(confidences.items(), key=lambda pair: (-pair[1], pair[0]))


def _of_whole(probabilities: list[float]) -> float:
    """The confidence for a text from those of its passages: the mean of the first and the strongest ones."""
    strongest = sorted(probabilities, reverse=True)[: math.ceil(len(probabilities) / _ONE_STRONG_IN)]
    return max(sum(strongest) / len(strongest), (probabilities[0] + sum(strongest)) / (1 + len(strongest)))


def _topic(scheme: str, tag: str, confidence: float, passages: Sequence[Passage], sentences: Sequence[Bounds]) -> Topic:
    hits = [placed for passage in passages for placed in passage.hits[scheme].get(tag, ())]
    weights: Counter[int] = Counter()
    for index, hit in hits:
        weights[index] += round(100 * _WEIGHT[hit.concept.strength])
    strongest = sorted(weights, key=lambda index: (-weights[index], index))[:_MOST_EVIDENCE]
    return Topic(
        key=tag,
        confidence=round(confidence, 3),
        evidence=tuple(sentences[index] for index in sorted(strongest)),
        concepts=tuple(sorted({hit.concept.id for index, hit in hits if index in strongest})),
        targets=tuple(sorted({hit.concept.target for _, hit in hits if hit.concept.target})),
    )


@cache
def _models() -> dict[str, _Model]:
    stored = json.loads(resources.files("extractor").joinpath("models/topics.json").read_text(encoding="utf-8"))
    return {
        scheme: _Model(
            weights=tuple(stored[scheme]["weights"][name] for name in FEATURES),
            bias=stored[scheme]["bias"],
            default_bias=stored[scheme]["default_bias"],
            thresholds=stored[scheme]["thresholds"],
        )
        for scheme in SCHEMES
    }
