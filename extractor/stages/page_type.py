"""Page type: event, practice, news, pledge, workplan, resource or other.

What a page's address, template or own words for its kind say decides alone. Otherwise the cues of title, fields,
sections and prose add up. Rules, surest first: type.url, type.template, type.kind_line, type.status_options,
type.markup; then the strongest cue of the winner: type.dateline, type.invitation, type.title, type.fields,
type.sections, type.prose; type.none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from extractor.model import Block, Document, Field, PageType, Section, Span
from extractor.profiles import LINE_HEAD, Profile, key, load_profile
from extractor.stages.clean.navigation import line_kind, trail_kind
from extractor.stages.clean.shapes import (
    dateline_end,
    is_date_line,
    is_date_range,
    is_dateline_only,
    is_place_like,
    is_prose,
    is_timetable_row,
    is_when_and_where,
    starts_with_date,
)
from extractor.stages.status import find_options
from extractor.text import fold

TEMPLATE_LEAST = 2  # labels that only one template has
MENU_LINES = 4  # so many lines with entries of menus above a title are one
KIND_CHARS = 90  # a line that names the kind of page is no longer
KIND_LINES = 4  # a line that names the kind of page stands among so many lines before the title, or right behind it
PROSE_CHARS = 8000  # of the body that are looked at
CUES_MOST = 4  # of one kind that are counted in prose
LEAST = 0.5  # the score below which a page is of no known kind
# When two kinds score the same: pages of the first are more frequent.
_ORDER: tuple[PageType, ...] = ("event", "news", "practice", "pledge", "resource", "workplan")
_TITLE = {"pledge": 3.0, "workplan": 3.0, "resource": 2.5, "event": 2.0, "news": 1.5, "practice": 1.0}
_PROSE = {"event": 0.5, "news": 0.5, "practice": 0.6, "pledge": 0.6, "resource": 0.7, "workplan": 0.5}
_OPENING: dict[PageType, float] = {"practice": 2.0, "news": 4.5}  # "Project: …", "Statement by …"
_TOLD, _TRAIL, _DAYS, _STAMP, _NAMED = 0.5, 2.0, 1.0, 1.0, 1.5
_NAMED_IN_HEADINGS: tuple[PageType, ...] = ("pledge", "workplan")
_NAMED_MOST = 2
_DATELINE, _BYLINE, _TIMETABLE, _FIELD_MOST, _INVITATION, _SUBTITLE, _HOURS = 3.0, 0.75, 2.0, 3.0, 2.0, 1.0, 1.0
_FIELDS: dict[str, tuple[PageType, float]] = {
    **dict.fromkeys(
        ("date", "time", "location", "venue", "registration", "type_of_event", "organizers"), ("event", 1.0)
    ),
    **dict.fromkeys(("dates", "speakers", "moderators", "participants", "language", "format"), ("event", 0.7)),
    **dict.fromkeys(("start_date", "end_date", "project_code", "budget", "beneficiaries", "donors"), ("practice", 0.8)),
    **dict.fromkeys(("implementing_organizations", "result_area", "type_of_practice"), ("practice", 1.0)),
    **dict.fromkeys(("date_of_publication", "type_of_resource", "publisher"), ("resource", 1.0)),
}
_SECTIONS: dict[str, tuple[PageType, float]] = {
    **dict.fromkeys(("agenda", "speakers", "practical_information", "sessions"), ("event", 1.0)),
    **dict.fromkeys(("benefit_and_impact", "key_lessons", "innovation", "description"), ("practice", 1.5)),
    **dict.fromkeys(("challenges", "methodology"), ("practice", 0.75)),
    **dict.fromkeys(("citation",), ("resource", 1.5)),
}
HEAD_NOUN = 20  # code points before the word that says what a title names
_OF = re.compile(r"\b(?:of|on|from|for|de|du|des|sur|del|sobre)\b")
_FULL_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d\d-\d\d|\b\d{1,2} [^\W\d]{3,}|[^\W\d]{3,} \d{1,2}\b")
_HOUR = re.compile(r"\d ?(?:[:h]\d{2}|h\b|[ap]\.?m\b)")
_MARKUP_TYPES: tuple[tuple[re.Pattern[str], PageType], ...] = (
    (re.compile(r"Event$|^Festival$|^event$"), "event"),
    (re.compile(r"NewsArticle$|^BlogPosting$|^PressRelease$"), "news"),
    (re.compile(r"^Report$|^ScholarlyArticle$|^TechArticle$"), "resource"),
    (re.compile(r"Project$"), "practice"),
)


@dataclass(frozen=True, slots=True)
class PageKind:
    page_type: PageType
    rule: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: PageType
    weight: float
    rule: str
    span: Span | None


def find_page_type(document: Document, fields: tuple[Field, ...], sections: tuple[Section, ...]) -> PageKind:
    """The kind of page that a document is, with the passages that say so."""
    profile = load_profile(document.profile)
    certain = (
        _by_url(document, profile)
        or _by_template(document, fields, profile)
        or _by_kind_line(document, profile)
        or _by_trail(document, profile)
        or _by_status_options(document, profile)
        or _by_markup(document)
    )
    return certain or _by_cues(document, fields, sections, profile)


# --- what decides alone -----------------------------------------------------------------------------------------


def _by_url(document: Document, profile: Profile) -> PageKind | None:
    path = urlsplit(document.url).path.lower() if document.url else ""
    kind = next((kind for pattern, kind in profile.url_types if pattern.search(path)), None)
    return PageKind(kind, "type.url") if kind else None


def _by_template(document: Document, fields: tuple[Field, ...], profile: Profile) -> PageKind | None:
    """Labels and headings that only one of the site's templates has."""
    found: dict[str, Span] = {field.name: field.label for field in fields}
    for block in document.blocks:
        if block.kind == "heading":
            span = document.span(block.start, block.end)
            name = profile.section_kind(span.text) or profile.field_name(span.text)
            if name:
                found.setdefault(name, span)
    best: tuple[int, PageType, tuple[Span, ...]] | None = None
    for kind, names in profile.templates.items():
        others = {n for k, template in profile.templates.items() if k != kind for n in template}
        own = [n for n in names if n in found and n not in others]
        spans = tuple(found[n] for n in own)
        certain = len(own) >= TEMPLATE_LEAST and not profile.common.issuperset(own)
        if certain and (best is None or len(spans) > best[0]):
            best = (len(spans), kind, spans)
    return PageKind(best[1], "type.template", best[2][:3]) if best else None


