"""Title: which of a page's first lines is its title.

In text nothing marks it, so the lines above the first passage of prose compete. What speaks for a line: it is the
first, the page prints it twice (headline and breadcrumb, headline and window title), its words come back in the
body, it stands right above a date or the body. What speaks against it: it ends like a sentence, it is a few words
long, it looks like a place or a line of the site.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.profiles import LINE_HEAD, Profile, key
from extractor.stages.blocks import Piece
from extractor.stages.shapes import (
    dateline_end,
    ends_sentence,
    has_sentences,
    is_date_line,
    is_dateline_only,
    is_place_like,
    is_prose,
    is_titled,
    starts_with_date,
)
from extractor.text import fold

HEAD_PIECES = 25  # the title is among so many blocks
TITLE_CHARS = 350
PROSE_TITLE_CHARS = 170  # a line that ends like a sentence and is longer is the body
BODY_CHARS = 6000  # of the body, in which the title's words are looked for

_WORD = re.compile(r"\w{4,}")
_SITE_AFTER = re.compile(r" [|–»«-] \w")  # what follows the headline in a window title
_BODY_NAME = re.compile(
    r"\b(?:university|centre|center|institute|ministry|department|organi[sz]ation|network|observatory|foundation|association|"
    r"council|commission|agency|office|bureau|federation|alliance|coalition|secretariat|programme|committee|"
    r"universite|institut|ministere|departement|reseau|observatoire|fondation|conseil|agence|secretariat|comite|"
    r"universidad|centro|instituto|ministerio|departamento|organizacion|red|observatorio|fundacion|asociacion|consejo|"
    r"comision|agencia|oficina|federacion|alianza|secretaria|programa|comite|group|grupo|groupe)\b"
)
# What each observation is worth. The first line and the line right above the body are the usual places.
_FIRST, _ABOVE_DATE, _ABOVE_BODY, _ABOVE_DATELINE, _REPEATED, _ECHO = 0.4, 0.2, 0.3, 0.45, 1.0, 0.6
_EVENT_WORD = 0.25
_SHORT, _SENTENCE, _PLACE_LIKE, _BODY_LIKE, _UNECHOED = -0.25, -0.3, -0.6, -0.4, -0.2
_PLACE_CHARS = 60
_ECHO_WORDS = 4  # words of a line whose coming back says all that it can say
_LEAST = -0.3
_PART_LEAST = 15  # code points: shorter ends are alike by chance


def choose_title(pieces: Sequence[Piece], profile: Profile) -> int | None:
    """The index of the piece that is the title, None when the page has lost it."""
    head = _head(pieces)
    candidates = [i for i in head if _may_be_title(pieces[i], profile) and not _is_venue(pieces, i)]
    if not candidates:
        return None
    folded = {i: fold(pieces[i].text) for i in head if pieces[i].kind not in ("label", "value")}
    body = " ".join(fold(p.text) for p in pieces[head[-1] + 1 :])[:BODY_CHARS] if head else ""
    words = set(_WORD.findall(body))
    scores = []
    for place, i in enumerate(candidates):
        text = pieces[i].text
        score = _FIRST if place == 0 else 0.0
        if _is_repeated(i, folded, candidates):
            score += _REPEATED
        score += _score_words(folded[i], words)
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        score += _score_place(following.text if following else "")
        if text.count(" ") < 3:
            score += _SHORT
        if ends_sentence(text) and "?" not in text[-3:]:
            score += _SENTENCE
        if is_place_like(text) and len(text) <= _PLACE_CHARS:
            score += _PLACE_LIKE
        if text.count(" ") >= 3 and profile.title_cues["event"].search(folded[i]):
            score += _EVENT_WORD
        elif is_titled(text) and _BODY_NAME.search(folded[i]):
            score += _BODY_LIKE
        scores.append((score, -place, i))
    score, _, best = max(scores)
    return best if score > _LEAST else None


def choose_declared_title(
    pieces: Sequence[Piece], declared: Sequence[str], site: str | None, profile: Profile
) -> int | str | None:
    """The title of an HTML page: the index of its headline, or the text of a title that only the markup holds.

    ``declared``: what the markup calls the page, surest first; ``site``: the name of the site, which is no title.
    """
    names = {fold(t): t for t in declared}
    names.pop(fold(site or ""), None)
    headlines = [
        i for i, p in enumerate(pieces) if p.kind == "heading" and p.level == 1 and _may_head(p, site, profile)
    ]
    for i in headlines:
        if any(fold(pieces[i].text) in name for name in names):
            return i
    if len(headlines) == 1:
        return headlines[0]
    for i, piece in enumerate(pieces[: 2 * HEAD_PIECES]):
        if piece.kind in ("heading", "paragraph") and fold(piece.text) in names:
            return i
    if headlines:
        return headlines[0]
    return next(iter(names.values()), None)


def _may_head(piece: Piece, site: str | None, profile: Profile) -> bool:
    text = fold(piece.text)
    return text != fold(site or "") and key(text) not in profile.page_kinds and len(text) <= TITLE_CHARS


def _score_place(following: str) -> float:
    """What the line below says for one as a headline."""
    if is_date_line(following) or (starts_with_date(following) and not is_dateline_only(following)):
        return _ABOVE_DATE
    if not following or is_dateline_only(following) or dateline_end(following):
        return _ABOVE_DATELINE
    return _ABOVE_BODY if is_prose(following) else 0.0


def _is_repeated(i: int, folded: dict[int, str], candidates: Sequence[int]) -> bool:
    """Printed again, whole, or as a part: of a breadcrumb, of "Title | Site", or with what it ends in below it."""
    for j, other in folded.items():
        if i == j:
            continue
        if other.startswith(folded[i]) and (other == folded[i] or _SITE_AFTER.match(other, len(folded[i]))):
            return True
        if other.endswith(folded[i]) and j not in candidates:
            return True
        if folded[i].endswith(other) and len(other) > _PART_LEAST:
            return True
    return False


def _head(pieces: Sequence[Piece]) -> list[int]:
    """The blocks above the first passage of prose."""
    head: list[int] = []
    for i, piece in enumerate(pieces[:HEAD_PIECES]):
        if piece.kind == "paragraph" and _is_body(pieces, i):
            break
        head.append(i)
    return head


def _is_body(pieces: Sequence[Piece], i: int) -> bool:
    """Prose; a single sentence right above a date, or printed twice in a row, is a headline all the same."""
    text = pieces[i].text
    if not is_prose(text):
        return False
    around = [p.text for p in (*pieces[max(0, i - 1) : i], *pieces[i + 1 : i + 2])]
    if text in around and len(text) <= TITLE_CHARS and not has_sentences(text):
        return False
    if not ends_sentence(text):
        return len(text) > TITLE_CHARS
    following = pieces[i + 1].text if i + 1 < len(pieces) else ""
    return len(text) > PROSE_TITLE_CHARS or not is_date_line(following)


def _may_be_title(piece: Piece, profile: Profile) -> bool:
    text = piece.text
    if piece.kind not in ("paragraph", "heading") or piece.name or piece.glued or len(text) > TITLE_CHARS:
        return False
    head = fold(text[:LINE_HEAD])
    if len(text) < 3 or key(text) in profile.page_kinds or profile.furniture.match(head):
        return False
    if profile.breadcrumbs.match(head):
        return False
    return not (is_date_line(text) or starts_with_date(text) or is_dateline_only(text))


def _is_venue(pieces: Sequence[Piece], i: int) -> bool:
    """A place right behind a date."""
    return i > 0 and is_date_line(pieces[i - 1].text) and is_place_like(pieces[i].text)


def _score_words(candidate: str, words: set[str]) -> float:
    """How much of the line comes back in the body."""
    own = set(_WORD.findall(candidate))
    if not own or not words:
        return 0.0
    share = len(own & words) / len(own)
    return _ECHO * share * min(1.0, len(own) / _ECHO_WORDS) if share >= 0.3 else _UNECHOED
