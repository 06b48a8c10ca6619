"""Places that sentences put the event in, seats that everybody knows, and datelines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.gazetteer import CountryMention, cities_named, city_named
from extractor.stages.places.findings import Finding, Reading, as_role, city, country, of_location
from extractor.stages.places.locations import (
    FoundPlace,
    city_in_body,
    city_in_country_name,
    is_building,
    read_location,
)
from extractor.stages.places.scope import countries_in_title, most_named
from extractor.stages.places.stated import LONGEST_LINE, TOP

_REACH = 160  # characters from the words that speak of the event within which its place may stand
_LEAD_PARAGRAPHS = 5  # an article says where in its first paragraphs; later ones tell of other events
_LEAD_PARAGRAPH = 40  # characters, at least
_LARGE = 100  # thousand inhabitants

# --- words that put an event somewhere, in folded text ---------------------------------------------------------

_HELD = (
    r"(?:held|hosted|co-hosted|organi[sz]ed|co-organi[sz]ed|convened|conducted|launched|opened|inaugurated|celebrated"
    r"|staged|kicked off|concluded|delivered|rolled out|unveiled)"
)
_EVENT_VERBS = (
    # English: "was held", "took place", "met", "held a workshop", "will host", "today launched", "in-person format"
    rf"(?:was|were|is|are|be|been|being|had|has|have) (?:\w+ )?{_HELD}",
    r"(?:took|takes?|taking|taken) place",
    r"gathered|met|convened?|convenes|assembled|(?:come|came) together|(?:brought|brings?) together",
    rf"{_HELD} (?:this|the|a|an|its|their|his|her|two|three|\d+)",
    r"will (?:hold|host|convene|meet|organi[sz]e|open|launch)",
    r"holds|hosts|convenes|organi[sz]es|launches",
    rf"(?:today|yesterday|this week),? {_HELD}",
    r"(?:in-person|hybrid) (?:format|event|meeting|workshop|session|conference)",
    # French: "a eu lieu", "s'est tenue", "se tiendra", "a été lancé", "réunit"
    r"(?:a eu|aura|ont eu|auront) lieu|(?:se (?:tiendra|deroulera|reunira)|se sont (?:tenu|reuni|deroule)e?s)",
    r"s'est (?:tenue?|deroulee?|ouverte?|reunie?|achevee?)|(?:a|ont) organise|reuni[st]?",
    r"est organisee?|a ete (?:organisee?|lancee?|ouverte?|inauguree?)",
    # Spanish: "tuvo lugar", "se celebró", "se llevará a cabo", "tuvo por sede", "organizado"
    r"(?:tuvo|tendra|tuvieron|tiene) lugar|(?:tuvo|tendra|tiene) (?:por|como) sede|concluyo",
    r"se (?:celebr(?:o|ara|aron|a)|realiz(?:o|ara|aron|a)|desarroll(?:o|ara|a)|reuni(?:o|eron|ra)|inauguro)",
    r"se (?:llevo|llevara|llevaron|lleva) a cabo|fue (?:organizad|inaugurad|celebrad|lanzad)[oa]",
    r"(?:celebrad|realizad|organizad)[oa]s?",
)
_EVENT_VERB = re.compile(rf"\b(?:{'|'.join(_EVENT_VERBS)})\b")
# A participle or a noun may be another event's ("the meeting held in 2017 in …"): asked last, in the first paragraphs.
_EVENT_PARTICIPLE = re.compile(
    r"\b(?:(?:held|hosted|organi[sz]ed|convened|taking place|tenue?s?|organisee?s?|lancee?s?)"
    r"|(?:the|this|a|an) (?:[\w-]+ ){0,3}?(?:workshop|conference|meeting|event|forum|seminar|training|consultation"
    r"|summit|symposium|roundtable|dialogue|session)(?=,? (?:in|at)\b))\b"
)
_OTHER_EVENT = re.compile(
    r"\b(?:previous(?:ly)?|earlier|last (?:year|month|week)|follow(?:ing|ed|s)?|follow-up|next|upcoming|forthcoming"
    r"|since|prior|preceding|past|adopt(?:ed|ion)|signed|endorsed|negotiat\w{1,5}"
    r"|anterior(?:es|mente)?|proxim[ao]s?|adoptad[ao]s?|aprobad[ao]|precedente?s?|prochaine?s?|adoptee?)\b"
)
# "met to prepare the summit in Addis Ababa": the place is the other event's.
_FOR_OTHER_EVENT = re.compile(
    r"\b(?:to|for|ahead of|before|pour|avant|para|antes)\b[^,;]{0,80}\b(?:the|its|this year's|la|le|el) "
    r"(?:[\w-]{1,30} ){0,4}(?:summit|forum|conference|meeting|review|sommet|cumbre|foro|conferencia) $"
)

# --- names of places in sentences ------------------------------------------------------------------------------

_WORD = r"[A-ZÀ-Þ][\w'’-]{1,30}"
_NAME = rf"{_WORD}(?:(?: (?:de|la|el|del|al|of|es|do|da|le)(?: la)? | |-){_WORD}){{0,3}}"
_PLACE = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Ee]n|[Aa]|[ÀÁà]|[Nn]ear|[Dd]ans|[Aa]ux?)\s+(?:the\s+|las?\s+|les\s+|el\s+|l['’])?"
    rf"(?P<preposed>{_NAME})"
    rf"|\b(?:ciudad\s+de|ville\s+de|city\s+of|town\s+of|capital(?:\s+of)?|capitale?,?)\s+(?P<city>{_NAME})"
    rf"|,\s(?P<after_comma>{_NAME})(?=[,.;)]|\s\()"
)
_HOST = re.compile(
    rf"(?P<city>{_NAME}) "
    r"(?:hosts?|hosted|to host|will host|accueill\w{1,4}|a accueilli|acog\w{1,4}|será sede|fue sede)\b"
)
_BESIDE = re.compile(r"(?:\s?[,(–-]\s?|\s)(?:(?:in|au|aux|en|the|la|les)\s)?")  # between a city and its country
_PREPOSITION_BEFORE = re.compile(r"(?:\b(?:in|at|en|a|the|la) ){1,2}$")
_NEXT_NAME = re.compile(rf"(?:,| and| et| y| e|, and) (?P<name>{_NAME})")


def from_prose(page: Reading) -> list[Finding]:
    """The first place where the title or a sentence puts the event; sentences with a verb for it go first."""
    sentences = list(_lead(page))
    if title := page.document.title:
        end = min(title.end, title.start + 2 * _REACH)
        found = _host(page, title.start, end) or _place_in(page, title.start, end)
        if any(f.kind == "city" for f in found):  # a country in the title is what the page is about: see scope
            return found
    for _, start, end in sentences:
        if found := _host(page, start, end):
            return found
    for pattern, paragraphs in ((_EVENT_VERB, _LEAD_PARAGRAPHS), (_EVENT_PARTICIPLE, 2)):
        for number, start, end in sentences:
            cue = pattern.search(page.folded, start, end) if number < paragraphs else None
            if cue is None:
                continue
            found = _place_in(page, cue.start(), min(end, cue.start() + _REACH))
            if not found and _PLACE.match(page.text, start) and cue.start() - start <= _REACH:
                found = _place_in(page, start, cue.start())  # "In Dakar on Monday, … launched"
            if found and not _is_of_other_event(page, start, found):
                return found
    return []


def _host(page: Reading, start: int, end: int) -> list[Finding]:
    """The city that a sentence begins with, as the host: "Bamako accueille la réunion"."""
    match = _HOST.match(page.text, start, end)
    if match is None or not _is_known(page, match["city"]):
        return []
    known = city_named(match["city"])
    place = FoundPlace(*match.span("city"), known.country_code if known else None)
    return [city(page.document, place, "place.prose")]


def _lead(page: Reading) -> Iterator[tuple[int, int, int]]:
    """The sentences of the first paragraphs: number of the paragraph, start and end."""
    paragraphs = [
        block
        for block in page.document.blocks
        if block.kind in ("paragraph", "list_item", "value") and block.end - block.start >= _LEAD_PARAGRAPH
    ][:_LEAD_PARAGRAPHS]
    for start, end in page.document.sentences:
        for number, block in enumerate(paragraphs):
            if block.start <= start < block.end:
                yield number, start, end


def _is_of_other_event(page: Reading, sentence: int, found: list[Finding]) -> bool:
    place = next((f.span.start for f in found if f.span), sentence)
    before = _PREPOSITION_BEFORE.sub("", page.folded[sentence:place])
    return bool(_OTHER_EVENT.search(before) or _FOR_OTHER_EVENT.search(before))


def _place_in(page: Reading, start: int, end: int) -> list[Finding]:
    """The first place that a preposition leads to in ``text[start:end]``, with its country where that follows."""
    text = page.text
    for match in _PLACE.finditer(text, start, end):
        name_start, name_end = match.span(match.lastgroup or 0)
        if match.lastgroup == "city" and (known := city_named(text[name_start:name_end])):
            return [city(page.document, FoundPlace(name_start, name_end, known.country_code), "place.prose")]
        inside = [m for m in page.countries if m.form == "name" and name_start <= m.start < name_end]
        if inside and inside[0].start == name_start and not cities_named(text[name_start:name_end]):
            if match.lastgroup == "preposed" and inside[0].end >= name_end:
                return _country(page, inside[0], start)
            continue
        if found := _city(page, match.lastgroup == "after_comma", name_start, name_end, start):
            return found
    return []


def _city(page: Reading, is_after_comma: bool, name_start: int, name_end: int, start: int) -> list[Finding]:
    """The city that the whole run of capitalised words names: "in Paris Agreement terms" is not in Paris."""
    text = page.text
    beside = [
        m for m in page.countries if m.form == "name" and _BESIDE.fullmatch(text, name_end, max(name_end, m.start))
    ]
    if is_after_comma and not beside and not is_building(text[max(start, name_start - 60) : name_start]):
        return []
    location = read_location(text, [(name_start, beside[0].end if beside else name_end)])
    if not location.is_whole or _names_in_list(text, name_end) >= 2:
        return []
    if location.venue:
        return [] if location.cities else _city_of_building(page, name_start, name_end)
    if location.cities and (beside or _is_known(page, text[name_start:name_end])):
        return of_location(page.document, location, "place.prose")
    return []


def _is_known(page: Reading, name: str) -> bool:
    """Whether a city can be told by its name alone: a large one, or one whose country the page names."""
    known = city_named(name)
    return known is not None and (
        known.capital
        or known.population >= _LARGE
        or any(m.country.alpha2 == known.country_code for m in page.countries)
    )


def _city_of_building(page: Reading, start: int, end: int) -> list[Finding]:
    """ "the Berlin Congress Centre" is in Berlin."""
    words = [m.end() for m in re.finditer(r"[^\s-]+", page.text[start:end])][:-1]
    for length in reversed(words[:3]):
        name = page.text[start : start + length]
        if (known := city_named(name)) and _is_known(page, name) and not is_building(name):
            return [city(page.document, FoundPlace(start, start + length, known.country_code), "place.prose")]
    return []


def _names_in_list(text: str, end: int) -> int:
    """How many more cities a list goes on with: events "in Manila, Beirut and Dakar" are many, and none the page's."""
    more = 0
    while more < 3 and (match := _NEXT_NAME.match(text, end)) and cities_named(match["name"]):
        more += 1
        end = match.end()
    return more


