"""Shapes of lines: what a single line looks like, before anything is known about the page around it."""

from __future__ import annotations

import re

from extractor.text import fold

PROSE_CHARS = 200  # a line of this length is prose however it ends
PROSE_WORDS = 9  # a line that ends like a sentence is prose from this length on
LABEL_CHARS = 45
LABEL_WORDS = 5
HEADING_CHARS = 90
HEADING_WORDS = 12
_HEAD = 200  # code points of a line that the tests below look at

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_END_CHARS = 5  # in which the end of a sentence is found
# The stop comes first, that the search may go from one to the next.
_INNER_STOP = re.compile(r"[.!?](?<=[a-zà-ÿ)”’]{3}.) +[\"“«¿¡(]?[A-ZÀ-Þ]")
_BULLET = re.compile(r"(?:[•·▪▫◦‣●○■□⁃∙]\s*|[*–—-]\s+)")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)|[A-Z]\)\s+")
_TOKEN = re.compile(r"\d+[a-z]{0,2}|[^\W\d_]+")
_DATE_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|er|e|o|am|pm|h|z)?\Z|\d{2}h\Z")
_NUMERIC_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_MONTH_NAMES = """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre janv fevr avr juil
enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago set dic
"""
_WEEKDAY_NAMES = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo
"""
_OTHER_DATE_WORDS = """
to from until till at and of the on in between through du au le la les de des del al el a y et e desde hasta entre
jusqu partir des h hr hrs hour hours heure heures hora horas am pm m p noon midnight midi minuit
present ongoing date today en cours presente actualidad actualite actuellement
cet cest gmt utc est edt eat wat cat bst pst pdt ict local time zone tbc tbd q
"""
_MONTHS = frozenset(_MONTH_NAMES.split())
_WEEKDAYS = frozenset(_WEEKDAY_NAMES.split())
_DATE_WORDS = _MONTHS | _WEEKDAYS | frozenset(_OTHER_DATE_WORDS.split())
_NAME_TITLE = re.compile(r"(?:mr|mrs|ms|mx|dr|prof|h\.e|hon|s\.e|sr|sra|m|mme|amb)\b\.? ")
_SDG = re.compile(r"(?:sdg|odd|ods)[.\s-]{0,2}\d{1,2}\b|(?:target|cible|meta) \d{1,2}\.[0-9a-d]{1,2}\b")
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w’'. ]{2,30}"  # the city
    r"(?:, ?[A-ZÀ-Þ][\w’'. ]{2,30}){0,2}"  # its country
    r"(?:,? ?\(?(?:le |el |on )?(?:\d{1,2}(?:er|st|nd|rd|th)?|[A-Z][\w.]{2,9}) (?:de )?[\w.]{2,10}"  # day and month
    r",?(?: de)? ?\d{0,4}\)?)?"  # and year
    r"(?: ?[(/][\w ./-]{2,30}[)/])?"  # the agency
    r"(?: ?\.?[–—]| -|\.-| --) ?(?=[\"“«A-ZÀ-Þ\w])"
)
_TIMETABLE_ROW = re.compile(r"\d{1,2} ?(?:[.:h] ?\d{2}|[ap]\.?m\b)")
_RANGE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th|er)? ?(?:de )?(?P<month>[a-z]{3,10})?\.? ?(?:-|to|and|au|et|al|y|a)(?: el)? ?"
    r"\d{1,2}(?:st|nd|rd|th)? (?:of |de )?(?P<other>[a-z]{3,10})\b"
    r"|\b(?P<first>[a-z]{3,9})\.? \d{1,2} ?(?:-|to|and) ?(?:[a-z]{3,9} )?\d{1,2}\b"
)
_PARTED = re.compile(r"\s*[|·•]\s*")
_LOWER_WORD = re.compile(r"[a-zà-ÿ]{4,}")


def is_prose(line: str) -> bool:
    """A sentence or more: long, or ending as sentences do."""
    if len(line) >= PROSE_CHARS:
        return True
    words = line.count(" ") + 1
    if words < PROSE_WORDS:
        return False
    return ends_sentence(line) or has_sentences(line)


def has_sentences(line: str) -> bool:
    """One sentence ends inside the line and another begins."""
    return bool(_INNER_STOP.search(line))


def ends_sentence(line: str) -> bool:
    return bool(_SENTENCE_END.search(line, max(0, len(line) - _END_CHARS)))


def bullet_end(line: str) -> int:
    """Length of the bullet sign at the start of a line ("• ", "- "), 0 when there is none."""
    found = _BULLET.match(line)
    return found.end() if found else 0


def enumerator_end(line: str) -> int:
    """Length of the number or letter at the start of a list item ("1. ", "b) "), 0 when there is none."""
    found = _ENUMERATOR.match(line)
    return found.end() if found else 0


def is_date_line(line: str) -> bool:
    """Nothing but a date, a range of dates or times: "30 June - 2 July 2022", "2020 - Present", "12/05/2016"."""
    tokens = _TOKEN.findall(fold(line[:_HEAD]))
    return (
        0 < len(tokens) <= 24
        and any(t[0].isdigit() for t in tokens)
        and all(t in _DATE_WORDS or _DATE_NUMBER.match(t) for t in tokens)
    )


def is_date_range(line: str) -> bool:
    """Two days of a month, or one in each of two: "12-14 May 2021", "30 June to 2 July", "Quito, 3 y 4 de mayo"."""
    folded = fold(line[:_HEAD])
    return any(not _MONTHS.isdisjoint(found.groups()) for found in _RANGE.finditer(folded))


def starts_with_date(line: str) -> bool:
    """A date stands first, whatever follows: "26-27 October 2017 Addis Ababa"."""
    if _NUMERIC_DATE.match(line):
        return True
    tokens = _TOKEN.findall(fold(line[:60]))[:6]
    for i, token in enumerate(tokens):
        if token in _MONTHS:
            return any(t[0].isdigit() for t in tokens[: i + 2])
        if not (token in _DATE_WORDS or _DATE_NUMBER.match(token)):
            return False
    return False


def is_calendar_word(line: str) -> bool:
    """The leaf of a calendar: "MAY", "Wednesday"."""
    tokens = _TOKEN.findall(fold(line[:30]))
    return 0 < len(tokens) <= 2 and all(t in _MONTHS or t in _WEEKDAYS for t in tokens)


def is_dateline_only(line: str) -> bool:
    """Place and date above the prose of a news item: "Quito, 4 March 2021:"."""
    place, comma, date = line[:_HEAD].partition(",")
    return (
        bool(comma)
        and place[:1].isupper()
        and not is_calendar_word(place)
        and len(place) <= 40
        and is_date_line(date)
        and starts_with_date(date.strip())
    )


def is_when_and_where(line: str) -> bool:
    """A date and a place between bars or bullets: "Beirut | 11-12 June 2024", "3 May · 17:00 · Room 4"."""
    if len(line) > HEADING_CHARS:
        return False
    parts = [part for part in _PARTED.split(line) if part]
    dated = [is_date_line(part) or starts_with_date(part) or is_dateline_only(part) for part in parts]
    return (
        len(parts) > 1
        and any(dated)
        and all(d or (part.count(" ") < 6 and not part[0].islower()) for part, d in zip(parts, dated, strict=True))
    )


def dateline_end(line: str) -> int:
    """Length of the dateline that opens the prose of a news item ("Quito, 4 March 2021 (IOM) – "), 0 without one."""
    found = _DATELINE.match(line[:_HEAD])
    if found is None:
        return 0
    head = found.group()
    words = _LOWER_WORD.findall(fold(head)) if not head.isupper() else []
    lower = [w for w in words if w in head and w not in _MONTHS]  # words that do not begin with a capital
    return found.end() if len(lower) <= 1 + len([w for w in words if w.title() in head]) and len(words) <= 8 else 0


def is_sdg_line(line: str) -> bool:
    """A tag of a Sustainable Development Goal or target: "SDG.5 - Gender Equality"."""
    return bool(_SDG.match(fold(line[:30])))


def is_label_like(text: str) -> bool:
    """Could stand before a colon as the label of a field: few words, a capital first, no sentence."""
    return (
        0 < len(text) <= LABEL_CHARS
        and text.count(" ") < LABEL_WORDS
        and text[0].isupper()
        and not any(c in text for c in '.,;!?"“”«»')
        and not any(c.isdigit() for c in text)
    )


def is_heading_like(line: str) -> bool:
    """Could be the heading of a passage: short, a capital first, no sentence, no date, no name of a person."""
    if not (3 <= len(line) <= HEADING_CHARS and line.count(" ") < HEADING_WORDS):
        return False
    if line[-1] in ".,;…|" or not (line[0].isupper() or line[0] in '¿(“"«0123456789'):
        return False
    folded = fold(line)
    if "|" in line or "@" in line or "//" in line or _NAME_TITLE.match(folded):
        return False
    if is_timetable_row(line):
        return False
    return not (is_date_line(line) or starts_with_date(line) or is_dateline_only(line))


def is_place_like(line: str) -> bool:
    """A venue or place in parts: "Harbour Hotel, Valletta, Malta"; every part begins with a capital or a number."""
    parts = [part.strip() for part in line.split(",")]
    if not 2 <= len(parts) <= 6 or len(line) > HEADING_CHARS or ends_sentence(line) or "?" in line:
        return False
    return all(part and not part[0].islower() and part.count(" ") < 6 for part in parts)


def is_timetable_row(line: str) -> bool:
    """A time of day stands first: "9.30 – 10.00 | Opening"."""
    return bool(_TIMETABLE_ROW.match(line)) and not is_date_line(line)


def is_titled(line: str) -> bool:
    """Every word of weight begins with a capital, or all letters are capitals."""
    words = [w for w in line.split() if len(w) >= 4 and w[0].isalpha()]
    return bool(words) and sum(w[0].isupper() for w in words) >= 0.75 * len(words)
