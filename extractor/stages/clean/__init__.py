"""Clean: a saved page becomes one normalised text, its blocks and sentences, and the facts of its markup.

Boilerplate is left out here, once; no later stage moves an offset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.model import Block, Document, Link, MarkupFact, Origin, Page, Span
from extractor.profiles import Profile, choose_profile
from extractor.stages.clean.blocks import Piece, find_pieces, mark_headings, split_glued, without_boilerplate
from extractor.stages.clean.html_lines import lines_of_html
from extractor.stages.clean.language import find_language
from extractor.stages.clean.lines import Line, lines_of_text
from extractor.stages.clean.markup import Markup, read_markup
from extractor.stages.clean.navigation import is_navigation, trail_parts
from extractor.stages.clean.soup import parse
from extractor.stages.clean.tables import join_rows
from extractor.stages.clean.title import choose_declared_title, choose_title, site_before, without_site
from extractor.text import fold, split_sentences

_SEPARATORS = ("\n", "\n\n", "\n\n\n")


def clean(page: Page) -> Document:
    """The document of a page, of either saved form. Its text is empty when the page has none."""
    markup = None
    lines: list[Line]
    tags: list[MarkupFact] = []
    if page.media_type == "text/html":
        parsed = parse(page.content)
        markup = read_markup(parsed, page.url)
        found = lines_of_html(parsed, markup.url)
        lines, tags = found.lines, found.facts
    else:
        lines = lines_of_text(page.content)
    url = markup.url if markup else page.url
    profile = choose_profile((line.text for line in lines), url)
    lines = split_glued(join_rows(lines, profile), profile)
    pieces = find_pieces(without_boilerplate(lines, profile), profile)
    pieces, title_index = _with_title(pieces, markup, profile)
    pieces, title_index, trails = _without_navigation(pieces, title_index, profile)
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
        language=find_language(body or text, markup.language if markup else None),
        profile=profile.name,
        title=title,
        url=url,
        facts=(*(markup.facts if markup else ()), *dict.fromkeys(tags), *trails),
        links=tuple(_links(pieces)),
        notices=markup.notices if markup else (),
    )


def _with_title(pieces: list[Piece], markup: Markup | None, profile: Profile) -> tuple[list[Piece], int | None]:
    """The pieces with the title marked, printed once, and its index."""
    chosen: int | str | None = None
    if markup:
        chosen = choose_declared_title(pieces, markup.titles, markup.site, profile)
    if chosen is None:
        chosen = choose_title(pieces, profile)
    if isinstance(chosen, str):
        pieces, chosen = [Piece("title", chosen, 0), *pieces], 0
    if chosen is None:
        return pieces, None
    title = pieces[chosen].text
    folded = fold(title)
    kept = [
        i
        for i, p in enumerate(pieces)
        if i == chosen or p.kind in ("label", "value") or len(p.text) != len(title) or fold(p.text) != folded
    ]
    chosen_piece = pieces[chosen]
    if chosen_piece.kind == "value":
        kept.remove(chosen - 1)  # "Title:" has said what it says
    chosen_piece.kind, chosen_piece.level, chosen_piece.glued = "title", 0, False
    found, at = [pieces[i] for i in kept], kept.index(chosen)
    if markup:
        return found, at
    chosen_piece.text = without_site(chosen_piece.text, profile)
    begin = site_before(chosen_piece.text, profile)
    if not begin:
        return found, at
    site = replace(chosen_piece, kind="paragraph", text=chosen_piece.text[:begin].rstrip(" »›|"))
    chosen_piece.text, chosen_piece.gap = chosen_piece.text[begin:], 0
    return [*found[:at], site, *found[at:]], at + 1


def _without_navigation(
    pieces: list[Piece], title: int | None, profile: Profile
) -> tuple[list[Piece], int | None, list[MarkupFact]]:
    """Breadcrumbs and menus speak for the title and the kind of page; what the trails say is kept as facts."""
    kept: list[int] = []
    trails: list[MarkupFact] = []
    for i, piece in enumerate(pieces):
        if i == title or piece.kind not in ("paragraph", "list_item") or not is_navigation(piece.text, profile):
            kept.append(i)
        elif trail_parts(piece.text, profile):
            trails.append(MarkupFact("breadcrumb", piece.text, Origin("text", f"breadcrumb {len(trails) + 1}")))
    return [pieces[i] for i in kept], kept.index(title) if title is not None else None, trails


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
