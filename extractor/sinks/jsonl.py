"""JSON Lines, plain or compressed as the file's name says (``.gz``, ``.zst``)."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

_SURROGATE = re.compile("[\ud800-\udfff]")
_GZIP_LEVEL = 6  # the default of the program gzip; Python's own 9 takes three times as long for 2 % less
_ZSTD_LEVEL = 3  # the default of the program zstd

_CHUNK = 16_384  # bytes


class DamagedFile(Exception):
    """A compressed file that cannot be read to its end."""


@contextmanager
def open_lines(path: str | Path, mode: str = "r") -> Iterator[IO[str]]:
    """A text stream of UTF-8 lines; ``mode`` is "r" or "w".

    What is compressed is compressed the same each time: no file name and no time stand in it. Raises OSError,
    UnicodeDecodeError, DamagedFile, and ModuleNotFoundError where zstandard (the extra [formats]) is missing.
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
        try:
            with gzip.GzipFile("", f"{mode}b", _GZIP_LEVEL, raw, mtime=0) as stream:
                yield cast(BinaryIO, stream)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise DamagedFile(str(error)) from None
    elif suffix == ".zst":
        import zstandard

        try:
            if mode == "r":
                yield cast(BinaryIO, io.BufferedReader(_ZstdReader(raw, zstandard.ZstdDecompressor().decompressobj)))
            else:
                with zstandard.ZstdCompressor(_ZSTD_LEVEL).stream_writer(raw, closefd=False) as stream:
                    yield cast(BinaryIO, stream)
        except zstandard.ZstdError as error:
            raise DamagedFile(str(error)) from None
    else:
        yield raw


class _ZstdReader(io.RawIOBase):
    """The content of a .zst file. zstandard's own reader takes a file that was cut off for a whole one."""

    def __init__(self, raw: BinaryIO, new_frame: Callable[[], Any]) -> None:
        self._raw, self._new_frame = raw, new_frame
        self._frame = new_frame()
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            packed = self._raw.read(_CHUNK)
            if not packed:
                if not self._frame.eof:
                    raise DamagedFile("the file is cut off")
                return 0
            self._ready = memoryview(self._unpack(packed))
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _unpack(self, packed: bytes) -> bytes:
        content = b""
        while packed:
            if self._frame.eof:
                self._frame = self._new_frame()
            content += self._frame.decompress(packed)
            packed = self._frame.unused_data
        return content


def to_line(record: dict[str, Any]) -> str:
    """The record as one line of JSON, without its line end."""
    return escape_surrogates(json.dumps(record, ensure_ascii=False))


def escape_surrogates(line: str) -> str:
    """The same JSON with its lone surrogates, which have no bytes in UTF-8, as escapes."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    return line


def write_records(records: Iterable[dict[str, Any]], path: Path) -> int:
    """Write records as lines of JSON; gives their number."""
    count = 0
    with open_lines(path, "w") as stream:
        for record in records:
            stream.write(to_line(record) + "\n")
            count += 1
    return count
