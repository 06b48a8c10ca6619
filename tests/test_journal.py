"""The journal: an interrupted run goes on where it stopped, and its output is whole at every moment."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from extractor.batch import Summary, resume
from extractor.executors import Done, Outcome, batches
from extractor.journal import Journal, JournalInUse
from extractor.readers.saved import Saved, Skipped

PAGES = [Saved(f"page{i}", f"text {i}", 40_000) for i in range(200)]


def executor(pages: Iterable[Saved]) -> Iterator[Done]:
    """Every page whose text has a "5" is rejected; the record says what the page's text was."""
    for batch in batches(pages):
        yield Done([outcome(page) for page in batch], {"read": 1.0})


def outcome(page: Saved) -> Outcome:
    text = str(page.content)
    if "5" in text:
        return Outcome(page.path, f'"rejected {page.path}"', checksum(page), rejected="empty", message="Why.")
    return Outcome(page.path, f'"{page.path}: {text} é"', checksum(page), "event", ("a_warning",))


def checksum(page: Saved) -> str:
    from extractor.readers.decoding import checksum

    return checksum(page.content or "")[0]


def run(output: Path, pages: Iterable[Saved | Skipped], stop: int | None = None, **options: bool) -> Summary:
    """A run, which is left without a word after ``stop`` outcomes, as one that is killed."""
    summary = Summary()
    journal = Journal(output, "made by a test", **options)
    try:
        for number, _ in enumerate(resume(pages, executor, summary, journal)):
            if number == stop:
                break
        else:
            assert list(journal.rejections()) == [
                outcome(p).line for p in dict.fromkeys(pages) if isinstance(p, Saved) and outcome(p).rejected
            ]
    finally:
        journal.close()
    return summary


def expected(pages: Iterable[Saved]) -> str:
    return "".join(f"{outcome(page).line}\n" for page in pages if not outcome(page).rejected)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


def test_a_run_writes_its_records_in_order(output: Path) -> None:
    summary = run(output, PAGES)
    assert output.read_text(encoding="utf-8") == expected(PAGES)
    assert (summary.pages, summary.records, summary.rejections) == (200, 162, {"empty": 38})
    assert (summary.page_types, summary.warnings) == ({"event": 162}, {"a_warning": 162})


def test_an_output_that_was_there_and_is_no_run_of_ours_is_written_anew(output: Path) -> None:
    for content in ("", "something else\n"):
        output.write_text(content)
        run(output, PAGES[:3])
        assert output.read_text(encoding="utf-8") == expected(PAGES[:3])
        output.with_name("records.jsonl.journal").unlink()


def test_the_same_pages_are_not_done_again(output: Path) -> None:
    run(output, PAGES)
    summary = run(output, PAGES)
    assert (summary.unchanged, summary.pages, summary.records) == (200, 200, 162)
    assert output.read_text(encoding="utf-8") == expected(PAGES)
    assert run(output, PAGES, fresh=True).unchanged == 0


@pytest.mark.parametrize("seed", range(5))
def test_a_changed_set_of_pages_gives_exactly_their_records(output: Path, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(4):
        pages = rng.sample(PAGES, rng.randint(1, 200))
        pages = [Saved(p.path, f"other {p.path}") if rng.random() < 0.1 else p for p in pages]
        run(output, pages, stop=rng.choice([None, 50]))
        run(output, pages)
        assert output.read_text(encoding="utf-8") == expected(pages)


def test_only_changed_pages_are_done_again(output: Path) -> None:
    run(output, PAGES)
    changed = [Saved("page7", "changed"), Saved("page8", "text 8", url="https://example.org/8"), *PAGES[9:]]
    assert run(output, changed).unchanged == 191
    assert output.read_text(encoding="utf-8") == expected(changed)


def test_an_interrupted_run_goes_on_and_a_torn_line_is_repaired(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.batch.COMMIT_SECONDS", 0.0)
    run(output, PAGES, stop=80)
    whole = output.read_text(encoding="utf-8")
    assert whole.endswith("\n")
    assert expected(PAGES).startswith(whole)
    output.write_text(whole + '"page', encoding="utf-8")
    summary = run(output, PAGES)
    assert 0 < summary.unchanged < 200
    assert output.read_text(encoding="utf-8") == expected(PAGES)


@pytest.mark.parametrize("damage", [lambda text: text[:100], lambda text: text[:-5] + "xxx\n", lambda text: ""])
def test_an_output_that_somebody_changed_is_written_anew(output: Path, damage: object) -> None:
    run(output, PAGES)
    assert callable(damage)
    output.write_text(damage(output.read_text(encoding="utf-8")), encoding="utf-8")
    assert run(output, PAGES).unchanged == 0
    assert output.read_text(encoding="utf-8") == expected(PAGES)


def test_another_version_of_the_extractor_does_all_pages_again(output: Path) -> None:
    run(output, PAGES)
    summary = Summary()
    journal = Journal(output, "made by another test")
    assert len(list(resume(PAGES, executor, summary, journal))) == 200
    journal.close()


def test_a_damaged_journal_is_no_journal(output: Path) -> None:
    run(output, PAGES)
    output.with_name("records.jsonl.journal").write_bytes(b"no journal" * 1000)
    assert run(output, PAGES).unchanged == 0
    assert output.read_text(encoding="utf-8") == expected(PAGES)


def test_two_runs_do_not_write_to_one_output(output: Path) -> None:
    journal = Journal(output, "made by a test")
    code = f"from pathlib import Path; from extractor.journal import Journal; Journal(Path({str(output)!r}), '')"
    second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    journal.close()
    assert JournalInUse.__name__ in second.stderr


def test_a_run_that_ended_while_it_put_the_output_in_order_is_ended(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(output, PAGES)
    monkeypatch.setattr(os, "replace", lambda new, old: (_ for _ in ()).throw(InterruptedError))
    with pytest.raises(InterruptedError):
        run(output, PAGES[::-1])
    monkeypatch.undo()
    assert run(output, PAGES[::-1]).unchanged == 200
    assert output.read_text(encoding="utf-8") == expected(PAGES[::-1])


def test_unordered_output_holds_the_records_of_the_run(output: Path) -> None:
    run(output, PAGES, ordered=False)
    run(output, PAGES[50:0:-1], ordered=False)
    assert output.read_text(encoding="utf-8") == expected(PAGES[1:51])


def test_a_place_that_comes_twice_is_done_once(output: Path) -> None:
    summary = run(output, [*PAGES[:40], *PAGES[:40]])
    assert (summary.pages, summary.skipped) == (40, {"repeated": 40})


def test_what_may_come_out_otherwise_is_tried_again(output: Path) -> None:
    journal = Journal(output, "made by a test")
    journal.add(Outcome("page0", "{}", "0", rejected="timed_out", message="Too long."), "key", 1)
    entry = journal.find("page0")
    journal.close()
    assert entry is not None
    assert entry.key is None
