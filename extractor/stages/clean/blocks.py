"""Blocks: lines become labels with their values, headings, list items and paragraphs.

A page saved as text and the same page saved as HTML go through the same rules; markup only adds hints. What tells
a label is the profile's list of labels, then the company it keeps: a label-like line next to a known label, or
among others of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from extractor.model import BlockKind, Link
from extractor.profiles import LINE_HEAD, Profile, key, slug
from extractor.stages.clean.lines import Hint, Line
from extractor.stages.clean.navigation import is_navigation
from extractor.stages.clean.shapes import (
    HEADING_CHARS,
    PROSE_CHARS,
    ends_sentence,
    enumerator_end,
    has_sentences,
    is_date_line,
    is_heading_like,
    is_label_like,
    is_prose,
    is_sdg_line,
    is_timetable_row,
    is_titled,
    starts_with_date,
)
from extractor.text import fold

LABEL_REACH = 70  # code points within which the colon of a label stands
VALUE_LINES = 60  # a label owns at most so many lines
CONTINUED_LINES = 4  # "Venue: Hotel X" goes on over at most so many lines
SHORT_VALUE = 100  # code points of the value of a label that only its company tells
HEAD_LINES = 10  # a headline with a colon is among so many lines
MENU_LEAST = 3  # so many words of menus in a row are a menu
MENU_CHARS = 20
BOILERPLATE_CHARS = 100  # of a heading of teasers or disclaimers
GLUE_MOST = 40  # places of a line where a label may be glued to its neighbours
RUN_LEAST = 3  # so many label-like lines in a row are labels
# Kinds of known headings that are as often the words of a link to a file or form.
LINK_KINDS = frozenset(("agenda", "background", "practical_information", "additional_resources", "contact"))
RUN_IN_WORDS = 3  # of a label whose last word tells the kind of its passage
ENTRY_WORDS = 6  # of an entry of a list on one line
SECTION_LEVEL = 2  # of a heading that markup gives none: below the title
FILES_MOST = 20  # documents that are listed under one heading
FILE_KINDS = LINK_KINDS | {"participants", "summary"}  # and of those that documents are listed by, under a heading
_HEAD_LINES = 25  # the title is among so many lines
_HEADLINE_BLANKS = 4  # a headline has five words at least
_MARKED = ("label", "heading")  # hints that back a label
SET_APART_WORDS = 7  # of a heading that only its place tells
CHAPTERS_LEAST = 3
NUMBERED_LEAST = 2  # so many numbered lines over passages are headings
SENTENCE_SPACES = 3  # of the shortest sentence that has a heading of its own
PERSON_CHARS = 150
PEOPLE_KINDS = frozenset(("speakers", "moderators", "participants"))
KNOWN_WORDS = 7  # of a known heading with its complement
VALUE_CHARS = 300  # a longer text behind a label is a passage with a run-in heading
SDG_FIELDS = frozenset({"sdgs", "sdg_targets", "theme"})

_ALNUM = re.compile(r"\w")
_WORD_END = re.compile(r"\S(?=\s)")
_GLUE = re.compile(r"[A-ZÀ-Þ](?<=[a-zß-ÿ\d)].)")  # a word begins where the one before ends, without a space
_CUT = re.compile(r"[:：?]")
_DASH = re.compile(r" [|–—-](?= )")  # in the place of the colon
_DIGITS = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ADDRESS = re.compile(r"\S[@.]\S|://")
_UNKNOWN_DATE_WORDS = """
tbc, tbd, tba, to be confirmed, to be announced, to be determined, present, ongoing, permanent, en cours, a
confirmer, a determiner, en curso, por confirmar, por definir
"""
_UNKNOWN_DATE = frozenset(w.strip() for w in _UNKNOWN_DATE_WORDS.split(","))
# How headings open that are no titles of anything: "About the river", "What we did", "Comment s'inscrire".
_OPENING = re.compile(
    r"(?:about|a propos d|acerca de|sobre|what|how|why|who|next|meet|ce que|comment|pourquoi|qui|pour|como|por que|"
    r"quien|quienes|lo que|para)\b ?[\w']"
)
_CHAPTER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})?\.?|[IVX]{1,5}[.)]|[A-Za-z][.)]|\d{1,2}\))\s+[¿\"“«]?[^\W\d_]")
_CHAPTER_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)]?\s+[¿\"“«]?[A-ZÀ-Þ]")
_PERSON = re.compile(
    r"(?:[A-Z][\w.]{0,5}\.? )?[A-ZÀ-Þ][\w’'.-]+"
    r"(?: (?:[A-ZÀ-Þ][\w’'.-]*|de|del|la|van|von|bin|al|el|da|y)){1,4}(?:$| ?[,(|:–—-])"
)
_LINK = re.compile(
    r"(?:watch|view|download|read|click|flyer|poster|brochure|recording|video|photos?|presentations?|logistic|press|"
    r"telecharger|voir|lire|affiche|depliant|descargar|ver|leer|afiche|folleto|grabacion)\b"
)
_PARTS_OF_PLANS = (
    "priority|pillar|area|output|outcome|component|theme|workstream|axe|ambito|eje|pilier|pilar|volet|composante|componente"
    "|resultado|resultat|produit|producto|prioridad|priorite"
)
_STEM = 5  # letters that "Priorities" and "Priority", "Axes" and "Axe" share, or fewer
_LANGUAGES_END = re.compile(r"\((?:EN|FR|ES|PT|AR|RU|ZH|PDF)(?: ?[|,/·&] ?(?:EN|FR|ES|PT|AR|RU|ZH|PDF))*\)$")
_PART_OF_EVENT = re.compile(
    r"(?:session|panel|seance|sesion|mesa|module|modulo|part|partie|parte|block|bloque|tema|step|etape|round|cluster|"
    r"workshop|atelier|taller|table ronde|mesa redonda|working group|groupe de travail|grupo de trabajo|phase|fase|"
    rf"linea|workpackage|work package|{_PARTS_OF_PLANS}) "
    r"(?:\d{1,2}|[ivx]{1,4}|[a-d])\b ?[:.–—-](?!\d) ?\w"
)
_PART_NUMBER = re.compile(rf"(?P<noun>{_PARTS_OF_PLANS}) (?P<number>\d{{1,2}}) ?[:.–—-](?!\d) ?\w")
_NAME_ONLY = re.compile(_PERSON.pattern.removesuffix("(?:$| ?[,(|:–—-])") + "$")
_DAY = re.compile(
    r"(?:day|jour|dia|journee) (?:\d|one|two|three|un|deux|uno|dos)\b|"
    r"(?:first|second|third|premiere?|deuxieme|primer|segundo) (?:day|jour|dia)\b|"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
    r"miercoles|jueves|viernes|sabado|domingo) \d{1,2}\b(?! (?:de )?[a-z]+,? (?:de )?\d{4})"
)
_TIMETABLE = re.compile(
    r"\b(?:agenda|programme?|schedule|timetable|sessions?|day|ordre du jour|jour|journee|programa|sesion|dia)\b"
)


@dataclass(slots=True)
class Piece:
    """A block on its way: ``name`` is the canonical name of a label or the kind of a known section."""

    kind: BlockKind
    text: str
    gap: int
    name: str | None = None
    level: int = 0
    glued: bool = False  # stands on the same line as the piece before it
    links: tuple[Link, ...] = ()
    bold: bool = False  # all of it, and nothing else on its line


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that is, or begins with, a label: its text ends at ``end``."""

    name: str
    end: int
    known: bool
    bare: bool  # stands alone, without a colon


