"""Saved web pages about migration events and practices → structured, grounded records.

    from extractor import Pipeline
    record = Pipeline().extract(page_text_or_html)

Importing this package loads no model: names are resolved when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from extractor.model import Page, Record, Rejection

if TYPE_CHECKING:
    from extractor.pipeline import Pipeline, RejectedPage
    from extractor.tagging import tag_text

__all__ = ["Page", "Pipeline", "Record", "RejectedPage", "Rejection", "tag_text"]

_LAZY = {
    "Pipeline": "extractor.pipeline",
    "RejectedPage": "extractor.pipeline",
    "tag_text": "extractor.tagging",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
