"""Pages spread over a Dask cluster, of this machine or of many. Needs the extra [dask].

Dask gives a lost worker's batches to another by itself. A batch that kills every worker it comes to, or does not end
in time, is done again page by page, so that only the page that is to blame is rejected.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any

import dask.config
from distributed import Client, KilledWorker, LocalCluster, wait

from extractor.executors import ONE_THREAD, WINDOW, Arranged, Batch, Done, Settings, Work, batches, work
from extractor.executors.task import lost
from extractor.readers.saved import Saved

QUEUED = 2  # batches a thread of the cluster that are handed to it

# How Dask sets up the client, and a cluster of our own, where that differs from Dask's defaults.
CONFIG = {
    # Samples of what every process does, 100 a second and kept for an hour: some 140 MB, and no dashboard to show them
    "distributed.worker.profile.enabled": False,
    # Every entry of these logs holds the pages of a batch: a thousand of them are hundreds of megabytes
    "distributed.admin.low-level-log-length": 10,
    # With 64 KB, every array of the model is memory fresh from the system: a page takes a quarter longer
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
}


def run(
    settings: Settings, pages: Iterable[Saved], address: str, workers: int, ordered: bool = True, do: Work = work
) -> Iterator[Done]:
    """The outcomes of all pages on the cluster at ``address``; "local" starts one of ``workers`` processes here.

    Raises OSError when there is no cluster at the address, and ModelError.
    """
    with ExitStack() as stack:
        with dask.config.set(CONFIG):
            cluster: str | LocalCluster = address
            if address == "local":
                cluster = stack.enter_context(_local_cluster(workers))
            client = stack.enter_context(Client(cluster, timeout=20))
        yield from _run(client, settings, pages, ordered, do)


def _local_cluster(workers: int) -> LocalCluster:
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, memory_limit=0, env=ONE_THREAD)


def _run(client: Any, settings: Settings, pages: Iterable[Saved], ordered: bool, do: Work) -> Iterator[Done]:
    todo = (Batch(number, batch) for number, batch in enumerate(batches(pages)))
    retries: deque[tuple[Batch, list[Saved]]] = deque()
    tasks: dict[Any, tuple[Batch, list[Saved], float]] = {}
    arranged = Arranged(ordered)
    taken = 0
    alone = False
    while True:
        alone = alone and bool(tasks)
        threads = max(1, sum(client.nthreads().values()))
        while len(tasks) < QUEUED * threads and not alone:
            if retries and tasks:
                break  # a lost worker speaks against all that it had been handed: a suspect is done alone
            if retries:
                batch, given = retries.popleft()
                alone = True
            elif taken < arranged.given + WINDOW * threads and (fresh := next(todo, None)):
                taken += 1
                batch, given = fresh, fresh.pages
            else:
                break
            tasks[client.submit(do, settings, given, pure=False)] = batch, given, time.monotonic()
        if not tasks:
            return
        for future in _ended(client, tasks, settings):
            batch, given, _ = tasks.pop(future)
            result = _result(future, settings, given)
            if result is None:
                retries.extend((batch, [page]) for page in given)
            elif batch.add(result):
                yield from arranged.add(batch)


def _ended(client: Any, tasks: dict[Any, tuple[Batch, list[Saved], float]], settings: Settings) -> list[Any]:
    """Waits until tasks are done, or one of them has been away for too long."""
    limit = None
    if settings.silence is not None:
        limit = QUEUED * settings.silence  # it may have waited for the one before it
        oldest = min(since for _, _, since in tasks.values())
    try:
        wait(list(tasks), max(0.1, oldest + limit - time.monotonic()) if limit else None, "FIRST_COMPLETED")
    except TimeoutError:
        for future, (_, _, since) in tasks.items():
            if limit and time.monotonic() - since > limit:
                _cancel(client, future)
    return [future for future in tasks if future.done()]


def _cancel(client: Any, future: Any) -> None:
    """Ends a task that hangs: its worker is restarted, for a thread cannot be stopped."""
    hung = [worker for worker, keys in client.processing().items() if future.key in keys]
    future.cancel()
    client.restart_workers(hung)


def _result(future: Any, settings: Settings, given: list[Saved]) -> Done | None:
    """The outcome of a task; None when its pages are to be done one by one."""
    if future.cancelled():
        return lost(settings, given[0], late=True) if len(given) == 1 else None
    error = future.exception()
    if isinstance(error, KilledWorker):
        return lost(settings, given[0], late=False) if len(given) == 1 else None
    result: Done = future.result()
    return result
