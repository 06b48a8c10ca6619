"""Dates: what the page says about time, each date with its role, and the dates of the event itself.

``patterns`` has the atoms of dates and what only looks like one; ``grammar`` reads them in running text; ``years``
borrows a missing year where the page gives it; ``cues`` has the words that tell what a date is for; ``roles`` decides.

Rules of dates: date.day, date.range, date.list, date.month, date.year, date.bare_year (only where it is a period of its
own), date.iso, date.figures ("14.11.2016"), date.short_year ("14/11/16"), date.borrowed_year, date.metadata.
Rules of the event: event.field, event.start_end_fields, event.period_field, event.metadata, event.plan_period,
event.period_line, event.template_line, event.series, event.title, event.today, event.relative_day (yesterday, the
Tuesday before), event.first_of_days, event.counted_days ("a two-day course"), event.header, event.statement,
event.stamp, event.none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractor.model import DateEntry, DateRole, Document, Event, Field, Method, Notice, PageType, Section, Span
from extractor.stages.dates.grammar import Candidate, Moment, candidates, find_in_text, tokens
from extractor.stages.dates.periods import with_other_end
from extractor.stages.dates.reading import Choice, Dated, Reader
from extractor.stages.dates.roles import choose_event, lend_years, mark_stamps
from extractor.stages.dates.years import order_of_page, settle, to_date, weekday_fits

__all__ = ["OPEN_END", "DatesFound", "find_dates", "find_in_text"]

OPEN_END = "present"  # the end of what has no end yet, as schemas/record.schema.json has it
_STAMPS: dict[str, DateRole] = {"datePublished": "published", "dateModified": "updated"}


@dataclass(frozen=True, slots=True)
class DatesFound:
    """All dates of a page. The three stamps are among ``dates`` as well."""

    dates: tuple[DateEntry, ...]
    event: Event
    date_submitted: DateEntry | None
    date_published: DateEntry | None
    date_updated: DateEntry | None
    notices: tuple[Notice, ...]


def find_dates(
    document: Document, fields: Sequence[Field], sections: Sequence[Section], page_type: PageType = "other"
) -> DatesFound:
    """The dates of a page with their roles. Nothing is taken from today's date or the machine's locale.

    ``page_type``: on a page of news, a bare day in the head is the day on which it was posted.
    """
    found_tokens = tokens(document.text, document.language)
    order = order_of_page(document.text, found_tokens, document.language, document.url)
    found, notices = _settled(document, candidates(document.text, found_tokens, order))
    reader = Reader(document, fields, sections, page_type)
    placed = [reader.place(candidate) for candidate in found]
    dates = [d for d in placed if d.candidate.first.year is not None]
    mark_stamps(reader, dates)
    lent, left = lend_years(reader, dates, [d for d in placed if d.candidate.first.year is None])
    dates = sorted([*dates, *lent], key=lambda d: d.candidate.start)
    choice = choose_event(reader, dates, _marked(document, dates))
    choice = with_other_end(reader, choice, dates) if choice is not None else None
    notices += [_without_year(document, d.candidate) for d in left]
    notices += [_wrong_weekday(document, d.candidate) for d in dates if not weekday_fits(d.candidate)]
    entries = _merged([*_entries(document, dates, choice), *_markup_stamps(document)])
    return DatesFound(
        entries,
        _event(document, choice),
        _stamp(document, dates, entries, "submitted"),
        _stamp(document, dates, entries, "published"),
        _stamp(document, dates, entries, "updated"),
        tuple(sorted(notices, key=lambda n: n.start or 0)),
    )


# --- readings ---------------------------------------------------------------------------------------------------


def _settled(document: Document, found: list[Candidate]) -> tuple[list[Candidate], list[Notice]]:
    """Without the dates in figures that can be read two ways."""
    out: list[Candidate] = []
    notices: list[Notice] = []
    for candidate, settled in zip(found, settle(found), strict=True):
        if settled is not None:
            out.append(settled)
            continue
        printed = document.text[candidate.start : candidate.end]
        message = f"the date {printed!r} can be read day first or month first, and nothing on the page says which"
        notices.append(Notice("date_ambiguous", message, None, candidate.start, candidate.end))
    return out, notices


def _without_year(document: Document, candidate: Candidate) -> Notice:
    printed = document.text[candidate.start : candidate.end]
    return Notice(
        "date_without_year", f"no year for the date {printed!r} on this page", None, candidate.start, candidate.end
    )


def _wrong_weekday(document: Document, candidate: Candidate) -> Notice:
    printed = document.text[candidate.start : candidate.end]
    message = f"the date {printed!r} does not fall on the weekday that the page gives it"
    return Notice("date_weekday_mismatch", message, None, candidate.start, candidate.end)


# --- the event --------------------------------------------------------------------------------------------------


def _marked(document: Document, dates: Sequence[Dated]) -> Choice | None:
    """The event's dates as the markup has them; evidence is where the text says the same day."""
    facts = {fact.name: fact for fact in reversed(document.facts) if fact.name in ("startDate", "endDate")}
    start = facts.get("startDate")
    first = _moment(start.value) if start is not None else None
    if start is None or first is None:
        return None
    last = _moment(facts["endDate"].value) if "endDate" in facts else None
    same = tuple(d for d in dates if _day(d.candidate.first) == _day(first))[:1]
    return Choice(
        "event.metadata", same, "metadata", first=first, last=last if last != first else None, origin=start.origin
    )


