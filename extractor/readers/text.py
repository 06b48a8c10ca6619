"""Already scraped text: bytes or str → Page."""

from __future__ import annotations

import hashlib

from extractor.model import Page


def read_text(data: str, path: str = "-", url: str | None = None) -> Page:
    raw = data.encode("utf-8", "surrogatepass")
    return Page(path, data, "text/plain", "utf-8", hashlib.sha256(raw).hexdigest(), len(raw), url)
