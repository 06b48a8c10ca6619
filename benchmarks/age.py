"""Whether a worker grows slow with age: one that has done many pages and a fresh one, turn by turn on one core.

`python -m benchmarks.age [--pages 15000]` lets one process do so many pages, then times both over the same 200 pages,
so that the load of the machine hits both alike. The first rounds, in which the fresh one warms up, do not count.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from multiprocessing.connection import Connection

from benchmarks.generate import make_page
from benchmarks.machine import describe
from extractor.executors import Settings
from extractor.executors.task import process
from extractor.readers.saved import Saved

FRESH = 600  # pages after which a process has loaded what it loads
TIMED = 200  # pages of a round
ROUNDS, WARM_UP = 14, 2


def _pages(first: int, count: int) -> list[Saved]:
    return [Saved(f"{number}.txt", make_page(number, "text").encode()) for number in range(first, first + count)]


def _serve(connection: Connection, age: int) -> None:
    """Does ``age`` pages, then the timed ones as often as it is asked to, and says what CPU time they took."""
    settings = Settings()
    for start in range(0, age, 100):
        process(settings, _pages(TIMED + start, 100))
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    timed = _pages(0, TIMED)
    connection.send(0.0)
    while connection.recv():
        began = time.process_time()
        process(settings, timed)
        connection.send((time.process_time() - began) / TIMED * 1e3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=15_000)
    arguments = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    ends = []
    for age in (arguments.pages, FRESH):
        ours, theirs = context.Pipe()
        context.Process(target=_serve, args=(theirs, age), daemon=True).start()
        ours.recv()
        ends.append(ours)
    rounds: list[list[float]] = []
    for _ in range(ROUNDS):
        times: list[float] = []
        for end in ends:
            end.send(True)
            times.append(end.recv())
        rounds.append(times)
    for end in ends:
        end.send(False)  # the end
    aged, fresh = (sum(times) / (ROUNDS - WARM_UP) for times in zip(*rounds[WARM_UP:], strict=True))
    said = f"{aged:.2f} after {arguments.pages:,} pages, {fresh:.2f} after {FRESH}"
    print(f"CPU ms a page: {said}: {aged / fresh:.3f} times")
    print(f"\n{describe()}")


if __name__ == "__main__":
    main()
