"""Corpora and annotated prose as examples: a text and its labelled character spans.

Every corpus is turned into running text first, because running text is what the model reads at run time; spaCy's
tokenizer then cuts it the way it will cut a page.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.util import compile_infix_regex

LABELS = ("PERSON", "ORG", "LOC", "EVENT", "DOC")

# What each corpus calls our labels. Types that are not listed (dates, products, nationalities, ...) are no names.
LABEL_MAPS: dict[str, dict[str, str]] = {
    "uner_ewt": {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"},
    "gum_open": {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "EVENT": "EVENT"},
    "wikigold": {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"},
    "crossner_politics": {
        "politician": "PERSON",
        "person": "PERSON",
        "organisation": "ORG",
        "politicalparty": "ORG",
        "country": "LOC",
        "location": "LOC",
        "event": "EVENT",
        "election": "EVENT",
    },
    "meantime": {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"},
    "re3d": {"Person": "PERSON", "Organisation": "ORG", "Location": "LOC", "DocumentReference": "DOC"},
    "wnut17": {"person": "PERSON", "group": "ORG", "corporation": "ORG", "location": "LOC"},
}
# These two mark whole noun phrases and pronouns; `_proper` cuts them down to the name inside.
NOUN_PHRASES = {"meantime", "re3d"}
# Their tokens split words at hyphens ("Minister - designate"), so the hyphen is glued again.
GLUED_HYPHENS = {"re3d", "wnut17"}

PROSE_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "EVENT": "EVENT", "DOC": "DOC"}
INLINE = re.compile(r"\[(PER|ORG|LOC|EVENT|DOC) ([^\[\]]+)\]")

CLOSING = ", . ; : ! ? ) ] } % 's ’s 're 've 'll 'd 'm n't '' ”"
OPENING = "( [ { $ £ € `` “ #"
LINKING = "of the and for in on to de la du des del y et al bin van von an with"
TITLED = (
    "minister president secretary senator general major colonel gen. lt. col. sgt. capt. ceo foreign prime chief "
    "executive officer deputy vice state of us u.s. uk fco defense russian iraqi syrian chairman director"
)
NO_SPACE_BEFORE = frozenset(CLOSING.split())
NO_SPACE_AFTER = frozenset(OPENING.split())
FUNCTION_WORDS = frozenset(LINKING.split())
TITLES = frozenset(TITLED.split())
PRONOUNS = frozenset({"we", "he", "she", "it", "they", "i"})


# French and Italian elision ("l'OIM", "d'Abidjan"), which English rules leave glued to the name.
ELISION = r"(?<=\b[dlnsjqcmDLNSJQCM])['’](?=[^\W\d_])"


@dataclass(frozen=True, slots=True)
class Example:
    """A text with non-overlapping `(start, end, label)` spans in order, in code points."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    source: str
    doc: str = ""
    lang: str = "en"


def add_elision(nlp: Language) -> Language:
    nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, ELISION]).finditer
    return nlp


def read_corpus(path: Path) -> list[Example]:
    """One example per sentence of a BIO corpus in JSON Lines, named like its file without the split."""
    source = path.name.split(".")[0]
    labels = LABEL_MAPS[source]
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        tokens: list[str] = row["tokens"]
        text, offsets = _place(tokens, row["text"]) if "text" in row else _join(tokens, source in GLUED_HYPHENS)
        spans = []
        for first, last, tag in bio_spans(row["tags"]):
            if tag not in labels:
                continue
            if source in NOUN_PHRASES:
                first, last = _proper(tokens, first, last, labels[tag])
                if first >= last:
                    continue
            spans.append((offsets[first][0], offsets[last - 1][1], labels[tag]))
        doc = row.get("doc") or f"{source}-{number}"
        examples.append(Example(text, tuple(spans), source, doc))
    return examples


def read_prose(path: Path) -> list[Example]:
    """One example per paragraph of our own annotated prose; the file's name starts with its language."""
    examples = []
    for number, block in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))):
        if block.strip():
            text, spans = parse_inline(block.strip())
            examples.append(Example(text, tuple(spans), "prose", f"{path.stem}-{number}", path.name[:2]))
    return examples


def parse_inline(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """`[PER Name]` notation to plain text and spans."""
    text, spans, at = "", [], 0
    for match in INLINE.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[2]), PROSE_LABELS[match[1]]))
        text += match[2]
        at = match.end()
    return text + marked[at:], spans


def bio_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """`(first, last + 1, type)` of every entity; an I- that continues nothing opens a new one."""
    start, kind = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag != f"I-{kind}":
            yield start, i, kind
            start = -1
        if tag != "O" and start < 0:
            start, kind = i, tag[2:]


def joined(examples: Iterable[Example], size: int, separator: str = " ") -> Iterator[Example]:
    """Up to `size` following sentences of one document as one example, since pages are not read by the sentence."""
    group: list[Example] = []
    for example in examples:
        if group and (example.doc != group[-1].doc or len(group) >= size):
            yield concatenate(group, separator)
            group = []
        group.append(example)
    if group:
        yield concatenate(group, separator)


def concatenate(group: Sequence[Example], separator: str) -> Example:
    text = ""
    spans: list[tuple[int, int, str]] = []
    for example in group:
        text += separator if text else ""
        spans += [(len(text) + start, len(text) + end, label) for start, end, label in example.spans]
        text += example.text
    return Example(text, tuple(spans), group[0].source, group[0].doc, group[0].lang)


def _place(tokens: Sequence[str], text: str) -> tuple[str, list[tuple[int, int]]]:
    offsets, at = [], 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0:
            return _join(tokens, False)
        at = start + len(token)
        offsets.append((start, at))
    return text, offsets


def _join(tokens: Sequence[str], glue_hyphens: bool) -> tuple[str, list[tuple[int, int]]]:
    """Natural spacing: punctuation clings to the word before, opening brackets and quotes to the word after."""
    text, offsets, open_quote, tight = "", [], False, True
    for token in tokens:
        closing = token in {'"', "'"} and open_quote
        hyphen = glue_hyphens and token == "-"
        if not (tight or closing or hyphen or token in NO_SPACE_BEFORE):
            text += " "
        offsets.append((len(text), len(text) + len(token)))
        text += token
        if token in {'"', "'"}:
            open_quote = not open_quote
        tight = token in NO_SPACE_AFTER or hyphen or (token in {'"', "'"} and open_quote)
    return text, offsets


def _proper(tokens: Sequence[str], first: int, last: int, label: str) -> tuple[int, int]:
    """The capitalised name in a noun phrase: up to the first lower-case content word, without article and title."""
    while first < last and (tokens[first].lower() in {"the", "a", "an"} or not tokens[first][0].isalnum()):
        first += 1
    if label == "PERSON":
        while first < last and tokens[first].lower() in TITLES:
            first += 1
    if (
        first >= last
        or not tokens[first][0].isupper()
        or tokens[first].lower() in {"we", "he", "she", "it", "they", "i"}
    ):
        return first, first
    end = first
    for i in range(first, last):
        if tokens[i][0].isupper() or tokens[i] in {"-", "&", "'s", "’", "s", "."}:
            end = i + 1
        elif tokens[i].lower() not in FUNCTION_WORDS:
            break
    while end > first and not tokens[end - 1][0].isalnum():
        end -= 1
    if end > first and tokens[end - 1] == "s":
        return first, first  # a possessive is left over: the name's own bounds are not known
    return first, end
