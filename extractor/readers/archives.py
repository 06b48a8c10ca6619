"""Archives of saved pages → a stream of pages: WARC, WACZ, ZIP, TAR, MHTML, gzip, JSON Lines.

Everything is read forward and in pieces, so that a large archive needs no more memory than a small one; nothing is
ever written to disk, whatever names an archive holds. An archive that asks for more than the limits below gives a
page with a problem in the place where reading ended, and its pages up to there.
"""

from __future__ import annotations

import email
import email.policy
import gzip
import io
import json
import os
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, Literal, cast

from fastwarc.stream_io import BrotliReader, ChunkedReader, WarcReader, ZstdReader
from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord, WarcRecordType

from extractor.errors import PageError
from extractor.readers.decoding import MAX_BYTES
from extractor.readers.files import find_files, holds_pages, is_companion, is_html_name
from extractor.readers.saved import Saved, Skipped

MAX_NESTING = 3  # archives inside archives
MAX_RATIO = 200  # unpacked to packed bytes; pages of text pack to a tenth, seldom to less than a fiftieth
RATIO_FREE = 4 * MAX_BYTES  # unpacked bytes below which the ratio does not matter
MAX_HELD = 64_000_000  # bytes of what can only be read whole: MHTML, a ZIP inside an archive
MAX_LINE = 2 * MAX_BYTES  # bytes of a line of JSON: escapes make it longer than its page
MAX_HEADERS = 1 << 16  # bytes of a WARC record's headers, and of its page's
_CHUNK = 1 << 16

_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,  # a way of packing that zipfile does not know
    RuntimeError,  # a ZIP member with a password
    zlib.error,
    zipfile.BadZipFile,
    tarfile.TarError,
)

Found = Iterator[Saved | Skipped]
Reader = Callable[[IO[bytes], str, int], Found]


class SavedPages:
    """The pages among ``paths`` (files, folders, archives), in a fixed order; iterate once.

    ``bytes_read`` says how far reading is, in bytes of the files as they lie on disk.
    """

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._paths = paths
        self._done = 0
        self._open: IO[bytes] | None = None

    @property
    def bytes_read(self) -> int:
        return self._done + (self._open.tell() if self._open and not self._open.closed else 0)

    def __iter__(self) -> Found:
        for path in find_files(self._paths):
            size = _size(path)
            if _reader(path.name) is None or not path.is_file():
                yield Saved(str(path), size=size)
            else:
                yield from self._archive(path)
            self._done += size

    def _archive(self, path: Path) -> Found:
        try:
            stream = path.open("rb")
        except OSError as error:
            yield Saved(str(path), problem=("unreadable", f"The file cannot be read: {error.strerror or error}."))
            return
        with stream:
            self._open = stream
            yield from _read(path.name, stream, str(path), 1)
            self._open = None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # its reader says so
        return 0


def _reader(name: str) -> Reader | None:
    return _READERS.get(os.path.splitext(name.lower())[1])


def _read(name: str, stream: IO[bytes], path: str, depth: int) -> Found:
    """What the archive ``name`` at ``path`` holds. ``depth``: the number of archives it lies in, with itself."""
    reader = _reader(name)
    if reader is None:
        yield _page(name, stream, path)
        return
    if depth > MAX_NESTING:
        message = f"Archives are nested more than {MAX_NESTING} deep here."
        yield Saved(path, problem=("nested_too_deep", message))
        return
    try:
        yield from reader(stream, path, depth)
    except PageError as error:
        yield Saved(path, problem=_problem(error))
    except _DAMAGE as error:
        yield Saved(path, problem=_damaged(error))


def _problem(error: PageError) -> tuple[str, str]:
    return error.code, error.message


def _damaged(error: BaseException) -> tuple[str, str]:
    told = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
    return "damaged", f"The archive is damaged here, or not what its name says: {told}."


def _page(name: str, stream: IO[bytes], path: str) -> Saved:
    """The page that is the whole of a stream, a file of that name."""
    data = _all(stream, MAX_BYTES)
    if data is None:
        return Saved(path, problem=_too_large("page", MAX_BYTES))
    return Saved(path, data, len(data), media_type="text/html" if is_html_name(name) else None)


def _all(stream: IO[bytes], limit: int) -> bytes | None:
    """All bytes of a stream, None when there are more than ``limit``."""
    parts: list[bytes] = []
    size = 0
    while data := stream.read(min(_CHUNK, limit + 1 - size)):
        parts.append(data)
        size += len(data)
        if size > limit:
            return None
    return b"".join(parts)


def _too_large(what: str, limit: int) -> tuple[str, str]:
    return "too_large", f"The {what} has more than {limit:,} bytes; it is not read."


