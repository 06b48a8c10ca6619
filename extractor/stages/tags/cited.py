"""Cited tags: objectives, goals and principles that prose names by number, title or phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.stages.tags.patterns import (
    ANY_PHRASE,
    CODES_APART,
    GCM_AFTER,
    GCM_BEFORE,
    GCM_OBJECTIVES_LIST,
    GOAL,
    GOAL_LONG_LABELS,
    GOAL_NAMES,
    GOAL_TITLES,
    GUIDING_BEFORE,
    ITS_BEFORE,
    LABELS,
    LARGE,
    NUMBER,
    OBJECTIVE,
    OBJECTIVE_NAMES,
    OBJECTIVE_TITLES,
    OBJECTIVES_OF,
    OPENING,
    OWN_TITLE,
    PHRASES,
    PRINCIPLE_NAMES,
    PRINCIPLES_OF,
    RIVAL_AFTER,
    RIVAL_BEFORE,
    SDG,
    SDG_AFTER,
    SDG_ON,
    TARGET,
)
from extractor.stages.tags.reading import Hit, Reading, goals_of, objectives_of
from extractor.vocabularies import Goal, Objective, goals, principles


def find_cited(page: Reading) -> Iterator[Hit]:
    """What the prose of the page names, titles and headings included."""
    yield from _cited_objectives(page)
    yield from _cited_goals(page)
    yield from _cited_titles(page)
    yield from _cited_principles(page)


def _cited_objectives(page: Reading) -> Iterator[Hit]:
    """Objectives by number: beside the Compact's name or their own, or bare where the Compact is meant."""
    folded = page.folded
    bare: list[tuple[re.Match[str], list[Objective]]] = []
    by_number = False  # the page speaks of the Compact's objectives by number
    for pattern in (OBJECTIVES_OF, GCM_OBJECTIVES_LIST) if page.compacts else ():
        for m in pattern.finditer(folded):
            for tag in objectives_of(m["numbers"]):
                by_number = True
                yield page.hit(tag, "tag.cited_number", m.start(), m.end())
    for m in OBJECTIVE.finditer(folded):
        tags = objectives_of(m["numbers"])
        if not tags:
            continue
        before = GCM_BEFORE.search(folded, max(0, m.start() - 90), m.start())
        after = GCM_AFTER.match(folded, m.end())
        start, end = m.span()
        attached = False
        if before and (before["sure"] or page.compacts):
            attached, start = True, before.start()
        if after and (after["sure"] or after["acronym"] or page.compacts):
            attached, end = True, after.end()
        named = _name_after(folded, m, tags[0].number, OBJECTIVE_NAMES) if len(tags) == 1 else None
        if named and (" " in folded[named[0] : named[1]] or page.compacts):
            attached, end = True, max(end, named[1])
        if not attached:
            bare.append((m, tags))
            continue
        by_number = True
        for tag in tags:
            yield page.hit(tag, "tag.cited_number", start, end)
    if page.of_the_compact:
        by_number |= any(tag.number >= LARGE for _, tags in bare for tag in tags)
    for m, tags in bare:
        if _is_bare_objective(page, m, tags, by_number):
            for tag in tags:
                yield page.hit(tag, "tag.cited_number", *m.span())


def _is_bare_objective(page: Reading, match: re.Match[str], tags: list[Objective], by_number: bool) -> bool:
    """Whether "Objective 5" without the Compact's name beside it is the Compact's."""
    if not (page.compacts or page.of_the_compact) or _has_rival(page.folded, match):
        return False
    if ITS_BEFORE.search(page.folded, max(0, match.start() - 10), match.start()):
        return page.named_before(match.start(), page.compacts)
    if page.beside(match.start(), page.compacts):
        return True
    if page.beside(match.start(), page.sdgs):
        return False
    return by_number or max(tag.number for tag in tags) >= LARGE


def _has_rival(folded: str, match: re.Match[str]) -> bool:
    """Whether the words around "Objective 1" give it to another plan or to a title of its own."""
    return bool(
        RIVAL_BEFORE.search(folded, max(0, match.start() - 20), match.start())
        or RIVAL_AFTER.match(folded, match.end())
        or OWN_TITLE.match(folded, match.end())
    )


