"""Executors: how pages are spread over processes and machines. The same records, the same bytes, on each of them.

An executor takes ``Settings`` and saved pages and gives ``Done`` after ``Done``. Only plain values cross a process:
paths or bytes go in, lines of JSON come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.readers.saved import Saved

if TYPE_CHECKING:
    from extractor.model import Strictness

BATCH_PAGES = 32
BATCH_BYTES = 1_000_000
# Native libraries that open a thread on every core are slower where each core already has a worker.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
GRACE_SECONDS, GRACE_FACTOR = 10.0, 4
WINDOW = 4  # batches a worker that may be under way or wait for their turn in the order


@dataclass(frozen=True, slots=True)
class Settings:
    """How every page is worked on. Limits hold for one page: seconds of a processor, and bytes of its process."""

    model: str | None = None
    strictness: Strictness = "balanced"
    page_seconds: float | None = 60.0
    page_memory: int | None = 2_000_000_000

    @property
    def silence(self) -> float | None:
        """Seconds without an answer after which a worker is taken for hung; None when a page may take any time.

        A worker ends a slow page by itself, where it can; on a busy machine it waits for the processor meanwhile.
        """
        return None if self.page_seconds is None else GRACE_SECONDS + GRACE_FACTOR * self.page_seconds


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: its record or rejection as a line of JSON, and what a summary counts."""

    path: str
    line: str  # without its line end
    sha256: str | None
    page_type: str | None = None
    warnings: tuple[str, ...] = ()  # codes
    rejected: str | None = None  # code
    message: str | None = None  # of a rejection


@dataclass(frozen=True, slots=True)
class Done:
    """The outcomes of one batch of pages, in their order, and the seconds that each stage took."""

    outcomes: list[Outcome]
    seconds: dict[str, float]


Work = Callable[[Settings, Sequence[Saved]], Done]


def work(settings: Settings, batch: Sequence[Saved]) -> Done:
    """The outcomes of a batch. Models are loaded once in a process. Raises ModelError when they cannot be."""
    from extractor.executors.task import process  # here: a parent that only hands out pages imports no stage

    return process(settings, batch)


@dataclass(slots=True)
class Batch:
    """Pages that are worked on together, and their outcomes so far: of all at once, or of one after the other."""

    number: int
    pages: list[Saved]
    done: list[Done] = field(default_factory=list)

    def add(self, done: Done) -> bool:
        """Whether the batch is whole now."""
        self.done.append(done)
        return sum(len(part.outcomes) for part in self.done) == len(self.pages)

    def joined(self) -> Done:
        """The outcomes in the order of the pages."""
        if len(self.done) == 1:
            return self.done[0]
        places = {page.path: i for i, page in enumerate(self.pages)}
        outcomes = [outcome for part in self.done for outcome in part.outcomes]
        seconds: defaultdict[str, float] = defaultdict(float)
        for part in self.done:
            for stage, took in part.seconds.items():
                seconds[stage] += took
        return Done(sorted(outcomes, key=lambda outcome: places[outcome.path]), dict(seconds))


class Arranged:
    """Batches as they are finished → their outcomes, in the order of the batches where that is asked for."""

    def __init__(self, ordered: bool) -> None:
        self._ordered = ordered
        self._waiting: dict[int, Batch] = {}
        self.given = 0  # batches

    def add(self, batch: Batch) -> Iterator[Done]:
        """What can be given, now that ``batch`` is whole."""
        if not self._ordered:
            self.given += 1
            yield batch.joined()
            return
        self._waiting[batch.number] = batch
        while self.given in self._waiting:
            self.given += 1
            yield self._waiting.pop(self.given - 1).joined()


def batches(pages: Iterable[Saved]) -> Iterator[list[Saved]]:
    """Pages in batches of at most BATCH_PAGES pages and, but for a single larger page, BATCH_BYTES bytes."""
    batch: list[Saved] = []
    size = 0
    for page in pages:
        if batch and (len(batch) == BATCH_PAGES or size + page.size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(page)
        size += page.size
    if batch:
        yield batch
