"""Introductions: positions that lead to a name, "the Chief of Mission of IOM Mr X", "el ministro de Trabajo, X,"."""

from __future__ import annotations

from dataclasses import replace

from extractor.stages.names import patterns
from extractor.stages.names.people.line_reading import LONGEST_PHRASE, LineReading, Run
from extractor.stages.names.people.person_names import PersonName, PersonNames
from extractor.stages.names.people.standings import Standing, Standings

Introduced = tuple[PersonName, Standing]  # a name, and what the position before it says


class Introductions:
    """The positions of one line that stand before names of people."""

    def __init__(self, line: LineReading, names: PersonNames, standings: Standings) -> None:
        self.line = line
        self.words = line.words
        self.places = line.places
        self.names = names
        self.standings = standings
        self._fold = line.fold

    def find(self, last: int) -> list[Introduced]:
        """The names that they introduce. ``last``: where the last name of the line can start."""
        found: list[Introduced] = []
        for head in self.line.position_nouns:
            if head >= last or self.line.used[head] or self.line.in_body[head]:
                continue
            introduced = self._introduced_by(head)
            if introduced is None:
                continue
            name, standing = introduced
            found.append(introduced)
            self.line.take(name.first, name.end)
            if self._fold(head).endswith("s"):
                found += self._with_the_same(name, standing)
        return found

    def _introduced_by(self, head: int) -> Introduced | None:
        """The name behind the position whose noun stands at ``head``."""
        if self.names.honorific(head) is not None and self.line.is_name(head + 1):
            return None
        start = self._position_start(head)
        standing = self.standings.standing_at(start, before_name=True)
        if standing is None or standing.position is None or not standing.position[0] <= head < standing.position[1]:
            return None
        owned = self.standings.affiliations.owned_at(standing.end) if standing.affiliation is not None else None
        if owned is not None:
            standing = replace(standing, affiliation=owned, end=owned[1])
        at = self._past_region(standing.end)
        if self._fold(at) in (",", ":"):
            at += 1
        if self._fold(at) in patterns.DETERMINERS and self.names.honorific(at + 1) is not None:
            at += 1  # "Minister of Trade the Hon. X"
        if at in self.line.sentence_starts:
            return None
        name = self.names.name_at(at)
        if name is None or (name.honorific is None and name.end - name.start < 2):
            return None
        affiliation = standing.affiliation
        if affiliation is None or affiliation[0] in self.places:
            standing = replace(standing, affiliation=self._owner_of_its(start) or affiliation)
        if standing.affiliation is None:
            standing = self._completed(standing, name)
        if self._fold(start - 1) == "(" and self._fold(name.end) == ")":
            return None  # "(Managing Director, Alta Remit)"
        if self.line.is_credit(name.first) or (self._fold(at - 1) == "," and not self._stands_alone(name)):
            return None
        if self._fold(standing.end) == ":" and self._fold(head) in patterns.LABELS_OF_PEOPLE:
            return None
        return name, standing

    def _position_start(self, head: int) -> int:
        """Where the position begins whose noun stands at ``head``, or the body right before it."""
        at = head
        while at > 0 and head - at < 6 and at not in self.line.sentence_starts and not self.line.used[at - 1]:
            before = self.line.body_ends.get(at)
            if before is not None:
                return before
            word = self.words[at - 1]
            topic = word.shape == "lower" and word.fold in patterns.TOPICS and self.line.is_english
            qualifies = word.is_name or word.fold in patterns.POSITION_MODIFIERS or topic
            if not qualifies or self.line.is_function_word(at - 1) or self.names.honorific(at - 1) is not None:
                break
            at -= 1
        return at

    def _past_region(self, at: int) -> int:
        """ "… de la Red de Alcaldes para los Andes, Ana Ruiz": past the region that the body is for, or its town."""
        if self._fold(at) not in ("for", "in", "para", "en", "pour", "au", "aux", "a"):
            return at
        end = self._place_behind(at)
        if self._fold(at) == "for" and self._fold(self.line.capitals_end(end)) == ",":
            return self.line.capitals_end(end)  # "Secretary-General of X for Social Affairs, Ana Ruiz"
        if end not in self.places and self.line.is_name(end) and self.line.is_town(end):
            return self.line.capitals_end(end)
        if end not in self.places:
            return at
        end = self.places[end]
        if self._fold(end) in patterns.CONJUNCTIONS:
            second = self._place_behind(end)
            end = self.places.get(second, second + 1 if self.line.is_name(second) else end)
        return end

    def _place_behind(self, at: int) -> int:
        """The word behind ``at``, past its article unless that is a place's."""
        return at + 1 if at + 1 in self.places else self.line.after_determiner(at + 1)

    def _owner_of_its(self, at: int) -> Run | None:
        """The body that "its", "son" or "su" before a position stands for: the last one of the sentence, or of what
        stands before it; or the body that owns it: "IOM's Chief of Mission"."""
        if self._fold(at - 1) in ("'s", "'", "’") and at - 1 in self.line.body_ends:
            return self.line.body_ends[at - 1], at - 1
        if self._fold(at - 1) not in ("its", "their", "son", "sa", "leur", "su"):
            return None
        body_ends = self.line.body_ends
        first = max(0, at - LONGEST_PHRASE)
        while at > first:
            start = body_ends.get(at)
            if start is not None and self._fold(start - 1) == "(" and start - 1 in body_ends:
                return body_ends[start - 1], start - 1  # the name, not its acronym in brackets
            if start is not None:
                return start, at
            at -= 1
        return None

    def _completed(self, standing: Standing, name: PersonName) -> Standing:
        """The position before a name with what stands behind: "trade attaché X (Embassy of Y)"; "infirmière X,
        coordinatrice à la Maison Y" is the latter."""
        behind = self.standings.behind(name)
        if behind is not None and behind.position is not None and self._fold(name.end) == ",":
            return replace(behind, end=standing.end)
        joined = "(" if not self.line.is_list else "(,"
        if behind is None or behind.affiliation is None or self._fold(name.end) not in joined:
            behind = self.standings.of_body(name)
        return replace(standing, affiliation=behind.affiliation) if behind is not None else standing

    def _stands_alone(self, name: PersonName) -> bool:
        """Behind a comma the name must end its own phrase: "the minister, Ana Ruiz, said"."""
        if name.honorific is not None:
            return True
        behind = self._fold(name.end)
        return behind in (",", ".", ";", ")", "", ":", "–", "and", "y", "et", "was", "is") or (
            self.line.is_lower(name.end) and self.standings.behind(name) is None
        )

    def _with_the_same(self, name: PersonName, standing: Standing) -> list[Introduced]:
        """The others behind a plural: "the co-chairs, Ms Diallo (IOM) and Mr Lund (Coast Agency)"."""
        found: list[Introduced] = []
        at = name.end
        while len(found) < 5:
            if self._fold(at) == "(":
                at = next((k + 1 for k in range(at, min(at + 12, len(self.words))) if self._fold(k) == ")"), at)
            if self._fold(at) not in (",", "and", "&", "et", "y", "e"):
                break
            other = self.names.name_at(at + 1)
            if other is None or (other.honorific is None and name.honorific is not None):
                break
            behind = self.standings.behind(other)
            if behind is not None and behind.position is not None:
                break
            affiliation = behind.affiliation if behind is not None else None
            found.append((other, replace(standing, affiliation=affiliation)))
            self.line.take(other.first, other.end)
            at = other.end
        return found
