"""Line reading: a line as the rules for people read it, with the bodies, places and sentences known in it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor import gazetteer
from extractor.model import Document, Span
from extractor.stages.names import patterns
from extractor.stages.names.body_names import OrganizationMention
from extractor.stages.names.words import Line

Run = tuple[int, int]  # words of a line: the first, and the one behind the last

SEPARATORS = frozenset({",", "-", "–", "—", "|", ":", "(", "‐", "/"})
PHRASE_ENDS = frozenset({"", ",", ".", ";", ":", ")", "»", "”", "and", "et", "y", "e"})
LONGEST_PHRASE = 40  # words of a position with its affiliation
_ARTICLES = frozenset({"a", "an", "un", "une", "una"})
_DETERMINERS = patterns.DETERMINERS | _ARTICLES


class LineReading:
    """The words of one line, what is known of them, and which of them are already read as a person's.

    All positions are indices of words; ends are exclusive.
    """

    def __init__(
        self,
        document: Document,
        line: Line,
        organizations: Sequence[OrganizationMention],
        sentence_starts: Sequence[int],
        models: Sequence[Span],
        in_field: bool,
    ) -> None:
        self.document = document
        self.words = line.words
        self.position_nouns = line.with_trait("position")
        self.is_english = document.language == "en"
        self.bodies: dict[int, tuple[int, OrganizationMention]] = {}  # first word → (after the last, the body)
        for mention in organizations:
            at = line.word_at(mention.span.start)
            if at is not None:
                self.bodies[at] = (line.word_behind(mention.span.end), mention)
        # After the last word of a body → its first.
        self.body_ends = {end: at for at, (end, _) in self.bodies.items()}
        self.in_body = [False] * len(self.words)
        for at, (end, _) in self.bodies.items():
            self.in_body[at:end] = [True] * (end - at)
        # Countries and regions: first word → after the last.
        self.places = {at: end for at, (end, _) in line.places.items()}
        self.sentence_starts = {at for start in sentence_starts if (at := line.word_at(start)) is not None}
        self.is_list = self._looks_like_a_list(line, in_field)
        ends = {at: line.word_behind(s.end) for s in models if (at := line.word_at(s.start)) is not None}
        # What a model takes for names of people, and no rule for a body: first word → after the last.
        self.models = {at: end for at, end in ends.items() if not line.title_case and not any(self.in_body[at:end])}
        self.used = [False] * len(self.words)  # by a person already found: see ``take``

    def _looks_like_a_list(self, line: Line, in_field: bool) -> bool:
        """An agenda or speakers' line: no sentence."""
        if line.kind == "list_item" or in_field:
            return len(self.words) < 90
        if len(self.words) < 12 or (len(self.words) < 60 and self.words[-1].text not in ".!?"):
            return True
        return "|" in self.document.text[line.start : line.end]

    def take(self, start: int, end: int) -> None:
        """Marks words as a person's name or affiliation: no other name is read from them."""
        self.used[start:end] = [True] * (end - start)

    def span(self, start: int, end: int) -> Span:
        """The words as a passage of the document."""
        return self.document.span(self.words[start].start, self.words[end - 1].end)

    def text(self, start: int, end: int) -> str:
        """The words as printed, on one line."""
        return " ".join(self.document.text[self.words[start].start : self.words[end - 1].end].split())

    # --- one word ------------------------------------------------------------------------------------------------

    def fold(self, at: int) -> str:
        """The word folded; empty before and behind the line."""
        return self.words[at].fold if 0 <= at < len(self.words) else ""

    def is_name(self, at: int) -> bool:
        """Whether a word stands there that has a capital."""
        return at < len(self.words) and self.words[at].is_name

    def is_lower(self, at: int) -> bool:
        """Whether a word stands there that is in lower case."""
        return at < len(self.words) and self.words[at].shape == "lower"

    def is_function_word(self, at: int) -> bool:
        """UN and LAS are bodies, "un" and "las" articles."""
        word = self.words[at]
        return word.shape != "CAPS" and word.fold in patterns.FUNCTION_WORDS

    # --- several -------------------------------------------------------------------------------------------------

    def after_determiner(self, at: int) -> int:
        """Past the articles and the like."""
        while self.fold(at) in _DETERMINERS:
            if self.words[at].shape == "CAPS":
                break  # UN, LAS: bodies
            at += 1
        return at

    def after_article(self, at: int) -> int:
        """Past "a", "une", or else past determiners."""
        return at + 1 if self.fold(at) in _ARTICLES else self.after_determiner(at)

    def capitals_end(self, at: int) -> int:
        """Past the words with a capital."""
        while at < len(self.words) and self.words[at].is_name:
            at += 1
        return at

    def is_place(self, start: int, end: int) -> bool:
        """Whether the words are the name of a country or region, or open one."""
        return start in self.places and self.places[start] >= end

    def is_city(self, start: int, end: int) -> bool:
        """Whether the words are the name of a city."""
        return bool(gazetteer.cities_named(self.text(start, end)))

    def is_town(self, at: int) -> bool:
        """Whether a city is named by the word and those with a capital behind it."""
        return self.is_city(at, self.capitals_end(at + 1))

    def is_credit(self, first: int) -> bool:
        """Whether a photograph's credit is given: "Photo: IOM/Amina Diallo"."""
        for at in range(first - 1, max(0, first - 8) - 1, -1):
            if at + 1 in self.sentence_starts:
                return False
            if self.words[at].fold in patterns.PHOTO_WORDS:
                return True
        return False
