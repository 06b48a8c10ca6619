"""A batch: all pages of some paths → records and rejections, on any executor, resumed where it was interrupted."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from extractor.executors import BATCH_BYTES, Done, Outcome, Settings
from extractor.journal import Journal
from extractor.readers.decoding import MAX_BYTES, checksum
from extractor.readers.saved import Saved, Skipped

FEW_PAGES = 300  # that one process has done before others have loaded their models
COMMIT_SECONDS = 1.0  # of work that an interruption may cost

Executor = Callable[[Iterable[Saved]], Iterator[Done]]


@dataclass(slots=True)
class Summary:
    """What came of a run, as numbers."""

    pages: int = 0
    records: int = 0
    rejections: Counter[str] = field(default_factory=Counter)  # by code
    skipped: Counter[str] = field(default_factory=Counter)  # by reason
    page_types: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)  # by code
    unchanged: int = 0  # pages that an earlier run had done
    stages: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))  # seconds
    seconds: float = 0.0

    def add_times(self, done: Done) -> None:
        for stage, seconds in done.seconds.items():
            self.stages[stage] += seconds

    def count(self, outcome: Outcome) -> None:
        self.pages += 1
        if outcome.rejected:
            self.rejections[outcome.rejected] += 1
        else:
            self.records += 1
            self.page_types[outcome.page_type or ""] += 1
            self.warnings.update(outcome.warnings)

    def to_dict(self) -> dict[str, Any]:
        done = self.pages - self.unchanged
        return {
            "pages": self.pages,
            "records": self.records,
            "rejections": dict(sorted(self.rejections.items())),
            "skipped": dict(sorted(self.skipped.items())),
            "page_types": dict(sorted(self.page_types.items())),
            "warnings": dict(sorted(self.warnings.items())),
            "unchanged": self.unchanged,
            "seconds": round(self.seconds, 3),
            "pages_per_second": round(done / self.seconds, 2) if self.seconds else None,
            "stage_seconds": {name: round(seconds, 3) for name, seconds in self.stages.items()},
        }


def choose_executor(settings: Settings, workers: int | None, dask: str | None, ordered: bool) -> Executor:
    """``workers`` None: this process where there are few pages, else as many processes as there are cores.

    ``dask``: the address of a cluster, or "local". Raises ModuleNotFoundError where the extra [dask] is missing.
    """
    if dask is not None:
        from extractor.executors import dask as cluster

        return partial(cluster.run, settings, address=dask, workers=workers or _cores(), ordered=ordered)
    if workers is not None:
        from extractor.executors import processes

        return partial(processes.run, settings, workers=workers, ordered=ordered)
    return partial(_by_amount, settings, ordered)


def _by_amount(settings: Settings, ordered: bool, pages: Iterable[Saved]) -> Iterator[Done]:
    from extractor.executors import processes, serial

    pending = iter(pages)
    first: list[Saved] = []
    size = 0
    for page in pending:
        first.append(page)
        size += page.size
        if len(first) > FEW_PAGES or size > 3 * BATCH_BYTES:
            return processes.run(settings, chain(first, pending), _cores(), ordered)
    return serial.run(settings, first)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def stream(found: Iterable[Saved | Skipped], executor: Executor, summary: Summary) -> Iterator[Outcome]:
    """The outcomes of all pages, kept nowhere; ``summary`` is filled as they come."""
    began = time.monotonic()

    def pages() -> Iterator[Saved]:
        for item in found:
            if isinstance(item, Saved):
                yield item
            else:
                summary.skipped[item.reason] += 1

    for done in executor(pages()):
        summary.add_times(done)
        for outcome in done.outcomes:
            summary.count(outcome)
            yield outcome
        summary.seconds = time.monotonic() - began


def resume(
    found: Iterable[Saved | Skipped], executor: Executor, summary: Summary, journal: Journal
) -> Iterator[Outcome]:
    """The outcomes of the pages that the journal does not know yet, noted in it; at the end its output is whole.

    ``summary`` is filled as they come, and counts the pages that were done before as well.
    """
    began = time.monotonic()
    under_way: dict[str, tuple[str, int]] = {}  # by path: what identifies the content but its checksum, and the place

    def pages() -> Iterator[Saved]:
        position = 0
        for item in found:
            if isinstance(item, Skipped):
                summary.skipped[item.reason] += 1
                continue
            entry = journal.find(item.path)
            if item.path in under_way or (entry and entry.is_of_this_run):
                summary.skipped["repeated"] += 1
                continue
            position += 1
            if entry and entry.key is not None and entry.key == _key(item, _checksum(item)):
                journal.keep(item.path, position)
                summary.unchanged += 1
                summary.count(entry.outcome)
                continue
            under_way[item.path] = _key(item, ""), position
            yield item

    committed = began
    for done in executor(pages()):
        summary.add_times(done)
        for outcome in done.outcomes:
            said, position = under_way.pop(outcome.path)
            journal.add(outcome, outcome.sha256 + said if outcome.sha256 else None, position)
            summary.count(outcome)
            yield outcome
        summary.seconds = time.monotonic() - began
        if time.monotonic() - committed > COMMIT_SECONDS:
            journal.commit()
            committed = time.monotonic()
    journal.finish()
    summary.seconds = time.monotonic() - began


def _key(page: Saved, sha256: str) -> str:
    """What a page's record depends on: its content and what is said of it from outside."""
    return "|".join((sha256, page.url or "", page.saved_at or "", page.media_type or "", page.charset or ""))


def _checksum(page: Saved) -> str:
    """SHA-256 of a page's content; "" when it cannot be had."""
    if page.content is not None:
        return checksum(page.content)[0]
    path = Path(page.path)
    if not path.is_file() or page.size > MAX_BYTES:
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # its reader says so
        return ""
