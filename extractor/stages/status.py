"""Status: what a page says of the state of its event or action: planned, completed, cancelled, postponed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.model import Block, Document, Field, Notice, Span
from extractor.profiles import key, load_profile
from extractor.text import at_word_start

# rules: status.field, status.cancelled, status.markup, status.options, status.none
OPTIONS_CHARS = 90  # a line that prints options side by side is no longer
OPTIONS_LEAST = 2  # so many options one after the other are a list to choose from
_EVENT = (
    r"(?:event|conference|workshop|webinar|meeting|seminar|session|consultation|training|forum|"
    r"evenement|atelier|webinaire|reunion|seminaire|evento|conferencia|taller|seminario|encuentro|foro|curso)"
)
_CHANGES = (
    *("cancell?ed", "postponed", "annulee?", "reportee?"),
    *("cancelad[oa]", "suspendid[oa]", "aplazad[oa]", "pospuest[oa]"),
)
_CHANGE = f"(?:{'|'.join(_CHANGES)})"
_CHANGE_WORD = re.compile(rf"{at_word_start(*_CHANGES)}\b")
_CHANGED = re.compile(
    rf"\b(?:this|the|our|cet|cette|le|la|l'|este|esta|el) ?{_EVENT}[^.!?\n]{{0,40}}? "
    rf"(?:has been|have been|is|was|a ete|est|ha sido|fue|queda|se ha) (?P<what>{_CHANGE})\b"
    rf"|^\W{{0,3}}(?P<alone>{_CHANGE})\W{{0,3}}$",
    re.M,
)
_PART = re.compile(r"[^/|,;]+")
_MEANINGS = {"c": "cancelled", "a": "cancelled", "s": "cancelled", "p": "postponed", "r": "postponed"}
_SCHEMA_ORG = {
    "EventCancelled": "cancelled",
    "EventPostponed": "postponed",
    "EventRescheduled": "rescheduled",
    "EventMovedOnline": "moved online",
}


@dataclass(frozen=True, slots=True)
class Status:
    """``status`` is null when the page only prints the options that it might have."""

    status: str | None
    options: tuple[str, ...]
    rule: str
    evidence: tuple[Span, ...] = ()
    notices: tuple[Notice, ...] = ()


def find_status(document: Document, fields: tuple[Field, ...]) -> Status:
    """The status of what the page is about; none when it prints a list of options, and then a notice says so."""
    options = find_options(document)
    if options:
        first, last = options[0], options[-1]
        names = tuple(span.text for span in options)
        message = "The page lists the possible states of its action and does not say which one holds."
        return Status(
            None, names, "status.options", (), (Notice("status_options", message, "status", first.start, last.end),)
        )
    folded = document.folded
    changed = _CHANGED.search(folded) if _CHANGE_WORD.search(folded) else None  # most pages have no such word
    if changed:
        word = changed.group("what") or changed.group("alone")
        meaning = "postponed" if word.startswith("aplaz") else _MEANINGS[word[0]]
        return Status(meaning, (), "status.cancelled", (document.span(changed.start(), changed.end()),))
    for field in fields:
        if field.name == "status" and len(field.values) == 1 and len(field.values[0].text) <= 40:
            return Status(key(field.values[0].text), (), "status.field", field.values)
    for fact in document.facts:
        meaning_of = _SCHEMA_ORG.get(fact.value.rsplit("/", 1)[-1]) if fact.name == "eventStatus" else None
        if meaning_of:
            return Status(meaning_of, (), "status.markup")
    return Status(None, (), "status.none")


def find_options(document: Document) -> list[Span]:
    """The states that a page lists for its author to choose from, one after the other; none when it lists none."""
    known = frozenset[str]().union(*load_profile(document.profile).status_options)
    run: list[Span] = []
    for block in document.blocks:
        if options := _options(document, block, known):
            run.extend(options)
        elif len(run) >= OPTIONS_LEAST:
            return run
        else:
            run = []
    return run if len(run) >= OPTIONS_LEAST else []


def _options(document: Document, block: Block, known: frozenset[str]) -> list[Span]:
    """The short phrases of a block, between strokes and commas, if all are known: "Yet to start / Completed"."""
    options: list[Span] = []
    if block.end - block.start <= OPTIONS_CHARS:
        for phrase in _PART.finditer(document.text, block.start, block.end):
            option = document.span(*phrase.span())
            if key(option.text) not in known:
                return []
            options.append(option)
    return options