def _country(page: Reading, mention: CountryMention, start: int) -> list[Finding]:
    """The country, with the city that is named in the same breath: "à l'Université de Lomé, au Togo"."""
    if re.match(r" [A-ZÀ-Þ][a-z]", page.text[mention.end : mention.end + 3]):
        return []  # the name goes on: "in Georgia State University"
    code = mention.country.alpha2
    own = city_in_country_name(page.text, mention)
    cities = [own] if own else city_in_body(page.text, [(start, mention.start)], [code])
    place = country(page.document, FoundPlace(mention.start, mention.end, code), "place.prose")
    return [*(city(page.document, c, "place.prose") for c in cities), place]


# --- seats -----------------------------------------------------------------------------------------------------

# Buildings known everywhere by the name of the body, and their cities as pages write them.
_SEATS = (
    (
        re.compile(
            r"\b(?:united nations|un) (?:headquarters|hq|building|secretariat building)\b"
            r"|\bsede de las? naciones unidas\b|\bsiege (?:de l'onu|des nations unies)\b"
        ),
        ("New York", "Nueva York"),
        "US",
    ),
    (re.compile(r"\bpalais des nations\b|\bpalacio de las naciones\b"), ("Geneva", "Genève", "Ginebra"), "CH"),
    (re.compile(r"\bvienna international cent(?:re|er)\b"), ("Vienna", "Vienne", "Viena"), "AT"),
)
_AT = re.compile(r"\b(?:at|in|inside|from|en|au|dans|a)(?: the| la| l'| el)?\s$")


