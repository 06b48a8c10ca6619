"""Lines: a page's text line by line, its characters normalised, lines that were only wrapped joined again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from extractor.model import Link
from extractor.stages.clean.shapes import bullet_end, ends_sentence, enumerator_end

Hint = Literal["heading", "label", "value", "list_item", "paragraph"]

WRAP_WIDTH = 160  # code points; a longer line is a paragraph, not one of many lines of a paragraph
WRAP_LEAST = 45  # a line that goes on in the next one is at least so long
WRAP_PROOFS = 2  # so many lines must go on in lower case before a page counts as wrapped

_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
# Joiners shape the letters of some scripts; between letters of ours they are waste.
_JOINERS = re.compile("(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAK = re.compile(f"\r\n?|[{_BREAKS}]")
_SPACES = re.compile(r" {2,}")
_INNER_BULLET = re.compile(r"\s[•▪●‣]\s+")
_URL = re.compile(r"https?://[^\s<>\"“”»]{4,500}")
# Scrapers that write Markdown keep headings and bold print.
_MARKED_HEADING = re.compile(r"(?P<level>#{1,6}) (?P<text>.{1,300}?)#{0,6}")
_MARKED_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<text>[^\s*_][^*_]{0,200})(?P=mark)")
_UNDERLINE = re.compile(r"={4,200}|-{4,200}")
_COMPLEMENT = re.compile(r"(?:of|on|for|de|du|des|del|sur|sobre|para|pour) [^\d]|d['’][^\d]")
_FULL = 0.75
_INDENT = 2  # code points of one more depth of a list


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on the page, with what markup says about it."""

    text: str
    gap: int = 0  # blank lines before it: 0, 1, or 2 when more than the page's usual
    hint: Hint | None = None
    level: int = 0  # of a heading (1-6) or list item (depth from 1)
    lead: int = 0  # code points at its start that are set in bold
    links: tuple[Link, ...] = ()


def normalize(text: str) -> str:
    """NFC; line breaks as "\n", all other white space as " "; control and invisible characters gone."""
    printable = text.replace("\n", "").isprintable()  # then none of the patterns finds anything
    if not printable:
        text = _BLANKS.sub(" ", _CONTROLS.sub("", _BREAK.sub("\n", text)))
    if text.isascii():
        return text
    if printable:
        text = unicodedata.normalize("NFC", text)
    else:
        text = unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))
        text = _JOINERS.sub("", _INVISIBLE.sub("", text))
    return text.replace("-\u2010", "-").replace("\u2010-", "-")


def lines_of_text(content: str) -> list[Line]:
    """The lines of an already scraped page."""
    lines: list[Line] = []
    blank = 0
    for raw in normalize(content).split("\n"):
        text = _SPACES.sub(" ", raw.strip(" "))
        if not text:
            blank += 1
            continue
        if text[0] in "=-" and _UNDERLINE.fullmatch(text) and lines and not blank and len(lines[-1].text) <= WRAP_WIDTH:
            lines[-1] = replace(lines[-1], hint="heading", level=1 if text[0] == "=" else 2)
            continue
        marked = _MARKED_HEADING.fullmatch(text) if text[0] == "#" else None
        if marked:
            text = marked["text"].strip("* ")
            lines.append(Line(text, blank, "heading", len(marked["level"]), links=links_of_text(text)))
            blank = 0
            continue
        lead = 0
        if "**" in text or "__" in text:
            lead = len(found["text"]) if (found := _MARKED_BOLD.match(text)) else 0
            text = _MARKED_BOLD.sub(lambda bold: bold["text"], text)
        indent = len(raw) - len(raw.lstrip(" "))
        for i, part in enumerate((text,) if text.isascii() else _INNER_BULLET.split(text)):
            bullet = bullet_end(part) or (0 if i == 0 else -1)
            part = part[max(bullet, 0) :].strip()
            if part:
                item = bool(bullet) or enumerator_end(part) > 0
                lines.append(
                    Line(
                        part,
                        gap=blank,
                        hint="list_item" if item else None,
                        level=1 + min(indent // (2 * _INDENT), 8) if item else 0,
                        lead=lead if part == text else 0,
                        links=links_of_text(part),
                    )
                )
                blank = 0
    return join_wrapped(_with_usual_gaps(lines))


def links_of_text(text: str) -> tuple[Link, ...]:
    """The addresses that are written out in a text."""
    if "://" not in text:
        return ()
    urls = (m.group().rstrip(".,;:!?)]}'’") for m in _URL.finditer(text))
    return tuple(Link(url, url) for url in urls)


def _with_usual_gaps(lines: list[Line]) -> list[Line]:
    """Gaps counted from the page's usual one: a page that sets two blank lines everywhere says nothing by it."""
    gaps = [line.gap for line in lines[1:] if line.gap]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 1
    return [line if line.gap == (gap := _counted(line.gap, usual)) else replace(line, gap=gap) for line in lines]


def _counted(gap: int, usual: int) -> int:
    return 0 if not gap else 1 if gap <= usual else 2


def join_wrapped(lines: Sequence[Line]) -> list[Line]:
    """Lines broken inside a sentence, as in text taken from a PDF, become one again."""
    pairs = list(pairwise(lines))
    lower = [a for a, b in pairs if b.text[0].islower() and _goes_on(a, b)]
    width = max((len(a.text) for a in lower), default=0)
    wrapped = len(lower) >= WRAP_PROOFS
    joined: list[Line] = []
    parts: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None and (
            _goes_on(last, line)
            and (
                line.text[0].islower()
                or (wrapped and _is_full(last, line, width))
                or _is_complemented(last.text, line.text)
            )
        ):
            parts.append(line.text)
            joined[-1] = replace(joined[-1], links=joined[-1].links + line.links)
        else:
            if len(parts) > 1:
                joined[-1] = replace(joined[-1], text=_glue(parts))
            joined.append(line)
            parts = [line.text]
        last = line
    if len(parts) > 1:
        joined[-1] = replace(joined[-1], text=_glue(parts))
    return joined


def _goes_on(line: Line, following: Line) -> bool:
    """Whether ``following`` may be the rest of ``line``'s sentence."""
    return (
        following.gap == 0
        and following.hint is None
        and line.hint in (None, "list_item")
        and (WRAP_LEAST <= len(line.text) <= WRAP_WIDTH or _is_complemented(line.text, following.text))
        and not ends_sentence(line.text)
        and line.text[-1] not in ":;|"
        and " | " not in following.text
    )


def _is_complemented(line: str, following: str) -> bool:
    """A headline in capitals whose complement stands on the next line: "JOINT STATEMENT", "of the ministers"."""
    opening = following.lower() if following.isupper() else following
    return line.isupper() and " " in line and bool(_COMPLEMENT.match(opening))


def _is_full(line: Line, following: Line, width: int) -> bool:
    """A line is full when the next one's first word had (nearly) no room left on it."""
    return len(line.text) + 1 + len(following.text.split(" ", 1)[0]) >= _FULL * width


def _glue(parts: list[str]) -> str:
    return " ".join(parts)
