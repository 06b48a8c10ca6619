"""Cues: the words before and behind bodies that say what role they have ("organized by"), over folded text.

They are those of ``vocabularies/role_cues.json``. A phrase before bodies is tried only where a word stands that it can
open with: to try all of them at every word takes longer than all other rules of the stage together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from extractor.model import OrganizationRole
from extractor.vocabularies import load

_DATA: dict[str, Any] = load("role_cues.json")
_WORD = re.compile(r"\b[a-z]+")
_RELATIVE = r"(?:(?:in|en|a|au)\s\w+\s?,\s)?(?:(?:which|that|who|qui|que)\s)?"  # "the Embassy in Bern, which …"
_HEAD = re.compile(r"[a-z](?:[a-z]+ ?| )(?![?*{])")


class Cue(NamedTuple):
    role: OrganizationRole
    start: int
    end: int


class _Phrase(NamedTuple):
    number: int  # of the list of phrases that it belongs to
    role: OrganizationRole
    heads: tuple[str, ...]
    pattern: re.Pattern[str]


class Cues:
    """Lists of phrases (regular expressions), each with the role that its phrases give."""

    def __init__(self, lists: Sequence[tuple[OrganizationRole, Sequence[str]]]) -> None:
        self._by_opening: dict[str, list[_Phrase]] = {}  # the first two characters of their heads
        for number, (role, phrases) in enumerate(lists):
            for source in phrases:
                heads = heads_of(source)
                phrase = _Phrase(number, role, tuple(heads), re.compile(rf"{spaced(source)}(?!\w)"))
                for opening in dict.fromkeys(head[:2] for head in heads):
                    self._by_opening.setdefault(opening, []).append(phrase)
        self._opened_by = lru_cache(maxsize=20_000)(self._find_opened_by)

    def may_open_in(self, folded: str) -> bool:
        """Whether a cue can open in a word, or behind a hyphen of it."""
        return any(self._find_opened_by(part) for part in _WORD.findall(folded))

    def find(self, text: str, within: Iterable[tuple[int, int]], end: int) -> Iterator[Cue]:
        """The cues of ``text[:end]`` that open ``within`` parts of it, in their order, those at one place in the order
        of the lists; no two of a list overlap."""
        reached: dict[int, int] = {}
        for part_start, part_end in within:
            for word in _WORD.finditer(text, part_start, part_end):
                start = word.start()
                for number, role, _, pattern in self._opened_by(word.group()):
                    if start >= reached.get(number, 0):
                        cue = pattern.match(text, start, end)
                        if cue is not None:
                            reached[number] = cue.end()
                            yield Cue(role, start, cue.end())

    def _find_opened_by(self, word: str) -> tuple[_Phrase, ...]:
        opening = f"{word} "
        return tuple([phrase for phrase in self._by_opening.get(opening[:2], ()) if opening.startswith(phrase.heads)])


def heads_of(phrase: str) -> list[str]:
    """The letters that a phrase can begin with: "organi", "host" of "(?:organi[sz]ed|hosted) by". With a space behind
    them they are a whole word."""
    phrase = phrase.removeprefix(r"\A")
    if not phrase.startswith("(?:"):
        head = _HEAD.match(phrase)
        assert head is not None, phrase
        return [head.group()]
    inside, rest = _first_group(phrase)
    heads = [head for alternative in _alternatives(inside) for head in heads_of(alternative)]
    return heads + heads_of(rest[1:]) if rest.startswith("?") else heads


def _first_group(phrase: str) -> tuple[str, str]:
    """What stands inside the group that opens a phrase, and what follows it."""
    depth = 0
    for at, char in enumerate(phrase):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return phrase[len("(?:") : at], phrase[at + 1 :]
    raise ValueError(f"A group is not closed: {phrase}")


def _alternatives(group: str) -> list[str]:
    found = [""]
    depth = 0
    for char in group:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += char
    return found


def spaced(phrase: str) -> str:
    """A phrase as a regular expression that any white space can stand in."""
    return phrase.replace(" ?:", r"\s?:").replace(" ", r"\s{1,3}")


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"{_RELATIVE}{_DATA['adverbs_before_after']}(?:{'|'.join(map(spaced, phrases))})")


BEFORE: dict[OrganizationRole, list[str]] = _DATA["before"]
BEFORE_ANYONE: dict[OrganizationRole, list[str]] = _DATA["before_anyone"]
# What opens lists of bodies.
CUES_OF_BODIES = Cues([(role, BEFORE[role]) for role in ("organizer", "implementer", "partner", "donor")])
# The same, and what gives roles but shows no body: where a person or anything else can stand as well.
CUES_OF_ROLES = Cues([*BEFORE.items(), *BEFORE_ANYONE.items()])
# What stands behind bodies ("… organize").
CUES_AFTER: dict[OrganizationRole, re.Pattern[str]] = {
    role: _any_of(phrases) for role, phrases in _DATA["after"].items()
}
# Verbs further on in the sentence of which the bodies before are the subject.
LATE_VERBS = re.compile(rf"(?:{_DATA['late_verbs']}|{_DATA['invitations']})")
# What bodies do that have a part in a matter without its being said which.
HELP_BEFORE = Cues([("partner", _DATA["help_before"])])
HELP_AFTER = _any_of(_DATA["help_after"])
# What heads the columns of tables that name bodies, and the field that such a column is.
COLUMNS: dict[str, str] = {head: name for name, heads in _DATA["columns"].items() for head in heads}
# What stands above lists of bodies, by the field that such a list is.
HEADINGS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:{pattern})\W*") for name, pattern in _DATA["headings"].items()
}
# Nouns of events: a body that one is "of" holds it.
EVENTS_OF: frozenset[str] = frozenset(
    noun for language in ("en", "fr", "es") for noun in _DATA["events"][language].split()
)
