"""Affiliations: the bodies that a person's name or position leads to, by their names or by where they stand alone."""

from __future__ import annotations

from extractor.stages.names import patterns
from extractor.stages.names.people.line_reading import LONGEST_PHRASE, PHRASE_ENDS, SEPARATORS, LineReading, Run
from extractor.stages.names.people.person_names import PersonName, PersonNames
from extractor.text import fold

_GUESSES = frozenset({"org.cue", "org.list", "org.model"})
_INSIDE_TITLES = frozenset(
    "of for and & the in de du des d' la le les l' au aux et y e del el los las para pour que sans sin against without"
    " contre contra".split()
)
_NOUNS_OF_PARTS = patterns.SUBUNIT_HEADS | frozenset("department departamento departement cluster area".split())
_FACULTIES = frozenset("faculty faculte facultad".split())  # parts that people belong to as to a body
_FOR_A_CAUSE = frozenset("for against without pour contre sans para contra sin".split())
_WORKING_AT = frozenset({"at", "with", "chez", "a", "au", "aux"})
_NOUNS_OF_BODIES = patterns.HEAD_KINDS.keys() | patterns.WEAK_HEADS
_NO_BODIES = patterns.NAME_BLOCKERS | patterns.NAME_SUFFIXES | patterns.ASIDES
_LINKS_IN_TITLES = _INSIDE_TITLES - {"y", "e", "et", "and"}


