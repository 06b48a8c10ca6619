"""Places: where an event took place or what country a page is about, and how the event was attended.

Sources, the surest first. A city is never taken from a bare name, only where the page puts the event there:

====================  ==================================================================================
``place.field``       a location or venue field
``place.field.body``  the same, but the place is only in the name of a body ("Campus of the University of X")
``place.scope_field`` a field of countries, regions or localities
``place.markup``      schema.org markup
``place.line``        an unlabelled line near the top that is a place ("Athens, Greece"), or a place in the title
``place.prose``       "was held in Baku", "se celebró en la ciudad de Panamá", "s'est tenue à Dakar"
``place.seat``        "at the United Nations Headquarters", where the page also names the city
``place.dateline``    the city a report is sent from, where the page is about that city's country
``place.title``       the country in the title
``place.implementer`` the country whose government carries out the practice
``place.country``     the only country, or by far the most named, of a page
``place.mention``     named without more (role "mentioned")
====================  ==================================================================================
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.gazetteer import (
    Country,
    CountryMention,
    Region,
    city_named,
    country_by_code,
    country_by_name,
    find_countries,
    find_regions,
    is_language_name,
    name_key,
    region_by_name,
)
from extractor.model import (
    Attendance,
    Document,
    Field,
    Method,
    Notice,
    Origin,
    Place,
    PlaceKind,
    PlaceRole,
    Span,
)
from extractor.stages.attendance import EVENT_NOUN, find_attendance, is_about_practice
from extractor.stages.locations import (
    ONLINE_PLACE,
    FoundPlace,
    Location,
    city_in_body,
    city_in_country_name,
    is_building,
    read_location,
)
from extractor.text import fold


@dataclass(frozen=True, slots=True)
class PlacesFound:
    places: tuple[Place, ...]
    attendance: Attendance | None
    attendance_evidence: tuple[Span, ...]
    notices: tuple[Notice, ...] = ()


def find_places(document: Document, fields: tuple[Field, ...]) -> PlacesFound:
    """The places of a page, one entry each, with the strongest role the page gives it."""
    countries = find_countries(document.text, demonyms=True)
    venues = _venues(document, fields, countries)
    met_at = tuple(f.span for f in venues if f.span and f.rule != "place.dateline" and f.kind != "country")
    attendance, attendance_evidence = find_attendance(document, fields, met_at)
    if attendance == "online":
        venues = [f for f in venues if f.rule not in ("place.dateline", "place.seat")]
    scope = _scope(document, fields, countries, venues, is_online=attendance == "online")
    mentions = [_country(m, document, "mentioned", "place.mention") for m in countries if m.form == "name"] + [
        f for f in _datelines(document) if f.kind == "city"
    ]
    return PlacesFound(_merged([*venues, *scope, *mentions]), attendance, attendance_evidence)


# --- findings and how they become places ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Finding:
    """One thing that one passage (or the markup) says about a place."""

    name: str
    kind: PlaceKind
    country_code: str | None
    m49: str | None
    role: PlaceRole
    span: Span | None
    rule: str
    method: Method = "rule"
    origin: Origin | None = None


_ROLES: tuple[PlaceRole, ...] = ("venue", "scope", "mentioned")


def _merged(findings: list[_Finding]) -> tuple[Place, ...]:
    """One place for all that is said of it: role, name and rule of the strongest finding, evidence of that role."""
    groups: dict[tuple[str, ...], list[_Finding]] = {}
    for finding in findings:
        groups.setdefault(_identity(finding), []).append(finding)
    places = []
    for group in groups.values():
        best = min(group, key=lambda f: _ROLES.index(f.role))
        spans = {f.span for f in group if f.span and f.role == best.role}
        places.append(
            Place(
                name=best.name,
                kind=best.kind,
                country_code=best.country_code,
                m49=best.m49,
                role=best.role,
                evidence=tuple(sorted(spans, key=lambda s: (s.start, s.end))),
                method=best.method,
                rule=best.rule,
                origin=best.origin,
            )
        )
    return tuple(places)


def _identity(finding: _Finding) -> tuple[str, ...]:
    if finding.kind == "country":
        return ("country", finding.country_code or "")
    if finding.kind == "region":
        return ("region", finding.m49 or name_key(finding.name))
    city = city_named(finding.name, [finding.country_code] if finding.country_code else [])
    return (finding.kind, finding.country_code or "", name_key(city.name if city else finding.name))


def _country(mention: CountryMention, document: Document, role: PlaceRole, rule: str) -> _Finding:
    span = document.span(mention.start, mention.end)
    country = mention.country
    name = span.text if mention.form == "name" else country.name
    return _Finding(name, "country", country.alpha2, country.m49, role, span, rule)


def _findings(document: Document, location: Location, rule: str, method: Method = "rule") -> list[_Finding]:
    """The venue, cities and countries of a location, as places of the event."""
    return [
        _found(document, place, kind, rule, method)
        for kind, places in (("city", location.cities), ("country", location.countries))
        for place in places
    ] + _venue(document, location, rule, method)


def _found(document: Document, place: FoundPlace, kind: str, rule: str, method: Method = "rule") -> _Finding:
    span = document.span(place.start, place.end)
    country = country_by_code(place.country_code) if place.country_code else None
    if kind == "country":
        return _Finding(
            span.text, "country", place.country_code, country.m49 if country else None, "venue", span, rule, method
        )
    return _Finding(span.text, "city", place.country_code, None, "venue", span, rule, method)


def _venue(document: Document, location: Location, rule: str, method: Method) -> list[_Finding]:
    if location.venue is None:
        return []
    codes = {p.country_code for p in (*location.countries, *location.cities)}
    span = document.span(*location.venue)
    return [_Finding(span.text, "venue", codes.pop() if len(codes) == 1 else None, None, "venue", span, rule, method)]


# --- where the event took place -------------------------------------------------------------------------------

_LOCATION_FIELDS = ("location", "venue", "city")
_TOP = 1500  # characters from the start of the page in which an unlabelled line may be the place of the event
_LONGEST_PLACE_LINE = 140
_DAY_RANGE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? ?(?:[-–—/&]|to|and|al?|au|et|y) ?\d{1,2}\b(?![:.]\d)")
# How far a place may stand from the word that puts the event there, and how much of a page's prose is its lead.
_REACH = 160
_LEAD_PARAGRAPHS = 5


def _venues(document: Document, fields: tuple[Field, ...], countries: list[CountryMention]) -> list[_Finding]:
    """What the surest source says; less sure ones only where it is silent about the city."""
    found: list[_Finding] = []
    sources = (
        lambda: _from_fields(document, fields),
        lambda: _from_markup(document),
        lambda: _from_lines(document),
        lambda: [] if is_about_practice(fields) else _from_prose(document, countries),
        lambda: [] if is_about_practice(fields) else _from_seat(document),
        lambda: [] if is_about_practice(fields) else _from_dateline(document, countries),
    )
    for source in sources:
        if any(f.kind == "city" for f in found):
            break
        codes = {f.country_code for f in found if f.kind == "country"}
        found += [f for f in source() if not codes or f.country_code in codes]
    return found


def _from_fields(document: Document, fields: tuple[Field, ...]) -> list[_Finding]:
    findings: list[_Finding] = []
    for field in fields:
        if field.name in _LOCATION_FIELDS and field.values:
            location = read_location(document.text, [(v.start, v.end) for v in field.values])
            rule = "place.field" if location.is_certain else "place.field.body"
            findings += _findings(document, location, rule, "field")
        elif field.name == "local":
            for value in field.values:
                location = read_location(document.text, [(value.start, value.end)])
                findings += _findings(document, location, "place.scope_field", "field")
    return findings


def _from_markup(document: Document) -> list[_Finding]:
    findings = []
    facts = {fact.name: fact for fact in reversed(document.facts)}
    country_fact = facts.get("location.address.addressCountry")
    country = _country_of_fact(country_fact.value) if country_fact else None
    codes = [country.alpha2] if country else []
    if fact := facts.get("location.address.addressLocality"):
        city = city_named(fact.value, codes) or (None if codes else city_named(fact.value))
        code = country.alpha2 if country else city.country_code if city else None
        findings.append(_stated(document, fact.value, "city", code, None, fact.origin))
    if country and country_fact:
        findings.append(
            _stated(document, country_fact.value, "country", country.alpha2, country.m49, country_fact.origin)
        )
    if (fact := facts.get("location.name")) and not ONLINE_PLACE.search(fold(fact.value)):
        findings += _named_in_markup(document, fact.value, fact.origin, bool(findings), codes)
    return findings


def _named_in_markup(document: Document, name: str, origin: Origin, is_known: bool, codes: list[str]) -> list[_Finding]:
    """``location.name``: the building; where the markup has no address often the whole location."""
    location = read_location(name, [(0, len(name))])
    findings = []
    if not is_known:
        for kind, places in (("city", location.cities), ("country", location.countries)):
            for p in places:
                country = country_by_code(p.country_code) if p.country_code and kind == "country" else None
                findings.append(
                    _stated(
                        document,
                        name[p.start : p.end],
                        "country" if kind == "country" else "city",
                        p.country_code,
                        country.m49 if country else None,
                        origin,
                    )
                )
    if location.venue:
        venue = name[slice(*location.venue)]
        findings.append(_stated(document, venue, "venue", codes[0] if codes else None, None, origin))
    return findings


def _country_of_fact(value: str) -> Country | None:
    return (country_by_code(value) if len(value) <= 3 else None) or country_by_name(value)


def _stated(
    document: Document, name: str, kind: PlaceKind, code: str | None, m49: str | None, origin: Origin
) -> _Finding:
    """A place from the markup, with its first mention in the text as evidence where it has one."""
    start = document.text.find(name)
    span = document.span(start, start + len(name)) if start >= 0 and name else None
    return _Finding(name, kind, code, m49, "venue", span, "place.markup", "metadata", origin)


def _from_lines(document: Document) -> list[_Finding]:
    """A line near the top that is nothing but a place, with or without a date; or such a piece of the title."""
    text = document.text
    is_named_event = document.title is not None and bool(EVENT_NOUN.search(fold(document.title.text)))
    beside_date = False
    for block in document.blocks:
        if block.start > _TOP:
            break
        if block.end - block.start > _LONGEST_PLACE_LINE or block.kind == "label":
            beside_date = False
            continue
        location = read_location(text, [(block.start, block.end)])
        if location.cities and location.is_whole and (location.is_certain or beside_date):
            is_stated = bool(location.countries or location.venue)
            # "New York, 18 December 2017" may be how a report begins, unless the page is an event's by its title.
            is_event_date = location.is_dated and (
                location.cities[0].start > block.start + 1
                or bool(_DAY_RANGE.search(text, block.start, block.end))
                or (text[block.end - 1] not in ":-–—" and is_named_event)
            )
            if block.kind == "title":
                is_event_line = location.is_dated and is_stated
            else:
                is_event_line = is_stated or is_event_date or (beside_date and not location.is_dated)
            if is_event_line:
                return _findings(document, location, "place.line")
        beside_date = location.is_dated and location.is_whole and not location.cities
    return []


# Words that put an event somewhere, in folded text.
_HELD = (
    r"held|hosted|organi[sz]ed|convened|conducted|launched|opened|inaugurated|celebrated|staged|kicked off|concluded|delivered|co-hosted"
    r"|co-organi[sz]ed|concluded|rolled out|unveiled"
)
_EVENT_VERB = re.compile(
    rf"\b(?:was|were|is|are|be|been|being|had|has|have) (?:\w+ )?(?:{_HELD})\b|\b(?:took|takes?|taking|taken) place\b"
    r"|\b(?:gathered|met|convened?|convenes|assembled|come together|came together|brought together|brings? together)\b"
    rf"|\b(?:{_HELD}) (?:this|the|a|an|its|their|his|her|two|three|\d+)\b"
    r"|\bwill (?:hold|host|convene|meet|organi[sz]e|open|launch)\b|\b(?:holds|hosts|convenes|organi[sz]es|launches)\b"
    r"|\b(?:today|yesterday|this week),? (?:launched|opened|held|convened|hosted|concluded)\b"
    r"|\b(?:a eu lieu|aura lieu|ont eu lieu|s'est (?:tenue?|deroulee?|ouverte?|reunie?)|se (?:tiendra|deroulera|reunira)|se sont (?:tenu|reuni|deroule)e?s"
    r"|est organisee?|a ete (?:organisee?|lancee?|ouverte?|inauguree?)|ont organise|a organise|s'est achevee?|reuni[st]?)\b"
    r"|\b(?:tuvo lugar|tendra lugar|tuvieron lugar|se (?:celebro|celebrara|celebraron|celebra|llevo a cabo|llevara a cabo|llevaron a cabo|realizo|realizara"
    r"|realizaron|desarrollo|desarrollara|reunieron|reunio|inauguro)|tuvo (?:por|como) sede|tendra (?:por|como) sede|fue (?:organizad|inaugurad|celebrad|lanzad)[oa]"
    r"|(?:celebrad|realizad|organizad)[oa]s?|concluyo)\b"
)
# A bare participle may belong to another event ("the meeting held in 2017 in …"): only good in the first paragraphs.
_EVENT_PARTICIPLE = re.compile(
    r"\b(?:held|hosted|organi[sz]ed|convened|taking place|tenue?s?|organisee?s?|lancee?s?)\b"
    r"|\b(?:the|this|a|an) (?:[\w-]+ ){0,3}?(?:workshop|conference|meeting|event|forum|seminar|training|consultation|summit|symposium|roundtable"
    r"|dialogue|session)(?=,? (?:in|at)\b)"
)
_OTHER_EVENT = re.compile(
    r"\b(?:previous(?:ly)?|earlier|last (?:year|month|week)|follow(?:ing|ed|s)?|follow-up|next|upcoming|forthcoming|since|prior|preceding|past"
    r"|adopt(?:ed|ion)|signed|endorsed|negotiat\w{1,5}|anterior(?:es|mente)?|proxim[ao]s?|adoptad[ao]s?|aprobad[ao]|precedente?s?|prochaine?s?|adoptee?)\b"
)
_WORD = r"[A-ZÀ-Þ][\w'’-]{1,30}"
_NAME = rf"{_WORD}(?:(?: (?:de|la|el|del|al|of|es|do|da|le)(?: la)? | |\. ?(?<=St\. )|-){_WORD}){{0,3}}"
_PLACE_IN_PROSE = re.compile(
    rf"\b(?:(?:[Ii]n|[Aa]t|[Ee]n|[Aa]|[Nn]ear|[Dd]ans|[Aa]ux?)|[Àà])\s+"
    rf"(?:the\s+|las?\s+|les\s+|el\s+)?({_NAME})"
    rf"|\b(?:ciudad\s+de|ville\s+de|city\s+of|town\s+of|capital(?:\s+of)?|capitale?,?)\s+({_NAME})"
    rf"|,\s({_NAME})(?=[,.;)]|\s\()"
)
# The city of a seat that everybody knows by the seat's name.
_SEATS = (
    (
        re.compile(
            r"\b(?:united nations|un) (?:headquarters|hq|building|secretariat building)\b|\bsede de las? naciones unidas\b"
            r"|\bsiege (?:de l'onu|des nations unies)\b"
        ),
        ("New York", "Nueva York"),
        "US",
    ),
    (
        re.compile(r"\bpalais des nations\b|\bpalacio de las naciones\b"),
        ("Geneva", "Genève", "Ginebra"),
        "CH",
    ),
    (re.compile(r"\bvienna international cent(?:re|er)\b"), ("Vienna", "Vienne", "Viena"), "AT"),
)
_AT_SEAT = re.compile(r"\b(?:at|in|inside|from|en|au|dans|a)(?: the| la| l'| el)?\s$")


def _from_prose(document: Document, countries: list[CountryMention]) -> list[_Finding]:
    """The first place where a sentence puts the event."""
    text, folded = document.text, fold(document.text)
    if (title := document.title) and (found := _place_in(document, title.start, title.end, countries)):
        return found
    sentences = list(_lead(document))
    for pattern, paragraphs in ((_EVENT_VERB, _LEAD_PARAGRAPHS), (_EVENT_PARTICIPLE, 2)):
        for number, (start, end) in sentences:
            cue = pattern.search(folded, start, end) if number < paragraphs else None
            if cue is None:
                continue
            if found := _place_in(document, cue.start(), min(end, cue.start() + _REACH), countries):
                if not _OTHER_EVENT.search(folded, start, found[0].span.start if found[0].span else end):
                    return found
            elif _PLACE_IN_PROSE.match(text, start) and cue.start() - start <= _REACH:
                if found := _place_in(document, start, cue.start(), countries):  # "In Dakar, … launched"
                    return found
    return []


def _lead(document: Document) -> Iterator[tuple[int, tuple[int, int]]]:
    """The sentences of the first paragraphs, each with the number of its paragraph."""
    paragraphs = [b for b in document.blocks if b.kind in ("paragraph", "list_item", "value") and b.end - b.start > 60][
        :_LEAD_PARAGRAPHS
    ]
    for start, end in document.sentences:
        for number, block in enumerate(paragraphs):
            if block.start <= start < block.end:
                yield number, (start, end)


def _place_in(document: Document, start: int, end: int, countries: list[CountryMention]) -> list[_Finding]:
    """The first place after a preposition in ``text[start:end]``: a city, with its country where that follows."""
    text = document.text
    for match in _PLACE_IN_PROSE.finditer(text, start, end):
        preposed, city_of, after_comma = match.groups()
        name_start, name_end = match.span(match.lastindex or 0)
        if city_of and (city := city_named(city_of)):  # "la ciudad de Panamá"
            return [_found(document, FoundPlace(name_start, name_end, city.country_code), "city", "place.prose")]
        inside = [m for m in countries if m.form == "name" and name_start <= m.start < name_end]
        if inside and inside[0].start == name_start:
            if preposed and inside[0].end >= name_end and not _goes_on(text, inside[0].end):
                return _country_venue(document, inside[0], start)
            continue
        if inside:
            name_end = inside[0].start
        beside = inside or [m for m in countries if 0 < m.start - name_end <= 6]
        if after_comma and not beside and not is_building(text[max(start, name_start - 60) : name_start]):
            continue
        location = read_location(text, [(name_start, max([name_end, *(m.end for m in beside[:1])]))])
        if location.cities and location.is_whole and location.is_certain and not location.venue:
            if after_comma or location.countries or location.cities[0].country_code:
                return _findings(document, location, "place.prose")
    return []


def _goes_on(text: str, end: int) -> bool:
    """Whether a name goes on after a country's: "in Georgia State University"."""
    return bool(re.match(r" [A-ZÀ-Þ][a-z]", text[end : end + 3]))


