"""HTML as lines: what a reader of the page would see, line by line, with the hints of its markup.

Inline elements glue, block elements break. Furniture (navigation, cookie banners, footers, share buttons, forms) is
told by element, role and class; what holds the headline or the main part is never taken for furniture, and neither
are fields: label blocks look like navigation and are the treasure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, takewhile
from typing import Literal

from bs4 import Tag

from extractor.model import Link, MarkupFact, Origin
from extractor.stages.clean.lines import Hint, Line, join_wrapped, normalize
from extractor.stages.clean.shapes import bullet_end
from extractor.stages.clean.soup import PEEK, Parsed, absolute, is_main, nodes, one_spaced, peek

MAIN_LEAST = 100  # code points of text in <main> before all around it counts as furniture
MENU_ITEMS = 4  # a list of so many bare links outside the main part is a menu
MENU_ITEM_CHARS = 45
FORM_CHARS = 1500  # a form with more text than that is the frame of the whole page, not a form
CLASSES = 20  # classes of an element that are looked at
CLASSES_CHARS = 1000

# Beside what soup.py does not build at all.
_SKIPPED = frozenset(("head", "button", "input", "textarea", "embed", "dialog", "math", "frameset"))
_SKIPPED_ROLES = frozenset(
    ("navigation", "search", "contentinfo", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist")
)
_HIDDEN_NAMES = """
visually-hidden visuallyhidden sr-only element-invisible element-hidden screen-reader-text hidden d-none hide
skip-link visually-hidden-focusable sr-only-focusable print-only
"""
_HIDDEN = frozenset(_HIDDEN_NAMES.split())
_NOISE = (
    r"breadcrumbs?|cookies?|gdpr|consent|skip(?:link|-to|-nav)?|nav(?:bar|igation)?|menu|pager|pagination|shar(?:e|ing)|"
    r"social|addtoany|sharethis|a2a|newsletter|subscribe|log-?in|sign-?in|search|related|comments?|disqus|advert(?:isement)?|"
    r"pop-?up|modal|toolbar|sitemap|copyright|language-(?:switcher|selector|block)|lang-switch(?:er)?"
)
_NOISE_CLASS = re.compile(
    rf"(?:site|main|page|block|region|section|post|entry|wp|js|secondary|primary|top|global|cc)?[-_]{{0,2}}"
    rf"(?:{_NOISE})(?:[-_](?:.{{0,40}}))?|.{{1,30}}[-_]{{1,2}}(?:{_NOISE})|"
    r"widget_(?:recent_entries|categories|archive|tag_cloud|nav_menu|search|meta|recent_comments)"
)
_FOOTER_CLASS = re.compile(r"(?:site|page|main|global)?[-_]{0,2}footer(?:[-_].{0,30})?")
_NOISY_TAGS = frozenset(("div", "ul", "ol", "section", "aside", "span", "p", "a", "header", "li", "form", "table"))
_LABEL_CLASS = re.compile(r"(?:.{0,40}[-_])?(?:field|views|item|meta|detail|details|info|event|data)[-_]{1,2}label")
_FIELD_CLASS = re.compile(r"field(?:[-_].{0,80})?|views-field.{0,80}")
_BLOCKS_NAMES = """
address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1
h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre section summary table tbody td tfoot th thead
tr ul caption option optgroup
"""
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_SPACED_NAMES = """
p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote hr section article figure pre main fieldset address
"""
_SPACED = frozenset(_SPACED_NAMES.split())
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_BOLD = frozenset(("strong", "b"))
_TERM_LINK = re.compile(
    r"/taxonomy/term/|[?&](?:\w*gcm_objectives?|23_objectives|cross_cutting_theme|sdgs?|gcm_principles?)(?:%5B\d*%5D|\[\d*\])?="
)
_TAG_ALT = re.compile(
    r"\b(?:sdgs?|odd|ods|goal|objectives?|objectifs?|objetivos?|principles?|principes?|principios?|target|gcm|pmm)\b",
    re.I,
)
_INVISIBLE_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_TIME = re.compile(r"\d{1,2} ?[.:h]\d{2}")


Mark = Literal["field", "label", "hidden", "noise", "footer"]
Marks = frozenset[Mark]  # what the classes of an element say of it
_UNMARKED: Marks = frozenset()


@dataclass(slots=True)
class _Context:
    """What the enclosing block says of its first line."""

    hint: Hint | None = None
    level: int = 0


@dataclass(slots=True)
class _Open:
    """An element on the way down to the place that the walk has reached."""

    element: Tag
    children: Iterator[object]
    marks: Marks = _UNMARKED
    is_inner: bool = False  # <main> or <article>
    is_block: bool = False  # it has a context of its own
    is_joined: bool = False  # a row whose cells share one line


@dataclass(slots=True)
class _Walk:
    base: str | None
    lines: list[Line] = field(default_factory=list)
    facts: list[MarkupFact] = field(default_factory=list)
    parts: list[tuple[str, bool]] = field(default_factory=list)  # text of the open line, and whether it is bold
    links: list[Link] = field(default_factory=list)
    gap: int = 0
    bold: int = 0
    depth: int = 0  # of lists
    fields: int = 0  # open elements that hold a field
    inner: int = 0  # open <main> and <article> elements
    cells: int = 0  # open cells whose texts share one line

    def flush(self, context: _Context) -> None:
        """Ends the open line."""
        parts, links = self.parts, tuple(self.links)
        self.parts, self.links = [], []
        if not parts:
            return
        text = normalize(one_spaced(part for part, _ in parts)).strip()
        if not text:
            return
        lead = len(one_spaced(part for part, _ in takewhile(_is_bold_or_blank, parts)))
        bullet = bullet_end(text)
        item = context.hint == "list_item" or bool(bullet)
        text = text[bullet:].strip()
        if not text:
            return
        hint: Hint | None = "list_item" if item and context.hint is None else context.hint
        level = context.level or (1 if item else 0)
        self.lines.append(Line(text, min(self.gap, 2), hint, level, max(0, min(lead - bullet, len(text))), links))
        self.gap = 0
        if context.hint == "list_item":
            context.hint = None


def _is_bold_or_blank(part: tuple[str, bool]) -> bool:
    text, bold = part
    return bold or not text or text.isspace()


@dataclass(frozen=True, slots=True)
class HtmlLines:
    lines: list[Line]
    facts: list[MarkupFact]  # tags that only markup holds: term links, alternative texts of icons


def lines_of_html(parsed: Parsed, base: str | None) -> HtmlLines:
    """The lines of a page's own content. ``base``: the address that relative links start from."""
    main = _main(parsed)
    kept = _kept(parsed, main)
    walk = _Walk(base)
    contexts = [_Context()]
    root: Tag = parsed.soup.body or parsed.soup
    stack = [_Open(root, iter(root.contents))]
    while stack:
        opened = stack[-1]
        child = next(opened.children, None)
        if child is None:
            stack.pop()
            _leave(walk, opened, contexts)
        elif isinstance(child, Tag):
            if child.name == "br" and contexts[-1].hint == "heading":
                walk.parts.append((" ", walk.bold > 0))
            elif child.name == "br":
                walk.flush(contexts[-1])
            elif child.name == "img":
                _add_image(walk, child)
            elif not _is_furniture(child, kept, main, walk):
                stack.append(_enter(walk, child, contexts))
        elif main is None or walk.inner or contexts[-1].hint == "heading":
            _add_text(walk, str(child), opened.element, contexts)
    walk.flush(contexts[-1])
    return HtmlLines(join_wrapped(walk.lines), walk.facts)


