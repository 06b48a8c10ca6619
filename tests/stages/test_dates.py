"""Dates: text → what it says, and pages → the event's dates and the roles of all others. All pages are invented."""

from __future__ import annotations

import pytest

from extractor.model import Block, Document, Field, MarkupFact, Origin, Span
from extractor.readers.text import read_text
from extractor.stages.clean import clean
from extractor.stages.dates import OPEN_END, DatesFound, find_dates, find_in_text
from extractor.stages.dates.grammar import Candidate, Moment
from extractor.stages.fields import find_fields
from extractor.stages.sections import find_sections
from extractor.text import split_sentences

BODY = (
    "Participants from ministries, municipalities and civil society compared how they register newcomers, and agreed "
    "to share the forms they use with the neighbouring districts of the valley in the coming season."
)


def said(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    if moment.year is None:
        return f"--{moment.month:02}-{moment.day:02}"
    return moment.iso()


def read(text: str, language: str = "en") -> list[tuple[str | None, str | None]]:
    found: list[Candidate] = [c for c in find_in_text(text, language) if c.rule != "date.bare_year"]
    return [(said(c.first), OPEN_END if c.open else said(c.last)) for c in found]


# --- text → dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 Sep 2009", "2009-09-07"),
        ("07 Sept. 2009", "2009-09-07"),
        ("the 3rd of May 2021", "2021-05-03"),
        ("3rd May, 2021", "2021-05-03"),
        ("May 3, 2021", "2021-05-03"),
        ("May 3rd 2021", "2021-05-03"),
        ("Friday, May 3, 2019", "2019-05-03"),
        ("Fri 3 May 2019", "2019-05-03"),
        ("3-May-2019", "2019-05-03"),
        ("MONDAY 4 JUNE 2018", "2018-06-04"),
        ("3\u00a0May\u00a02019", "2019-05-03"),
        ("12\nMay\n2022", "2022-05-12"),
        ("May\n12\n2022", "2022-05-12"),
        ("le 1er juin 2022", "2022-06-01"),
        ("mercredi 16 février 2022", "2022-02-16"),
        ("le 16 fevrier 2022", "2022-02-16"),
        ("22 déc. 2020", "2020-12-22"),
        ("el 1º de junio de 2022", "2022-06-01"),
        ("Martes, 04 Octubre de 2016", "2016-10-04"),
        ("9 de setiembre del 2015", "2015-09-09"),
        ("14.11.2016", "2016-11-14"),
        ("03.04.2016", "2016-04-03"),
        ("25/04/2016", "2016-04-25"),
        ("04/25/2016", "2016-04-25"),
        ("25-04-2016", "2016-04-25"),
        ("25/04/16", "2016-04-25"),
        ("2016-04-25", "2016-04-25"),
        ("2016/4/5", "2016-04-05"),
        ("03/2021", "2021-03"),
        ("in March 2020", "2020-03"),
        ("sept. 2020", "2020-09"),
        ("en août 2020", "2020-08"),
        ("noviembre de 2020", "2020-11"),
        ("since 2013", "2013"),
        ("mid-2017", "2017"),
        ("depuis 2019", "2019"),
        ("29 February 2024", "2024-02-29"),
    ],
)
def test_a_single_date(text: str, expected: str) -> None:
    assert read(text) == [(expected, None)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("28–30 November 2022", "2022-11-28", "2022-11-30"),
        ("28 to 30 November 2022", "2022-11-28", "2022-11-30"),
        ("between 28 and 30 November 2022", "2022-11-28", "2022-11-30"),
        ("12th and 13th of May 2021", "2021-05-12", "2021-05-13"),
        ("12/13 May 2021", "2021-05-12", "2021-05-13"),
        ("May 12-13, 2021", "2021-05-12", "2021-05-13"),
        ("from April 26 to 28, 2021", "2021-04-26", "2021-04-28"),
        ("30 Sept. – 2 Oct. 2025", "2025-09-30", "2025-10-02"),
        ("April 28 - May 2, 2022", "2022-04-28", "2022-05-02"),
        ("28 December – 3 January 2022", "2021-12-28", "2022-01-03"),
        ("28 December 2021 – 3 January", "2021-12-28", "2022-01-03"),
        ("30 December 2021 – 2 January 2022", "2021-12-30", "2022-01-02"),
        ("Saturday 4th June 2022 - Sunday 5th June 2022", "2022-06-04", "2022-06-05"),
        ("du 3 au 5 mai 2023", "2023-05-03", "2023-05-05"),
        ("du lundi 1er au mercredi 3 mai 2023", "2023-05-01", "2023-05-03"),
        ("del 22 al 24 de junio de 2021", "2021-06-22", "2021-06-24"),
        ("entre el 22 y el 24 de junio de 2021", "2021-06-22", "2021-06-24"),
        ("del martes 22 al jueves 24 de junio de 2021", "2021-06-22", "2021-06-24"),
        ("in October/November 2017", "2017-10", "2017-11"),
        ("May–July 2019", "2019-05", "2019-07"),
        ("January 2020 to December 2022", "2020-01", "2022-12"),
        ("de enero de 2020 a diciembre de 2022", "2020-01", "2022-12"),
        ("November 2019 – 2022", "2019-11", "2022"),
        ("from 2012 to 2014", "2012", "2014"),
        ("2020 - Present", "2020", OPEN_END),
        ("May 2021 to date", "2021-05", OPEN_END),
        ("2019 - en cours", "2019", OPEN_END),
        ("2019 – Actualidad", "2019", OPEN_END),
        ("the 28th – 30th of November", "--11-28", "--11-30"),
    ],
)
def test_a_range(text: str, start: str, end: str) -> None:
    assert read(text) == [(start, end)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 30 March, 20 April and 11 May 2022", ["2022-03-30", "2022-04-20", "2022-05-11"]),
        ("los días 3, 10 y 17 de mayo de 2022", ["2022-05-03", "2022-05-10", "2022-05-17"]),
        ("May 3, 4 and 9, 2022", ["2022-05-03", "2022-05-04", "2022-05-09"]),
        ("les 3 et 17 mai 2022", ["2022-05-03", "2022-05-17"]),
        ("3 May 2021, 4 June 2022", ["2021-05-03", "2022-06-04"]),
    ],
)
def test_a_list(text: str, expected: list[str]) -> None:
    assert read(text) == [(day, None) for day in expected]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("7 May 2020 at 10:30 CEST", "2020-05-07T10:30+02:00", None),
        ("7 May 2020 at 10:30 CET", "2020-05-07T10:30", None),  # no CET in May: which hour is meant is not known
        ("7 December 2020 at 10:30 CET", "2020-12-07T10:30+01:00", None),
        ("7 May 2020, 8:30 – 9:30 (New York)", "2020-05-07T08:30-04:00", "2020-05-07T09:30-04:00"),
        ("7 May 2020, 3 p.m. Geneva time", "2020-05-07T15:00+02:00", None),
        ("7 May 2020, 14:00 UTC+3", "2020-05-07T14:00+03:00", None),
        ("7 May 2020 14:00 GMT+5:30", "2020-05-07T14:00+05:30", None),
        ("7 May 2020, 2:00 – 4:00 pm", "2020-05-07T14:00", "2020-05-07T16:00"),
        ("7 May 2020, 11:00 – 1:00 pm", "2020-05-07T11:00", "2020-05-07T13:00"),
        ("Thursday, 7 May 2020 -\n8:00am to 8:00pm", "2020-05-07T08:00", "2020-05-07T20:00"),
        ("From 08:30 – 09:30 on 7 May 2020", "2020-05-07T08:30", "2020-05-07T09:30"),
        ("le 7 mai 2020 à 20h30", "2020-05-07T20:30", None),
        ("7 mai 2020, de 9 h à 12 h", "2020-05-07T09:00", "2020-05-07T12:00"),
        ("7 de mayo de 2020, 16:00 horas (hora de Panamá)", "2020-05-07T16:00-05:00", None),
        ("7 November 2020 from 9.00 to 16.00", "2020-11-07T09:00", "2020-11-07T16:00"),
        ("7 May 2020 09:00 - 8 May 2020 17:00", "2020-05-07T09:00", "2020-05-08T17:00"),
        ("7–8 May 2020, 09:00–17:00", "2020-05-07T09:00", "2020-05-08T17:00"),
        ("2020-05-07T10:30:00+02:00", "2020-05-07T10:30+02:00", None),
        ("2020-05-07T10:30Z", "2020-05-07T10:30+00:00", None),
    ],
)
def test_hours_and_time_zones(text: str, start: str, end: str | None) -> None:
    assert read(text) == [(start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "Security Council resolution 1244 (1999)",
        "A/RES/73/195",
        "Decree No. 12 of the Cabinet",
        "Regulation (EU) 2016/679",
        "the 2030 Agenda and Agenda 2063",
        "SDG 10.7, SDGs 5, 8 and 10, Objective 23",
        "objectives 2, 5 and 12 may be met",
        "Tel: (212) 555-0134 Fax: (212) 555-0199",
        "+41 22 555 01 99",
        "pp. 12–15, page 3, Article 13",
        "we may 3 times",
        "12 may be enough",
        "the 3rd time, the 2nd floor",
        "US$ 2,020 and 2 020 people, 12.5 % of 2000 households",
        "World Migration Report 2018",
        "the 2023-2027 National Strategic Plan",
        "Photo: Agency 2024/Ana Prova",
        "© Agency 2019–2021",
        "COP22 and COP 27",
        "at 1.15 p.m. in room 12",
        "Meeting ID: 812 2020 1203",
        "E.g., 02/28/2024",
        "captured on 10:29:39 Dec 05, 2018",
        "Avenida 9 de Julio 1925",
        "rue du 8 mai 1945",
        "31 June 2022",
        "30.02.2021",
        "24/7 support",
        "a 2 day 3 night stay",
        "",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Room 3, 5 May 2022", ["2022-05-05"]),
        ("Day 1 – 5 May 2022", ["2022-05-05"]),
        ("Workshop 3 – 5 May 2022", ["2022-05-03"]),
        ("Objective 5, 12 May 2022", ["2022-05-12"]),
        ("On 5 March 2021 women leaders met", ["2021-03-05"]),
        ("COP 22 met in November 2016.", ["2016-11"]),
        ("adopted on 19 December 2018 as resolution 73/195", ["2018-12-19"]),
    ],
)
def test_numbers_beside_dates(text: str, expected: list[str]) -> None:
    assert [start for start, _ in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [("12 de março de 2021", "pt"), ("12. März 2021", "de"), ("12 marzo 2021", "it"), ("12 марта 2021", "ru")],
)
def test_months_of_other_languages(text: str, language: str) -> None:
    assert read(text, language) == [("2021-03-12", None)]


