"""Readers: saved pages of any form → Page. Nothing about meaning."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from extractor.errors import PageError
from extractor.model import Page
from extractor.readers.decoding import MAX_BYTES
from extractor.readers.files import is_html_name
from extractor.readers.html import read_html
from extractor.readers.saved import Saved
from extractor.readers.text import read_text

__all__ = ["PageError", "read_bytes", "read_file", "read_html", "read_page", "read_text"]

_SNIFFED = 3000  # characters or bytes at the start of a page that tell its form
_TAGS = "!doctype html|html|head|body|meta|title|script|style|div|main|article|section|header|table|h1|h2|p|ul|link"
# A page of HTML starts with an element, after an XML declaration or comments.
_HTML = re.compile(
    rf"\ufeff?\s*(?:<\?xml[^>]{{0,200}}>\s*)?(?:<!--.{{0,2000}}?-->\s*){{0,5}}<(?:{_TAGS})\b[^<]{{0,2000}}>",
    re.I | re.S,
)


def read_page(saved: Saved) -> Page:
    """The page of a saved page, in whatever form. Raises PageError, for what ``saved`` itself tells of as well."""
    if saved.problem:
        raise PageError(*saved.problem)
    if saved.content is None:
        return read_file(saved.path, saved.url)
    if saved.media_type == "text/html":
        page = read_html(saved.content, saved.path, saved.url, saved.charset)
    elif saved.media_type == "text/plain":
        page = read_text(saved.content, saved.path, saved.url)
    else:
        page = read_bytes(saved.content, saved.path, saved.url)
    return replace(page, saved_at=saved.saved_at) if saved.saved_at else page


def read_file(path: str | Path, url: str | None = None) -> Page:
    """The page of a file. Raises PageError: "not_found", "unreadable", and those of ``read_bytes``."""
    path = Path(path)
    try:
        size = path.stat().st_size
        if path.is_file() and size > MAX_BYTES:
            raise PageError("too_large", f"The file has {size:,} bytes; more than {MAX_BYTES:,} are not read.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise PageError("not_found", "There is no such file.") from error
    except IsADirectoryError as error:
        raise PageError("unreadable", "The folder cannot be listed.") from error
    except OSError as error:
        raise PageError("unreadable", f"The file cannot be read: {error.strerror or error}.") from error
    return read_bytes(data, str(path), url)


def read_bytes(data: str | bytes, path: str = "-", url: str | None = None) -> Page:
    """The page of its content, as HTML or text by its path's suffix and its first lines.

    Raises PageError: "empty", "too_large", "binary".
    """
    if is_html_name(path) or _looks_like_html(data):
        return read_html(data, path, url)
    return read_text(data, path, url)


def _looks_like_html(data: str | bytes) -> bool:
    head = data[:_SNIFFED]
    if isinstance(head, bytes):
        head = head.replace(b"\0", b"").decode("utf-8", "ignore").lstrip("\ufeff\ufffe")
    return bool(_HTML.match(head))
