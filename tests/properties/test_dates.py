"""Whatever the text: evidence is exact, nothing crashes, generated dates are read right, time stays bounded."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.readers.text import read_text
from extractor.stages.clean import clean
from extractor.stages.dates import find_dates, find_in_text
from extractor.stages.fields import find_fields

MONTHS = {
    language: names.split()
    for language, names in {
        "en": "January February March April May June July August September October November December",
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    }.items()
}
FORMS = {
    "en": ("{d} {m} {y}", "{m} {d}, {y}", "the {d}th of {m} {y}", "{d} {m}, {y}", "{y}-{n:02}-{d:02}"),
    "fr": ("le {d} {m} {y}", "{d} {m} {y}", "{d:02}.{n:02}.{y}"),
    "es": ("{d} de {m} de {y}", "{d} de {m} del {y}", "{d} {m} {y}"),
}
WORDS = """the of and to on in le du au et del al y de may March 3rd 12 28 2020 2022 1999 SDG 10.7 Room – - / , . ( )
10:30 CET Monday page resolution Today 05/04/2022 14.11.2016 +41 Present Date: Dates, A/RES/73/1"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n", "\u00a0", "31 April 2021", "Published on"])


# Pages with NUL or lone surrogates do not come past the readers.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=400)


@given(st.one_of(TEXTS, st.lists(PIECES, max_size=80).map(" ".join)))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_exact_evidence(text: str) -> None:
    document = clean(read_text(f"Forum\n{text}"))
    found = find_dates(document, find_fields(document), ())
    spans = [span for entry in found.dates for span in entry.evidence] + list(found.event.evidence)
    for span in spans:
        assert document.text[span.start : span.end] == span.text != ""
    for candidate in find_in_text(text):
        assert 0 <= candidate.start < candidate.end <= len(text)


@given(st.sampled_from(sorted(FORMS)), st.dates(date(1950, 1, 1), date(2060, 12, 31)), st.data())
@settings(max_examples=200, deadline=None)
def test_a_printed_day_is_read_back(language: str, day: date, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS[language]))
    printed = form.format(d=day.day, m=MONTHS[language][day.month - 1], n=day.month, y=day.year)
    read = find_in_text(f"We met {printed}, as planned.", language)
    assert [c.first.iso() for c in read] == [day.isoformat()]


@given(st.sampled_from(sorted(MONTHS)), st.integers(1, 12), st.integers(1, 20), st.integers(1, 8))
@settings(max_examples=100, deadline=None)
def test_a_printed_range_is_read_back(language: str, month: int, first: int, days: int) -> None:
    name, last = MONTHS[language][month - 1], first + days
    printed = {"en": f"{first}–{last} {name} 2021", "fr": f"du {first} au {last} {name} 2021"}.get(
        language, f"del {first} al {last} de {name} de 2021"
    )
    (read,) = find_in_text(printed, language)
    assert read.last is not None
    assert (read.first.iso(), read.last.iso()) == (f"2021-{month:02}-{first:02}", f"2021-{month:02}-{last:02}")


@pytest.mark.parametrize("language", sorted(MONTHS))
def test_month_names_are_those_of_dateparser(language: str) -> None:
    """Our vocabulary and the library agree on the names of the months."""
    from dateparser.date import DateDataParser

    parser = DateDataParser(languages=[language])
    for number, name in enumerate(MONTHS[language], 1):
        theirs = parser.get_date_data(f"7 {name} 2021").date_obj
        (ours,) = find_in_text(f"7 {name} 2021", language)
        assert theirs is not None
        assert (ours.first.month, ours.first.month) == (theirs.month, number)


HOSTILE = (
    "1",
    "1 ",
    "1, ",
    "1-",
    "1/1/",
    "2022-",
    "1 and ",
    "May 1 ",
    "Monday 1, ",
    "SDG 1, ",
    "10:30 - ",
    "+1 ",
    "A/1",
    "(1) ",
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_figures_take_linear_time(unit: str) -> None:
    """Four times the text takes far less than the sixteen times of quadratic reading."""

    def seconds(size: int) -> float:
        """The best of three: what else the machine does only adds."""
        document = clean(read_text((unit * size)[:size]))
        times = []
        for _ in range(3):
            began = time.process_time()
            find_dates(document, (), ())
            times.append(time.process_time() - began)
        return min(times)

    assert seconds(24_000) < 10 * seconds(6_000) + 0.2