# --- page → event and roles -------------------------------------------------------------------------------------


def page(
    *lines: str, url: str | None = None, language: str = "en", facts: tuple[MarkupFact, ...] = ()
) -> tuple[Document, tuple[Field, ...]]:
    """A page whose first line is its title; "Label: value" lines with a known label become fields."""
    text = "\n".join(lines)
    blocks: list[Block] = []
    fields: list[Field] = []
    start = 0
    for n, line in enumerate(lines):
        label, colon, value = line.partition(": ")
        end = start + len(line)
        if colon and label in LABELS:
            blocks.append(Block("label", start, start + len(label) + 1))
            blocks.append(Block("value", end - len(value), end))
            fields.append(
                Field(LABELS[label], Span(start, start + len(label), label), (Span(end - len(value), end, value),))
            )
        else:
            blocks.append(Block("title" if n == 0 else "paragraph", start, end))
            if line in LABELS:
                fields.append(Field(LABELS[line], Span(start, end, line), ()))
        start = end + 1
    sentences = tuple(s for b in blocks for s in split_sentences(text, b.start, b.end))
    title = Span(0, len(lines[0]), lines[0])
    document = Document(read_text(text), text, tuple(blocks), sentences, language, "generic", title, url, facts)
    return document, tuple(fields)


LABELS = {
    "Date": "date",
    "Dates": "dates",
    "Time": "time",
    "Start date": "start_date",
    "End date": "end_date",
    "Implementation period": "implementation_period",
    "Date submitted": "date_submitted",
    "Updated on": "updated_on",
    "Type of practice": "type_of_practice",
}


