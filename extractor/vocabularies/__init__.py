"""Vocabularies: what is known beforehand, as JSON files with their sources, and typed access to the tags.

Each file is read once per process, when it is first asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Objective:
    """One of the 23 objectives of the Global Compact for Migration. Mappings are keyed by language (en, fr, es)."""

    number: int
    term_id: int  # Drupal taxonomy term of the Migration Network Hub
    labels: Mapping[str, str]  # the Hub's tag, without its number
    titles: Mapping[str, str]  # official
    spellings: tuple[str, ...]  # other forms of the label

    @property
    def label(self) -> str:
        return self.labels["en"]

    @property
    def title(self) -> str:
        return self.titles["en"]


@dataclass(frozen=True, slots=True)
class Principle:
    """One of the ten guiding principles of the Global Compact for Migration ("Cross Cutting Theme")."""

    key: str
    term_id: int
    labels: Mapping[str, str]
    spellings: tuple[str, ...]
    phrases: tuple[str, ...]  # regular expressions over folded text; none where the name is an everyday phrase

    @property
    def label(self) -> str:
        return self.labels["en"]


@dataclass(frozen=True, slots=True)
class Goal:
    """One of the 17 Sustainable Development Goals and the codes of its targets."""

    number: int
    labels: Mapping[str, str]  # short names
    titles: Mapping[str, str]  # official
    spellings: tuple[str, ...]
    targets: tuple[str, ...]  # "10.1" … "10.c"

    @property
    def label(self) -> str:
        return self.labels["en"]

    @property
    def title(self) -> str:
        return self.titles["en"]


def load(name: str) -> Any:
    """The content of a JSON file of this folder, e.g. ``load("gcm.json")`` or ``load("concepts/gcm.json")``.

    Raises ``FileNotFoundError`` when there is no such file.
    """
    return json.loads(resources.files(__name__).joinpath(name).read_text(encoding="utf-8"))


@cache
def objectives() -> tuple[Objective, ...]:
    """Objectives 1 to 23, in order."""
    return tuple(
        Objective(o["number"], o["term_id"], o["labels"], o["titles"], tuple(o["spellings"]))
        for o in load("gcm.json")["objectives"]
    )


@cache
def principles() -> tuple[Principle, ...]:
    """The ten principles, in the order of the Compact."""
    return tuple(
        Principle(p["key"], p["term_id"], p["labels"], tuple(p["spellings"]), tuple(p["phrases"]))
        for p in load("gcm.json")["principles"]
    )


@cache
def goals() -> tuple[Goal, ...]:
    """Goals 1 to 17, in order."""
    return tuple(
        Goal(g["number"], g["labels"], g["titles"], tuple(g["spellings"]), tuple(g["targets"]))
        for g in load("sdgs.json")["goals"]
    )


def objective(number: int) -> Objective:
    """Raises ``LookupError`` when there is no such objective."""
    if not 1 <= number <= len(objectives()):
        raise LookupError(f"the Global Compact for Migration has no objective {number}")
    return objectives()[number - 1]


def principle(key: str) -> Principle:
    """Raises ``LookupError`` when there is no such principle."""
    for found in principles():
        if found.key == key:
            return found
    raise LookupError(f"the Global Compact for Migration has no principle {key!r}")


def goal(number: int) -> Goal:
    """Raises ``LookupError`` when there is no such goal."""
    if not 1 <= number <= len(goals()):
        raise LookupError(f"there is no Sustainable Development Goal {number}")
    return goals()[number - 1]
