"""Places: where an event took place, what country a page is about, and how the event was attended.

A city is never taken from a bare name, only where the page puts the event there. Rules, the surest first:

====================  ==================================================================================
``place.field``       a location or venue field
``place.field.body``  the same, but the place is only in the name of a body ("Campus of the University of X")
``place.scope_field`` a field of countries, regions or localities
``place.markup``      schema.org markup
``place.line``        an unlabelled line near the top that is a place ("Athens, Greece")
``place.prose``       "was held in Baku", "se celebró en la ciudad de Panamá", "s'est tenue à Dakar"
``place.seat``        "at the United Nations Headquarters", where the page also names the city
``place.dateline``    the city a report is sent from, where the page is about that city's country
``place.signature``   "Done at Lusaka, this 29th day of July"
``place.setting``     the only town in the title and the first paragraphs of a page about an event or of news
``place.title``       the country in the title
``place.country``     the only country, or by far the most named, of a page
``place.implementer`` the country whose government carries out the practice
``place.mention``     named without more (role "mentioned")
====================  ==================================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.gazetteer import find_countries
from extractor.model import Attendance, Document, Field, Notice, PageType, Place, Span
from extractor.stages.places.attendance import find_attendance, is_about_practice
from extractor.stages.places.findings import Finding, Reading, mentioned_country, merged
from extractor.stages.places.prose import datelines, from_dateline, from_prose, from_seat, from_signature
from extractor.stages.places.scope import scope
from extractor.stages.places.setting import from_setting
from extractor.stages.places.stated import from_facts, from_fields, from_lines

__all__ = ["PlacesFound", "find_places"]


# Where a report is written or a great forum is held: no meeting place of an event that was online.
_NO_MEETING_PLACE = ("place.dateline", "place.seat", "place.setting")
_DATE_FIELDS = frozenset({"date", "dates", "start_date", "end_date"})
_YEAR = re.compile(r"\b(?:19|20)\d\d(?!\d)")
_PAGES_OF_NO_EVENT = ("practice", "pledge", "resource", "workplan")


@dataclass(frozen=True, slots=True)
class PlacesFound:
    places: tuple[Place, ...]
    attendance: Attendance | None
    attendance_evidence: tuple[Span, ...]
    notices: tuple[Notice, ...] = ()


def find_places(document: Document, fields: tuple[Field, ...], page_type: PageType = "other") -> PlacesFound:
    """The places of a page, one entry each with the strongest role the page gives it, and its event's attendance.

    ``page_type``: a page about a practice or a plan is not set in the only town that it names, as an event is.
    """
    countries = find_countries(document.text, demonyms=True)
    page = Reading(document, countries, _years(document, fields))
    venues = _venues(page, fields, page_type)
    meeting_places = tuple(f.span for f in venues if f.span and f.kind != "country" and f.rule not in _NO_MEETING_PLACE)
    attendance, evidence = find_attendance(document, fields, meeting_places)
    if attendance == "online":
        venues = [f for f in venues if f.rule not in _NO_MEETING_PLACE]
    about = scope(page, fields, venues, is_online=attendance == "online" and page_type not in _PAGES_OF_NO_EVENT)
    mentions = [
        mentioned_country(document, m, "mentioned", "place.mention") for m in page.countries if m.form == "name"
    ]
    places = merged([*venues, *about, *mentions, *datelines(page)])
    return PlacesFound(places, attendance, evidence)


def _years(document: Document, fields: tuple[Field, ...]) -> frozenset[str]:
    """The years of the event as far as the page's labels and title have them."""
    spans = [value for field in fields if field.name in _DATE_FIELDS for value in field.values]
    spans += [document.title] if document.title else []
    return frozenset(year for span in spans for year in _YEAR.findall(span.text))


def _venues(page: Reading, fields: tuple[Field, ...], page_type: PageType) -> list[Finding]:
    """Where the event took place by the surest source; the others are only asked while no city is known."""
    found = from_fields(page, fields)
    sources = [from_facts, from_lines]
    if not is_about_practice(fields):
        sources += [from_prose, from_seat, from_dateline, from_signature]
        if page_type not in _PAGES_OF_NO_EVENT:
            sources.append(from_setting)
    for source in sources:
        if any(f.kind == "city" for f in found):
            break
        codes = {f.country_code for f in found if f.kind == "country"}
        found += [f for f in source(page) if not codes or f.country_code in codes]
    return found
