"""Small text helpers that several stages share: folding and sentence bounds."""

from __future__ import annotations

import re
import unicodedata

# After these a full stop does not end a sentence (lower-cased, without the stop; English, French, Spanish).
_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof rev hon st sr sra srta dra lic ing mme mlle mm m me pr gen col lt sgt capt amb h.e s.e "
    "jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr juil déc ene abr ago set dic "
    "no nos nr art para paras p pp vol fig vs etc e.g i.e cf approx ca inc ltd co corp dept univ ex av ave "
    "u.s u.n u.k a.m p.m".split()
)
_STOP = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?=\s)|[。！？؟]")
_WORD_BEFORE = re.compile(r"[\w.]{1,20}\Z")


_LONG = 100
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")


class _Folding(dict[int, str]):
    """What each code point folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_char(chr(code))
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Case and accents folded, one code point for one code point, so that offsets stay true."""
    if text.isascii():
        return text.lower()
    if len(text) < _LONG:
        return text.translate(_FOLDING)
    return _NON_ASCII.sub(_fold_run, text).lower()  # the same, and faster where few characters need it


def _fold_run(run: re.Match[str]) -> str:
    chars = run[0]
    return _FOLDING[ord(chars)] if len(chars) == 1 else chars.translate(_FOLDING)


def _fold_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    if char in "‘’ʼ":
        return "'"
    if char in "–—‑‐−":
        return "-"
    base = unicodedata.normalize("NFKD", char)[:1].lower()[:1]
    return base if base and not base.isspace() else (" " if char.isspace() else char)


def at_word_start(*alternatives: str) -> str:
    """A pattern for any of the patterns, each of which begins with a letter or digit, at the start of a word.

    It matches what ``\\b(?:…|…)`` does, and much faster: a search passes over all that is none of the first letters.
    """
    by_letter: dict[str, list[str]] = {}
    for alternative in alternatives:
        by_letter.setdefault(alternative[0], []).append(alternative[1:])
    grouped = (rf"{letter}(?<!\w{letter})(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return f"(?:{'|'.join(grouped)})"


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Bounds of the sentences of ``text[start:end]``, white space at the rims left out."""
    bounds: list[tuple[int, int]] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.group()[0] == "." and _is_abbreviation(text, begin, stop.start(), end):
            continue
        bounds.append((begin, stop.end()))
        begin = stop.end()
    bounds.append((begin, end))
    return [trimmed for bound in bounds if (trimmed := _trim(text, *bound))]


def _is_abbreviation(text: str, begin: int, stop: int, end: int) -> bool:
    before = _WORD_BEFORE.search(text, max(begin, stop - 20), stop)
    if before is None:
        return False
    word = before.group().lower()
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return True
    following = text[stop + 1 : min(end, stop + 12)].lstrip()
    return bool(following) and following[0].islower()


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
