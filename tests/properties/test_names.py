"""Properties of the names: whatever the text, evidence is exact, the result repeatable, and the time linear."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.model import to_plain
from extractor.stages.names import find_names
from extractor.stages.names.resolve import PERSON_RELIABILITY, RELIABILITY
from tests.stages.names import prose

_PIECES = (
    "Ministry of Health|Coast Agency|(COAG)|COAG|IOM|Kenya|of the Republic of|and|,|.|the|Mr|Dr.|Ada Obi|Director of"
    "|said|organized by|in partnership with|–|“|”|l’|de la|Ministère|Consejo Nacional|UN Network on Migration|in|GCM"
    "|\n|’s|(|)|2030 Agenda|Moderator:"
).split("|")
_TEXTS = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=8)), max_size=40).map(" ".join)


@given(text=_TEXTS, language=st.sampled_from(["en", "fr", "es"]))
@settings(max_examples=60, deadline=None)
def test_evidence_is_exact_and_entities_are_sound(text: str, language: str) -> None:
    document = prose(text.replace("\r", " "), language)
    found = find_names(document, (), ())
    for entity in (*found.organizations, *found.people):
        assert entity.name
        assert entity.evidence
        for span in entity.evidence:
            assert document.text[span.start : span.end] == span.text != ""
    assert {o.rule for o in found.organizations} <= set(RELIABILITY)
    assert {p.rule for p in found.people} <= set(PERSON_RELIABILITY)
    ids = {o.id for o in found.organizations}
    assert all(p.organization_id in ids for p in found.people if p.organization_id is not None)


@given(text=_TEXTS)
@settings(max_examples=15, deadline=None)
def test_the_same_page_gives_the_same_names(text: str) -> None:
    assert to_plain(find_names(prose(text), (), ())) == to_plain(find_names(prose(text), (), ()))


@pytest.mark.parametrize(
    "piece",
    [
        "IOM ",
        "Mr ",
        "Ministry of Health and ",
        "Alpha ",
        "(",
        "A(",
        "Director of ",
        "organized by Alpha, ",
        "’s ",
        "Ana Ruiz\n",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Eight times the text in far less than eight times eight the time."""

    def seconds(repeats: int) -> float:
        """The best of three: what else the machine does only adds."""
        document = prose(piece * repeats)
        times = []
        for _ in range(3):
            start = time.process_time()
            find_names(document, (), ())
            times.append(time.process_time() - start)
        return min(times)

    short, long = seconds(1000), seconds(8000)
    assert long < 25 * max(short, 0.03)
