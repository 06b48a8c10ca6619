"""Explain: why a record says what it says, and what looked like a value but is none.

Nothing here runs while pages are extracted; what was rejected is asked of the same grammar, model and topics again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from extractor import vocabularies
from extractor.model import Mention
from extractor.review.values import Value, false_date_reasons, values_of
from extractor.stages import topics
from extractor.stages.dates import find_in_text
from extractor.stages.dates.patterns import FALSE_FIGURES, FALSE_SIGNS, FALSE_WORDS, TOKEN
from extractor.stages.names.spans import SpanIndex

AROUND = 50  # code points of context on either side of a passage
_TOPICS_SHOWN = 3  # of each scheme, the nearest to being a tag

# What a person may ask for, and the paths of values that it means.
FIELDS = {
    "title": ("title",),
    "page_type": ("page_type",),
    "event": ("event",),
    "dates": ("dates", "date_submitted", "date_published", "date_updated"),
    "places": ("places",),
    "organizations": ("organizations",),
    "people": ("people",),
    "gcm": ("gcm",),
    "sdgs": ("sdgs",),
    "fields": ("fields",),
}
_SCHEMES: tuple[tuple[Literal["gcm", "sdg"], str], ...] = (("gcm", "gcm"), ("sdg", "sdgs"))
_CALIBRATED = {
    "dates": "date",
    "places": "place",
    "organizations": "organization",
    "people": "person",
    "gcm.objectives": "tag",
    "gcm.principles": "tag",
    "sdgs": "tag",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence with what stands around it, in one line."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What looked like a value of ``field`` but was not taken for one. Bounds in code points."""

    field: str
    start: int | None
    end: int | None
    text: str
    reason: str


def select(record: Mapping[str, Any], field: str | None) -> list[Value]:
    """The values of a record that belong to ``field`` (a key of ``FIELDS``), or all."""
    wanted = FIELDS[field] if field else None
    return [v for v in values_of(record) if wanted is None or re.split(r"[.\[]", v.path)[0] in wanted]


def passages(text: str, value: Value) -> list[Passage]:
    """The evidence of a value in its context."""
    return [Passage(*_context(text, start, end)) for start, end in value.evidence]


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    before, after = _flat(text[low:start]), _flat(text[end:high])
    return ("…" if low else "") + before, _flat(text[start:end]), after + ("…" if high < len(text) else "")


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def measured(value: Value) -> str | None:
    """How often values of this rule were right on annotated pages ("58 of 58"), where that was measured."""
    kind = _CALIBRATED.get(value.path.split("[")[0], value.path)
    counts = _calibration().get(kind, {}).get(value.rule or "")
    return f"{counts[0]} of {counts[1]}" if counts else None


@cache
def _calibration() -> dict[str, dict[str, list[int]]]:
    path = resources.files("extractor") / "models" / "calibration.json"
    table: dict[str, dict[str, list[int]]] = json.loads(path.read_text(encoding="utf-8"))["right_of_all"]
    return table


# --- what was rejected --------------------------------------------------------------------------------------------


def refused_dates(record: Mapping[str, Any]) -> list[Refusal]:
    """Figures of the text that are no date, each with the pattern that says so, and dates that lack something."""
    text = record["text"]
    taken = _evidence(record["dates"], (record["event"],))
    warned = {(w["start"], w["end"]): w["message"] for w in record["warnings"] if str(w["code"]).startswith("date_")}
    found = [
        Refusal("dates", start, end, text[start:end], false_date_reasons()[name])
        for start, end, name in _false_dates(text)
        if not taken.overlaps(start, end)
    ]
    for candidate in find_in_text(text, record["language"]):
        start, end = candidate.start, candidate.end
        if taken.overlaps(start, end):
            continue
        reason = warned.get((start, end))
        if reason is None and candidate.rule == "date.bare_year":
            reason = "a number that could be a year; no word beside it says so"
        found.append(Refusal("dates", start, end, text[start:end], reason or "not a date of this page"))
    return sorted(found, key=lambda refusal: refusal.start or 0)


def _false_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Bounds and pattern of everything that the grammar of dates takes for something that only looks like a date."""
    for token in TOKEN.finditer(text):
        patterns = _FALSE_DATES.get(token.lastgroup or "", {})
        for name, pattern in patterns.items():
            match = pattern.match(text, token.start())
            if match is not None and match.end() == token.end() and re.search(r"\d", token.group()):
                yield token.start(), token.end(), name
                break


_FALSE_DATES = {
    f"false_{kind}": {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}
    for kind, patterns in (("words", FALSE_WORDS), ("figures", FALSE_FIGURES), ("signs", FALSE_SIGNS))
}


def refused_names(record: Mapping[str, Any], entities: Sequence[Mention]) -> list[Refusal]:
    """Names that the model read and that are neither an organization nor a person of the record."""
    bodies, people = _evidence(record["organizations"]), _evidence(record["people"])
    places, dates = _evidence(record["places"]), _evidence(record["dates"], (record["event"],))
    found = []
    for entity in entities:
        start, end = entity.span.start, entity.span.end
        if bodies.overlaps(start, end) or people.overlaps(start, end) or entity.kind == "LOC":
            continue
        field = "people" if entity.kind == "PERSON" else "organizations"
        if entity.kind == "EVENT":
            reason = "the names model reads the name of an event"
        elif entity.kind == "DOC":
            reason = "the names model reads the name of a document"
        elif places.overlaps(start, end):
            reason = "the names model reads a name here; it is a place of this page"
        elif dates.overlaps(start, end):
            reason = "the names model reads a name here; it is part of a date"
        elif entity.kind == "PERSON":
            reason = "the names model alone reads a person here; nothing around it says so"
        else:
            reason = "the names model alone reads a body here; its form speaks against it (a place, a title, a group …)"
        found.append(Refusal(field, start, end, entity.span.text, reason))
    return found


def refused_topics(record: Mapping[str, Any]) -> list[Refusal]:
    """The tags that came nearest to being inferred but were not, with how likely each is."""
    given = {
        "gcm": {str(tag["number"]) for tag in record["gcm"]["objectives"]},
        "sdg": {str(tag["goal"]) for tag in record["sdgs"]},
    }
    labels = {
        "gcm": {str(o.number): o.label for o in vocabularies.objectives()},
        "sdg": {str(g.number): g.label for g in vocabularies.goals()},
    }
    found = []
    for scheme, field in _SCHEMES:
        ranked = [(tag, share) for tag, share in topics.rank(record["text"], scheme) if tag not in given[scheme]]
        for tag, share in ranked[:_TOPICS_SHOWN]:
            reason = f"some of its words are there, but a reader would give this tag with a probability of {share:.2f}"
            found.append(Refusal(field, None, None, f"{tag} {labels[scheme][tag]}", reason))
    return found


def _evidence(*given: Iterable[Mapping[str, Any]]) -> SpanIndex:
    return SpanIndex((span["start"], span["end"]) for values in given for value in values for span in value["evidence"])