def dates_of(
    *lines: str, url: str | None = None, language: str = "en", facts: tuple[MarkupFact, ...] = ()
) -> DatesFound:
    document, fields = page(*lines, url=url, language=language, facts=facts)
    found = find_dates(document, fields, ())
    spans = [s for entry in found.dates for s in entry.evidence] + list(found.event.evidence)
    assert all(document.text[s.start : s.end] == s.text for s in spans)
    return found


def dates_of_text(text: str) -> DatesFound:
    document = clean(read_text(text))
    fields = find_fields(document)
    return find_dates(document, fields, find_sections(document, fields))


@pytest.mark.parametrize(
    ("lines", "start", "end", "rule"),
    [
        (
            ["Forum", "The third forum was held in Turku, Finland, from 4 to 6 June 2020. " + BODY],
            "2020-06-04",
            "2020-06-06",
            "event.statement",
        ),
        (["Forum", "Date: 3 May 2021"], "2021-05-03", None, "event.field"),
        (
            ["Forum", "Date: 3 May 2021", "Time: 10:00 – 12:00 CEST"],
            "2021-05-03T10:00+02:00",
            "2021-05-03T12:00+02:00",
            "event.field",
        ),
        (["Forum", "Dates: 2019 - Present"], "2019", OPEN_END, "event.field"),
        (["Forum", "Dates: Since 2019"], "2019", OPEN_END, "event.field"),
        (["Forum", "Dates: 2021"], "2021", None, "event.field"),
        (["Scheme", "Implementation period: 2017-2019"], "2017", "2019", "event.period_field"),
        (
            ["Scheme", "Start date: 7 Sep 2015", "End date: 31 Aug 2018"],
            "2015-09-07",
            "2018-08-31",
            "event.start_end_fields",
        ),
        (["Scheme", "2018 - Present", "Type of practice", BODY], "2018", OPEN_END, "event.period_line"),
        (["Scheme", "2018", "Type of practice", BODY], "2018", None, "event.template_line"),
        (["Forum, 4-5 July 2019", BODY], "2019-07-04", "2019-07-05", "event.title"),
        (["Forum", "14-15 March 2019 | Lisbon, Portugal", BODY], "2019-03-14", "2019-03-15", "event.header"),
        (["Forum", "Lisbon, Portugal, 14 March 2019", BODY], "2019-03-14", None, "event.header"),
        (["Forum", "Lisbon, Portugal, 14, 15 and 16 March 2019", BODY], "2019-03-14", "2019-03-16", "event.header"),
        (["Forum in Lisbon on 14, 15 and 16 March 2019", BODY], "2019-03-14", "2019-03-16", "event.title"),
        (
            ["Forum", "WHEN? 14 March 2019 from 9.00 to 16.00", BODY],
            "2019-03-14T09:00",
            "2019-03-14T16:00",
            "event.header",
        ),
        (["Forum", "14 March 2019", BODY], "2019-03-14", None, "event.stamp"),
        (["Forum", "14 March 2019", "17:00 - 18:30", BODY], "2019-03-14", None, "event.header"),
        (
            [
                "Plan launched",
                "Oslo, 4 June 2020 (XYZ) – The plan was launched today by the minister of labour. " + BODY,
            ],
            "2020-06-04",
            None,
            "event.today",
        ),
        (
            ["Course opens", "Oslo, 4 June 2020 – Today was the first of four days for clerks. " + BODY],
            "2020-06-04",
            "2020-06-07",
            "event.first_of_days",
        ),
        (  # the date of a dateline in brackets
            ["Clinic day", "ACCRA, Ghana (4 June 2020) — The ministry today opened a clinic for maids. " + BODY],
            "2020-06-04",
            None,
            "event.today",
        ),
        (
            ["A desk", "Oslo, 4 June 2020 – The minister yesterday opened a desk for those who come home. " + BODY],
            "2020-06-03",
            None,
            "event.relative_day",
        ),
        (
            ["Un guichet", "Bangui, 1er mars 2022 – Le ministre a inauguré hier un guichet pour les familles. " + BODY],
            "2022-02-28",
            None,
            "event.relative_day",
        ),
        (  # 4 June 2020 is a Thursday
            ["A desk", "Oslo, 4 June 2020 – The county on Tuesday opened a desk for those who come home. " + BODY],
            "2020-06-02",
            None,
            "event.relative_day",
        ),
        (
            ["Une feuille de route", "Oslo, le 4 juin 2020 – Le réseau a adopté jeudi une feuille de route. " + BODY],
            "2020-06-04",
            None,
            "event.relative_day",
        ),
        (  # habits, plans, and days with a date of their own
            ["A desk", "Oslo, 4 June 2020 – The desk that clerks opened is for all on every Tuesday. " + BODY],
            None,
            None,
            "event.none",
        ),
        (
            ["Un bureau", "Oslo, le 4 juin 2020 – Le bureau a une salle, ouverte du lundi au vendredi. " + BODY],
            None,
            None,
            "event.none",
        ),
        (
            ["A desk", "Oslo, 4 June 2020 – The county on Tuesday, 26 May, opened a desk for them. " + BODY],
            "2020-05-26",
            None,
            "event.statement",
        ),
        (
            ["A course", "On Thursday, 4 June 2020, the minister opened a two-day course in Oslo. " + BODY],
            "2020-06-04",
            "2020-06-05",
            "event.counted_days",
        ),
        (
            ["Un atelier", "Le 4 juin 2020, un atelier de trois jours a débuté à Dakar. " + BODY],
            "2020-06-04",
            "2020-06-06",
            "event.counted_days",
        ),
        (
            ["Un taller", "El 4 de junio de 2020 concluyó en Lima un taller de tres días. " + BODY],
            "2020-06-02",
            "2020-06-04",
            "event.counted_days",
        ),
        (
            ["A course", "Oslo, 4 June 2020 – A two-day course for clerks was opened yesterday by the mayor. " + BODY],
            "2020-06-03",
            "2020-06-04",
            "event.counted_days",
        ),
        (
            ["A course", "On 4 June 2020, the minister opened a course, two days later than planned. " + BODY],
            "2020-06-04",
            None,
            "event.statement",
        ),
        (
            ["Réunion", "La réunion s'est ouverte le 4 juin 2020 à Dakar. Elle se poursuivra jusqu'au 6 juin. " + BODY],
            "2020-06-04",
            "2020-06-06",
            "event.statement",
        ),
        (
            ["Talks", "They completed the talks on 6 June 2020. The talks opened on Thursday, 4 June 2020. " + BODY],
            "2020-06-04",
            "2020-06-06",
            "event.statement",
        ),
        (
            ["Taller", "Lima, 6 de junio de 2020 – Los días 3, 4 y 5 de junio se realizó un taller. " + BODY],
            "2020-06-03",
            "2020-06-05",
            "event.statement",
        ),
        (  # verbs that no list has
            ["Recruiters", "The working group consulted thirty recruiters on 4 June 2020. " + BODY],
            "2020-06-04",
            None,
            "event.statement",
        ),
        (
            [
                "Minutes of the group",
                "Held on 4 June 2020 at the ministry",
                "The next meeting will be held on 9 July 2020.",
            ],
            "2020-06-04",
            None,
            "event.header",
        ),
        (
            ["Forum", "A forum on skills took place on 4 June 2020 in Turku. " + BODY],
            "2020-06-04",
            None,
            "event.statement",
        ),
        (
            ["Forum", "From 4 to 6 June 2020, the town hosted a forum. " + BODY],
            "2020-06-04",
            "2020-06-06",
            "event.statement",
        ),
        (
            ["Atelier", "Du 14 au 16 mars 2023, le ministère a organisé un atelier. " + BODY],
            "2023-03-14",
            "2023-03-16",
            "event.statement",
        ),
        (
            ["Taller", "El taller se realizó los días 20 y 21 de agosto de 2019 en Rivas. " + BODY],
            "2019-08-20",
            "2019-08-21",
            "event.statement",
        ),
        (
            ["Plan", "Twelve boards agreed on the plan. The meeting of 9 May 2021 was chaired by the mayor. " + BODY],
            "2021-05-09",
            None,
            "event.statement",
        ),
        (
            ["Encuentro", "Sesenta pastores pasaron el fin de semana del 4 y 5 de junio de 2022 en el valle. " + BODY],
            "2022-06-04",
            "2022-06-05",
            "event.statement",
        ),
        (
            ["Visit", "In October 2021, the ministry organized a study visit. " + BODY],
            "2021-10",
            None,
            "event.statement",
        ),
    ],
)
def test_the_event(lines: list[str], start: str, end: str | None, rule: str) -> None:
    event = dates_of(*lines).event
    assert (event.start, event.end, event.rule) == (start, end, rule)
    assert bool(event.evidence) == (start is not None)


