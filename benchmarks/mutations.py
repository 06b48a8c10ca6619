"""Damaged pages through the whole pipeline: none may crash it, hang it, or become what is no valid record.

`python -m benchmarks.mutations [--pages 20000] [--workers 2] [--seed 1]` damages the samples (bytes flipped and cut,
elements nested and swapped, wrong encodings, glued and repeated parts) and prints what came of them. Exit code 1 when
a page was lost, made the extractor fail, took too long, or became an invalid record.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from benchmarks.machine import describe
from extractor.executors import Outcome, Settings, processes
from extractor.readers.saved import Saved
from extractor.schema import grounding_error, schema_error

SAMPLES = Path(__file__).parent.parent / "samples" / "pages"
FAULTS = frozenset(("internal_error", "invalid_record", "timed_out", "worker_died", "out_of_memory"))
PAGE_SECONDS = 60.0
MOST_BYTES = 300_000
_ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "cp1252",
    "cp1251",
    "shift_jis",
    "gb18030",
    "iso8859_6",
    "utf-7",
    "cp037",
    "utf-32",
)
_TAG = re.compile(rb"<[^<>]{1,200}>")
_ODDITIES = (
    "\x00",
    "\ufeff",
    "\u202e",
    "\u0301" * 40,
    "𝕏" * 20,
    "\ud7ff",
    "\x1b[0m",
    "&#x110000;",
    "<![CDATA[",
    "<!--",
    "ﷺ" * 9,
)


def make_page(number: int, seed: int = 1) -> Saved:
    """Damaged page ``number``."""
    rng = random.Random(f"{seed}/{number}")
    name, data = rng.choice(_samples())
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        data = rng.choice(DAMAGES)(data, rng)[:MOST_BYTES]
    return Saved(f"{number}-{name}", data, len(data))


@cache
def _samples() -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir())]


def _flip(data: bytes, rng: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(rng.choice((1, 10, 100, len(data) // 10)) if data else 0):
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def _cut(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted((rng.randint(0, len(data)), rng.randint(0, len(data))))
    return rng.choice((data[:end], data[start:], data[start:end], data[:start] + data[end:]))


def _nest(data: bytes, rng: random.Random) -> bytes:
    tag = rng.choice((b"div", b"ul", b"table", b"b", b"li", b"td", b"a", b"main", b"section", b"font", b"select"))
    deep = rng.choice((10, 300, 10_000))
    return (b"<" + tag + b">") * deep + data + (b"</" + tag + b">") * rng.choice((0, deep))


def _encode(data: bytes, rng: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(_ENCODINGS), "replace")


def _decode(data: bytes, rng: random.Random) -> bytes:
    return data.decode(rng.choice(("cp1252", "cp1251", "gb18030")), "replace").encode("utf-8", "replace")


def _swap(data: bytes, rng: random.Random) -> bytes:
    tags = [found.span() for found in _TAG.finditer(data)]
    if len(tags) < 2:
        return data
    (a, b), (c, d) = sorted(rng.sample(tags, 2))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_ODDITIES).encode("utf-8", "surrogatepass") * rng.choice((1, 50)) + data[at:]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(data))
    part = data[start : start + rng.choice((1, 20, 500))]
    return data[:start] + part * rng.choice((2, 50, 2000)) + data[start:]


def _shuffle(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return rng.choice((b"\n", b"\r", b"\r\n", b" ", b"")).join(lines)


def _glue(data: bytes, rng: random.Random) -> bytes:
    return data + rng.choice(_samples())[1]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _cut, _nest, _encode, _decode),
    *(_swap, _insert, _repeat, _shuffle, _glue),
)


def fault(outcome: Outcome) -> str | None:
    """What is wrong with the outcome of a page; None for a valid record and a rejection with a reason."""
    value = json.loads(outcome.line)
    if outcome.rejected:
        error = schema_error(value, "rejection")
        return f"{outcome.rejected}: {outcome.message}" if outcome.rejected in FAULTS else error
    return schema_error(value) or grounding_error(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    def pages() -> Iterator[Saved]:
        for number in range(arguments.pages):
            yield make_page(number, arguments.seed)

    counts: Counter[str] = Counter()
    faults = 0
    began = time.perf_counter()
    for done in processes.run(Settings(page_seconds=PAGE_SECONDS), pages(), arguments.workers):
        for outcome in done.outcomes:
            counts[outcome.rejected or "record"] += 1
            if counts.total() % 1000 == 0:
                print(f"{counts.total():,} pages, {faults} faults", flush=True)
            if error := fault(outcome):
                faults += 1
                print(f"{outcome.path} (seed {arguments.seed}): {error}", flush=True)
    seconds = time.perf_counter() - began
    lost = arguments.pages - counts.total()
    said = ", ".join(f"{name} {count:,}" for name, count in counts.most_common())
    print(
        f"\n{arguments.pages:,} damaged pages in {seconds:.0f} s: {said}; lost {lost}, faults {faults}\n\n{describe()}"
    )
    raise SystemExit(1 if lost or faults else 0)


if __name__ == "__main__":
    main()
