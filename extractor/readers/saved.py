"""A saved page before it is read: the plain value that walks from the files to the workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved page: where it lies, its content, and what its archive says of it.

    ``path`` is the file, and behind each "#" the place inside it: "web.warc.gz#12" (the twelfth WARC record),
    "pages.jsonl#3" (the third line), "pages.zip#a/b.html", "outer.zip#inner.warc#7".
    """

    path: str
    content: str | bytes | None = None  # None: it is the file at ``path``, and whoever reads the page opens it
    size: int = 0  # bytes as saved, as far as known
    url: str | None = None
    saved_at: str | None = None  # ISO 8601
    media_type: Literal["text/plain", "text/html"] | None = None  # None: told by the name and the first lines
    charset: str | None = None  # as declared outside the page (HTTP, MIME)
    problem: tuple[str, str] | None = None  # code and sentence: why there is no page here


@dataclass(frozen=True, slots=True)
class Skipped:
    """What lies in an archive and is no page, and why it was passed over: "revisit", "not_html" …"""

    path: str
    reason: str