@pytest.mark.parametrize(
    "lines",
    [
        ["About us", "The network was founded on 3 May 2018 and has grown since. " + BODY],
        ["Report", BODY + " It builds on a law adopted on 3 May 2018."],
        ["Scheme", "In 2019 the scheme reached 200 people, in 2020 it reached 300. " + BODY],
        ["Agency opens office", "Oslo, 4 June 2020 – The agency has a new office in the valley. " + BODY],
        ["Pledge", "Updated on: 3 March 2022", BODY],
        ["Call", "Deadline: 15 April 2023", BODY],
        ["Pledge", "Dates: By 2025", BODY],
    ],
)
def test_no_event_date_is_made_up(lines: list[str]) -> None:
    assert dates_of(*lines).event.start is None


def test_a_series_spans_its_sessions() -> None:
    found = dates_of(
        "Consultations in the north",
        "The service held three consultations. " + BODY,
        "On 3 March 2021, the 1st consultation gathered the young.",
        "On 17 March 2021, the 2nd consultation gathered teachers.",
        "On 7 April 2021, the 3rd consultation gathered officials.",
    )
    assert (found.event.start, found.event.end) == ("2021-03-03", "2021-04-07")
    assert [(d.start, d.role) for d in found.dates] == [
        ("2021-03-03", "session"),
        ("2021-03-17", "session"),
        ("2021-04-07", "session"),
    ]