class Affiliations:
    """The bodies of one line that people can belong to: those found before, and those that only a position shows."""

    def __init__(self, line: LineReading, names: PersonNames) -> None:
        self.line = line
        self.words = line.words
        self.bodies = line.bodies
        self.places = line.places
        self.names = names
        self._fold = line.fold
        self._is_name = line.is_name

    # --- a body and its whole --------------------------------------------------------------------------------------

    def body_at(self, at: int) -> Run | None:
        """The body at ``at``, with what it is a part of; units alone are none."""
        at = at if at in self.bodies else self.line.after_determiner(at)
        if at not in self.bodies or self.bodies[at][1].rule == "org.unit":
            return None
        return at, self.chain(self.bodies[at][0])

    def cause_at(self, at: int) -> Run | None:
        """A name that says whom or what a body is for: "Lawyers for Human Rights", "Mujeres sin Fronteras"."""
        at = self.line.after_determiner(at)
        end = self._phrase_end(at) if self._is_name(at) else at
        causes = any(self._fold(k) in _FOR_A_CAUSE for k in range(at + 1, end - 1))
        return (at, end) if causes and self._is_name(end - 1) and at not in self.places else None

    def chain(self, end: int) -> int:
        """Past a part's parent: "Research Unit, IOM", "Migration Department of the Ministry of Labour"."""
        while self._fold(end) == "," or self._fold(end) == "of":
            behind = end + 1 if end + 1 in self.bodies else self.line.after_determiner(end + 1)
            if behind not in self.bodies or not (self.line.is_list or self._fold(end) == "of" or self._is_part(end)):
                return end
            end = self.bodies[behind][0]
        return end

    def _is_part(self, end: int) -> bool:
        """Whether the body that ends at ``end`` is by its name a part of another."""
        start = self.line.body_ends.get(end)
        body = self.bodies[start][1] if start is not None else None
        return body is not None and (body.rule == "org.unit" or not _NOUNS_OF_PARTS.isdisjoint(fold(body.name).split()))

    def unit_and_whole(self, at: int) -> tuple[int, Run] | None:
        """Where the part of a body ends that is named at ``at``, and the body that it is a part of: "Policy Unit | of
        the Ministry of Labour", "Statistics Cluster, | ESCWA"."""
        end = self.bodies[at][0]
        if not self._is_part(end) or any(w.fold in _FACULTIES for w in self.words[at:end]):
            return None
        for inner in range(at + 1, end - 1):
            whole = self.line.after_determiner(inner + 1)
            if (
                self._fold(inner) in patterns.OF
                and whole < end
                and self._is_name(whole)
                and self._names_a_whole(whole, end)
            ):
                return inner, (whole, end)
        linked = self._fold(end)
        if linked in patterns.OF or linked in _WORKING_AT or (linked == "," and self._is_name(end + 1)):
            behind = self.body_at(end + 1)
            return (end, behind) if behind is not None else None
        return None

    def _names_a_whole(self, at: int, end: int) -> bool:
        return any(w.fold in patterns.HEAD_KINDS and w.fold not in _NOUNS_OF_PARTS for w in self.words[at:end])

    def whole_of(self, body: Run) -> Run:
        """The body that the item ends with, when ``body`` is only a part of it; else ``body``."""
        if not self._is_part(body[1]):
            return body
        last = self._last_body(body[1])
        return last if last is not None and not self._is_part(last[1]) else body

    def owned_at(self, at: int) -> Run | None:
        """The part behind its owner: "the Coast Agency's Return Unit"."""
        if self._fold(at) not in ("'s", "’", "'") or not self._is_name(at + 1):
            return None
        if at + 1 in self.bodies:
            return at + 1, self.bodies[at + 1][0]
        end = at + 1
        while self._is_name(end) and not self.line.in_body[end]:
            end += 1
        return (at + 1, end) if end > at + 2 and self._fold(end - 1) in _NOUNS_OF_BODIES else None

    def _past_aside(self, at: int) -> int:
        """Past the country or the acronym behind a body: "(Morocco)", ", Kenya", "(RMDC)"."""
        if self._fold(at) == "(" and self._fold(self.places.get(at + 1, at + 2)) == ")":
            return self.places.get(at + 1, at + 2) + 1
        if self._fold(at) == "," and at + 1 in self.places:
            return self.places[at + 1]
        return at

    def whole_line(self) -> Run | None:
        """The body that is all of the line, but for its country or acronym."""
        if 0 not in self.bodies:
            return None
        end = self._past_aside(self.chain(self.bodies[0][0]))
        return (0, self.bodies[0][0]) if end == len(self.words) else None

    # --- behind a name ---------------------------------------------------------------------------------------------

    def behind_name(self, name: PersonName, at: int, separator: str) -> Run | None:
        """The body at ``at``, behind a name and what parts them: "Amina Diallo, IOM", "Amina Diallo (IOM)"."""
        at = self.line.after_determiner(at)
        if at in self.bodies:
            end = self.chain(self.bodies[at][0])
            return (at, end) if separator != "(" or self._fold(self._past_aside(end)) == ")" else None
        if separator == "(" and at in self.places and name.honorific is not None and self._fold(self.places[at]) == ")":
            return at, self.places[at]
        if not self._is_name(at):
            return None
        if separator == "(":
            closed = self._bracket_end(at)
            return (at, closed) if closed is not None else None
        if not self.line.is_list or separator == "/":
            return None
        end = self.proper_run(at)
        name_end = self.names.name_end(at, False)
        ends_item = self._fold(end) in ("", ")", "|", ";") and self._fold(name_end or end) not in patterns.CONJUNCTIONS
        return (at, end) if ends_item and name_end != end and not self.line.is_place(at, end) else None

    # --- behind a position -----------------------------------------------------------------------------------------

    def behind_position(self, at: int) -> Run | None:
        """The body behind a position: ", IOM", " (IOM)", " – IOM", ", at the Ministry …"; in lists also further on."""
        if self._fold(at) in SEPARATORS:
            begin = at + 1
            if self._fold(begin) in ("at", "of", "from", "with", "a", "de", "en"):
                begin += 1
            begin = begin if begin in self.bodies else self.line.after_determiner(begin)
            if begin in self.bodies:
                return begin, self.chain(self.bodies[begin][0])
            if self.line.is_lower(begin):
                body = self.held_in(begin - 1, begin)
                if body is not None:
                    return body
        if self._fold(at) == "(" and self._is_name(at + 1):
            closed = self._bracket_end(at + 1)
            return (at + 1, closed) if closed is not None else None
        if not self.line.is_list:
            end = self.proper_run(at + 1) if self._is_name(at + 1) else at
            if self._fold(end) != ")":
                return None
        return self._last_body(at) or self.last_run(at)

    def held_in(self, connector: int, at: int) -> Run | None:
        """A body that only its place behind a position shows: "fondateur de l'entreprise Bois Clair", "editor at
        Fjordtid", "Deputy Director of the RMDC", "porte-parole du Collectif"."""
        word = self.words[at]
        linked = self._fold(connector)
        definite = at > connector + 1 or linked in ("du", "del", "au", "al")
        ends = self._fold(at + 1) in PHRASE_ENDS
        is_noun = word.fold in patterns.BODY_NOUNS or word.fold in patterns.HEAD_KINDS
        if is_noun and word.shape == "lower":
            if at + 1 in self.bodies and self.bodies[at + 1][1].rule not in _GUESSES:
                return at, max(self.bodies[at + 1][0], self._title_end(at + 1))
            if self._opens_a_title(at + 1) and not patterns.is_topic(self._fold(at + 1)):
                return at, self._title_end(at + 1)
            if definite and ends and word.fold not in patterns.SUBUNIT_HEADS:
                return at, at + 1
            return self._in_lower_case(at)
        if word.shape == "lower" and linked in _WORKING_AT:
            return self._named_behind(at)
        if word.shape == "CAPS" and len(word.text) > 2 and word.text.isalpha():
            decoy = word.text in patterns.DECOY_ACRONYMS or self.names.name_at(at) is not None
            return None if decoy or word.fold in patterns.POSITIONS else (at, at + 1)
        if not self._opens_a_title(at) or word.fold in patterns.CALENDAR:
            return None
        if is_noun:
            owned = self.owned_at(at + 1)
            if owned is not None:
                return owned
            if definite and ends:
                return at, at + 1
        if linked in _WORKING_AT and not patterns.is_topic(word.fold) and not self.line.is_town(at):
            return at, self._title_end(at)
        return self._held_of(at) if definite else None

    def _named_behind(self, at: int) -> Run | None:
        """A name behind a noun or two that say what it is of: "at the law firm Kaya Yıldız"."""
        end = at
        while self.line.is_lower(end) and end - at < 3 and self._fold(end) not in patterns.FUNCTION_WORDS:
            end += 1
        named = end > at and self._opens_a_title(end) and not self.line.is_town(end) and end not in self.places
        return (end, self._title_end(end)) if named and not patterns.is_topic(self._fold(end)) else None

    def _held_of(self, at: int) -> Run | None:
        """A name with a noun that is a body's where positions are held: "chair of the Tidal Borderland Forum"."""
        end = self._title_end(at)
        noun = self.line.capitals_end(at) - 1 if self.line.is_english else at
        return (at, end) if end > at + 1 and self._fold(noun) in patterns.HELD_NOUNS else None

    def _in_lower_case(self, at: int) -> Run | None:
        """A French or Spanish body that only its town has a capital of: "tribunal de première instance de Thiès"."""
        end = at + 1
        if self.line.is_english or self._fold(end) not in patterns.CONNECTORS:
            return None
        if self.words[at].fold in patterns.SUBUNIT_HEADS:
            return None
        while self.line.is_lower(end) and end - at < 9:
            if self._fold(end) in patterns.ACT_VERBS or self._fold(end) in patterns.SPEECH_VERBS:
                return None
            end += 1
        in_town = self._fold(end - 1) in ("de", "d'", "a", "en") and self._opens_a_title(end)
        return (at, self._title_end(end)) if in_town else None

    def _last_body(self, at: int) -> Run | None:
        """The last body before the next person or the end of the item."""
        found = None
        opened = False
        limit = min(len(self.words), at + LONGEST_PHRASE)
        while at < limit and self._fold(at) != ";" and self.names.honorific(at) is None:
            if self._fold(at) == ")" and not opened:
                break
            opened = self._fold(at) == "(" or (opened and self._fold(at) != ")")
            if at in self.bodies:
                if found is None or found[1] != at:  # "World Food Programme WFP" is one
                    found = (at, self.bodies[at][0])
                at = self.bodies[at][0]
            elif at in self.line.sentence_starts and self._fold(at - 1) == ".":
                break
            else:
                at += 1
        return found

    def last_run(self, at: int) -> Run | None:
        """A capitalised phrase that ends the item: "…, columnist, The Economist"."""
        if self._fold(at) != "," or not self._is_name(at + 1):
            return None
        end = max(self.proper_run(at + 1), self._phrase_end(at + 1))
        behind = self._fold(self._past_aside(end))
        if behind not in ("", "|", ";", ")") or self.line.is_place(at + 1, end) or end - at > 9:
            return None
        if self._fold(at + 1) in patterns.POSITIONS or any(
            w.fold in patterns.SUBUNIT_HEADS for w in self.words[at + 1 : end]
        ):
            return None
        return at + 1, end

    # --- bodies that no rule has found -----------------------------------------------------------------------------

    def proper_run(self, at: int) -> int:
        """Past a capitalised phrase with the small words inside it."""
        while at < len(self.words) and (self.words[at].is_name or self._fold(at) in _INSIDE_TITLES):
            at += 1
        while not self.words[at - 1].is_name:
            at -= 1
        return at

    def _bracket_end(self, at: int) -> int | None:
        """The end of the body that opens a bracket and fills it, but for its country."""
        end = self._phrase_end(at)
        if self._fold(self._past_aside(end)) != ")" or at in self.places or self.line.is_city(at, end):
            return None
        return end if self.can_name_a_body(at, end) else None

    def _phrase_end(self, at: int) -> int:
        """Past a phrase that can be a name in any language: "Musée national de l'histoire de la mer"."""
        end = at
        while end < len(self.words) and end - at < 10:
            word = self.words[end]
            linked = end > at and (word.fold in _INSIDE_TITLES or self._fold(end - 1) in _INSIDE_TITLES)
            adjective = end > at and patterns.is_adjective(word.fold)
            if word.shape in ("mark", "digit") and word.text not in "&'’" and word.fold != "'s":
                break
            if not (word.is_name or linked or adjective or word.shape == "mark"):
                break
            if self.names.honorific(end) is not None:
                break
            end += 1
        return end

    def can_name_a_body(self, start: int, end: int) -> bool:
        """Whether capitals in brackets can: "(Orange Bridge)", but neither "(MP)" nor "(Online)"."""
        if end == start + 1 and self.words[start].shape == "CAPS":
            return self.words[start].text not in patterns.DECOY_ACRONYMS and len(self.words[start].text) > 2
        return not all(word.fold in _NO_BODIES for word in self.words[start:end])

    def _title_end(self, at: int) -> int:
        """Past a name in capitals, with the small words and the adjectives inside it: "Puentes que Unen"."""
        start = at
        while at < len(self.words) and at - start < 10 and (at == start or at not in self.line.sentence_starts):
            word = self.words[at]
            adjective = word.shape == "lower" and not self.line.is_english and patterns.is_adjective(word.fold)
            linked = word.fold in _LINKS_IN_TITLES and self._leads_to_a_name(at)
            if not (word.is_name or linked or (adjective and at > start)) or self.names.honorific(at) is not None:
                break
            at += 1
        return at

    def _opens_a_title(self, at: int) -> bool:
        return self._is_name(at) and self.names.honorific(at) is None

    def _leads_to_a_name(self, at: int) -> bool:
        """Whether no more than two small words part this one from a capitalised one that is no place."""
        for behind in range(at + 1, at + 3):
            if self._is_name(behind):
                return behind not in self.places
            if self._fold(behind) not in _INSIDE_TITLES:
                return False
        return False
