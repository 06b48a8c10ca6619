"""How fast records go into SQLite and PostgreSQL and come out again.

    python -m benchmarks.sinks [--records 10000] [--postgresql URL] [-o benchmarks/results/sinks.md]

Without a URL a PostgreSQL server is started in a temporary folder, with its own settings (fsync on). The records are
real ones, those of samples/pages, grown to 300-600 words, ~10 organizations, ~5 people and ~30 pieces of evidence with
words and names drawn by a seeded generator, so that no two are alike.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import os
import platform
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.pipeline import Pipeline
from extractor.schema import grounding_error, schema_error
from extractor.sinks.jsonl import to_line
from extractor.sinks.sql import Database, LoadReport
from tests.sinks.conftest import PostgresServer, postgres_programs

SAMPLES = Path(__file__).parent.parent / "samples" / "pages"
SYLLABLES = "ba den ko li mar no ra sel ta vi wen zu dor hal jin kep lun mir oss pel".split()


def real_records() -> list[dict[str, Any]]:
    """The records of the sample pages."""
    return [outcome.to_dict() for outcome in Pipeline().run([SAMPLES]) if "text" in outcome.to_dict()]


def make_records(count: int, seed: int = 7) -> Iterator[str]:
    """``count`` records as lines of JSON."""
    chance = random.Random(seed)
    bases = real_records()
    words = [word for base in bases for word in base["text"].split()]  # as often as the pages use them
    for number in range(count):
        record = copy.deepcopy(bases[number % len(bases)])
        _grow(record, number, words, chance)
        if number < 50:
            error = schema_error(record) or grounding_error(record)
            assert error is None, error
        yield to_line(record)


def _grow(record: dict[str, Any], number: int, words: list[str], chance: random.Random) -> None:
    """Append prose to the text, with names in it, until the record has the size of a long page."""
    record["id"] = hashlib.sha256(f"benchmark {number}".encode()).hexdigest()[:32]
    record["source"] |= {"path": f"pages/{number}.txt", "url": f"https://example.org/pages/{number}"}
    _thin_out(record)
    text = [record["text"]]
    length = len(record["text"])

    def say(passage: str) -> dict[str, Any]:
        nonlocal length
        text.append(passage)
        length += len(passage)
        return {"start": length - len(passage), "end": length, "text": passage}

    for _ in range(max(0, 10 - len(record["organizations"]))):
        _prose(say, words, chance, 20)
        name = f"{_name(chance.randrange(3000))} Agency for {_name(chance.randrange(40))}"
        body = copy.deepcopy(record["organizations"][0])
        slug = name.lower().replace(" ", "-")
        body |= {"id": f"org:{slug}", "name": name, "official_name": None, "roles": ["mentioned"]}
        record["organizations"].append(body | {"parent_id": None, "evidence": [say(name)]})
    for _ in range(max(0, 5 - len(record["people"]))):
        _prose(say, words, chance, 15)
        name = f"{_name(chance.randrange(400))} {_name(chance.randrange(3000))}"
        record["people"].append(
            {
                "name": name,
                "honorific": "Ms",
                "position": "Head of Programmes",
                "affiliation": record["organizations"][0]["name"],
                "organization_id": record["organizations"][0]["id"],
                "roles": ["speaker"],
                "evidence": [say(name)],
                "method": "rule",
                "rule": "person.honorific",
                "confidence": 0.9,
                "origin": None,
            }
        )
    wanted = chance.randrange(300, 600)
    _prose(say, words, chance, wanted - len("".join(text).split()))
    record["text"] = "".join(text)
    record["title"] = f"{record['title']} {_name(number)}"


def _thin_out(value: object) -> None:
    """One passage a value, so that a page has about 30."""
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _thin_out(item)
    if isinstance(value, dict) and "evidence" in value:
        value["evidence"] = value["evidence"][:1]


def _prose(say: Callable[[str], object], words: list[str], chance: random.Random, count: int) -> None:
    drawn = [chance.choice(words) if chance.random() > 0.02 else _name(chance.randrange(10**6)) for _ in range(count)]
    say(f"\n{' '.join(drawn)} ")


def _name(number: int) -> str:
    syllables = [SYLLABLES[number % 20]]
    while number := number // 20:
        syllables.append(SYLLABLES[number % 20])
    return "".join(syllables).capitalize()


def measure(name: str, url: str, lines: list[str]) -> list[str]:
    """Load, dump, compare, load again: rows of the table."""
    rows = []
    first = 0.0
    for what in ("load", "load again"):
        database = Database(url)
        with _clock() as clock:
            report = database.load(lines)
        _check(report, lines, what)
        database.close()
        remark = f"{first / clock.seconds:.1f} times as fast" if what == "load again" else ""
        first = clock.seconds
        rows.append(clock.row(name, what, len(lines), remark))
    database = Database(url)
    with _clock() as clock:
        dumped = list(database.dump())
    database.close()
    rows.append(clock.row(name, "dump", len(lines), "identical" if dumped == lines else "DIFFERENT"))
    return rows


@dataclass(slots=True)
class Clock:
    """Seconds by the wall clock, and of this process's CPU."""

    seconds: float = 0.0
    cpu: float = 0.0

    def row(self, name: str, what: str, count: int, remark: str) -> str:
        rates = f"{count / self.seconds:,.0f} | {self.cpu:.2f} | {count / self.cpu:,.0f}"
        return f"| {name} | {what} | {self.seconds:.2f} | {rates} | {remark} |"