def test_a_listed_series_spans_its_sessions() -> None:
    found = dates_of("Consultations", "They were held on 3 March, 17 March and 7 April 2021 in the north. " + BODY)
    assert (found.event.start, found.event.end) == ("2021-03-03", "2021-04-07")
    assert {d.role for d in found.dates} == {"session"}


def test_days_listed_under_a_heading_are_sessions() -> None:
    found = dates_of_text(
        "Talks on transhumance\n\n" + BODY + "\n\nSessions\n"
        "1. Ostrava, 3 March 2021 - pastures\n2. Brno, 17 March 2021 - roads\n\n" + BODY
    )
    assert (found.event.start, found.event.end) == ("2021-03-03", "2021-03-17")
    assert [d.role for d in found.dates] == ["session", "session"]


def test_a_bare_day_in_the_head_of_news_is_its_posting() -> None:
    document, fields = page("Herders ask for passes", "4 May 2021", "They asked for passes. " + BODY)
    assert find_dates(document, fields, (), "event").event.start == "2021-05-04"
    found = find_dates(document, fields, (), "news")
    assert found.event.start is None
    assert found.date_published is not None


@pytest.mark.parametrize("line", ["14 March 2019 | Français | عربي", "English · Español · 14 March 2019"])
def test_a_day_beside_the_pages_other_languages_is_its_posting(line: str) -> None:
    found = dates_of_text(f"Families go home\n\n{line}\n\n{BODY}")
    assert found.date_published is not None
    assert (found.date_published.start, found.event.start) == ("2019-03-14", None)