def _name_after(
    folded: str, match: re.Match[str], number: int, names: dict[int, tuple[str, ...]]
) -> tuple[int, int] | None:
    """Bounds of the tag's own name directly after its number: "Objective 8 - Save lives"."""
    digits = NUMBER.search(folded, match.start("numbers"))
    opening = OPENING.match(folded, digits.end()) if digits else None
    if opening is None:
        return None
    start = opening.end()
    for name in names[number]:
        if folded.startswith(name, start) and not folded[start + len(name) : start + len(name) + 1].isalnum():
            return start, start + len(name)
    return None


def _cited_goals(page: Reading) -> Iterator[Hit]:
    """Goals and targets by number, and targets in parentheses where a goal that they belong to is cited."""
    folded = page.folded
    cited: set[int] = set()
    for m in SDG.finditer(folded) if page.sdgs else ():
        if page.is_acronym(m):
            cited.update(goal.number for goal, _ in goals_of(m["numbers"]))
            yield from _goal_hits(page, m, *m.span())
    for m in GOAL.finditer(folded):
        after = SDG_AFTER.match(folded, m.end())
        found = goals_of(m["numbers"])
        named = _name_after(folded, m, found[0][0].number, GOAL_NAMES) if len(found) == 1 else None
        end = max(m.end(), after.end() if after else 0, named[1] if named else 0)
        if after or named or _is_bare_goal(page, m):
            yield from _goal_hits(page, m, m.start(), end)
    if not page.sdgs:
        return
    for m in TARGET.finditer(folded):
        after = SDG_AFTER.match(folded, m.end())
        if after or not RIVAL_AFTER.match(folded, m.end()):
            yield from _goal_hits(page, m, m.start(), after.end() if after else m.end())
    for m in CODES_APART.finditer(folded):
        if all(g.number in cited for g, _ in goals_of(m["numbers"])) and page.beside(m.start(), page.sdgs):
            yield from _goal_hits(page, m, *m.span("numbers"))


def _goal_hits(page: Reading, match: re.Match[str], start: int, end: int) -> Iterator[Hit]:
    for tag, target in goals_of(match["numbers"]):
        yield page.hit(tag, "tag.cited_number", start, end, target)


def _is_bare_goal(page: Reading, match: re.Match[str]) -> bool:
    """Whether "Goal 10" without the name of the SDGs beside it is one of them."""
    if _has_rival(page.folded, match) or not page.beside(match.start(), page.sdgs):
        return False
    return match.group().startswith("goal") or not page.compacts  # "objectif", "objetivo": the Compact's word too


def _cited_titles(page: Reading) -> Iterator[Hit]:
    """Official titles, where the page names what they are titles of; short names of goals beside that of the SDGs."""
    if page.compacts:
        yield from _title_hits(page, OBJECTIVE_TITLES)
    if not page.sdgs:
        return
    yield from _title_hits(page, GOAL_TITLES)
    for hit in _title_hits(page, GOAL_LONG_LABELS):
        if hit.span and page.beside(hit.span.start, page.sdgs):
            yield hit
    for m in SDG_ON.finditer(page.folded):
        if page.is_acronym(m):
            for named in LABELS["goal"].finditer(page.folded, *m.span("labels")):
                for goal in goals():
                    if named.group() in GOAL_NAMES[goal.number]:
                        yield page.hit(goal, "tag.cited_title", *named.span())


def _title_hits(page: Reading, titles: Iterable[tuple[Objective | Goal, str]]) -> Iterator[Hit]:
    """Where a folded title stands as a title: with a capital."""
    folded = page.folded
    for tag, title in titles:
        start = folded.find(title)
        while start >= 0:
            end = start + len(title)
            if page.document.text[start].isupper() and not folded[end : end + 1].isalnum():
                yield page.hit(tag, "tag.cited_title", start, end)
            start = folded.find(title, end)


def _cited_principles(page: Reading) -> Iterator[Hit]:
    for any_phrase in ANY_PHRASE.finditer(page.folded):
        for principle, phrase in PHRASES:
            if m := phrase.match(page.folded, any_phrase.start()):
                yield page.hit(principle, "tag.cited_phrase", *m.span())
    for m in PRINCIPLES_OF.finditer(page.folded):
        is_guiding = m["rector"] or GUIDING_BEFORE.search(page.folded, max(0, m.start() - 14), m.start())
        if is_guiding or page.beside(m.start(), page.compacts):
            for named in LABELS["principle"].finditer(page.folded, *m.span("labels")):
                for principle in principles():
                    if named.group() in PRINCIPLE_NAMES[principle.key]:
                        yield page.hit(principle, "tag.cited_title", *named.span())
