"""Markup: JSON-LD, microdata, meta elements, canonical addresses."""

import pytest

from tests.stages.pages import document

EVENT = """{"@context": "https://schema.org", "@type": "BusinessEvent", "name": "Dialogue of Harbour Towns",
"startDate": "2021-05-03T09:00+03:00", "endDate": "2021-05-04",
"location": {"@type": "Place", "name": "Pier Hotel", "address": {"addressLocality": "Moroni", "addressCountry": "KM"}},
"organizer": [{"@type": "Organization", "name": "League of Harbour Towns"}], "performer": "Aisha Bakari"}"""


def facts(head: str, body: str = "") -> dict[str, str]:
    doc = document(f"<html><head>{head}</head><body><h1>Dialogue of Harbour Towns</h1>{body}</body></html>", "a.html")
    return {fact.name: fact.value for fact in doc.facts}


def script(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


@pytest.mark.parametrize(
    "content",
    [
        EVENT,
        f"[{EVENT}]",
        f'{{"@graph": [{{"@type": "WebPage", "name": "Page"}}, {EVENT}]}}',
        f"<!-- {EVENT} -->",
        f"{EVENT};",
        EVENT.replace('"KM"}}', '"KM",},}'),  # commas too many
        EVENT.replace("Harbour Towns", "Harbour\nTowns", 1),  # a line break inside a string
        f"{EVENT}{EVENT}",  # something behind it
    ],
    ids=["plain", "list", "graph", "comment", "semicolon", "commas", "newline", "twice"],
)
def test_json_ld_of_an_event(content: str) -> None:
    found = facts(script(content))
    assert found["type"] == "BusinessEvent"
    assert found["name"] == "Dialogue of Harbour Towns"
    assert (found["startDate"], found["endDate"]) == ("2021-05-03T09:00+03:00", "2021-05-04")
    assert (found["location.name"], found["location.address.addressLocality"]) == ("Pier Hotel", "Moroni")
    assert (found["organizer.name"], found["performer.name"]) == ("League of Harbour Towns", "Aisha Bakari")


@pytest.mark.parametrize("element", ["nav", "noscript", "template", "svg", "footer"])
def test_facts_stand_anywhere(element: str) -> None:
    meta = '<meta property="article:section" content="Ferries">'
    found = facts("", f"<{element}>{script(EVENT)}{meta}</{element}>")
    assert (found["type"], found["articleSection"]) == ("BusinessEvent", "Ferries")


def test_properties_of_the_whole_page_stand_in_its_head() -> None:
    head = '<head><noscript><meta itemprop="name" content="Harbour Day"></noscript></head>'
    doc = document(f'<html itemscope itemtype="https://schema.org/Event">{head}<body><h1>Harbour</h1>', "a.html")
    assert [(f.name, f.value) for f in doc.facts] == [("type", "Event"), ("name", "Harbour Day")]


def test_where_a_fact_stands_is_kept() -> None:
    doc = document(f"<html>{script(EVENT)}<h1>Dialogue</h1>", "a.html")
    origins = {fact.name: (fact.origin.kind, fact.origin.path) for fact in doc.facts}
    assert origins["organizer.name"] == ("json-ld", "$.organizer[0].name")


@pytest.mark.parametrize("content", ["{", "not json", "[" * 50_000, '{"@type": "Event", "startDate": '])
def test_malformed_json_ld_costs_its_facts_only(content: str) -> None:
    doc = document(f"<html>{script(content)}<h1>Dialogue of Harbour Towns</h1><p>x</p></html>", "a.html")
    assert doc.title is not None
    assert [notice.code for notice in doc.notices] == ["malformed_json_ld"]


def test_several_events_are_a_list_of_others() -> None:
    assert "startDate" not in facts(script(f"[{EVENT}, {EVENT.replace('2021', '2022')}]"))


def test_microdata() -> None:
    found = facts(
        "",
        '<div itemscope itemtype="https://schema.org/Event"><span itemprop="name">Dialogue</span>'
        '<time itemprop="startDate" datetime="2021-05-03">3 May</time>'
        '<div itemprop="location" itemscope itemtype="https://schema.org/Place">'
        '<b itemprop="name">Pier Hotel</b></div></div>',
    )
    assert (found["type"], found["name"]) == ("Event", "Dialogue")
    assert (found["startDate"], found["location.name"]) == ("2021-05-03", "Pier Hotel")


def test_meta_elements() -> None:
    found = facts(
        '<meta property="article:published_time" content="2021-05-05T10:00:00Z"><meta name="author" content="A. Payet">'
        '<meta property="og:title" content="Dialogue of Harbour Towns"><meta name="viewport" content="width=1">'
    )
    assert found == {
        "datePublished": "2021-05-05T10:00:00Z",
        "author.name": "A. Payet",
        "headline": "Dialogue of Harbour Towns",
    }


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        ('<link rel="canonical" href="https://example.org/a">', None, "https://example.org/a"),
        ('<link rel="canonical" href="/a">', "https://example.org/b?x=1", "https://example.org/a"),
        ('<link rel="canonical" href="https://example.org/">', "https://example.org/b", "https://example.org/b"),
        ('<meta property="og:url" content="https://example.org/a">', None, "https://example.org/a"),
        ('<link rel="canonical" href="javascript:void(0)">', None, None),
        ('<link rel="canonical" href="http://[broken">', None, None),
        ("", "https://example.org/b", "https://example.org/b"),
    ],
)
def test_canonical_address(head: str, url: str | None, expected: str | None) -> None:
    assert document(f"<html><head>{head}</head><body>x</body></html>", "a.html", url).url == expected


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ('<img src="a.png" alt="SDG 10 - Reduced Inequalities">', "tag"),
        ('<div class="field"><img src="a.png" alt="Human rights"></div>', "tag"),
        ('<img src="a.png" alt="Mayors on a pier">', "image.caption"),
    ],
)
def test_alternative_texts(image: str, name: str) -> None:
    assert list(facts("", f"<p>Text</p>{image}")) == [name]
