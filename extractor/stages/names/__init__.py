"""Names: the organizations and people of a page. The one place where rules and the model's mentions meet.

Structure and rules come first. Of the model's mentions those are taken up that overlap no rule's and that no decoy
forbids (``org.model``, ``person.model``); where a rule that is only a guess from the form of the name and the model
agree, the mention says so (``org.rule+model``, ``person.rule+model``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor import gazetteer
from extractor.model import Document, Field, Mention, Notice, Organization, OrganizationRole, Person, Span
from extractor.profiles import key, load_profile
from extractor.stages.names import patterns
from extractor.stages.names.body_names import OrganizationMention
from extractor.stages.names.implied_fields import find_implied_fields
from extractor.stages.names.known_bodies import body_named
from extractor.stages.names.organizations import find_organizations, without_overlap
from extractor.stages.names.people import PersonMention, find_people
from extractor.stages.names.resolve import organization_of_markup, resolve_organizations, resolve_people
from extractor.stages.names.roles import ROLES, roles_of
from extractor.stages.names.spans import SpanIndex
from extractor.stages.names.words import Reading, Word, line_at, line_number, read, split_words
from extractor.text import fold

PRACTICE_FIELDS = frozenset({"type_of_practice", "implementing_organizations", "detailed_information"})
# Rules that go by the form of a name or its neighbours: the model's agreement says something about them.
ORGANIZATION_GUESSES = frozenset(
    {"org.head", "org.unit", "org.quoted", "org.definition", "org.cue", "org.list", "org.enumeration"}
)
PERSON_GUESSES = frozenset(
    {"person.apposition", "person.position", "person.list", "person.of", "person.label", "person.speech"}
)


MARKUP_ROLES: dict[str, OrganizationRole] = {
    "organizer.name": "organizer",
    "sponsor.name": "donor",
    "funder.name": "donor",
    "contributor.name": "partner",
}
_LONGEST_MARKUP_NAME = 200
_OPENING_REACH = 8  # characters before a name that tell whether it opens a sentence
_ONLY_POSITIONS = patterns.POSITIONS - {"guard", "ombudsman", "ombudsperson"}  # without those that name bodies as well
_BETWEEN_PLACES = re.compile(r" [-–—|/] |, ")
_BRACKETED = re.compile(r"\(([A-Z][A-Z0-9]{1,8})\b")  # acronyms that the page explains


@dataclass(frozen=True, slots=True)
class NamesFound:
    """The bodies and people of a page, in the order in which it names them."""

    organizations: tuple[Organization, ...]
    people: tuple[Person, ...]
    notices: tuple[Notice, ...] = ()


def find_names(document: Document, fields: Sequence[Field], entities: Sequence[Mention]) -> NamesFound:
    """Every organization and person of the page. ``entities``: what a model has found; may be empty."""
    reading = read(document)
    found = find_organizations(reading, [*fields, *find_implied_fields(document)])
    bodies = _meet_organizations(reading, found, entities)
    candidates = [m.span for m in entities if m.kind == "PERSON"]
    models = [m for m in bodies if m.rule == "org.model"]
    if models:  # what rules take for a person is no body of the model's
        bodies = _without_people(bodies, find_people(_near(reading, models), fields, found))
    people = _meet_people(find_people(reading, fields, bodies, candidates), entities)
    bodies = _without_people(bodies, people)
    people = _with_whole_affiliations(people, bodies)
    bodies = _with_affiliations(bodies, people)
    named = {fold(m.name) for m in bodies if m.rule != "org.model"}
    people = tuple(p for p in people if p.rule != "person.model" or fold(p.name) not in named)
    organizations, of_mention = resolve_organizations(bodies, roles_of(document, bodies))

    starts = [m.span.start for m in bodies]

    def organization_of(affiliation: Span) -> str | None:
        """The body that a person's affiliation names; of a part and its whole, the whole."""
        near = range(bisect_left(starts, affiliation.start), bisect_left(starts, affiliation.end))
        inside = [n for n in near if bodies[n].span.end <= affiliation.end]
        return organizations[of_mention[inside[-1]]].id if inside else None

    persons = resolve_people(people, organization_of)
    return NamesFound(
        _with_a_lead(_with_markup_bodies(organizations, document), fields),
        _with_markup_people(persons, document),
    )