def test_the_hour_of_posting_does_not_make_an_event_of_news() -> None:
    document, fields = page("Herders ask for passes", "4 May 2021 08:14 hrs", "They ask for passes. " + BODY)
    assert find_dates(document, fields, (), "event").event.rule == "event.header"
    found = find_dates(document, fields, (), "news")
    assert (found.event.start, found.date_published is not None) == (None, True)


def test_the_day_before_a_stamp_is_the_event_s_and_the_stamp_stays_one() -> None:
    found = dates_of("A desk", "Oslo, 4 June 2020 – The minister yesterday opened a desk for those who come. " + BODY)
    assert [e.text for e in found.event.evidence] == ["yesterday", "4 June 2020"]
    assert [(d.start, d.role) for d in found.dates] == [("2020-06-04", "published")]


@pytest.mark.parametrize(
    "lines",
    [
        ("Stop returns", "4 June 2020 – Every State is called on to stop returning people to the island. " + BODY),
        ("Instalan una mesa", "Lima, 4 de junio de 2020", "Una mesa que otros ya tienen en sus provincias. " + BODY),
    ],
)
def test_the_dateline_of_news_is_no_event(lines: tuple[str, ...]) -> None:
    document, fields = page(*lines)
    found = find_dates(document, fields, (), "news")
    assert (found.event.start, found.date_published is not None) == (None, True)


