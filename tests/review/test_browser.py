"""The report in Chromium, opened from disk as people open it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from extractor.review.report import write_report
from tests.review.records import body, date, objective, page, person, place, workshop

CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("there is no Chromium here (Debian: apt-get install chromium)", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (pip install -e .[dev])")

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOSTILE = (
    "</script><script>window.hacked = 1</script><img src=x onerror=\"window.hacked=1\"><svg onload=\"window.hacked=1\">"
    "<style>body{display:none}</style><a href=\"javascript:window.hacked=1\">here</a> ${window.hacked=1} "
    "left \u202eright\u202c wide\u200bspace"
)  # fmt: skip
CROSSING = "👩🏽‍🌾 The Ministry of Labour of Ghana and Togo met in Accra on 3 May 2023 in Ghana."


def crossing() -> dict[str, Any]:
    """A page whose mentions nest and cross; a farmer of several code points stands before them all."""
    return page(
        CROSSING,
        2,
        title="Crossing",
        organizations=[
            body(CROSSING, "Ministry of Labour of Ghana"),
            body(CROSSING, "Labour of Ghana and Togo"),
            body(CROSSING, "Ministry of Labour"),
        ],
        places=[place(CROSSING, "Ghana", kind="country", role="scope"), place(CROSSING, "Accra")],
        dates=[date(CROSSING, "3 May 2023", "2023-05-03"), date(CROSSING, "3 May 2023", "2023-05-03", "session")],
        gcm={"objectives": [objective(CROSSING, CROSSING, 6, "inferred")], "principles": []},
    )


def hostile() -> dict[str, Any]:
    text = f"{HOSTILE}\nHarbour Union\n"
    record = page(
        text,
        3,
        title=HOSTILE,
        organizations=[body(text, "Harbour Union", "organizer", rule=HOSTILE)],
        people=[person(text, "Harbour", position=HOSTILE, affiliation=HOSTILE)],
        links=[{"url": "javascript:window.hacked=1", "text": HOSTILE, "rel": None}],
        warnings=[{"code": HOSTILE, "field": None, "message": HOSTILE, "start": 0, "end": 3}],
        sections=[
            {"kind": "body", "heading": HOSTILE, "level": 2, "start": 0, "end": 5, "body_start": 3, "method": "heading"}
        ],
        page_type=HOSTILE,
    )
    record["organizations"][0]["name"] = HOSTILE
    record["source"] |= {"path": HOSTILE, "url": "javascript:window.hacked=1"}
    return record


def tangled() -> dict[str, Any]:
    """Sixty mentions at random places of four lines."""
    chance = random.Random(7)
    text = "\n".join("".join(chance.choices("abc é😀 ", k=60)) for _ in range(4))
    bodies = []
    for number in range(60):
        start = chance.randrange(len(text) - 1)
        end = min(len(text), start + chance.choice((1, 3, 8, 25, 70)))
        span = {"start": start, "end": end, "text": text[start:end]}
        bodies.append(body(text, "a", name=f"Body {number}", id=f"org:{number}", evidence=[span]))
    return page(text, 500, title="Tangled", organizations=bodies)


def from_markup() -> dict[str, Any]:
    text = "Forum\nالمؤتمر في أكرا\n"
    lake = body(text, "Forum", evidence=[], origin={"kind": "json-ld", "path": "$.organizer"}, method="metadata")
    return page(text, 4, title="Forum", organizations=[lake], page_type="news")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    records = [workshop(1), crossing(), hostile(), from_markup(), tangled(), *(workshop(n) for n in range(6, 160))]
    with path.open("w", encoding="utf-8") as stream:
        write_report(records, stream, title="Pages of a test")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Any, report: str) -> Iterator[Any]:
    """A page of the browser on the report's overview; anything on the console or any request fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    noises: list[str] = []
    tab.on("console", lambda message: noises.append(message.text))
    tab.on("pageerror", lambda error: noises.append(str(error)))
    tab.on("request", lambda request: noises.append(request.url) if not request.url.startswith(report) else None)
    tab.goto(report)
    tab.wait_for_selector("html[data-ready]")
    yield tab
    assert tab.evaluate("window.hacked") is None
    context.close()
    assert noises == []


def open_page(tab: Any, number: int) -> None:
    tab.evaluate(f"location.hash = '#page/{number}'")
    tab.wait_for_selector(f"#page[data-number='{number}'] .line")


def test_the_overview_leads_to_the_pages_that_a_bar_counts(tab: Any) -> None:
    assert tab.locator("#overview").is_visible()
    assert not tab.locator("#pages").is_visible()
    tab.locator("a[href='#pages?kind=news']").click()
    assert tab.locator("#found").inner_text() == "1 of 159 pages"
    assert tab.locator("#list li").count() == 1
    assert tab.locator("select[name=kind]").input_value() == "news"


