"""Reading a location: the cities, countries and the venue in a string that is a place, as in a location field.

"Baku - Azerbaijan", "Renaissance Hotel, Brussels, Belgium", "Morocco, Marrakech", "26-27 October 2017 Addis Ababa".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.gazetteer import (
    CountryMention,
    cities_named,
    city_named,
    find_countries,
    is_province,
    is_us_state,
)
from extractor.text import fold


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A city or country at ``text[start:end]``; ``country_code`` is null where namesakes cannot be told apart."""

    start: int
    end: int
    country_code: str | None


@dataclass(frozen=True, slots=True)
class Location:
    cities: tuple[FoundPlace, ...] = ()
    countries: tuple[FoundPlace, ...] = ()
    venue: tuple[int, int] | None = None  # a building, room or address
    is_dated: bool = False  # a date stands beside the place
    is_whole: bool = False  # nothing of the string is left unread, or it is an address
    is_certain: bool = True  # false where the place was only read out of a body's name ("University of Luxembourg")


_SEPARATOR = re.compile(
    r"[,;|•·/()\[\]\n\t:]+|\s[-–—]+\s|[–—]|\.(?=\s|$)|\s(?:in|at|à)\s"
    r"|\s(?:and|or|et|ou|y|o|&|\+)\s(?=(?:also )?(?:online|virtual|via|zoom|on zoom|en l[ií]|remote))",
    re.IGNORECASE,
)
# Left over between places: "The Hague, the Netherlands", "Dakar, au Sénégal".
_CONNECTIVE = re.compile(
    r"(?:the|in|at|and|via|by|on|à|a|au|aux|en|la|le|les|el|los|et|y|de|del|du|city|[Ii]slands|[Ii]slas)(?:\s+|$)"
)
_VENUE_WORD = re.compile(
    r"\b(?:hotel|hostal|cent(?:re|er|ro)|room|salle|salon|sala|building|batiment|edificio|hall|auditori(?:um|o)"
    r"|amphitheatre|universit(?:y|e|at)|universidad|college|school|ecole|escuela|campus|palais|palace|palacio"
    r"|headquarters|hq|siege|sede|house|maison|casa|offices?|bureau|oficina|ministry|ministere|ministerio"
    r"|institut[eo]?|embassy|library|museum|musee|museo|theat(?:re|er|ro)|tower|complex|compound|plaza|floor|etage"
    r"|piso|secretariat|chamber|studio|club|resort|parliament|academy|avenue|av|street|rue|calle|boulevard|road"
    r"|place|nations unies|united nations|un"
    r"|aula|auditoire|amphi|bibliotheque|biblioteca|haus|rathaus|stadium|stade|estadio|arena|pavilion"
    r"|pavillon|pabellon|zone|expo|hub)\b"
)
# What a body of one country keeps in another: its seat says nothing of the country in its name.
_ABROAD = re.compile(
    r"\b(?:embassy|ambassade|embajada|consulate|consulat|consulado|mission|mision|delegation|representation)\b"
)
ONLINE_PLACE = re.compile(
    r"\b(?:online|on-line|virtual(?:ly)?|zoom|kudo|webex|(?:ms |microsoft )?teams|skype|google meet|gotomeeting"
    r"|interprefy|webinar|en linea|en ligne|virtuel(?:le)?|webinaire|visioconference|videoconferen[a-z]{2,4}"
    r"|remote(?:ly)?|youtube|facebook live|web tv|livestream|hybrid[eoa]?|in[- ]person|presencial|(?:en )?presentiel"
    r"|tbc|tbd|platform|link)\b"
)
_MONTH = (
    r"jan(?:uary|vier|v)?|feb(?:ruary)?|fev(?:rier)?|mar(?:ch|s|zo)?|apr(?:il)?|avr(?:il)?|abr(?:il)?|may|mai|mayo|june?"
    r"|juin|junio|jul(?:y|io)?|juil(?:let)?|aug(?:ust)?|aout|ago(?:sto)?|sep(?:t|tember|tembre|tiembre)?|set(?:iembre)?"
    r"|oct(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|dec(?:ember|embre)?|dic(?:iembre)?|ene(?:ro)?|febrero"
)
_DAY_NAME = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
)
# Atomic groups and possessive repetition: no text makes these patterns go back and try again.
_DATE_WORD = (
    rf"(?>(?:{_MONTH}|{_DAY_NAME})\b\.?|\d[\d.:]*(?:st|nd|rd|th|er|h\d*|am|pm)?\b"
    r"|(?:am|pm|cet|cest|gmt|utc|est|edt|eat|hrs?|noon|local time)\b"
    r"|(?:from|to|until|on|and|the|of|du|de|del|al|au|le|el|y|et)\b"
    r"|[-–—&+'’.]|\s)"
)
_DATES_BEFORE = re.compile(rf"{_DATE_WORD}{{1,24}}+")
_DATES_AFTER = re.compile(rf"(?:(?<=\s)|(?<=^)){_DATE_WORD}{{1,24}}+$")
# A number alone is no date: it may be a house's.
_IS_DATE = re.compile(
    rf"\b(?:{_MONTH}|{_DAY_NAME})\b|\b\d{{1,2}}(?:[:h.]\d\d)?\s?(?:am|pm|h|hrs)\b|\b\d{{1,2}}[:.]\d\d\b"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}|\b(?:19|20)\d\d\b|^[\d\s-]+$|^\d{1,2}(?:st|nd|rd|th|er|º)$"
)
_ACRONYM = re.compile(r"[A-Z][A-Z-]{1,8}[A-Z]")
_POSTAL_CODE = re.compile(r"^(?:[A-Z]{0,2}-?\d[\w-]*\s+)+|(?:\s+(?:[A-Z]{2}\s+)?\d[\w-]*)+$|\s+(?:NY|CA|MA|DC)$")
_CODE_BEFORE = re.compile(r"(?<!\d)(?:[A-Z]{1,2}-)?\d{4,5} $")  # "8020 Graz" ends an address, whatever stands before it
_ADDRESS = re.compile(r"\d{1,5}[A-Za-z]?,? [A-ZÀ-Þ][^\d]{2,40}|[A-ZÀ-Þ][^\d]{2,40} \d{1,5}(?:[-/]\d{1,4})?[A-Za-z]?")
_IN_BODY = re.compile(r"(?:\b(?:of|of the|de|du|de la|des|del)\s|\b[dl]['’])$", re.IGNORECASE)
_OF_CITY = re.compile(
    r"\b(?:University|Université|Universidad|College|Campus|Municipality|Municipalité|Alcaldía)"
    r"(?: [\w.'’-]{1,20}){0,5}? (?:of|de|at|in|à|en)\s+(?=[A-ZÀ-Þ])"
)
# Large buildings carry the name of their city: "Baku Stadium", "Kigali Convention Centre".
_BUILDING_OF_CITY = re.compile(
    r"(?P<city>[A-ZÀ-Þ][\w'’-]{1,20}(?: [A-ZÀ-Þ][\w'’-]{1,20})?) (?:International )?"
    r"(?:(?:Olympic )?Stadium|Con(?:vention|ference|gress) (?:Cent(?:re|er)|Hall)|Exhibition (?:Cent(?:re|er)|Grounds)"
    r"|City Hall|Town Hall|Trade Fair)\b"
)
# Or end with it: "Convention Centre Kigali".
_CITY_OF_BUILDING = re.compile(
    r"(?:(?:Conference|Convention|Congress|Exhibition) (?:Cent(?:re|er)|Hall)"
    r"|Palais des Congrès|Centro de Convenciones)"
    r"(?: (?:de|of))? (?P<city>[A-ZÀ-Þ][\w'’-]{1,20}(?: [A-ZÀ-Þ][\w'’-]{1,20})?)"
)
# An address that runs into its city: "17 rue Haute 59800 Lille", "Karuna Road Nairobi".
_CITY_OF_ADDRESS = re.compile(
    r"(?:\b\d{4,6}|\b(?:Road|Street|Avenue|Ave|Rd|St|Drive|Boulevard|Blvd|Lane|Way|Highway)\.?) "
    r"(?P<city>[A-ZÀ-Þ][^\d,]{2,30})$"
)
_TIME_OF_CITY = re.compile(r"[^\W\d]{3,20}(?: [^\W\d]{3,20})? time|(?:hora|heure) (?:de |d['’])[^\d]{3,30}")
_PROPER_NAME = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?:[ -](?:(?:de|la|el|del|al|of|es|do|da|le|les|sur|en)\s)?[A-ZÀ-Þ'’][\w'’.-]*){0,3}"
)
_LONGEST_PIECE = 80  # characters; what is longer is a sentence
# States that are a city: their name stands for both.
CITY_STATES = frozenset({"DJ", "HK", "LU", "MC", "MO", "SG", "SM", "VA"})


