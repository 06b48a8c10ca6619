"""Names by a trained model: the spaCy pipeline that ships in ``extractor/models/ner``, or any installed one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from threadpoolctl import ThreadpoolController

from extractor.model import Document, Mention, MentionKind

if TYPE_CHECKING:
    from spacy.language import Language

SHIPPED = Path(__file__).parent.parent.parent / "models" / "ner"
BATCH = 64  # passages that the model reads at a time
PASSAGE_CHARS = 20_000  # that the model reads at a time, so that it needs no memory in proportion to the page

# What pipelines call our kinds: ours; OntoNotes (en_core_web_*); WikiNER (fr_core_news_*, es_core_news_*).
KINDS: dict[str, MentionKind] = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "ORG": "ORG",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "EVENT": "EVENT",
    "DOC": "DOC",
    "LAW": "DOC",
}


class ModelError(ValueError):
    """The names model is missing or cannot be used; the message says which and what to do."""


class Recognizer:
    """Finds names in documents. ``model`` is an installed spaCy pipeline or its folder; none means the one that ships.

    Holds only the model's name, so it may be pickled; every process loads the model once, at its first document.
    Raises ModelError when there is no such model.
    """

    def __init__(self, model: str | None = None) -> None:
        self.model = model
        _locate(model)

    @property
    def name(self) -> str:
        """The pipeline's own name and version: "en_names@1.0.0"."""
        meta = _load(self.model).meta
        return f"{meta['lang']}_{meta['name']}@{meta['version']}"

    def entities(self, document: Document) -> tuple[Mention, ...]:
        """The names in one document, in order.

        Documents do not share the model's batches, nor its products more than one thread: how matrices are cut up
        changes the last digits of their product, and a page's names must not depend on the pages beside it.
        """
        passages = [
            (document.text[start:end], start)
            for block in document.blocks
            if block.kind != "label"  # "Organizations:" names nothing
            for start, end in _pieces(document.text, block.start, block.end)
        ]
        found: list[Mention] = []
        nlp = _load(self.model)
        with _threads().limit(limits=1, user_api="blas"):  # more threads are no faster on so small matrices
            for batch in _batches(passages):
                for doc, offset in nlp.pipe(batch, as_tuples=True, batch_size=BATCH):
                    for entity in doc.ents:
                        kind = KINDS.get(entity.label_)
                        span = document.span(offset + entity.start_char, offset + entity.end_char)
                        if kind and span.text:
                            found.append(Mention(kind, span, "model", f"model.{kind}"))
        return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Bounds of pieces of ``text[start:end]`` of at most PASSAGE_CHARS, cut behind white space where there is some."""
    while end - start > PASSAGE_CHARS:
        cut = text.rfind(" ", start, start + PASSAGE_CHARS) + 1 or start + PASSAGE_CHARS
        yield start, cut
        start = cut
    yield start, end


def _batches(passages: list[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Passages by BATCH and PASSAGE_CHARS, whichever is reached first."""
    batch: list[tuple[str, int]] = []
    size = 0
    for passage in passages:
        if batch and (len(batch) == BATCH or size + len(passage[0]) > PASSAGE_CHARS):
            yield batch
            batch, size = [], 0
        batch.append(passage)
        size += len(passage[0])
    if batch:
        yield batch


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


@lru_cache(maxsize=2)
def _load(model: str | None) -> Language:
    import spacy  # here, so that importing extractor stays quick
    from thinc.api import use_ops

    # numpy's own BLAS multiplies about three times as fast as thinc's default, which ships generic kernels
    with use_ops("numpy", use_blis=False):
        try:
            nlp = spacy.load(_locate(model))
        except (OSError, ValueError) as error:
            raise ModelError(f"The spaCy pipeline {model or SHIPPED} cannot be loaded: {error}") from error
    if not any("doc.ents" in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names):
        raise ModelError(f"The spaCy pipeline {model or SHIPPED} finds no names: it has no component for entities.")
    if model is None:
        from extractor.stages.ner.word_cache import keep_words  # here: it imports spaCy

        keep_words(nlp)
    return nlp


def _locate(model: str | None) -> str | Path:
    if model is None:
        if not (SHIPPED / "config.cfg").is_file():
            raise ModelError(
                f"The names model that ships with extractor is missing: no spaCy pipeline in {SHIPPED}. "
                "Install extractor again, or name an installed spaCy pipeline with --model."
            )
        return SHIPPED
    if (Path(model) / "config.cfg").is_file():
        return Path(model)
    try:
        metadata.distribution(model)
    except (metadata.PackageNotFoundError, ValueError):
        raise ModelError(
            f"There is no spaCy pipeline {model!r}: it is neither an installed package nor a folder with a config.cfg."
        ) from None
    return model
