"""Resolve: mentions of one body, or of one person, become one entity of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extractor import gazetteer
from extractor.model import MarkupFact, Organization, OrganizationRole, Person, Span
from extractor.stages.names.body_names import OrganizationMention
from extractor.stages.names.known_bodies import BY_COUNTRY, KnownBody, body_named
from extractor.stages.names.patterns import COMPANY_FORMS, FUNCTION_WORDS, HEAD_KINDS, PLACE_HEADS
from extractor.stages.names.people import PersonMention
from extractor.stages.names.roles import ROLES, Roles
from extractor.text import fold

# The rules from the most to the least reliable: an entity is what its best mention says.
RELIABILITY = (
    "org.field",
    "org.metadata",
    "org.vocabulary",
    "org.office",
    "org.rule+model",
    "org.definition",
    "org.head",
    "org.enumeration",
    "org.quoted",
    "org.acronym",
    "org.unit",
    "org.list",
    "org.affiliation",
    "org.cue",
    "org.model",
)
_SLUG = re.compile(r"[^a-z0-9]+")
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ]")
_UNDER = re.compile(r"\s+(?:under|bajo|aupr[eè]s)\s+")
_OF = re.compile(r"\s(?:of|de|du|del|des|in|en|au|aux)\s+(?:the\s+|la\s+|l['’])?|\sd['’]", re.IGNORECASE)
_ARTICLE = re.compile(r"\A(?:(?:the|la|le|les|el|los|las)\s+|l['’])", re.IGNORECASE)


# A page that names more bodies than this is a directory: their short forms are not looked for.
_MOST_ENTITIES = 1000


@dataclass(slots=True, eq=False)
class _Entity:
    mentions: list[int]
    base: tuple[str, ...]  # the folded words of the name, without country
    country_code: str | None
    body: KnownBody | None
    office: bool
    names: list[str] = field(default_factory=list)
    acronyms: list[str] = field(default_factory=list)
    merged: bool = False  # into another


def resolve_organizations(
    mentions: Sequence[OrganizationMention], roles: Roles
) -> tuple[tuple[Organization, ...], tuple[int, ...]]:
    """The bodies of the page in the order of their first mention, and for each mention the index of its body."""
    entities = _same_names(mentions)
    _merge_offices(entities, mentions)
    if len(entities) <= _MOST_ENTITIES:
        _merge_short_forms(entities)
    _merge_acronyms(entities)
    entities = sorted((e for e in entities if not e.merged), key=lambda e: min(e.mentions))
    of_mention = [0] * len(mentions)
    for index, entity in enumerate(entities):
        for number in entity.mentions:
            of_mention[number] = index
    return tuple(_organization(e, mentions, roles) for e in entities), tuple(of_mention)


def organization_of_markup(fact: MarkupFact, role: OrganizationRole, evidence: tuple[Span, ...]) -> Organization:
    """A body that the page's markup names, with the passages that name it, too, if any."""
    name = " ".join(fact.value.split())
    nowhere = Span(0, 0, name)
    mention = OrganizationMention(nowhere, name, "org.metadata", "metadata", body_named(name))
    ((found,), _) = resolve_organizations([mention], Roles([{role}], set()))
    return replace(found, evidence=evidence, origin=fact.origin)


def _same_names(mentions: Sequence[OrganizationMention]) -> list[_Entity]:
    """An entity for every known body, every office of one, and every other name with its country."""
    entities: dict[object, _Entity] = {}
    for number, mention in enumerate(mentions):
        base, country = _split_country(mention)
        key: object = (base, country)
        if mention.body is not None:
            key = mention.body.id
        if mention.office:
            key = (key, country, "regional" in base, base if country is None else ())
        entity = entities.setdefault(key, _Entity([], base, country, mention.body, mention.office))
        entity.mentions.append(number)
        if mention.name not in entity.names:
            entity.names.append(mention.name)
        if mention.acronym and mention.acronym not in entity.acronyms:
            entity.acronyms.append(mention.acronym)
    return list(entities.values())