def _country_venue(document: Document, mention: CountryMention, start: int) -> list[_Finding]:
    """The country, with the city that is named in the same breath: "à l'Université de Lomé, au Togo"."""
    code = mention.country.alpha2
    found = _found(document, FoundPlace(mention.start, mention.end, code), "country", "place.prose")
    city = city_in_country_name(document.text, mention)
    cities = [city] if city else city_in_body(document.text, [(start, mention.start)], [code])
    return [*(_found(document, c, "city", "place.prose") for c in cities), found]


def _from_seat(document: Document) -> list[_Finding]:
    """A seat where the event is said to be, in the city that the page names beside it or elsewhere."""
    folded = fold(document.text)
    places = [(s, e) for _, (s, e) in _lead(document)]
    lines = [(b.start, b.end) for b in document.blocks if b.start <= _TOP and b.end - b.start <= _LONGEST_PLACE_LINE]
    for pattern, names, code in _SEATS:
        in_prose = any(
            _AT_SEAT.search(folded[max(start, m.start() - 14) : m.start()])
            for start, end in places
            for m in pattern.finditer(folded, start, end)
        )
        on_line = any(
            (location := read_location(document.text, [line])).venue and pattern.search(folded, *location.venue)
            for line in lines
            if pattern.search(folded, *line)
        )
        if not (in_prose or on_line):
            continue
        for name in names:
            # "New York" of "New York Office" or "New York Declaration" is no city.
            if match := re.search(rf"\b{name}\b(?! [A-ZÀ-Þ])", document.text):
                return [_found(document, FoundPlace(match.start(), match.end(), code), "city", "place.seat")]
    return []


