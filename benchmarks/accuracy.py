"""Accuracy on annotated pages: F1 of every field, a column a set.

    python -m benchmarks.accuracy NAME=PAGES:ANNOTATIONS ... [-o benchmarks/results/accuracy.md]

PAGES is a folder of saved pages, ANNOTATIONS a folder of annotations named like them (extractor/evaluation.py).
Without arguments the sets of this repository are measured.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

from extractor import Pipeline, Record
from extractor.evaluation import FIELDS, Judgement, Score, judge, score

HERE = Path(__file__).parent
OWN_SETS = {
    "samples": (HERE.parent / "samples" / "pages", HERE.parent / "samples" / "gold"),
    "untouched": (HERE / "annotated" / "untouched" / "pages", HERE / "annotated" / "untouched" / "gold"),
    "studied": (HERE / "annotated" / "studied" / "pages", HERE / "annotated" / "studied" / "gold"),
}


def measure(pipeline: Pipeline, pages: Path, annotations: Path) -> tuple[int, dict[str, Score]]:
    """The number of annotated pages, and each field's score over them."""
    judged: list[Judgement] = []
    count = 0
    for outcome in pipeline.run([pages]):
        record = outcome.to_dict() if isinstance(outcome, Record) else None
        path = annotations / f"{Path(record['source']['path'] if record else outcome.to_dict()['path']).stem}.json"
        if not path.is_file():
            continue
        if record is None:
            raise ValueError(f"{path.stem} was rejected: {outcome.to_dict()['message']}")
        count += 1
        judged += judge(record, json.loads(path.read_text(encoding="utf-8")))
    return count, score(judged)


def table(columns: dict[str, tuple[int, dict[str, Score]]]) -> str:
    """A Markdown table of F1, the mean over the fields last."""
    lines = [
        "| field | " + " | ".join(f"{name} ({count})" for name, (count, _) in columns.items()) + " |",
        "|---|" + "---|" * len(columns),
    ]
    for field in FIELDS:
        lines.append(f"| {field} | " + " | ".join(_shown(scores[field].f1) for _, scores in columns.values()) + " |")
    lines.append("| **mean** | " + " | ".join(f"**{_shown(_mean(scores))}**" for _, scores in columns.values()) + " |")
    return "\n".join(lines)


def _mean(scores: dict[str, Score]) -> float:
    found = [s.f1 for s in scores.values() if s.f1 is not None]
    return sum(found) / len(found)


def _shown(f1: float | None) -> str:
    return "–" if f1 is None else f"{f1:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="NAME=PAGES:ANNOTATIONS")
    parser.add_argument("-o", "--output", type=Path)
    arguments = parser.parse_args()
    sets = OWN_SETS
    if arguments.sets:
        named = (given.partition("=") for given in arguments.sets)
        sets = {name: (Path(p.partition(":")[0]), Path(p.partition(":")[2])) for name, _, p in named}
    pipeline = Pipeline()
    result = table({name: measure(pipeline, *folders) for name, folders in sets.items()})
    print(result)
    if arguments.output:
        note = "F1 per field, number of pages in brackets. What the sets are: benchmarks/annotated/README.md."
        arguments.output.write_text(f"# Accuracy, {date.today()}\n\n{note}\n\n{result}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
