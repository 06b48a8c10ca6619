"""Stated tags: the page's own tag fields, tag lines and tag markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from extractor.model import Document, Field, MarkupFact
from extractor.stages.tags.patterns import (
    GOAL_ITEM,
    GOAL_LIST,
    GOAL_NAMES,
    LINE_CHARS,
    NUMBERED_NAME,
    OBJECTIVE_BESIDE_NAME,
    OBJECTIVE_FIELDS,
    OBJECTIVE_ITEM,
    OBJECTIVE_LABEL,
    OBJECTIVE_LIST,
    OBJECTIVE_NAMES,
    PRINCIPLE_FIELDS,
    PRINCIPLE_NAMES,
    SDG,
    SDG_FIELDS,
    SDG_LABEL,
    SDG_LINE,
    SEPARATORS,
    TARGET_LINE,
    TERM,
    TERMS,
    TRIM,
    Tag,
)
from extractor.stages.tags.reading import Hit, Reading, goals_of, objectives_of
from extractor.text import fold
from extractor.vocabularies import goals, objectives, principles

Found = Sequence[tuple[Tag, str | None]]  # tags, each with the target that was named, if any


def find_stated(page: Reading, fields: tuple[Field, ...]) -> Iterator[Hit]:
    """What the tag fields, the tag lines and the tag markup of the page name."""
    yield from _field_hits(page, fields)
    yield from _line_hits(page)
    yield from _markup_hits(page.document)


def _field_hits(page: Reading, fields: tuple[Field, ...]) -> Iterator[Hit]:
    for field in fields:
        parse = _parser(field)
        if parse is None:
            continue
        rank = OBJECTIVE_FIELDS.get(field.name)
        for value in field.values:
            for start, end, found in _parts(page.folded, value.start, value.end, parse):
                for tag, target in found:
                    yield page.hit(tag, "tag.field", start, end, target, rank)


def _parser(field: Field) -> Callable[[str], Found] | None:
    """By the field's name, or by what a label that no profile knows says ("Related GCM Objectives")."""
    label = fold(field.label.text)
    if field.name in OBJECTIVE_FIELDS or OBJECTIVE_LABEL.search(label):
        return _objectives_in
    if field.name in PRINCIPLE_FIELDS:
        return _principles_in
    return _goals_in if field.name in SDG_FIELDS or SDG_LABEL.search(label) else None


def _parts(
    folded: str, start: int, end: int, parse: Callable[[str], Found], level: int = 0
) -> list[tuple[int, int, Found]]:
    """Passages of a tag field's value with the tags that they are: the whole value, else the parts of it."""
    while start < end and folded[start] in TRIM:
        start += 1
    while end > start and folded[end - 1] in TRIM:
        end -= 1
    if found := parse(folded[start:end]):
        return [(start, end, found)]
    if level == len(SEPARATORS):
        return []
    stops = [m.span() for m in SEPARATORS[level].finditer(folded, start, end)]
    if not stops:
        return _parts(folded, start, end, parse, level + 1)
    bounds = zip([start, *(e for _, e in stops)], [*(s for s, _ in stops), end], strict=True)
    parts = [_parts(folded, s, e, parse, level + 1) for s, e in bounds]
    if level > 0 and not all(parts):
        return []  # prose that happens to name a tag
    return [passage for part in parts for passage in part]


def _objectives_in(item: str) -> Found:
    """ "23 - International cooperation", "Objective 8", "Save lives", "(20) Remittances", "1, 3 and 17"."""
    if m := OBJECTIVE_ITEM.fullmatch(item):
        sure = m["noun"] or not m["words"]
        found = objectives_of(m["number"])
        return [(o, None) for o in found if sure or _alike(m["words"], OBJECTIVE_NAMES[o.number])]
    if m := OBJECTIVE_BESIDE_NAME.fullmatch(item):
        beside = [(o, None) for o in objectives_of(m["number"]) if _alike(m["words"], OBJECTIVE_NAMES[o.number])]
        if beside:
            return beside
    if m := OBJECTIVE_LIST.fullmatch(item):
        return [(o, None) for o in objectives_of(m["numbers"])]
    return [(o, None) for o in objectives() if item in OBJECTIVE_NAMES[o.number]]


def _goals_in(item: str) -> Found:
    """ "SDG.10 - Reduced Inequalities", "Target 10.7", "Gender Equality", "5, 8 and 10.7"."""
    if m := GOAL_ITEM.fullmatch(item):
        found = goals_of(m["number"])
        sure = m["noun"] or not m["words"] or "." in m["number"]
        return [(goal, target) for goal, target in found if sure or _alike(m["words"], GOAL_NAMES[goal.number])]
    if m := GOAL_LIST.fullmatch(item):
        return goals_of(m["numbers"])
    return [(g, None) for g in goals() if item in GOAL_NAMES[g.number]]


def _principles_in(item: str) -> Found:
    item = _plain(item)
    return [(p, None) for p in principles() if any(item == _plain(name) for name in PRINCIPLE_NAMES[p.key])]


def _plain(name: str) -> str:
    return " ".join(name.replace("-", " ").split())


def _alike(words: str, names: Iterable[str]) -> bool:
    """Whether the words after a number fit what the number stands for: they share the stem of a word."""
    stems = _stems(words)
    return any(stems & _stems(name) for name in names)


def _stems(words: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w{4,}", words)}


def _line_hits(page: Reading) -> Iterator[Hit]:
    """Whole lines: "SDG.10 - Reduced Inequalities", then "Target 10.7"; "16 - Inclusion and social cohesion"."""
    below_goal = False
    following = 0
    for line in page.folded.split("\0"):
        words = line.strip()
        start = following + line.index(words)
        following += len(line) + 1
        if len(line) not in LINE_CHARS:
            continue
        found: Found = []
        if below_goal and (m := TARGET_LINE.fullmatch(words)):
            found = goals_of(m["numbers"])
        elif SDG_LINE.match(words):
            found = _named_goal(words)
            below_goal = below_goal or bool(found)
        elif NUMBERED_NAME.match(words):
            found = _named_objective(words)
        for tag, target in found:
            yield page.hit(tag, "tag.line", start, start + len(words), target)


def _markup_hits(document: Document) -> Iterator[Hit]:
    for fact in document.facts:
        if fact.name == "tag":
            for tag, target in _tags_in_markup(fact, document.profile):
                yield Hit(tag, "tag.markup", None, target, origin=fact.origin)


def _tags_in_markup(fact: MarkupFact, profile: str) -> Found:
    on_hub = profile == "unnm"  # elsewhere term 259 is another, and "human rights" a keyword like any other
    term = TERM.search(fact.origin.path) if on_hub else None
    if term and int(term[1]) in TERMS:
        return [(TERMS[int(term[1])], None)]
    words = fold(fact.value.replace("_", " ")).strip()
    if m := SDG.search(words):
        return goals_of(m["numbers"])
    if found := _named_goal(words) or _named_objective(words):
        return found
    return _principles_in(words) if on_hub else []


def _named_goal(item: str) -> Found:
    """A goal with its number and its name."""
    m = GOAL_ITEM.fullmatch(item)
    return goals_of(m["number"]) if m and _is_name(m, GOAL_NAMES) else []


def _named_objective(item: str) -> Found:
    """An objective with its number and its name."""
    m = OBJECTIVE_ITEM.fullmatch(item)
    return _objectives_in(item) if m and _is_name(m, OBJECTIVE_NAMES) else []


def _is_name(match: re.Match[str], names: dict[int, tuple[str, ...]]) -> bool:
    number, _, _ = match["number"].partition(".")
    return match["words"] in names.get(int(number), ())
