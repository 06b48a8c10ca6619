"""Person names: where the name of a person stands in a line, with its honorific, initials and particles."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.stages.names import patterns
from extractor.stages.names.people.line_reading import LineReading
from extractor.stages.names.traits import is_common
from extractor.stages.names.words import Line

_SHORTENED = frozenset({"st", "md", "mohd"})  # parts of names that are written with a full stop


@dataclass(frozen=True, slots=True)
class PersonName:
    """Words of a line that are written as the name of a person is."""

    start: int  # without honorific
    end: int
    honorific: str | None
    first: int  # with honorific


def name_starts(line: Line) -> list[int]:
    """Where names of people can start: at honorifics, and at words that a second one follows behind no more than two
    small words."""
    words = line.with_trait("person")
    if not words:
        return []
    follow = [*words[1:], len(line.words) + 3]
    return [
        first
        for first, second in zip(words, follow, strict=False)
        if second - first <= 3 or "honorific" in line.words[first].traits
    ]


class PersonNames:
    """The names that the words of one line can be."""

    def __init__(self, line: LineReading) -> None:
        self.line = line
        self.words = line.words
        self.language = line.document.language
        self._fold = line.fold

    def name_at(self, at: int) -> PersonName | None:
        """The name that starts there, or its honorific does."""
        if at >= len(self.words) or "person" not in self.words[at].traits:
            return None
        first = at
        honorific = None
        while at < len(self.words) and at - first < 8:
            title = self.honorific(at)
            if title is None:
                break
            honorific = honorific if honorific is not None and title == "H.E." else title
            at = self._skip_dot(at + 1)
            while self._fold(at) in ("excellency", "the") and self.honorific(at) is None:
                at += 1
        end = self.name_end(at, honorific is not None)
        if end is None:
            return None
        while honorific is None and end - at > 1 and self._only_leads(at):
            at = first = at + 1
        return PersonName(at, end, honorific, first)

    def _only_leads(self, at: int) -> bool:
        """Whether a capitalised word before a name opens the line or the sentence: "Welcome", "Dice"."""
        word = self._fold(at)
        spoken = at in self.line.sentence_starts and self.language != "en" and word in patterns.SPEECH_VERBS
        return word in patterns.LEAD_WORDS or spoken

    def honorific(self, at: int) -> str | None:
        """The honorific that the word is, as the record writes it."""
        if at >= len(self.words):
            return None
        word = self.words[at]
        title = patterns.HONORIFICS.get(word.fold)
        if title is None or not self._is_of_language(word.fold):
            return None
        if word.shape == "lower" and word.fold in patterns.HONORIFICS_CAPITALISED:
            return None
        if word.shape == "lower" and self._fold(at + 1) in patterns.POSITION_CONNECTORS:
            return None  # "embajador de Francia"
        return title

    def _is_of_language(self, honorific: str) -> bool:
        """Whether the page's language has the honorific: Pere and Don are first names elsewhere."""
        return patterns.HONORIFICS_OF_LANGUAGE.get(honorific, self.language) == self.language

    def _skip_dot(self, at: int) -> int:
        return at + 1 if self._fold(at) == "." else at

    def name_end(self, at: int, honorific: bool) -> int | None:
        """The end of a run of words that are written as names of people are."""
        start = at
        tokens = 0
        while at < len(self.words) and at - start < 8:
            if at > start and at in self.line.sentence_starts and not self._is_initial(at - 1):
                break
            if self._may_name(at, honorific):
                tokens += 1
                at += 1
            elif at > start and self._is_inside_a_name(at):
                at += 1
            else:
                break
        if tokens == 0 or tokens > 5:
            return None
        if not honorific and (tokens < 2 or self._is_plain_phrase(start, at)):
            return None
        return at

    def _is_inside_a_name(self, at: int) -> bool:
        """A particle, or a mark that belongs to a name: "Ana de la Cruz", "Desmond St. Hilaire", "Jean d'Alembert"."""
        word = self.words[at]
        if word.fold in patterns.PARTICLES:
            return self._particle_leads_on(at)
        of_saint = word.text == "." and self._fold(at - 1) in _SHORTENED
        return (of_saint or word.fold in ("d'", "'")) and self._may_name(at + 1, False)

    def _is_initial(self, at: int) -> bool:
        """Whether a full stop belongs to a name: "J.P. Fernandes", "St. Hilaire"."""
        text = self.words[at].text
        return (text.endswith(".") and len(text) > 1) or (text == "." and self._fold(at - 1) in _SHORTENED)

    def _particle_leads_on(self, at: int) -> bool:
        return self._may_name(at + 1, False) or (
            self._fold(at + 1) in patterns.PARTICLES and self._may_name(at + 2, False)
        )

    def _may_name(self, at: int, after_honorific: bool) -> bool:
        line = self.line
        if at >= len(self.words) or line.in_body[at] or line.used[at] or at in line.places:
            return False
        word = self.words[at]
        folded = word.fold
        if folded in patterns.ALSO_SURNAMES and word.shape == "Upper" and at > 0:
            before = self.words[at - 1]
            return before.is_name or before.fold in patterns.PARTICLES
        if "behind_honorific" not in word.traits:
            return False
        if len(word.text) == 2 and word.text[1] == ".":
            return folded != "m." or self.language != "fr"
        if folded in patterns.HONORIFICS and self._is_of_language(folded):
            return False
        if after_honorific and not (self.words[at - 1].is_name and is_common(folded, True)):
            return folded not in patterns.FUNCTION_WORDS
        return "person" in word.traits

    def _is_plain_phrase(self, start: int, end: int) -> bool:
        """Only acronyms and initials: no name."""
        words = self.words[start:end]
        return all((w.shape == "CAPS" and len(w.text) < 4) or w.text.endswith(".") for w in words)