# Filters as the address has them, and how many of the 159 pages they let through.
FILTERS = {
    "": 159, "q=forum": 1, "q=RIVERINE%20159": 1, "country=GH": 156, "objective=18": 155, "goal=8": 155,
    "from=2023-05-03&until=2023-05-03": 155, "until=2022-12-31": 0, "organization=harbour": 0,
    "q=m%C3%A9t%20ghana&texts=1": 1, "q=met": 0,
    "organization=riverine": 155, "body=org%3Ano-such": 0, "warning=field_without_value": 155, "review=1&kind=news": 0,
}  # fmt: skip


def test_filters(tab: Any) -> None:
    for query, count in FILTERS.items():
        tab.evaluate(f"location.hash = '#pages?{query}'")
        tab.wait_for_selector(f"#found:has-text('{count} of 159 pages')", timeout=5000)
        assert tab.locator("#list li").count() == min(count, 100), query


def test_typing_filters_the_list_and_the_address(tab: Any) -> None:
    tab.locator("[data-view=pages]").click()
    tab.locator("input[name=q]").type("crossing")
    tab.wait_for_selector("#found:has-text('1 of 159')")
    assert tab.evaluate("location.hash") == "#pages?q=crossing"
    tab.locator("#list a").click()
    tab.wait_for_selector("#page .line")
    assert tab.locator("#page-title").inner_text() == "Crossing"
    tab.locator("#back").click()
    assert tab.locator("#found").inner_text() == "1 of 159 pages"


def test_long_lists_are_drawn_as_one_scrolls(tab: Any) -> None:
    tab.locator("[data-view=pages]").click()
    tab.wait_for_selector("#list li:nth-child(100)")
    assert tab.locator("#list li").count() == 100
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    tab.wait_for_selector("#list li:nth-child(159)")


LAYERS = """() => [...document.querySelectorAll('#text .seg')].map((seg) => [
  seg.textContent,
  [...seg.querySelectorAll('.layer')].map((layer) => layer.className.replace(/ chosen/, '')).sort(),
])"""


def test_crossing_mentions_keep_their_lines(tab: Any) -> None:
    open_page(tab, 1)
    assert tab.evaluate("document.querySelector('#text').textContent") == CROSSING
    short, other, whole = (f"layer lane{n} k-organization" for n in range(3))
    assert tab.evaluate(LAYERS) == [
        ["Ministry of ", [short, whole]],
        ["Labour", [short, other, whole]],
        [" of ", [other, whole]],
        ["Ghana", ["layer lane0 k-place", other, whole]],
        [" and Togo", [other]],
        ["Accra", ["layer lane0 k-place"]],
        ["3 May 2023", ["layer lane0 k-date"]],  # two values of one kind, one line
    ]


# The values of every UTF-16 unit of the text, and the lines that would be drawn over one another.
COVERED = """() => {
  const units = [], clashes = [];
  for (const line of document.querySelectorAll('#text .line')) {
    for (const node of line.childNodes) {
      const values = node.dataset ? node.dataset.values.split(' ').map(Number).sort((a, b) => a - b) : [];
      for (let n = 0; n < node.textContent.length; n++) units.push(values);
      const layers = node.dataset ? [...node.querySelectorAll('.layer')] : [];
      const lanes = layers.map((layer) => layer.className.match(/lane(\\d)/)[1]).filter((lane) => lane < 3);
      if (new Set(lanes).size < lanes.length) clashes.push(values);
    }
    units.push('line end');
  }
  return [units, clashes];
}"""


def test_every_character_of_a_tangle_is_under_its_mentions_and_no_others(tab: Any) -> None:
    record = tangled()
    open_page(tab, 4)
    units, clashes = tab.evaluate(COVERED)
    expected: list[Any] = []
    for at, character in enumerate(record["text"]):
        spans = [found["evidence"][0] for found in record["organizations"]]
        over = [number for number, span in enumerate(spans) if span["start"] <= at < span["end"]]
        expected += ["line end"] if character == "\n" else [over] * (2 if ord(character) > 0xFFFF else 1)
    assert units == [*expected, "line end"]
    assert clashes == []


def test_kinds_can_be_hidden_and_shown(tab: Any) -> None:
    open_page(tab, 1)
    tab.locator("#legend label", has_text="organizations").click()
    assert [text for text, _ in tab.evaluate(LAYERS)] == ["Ghana", "Accra", "3 May 2023"]
    tab.locator("#legend label", has_text="tags inferred").click()
    segments = tab.evaluate(LAYERS)
    assert "".join(text for text, _ in segments) == CROSSING
    assert all("layer lane1 k-topic" in layers or "layer lane0 k-topic" in layers for _, layers in segments)


def test_a_value_scrolls_to_its_evidence_and_marks_it(tab: Any) -> None:
    tab.set_viewport_size({"width": 1280, "height": 300})
    open_page(tab, 0)
    value = tab.locator("button.value", has_text="Ama Serwaa Boateng")
    value.click()
    chosen = tab.locator("#text .layer.chosen")
    tab.wait_for_timeout(400)  # the page scrolls smoothly
    assert chosen.inner_text() == "Ama Serwaa Boateng"
    top = chosen.bounding_box()["y"]
    assert 0 < top < 300
    inferred = tab.locator("button.value", has_text="Decent Work")
    assert tab.locator("#text .k-topic").count() == 0
    inferred.click()
    assert tab.locator("#text .k-topic.chosen").first.inner_text().startswith("seasonal")


