"""Places that sentences put the event in, seats that everybody knows, and datelines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from extractor.gazetteer import City, CountryMention, cities_named, city_named, name_key
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
LONGEST_SENTENCE = 600  # characters; of a longer one the beginning is read
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
    r"(?:study|field|working) (?:visit|mission|trip|tour)|visite d'etude|visita de estudio",
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
# "in Bishkek on 14 June", "à Banjul du 15 au 17": a place before its day.
_DAY_AFTER = re.compile(
    r",? (?:(?:on|from|between|le|du|les|ce|el|del|los(?: dias)?|entre) )?(?:the )?(?:\w{5,9},? )?\d{1,2}"
    r"(?:st|nd|rd|th|er)?[ ,&/–-]"
)
_OTHER_EVENT = re.compile(
    r"\b(?:previous(?:ly)?|earlier|follow(?:ing|ed|s)?|follow-up|next|upcoming|forthcoming"
    r"|last (?:year|month|week|talks|meeting|round|session|edition|conference|summit|forum|time)"
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
NAME = rf"{_WORD}(?:(?: (?:de|la|el|del|al|of|es|do|da|le)(?: la)? | |-){_WORD}){{0,3}}"
_PLACE = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Ee]n|[Aa]|[ÀÁà]|[Nn]ear|[Dd]ans|[Aa]ux?)\s+(?:the\s+|las?\s+|les\s+|el\s+|l['’])?"
    rf"(?P<preposed>{NAME})"
    rf"|\b(?:ciudad\s+de|ville\s+de|city\s+of|town\s+of|capital(?:\s+of)?|capitale?,?)\s+(?P<city>{NAME})"
    rf"|\b(?:visits?|visited|mission|trip|tour|visite|visita) (?:to |à |a |de )?(?P<visited>{NAME})"
    rf"|,\s(?P<after_comma>{NAME})(?=[,.;)]|\s\(|\s*$)"
)
_HOST = re.compile(
    rf"(?P<city>{NAME}) "
    r"(?:hosts?|hosted|to host|will host|accueill\w{1,4}|a accueilli|acog\w{1,4}|será (?:la )?sede|fue (?:la )?sede)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BESIDE = re.compile(r"(?:\s?[,(–-]\s?|\s)(?:(?:in|au|aux|en|the|la|les)\s)?")  # between a city and its country
_PREPOSITION_BEFORE = re.compile(r"(?:\b(?:in|at|en|a|the|la) ){1,2}$")
_NEXT_NAME = re.compile(rf"(?:,| and| et| y| e|, and) (?P<name>{NAME})")


def from_prose(page: Reading) -> list[Finding]:
    """The first place where the title or a sentence puts the event; sentences with a verb for it go first."""
    sentences = list(lead_sentences(page))
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
            place = next((f.span.start for f in found if f.span), start)
            if found and not is_of_other_event(page, start, place):
                return found
    for _, start, end in sentences:
        if found := _dated(page, start, end):
            return found
    return []


def _dated(page: Reading, start: int, end: int) -> list[Finding]:
    """The first place that stands before its day: "consulted thirty agencies in Bishkek on 14 June"."""
    for match in _PLACE.finditer(page.text, start, min(end, start + LONGEST_SENTENCE)):
        if match.lastgroup == "preposed" and _DAY_AFTER.match(page.folded, match.end(), end):
            found = _place_in(page, match.start(), match.end())
            if any(f.kind == "city" for f in found) and not is_of_other_event(page, start, match.start()):
                return found
    return []


def _host(page: Reading, start: int, end: int) -> list[Finding]:
    """The city that is the subject of a sentence about hosting: "Bamako accueille la réunion"."""
    for match in _HOST.finditer(page.text, start, min(end, start + _REACH)):
        if is_known(page, match["city"]):
            known = city_named(match["city"])
            place = FoundPlace(*match.span("city"), known.country_code if known else None)
            return [city(page.document, place, "place.prose")]
    return []


def lead_sentences(page: Reading) -> Iterator[tuple[int, int, int]]:
    """The sentences of the first paragraphs: number of the paragraph, start and end."""
    paragraphs = [
        block
        for block in page.document.blocks
        if block.kind in ("paragraph", "list_item", "value") and block.end - block.start >= _LEAD_PARAGRAPH
    ][:_LEAD_PARAGRAPHS]
    last = paragraphs[-1].end if paragraphs else 0
    for start, end in page.document.sentences:
        if start >= last:
            return
        for number, block in enumerate(paragraphs):
            if block.start <= start < block.end:
                yield number, start, end


def is_of_other_event(page: Reading, sentence: int, place: int) -> bool:
    """Whether the sentence speaks of an earlier or a later event before it comes to the place, or of another year
    than the one that the page's date field or title has."""
    before = _PREPOSITION_BEFORE.sub("", page.folded[sentence:place])
    if _OTHER_EVENT.search(before) or _FOR_OTHER_EVENT.search(before):
        return True
    years = set(_YEAR.findall(page.text, sentence, min(place + _REACH, _sentence_end(page, sentence))))
    return bool(page.years) and bool(years) and not years & page.years