def from_seat(page: Reading) -> list[Finding]:
    """A seat where the event is said to be, in its city, which the page names beside it or elsewhere."""
    for pattern, names, code in _SEATS:
        if not (_is_at(page, pattern) or _is_on_line(page, pattern)):
            continue
        for name in names:
            # "New York" of "New York Office" or "New York Declaration" is no city.
            if match := re.search(rf"\b{name}\b(?! [A-ZÀ-Þ])", page.text):
                return [city(page.document, FoundPlace(*match.span(), code), "place.seat")]
    return []


def _is_at(page: Reading, seat: re.Pattern[str]) -> bool:
    return any(
        _AT.search(page.folded[max(start, match.start() - 14) : match.start()])
        for _, start, end in _lead(page)
        for match in seat.finditer(page.folded, start, end)
    )


def _is_on_line(page: Reading, seat: re.Pattern[str]) -> bool:
    """Whether the seat is the place on a line near the top: "Room 4, UN Building"."""
    lines = [b for b in page.document.blocks if b.start <= TOP and b.end - b.start <= LONGEST_LINE]
    for line in lines:
        if seat.search(page.folded, line.start, line.end):
            venue = read_location(page.text, [(line.start, line.end)]).venue
            if venue and seat.search(page.folded, *venue):
                return True
    return False