def read_location(text: str, spans: Iterable[tuple[int, int]]) -> Location:
    """What the passages ``text[start:end]``, together one location, say. Offsets are those of ``text``."""
    spans = list(spans)
    mentions = [m for start, end in spans for m in _mentions(text, start, end) if not _is_in_city(text, m, start, end)]
    countries = [m for m in mentions if not _is_in_body(text, m, spans)]
    pieces = [piece for start, end in spans for piece in _pieces(text, start, end, countries)]
    codes = [m.country.alpha2 for m in countries]
    if not codes and any(is_us_state(text[s:e].strip()) for s, e in pieces):
        codes.append("US")
    cities: list[FoundPlace] = []
    venue: tuple[int, int] | None = None
    bodies: list[tuple[int, int]] = []
    unread: list[tuple[int, int]] = []
    is_dated = has_address = False
    for start, end in pieces:
        if _IS_DATE.search(fold(text[start:end]).strip()):
            is_dated = True
            start, end = _without_dates(text, start, end)
        start, end = _strip(text, start, end)
        piece = text[start:end]
        if not piece or (cities and (start < cities[-1].end or is_us_state(piece) or is_province(piece))):
            continue
        if len(piece) > _LONGEST_PIECE:
            unread.append((start, end))
            continue
        folded = fold(piece)
        if ONLINE_PLACE.search(folded):
            continue
        if _TIME_OF_CITY.fullmatch(folded):
            is_dated = True
            continue
        if city := _city(text, start, end, codes):
            cities.append(city)
            has_address = has_address or bool(_CODE_BEFORE.search(text[max(0, city.start - 8) : city.start]))
        elif _ACRONYM.fullmatch(piece) and (text[start - 1 : start] == "(" or (start, end) == pieces[0]):
            continue  # of the building, or of the body at home there
        elif _VENUE_WORD.search(folded) or _ADDRESS.fullmatch(piece):
            venue = _venue_with(text, venue, start, end)
            bodies.append((start, end))
        else:
            unread.append((start, end))
    if not cities:
        cities = (
            _cities_beside(text, countries, unread)
            or _cities_named_as_country(text, countries)
            or _city_of_address(text, bodies, codes)
            or city_in_body(text, bodies, codes)
        )
        unread = [piece for piece in unread if all(piece[0] != city.start for city in cities)]
    places = tuple(FoundPlace(m.start, m.end, m.country.alpha2) for m in countries)
    if cities or places:
        return Location(tuple(cities), places, venue, is_dated, is_whole=has_address or not unread)
    cities, countries_of_bodies = _read_out_of_bodies(text, bodies, mentions)
    return Location(tuple(cities), tuple(countries_of_bodies), venue, is_dated, is_whole=not unread, is_certain=False)


