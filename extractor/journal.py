"""The journal of a run: what is done already, in an SQLite file beside the output and in step with it.

Lines are first appended to the output and forced to disk, then noted here in one transaction. So whatever stands in
the output behind the noted length is what an interrupted run did not finish, and is cut off by the next one. A page
is done when its content, and what its archive says of it, is what the journal says; when the extractor itself, its
models or settings have changed (the fingerprint), everything is done anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.executors import Outcome

RETRIED = frozenset(("timed_out", "worker_died", "out_of_memory"))  # may come out otherwise on another day
_TAIL = 4096  # bytes at the end of the output that tell whether somebody else has written to it
_TABLES = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
    path TEXT PRIMARY KEY, key TEXT, run INTEGER, position INTEGER, start INTEGER, length INTEGER,
    line TEXT, page_type TEXT, warnings TEXT, rejected TEXT, message TEXT
);
"""


class JournalInUse(Exception):
    """Another run writes to the same output."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that an earlier run has done, or this one. ``key``: None when it is to be done again anyway."""

    key: str | None
    is_of_this_run: bool
    outcome: Outcome


class Journal:
    """What is done of a run, and its output file. Raises OSError and JournalInUse.

    ``ordered``: whether the output is put into the order of the pages in the end, where it is not in it already.
    """

    def __init__(self, output: Path, fingerprint: str, fresh: bool = False, ordered: bool = True) -> None:
        self.output = output
        self._ordered = ordered
        self.path = output.with_name(f"{output.name}.journal")
        self._new = output.with_name(f"{output.name}.new")
        self._buffer: list[bytes] = []
        self._stream = output.open("ab")
        self._base = self._open_base()
        if self._get("replacing") and self._new.exists():
            self._replace()
        self._set("replacing", "")
        if fresh or self._get("fingerprint") != fingerprint or not self._is_in_step():
            self._base.execute("DELETE FROM pages")
            self._set("size", "0")
            self._set("fingerprint", fingerprint)
        self._size = int(self._get("size") or 0)
        self._stream.truncate(self._size)
        self._run = int(self._get("run") or 0) + 1
        self._set("run", str(self._run))
        self.commit()

    def _open_base(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.OperationalError as error:
            raise JournalInUse(str(error)) from error
        except sqlite3.DatabaseError:  # no journal, or a damaged one: nothing is known to be done
            self.path.unlink()
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        base = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.executescript(_TABLES)
        base.execute("BEGIN IMMEDIATE")
        return base

    def _get(self, name: str) -> str | None:
        row = self._base.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _set(self, name: str, value: str) -> None:
        self._base.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def _is_in_step(self) -> bool:
        """Whether the output is, up to the noted length, what was written to it."""
        size = int(self._get("size") or 0)
        return self.output.stat().st_size >= size and self._get("tail") == _tail(self.output, size)

    def find(self, path: str) -> Entry | None:
        """What is known of the page at a path."""
        row = self._base.execute(
            "SELECT key, run, line, page_type, warnings, rejected, message FROM pages WHERE path = ?", (_plain(path),)
        ).fetchone()
        if row is None:
            return None
        key, run, line, page_type, warnings, rejected, message = row
        outcome = Outcome(path, line or "", None, page_type, tuple(json.loads(warnings)), rejected, message)
        return Entry(key, run == self._run, outcome)

    def keep(self, path: str, position: int) -> None:
        """A page is done already, and is the ``position``-th of this run."""
        self._base.execute("UPDATE pages SET run = ?, position = ? WHERE path = ?", (self._run, position, _plain(path)))

    def add(self, outcome: Outcome, key: str | None, position: int) -> None:
        """A page was done; ``commit`` makes it last."""
        start = length = 0
        line = None
        if outcome.rejected:
            line = outcome.line
        else:
            data = f"{outcome.line}\n".encode()
            start, length = self._size, len(data)
            self._buffer.append(data)
            self._size += length
        known = None if outcome.rejected in RETRIED else key
        warnings = json.dumps(outcome.warnings)
        self._base.execute(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(_plain(outcome.path), known, self._run, position, start, length, line),
                *(outcome.page_type, warnings, outcome.rejected, outcome.message),
            ),
        )

    def commit(self) -> None:
        """Write and note all that was added; it is there after a loss of power."""
        if self._buffer:
            self._stream.write(b"".join(self._buffer))
            self._buffer.clear()
            self._stream.flush()
        os.fsync(self._stream.fileno())
        self._set("size", str(self._size))
        self._set("tail", _tail(self.output, self._size))
        self._base.execute("COMMIT")
        self._base.execute("BEGIN IMMEDIATE")

    def finish(self) -> None:
        """The run is over: the output becomes the records of its pages and no others, in its order."""
        self._base.execute("DELETE FROM pages WHERE run <> ?", (self._run,))
        self.commit()
        if not self._is_arranged():
            self._rewrite()

    def rejections(self) -> Iterator[str]:
        """The rejections of the run as lines of JSON, in the order of the pages."""
        rows = self._base.execute("SELECT line FROM pages WHERE rejected IS NOT NULL ORDER BY position")
        for (line,) in rows:
            yield line

    def close(self) -> None:
        """Nothing more is written; what was not committed is lost."""
        self._base.rollback()
        self._base.close()
        self._stream.close()

    def _rows(self) -> Iterator[tuple[int, int, int]]:
        order = "position" if self._ordered else "start"
        return self._base.execute(f"SELECT rowid, start, length FROM pages WHERE rejected IS NULL ORDER BY {order}")

    def _is_arranged(self) -> bool:
        end = 0
        for _, start, length in self._rows():
            if start != end:
                return False
            end += length
        return end == self._size

    def _rewrite(self) -> None:
        """Lines in their order to a new file, which takes the output's place once the journal speaks of it."""
        end = 0
        moves = []
        with self.output.open("rb") as old, self._new.open("wb") as new:
            for row, start, length in self._rows():
                old.seek(start)
                new.write(old.read(length))
                moves.append((end, row))
                end += length
            new.flush()
            os.fsync(new.fileno())
        self._base.executemany("UPDATE pages SET start = ? WHERE rowid = ?", moves)
        self._size = end
        self._set("size", str(end))
        self._set("tail", _tail(self._new, end))
        self._set("replacing", "yes")
        self._base.execute("COMMIT")
        self._base.execute("BEGIN IMMEDIATE")
        self._replace()
        self._set("replacing", "")
        self.commit()

    def _replace(self) -> None:
        self._stream.close()
        os.replace(self._new, self.output)
        self._stream = self.output.open("ab")


def _tail(path: Path, size: int) -> str:
    with path.open("rb") as stream:
        stream.seek(max(0, size - _TAIL))
        return hashlib.sha256(stream.read(min(size, _TAIL))).hexdigest()


def _plain(path: str) -> str:
    """A path as SQLite takes it: names that are no UTF-8 hold lone surrogates."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def fingerprint(*settings: object) -> str:
    """What the records depend on beside the pages: all files of the package, and the settings."""
    digest = hashlib.sha256(repr(settings).encode())
    package = Path(__file__).parent
    for path in sorted((*package.rglob("*"), *package.parent.glob("schemas/*.json"))):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(package.parent)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
