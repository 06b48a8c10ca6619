"""Dask: the same outcomes as everywhere, also when a worker is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import LocalCluster

from extractor.executors import ONE_THREAD, Settings
from extractor.executors import dask as executor
from extractor.readers.saved import Saved
from tests.executors.labour import do, outcomes, saved

SETTINGS = Settings(page_seconds=20)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit=0, env=ONE_THREAD
        ) as cluster,
    ):
        yield cluster.scheduler_address


def test_order_is_kept(address: Any) -> None:
    pages = saved(["slow", *(["quick"] * 100)])
    found = outcomes(executor.run(SETTINGS, pages, address, 2, do=do))
    assert [outcome.line for outcome in found] == [f'"page{i} 1"' for i in range(101)]


def test_a_lost_workers_pages_are_done_by_another(address: Any, tmp_path: Path) -> None:
    pages = saved(["good"] * 40)
    pages[7] = Saved("page7", f"die once {tmp_path / 'mark'}", 10)
    found = outcomes(executor.run(SETTINGS, pages, address, 2, do=do))
    assert (tmp_path / "mark").exists()
    assert [outcome.line for outcome in found] == [f'"page{i} 1"' for i in range(40)]


def test_the_page_that_kills_its_workers_is_rejected_and_no_other(address: Any) -> None:
    pages = saved(["good", "kill me", "good"])
    found = outcomes(executor.run(SETTINGS, pages, address, 2, do=do))
    assert [(o.path, o.rejected) for o in found] == [("page0", None), ("page1", "worker_died"), ("page2", None)]
