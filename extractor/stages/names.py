"""Names: the organizations and people of a page. The one place where rules and the model's mentions meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor import gazetteer
from extractor.model import Document, Field, Mention, Notice, Organization, OrganizationRole, Person, Span
from extractor.stages.organizations import OrganizationMention, find_organizations, without_overlap
from extractor.stages.people import PersonMention, find_people
from extractor.stages.resolve import resolve_organizations, resolve_people
from extractor.stages.roles import roles_of
from extractor.stages.words import read


PRACTICE_FIELDS = frozenset({"type_of_practice", "implementing_organizations", "detailed_information"})


@dataclass(frozen=True, slots=True)
class NamesFound:
    """The bodies and people of a page, in the order in which it names them."""

    organizations: tuple[Organization, ...]
    people: tuple[Person, ...]
    notices: tuple[Notice, ...] = ()


def find_names(document: Document, fields: Sequence[Field], entities: Sequence[Mention]) -> NamesFound:
    """Every organization and person of the page. ``entities``: what a model has found; may be empty."""
    reading = read(document)
    mentions = find_organizations(reading, fields)
    people = find_people(reading, fields, mentions)
    mentions = _with_affiliations(mentions, people)
    organizations, of_mention = resolve_organizations(mentions, roles_of(document, mentions))

    def organization_of(affiliation: Span) -> str | None:
        """The body that a person's affiliation names; of a part and its whole, the whole."""
        inside = [
            n for n, m in enumerate(mentions) if affiliation.start <= m.span.start and m.span.end <= affiliation.end
        ]
        return organizations[of_mention[inside[-1]]].id if inside else None

    return NamesFound(_with_a_lead(organizations, fields), resolve_people(people, organization_of))


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


def _with_affiliations(
    mentions: Sequence[OrganizationMention], people: Sequence[PersonMention]
) -> tuple[OrganizationMention, ...]:
    """The mentions with the bodies that only a person's position shows: "Amina Diallo, Fairtex CEO"."""
    found = list(mentions)
    for person in people:
        span = person.affiliation
        if span is None or any(m.span.start < span.end and span.start < m.span.end for m in mentions):
            continue
        if gazetteer.country_by_name(span.text) or gazetteer.region_by_name(span.text):
            continue
        found.append(OrganizationMention(span, " ".join(span.text.split()), "org.affiliation"))
    return without_overlap(found)
