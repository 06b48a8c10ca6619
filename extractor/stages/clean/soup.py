"""Parsed HTML: the tree of what is read, what several stages need of it noted meanwhile, and bounded looks into it.

Nothing here recurses or looks at more than it is told to: saved pages may be nested ten thousand deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import PageElement

PEEK = 400  # nodes that are looked at to judge an element
# Elements that no stage reads, nor what stands inside them: on most pages the greater part.
_UNREAD_NAMES = """
meta link base script style noscript template nav select iframe object svg canvas video audio map datalist
"""
_UNREAD = frozenset(_UNREAD_NAMES.split())
LONGEST_TITLE = 600  # code points of the title in the markup
_TITLE = re.compile(r"<title\b[^<>]{0,200}>", re.I)
_TITLE_END = re.compile(r"</title\b", re.I)
_NOTED = frozenset(("meta", "link", "script", "title"))  # wherever they stand


@dataclass(slots=True)
class Parsed:
    """A parsed page, and what says what the page is, in the order of the page."""

    soup: BeautifulSoup
    title: str | None = None  # the first <title>; a later one is a picture's
    metas: list[Mapping[str, str]] = field(default_factory=list)  # attributes
    canonicals: list[str] = field(default_factory=list)  # addresses
    scripts: list[str] = field(default_factory=list)  # JSON-LD
    headlines: list[Tag] = field(default_factory=list)  # h1, or the element around what is not built and holds one
    mains: list[Tag] = field(default_factory=list)
    scopes: list[Tag] = field(default_factory=list)  # of microdata


def parse(content: str) -> Parsed:
    """Parses a page with lxml, which reads on after any error."""
    builder = _Builder()
    BeautifulSoup(_with_end_of_title(content), builder=builder)
    return builder.parsed


def _with_end_of_title(content: str) -> str:
    """A page whose title is never closed, or only by another's end, would be all title: it ends before the next tag."""
    opened = _TITLE.search(content)
    if opened is None or _TITLE_END.search(content, opened.end(), opened.end() + LONGEST_TITLE):
        return content
    end = content.find("<", opened.end())
    return content if end < 0 else f"{content[:end]}</title>{content[end:]}"


class _Builder(LXMLTreeBuilder):
    """Builds the tree of what is read of a page, and notes what says what the page is as it comes by."""

    parsed: Parsed

    def __init__(self) -> None:
        # Classes stay as written: whoever asks for them splits them.
        super().__init__(multi_valued_attributes=None, string_containers={})

    def initialize_soup(self, soup: BeautifulSoup) -> None:
        super().initialize_soup(soup)
        self.parsed = Parsed(soup)
        self.unread = 0  # open elements, from the outermost unread one on
        self.noted: list[str] | None = None  # text of the open title or JSON-LD script

    def start(self, name: str, attrs: Mapping[str, str], nsmap: object = None) -> None:
        if name in _NOTED:
            self._note(name, attrs)
        if name == "body":
            self.unread = 0  # an element of the head was never closed
        if self.unread or name in _UNREAD:
            self.unread += 1
            if name == "h1":
                self.parsed.headlines.append(self.soup.currentTag)
            elif name == "meta" and "itemprop" in attrs:
                self.soup.handle_starttag(name, None, None, attrs)
                self.soup.handle_endtag(name)
            return
        element = self.soup.handle_starttag(name, None, None, attrs)
        if name == "h1":
            self.parsed.headlines.append(element)
        elif is_main(element):
            self.parsed.mains.append(element)
        if "itemscope" in element.attrs:
            self.parsed.scopes.append(element)

    def end(self, name: str) -> None:
        if self.noted is not None and name in ("title", "script"):
            self._end_note(name, "".join(self.noted))
        if self.unread:
            self.unread -= 1
        else:
            self.soup.handle_endtag(name)

    def data(self, content: str) -> None:
        if self.noted is not None:
            self.noted.append(content)
        if not self.unread:
            self.soup.handle_data(content)

    def comment(self, content: str) -> None:
        """Comments are not read, nor what follows."""

    def pi(self, target: str, data: str) -> None: ...

    def doctype(self, name: str, pubid: str, system: str) -> None: ...

    def _note(self, name: str, attrs: Mapping[str, str]) -> None:
        if name == "meta":
            self.parsed.metas.append(attrs)
        elif name == "link":
            if "canonical" in attrs.get("rel", "").lower():
                self.parsed.canonicals.append(attrs.get("href", ""))
        elif self.parsed.title is None if name == "title" else "ld+json" in attrs.get("type", "").lower():
            self.noted = []

    def _end_note(self, name: str, text: str) -> None:
        self.noted = None
        if name == "title":
            self.parsed.title = " ".join(text.split())
        else:
            self.parsed.scripts.append(text)


def is_main(element: Tag) -> bool:
    return element.name == "main" or element.attrs.get("role") == "main"


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
    return one_spaced(str(node) for node in nodes(element, limit) if not isinstance(node, Tag))


def one_spaced(parts: Iterable[str]) -> str:
    """One text of its parts, with one space where white space is."""
    return " ".join("".join(parts).split())


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
