"""Work for the executors' tests that loads no model: what a page's text says is what happens."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from extractor.executors import Done, Outcome, Settings
from extractor.readers.saved import Saved


def do(settings: Settings, batch: Sequence[Saved]) -> Done:
    return Done([_outcome(page, str(page.content)) for page in batch], {"read": 0.001 * len(batch)})


def _outcome(page: Saved, text: str) -> Outcome:
    if text.startswith("kill me"):
        os.kill(os.getpid(), signal.SIGKILL)
    if text.startswith("die once "):
        mark = Path(text.removeprefix("die once "))
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if text == "hang":
        time.sleep(600)
    if text == "slow":
        time.sleep(0.3)
    return Outcome(page.path, f'"{page.path} {os.environ.get("OMP_NUM_THREADS")}"', "0" * 64, "event", ("a_warning",))


def saved(texts: Iterable[str]) -> list[Saved]:
    return [Saved(f"page{i}", text, 10_000) for i, text in enumerate(texts)]


def outcomes(results: Iterable[Done]) -> list[Outcome]:
    return [outcome for done in results for outcome in done.outcomes]