def _add_text(walk: _Walk, text: str, element: Tag, contexts: list[_Context]) -> None:
    if element.name != "pre":
        walk.parts.append((text, walk.bold > 0))
        return
    for i, line in enumerate(text.split("\n")):
        if i:
            walk.flush(contexts[-1])
        walk.parts.append((line, walk.bold > 0))


def _enter(walk: _Walk, element: Tag, contexts: list[_Context]) -> _Open:
    """Opens an element."""
    name = element.name
    opened = _Open(element, iter(element.contents), _marks(element), name == "article" or is_main(element))
    if "field" in opened.marks:
        walk.fields += 1
    if opened.is_inner:
        walk.inner += 1
    if _is_bold(opened):
        walk.bold += 1
    if name in ("td", "th") and walk.cells:
        if any(part and not part.isspace() for part, _ in walk.parts):
            walk.parts.append((" | ", False))
        return opened
    if name not in _BLOCKS:
        return opened
    walk.flush(contexts[-1])
    opened.is_block = True
    if name in _SPACED:
        walk.gap = max(walk.gap, 1)
    if name in _LISTS:
        walk.depth += 1
    if name == "tr" and _is_joined_row(element):
        opened.is_joined = True
        walk.cells += 1
    contexts.append(_context(walk, opened, contexts[-1]))
    return opened


