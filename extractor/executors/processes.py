"""Pages spread over processes of this machine.

Each worker has one batch at a time, and as many batches are under way as there is room for in the order of results,
so that memory stays the same however many pages there are. A worker that dies, or is silent for longer than a page
may take, is replaced, and the pages of its batch are done one by one: the one that does it again is rejected.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from extractor.executors import ONE_THREAD, WINDOW, Arranged, Batch, Done, Settings, Work, batches, work
from extractor.limits import limit_memory
from extractor.readers.saved import Saved
from extractor.stages.ner import ModelError

START_SECONDS = 120.0  # that a new worker may take to load its models
_SPAWN = multiprocessing.get_context("spawn")


class _Worker:
    """A process and what it works on."""

    def __init__(self, settings: Settings, do: Work) -> None:
        self._settings, self._do = settings, do
        self.task: tuple[Batch, list[Saved]] | None = None
        self._start()

    def _start(self) -> None:
        self.connection, theirs = _SPAWN.Pipe()
        self._process: SpawnProcess = _SPAWN.Process(
            target=_serve, args=(theirs, self._settings, self._do), daemon=True
        )
        with _one_thread():
            self._process.start()
        theirs.close()
        self._fresh = True

    def give(self, batch: Batch, pages: list[Saved]) -> None:
        self.task = batch, pages
        self._since = time.monotonic()
        with suppress(OSError):  # it is dead: its connection says so to whoever waits
            self.connection.send(pages)

    @property
    def seconds_left(self) -> float | None:
        """Until the worker is taken for hung; None when a page may take any time."""
        silence = self._settings.silence
        if silence is None:
            return None
        return self._since + silence + (START_SECONDS if self._fresh else 0) - time.monotonic()

    def receive(self) -> Done | None:
        """The outcome of the task, None when the worker died of it. Raises ModelError."""
        try:
            received = self.connection.recv()
        except (EOFError, OSError):
            return None
        self._fresh = False
        if isinstance(received, str):
            raise ModelError(received)
        result: Done = received
        return result

    def restart(self) -> None:
        self.stop()
        self._start()

    def stop(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()


def run(
    settings: Settings, pages: Iterable[Saved], workers: int, ordered: bool = True, do: Work = work
) -> Iterator[Done]:
    """The outcomes of all pages, batch by batch, in their order or as they are done. Raises ModelError."""
    todo = (Batch(number, batch) for number, batch in enumerate(batches(pages)))
    retries: deque[tuple[Batch, list[Saved]]] = deque()
    arranged = Arranged(ordered)
    taken = 0
    team = [_Worker(settings, do) for _ in range(workers)]
    try:
        while True:
            for worker in team:
                if worker.task is None and retries:
                    worker.give(*retries.popleft())
                elif worker.task is None and taken < arranged.given + WINDOW * workers:
                    batch = next(todo, None)
                    if batch is not None:
                        taken += 1
                        worker.give(batch, batch.pages)
            busy = [worker for worker in team if worker.task is not None]
            if not busy:
                return
            for batch in _collect(busy, settings, retries):
                yield from arranged.add(batch)
    finally:
        for worker in team:
            worker.stop()


@contextmanager
def _one_thread() -> Iterator[None]:
    """What is started inside the block inherits ONE_THREAD."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _collect(busy: list[_Worker], settings: Settings, retries: deque[tuple[Batch, list[Saved]]]) -> Iterator[Batch]:
    """Waits for a worker, and gives the batches that are whole now; what is to be done again goes to ``retries``."""
    left = [seconds for worker in busy if (seconds := worker.seconds_left) is not None]
    ready = wait([worker.connection for worker in busy], max(0.0, min(left)) if left else None)
    for worker in busy:
        late = False
        if worker.connection in ready:
            result = worker.receive()
        elif (worker.seconds_left or 1) <= 0:
            result, late = None, True
        else:
            continue
        assert worker.task is not None
        batch, given = worker.task
        worker.task = None
        if result is None:
            worker.restart()
            if len(given) > 1:
                retries.extend((batch, [page]) for page in given)
                continue
            from extractor.executors.task import lost  # here, as in work

            result = lost(settings, given[0], late)
        if batch.add(result):
            yield batch


def _serve(connection: Connection, settings: Settings, do: Work) -> None:
    """A worker's life: batches in, outcomes out, until the connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    if settings.page_memory is not None:
        limit_memory(settings.page_memory)
    try:
        while True:
            pages = connection.recv()
            try:
                connection.send(do(settings, pages))
            except ModelError as error:
                connection.send(str(error))
    except (EOFError, OSError):  # the parent is gone
        return