# --- datelines ------------------------------------------------------------------------------------------------

# "Nairobi, Kenya, 10 February 2026 (ECA) – Today": what stands before the dash or colon is read as a location.
_DATELINE = re.compile(
    r"([A-ZÀ-Þ][^–—:\n]{1,70}?)\s?(?:\([^()\n]{2,30}\)\s?)?(?:\.[-–—]|\s[-–—]{1,2}|[–—]|:|-{2})(?=\s|$)"
)


def _datelines(document: Document) -> list[_Finding]:
    """City (and country) at the head of a paragraph near the top; of themselves only mentioned."""
    for block in document.blocks:
        if block.start > _TOP:
            break
        match = _DATELINE.match(document.text, block.start, block.end)
        if match is None or block.kind in ("title", "label"):
            continue
        location = read_location(document.text, [match.span(1)])
        if location.cities and location.is_whole and location.is_certain and not location.venue:
            return [
                _Finding(f.name, f.kind, f.country_code, f.m49, "mentioned", f.span, "place.dateline")
                for f in _findings(document, location, "place.dateline")
            ]
    return []


def _from_dateline(document: Document, countries: list[CountryMention]) -> list[_Finding]:
    """The dateline, where the page is about the country it was sent from, and so about what happened there."""
    found = _datelines(document)
    code = next((f.country_code for f in found if f.kind == "city"), None)
    subject = {m.country.alpha2 for m in _in_title(document, countries)} or _most_named(document, countries)
    if code is None or code not in subject:
        return []
    return [_Finding(f.name, f.kind, f.country_code, f.m49, "venue", f.span, "place.dateline") for f in found]