def is_building(text: str) -> bool:
    """Whether a text speaks of a building, a room or an address."""
    return bool(_VENUE_WORD.search(fold(text)))


def city_in_country_name(text: str, mention: CountryMention) -> FoundPlace | None:
    """The city that shares the name of a city state: "in Singapore" is both."""
    code = mention.country.alpha2
    if code in CITY_STATES and city_named(text[mention.start : mention.end], [code]):
        return FoundPlace(mention.start, mention.end, code)
    return None


def _mentions(text: str, start: int, end: int) -> list[CountryMention]:
    return [CountryMention(start + m.start, start + m.end, m.country, m.form) for m in find_countries(text[start:end])]


def _is_in_city(text: str, mention: CountryMention, start: int, end: int) -> bool:
    """Whether a country's name is a piece of a city's: "Antigua Guatemala"."""
    for piece_start, piece_end in _pieces(text, start, end, []):
        piece_start, piece_end = _strip(text, piece_start, piece_end)
        if piece_start <= mention.start and mention.end <= piece_end:
            is_longer = piece_end - piece_start > mention.end - mention.start
            return is_longer and city_named(text[piece_start:piece_end], [mention.country.alpha2]) is not None
    return False


def _is_in_body(text: str, mention: CountryMention, spans: list[tuple[int, int]]) -> bool:
    """Whether a country stands inside the name of a body: "University of Luxembourg", "Kenya School of Law"."""
    start, end = next((s, e) for s, e in spans if s <= mention.start < e)
    if re.match(r" [A-ZÀ-Þ]", text[mention.end : min(end, mention.end + 2)]):
        return True
    return bool(_IN_BODY.search(text[max(start, mention.start - 8) : mention.start]))


def _pieces(text: str, start: int, end: int, countries: list[CountryMention]) -> list[tuple[int, int]]:
    """The passage cut at separators and around countries, white space at the rims left out."""
    cuts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text, start, end)]
    cuts += [(m.start, m.end) for m in countries if start <= m.start < end]
    pieces = []
    for cut_start, cut_end in [*sorted(cuts), (end, end)]:
        if cut_start > start:
            pieces.append((start, cut_start))
        start = max(start, cut_end)
    return pieces


