"""Annotations: records as marked texts for Label Studio, doccano and spaCy, and corrected texts back as gold.

A ``Sheet`` is one page to be marked: its text and marks with labels, in code points. Each tool counts in its own way:

- Label Studio (its own tests say "offsets by code points in text", versions since 2021): code points
- doccano (without "count grapheme clusters"): UTF-16 units, since its editor counts as JavaScript does
- spaCy: tokens; texts are cut into tokens at every rim of a mark, so that no mark is moved

What stands in no passage (values from markup) cannot be marked; it comes back as the record has it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from extractor import gazetteer, vocabularies
from extractor.evaluation import page_name
from extractor.model import PageType
from extractor.review.offsets import Utf16
from extractor.review.values import Bounds, bounds
from extractor.stages.dates import find_in_text
from extractor.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

PAGE_TYPES: tuple[PageType, ...] = ("event", "practice", "news", "pledge", "workplan", "resource", "other")

_DATES = {
    "event": "EVENT_DATE", "session": "SESSION_DATE", "submitted": "SUBMITTED", "published": "PUBLISHED",
    "updated": "UPDATED", "mentioned": "DATE",
}  # fmt: skip
_PLACES = {"city": "CITY", "country": "COUNTRY", "region": "REGION", "venue": "VENUE"}  # of the event or the page
_BODIES = {
    "organizer": "ORGANIZER", "implementer": "IMPLEMENTER", "partner": "PARTNER", "donor": "DONOR",
    "participant": "PARTICIPANT", "mentioned": "ORGANIZATION",
}  # fmt: skip
# What a text is marked with. PLACE: a place that is only mentioned; of a body the first role in this order.
LABELS = (
    "TITLE", *_DATES.values(), *_PLACES.values(), "PLACE", *_BODIES.values(), "PERSON", "GCM_OBJECTIVE",
    "GCM_PRINCIPLE", "SDG", "HEADING",
)  # fmt: skip


class AnnotationError(ValueError):
    """Annotations that cannot be read or written; the message is a plain sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A passage with its label: ``text[start:end]``, in code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to be marked. ``page``: its name, as annotations are named."""

    page: str
    text: str
    page_type: str
    marks: tuple[Mark, ...]  # in order, each once


def sheet_of(record: Mapping[str, Any]) -> Sheet:
    """The marks that a record makes in its text."""
    marks = {
        Mark(start, end, label) for label, _, evidence in _marked(record) for start, end in evidence if start < end
    }
    return Sheet(page_name(record), record["text"], record["page_type"], tuple(sorted(marks)))


def _marked(record: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], tuple[Bounds, ...]]]:
    """Every value that marks its evidence, with its label."""
    for given in record["provenance"]:
        if given["field"] == "title":
            yield "TITLE", given, bounds(given["evidence"])
    for date in record["dates"]:
        yield _DATES[date["role"]], date, bounds(date["evidence"])
    for place in record["places"]:
        yield _PLACES[place["kind"]] if place["role"] != "mentioned" else "PLACE", place, bounds(place["evidence"])
    for body in record["organizations"]:
        yield _body_label(body["roles"]), body, bounds(body["evidence"])
    for person in record["people"]:
        yield "PERSON", person, bounds(person["evidence"])
    for label, tags in (
        ("GCM_OBJECTIVE", record["gcm"]["objectives"]),
        ("GCM_PRINCIPLE", record["gcm"]["principles"]),
        ("SDG", record["sdgs"]),
    ):
        for tag in tags:
            if tag["stated"]:
                yield label, tag, bounds(tag["evidence"])
    for section in record["sections"]:
        heading = section["heading"]
        if heading and record["text"].startswith(heading, section["start"]):
            yield "HEADING", section, ((section["start"], section["start"] + len(heading)),)


def _body_label(roles: Sequence[str]) -> str:
    return next(label for role, label in _BODIES.items() if role in roles or role == "mentioned")


# --- Label Studio -------------------------------------------------------------------------------------------------


def label_studio_config() -> str:
    """The labeling configuration for a project that our tasks are imported into."""
    labels = "\n".join(f"    <Label value={quoteattr(label)}/>" for label in LABELS)
    choices = "\n".join(f"    <Choice value={quoteattr(kind)}/>" for kind in PAGE_TYPES)
    return (
        "<View>\n"
        "  <Style>.htx-text{ white-space: pre-wrap; }</Style>\n"
        f'  <Choices name="page_type" toName="text" choice="single" showInline="true">\n{choices}\n  </Choices>\n'
        f'  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n'
        '  <Text name="text" value="$text"/>\n'
        "</View>\n"
    )


def write_label_studio(sheets: Iterable[Sheet]) -> bytes:
    """Tasks with our marks as predictions, which Label Studio shows to be corrected."""
    return json.dumps([_task(sheet) for sheet in sheets], ensure_ascii=False, indent=1).encode(
        "utf-8", "backslashreplace"
    )


def _task(sheet: Sheet) -> dict[str, Any]:
    common = {"to_name": "text"}
    marks = [
        {
            **common,
            "id": str(number),
            "from_name": "label",
            "type": "labels",
            "value": {
                "start": mark.start,
                "end": mark.end,
                "text": sheet.text[mark.start : mark.end],
                "labels": [mark.label],
            },
        }
        for number, mark in enumerate(sheet.marks)
    ]
    kind = {
        **common,
        "id": "page_type",
        "from_name": "page_type",
        "type": "choices",
        "value": {"choices": [sheet.page_type]},
    }
    return {
        "data": {"text": sheet.text, "page": sheet.page},
        "predictions": [{"model_version": "extractor", "result": [*marks, kind]}],
    }


def read_label_studio(content: bytes) -> list[Sheet]:
    """Sheets of an export of Label Studio in its JSON format: what people annotated, else what was predicted.

    Raises AnnotationError.
    """
    tasks = _json(content)
    return [_from_task(task) for task in (tasks if isinstance(tasks, list) else [tasks])]


def _from_task(task: Any) -> Sheet:
    try:
        data = task["data"]
        done = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
        results = (done or task.get("predictions") or [{"result": []}])[-1]["result"]
        kinds = [r["value"]["choices"][0] for r in results if r["type"] == "choices"]
        marks = [
            Mark(r["value"]["start"], r["value"]["end"], label)
            for r in results
            if r["type"] == "labels"
            for label in r["value"]["labels"]
        ]
        return _sheet(data["page"], data["text"], kinds[0] if kinds else "other", marks)
    except (KeyError, TypeError, IndexError) as error:
        raise AnnotationError(
            f"this is no task of Label Studio that extractor exported: {error!r} is missing"
        ) from None


# --- doccano ------------------------------------------------------------------------------------------------------


def write_doccano(sheets: Iterable[Sheet]) -> bytes:
    """JSON Lines for a project of sequence labeling that allows overlapping spans."""
    lines = []
    for sheet in sheets:
        at = Utf16(sheet.text).units
        label = [[at(mark.start), at(mark.end), mark.label] for mark in sheet.marks]
        entry = {"text": sheet.text, "label": label, "page": sheet.page, "page_type": sheet.page_type}
        lines.append(json.dumps(entry, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8", "backslashreplace")


def read_doccano(content: bytes) -> list[Sheet]:
    """Sheets of an export of doccano as JSONL, with or without relations. Raises AnnotationError."""
    return [_from_doccano(_json(line)) for line in content.split(b"\n") if line.strip()]


def _from_doccano(entry: Any) -> Sheet:
    try:
        text = entry["text"]
        at = Utf16(text).point
        spans = entry.get("label") or [
            (e["start_offset"], e["end_offset"], e["label"]) for e in entry.get("entities") or ()
        ]
        marks = [Mark(at(start), at(end), label) for start, end, label in spans]
        return _sheet(entry["page"], text, entry.get("page_type") or "other", marks)
    except (KeyError, TypeError, ValueError) as error:
        raise AnnotationError(f"this is no line of doccano that extractor exported: {error!r}") from None


# --- spaCy --------------------------------------------------------------------------------------------------------

_SPANS = "sc"  # the key under which spaCy's span categorizer looks for spans
_PIECE = re.compile(r"\w+|\s|[^\w\s]")


def write_spacy(sheets: Iterable[Sheet]) -> bytes:
    """A DocBin; marks, which may overlap, are in ``doc.spans["sc"]``. Raises AnnotationError for text that spaCy
    cannot hold (halves of surrogate pairs)."""
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

    vocab = Vocab()
    docs = DocBin(store_user_data=True)
    for sheet in sheets:
        words, spaces = _tokens(sheet)
        try:
            doc = Doc(vocab, words=words, spaces=spaces)
        except UnicodeEncodeError:
            raise AnnotationError(
                f"the text of {sheet.page} has halves of characters, which spaCy cannot hold"
            ) from None
        doc.spans[_SPANS] = [_span(doc, mark) for mark in sheet.marks]
        doc.user_data.update({"page": sheet.page, "page_type": sheet.page_type})
        docs.add(doc)
    return docs.to_bytes()


def _span(doc: Doc, mark: Mark) -> Span:
    span = doc.char_span(mark.start, mark.end, mark.label)
    if span is None:
        raise AssertionError(f"the tokens are not cut at {mark}")
    return span


def _tokens(sheet: Sheet) -> tuple[list[str], list[bool]]:
    """Words and whether a space follows, cut at every rim of a mark."""
    starts, ends = {mark.start for mark in sheet.marks}, {mark.end for mark in sheet.marks}
    cuts = sorted(starts | ends)
    words: list[str] = []
    spaces: list[bool] = []
    for piece in _PIECE.finditer(sheet.text):
        start, end = piece.span()
        if piece.group() == " " and words and not spaces[-1] and start not in starts and end not in ends:
            spaces[-1] = True
            continue
        inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
        for low, high in pairwise((start, *inner, end)):
            words.append(sheet.text[low:high])
            spaces.append(False)
    return words, spaces


def read_spacy(content: bytes) -> list[Sheet]:
    """Sheets of a DocBin. Raises AnnotationError."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    try:
        docs = list(DocBin().from_bytes(content).get_docs(Vocab()))
        return [
            _sheet(
                doc.user_data["page"],
                doc.text,
                doc.user_data["page_type"],
                [Mark(span.start_char, span.end_char, span.label_) for span in doc.spans[_SPANS]],
            )
            for doc in docs
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise AnnotationError(f"this is no DocBin that extractor exported: {error}") from None


# --- back as gold -------------------------------------------------------------------------------------------------


def gold_of(sheet: Sheet, record: Mapping[str, Any]) -> dict[str, Any]:
    """The annotation that a corrected sheet makes, in the shape that ``evaluate`` reads.

    A mark that the record made means what the record says of it; of a new one its own text is read. What a mark
    cannot say (the position of a person, the kind of page in doccano) is the record's.
    Raises AnnotationError when the sheet is not of this record's text.
    """
    if sheet.text != record["text"]:
        raise AnnotationError(f"the annotated text of {sheet.page} is not the text of its record")
    reading = _Corrections(sheet, record)
    start, end = reading.event()
    return {
        "slug": sheet.page,
        "language": record["language"],
        "page_type": sheet.page_type,
        "title": reading.title(),
        "start_date": start,
        "end_date": end,
        "date_submitted": reading.submitted(),
        "all_dates": reading.dates(),
        "city": reading.city(),
        "countries": reading.countries(),
        "organizations": reading.organizations(),
        "people": reading.people(),
        "gcm_objectives": reading.tags("GCM_OBJECTIVE", "number", _objective_numbers()),
        "sdgs": reading.tags("SDG", "goal", _goal_numbers()),
        "sections": [reading.text_of(mark) for mark in reading.marks("HEADING")],
    }


class _Corrections:
    """A corrected sheet beside the record that it was made from."""

    def __init__(self, sheet: Sheet, record: Mapping[str, Any]) -> None:
        self._sheet, self._record = sheet, record
        self._values = list(_marked(record))
        self._exported = set(sheet_of(record).marks)

    def marks(self, *labels: str) -> list[Mark]:
        return [mark for mark in self._sheet.marks if mark.label in labels]

    def text_of(self, mark: Mark) -> str:
        return " ".join(self._sheet.text[mark.start : mark.end].split())

    def _kept(self, *labels: str) -> list[Mapping[str, Any]]:
        """Values of the record of which at least one passage is still marked, whatever of these labels it has now;
        and those that were never marked, because no passage says them."""
        there = {(mark.start, mark.end) for mark in self.marks(*labels)}
        return [value for label, value, spans in self._values if label in labels and (not spans or there & set(spans))]

    def _new(self, *labels: str) -> list[Mark]:
        """Marks on passages that no value of the record with such a label has."""
        known = {span for label, _, spans in self._values if label in labels for span in spans}
        return [mark for mark in self.marks(*labels) if (mark.start, mark.end) not in known]

    def _unchanged(self, *labels: str) -> bool:
        return {m for m in self._exported if m.label in labels} == set(self.marks(*labels))

    def title(self) -> str | None:
        if self._unchanged("TITLE"):
            title: str | None = self._record["title"]
            return title
        marks = self.marks("TITLE")
        return self.text_of(marks[0]) if marks else None

    def event(self) -> tuple[str | None, str | None]:
        """First and last day of the event: the record's, unless the marks of its dates were changed."""
        labels = ("EVENT_DATE", "SESSION_DATE")
        event = self._record["event"]
        if self._unchanged(*labels):
            return _day(event["start"]), _day(event["end"])
        read = [self._read_date(mark) for mark in self.marks(*labels)]
        days = sorted(day for pair in read for day in pair if day)
        return (days[0], days[-1] if days[-1] != days[0] else None) if days else (None, None)

    def submitted(self) -> str | None:
        if self._unchanged("SUBMITTED"):
            submitted: str | None = self._record["date_submitted"]
            return submitted
        return next((day for mark in self.marks("SUBMITTED") for day in self._read_date(mark) if day), None)

    def dates(self) -> list[str]:
        """Days and months of the page, in order."""
        labels = tuple(_DATES.values())
        found = [day for date in self._kept(*labels) for day in (_day(date["start"]), _day(date["end"]))]
        found += [day for mark in self._new(*labels) for day in self._read_date(mark)]
        return sorted({day for day in found if day and re.match(r"\d{4}-\d\d", day)})

    def _read_date(self, mark: Mark) -> tuple[str | None, str | None]:
        """What a marked passage says: the record's reading where it has one, else the grammar's."""
        for label, date, spans in self._values:
            if label in _DATES.values() and (mark.start, mark.end) in spans:
                return _day(date["start"]), _day(date["end"])
        for candidate in find_in_text(self.text_of(mark), self._record["language"]):
            if candidate.first.year is not None:
                last = candidate.last.iso()[:10] if candidate.last and candidate.last.year is not None else None
                return candidate.first.iso()[:10], last
        return None, None

    def city(self) -> str | None:
        kept, new = self._kept("CITY"), self._new("CITY")
        return kept[0]["name"] if kept else self.text_of(new[0]) if new else None

    def countries(self) -> list[str]:
        labels = tuple(_PLACES.values())
        codes = [place["country_code"] for place in self._kept(*labels)]
        for mark in self._new(*labels):
            codes += [country.country.alpha2 for country in gazetteer.find_countries(self.text_of(mark), demonyms=True)]
        return sorted({code for code in codes if code})

    def organizations(self) -> list[dict[str, Any]]:
        labels = tuple(_BODIES.values())
        found: dict[str, dict[str, Any]] = {}
        for body in self._kept(*labels):
            spans = set(bounds(body["evidence"]))
            given = {mark.label for mark in self.marks(*labels) if (mark.start, mark.end) in spans}
            aliases = [a for a in (body["acronym"], *body["aliases"]) if a and a != body["name"]]
            found[body["id"]] = {"name": body["name"], "role": _role(given, body["roles"]), "aliases": aliases}
        for mark in self._new(*labels):
            name = self.text_of(mark)
            known = next((f for f in found.values() if fold(name) in map(fold, (f["name"], *f["aliases"]))), None)
            if known is None:
                found[fold(name)] = {"name": name, "role": _role({mark.label}, ()), "aliases": []}
        return list(found.values())

    def people(self) -> list[dict[str, Any]]:
        found = [
            {name: person[name] for name in ("name", "honorific", "position", "affiliation")}
            for person in self._kept("PERSON")
        ]
        for name in dict.fromkeys(self.text_of(mark) for mark in self._new("PERSON")):
            if fold(name) not in [fold(person["name"]) for person in found]:
                found.append({"name": name, "honorific": None, "position": None, "affiliation": None})
        return found

    def tags(self, label: str, key: str, names: Mapping[str, int]) -> list[int]:
        """Numbers of tags: of a new mark the numbers in its text, else the tag that it names."""
        numbers = [tag[key] for tag in self._kept(label)]
        for mark in self._new(label):
            text = self.text_of(mark)
            read = [int(n) for n in re.findall(r"(?<![\d.])\d{1,2}(?!\d)(?!\.?\d)|\d{1,2}(?=\.[\da-d])", text)]
            numbers += [n for n in read if n in names.values()] or [n for n in [names.get(fold(text))] if n]
        return sorted(set(numbers))


def _role(labels: set[str], roles: Sequence[str]) -> str:
    """The first role that the labels name; a body without a mark has the role of its record."""
    return next(
        (role for role, label in _BODIES.items() if label in labels or (not labels and role in roles)), "mentioned"
    )


def _objective_numbers() -> dict[str, int]:
    return {fold(name): o.number for o in vocabularies.objectives() for name in (*o.labels.values(), *o.spellings)}


def _goal_numbers() -> dict[str, int]:
    return {fold(name): g.number for g in vocabularies.goals() for name in (*g.labels.values(), *g.spellings)}


def _day(value: str | None) -> str | None:
    return value[:10] if value and value[0].isdigit() else value


def _sheet(page: str, text: str, page_type: str, marks: Iterable[Mark]) -> Sheet:
    """Raises AnnotationError for a mark outside of the text or with a label that is none of ours."""
    for mark in marks:
        if not 0 <= mark.start < mark.end <= len(text):
            raise AnnotationError(f"a mark of {page} ({mark.start} to {mark.end}) does not lie in its text")
        if mark.label not in LABELS:
            raise AnnotationError(f"the label {mark.label!r} in {page} is none of {', '.join(LABELS)}")
    return Sheet(page, text, page_type, tuple(sorted(set(marks))))


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise AnnotationError(f"this is not JSON: {error}") from None


@dataclass(frozen=True, slots=True)
class Format:
    """How one tool takes and gives annotations."""

    write: Callable[[Iterable[Sheet]], bytes]
    read: Callable[[bytes], list[Sheet]]


FORMATS = {
    "label-studio": Format(write_label_studio, read_label_studio),
    "doccano": Format(write_doccano, read_doccano),
    "spacy": Format(write_spacy, read_spacy),
}