def test_a_workplan_tells_of_one_meeting_after_the_other() -> None:
    lines = ("Revision of the course", "A review was held on 4 May 2021. Drafts were read on 6 July 2021. " + BODY)
    document, fields = page(*lines)
    found = find_dates(document, fields, (), "workplan").event
    assert (found.start, found.end, found.rule) == ("2021-05-04", "2021-07-06", "event.series")
    assert find_dates(document, fields, (), "event").event.end is None


@pytest.mark.parametrize(
    "line", ["Network of Turku: Work Plan 2024-2026", "Workplan: 2024 - 2026", "The workplan of the quay, 2024 to 2026"]
)
def test_the_years_of_a_workplan(line: str) -> None:
    document, fields = page("Nets and lamps", line, "It was endorsed on 6 July 2023. " + BODY)
    found = find_dates(document, fields, (), "workplan").event
    assert (found.start, found.end, found.rule) == ("2024", "2026", "event.plan_period")


@pytest.mark.parametrize(
    "line",
    [
        "Endorsed on 6 July 2023. Period covered: July 2024 – June 2026. Workplan 2024-2026",
        "The workplan runs from July 2024 until June 2026. It was endorsed on 6 July 2023.",
    ],
)
def test_the_period_that_a_workplan_covers(line: str) -> None:
    document, fields = page("Nets and lamps", f"{line} {BODY}")
    found = find_dates(document, fields, (), "workplan").event
    assert (found.start, found.end, found.rule) == ("2024-07", "2026-06", "event.plan_period")


def test_a_deadline_in_a_field_does_not_move_the_days_of_the_title() -> None:
    found = dates_of("Call for papers: Nets (Turku, 5-7 June 2024)", "Date: 15 January 2024", BODY)
    assert (found.event.start, found.event.end, found.event.rule) == ("2024-06-05", "2024-06-07", "event.title")


@pytest.mark.parametrize("line", ["Posted on 14 March 2019", "14.03.2019 Views: 318", "Publié le 14 mars 2019"])
def test_a_posting_line_is_no_event(line: str) -> None:
    found = dates_of("Nets and lamps", line, BODY)
    assert (found.event.start, found.date_published is not None) == (None, True)


def test_stamps_and_mentions_keep_apart_from_the_event() -> None:
    found = dates_of(
        "Desk for returning workers",
        "Published on 20 March 2023",
        "Last updated: 2 April 2023",
        "The desk was opened on 14 March 2023 in Rivas. " + BODY,
        "It follows the law adopted on 10 December 2019.",
        "Date submitted: 1 April 2023",
    )
    roles = {d.start: d.role for d in found.dates}
    assert roles == {
        "2023-03-20": "published",
        "2023-04-02": "updated",
        "2023-03-14": "event",
        "2019-12-10": "mentioned",
        "2023-04-01": "submitted",
    }
    stamps = (found.date_submitted, found.date_published, found.date_updated)
    assert [s.start if s else None for s in stamps] == ["2023-04-01", "2023-03-20", "2023-04-02"]


@pytest.mark.parametrize(
    "stamp", ["By Ana Prova, 7 September 2021", "News | 7 September 2021", "日期 7 September 2021"]
)
def test_a_stamp_without_a_known_label(stamp: str) -> None:
    found = dates_of("Border officers train", stamp, "The course took place on 1 September 2021 in Gao. " + BODY)
    assert found.date_published is not None
    assert (found.date_published.start, found.event.start) == ("2021-09-07", "2021-09-01")


# --- years --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Forum", "Published on 4 March 2022", "They met on 8 March in Oslo. " + BODY], "2022-03-08"),
        (["Forum", "Published on 5 January 2022", "They met on 28 December in Oslo. " + BODY], "2021-12-28"),
        (["Forum", "Jueves, 05 Noviembre de 2020", "La cita es el jueves 12 de noviembre. " + BODY], "2020-11-12"),
        (["Forum", "It was on 7 November. " + BODY, "Agenda of the first day, November 7, 2023"], "2023-11-07"),
        (["Forum 2022 side event", "The side event is on 18 May. " + BODY], "2022-05-18"),
        (["Forum", "Dates: 18-20 May 2022", BODY + " On 19 May the minister spoke."], "2022-05-19"),
        (["Forum", "18-20 May 2022, 9:00-17:00", BODY + " On 19 May the minister spoke."], "2022-05-19"),
    ],
)
def test_a_year_is_borrowed_and_says_so(lines: list[str], expected: str) -> None:
    borrowed = [d for d in dates_of(*lines).dates if d.rule == "date.borrowed_year"]
    assert [d.start for d in borrowed] == [expected]
    assert len(borrowed[0].evidence) > 1  # the day, and where its year is from