def _by_kind_line(document: Document, profile: Profile) -> PageKind | None:
    """A line near the title that says no more than what kind of page this is: "Press Release"."""
    title = next((i for i, b in enumerate(document.blocks) if b.kind == "title"), 0)
    above = document.blocks[max(0, title - KIND_LINES) : title] if not _below_menu(document, title, profile) else ()
    around = [*reversed(above), *document.blocks[title : title + 2]]
    for block in around:
        if block.kind in ("paragraph", "heading", "list_item") and block.end - block.start <= KIND_CHARS:
            span = document.span(block.start, block.end)
            kind = line_kind(span.text, profile)
            if kind:
                return PageKind(kind, "type.kind_line", (span,))
    return None


def _below_menu(document: Document, title: int, profile: Profile) -> bool:
    """Whether a menu stands right above the title, an entry a line."""
    above = [document.text[b.start : b.end] for b in document.blocks[max(0, title - MENU_LINES - 1) : title]]
    return sum(key(text) in profile.menu or profile.page_kind(text) is not None for text in above) >= MENU_LINES


def _by_trail(document: Document, profile: Profile) -> PageKind | None:
    """Breadcrumbs that lead to practices, plans, pledges or publications; news and events also share their folders."""
    kind = _trail_kind(document, profile)
    return PageKind(kind, "type.kind_line") if kind and kind not in ("event", "news") else None


def _trail_kind(document: Document, profile: Profile) -> PageType | None:
    trails = (trail_kind(fact.value, profile) for fact in document.facts if fact.name == "breadcrumb")
    return next((kind for kind in trails if kind), None)


def _by_status_options(document: Document, profile: Profile) -> PageKind | None:
    """The states that an action may be in: the page of a pledge or a planned action, if not of a whole workplan."""
    if document.title and profile.title_cues["workplan"].search(fold(document.title.text)):
        return None
    options = find_options(document)
    return PageKind("pledge", "type.status_options", tuple(options)) if options else None


def _by_markup(document: Document) -> PageKind | None:
    for fact in document.facts:
        if fact.name == "type":
            kind = next((kind for pattern, kind in _MARKUP_TYPES if pattern.search(fact.value)), None)
            if kind:
                return PageKind(kind, "type.markup")
    return None


