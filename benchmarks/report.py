"""The report: its size, and how long Chromium takes to open it, filter it and show a page.

`python -m benchmarks.report [--pages 2000]` makes the records of ``samples/`` and of generated pages, a report of each,
opens both in Chromium (Playwright) from disk, and writes results/report.md. Times are medians of five runs.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.generate import SAMPLES, write_pages
from benchmarks.machine import describe
from extractor import Pipeline, Record
from extractor.evaluation import evaluate, read_gold
from extractor.review.report import write_report

RESULTS = Path(__file__).parent / "results" / "report.md"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
RUNS = 5
_NOTE = """Opened from disk; times are medians of five runs, each with an empty profile. Generated pages are samples
with other names, dates and lengths (benchmarks/generate.py): they pack somewhat better than pages that share nothing.
"""
_READY = """() => new Promise((done) => {
  const look = () => ('ready' in document.documentElement.dataset ? done(performance.now()) : setTimeout(look, 5));
  look();
})"""
_SCROLL = """async () => {
  let longest = 0, last = performance.now();
  for (let at = 0; at < 120; at++) {
    scrollBy(0, 200);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  return longest;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    count = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder, _browser() as open_tab:
        write_pages(count, Path(folder) / "pages", "text")
        rows = [
            _measure("samples/", SAMPLES / "pages", Path(folder) / "samples.html", open_tab, SAMPLES / "gold"),
            _measure(f"{count:,} generated pages", Path(folder) / "pages", Path(folder) / "many.html", open_tab),
        ]
    lines = ["# The report in Chromium", "", f"| | {rows[0][0][1]} | {rows[1][0][1]} |", "|---|---:|---:|"]
    lines += [
        f"| {name} | {value} | {other} |" for (name, value), (_, other) in zip(rows[0][1:], rows[1][1:], strict=True)
    ]
    lines += ["", _NOTE, describe(), ""]
    RESULTS.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


def _measure(
    name: str, pages: Path, path: Path, open_tab: Callable[[], Page], gold: Path | None = None
) -> list[tuple[str, str]]:
    records = [outcome.to_dict() for outcome in Pipeline().run([pages]) if isinstance(outcome, Record)]
    evaluation = evaluate(read_gold(gold), records) if gold else None
    began = time.perf_counter()
    with path.open("w", encoding="utf-8") as stream:
        write_report(records, stream, title=name, evaluation=evaluation)
    written = time.perf_counter() - began
    runs = [_run(open_tab(), path) for _ in range(RUNS)]
    size = path.stat().st_size
    texts = sum(len(record["text"].encode()) for record in records) / len(records)
    return [
        ("", name),
        ("pages", f"{len(records):,}"),
        ("text of a page, mean", f"{texts / 1000:.1f} KB"),
        ("file", f"{size / 1e6:.2f} MB"),
        ("packed pages, per page", f"{_packed(path) / len(records) / 1000:.1f} KB"),
        ("file, per page", f"{size / len(records) / 1000:.1f} KB"),
        ("written in", f"{written:.1f} s"),
        *((step, f"{statistics.median(run[step] for run in runs):,.0f} ms") for step in _STEPS),
    ]


def _packed(path: Path) -> int:
    """Bytes of the blocks in which the pages are."""
    return sum(len(block) for block in re.findall(r'id="block\d+">([^<]*)<', path.read_text(encoding="utf-8")))


_STEPS = (
    "first paint after",
    "open and ready after",
    "filter to one kind",
    "search a word",
    "show a page",
    "longest frame while scrolling the list",
)


def _run(tab: Page, path: Path) -> dict[str, float]:
    tab.goto(path.as_uri(), wait_until="commit")
    ready = tab.evaluate(_READY)
    found = {"open and ready after": ready}
    found["filter to one kind"] = _timed(tab, "#pages?kind=event", "#list li")
    found["search a word"] = _timed(tab, "#pages?q=ministry", "#list li")
    found["show a page"] = _timed(tab, "#page/7", "#page .line")
    tab.evaluate("location.hash = '#pages'")
    tab.wait_for_selector("#list li")
    found["longest frame while scrolling the list"] = tab.evaluate(_SCROLL)
    found["first paint after"] = tab.evaluate("performance.getEntriesByType('paint')[0].startTime")
    tab.context.close()
    return found


def _timed(tab: Page, address: str, shown: str) -> float:
    """Milliseconds until the browser has drawn what an address shows."""
    milliseconds: float = tab.evaluate(
        """([address, shown]) => new Promise((done) => {
          const began = performance.now();
          location.hash = address;
          const look = () => (document.querySelector(shown)?.checkVisibility()
            ? requestAnimationFrame(() => done(performance.now() - began)) : setTimeout(look, 1));
          addEventListener('hashchange', () => setTimeout(look), { once: true });
        })""",
        [address, shown],
    )
    return milliseconds


@contextmanager
def _browser() -> Iterator[Callable[[], Any]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield lambda: browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        browser.close()


if __name__ == "__main__":
    main()
