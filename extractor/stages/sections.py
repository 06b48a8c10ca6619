"""Sections: the body of a page from heading to heading; by the template where a heading was lost.

Sections follow one another, do not overlap and hold every block behind the title. A passage without heading is of kind
"body", a block of labelled fields of kind "fields".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from extractor.model import Block, Document, Field, Section
from extractor.profiles import Profile, key, load_profile, slug
from extractor.stages.clean.blocks import run_in_kind
from extractor.stages.clean.shapes import is_date_line
from extractor.stages.fields import is_run_in

FIELDS_LEAST = 2  # so many labels in a row are a block of fields, not a labelled line of a passage
# Sections that hold labelled lines of their own.
_WITH_FIELDS = ("agenda", "sessions", "practical_information", "contact")
# Kinds that a word anywhere in an unknown heading tells: "Draft agenda of the first day".
_TELLING = ("agenda", "speakers", "sessions", "participants", "background", "objectives", "recommendations")


_WORD = re.compile(r"\w+")


@cache
def _telling_words(profile: str) -> tuple[frozenset[str], ...]:
    """The words of each known heading of a telling kind."""
    sections = load_profile(profile).sections
    return tuple(frozenset(_WORD.findall(heading)) for heading, kind in sections.items() if kind in _TELLING)


@dataclass(slots=True)
class _Open:
    """A section that is being read: blocks ``first`` to, exclusive, ``last``."""

    kind: str
    heading: str | None
    level: int
    first: int
    last: int
    method: str


def find_sections(document: Document, fields: tuple[Field, ...]) -> tuple[Section, ...]:
    """The sections of a document, in order."""
    reader = _Reader(document, load_profile(document.profile), fields)
    return tuple(reader.section(s) for s in reader.read())


class _Reader:
    def __init__(self, document: Document, profile: Profile, fields: tuple[Field, ...]) -> None:
        self.document = document
        self.blocks = document.blocks
        self.profile = profile
        self.fields = {f.label.start: f for f in fields}
        self.names = {b.start: self._name(b) for b in self.blocks if b.kind in ("label", "heading")}
        self.template = next((t for t in profile.templates.values() if self._follows(t)), ())
        self.place_of = {name: place for place, name in enumerate(self.template)}
        places = [self._place(block) for block in self.blocks]
        # Of each block: the furthest place in the template that stands before it, and the next that stands behind it.
        self.places_before = list(accumulate((-1 if p is None else p for p in places), max, initial=-1))
        nexts = accumulate(reversed(places), lambda last, p: last if p is None else p, initial=len(self.template))
        self.places_after = [place for place in nexts if place is not None][::-1]

    def _follows(self, template: tuple[str, ...]) -> bool:
        """The page has been written by this template: it has labels that are in no other."""
        others = {n for t in self.profile.templates.values() if t is not template for n in t}
        own = set(template) - others
        return sum(name in own for name in self.names.values()) >= FIELDS_LEAST

    def _place(self, block: Block) -> int | None:
        """The place of a label or heading in the page's template."""
        return self.place_of.get(self.names.get(block.start, ""))

    def _text(self, block: Block) -> str:
        return self.document.text[block.start : block.end]

    def _name(self, block: Block) -> str:
        text = self._text(block)
        return self.profile.section_kind(text) or self.profile.field_name(text) or slug(text)

    def _heading_kind(self, text: str) -> str:
        known = self.profile.section_kind(text) or self.profile.field_name(text)
        if known:
            return known
        words = key(text).split()
        opening = self.profile.section_kind(words[0]) if words else None
        if opening and opening != "about":
            return opening
        if not self._has_telling_word(text):
            return "other"
        for width in (3, 2, 1):
            for i in range(len(words) - width + 1):
                kind = self.profile.section_kind(" ".join(words[i : i + width]))
                if kind in _TELLING:
                    return kind
        return "other"

    def _has_telling_word(self, heading: str) -> bool:
        words = set(_WORD.findall(key(heading)))
        return any(telling <= words for telling in _telling_words(self.profile.name))

    # --- the walk -----------------------------------------------------------------------------------------------

    def read(self) -> list[_Open]:
        first = next((i + 1 for i, b in enumerate(self.blocks) if b.kind == "title"), 0)
        out: list[_Open] = []
        i = first
        while i < len(self.blocks):
            block = self.blocks[i]
            current = out[-1] if out else None
            if block.kind == "heading":
                text = self._text(block)
                out.append(_Open(self._heading_kind(text), text, max(1, block.level or 2), i, i + 1, "heading"))
            elif block.kind == "label" and self._is_heading_label(i):
                text = self._text(block)
                kind = run_in_kind(text, self.profile) or "other"
                out.append(_Open(kind, text, 2, i, i + 1, "label"))
            elif block.kind == "label" and self._opens_fields(i, current):
                out.append(_Open("fields", None, 2, i, i + 1, "template"))
            elif current is None or self._ends(current, i):
                kind = "body" if block.kind != "label" else "fields"
                out.append(_Open(self._lost_kind(i, current) or kind, None, 2, i, i + 1, "template"))
            else:
                current.last = i + 1
            i += 1
        return out

    def _is_heading_label(self, i: int) -> bool:
        """A label that heads a passage, or a known heading over a list of values."""
        if is_run_in(self.document, i):
            return run_in_kind(self._text(self.blocks[i]), self.profile) is not None
        found = self.fields.get(self.blocks[i].start)
        known = self.profile.section_kind(self._text(self.blocks[i]))
        return bool(found and found.values and known) and self._on_own_line(i) and not self._is_one_of_fields(i)

    def _is_one_of_fields(self, i: int) -> bool:
        """A label with a colon, right below the value of another: its list goes on with the block of fields."""
        before = self.blocks[i - 1] if i else None
        if before is None or before.kind != "value" or not self._text(self.blocks[i]).endswith((":", "：")):
            return False
        return self.document.text[before.end : self.blocks[i].start] == "\n"

    def _on_own_line(self, i: int) -> bool:
        block, following = self.blocks[i], self.blocks[i + 1]
        return "\n" in self.document.text[block.end : following.start]

    def _opens_fields(self, i: int, current: _Open | None) -> bool:
        """A block of labelled fields begins here, that is not the current section's own."""
        if current is None:
            return True
        if current.kind == "fields":
            return False
        name = self.names[self.blocks[i].start]
        if name in self.profile.groups.get(current.kind, ()):
            return False
        if name in self.template:
            return True
        if current.kind in _WITH_FIELDS:
            return False
        labels = 0
        while i < len(self.blocks) and self.blocks[i].kind in ("label", "value") and labels < FIELDS_LEAST:
            labels += self.blocks[i].kind == "label"
            i += 1
        return labels >= FIELDS_LEAST

    def _ends(self, current: _Open, i: int) -> bool:
        """A passage that is no longer the current section's."""
        kind = self.blocks[i].kind
        if kind == "paragraph" and (current.kind == "fields" or current.kind in self.profile.groups):
            return True
        if kind == "paragraph" and current.method == "label" and self.blocks[i - 1].kind == "value":
            return True  # behind the values of a label that is a heading
        return (
            bool(self.template)
            and kind == "paragraph"
            and self._after_wide_gap(i)
            and self._lost(i, current) is not None
        )

    def _after_wide_gap(self, i: int) -> bool:
        """More blank lines than usual stand where a heading was lost."""
        return i > 0 and "\n\n\n" in self.document.text[self.blocks[i - 1].end : self.blocks[i].start]

    def _lost_kind(self, i: int, current: _Open | None) -> str | None:
        return self._lost(i, current) if self.template and self.blocks[i].kind == "paragraph" else None

    def _lost(self, i: int, current: _Open | None) -> str | None:
        """The section whose heading was lost: the first that the template has between what stands before and after."""
        start = max(self.places_before[i], self.place_of.get(current.kind, -1) if current else -1) + 1
        after = self.places_after[i]
        if is_date_line(self._text(self.blocks[i])):
            return next((n for n in self.template[start:after] if self.profile.value_types.get(n) == "date"), None)
        passages = set(self.profile.sections.values()) - set(self.profile.labels.values())
        return next((name for name in self.template[start:after] if name in passages), None)

    def section(self, found: _Open) -> Section:
        """The section with its bounds in the text."""
        first, last = self.blocks[found.first], self.blocks[found.last - 1]
        body = self.blocks[found.first + (found.heading is not None) : found.last]
        return Section(
            kind=found.kind,
            heading=found.heading,
            level=found.level,
            start=first.start,
            end=last.end,
            body_start=body[0].start if body else last.end,
            method="heading" if found.method == "heading" else "label" if found.method == "label" else "template",
        )