def without_boilerplate(lines: Sequence[Line], profile: Profile) -> list[Line]:
    """The lines that belong to the page itself: furniture of the site, footnotes, disclaimers, teasers left out."""
    kept: list[Line] = []
    prose_seen = teasers = disclaimed = False
    menu = _menu_lines(lines, profile)
    for i, line in enumerate(lines):
        head = fold(line.text[:LINE_HEAD])
        prose = is_prose(line.text)
        if disclaimed and line.hint != "heading" and prose:
            disclaimed = False
            continue
        disclaimed = False
        teasers = teasers and not prose
        if len(line.text) <= BOILERPLATE_CHARS and key(line.text) in profile.related:
            teasers = prose_seen
            continue
        before_colon, _, rest = line.text[:LINE_HEAD].partition(":")
        if len(before_colon) <= BOILERPLATE_CHARS and key(before_colon) in profile.disclaimers:
            disclaimed = not rest.strip()
            continue
        if (
            teasers
            or i in menu
            or not _ALNUM.search(line.text)
            or (profile.boilerplate.match(head) and not _heads_prose(lines, i))
            or _is_footnote(head, i == len(lines) - 1, profile)
        ):
            continue
        prose_seen = prose_seen or prose
        kept.append(line)
    return kept


def _heads_prose(lines: Sequence[Line], i: int) -> bool:
    """A heading of the markup above prose: "Accessibility" is a chapter there, and no link of the site."""
    return lines[i].hint == "heading" and i + 1 < len(lines) and is_prose(lines[i + 1].text)


