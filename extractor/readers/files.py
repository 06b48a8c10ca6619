"""Which files are pages: paths and folders → page files, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

PAGE_SUFFIXES = frozenset({".txt", ".html", ".htm", ".xhtml"})


def find_pages(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The page files among ``paths``; folders are walked, their files in order of name.

    A path that is named is given whatever its suffix, so that a missing or unreadable one is reported
    by the reader and not passed over; so is a folder that cannot be listed. Each path comes once.
    """
    seen: set[Path] = set()
    for path in map(Path, paths):
        for page in _walk(path) if path.is_dir() else [path]:
            if page not in seen:
                seen.add(page)
                yield page


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # its reader says why it cannot be read
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif Path(entry.name).suffix.lower() in PAGE_SUFFIXES:
            yield Path(entry.path)
