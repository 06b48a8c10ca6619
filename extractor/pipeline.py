"""The stages in order: a page in, a record or a rejection out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from extractor.model import DateEntry, Document, Event, Mention, Origin, Page, Record, Rejection, Tags
from extractor.profiles import load_profile
from extractor.readers import PageError, read_bytes, read_file
from extractor.readers.files import find_pages
from extractor.record import Findings, Provenance, build_record, page_id
from extractor.schema import grounding_error, schema_error
from extractor.stages.clean import clean
from extractor.stages.dates import DatesFound, find_dates
from extractor.stages.fields import find_fields
from extractor.stages.names import find_names
from extractor.stages.ner import Recognizer
from extractor.stages.page_type import PageKind, find_page_type
from extractor.stages.places import PlacesFound, find_places
from extractor.stages.sections import find_sections
from extractor.stages.status import Status, find_status
from extractor.stages.tags import find_tags
from extractor.stages.topics import Strictness, infer_tags

BATCH = 32  # pages that the model reads at a time


class RejectedPage(ValueError):
    """Raised by ``Pipeline.extract`` for a page that cannot become a record; ``rejection`` says why."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.message)
        self.rejection = rejection


@dataclass(frozen=True, slots=True)
class _Source:
    """A page before it is read: its file, or its content where that is given."""

    path: str
    content: str | bytes | None = None
    url: str | None = None


class Pipeline:
    """Turns saved pages into records.

    ``model`` names an installed spaCy pipeline (or its folder) to find names with, in place of the one that ships;
    ``strictness`` is that of the inferred tags. Models are loaded at the first page.
    Raises ``extractor.stages.ner.ModelError`` when there is no such pipeline.
    """

    def __init__(self, model: str | None = None, strictness: Strictness = "balanced") -> None:
        self._recognizer = Recognizer(model)
        self._strictness = strictness

    def extract(self, content: str | bytes, url: str | None = None, path: str = "-") -> Record:
        """The record of one page, text or HTML. Raises RejectedPage when it cannot become one."""
        outcome = next(self._process([_Source(path, content, url)]))
        if isinstance(outcome, Rejection):
            raise RejectedPage(outcome)
        return outcome

    def run(self, paths: Iterable[str | Path]) -> Iterator[Record | Rejection]:
        """A record or a rejection for every page among ``paths`` (files and folders), in their order."""
        return self._process(_Source(str(path)) for path in find_pages(paths))

    def _process(self, sources: Iterable[_Source]) -> Iterator[Record | Rejection]:
        pending = iter(sources)
        while batch := list(islice(pending, BATCH)):
            opened = [_open(source) for source in batch]
            documents = [outcome for outcome in opened if isinstance(outcome, Document)]
            entities = self._recognizer.pipe(documents)
            for outcome in opened:
                if isinstance(outcome, Rejection):
                    yield outcome
                else:
                    yield self._finish(outcome, next(entities))

    def _finish(self, document: Document, entities: tuple[Mention, ...]) -> Record | Rejection:
        try:
            record = build_record(self._find(document, entities))
        except Exception as error:  # noqa: BLE001  # a bug that one page brings out must not cost the batch
            return _rejection(
                document.page, "internal_error", f"The extractor failed on this page: {error!r}.", "extract"
            )
        data = record.to_dict()
        invalid = schema_error(data) or grounding_error(data)
        if invalid:
            return _rejection(document.page, "invalid_record", f"The record is not valid: {invalid}.", "validate")
        return record

    def _find(self, document: Document, entities: tuple[Mention, ...]) -> Findings:
        fields = find_fields(document)
        sections = find_sections(document, fields)
        kind = find_page_type(document, fields, sections)
        status = find_status(document, fields)
        dates = find_dates(document, fields, sections, kind.page_type)
        places = find_places(document, fields)
        names = find_names(document, fields, entities)
        return Findings(
            document=document,
            page_type=kind.page_type,
            fields=fields,
            sections=sections,
            event=_event(dates, places, status),
            dates=dates.dates,
            date_submitted=dates.date_submitted,
            date_published=dates.date_published,
            date_updated=dates.date_updated,
            places=places.places,
            organizations=names.organizations,
            people=names.people,
            tags=_joined(find_tags(document, fields), infer_tags(document, self._strictness)),
            provenance=_provenance(document, kind, dates),
            notices=(*dates.notices, *places.notices, *names.notices, *status.notices),
            models={"names": self._recognizer.name},
            profile_version=load_profile(document.profile).version,
        )


def _open(source: _Source) -> Document | Rejection:
    """Read and clean one page."""
    page: Page | _Source = source
    try:
        if source.content is None:
            page = read_file(source.path, source.url)
        else:
            page = read_bytes(source.content, source.path, source.url)
        document = clean(page)
    except PageError as error:
        return _rejection(source, error.code, error.message, "read")
    except Exception as error:  # noqa: BLE001  # a bug that one page brings out must not cost the batch
        stage = "clean" if isinstance(page, Page) else "read"
        return _rejection(page, "internal_error", f"The extractor failed on this page: {error!r}.", stage)
    if not document.text.strip():
        return _rejection(page, "no_text", "There is no text on this page but boilerplate.", "clean")
    return document


def _rejection(page: Page | _Source, code: str, message: str, stage: str) -> Rejection:
    """The id is the record's where the page has an address; else it is of the path: there is no cleaned text."""
    key = page_id(page.url, page.path)
    if isinstance(page, Page):
        return Rejection(key, page.path, code, message, stage, page.url, page.sha256, page.size)
    return Rejection(key, page.path, code, message, stage, page.url)


def _event(dates: DatesFound, places: PlacesFound, status: Status) -> Event:
    """The event's dates, with how one attends it and its status: one value, the evidence of all three."""
    return replace(
        dates.event,
        attendance=places.attendance,
        status=status.status,
        status_options=status.options,
        evidence=tuple(dict.fromkeys((*dates.event.evidence, *places.attendance_evidence, *status.evidence))),
    )


def _provenance(document: Document, kind: PageKind, dates: DatesFound) -> tuple[Provenance, ...]:
    address = Origin("url", document.url or "") if kind.rule == "type.url" else None
    found = [Provenance("page_type", kind.evidence, "rule", kind.rule, origin=address)]
    if document.title is not None:
        rule = "title.markup" if document.page.media_type == "text/html" else "title.line"
        found.insert(0, Provenance("title", (document.title,), "rule", rule))
    for name in ("date_submitted", "date_published", "date_updated"):
        entry: DateEntry | None = getattr(dates, name)
        if entry is not None:
            found.append(Provenance(name, entry.evidence, entry.method, entry.rule, origin=entry.origin))
    return tuple(found)


def _joined(stated: Tags, inferred: Tags) -> Tags:
    """What the page states or cites, and of what is inferred only the rest."""
    objectives = {tag.number for tag in stated.objectives}
    principles = {tag.key for tag in stated.principles}
    goals = {tag.goal for tag in stated.sdgs}
    return Tags(
        (*stated.objectives, *(tag for tag in inferred.objectives if tag.number not in objectives)),
        (*stated.principles, *(tag for tag in inferred.principles if tag.key not in principles)),
        (*stated.sdgs, *(tag for tag in inferred.sdgs if tag.goal not in goals)),
    )