def _menu_lines(lines: Sequence[Line], profile: Profile) -> set[int]:
    """The indices of lines that are the entries of a site's menu: several in a row, or a lone "Home" at the top."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate(lines):
        if len(line.text) <= MENU_CHARS and line.hint in (None, "list_item") and key(line.text) in profile.menu:
            run.append(i)
            if len(run) >= MENU_LEAST or (i == 0 and not profile.page_kind(line.text)):
                found.update(run)
        else:
            run = []
    return found


def _is_footnote(head: str, last: bool, profile: Profile) -> bool:
    """A footnote of the site, also one that is cut off because the saved page ends."""
    start = head.lstrip("* ")
    cut = last and len(start) >= 8 and any(f.startswith(start) for f in profile.footnotes)
    return cut or start.startswith(profile.footnotes)


def split_glued(lines: Sequence[Line], profile: Profile) -> list[Line]:
    """Lines cut where the scrape lost the breaks around known labels: "Moroni, ComorosType of EventDialogue"."""
    out: list[Line] = []
    for line in lines:
        cuts = _glued_cuts(line.text, profile) if _GLUE.search(line.text) else []
        parts = [part for a, b in pairwise([0, *cuts, len(line.text)]) if (part := line.text[a:b].strip())]
        if len(parts) == 1:
            out.append(line)
            continue
        hints = [_glued_hint(parts, i, profile) or line.hint for i in range(len(parts))]
        out.append(replace(line, text=parts[0], lead=min(line.lead, len(parts[0])), hint=hints[0]))
        for part, hint in zip(parts[1:], hints[1:], strict=True):
            out.append(replace(line, text=part, gap=0, lead=0, links=(), hint=hint))
    return out


def _glued_hint(parts: Sequence[str], i: int, profile: Profile) -> Hint | None:
    """A label without a colon and the value that stuck to it: they are what markup would have called them."""
    bare = [part[-1] != ":" and key(part) in profile.labels for part in parts]
    if i + 1 < len(parts) and bare[i] and not bare[i + 1] and not _opens_label(parts[i + 1]):
        return "label"
    return "value" if i and bare[i - 1] and not bare[i] and not _opens_label(parts[i]) else None


def _opens_label(part: str) -> bool:
    return ":" in part[:LABEL_REACH]


def _glued_cuts(text: str, profile: Profile) -> list[int]:
    """Where labels begin and end that stand in ``text`` without a space before them or behind them."""
    spots = [0, *(found.start() for found in islice(_GLUE.finditer(text), GLUE_MOST))]
    ends = sorted({*spots[1:], *(found.end() for found in islice(_CUT.finditer(text), GLUE_MOST)), len(text)})
    cuts: list[int] = []
    last = 0
    for start in spots:
        if start < last:
            continue
        for end in reversed([e for e in ends if start < e <= start + LABEL_REACH]):
            label = text[start:end]
            if key(label) not in profile.labels and key(label) not in profile.sections:
                continue
            closed = label.endswith(":")
            if closed or profile.bare_labels or " " in label.strip():
                if start or not closed:
                    cuts += [start] if closed else [start, end]
                last = end
                break
    return [cut for cut in cuts if 0 < cut < len(text)]


def find_pieces(lines: Sequence[Line], profile: Profile) -> list[Piece]:
    """The blocks of a page, in order. Headings that no list knows are found later, when the title is known."""
    return _Finder(lines, profile).pieces()


class _Finder:
    def __init__(self, lines: Sequence[Line], profile: Profile) -> None:
        self.lines = lines
        self.profile = profile
        self.labels = [self._label(line) for line in lines]
        self._drop_doubled_labels()
        self.kinds = [self._section_kind(i) for i in range(len(lines))]
        if not profile.bare_labels:
            self._drop_lone_labels()

    def _drop_doubled_labels(self) -> None:
        """ "Across the bay: a dialogue on ferries", printed twice with no more than a line between, is a headline."""
        for i in range(min(len(self.lines) - 1, _HEAD_LINES)):
            label = self.labels[i]
            headline = self.lines[i].text.count(" ") >= _HEADLINE_BLANKS
            if label is None or label.known or not headline:
                continue
            for j in range(i + 1, min(len(self.lines), i + 3)):
                if self.lines[i].text == self.lines[j].text:
                    self.labels[i] = self.labels[j] = None

    def _drop_lone_labels(self) -> None:
        """Where labels have colons, one without stands next to another label, or is one of several."""
        bare = {label.name for label in self.labels if label and label.bare}
        known = [label is not None and label.known and not label.bare for label in self.labels]
        for i, label in enumerate(self.labels):
            beside = (i > 0 and known[i - 1]) or (i + 1 < len(known) and known[i + 1])
            if label and label.bare and len(bare) < 2 and not beside and self.lines[i].hint not in _MARKED:
                self.labels[i] = None

    # --- what a line is -----------------------------------------------------------------------------------------

    def _label(self, line: Line) -> _Label | None:
        text = line.text
        if line.hint == "value" or not text:
            return None
        cut = _CUT.search(text, 0, LABEL_REACH)
        for found in (cut, _DASH.search(text, 0, LABEL_REACH)):
            name = self.profile.field_name(text[: found.end()]) if found else None
            if found and name:
                return _Label(name, found.end(), known=True, bare=False)
        name = self.profile.field_name(text) if len(text) <= LABEL_REACH else None
        if name:
            return _Label(name, len(text), known=True, bare=True)
        if len(text) <= SHORT_VALUE and _DIGITS.search(text) and (dated := self._dated_label(text)):
            return dated
        if line.hint == "label":
            return _Label(slug(text), len(text), known=True, bare=False)
        if line.lead:
            end = line.lead + (1 if text[line.lead : line.lead + 1] == ":" else 0)
            if text[end - 1] == ":" and is_label_like(text[: end - 1].strip()):
                return _Label(slug(text[:end]), end, known=True, bare=False)
        if cut and line.hint != "heading" and text[cut.start()] != "?" and not text.startswith("//", cut.end()):
            label = text[: cut.start()].strip()
            if is_label_like(label) or (cut.end() == len(text) and is_label_like(_DIGITS.sub("", label))):
                return _Label(slug(label), cut.end(), known=False, bare=False)
        return None

    def _dated_label(self, text: str) -> _Label | None:
        """A label of a date that runs on into it: "Posted on 3 May 2021"."""
        if _DAY.match(fold(text)):
            return None  # "Day 1 – Wednesday 4 May" counts days
        words = [m.end() for m in _WORD_END.finditer(text, 0, LABEL_REACH)][:4]
        for end in reversed(words):
            name = self.profile.field_name(text[:end])
            rest = text[end:].lstrip()
            if name and self.profile.value_types.get(name) == "date" and starts_with_date(rest):
                return _Label(name, end, known=True, bare=False)
        return None

    def _section_kind(self, i: int) -> str | None:
        """The kind of a known section when line ``i`` is nothing but its heading."""
        line = self.lines[i]
        if len(line.text) > LABEL_REACH or line.hint == "value" or _LANGUAGES_END.search(line.text):
            return None
        if line.hint == "list_item" and any(
            x.hint == "list_item" for x in (*self.lines[max(0, i - 1) : i], *self.lines[i + 1 : i + 2])
        ):
            return None  # a bullet that stands alone is the ornament of a heading
        return self.profile.section_kind(line.text)

    def _is_short(self, i: int) -> bool:
        """Line ``i`` is label-like with a short value, or none."""
        label = self.labels[i]
        return label is not None and not label.bare and len(self.lines[i].text) - label.end <= SHORT_VALUE

    def _stands(self, i: int, in_fields: bool) -> bool:
        """Whether the label of line ``i`` is one: it is known, or known by its company."""
        label = self.labels[i]
        if label is None:
            return False
        if label.known:
            return True
        if self.kinds[i] or not self._is_short(i) or self._is_headline(i, label):
            return False
        if in_fields and self.lines[i].gap < 2:
            return True
        following = self.labels[i + 1] if i + 1 < len(self.lines) else None
        if following and following.known and not following.bare and self.lines[i + 1].gap == 0:
            return True
        first = last = i
        while i - first < RUN_LEAST and first > 0 and self._goes_on(first) and self._is_short(first - 1):
            first -= 1
        while last - first < RUN_LEAST and self._goes_on(last + 1):
            last += 1
        return last - first + 1 >= RUN_LEAST

    def _is_headline(self, i: int, label: _Label) -> bool:
        """ "Call for papers: Children of the river": a headline above the fields, or the first line of the page."""
        if i >= HEAD_LINES:
            return False
        above = [j for j in range(i) if not self.profile.stamp(fold(self.lines[j].text[:LINE_HEAD]))]
        if any(known and known.known for known in (self.labels[j] for j in above)):
            return False
        text = self.lines[i].text
        if text.count(" ", label.end) < 2:
            return False
        opening = fold(text[: label.end]).rstrip(": ")
        announced = self.profile.announcements.fullmatch(opening) or self.profile.page_kind(opening)
        return announced is not None or all(
            self.profile.page_kind(text) or is_navigation(text, self.profile)
            for text in (self.lines[j].text for j in above)
        )

    def _goes_on(self, i: int) -> bool:
        """Line ``i`` goes on with a run of label-like lines."""
        return i < len(self.lines) and self.lines[i].gap == 0 and self._is_short(i)

    # --- the walk -----------------------------------------------------------------------------------------------

    def pieces(self) -> list[Piece]:
        out: list[Piece] = []
        run_in = sum(self._is_run_in(i) for i in range(len(self.lines)))
        i = 0
        while i < len(self.lines):
            line = self.lines[i]
            label = self.labels[i]
            in_fields = bool(out) and out[-1].kind in ("label", "value")
            if label and self._is_run_in(i) and (run_in >= 2 or self._run_in_kind(i)):
                self._add_run_in(out, i, label)
                i += 1
            elif label and self._stands(i, in_fields) and not self._heads_chapter(i, label):
                i = self._add_field(out, i, label)
            elif self.kinds[i] and not self._is_link_text(i) and not self._is_file(out, i):
                kind: BlockKind = "heading" if self._has_body(i) or not self.profile.bare_labels else "label"
                out.append(Piece(kind, line.text, line.gap, self.kinds[i], _heading_level(line), links=line.links))
                i += 1
            else:
                out.append(self._plain(line))
                i += 1
        return out

    def _heads_chapter(self, i: int, label: _Label) -> bool:
        """A heading of the markup that is worded like a label, above prose or a list that is none of bodies or people:
        "Organisers and partners", "Themes"."""
        if not label.bare or self.lines[i].hint != "heading" or i + 1 == len(self.lines):
            return False
        below = self.lines[i + 1]
        return is_prose(below.text) or (below.hint == "list_item" and label.name not in self.profile.listed)

    def _plain(self, line: Line) -> Piece:
        kind: BlockKind = "paragraph"
        if line.hint == "heading":
            kind = "heading"
        elif line.hint == "list_item" or is_sdg_line(line.text):
            kind = "list_item"
        bold = line.lead >= len(line.text)
        return Piece(kind, line.text, line.gap, level=line.level, links=line.links, bold=bold)

    def _is_run_in(self, i: int) -> bool:
        """ "Gender impact: …" with a whole passage behind the colon."""
        label, text = self.labels[i], self.lines[i].text
        if label is None or label.bare or label.end >= len(text):
            return False
        value = text[label.end :].strip()
        if not label.known:
            return is_prose(value) and not _is_list(value)
        if self.profile.value_types.get(label.name) == "prose" or label.name in self.profile.listed:
            return False
        return len(value) > VALUE_CHARS and has_sentences(value)

    def _run_in_kind(self, i: int) -> str | None:
        label = self.labels[i]
        if label is None:
            return None
        return run_in_kind(self.lines[i].text[: label.end], self.profile)

    def _add_run_in(self, out: list[Piece], i: int, label: _Label) -> None:
        line = self.lines[i]
        out.append(Piece("label", line.text[: label.end].strip(), line.gap, self._run_in_kind(i)))
        out.append(Piece("paragraph", line.text[label.end :].strip(), 0, glued=True, links=line.links))

    def _add_field(self, out: list[Piece], i: int, label: _Label) -> int:
        """Adds the label of line ``i`` and its values; the index of the first line that is not theirs."""
        line = self.lines[i]
        value = line.text[label.end :].strip()
        if _ALNUM.search(value):
            out.append(Piece("label", line.text[: label.end].strip(), line.gap, label.name))
            name = self._add_values(out, label.name, value, line)
            return self._add_continued(out, i + 1, name)
        end = self._own_lines(i, label)
        if end == i + 1 and (self.kinds[i] or self._heads_value(i) or self._heads_prose(i)) and self._has_body(i):
            out.append(
                Piece(
                    "heading", line.text, line.gap, self.kinds[i] or label.name, _heading_level(line), links=line.links
                )
            )
            return end
        kind: BlockKind = "label"
        if end == i + 1 and self._is_group(i, label):
            kind = "heading"
        out.append(Piece(kind, line.text[: label.end].strip(), line.gap, label.name, line.level, links=line.links))
        for j in range(i + 1, end):
            item = self.lines[j]
            out.append(Piece("value", item.text, item.gap, level=item.level, links=item.links))
        return end

    def _is_link_text(self, i: int) -> bool:
        """A word such as "Agenda" with nothing under it that it could head: what is left of a link to a file."""
        line = self.lines[i]
        if self.kinds[i] not in LINK_KINDS or line.hint == "heading" or line.text[-1] in ":?":
            return False
        if i + 1 == len(self.lines):
            return True
        following = self.lines[i + 1]
        if "|" in following.text or (self.kinds[i] == "additional_resources" and self.kinds[i + 1] in FILE_KINDS):
            return False
        if i and line.gap and not following.gap and not self.kinds[i + 1] and not _LINK.match(fold(following.text)):
            return False  # stands over what follows, set apart from what comes before
        if _OPENING.match(fold(line.text)) and any(is_prose(x.text) for x in self.lines[i + 1 : i + 3]):
            return False
        return not (
            following.hint is not None
            or is_prose(following.text)
            or (ends_sentence(following.text) and " " in following.text)
            or is_timetable_row(following.text)
            or starts_with_date(following.text)
            or is_date_line(following.text)
            or self.kinds[i + 1]
            or _TIMETABLE.search(fold(following.text))
        )

    def _is_file(self, out: list[Piece], i: int) -> bool:
        """One of several documents listed under their heading: "List of participants" under "Documents"."""
        line = self.lines[i]
        if self.kinds[i] not in FILE_KINDS or line.hint == "heading":
            return False
        if i + 1 < len(self.lines) and not self.lines[i + 1].gap and is_prose(self.lines[i + 1].text):
            return False
        for piece in reversed(out[-FILES_MOST:]):
            if piece.gap and piece.kind != "heading":
                return False
            if piece.kind == "heading":
                return piece.name == "additional_resources" and line.gap == 0
            if piece.kind not in ("paragraph", "list_item") or is_prose(piece.text):
                return False
        return False

    def _heads_value(self, i: int) -> bool:
        """Markup calls line ``i`` a label and what follows its value, but that is a whole passage."""
        return self.lines[i].hint == "label" and i + 1 < len(self.lines) and self.lines[i + 1].hint == "value"

    def _heads_prose(self, i: int) -> bool:
        """Where labels have colons, one without that stands right over prose is its heading."""
        label = self.labels[i]
        if label is None or not label.bare or self.profile.bare_labels or i + 1 == len(self.lines):
            return False
        return self.lines[i + 1].gap == 0 and is_prose(self.lines[i + 1].text)

    def _is_group(self, i: int, label: _Label) -> bool:
        """The label only stands over other labels, such as "Geographic scope" over "Country:" and "Regions:"."""
        members = self.profile.groups.get(label.name, frozenset())
        following = self.labels[i + 1] if i + 1 < len(self.lines) else None
        if following is None or following.name not in members:
            return False
        # A label that might hold a value itself is a head only where the labels under it are set apart by colons.
        return label.name not in members or not following.bare

    def _has_body(self, i: int) -> bool:
        """Something stands under the heading of line ``i`` before the next label or known heading."""
        if i + 1 == len(self.lines) or self.kinds[i + 1]:
            return False
        following = self.labels[i + 1]
        return following is None or not following.known

    def _add_values(self, out: list[Piece], name: str, value: str, line: Line) -> str:
        """Adds an inline value; one that holds further labels ("3 May Venue: Hotel X") is split. The last name."""
        while True:
            inner = self._inner_label(value)
            if inner is None:
                break
            start, end, inner_name = inner
            if _ALNUM.search(value[:start]):
                out.append(Piece("value", value[:start].strip(" |;"), 0, glued=True))
            out.append(Piece("label", value[start:end], 0, inner_name, glued=True))
            value, name = value[end:].strip(), inner_name
        if _ALNUM.search(value):
            out.append(Piece("value", value, 0, glued=True, links=line.links))
        return name

    def _inner_label(self, value: str) -> tuple[int, int, str] | None:
        """Bounds and name of the first known label inside a value."""
        for cut in list(_CUT.finditer(value, 0, VALUE_CHARS))[:8]:
            if cut.group() == "?":
                continue
            before = value[: cut.start()].rstrip()
            start = len(before)
            found: tuple[int, int, str] | None = None
            for _ in range(4):
                start = before.rfind(" ", 0, start)
                word = before[start + 1 :]
                name = self.profile.field_name(word) if word[:1].isupper() else None
                if name:
                    found = (start + 1, cut.end(), name)
                if start < 0:
                    break
            if found:
                return found
        return None

    def _add_continued(self, out: list[Piece], i: int, name: str) -> int:
        """Adds the lines that go on with an inline value; they end before a gap or a label, never at prose."""
        dated = self.profile.value_types.get(name) == "date"
        if not dated and name not in self.profile.continued:
            return i
        end = i
        while end < len(self.lines) and self._continues(end, dated):
            end += 1
        if end - i > CONTINUED_LINES:
            return i
        closed = end == len(self.lines) or self.lines[end].gap > 0 or self._ends_values(end)
        if not closed:
            return i
        for line in self.lines[i:end]:
            out.append(Piece("value", line.text, line.gap, level=line.level, links=line.links))
        return end

    def _continues(self, i: int, dated: bool) -> bool:
        line = self.lines[i]
        if line.gap or self._ends_values(i) or is_prose(line.text) or len(line.text) > SHORT_VALUE:
            return False
        return is_date_line(line.text) == dated

    def _ends_values(self, i: int) -> bool:
        """A label or heading: no value of the label before it."""
        line = self.lines[i]
        if self.labels[i] is not None or self.kinds[i] is not None or line.hint == "heading":
            return True
        return line.text[-1] == ":" and len(line.text) <= LABEL_REACH

    def _own_lines(self, i: int, label: _Label) -> int:
        """The index after the last line that holds a value of the label alone on line ``i``."""
        kind = self.profile.value_types.get(label.name)
        marked = self.lines[i].hint == "label"  # then markup marks its values as well
        spaced = listed = False
        for j in range(i + 1, min(len(self.lines), i + 1 + VALUE_LINES)):
            line = self.lines[j]
            first = j == i + 1
            if (marked and line.hint != "value") or self._ends_values(j) or line.gap > 1:
                return j
            if not marked and not self._fits(label.name, kind, line):
                return j
            if first:
                spaced = line.gap > 0
                listed = line.hint == "list_item"
            elif line.gap and not (
                marked
                or (spaced and (self.profile.bare_labels or (label.bare and label.name in self.profile.listed)))
                or (listed and line.hint == "list_item")
            ):
                return j
            if is_prose(line.text) and kind != "prose":
                alone = first and not label.bare and not self.profile.bare_labels and len(line.text) <= PROSE_CHARS
                return j + 1 if alone and not self.kinds[i] else j
        return min(len(self.lines), i + 1 + VALUE_LINES)

    def _fits(self, name: str, kind: str | None, line: Line) -> bool:
        """Whether the line can be a value of the field: a date for a date, an address for an address."""
        text = line.text
        if is_sdg_line(text):
            return name in SDG_FIELDS
        if kind == "date":
            return _is_dated(text)
        if kind == "address":
            return bool(_ADDRESS.search(text))
        if kind == "number":
            return sum(c.isdigit() for c in text[:60]) >= 5
        if kind == "tag":
            return not is_date_line(text)
        return True


def _heading_level(line: Line) -> int:
    """A list item's level is its depth, which is no heading's."""
    return line.level if line.hint == "heading" and line.level else SECTION_LEVEL


def run_in_kind(label: str, profile: Profile) -> str | None:
    """The kind of section that a label before its passage opens: "Gender impact:"."""
    words = key(label).split()
    kind = profile.section_kind(label)
    return kind or (profile.section_kind(words[-1]) if len(words) <= RUN_IN_WORDS else None)


def _is_list(text: str) -> bool:
    """Short entries between semicolons: "SDG 10; Objective 5"."""
    entries = [entry.strip() for entry in text.split(";")]
    return len(entries) > 1 and all(e.count(" ") <= ENTRY_WORDS and not e[:1].islower() for e in entries)


def _is_dated(text: str) -> bool:
    if is_date_line(text) or starts_with_date(text) or key(text) in _UNKNOWN_DATE:
        return True
    return len(text) <= 30 and bool(_YEAR.search(text))


def mark_headings(pieces: list[Piece], profile: Profile) -> None:
    """Lines that stand over a passage become headings, where no list knows them: only in the body.

    It begins with the first prose, field or day of an agenda: above stand the title and what belongs to it.
    """
    in_body = False
    spaced = any(piece.gap for piece in pieces)
    numbered = sum(map(_is_numbered, pieces, pieces[1:])) >= NUMBERED_LEAST
    chapters = _chapters(pieces) | _parts(pieces)
    before: Piece | None = None
    for i, (piece, following) in enumerate(pairwise(pieces)):
        if piece.kind in ("paragraph", "list_item"):
            if _heads_day(piece, following) or i in chapters:
                piece.kind, piece.level, in_body = "heading", SECTION_LEVEL, True
            elif in_body and (
                (numbered and _is_numbered(piece, following))
                or (piece.kind == "paragraph" and _heads(piece, before, following, profile, spaced))
            ):
                piece.kind, piece.level = "heading", SECTION_LEVEL
            in_body = in_body or is_prose(piece.text)
        in_body = in_body or piece.kind == "value"
        before = piece


def _heads(piece: Piece, before: Piece | None, following: Piece, profile: Profile, spaced: bool) -> bool:
    """``spaced``: the page sets its passages apart by blank lines, so a heading has one before it."""
    text = piece.text
    folded = fold(text)
    if _PART_OF_EVENT.match(folded) and len(text) <= HEADING_CHARS and text[-1] not in ".;,":
        below = following.text
        opens = is_prose(below) or _is_person_like(below) or _CUT.search(below, 0, LABEL_REACH) is not None
        opens = opens or (spaced and piece.gap > 0 and following.gap > 0)
        return following.kind == "label" or (
            following.kind == "paragraph" and opens and not _PART_OF_EVENT.match(fold(below))
        )
    if not is_heading_like(text) or profile.furniture.match(folded):
        return False
    if _LANGUAGES_END.search(text):
        return False
    if is_timetable_row(following.text):
        return bool(_TIMETABLE.search(folded))
    if spaced and piece.gap and following.gap and _heads_parts(piece, following):
        return True
    if "," in text or following.kind not in ("paragraph", "list_item") or (spaced and not piece.gap):
        return False
    if piece.bold and text[-1] != ":":
        return True
    over_prose = following.kind == "paragraph" and _is_passage(following.text)
    over_list = following.kind == "list_item" and not enumerator_end(text)
    over_people = following.kind == "paragraph" and _is_person_like(following.text)
    if over_people and _names_people(text, profile):
        return True
    if not (over_prose or over_list or following.text.endswith(":")):
        return False
    if is_titled(text) or text[-1] == "?" or _OPENING.match(folded) or _opens_known(text, profile):
        return is_prose(following.text) or text.count(" ") > 0 or not over_prose
    # In lower case only a line that stands where no passage ends: behind a full one, above the next.
    if before is not None and before.kind == "heading":
        return False
    closed = before is None or before.kind != "paragraph" or ends_sentence(before.text)
    closed = closed or (spaced and not _NAME_ONLY.match(before.text if before else ""))
    return closed and text[-1] != ":" and text.count(" ") < SET_APART_WORDS


def _heads_parts(piece: Piece, following: Piece) -> bool:
    """Above known headings or rows of a table, in words of headings: "Who will speak" above "Moderators"; "Priorities"
    above "Priority 1"."""
    part = _PART_NUMBER.match(fold(following.text))
    if part is not None:
        return fold(piece.text).startswith(part["noun"][:_STEM])
    known = following.kind == "heading" and following.name is not None
    known = known or (following.kind == "label" and following.name in PEOPLE_KINDS)
    parts = "," not in piece.text and not _DIGITS.search(piece.text) and (known or following.text.count(" | ") > 1)
    return parts and (is_titled(piece.text) or _OPENING.match(fold(piece.text)) is not None)


def _chapters(pieces: Sequence[Piece]) -> set[int]:
    """The lines that number the chapters of a page from one on, with passages between them."""
    found: list[int] = []
    for i, piece in enumerate(pieces):
        number = _CHAPTER_NUMBER.match(piece.text)
        if number is None or not _may_be_numbered(piece):
            continue
        if int(number["number"]) == len(found) + 1 and (not found or i > found[-1] + 1):
            found.append(i)
        else:
            return set()  # a list, or several
    return set(found) if len(found) >= CHAPTERS_LEAST else set()


def _parts(pieces: Sequence[Piece]) -> set[int]:
    """The lines that number the parts of a plan from one on, with lines between them: "Priority 2: Coming back"."""
    found: dict[str, list[int]] = {}
    for i, piece in enumerate(pieces):
        part = _PART_NUMBER.match(fold(piece.text)) if _is_short_line(piece) else None
        if part is not None:
            of_noun = found.setdefault(part["noun"], [])
            if int(part["number"]) == len(of_noun) + 1 and (not of_noun or i > of_noun[-1] + 1):
                of_noun.append(i)
    return {i for of_noun in found.values() if len(of_noun) > 1 for i in of_noun}


def _heads_day(piece: Piece, following: Piece) -> bool:
    """ "Day 2 – Wednesday, 9 October" over the first hour of the day; an agenda needs no prose before it."""
    is_day = piece.kind == "paragraph" and _DAY.match(fold(piece.text)) and len(piece.text) <= HEADING_CHARS
    return bool(is_day) and is_timetable_row(following.text)


def _is_numbered(piece: Piece, following: Piece) -> bool:
    """The number, letter or Roman numeral of a chapter before a few words over a passage."""
    return (
        following.kind == "paragraph"
        and bool(_CHAPTER.match(piece.text))
        and _may_be_numbered(piece)
        and is_prose(following.text)
    )


def _may_be_numbered(piece: Piece) -> bool:
    """A line that can be the heading of a chapter, and leads to nothing by its last mark."""
    return _is_short_line(piece) and piece.text[-1] not in ",;:"


def _is_short_line(piece: Piece) -> bool:
    """A line of text no longer than headings are, and no sentence."""
    is_line = piece.kind in ("paragraph", "list_item") and len(piece.text) <= HEADING_CHARS
    return is_line and not ends_sentence(piece.text)


def _is_passage(text: str) -> bool:
    """A sentence at least, short as it may be."""
    return is_prose(text) or (ends_sentence(text) and text.count(" ") >= SENTENCE_SPACES)


def _is_person_like(text: str) -> bool:
    """A name, alone or with what the person is behind a comma, bar or dash: "Ana Ruiz, Mayor of Quito"."""
    return len(text) <= PERSON_CHARS and bool(_PERSON.match(text)) and not ends_sentence(text)


def _names_people(text: str, profile: Profile) -> bool:
    """A word of the heading says who stands below: "Participantes en el panel", "In conversation with"."""
    words = key(text).split()
    return len(words) <= KNOWN_WORDS and any(
        profile.section_kind(word) in PEOPLE_KINDS or profile.field_name(word) in PEOPLE_KINDS for word in words
    )


def _opens_known(text: str, profile: Profile) -> bool:
    """A known heading with a complement: "Objectives of the consultation", "Results to date"."""
    words = key(text).split()
    return 2 <= len(words) <= KNOWN_WORDS and any(profile.section_kind(" ".join(words[:n])) for n in (1, 2))