# --- what the page is about -----------------------------------------------------------------------------------

_REGION_FIELDS = ("regions", "sub_regions", "geographic_scope")
_IMPLEMENTER_FIELDS = ("implementing_organizations", "detailed_information", "host", "organizers")
_GOVERNMENT = re.compile(
    r"\b(?:government|ministr(?:y|ies|e|es|o)|gouvernement|gobierno|ministere|ministerio|state|republic|national|federal|secretaria"
    r"|department|agency|service|commission|council|kingdom)\b"
)
_LOCATIVE = re.compile(r"\b(?:in|across|within|en|au|aux|dans|a)(?: the| la| el| les| los)?\s$|à $")
_MOST_NAMED = 3  # times at least, and as many times as the next country, for a page to be about a country


def _scope(
    document: Document,
    fields: tuple[Field, ...],
    countries: list[CountryMention],
    venues: list[_Finding],
    is_online: bool,
) -> list[_Finding]:
    """Countries and regions the page is about: by its fields, else its title, its implementer, its text."""
    scope = _from_scope_fields(document, fields)
    known = {f.country_code for f in [*venues, *scope] if f.country_code}
    in_title = _in_title(document, countries)
    if not known or {m.country.alpha2 for m in in_title} <= known:
        scope += [_country(m, document, "scope", "place.title") for m in in_title]
    known |= {m.country.alpha2 for m in in_title}
    if not known:
        scope += _from_implementer(document, fields, countries)
    if not known and not _names_country(scope) and not is_online:
        about = _most_named(document, countries)
        scope += [_country(m, document, "scope", "place.country") for m in countries if m.country.alpha2 in about]
    return scope