# --- what adds up -----------------------------------------------------------------------------------------------


def _by_cues(
    document: Document, fields: tuple[Field, ...], sections: tuple[Section, ...], profile: Profile
) -> PageKind:
    cues = [
        *_title_cues(document, profile),
        *_trail_cues(document, profile),
        *_field_cues(fields),
        *_section_cues(document, sections),
        *_dateline_cues(document),
        *_stamp_cues(document, profile),
        *_named_cues(document, profile),
        *_timetable_cues(document),
        *_head_cues(document, profile),
        *_hour_cues(document),
        *_prose_cues(document, profile),
    ]
    scores = {kind: sum(c.weight for c in cues if c.kind == kind) for kind in _ORDER}
    best = max(_ORDER, key=lambda kind: (scores[kind], -_ORDER.index(kind)))
    if scores[best] < LEAST:
        return PageKind("other", "type.none")
    own = sorted((c for c in cues if c.kind == best), key=lambda c: -c.weight)
    spans = tuple(dict.fromkeys(c.span for c in own if c.span is not None))
    return PageKind(best, own[0].rule, spans[:3])


def _title_cues(document: Document, profile: Profile) -> Iterator[_Cue]:
    if document.title is None:
        return
    folded = fold(document.title.text)
    found = {kind: match for kind, pattern in profile.title_cues.items() if (match := pattern.search(folded))}
    for kind, match in found.items():
        start = document.title.start + match.start()
        # "Town hosts a workshop": who does what is told of the event, its own page names it.
        told = (kind == "event" and "news" in found) or _is_complement(kind, found, folded)
        weight = _TITLE[kind]
        if told:
            weight = _TOLD
        elif match.start() == 0:
            weight = _OPENING.get(kind, weight)
        yield _Cue(kind, weight, "type.title", document.span(start, start + len(match.group())))


def _is_complement(kind: PageType, found: dict[PageType, re.Match[str]], title: str) -> bool:
    """Of "Report of the workshop" and "Launch of the report" the page is what stands first."""
    others = [match for other, match in found.items() if other != kind and {other, kind} == {"event", "resource"}]
    return any(
        match.start() <= HEAD_NOUN and _OF.search(title, match.end() - 4, found[kind].start()) is not None
        for match in others
    )


def _trail_cues(document: Document, profile: Profile) -> Iterator[_Cue]:
    kind = _trail_kind(document, profile)
    if kind:
        yield _Cue(kind, _TRAIL, "type.kind_line", None)


def _field_cues(fields: tuple[Field, ...]) -> Iterator[_Cue]:
    sums = dict.fromkeys(_ORDER, 0.0)
    for name, field in {f.name: f for f in reversed(fields)}.items():
        if name in _FIELDS:
            kind, weight = _FIELDS[name]
            if name == "date_of_publication" and any(_FULL_DAY.search(value.text) for value in field.values):
                kind, weight = "news", _STAMP  # of publications the month
            weight = min(weight, _FIELD_MOST - sums[kind])
            sums[kind] += weight
            yield _Cue(kind, weight, "type.fields", field.label)


def _section_cues(document: Document, sections: tuple[Section, ...]) -> Iterator[_Cue]:
    for section in sections:
        if section.heading is not None and section.kind in _SECTIONS:
            kind, weight = _SECTIONS[section.kind]
            yield _Cue(
                kind, weight, "type.sections", document.span(section.start, section.start + len(section.heading))
            )


def _dateline_cues(document: Document) -> Iterator[_Cue]:
    """Place and date that open a news item; a bare date by the headline of a page that has no fields is its byline."""
    body = [b for b in document.blocks if b.kind not in ("title", "label", "value")]
    for i, block in enumerate(body):
        text = document.text[block.start : block.end]
        if is_dateline_only(text) and i + 1 < len(body):
            if is_date_range(text):  # an event lasts, a report is of one day
                yield _Cue("event", _INVITATION, "type.invitation", document.span(block.start, block.end))
            else:
                yield _Cue("news", _DATELINE, "type.dateline", document.span(block.start, block.end))
            return
        if is_prose(text):
            end = dateline_end(text)
            if end:
                yield _Cue("news", _DATELINE, "type.dateline", document.span(block.start, block.start + end))
            elif i and is_date_line(document.text[body[0].start : body[0].end]):
                yield _Cue("news", _BYLINE, "type.dateline", document.span(body[0].start, body[0].end))
            return