def _leave(walk: _Walk, opened: _Open, contexts: list[_Context]) -> None:
    """Closes an element."""
    element = opened.element
    name = element.name
    if "field" in opened.marks:
        walk.fields -= 1
    if opened.is_inner:
        walk.inner -= 1
    if _is_bold(opened):
        walk.bold -= 1
    if name == "a":
        _add_link(walk, element)
    if not opened.is_block:
        return
    before = len(walk.lines)
    walk.flush(contexts[-1])
    contexts.pop()
    if name in _HEADINGS and len(walk.lines) == before and not peek(element):
        walk.gap = 2  # a heading whose text was lost
    if name in _SPACED:
        walk.gap = max(walk.gap, 1)
    if name in _LISTS:
        walk.depth -= 1
    if opened.is_joined:
        walk.cells -= 1


def _is_bold(opened: _Open) -> bool:
    name = opened.element.name
    return name in _BOLD or ("label" in opened.marks and name not in _BLOCKS)


def _context(walk: _Walk, opened: _Open, outer: _Context) -> _Context:
    element = opened.element
    name = element.name
    if name in _HEADINGS:
        return _Context("heading", _HEADINGS[name])
    if "label" in opened.marks or name == "dt" or (name == "th" and _is_row_cell(element, 0)):
        return _Context("label")
    if outer.hint == "value" or name == "dd" or (name == "td" and _is_row_cell(element, 1)) or _follows_label(element):
        return _Context("value")
    if name == "li":
        return _Context("list_item", max(1, walk.depth))
    return _Context()


def _follows_label(element: Tag) -> bool:
    """Its sibling before it has the class of a label."""
    before = element.previous_sibling if element.name == "div" else None
    if before is not None and not isinstance(before, Tag):
        before = before.previous_sibling
    return isinstance(before, Tag) and "label" in _marks(before)


# --- classes ----------------------------------------------------------------------------------------------------


def _marks(element: Tag) -> Marks:
    names = element.attrs.get("class")
    return _marks_of_classes(names[:CLASSES_CHARS]) if names else _UNMARKED


@lru_cache(maxsize=2048)
def _marks_of_classes(names: str) -> Marks:
    """The pages of a site share their classes, and the elements of a page as well."""
    return frozenset(mark for name in names.lower().split()[:CLASSES] for mark in _marks_of_name(name))


def _marks_of_name(name: str) -> Iterator[Mark]:
    if name in _HIDDEN:
        yield "hidden"
    if _FIELD_CLASS.fullmatch(name):
        yield "field"
    if _LABEL_CLASS.fullmatch(name):
        yield "label"
    if _NOISE_CLASS.fullmatch(name):
        yield "noise"
    if _FOOTER_CLASS.fullmatch(name):
        yield "footer"


# --- tables -----------------------------------------------------------------------------------------------------


def _cells(row: Tag) -> list[Tag]:
    return [c for c in islice(row.children, PEEK) if isinstance(c, Tag) and c.name in ("td", "th")]


def _is_labelled_row(row: Tag) -> bool:
    """Two cells, the first a label: <th>, or text that ends with a colon, or all bold and no time."""
    cells = _cells(row)
    if len(cells) != 2 or cells[1].name != "td":
        return False
    if cells[0].name == "th":
        return True
    text = peek(cells[0])
    if text.endswith(":"):
        return True
    first = next((c for c in cells[0].children if isinstance(c, Tag)), None)
    bold = first is not None and first.name in _BOLD and peek(first) == text
    return bold and bool(text) and not _TIME.match(text)


