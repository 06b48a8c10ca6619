"""One command from the corpora to the shipped model.

`python -m training.ner.run --data DIR --out extractor/models/ner`

Anything after `--` overrides config.cfg, as with `spacy train`: `-- --training.max_steps 2000`.
"""

import argparse
import shutil
import sys
from pathlib import Path

import spacy
import srsly
from spacy import util
from spacy.attrs import LOWER
from spacy.cli._util import parse_config_overrides
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from thinc.api import NumpyOps, set_current_ops

from training.ner import gazetteer, readers  # noqa: F401 (readers registers what config.cfg names)
from training.ner.data import LABELS

HERE = Path(__file__).parent
META = {
    "name": "names",
    "version": "1.1.0",
    "description": "Names on pages about migration events and practices: people, organizations, places",
    "license": "CC BY-SA 4.0",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora (*.jsonl)")
    parser.add_argument("--prose", type=Path, default=HERE.parent / "corpus", help="our own annotated prose")
    parser.add_argument("--out", type=Path, required=True, help="folder of the finished pipeline")
    own, overrides = _split(sys.argv[1:])
    options = parser.parse_args(own)
    paths = {"paths.corpora": str(options.data), "paths.prose": str(options.prose)}
    config = util.load_config(
        HERE / "config.cfg", overrides=paths | parse_config_overrides(overrides), interpolate=False
    )
    set_current_ops(NumpyOps(use_blis=False))  # numpy's OpenBLAS multiplies three times as fast here
    nlp = init_nlp(config)
    work = options.out.with_name(options.out.name + ".training")
    work.mkdir(parents=True, exist_ok=True)
    train(nlp, work, stdout=sys.stdout, stderr=sys.stderr)
    finish(work / "model-best", options.out)  # best on the development parts
    shutil.rmtree(work)


def finish(trained: Path, out: Path) -> None:
    """The trained pipeline with the full gazetteer and without what only training needed."""
    nlp = spacy.load(trained)
    nlp.vocab.vectors = gazetteer.table(nlp, held_out=0)
    nlp.meta.update(META)
    for section in ("corpora", "training", "pretraining", "initialize", "paths"):
        nlp.config[section] = {}
    for leftover in ("config.cfg", "meta.json", "tokenizer", "ner", "vocab"):
        path = out / leftover
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    nlp.to_disk(out)
    # The string store holds every word of the corpora; the pipeline needs the labels only.
    srsly.write_json(out / "vocab" / "strings.json", list(LABELS))
    # spaCy 3.8 reads the key attribute of a vectors table from its settings, but writes it for floret tables only.
    settings = out / "vocab" / "vectors.cfg"
    srsly.write_json(settings, {**srsly.read_json(settings), "attr": LOWER})


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


if __name__ == "__main__":
    main()
