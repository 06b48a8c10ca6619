"""All pages in this process, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.executors import Done, Settings, batches, work
from extractor.readers.saved import Saved


def run(settings: Settings, pages: Iterable[Saved]) -> Iterator[Done]:
    """The outcomes of all pages, batch by batch, in their order."""
    for batch in batches(pages):
        yield work(settings, batch)
