"""What holds for the structure of every page, whatever stands on it."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import PageError
from extractor.model import Document
from extractor.readers import read_bytes
from extractor.stages.clean import clean
from extractor.stages.fields import find_fields
from extractor.stages.page_type import find_page_type
from extractor.stages.sections import find_sections
from extractor.stages.status import find_status

LINES = st.sampled_from(
    """Skip to main content
Repository of Practices
Forum of Harbour Towns
Date: , -
Date: 3 May 2021
Dates
2019 - Present
Location: Moroni - Comoros
Type of Event
Main organizer/s
Sub Regions:
Geographic scope
SDG.14 - Life Below Water
Summary
Innovation
Additional Resources
Agenda
9.00 | Welcome
• Boats
Yet to Start
Completed
Social impact: The towns opened beds by the quay, and two hundred people slept there in the first winter.
The towns opened beds by the quay, and two hundred people slept there in the first winter.
towns that open their doors at night and tell nobody about it until the morning comes and
Mr. Ali Said, Harbour Master
Related posts
*References to Kosovo shall be understood""".split("\n")
)
TEXTS = st.one_of(
    st.lists(st.one_of(LINES, st.just(""), st.text(max_size=40)), max_size=40).map("\n".join),
    st.text(max_size=400),
)
TAGS = st.sampled_from(
    "div p h1 h2 h3 ul li ol table tr td th dl dt dd b strong a nav span form br section main".split(" ")
)
HTML = st.lists(st.one_of(TAGS.map("<{}>".format), TAGS.map("</{}>".format), LINES), max_size=60).map(
    lambda parts: "<html><body>" + "".join(parts)
)


WORDS = st.text("abcdefghijklmnopqrstuvwxyzéüñ", min_size=3, max_size=8)


def check(doc: Document) -> None:
    last = 0
    for block in doc.blocks:
        assert last <= block.start < block.end <= len(doc.text)
        assert doc.text[block.start : block.end].strip() == doc.text[block.start : block.end]
        last = block.end
    if doc.title:
        assert doc.text[doc.title.start : doc.title.end] == doc.title.text
    outside = "".join(doc.text[a.end : b.start] for a, b in zip(doc.blocks, doc.blocks[1:], strict=False))
    assert not outside.strip()  # all text is in a block
    last = 0
    for start, end in doc.sentences:
        assert last <= start < end
        last = end

    fields = find_fields(doc)
    for field in fields:
        for span in (field.label, *field.values):
            assert doc.text[span.start : span.end] == span.text

    sections = find_sections(doc, fields)
    last = 0
    for section in sections:
        assert last <= section.start <= section.body_start <= section.end
        assert 1 <= section.level <= 6
        last = section.end
    begin = doc.title.end if doc.title else 0
    for block in doc.blocks:
        if block.start >= begin:
            assert sum(s.start <= block.start and block.end <= s.end for s in sections) == 1

    for span in (*find_page_type(doc, fields, sections).evidence, *find_status(doc, fields).evidence):
        assert doc.text[span.start : span.end] == span.text


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_text_pages(content: str) -> None:
    try:
        page = read_bytes(content)
    except PageError:
        return
    check(clean(page))


@settings(deadline=None, max_examples=100)
@given(HTML)
def test_html_pages(content: str) -> None:
    check(clean(read_bytes(content, "a.html")))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(WORDS, min_size=9, max_size=15).map(" ".join).map("{}.".format), min_size=1, max_size=6))
def test_nothing_that_the_page_says_is_lost(sentences: list[str]) -> None:
    """Prose comes through whole, in either form; a repeated passage may be printed once."""
    for content in ("\n\n".join(sentences), "".join(f"<p>{s}</p>" for s in sentences)):
        words = Counter(clean(read_bytes(content)).text.split())
        assert not set(" ".join(sentences).split()) - set(words)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_cleaning_a_cleaned_text_changes_no_character_of_it(content: str) -> None:
    try:
        text = clean(read_bytes(content)).text
        again = clean(read_bytes(text)).text
    except PageError:
        return
    assert again.split() == text.split() or len(again) <= len(text)
