"""Page type: by address, template, words and shape."""

import pytest

from extractor.stages.fields import find_fields
from extractor.stages.page_type import PageKind, find_page_type
from extractor.stages.sections import find_sections
from tests.stages.pages import document
from tests.stages.test_fields import EVENT, PRACTICE, PROSE

PLAIN = "Boats are painted in spring, nets are mended in autumn, and the sea does as it likes the whole year round."


def kind(content: str, path: str = "-", url: str | None = None) -> PageKind:
    doc = document(content, path, url)
    fields = find_fields(doc)
    found = find_page_type(doc, fields, find_sections(doc, fields))
    for span in found.evidence:
        assert doc.text[span.start : span.end] == span.text
    return found


@pytest.mark.parametrize(
    ("content", "page_type", "rule"),
    [
        (EVENT, "event", "type.template"),
        (PRACTICE, "practice", "type.template"),
        (f"Press Release\n\nTowns open beds by the quay\n\n{PLAIN}", "news", "type.kind_line"),
        (f"Nota de prensa\n\nLos puertos abren camas\n\n{PLAIN}", "news", "type.kind_line"),
        (f"Beds by the quay\n\n{PLAIN}\n\n• Yet to Start\n• In Progress\n• Completed", "pledge", "type.status_options"),
        (f"Towns open beds by the quay\n\nMoroni — {PLAIN}", "news", "type.dateline"),
        (f"Towns open beds by the quay\n\nMoroni, Comoros, 3 May 2021 (LHT) - {PLAIN}", "news", "type.dateline"),
        (f"Los puertos abren camas\n\nSANTO DOMINGO.- {PLAIN}", "news", "type.dateline"),
        (f"Towns open beds\n\nMoroni, 3 May 2021:\n{PLAIN}", "news", "type.dateline"),
        (f"Webinar on beds by the quay\n\n{PLAIN}", "event", "type.title"),
        (f"Atelier sur les ports d’accueil\n\n{PLAIN}", "event", "type.title"),
        (f"Taller regional de puertos\n\n{PLAIN}", "event", "type.title"),
        (f"Boats and beds\n\nSaturday 3 May 2021\nMoroni, Comoros\n\n{PLAIN}", "event", "type.invitation"),
        (f"Boats and beds\n\n3 May 2021 from 20:00 until 21:30\n\n{PLAIN}", "event", "type.invitation"),
        (f"Boats and beds\n\n{PLAIN} The meeting will take place online. Please register now.", "event", "type.prose"),
        (f"Boats and beds\n\n{PLAIN}\n\n9.00 | Welcome\n9.30 | Boats\n10.00 | Beds", "event", "type.sections"),
        (f"Boats and beds\n\nWhen: 3 May 2021\nWhere: Pier Hotel\n\n{PLAIN}", "event", "type.fields"),
        (f"Boats and beds\n\nStart date: 3 May 2019\nEnd date: 2 May 2022\n\nProject Description\n\n{PLAIN}",
         "practice", "type.sections"),
        (f"Pledge of the League of Harbour Towns\n\n{PLAIN} We will open beds.", "pledge", "type.title"),
        (f"Work plan of the League 2021-2023\n\n{PLAIN}", "workplan", "type.title"),
        (f"Handbook for harbour masters\n\n{PLAIN}", "resource", "type.title"),
        (f"Boats and beds\n\n{PLAIN}", "other", "type.none"),
        (f"Town hosts training for fishers\n\n{PLAIN}", "news", "type.title"),
        (f"Harbours swap notes on beds\n\nNews | 4 May 2021\n\n{PLAIN}", "news", "type.kind_line"),
        (f"Seventh meeting of the board of beds held in Turku\n\n{PLAIN}", "news", "type.title"),
        (f"Unions and fishers launch a charter of beds\n\n{PLAIN}", "news", "type.title"),
        (f"Harbour Forum: beds for fishers\n\n{PLAIN}", "event", "type.title"),
        (f"FINAL COMMUNIQUÉ OF THE MEETING OF HARBOURS\n\nMoroni, 3-5 May 2021\n\n{PLAIN}", "news", "type.title"),
        (f"Declaración de los puertos\n\n{PLAIN}", "news", "type.title"),
        (f"Boats and beds\n\nMoroni, 3-5 May 2021\n\n{PLAIN}", "event", "type.invitation"),
        (f"Boats and beds\n\n3-5 May 2021\n\n{PLAIN}", "event", "type.invitation"),
        (f"Boats and beds\n\nMoroni | 3 May 2021 | 17:00\n\n{PLAIN}", "event", "type.invitation"),
        (f"Semaine des ports d’accueil\n\n{PLAIN}", "event", "type.title"),
        (f"Report of the workshop on beds\n\n{PLAIN}", "resource", "type.title"),
        (f"Launch of the report on beds\n\n{PLAIN}", "event", "type.title"),
        (f"Harbours » Comoros » Workplan\nBoats and beds\n\n{PLAIN}\n\n• Yet to Start\n• Completed",
         "workplan", "type.kind_line"),
        (f"Home > Media > Press statements\nBoats and beds\n\n{PLAIN}", "news", "type.kind_line"),
        (f"League / Events / Past events\nBoats and beds\n\n{PLAIN}", "event", "type.kind_line"),
        (f"Working Paper No. 12\nBoats and beds\n\n{PLAIN}", "resource", "type.kind_line"),
        (f"News\nWebinar recording\nBoats and beds\n\n{PLAIN}", "event", "type.kind_line"),
        (f"News | Regional\nBoats and beds\n\n{PLAIN}", "news", "type.kind_line"),
        (f"JOINT STATEMENT\nBoats and beds\n\n{PLAIN}", "news", "type.kind_line"),
        (f"Posted in: Press Releases | 4 May 2021\nBoats and beds\n\n{PLAIN}", "news", "type.kind_line"),
        (f"Boats and beds\n\nPosted on 4 May 2021\n\n{PLAIN}", "news", "type.fields"),
        (f"Boats and beds\n\nUpdate: 3:15 PM, 04/05/2021 | Views: 18\n\n{PLAIN}", "news", "type.dateline"),
        (f"Four programmes approved by the board of beds\n\n{PLAIN}", "news", "type.title"),
        (f"A bed at school is a bed\n\n{PLAIN}", "other", "type.none"),
        (f"Harbour network of Comoros\n\n{PLAIN}\n\nWorkplan 2021 - 2023\n\n{PLAIN}", "workplan", "type.sections"),
        (f"Beds for all\n\nDate of pledge: 4 May 2021\n\n{PLAIN}", "pledge", "type.sections"),
        (f"Home\nAbout\nNews\nEvents\nResources\n\nWebinar on beds\n\n{PLAIN}", "event", "type.title"),
    ],
)  # fmt: skip
def test_text_pages(content: str, page_type: str, rule: str) -> None:
    found = kind(content)
    assert (found.page_type, found.rule) == (page_type, rule)


