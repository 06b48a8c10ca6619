"""Names by the model: what ships, any other pipeline in its place, and what is said when there is none."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from extractor.model import Block, Document, Page
from extractor.stages import ner
from extractor.stages.ner import ModelError, Recognizer
from extractor.text import split_sentences


def page(*lines: str, kind: str = "paragraph") -> Document:
    text = "\n".join(lines)
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block("label" if line.endswith(":") else "paragraph", start, start + len(line)))
        start += len(line) + 1
    sentences = [s for b in blocks for s in split_sentences(text, b.start, b.end)]
    source = Page("page.txt", text, "text/plain", "utf-8", "", len(text))
    return Document(source, text, tuple(blocks), tuple(sentences), "en", "generic", None)


def names(document: Document, recognizer: Recognizer) -> list[tuple[str, str]]:
    return [(m.kind, m.span.text) for m in recognizer.entities(document)]


@pytest.fixture(scope="module")
def shipped() -> Recognizer:
    return Recognizer()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "The workshop was opened by Elnur Hasanov, Head of Division at the State Migration Service in Baku.",
            [("PERSON", "Elnur Hasanov"), ("ORG", "State Migration Service"), ("LOC", "Baku")],
        ),
        (
            "Mr Kwabena Osei-Bonsu of the Ministry of Labour and Employment thanked IOM and UNICEF.",
            [
                ("PERSON", "Kwabena Osei-Bonsu"),
                ("ORG", "Ministry of Labour and Employment"),
                ("ORG", "IOM"),
                ("ORG", "UNICEF"),
            ],
        ),
        (
            "Participants came from Kenya, Uganda and Ethiopia.",
            [("LOC", "Kenya"), ("LOC", "Uganda"), ("LOC", "Ethiopia")],
        ),
        (
            "Mme Aïssatou DIALLO a remercié l'OIM et le Ministère de l'Intérieur.",
            [("PERSON", "Aïssatou DIALLO"), ("ORG", "OIM"), ("ORG", "Ministère de l'Intérieur")],
        ),
        (
            "La Cancillería y la Dirección General de Migración se reunieron en Tegucigalpa.",
            [("ORG", "Cancillería"), ("ORG", "Dirección General de Migración"), ("LOC", "Tegucigalpa")],
        ),
        ("Registration opens at nine and tea is served at ten.", []),
    ],
)
def test_the_shipped_model_finds(shipped: Recognizer, line: str, expected: list[tuple[str, str]]) -> None:
    assert names(page(line), shipped) == expected


def test_offsets_are_the_documents_own(shipped: Recognizer) -> None:
    document = page("A short heading", "Later that day Ana Pereira spoke in Maputo.", "She thanked UNHCR.")
    mentions = shipped.entities(document)
    assert mentions
    for mention in mentions:
        assert document.text[mention.span.start : mention.span.end] == mention.span.text
        assert (mention.method, mention.rule) == ("model", f"model.{mention.kind}")


def test_labels_are_not_read(shipped: Recognizer) -> None:
    assert names(page("Ministry of Health of Kenya:"), shipped) == []


def test_a_document_without_text_has_no_names(shipped: Recognizer) -> None:
    assert shipped.entities(page("")) == ()


def test_a_worker_can_be_handed_the_recognizer(shipped: Recognizer) -> None:
    document = page("Mary Achieng spoke in Nairobi.")
    assert pickle.loads(pickle.dumps(shipped)).entities(document) == shipped.entities(document)


def test_importing_the_package_loads_no_spacy() -> None:
    code = "import sys, extractor, extractor.stages.ner; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture(scope="module")
def small_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Knows one word, and calls countries GPE as OntoNotes does."""
    nlp = spacy.blank("en")
    nlp.add_pipe("ner").add_label("GPE")
    text = "They met in Zubrowka yesterday ."
    example = Example.from_dict(nlp.make_doc(text), {"entities": [(12, 20, "GPE")]})
    optimizer = nlp.initialize(lambda: [example])
    for _ in range(30):
        nlp.update([example], sgd=optimizer)
    folder = tmp_path_factory.mktemp("pipeline")
    nlp.to_disk(folder)
    return folder


def test_another_pipeline_takes_the_models_place(small_pipeline: Path) -> None:
    assert names(page("They met in Zubrowka yesterday ."), Recognizer(str(small_pipeline))) == [("LOC", "Zubrowka")]


def test_a_pipeline_without_entities_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="finds no names"):
        Recognizer(str(tmp_path)).entities(page("Anything."))


def test_a_broken_pipeline_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("no config", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        Recognizer(str(tmp_path)).entities(page("Anything."))


@pytest.mark.parametrize("name", ["en_core_none_sm", "no/such/folder", ""])
def test_an_unknown_pipeline_is_named(name: str) -> None:
    with pytest.raises(ModelError, match="no spaCy pipeline"):
        Recognizer(name)


def test_without_the_shipped_model_the_error_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ner, "SHIPPED", tmp_path / "ner")
    with pytest.raises(ModelError, match=r"names model that ships.*is missing.*--model"):
        Recognizer()
