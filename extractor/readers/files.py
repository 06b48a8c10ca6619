"""Which files hold pages: paths and folders → files, in a fixed order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

HTML_SUFFIXES = (".html", ".htm", ".xhtml")
PAGE_SUFFIXES = frozenset((".txt", *HTML_SUFFIXES))
ARCHIVE_SUFFIXES = frozenset((".warc", ".wacz", ".zip", ".tar", ".tgz", ".mhtml", ".mht", ".jsonl", ".ndjson"))
# Browsers save what a page shows (pictures, frames) in a folder beside it: "page_files", in their language.
_COMPANION = re.compile(r"(.+)[-_.](?:files|fichiers|archivos|dateien|file|arquivos|bestanden|pliki)", re.I)


def find_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The files of pages and archives among ``paths``; folders are walked, their files in order of name.

    A path that is named is given whatever its suffix, so that a missing or unreadable one is reported by the reader
    and not passed over; so is a folder that cannot be listed. Each path comes once. Only the named paths and one
    folder's names are held in memory.
    """
    named: set[str] = set()
    folders: list[str] = []
    for path in map(Path, paths):
        place = os.path.abspath(path)
        if place in named or (any(place.startswith(folder) for folder in folders) and _is_walked(path)):
            continue
        named.add(place)
        if path.is_dir():
            yield from _walk(path, named)
            folders.append(os.path.join(place, ""))
        else:
            yield path


def holds_pages(name: str) -> bool:
    """Whether a file of that name, met in a folder or an archive, is a page or an archive of pages."""
    stem, suffix = os.path.splitext(name.lower())
    if suffix == ".gz":
        suffix = os.path.splitext(stem)[1]
    return suffix in PAGE_SUFFIXES or suffix in ARCHIVE_SUFFIXES


def _is_walked(path: Path) -> bool:
    return path.is_dir() or (path.is_file() and holds_pages(path.name))


def is_html_name(name: str) -> bool:
    return os.path.splitext(name.lower())[1] in HTML_SUFFIXES


def is_companion(folder: str, beside: set[str]) -> bool:
    """Whether a folder holds what the page beside it shows. ``beside``: the names in the folder's own folder."""
    found = _COMPANION.fullmatch(folder)
    return found is not None and any(found.group(1) + suffix in beside for suffix in HTML_SUFFIXES)


def _walk(folder: Path, named: set[str]) -> Iterator[Path]:
    names: list[str] = []
    folders: set[str] = set()
    try:
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                folders.add(entry.name)
            elif not holds_pages(entry.name):
                continue
            names.append(entry.name)
    except OSError:
        yield folder  # its reader says why it cannot be read
        return
    names.sort()
    pages = set(names) if folders else set()
    place = os.path.abspath(folder)
    for name in names:
        path = folder / name
        if os.path.join(place, name) in named:
            continue
        if name not in folders:
            yield path
        elif not is_companion(name, pages):
            yield from _walk(path, named)
