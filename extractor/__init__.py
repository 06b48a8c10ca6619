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

__all__ = ["Page", "Pipeline", "Record", "RejectedPage", "Rejection"]


def __getattr__(name: str) -> Any:
    if name in {"Pipeline", "RejectedPage"}:
        return getattr(import_module("extractor.pipeline"), name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
