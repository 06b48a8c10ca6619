"""Attendance: whether an event is held in person, online or both, and the words that say so."""

from __future__ import annotations

import re

from extractor.model import Attendance, Document, Field, Span
from extractor.text import fold

# Fields that describe how or where an event is held.
_FIELDS = frozenset(
    {"location", "venue", "format", "type_of_event", "event_category", "date", "dates", "time", "registration"}
)
# A page with one of these describes a practice or a pledge: "online" there is about its work, not about an event.
_FIELDS_OF_PRACTICES = frozenset(
    {"type_of_practice", "implementing_organizations", "partner_donor_organizations", "timeline"}
)
_SCHEMA_ORG: dict[str, Attendance] = {
    "OnlineEventAttendanceMode": "online",
    "OfflineEventAttendanceMode": "in_person",
    "MixedEventAttendanceMode": "hybrid",
}
_EVENT_NOUN = (
    r"(?:side[- ]event|event|meeting|workshop|session|conference|consultation|dialogue|forum|seminar|training|course|discussion"
    r"|briefing|launch|symposium|roundtable|panel|series|format|gathering|summit|convening|talks?|info session)"
)
_EVENT_NOUN_FR = r"(?:evenement|reunion|atelier|session|conference|consultation|dialogue|forum|seminaire|formation|table ronde|format)s?"
_EVENT_NOUN_ES = (
    r"(?:evento|reunion|taller|sesion(?:es)?|conferencia|consulta|dialogo|foro|seminario|capacitacion|conversatorio|encuentro|jornada"
    r"|mesa redonda|formato|modalidad)s?"
)
EVENT_NOUN = re.compile(rf"\b(?:{_EVENT_NOUN}s?|{_EVENT_NOUN_FR}|{_EVENT_NOUN_ES})\b")
# In folded text. Both ways at once:
_HYBRID = re.compile(
    rf"\bhybrid(?: side)?[- ]{_EVENT_NOUN}|\b{_EVENT_NOUN_FR} hybride|\b{_EVENT_NOUN_ES} (?:\w+ )?(?:hibrid|mixt)[ao]s?"
    r"|\b(?:in|en) (?:an? )?(?:hybrid|hybride|hibrid[ao])\b"
    r"|\bin[- ]person,? (?:and|or|as well as|&) (?:\w+ )?(?:online|virtual(?:ly)?|remote(?:ly)?|via zoom)"
    r"|\b(?:online|virtual(?:ly)?|remote(?:ly)?),? (?:and|or|as well as|&) (?:in[- ]person|on[- ]site|face[- ]to[- ]face)"
    r"|\bpresencial(?:mente)?,? (?:y|o|e) (?:\w+ ){0,2}(?:virtual|en linea|online)|\bvirtual,? y presencial"
    r"|\ben (?:presentiel|personne),? (?:et|ou) (?:\w+ ){0,2}(?:en ligne|a distance|visioconference)"
    r"|\bin the room and (?:\w+ )?(?:online|virtually)"
)
_ONLINE = re.compile(
    rf"\b(?:online|virtual|zoom)(?: \w+)? {_EVENT_NOUN}\b|\b{_EVENT_NOUN_FR} (?:virtuel(?:le)?s?|en ligne)\b"
    rf"|\b{_EVENT_NOUN_ES} (?:virtual(?:es)?|en linea)\b"
    r"|\b(?:held|hosted|organi[sz]ed|convened|conducted|place|be|is|was|meet|met|delivered) "
    r"(?:\w+ )?(?:online|virtually|remotely|via (?:zoom|webex|teams|ms teams))\b"
    r"|\b(?:via|on|by|par|por|through|using|use|sur) (?:the )?(?:zoom|webex|kudo|ms teams|microsoft teams|google meet|interprefy)\b"
    r"|\bzoom (?:link|meeting|webinar|platform|id)\b|\b[\w-]{0,20}\.?zoom\.us/"
    r"|\b(?:this|the|a|un|el|este|le|ce|our|[0-9]+(?:st|nd|rd|th)) (?:[\w-]+ ){0,3}?(?:webinar|webinaire|webinario|seminario web)\b"
    r"|\b(?:tendra|aura) lieu en ligne|\b(?:en linea|en ligne) (?:el|le) \d"
    r"|\b(?:de manera|de forma|modalidad|modo) (?:virtual|online)\b|\bvideoconferencia\b|\bvisioconference\b|\bvirtuellement\b"
)
_IN_PERSON = re.compile(
    rf"\bin[- ]person\b|\bface[- ]to[- ]face {_EVENT_NOUN}|\ben presentiel\b|\bpresencial(?:mente|es)?\b|\bin presenza\b"
)
# Said of some who take part: with a place where the others meet it makes the event hybrid, alone it says nothing.
_SOME_ONLINE = re.compile(
    r"\b(?:join(?:ed|ing|s)?|participat(?:ed|ing|es?)|attend(?:ed|ing)?|connect(?:ed|ing)?|follow(?:ed|ing)?|some) "
    r"(?:\w+ ){0,2}?(?:online|virtually|remotely|via zoom)\b|\bparticip\w{1,6} (?:en ligne|a distance|en linea|de manera virtual)\b"
)
_TITLE_ONLINE = re.compile(
    r"\b(?:webinars?|webinaires?|webinarios?|online|virtual|virtuel(?:le)?|videoconferenc\w{1,3}|en ligne|en linea)\b"
)
_VALUE_ONLINE = re.compile(
    r"\b(?:online|on-line|virtual|virtually|zoom|kudo|webex|(?:ms |microsoft )?teams|interprefy|webinar|en linea|en ligne|virtuel(?:le)?"
    r"|webinaire|videoconferenc\w{1,3}|visioconference|remote)\b"
)
_HYBRID_WORD = re.compile(r"\bh[iy]brid[aeo]?\b")