def test_pointing_at_a_mention_tells_of_all_that_overlap(tab: Any) -> None:
    open_page(tab, 1)
    tab.locator("#text .seg", has_text="Ghana").first.hover()
    card = tab.locator("#card")
    assert card.is_visible()
    told = card.inner_text()
    for said in ("Ministry of Labour of Ghana", "Labour of Ghana and Togo", "org.head", "confidence 90 %", "country"):
        assert said in told
    tab.keyboard.press("Escape")
    assert not card.is_visible()


def test_keys_lead_through_the_mentions(tab: Any) -> None:
    open_page(tab, 0)
    first = tab.locator("#text .seg[tabindex='0']")
    assert first.count() == 1
    first.focus()
    assert tab.locator("#card").is_visible()
    words = []
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
        words.append(tab.evaluate("document.activeElement.textContent"))
    assert words == ["Riverine Mobility Agency", "IOM", "Accra"]
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.textContent").startswith("Accra")
    assert tab.evaluate("document.activeElement.className").startswith("value k-place")


def test_what_is_doubtful_stands_out(tab: Any) -> None:
    open_page(tab, 0)
    assert tab.locator("#warnings").inner_text() == "The label 'Type of event:' stands on the page without a value."
    assert tab.locator(".value.k-empty").inner_text().startswith("no value on the page")
    assert tab.locator("#text .layer.k-empty").inner_text() == "Type of event:"
    assert tab.locator("#outline li").all_inner_texts() == ["Summary"]
    open_page(tab, 3)
    assert "Not in the text; from json-ld $.organizer" in tab.locator("#values").inner_text()


def test_lines_keep_their_own_direction(tab: Any) -> None:
    open_page(tab, 3)
    directions = tab.evaluate("[...document.querySelectorAll('.line')].map((l) => getComputedStyle(l).direction)")
    assert directions[:2] == ["ltr", "rtl"]
    assert tab.evaluate("getComputedStyle(document.querySelector('.line')).unicodeBidi") == "isolate"


def test_nothing_that_a_page_says_runs(tab: Any) -> None:
    open_page(tab, 2)
    shown = tab.evaluate("document.querySelector('#text').textContent")
    assert "window.hacked = 1</script><img src=x onerror=" in shown
    assert "left RLOrightPDF wideZWSPspace" in shown
    assert tab.locator("#text .control").all_inner_texts() == ["RLO", "PDF", "ZWSP"]
    assert tab.evaluate("document.querySelectorAll('#page script, #page style, #page img').length") == 0
    assert tab.evaluate("[...document.links].filter((a) => !/^(https?|file):/.test(a.protocol)).length") == 0
    assert tab.locator("body").is_visible()
    tab.locator("#text .seg").first.click()
    tab.evaluate("location.hash = '#pages'")
    tab.wait_for_selector("#list li")
    assert "\u202e" not in tab.evaluate("document.body.textContent")


def test_steps_between_pages_follow_the_filters(tab: Any) -> None:
    tab.evaluate("location.hash = '#pages?country=GH'")
    tab.wait_for_selector("#found:has-text('156 of 159')")
    open_page(tab, 1)
    assert tab.locator("#position").inner_text() == "2 of 156"
    tab.locator("#next").click()
    tab.wait_for_selector("#page[data-number='5']")
    assert tab.locator("#page-title").inner_text().startswith("Workshop 6")
    assert tab.evaluate("document.activeElement.id") == "page-title"


def test_nothing_is_wider_than_the_window(tab: Any) -> None:
    for width in (1280, 700, 390):
        tab.set_viewport_size({"width": width, "height": 800})
        for view in ("#overview", "#pages", "#page/0", "#page/2"):
            tab.evaluate(f"location.hash = '{view}'")
            tab.wait_for_selector("#list li" if view == "#pages" else view.split("/")[0])
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, view


def test_landmarks_names_and_headings(tab: Any) -> None:
    open_page(tab, 0)
    for landmark in ("header", "main", "nav[aria-label]", "article[aria-label]", "aside[aria-label]"):
        assert tab.locator(landmark).count() >= 1, landmark
    unnamed = tab.evaluate(
        """() => [...document.querySelectorAll('button, a[href], input, select')]
            .filter((e) => e.checkVisibility() && !(e.textContent.trim() || e.labels?.length || e.ariaLabel)).length"""
    )
    assert unnamed == 0
    assert tab.locator("h1").count() == 1
    assert tab.evaluate("document.documentElement.lang") == "en"
    for svg in tab.locator("svg[role=img]").all():
        for attribute in ("aria-labelledby", "aria-describedby"):
            assert tab.locator(f"#{svg.get_attribute(attribute)}").count() == 1


def test_without_script_the_overview_and_the_list_are_there(browser: Any, report: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(report)
    assert tab.locator("#overview .plot").first.is_visible()
    assert tab.locator("#pages tbody tr").count() == 159
    assert not tab.locator("#filters").is_visible()
    context.close()
