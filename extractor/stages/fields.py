"""Fields: labels and the values that stand with them."""

from __future__ import annotations

from extractor.model import Document, Field, Span
from extractor.profiles import load_profile, slug

_RIM = " :：*?|–—-\n"


def find_fields(document: Document) -> tuple[Field, ...]:
    """The labelled fields of a page, in order; one without values stands there with an empty label.

    A label with a whole passage behind it on its line is the heading of that passage, no field.
    """
    profile = load_profile(document.profile)
    fields: list[Field] = []
    label: Span | None = None
    name = ""
    values: list[Span] = []

    def close() -> None:
        if label is not None:
            fields.append(Field(name, label, tuple(values)))

    for i, block in enumerate(document.blocks):
        if block.kind == "label":
            close()
            label, values = None, []
            if not is_run_in(document, i):
                label = _label_span(document, block.start, block.end)
                name = profile.field_name(label.text) or profile.section_kind(label.text) or slug(label.text)
        elif block.kind == "value":
            values.append(document.span(block.start, block.end))
        else:
            close()
            label, values = None, []
    close()
    return tuple(fields)


def is_run_in(document: Document, i: int) -> bool:
    """Label ``i`` heads a passage that begins on its line."""
    if i + 1 == len(document.blocks):
        return False
    label, following = document.blocks[i], document.blocks[i + 1]
    return following.kind == "paragraph" and "\n" not in document.text[label.end : following.start]


def _label_span(document: Document, start: int, end: int) -> Span:
    """The label without its colon, asterisk or question mark."""
    text = document.text[start:end].rstrip(_RIM)
    return Span(start, start + len(text), text)
