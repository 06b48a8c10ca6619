"""Pages a second: beside the usual stack in one run, and of whole batches by size, workers and form.

`python -m benchmarks.speed compare [--pages 256]` runs the pipeline and the stack of ``benchmarks.stack`` on one core,
turn by turn over the same pages. `python -m benchmarks.speed batches --sizes 1000 10000 --workers 1 2 [--dask]` runs
the command on generated pages. Both print a table; --output FILE appends it to a file.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import psutil

from benchmarks.generate import make_page, write_pages
from benchmarks.machine import describe
from benchmarks.stack import BATCH, LANGUAGES, Stack
from extractor.pipeline import Pipeline
from extractor.readers.saved import Saved

Row = Sequence[object]


def compare(pages: int) -> list[str]:
    """Our pipeline and the usual stack on one core, alternating after every batch, so that load hits both alike."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    pipeline = Pipeline()
    stacks = {"usual stack": Stack(), "usual stack, told the languages": Stack(LANGUAGES)}
    rows: list[Row] = []
    for form in ("text", "html"):
        contents = [make_page(number, form) for number in range(pages + BATCH)]
        names = [f"{number}.{'html' if form == 'html' else 'txt'}" for number in range(len(contents))]
        ours, theirs = _Clock(), {name: _Clock() for name in stacks}
        for start in range(0, len(contents), BATCH):
            batch = contents[start : start + BATCH]
            saved = [Saved(name, content.encode()) for name, content in zip(names[start:], batch, strict=False)]
            is_warm = start > 0
            ours.time(lambda saved=saved: [pipeline.process(page) for page in saved], is_warm)
            for name, stack in stacks.items():
                theirs[name].time(lambda stack=stack, batch=batch, form=form: list(stack.process(batch, form)), is_warm)
        words = sum(len(content.split()) for content in contents[BATCH:])
        rows.append((form, "extractor", *ours.per_page(pages), f"{words / ours.cpu:,.0f}", ""))
        for name, clock in theirs.items():
            times = f"{clock.wall / ours.wall:.1f} x"
            rows.append((form, name, *clock.per_page(pages), f"{words / clock.cpu:,.0f}", times))
    head = ("form", "what", "wall ms/page", "CPU ms/page", "words/s of CPU", "extractor is faster")
    return _table(f"Beside the usual stack, {pages} pages of each form, one core", head, rows)


class _Clock:
    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def time(self, do: Callable[[], object], counts: bool) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        do()
        if counts:
            self.wall += time.perf_counter() - wall
            self.cpu += time.process_time() - cpu

    def per_page(self, pages: int) -> tuple[str, str]:
        return f"{self.wall / pages * 1e3:.1f}", f"{self.cpu / pages * 1e3:.1f}"


def batches(sizes: Iterable[int], workers: Iterable[int], forms: Iterable[str], with_dask: bool) -> list[str]:
    """Whole runs of the command, with start and end, on pages in a folder. "In stages": a worker's milliseconds a page,
    without start, reading and writing."""
    rows: list[Row] = []
    stages: dict[str, dict[str, float]] = {}
    executors = [(f"{count} worker{'s' * (count > 1)}", ["--workers", str(count)]) for count in workers]
    if with_dask:
        executors.append(("Dask, 2 workers", ["--dask", "local", "--workers", "2"]))
    for form in forms:
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                pages = Path(folder) / "pages"
                write_pages(size, pages, form)
                words = sum(len(path.read_bytes().split()) for path in pages.rglob("*.*"))
                for name, options in executors:
                    run = _run([str(pages), "-o", f"{folder}/{name}.jsonl", *options], Path(folder))
                    done = run.summary["pages"] - run.summary["unchanged"]
                    row = (
                        *(form, f"{size:,}", name, f"{run.seconds:.1f}", f"{done / run.seconds:.1f}"),
                        *(f"{words / run.seconds:,.0f}", f"{run.cpu / done * 1e3:.1f}"),
                        f"{sum(run.summary['stage_seconds'].values()) / done * 1e3:.1f}",
                        *(f"{run.peak_parent / 1e6:.0f}", f"{run.peak_child / 1e6:.0f}"),
                    )
                    print(" | ".join(row), file=sys.stderr)  # the table comes last, and a run may take half an hour
                    rows.append(row)
                    stages[f"{form}, {size:,}"] = {n: s / done * 1e3 for n, s in run.summary["stage_seconds"].items()}
    head = (
        "form",
        "pages",
        "executor",
        "s",
        "pages/s",
        "words/s",
        "CPU ms/page",
        "in stages",
        "peak MB, parent",
        "peak MB, worker",
    )
    lines = _table("Whole runs of `extractor run`, with start and end", head, rows)
    names = list(next(iter(stages.values())))
    times = [(name, *(f"{per_page[name]:.2f}" for per_page in stages.values())) for name in names]
    return [*lines, *_table("Wall milliseconds a page by stage (last executor)", ("stage", *stages), times)]


class _run:
    """One run of the command, watched from outside."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        summary = folder / "summary.json"
        began = time.perf_counter()
        before = os.times()
        command = [sys.executable, "-m", "extractor", "run", *arguments, "--summary", str(summary)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        self.peak_parent = self.peak_child = 0
        watcher = threading.Thread(target=self._watch, args=(psutil.Process(process.pid),))
        watcher.start()
        code = process.wait()
        self.seconds = time.perf_counter() - began
        watcher.join()
        after = os.times()
        self.cpu = after.children_user + after.children_system - before.children_user - before.children_system
        if code not in (0, 1):
            raise SystemExit(f"{' '.join(command)} ended with {code}")
        self.summary = json.loads(summary.read_text())

    def _watch(self, process: psutil.Process) -> None:
        while True:
            try:
                self.peak_parent = max(self.peak_parent, process.memory_info().rss)
                for child in process.children(recursive=True):
                    self.peak_child = max(self.peak_child, child.memory_info().rss)
            except psutil.Error:  # it is gone
                if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                    return
            time.sleep(0.2)


def _table(title: str, head: Row, rows: Iterable[Row]) -> list[str]:
    lines = [f"### {title}", "", *(f"| {' | '.join(map(str, row))} |" for row in (head, ["---"] * len(head), *rows))]
    return [*lines, "", describe(), ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    comparing = commands.add_parser("compare")
    comparing.add_argument("--pages", type=int, default=256)
    batching = commands.add_parser("batches")
    batching.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    batching.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    batching.add_argument("--forms", nargs="+", default=["text", "html"])
    batching.add_argument("--dask", action="store_true")
    for command in (comparing, batching):
        command.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "compare":
        lines = compare(arguments.pages)
    else:
        lines = batches(arguments.sizes, arguments.workers, arguments.forms, arguments.dask)
    print("\n".join(lines))
    if arguments.output:
        with arguments.output.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
