"""What the commands share: the app, the exit codes, the console, and files of lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import IntEnum
from pathlib import Path
from typing import IO, Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from extractor.model import Strictness
from extractor.sinks.jsonl import DamagedFile, open_lines

app = typer.Typer(
    help="Saved web pages about migration events and practices become structured, grounded JSON records.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

HowSure = Annotated[
    Strictness,
    typer.Option(
        "--strictness", help="How sure an inferred tag must be; benchmarks/results/topics.md says what each costs."
    ),
]


class Exit(IntEnum):
    """Exit codes, documented in the README. Typer's own 2 says that the command was not understood."""

    OK = 0
    REJECTED = 1  # some pages were rejected, or some records are not valid; the rest is done
    FAILED = 3  # nothing could be done: a model or an output file that cannot be opened
    INTERRUPTED = 130  # by Ctrl-C; the same command goes on where it stopped


@contextmanager
def writer(path: str | None) -> Iterator[IO[str] | None]:
    """A stream of lines: a file, compressed as its name says; - is standard output; None is nothing."""
    if path is None or path == "-":
        yield None if path is None else sys.stdout
        return
    with ExitStack() as files:
        try:
            stream = files.enter_context(open_lines(path, "w"))
        except OSError as error:
            fail(f"cannot write {path}: {error.strerror}; name a file in a folder that may be written")
        except ModuleNotFoundError as error:
            fail_without(error, path)
        yield stream


def must_be_readable(path: str) -> None:
    """End the command before it makes anything, when its input is not there."""
    if path != "-" and not Path(path).is_file():
        fail(f"cannot read {path}: there is no such file")


def read_lines(path: str) -> Iterator[str]:
    """The lines of a file, unpacked as its name says; - is standard input."""
    if path == "-":
        yield from sys.stdin
        return
    try:
        with open_lines(path) as stream:
            yield from stream
    except (OSError, UnicodeDecodeError, DamagedFile) as error:
        fail(f"cannot read {path}: {error}")
    except ModuleNotFoundError as error:
        fail_without(error, path)


def plain(text: object) -> str:
    """Text as it is: rich would read square brackets as markup."""
    return escape(str(text))


def fail(message: str) -> NoReturn:
    """End the command: nothing could be done, and why."""
    errors.print(f"[red]extractor:[/red] {plain(message)}")
    raise typer.Exit(Exit.FAILED)


def fail_without(missing: ModuleNotFoundError, what: str) -> NoReturn:
    """End the command for a library of the optional ones. Raises ``missing`` when it is none of them."""
    if missing.name not in ("pyarrow", "icalendar", "zstandard", "distributed"):
        raise missing
    extra = "dask" if missing.name == "distributed" else "formats"
    fail(f"{what} needs the library {missing.name}, which is not installed; install extractor[{extra}]")
