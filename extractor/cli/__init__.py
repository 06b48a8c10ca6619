"""The command line: the one place that talks to a person."""

from __future__ import annotations

import sys

from extractor.cli import databases, pages, records, review, run, tagging  # noqa: F401  # each adds its commands to the app
from extractor.cli.console import app


def main() -> None:
    """Entry point of the command ``extractor``."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # TextIOWrapper
    app()
