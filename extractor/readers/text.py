"""Already scraped text: bytes or str → Page."""

from __future__ import annotations

from extractor.model import Page
from extractor.readers.decoding import checksum, decode


def read_text(data: str | bytes, path: str = "-", url: str | None = None) -> Page:
    """The page of a text. Raises PageError when it is empty, too large or no text."""
    decoded = decode(data)
    return Page(path, decoded.text, "text/plain", decoded.encoding, *checksum(data), url, None, decoded.notices)