def _split_country(mention: OrganizationMention) -> tuple[tuple[str, ...], str | None]:
    """A name's words without the country that it ends with, and that country."""
    name = _ARTICLE.sub("", mention.name, count=1)
    country = mention.country_code
    for connector in _OF.finditer(name):
        found = gazetteer.country_by_name(name[connector.end() :])
        if found is not None:
            country = found.alpha2
            name = name[: connector.start()]
            break
    words = tuple(re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", fold(name))))
    return words or tuple(re.findall(r"\w+", fold(mention.name))), country


def _merge(into: _Entity, other: _Entity) -> None:
    into.mentions += other.mentions
    into.names += [n for n in other.names if n not in into.names]
    into.acronyms += [a for a in other.acronyms if a not in into.acronyms]
    into.country_code = into.country_code or other.country_code
    if into.body is None:
        into.body, into.office = other.body, other.office
    other.merged = True


def _merge_offices(entities: Sequence[_Entity], mentions: Sequence[OrganizationMention]) -> None:
    """A bare acronym ("IOM") on a page with one country office of that body ("IOM Kenya") means the office. The full
    name means the body itself, except for networks that every country has its own of."""
    offices: dict[str, list[_Entity]] = {}
    for entity in entities:
        if entity.body is not None and entity.office:
            offices.setdefault(entity.body.id, []).append(entity)
    for entity in entities:
        if entity.body is None or (entity.office and entity.country_code is not None):
            continue
        others = [e for e in offices.get(entity.body.id, ()) if e is not entity]
        of_every_country = entity.body.id in BY_COUNTRY and not entity.office
        if not of_every_country:
            others = [e for e in others if e.country_code is not None]
        named = [e for e in others if set(e.acronyms) & set(entity.names)] or others
        if len(named) == 1 and (of_every_country or _stands_for_an_office(entity, mentions)):
            _merge(named[0], entity)


def _stands_for_an_office(entity: _Entity, mentions: Sequence[OrganizationMention]) -> bool:
    if any(mentions[n].field for n in entity.mentions):
        return False
    if entity.office:  # "IOM Mission", of no country
        return not any("regional" in fold(n) or gazetteer.find_regions(n) for n in entity.names)
    return not entity.acronyms and all(_is_acronym(name) for name in entity.names)


def _is_acronym(name: str) -> bool:
    return " " not in name and sum(c.isupper() for c in name) >= 2


def _merge_short_forms(entities: Sequence[_Entity]) -> None:
    """The "State Migration Service" is the "State Migration Service of the Republic of X" of the same page."""
    for entity in sorted(entities, key=lambda e: len(e.base)):
        if entity.body is None:
            longer = [e for e in entities if e is not entity and not e.merged and _is_short_form(entity, e)]
            fullest = [e for e in longer if not any(_is_short_form(e, o) for o in longer if o is not e)]
            if len(fullest) == 1:
                _merge(fullest[0], entity)


def _is_short_form(short: _Entity, full: _Entity) -> bool:
    if full.body is not None and full.office:
        return False
    if short.country_code is not None and short.country_code != full.country_code:
        return False
    if short.base == full.base:
        return short.country_code is None and full.country_code is not None
    if full.base[0] in COMPANY_FORMS and short.base == full.base[1:]:
        return True  # "Kaaru" is the "Association Kaaru"
    if len(short.base) < 2 or len(short.base) >= len(full.base):
        return False
    if any(_UNDER.search(n) and fold(_UNDER.split(n)[0]).split() == list(short.base) for n in full.names):
        return True
    if short.base[-1] != full.base[-1]:
        return False
    in_order = iter(full.base)
    if not all(word in in_order for word in short.base):
        return False
    rest = list(full.base)
    for word in short.base:
        rest.remove(word)
    # "Ministry of Labour" is not the "Statistics Department of the Ministry of Labour".
    return not any(word in HEAD_KINDS for word in rest)


def _merge_acronyms(entities: Sequence[_Entity]) -> None:
    """An acronym belongs to the name that the page explains it with, or else to the name with its initials."""
    explained: dict[str, _Entity] = {}
    spelled: dict[str, _Entity] = {}
    for entity in entities:
        if not entity.merged:
            for acronym in entity.acronyms:
                explained.setdefault(acronym, entity)
            for name in entity.names:
                spelled.setdefault("".join(_CAPITAL.findall(name)), entity)
    for entity in entities:
        if entity.merged or not all(_is_acronym(n) for n in entity.names):
            continue
        full = explained.get(entity.names[0]) or spelled.get(entity.names[0])
        if full is not None and full is not entity and not full.merged:
            _merge(full, entity)


def _organization(entity: _Entity, mentions: Sequence[OrganizationMention], roles: Roles) -> Organization:
    numbers = sorted(entity.mentions)
    best = min(numbers, key=lambda n: RELIABILITY.index(mentions[n].rule))
    name = max(entity.names, key=lambda n: (not n.isupper() or " " not in n, len(n)))
    folded = fold(name)
    found = set().union(*(roles.stated[n] for n in numbers))
    if not found - {"participant", "mentioned"} and not roles.helping.isdisjoint(numbers):
        found.add("partner")
    if len(found) > 1:
        found.discard("mentioned")
    body = entity.body
    acronym = next(iter(entity.acronyms), None)
    if acronym is None:
        acronym = next((n for n in entity.names if n != name and _is_acronym(n) and not entity.office), None)
    if acronym is None and body is not None and not entity.office:
        acronym = body.acronym
    return Organization(
        id=_identifier(entity),
        name=name,
        acronym=acronym,
        aliases=tuple(n for f, n in _by_fold(entity.names).items() if f != folded and n != acronym),
        kind=body.kind if body is not None else _kind(folded),
        country_code=entity.country_code or (body.country_code if body is not None else None),
        parent_id=body.id if body is not None and entity.office else None,
        official_name=body.name if body is not None and not entity.office else None,
        roles=tuple(role for role in ROLES if role in found) or ("mentioned",),
        evidence=_evidence([mentions[n].span for n in numbers]),
        method=mentions[best].method,
        rule=mentions[best].rule,
    )


def _by_fold(names: Sequence[str]) -> dict[str, str]:
    """The names that differ not only in case and accents."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(fold(name), name)
    return seen


def _evidence(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans), key=lambda s: (s.start, s.end)))


def _identifier(entity: _Entity) -> str:
    if entity.body is not None and not entity.office:
        return entity.body.id
    if entity.body is not None and entity.country_code is not None and "regional" not in entity.base:
        return f"{entity.body.id}-{entity.country_code.lower()}"
    words = " ".join(w for w in entity.base if w not in FUNCTION_WORDS) or " ".join(entity.base)
    slug = _SLUG.sub("-", words).strip("-") or "-".join(f"{ord(c):x}" for c in words[:8])
    country = f"-{entity.country_code.lower()}" if entity.country_code else ""
    return f"org:{slug}{country}"


def _kind(folded: str) -> str | None:
    """What kind of body the noun says that heads the folded name."""
    if folded.split(None, 1)[0] in PLACE_HEADS:
        return "government"
    kinds = [HEAD_KINDS[w] for w in re.findall(r"[\w-]+", folded) if w in HEAD_KINDS]
    return next((kind for kind in kinds if kind), None)


# --- people ------------------------------------------------------------------------------------------------------

PERSON_RELIABILITY = (
    "person.field",
    "person.metadata",
    "person.rule+model",
    "person.honorific",
    "person.apposition",
    "person.position",
    "person.label",
    "person.list",
    "person.of",
    "person.speech",
    "person.model",
)


def resolve_people(
    mentions: Sequence[PersonMention], organization_of: Callable[[Span], str | None]
) -> tuple[Person, ...]:
    """The people of the page in the order of their first mention."""
    groups: list[list[PersonMention]] = []
    by_word: dict[str, list[list[PersonMention]]] = {}
    for mention in sorted(mentions, key=lambda m: (-len(_name_words(m.name)), m.span.start)):
        words = _name_words(mention.name)
        candidates = by_word.get(words[-1], []) if words else []
        group = next((g for g in candidates if _same_person(words, _name_words(g[0].name))), None)
        if group is None:
            group = []
            groups.append(group)
            for word in dict.fromkeys(words):
                by_word.setdefault(word, []).append(group)
        group.append(mention)
    for group in groups:
        group.sort(key=lambda m: m.span.start)
    groups.sort(key=lambda g: g[0].span.start)
    return tuple(_person(group, organization_of) for group in groups)


def _name_words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", fold(name)))


def _same_person(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the shorter name is the longer one cut down: a surname, a first name, initials left out."""
    if words == full:
        return True
    if not words or len(words) > len(full):
        return False
    if len(words) == 1:
        return words[0] in full and len(words[0]) > 1
    rest = iter(full)
    return all(any(word == other or (len(word) == 1 and other[0] == word) for other in rest) for word in words)


def _person(group: Sequence[PersonMention], organization_of: Callable[[Span], str | None]) -> Person:
    best = min(group, key=lambda m: PERSON_RELIABILITY.index(m.rule))
    name = max((m.name for m in group), key=len)
    stated = next((m for m in group if m.position and m.affiliation), None)
    stated = stated or next((m for m in group if m.position), None) or next((m for m in group if m.affiliation), None)
    affiliation = stated.affiliation if stated is not None else None
    if affiliation is None:
        affiliation = next((m.affiliation for m in group if m.affiliation), None)
    found = {m.role for m in group}
    roles = tuple(r for r in ("speaker", "moderator", "participant") if r in found) or ("mentioned",)
    return Person(
        name=name,
        honorific=next((m.honorific for m in group if m.honorific), None),
        position=stated.position if stated is not None else None,
        affiliation=" ".join(affiliation.text.split()) if affiliation is not None else None,
        organization_id=organization_of(affiliation) if affiliation is not None else None,
        roles=roles,
        evidence=_evidence([m.span for m in group]),
        method=best.method,
        rule=best.rule,
    )
