"""JSON Lines, plain or compressed as the file's name says (``.gz``, ``.zst``)."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast


@contextmanager
def open_lines(path: str | Path, mode: str = "r") -> Iterator[IO[str]]:
    """A text stream of UTF-8 lines; ``mode`` is "r" or "w". Raises OSError, and ValueError for a damaged file.

    What is compressed is compressed the same each time: no file name and no time stand in it.
    """
    path = Path(path)
    with path.open(f"{mode}b") as raw, _compressed(cast(BinaryIO, raw), path.suffix, mode) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()


@contextmanager
def _compressed(raw: BinaryIO, suffix: str, mode: str) -> Iterator[BinaryIO]:
    if suffix == ".gz":
        with gzip.GzipFile(filename="", fileobj=raw, mode=f"{mode}b", mtime=0) as stream:
            yield cast(BinaryIO, stream)
    elif suffix == ".zst":
        import zstandard  # in the extra [formats]

        make = zstandard.ZstdDecompressor().stream_reader if mode == "r" else zstandard.ZstdCompressor().stream_writer
        with make(raw, closefd=False) as stream:
            yield cast(BinaryIO, stream)
    else:
        yield raw


def write_records(records: Iterable[dict[str, Any]], path: Path) -> int:
    """Write records as lines of JSON; gives their number."""
    count = 0
    with open_lines(path, "w") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    return count
