"""Evaluation: records against what people annotated, value by value.

An annotation is one JSON file a page, named like the page: title, page_type, start_date, end_date, date_submitted,
all_dates, city, countries, organizations (name, aliases, role), people (name, position, affiliation),
gcm_objectives, sdgs, sections; what stands in an ``optional_…`` list is neither rewarded nor punished.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal

from extractor.text import fold

Verdict = Literal["right", "wrong", "missed"]

FIELDS = (
    "title", "page_type", "start_date", "end_date", "date_submitted", "dates", "city", "countries", "organizations",
    "organization_roles", "people", "positions", "affiliations", "gcm_objectives", "sdgs", "sections",
)  # fmt: skip

# Two names agree when at least this share of their words is common (F1 over words).
NAMES_AGREE = 0.67
PHRASES_AGREE = 0.6

_SMALL_WORDS = frozenset("the of for and in on de du des la le et".split())
_LEADS = {"organizer": "lead", "implementer": "lead", "partner": "support", "donor": "support"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One value of a page, judged. ``rule`` is what found it; null for what was missed."""

    field: str
    verdict: Verdict
    value: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        there = self.right + self.missed
        return self.right / there if there else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


class GoldError(ValueError):
    """Annotations that cannot be read; the message is a plain sentence."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Records against the annotations of their pages."""

    pages: int  # annotated
    unread: tuple[str, ...]  # annotated pages without a record: all that they say is missed
    judged: tuple[tuple[str, Judgement], ...]  # with the page's name

    @property
    def scores(self) -> dict[str, Score]:
        return score(judgement for _, judgement in self.judged)

    @property
    def overall(self) -> float | None:
        """The mean F1 of the fields of which there is anything to judge."""
        f1s = [s.f1 for s in self.scores.values() if s.f1 is not None]
        return sum(f1s) / len(f1s) if f1s else None

    @property
    def misses(self) -> tuple[tuple[str, Judgement], ...]:
        """What is missing or wrong, page by page."""
        return tuple((page, judgement) for page, judgement in self.judged if judgement.verdict != "right")


# What a page without a record says.
_NO_RECORD: dict[str, Any] = {
    "title": None,
    "page_type": None,
    "provenance": [],
    "event": {"start": None, "end": None, "rule": None},
    "date_submitted": None,
    "dates": [],
    "places": [],
    "organizations": [],
    "people": [],
    "gcm": {"objectives": [], "principles": []},
    "sdgs": [],
    "sections": [],
}


def evaluate(gold: Mapping[str, Mapping[str, Any]], records: Iterable[Mapping[str, Any]]) -> Evaluation:
    """Judge records by the annotations (by page name: the stem of ``source.path``). Records of other pages are not
    judged; a page without a record counts as all missed."""
    by_page = {page_name(record): record for record in records}
    judged = [
        (page, judgement) for page in sorted(gold) for judgement in judge(by_page.get(page, _NO_RECORD), gold[page])
    ]
    return Evaluation(len(gold), tuple(page for page in sorted(gold) if page not in by_page), tuple(judged))


def page_name(record: Mapping[str, Any]) -> str:
    """The name that a record's page and its annotation share: the file's, without its ending."""
    return PurePath(record["source"]["path"]).stem


def read_gold(folder: str | Path) -> dict[str, dict[str, Any]]:
    """The annotations of a folder by page name. Raises GoldError when there are none or one cannot be read."""
    gold: dict[str, dict[str, Any]] = {}
    for path in sorted(Path(folder).glob("*.json")):
        try:
            annotation = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise GoldError(f"cannot read the annotation {path}: {error}") from None
        missing = [name for name in _GOLD_FIELDS if name not in annotation]
        if missing:
            raise GoldError(f"the annotation {path} has no {', '.join(missing)}")
        gold[path.stem] = annotation
    if not gold:
        raise GoldError(f"there is no annotation (*.json) in {folder}")
    return gold


_GOLD_FIELDS = (
    "title", "page_type", "start_date", "end_date", "all_dates", "organizations", "people", "gcm_objectives", "sdgs",
    "sections",
)  # fmt: skip


