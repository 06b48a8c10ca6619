"""The command run: all saved pages of some paths become records."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from extractor.batch import Summary, choose_executor, resume, stream
from extractor.cli.console import Exit, HowSure, app, errors, fail, fail_without, plain, read_lines, writer
from extractor.cli.databases import load_into, must_be_usable
from extractor.cli.pages import Model, Paths, pages_at
from extractor.executors import Outcome, Settings
from extractor.journal import Journal, JournalInUse, fingerprint
from extractor.readers.archives import SavedPages
from extractor.readers.files import find_files
from extractor.sinks.jsonl import open_lines

LOG_SECONDS = 10.0  # between two lines of progress in a log
_PACKED = (".gz", ".zst")

Told = Callable[[Outcome], None]


@app.command()
def run(
    paths: Paths = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", help="JSON Lines of records, also .gz and .zst; - is standard output, and the default."
        ),
    ] = None,
    rejects: Annotated[str | None, typer.Option(help="JSON Lines of the pages that could not become records.")] = None,
    model: Model = None,
    to: Annotated[
        str | None, typer.Option(metavar="URL", help="A database to load the records into: sqlite:///events.db.")
    ] = None,
    from_list: Annotated[
        str | None, typer.Option(metavar="FILE", help="More paths, one a line; - is standard input.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; without it as the amount of work asks for.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask cluster; local starts one here (extractor[dask]).")
    ] = None,
    unordered: Annotated[
        bool, typer.Option("--unordered", help="Write records as they are done, not in the order of the pages.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Do all pages anew, also those that are done.")] = False,
    page_seconds: Annotated[float, typer.Option(min=0.001, help="Processor time that one page may take.")] = 60.0,
    page_memory: Annotated[int, typer.Option(min=1, help="Megabytes that a worker may need for its pages.")] = 2000,
    summary: Annotated[str | None, typer.Option(metavar="FILE", help="Write the numbers of the run as JSON.")] = None,
    strictness: HowSure = "balanced",
    log_json: Annotated[bool, typer.Option("--log-json", help="Say what happens as lines of JSON.")] = False,
) -> None:
    """Turn saved pages into records.

    A run that was interrupted goes on where it stopped with the same command, and pages that have not changed since
    the last run are not done again.

    Exit code: 0 all pages became records, 1 some were rejected, 3 nothing could be done, 130 interrupted.
    """
    settings = Settings(model, strictness, page_seconds=page_seconds, page_memory=page_memory * 1_000_000)
    given = paths or []
    if not given and from_list is None:
        raise typer.BadParameter("name the files, folders and archives to read, or a list of them with --from-list")
    found = pages_at(given) if from_list is None else SavedPages(chain(given, _listed(from_list)))
    if output is None and to is None:
        output = "-"
    counts = Summary()
    rejections: list[str] = []
    reporter = _log_reporter(counts) if log_json else _bar_reporter(counts, found, given if from_list is None else None)
    with _sentences_for_errors(), reporter as told:
        _must_be_usable(model)
        if to is not None:
            must_be_usable(to)
        executor = choose_executor(settings, workers, dask, not unordered)
        if output is not None and _is_file(output):
            journal = _journal(Path(output), fingerprint(model, settings.strictness), fresh, not unordered)
            rejections = _run_to_file(resume(found, executor, counts, journal), journal, Path(output), told)
            if to is not None:
                _load(to, (line.rstrip("\n") for line in read_lines(output)), given, rejections)
        else:
            lines = _run_to_stream(stream(found, executor, counts), output, rejections, told)
            if to is not None:
                _load(to, lines, given, rejections)
            else:
                deque(lines, maxlen=0)
        if rejects is not None:
            _write(rejects, rejections)
    if summary is not None:
        _write(summary, [json.dumps(counts.to_dict(), indent=2)])
    if log_json:
        _log("finished", **counts.to_dict())
    else:
        _print_summary(counts)
    raise typer.Exit(Exit.REJECTED if counts.rejections else Exit.OK)


def _run_to_file(outcomes: Iterator[Outcome], journal: Journal, output: Path, told: Told) -> list[str]:
    """All outcomes into the journal and its output; gives the rejections. Ends the command when interrupted."""
    with closing(journal):
        try:
            for outcome in outcomes:
                told(outcome)
        except KeyboardInterrupt:
            journal.commit()
            errors.print("interrupted; the same command goes on from here")
            raise typer.Exit(Exit.INTERRUPTED) from None
        rejections = list(journal.rejections())
    if journal.output != output:
        with journal.output.open(encoding="utf-8", newline="\n") as lines:
            _write(str(output), lines)
        journal.output.unlink()
        journal.path.unlink()
    return rejections


def _run_to_stream(outcomes: Iterator[Outcome], output: str | None, rejections: list[str], told: Told) -> Iterator[str]:
    """The lines of all records, written to ``output`` as they come."""
    with writer(output) as records:
        for outcome in outcomes:
            told(outcome)
            if outcome.rejected:
                rejections.append(outcome.line)
                continue
            if records is not None:
                records.write(f"{outcome.line}\n")
            yield outcome.line


def _journal(output: Path, made_by: str, fresh: bool, ordered: bool) -> Journal:
    """The journal of an output file. What is to be packed in the end is kept unpacked in a ".part" until then."""
    plain_output = output.with_name(f"{output.name}.part") if output.suffix in _PACKED else output
    try:
        return Journal(plain_output, made_by, fresh, ordered)
    except OSError as error:
        fail(f"cannot write {output}: {error.strerror}; name a file in a folder that may be written")
    except JournalInUse as error:
        fail(f"cannot write {output}: another run writes to it ({error})")


def _is_file(output: str) -> bool:
    """Whether the output is a file that a run can be resumed with: no standard output, no pipe, no device."""
    path = Path(output)
    return output != "-" and (path.is_file() or not path.exists())


def _listed(name: str) -> Iterator[str]:
    for line in read_lines(name):
        if line.strip():
            yield line.rstrip("\r\n")


def _must_be_usable(model: str | None) -> None:
    """Raises ModelError before any worker starts."""
    from extractor.stages.ner import Recognizer  # here, so that --help stays quick

    Recognizer(model)


@contextmanager
def _sentences_for_errors() -> Iterator[None]:
    """What ends the command inside the block, as a sentence."""
    from extractor.stages.ner import ModelError

    try:
        yield
    except ModelError as error:
        fail(str(error))
    except ModuleNotFoundError as error:
        fail_without(error, "--dask")
    except OSError as error:
        fail(str(error))


def _load(url: str, lines: Iterable[str], paths: list[str], rejections: list[str]) -> None:
    load_into(url, lines, ", ".join(paths), map(json.loads, rejections))


def _write(path: str, lines: Iterable[str]) -> None:
    """Lines to a file that is whole at every moment; - is standard output."""
    if path == "-":
        sys.stdout.writelines(f"{line.rstrip()}\n" for line in lines)
        return
    whole = Path(path)
    new = whole.with_name(f"new.{whole.name}")  # with its suffix, which says how it is packed
    with open_lines(new, "w") as stream:
        stream.writelines(f"{line.rstrip()}\n" for line in lines)
    os.replace(new, whole)


def _rejected(outcome: Outcome) -> None:
    errors.print(f"[red]rejected[/red] {plain(outcome.path)}: {plain(outcome.message)}")


@contextmanager
def _bar_reporter(counts: Summary, found: object, paths: list[str] | None) -> Iterator[Told]:
    """Rejections as sentences, and on a terminal a bar with rate and remaining time, by the bytes that were read."""
    total = None
    if errors.is_terminal and paths is not None and isinstance(found, SavedPages):
        total = sum(path.stat().st_size for path in find_files(paths) if path.is_file())
    columns = (
        *(TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()),
        *(TimeRemainingColumn(), TextColumn("{task.fields[said]}")),
    )
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("pages", total=total, said="")
        began = time.monotonic()

        def told(outcome: Outcome) -> None:
            if outcome.rejected:
                _rejected(outcome)
            rate = counts.pages / max(0.001, time.monotonic() - began)
            said = f"{counts.pages} pages · {rate:.1f}/s · {counts.rejections.total()} rejected"
            bar.update(task, completed=found.bytes_read if isinstance(found, SavedPages) else 0, said=said)

        yield told


@contextmanager
def _log_reporter(counts: Summary) -> Iterator[Told]:
    """Rejections, and now and then how far the run is, as lines of JSON."""
    last = began = time.monotonic()
    _log("started")

    def told(outcome: Outcome) -> None:
        nonlocal last
        if outcome.rejected:
            _log("rejected", path=outcome.path, code=outcome.rejected, message=outcome.message)
        if time.monotonic() - last > LOG_SECONDS:
            last = time.monotonic()
            rejected = counts.rejections.total()
            _log("progress", pages=counts.pages, rejected=rejected, seconds=round(last - began, 1))

    yield told


def _log(event: str, **said: Any) -> None:
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **said}
    print(json.dumps(line), file=sys.stderr, flush=True)


def _print_summary(counts: Summary) -> None:
    unchanged = f", {counts.unchanged} done before" if counts.unchanged else ""
    errors.print(
        f"{counts.pages} pages: {counts.records} records, {counts.rejections.total()} rejections{unchanged}, "
        f"in {counts.seconds:.1f} s"
    )
    for reason, count in sorted(counts.skipped.items()):
        errors.print(f"  passed over in archives, {reason}: {count}")
    for code, count in sorted(counts.warnings.items()):
        errors.print(f"  warning {code}: {count}")
