"""Helpers of the tests about names: a sentence or a small page, read for bodies and people."""

from __future__ import annotations

from extractor.model import Block, Document, Field, Mention, MentionKind, Page, Span
from extractor.readers import read_text
from extractor.stages.clean import clean
from extractor.stages.fields import find_fields
from extractor.stages.names import NamesFound, find_names
from extractor.stages.names.body_names import OrganizationMention
from extractor.stages.names.organizations import find_organizations
from extractor.stages.names.people import PersonMention, find_people
from extractor.stages.names.words import read
from extractor.text import split_sentences


def prose(text: str, language: str = "en", kind: str = "paragraph") -> Document:
    """A document of one block for every line."""
    page = Page("-", text, "text/plain", "utf-8", "", len(text))
    blocks = []
    start = 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(kind, start, start + len(line)))  # type: ignore[arg-type]
        start += len(line) + 1
    sentences = [s for b in blocks for s in split_sentences(text, b.start, b.end)]
    return Document(page, text, tuple(blocks), tuple(sentences), language, "generic", None)


def bodies(text: str, language: str = "en") -> list[OrganizationMention]:
    return list(find_organizations(read(prose(text, language)), ()))


def body_names(text: str, language: str = "en") -> list[str]:
    return [m.name for m in bodies(text, language)]


def people(text: str, language: str = "en") -> list[PersonMention]:
    reading = read(prose(text, language))
    return list(find_people(reading, (), find_organizations(reading, ())))


def field(document: Document, name: str, *values: str) -> Field:
    """A field whose values are these passages of the document."""
    spans = tuple(Span(at, at + len(v), v) for v in values for at in [document.text.index(v)])
    return Field(name, Span(0, 0, ""), spans)


def entity(document: Document, kind: MentionKind, text: str) -> Mention:
    """What a model would say of the first passage with that text."""
    at = document.text.index(text)
    return Mention(kind, Span(at, at + len(text), text), "model", f"model.{kind}")


def page(*paragraphs: str) -> NamesFound:
    """The names of a page made of paragraphs, rules alone."""
    document = clean(read_text("\n\n".join(paragraphs)))
    return find_names(document, find_fields(document), ())
