"""Errors that end the work on one page; the pipeline turns them into rejections."""

from __future__ import annotations


class PageError(ValueError):
    """A page that cannot be read. ``code``: the rejection's, e.g. "empty"; ``message``: a plain sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
