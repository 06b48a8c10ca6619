"""Markup: the facts that a page's markup states, named as schema.org names them.

JSON-LD, microdata, meta elements (OpenGraph, Dublin Core, article:*), the canonical address, the declared language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import Tag

from extractor.model import MarkupFact, Notice, Origin
from extractor.stages.clean.soup import LONGEST_TITLE, Parsed, absolute, nodes, peek

JSON_CHARS = 500_000  # a longer JSON-LD script is not read
FACTS = 400  # facts read from one page at most
ITEM_NODES = 5000  # nodes of a microdata item that are looked at
DEPTH = 6  # of nested things whose properties are read

# Properties that are read, of what they are properties of. Others say nothing that a record holds.
_PLAIN_NAMES = """
name headline description startDate endDate previousStartDate datePublished dateModified dateCreated eventStatus
eventAttendanceMode inLanguage url keywords articleSection addressLocality addressCountry addressRegion
streetAddress alternateName telephone email
"""
_PLAIN = frozenset(_PLAIN_NAMES.split())
_NESTED_NAMES = """
location address organizer performer sponsor funder author publisher superEvent contributor about addressCountry
mainEntity
"""
_NESTED = frozenset(_NESTED_NAMES.split())
_MAIN_TYPE = re.compile(r"Event$|Article$|Posting$|Report$|Project$|^CreativeWork$|^Festival$|^Hackathon$")
_PAGE_TYPE = re.compile(r"Page$")
_EVENT_TYPE = re.compile(r"Event$|^Festival$|^Hackathon$")
_META = {
    "og:title": "headline",
    "twitter:title": "headline",
    "dc.title": "headline",
    "dcterms.title": "headline",
    "og:type": "type",
    "og:site_name": "publisher.name",
    "og:description": "description",
    "description": "description",
    "article:published_time": "datePublished",
    "article:modified_time": "dateModified",
    "og:updated_time": "dateModified",
    "event:start_time": "startDate",
    "event:end_time": "endDate",
    "date": "datePublished",
    "dc.date": "datePublished",
    "dc.date.issued": "datePublished",
    "dc.date.created": "datePublished",
    "dcterms.date": "datePublished",
    "dcterms.created": "datePublished",
    "dcterms.issued": "datePublished",
    "dcterms.modified": "dateModified",
    "last-modified": "dateModified",
    "pubdate": "datePublished",
    "publishdate": "datePublished",
    "keywords": "keywords",
    "author": "author.name",
    "article:tag": "tag",
    "article:section": "articleSection",
    "place:location:locality": "location.address.addressLocality",
    "og:locality": "location.address.addressLocality",
    "og:country-name": "location.address.addressCountry",
}
_COMMENTS = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s{0,200}[}\]])")
_TITLE_SEPARATOR = re.compile(r"\s+[|–—·»«-]\s+|\s*::\s*")


@dataclass(frozen=True, slots=True)
class Markup:
    """What the markup of a page says about it."""

    facts: tuple[MarkupFact, ...]
    url: str | None  # canonical
    language: str | None  # as declared, e.g. "fr-FR"
    titles: tuple[str, ...]  # what it calls itself: <title> with and without the site's name, og:title, headline
    site: str | None
    notices: tuple[Notice, ...]


def read_markup(parsed: Parsed, url: str | None) -> Markup:
    """The facts of a parsed page. A malformed JSON-LD script costs its facts only, and says so in a notice."""
    facts: list[MarkupFact] = []
    notices: list[Notice] = []
    metas = _metas(parsed)
    for node, path, ok in _json_ld(parsed):
        if not ok:
            notices.append(
                Notice("malformed_json_ld", "A JSON-LD script of the page could not be read and was left out.")
            )
        facts.extend(_facts_of_things(node, path))
    facts.extend(_microdata(parsed))
    facts.extend(MarkupFact(_META[name], value, Origin("meta", name)) for name, value in metas if name in _META)
    site = next((value for name, value in metas if name == "og:site_name"), None)
    html = parsed.soup.html
    language = html.get("lang") or html.get("xml:lang") if isinstance(html, Tag) else None
    return Markup(
        facts=tuple(dict.fromkeys(facts[:FACTS])),
        url=_canonical(parsed, metas, url),
        language=language if isinstance(language, str) else None,
        titles=_titles(parsed, facts, site),
        site=site,
        notices=tuple(dict.fromkeys(notices)),
    )


# --- meta and link elements -------------------------------------------------------------------------------------


def _metas(parsed: Parsed) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for meta in parsed.metas[:FACTS]:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content and content.strip():
            found.append((name.strip().lower(), " ".join(content.split())))
    return found


def _canonical(parsed: Parsed, metas: list[tuple[str, str]], url: str | None) -> str | None:
    """The address that the page gives itself; one without a path is the site's, not the page's."""
    claims = parsed.canonicals[:3] + [value for name, value in metas if name == "og:url"]
    for claim in claims:
        found = absolute(claim, url)
        if found and found.split("://", 1)[1].rstrip("/").count("/") >= 1:
            return found
    return url


def _titles(parsed: Parsed, facts: list[MarkupFact], site: str | None) -> tuple[str, ...]:
    titles = [fact.value for fact in facts if fact.name == "headline"]
    titles += [fact.value for fact in facts if fact.name == "name" and fact.origin.kind != "meta"]
    if parsed.title:
        whole = parsed.title[:LONGEST_TITLE]
        cuts = [m.span() for m in _TITLE_SEPARATOR.finditer(whole)]
        titles += [whole[:start] for start, _ in reversed(cuts)] + [whole]
        titles += [whole[end:] for _, end in cuts]  # where the site's name stands first
    return tuple(dict.fromkeys(t for t in titles if t and t != site))


# --- JSON-LD ----------------------------------------------------------------------------------------------------


def _json_ld(parsed: Parsed) -> Iterator[tuple[Any, str, bool]]:
    """(content, path of its root, readable) of every JSON-LD script."""
    for script in parsed.scripts[:50]:
        if not script.strip():
            continue
        if len(script) > JSON_CHARS:
            yield None, "$", False
            continue
        node = _read_json(script)
        yield node, "$", node is not None


def _read_json(text: str) -> Any:
    """The content of a script; slips that are common in saved pages are mended. None when it cannot be read."""
    text = _COMMENTS.sub("", text).strip().rstrip(";").strip()
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]  # something stands behind the object
    except (ValueError, RecursionError):
        return None


def _facts_of_things(node: Any, path: str) -> Iterator[MarkupFact]:
    """The facts of the thing that the page is about. Several events are a list of others, not this page's."""
    things = list(_things(node, path, _MAIN_TYPE)) or list(_things(node, path, _PAGE_TYPE))
    events = [t for t in things if any(_EVENT_TYPE.search(kind) for kind in _types(t[0]))]
    chosen = events[:1] if len(events) == 1 else [] if events else things
    for thing, where in chosen:
        for kind in _types(thing):
            yield MarkupFact("type", kind, Origin("json-ld", f"{where}.@type"))
        yield from _facts_of_thing(thing, where, "", 0)