def _names_country(findings: Iterable[_Finding]) -> bool:
    return any(f.kind == "country" for f in findings)


def _from_scope_fields(document: Document, fields: tuple[Field, ...]) -> list[_Finding]:
    findings = []
    for field in fields:
        for value in field.values:
            if field.name == "country":
                findings += [
                    _field_finding(_country(m, document, "scope", "place.scope_field"))
                    for m in _shifted(find_countries(value.text), value.start)
                ]
            elif field.name in _REGION_FIELDS:
                findings += _regions_of(document, value)
    return findings


def _field_finding(f: _Finding) -> _Finding:
    return _Finding(f.name, f.kind, f.country_code, f.m49, f.role, f.span, f.rule, "field")


def _regions_of(document: Document, value: Span) -> list[_Finding]:
    if region := region_by_name(value.text):
        return [_region(region, value)]
    found = [
        _region(m.region, document.span(value.start + m.start, value.start + m.end)) for m in find_regions(value.text)
    ]
    countries = _shifted(find_countries(value.text), value.start)
    return found + [_field_finding(_country(m, document, "scope", "place.scope_field")) for m in countries]


def _region(region: Region, span: Span) -> _Finding:
    return _Finding(span.text, "region", None, region.m49, "scope", span, "place.scope_field", "field")