# --- datelines -------------------------------------------------------------------------------------------------

# "Nairobi, Kenya, 10 February 2026 (ECA) – Today", "Quito, 5 de mayo de 2021. El foro": what stands before the dash,
# the colon or the stop is read as a location.
_DATELINE = re.compile(
    r"([A-ZÀ-Þ][^–—:\n]{1,70}?)\s?(?:\([^()\n]{2,30}\)\s?)?"
    r"(?:\.[-–—]|\s[-–—]{1,2}|[–—]|:|-{2}|(?<=\d{4})\.)(?=\s|$)"
)
# Verbs of meetings: who reports that people met was where they met. Launches and calls are made from anywhere.
_MEETING = re.compile(
    r"\b(?:met|gathered|convened|assembled|came together|brought together|(?:was|were) held|took place"
    r"|held (?:a|an|its|their)|s'est (?:tenue?|reunie?|deroulee?)|se sont (?:tenu|reuni)e?s|a eu lieu|a reuni"
    r"|se (?:celebro|reunieron|reunio|realizo)|se llevo a cabo|tuvo lugar)\b"
)


def datelines(page: Reading) -> list[Finding]:
    """City and country at the head of a paragraph near the top; of themselves only mentioned."""
    for block in page.document.blocks:
        if block.start > TOP:
            break
        match = _DATELINE.match(page.text, block.start, block.end)
        if match is None or block.kind in ("title", "label"):
            continue
        location = read_location(page.text, [match.span(1)])
        if location.cities and location.is_whole and location.is_certain and not location.venue:
            return as_role(of_location(page.document, location, "place.dateline"), "mentioned")
    return []


def from_dateline(page: Reading) -> list[Finding]:
    """The dateline, where what is told happened there: on a page about that country, or of a meeting."""
    found = datelines(page)
    if not found:
        return []
    subject = {m.country.alpha2 for m in countries_in_title(page)} or most_named(page)
    happened_there = found[0].country_code in subject if subject else _tells_of_meeting(page, found[0])
    return as_role(found, "venue") if happened_there else []


def _tells_of_meeting(page: Reading, dateline: Finding) -> bool:
    """Whether its paragraph says that people met, and names no other country where they may have."""
    start = dateline.span.start if dateline.span else 0
    end = next((block.end for block in page.document.blocks if block.start <= start < block.end), start)
    is_elsewhere = any(start <= m.start < end and m.country.alpha2 != dateline.country_code for m in page.countries)
    return not is_elsewhere and bool(_MEETING.search(page.folded, start, end))
