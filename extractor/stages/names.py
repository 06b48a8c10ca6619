"""Names: the organizations and people of a page. The one place where rules and the model's mentions meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.model import Document, Field, Mention, Notice, Organization, Person
from extractor.stages.organizations import find_organizations
from extractor.stages.resolve import resolve_organizations
from extractor.stages.roles import roles_of


@dataclass(frozen=True, slots=True)
class NamesFound:
    """The bodies and people of a page, in the order in which it names them."""

    organizations: tuple[Organization, ...]
    people: tuple[Person, ...]
    notices: tuple[Notice, ...] = ()


def find_names(document: Document, fields: Sequence[Field], entities: Sequence[Mention]) -> NamesFound:
    """Every organization and person of the page. ``entities``: what a model has found; may be empty."""
    mentions = find_organizations(document, fields)
    organizations, _ = resolve_organizations(mentions, roles_of(document, mentions))
    return NamesFound(organizations, ())