def _too_packed() -> PageError:
    return PageError(
        "too_compressed", f"The archive unpacks to more than {MAX_RATIO} times its size; reading ended here."
    )


class _Unpacked(io.RawIOBase):
    """An unpacked stream that ends with a PageError when it grows out of proportion to what it is unpacked from."""

    def __init__(self, stream: IO[bytes], packed: IO[bytes]) -> None:
        self._stream, self._packed = stream, packed
        self._start, self._size = packed.tell(), 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._size

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._size += len(data)
        if self._size > RATIO_FREE and self._size > MAX_RATIO * (self._packed.tell() - self._start):
            raise _too_packed()
        buffer[: len(data)] = data
        return len(data)


def _read_gzip(stream: IO[bytes], path: str, depth: int) -> Found:
    name = os.path.basename(path)
    inner = f"{name[:-4]}.tar" if name.lower().endswith(".tgz") else name[:-3]
    with gzip.GzipFile(fileobj=stream) as unpacked:
        plain = io.BufferedReader(_Unpacked(cast(IO[bytes], unpacked), stream))
        yield from _read(inner, cast(IO[bytes], plain), path, depth)


def _read_zip(stream: IO[bytes], path: str, depth: int) -> Found:
    if depth > 1:  # a ZIP is read from its end
        data = _all(stream, MAX_HELD)
        if data is None:
            raise PageError(*_too_large("inner ZIP archive", MAX_HELD))
        stream = io.BytesIO(data)
    packed = stream.seek(0, io.SEEK_END)
    with zipfile.ZipFile(stream) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > RATIO_FREE and unpacked > MAX_RATIO * packed:
            raise _too_packed()
        is_wacz = path.lower().endswith(".wacz")
        names = {member.filename for member in archive.infolist()}
        for member in archive.infolist():
            place = f"{path}#{member.filename}"
            if member.is_dir() or (is_wacz and not member.filename.startswith("archive/")):
                continue  # a WACZ keeps indexes and logs beside its WARC files
            if archive.NameToInfo.get(member.filename) is not member:
                yield Skipped(place, "replaced")  # by a later member of the same name
            elif not holds_pages(member.filename):
                yield Skipped(place, "no_page")
            elif _in_companion(member.filename, names):
                yield Skipped(place, "part_of_page")
            else:
                yield from _read_zip_member(archive, member, place, depth)


def _in_companion(name: str, names: set[str]) -> bool:
    folder = os.path.dirname(name)
    while folder:
        if is_companion(folder, names):
            return True
        folder = os.path.dirname(folder.rstrip("/"))
    return False


def _read_zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, depth: int) -> Found:
    if member.file_size > MAX_BYTES and _reader(member.filename) is None:
        yield Saved(place, problem=_too_large("page", MAX_BYTES))
        return
    if member.file_size > RATIO_FREE and member.file_size > MAX_RATIO * member.compress_size:
        yield Saved(place, problem=_problem(_too_packed()))
        return
    try:
        with archive.open(member) as stream:
            yield from _read(member.filename, stream, place, depth + 1)
    except _DAMAGE as error:
        yield Saved(place, problem=_damaged(error))


