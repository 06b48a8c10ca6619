"""Sections: by heading, by label, by template; and no headings where there are none."""

import pytest

from extractor.model import Section
from extractor.stages.fields import find_fields
from extractor.stages.sections import find_sections
from tests.stages.pages import document
from tests.stages.test_fields import PRACTICE, PROSE


def sections(content: str, path: str = "-") -> list[Section]:
    doc = document(content, path)
    found = list(find_sections(doc, find_fields(doc)))
    for section in found:
        if section.heading is not None:
            assert doc.text[section.start :].startswith(section.heading)
    return found


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Summary", "summary"),
        ("Background", "background"),
        ("Antecedentes", "background"),
        ("Ordre du jour", "agenda"),
        ("About the speaker", "speakers"),
        ("Opening Session", "sessions"),
        ("Project Description:", "description"),
        ("Lessons learned", "key_lessons"),
        ("A Bed for Everyone", "other"),
        ("WHO PAYS FOR IT", "other"),
        ("What is a safe harbour?", "other"),
        ("About the League of Harbour Towns", "other"),
    ],
)
def test_headings(heading: str, kind: str) -> None:
    for content in (
        f"Dialogue of Harbour Towns\n\n{PROSE}\n\n{heading}\n\n{PROSE}",
        f"<h1>Dialogue of Harbour Towns</h1><p>{PROSE}</p><h2>{heading}</h2><p>{PROSE}</p>",
    ):
        found = sections(content)
        assert [(s.kind, s.heading, s.method) for s in found] == [
            ("body", None, "template"),
            (kind, heading, "heading"),
        ]


@pytest.mark.parametrize(
    "line",
    [
        "Photo: A. Payet",
        "3 May 2021",
        "Moroni, Comoros",
        "Ms Aisha Bakari",
        "Aisha Bakari, Mayor of Mutsamudu",
        "The doors open at nine.",
        "read the whole story",
        "10:30 Coffee",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert [s.heading for s in sections(f"Dialogue of Harbour Towns\n\n{PROSE}\n\n{line}\n\n{PROSE}")] == [None]


def test_lines_above_the_body_are_no_headings() -> None:
    page = f"Dialogue of Harbour Towns\n\nSecond Meeting of Mayors\n\nHotel Pier\n\n{PROSE}"
    assert [s.heading for s in sections(page)] == [None]


def test_a_short_line_over_a_timetable_is_its_heading() -> None:
    page = f"Dialogue\n\n{PROSE}\n\n(Draft) Agenda of the first day, 3 May 2021\n9.00 | Welcome\n10.00 | Panel"
    assert [(s.kind, s.heading) for s in sections(page)][1:] == [
        ("agenda", "(Draft) Agenda of the first day, 3 May 2021")
    ]


def test_headings_on_the_line_of_their_passage() -> None:
    found = sections(f"Beds by the Quay\n\nDescription of the project: {PROSE}\n\nSocial impact: {PROSE}")
    assert [(s.kind, s.heading, s.method) for s in found] == [
        ("description", "Description of the project:", "label"),
        ("benefit_and_impact", "Social impact:", "label"),
    ]


def test_sections_of_a_template_whose_headings_were_lost() -> None:
    kept = PRACTICE.replace("Detailed Information\n", f"Recommendations\n\n{PROSE}\n\n\nNobody had done it before.")
    lost = kept.replace("Summary\n", "")
    for page, method in ((kept, "heading"), (lost, "template")):
        summary, *rest = [s for s in sections(page) if s.kind in ("summary", "recommendations", "innovation")]
        assert (summary.kind, summary.method) == ("summary", method)
        assert [(s.kind, s.heading) for s in rest] == [("recommendations", "Recommendations"), ("innovation", None)]


def test_the_label_block_is_a_section_of_its_own() -> None:
    page = f"Dialogue\n\n{PROSE}\n\nDate: 3 May 2021\nVenue: Pier Hotel\n\n{PROSE}"
    assert [s.kind for s in sections(page)] == ["body", "fields", "body"]
