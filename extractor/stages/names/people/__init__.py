"""People: who is named, with honorific, position and affiliation.

Rules, by what shows that a name is a person's:
  person.model        nothing but a model's word (see ``names``)
  person.field        a labelled field of the page that holds people
  person.honorific    "Ms Amina Diallo", "Mr Diallo"
  person.apposition   "Amina Diallo, Director of the Migration Agency"
  person.position     "the Minister of Labour, Amina Diallo"; "Prime Minister Amina Diallo"
  person.list         "Amina Diallo, IOM" in an agenda or a list of speakers; "Amina Diallo (IOM)"
  person.label        "Moderator: Amina Diallo"
  person.of           "Amina Diallo of the Migration Agency"
  person.speech       "said Amina Diallo", "Amina Diallo noted", "a lecture by Amina Diallo"

A line is read with what is known in it (``line_reading``): where names stand (``person_names``), what is said behind
and around them (``standings``: ``positions`` and ``affiliations``) and before them (``introductions``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from extractor.model import Field, Method, Span
from extractor.stages.names import patterns
from extractor.stages.names.body_names import OrganizationMention
from extractor.stages.names.people.introductions import Introduced, Introductions
from extractor.stages.names.people.line_reading import LineReading, Run
from extractor.stages.names.people.person_names import PersonName, PersonNames, name_starts
from extractor.stages.names.people.standings import Standing, Standings
from extractor.stages.names.words import Line, Reading, labels_of_values
from extractor.text import fold

PEOPLE_FIELDS = {"speakers": "speaker", "moderators": "moderator"}
_LABEL_WORDS = 4
# "… to Amina Diallo at adiallo@…", "Amina Diallo (adiallo@…)"
_ADDRESS = re.compile(
    r"[\s,:(–-]{1,3}(?:(?:at|on|via|en|al|a|à|sur|por|correo|e-?mail|courriel)\b:?\s)?[\w.+-]{2,40}@\w"
)
_CARD_WORDS = 6  # of the line below a name in which the noun of a position stands
_LEADING = frozenset({"moderated", "chaired", "modere", "moderado", "moderada", "facilitated", "moderee"})
_ITEM_ENDS = frozenset({",", ";", ".", "", "and", "&", "y", "et", "(", ")"})
_BETWEEN_PEOPLE = frozenset({",", ";", "and", "&", "y", "e", "et", ")"})


_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person as one passage names them."""

    span: Span
    name: str  # without honorific
    honorific: str | None
    position: str | None
    affiliation: Span | None
    rule: str
    method: Method = "rule"
    role: str = "mentioned"


def find_people(
    reading: Reading,
    fields: Sequence[Field],
    organizations: Sequence[OrganizationMention],
    models: Sequence[Span] = (),
) -> tuple[PersonMention, ...]:
    """The mentions of people in the order of the text. ``models``: passages that a model takes for names of people."""
    roles = _Placed((v.start, PEOPLE_FIELDS[f.name]) for f in fields if f.name in PEOPLE_FIELDS for v in f.values)
    bodies = _Placed((m.span.start, m) for m in organizations if m.rule != "org.enumeration")
    sentences = _Placed((start, start) for start, _ in reading.document.sentences)
    candidates = _Placed((span.start, span) for span in models)
    labels = labels_of_values(reading.document)
    found: list[PersonMention] = []
    card: _Card | None = None
    for line in reading.lines:
        starts = name_starts(line)
        if card is None and not starts:
            continue
        role = next(iter(roles.within(line)), None)
        known = LineReading(
            reading.document,
            line,
            bodies.within(line),
            sentences.within(line),
            candidates.within(line),
            in_field=role is not None,
        )
        label = labels.get(line.start)
        named = _position_label(reading.document.text[label.start : label.end]) if label is not None else None
        reader = _Reader(known, starts, role, named)
        name = reader.whole_name()
        if card is not None and name is None:
            card = _read_card(card, reader, found)
        found += reader.people()
        if name is not None:
            card = _Card(reader, name)
    return tuple(found)


def _position_label(label: str) -> str | None:
    """A label's text, if it is a position, and neither a part in an event nor in the making of the page."""
    text = " ".join(label.rstrip(": ").split())
    words = fold(text).split()
    ends = {words[0], words[-1]} if words else set()
    is_position = not ends.isdisjoint(patterns.POSITIONS) and ends.isdisjoint(patterns.LABELS_OF_PEOPLE)
    return text if is_position and len(words) <= _LABEL_WORDS else None