# --- rules and model ---------------------------------------------------------------------------------------------


def _meet_organizations(
    reading: Reading, mentions: Sequence[OrganizationMention], entities: Sequence[Mention]
) -> tuple[OrganizationMention, ...]:
    spans = {(e.span.start, e.span.end) for e in entities if e.kind == "ORG"}
    found = [
        replace(m, rule="org.rule+model")
        if m.rule in ORGANIZATION_GUESSES and (m.span.start, m.span.end) in spans
        else m
        for m in mentions
    ]
    decoy_kinds = [e.span for e in entities if e.kind in ("EVENT", "DOC")]
    taken = _index([*(m.span for m in mentions), *decoy_kinds])
    explained = {m.acronym for m in mentions}
    decoys = {a for a in _BRACKETED.findall(reading.document.text) if a not in explained}
    for entity in entities:
        if entity.kind == "ORG" and not taken.overlaps(entity.span.start, entity.span.end):
            span = _without_article(reading.document, entity.span)
            if span.text not in decoys and _may_be_a_body(reading, span):
                found.append(OrganizationMention(span, " ".join(span.text.split()), "org.model", "model"))
    return without_overlap(found)


def _meet_people(mentions: Sequence[PersonMention], entities: Sequence[Mention]) -> tuple[PersonMention, ...]:
    spans = _index(e.span for e in entities if e.kind == "PERSON")
    return tuple(
        replace(m, rule="person.rule+model")
        if m.rule in PERSON_GUESSES and spans.overlaps(m.span.start, m.span.end)
        else m
        for m in mentions
    )


def _index(spans: Iterable[Span]) -> SpanIndex:
    return SpanIndex((span.start, span.end) for span in spans)


def _without_article(document: Document, span: Span) -> Span:
    words = split_words(document.text, span.start, span.end)
    while len(words) > 1 and words[0].shape == "lower" and words[0].fold in patterns.DETERMINERS:
        words = words[1:]
    while len(words) > 1 and (
        (words[-1].shape == "mark" and words[-1].text not in ").")
        or words[-1].fold == "'s"
        or (words[-1].shape == "lower" and words[-1].fold in patterns.FUNCTION_WORDS)
        or words[-1].fold in patterns.HONORIFICS
    ):
        words = words[:-1]
    return document.span(words[0].start, words[-1].end) if words else span