def score(judgements: Iterable[Judgement]) -> dict[str, Score]:
    """Precision, recall and F1 of every field, over all pages together."""
    counts = Counter((j.field, j.verdict) for j in judgements)
    return {f: Score(counts[f, "right"], counts[f, "wrong"], counts[f, "missed"]) for f in FIELDS}


def judge(record: Mapping[str, Any], gold: Mapping[str, Any]) -> list[Judgement]:
    """Every value of one record that its annotation speaks of, judged, and what the record misses."""
    rules = {p["field"]: p["rule"] for p in record["provenance"]}
    event = record["event"]
    optional_dates = set(gold.get("optional_dates") or ())
    found = [
        *_single("title", gold["title"], record["title"], rules.get("title"), _equal, free=gold["title"] is None),
        *_single("page_type", gold["page_type"], record["page_type"], rules.get("page_type")),
        *_single(
            "start_date",
            gold["start_date"],
            _day(event["start"]),
            event["rule"],
            free=_day(event["start"]) in optional_dates,
        ),
        *_ends(gold, event, optional_dates),
        *_single("date_submitted", gold.get("date_submitted"), record["date_submitted"], rules.get("date_submitted")),
        *_dates(record, gold, optional_dates),
        *_city(record, gold),
        *_countries(record, gold),
    ]
    found += _organizations(record, gold)
    found += _people(record, gold)
    objectives = {str(t["number"]): t["rule"] for t in record["gcm"]["objectives"] if t["stated"]}
    goals = {str(t["goal"]): t["rule"] for t in record["sdgs"] if t["stated"]}
    headings = {_key(s["heading"]): f"section.{s['method']}" for s in record["sections"] if s["heading"]}
    found += _set("gcm_objectives", map(str, gold["gcm_objectives"]), (), objectives)
    found += _set("sdgs", map(str, gold["sdgs"]), (), goals)
    found += _set("sections", map(_key, gold["sections"]), map(_key, gold.get("optional_sections") or ()), headings)
    return found


def _equal(expected: str, found: str) -> bool:
    return _key(expected) == _key(found)


def _single(
    field: str,
    expected: str | None,
    found: str | None,
    rule: str | None,
    same: Callable[[str, str], bool] = str.__eq__,
    free: bool = False,
) -> Iterator[Judgement]:
    """A value of which a page has one at most. ``free``: a value that is not expected is not punished."""
    if expected is None:
        if found is not None and not free:
            yield Judgement(field, "wrong", found, rule)
    elif found is not None and same(expected, found):
        yield Judgement(field, "right", found, rule)
    else:
        yield Judgement(field, "missed", expected)
        if found is not None:
            yield Judgement(field, "wrong", found, rule)


def _set(field: str, expected: Iterable[str], optional: Iterable[str], found: Mapping[str, str]) -> Iterator[Judgement]:
    expected, optional = list(expected), set(optional)
    for value, rule in found.items():
        if value in expected or value not in optional:
            yield Judgement(field, "right" if value in expected else "wrong", value, rule)
    for value in expected:
        if value not in found:
            yield Judgement(field, "missed", value)


def _ends(gold: Mapping[str, Any], event: Mapping[str, Any], optional: set[str]) -> Iterator[Judgement]:
    """A one-day event may state its end, or not."""
    expected = gold["end_date"] if gold["end_date"] != gold["start_date"] else None
    found = _day(event["end"])
    if found == _day(event["start"]):
        found = None
    return _single("end_date", expected, found, event["rule"], free=found in optional)


def _dates(record: Mapping[str, Any], gold: Mapping[str, Any], optional: set[str]) -> Iterator[Judgement]:
    """Days and months; a bare year is not judged."""
    found: dict[str, str] = {}
    for entry in record["dates"]:
        for value in (entry["start"], entry["end"]):
            if value and re.match(r"\d{4}-\d\d", value):
                found.setdefault(value[:10], entry["rule"])
    return _set("dates", gold["all_dates"], optional, found)


def _day(value: str | None) -> str | None:
    return value[:10] if value and value[0].isdigit() else value