def _things(node: Any, path: str, wanted: re.Pattern[str], depth: int = 0) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(node, list) and depth < DEPTH:
        for i, item in enumerate(node[:FACTS]):
            yield from _things(item, f"{path}[{i}]", wanted, depth + 1)
    elif isinstance(node, dict) and depth < DEPTH:
        if any(wanted.search(kind) for kind in _types(node)):
            yield node, path
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(node.get(key), (list, dict)):
                yield from _things(node[key], f"{path}.{key}", wanted, depth + 1)


def _types(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [k.rsplit("/", 1)[-1].removeprefix("schema:") for k in kinds if isinstance(k, str)]


def _facts_of_thing(thing: dict[str, Any], path: str, prefix: str, depth: int) -> Iterator[MarkupFact]:
    for name, value in thing.items():
        if name not in _PLAIN and name not in _NESTED:
            continue
        values = value if isinstance(value, list) else [value]
        for i, item in enumerate(values[:50]):
            where = f"{path}.{name}" + (f"[{i}]" if isinstance(value, list) else "")
            if isinstance(item, dict) and name in _NESTED and depth < DEPTH:
                yield from _facts_of_thing(item, where, f"{prefix}{name}.", depth + 1)
            elif isinstance(item, (str, int, float)) and not isinstance(item, bool) and str(item).strip():
                leaf = "" if name in _PLAIN else ".name"  # "organizer": "IOM" names it
                yield MarkupFact(f"{prefix}{name}{leaf}", " ".join(str(item).split()), Origin("json-ld", where))


# --- microdata --------------------------------------------------------------------------------------------------


def _microdata(parsed: Parsed) -> Iterator[MarkupFact]:
    """Properties of the outermost items of a type that pages are about."""
    scopes = [
        scope
        for scope in parsed.scopes[:FACTS]
        if not scope.has_attr("itemprop") and _MAIN_TYPE.search(_item_type(scope))
    ]
    events = [s for s in scopes if _EVENT_TYPE.search(_item_type(s))]
    if len(events) > 1:
        return
    for scope in events or scopes:
        yield MarkupFact("type", _item_type(scope), Origin("microdata", "itemtype"))
        for element in nodes(scope, ITEM_NODES):
            if not isinstance(element, Tag) or not element.has_attr("itemprop"):
                continue
            names = _item_path(element, scope)
            if not names or element.has_attr("itemscope") or names[-1] not in (_PLAIN | _NESTED):
                continue
            value = _item_value(element)
            if value:
                path = ".".join(names)
                leaf = "" if names[-1] in _PLAIN else ".name"
                yield MarkupFact(path + leaf, value, Origin("microdata", path))


def _item_type(scope: Tag) -> str:
    return str(scope.get("itemtype") or "").strip().rstrip("/").rsplit("/", 1)[-1]


def _item_path(element: Tag, scope: Tag) -> list[str]:
    """Names of the properties from the item down to the element; empty when another item lies between."""
    names: list[str] = []
    node: Tag | None = element
    for _ in range(200):
        if node is None or node is scope:
            break
        prop = node.get("itemprop")
        if isinstance(prop, str) and (node is element or node.has_attr("itemscope")):
            names.append(prop.split()[0] if prop.split() else "")
        elif node.has_attr("itemscope"):
            return []
        node = node.parent
    return names[::-1] if node is scope and len(names) <= DEPTH else []


def _item_value(element: Tag) -> str:
    for attribute in ("content", "datetime"):
        value = element.get(attribute)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return peek(element)[:500]
