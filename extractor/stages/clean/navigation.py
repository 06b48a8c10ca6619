"""Navigation of a site that stands in the text of a page: trails of breadcrumbs, and menus on one line.

A trail is short parts between » › > → or slashes, one of which is a word of menus or names a kind of page, or which
are several: "Home > Events", "Alliance / Events / Past events". Bars also stand between the parts of other lines (a
date and its place), so more is asked of them.
"""

from __future__ import annotations

import re

from extractor.model import PageType
from extractor.profiles import Profile, key
from extractor.stages.clean.shapes import ends_sentence, starts_with_date
from extractor.text import fold

TRAIL_CHARS = 250
PART_CHARS = 60  # of a part of a trail that is not its last
PART_WORDS = 4  # of a part between slashes or bars
MENU_LINE_CHARS = 160
MENU_ENTRIES = 3  # so many entries of menus, and half of the words, are a menu

_ARROW = re.compile(r"\s*[»›>→▸►]+\s*|\s+(?:::|//)\s+")
_SEPARATOR = re.compile(r"[»›>→▸►|·•/]|::")
_SLASH = re.compile(r"\s+/\s+")
_BAR_SIGN = re.compile(r"[|·•]")
_BAR = re.compile(r"\s*[|·•]\s*")
_FILED = re.compile(r"(?:posted|filed|published) (?:in|under):? ", re.I)
_HOME = frozenset(("home", "accueil", "inicio", "portada"))
_QUOTED = re.compile("«[^«»]{0,200}»|‹[^‹›]{0,200}›")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def line_kind(text: str, profile: Profile) -> PageType | None:
    """The kind of page that a line names, with no more than a day or a scope behind it: "News | Regional"."""
    words, _, rest = _FILED.sub("", text).partition(" | ")
    if rest and not (starts_with_date(rest) or profile.furniture.match(fold(rest))):
        return None
    return profile.page_kind(words)


def is_navigation(text: str, profile: Profile) -> bool:
    """Nothing but the way to the page or the entries of a menu."""
    return bool(trail_parts(text, profile)) or is_menu_line(text, profile)


def trail_parts(text: str, profile: Profile) -> tuple[str, ...]:
    """The parts of a trail of breadcrumbs, none when the line is no trail."""
    if len(text) > TRAIL_CHARS or not _SEPARATOR.search(text):
        return ()
    parts = _split(_ARROW, text)
    if len(parts) > 1:
        short = all(p and len(p) <= PART_CHARS for p in parts[:-1])
        return parts if short and (len(parts) > 2 or _known(parts, profile)) else ()
    parts = _split(_SLASH, text)
    if len(parts) > 1:
        least = 2 if len(parts) == 2 else 1
        return parts if _is_short(parts[:-1]) and (_from_home(parts) or _known(parts, profile) >= least) else ()
    parts = tuple(p for p in _split(_BAR, text) if p)
    if len(parts) > 1 and not _DIGIT.search(text) and _is_short(parts[:-1]):
        several = len(parts) > 2 and _is_short(parts[-1:]) and _known(parts, profile) > 1
        return parts if _from_home(parts) or several else ()
    return ()


def trail_kind(text: str, profile: Profile) -> PageType | None:
    """The kind of page that a trail leads to, by the last of its parts that names one; bars are menus as often."""
    if _BAR_SIGN.search(text):
        return None
    kinds = [kind for part in trail_parts(text, profile) if (kind := profile.page_kind(part))]
    return kinds[-1] if kinds and {*kinds} != {"event", "news"} else None


def is_menu_line(text: str, profile: Profile) -> bool:
    """Entries of a menu one after the other: "Home About us Projects Contact"."""
    if len(text) > MENU_LINE_CHARS or text.count(" ") < MENU_ENTRIES - 1 or ":" in text or ends_sentence(text):
        return False
    words = fold(text).replace("|", " ").split()
    if sum(word in profile.menu_words for word in words) < MENU_ENTRIES:
        return False
    entries = known = i = 0
    while i < len(words):
        width = next((w for w in (3, 2, 1) if " ".join(words[i : i + w]) in profile.menu and i + w <= len(words)), 0)
        entries += width > 0
        known += width
        i += max(width, 1)
    return entries >= MENU_ENTRIES and 2 * known >= len(words)


def _split(separator: re.Pattern[str], text: str) -> tuple[str, ...]:
    """Split outside of quotation marks: "›" and "»" may be either."""
    quoted = _QUOTED.sub(lambda found: "x" * len(found.group()), text)
    bounds = [0, *(edge for found in separator.finditer(quoted) for edge in found.span()), len(text)]
    return tuple(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))


def _from_home(parts: tuple[str, ...]) -> bool:
    return key(parts[0]) in _HOME


def _is_short(parts: tuple[str, ...]) -> bool:
    return all(part and len(part.split()) <= PART_WORDS for part in parts)


def _known(parts: tuple[str, ...], profile: Profile) -> int:
    """How many parts are words of menus, kinds of pages or years."""
    return sum(key(p) in profile.menu or profile.page_kind(p) is not None or bool(_YEAR.match(p)) for p in parts)
