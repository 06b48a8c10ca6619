"""Tags: the GCM objectives, guiding principles and SDGs that a page names.

Named in its own tag fields (basis "stated") or in its prose (basis "cited"); what a page is about without naming it
is inferred elsewhere. Rules, the strongest first:

- ``tag.field``: a value of a labelled tag field
- ``tag.line``: a tag that stands on a line of its own without a label ("SDG.10 - Reduced Inequalities")
- ``tag.markup``: a term link or an icon's alternative text
- ``tag.cited_number``: "GCM Objective 23", "SDG 10.7"
- ``tag.cited_title``: an official title or name
- ``tag.cited_phrase``: the distinctive name of a principle ("whole-of-society approach")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.model import Basis, Document, Field, Method, ObjectiveTag, Origin, PrincipleTag, Rank, SdgTag, Span, Tags
from extractor.stages.tags.cited import find_cited
from extractor.stages.tags.patterns import Tag
from extractor.stages.tags.reading import Hit, Reading
from extractor.stages.tags.stated import find_stated
from extractor.vocabularies import goals, objectives, principles

_RULES: dict[str, tuple[Basis, Method]] = {
    "tag.field": ("stated", "field"),
    "tag.line": ("stated", "field"),
    "tag.markup": ("stated", "metadata"),
    "tag.cited_number": ("cited", "rule"),
    "tag.cited_title": ("cited", "rule"),
    "tag.cited_phrase": ("cited", "rule"),
}
_STRENGTH = {rule: rank for rank, rule in enumerate(_RULES)}


def find_tags(document: Document, fields: tuple[Field, ...]) -> Tags:
    """The stated and cited tags of a page: one per objective, principle and goal, with all its evidence."""
    page = Reading(document)
    hits = [*find_stated(page, fields), *find_cited(page)]
    if not hits:
        return Tags()
    return Tags(_objective_tags(hits), _principle_tags(hits), _goal_tags(hits))


@dataclass(frozen=True, slots=True)
class _Grounds:
    """All that speaks for one tag."""

    hits: tuple[Hit, ...]

    @property
    def rule(self) -> str:
        return min((hit.rule for hit in self.hits), key=_STRENGTH.__getitem__)

    @property
    def basis(self) -> Basis:
        return _RULES[self.rule][0]

    @property
    def method(self) -> Method:
        return _RULES[self.rule][1]

    @property
    def rank(self) -> Rank | None:
        ranks = {hit.rank for hit in self.hits}
        return "primary" if "primary" in ranks else "secondary" if "secondary" in ranks else None

    @property
    def origin(self) -> Origin | None:
        """Of markup, where nothing in a field says the same."""
        return next((hit.origin for hit in self.hits if hit.rule == self.rule), None)

    @property
    def evidence(self) -> tuple[Span, ...]:
        """The spans in order, those within another left out."""
        spans = sorted({hit.span for hit in self.hits if hit.span}, key=lambda span: (span.start, -span.end))
        outer: list[Span] = []
        for span in spans:
            if not outer or span.end > outer[-1].end:
                outer.append(span)
        return tuple(outer)


def _grounds(hits: Sequence[Hit], tag: Tag) -> _Grounds | None:
    own = tuple(hit for hit in hits if hit.tag is tag)
    return _Grounds(own) if own else None


def _objective_tags(hits: Sequence[Hit]) -> tuple[ObjectiveTag, ...]:
    return tuple(
        ObjectiveTag(o.number, o.label, o.title, g.rank, g.basis, True, g.evidence, g.method, g.rule, origin=g.origin)
        for o in objectives()
        if (g := _grounds(hits, o))
    )


def _principle_tags(hits: Sequence[Hit]) -> tuple[PrincipleTag, ...]:
    return tuple(
        PrincipleTag(p.key, p.label, g.basis, True, g.evidence, g.method, g.rule, origin=g.origin)
        for p in principles()
        if (g := _grounds(hits, p))
    )


def _goal_tags(hits: Sequence[Hit]) -> tuple[SdgTag, ...]:
    found: list[SdgTag] = []
    for goal in goals():
        if g := _grounds(hits, goal):
            named = {hit.target for hit in g.hits}
            targets = tuple(code for code in goal.targets if code in named)
            found.append(
                SdgTag(
                    goal.number,
                    goal.label,
                    targets,
                    g.basis,
                    True,
                    g.evidence,
                    g.method,
                    g.rule,
                    origin=g.origin,
                )
            )
    return tuple(found)


def with_inferred(stated: Tags, inferred: Tags) -> Tags:
    """What the page states or cites, and of what is inferred only the rest."""
    objectives = {tag.number for tag in stated.objectives}
    principles = {tag.key for tag in stated.principles}
    goals = {tag.goal for tag in stated.sdgs}
    return Tags(
        (*stated.objectives, *(tag for tag in inferred.objectives if tag.number not in objectives)),
        (*stated.principles, *(tag for tag in inferred.principles if tag.key not in principles)),
        (*stated.sdgs, *(tag for tag in inferred.sdgs if tag.goal not in goals)),
    )
