"""Title: which of a page's first lines is its title.

In text nothing marks it, so the lines above the first passage of prose compete. What speaks for a line: it is the
first, the page prints it twice (headline and breadcrumb, headline and window title), its words come back in the
body, it stands right above a date or the body, or right below the site's navigation. What speaks against it: it ends
like a sentence, it is a few words long, it looks like a place or a body's name, the site's navigation stands below it.
A label for it ("Title of the project:") decides alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.model import PageType
from extractor.profiles import LINE_HEAD, Profile, key
from extractor.stages.clean.blocks import Piece
from extractor.stages.clean.navigation import is_navigation, line_kind, trail_parts
from extractor.stages.clean.shapes import (
    dateline_end,
    ends_sentence,
    has_sentences,
    is_calendar_word,
    is_date_line,
    is_dateline_only,
    is_place_like,
    is_prose,
    is_titled,
    is_when_and_where,
    starts_with_date,
)
from extractor.text import fold

HEAD_PIECES = 25  # the title is among so many blocks
TITLE_CHARS = 350
PROSE_TITLE_CHARS = 170  # a line that ends like a sentence and is longer is the body
BODY_CHARS = 6000  # of the body, in which the title's words are looked for

_WORD = re.compile(r"\w{4,}")
_DIGIT = re.compile(r"\d")
_SITE_BEFORE = re.compile(r"(?P<site>[^»›|]{4,80}?) [»›|] ")
_HEADLINE_SPACES = 3
_SITE_AFTER = re.compile(r" [|–»«-] \w")  # what follows the headline in a window title
_BODY_NAME = re.compile(
    r"\b(?:istituto|fondazione|universita|stiftung|zentrum|universitat|universiteit|instituut|university|centre|center|institute|ministry|department|organi[sz]ation|network|observatory|foundation|association|"
    r"council|commission|agency|office|bureau|federation|alliance|coalition|secretariat|committee|"
    r"universite|institut|ministere|departement|reseau|observatoire|fondation|conseil|agence|secretariat|comite|"
    r"universidad|centro|instituto|ministerio|departamento|organizacion|red|observatorio|fundacion|asociacion|consejo|"
    r"comision|agencia|oficina|federacion|alianza|secretaria|comite|group|grupo|groupe|"
    r"bank|banque|banco|union|league|ligue|liga|society|societe|sociedad|trust|municipality|mairie|"
    r"journal|herald|gazette|tribune|times|magazine|diario|periodico|revista|revue|ville|ayuntamiento|alcaldia|cabildo|parliament|parlement|parlamento|embassy|"
    r"ambassade|embajada|republic|republique|republica|kingdom|royaume|government|gouvernement|gobierno|"
    r"college|faculty|faculte|facultad|academy|academie|academia|laboratory|laboratoire|"
    r"laboratorio|library|bibliotheque|biblioteca|museum|musee|museo|desk)\b"
)
# What window titles say that say nothing.
_NAMELESS = frozenset(("untitled document", "untitled", "index", "welcome", "home", "home page", "document", "page"))
_PROGRAMME_NAME = re.compile(
    r"(?:\w+ ){1,4}(?:forum|programme|program|platform|portal|hub|initiative|project|series|lab|desk)\Z"
    r"|(?:le |la |el )?(?:forum|programme|plateforme|portail|initiative|projet|foro|programa|plataforma|iniciativa"
    r"|proyecto)(?: [\w'-]+){1,4}\Z"
)
_SERIES = re.compile(
    r"\b(?:series|serie|cycle|ciclo)\b.*(?:#|\b(?:no|n°|nr|session|part)\b\.?) ?\d{1,3}\Z"
)  # "Webinar series, no. 4"
_ARTICLE = re.compile(r"(?:the|le|la|les|el|los|las) |l'")
_PREPOSITION = re.compile(
    r" (?:of|on|for|in|to|with|at|by|from|de|du|des|del|sur|sobre|pour|para|en|au|aux|dans|avec|con|por|par)\b| d'"
)
_INDEFINITE = re.compile(r"(?:an?|un|une|una) ")
_GERUND = re.compile(r"\w{3,}ing\b|an? |un[ae]? ")
_ACRONYM_END = re.compile(r"\([A-Z][A-Za-z-]*[A-Z]\)$|[-–] ?[A-Z]{3,}$")
_QUOTE = '«“"‘'
# "A public debate organised by X": the line below a headline.
_BY_WHOM = re.compile(
    r"\b(?:organi[sz]ed|hosted|convened|presented)(?: jointly)? by\b|\borganise[es]* par\b|\borganizad[oa]s? por\b"
)
# What each observation is worth. The first line and the line right above the body are the usual places.
_FIRST, _ABOVE_DATE, _ABOVE_BODY, _ABOVE_DATELINE, _REPEATED, _ECHO = 0.4, 0.2, 0.3, 0.45, 1.0, 0.6
_KIND_WORD, _BELOW_NAVIGATION, _BELOW_KIND, _BELOW_STAMP, _QUOTED = 0.25, 0.3, 0.4, -0.5, 0.25
_ANNOUNCED, _KICKER, _SUBTITLE, _PROGRAMME = 0.4, -0.6, -0.5, -0.8
_SHORT, _SENTENCE, _PLACE_LIKE, _BODY_LIKE, _UNECHOED = -0.25, -0.3, -0.6, -0.55, -0.2
_ABOVE_NAVIGATION, _ABOVE_KIND, _BELOW_FIELDS = -0.8, -0.4, -0.3
_FIELDS = 3  # so many labels above a line, and it is a heading of the body more likely
_NEAR = 2  # pieces below a line among which the site's navigation speaks against it
# Kinds of page whose words speak for a headline.
_TOLD_BY: tuple[PageType, ...] = ("event", "news", "pledge", "workplan")
_PLACE_CHARS = 60
_KICKER_SPACES = 4  # of a line of five words
_ECHO_WORDS = 4  # words of a line whose coming back says all that it can say
_LEAST = -0.3
_PART_LEAST = 15  # code points: shorter ends are alike by chance


def choose_title(pieces: Sequence[Piece], profile: Profile) -> int | None:
    """The index of the piece that is the title, None when the page has lost it."""
    head = _head(pieces)
    labelled = _labelled(pieces, head)
    if labelled is not None:
        return labelled
    navigation = {i for i in head if is_navigation(pieces[i].text, profile)}
    kinds = {i for i in head if line_kind(pieces[i].text, profile) or key(pieces[i].text) in profile.menu}
    candidates = [
        i
        for i in head
        if i not in navigation and i not in kinds and _may_be_title(pieces[i], profile) and not _is_venue(pieces, i)
    ]
    if not candidates:
        return None
    folded = {i: fold(pieces[i].text) for i in head if pieces[i].kind not in ("label", "value")}
    body = " ".join(p.text for p in pieces[head[-1] + 1 :])[:BODY_CHARS] if head else ""
    words = set(_WORD.findall(fold(body)))
    scores = []
    for place, i in enumerate(candidates):
        text = pieces[i].text
        score = _FIRST if place == 0 else 0.0
        if _is_repeated(i, folded, candidates):
            score += _REPEATED
        elif any(
            j in navigation and not _ends_trail(text, pieces[j].text, profile) for j in range(i + 1, i + 1 + _NEAR)
        ):
            score += _ABOVE_NAVIGATION
        elif i + 1 in kinds:
            score += _ABOVE_KIND
        names_body = len(candidates) > 1 and _is_body_name(text, folded[i], profile)
        if i - 1 in navigation or i - 1 in kinds:
            score += _BELOW_KIND if i - 1 in kinds and not names_body else _BELOW_NAVIGATION
        if _is_below_stamp(pieces, candidates[:place], i):
            score += _BELOW_STAMP
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        score += _score_place(following)
        if text.count(" ") < 3:
            score += _SHORT
        if profile.announcements.match(folded[i]):
            score += _ANNOUNCED
        if i + 1 in candidates and _is_kicker(text, pieces[i + 1].text, profile):
            score += _KICKER
        if i + 1 in candidates and _is_programme_name(text, folded[i]):
            score += _PROGRAMME
        if i - 1 in candidates and _is_subtitle(text, folded[i - 1], profile):
            score += _SUBTITLE
        if ends_sentence(text) and "?" not in text[-3:]:
            score += _SENTENCE
        if is_place_like(text) and len(text) <= _PLACE_CHARS:
            score += _PLACE_LIKE
        if _BY_WHOM.search(folded[i]):
            score += _BODY_LIKE
        if text[0] in _QUOTE:
            score += _QUOTED
        if names_body:
            score += _BODY_LIKE  # and its name comes back in any text of its own
        else:
            score += _score_words(folded[i], words)
            if text.count(" ") >= 3 and any(profile.title_cues[kind].search(folded[i]) for kind in _TOLD_BY):
                score += _KIND_WORD
        if sum(piece.kind == "label" for piece in pieces[:i]) >= _FIELDS:
            score += _BELOW_FIELDS
        scores.append((score, -place, i))
    score, _, best = max(scores)
    return best if score > _LEAST else None


def _is_below_stamp(pieces: Sequence[Piece], above: Sequence[int], i: int) -> bool:
    """Below a bare date, above which a line of some words stands: the caption of a photograph rather."""
    headlines = [j for j in above if pieces[j].text.count(" ") > _KICKER_SPACES]
    return bool(headlines) and any(is_date_line(piece.text) for piece in pieces[headlines[0] : i])


def _is_programme_name(text: str, folded: str) -> bool:
    """The name of a lasting programme, forum or series above a page of its own: "Coastal Labour Forum"."""
    lasting = bool(_PROGRAMME_NAME.match(folded)) and is_titled(text) and ":" not in text
    return lasting or bool(_SERIES.search(folded))


def _is_kicker(line: str, below: str, profile: Profile) -> bool:
    """A few words that name the subject of the headline below, which tells what happened; or in capitals above one
    that is not."""
    if line.count(" ") > _KICKER_SPACES or below.count(" ") <= line.count(" "):
        return False
    tells = profile.title_cues["news"]
    if (
        line.isupper()
        and line.count(" ") < _KICKER_SPACES
        and not below.isupper()
        and below.count(" ") >= 2 * _KICKER_SPACES
    ):
        return True
    return not tells.search(fold(line)) and bool(tells.search(fold(below)))


def _is_subtitle(line: str, above: str, profile: Profile) -> bool:
    """What goes on below a title: "A manual for …", or the motto of an event in quotation marks."""
    folded = fold(line)
    if _INDEFINITE.match(folded):
        return not profile.title_cues["news"].search(folded)
    return line[0] in _QUOTE and bool(profile.title_cues["event"].search(above))


def without_site(text: str, profile: Profile) -> str:
    """A headline that the name of its site follows, as in the title of a window: "Headline | River Network"."""
    headline, bar, site = text.rpartition(" | ")
    named = bool(bar) and (_is_body_name(site, fold(site), profile) or (site.isupper() and " " not in site))
    return headline if named and headline.count(" ") >= 2 else text


def site_before(text: str, profile: Profile) -> int:
    """Where the headline begins behind the name of its site ("River Ministry » Headline of a page"), 0 without one."""
    found = _SITE_BEFORE.match(text)
    if found is None or text.count(" ", found.end()) < _HEADLINE_SPACES:
        return 0
    site = found["site"]
    return found.end() if _is_body_name(site, fold(site), profile) else 0


def choose_declared_title(
    pieces: Sequence[Piece], declared: Sequence[str], site: str | None, profile: Profile
) -> int | str | None:
    """The title of an HTML page: the index of its headline, or the text of a title that only the markup holds.

    ``declared``: what the markup calls the page, surest first; ``site``: the name of the site, which is no title.
    """
    names = {fold(t): t for t in declared if not profile.page_kind(t) and key(t) not in _NAMELESS}
    names.pop(fold(site or ""), None)
    headlines = [
        i for i, p in enumerate(pieces) if p.kind == "heading" and p.level == 1 and _may_head(p, site, profile)
    ]
    mastheads = [i for i in headlines if _is_masthead(pieces, i, profile)]
    own = [i for i in headlines if i not in mastheads]
    for i in own:
        if any(fold(pieces[i].text) in name for name in names):
            return i
    if len(own) == 1:
        return own[0]
    for i, piece in enumerate(pieces[: 2 * HEAD_PIECES]):
        if piece.kind in ("heading", "paragraph") and fold(piece.text) in names and i not in mastheads:
            return i
    if headlines:
        return own[0] if own else mastheads[0] + 1
    named = next(iter(names.values()), None)
    # A window title of a word or two that the page does not print is the site's more often than the page's.
    chosen = choose_title(pieces, profile) if named is None or named.count(" ") < 2 else None
    return named if chosen is None else chosen


def _is_masthead(pieces: Sequence[Piece], i: int, profile: Profile) -> bool:
    """A top heading with the name of a body, right above the headline of one of its pages."""
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    return (
        following is not None
        and following.kind == "heading"
        and following.name is None
        and following.text.count(" ") > 1
        and _is_body_name(pieces[i].text, fold(pieces[i].text), profile)
    )


def _may_head(piece: Piece, site: str | None, profile: Profile) -> bool:
    text = fold(piece.text)
    return text != fold(site or "") and not profile.page_kind(text) and len(text) <= TITLE_CHARS


def _labelled(pieces: Sequence[Piece], head: Sequence[int]) -> int | None:
    """The value of a label that says that it is the title."""
    for i in head:
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        if pieces[i].kind == "label" and pieces[i].name == "title" and following and following.kind == "value":
            return i + 1
    return None


def _is_body_name(text: str, folded: str, profile: Profile) -> bool:
    """The name of a body, as the head of its site's pages has it, and no event of that body."""
    if text[0] in _QUOTE or ":" in text or "?" in text:
        return False
    preposition = _PREPOSITION.search(folded)
    head = folded[: preposition.start()] if preposition else folded  # "Staff of the ministry" is no ministry
    found = _BODY_NAME.search(head) if not _GERUND.match(folded) else None
    if found is None:
        return bool(_ACRONYM_END.search(text)) and not profile.title_cues["event"].search(folded)
    article = _ARTICLE.match(folded)
    if found.start() == (article.end() if article else 0) or found.end() == len(head):
        return not profile.title_cues["news"].search(folded) and not _DIGIT.search(text)
    return is_titled(text) and not profile.title_cues["event"].search(folded)


