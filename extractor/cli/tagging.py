"""The command tag: tags of any text."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from extractor.cli.console import Exit, HowSure, app, errors, plain
from extractor.errors import PageError


@app.command()
def tag(
    path: Annotated[str, typer.Argument(help="A text or a saved page; - is standard input.")] = "-",
    strictness: HowSure = "balanced",
) -> None:
    """Print the GCM objectives and principles and the SDGs that a text cites or is about, as JSON."""
    from extractor.readers import read_bytes, read_file  # here, so that --help and validate stay quick
    from extractor.stages.clean import clean
    from extractor.tagging import tag_text

    try:
        page = read_bytes(sys.stdin.buffer.read()) if path == "-" else read_file(path)
    except PageError as error:
        errors.print(f"[red]rejected[/red] {plain(path)}: {plain(error.message)}")
        raise typer.Exit(Exit.REJECTED) from None
    text = clean(page).text if page.media_type == "text/html" else page.content
    print(json.dumps(tag_text(text, strictness), ensure_ascii=False, indent=2))