def _shifted(mentions: list[CountryMention], by: int) -> list[CountryMention]:
    return [CountryMention(m.start + by, m.end + by, m.country, m.form) for m in mentions]


def _in_title(document: Document, countries: list[CountryMention]) -> list[CountryMention]:
    """The one or two countries of the title; of adjectives those whose country the text names, too."""
    title = document.title
    if title is None:
        return []
    named = {m.country.alpha2 for m in countries if m.form == "name"}
    found = [
        m
        for m in countries
        if title.start <= m.start < title.end
        and (m.form == "name" or (m.country.alpha2 in named and not is_language_name(document.text[m.start : m.end])))
    ]
    return found if len({m.country.alpha2 for m in found}) <= 2 else []


def _from_implementer(document: Document, fields: tuple[Field, ...], countries: list[CountryMention]) -> list[_Finding]:
    """The country whose government carries out a practice or hosts an event, if the fields name but one."""
    values = [v for f in fields if f.name in _IMPLEMENTER_FIELDS for v in f.values if _GOVERNMENT.search(fold(v.text))]
    found = [m for m in countries if m.form == "name" and any(v.start <= m.start < v.end for v in values)]
    if len({m.country.alpha2 for m in found}) != 1:
        return []
    return [_country(m, document, "scope", "place.implementer") for m in found]


def _most_named(document: Document, countries: list[CountryMention]) -> set[str]:
    """The only country that a page is set in, or one that it names many times as often as any other."""
    text = document.text
    named = {m.country.alpha2 for m in countries if m.form == "name"}
    counted = [m for m in countries if m.form == "name" or not is_language_name(text[m.start : m.end])]
    ranked = Counter(m.country.alpha2 for m in counted).most_common(2)
    if not ranked:
        return set()
    (code, times), others = ranked[0], ranked[1:]
    if others:
        return {code} if code in named and times >= _MOST_NAMED * others[0][1] else set()
    is_set_there = any(_LOCATIVE.search(fold(text[max(0, m.start - 12) : m.start])) for m in counted)
    return {code} if times >= 2 or is_set_there or not named else set()
