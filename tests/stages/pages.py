"""Helpers of the tests about structure: a page as short text, its blocks as short pairs."""

from extractor.model import Document
from extractor.readers import read_bytes
from extractor.stages.clean import clean


def document(content: str, path: str = "-", url: str | None = None) -> Document:
    return clean(read_bytes(content, path, url))


def blocks(doc: Document) -> list[tuple[str, str]]:
    return [(b.kind, doc.text[b.start : b.end]) for b in doc.blocks]


def texts(doc: Document, kind: str) -> list[str]:
    return [text for k, text in blocks(doc) if k == kind]