@pytest.mark.parametrize(
    "lines",
    [
        ["Forum", "They met on 8 March in Oslo. " + BODY],
        ["Forum", "They met until 28 October and saw a map of 1911. " + BODY],
        ["Forum", "Published on 4 March 2022", "They met on 8 November in Oslo. " + BODY],  # which November?
        ["Forum", "Published on 4 March 2022", "They met on Monday 8 March in Oslo. " + BODY],  # a Tuesday in 2022
    ],
)
def test_without_a_year_on_the_page_there_is_no_date(lines: list[str]) -> None:
    found = dates_of(*lines)
    assert found.event.start is None
    assert "date_without_year" in [n.code for n in found.notices]


# --- figures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "url", "language", "expected"),
    [
        (["Foro", "Fecha", "05/04/2022"], None, "es", "2022-04-05"),
        (["Forum", "05/04/2022"], "https://forum.example.uk/a", "en", "2022-04-05"),
        (["Forum", "05/04/2022"], "https://forum.example.gov/a", "en", "2022-05-04"),
        (["Forum", "05/04/2022", "Ends 05/25/2022"], None, "en", "2022-05-04"),
        (["Forum", "Wed 05/04/2022"], None, "en", "2022-05-04"),
        (["Forum", "05/04/2022", "We meet on 5 April 2022."], None, "en", "2022-04-05"),
        (["Forum", "05.04.2022"], None, "en", "2022-04-05"),
        (["Forum", "05/10/2022", "We met on 2 October 2022."], None, "en", "2022-10-05"),
        (["Forum", "05/10/2022", "Quito, 8 May – We met."], None, "en", "2022-05-10"),
        (["Forum", "26.09.2022 Views: 318"], None, "en", "2022-09-26"),
    ],
)
def test_figures_are_read_by_the_page(lines: list[str], url: str | None, language: str, expected: str) -> None:
    assert expected in [d.start for d in dates_of(*lines, url=url, language=language).dates]


def test_ambiguous_figures_are_left_and_said() -> None:
    found = dates_of("Forum", "05/04/2022", BODY)
    assert found.dates == ()
    assert [(n.code, n.start, n.end) for n in found.notices] == [("date_ambiguous", 6, 16)]


def test_a_wrong_weekday_is_said() -> None:
    found = dates_of("Forum", "Monday, 4 May 2022", BODY)
    assert [n.code for n in found.notices] == ["date_weekday_mismatch"]
    assert [d.start for d in found.dates] == ["2022-05-04"]


# --- markup -------------------------------------------------------------------------------------------------------


def fact(name: str, value: str) -> MarkupFact:
    return MarkupFact(name, value, Origin("json-ld", f"$.{name}"))


def test_markup_says_when_no_label_does() -> None:
    facts = (
        fact("startDate", "2022-05-04T00:00:00Z"),
        fact("endDate", "2022-05-06"),
        fact("datePublished", "2022-04-01"),
    )
    found = dates_of("Forum", "The forum opens on 4 May 2022. " + BODY, facts=facts)
    assert (found.event.start, found.event.end, found.event.method) == ("2022-05-04", "2022-05-06", "metadata")
    assert found.event.origin == Origin("json-ld", "$.startDate")
    assert [s.text for s in found.event.evidence] == ["4 May 2022"]
    assert found.date_published is not None
    assert (found.date_published.start, found.date_published.evidence) == ("2022-04-01", ())


def test_a_label_goes_before_markup() -> None:
    found = dates_of("Forum", "Date: 5 May 2022", BODY, facts=(fact("startDate", "2022-05-04"),))
    assert (found.event.start, found.event.method) == ("2022-05-05", "field")


def test_a_date_said_twice_is_one_entry_with_two_spans() -> None:
    found = dates_of("Forum", "Date: 5 May 2022", "On 5 May 2022, the town hosted the forum. " + BODY)
    assert [(d.start, len(d.evidence)) for d in found.dates] == [("2022-05-05", 2)]
