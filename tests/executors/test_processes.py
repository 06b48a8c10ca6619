"""Processes: bounded batches, kept order, and workers that die or hang."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import executors
from extractor.executors import WINDOW, Batch, Done, Outcome, Settings, batches, processes, serial
from extractor.readers.saved import Saved
from tests.executors.labour import do, outcomes, saved

QUICK = Settings(page_seconds=0.5)


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "GRACE_SECONDS", 1.0)
    monkeypatch.setattr(processes, "START_SECONDS", 20.0)


def test_batches_are_bounded_in_pages_and_bytes() -> None:
    pages = [Saved(f"{i}", size=size) for i, size in enumerate([10] * 40 + [600_000] * 3 + [5_000_000, 10])]
    sizes = [len(batch) for batch in batches(pages)]
    assert sizes == [32, 9, 1, 1, 1, 1]
    assert [page for batch in batches(pages) for page in batch] == pages


def test_a_batch_done_page_by_page_keeps_its_order_and_sums_its_times() -> None:
    batch = Batch(0, saved("abc"))
    parts = [Done([Outcome(f"page{i}", "{}", None)], {"read": 1.0}) for i in (2, 0, 1)]
    assert [batch.add(part) for part in parts] == [False, False, True]
    assert [outcome.path for outcome in batch.joined().outcomes] == ["page0", "page1", "page2"]
    assert batch.joined().seconds == {"read": 3.0}


def test_order_is_kept_and_native_libraries_have_one_thread() -> None:
    pages = saved(["slow", *(["quick"] * 200)])
    lines = [outcome.line for outcome in outcomes(processes.run(QUICK, pages, 2, do=do))]
    assert lines == [f'"page{i} 1"' for i in range(201)]


def test_unordered_gives_the_same_pages() -> None:
    pages = saved(["slow", *(["quick"] * 100)])
    found = [outcome.path for outcome in outcomes(processes.run(QUICK, pages, 2, ordered=False, do=do))]
    assert sorted(found) == sorted(page.path for page in pages)


def test_no_more_batches_are_read_than_have_room() -> None:
    read = 0

    def pages() -> Iterator[Saved]:
        nonlocal read
        for page in saved(["quick"] * 1000):
            read += 1
            yield page

    results = processes.run(QUICK, pages(), 2, do=do)
    next(results)
    assert read <= (2 * WINDOW + 2) * 32
    results.close()  # type: ignore[attr-defined]  # a generator


def test_the_page_that_kills_its_worker_is_rejected_and_no_other() -> None:
    pages = saved(["good"] * 40)
    pages[7] = Saved("page7", "kill me", 10)
    found = outcomes(processes.run(QUICK, pages, 2, do=do))
    assert [outcome.path for outcome in found] == [page.path for page in pages]
    assert [(o.path, o.rejected) for o in found if o.rejected] == [("page7", "worker_died")]


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    pages = saved(["good"] * 40)
    pages[7] = Saved("page7", f"die once {tmp_path / 'mark'}", 10)
    found = outcomes(processes.run(QUICK, pages, 2, do=do))
    assert (tmp_path / "mark").exists()
    assert [outcome.line for outcome in found] == [f'"page{i} 1"' for i in range(40)]


def test_the_page_that_hangs_is_rejected_and_no_other() -> None:
    pages = saved(["good", "hang", "good"])
    processes.START_SECONDS = 2.0
    found = outcomes(processes.run(QUICK, pages, 1, do=do))
    assert [(o.path, o.rejected) for o in found] == [("page0", None), ("page1", "timed_out"), ("page2", None)]
    assert found[1].message == "The page took longer than 0.5 seconds."


def test_serial_and_processes_give_the_same_records() -> None:
    pages = [Saved(str(path)) for path in sorted(Path("samples/pages").iterdir())[:6]] + [Saved("missing.txt")]
    one = outcomes(serial.run(Settings(), pages))
    two = outcomes(processes.run(Settings(), pages, 1))
    assert one == two
    assert [outcome.rejected for outcome in one] == [None] * 6 + ["not_found"]
