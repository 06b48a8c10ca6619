"""Clean: a saved page becomes one normalised text, its blocks and sentences, and the facts of its markup.

Boilerplate is left out here, once; no later stage moves an offset.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model import Block, Document, Link, Page, Span
from extractor.profiles import choose_profile
from extractor.stages.blocks import Piece, find_pieces, mark_headings, without_boilerplate
from extractor.stages.language import find_language
from extractor.stages.lines import Line, lines_of_text
from extractor.stages.title import choose_title
from extractor.text import fold, split_sentences

_SEPARATORS = ("\n", "\n\n", "\n\n\n")


def clean(page: Page) -> Document:
    """The document of a page, of either saved form. Its text is empty when the page has none."""
    lines = lines_of_text(page.content)
    profile = choose_profile((line.text for line in lines), page.url)
    pieces = find_pieces(without_boilerplate(lines, profile), profile)
    title_index = choose_title(pieces, profile)
    if title_index is not None:
        pieces, title_index = _once(pieces, title_index)
        pieces[title_index].kind = "title"
    mark_headings(pieces, profile)
    text, blocks = _assemble(pieces)
    title = None
    if title_index is not None:
        block = blocks[title_index]
        title = Span(block.start, block.end, text[block.start : block.end])
    body = "\n".join(p.text for p in pieces if p.kind in ("title", "paragraph", "list_item"))
    return Document(
        page=page,
        text=text,
        blocks=tuple(blocks),
        sentences=tuple(s for b in blocks for s in split_sentences(text, b.start, b.end)),
        language=find_language(body or text, None),
        profile=profile.name,
        title=title,
        url=page.url,
        links=tuple(_links(pieces)),
    )


def _once(pieces: Sequence[Piece], title: int) -> tuple[list[Piece], int]:
    """The pieces without further prints of the title, and where the title now is."""
    folded = fold(pieces[title].text)
    kept = [i for i, p in enumerate(pieces) if i == title or p.kind in ("label", "value") or fold(p.text) != folded]
    return [pieces[i] for i in kept], kept.index(title)


def _assemble(pieces: Sequence[Piece]) -> tuple[str, list[Block]]:
    """One text of all pieces, and their blocks in it."""
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for piece in pieces:
        if parts:
            separator = " " if piece.glued else _SEPARATORS[piece.gap]
            parts.append(separator)
            length += len(separator)
        parts.append(piece.text)
        blocks.append(Block(piece.kind, length, length + len(piece.text), piece.level))
        length += len(piece.text)
    return "".join(parts), blocks


def _links(pieces: Sequence[Piece]) -> list[Link]:
    """The links of the page's own text; those under the heading "Additional Resources" say so."""
    links: list[Link] = []
    under: str | None = None
    for piece in pieces:
        if piece.kind in ("label", "heading"):
            under = piece.name
        for link in piece.links:
            rel = "additional_resource" if under == "additional_resources" else link.rel
            links.append(Link(link.url, link.text, rel))
    return links
