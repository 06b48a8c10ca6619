"""Standings: what the words around a name say of the person, position and affiliation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractor.stages.names import patterns
from extractor.stages.names.people.affiliations import Affiliations
from extractor.stages.names.people.line_reading import PHRASE_ENDS, SEPARATORS, LineReading, Run
from extractor.stages.names.people.person_names import PersonName, PersonNames
from extractor.stages.names.people.positions import Positions

# What follows a name as often as a noun does, and is none: "working with", "arrivé de", "llegado de".
_PARTICIPLE = re.compile(r"(?:ed|ing|ee?s?|i|u|us|ues?|id[oa]s?|ad[oa]s?|ant|ando|endo)\Z")
_TRADE_ENDS = PHRASE_ENDS | frozenset("from of in at who with de du d' des del en a au aux qui quien que".split())
_BEFORE_BODIES = SEPARATORS - {":"}
_COPULAS = frozenset("is was est etait es era".split())
_WHO = frozenset("who qui que quien".split())
_MEANWHILE = frozenset("now currently also today actuellement aujourd'hui actualmente hoy tambien aussi".split())
_BEHALF = frozenset("behalf nom nombre representacion".split())
_CLAUSE_ENDS = frozenset(", . ; : ( and".split())
_OF_OR_AT = frozenset("of at for with de del du d' des en au a chez".split())
_AUXILIARIES = frozenset(", ) is was were has been being est etait sont etaient fue fueron estuvo es a ete".split())
_REPRESENTED = frozenset("represented represente representee representado representada".split())
_SPEAKING = frozenset("speaking representing representant representando".split())
_FAR = 18  # words between a name and the body that somebody speaks for, or leads a part of
_NOT_OF_THE_COMPANY = frozenset("deputy founder founding vice former & and".split())


@dataclass(frozen=True, slots=True)
class Standing:
    """What a line says of a person."""

    position: Run | None
    affiliation: Run | None
    end: int  # of all that says it


class Standings:
    """The standings that the words of one line give the people whose names stand in it."""

    def __init__(self, line: LineReading, names: PersonNames) -> None:
        self.line = line
        self.words = line.words
        self.bodies = line.bodies
        self.places = line.places
        self.names = names
        self.affiliations = Affiliations(line, names)
        self.positions = Positions(line, names, self.affiliations)
        self._fold = line.fold

    def standing_at(self, at: int, before_name: bool) -> Standing | None:
        """A position, and the body that it is held in, from ``at`` on. ``before_name``: as in ``Positions``."""
        start = self.line.after_determiner(at)
        while self._fold(start) in patterns.POSITION_FILLERS:
            start += 1
        head = self.positions.noun_from(start)
        if head is None or self._fold(start) in patterns.CONJUNCTIONS:
            return None
        affiliation = self._owner_at(start, head)
        begin = affiliation[1] if affiliation is not None else start
        while self._fold(begin) in ("'s", "’", "'"):
            begin += 1
        end, found = self.positions.rest(head, before_name)
        affiliation = affiliation or found
        last = max(end, found[1] if found else end)
        if not before_name and (affiliation is None or (found is None and start in self.places)):
            affiliation = self.affiliations.behind_position(last) or affiliation
            last = max(last, affiliation[1] if affiliation else last)
        if affiliation is not None and found is not None and affiliation[0] in self.places and found[0] in self.bodies:
            affiliation = found  # "Kenya Country Director of the Coast Agency"
        if not before_name and self._is_of_a_state(begin, end, affiliation) and self._fold(last) == ",":
            country = self.places.get(last + 1)
            if country is not None and self._fold(country) in PHRASE_ENDS:
                affiliation, last = (last + 1, country), country
        if affiliation is not None and not before_name and self.line.is_list:
            affiliation = self.affiliations.whole_of(affiliation)
        return Standing((begin, end), affiliation, last)

    def _owner_at(self, start: int, head: int) -> Run | None:
        """The body or country before the noun of a position: "IOM Director", "Kenya's minister", "Fairtex CEO"."""
        if start in self.bodies and self.bodies[start][0] <= head and not self._is_united_nations(start):
            return start, self.bodies[start][0]
        if start in self.places and self.places[start] <= head:
            return start, self.places[start]
        if self.words[head].fold in patterns.COMPANY_POSITIONS and head > start and self.words[start].is_name:
            end = head
            while end > start and self.words[end - 1].fold in _NOT_OF_THE_COMPANY:
                end -= 1
            if end > start and all(w.is_name for w in self.words[start:end]):
                return start, end
        return None

    def _is_united_nations(self, at: int) -> bool:
        body = self.bodies[at][1].body
        return body is not None and body.id in ("un", "eu", "au")

    def _is_of_a_state(self, begin: int, end: int, affiliation: Run | None) -> bool:
        """Whether a position is held for a country: a minister's, or a representative's to a body."""
        nouns = {word.fold for word in self.words[begin:end]}
        if affiliation is not None:
            return affiliation[1] == end and not nouns.isdisjoint(patterns.REPRESENTING_POSITIONS)
        return not nouns.isdisjoint(patterns.STATE_POSITIONS)

    # --- behind a name ---------------------------------------------------------------------------------------------

    def behind(self, name: PersonName) -> Standing | None:
        """ "Amina Diallo, Director of IOM", "Mr Diallo, Director", "Amina Diallo (IOM)"."""
        at = name.end
        separator = self._fold(at)
        if separator == "," and self._fold(at + 1) in _WHO and self._fold(at + 2) in _COPULAS:
            return self._said_to_be(at + 3)
        if separator in SEPARATORS:
            while self._fold(at) in SEPARATORS:
                at += 1
        elif separator in _COPULAS:
            return self._said_to_be(at + 1)
        elif separator == "." and name.first == 0 and self.line.is_list:
            at += 1  # "Ana Ruiz. Jefa de la Oficina del Puerto"
        elif name.honorific is None or not self.line.is_name(at) or at in self.line.sentence_starts:
            return None
        standing = self.standing_at(at, before_name=False)
        if standing is None and separator in _BEFORE_BODIES:
            standing = _held_in(self.affiliations.behind_name(name, at, separator))
            if standing is not None and separator == "(" and self._fold(standing.end) == ")":
                return self._with_position_behind(standing)
            if standing is None and separator == "(":
                standing = self._body_and_position(at)
            if standing is None and self._fold(at) in _SPEAKING:
                standing = _held_in(self.affiliations.body_at(at + 1) or self.affiliations.body_at(at + 2))
        return standing

    def _body_and_position(self, at: int) -> Standing | None:
        """ "Amina Diallo (Coast Agency, Chief Inspector)"."""
        body = self.affiliations.body_at(at)
        held = self._position_behind(body[1], frozenset(")")) if body is not None else None
        return replace(held, affiliation=body) if held is not None else None

    def _with_position_behind(self, bracketed: Standing) -> Standing:
        """ "Amina Diallo (IOM), Senior Officer for Data": the body in brackets with the position behind them."""
        held = self._position_behind(bracketed.end + 1, PHRASE_ENDS)
        return replace(held, affiliation=bracketed.affiliation) if held is not None else bracketed

    def _position_behind(self, comma: int, ends: frozenset[str]) -> Standing | None:
        """The standing with a position that a comma opens and one of ``ends`` closes."""
        held = self.standing_at(comma + 1, before_name=False) if self._fold(comma) == "," else None
        if held is None or held.position is None or self._fold(held.end) not in ends:
            return None
        return held

    def _said_to_be(self, at: int) -> Standing | None:
        """ "Amina Diallo is now head of research at IOM": an article or a noun of a position must follow."""
        while self._fold(at) in _MEANWHILE:
            at += 1
        start = self.line.after_article(at)
        if start in self.line.sentence_starts or self.positions.noun_from(start) is None:
            return None
        return self.standing_at(start, before_name=False)

    def shared(self, name: PersonName) -> Standing | None:
        """For the first of "Amina Diallo and Kim Lund, co-chairs of …" what stands behind the second."""
        if self._fold(name.end) not in patterns.CONJUNCTIONS:
            return None
        other = self.names.name_at(name.end + 1)
        standing = self.behind(other) if other is not None else None
        if standing is None or standing.position is None:
            return None
        nouns = [w.fold for w in self.words[slice(*standing.position)] if w.fold in patterns.POSITIONS]
        plural = any(noun.endswith("s") for noun in nouns)
        return standing if plural else Standing(None, None, name.end)

    def of_body(self, name: PersonName) -> Standing | None:
        """ "Amina Diallo of the Migration Agency", "Amina Diallo, from IOM", "Amina Diallo, who heads the Agency"."""
        at = name.end
        if self._fold(at) in patterns.HEADING_VERBS:
            return self._of_what_is_headed(at)
        if self._fold(at) == ",":
            at += 1
            if self._fold(at) in _WHO and self._fold(at + 1) in patterns.HEADING_VERBS:
                at += 1 if self._fold(at + 2) not in ("for", "at", "to") else 2
                return _held_in(self.affiliations.body_at(at + 1)) or self._of_what_is_headed(at)
            if self._fold(at) == "for":
                body = self.affiliations.body_at(at + 1)
                return _held_in(body) if body is not None and self._fold(body[1]) in PHRASE_ENDS else None
        behalf = self._behind_behalf(at)
        if behalf is not None:
            return _held_in(self.affiliations.body_at(behalf))
        if self._fold(at) not in ("of", "from", "de", "del", "du", "d'", "desde"):
            return None
        return _held_in(self.affiliations.body_at(at + 1) or self.affiliations.cause_at(at + 1))

    def _of_what_is_headed(self, verb: int) -> Standing | None:
        """ "leads the water programme of the Coast Agency", "who looks after skills at the Coast Agency"."""
        for at in range(verb + 1, min(len(self.words), verb + _FAR)):
            if self._fold(at) in _CLAUSE_ENDS or at in self.line.sentence_starts:
                return None
            if self._fold(at) in _OF_OR_AT and (body := self.affiliations.body_at(at + 1)) is not None:
                return _held_in(body)
        return None

    def _behind_behalf(self, at: int) -> int | None:
        """Past "on behalf of", "au nom de", "en representación de"."""
        if self._fold(at) in ("on", "au", "en", "a") and self._fold(at + 1) in _BEHALF:
            return at + 3 if self._fold(at + 2) in ("of", "de", "del", "du", "d'") else None
        return None

    # --- for who is known to be a person ---------------------------------------------------------------------------

    def in_any_words(self, name: PersonName) -> Standing | None:
        """What stands behind the name of who is known to be a person, though no list has the words."""
        if self._fold(name.end) not in (",", "("):
            return None
        return self._trade(name) or self._apposition(name) or self._item(name)

    def _trade(self, name: PersonName) -> Standing | None:
        """A trade, by its ending: "(choreographer)", ", couturière à Thiès", ", a retired midwife"."""
        at, separator = name.end + 1, self._fold(name.end)
        start = self.line.after_article(at)
        told = start > at or separator == "(" or self.line.is_list or not self.line.is_english
        end = start
        while self.line.is_lower(end) and end - start < 4:
            if self.words[end].fold in patterns.FUNCTION_WORDS or self.words[end].fold in patterns.ACT_VERBS:
                break
            end += 1
        if self.line.is_english:
            heads = [end - 1] if end > start and patterns.is_trade(self._fold(end - 1)) else []
            told = told or (end - start > 1 and self._fold(end) in PHRASE_ENDS)
        else:
            heads = [k for k in range(start, min(end, start + 2)) if patterns.is_trade(self._fold(k))]
        if not heads or not told or self._fold(end) not in _TRADE_ENDS:
            return None
        end, affiliation = self.positions.rest(heads[0], before_name=False)
        if affiliation is None and self._fold(end) == ",":
            affiliation = self.affiliations.behind_position(end)
        return Standing((start, end), affiliation, max(end, affiliation[1] if affiliation else end))

    def _apposition(self, name: PersonName) -> Standing | None:
        """Any noun that leads to a body: "Mr Tudor, bosun of the Pilots' Union"."""
        start = at = self.line.after_article(name.end + 1)
        while self.line.is_lower(at) and at - start < 5:
            folded = self.words[at].fold
            if folded in patterns.POSITION_CONNECTORS and at > start:
                body = self.affiliations.body_at(at + 1)
                return Standing((start, at), body, body[1]) if body is not None else None
            if folded in patterns.FUNCTION_WORDS or folded in patterns.ACT_VERBS or folded in patterns.NOT_TRADES:
                return None
            if _PARTICIPLE.search(folded):
                return None
            at += 1
        return None

    def _item(self, name: PersonName) -> Standing | None:
        """The parts of an agenda's item: "Omar Sy, Dockmaster, Port of Dakar"."""
        start = name.end + 1
        if not self.line.is_list or self._fold(name.end) != "," or not self.line.is_name(start):
            return None
        end = self.affiliations.proper_run(start)
        if self._fold(end) != "," or end - start > 6 or any(self.line.in_body[start:end]) or start in self.places:
            return None
        if self.names.name_end(start, False) is not None or self.line.is_town(start):
            return None
        if not self.affiliations.can_name_a_body(start, end):
            return None
        affiliation = self.affiliations.body_at(end + 1) or self.affiliations.last_run(end)
        return Standing((start, end), affiliation, affiliation[1]) if affiliation is not None else None

    # --- around a name ---------------------------------------------------------------------------------------------

    def beside(self, name: PersonName) -> Standing | None:
        """The body alone: behind the name, around it, or before its honorific."""
        standing = self.of_body(name) or self._bracketed_by(name)
        return self._body_before(name.first) if standing is None and name.honorific is not None else standing

    def _bracketed_by(self, name: PersonName) -> Standing | None:
        """ "Kenya (Mr Omar Sy)", "Coast Agency (Mr Omar Sy)"."""
        before = name.first - 1
        if self._fold(before) != "(" or self._fold(name.end) != ")":
            return None
        start = self.line.body_ends.get(before)
        start = next((at for at, end in self.places.items() if end == before), None) if start is None else start
        return Standing(None, (start, before), name.end) if start is not None else None

    def _body_before(self, first: int) -> Standing | None:
        """ "representatives of the Migration Agency Ms X": the body right before the honorific."""
        start = self.line.body_ends.get(first)
        return None if start is None else Standing(None, (start, first), first)

    def owner_before(self, name: PersonName) -> Standing | None:
        """ "UN-Habitat's Amina Diallo"."""
        return self._body_before(name.first - 1) if self._fold(name.first - 1) == "'s" else None

    def spoken_for(self, name: PersonName) -> Run | None:
        """The body for which someone speaks: "For the Coast Agency its director, Omar Sy, …", "Por el Servicio del
        Puerto habló Ana Ruiz", "The Coast Agency was represented by Omar Sy"."""
        first = max(0, name.first - _FAR)
        for end in range(name.first, first, -1):
            if end in self.line.sentence_starts or self._fold(end) in (";", ".", ":"):
                return None
            start = self.line.body_ends.get(end)
            if start is not None:
                return (start, end) if self._opens_with_for(start) or self._is_represented(end) else None
        return None

    def _is_represented(self, end: int) -> bool:
        """Whether "was represented by" or the like stands behind the body."""
        while self._fold(end) in _AUXILIARIES:
            end += 1
        return self._fold(end) in _REPRESENTED and self._fold(end + 1) in ("by", "par", "por")

    def _opens_with_for(self, start: int) -> bool:
        """Whether "for" stands before the body, and opens the sentence or its part."""
        at = start - 1
        while at > 0 and self._fold(at) in patterns.DETERMINERS:
            at -= 1
        if self._fold(at) in ("of", "de", "del", "du", "d'") and self._fold(at - 1) in _BEHALF:
            return True
        if self._fold(at) not in ("for", "por", "pour"):
            return False
        before = self._fold(at - 1)
        return at == 0 or at in self.line.sentence_starts or before in (",", ";", "speaking", "hablando", "and", "y")


def _held_in(body: Run | None) -> Standing | None:
    return Standing(None, body, body[1]) if body is not None else None
