"""What a user would otherwise write: trafilatura, a spaCy pipeline, dateparser's search and a regex for tags.

Needs the extra [benchmarks]. The spaCy pipeline is the one that ships, loaded plainly: the same size, the same work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import spacy
import trafilatura
from dateparser.search import search_dates

from extractor.stages.ner import SHIPPED

LANGUAGES = ["en", "fr", "es"]  # those of the samples
BATCH = 32  # pages
_TAGS = re.compile(r"\b(?:SDGs?|ODS|ODD|GCM|Objective|Target|Goal)[ .-]{0,3}(\d{1,2}(?:\.\w{1,2})?)", re.I)


class Stack:
    """The usual stack. ``process`` gives the text, names, dates and tags of pages.

    ``languages`` of the pages, for the search of dates: None leaves it to dateparser to find out, as the examples of
    its documentation do; to be told them makes it many times as fast.
    """

    def __init__(self, languages: list[str] | None = None) -> None:
        self._languages = languages
        self._nlp = spacy.load(SHIPPED)

    def process(self, pages: Sequence[str], form: str) -> Iterator[dict[str, Any]]:
        texts = [(trafilatura.extract(page) or "") if form == "html" else page for page in pages]
        for text, doc in zip(texts, self._nlp.pipe(texts, batch_size=BATCH), strict=True):
            yield {
                "text": text,
                "names": [(entity.text, entity.label_) for entity in doc.ents],
                "dates": search_dates(text, languages=self._languages) or [],
                "tags": _TAGS.findall(text),
            }