def _ends_trail(text: str, trail: str, profile: Profile) -> bool:
    """The last part of a trail is the line, or its beginning, cut."""
    parts = trail_parts(trail, profile)
    return bool(parts) and fold(text).startswith(fold(parts[-1]).rstrip(" .…"))


def _score_place(following: Piece | None) -> float:
    """What the line below says for one as a headline."""
    if following is None:
        return _ABOVE_DATELINE
    text = following.text
    if following.kind == "label" or is_date_line(text) or is_when_and_where(text):
        return _ABOVE_DATE
    if starts_with_date(text) and not is_dateline_only(text):
        return _ABOVE_DATE
    if is_dateline_only(text) or dateline_end(text):
        return _ABOVE_DATELINE
    return _ABOVE_BODY if is_prose(text) else 0.0


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
    if not ends_sentence(text) or (text.endswith("?") and not has_sentences(text)):
        return len(text) > TITLE_CHARS
    following = pieces[i + 1].text if i + 1 < len(pieces) else ""
    return len(text) > PROSE_TITLE_CHARS or not is_date_line(following)


def _may_be_title(piece: Piece, profile: Profile) -> bool:
    text = piece.text
    if piece.kind not in ("paragraph", "heading") or piece.name or piece.glued or len(text) > TITLE_CHARS:
        return False
    head = fold(text[:LINE_HEAD])
    if len(text) < 3 or profile.furniture.match(head) or profile.stamp(head):
        return False
    if is_when_and_where(text) and not profile.title_cues["event"].search(head):
        return False
    return not (is_date_line(text) or starts_with_date(text) or is_dateline_only(text) or is_calendar_word(text))


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