class _Placed(Generic[_Item]):
    """Items with where they start, in the order of the text."""

    def __init__(self, items: Iterable[tuple[int, _Item]]) -> None:
        placed = list(items)
        self._starts = [start for start, _ in placed]
        self._items = [item for _, item in placed]

    def within(self, line: Line) -> Sequence[_Item]:
        """Those that start in the line."""
        if not self._items:
            return ()
        return self._items[bisect_left(self._starts, line.start) : bisect_left(self._starts, line.end)]


@dataclass(frozen=True, slots=True)
class _Card:
    """A name alone on its line, as lists of speakers have it: the position and the body stand on the lines below."""

    reader: _Reader
    name: PersonName
    has_position: bool = False


def _read_card(card: _Card, below: _Reader, found: list[PersonMention]) -> _Card | None:
    """Adds to ``found`` what the line below says of the person; the card while it can still say more."""
    span = card.reader.span_of(card.name)
    known = found[-1] if found and found[-1].span == span else None
    standing = None if card.has_position else below.whole_standing()
    if standing is not None:
        if known is not None:
            found.pop()
        found.append(card.reader.mention_with(card.name, below, standing))
        return replace(card, has_position=True) if standing.affiliation is None else None
    body = below.whole_body() if known is not None else None
    if known is not None and body is not None:
        found[-1] = replace(known, affiliation=below.affiliation(body))
    return None


