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

LANGUAGES = ["en", "fr", "es"]  # those of the samples; without them the search takes several times as long
BATCH = 32  # pages
_TAGS = re.compile(r"\b(?:SDGs?|ODS|ODD|GCM|Objective|Target|Goal)[ .-]{0,3}(\d{1,2}(?:\.\w{1,2})?)", re.I)


class Stack:
    """The usual stack. ``process`` gives the text, names, dates and tags of pages."""

    def __init__(self) -> None:
        self._nlp = spacy.load(SHIPPED)

    def process(self, pages: Sequence[str], form: str) -> Iterator[dict[str, Any]]:
        texts = [(trafilatura.extract(page) or "") if form == "html" else page for page in pages]
        for text, doc in zip(texts, self._nlp.pipe(texts, batch_size=BATCH), strict=True):
            yield {
                "text": text,
                "names": [(entity.text, entity.label_) for entity in doc.ents],
                "dates": search_dates(text, languages=LANGUAGES) or [],
                "tags": _TAGS.findall(text),
            }
