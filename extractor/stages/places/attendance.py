"""Attendance: whether an event is held in person, online or both, and the words that say so."""

from __future__ import annotations

import re

from extractor.model import Attendance, Document, Field, Span

# Fields that say how or where an event is held.
_FIELDS = frozenset(
    {"location", "venue", "format", "type_of_event", "event_category", "date", "dates", "time", "registration"}
)
# A page with one of these describes a practice or a pledge: "online" is about its work there, not about an event.
_FIELDS_OF_PRACTICES = frozenset(
    {"type_of_practice", "implementing_organizations", "partner_donor_organizations", "timeline"}
)
_SCHEMA_ORG: dict[str, Attendance] = {
    "OnlineEventAttendanceMode": "online",
    "OfflineEventAttendanceMode": "in_person",
    "MixedEventAttendanceMode": "hybrid",
}

# --- words, in folded text -------------------------------------------------------------------------------------

_EVENT = (
    r"(?:side[- ]event|event|meeting|workshop|session|conference|consultation|dialogue|forum|seminar|training|course"
    r"|discussion|briefing|launch|symposium|roundtable|panel|series|format|gathering|summit|convening|info session)s?"
)
_EVENT_FR = (
    r"(?:evenement|reunion|atelier|session|conference|consultation|dialogue|forum|seminaire|formation|table ronde"
    r"|colloque|format)s?"
)
_EVENT_ES = (
    r"(?:evento|reunion|taller|sesion|conferencia|consulta|dialogo|foro|seminario|capacitacion|conversatorio|encuentro"
    r"|jornada|curso|mesa redonda|formato|modalidad)(?:e?s)?"
)
EVENT_NOUN = re.compile(rf"\b(?:{_EVENT}|{_EVENT_FR}|{_EVENT_ES})\b")
_PLATFORM = r"(?:zoom|webex|kudo|ms teams|microsoft teams|google meet|interprefy|skype|gotomeeting|gotowebinar)"
_WEBINAR = r"(?:webinar|webinaire|webinario|seminario web|seminario virtual)"
_ONLINE_WORD = r"(?:online|on-line|virtual(?:ly|es|mente)?|remote(?:ly)?|en linea|en ligne|virtuel(?:le)?s?|a distance)"
_IN_PERSON_WORD = r"(?:in[- ]person|on[- ]site|face[- ]to[- ]face|presencial(?:mente)?|en presentiel|en personne)"
_AND = r",? (?:and|or|as well as|&|y|o|et|ou) (?:also |de (?:forma|manera) )?"
_TAKES_PLACE = (
    r"(?:held|hosted|organi[sz]ed|convened|conducted|place|meet|met|delivered|lugar|cabo|lieu|tenue?|tiendra"
    r"|realiz\w{1,6}|celebr\w{1,6}|desarroll\w{1,6}|organise\w{0,2}|deroul\w{1,5})"
)
_HYBRID = re.compile(
    rf"\bhybrid(?: side)?[- ]{_EVENT}\b|\b{_EVENT_FR} hybride|\b{_EVENT_ES} (?:\w+ )?(?:hibrid|mixt)[ao]s?\b"
    r"|\b(?:in|en) (?:an? )?(?:hybrid|hybride|hibrid[ao])\b"
    rf"|\b{_IN_PERSON_WORD}{_AND}(?:{_ONLINE_WORD}|via zoom)|\b{_ONLINE_WORD}{_AND}{_IN_PERSON_WORD}"
    r"|\bin the room and (?:\w+ )?(?:online|virtually)"
)
_ONLINE = re.compile(
    rf"\b(?:online|virtual|zoom)(?: \w+)? {_EVENT}\b|\b{_EVENT_FR} (?:virtuel(?:le)?s?|en ligne)\b"
    rf"|\b{_EVENT_ES} (?:virtual(?:es)?|en linea)\b"
    rf"|\b{_TAKES_PLACE} (?:\w+ )?(?:{_ONLINE_WORD}|via {_PLATFORM})\b"
    rf"|\b(?:via|on|by|par|por|through|using|use|sur) (?:the )?{_PLATFORM}\b"
    rf"|\bzoom (?:link|webinar|platform|id)\b|\b[\w-]{{0,20}}\.?zoom\.us/"
    rf"|\b(?:this|the|a|un|el|este|le|ce|our|\d+(?:st|nd|rd|th)) (?:[\w-]+ ){{0,3}}?{_WEBINAR}\b"
    r"|\b(?:de (?:manera|forma)|modalidad|modo) (?:virtual|online)\b|\bvideoconferencia\b|\bvisioconference\b"
    rf"|^ ?(?:via |online[:,]? |virtual )?(?:{_PLATFORM}|online|virtual)(?: {_EVENT})?$",
    re.MULTILINE,
)
_IN_PERSON = re.compile(
    rf"\bin[- ]person\b|\bface[- ]to[- ]face {_EVENT}\b|\ben presentiel\b|\bpresencial(?:mente|es)?\b"
)
# Said of some who take part: with a place where the others meet it makes the event hybrid, alone it says nothing.
_SOME_ONLINE = re.compile(
    r"\b(?:join(?:ed|ing|s)?|participat(?:ed|ing|es?)|attend(?:ed|ing)?|connect(?:ed|ing)?|followed|some) "
    r"(?:\w+ ){0,2}?(?:online|virtually|remotely|via zoom)\b"
    r"|\bparticip\w{1,6} (?:en ligne|a distance|en linea|de manera virtual)\b"
)
_IN_TITLE = re.compile(rf"\b(?:{_WEBINAR}s?|{_ONLINE_WORD}|videoconferenc\w{{1,3}})\b")
_IN_FIELD = re.compile(rf"\b(?:{_ONLINE_WORD}|{_PLATFORM}|teams|{_WEBINAR}|videoconferenc\w{{1,3}}|visioconference)\b")
_HYBRID_WORD = re.compile(r"\b(?:hybride?|hibrid[ao])\b")
# One of these stands in every match above, and none crosses a line: only lines that have one need a search.
_STEMS = (
    *("online", "on-line", "virtu", "zoom", "remote", "en linea", "en ligne", "a distance", "hybrid", "hibrid"),
    *("mixt", "in person", "in-person", "en personne", "presenc", "presentiel", "face-to", "face to", "on-site"),
    *("webina", "seminario web", "videoconf", "visioconf", "kudo", "webex", "teams", "google meet", "interprefy"),
    *("skype", "gotomeeting", "gotowebinar", "on site"),
)