def _is_row_cell(cell: Tag, place: int) -> bool:
    """The cell is the first or second (``place`` 0 or 1) of a row of label and value."""
    row = cell.parent
    if not isinstance(row, Tag) or len(cells := _cells(row)) != 2:
        return False
    return cell is cells[place] and _is_labelled_row(row)


def _is_joined_row(row: Tag) -> bool:
    """The cells of the row share a line; not in tables that only lay out the page, or label their values."""
    if _is_labelled_row(row):
        return False
    return not any(_holds_blocks(cell) for cell in _cells(row))


def _holds_blocks(cell: Tag) -> bool:
    for node in nodes(cell):
        if isinstance(node, Tag) and node.name in _BLOCKS and node.name != "p":
            return True
    return sum(isinstance(c, Tag) and c.name == "p" for c in cell.children) > 1


# --- furniture --------------------------------------------------------------------------------------------------


def _kept(parsed: Parsed, main: Tag | None) -> set[int]:
    """The elements that hold a headline or the main part, by identity: never furniture."""
    kept: set[int] = set()
    for element in (*parsed.headlines, *([main] if main else ())):
        node: Tag | None = element
        while node is not None and id(node) not in kept:
            kept.add(id(node))
            node = node.parent
    return kept


def _main(parsed: Parsed) -> Tag | None:
    """The page's main part, when it says which that is and the part is no empty frame."""
    found = parsed.mains[0] if parsed.mains else None
    if found is None:
        return None
    return found if any(len(peek(found, limit)) >= MAIN_LEAST for limit in (PEEK // 8, 4 * PEEK)) else None


def _is_furniture(element: Tag, kept: set[int], main: Tag | None, walk: _Walk) -> bool:
    name = element.name
    if name in _SKIPPED:
        return True
    if id(element) in kept:
        return False
    if main is not None and not walk.inner and not _in_headline(element):
        return True
    marks = _marks(element)
    if "hidden" in marks or _is_hidden(element) or element.attrs.get("role") in _SKIPPED_ROLES:
        return True
    if walk.fields or "field" in marks:
        return False
    if name in ("header", "footer"):
        return not walk.inner
    if name == "form":
        return len(peek(element, 4 * PEEK)) <= FORM_CHARS
    if name in _LISTS and not walk.inner and _is_menu(element):
        return True
    if name not in _NOISY_TAGS:
        return False
    if identifier := element.attrs.get("id"):
        marks = marks.union(_marks_of_name(identifier.lower()))
    return "noise" in marks or ("footer" in marks and not walk.inner)


def _in_headline(element: Tag) -> bool:
    return any(p.name == "h1" for p in islice(element.parents, 8))


def _is_hidden(element: Tag) -> bool:
    attributes = element.attrs
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return bool(_INVISIBLE_STYLE.search(attributes.get("style", "")))


def _is_menu(element: Tag) -> bool:
    """Nothing but short links, several of them."""
    items = [c for c in element.children if isinstance(c, Tag)]
    if len(items) < MENU_ITEMS:
        return False
    for item in items[:PEEK]:
        text = peek(item)
        link = next((n for n in nodes(item) if isinstance(n, Tag) and n.name == "a"), None)
        if len(text) > MENU_ITEM_CHARS or link is None or not text.startswith(peek(link)):
            return False
    return True


# --- small things -----------------------------------------------------------------------------------------------


def _add_link(walk: _Walk, element: Tag) -> None:
    href = element.get("href")
    if not isinstance(href, str):
        return
    text = peek(element)
    if _TERM_LINK.search(href) and text:
        walk.facts.append(MarkupFact("tag", text, Origin("link", href)))
    url = absolute(href, walk.base)
    if url:
        walk.links.append(Link(url, text))


def _add_image(walk: _Walk, element: Tag) -> None:
    alt = element.get("alt")
    if not isinstance(alt, str) or not alt.strip():
        return
    text = one_spaced((normalize(alt),))
    name = "tag" if walk.fields or _TAG_ALT.search(text) else "image.caption"
    walk.facts.append(MarkupFact(name, text, Origin("alt", str(element.get("src") or "img"))))