def _may_be_a_body(reading: Reading, span: Span) -> bool:
    """Whether no decoy forbids it: places, treaties, events, generic groups, headings, words that are no names."""
    words = [w for w in split_words(reading.document.text, span.start, span.end) if w.shape != "mark"]
    line = line_at(reading, span.start)
    if not words or line is None or line.title_case or len(span.text) < 3 or "\n" in span.text:
        return False
    if not words[0].is_name or len(words) > 14 or span.text in patterns.DECOY_ACRONYMS:
        return False
    if key(span.text) in load_profile(reading.document.profile).menu:
        return False
    if body_named(span.text) is not None:
        return False  # the rules know it, and had a reason to leave it out
    if span.start in reading.places or all(_is_place(part) for part in _BETWEEN_PLACES.split(span.text)):
        return False
    if len(words) == 1 and words[0].shape == "Upper" and _opens(reading.document.text, span.start):
        return False  # the capital says nothing
    if words[0].fold in patterns.ROOM_WORDS or _is_amount(reading.document.text, span):
        return False
    if span.end >= len(reading.document.text.rstrip()) and len(line.words) > 8:
        return False  # the page breaks off in the name
    if not all(w.is_name or w.shape == "digit" or _may_join(w) for w in words):
        return False
    last = words[-1].fold
    heads_no_body = patterns.TREATY_WORDS | (patterns.EVENT_WORDS - patterns.HEAD_KINDS.keys())
    if last in heads_no_body or last.removesuffix("s") in heads_no_body or _is_demonym(span.text):
        return False
    if last in patterns.POSITION_MODIFIERS or (last in _ONLY_POSITIONS and len(words) > 1):
        return False  # "the UN Resident", "the UN Resident Coordinator"
    if words[0].fold in patterns.POSITIONS and len(words) > 1 and words[1].fold in patterns.CONNECTORS:
        return False  # "Ombudsman for Migrants"
    if words[0].fold in patterns.TITLE_WORDS or words[0].fold in patterns.HONORIFICS:
        return False
    return not all(_is_common(word) or word.start in reading.places for word in words)


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, a line or what a colon announces begins there."""
    before = text[max(0, start - _OPENING_REACH) : start].rstrip(' \xa0"“«‘([¿¡')
    return not before or before[-1] in "\n.!?:;•·★"


def _is_place(name: str) -> bool:
    return gazetteer.country_by_name(name) is not None or bool(gazetteer.cities_named(name))


def _is_amount(text: str, span: Span) -> bool:
    """ "KES 500": a currency, or another unit."""
    return span.text.isupper() and text[span.end : span.end + 2].lstrip(" \xa0")[:1].isdigit()


def _is_demonym(text: str) -> bool:
    """ "Kenyan", "Iraqis": people, not bodies."""
    singular = text.removesuffix("s")
    return any(m.end >= len(singular) for m in gazetteer.find_countries(singular, demonyms=True) if m.start == 0)


def _may_join(word: Word) -> bool:
    """Whether a word in lower case can stand inside a name: a connector, an adjective, a field of work."""
    return (
        word.fold in patterns.CONNECTORS
        or word.fold in patterns.DETERMINERS
        or word.fold in patterns.CONJUNCTIONS
        or word.fold in patterns.PARTICLES
        or word.fold in patterns.PLACE_CONNECTORS
        or patterns.is_adjective(word.fold)
        or word.fold in patterns.TOPICS
    )


def _is_common(word: Word) -> bool:
    """A word that by itself names nobody: "Network", "Civil Society", "Member States"."""
    return (
        word.fold in patterns.NAME_BLOCKERS
        or word.fold in patterns.FUNCTION_WORDS
        or word.fold in patterns.HEAD_KINDS
        or word.fold in patterns.POSITIONS
        or (word.shape != "CAPS" and word.fold in patterns.TOPICS)
        or word.fold in patterns.GENERIC_MODIFIERS
    )


def _near(reading: Reading, mentions: Sequence[OrganizationMention]) -> Reading:
    """The lines of the mentions, with the two before and the one behind: a person's card has up to three lines."""
    around = {line_number(reading, m.span.start) + step for m in mentions for step in range(-2, 2)}
    return replace(reading, lines=[line for number, line in enumerate(reading.lines) if number in around])


def _without_people(
    mentions: Sequence[OrganizationMention], people: Sequence[PersonMention]
) -> tuple[OrganizationMention, ...]:
    """The mentions without those that are only guessed and stand where a person is named."""
    named = _index(p.span for p in people)
    guesses = ("org.model", "org.cue", "org.list")
    return tuple(m for m in mentions if m.rule not in guesses or not named.overlaps(m.span.start, m.span.end))


# --- bodies and people together -----------------------------------------------------------------------------------


def _with_whole_affiliations(
    people: Sequence[PersonMention], bodies: Sequence[OrganizationMention]
) -> tuple[PersonMention, ...]:
    """The mentions with the body for which only its noun stands: "adviser at the Chamber" is of the Chamber of Trade
    named before."""
    by_noun: dict[str, list[Span]] = {}
    for body in bodies:
        if " " in body.name:
            for noun in patterns.HEAD_KINDS.keys() & set(fold(body.name).split()):
                by_noun.setdefault(noun, []).append(body.span)
    return tuple(
        replace(p, affiliation=_in_full(p.affiliation, by_noun)) if p.affiliation is not None else p for p in people
    )