def _without_dates(text: str, start: int, end: int) -> tuple[int, int]:
    folded = fold(text[start:end])
    before = _DATES_BEFORE.match(folded)
    if before and (before.end() == len(folded) or re.search(r"\d", before.group())):
        start += before.end()
    after = _DATES_AFTER.search(text_after := fold(text[start:end]))
    if after and re.search(r"\d", after.group()):
        end -= len(text_after) - after.start()
    return start, end


def _venue_with(text: str, venue: tuple[int, int] | None, start: int, end: int) -> tuple[int, int]:
    """The venue and the next piece of it, if that follows on the same line."""
    if text[end : end + 1] == ")" and "(" in text[start - 2 : end]:
        end += 1
    if venue is None:
        return start, end
    return (venue[0], end) if start - venue[1] <= 4 and "\n" not in text[venue[1] : start] else venue


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    rim = " \t\n\xa0.,;:-–—*\"“”«»'’"
    while end > start and text[end - 1] in rim and not re.fullmatch(r"\.[A-Z]\.", text[end - 3 : end]):
        end -= 1
    while start < end and text[start] in rim:
        start += 1
    while connective := _CONNECTIVE.match(text, start, end):
        start = connective.end()
    return start, end


def _city(text: str, start: int, end: int, codes: list[str]) -> FoundPlace | None:
    piece = text[start:end]
    code = _POSTAL_CODE.search(piece)
    if code:
        start, end = (start + code.end(), end) if code.start() == 0 else (start, start + code.start())
        piece = text[start:end]
    if not piece[:1].isupper() or len(piece) > 40 or not cities_named(piece):
        return None
    city = city_named(piece, codes) or city_named(piece)
    if city is None and codes:
        return None
    if district := re.match(r",? D\.?C\b\.?", text[end : end + 7]):
        end += district.end()
    return FoundPlace(start, end, city.country_code if city else None)


def _cities_beside(text: str, countries: list[CountryMention], unread: list[tuple[int, int]]) -> list[FoundPlace]:
    """A town too small for the gazetteer: the proper name just before, else just after, the country."""
    for country in countries:
        before = [p for p in unread if p[1] <= country.start and country.start - p[1] <= 4]
        after = [p for p in unread if p[0] >= country.end and p[0] - country.end <= 4]
        for start, end in before[-1:] or after[:1]:
            if _PROPER_NAME.fullmatch(text, start, end):
                return [FoundPlace(start, end, country.country.alpha2)]
    return []


def _cities_named_as_country(text: str, countries: list[CountryMention]) -> list[FoundPlace]:
    """The city in "Panama, Panama", and in "Singapore"."""
    for mention in countries:
        again = sum(m.country == mention.country for m in countries) > 1
        if again and city_named(text[mention.start : mention.end], [mention.country.alpha2]):
            return [FoundPlace(mention.start, mention.end, mention.country.alpha2)]
        if city := city_in_country_name(text, mention):
            return [city]
    return []


def _read_out_of_bodies(
    text: str, bodies: list[tuple[int, int]], mentions: list[CountryMention]
) -> tuple[list[FoundPlace], list[FoundPlace]]:
    """City and country from the name of the body at home there: "University of Luxembourg", "Universidad de Lima"."""
    for start, end in bodies:
        if _ABROAD.search(fold(text[start:end])):
            continue
        for mention in mentions:
            if start <= mention.start < end:
                city = city_in_country_name(text, mention)
                return [city] if city else [], [FoundPlace(mention.start, mention.end, mention.country.alpha2)]
        if cities := city_in_body(text, [(start, end)]):
            return cities, []
    return [], []


def city_in_body(text: str, spans: list[tuple[int, int]], codes: Iterable[str] = ()) -> list[FoundPlace]:
    """The city (of one of the countries, if given) in the name of a body at home there: "University of Lima"."""
    for start, end in spans:
        for body in _OF_CITY.finditer(text, start, end):
            name = _PROPER_NAME.match(text, body.end(), end)
            if name and (city := city_named(name.group(), codes)):
                return [FoundPlace(name.start(), name.end(), city.country_code)]
        named = (*_BUILDING_OF_CITY.finditer(text, start, end), *_CITY_OF_BUILDING.finditer(text, start, end))
        for building in named:
            if city := city_named(building["city"], codes):
                return [FoundPlace(*building.span("city"), city.country_code)]
    return []


def _city_of_address(text: str, addresses: list[tuple[int, int]], codes: list[str]) -> list[FoundPlace]:
    """The city at the end of an address, without a comma before it."""
    for start, end in addresses:
        match = _CITY_OF_ADDRESS.search(text, start, end)
        if match and (city := city_named(match["city"], codes)):
            return [FoundPlace(*match.span("city"), city.country_code)]
    return []
