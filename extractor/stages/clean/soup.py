"""Parsed HTML: one walk over the tree that notes what several stages need, and bounded looks into it.

Nothing here recurses or looks at more than it is told to: saved pages may be nested ten thousand deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from bs4.element import PageElement, PreformattedString

PEEK = 400  # nodes that are looked at to judge an element
_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class Parsed:
    """A parsed page and the elements that say what it is, in the order of the page."""

    soup: BeautifulSoup
    metas: list[Tag] = field(default_factory=list)
    canonicals: list[Tag] = field(default_factory=list)
    scripts: list[Tag] = field(default_factory=list)  # JSON-LD
    titles: list[Tag] = field(default_factory=list)
    headlines: list[Tag] = field(default_factory=list)  # h1
    mains: list[Tag] = field(default_factory=list)
    scopes: list[Tag] = field(default_factory=list)  # of microdata


def parse(content: str) -> Parsed:
    """Parses a page with lxml, which reads on after any error."""
    parsed = Parsed(BeautifulSoup(content, "lxml"))
    for node in parsed.soup.descendants:
        if isinstance(node, Tag):
            _note(node, parsed)
    return parsed


def _note(element: Tag, parsed: Parsed) -> None:
    name = element.name
    if name == "meta":
        parsed.metas.append(element)
    elif name == "link":
        if "canonical" in str(element.get("rel") or "").lower():
            parsed.canonicals.append(element)
    elif name == "script":
        if "ld+json" in str(element.get("type") or "").lower():
            parsed.scripts.append(element)
    elif name == "title":
        parsed.titles.append(element)
    elif name == "h1":
        parsed.headlines.append(element)
    elif is_main(element):
        parsed.mains.append(element)
    if element.has_attr("itemscope"):
        parsed.scopes.append(element)


def is_main(element: Tag) -> bool:
    return element.name == "main" or element.get("role") == "main"


def nodes(element: Tag, limit: int = PEEK) -> Iterator[PageElement]:
    """The first ``limit`` nodes inside an element, in the order of the page."""
    stack = [iter(element.contents)]
    while stack and limit > 0:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        limit -= 1
        yield node
        if isinstance(node, Tag):
            stack.append(iter(node.contents))


def peek(element: Tag, limit: int = PEEK) -> str:
    """The text of an element, of its first nodes only."""
    return _SPACES.sub(" ", "".join(str(n) for n in nodes(element, limit) if is_text(n))).strip()


def is_text(node: object) -> bool:
    """Text that is shown: comments, CDATA and the like are strings as well."""
    return isinstance(node, NavigableString) and not isinstance(node, (Comment, PreformattedString))


def classes(element: Tag) -> list[str]:
    value = element.get("class")
    if not value:
        return []
    return [c.lower() for c in (value if isinstance(value, list) else str(value).split())][:20]


def absolute(href: str, base: str | None) -> str | None:
    """The full address of a link, None when it leads to no page (a script, a place on this page)."""
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base, href) if base else href
        parts = urlsplit(url)
    except ValueError:  # a broken address, such as an unclosed "[": the page has it so
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