def _city(record: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Judgement]:
    cities = {_key(p["name"]): p for p in record["places"] if p["kind"] == "city" and p["role"] == "venue"}
    expected = _key(gold.get("city") or "")
    if expected:
        hit = cities.get(expected)
        yield Judgement("city", "right", hit["name"], hit["rule"]) if hit else Judgement("city", "missed", gold["city"])
    elif not gold.get("optional_cities"):
        for place in cities.values():
            yield Judgement("city", "wrong", place["name"], place["rule"])


def _countries(record: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Judgement]:
    found: dict[str, str] = {}
    for place in record["places"]:
        if place["country_code"] and place["role"] in ("venue", "scope"):
            found.setdefault(place["country_code"], place["rule"])
    return _set("countries", gold.get("countries") or (), gold.get("optional_countries") or (), found)


def _organizations(record: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Judgement]:
    pairs, judged = _paired(
        "organizations", gold["organizations"], gold.get("optional_organizations"), record["organizations"]
    )
    yield from judged
    for expected, found in pairs:
        want = _LEADS.get(expected["role"])
        have = {_LEADS[role] for role in found["roles"] if role in _LEADS}
        for role in sorted(have):
            yield Judgement(
                "organization_roles", "right" if role == want else "wrong", f"{found['name']}: {role}", found["rule"]
            )
        if want and want not in have:
            yield Judgement("organization_roles", "missed", f"{expected['name']}: {expected['role']}")


def _people(record: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[Judgement]:
    pairs, judged = _paired("people", gold["people"], gold.get("optional_people"), record["people"])
    yield from judged
    for expected, found in pairs:
        for field, part in (("positions", "position"), ("affiliations", "affiliation")):
            yield from _single(field, expected[part], found[part], found["rule"], _phrases_agree, free=True)


_Pairs = list[tuple[Mapping[str, Any], Mapping[str, Any]]]


def _paired(
    field: str, gold: list[dict[str, Any]], optional: list[str] | None, found: list[dict[str, Any]]
) -> tuple[_Pairs, list[Judgement]]:
    """Each annotated name with the found one that it agrees with; a second form of one name is not judged."""
    free = list(gold)
    pairs: _Pairs = []
    judged = []
    for value in found:
        hit = next((g for g in free if _share(g, value, _equal)), None) or next(
            (g for g in free if _share(g, value, _names_agree)), None
        )
        if hit is not None:
            free.remove(hit)
            pairs.append((hit, value))
            judged.append(Judgement(field, "right", value["name"], value["rule"]))
        elif not any(_share(g, value, _names_agree) for g in (*gold, *({"name": o} for o in optional or ()))):
            judged.append(Judgement(field, "wrong", value["name"], value["rule"]))
    judged += [Judgement(field, "missed", g["name"]) for g in free]
    return pairs, judged


def _share(a: Mapping[str, Any], b: Mapping[str, Any], same: Callable[[str, str], bool]) -> bool:
    return any(same(x, y) for x in _forms(a) for y in _forms(b))


def _forms(value: Mapping[str, Any]) -> list[str]:
    return [form for form in (value["name"], value.get("acronym"), *(value.get("aliases") or ())) if form]


def _names_agree(a: str, b: str) -> bool:
    return _agreement(a, b) >= NAMES_AGREE


def _phrases_agree(a: str, b: str) -> bool:
    return _agreement(a, b) >= PHRASES_AGREE


def _agreement(a: str, b: str) -> float:
    """F1 over the words of two phrases, small words left out; 1 when they are the same but for case and accents."""
    if _key(a) == _key(b):
        return 1.0
    x, y = (Counter(w for w in _key(p).split() if w not in _SMALL_WORDS) for p in (a, b))
    total = x.total() + y.total()
    return 2 * (x & y).total() / total if total else 0.0


def _key(text: str) -> str:
    """Folded, punctuation and a possessive 's gone."""
    words = re.sub(r"[^\w]+", " ", re.sub(r"'s\b", "", fold(text))).split()
    return " ".join(words[1:] if words[:1] and words[0] in {"the", "le", "la", "les", "el"} else words)
