"""Names: the organizations and people of a page. The one place where rules and the model's mentions meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor import gazetteer
from extractor.model import Document, Field, Mention, Notice, Organization, Person, Span
from extractor.stages.organizations import OrganizationMention, find_organizations, without_overlap
from extractor.stages.people import PersonMention, find_people
from extractor.stages.resolve import resolve_organizations, resolve_people
from extractor.stages.roles import roles_of
from extractor.stages.words import read


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

    return NamesFound(organizations, resolve_people(people, organization_of))


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
