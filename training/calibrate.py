"""Measure how often each rule is right on annotated pages, and write extractor/models/calibration.json.

    python -m training.calibrate PAGES:GOLD [PAGES:GOLD ...]

PAGES is a folder of saved pages, GOLD a folder of annotations named like them (see extractor/evaluation.py).
The confidence of a value is the precision of its rule, drawn towards the mean of all rules of its kind by
``WEIGHT`` imagined values, so that a rule seen twice does not claim certainty.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from extractor import Pipeline, Record
from extractor.evaluation import judge

WEIGHT = 4.0  # imagined values at the mean of the kind, and of the mean at PRIOR
PRIOR = 0.8

# The kind of value that each judged field calibrates.
KINDS = {
    "title": "title",
    "page_type": "page_type",
    "start_date": "event",
    "end_date": "event",
    "date_submitted": "date_submitted",
    "dates": "date",
    "city": "place",
    "countries": "place",
    "organizations": "organization",
    "people": "person",
    "gcm_objectives": "tag",
    "sdgs": "tag",
}
ALIKE = {"date_published": "date", "date_updated": "date"}  # judged with the dates


def main(arguments: list[str]) -> None:
    counts: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    pages = 0
    pipeline = Pipeline()
    for pair in arguments:
        folder, _, annotations = pair.partition(":")
        for outcome in pipeline.run([folder]):
            gold = (
                Path(annotations)
                / f"{Path(outcome.to_dict().get('path') or outcome.to_dict()['source']['path']).stem}.json"
            )
            if not isinstance(outcome, Record) or not gold.is_file():
                continue
            pages += 1
            for judgement in judge(outcome.to_dict(), json.loads(gold.read_text(encoding="utf-8"))):
                if judgement.rule and judgement.field in KINDS:
                    counts[KINDS[judgement.field]][judgement.rule, judgement.verdict == "right"] += 1
    table = {kind: _precisions(counts[kind]) for kind in sorted(set(KINDS.values()))}
    table |= {kind: table[like] for kind, like in ALIKE.items()}
    seen = {
        k: {r: [c[r, True], c[r, True] + c[r, False]] for r in sorted({r for r, _ in c})} for k, c in counts.items()
    }
    path = Path(__file__).parent.parent / "extractor" / "models" / "calibration.json"
    document = {
        "made_by": "training/calibrate.py",
        "pages": pages,
        "weight": WEIGHT,
        "prior": PRIOR,
        "right_of_all": dict(sorted(seen.items())),
        "precision": dict(sorted(table.items())),
    }
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(f"{pages} pages → {path}")


def _precisions(counts: Counter[tuple[str, bool]]) -> dict[str, float]:
    right = sum(n for (_, is_right), n in counts.items() if is_right)
    mean = (right + WEIGHT * PRIOR) / (counts.total() + WEIGHT)
    precisions = {"*": round(mean, 3)}
    for rule in sorted({rule for rule, _ in counts}):
        of_rule = counts[rule, True] + counts[rule, False]
        precisions[rule] = round((counts[rule, True] + WEIGHT * mean) / (of_rule + WEIGHT), 3)
    return precisions


if __name__ == "__main__":
    main(sys.argv[1:])
