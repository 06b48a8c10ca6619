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
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypedDict, TypeVar

from extractor import gazetteer
from extractor.model import Field, Method, Span
from extractor.stages.names import patterns
from extractor.stages.names.body_names import OrganizationMention
from extractor.stages.names.traits import is_common
from extractor.stages.names.words import Line, Reading
from extractor.text import fold

PEOPLE_FIELDS = {"speakers": "speaker", "moderators": "moderator"}
_SEPARATORS = frozenset({",", "-", "–", "—", "|", ":", "(", "‐", "/"})
_LONGEST_PHRASE = 40  # words of a position with its affiliation
_GUESSES = frozenset({"org.cue", "org.list", "org.model"})
_PHRASE_ENDS = frozenset({"", ",", ".", ";", ":", ")", "»", "”", "and", "et", "y", "e"})
# What follows a name as often as a noun does, and is none: "working with", "arrivé de", "llegado de".
_PARTICIPLE = re.compile(r"(?:ed|ing|ee?s?|i|u|us|ues?|id[oa]s?|ad[oa]s?|ant|ando|endo)\Z")
_TRADE_ENDS = frozenset("from of in at who with de du d' des del en a au aux qui quien que".split())
_INSIDE_TITLES = frozenset(
    "of for and & the in de du des d' la le les l' au aux et y e del el los las para pour que sans sin".split()
)


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


