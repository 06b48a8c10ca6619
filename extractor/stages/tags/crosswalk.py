"""Crosswalk: do the GCM objectives and the SDGs that a page states go together?

A check only, never a tag: ``vocabularies/crosswalk.json`` holds, for each objective, the SDG targets that the
interactive GCM guidance of the UN Network on Migration names as relevant to it.
"""

from __future__ import annotations

from functools import cache

from extractor.model import Notice, Tags
from extractor.vocabularies import load


def crosswalk(tags: Tags) -> tuple[Notice, ...]:
    """A warning ``tags_contradict_crosswalk`` for each goal in the page's own tags that no objective there relates to.

    Where the page's own tags hold none of the one or of the other, or an objective to which all goals are relevant,
    there is nothing to contradict.
    """
    stated = sorted({tag.number for tag in tags.objectives if tag.basis == "stated"})
    goals = {tag.goal for tag in tags.sdgs if tag.basis == "stated"}
    related = [_goals()[number] for number in stated]
    if not stated or any(goals_of_one is None for goals_of_one in related):
        return ()
    known = {goal for goals_of_one in related if goals_of_one for goal in goals_of_one}
    named = ", ".join(map(str, stated))
    return tuple(
        Notice(
            code="tags_contradict_crosswalk",
            message=f"SDG {goal} is stated, but the GCM guidance relates GCM objective {named} to other SDGs only",
            field="sdgs",
        )
        for goal in sorted(goals)
        if goal not in known
    )


@cache
def _goals() -> dict[int, frozenset[int] | None]:
    """The goals of each objective; None where all goals are relevant."""
    return {
        int(number): None if targets == "all" else frozenset(int(target.split(".")[0]) for target in targets)
        for number, targets in load("crosswalk.json")["targets"].items()
    }
