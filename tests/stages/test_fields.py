"""Fields: three forms of label and value, and what is neither."""

import pytest

from extractor.stages.fields import find_fields
from tests.stages.pages import document

PROSE = "The dialogue brought forty mayors of harbour towns together, who compared how they receive newcomers."


def fields(content: str, path: str = "-") -> list[tuple[str, str, list[str]]]:
    doc = document(content, path)
    found = find_fields(doc)
    for field in found:
        for span in (field.label, *field.values):
            assert doc.text[span.start : span.end] == span.text
    return [(f.name, f.label.text, [v.text for v in f.values]) for f in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Location: Moroni", [("location", "Location", ["Moroni"])]),
        ("WHEN? 3 May from 9.00 to 16.00", [("date", "WHEN", ["3 May from 9.00 to 16.00"])]),
        ("Lieu : Ségou, Mali", [("location", "Lieu", ["Ségou, Mali"])]),
        ("Fecha: 5 y 6 de octubre de 2021", [("date", "Fecha", ["5 y 6 de octubre de 2021"])]),
        ("Organizado por: Red de Puertos", [("organizers", "Organizado por", ["Red de Puertos"])]),
        ("Time (CET): 10:30", [("time", "Time (CET)", ["10:30"])]),
        ("Date: , -", [("date", "Date", [])]),
        ("Website:", [("website", "Website", [])]),
        ("Posted on 3 May 2021", [("date_of_publication", "Posted on", ["3 May 2021"])]),
        ("Venue: Pier Hotel\n4 Quay Street, Moroni", [("venue", "Venue", ["Pier Hotel", "4 Quay Street, Moroni"])]),
        ("Where:\nMoroni, Comoros", [("location", "Where", ["Moroni, Comoros"])]),
        ("When:\nMonday, 3 May 2021 -\n8:00am to 8:00pm",
         [("date", "When", ["Monday, 3 May 2021 -", "8:00am to 8:00pm"])]),
        ("Tel: (269) 773-1234 Fax: (269) 773-1235 E-mail:",
         [("phone", "Tel", ["(269) 773-1234"]), ("phone", "Fax", ["(269) 773-1235"]), ("email", "E-mail", [])]),
        ("Date: 3 May 2021 | Venue: Pier Hotel",
         [("date", "Date", ["3 May 2021"]), ("venue", "Venue", ["Pier Hotel"])]),
        ("Date\n3 May 2021\nVenue\nPier Hotel",
         [("date", "Date", ["3 May 2021"]), ("venue", "Venue", ["Pier Hotel"])]),
        ("Date: 3 May 2021\nDress code: none",
         [("date", "Date", ["3 May 2021"]), ("dress_code", "Dress code", ["none"])]),
        ("Quay: 4\nDeck: upper\nCrew: nine",
         [("quay", "Quay", ["4"]), ("deck", "Deck", ["upper"]), ("crew", "Crew", ["nine"])]),
    ],
)  # fmt: skip
def test_forms_of_fields(lines: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert fields(f"Dialogue of Harbour Towns\n\n{PROSE}\n\n{lines}") == expected
    assert fields(f"Dialogue of Harbour Towns\n\n{lines}\n\n{PROSE}") == expected


def test_a_long_list_behind_a_label_is_its_value() -> None:
    speakers = "; ".join(f"Prof. Amina Said {n}, Chair of the Council of Port {n}" for n in "ABCDEFGH")
    assert len(speakers) > 300
    assert fields(f"Dialogue\n\n{PROSE}\n\nSpeakers: {speakers}") == [("speakers", "Speakers", [speakers])]


@pytest.mark.parametrize(
    "lines",
    [
        "He said: the sea has no fences.",
        "Two things matter: boats and beds.",
        "At 10:30 the doors open.",
        "Opening remarks: Aisha Bakari, Mayor, Town of Mutsamudu\nClosing remarks: J. Payet, Director, Port of Moroni",
        "See https://example.org/a",
        "Location",  # a lone word: no list of labels around it
    ],
)
def test_prose_with_colons_and_lone_words_are_no_fields(lines: str) -> None:
    assert fields(f"Dialogue of Harbour Towns\n\n{PROSE}\n\n{lines}\n\n{PROSE}") == []


EVENT = f"""Skip to main content

Dialogue of Harbour Towns

Dialogue of Harbour Towns

{PROSE}

Date: , -
Location: Moroni - Comoros
Type of Event
Event Category
Main organizer/s
League of Harbour Towns
as well as the Town of Moroni
Target Audience
Geographic Scope
Sub Regions
East Africa
Workstream Output
Regional Review Process
GCM Objectives
8 - Save lives
Cross Cutting Theme
Human rights
SDG.14 - Life Below Water
SDG Targets
Target 10.7
"""


def test_an_event_of_the_network_with_labels_without_colon() -> None:
    assert [(name, values) for name, _, values in fields(EVENT)] == [
        ("date", []),
        ("location", ["Moroni - Comoros"]),
        ("type_of_event", []),
        ("event_category", []),
        ("organizers", ["League of Harbour Towns", "as well as the Town of Moroni"]),
        ("target_audience", []),
        ("geographic_scope", []),
        ("sub_regions", ["East Africa"]),
        ("workstream_output", []),
        ("regional_review_process", []),
        ("gcm_objectives", ["8 - Save lives"]),
        ("gcm_principles", ["Human rights"]),  # and not the SDG, which has no label
        ("sdg_targets", ["Target 10.7"]),
    ]


PRACTICE = f"""Repository of Practices

Beds by the Quay

Primary GCM Objectives

GCM Guiding Principles*

*All practices are to uphold the ten guiding principles, as agreed.

Sustainable Development Goals (SDGs)


2019 - Present

Type of practice

Project/Programme

Geographic scope

Country:

Regions:

Africa

Local:

Moroni

Summary

{PROSE}

Detailed Information

{PROSE}

Additional Resources

Date submitted:

3 May 2021
"""


def test_a_practice_of_the_network_where_the_heading_of_the_dates_is_lost() -> None:
    assert [(name, values) for name, _, values in fields(PRACTICE)] == [
        ("primary_gcm_objectives", []),
        ("gcm_principles", []),
        ("sdgs", []),  # a date is no goal
        ("type_of_practice", ["Project/Programme"]),
        ("country", []),
        ("regions", ["Africa"]),
        ("local", ["Moroni"]),
        ("detailed_information", [PROSE]),
        ("additional_resources", []),
        ("date_submitted", ["3 May 2021"]),
    ]


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ("Date de publication\n3 mai 2021\nType de ressource\nRapport\nProcessus d’examen régional",
         ["date_of_publication", "type_of_resource", "regional_review_process"]),
        ("Fecha de publicación\n3 de mayo de 2021\nTipo de material\nInforme\nProceso de revisión regional",
         ["date_of_publication", "type_of_resource", "regional_review_process"]),
    ],
)  # fmt: skip
def test_the_network_in_french_and_spanish(labels: str, names: list[str]) -> None:
    assert [name for name, _, _ in fields(f"Dialogue\n\n{labels}")] == names


def test_a_field_of_html_has_the_values_that_markup_gives_it() -> None:
    html = (
        "<h1>Dialogue</h1><div class=field><div class=field__label>Date</div></div><p>The quay</p>"
        "<dl><dt>Dress code</dt><dd>none</dd><dd>or boots</dd></dl>"
    )
    assert fields(html, "a.html") == [("date", "Date", []), ("dress_code", "Dress code", ["none", "or boots"])]