def _sentence_end(page: Reading, start: int) -> int:
    index = bisect_left(page.document.sentences, (start, start))
    return page.document.sentences[index][1] if index < len(page.document.sentences) else start


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
    if not location.is_whole or names_in_list(text, name_end) >= 2:
        return []
    if location.venue:
        is_of_body = location.cities and location.cities[0].start > name_start  # "at the University of Lima"
        return [] if is_of_body else _city_of_building(page, name_start, name_end)
    if location.cities and (beside or is_known(page, text[name_start:name_end])):
        return of_location(page.document, location, "place.prose")
    return []


def is_known(page: Reading, name: str) -> bool:
    """Whether a city can be told by its name alone."""
    return known_city(page, name) is not None


def known_city(page: Reading, name: str) -> City | None:
    """The city that a name alone tells: a capital, one in a country that the page names, or a large one."""
    known = city_named(name)
    named = {m.country.alpha2 for m in page.countries}
    here = [c for c in cities_named(name) if c.country_code in named]
    if here and not (known and known.capital):
        return here[0] if len({c.country_code for c in here}) == 1 else None
    return known if known and (known.capital or known.population >= _LARGE) else None


def _city_of_building(page: Reading, start: int, end: int) -> list[Finding]:
    """ "the Berlin Congress Centre" is in Berlin."""
    words = [m.end() for m in re.finditer(r"[^\s-]+", page.text[start:end])][:-1]
    for length in reversed(words[:3]):
        name = page.text[start : start + length]
        if (known := city_named(name)) and is_known(page, name) and not is_building(name):
            return [city(page.document, FoundPlace(start, start + length, known.country_code), "place.prose")]
    return []


def names_in_list(text: str, end: int) -> int:
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

# Buildings known everywhere by the name of the body, words without which they are not named, and their cities as pages
# write them.
_SEATS = (
    (
        ("headquarters", " hq", "building", "sede de la", "siege de"),
        re.compile(
            r"\b(?:united nations|un) (?:headquarters|hq|building|secretariat building)\b"
            r"|\bsede de las? naciones unidas\b|\bsiege (?:de l'onu|des nations unies)\b"
        ),
        ("New York", "Nueva York"),
        "US",
    ),
    (
        ("palais des nations", "palacio de las naciones"),
        re.compile(r"\bpalais des nations\b|\bpalacio de las naciones\b"),
        ("Geneva", "Genève", "Ginebra"),
        "CH",
    ),
    (
        ("vienna international",),
        re.compile(r"\bvienna international cent(?:re|er)\b"),
        ("Vienna", "Vienne", "Viena"),
        "AT",
    ),
)
_AT = re.compile(r"\b(?:at|in|inside|from|en|au|dans|a)(?: the| la| l'| el)?\s$")


def from_seat(page: Reading) -> list[Finding]:
    """A seat where the event is said to be, in its city, which the page names beside it or elsewhere."""
    for cues, pattern, names, code in _SEATS:
        if not any(cue in page.folded for cue in cues) or not (_is_at(page, pattern) or _is_on_line(page, pattern)):
            continue
        for name in names:
            # "New York" of "New York Office" or "New York Declaration" is no city.
            if match := re.search(rf"\b{name}\b(?! [A-ZÀ-Þ])", page.text):
                return [city(page.document, FoundPlace(*match.span(), code), "place.seat")]
    return []


