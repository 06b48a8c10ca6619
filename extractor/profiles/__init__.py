"""Profiles: what is known about one site's pages, as data: labels, headings, templates, boilerplate.

A profile is a JSON file of this folder; ``extends`` names the one it adds to. Patterns are regular expressions
matched at the start of a folded line (see ``extractor.text.fold``), so they are written in lower case and their accents
do not matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from extractor.model import PageType
from extractor.text import fold

LINE_HEAD = 240  # code points of a line that patterns look at: furniture shows itself early
_RIM = re.compile(r"^[^\w(¿¡]+|[\s:：*?.=~|>»+—–-]+$")
_SPACE = re.compile(r"\s+")
_PARENTHESIS = re.compile(r" ?\([^()]{0,60}\)$")
_AND = re.compile(r" (?:and|et|y|e|&) | ?/ ?")
_NO_WORD = re.compile(r"\W+")
# The number of an issue: "Working Paper No. 12"
_NUMBER = re.compile(r"[\s,]*(?:\b(?:no|nr|issue|vol)\b\.?|n[°º]|#)?\s*\d[\d/.-]{0,8}\s*$", re.I)
_GROUP = re.compile(r"(?<!\\)\((?!\?)")  # what a group matches is noted at a price, and nobody reads it
KIND_CHARS = 45  # a line that only names the kind of page is no longer
KNOWN_CHARS = 60  # a longer line is looked up as it stands
KNOWN_WORDS = 6  # of a label, heading or kind of page with its modifiers


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known about the pages of one site. Keys of the mappings are folded (see ``key``)."""

    name: str
    version: str
    hosts: tuple[str, ...]
    evidence: re.Pattern[str] | None  # a line that only this site's pages have
    bare_labels: bool  # labels stand without a colon
    labels: Mapping[str, str]  # label → canonical name of the field
    value_types: Mapping[str, str]  # name of the field → date | number | address | tag | prose
    continued: frozenset[str]  # fields whose value may go on over several lines
    listed: frozenset[str]  # fields whose values may be a long list, set apart by blank lines
    groups: Mapping[str, frozenset[str]]  # label that only stands over other labels → names of those
    sections: Mapping[str, str]  # heading → kind of section
    templates: Mapping[PageType, tuple[str, ...]]  # page type → names of labels and sections in the order of the page
    common: frozenset[str]  # names of those that other pages of the site have as well
    page_kinds: Mapping[str, PageType]  # a line that only names the kind of page → the kind
    modifiers: Mapping[str, frozenset[str]]  # words around a known label, heading or kind of page that leave it one
    announcements: re.Pattern[str]  # what stands before the colon of a headline: "Call for papers: …"
    menu: frozenset[str]  # entries of site menus; several in a row are one
    menu_words: frozenset[str]  # the single words of those
    columns: frozenset[str]  # what heads the columns of plans
    furniture: re.Pattern[str]  # lines near the title that are no title
    posted: re.Pattern[str]  # lines that say when a page was put up, or how often it was read
    updated: re.Pattern[str]  # or when it was changed
    boilerplate: re.Pattern[str]
    footnotes: tuple[str, ...]
    disclaimers: frozenset[str]
    related: frozenset[str]  # headings of teasers of other pages
    status_options: tuple[frozenset[str], ...]
    url_types: tuple[tuple[re.Pattern[str], PageType], ...]
    title_cues: Mapping[PageType, re.Pattern[str]]  # words of a title that tell the kind of page
    prose_cues: Mapping[PageType, re.Pattern[str]]  # phrases of a body that do
    of_the_compact: bool  # the site speaks of the Global Compact for Migration wherever it speaks of objectives

    def field_name(self, label: str) -> str | None:
        """The canonical name of a label ("Where:" → "location"), None when no list knows it."""
        return _look_up(self.labels, label, self.modifiers["labels"])

    def section_kind(self, heading: str) -> str | None:
        """The kind of section that a heading opens ("Key Lessons" → "key_lessons"), None when no list knows it."""
        return _look_up(self.sections, heading, self.modifiers["sections"])

    def page_kind(self, line: str) -> PageType | None:
        """The kind of page that a line names and says no more ("Past events" → "event"), else None."""
        if len(line) > KIND_CHARS:
            return None
        unnumbered = _NUMBER.sub("", line) if line[-1:].isdigit() else line
        return cast("PageType | None", _look_up(self.page_kinds, unnumbered, self.modifiers["page_kinds"]))

    def stamp(self, head: str) -> Literal["published", "updated"] | None:
        """What the folded beginning of a line is for, if it says when the page was put up or changed."""
        if self.posted.match(head):
            return "published"
        return "updated" if self.updated.match(head) else None


def _look_up(names: Mapping[str, str], line: str, modifiers: frozenset[str]) -> str | None:
    """By the whole line, else without a parenthesis at its end ("Time (CET)"), else without modifiers at its rim."""
    folded = key(line)
    found = names.get(folded)
    if found or len(folded) > KNOWN_CHARS:
        return found
    folded = _PARENTHESIS.sub("", folded)
    return names.get(folded) or names.get(_bare(folded, modifiers)) or _joint(names, folded, modifiers)


def _joint(names: Mapping[str, str], folded: str, modifiers: frozenset[str]) -> str | None:
    """The first of two known names that stand together: "Speakers and moderators"."""
    parts = _AND.split(folded)
    if len(parts) != 2:
        return None
    first, second = (names.get(part) or names.get(_bare(part, modifiers)) for part in parts)
    return first if second else None


