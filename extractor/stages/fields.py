"""Fields: labels and their values. (First cut: values are what follows until the next label.)"""

from __future__ import annotations

import re

from extractor.model import Document, Field, Span


def find_fields(document: Document) -> tuple[Field, ...]:
    out: list[tuple[Span, list[Span]]] = []
    for block in document.blocks:
        if block.kind == "label":
            out.append((document.span(block.start, block.end), []))
        elif block.kind == "value" and out:
            out[-1][1].append(document.span(block.start, block.end))
    return tuple(
        Field(re.sub(r"\W+", "_", label.text.lower()).strip("_"), label, tuple(values)) for label, values in out
    )
