"""Cues are looked for only where they can open; none is missed by that."""

from __future__ import annotations

import re

import pytest

from extractor.stages.names.cues import BEFORE, BEFORE_ANYONE, CUES_OF_ROLES, heads_of, spaced


@pytest.mark.parametrize(
    ("phrase", "heads"),
    [
        ("hosted by", ["hosted "]),
        ("(?:organi[sz]ed|hosted) by", ["organi", "hosted"]),
        ("(?:co-?)?hosted by", ["co", "hosted "]),
        (r"\Aby", ["by"]),
    ],
)
def test_what_a_phrase_can_open_with(phrase: str, heads: list[str]) -> None:
    assert [head.strip() for head in heads_of(phrase)] == [head.strip() for head in heads]


@pytest.mark.parametrize(
    "text",
    [
        "the day was organised by the coast agency and hosted by the port",
        "a forum co-organized by two ministries, with the support of the lake fund",
        "un taller organizado por la agencia, con el apoyo del fondo",
        "une journee organisee par la ville, en partenariat avec l'institut",
        "nothing is said of bodies here",
    ],
)
def test_the_cues_of_a_text_are_those_of_a_plain_search(text: str) -> None:
    found = {(cue.start, cue.end) for cue in CUES_OF_ROLES.find(text, [(0, len(text))], len(text))}
    plain = {
        match.span()
        for phrases in (*BEFORE.values(), *BEFORE_ANYONE.values())
        for phrase in phrases
        for match in re.finditer(rf"\b{spaced(phrase)}(?!\w)", text)
    }
    assert found == plain