def _stamp_cues(document: Document, profile: Profile) -> Iterator[_Cue]:
    """When a page was put up, how long it takes to read, how often it was read: stories have such a line."""
    for block in document.blocks:
        if block.kind == "paragraph" and profile.stamp(_head(document, block)) == "published":
            yield _Cue("news", _STAMP, "type.dateline", _span(document, block))
            return


def _named_cues(document: Document, profile: Profile) -> Iterator[_Cue]:
    """Labels and headings that name a pledge or a plan: "Date of pledge", "Workplan 2025-2026"."""
    headings = [block for block in document.blocks if block.kind in ("heading", "label")]
    for kind in _NAMED_IN_HEADINGS:
        cue = profile.title_cues[kind]
        named = [block for block in headings if cue.search(document.folded[block.start : block.end])]
        for block in named[:_NAMED_MOST]:
            yield _Cue(kind, _NAMED, "type.sections", _span(document, block))


def _hour_cues(document: Document) -> Iterator[_Cue]:
    """A line of nothing but a date with hours: "3 June 2019 from 18:00 until 20:00"."""
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind == "paragraph" and _HOUR.search(text) and is_date_line(text):
            yield _Cue("event", _HOURS, "type.invitation", _span(document, block))
            return


def _head_cues(document: Document, profile: Profile) -> Iterator[_Cue]:
    """Below the title: a subtitle that names an event; when and where, or days from and to, as on invitations."""
    title = next((i for i, b in enumerate(document.blocks) if b.kind == "title"), -1)
    head: list[Block] = []
    for block in document.blocks[title + 1 :]:
        if block.kind != "paragraph" or is_prose(document.text[block.start : block.end]):
            break
        head.append(block)
    for i, block in enumerate(head):
        text = document.text[block.start : block.end]
        if profile.stamp(_head(document, block)):
            continue
        if is_date_line(text):
            placed = i + 1 < len(head) and is_place_like(document.text[head[i + 1].start : head[i + 1].end])
            if placed:
                yield _Cue("event", _INVITATION, "type.invitation", document.span(block.start, head[i + 1].end))
            elif is_date_range(text):
                yield _Cue("event", _DAYS, "type.invitation", _span(document, block))
        elif is_when_and_where(text) or (starts_with_date(text) and _HOUR.search(text)):
            yield _Cue("event", _INVITATION, "type.invitation", _span(document, block))
        elif profile.title_cues["event"].search(fold(text)):
            yield _Cue("event", _SUBTITLE, "type.title", _span(document, block))


def _timetable_cues(document: Document) -> Iterator[_Cue]:
    rows = [b for b in document.blocks if is_timetable_row(document.text[b.start : b.end])]
    if len(rows) >= 2:
        yield _Cue("event", _TIMETABLE, "type.sections", _span(document, rows[0]))


def _head(document: Document, block: Block) -> str:
    """The folded beginning of a block."""
    return document.folded[block.start : min(block.end, block.start + LINE_HEAD)]


def _span(document: Document, block: Block) -> Span:
    return document.span(block.start, block.end)


def _prose_cues(document: Document, profile: Profile) -> Iterator[_Cue]:
    start = document.title.end if document.title else 0
    folded = document.folded[start : start + PROSE_CHARS]
    found: dict[PageType, list[re.Match[str]]] = {kind: [] for kind in profile.prose_cues}
    for place in _any_prose_cue(profile.name).finditer(folded):
        for kind, pattern in profile.prose_cues.items():
            cue = pattern.match(folded, place.start())
            if cue and len(found[kind]) < CUES_MOST and (not found[kind] or found[kind][-1].end() <= cue.start()):
                found[kind].append(cue)
    for kind, cues in found.items():
        for cue in cues:
            yield _Cue(kind, _PROSE[kind], "type.prose", document.span(start + cue.start(), start + cue.end()))


@cache
def _any_prose_cue(profile: str) -> re.Pattern[str]:
    """Where a cue of any kind begins: one search in place of one for each kind."""
    cues = load_profile(profile).prose_cues.values()
    return re.compile(rf"\b(?={'|'.join(cue.pattern for cue in cues)})")