def is_about_practice(fields: tuple[Field, ...]) -> bool:
    """Whether the fields are those of a practice or a pledge, which nobody attends."""
    return any(field.name in _FIELDS_OF_PRACTICES for field in fields)


def find_attendance(
    document: Document, fields: tuple[Field, ...], meeting_places: tuple[Span, ...]
) -> tuple[Attendance | None, tuple[Span, ...]]:
    """How the event is attended, null where the page does not say, and the words that say it.

    ``meeting_places``: where the page says that people met; together with words for an online event they make it
    hybrid.
    """
    if is_about_practice(fields):
        return None, ()
    for fact in document.facts:
        mode = _SCHEMA_ORG.get(fact.value.rsplit("/", 1)[-1])
        if fact.name == "eventAttendanceMode" and mode:
            return mode, ()
    lines = _telling_lines(document.folded)
    if not lines:
        return None, ()
    values = [(value.start, value.end) for field in fields if field.name in _FIELDS for value in field.values]
    titles = [(document.title.start, document.title.end)] if document.title else []
    hybrid = _found(document, _HYBRID, lines) + _found(document, _HYBRID_WORD, [*values, *titles])
    in_person = _found(document, _IN_PERSON, lines) or list(meeting_places)
    if hybrid:
        return "hybrid", _in_order(hybrid)
    online = [
        *_found(document, _ONLINE, lines),
        *_found(document, _IN_FIELD, values),
        *_found(document, _IN_TITLE, titles),
    ]
    if online:
        return "hybrid" if in_person else "online", _in_order(online + in_person)
    if in_person and (some_online := _found(document, _SOME_ONLINE, lines)):
        return "hybrid", _in_order(some_online + in_person)
    if in_person and in_person != list(meeting_places):
        return "in_person", _in_order(in_person)
    return None, ()


def _telling_lines(folded: str) -> list[tuple[int, int]]:
    """Bounds of the lines that have one of the stems."""
    lines: set[tuple[int, int]] = set()
    for stem in _STEMS:
        at = folded.find(stem)
        while at >= 0:
            end = folded.find("\n", at)
            end = end if end >= 0 else len(folded)
            lines.add((folded.rfind("\n", 0, at) + 1, end))
            at = folded.find(stem, end)
    return sorted(lines)


def _found(document: Document, pattern: re.Pattern[str], passages: list[tuple[int, int]]) -> list[Span]:
    """The matches of ``pattern`` in the passages."""
    return [document.span(*m.span()) for bounds in passages for m in pattern.finditer(document.folded, *bounds)]


def _in_order(spans: list[Span]) -> tuple[Span, ...]:
    """Spans by place, those inside others left out."""
    ordered: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not ordered or span.end > ordered[-1].end:
            ordered.append(span)
    return tuple(ordered)