class _Reader:
    """One line, read for people: which of its names are theirs, by what rule, and in what role they are named."""

    def __init__(
        self, line: LineReading, starts: Sequence[int], field_role: str | None, position_label: str | None
    ) -> None:
        self.line = line
        self.words = line.words
        self.starts = starts
        self.field_role = field_role
        self.position_label = position_label  # the line's label, if it is a position: "Project manager: Omar Sy"
        self.names = PersonNames(line)
        self.standings = Standings(line, self.names)
        self.last_end: int | None = None  # of the person before, with position and affiliation
        self._fold = line.fold

    def people(self) -> list[PersonMention]:
        """The line's people; those whose position stands before their name are found first."""
        if not self.starts:
            return []
        found = [self._mention(name, standing, "person.position") for name, standing in self._introduced()]
        reached = 0
        for at in self.starts:
            name = self.names.name_at(at) if at >= reached and not self.line.used[at] else None
            if name is not None:
                mention = self._judge(name)
                if mention is not None:
                    found.append(mention)
                reached = name.end
        return sorted(found, key=lambda m: m.span.start)

    def _introduced(self) -> list[Introduced]:
        """The names that a position stands before."""
        if not self.line.position_nouns:
            return []
        return Introductions(self.line, self.names, self.standings).find(self.starts[-1])

    # --- whole lines: cards ----------------------------------------------------------------------------------------

    def whole_name(self) -> PersonName | None:
        """The name that is all of the line."""
        name = self.names.name_at(0) if self.words and len(self.words) < 9 else None
        if name is None or name.end != len(self.words) or name.end - name.start < 2 or self._is_a_city(name, ""):
            return None
        return name

    def whole_standing(self) -> Standing | None:
        """The position that opens a line which is no sentence."""
        if not self.words or not self.line.is_list:
            return None
        if not self.words[0].is_name and not any(w.fold in patterns.POSITIONS for w in self.words[:_CARD_WORDS]):
            return None
        return self.standings.standing_at(0, before_name=False)

    def whole_body(self) -> Run | None:
        """The body that is all of the line, but for its country or acronym."""
        return self.standings.affiliations.whole_line()

    def mention_with(self, name: PersonName, below: _Reader, standing: Standing) -> PersonMention:
        """The person of this line, with what the line below says."""
        mention = self._mention(name, None, "person.honorific" if name.honorific else "person.apposition")
        role = "speaker" if mention.role == "mentioned" else mention.role
        position, affiliation = below.position(standing.position), below.affiliation(standing.affiliation)
        return replace(mention, role=role, position=position, affiliation=affiliation)

    def span_of(self, name: PersonName) -> Span:
        """The name without its honorific."""
        return self.line.span(name.start, name.end)

    # --- names that are people's -----------------------------------------------------------------------------------

    def _judge(self, name: PersonName) -> PersonMention | None:
        """The mention, if anything shows that the name is a person's."""
        if name.honorific is None and name.end - name.start < 2:
            return None
        standing = self.standings.behind(name)
        shared = self.standings.shared(name)
        if standing is None and name.honorific is not None:
            standing = shared
        rule = self._rule(name, standing)
        if rule is None and shared is not None:
            standing, rule = shared, "person.list"
        if rule is None:
            standing = self.standings.of_body(name) or self.standings.owner_before(name)
            rule = "person.of" if standing is not None else self._rule_of_context(name)
        if rule is None or self.line.is_credit(name.first) or self._is_a_city(name, rule):
            return None
        if standing is None:
            standing = self.standings.in_any_words(name)
        self.last_end = max(name.end, standing.end if standing is not None else 0)
        if standing is None:
            standing = self.standings.beside(name)
        return self._mention(name, standing, rule)

    def _rule(self, name: PersonName, standing: Standing | None) -> str | None:
        """What shows it in the name or right beside it."""
        if name.honorific is not None:
            return "person.honorific"
        if standing is not None and standing.position is not None:
            return "person.apposition"
        if self.field_role is not None:
            return "person.field"
        if self._is_listed(name, standing):
            return "person.list"
        if self._is_labelled(name.first) or (self.position_label is not None and name.first == 0):
            return "person.label"
        return "person.speech" if self._speaks(name) else None

    def _rule_of_context(self, name: PersonName) -> str | None:
        """ "…, who runs …"; "a lecture by …"; an address behind the name; or a model's word."""
        if self._fold(name.end) == "," and self._fold(name.end + 1) in ("who", "qui", "quien"):
            return "person.speech"
        before = self._fold(name.first - 1)
        if before in ("by", "par", "por") and self._fold(name.first - 2) in patterns.PERSON_CUES:
            return "person.speech"
        if _ADDRESS.match(self.line.document.text, self.words[name.end - 1].end):
            return "person.label"
        return "person.model" if self.line.models.get(name.start) == name.end else None

    def _is_listed(self, name: PersonName, standing: Standing | None) -> bool:
        """With a body behind the name, or right behind another name."""
        if standing is None:
            return self._is_enumerated(name)
        behind = self._fold(standing.end)
        return self.line.is_list or self._fold(name.end) == "(" or behind in (",", ";", ".", "")

    def _is_enumerated(self, name: PersonName) -> bool:
        """One more name in a list of people: right behind the one before."""
        if self.last_end is None or not 0 < name.first - self.last_end <= 3:
            return False
        between = {self._fold(at) for at in range(self.last_end, name.first)}
        return between <= _BETWEEN_PEOPLE and self._fold(name.end) in _ITEM_ENDS

    def _is_a_city(self, name: PersonName, rule: str) -> bool:
        if name.honorific is not None or rule in ("person.apposition", "person.field"):
            return False
        return self.line.is_city(name.start, name.end)

    # --- labels and speech -----------------------------------------------------------------------------------------

    def _label_before(self, first: int) -> str | None:
        """The part in the event that a label before the name gives: "Moderator:", "Speaker(s) –"."""
        if self._fold(first - 1) not in (":", "-", "–"):
            return None
        at = first - 3 if self._fold(first - 2) in ("s", ")") else first - 2
        folded = self._fold(at)
        return folded if folded in patterns.ROLE_LABEL_WORDS else None

    def _is_labelled(self, first: int) -> bool:
        """By a label, or in words: "moderated by"."""
        return self._label_before(first) is not None or (
            self._fold(first - 1) in ("by", "par", "por") and self._fold(first - 2) in _LEADING
        )

    def _speaks(self, name: PersonName) -> bool:
        return self._fold(name.first - 1) in patterns.SPEECH_VERBS or self._fold(name.end) in patterns.SPEECH_VERBS

    # --- mentions --------------------------------------------------------------------------------------------------

    def _mention(self, name: PersonName, standing: Standing | None, rule: str) -> PersonMention:
        self.line.take(name.first, name.end)
        span = self.span_of(name)
        affiliation = standing.affiliation if standing is not None else None
        position = self.position(standing.position) if standing is not None else None
        if position is None and name.first == 0:
            position = self.position_label
        return PersonMention(
            span,
            " ".join(span.text.split()),
            name.honorific,
            position,
            self.affiliation(affiliation or self.standings.spoken_for(name)),
            "person.field" if self.field_role is not None else rule,
            "field" if self.field_role is not None else "model" if rule == "person.model" else "rule",
            self._role(name, rule),
        )

    def position(self, words: Run | None) -> str | None:
        """A position as printed."""
        return self.line.text(*words) if words is not None else None

    def affiliation(self, words: Run | None) -> Span | None:
        """An affiliation; its words are no names from here on."""
        if words is None:
            return None
        self.line.take(*words)
        return self.line.span(*words)

    def _role(self, name: PersonName, rule: str) -> str:
        """The part of the person in the page's event."""
        if self.field_role is not None:
            return self.field_role
        label = self._label_before(name.first)
        if label is not None:
            if label == "contact":
                return "mentioned"
            return "moderator" if label.startswith(("moder", "facilit", "chair")) else "speaker"
        if rule == "person.speech" or self._speaks(name):
            return "speaker"
        return "speaker" if self.line.is_list and rule in ("person.list", "person.apposition") else "mentioned"