@dataclass(frozen=True, slots=True)
class _Name:
    start: int  # words of the line, without honorific
    end: int
    honorific: str | None
    first: int  # with honorific


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a passage says of a person: words of the line."""

    position: tuple[int, int] | None
    affiliation: tuple[int, int] | None
    end: int


class _Stated(TypedDict):
    position: str | None
    affiliation: Span | None


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
    found: list[PersonMention] = []
    card: _Card | None = None
    for line in reading.lines:
        starts = _name_starts(line)
        if card is None and not starts:
            continue
        role = next(iter(roles.within(line)), None)
        reader = _Reader(
            reading, line, starts, bodies.within(line), sentences.within(line), candidates.within(line), role
        )
        name = reader.whole_name()
        if card is not None and name is None:
            card = _read_card(card, reader, found)
        found += reader.people()
        if name is not None:
            card = _Card(reader, name)
    return tuple(found)


def _name_starts(line: Line) -> list[int]:
    """Where names of people can start: at honorifics, and at words that a second one follows behind no more than two
    small words."""
    words = line.with_trait("person")
    follow = [*words[1:], len(line.words) + 3]
    return [
        first
        for first, second in zip(words, follow, strict=False)
        if second - first <= 3 or "honorific" in line.words[first].traits
    ]


class _Placed(Generic[_Item]):
    """Items with where they start, in the order of the text."""

    def __init__(self, items: Iterable[tuple[int, _Item]]) -> None:
        placed = list(items)
        self._starts = [start for start, _ in placed]
        self._items = [item for _, item in placed]

    def within(self, line: Line) -> Sequence[_Item]:
        """Those that start in the line."""
        return self._items[bisect_left(self._starts, line.start) : bisect_left(self._starts, line.end)]


@dataclass(frozen=True, slots=True)
class _Card:
    """A name alone on its line, as lists of speakers have it: the position and the body stand on the lines below."""

    reader: _Reader
    name: _Name
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
        stated = below.stated(_Standing(None, body, body[1]))
        found[-1] = replace(known, affiliation=stated["affiliation"])
    return None


class _Reader:
    """One line, read for people."""

    def __init__(
        self,
        reading: Reading,
        line: Line,
        name_starts: Sequence[int],
        organizations: Sequence[OrganizationMention],
        sentence_starts: Sequence[int],
        models: Sequence[Span],
        field_role: str | None,
    ) -> None:
        self.document = reading.document
        self.line = line
        self.words = line.words
        self.name_starts = name_starts
        self.field_role = field_role
        self.bodies: dict[int, tuple[int, OrganizationMention]] = {}
        for mention in organizations:
            at = line.word_at(mention.span.start)
            if at is not None:
                self.bodies[at] = (line.word_behind(mention.span.end), mention)
        self.places = {at: end for at, (end, _) in line.places.items()}
        self.in_body = [False] * len(self.words)
        for at, (end, _) in self.bodies.items():
            self.in_body[at:end] = [True] * (end - at)
        self.body_ends = {end: at for at, (end, _) in self.bodies.items()}
        self.sentence_starts = {at for start in sentence_starts if (at := line.word_at(start)) is not None}
        self.models = {at: line.word_behind(s.end) for s in models if (at := line.word_at(s.start)) is not None}
        self.is_list = self._looks_like_a_list()
        for at, end in list(self.models.items()):
            if any(self.in_body[at:end]) or line.title_case:
                del self.models[at]
        self.used = [False] * len(self.words)
        self.last_end: int | None = None  # of the person before, with position and affiliation

    def _looks_like_a_list(self) -> bool:
        """An agenda or speakers' line: no sentence."""
        if self.line.kind == "list_item" or self.field_role is not None:
            return len(self.words) < 90
        if len(self.words) < 12 or (len(self.words) < 60 and self.words[-1].text not in ".!?"):
            return True
        return "|" in self.document.text[self.line.start : self.line.end]

    # --- reading -------------------------------------------------------------------------------------------------

    def people(self) -> list[PersonMention]:
        found: list[PersonMention] = []
        for named, standing in self._after_positions():
            found.append(self._mention(named, standing, "person.position"))
        reached = 0
        for at in self.name_starts:
            name = self._name_at(at) if at >= reached and not self.used[at] else None
            if name is not None:
                mention = self._judge(name)
                if mention is not None:
                    found.append(mention)
                reached = name.end
        return sorted(found, key=lambda m: m.span.start)

    def whole_name(self) -> _Name | None:
        """The name that is all of the line."""
        name = self._name_at(0) if self.words and len(self.words) < 9 else None
        if name is None or name.end != len(self.words) or name.end - name.start < 2 or self._is_a_city(name, ""):
            return None
        return name

    def whole_standing(self) -> _Standing | None:
        """The position that opens a line which is no sentence."""
        if not self.words or not self.is_list:
            return None
        if not self.words[0].is_name and self.words[0].fold not in patterns.POSITIONS:
            return None
        return self._standing(0, before_name=False)

    def whole_body(self) -> tuple[int, int] | None:
        """The body that is all of the line, but for its country or acronym."""
        if 0 not in self.bodies:
            return None
        end = self._past_aside(self._chain(self.bodies[0][0]))
        return (0, self.bodies[0][0]) if end == len(self.words) else None

    def span_of(self, name: _Name) -> Span:
        return self.document.span(self.words[name.start].start, self.words[name.end - 1].end)

    def mention_with(self, name: _Name, below: _Reader, standing: _Standing) -> PersonMention:
        """The person of this line, with what the line below says."""
        mention = self._mention(name, None, "person.honorific" if name.honorific else "person.apposition")
        role = "speaker" if mention.role == "mentioned" else mention.role
        return replace(mention, role=role, **below.stated(standing))

    def stated(self, standing: _Standing) -> _Stated:
        position = self._text(*standing.position) if standing.position is not None else None
        affiliation = None
        if standing.affiliation is not None:
            start, end = standing.affiliation
            affiliation = self.document.span(self.words[start].start, self.words[end - 1].end)
            self.used[start:end] = [True] * (end - start)
        return {"position": position, "affiliation": affiliation}

    def _judge(self, name: _Name) -> PersonMention | None:
        standing = self._standing_after(name)
        shared = self._shared_standing(name)
        if standing is None and shared is not None and name.honorific is not None:
            standing = shared
        rule = None
        length = name.end - name.start
        if name.honorific is not None:
            rule = "person.honorific"
        elif length < 2:
            return None
        elif standing is not None and standing.position is not None:
            rule = "person.apposition"
        elif self.field_role is not None:
            rule = "person.field"
        elif self._is_listed(name, standing):
            rule = "person.list"
        elif self._is_labelled(name.first):
            rule = "person.label"
        elif self._speaks(name):
            rule = "person.speech"
        elif shared is not None:
            standing, rule = shared, "person.list"
        if rule is None:
            standing = self._standing_of(name) or self._owner_before(name.first)
            if standing is not None:
                rule = "person.of"
            elif self._is_person_by_context(name):
                rule = "person.speech"
            elif self.models.get(name.start) == name.end:
                rule = "person.model"
        if rule is None or self._is_credit(name.first) or self._is_a_city(name, rule):
            return None
        if standing is None:
            standing = self._trade(name) or self._apposition(name) or self._item(name)
        self.last_end = max(name.end, standing.end if standing is not None else 0)
        if standing is None:
            standing = self._standing_of(name) or self._bracketed_by(name)
        if standing is None and name.honorific is not None:
            standing = self._body_before(name.first)
        return self._mention(name, standing, rule)

    def _apposition(self, name: _Name) -> _Standing | None:
        """For who is known to be a person, any noun that leads to a body: "Mr Tudor, bosun of the Pilots' Union"."""
        start = at = self._after_article(name.end + 1)
        if self._fold(name.end) not in (",", "("):
            return None
        while at < len(self.words) and at - start < 5 and self.words[at].shape == "lower":
            folded = self.words[at].fold
            if folded in patterns.POSITION_CONNECTORS and at > start:
                body = self._body_at(at + 1)
                return replace(body, position=(start, at)) if body is not None else None
            if folded in patterns.FUNCTION_WORDS or folded in patterns.ACT_VERBS or folded in patterns.NOT_TRADES:
                return None
            if _PARTICIPLE.search(folded):
                return None
            at += 1
        return None

    def _item(self, name: _Name) -> _Standing | None:
        """The parts of an agenda's item, whatever their words: "Omar Sy, Dockmaster, Port of Dakar"."""
        start = name.end + 1
        if not self.is_list or self._fold(name.end) != "," or not self._is_name(start):
            return None
        end = self._proper_run(start)
        if self._fold(end) != "," or end - start > 6 or any(self.in_body[start:end]) or start in self.places:
            return None
        if self._name_end(start, False) is not None or self._is_town(start) or not self._is_no_aside(start, end):
            return None
        body = self._body_at(end + 1)
        affiliation = body.affiliation if body is not None else self._last_run(end)
        return _Standing((start, end), affiliation, affiliation[1]) if affiliation is not None else None

    def _bracketed_by(self, name: _Name) -> _Standing | None:
        """ "Kenya (Mr Omar Sy)", "Coast Agency (Mr Omar Sy)"."""
        before = name.first - 1
        if self._fold(before) != "(" or self._fold(name.end) != ")":
            return None
        start = self.body_ends.get(before)
        start = next((at for at, end in self.places.items() if end == before), None) if start is None else start
        return _Standing(None, (start, before), name.end) if start is not None else None

    def _standing_of(self, name: _Name) -> _Standing | None:
        """ "Amina Diallo of the Migration Agency", "Amina Diallo, from IOM", "Amina Diallo, who heads the Agency"."""
        at = name.end
        if self._fold(at) == ",":
            at += 1
            if self._fold(at) in ("who", "qui", "que", "quien") and self._fold(at + 1) in patterns.HEADING_VERBS:
                at += 1 if self._fold(at + 2) not in ("for", "at", "to") else 2
                return self._body_at(at + 1)
            if self._fold(at) == "for":
                standing = self._body_at(at + 1)
                return standing if standing is not None and self._fold(standing.end) in _PHRASE_ENDS else None
        if self._fold(at) not in ("of", "from", "de", "del", "du", "d'", "desde"):
            return None
        return self._body_at(at + 1)

    def _body_at(self, at: int) -> _Standing | None:
        at = at if at in self.bodies else self._after_determiner(at)
        if at not in self.bodies or self.bodies[at][1].rule == "org.unit":
            return None
        end = self._chain(self.bodies[at][0])
        return _Standing(None, (at, end), end)

    def _is_person_by_context(self, name: _Name) -> bool:
        """ "…, who runs …"; "a lecture by …"."""
        if self._fold(name.end) == "," and self._fold(name.end + 1) in ("who", "qui", "quien"):
            return True
        before = self._fold(name.first - 1)
        return before in ("by", "par", "por") and self._fold(name.first - 2) in patterns.PERSON_CUES

    def _shared_standing(self, name: _Name) -> _Standing | None:
        """For the first of "Amina Diallo and Kim Lund, co-chairs of …" what stands behind the second."""
        if self._fold(name.end) not in patterns.CONJUNCTIONS:
            return None
        other = self._name_at(name.end + 1)
        standing = self._standing_after(other) if other is not None else None
        if standing is None or standing.position is None:
            return None
        nouns = [w.fold for w in self.words[slice(*standing.position)] if w.fold in patterns.POSITIONS]
        plural = any(noun.endswith("s") for noun in nouns)
        return standing if plural else _Standing(None, None, name.end)

    def _is_listed(self, name: _Name, standing: _Standing | None) -> bool:
        """With a body behind the name, or right behind another name."""
        if standing is None:
            return self._is_enumerated(name)
        behind = self._fold(standing.end)
        return self.is_list or self._fold(name.end) == "(" or behind in (",", ";", ".", "")

    def _is_enumerated(self, name: _Name) -> bool:
        """One more name in a list of people: right behind the one before."""
        if self.last_end is None or name.first <= self.last_end:
            return False
        between = {self._fold(at) for at in range(self.last_end, name.first)}
        return (
            name.first - self.last_end <= 3
            and between <= {",", ";", "and", "&", "y", "e", "et", ")"}
            and self._ends_here(name)
        )

    def _ends_here(self, name: _Name) -> bool:
        return self._fold(name.end) in (",", ";", ".", "", "and", "&", "y", "et", "(", ")")

    def _is_a_city(self, name: _Name, rule: str) -> bool:
        if name.honorific is not None or rule in ("person.apposition", "person.field"):
            return False
        return bool(gazetteer.cities_named(self._text(name.start, name.end)))

    def _mention(self, name: _Name, standing: _Standing | None, rule: str) -> PersonMention:
        self.used[name.first : name.end] = [True] * (name.end - name.first)
        stated = self.stated(standing) if standing is not None else _Stated(position=None, affiliation=None)
        span = self.span_of(name)
        return PersonMention(
            span,
            " ".join(span.text.split()),
            name.honorific,
            stated["position"],
            stated["affiliation"],
            "person.field" if self.field_role is not None else rule,
            "field" if self.field_role is not None else "model" if rule == "person.model" else "rule",
            self._role(name, rule),
        )

    def _role(self, name: _Name, rule: str) -> str:
        if self.field_role is not None:
            return self.field_role
        label = self._label_before(name.first)
        if label is not None:
            if label == "contact":
                return "mentioned"
            return "moderator" if label.startswith(("moder", "facilit", "chair")) else "speaker"
        if rule == "person.speech" or self._speaks(name):
            return "speaker"
        return "speaker" if self.is_list and rule in ("person.list", "person.apposition") else "mentioned"

    # --- names ---------------------------------------------------------------------------------------------------

    def _name_at(self, at: int) -> _Name | None:
        if at >= len(self.words) or "person" not in self.words[at].traits:
            return None
        first = at
        honorific = None
        while at < len(self.words) and at - first < 8:
            title = self._honorific(at)
            if title is None:
                break
            honorific = honorific if honorific is not None and title == "H.E." else title
            at = self._skip_dot(at + 1)
            while self._fold(at) in ("excellency", "the") and self._honorific(at) is None:
                at += 1
        end = self._name_end(at, honorific is not None)
        if end is None:
            return None
        while honorific is None and end - at > 1 and self._only_leads(at):
            at = first = at + 1
        return _Name(at, end, honorific, first)

    def _only_leads(self, at: int) -> bool:
        """Whether a capitalised word before a name opens the line or the sentence: "Welcome", "Dice"."""
        word = self._fold(at)
        spoken = at in self.sentence_starts and self.document.language != "en" and word in patterns.SPEECH_VERBS
        return word in patterns.LEAD_WORDS or spoken

    def _honorific(self, at: int) -> str | None:
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
        return patterns.HONORIFICS_OF_LANGUAGE.get(honorific, self.document.language) == self.document.language

    def _skip_dot(self, at: int) -> int:
        return at + 1 if self._fold(at) == "." else at

    def _name_end(self, at: int, honorific: bool) -> int | None:
        """The end of a run of words that are written as names of people are."""
        start = at
        tokens = 0
        while at < len(self.words) and at - start < 8:
            if at > start and at in self.sentence_starts and not self._is_initial(at - 1):
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
        of_saint = word.text == "." and self._fold(at - 1) == "st"
        return (of_saint or word.fold in ("d'", "'")) and self._may_name(at + 1, False)

    def _is_initial(self, at: int) -> bool:
        """Whether a full stop belongs to a name: "J.P. Fernandes", "St. Hilaire"."""
        text = self.words[at].text
        return (text.endswith(".") and len(text) > 1) or (text == "." and self._fold(at - 1) == "st")

    def _particle_leads_on(self, at: int) -> bool:
        return self._may_name(at + 1, False) or (
            self._fold(at + 1) in patterns.PARTICLES and self._may_name(at + 2, False)
        )

    def _may_name(self, at: int, after_honorific: bool) -> bool:
        if at >= len(self.words) or self.in_body[at] or self.used[at] or at in self.places:
            return False
        word = self.words[at]
        folded = word.fold
        if folded in patterns.ALSO_SURNAMES and word.shape == "Upper" and at > 0:
            before = self.words[at - 1]
            return before.is_name or before.fold in patterns.PARTICLES
        if "behind_honorific" not in word.traits:
            return False
        if len(word.text) == 2 and word.text[1] == ".":
            return folded != "m." or self.document.language != "fr"
        if folded in patterns.HONORIFICS and self._is_of_language(folded):
            return False
        if after_honorific and not (self.words[at - 1].is_name and is_common(folded, True)):
            return folded not in patterns.FUNCTION_WORDS
        return "person" in word.traits

    def _is_plain_phrase(self, start: int, end: int) -> bool:
        """Only acronyms and initials: no name."""
        words = self.words[start:end]
        return all((w.shape == "CAPS" and len(w.text) < 4) or w.text.endswith(".") for w in words)

    # --- what stands behind a name ---------------------------------------------------------------------------------

    def _standing_after(self, name: _Name) -> _Standing | None:
        at = name.end
        separator = self._fold(at)
        if separator in _SEPARATORS:
            while self._fold(at) in _SEPARATORS:
                at += 1
        elif name.honorific is None or not (at < len(self.words) and self.words[at].is_name):
            return None
        if at in self.sentence_starts and separator not in _SEPARATORS:
            return None
        standing = self._standing(at, before_name=False)
        if standing is not None:
            return standing
        if separator in (",", "(", "-", "–", "—", "|", "‐", "/"):
            return self._affiliation_only(name, at, separator)
        return None

    def _trade(self, name: _Name) -> _Standing | None:
        """For who is known to be a person, a trade that no list has, by its ending: "(choreographer)", ", couturière
        à Thiès", ", a retired midwife"."""
        at, separator = name.end + 1, self._fold(name.end)
        if separator not in (",", "("):
            return None
        start = self._after_article(at)
        told = start > at or separator == "(" or self.document.language != "en"
        end = start
        while end < len(self.words) and end - start < 4 and self.words[end].shape == "lower":
            if self.words[end].fold in patterns.FUNCTION_WORDS or self.words[end].fold in patterns.ACT_VERBS:
                break
            end += 1
        if self.document.language != "en":
            heads = [k for k in range(start, min(end, start + 2)) if patterns.is_trade(self._fold(k))]
        else:
            heads = [end - 1] if end > start and patterns.is_trade(self._fold(end - 1)) else []
            told = told or (end - start > 1 and self._fold(end) in _PHRASE_ENDS)
        if not heads or not told or not (self._fold(end) in _PHRASE_ENDS or self._fold(end) in _TRADE_ENDS):
            return None
        end, affiliation = self._rest_of_position(heads[0], before_name=False)
        if affiliation is None and self._fold(end) == ",":
            affiliation = self._affiliation_behind(end)
        return _Standing((start, end), affiliation, max(end, affiliation[1] if affiliation else end))

    def _after_article(self, at: int) -> int:
        return at + 1 if self._fold(at) in ("a", "an", "un", "une", "una") else self._after_determiner(at)

    def _affiliation_only(self, name: _Name, at: int, separator: str) -> _Standing | None:
        """ "Amina Diallo, IOM", "Amina Diallo (IOM)"."""
        at = self._after_determiner(at)
        if at in self.bodies:
            end = self._chain(self.bodies[at][0])
            if separator == "(" and self._fold(self._past_aside(end)) != ")":
                return None
            return _Standing(None, (at, end), end)
        if separator == "(" and at in self.places and name.honorific is not None and self._fold(self.places[at]) == ")":
            return _Standing(None, (at, self.places[at]), self.places[at])
        if separator == "(" and self._is_name(at):
            closed = self._bracket_end(at)
            return _Standing(None, (at, closed), closed) if closed is not None else None
        if self.is_list and separator in _SEPARATORS - {":", "/"} and at < len(self.words) and self.words[at].is_name:
            end = self._proper_run(at)
            ends_item = self._fold(end) in ("", ")", "|", ";") and self._fold(self._name_end(at, False) or end) not in (
                patterns.CONJUNCTIONS
            )
            if ends_item and not self._is_place(at, end) and self._name_end(at, False) != end:
                return _Standing(None, (at, end), end)
        return None

    def _proper_run(self, at: int) -> int:
        """Past a capitalised phrase with the small words inside it."""
        while at < len(self.words) and (self.words[at].is_name or self._fold(at) in _INSIDE_TITLES):
            at += 1
        while not self.words[at - 1].is_name:
            at -= 1
        return at

    def _bracket_end(self, at: int) -> int | None:
        """The end of the body that opens a bracket and fills it, but for its country."""
        end = self._phrase_end(at)
        if self._fold(self._past_aside(end)) != ")" or at in self.places:
            return None
        if gazetteer.cities_named(self._text(at, end)):
            return None
        return end if self._is_no_aside(at, end) else None

    def _phrase_end(self, at: int) -> int:
        """Past a phrase that can be a name in any language: "Musée national de l'histoire de la mer"."""
        end = at
        while end < len(self.words) and end - at < 10:
            word = self.words[end]
            linked = end > at and (word.fold in _INSIDE_TITLES or self._fold(end - 1) in _INSIDE_TITLES)
            adjective = end > at and patterns.is_adjective(word.fold)
            if word.shape in ("mark", "digit") and word.text not in "&'’" and word.fold != "'s":
                break
            if not (word.is_name or linked or adjective or word.shape == "mark") or self._honorific(end) is not None:
                break
            end += 1
        return end

    def _is_no_aside(self, start: int, end: int) -> bool:
        """Whether capitals in brackets can name a body: "(Orange Bridge)", but neither "(MP)" nor "(Online)"."""
        if end == start + 1 and self.words[start].shape == "CAPS":
            return self.words[start].text not in patterns.DECOY_ACRONYMS and len(self.words[start].text) > 2
        plain = patterns.NAME_BLOCKERS | patterns.NAME_SUFFIXES | patterns.ASIDES
        return not all(word.fold in plain for word in self.words[start:end])

    def _past_aside(self, at: int) -> int:
        """Past the country or the acronym behind a body: "(Morocco)", ", Kenya", "(RMDC)"."""
        if self._fold(at) == "(" and self._fold(self.places.get(at + 1, at + 2)) == ")":
            return self.places.get(at + 1, at + 2) + 1
        if self._fold(at) == "," and at + 1 in self.places:
            return self.places[at + 1]
        return at

    def _is_place(self, start: int, end: int) -> bool:
        return start in self.places and self.places[start] >= end

    def _standing(self, at: int, before_name: bool) -> _Standing | None:
        """A position, and the body that it is held in, from ``at`` on."""
        start = self._after_determiner(at)
        while self._fold(start) in patterns.POSITION_FILLERS:
            start += 1
        head = self._position_word(start)
        if head is None or self._fold(start) in patterns.CONJUNCTIONS:
            return None
        affiliation: tuple[int, int] | None = None
        begin = start
        if start in self.bodies and self.bodies[start][0] <= head and not self._is_united_nations(start):
            affiliation = (start, self.bodies[start][0])
            begin = self.bodies[start][0]
        elif start in self.places and self.places[start] <= head:
            affiliation = (start, self.places[start])
            begin = self.places[start]
        elif self.words[head].fold in patterns.COMPANY_POSITIONS and head > start and self.words[start].is_name:
            owner = self._owner(start, head)
            if owner > start:
                affiliation, begin = (start, owner), owner
        while self._fold(begin) in ("'s", "’", "'"):
            begin += 1
        end, found = self._rest_of_position(head, before_name)
        affiliation = affiliation or found
        last = max(end, found[1] if found else end)
        if not before_name and (affiliation is None or (found is None and start in self.places)):
            affiliation = self._affiliation_behind(last) or affiliation
            last = max(last, affiliation[1] if affiliation else last)
        if affiliation is not None and found is not None and affiliation[0] in self.places and found[0] in self.bodies:
            affiliation = found  # "Kenya Country Director of the Coast Agency"
        if not before_name and self._is_of_a_state(begin, end, affiliation) and self._fold(last) == ",":
            country = self.places.get(last + 1)
            if country is not None and self._fold(country) in _PHRASE_ENDS:
                affiliation, last = (last + 1, country), country
        if affiliation is not None and not before_name and self.is_list and self._is_part(affiliation[1]):
            affiliation = self._whole_behind(affiliation) or affiliation
        return _Standing((begin, end), affiliation, last)

    def _is_of_a_state(self, begin: int, end: int, affiliation: tuple[int, int] | None) -> bool:
        """Whether a position is held for a country: a minister's, or a representative's to a body."""
        nouns = {word.fold for word in self.words[begin:end]}
        if affiliation is not None:
            return affiliation[1] == end and not nouns.isdisjoint(patterns.REPRESENTING_POSITIONS)
        return not nouns.isdisjoint(patterns.STATE_POSITIONS)

    def _owner(self, start: int, head: int) -> int:
        """The words before "CEO" that name its company: all but the adjectives of the position."""
        end = head
        while end > start and self.words[end - 1].fold in (
            "deputy",
            "founder",
            "founding",
            "vice",
            "former",
            "&",
            "and",
        ):
            end -= 1
        return end if all(w.is_name for w in self.words[start:end]) else start

    def _position_word(self, start: int) -> int | None:
        """The first noun of a position among the words at ``start`` that only qualify it."""
        at = start
        while at < min(len(self.words), start + 9):
            word = self.words[at]
            if at in self.bodies and at == start:
                at = self.bodies[at][0]
                if self._fold(at) in ("'s", "’"):
                    at += 1
                if self._fold(at) in patterns.POSITIONS or (self.words[at : at + 1] and self.words[at].shape != "mark"):
                    continue
                return None
            if word.fold in patterns.POSITIONS:
                return at
            if at > start and at in self.sentence_starts:
                return None
            if word.shape == "mark" and word.text not in "&-/":
                return None
            if self._is_function_word(at) and word.fold not in ("and", "y", "et"):
                return None
            if (word.fold in patterns.HEAD_KINDS and not word.is_name) or word.shape == "digit":
                return None
            at += 1
        return None

    def _is_united_nations(self, at: int) -> bool:
        body = self.bodies[at][1].body
        return body is not None and body.id in ("un", "eu", "au")

    def _rest_of_position(self, head: int, before_name: bool) -> tuple[int, tuple[int, int] | None]:
        """Where the position ends whose noun stands at ``head``, and the body that it names."""
        at = head + 1
        affiliation: tuple[int, int] | None = None
        represents = self.words[head].fold in patterns.REPRESENTING_POSITIONS
        limit = min(len(self.words), head + _LONGEST_PHRASE)
        while at < limit:
            if at in self.sentence_starts:
                break
            word = self.words[at]
            if at in self.bodies and self.bodies[at][1].rule != "org.unit":
                if word.fold == "mission" and self._fold(at - 1) == "of":
                    at += 1
                    continue
                affiliation = affiliation or (at, self._chain(self.bodies[at][0]))
                break
            if word.fold in patterns.POSITIONS:
                represents = represents or word.fold in patterns.REPRESENTING_POSITIONS
                at += 1
            elif word.fold in patterns.POSITION_CONNECTORS:
                step = self._connected(at, represents, before_name)
                if step is None:
                    break
                at, found = step
                affiliation = affiliation or found
                if found is not None and not (represents and at > found[0]):
                    break
            elif word.fold in ("and", "&", "y", "e", "et") or (word.text in "–-/‐" and not before_name):
                if not self._position_goes_on(at + 1):
                    break
                at += 1
            elif word.text == "," and not before_name and self._fold(at + 1) in ("and", "&"):
                if not self._ends_with_position(at + 2):
                    break
                at += 2
            elif word.text == "," and not before_name and self._topic_behind(at) is not None:
                at = self._topic_behind(at) or at
            elif self._qualifies(at, before_name):
                at += 1
            else:
                break
        return at, affiliation

    def _qualifies(self, at: int, before_name: bool) -> bool:
        """Whether a word behind the noun of a position belongs to it: "Director Immigration", "directora general"."""
        word = self.words[at]
        if word.is_name:
            return word.fold in patterns.TOPICS or (not before_name and self._may_qualify(at))
        return word.shape == "lower" and self._lower_goes_on(at)

    def _topic_behind(self, comma: int) -> int | None:
        """The end of a topic that a comma joins to a position and that leads to the body it is held in:
        "Director, Home Affairs, Council of …", "chef de la division Migration, environnement et climat à l'OIM"."""
        at = comma + 1
        while (
            at < len(self.words)
            and at - comma < 9
            and (
                (self.words[at].shape != "mark" and patterns.is_topic(self._fold(at)))
                or (at > comma + 1 and self._fold(at) in patterns.CONJUNCTIONS)
                or (at > comma + 1 and self.words[at].shape == "lower" and patterns.is_adjective(self._fold(at)))
            )
        ):
            if at in self.bodies:
                return None
            at += 1
        if at == comma + 1:
            return None
        if {self._fold(k) for k in range(comma + 1, at)} & patterns.CONJUNCTIONS:
            return at  # "Minister of Labour, Health and Interior"
        behind = at + 1
        if self._fold(at) not in (",", "of", "at", "a", "de", "du", "del", "en"):
            return None
        return at if behind in self.bodies or self._after_determiner(behind) in self.bodies else None

    def _may_qualify(self, at: int) -> bool:
        return self._honorific(at) is None and at not in self.places

    def _lower_goes_on(self, at: int) -> bool:
        word = self.words[at]
        if (
            word.fold in patterns.FUNCTION_WORDS
            or word.fold in patterns.ACT_VERBS
            or word.fold in patterns.SPEECH_VERBS
        ):
            return False
        return patterns.is_adjective(word.fold) and self.document.language != "en"

    def _position_goes_on(self, at: int) -> bool:
        """Whether "and" joins a second position or a further topic."""
        at = self._after_determiner(at)
        if at >= len(self.words) or at in self.bodies or self._honorific(at) is not None:
            return False
        word = self.words[at]
        if word.fold in patterns.TOPICS and (word.is_name or self.document.language != "en"):
            return True
        if self.document.language != "en" and word.is_name and self._leads_to_a_body(at):
            return True
        if not word.is_name:
            return word.fold in patterns.POSITIONS and self.document.language != "en"
        return self._position_word(at) is not None

    def _leads_to_a_body(self, at: int) -> bool:
        """Whether capitalised words run up to "de" and a body: "… y Liaisons de l'OIM"."""
        while at < len(self.words) and self.words[at].is_name and at not in self.bodies:
            at += 1
        if self._fold(at) not in ("de", "del", "du", "des", "d'", "a"):
            return False
        at += 1
        return at in self.bodies or self._after_determiner(at) in self.bodies

    def _ends_with_position(self, at: int) -> bool:
        head = self._position_word(at)
        return head is not None and self._fold(head + 1) in (".", "", ",", ";", ":")

    def _connected(
        self, connector: int, represents: bool, before_name: bool
    ) -> tuple[int, tuple[int, int] | None] | None:
        """Past "of …" behind the noun of a position: (the word after the position, the body or country found)."""
        at = connector + 1
        if at not in self.bodies and at not in self.places:
            at = self._after_determiner(at)
        if at >= len(self.words):
            return None
        if self._fold(connector) in ("of", "de") and self._fold(at) == "mission" and not self._is_body_head(at):
            return at + 1, None
        if at in self.bodies:
            end = self.bodies[at][0]
            if self._fold(connector - 1) in ("chief", "head", "jefe", "jefa", "chef", "cheffe") and any(
                w.fold in ("mission", "mision") for w in self.words[at:end]
            ):
                return end, (at, end)  # "Chief of IOM Mission to Kenya": Chief of Mission
            if self._fold(connector) in ("to", "a") and self._fold(end) != "" and self._position_follows(end):
                return self._past_positions(end), (at, end)
            if represents and self._fold(connector) in ("to", "ante", "aupres", "a"):
                return end, (at, end)
            whole = self._owned_body(end)
            return connector, (at, self._chain(end)) if whole is None else whole
        if at in self.places:
            end = self.places[at]
            return (end if represents else connector), (at, end)
        if self._fold(connector) in ("at", "in", "a", "en") and self.words[at].is_name and self._is_town(at):
            return None
        body = self._body_held_in(connector, at)
        if body is not None:
            return connector, body
        word = self.words[at]
        if before_name and word.is_name:
            return self._topics_end(at), None
        if word.is_name and self._honorific(at) is None:
            company = self.words[connector - 1].fold in patterns.COMPANY_POSITIONS
            if company and word.fold not in patterns.TOPICS and word.fold not in patterns.NAME_BLOCKERS:
                end = self._proper_end(at)
                return connector, (at, end)
            return self._capital_topic(at), None
        if word.shape == "lower" and word.fold not in patterns.FUNCTION_WORDS:
            return self._lower_topic(at), None
        return None

    def _owned_body(self, at: int) -> tuple[int, int] | None:
        """The part behind its owner: "the Coast Agency's Return Unit"."""
        if self._fold(at) not in ("'s", "’", "'") or not self._is_name(at + 1):
            return None
        if at + 1 in self.bodies:
            return at + 1, self.bodies[at + 1][0]
        end = at + 1
        while self._is_name(end) and not self.in_body[end]:
            end += 1
        nouns = patterns.HEAD_KINDS.keys() | patterns.WEAK_HEADS
        return (at + 1, end) if end > at + 2 and self._fold(end - 1) in nouns else None

    def _body_held_in(self, connector: int, at: int) -> tuple[int, int] | None:
        """A body that only its place behind a position shows: "fondateur de l'entreprise Bois Clair", "editor at
        Fjordtid", "Deputy Director of the RMDC", "porte-parole du Collectif"."""
        word = self.words[at]
        is_noun = word.fold in patterns.BODY_NOUNS or word.fold in patterns.HEAD_KINDS
        if is_noun and word.shape == "lower":
            if at + 1 in self.bodies and self.bodies[at + 1][1].rule not in _GUESSES:
                return at, max(self.bodies[at + 1][0], self._title_end(at + 1))
            if self._is_name(at + 1) and self._honorific(at + 1) is None and not patterns.is_topic(self._fold(at + 1)):
                return at, self._title_end(at + 1)
            definite = self._fold(connector) in ("du", "del", "au", "al") or at > connector + 1
            if definite and self._fold(at + 1) in _PHRASE_ENDS and word.fold not in patterns.SUBUNIT_HEADS:
                return at, at + 1
            return self._body_in_small(at)
        if word.shape == "CAPS" and len(word.text) > 2 and word.text.isalpha():
            decoy = word.text in patterns.DECOY_ACRONYMS or self._name_at(at) is not None
            return None if decoy or word.fold in patterns.POSITIONS else (at, at + 1)
        if not word.is_name or self._honorific(at) is not None or word.fold in patterns.CALENDAR:
            return None
        owned = self._owned_body(at + 1)
        if owned is not None and is_noun:
            return owned
        linked = self._fold(connector)
        definite = at > connector + 1 or linked in ("du", "del", "au", "al")
        if is_noun and definite and self._fold(at + 1) in _PHRASE_ENDS:
            return at, at + 1
        if (
            linked in ("at", "with", "chez", "a", "au", "aux")
            and not patterns.is_topic(word.fold)
            and not self._is_town(at)
        ):
            return at, self._title_end(at)
        return None

    def _body_in_small(self, at: int) -> tuple[int, int] | None:
        """A French or Spanish body that only its town has a capital of: "tribunal de première instance de Thiès"."""
        end = at + 1
        if self.document.language == "en" or self._fold(end) not in patterns.CONNECTORS:
            return None
        if self.words[at].fold in patterns.SUBUNIT_HEADS:
            return None
        while end < len(self.words) and end - at < 9 and self.words[end].shape == "lower":
            if self._fold(end) in patterns.ACT_VERBS or self._fold(end) in patterns.SPEECH_VERBS:
                return None
            end += 1
        in_town = self._is_name(end) and self._fold(end - 1) in ("de", "d'", "a", "en")
        return (at, self._title_end(end)) if in_town and self._honorific(end) is None else None

    def _is_town(self, at: int) -> bool:
        end = at + 1
        while end < len(self.words) and self.words[end].is_name:
            end += 1
        return bool(gazetteer.cities_named(self._text(at, end)))

    def _title_end(self, at: int) -> int:
        """Past a name in capitals, with the small words and the adjectives inside it: "Puentes que Unen"."""
        start = at
        while at < len(self.words) and at - start < 10 and at not in self.sentence_starts - {start}:
            word = self.words[at]
            adjective = word.shape == "lower" and self.document.language != "en" and patterns.is_adjective(word.fold)
            linked = word.fold in _INSIDE_TITLES - {"y", "e", "et", "and"} and self._leads_to_a_name(at)
            if not (word.is_name or linked or (adjective and at > start)) or self._honorific(at) is not None:
                break
            at += 1
        return at

    def _leads_to_a_name(self, at: int) -> bool:
        """Whether no more than two small words part this one from a capitalised one that is no place."""
        for behind in range(at + 1, at + 3):
            if self._is_name(behind):
                return behind not in self.places
            if self._fold(behind) not in _INSIDE_TITLES:
                return False
        return False

    def _is_body_head(self, at: int) -> bool:
        return at in self.bodies and self.bodies[at][0] > at + 1 and self._fold(at + 1) not in ("for", "of", "in")

    def _position_follows(self, at: int) -> bool:
        return self._position_word(at) == at or (
            at + 1 < len(self.words) and self.words[at].is_name and self._position_word(at) == at + 1
        )

    def _past_positions(self, at: int) -> int:
        while at < len(self.words) and (self.words[at].is_name or self._fold(at) in patterns.POSITIONS):
            at += 1
        return at

    def _topics_end(self, at: int) -> int:
        """Past the topic of a position that a name follows at once: "Minister of Labour | Florence Bore"."""
        end = at + 1
        while end < len(self.words) and self._fold(end) in patterns.TOPICS and self.words[end].shape != "mark":
            end += 1
        run = at
        while run < len(self.words) and self.words[run].is_name and run not in self.bodies:
            run += 1
        return run if self._fold(run) == "," else end

    def _capital_topic(self, at: int) -> int:
        start = at
        while at < len(self.words) and at not in self.bodies and at not in self.sentence_starts:
            word = self.words[at]
            if word.is_name and (self._honorific(at) is None or at == start):
                at += 1
            elif word.fold not in ("'s", "’") or not self._is_name(at + 1):
                break
            else:
                at += 1
        return at

    def _proper_end(self, at: int) -> int:
        while at < len(self.words) and self.words[at].is_name:
            at += 1
        return at

    def _lower_topic(self, at: int) -> int:
        start = at
        while at < len(self.words) and at - start < 4 and at not in self.bodies:
            word = self.words[at]
            if word.shape == "mark" or word.fold in patterns.FUNCTION_WORDS or at in self.sentence_starts:
                break
            if at > start and (word.fold in patterns.ACT_VERBS or word.fold in patterns.SPEECH_VERBS):
                break
            at += 1
        return at

    def _affiliation_behind(self, at: int) -> tuple[int, int] | None:
        """The body behind a position: ", IOM", " (IOM)", " – IOM", ", at the Ministry …"; in lists also further on."""
        if self._fold(at) in _SEPARATORS:
            begin = at + 1
            if self._fold(begin) in ("at", "of", "from", "with", "a", "de", "en"):
                begin += 1
            begin = begin if begin in self.bodies else self._after_determiner(begin)
            if begin in self.bodies:
                return begin, self._chain(self.bodies[begin][0])
            if begin < len(self.words) and self.words[begin].shape == "lower":
                body = self._body_held_in(begin - 1, begin)
                if body is not None:
                    return body
        if self._fold(at) == "(" and self._is_name(at + 1):
            end = self._bracket_end(at + 1)
            return (at + 1, end) if end is not None else None
        if not self.is_list and self._fold(self._proper_run(at + 1) if self._is_name(at + 1) else at) != ")":
            return None
        return self._last_body(at) or self._last_run(at)

    def _whole_behind(self, part: tuple[int, int]) -> tuple[int, int] | None:
        """The body that the item ends with, when only a part of it has been found."""
        found = self._last_body(part[1])
        return found if found is not None and not self._is_part(found[1]) else None

    def _last_body(self, at: int) -> tuple[int, int] | None:
        """The last body before the next person or the end of the item."""
        found = None
        opened = False
        limit = min(len(self.words), at + _LONGEST_PHRASE)
        while at < limit and self._fold(at) != ";" and self._honorific(at) is None:
            if self._fold(at) == ")" and not opened:
                break
            opened = self._fold(at) == "(" or (opened and self._fold(at) != ")")
            if at in self.bodies:
                if found is None or found[1] != at:  # "World Food Programme WFP" is one
                    found = (at, self.bodies[at][0])
                at = self.bodies[at][0]
            elif at in self.sentence_starts and self._fold(at - 1) == ".":
                break
            else:
                at += 1
        return found

    def _last_run(self, at: int) -> tuple[int, int] | None:
        """A capitalised phrase that ends the item: "…, columnist, The Economist"."""
        if self._fold(at) != "," or not self._is_name(at + 1):
            return None
        end = max(self._proper_run(at + 1), self._phrase_end(at + 1))
        behind = self._fold(self._past_aside(end))
        if behind not in ("", "|", ";", ")") or self._is_place(at + 1, end) or end - at > 9:
            return None
        if self._fold(at + 1) in patterns.POSITIONS or any(
            w.fold in patterns.SUBUNIT_HEADS for w in self.words[at + 1 : end]
        ):
            return None
        return at + 1, end

    def _chain(self, end: int) -> int:
        """Past a part's parent: "Research Unit, IOM", "Migration Department of the Ministry of Labour"."""
        while self._fold(end) == "," or self._fold(end) == "of":
            behind = end + 1 if end + 1 in self.bodies else self._after_determiner(end + 1)
            if behind not in self.bodies or not (self.is_list or self._fold(end) == "of" or self._is_part(end)):
                return end
            end = self.bodies[behind][0]
        return end

    def _is_part(self, end: int) -> bool:
        """Whether the body that ends at ``end`` is by its name a part of another."""
        start = self.body_ends.get(end)
        body = self.bodies[start][1] if start is not None else None
        return body is not None and (
            body.rule == "org.unit"
            or any(word in patterns.SUBUNIT_HEADS for word in fold(body.name).split())
            or "department" in fold(body.name)
        )

    # --- what stands before a name -------------------------------------------------------------------------------

    def _after_positions(self) -> list[tuple[_Name, _Standing]]:
        """Names behind a position: "the Chief of Mission of IOM Mr X", "el ministro de Trabajo, X,"."""
        found = []
        last = self.name_starts[-1] if self.name_starts else 0
        for head in self.line.with_trait("position"):
            if head >= last or self.used[head] or self.in_body[head]:
                continue
            if self._honorific(head) is not None and not self._is_name_blocked(head + 1):
                continue
            start = self._position_start(head)
            standing = self._standing(start, before_name=True)
            if standing is None or standing.position is None or not standing.position[0] <= head < standing.position[1]:
                continue
            owned = self._owned_body(standing.end) if standing.affiliation is not None else None
            if owned is not None:
                standing = replace(standing, affiliation=owned, end=owned[1])
            at = self._past_region(standing.end)
            if self._fold(at) in (",", ":"):
                at += 1
            if at >= len(self.words) or at in self.sentence_starts:
                continue
            name = self._name_at(at)
            if name is None or (name.honorific is None and name.end - name.start < 2):
                continue
            affiliation = standing.affiliation
            if affiliation is None or affiliation[0] in self.places:
                standing = replace(standing, affiliation=self._owner_of_its(start) or affiliation)
            if standing.affiliation is None:
                standing = self._completed(standing, name)
            if self._fold(start - 1) == "(" and self._fold(name.end) == ")":
                continue  # "(Managing Director, Alta Remit)"
            if self._is_credit(name.first) or (self._fold(at - 1) == "," and not self._name_stands_alone(name)):
                continue
            if self._fold(head) in patterns.ROLE_LABEL_WORDS and self._fold(standing.end) == ":":
                continue
            found.append((name, standing))
            self.used[name.first : name.end] = [True] * (name.end - name.first)
            if self._fold(head).endswith("s"):
                found += self._with_the_same(name, standing)
        return found

    def _completed(self, standing: _Standing, name: _Name) -> _Standing:
        """The position before a name with what stands behind: "trade attaché X (Embassy of Y)"; "infirmière X,
        coordinatrice à la Maison Y" is the latter."""
        behind = self._standing_after(name)
        if behind is not None and behind.position is not None and self._fold(name.end) == ",":
            return replace(behind, end=standing.end)
        if behind is None or behind.affiliation is None or self._fold(name.end) != "(":
            behind = self._standing_of(name)
        return replace(standing, affiliation=behind.affiliation) if behind is not None else standing

    def _owner_of_its(self, at: int) -> tuple[int, int] | None:
        """The body that "its", "son" or "su" before a position stands for: the last one of the sentence."""
        if self._fold(at - 1) not in ("its", "their", "son", "sa", "leur", "su"):
            return None
        first = max(0, at - _LONGEST_PHRASE)
        while at > first and at not in self.sentence_starts:
            start = self.body_ends.get(at)
            if start is not None and self._fold(start - 1) == "(" and start - 1 in self.body_ends:
                return self.body_ends[start - 1], start - 1  # the name, not its acronym in brackets
            if start is not None:
                return start, at
            at -= 1
        return None

    def _with_the_same(self, name: _Name, standing: _Standing) -> list[tuple[_Name, _Standing]]:
        """The others behind a plural: "the co-chairs, Ms Diallo (IOM) and Mr Lund (Coast Agency)"."""
        found: list[tuple[_Name, _Standing]] = []
        at = name.end
        while len(found) < 5:
            if self._fold(at) == "(":
                at = next((k + 1 for k in range(at, min(at + 12, len(self.words))) if self._fold(k) == ")"), at)
            if self._fold(at) not in (",", "and", "&", "et", "y", "e"):
                break
            other = self._name_at(at + 1)
            if other is None or (other.honorific is None and name.honorific is not None):
                break
            behind = self._standing_after(other)
            if behind is not None and behind.position is not None:
                break
            affiliation = behind.affiliation if behind is not None else None
            found.append((other, replace(standing, affiliation=affiliation)))
            self.used[other.first : other.end] = [True] * (other.end - other.first)
            at = other.end
        return found

    def _past_region(self, at: int) -> int:
        """ "… de la Red de Alcaldes para los Andes, Ana Ruiz": past the region that the body is for."""
        if self._fold(at) not in ("for", "in", "para", "en", "pour", "au", "aux"):
            return at
        end = at + 1 if at + 1 in self.places else self._after_determiner(at + 1)
        if end not in self.places:
            return at
        end = self.places[end]
        if self._fold(end) in patterns.CONJUNCTIONS:
            second = end + 1 if end + 1 in self.places else self._after_determiner(end + 1)
            end = self.places.get(second, second + 1 if self._is_name(second) else end)
        return end

    def _is_name_blocked(self, at: int) -> bool:
        return at >= len(self.words) or not self.words[at].is_name

    def _name_stands_alone(self, name: _Name) -> bool:
        """Behind a comma the name must end its own phrase: "the minister, Ana Ruiz, said"."""
        if name.honorific is not None:
            return True
        behind = self._fold(name.end)
        return behind in (",", ".", ";", ")", "", ":", "–", "and", "y", "et", "was", "is") or (
            self._is_lower(name.end) and self._standing_after(name) is None
        )

    def _is_lower(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].shape == "lower"

    def _position_start(self, head: int) -> int:
        at = head
        while at > 0 and head - at < 6 and at not in self.sentence_starts and not self.used[at - 1]:
            before = self.body_ends.get(at)
            if before is not None:
                return before
            word = self.words[at - 1]
            topic = word.shape == "lower" and word.fold in patterns.TOPICS and self.document.language == "en"
            qualifies = word.is_name or word.fold in patterns.POSITION_MODIFIERS or topic
            if not qualifies or self._is_function_word(at - 1) or self._honorific(at - 1) is not None:
                break
            at -= 1
        return at

    def _body_before(self, first: int) -> _Standing | None:
        """ "representatives of the Migration Agency Ms X": the body right before the honorific."""
        start = self.body_ends.get(first)
        return None if start is None else _Standing(None, (start, first), first)

    def _owner_before(self, first: int) -> _Standing | None:
        """ "UN-Habitat's Amina Diallo"."""
        if self._fold(first - 1) != "'s":
            return None
        return self._body_before(first - 1)

    def _label_before(self, first: int) -> str | None:
        at = first - 1
        if self._fold(at) in (":", "-", "–"):
            at -= 1
            if self._fold(at) in ("s", ")"):
                at -= 1
            folded = self._fold(at)
            return folded if folded in patterns.ROLE_LABEL_WORDS else None
        return None

    def _is_labelled(self, first: int) -> bool:
        return self._label_before(first) is not None or (
            self._fold(first - 1) in ("by", "par", "por")
            and self._fold(first - 2)
            in ("moderated", "chaired", "modere", "moderado", "moderada", "facilitated", "moderee")
        )

    def _speaks(self, name: _Name) -> bool:
        return self._fold(name.first - 1) in patterns.SPEECH_VERBS or self._fold(name.end) in patterns.SPEECH_VERBS

    def _is_credit(self, first: int) -> bool:
        """Whether a photograph's credit is given: "Photo: IOM/Amina Diallo"."""
        at = first - 1
        while at >= max(0, first - 8) and at + 1 not in self.sentence_starts:
            if self.words[at].fold in patterns.PHOTO_WORDS:
                return True
            at -= 1
        return False

    def _is_function_word(self, at: int) -> bool:
        """UN and LAS are bodies, "un" and "las" articles."""
        word = self.words[at]
        return word.shape != "CAPS" and word.fold in patterns.FUNCTION_WORDS

    # --- small helps -----------------------------------------------------------------------------------------------

    def _fold(self, at: int) -> str:
        return self.words[at].fold if 0 <= at < len(self.words) else ""

    def _is_name(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].is_name

    def _after_determiner(self, at: int) -> int:
        while self._fold(at) in patterns.DETERMINERS | {"a", "an", "un", "une", "una"}:
            if self.words[at].shape == "CAPS":
                break  # UN, LAS: bodies
            at += 1
        return at

    def _text(self, start: int, end: int) -> str:
        return " ".join(self.document.text[self.words[start].start : self.words[end - 1].end].split())
