"""Tags of any text: what it cites, and what it is about."""

from __future__ import annotations

from typing import Any

from extractor.model import Block, Document, Strictness
from extractor.readers import read_text
from extractor.record import plain_tags
from extractor.stages.tags import find_tags, with_inferred
from extractor.stages.topics import infer_tags
from extractor.text import split_sentences


def tag_text(text: str, strictness: Strictness = "balanced") -> dict[str, Any]:
    """The GCM objectives and principles, the SDGs and their targets that ``text`` cites or is about.

    The result has the members ``gcm`` and ``sdgs`` of a record; the offsets of its evidence are code points of
    ``text`` as it is given. ``strictness``: "strict" gives fewer inferred tags and surer ones, "loose" more;
    benchmarks/results/topics.md says what each costs.
    """
    document = _document(text)
    return plain_tags(with_inferred(find_tags(document, ()), infer_tags(document, strictness)))


def _document(text: str) -> Document:
    """The text as a document of plain paragraphs, one a line, nothing cleaned away."""
    blocks: list[Block] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block("paragraph", start, start + len(line.rstrip())))
        start += len(line)
    sentences = tuple(s for b in blocks for s in split_sentences(text, b.start, b.end))
    return Document(read_text("-"), text, tuple(blocks), sentences, "en", "generic", None)
