"""The stages in order: a page in, a record or a rejection out."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from extractor.limits import OutOfTime, time_limit
from extractor.model import DateEntry, Document, Event, Origin, Page, Record, Rejection, Strictness
from extractor.profiles import load_profile
from extractor.readers import PageError, read_page
from extractor.readers.archives import SavedPages
from extractor.readers.saved import Saved
from extractor.record import Findings, Provenance, build_record, page_id
from extractor.schema import grounding_error, schema_error
from extractor.stages.clean import clean
from extractor.stages.dates import DatesFound, find_dates
from extractor.stages.fields import find_fields
from extractor.stages.names import find_names
from extractor.stages.ner import ModelError, Recognizer
from extractor.stages.page_type import PageKind, find_page_type
from extractor.stages.places import PlacesFound, find_places
from extractor.stages.sections import find_sections
from extractor.stages.status import Status, find_status
from extractor.stages.tags import find_tags, with_inferred
from extractor.stages.tags.crosswalk import crosswalk
from extractor.stages.topics import infer_tags

P = ParamSpec("P")
T = TypeVar("T")


class RejectedPage(ValueError):
    """Raised by ``Pipeline.extract`` for a page that cannot become a record; ``rejection`` says why."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.message)
        self.rejection = rejection


class Pipeline:
    """Turns saved pages into records.

    ``model`` names an installed spaCy pipeline (or its folder) to find names with, in place of the one that ships;
    ``strictness`` is that of the inferred tags; a page that takes more than ``page_seconds`` is rejected.
    Models are loaded at the first page. Raises ``extractor.stages.ner.ModelError`` when there is no such pipeline.
    """

    def __init__(
        self, model: str | None = None, strictness: Strictness = "balanced", page_seconds: float | None = None
    ) -> None:
        self._recognizer = Recognizer(model)
        self._strictness = strictness
        self._page_seconds = page_seconds
        self.seconds: defaultdict[str, float] = defaultdict(float)  # that each stage took so far

    def extract(self, content: str | bytes, url: str | None = None, path: str = "-") -> Record:
        """The record of one page, text or HTML. Raises RejectedPage when it cannot become one."""
        outcome = self.process(Saved(path, content, url=url))
        if isinstance(outcome, Rejection):
            raise RejectedPage(outcome)
        return outcome

    def run(self, paths: Iterable[str | Path]) -> Iterator[Record | Rejection]:
        """A record or a rejection for every page among ``paths`` (files, folders, archives), in their order."""
        for found in SavedPages(paths):
            if isinstance(found, Saved):
                yield self.process(found)

    def process(self, saved: Saved) -> Record | Rejection:
        """The outcome of one page. It depends on nothing but the page: not on the pages before it, nor beside it."""
        models = {"names": self._recognizer.name}  # loads the model, where it is not yet: no time of the page's
        page: Page | Saved = saved
        stage = "read"
        try:
            with time_limit(self._page_seconds):
                page = self._timed("read", read_page, saved)
                stage = "clean"
                document = self._timed("clean", clean, page)
                if not document.text.strip():
                    return _rejection(page, "no_text", "There is no text on this page but boilerplate.", stage)
                stage = "extract"
                record = self._timed("record", build_record, self._find(document, models))
                stage = "validate"
                invalid = self._timed("validate", _error, record.to_dict())
        except PageError as error:
            return _rejection(page, error.code, error.message, stage)
        except OutOfTime:
            return timed_out(page, self._page_seconds or 0, stage)
        except ModelError:
            raise
        except MemoryError:
            return _rejection(page, "out_of_memory", "The page needs more memory than it may have.", stage)
        except Exception as error:  # noqa: BLE001  # a bug that one page brings out must not cost the batch
            return _rejection(page, "internal_error", f"The extractor failed on this page: {error!r}.", stage)
        if invalid:
            return _rejection(page, "invalid_record", f"The record is not valid: {invalid}.", stage)
        return record

    def _timed(self, name: str, stage: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        began = time.perf_counter()
        try:
            return stage(*args, **kwargs)
        finally:
            self.seconds[name] += time.perf_counter() - began

    def _find(self, document: Document, models: dict[str, str]) -> Findings:
        timed = self._timed
        entities = timed("model", self._recognizer.entities, document)
        fields = timed("fields", find_fields, document)
        sections = timed("sections", find_sections, document, fields)
        kind = timed("page_type", find_page_type, document, fields, sections)
        status = timed("status", find_status, document, fields)
        dates = timed("dates", find_dates, document, fields, sections, kind.page_type)
        places = timed("places", find_places, document, fields, kind.page_type)
        names = timed("names", find_names, document, fields, entities)
        tags = timed("tags", find_tags, document, fields)
        topics = timed("topics", infer_tags, document, self._strictness)
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
            tags=with_inferred(tags, topics),
            provenance=_provenance(document, kind, dates),
            notices=(*dates.notices, *places.notices, *names.notices, *status.notices, *crosswalk(tags)),
            models=models,
            profile_version=load_profile(document.profile).version,
        )


def _error(record: dict[str, Any]) -> str | None:
    return schema_error(record) or grounding_error(record)


def timed_out(page: Page | Saved, seconds: float, stage: str = "extract") -> Rejection:
    """The rejection of a page that took longer than it may."""
    return _rejection(page, "timed_out", f"The page took longer than {seconds:g} seconds.", stage)


def worker_died(page: Page | Saved) -> Rejection:
    """The rejection of a page that its process did not survive."""
    return _rejection(page, "worker_died", "The process that worked on this page died, twice.", "extract")


def _rejection(page: Page | Saved, code: str, message: str, stage: str) -> Rejection:
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