def _is_at(page: Reading, seat: re.Pattern[str]) -> bool:
    return any(
        _AT.search(page.folded[max(start, match.start() - 14) : match.start()])
        for _, start, end in lead_sentences(page)
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
    r"((?:\d{1,2} [^\W\d]{3,10} \d{4}, )?[A-ZÀ-Þ][^–—:\n]{1,70}?)"
    r"(?:, [A-Z][a-z]{1,4}(?=\.))?\s?(?:\([^()\n]{2,30}\)\s?)?"  # "Tuxtla, Chis.-": of a state, cut short
    r"(?:\.\s?[-–—]|\s[-–—]{1,2}|[–—]|:|-{2}|(?<=\d{4})\.)(?=\s|$)"
)
_DATELINE_CHARS = 140  # at most
_DATELINE_STOP = re.compile(r"[–—:]|-(?<=[\s.-]-)|\d\.")  # in every dateline, and at the head of few other blocks
_SEATS_OF_AGENCIES = frozenset(
    name_key(name)
    for name in (
        *(
            "Geneva",
            "Genève",
            "Ginebra",
            "New York",
            "Nueva York",
            "Vienna",
            "Vienne",
            "Viena",
            "Rome",
            "Roma",
            "Paris",
        ),
        *("Brussels", "Bruxelles", "Bruselas", "Washington", "Nairobi", "Addis Ababa", "Bangkok"),
    )
)
_IN_COUNTRY = re.compile(r"\b(?:in|across|within|en|au|aux|dans|a)(?: the| la| el| les| los)?\s$")
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
        if block.kind in ("title", "label"):
            continue
        if not _DATELINE_STOP.search(page.text, block.start, min(block.end, block.start + _DATELINE_CHARS)):
            continue
        match = _DATELINE.match(page.text, block.start, block.end)
        if match is None:
            continue
        location = read_location(page.text, [match.span(1)])
        if location.cities and location.is_whole and location.is_certain and not location.venue:
            return as_role(of_location(page.document, location, "place.dateline"), "mentioned")
    return []


def from_dateline(page: Reading) -> list[Finding]:
    """The dateline, where what is told happened there: a meeting, something in a country that the page is about, or
    in none other than the dateline's. A seat of the UN tells of all the world, and needs the first two."""
    found = datelines(page)
    if not found:
        return []
    code = found[0].country_code
    subject = {m.country.alpha2 for m in countries_in_title(page)} or most_named(page)
    if subject:
        happened_there = code in subject
    else:
        is_seat = name_key(found[0].name) in _SEATS_OF_AGENCIES
        happened_there = _tells_of_meeting(page, found[0]) or not (is_seat or _is_set_elsewhere(page, code))
    return as_role(found, "venue") if happened_there else []


def _is_set_elsewhere(page: Reading, code: str | None) -> bool:
    """Whether the page names countries, and not the dateline's, or puts something "in" another."""
    named = {m.country.alpha2 for m in page.countries}
    others = [m for m in page.countries if m.country.alpha2 != code]
    return bool(named) and (
        code not in named or any(_IN_COUNTRY.search(page.folded[max(0, m.start - 14) : m.start]) for m in others)
    )


def _tells_of_meeting(page: Reading, dateline: Finding) -> bool:
    """Whether its paragraph says that people met, and names no other country where they may have."""
    start = dateline.span.start if dateline.span else 0
    end = next((block.end for block in page.document.blocks if block.start <= start < block.end), start)
    is_elsewhere = any(start <= m.start < end and m.country.alpha2 != dateline.country_code for m in page.countries)
    return not is_elsewhere and bool(_MEETING.search(page.folded, start, end))


# --- signatures ------------------------------------------------------------------------------------------------

_SIGNED = re.compile(
    rf"(?:[Dd]one|[Aa]dopted|[Ii]ssued|[Ss]igned|[Ff]aite?|[Aa]doptée?|[Hh]echo|[Dd]ad[oa]|[Aa]doptad[oa]) "
    rf"(?:at|in|à|en)(?: the (?:city|town) of| la ciudad de)? (?P<city>{NAME}),? (?:(?:on|this|le|ce|a|el)\b|\d)"
)


def from_signature(page: Reading) -> list[Finding]:
    """Where a communiqué was signed: "Done at Lusaka, this 29th day of July", as the first words of a paragraph."""
    for block in page.document.blocks:
        match = _SIGNED.match(page.text, block.start, block.end)
        if match and (known := city_named(match["city"])):
            return [city(page.document, FoundPlace(*match.span("city"), known.country_code), "place.signature")]
    return []
