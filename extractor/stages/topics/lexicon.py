"""Concept lexicons: which concepts of ``vocabularies/concepts/`` stand where in a text, found in one pass.

A concept is a set of forms (words and phrases in English, French and Spanish) that speak for one tag of one
scheme. All forms of all schemes are matched at once by an Aho-Corasick automaton on folded text; folding turns
one code point into one code point, so offsets hold. How a form is written:

- ``poverty line`` matches the phrase and its plural; case, accents, hyphens and apostrophes do not matter;
- ``migrat*`` matches every word that begins so (at the end of a form only);
- ``fao=`` matches as it stands, without plural;
- ``envoi~ de fonds`` has an optional plural s inside; ``eradicat(e|ing) poverty`` has alternatives;
- ``WASH``: capitals match only capitals, for acronyms that are words as well.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from extractor import vocabularies
from extractor.text import fold

_FILES = ("context", "gcm", "principles", "sdgs", "targets")
_ALPHANUMERIC = bytes(b if chr(b).isascii() and chr(b).isalnum() else 32 for b in range(256))
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
# A form is written in British spelling and matches the American one as well.
_AMERICAN = (("labour", "labor"), ("programme", "program"), ("isation", "ization"), ("centre", "center"))
_PLURAL_IN_ES = tuple("dhjlnrsxz")


@dataclass(frozen=True, slots=True)
class Concept:
    """What a set of forms speaks for.

    ``strength``: 3 says by itself that the text is about the tag, 2 says so strongly, 1 supports. ``near``: tags of
    the scheme "context"; the concept counts only in a passage where one of them stands.
    ``target``: the SDG target that the concept speaks for, and through it for the goal.
    """

    id: str
    scheme: str
    tag: str
    strength: int
    near: frozenset[str] = frozenset()
    target: str | None = None


class Hit(NamedTuple):  # a tuple, because a page has a thousand of them
    """A concept at ``text[start:end]`` (code points), by which of its forms (a number)."""

    start: int
    end: int
    concept: Concept
    form: int


class Lexicon:
    """Forms of many concepts, ready to be found in texts."""

    def __init__(self, forms: list[tuple[str, Concept]]) -> None:
        """``forms``: pairs of a written form (see the module) and the concept it belongs to."""
        patterns: dict[str, list[_Owner]] = {}
        # of two concepts for one tag the stronger comes first and covers the other
        tags: dict[tuple[str, str], int] = {}
        for number, (form, concept) in enumerate(sorted(forms, key=lambda pair: -pair[1].strength)):
            tag = tags.setdefault((concept.scheme, concept.tag), len(tags))
            owner = _Owner(concept, number, tag, form.isupper())
            for pattern in _patterns(form):
                patterns.setdefault(pattern, []).append(owner)
        self._owners = list(patterns.values())
        self._automaton = AhoCorasick(list(patterns))
        self._tags = len(tags)

    def find(self, text: str) -> list[Hit]:
        """Hits by position. Of overlapping hits for the same tag the first and longest is kept."""
        padded = f" {_fold(text)} "
        matches = self._automaton.find_matches_as_indexes(padded, overlapping=True)
        covered = [0] * self._tags  # up to where, by tag
        hits: list[Hit] = []
        new = tuple.__new__  # Hit(…) takes twice as long, and a page has a thousand hits
        for start, negative_after, pattern in sorted([(start, -after, pattern) for pattern, start, after in matches]):
            # the pad and the pattern's own leading space cancel out: ``start`` is where the word starts in ``text``
            after = -negative_after
            end = after - 2 if padded[after - 1] == " " else padded.index(" ", after) - 1
            for concept, form, tag, capitals in self._owners[pattern]:
                if start < covered[tag] or (capitals and not text[start:end].isupper()):
                    continue
                covered[tag] = end
                hits.append(new(Hit, (start, end, concept, form)))
        return hits


class _Owner(NamedTuple):
    """What a pattern stands for."""

    concept: Concept
    form: int
    tag: int  # a number for the tag in its scheme
    capitals: bool


def _fold(text: str) -> str:
    """Lower case, no accents, every other sign a space; one code point for one code point."""
    return fold(text).encode("ascii", "replace").translate(_ALPHANUMERIC).decode("ascii")


def _patterns(form: str) -> list[str]:
    """The literal strings that a written form stands for, word boundaries included as spaces."""
    prefix, exact, capitals = form.endswith("*"), form.endswith("="), form.isupper()
    variants = _alternatives(form.rstrip("*=").replace("~", "(|s)"))
    variants = [_fold(v).strip() for v in variants]
    variants += [v.replace(*pair) for v in variants for pair in _AMERICAN if pair[0] in v]
    if prefix:
        return [f" {v}" for v in variants]
    if not (exact or capitals):
        variants = [w for v in variants for w in (v, *_plurals(v))]
    return [f" {v} " for v in variants]


def _alternatives(form: str) -> list[str]:
    pieces = _ALTERNATIVES.split(form)  # text and groups take turns
    options = [[p] if i % 2 == 0 else p.split("|") for i, p in enumerate(pieces)]
    return ["".join(choice) for choice in itertools.product(*options)]


def _plurals(phrase: str) -> list[str]:
    plurals = [f"{phrase}s"]
    if phrase.endswith("y"):
        plurals.append(f"{phrase[:-1]}ies")
    if phrase.endswith(_PLURAL_IN_ES):
        plurals.append(f"{phrase}es")
    return plurals


@cache
def load() -> Lexicon:
    """The lexicon of ``vocabularies/concepts/``, built at first use (about 0.1 s)."""
    return Lexicon([(form, concept) for concept, forms in concepts() for form in forms])


def concepts() -> list[tuple[Concept, list[str]]]:
    """Every concept that ships, with its forms in all languages."""
    return [
        (_concept(entry, lexicon["scheme"]), [form for forms in entry["forms"].values() for form in forms])
        for lexicon in (vocabularies.load(f"concepts/{name}.json") for name in _FILES)
        for entry in lexicon["concepts"]
    ]


def _concept(entry: dict[str, Any], scheme: str) -> Concept:
    return Concept(
        id=f"{scheme}.{entry['id']}",
        scheme=scheme,
        tag=entry["tag"],
        strength=entry["strength"],
        near=frozenset(entry.get("near", ())),
        target=entry.get("target"),
    )
