"""The names model by itself: exact spans on test parts never trained on, size, speed and memory.

`python -m benchmarks.ner --data DIR [MODEL ...]` prints a table; without MODEL, of the model that ships.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import use_ops

from extractor.stages.ner import SHIPPED
from training.ner.data import read_corpus, read_prose
from training.ner.evaluate import PROSE, TESTS, score
from training.ner.readers import split_prose

ROUNDS = 5  # the best is taken: other work on the machine only ever slows a round
WARM_UP = 100  # passages


def words_per_second(nlp: Language) -> float:
    """White-space words through tokenizer and model in a second of this process's time, on one core."""
    passages = [e.text for path in sorted(PROSE.glob("*.txt")) for e in read_prose(path)]
    words = sum(len(passage.split()) for passage in passages)
    list(nlp.pipe(passages[:WARM_UP]))
    seconds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        for _ in nlp.pipe(passages, batch_size=64):
            pass
        seconds.append(time.process_time() - begin)
    return words / min(seconds)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", default=[str(SHIPPED)])
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora (*.jsonl)")
    options = parser.parse_args()
    sets = {name: read_corpus(options.data / f"{name}.jsonl") for name in TESTS}
    sets["own prose held out"] = split_prose(PROSE)[1]
    print("| model | set | P | R | F1 | PERSON | ORG | LOC |\n|---|---|---|---|---|---|---|---|")
    for model in options.models:
        spacy.blank("en").pipe(["warm up"])
        before = peak_megabytes()
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(model)
        speed = words_per_second(nlp)
        memory = peak_megabytes() - before
        for name, examples in sets.items():
            scores = score(nlp, examples)
            p, r, f1 = scores["all"]
            kinds = " | ".join(f"{scores[kind][2]:.1f}" for kind in ("PERSON", "ORG", "LOC"))
            print(f"| {Path(model).name} | {name} | {p:.1f} | {r:.1f} | **{f1:.1f}** | {kinds} |")
        size = sum(file.stat().st_size for file in Path(model).rglob("*") if file.is_file()) / 1e6
        print(
            f"\n{Path(model).name}: {size:.1f} MB on disk, {speed:,.0f} words/s, {memory:.0f} MB above spaCy itself\n"
        )


if __name__ == "__main__":
    main()