@lru_cache(maxsize=8192)
def _bare(folded: str, modifiers: frozenset[str]) -> str:
    """A folded line of few words without the modifiers at its beginning and end: "confirmed speakers include"."""
    words = folded.split(" ")
    if not 2 <= len(words) <= KNOWN_WORDS:
        return folded
    first, last = 0, len(words)
    while first < last:
        if words[first] in modifiers:
            first += 1
        elif words[last - 1] in modifiers:
            last -= 1
        elif " ".join(words[first : first + 2]) in modifiers:
            first += 2
        elif " ".join(words[last - 2 : last]) in modifiers:
            last -= 2
        else:
            break
    return " ".join(words[first:last])


def slug(label: str) -> str:
    """The name of a field whose label no list knows: "Dress code:" → "dress_code"."""
    return _NO_WORD.sub("_", key(label)).strip("_") or "field"


@lru_cache(maxsize=8192)
def key(line: str) -> str:
    """A label or heading as the profiles list it: folded, without bullets, colon, asterisk and question mark."""
    return _SPACE.sub(" ", _RIM.sub("", fold(line)))


@cache
def load_profile(name: str) -> Profile:
    """The profile ``name``. Raises FileNotFoundError when there is no such file in this folder."""
    layers = _layers(name)
    own = layers[0]
    menu = frozenset(key(m) for m in _listed(layers, "menu"))
    return Profile(
        name=own["name"],
        version=own["version"],
        hosts=tuple(own.get("hosts", ())),
        evidence=_pattern(own["evidence"]) if "evidence" in own else None,
        bare_labels="hosts" in own,
        labels=_inverted(layers, "labels"),
        value_types=_merged(layers, "value_types"),
        continued=frozenset(_listed(layers, "continued")),
        listed=frozenset(_listed(layers, "listed")),
        groups={group: frozenset(names) for group, names in _merged(layers, "groups").items()},
        sections=_inverted(layers, "sections"),
        templates=cast(
            "dict[PageType, tuple[str, ...]]", {k: tuple(names) for k, names in _merged(layers, "templates").items()}
        ),
        common=frozenset(_listed(layers, "common")),
        page_kinds=cast("Mapping[str, PageType]", _inverted(layers, "page_kinds")),
        modifiers={part: frozenset(map(fold, words)) for part, words in _merged(layers, "modifiers").items()},
        announcements=_pattern(_listed(layers, "announcements")),
        menu=menu,
        menu_words=frozenset(word for entry in menu for word in entry.split()),
        columns=frozenset(key(c) for c in _listed(layers, "columns")),
        furniture=_pattern(_listed(layers, "furniture")),
        posted=_pattern(_listed(layers, "posted")),
        updated=_pattern(_listed(layers, "updated")),
        boilerplate=_pattern(_listed(layers, "boilerplate")),
        footnotes=tuple(fold(f) for f in _listed(layers, "footnotes")),
        disclaimers=frozenset(key(d) for d in _listed(layers, "disclaimers")),
        related=frozenset(key(r) for r in _listed(layers, "related")),
        status_options=tuple(frozenset(key(o) for o in options) for options in _listed(layers, "status_options")),
        url_types=tuple((re.compile(pattern), kind) for pattern, kind in _listed(layers, "url_types")),
        title_cues=_cues(layers, "title"),
        prose_cues=_cues(layers, "prose"),
        of_the_compact=own.get("of_the_compact", False),
    )


@cache
def profile_names() -> tuple[str, ...]:
    """All profiles, those of single sites first, ``generic`` last."""
    names = (entry.name.removesuffix(".json") for entry in files(__package__).iterdir() if entry.name.endswith(".json"))
    return tuple(sorted(names, key=lambda name: (name == "generic", name)))


def choose_profile(lines: Iterable[str], url: str | None) -> Profile:
    """The profile of the site that a page is from: by its address, else by lines that only this site prints."""
    host = (urlsplit(url).hostname or "") if url else ""
    heads = [fold(line[:LINE_HEAD]) for line in lines]
    for name in profile_names():
        profile = load_profile(name)
        if any(host == h or host.endswith("." + h) for h in profile.hosts):
            return profile
        if profile.evidence and any(profile.evidence.match(head) for head in heads):
            return profile
    return load_profile("generic")


def _layers(name: str) -> list[dict[str, Any]]:
    """The profile's data and those of the profiles that it extends, its own first."""
    data: dict[str, Any] = json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8"))
    return [data, *(_layers(data["extends"]) if "extends" in data else ())]


def _merged(layers: list[dict[str, Any]], part: str) -> dict[str, Any]:
    return {k: v for layer in reversed(layers) for k, v in layer.get(part, {}).items()}


def _listed(layers: list[dict[str, Any]], part: str) -> list[Any]:
    return [entry for layer in layers for entry in layer.get(part, ())]


def _inverted(layers: list[dict[str, Any]], part: str) -> dict[str, str]:
    """Every spelling → its canonical name; a site's own spelling wins over one it inherits."""
    return {
        key(spelling): name
        for layer in reversed(layers)
        for name, spellings in layer.get(part, {}).items()
        for spelling in spellings
    }


def _cues(layers: list[dict[str, Any]], part: str) -> dict[PageType, re.Pattern[str]]:
    cues = cast("dict[PageType, list[str]]", _merged(layers, "type_cues")[part])
    return {
        kind: re.compile(rf"\b(?:{_GROUP.sub('(?:', '|'.join(map(_fold_pattern, words)))})(?!\w)")
        for kind, words in cues.items()
    }


def _pattern(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_fold_pattern(p)})" for p in patterns))


def _fold_pattern(pattern: str) -> str:
    """Only letters with accents are folded: folding all would spoil escapes such as ``\\W``."""
    return "".join(c if c.isascii() else fold(c) for c in pattern)