def _read_tar(stream: IO[bytes], path: str, depth: int) -> Found:
    seen: set[int] = set()  # hashes, since names would fill the memory
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        while (member := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # tarfile keeps what it has read: memory would grow
            place = f"{path}#{member.name}"
            if member.isdir():
                continue
            if not member.isfile() or not holds_pages(member.name):
                yield Skipped(place, "no_page")
            elif hash(place) in seen:
                yield Skipped(place, "replaced")
            elif member.size > MAX_BYTES and _reader(member.name) is None:
                yield Saved(place, problem=_too_large("page", MAX_BYTES))
            else:
                seen.add(hash(place))
                content = archive.extractfile(member)
                if content is not None:
                    yield from _read(member.name, content, place, depth + 1)


def _read_warc(stream: IO[bytes], path: str, depth: int) -> Found:
    records = ArchiveIterator(stream, parse_http=False, stream_detect=False, max_header_len=MAX_HEADERS)
    for number, record in enumerate(records, 1):
        found = _warc_page(record, f"{path}#{number}")
        if found is not None:
            yield found


def _warc_page(record: WarcRecord, place: str) -> Saved | Skipped | None:
    """The page of a WARC record; None for a record that is about another one."""
    if record.record_type == WarcRecordType.revisit:
        return Skipped(place, "revisit")
    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
        return None
    about = record.headers
    if record.is_http:
        record.parse_http(max_header_len=MAX_HEADERS)
        about = record.http_headers
        if not 200 <= (about.status_code or 0) < 300:
            return Skipped(place, "http_error")
    media_type, charset = _content_type(about.get("Content-Type") or "")
    if media_type not in ("text/html", "application/xhtml+xml"):
        return Skipped(place, "no_html")
    data = _all(cast(IO[bytes], record.reader), MAX_BYTES)
    if data is not None and len(data) < record.content_length:
        raise PageError("damaged", f"The archive ends early, inside its record {place.rpartition('#')[2]}.")
    if data is not None and record.is_http:
        data = _unpacked(data, about)
    if data is None or len(data) > MAX_BYTES:
        return Saved(place, problem=_too_large("page", MAX_BYTES))
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    time = _time(record.headers.get("WARC-Date"))
    return Saved(place, data, len(data), url or None, time, "text/html", charset)


def _unpacked(data: bytes, http: HeaderMap) -> bytes:
    """What an HTTP server sent, without the chunks and packing of its transport; some crawlers have undone them."""
    for packing in (http.get("Transfer-Encoding"), http.get("Content-Encoding")):
        for unpack in UNPACKERS.get((packing or "").strip().lower(), ()):
            try:
                data = unpack(data)
                break
            except (OSError, zlib.error):  # it is not packed so
                continue
    return data


def _inflate(window: int, data: bytes) -> bytes:
    return zlib.decompressobj(window).decompress(data, MAX_BYTES + 1)


def _read_through(reader: Callable[[IO[bytes]], WarcReader], data: bytes) -> bytes:
    return reader(io.BytesIO(data)).read(MAX_BYTES + 1)


_INFLATE = tuple(partial(_inflate, window) for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS))
UNPACKERS: dict[str, tuple[Callable[[bytes], bytes], ...]] = {
    "chunked": (partial(_read_through, ChunkedReader),),
    "gzip": _INFLATE,  # gzip or zlib; without either's frame
    "x-gzip": _INFLATE,
    "deflate": _INFLATE,
    "br": (partial(_read_through, BrotliReader),),
    "zstd": (partial(_read_through, ZstdReader),),
}


def _content_type(declared: str) -> tuple[str, str | None]:
    """Media type and charset of a Content-Type header."""
    kind, _, rest = declared.partition(";")
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", rest, re.I)
    return kind.strip().lower(), found.group(1) if found else None


def _time(text: Any) -> str | None:
    """ISO 8601 with its zone, None for anything else."""
    try:
        time = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return time.isoformat() if time.tzinfo else None


def _read_mhtml(stream: IO[bytes], path: str, depth: int) -> Found:
    data = _all(stream, MAX_HELD)
    if data is None:
        raise PageError(*_too_large("MHTML file", MAX_HELD))
    message = cast(EmailMessage, email.message_from_bytes(data, policy=email.policy.compat32))
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            break
    else:
        raise PageError("no_page", "There is no HTML part in this MHTML file.")
    url = str(message["Snapshot-Content-Location"] or part["Content-Location"] or "").strip()
    date = message["Date"]
    yield Saved(
        path,
        content if isinstance(content, bytes) else b"",
        len(data),
        url if url.startswith(("http:", "https:")) else None,
        _mail_time(str(date)) if date else None,
        "text/html",
        part.get_content_charset(),
    )


def _mail_time(date: str) -> str | None:
    try:
        time = parsedate_to_datetime(date)
    except ValueError:  # no such date
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).isoformat()  # "-0000": UTC, of an unknown place


def _read_json_lines(stream: IO[bytes], path: str, depth: int) -> Found:
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        place = f"{path}#{number}"
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield Saved(place, problem=_too_large("line", MAX_LINE))
        elif line.strip():
            yield _json_page(line, place)


def _json_page(line: bytes, place: str) -> Saved | Skipped:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Saved(place, problem=("bad_line", "The line is not JSON."))
    if isinstance(row, dict):
        if "schema_version" in row and "id" in row:
            return Skipped(place, "record")  # the extractor's own output
        url, time = row.get("url"), _time(row.get("saved_at"))
        for key, kind in _JSON_CONTENT:
            content = row.get(key)
            if isinstance(content, str):
                return Saved(place, content, len(line), url if isinstance(url, str) else None, time, kind)
    return Saved(place, problem=("bad_line", 'The line is no object with the page as "html" or "text".'))


_JSON_CONTENT: tuple[tuple[str, Literal["text/html", "text/plain"]], ...] = (
    ("html", "text/html"),
    ("text", "text/plain"),
)
_READERS: dict[str, Reader] = {
    ".gz": _read_gzip,
    ".tgz": _read_gzip,
    ".zip": _read_zip,
    ".wacz": _read_zip,
    ".tar": _read_tar,
    ".warc": _read_warc,
    ".mhtml": _read_mhtml,
    ".mht": _read_mhtml,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
}
