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
        ("Confirmed speakers include:", "speakers"),
        ("Panelistas confirmados", "speakers"),
        ("Enseignements clés", "key_lessons"),
        ("Suggested citation", "citation"),
        ("Good to know", "practical_information"),
        ("Speakers and moderators", "speakers"),
        ("Objectives of the dialogue", "objectives"),
        ("What we did", "activities"),
        ("What would help", "other"),
        ("The first houses", "other"),
        ("Les temps forts", "agenda"),
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
        "Mayor of Mutsamudu and of the sea, twice elected,",
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


def headings(content: str) -> list[str | None]:
    return [s.heading for s in sections(content) if s.heading is not None]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Guests on board\n\nAisha Bakari, Mayor of Mutsamudu", ["Guests on board"] ),
        ("Panelists at the pier\nAisha Bakari, Mayor\nAli Said, Harbour Master", ["Panelists at the pier"]),
        ("1. The boats\n\n{PROSE}\n\n2. The beds\n\n{PROSE}", ["1. The boats", "2. The beds"]),
        ("I. The boats\n{PROSE}\nII. The beds\n{PROSE}", ["I. The boats", "II. The beds"]),
        ("1. Boats are painted\n2. Nets are mended\n3. Beds are made", []),
        ("Day 1: Wednesday 5 May\n9:00 Opening\n9:30 Panel", ["Day 1: Wednesday 5 May"]),
        ("Session 2: Who pays?\nAisha Bakari, Mayor of Mutsamudu", ["Session 2: Who pays?"]),
        ("Temps forts\nLundi 3 mai, 18h30 – Capitainerie\nOuverture", ["Temps forts"]),
        ("Documents\nConcept note EN | FR\nProgramme EN | FR\nList of participants", ["Documents"]),
        ("Programme\nTime | What\nFriday, 13:00 | Opening", ["Programme"]),
        ("Fees\nThe course is free of charge.", ["Fees"]),
        ("## Beds and boats\n\n- a bed\n- a boat", ["Beds and boats"]),
        ("**Beds and boats**\n\nnothing but the sea", ["Beds and boats"]),
        ("Beds and boats\n--------------\n\nnothing but the sea", ["Beds and boats"]),
        ("Jueves 19\n\n9:00 Apertura\n\nViernes 20\n\n9:00 Redes", ["Jueves 19", "Viernes 20"]),
        ("Who will be with us\n\nModerator\n\nAisha Bakari, Mayor", ["Who will be with us", "Moderator"]),
        ("Priorities\n\nPriority 1: Boats\n\n{PROSE}\n\nPriority 2: Nets\n\n{PROSE}", [
            "Priorities", "Priority 1: Boats", "Priority 2: Nets"]),
        ("WORKING GROUPS\n\nGroup | Chair | Clerk\n1 | Comoros | Mayotte", ["WORKING GROUPS"]),
        ("Por qué ahora\n\n{PROSE}", ["Por qué ahora"]),
        ("Documents\nConcept note (EN)\nMinutes (EN | FR)", ["Documents"]),
        ("References: SDG 10; Objective 5; Harbour Charter, Part Two.", []),
    ],
)  # fmt: skip
def test_headings_by_what_stands_below(body: str, expected: list[str]) -> None:
    body = body.replace("{PROSE}", PROSE)
    assert headings(f"Dialogue of Harbour Towns\n\n{PROSE}\n\n{body}") == expected


def test_a_list_of_speakers_among_the_fields_is_a_field() -> None:
    fields = "Date: 3 May 2021\nVenue: Pier Hotel\nSpeakers:\nMs Aisha Bakari, mayor\nMr Ali Said, harbour master"
    assert headings(f"Dialogue of Harbour Towns\n\n{fields}\n\n{PROSE}") == []


def test_a_heading_in_a_list_has_not_the_depth_of_the_list() -> None:
    nested = "<ul><li>" * 9 + f"Background<p>{PROSE}</p>" + "</li></ul>" * 9
    found = sections(f"<main><h1>Harbour day</h1><p>{PROSE}</p>{nested}</main>", "page.html")
    assert [(s.kind, s.level) for s in found if s.heading] == [("background", 2)]


def test_the_days_of_an_agenda_are_headings_and_no_fields() -> None:
    days = ("DAY 1 – TUESDAY, 8 OCTOBER 2024", "Day 2 – 9 October")
    agenda = "\n\n".join(("Harbour workshop", days[0], "09.00 – 09.30 Welcome", days[1], "09.00 – 11.00 Nets"))
    assert [s.heading for s in sections(agenda)] == list(days)
    assert find_fields(document(agenda)) == ()


def test_numbered_parts_of_a_plan_are_headings() -> None:
    parts = (
        "Working Group 1 – Boats\nCo-leads: Coast Agency and Lake Fund\n\nWorking Group 2 – Nets\nCo-leads: Lake Fund\n"
    )
    assert [s.heading for s in sections(f"Harbour plan\n\n{PROSE}\n\n{parts}") if s.heading] == [
        "Working Group 1 – Boats",
        "Working Group 2 – Nets",
    ]
    agenda = "Session 1: Boats\nSession 2: Nets\nSession 3: Lamps\n"
    assert [s.heading for s in sections(f"Harbour plan\n\n{PROSE}\n\n{agenda}") if s.heading] == []
