"""Names by a trained model: the spaCy pipeline that ships in ``extractor/models/ner``, or any installed one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from threadpoolctl import ThreadpoolController

from extractor.model import Document, Mention, MentionKind

if TYPE_CHECKING:
    from spacy.language import Language

    from extractor.stages.ner.inference import Inference

SHIPPED = Path(__file__).parent.parent.parent / "models" / "ner"
PASSAGE_CHARS = 8_000  # that the model reads at a time, so that it needs no memory in proportion to the page
LEXEMES_KEPT = 100_000  # words that spaCy keeps of all that it reads, some 75 MB, before it is loaded afresh

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


class Name(NamedTuple):
    """A name in a text: the model's label for it, and its bounds in code points."""

    label: str
    start: int
    end: int


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
        return _load(self.model).name

    def entities(self, document: Document) -> tuple[Mention, ...]:
        """The names in one document, in order.

        Documents do not share the model's batches, nor its products more than one thread: how matrices are cut up
        changes the last digits of their product, and a page's names must not depend on the pages beside it.
        """
        passages = [
            (start, end)
            for block in document.blocks
            if block.kind != "label"  # "Organizations:" names nothing
            for start, end in _pieces(document.text, block.start, block.end)
        ]
        found: list[Mention] = []
        with _threads().limit(limits=1, user_api="blas"):  # more threads are no faster on so small matrices
            for batch in _batches(passages):
                texts = [document.text[start:end] for start, end in batch]
                for (offset, _), names in zip(batch, _names(self.model, texts), strict=True):
                    for label, start, end in names:
                        kind = KINDS.get(label)
                        span = document.span(offset + start, offset + end)
                        if kind and span.text:
                            found.append(Mention(kind, span, "model", f"model.{kind}"))
        return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Bounds of pieces of ``text[start:end]`` of at most PASSAGE_CHARS, cut behind white space where there is some."""
    while end - start > PASSAGE_CHARS:
        cut = text.rfind(" ", start, start + PASSAGE_CHARS) + 1 or start + PASSAGE_CHARS
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _batches(passages: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Passages of PASSAGE_CHARS at most, all together."""
    batch: list[tuple[int, int]] = []
    size = 0
    for start, end in passages:
        if batch and size + end - start > PASSAGE_CHARS:
            yield batch
            batch, size = [], 0
        batch.append((start, end))
        size += end - start
    if batch:
        yield batch


def _names(model: str | None, texts: list[str]) -> Iterator[tuple[Name, ...]]:
    """The names of each text, by the model that ships or by another."""
    loaded = _load(model)
    if loaded.has_read_much():
        _load.cache_clear()
        loaded = _load(model)
    if loaded.inference:
        yield from loaded.inference.names(texts)
    else:
        for doc in loaded.nlp.pipe(texts):
            yield tuple(Name(entity.label_, entity.start_char, entity.end_char) for entity in doc.ents)


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A pipeline, and what works out its names faster, where it is the one that ships."""

    nlp: Language
    name: str  # and version; spaCy gathers them anew each time it is asked
    inference: Inference | None
    lexemes: int

    def has_read_much(self) -> bool:
        """Whether spaCy has met so many words, all of which it keeps, that they need memory."""
        return len(self.nlp.vocab) - self.lexemes > LEXEMES_KEPT


@lru_cache(maxsize=2)
def _load(model: str | None) -> _Loaded:
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
    inference = None
    if model is None:
        from extractor.stages.ner.inference import Inference  # here: it imports spaCy

        inference = Inference(nlp)
    name = f"{nlp.meta['lang']}_{nlp.meta['name']}@{nlp.meta['version']}"
    return _Loaded(nlp, name, inference, len(nlp.vocab))


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
