"""Known bodies: the vocabulary of organizations, and where words name one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from extractor.text import fold
from extractor.vocabularies import load

if TYPE_CHECKING:
    from extractor.stages.names.words import Word  # which ask here what opens a known body

_PART = re.compile(r"[^\W_]+|[,&]")
# Spellings that differ between publishers, brought to one.
_SPELLING = {
    "organisation": "organization",
    "organisations": "organizations",
    "centre": "center",
    "programme": "program",
    "labour": "labor",
    "defence": "defense",
    "&": "and",
}
# Bodies that have one of their kind in every country: "UN Country Team in Kenya" is a body of its own.
BY_COUNTRY = frozenset({"unnm", "unct", "rco", "un-country-office"})


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body of the vocabulary. ``kind``: un, igo, government, ngo, network, academia, company."""

    id: str
    name: str
    acronym: str | None
    kind: str
    country_code: str | None
    weak_acronyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Node:
    children: dict[str, _Node]
    bodies: list[tuple[KnownBody, str]]  # the body that ends here, and the name as the vocabulary writes it


def name_parts(text: str) -> list[str]:
    """The words that names are compared by: folded, one spelling, "UN" written out."""
    parts: list[str] = []
    for part in _PART.findall(text):
        if part == "UN":
            parts += ["united", "nations"]
        else:
            folded = fold(part)
            parts.append(_SPELLING.get(folded, folded))
    return parts


@cache
def known_bodies() -> dict[str, KnownBody]:
    """Every body of the vocabulary by its id."""
    bodies = {}
    for entry in load("organizations.json")["organizations"]:
        acronyms = [*entry.get("acronyms", ()), *entry.get("weak_acronyms", ())]
        bodies[entry["id"]] = KnownBody(
            entry["id"],
            entry["name"],
            acronyms[0] if acronyms else None,
            entry["kind"],
            entry.get("country"),
            tuple(entry.get("weak_acronyms", ())),
        )
    return bodies


@cache
def acronyms() -> dict[str, KnownBody]:
    """The bodies by acronyms of one word that mean nothing else."""
    return {
        acronym: known_bodies()[entry["id"]]
        for entry in load("organizations.json")["organizations"]
        for acronym in entry.get("acronyms", ())
        if " " not in acronym and "-" not in acronym
    }


@cache
def weak_acronyms() -> dict[str, KnownBody]:
    """The bodies by acronyms that mean other things, too."""
    return {acronym: body for body in known_bodies().values() for acronym in body.weak_acronyms}


@cache
def _trie() -> _Node:
    root = _Node({}, [])
    for entry in load("organizations.json")["organizations"]:
        body = known_bodies()[entry["id"]]
        long_acronyms = [a for a in entry.get("acronyms", ()) if " " in a or "-" in a]
        for name in (entry["name"], *entry.get("names", ()), *long_acronyms):
            node = root
            for part in name_parts(name):
                node = node.children.setdefault(part, _Node({}, []))
            node.bodies.append((body, name))
    return root


def body_named(name: str) -> KnownBody | None:
    """The body that a whole string names, in any of its names or acronyms."""
    body = acronyms().get(name)
    if body is not None:
        return body
    node: _Node | None = _trie()
    for part in name_parts(name):
        if node is None:
            return None
        node = node.children.get(part)
    return node.bodies[0][0] if node is not None and node.bodies else None


def opens_known(text: str) -> bool:
    """Whether a word with a capital can be the first of a known body's name."""
    parts = _split(text)
    return text in acronyms() or (bool(parts) and parts[0] in _trie().children)


def find_known(words: Sequence[Word], opening: Sequence[int]) -> list[tuple[int, int, KnownBody]]:
    """The bodies that the words name: (first, after the last, body), the longest at each place, in order.
    ``opening``: the words that can be the first of a name."""
    found = []
    reached = 0
    for at in opening:
        if at >= reached:
            match = _longest(words, at, _trie())
            if match is None and words[at].text in acronyms():
                match = (at + 1, acronyms()[words[at].text])
            if match is not None:
                found.append((at, match[0], match[1]))
                reached = match[0]
    return found


def _longest(words: Sequence[Word], at: int, root: _Node) -> tuple[int, KnownBody] | None:
    best = None
    node = root
    for end in range(at, min(len(words), at + 30)):
        parts = _parts_of(words[end])
        for part in parts:
            child = node.children.get(part)
            if child is None:
                return best
            node = child
        for body, name in node.bodies if parts else ():
            if _same_capitals(words[at : end + 1], name):
                best = (end + 1, body)
                break
    return best


@lru_cache(maxsize=20_000)
def _split(text: str) -> tuple[str, ...]:
    return tuple(name_parts(text))


def _parts_of(word: Word) -> tuple[str, ...]:
    if word.shape == "mark":
        if word.fold == "'s":
            return ("s",)
        return () if word.text in "-‐‑–'’" else (_SPELLING.get(word.text, word.text),)
    return _split(word.text)


def _same_capitals(words: Sequence[Word], name: str) -> bool:
    """A name in capitals is one only if the text has the capitals ("home office" is none), at its rims."""
    if words[0].shape == "lower":
        return False
    last = name.rsplit(None, 1)[-1]
    return words[-1].shape != "lower" or last[0].islower()