def _in_full(affiliation: Span, by_noun: Mapping[str, Sequence[Span]]) -> Span:
    named = by_noun.get(fold(affiliation.text), ()) if affiliation.text[0].isupper() else ()
    before = bisect_left(named, affiliation.start, key=lambda span: span.start)
    return named[before - 1] if before else affiliation


def _with_affiliations(
    mentions: Sequence[OrganizationMention], people: Sequence[PersonMention]
) -> tuple[OrganizationMention, ...]:
    """The mentions with the bodies that only a person's position shows: "Amina Diallo, Fairtex CEO"."""
    found = list(mentions)
    named = _index(m.span for m in mentions)
    for person in people:
        span = person.affiliation
        if span is None or named.overlaps(span.start, span.end):
            continue
        if gazetteer.country_by_name(span.text) or gazetteer.region_by_name(span.text):
            continue
        if fold(span.text) in patterns.HEAD_KINDS or fold(span.text) in patterns.BODY_NOUNS:
            continue  # "porte-parole du Collectif" names no body
        found.append(OrganizationMention(span, " ".join(span.text.split()), "org.affiliation"))
    return without_overlap(found)


def _with_a_lead(organizations: tuple[Organization, ...], fields: Sequence[Field]) -> tuple[Organization, ...]:
    """Where no words say whose practice it is: the body that the page speaks of most, or first."""
    if not organizations or any({"organizer", "implementer"} & set(o.roles) for o in organizations):
        return organizations
    if not any(f.name in PRACTICE_FIELDS or "project" in f.name for f in fields):
        return organizations
    counts = [len(o.evidence) for o in organizations]
    most = max(counts)
    if counts.count(most) > 1 and most > 1:
        return organizations
    lead = organizations[counts.index(most)]
    role: OrganizationRole = "implementer"
    return tuple(replace(o, roles=(role,)) if o is lead else o for o in organizations)


# --- what only the markup states -----------------------------------------------------------------------------------


def _with_markup_bodies(organizations: tuple[Organization, ...], document: Document) -> tuple[Organization, ...]:
    """The bodies with those that the markup names, and the roles that it gives them."""
    found = list(organizations)
    for fact in document.facts:
        role = MARKUP_ROLES.get(fact.name)
        if role is None or not fact.value.strip() or len(fact.value) > _LONGEST_MARKUP_NAME:
            continue
        same = next((n for n, o in enumerate(found) if _is_called(o, fact.value)), None)
        if same is None:
            found.append(organization_of_markup(fact, role, _passages(document.text, fact.value)))
        elif role not in found[same].roles:
            roles = {*found[same].roles, role} - {"mentioned"}
            found[same] = replace(found[same], roles=tuple(r for r in ROLES if r in roles))
    return tuple(found)


def _passages(text: str, name: str) -> tuple[Span, ...]:
    """Where the text has the markup's name word for word: the first time; nowhere, often."""
    match = re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text)
    return (Span(match.start(), match.end(), match.group()),) if match else ()


def _is_called(organization: Organization, name: str) -> bool:
    names = (organization.name, organization.acronym, organization.official_name, *organization.aliases)
    body = body_named(name)
    return fold(name.strip()) in {fold(n) for n in names if n} or (body is not None and body.id == organization.id)


def _with_markup_people(people: tuple[Person, ...], document: Document) -> tuple[Person, ...]:
    """The people with those that the markup names as performers: speakers."""
    found = list(people)
    for fact in document.facts:
        name = " ".join(fact.value.split())
        if fact.name != "performer.name" or not name or len(name) > _LONGEST_MARKUP_NAME:
            continue
        if all(fold(name) != fold(p.name) for p in found):
            evidence = _passages(document.text, fact.value)
            speaker = Person(name, None, None, None, None, ("speaker",), evidence, "metadata", "person.metadata")
            found.append(replace(speaker, origin=fact.origin))
    return tuple(found)