@pytest.mark.parametrize(
    ("url", "page_type"),
    [
        ("https://migrationnetwork.un.org/events/boats-and-beds", "event"),
        ("https://migrationnetwork.un.org/fr/practice/boats-and-beds", "practice"),
        ("https://migrationnetwork.un.org/pledge/boats", "pledge"),
        ("https://example.org/news/2021/boats-and-beds", "news"),
        ("https://example.org/publications/boats", "resource"),
        ("https://example.org/boats-and-beds", "other"),
        ("https://example.org/events", "other"),  # the list of all events
    ],
)
def test_addresses(url: str, page_type: str) -> None:
    assert kind(f"Boats and beds\n\n{PLAIN}", url=url).page_type == page_type


@pytest.mark.parametrize(
    ("schema", "page_type"), [("EducationEvent", "event"), ("NewsArticle", "news"), ("Thing", "other")]
)
def test_json_ld(schema: str, page_type: str) -> None:
    script = f'<script type="application/ld+json">{{"@type": "{schema}", "name": "Boats and beds"}}</script>'
    assert kind(f"<html>{script}<h1>Boats and beds</h1><p>{PLAIN}</p></html>", "a.html").page_type == page_type


def test_an_event_that_the_press_was_told_of_is_news() -> None:
    page = f"Harbour towns hold workshop on beds\n\nMoroni – Forty mayors met for a workshop on 3 May. {PROSE}"
    assert kind(page).page_type == "news"
