"""The work itself, the same on every executor: a batch of saved pages in, lines of JSON out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractor.executors import Done, Outcome, Settings
from extractor.model import Record, Rejection
from extractor.pipeline import Pipeline, timed_out, worker_died
from extractor.readers.saved import Saved
from extractor.sinks.jsonl import to_line


def process(settings: Settings, batch: Sequence[Saved]) -> Done:
    """The outcomes of a batch. Models are loaded once in a process. Raises ModelError when they cannot be."""
    pipeline = _pipeline(settings)
    pipeline.seconds.clear()
    outcomes = [_outcome(page, pipeline.process(page)) for page in batch]
    return Done(outcomes, dict(pipeline.seconds))


def lost(settings: Settings, page: Saved, late: bool) -> Done:
    """The outcome of a page that its process did not survive, or that did not end in time."""
    return Done([_outcome(page, timed_out(page, settings.page_seconds or 0) if late else worker_died(page))], {})


@cache
def _pipeline(settings: Settings) -> Pipeline:
    return Pipeline(settings.model, settings.strictness, settings.page_seconds)


def _outcome(page: Saved, result: Record | Rejection) -> Outcome:
    data = result.to_dict()
    if isinstance(result, Rejection):
        return Outcome(page.path, to_line(data), result.sha256, rejected=result.code, message=result.message)
    warnings = tuple(warning["code"] for warning in data["warnings"])
    return Outcome(page.path, to_line(data), data["source"]["sha256"], data["page_type"], warnings)
