"""Clean: a saved page becomes one normalised text and its blocks. (First cut: lines as paragraphs.)"""

from __future__ import annotations

import re

from extractor.model import Block, Document, Page, Span
from extractor.text import split_sentences

_LABEL = re.compile(r"^([A-Z][^:.]{2,50}:)\s*(.*)$")


def clean(page: Page) -> Document:
    blocks: list[Block] = []
    text = ""
    title: Span | None = None
    for line in page.content.splitlines():
        line = re.sub(r"\s+", " ", line).strip()
        if not line or line == "Skip to main content" or "References to Kosovo" in line:
            continue
        if title is not None and line == title.text:
            continue
        start = len(text)
        text += line + "\n"
        end = start + len(line)
        if title is None and line != "Repository of Practices":
            title = Span(start, end, line)
            blocks.append(Block("title", start, end))
        elif (m := _LABEL.match(line)) and len(line) < 120:
            blocks.append(Block("label", start, start + m.end(1)))
            if m.group(2):
                blocks.append(Block("value", start + m.start(2), end))
        elif len(line) < 45 and not line.endswith("."):
            blocks.append(Block("label", start, end))
        else:
            blocks.append(Block("list_item" if line[0] in "•-*" else "paragraph", start, end))
    sentences = [s for b in blocks for s in split_sentences(text, b.start, b.end)]
    return Document(page, text, tuple(blocks), tuple(sentences), "en", "unnm", title)