def is_about_practice(fields: tuple[Field, ...]) -> bool:
    """Whether the fields are those of a practice or a pledge, which nobody attends."""
    return any(field.name in _FIELDS_OF_PRACTICES for field in fields)


def find_attendance(
    document: Document, fields: tuple[Field, ...], venue: tuple[Span, ...]
) -> tuple[Attendance | None, tuple[Span, ...]]:
    """How the event is attended, null where the page does not say, and the words that say it.

    ``venue``: where the page says that people met (evidence of buildings and cities); with words for an online
    event it makes a hybrid one.
    """
    if is_about_practice(fields):
        return None, ()
    for fact in document.facts:
        mode = _SCHEMA_ORG.get(fact.value.rsplit("/", 1)[-1])
        if fact.name == "eventAttendanceMode" and mode:
            return mode, ()
    hybrid, online, in_person, some_online = _cues(document, fields)
    if hybrid:
        return "hybrid", hybrid
    if online and (in_person or venue):
        return "hybrid", _in_order(online, in_person or venue)
    if online:
        return "online", online
    if some_online and (in_person or venue):
        return "hybrid", _in_order(some_online, in_person or venue)
    if in_person:
        return "in_person", in_person
    return None, ()


def _cues(document: Document, fields: tuple[Field, ...]) -> tuple[tuple[Span, ...], ...]:
    """The words for hybrid, online, in person, and "joined online", each in the order of the page."""
    folded = fold(document.text)
    values = [v for f in fields if f.name in _FIELDS for v in f.values]
    hybrid = _found(document, folded, _HYBRID)
    online = _found(document, folded, _ONLINE)
    for value in values:
        if f_match := _HYBRID_WORD.search(folded, value.start, value.end):
            hybrid.append(document.span(*f_match.span()))
        online += [document.span(*m.span()) for m in _VALUE_ONLINE.finditer(folded, value.start, value.end)]
    if title := document.title:
        hybrid += [document.span(*m.span()) for m in _HYBRID_WORD.finditer(folded, title.start, title.end)]
        online += [document.span(*m.span()) for m in _TITLE_ONLINE.finditer(folded, title.start, title.end)]
    return (
        _in_order(hybrid),
        _in_order(online),
        _in_order(_found(document, folded, _IN_PERSON)),
        _in_order(_found(document, folded, _SOME_ONLINE)),
    )


def _found(document: Document, folded: str, pattern: re.Pattern[str]) -> list[Span]:
    return [document.span(*m.span()) for m in pattern.finditer(folded)]


def _in_order(*groups: tuple[Span, ...] | list[Span]) -> tuple[Span, ...]:
    """Spans by place, those inside others left out."""
    ordered: list[Span] = []
    for span in sorted((s for group in groups for s in group), key=lambda s: (s.start, -s.end)):
        if not ordered or span.end > ordered[-1].end:
            ordered.append(span)
    return tuple(ordered)