@contextmanager
def _clock() -> Iterator[Clock]:
    clock = Clock()
    began, cpu = time.perf_counter(), time.process_time()
    yield clock
    clock.seconds, clock.cpu = time.perf_counter() - began, time.process_time() - cpu


def _check(report: LoadReport, lines: list[str], what: str) -> None:
    expected = (len(lines), 0) if what == "load" else (0, len(lines))
    assert (report.new, report.unchanged) == expected, report


@contextmanager
def _server(url: str | None) -> Iterator[str | None]:
    programs = postgres_programs()
    if url or programs is None:
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        os.chmod(folder, 0o755)
        server = PostgresServer(programs, Path(folder) / "server", fsync=True)
        server.start()
        try:
            yield server.url
        finally:
            server.stop()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=10_000)
    options.add_argument("--postgresql", help="URL of an empty database")
    options.add_argument("-o", "--output", type=Path)
    chosen = options.parse_args()

    lines = list(make_records(chosen.records))
    example = [json.loads(line) for line in lines[:500]]
    size = sum(map(len, lines)) / len(lines)
    out = [
        "# Sinks: records into databases and out again",
        "",
        f"`python -m benchmarks.sinks`: {len(lines):,} records of {size / 1000:.1f} kB, on average "
        f"{_mean(example, lambda r: len(r['text'].split())):.0f} words, "
        f"{_mean(example, lambda r: len(r['organizations'])):.1f} organizations, "
        f"{_mean(example, lambda r: len(r['people'])):.1f} people, {_mean(example, _spans):.1f} pieces of evidence.",
        "",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores; load average "
        f"(1 minute) {os.getloadavg()[0]:.1f} at the start. CPU seconds are those of the loader's process: where other "
        "work takes the cores too, they say more than the clock. PostgreSQL's server works beside it.",
        "",
        "| database | what | seconds | records/s | CPU seconds | records/CPU s | |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        out += measure("SQLite", f"sqlite:///{folder}/events.db", lines)
    with _server(chosen.postgresql) as url:
        if url:
            out += measure("PostgreSQL", url, lines)
    out += ["", f"Load average (1 minute) at the end: {os.getloadavg()[0]:.1f}."]
    print("\n".join(out))
    if chosen.output:
        chosen.output.parent.mkdir(parents=True, exist_ok=True)
        chosen.output.write_text("\n".join(out) + "\n", encoding="utf-8")


def _mean(records: list[dict[str, Any]], of: Callable[[dict[str, Any]], int]) -> float:
    return sum(map(of, records)) / len(records)


def _spans(value: object) -> int:
    if isinstance(value, dict):
        return sum(len(v) if k == "evidence" else _spans(v) for k, v in value.items())
    return sum(map(_spans, value)) if isinstance(value, list) else 0


if __name__ == "__main__":
    main()