def _moment(value: str) -> Moment | None:
    """The moment of a value in markup. Midnight stands there for "no hour given"."""
    read = find_in_text(value)
    if not read or read[0].first.year is None or read[0].ambiguous:
        return None
    moment = read[0].first
    return replace(moment, clock=None, zone=None) if moment.clock == "00:00" else moment


def _event(document: Document, choice: Choice | None) -> Event:
    if choice is None:
        return Event(None, None)
    first, last = _bounds(choice)
    spans = [span for dated in choice.chosen for span in dated.evidence] + list(choice.extra)
    return Event(
        first.iso(),
        OPEN_END if choice.open else last.iso() if last is not None else None,
        evidence=_spans(document, spans),
        method=choice.method,
        rule=choice.rule,
        origin=choice.origin,
    )


def _bounds(choice: Choice) -> tuple[Moment, Moment | None]:
    """Start and end; no end where it would only repeat the start."""
    if choice.first is not None or not choice.chosen:
        if choice.first is None:
            raise ValueError("an event was chosen without dates")
        return choice.first, choice.last
    first = choice.chosen[0].candidate.first
    last = choice.last or max((c.candidate.last or c.candidate.first for c in choice.chosen), key=_late)
    return first, last if last != first and _late(last) >= _early(first) else None


def _early(moment: Moment) -> tuple[int, int, int]:
    return moment.year or 0, moment.month or 0, moment.day or 0


def _late(moment: Moment) -> tuple[int, int, int]:
    return moment.year or 0, moment.month or 99, moment.day or 99


def _day(moment: Moment) -> tuple[int | None, int | None, int | None]:
    return moment.year, moment.month, moment.day


# --- the entries ------------------------------------------------------------------------------------------------


def _entries(document: Document, dates: Sequence[Dated], choice: Choice | None) -> Iterable[DateEntry]:
    bounds = _bounds(choice) if choice is not None else None
    choices = {(d.candidate.start, d.candidate.first) for d in choice.chosen} if choice is not None else set()
    for dated in dates:
        chosen = (dated.candidate.start, dated.candidate.first) in choices
        if dated.candidate.rule == "date.bare_year" and not chosen:
            continue
        yield _entry(document, dated, _role(dated, choice, bounds, chosen))
    if choice is not None and choice.origin is not None and not choice.chosen and bounds is not None:
        first, last = bounds
        end = last.iso() if last is not None else None
        yield DateEntry(
            first.iso(), end, first.precision, "event", (), "metadata", "date.metadata", origin=choice.origin
        )


def _role(dated: Dated, choice: Choice | None, bounds: tuple[Moment, Moment | None] | None, chosen: bool) -> DateRole:
    if choice is not None and chosen:
        return "session" if choice.session else "event"
    if dated.role is not None:
        return dated.role
    if bounds is None or dated.elsewhere or dated.day is None:
        return "mentioned"
    first, last = to_date(bounds[0]), to_date(bounds[1] or bounds[0])
    if first is None or last is None or not first <= dated.day <= last:
        return "mentioned"
    return "session" if choice is not None and choice.session else "event"


def _entry(document: Document, dated: Dated, role: DateRole) -> DateEntry:
    c = dated.candidate
    end = OPEN_END if c.open else c.last.iso() if c.last is not None else None
    method: Method = "field" if dated.field is not None else "rule"
    rule = "date.year" if c.rule == "date.bare_year" and dated.field is not None else c.rule
    return DateEntry(c.first.iso(), end, c.first.precision, role, _spans(document, dated.evidence), method, rule)


def _markup_stamps(document: Document) -> Iterable[DateEntry]:
    for fact in document.facts:
        moment = _moment(fact.value) if fact.name in _STAMPS else None
        if moment is not None:
            role = _STAMPS[fact.name]
            yield DateEntry(
                moment.iso(), None, moment.precision, role, (), "metadata", "date.metadata", origin=fact.origin
            )


def _merged(entries: Iterable[DateEntry]) -> tuple[DateEntry, ...]:
    """One entry for each date and role, with all passages that say it; the hour is kept where one of them has it."""
    merged: dict[tuple[str, str | None, str], DateEntry] = {}
    evidence: dict[tuple[str, str | None, str], dict[Span, None]] = {}  # in order, each once
    for entry in entries:
        end = entry.end and entry.end[:10]
        key = (entry.start[:10], end if end != entry.start[:10] else None, entry.role)
        known = merged.get(key)
        if known is None or (entry.evidence and (len(entry.start) > len(known.start) or not known.evidence)):
            merged[key] = entry
        evidence.setdefault(key, {}).update(dict.fromkeys(entry.evidence))
    return tuple(replace(entry, evidence=tuple(evidence[key])) for key, entry in merged.items())


def _stamp(
    document: Document, dates: Sequence[Dated], entries: Sequence[DateEntry], role: DateRole
) -> DateEntry | None:
    """The page's own stamp: printed with its label, else the markup's."""
    printed = next((d for d in dates if d.role == role), None)
    if printed is not None:
        return _entry(document, printed, role)
    return next((entry for entry in entries if entry.role == role), None)


def _spans(document: Document, spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(document.span(*span) for span in dict.fromkeys(spans))
