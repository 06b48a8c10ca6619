"""Name grammar: how far the name of a body reaches around its noun, in English, French and Spanish."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor import gazetteer
from extractor.stages.names import known_bodies
from extractor.stages.names import patterns as name_patterns
from extractor.stages.names.known_bodies import KnownBody
from extractor.stages.names.words import Line, Reading, Word

_ROMANCE = frozenset({"fr", "es", "pt", "it", "ca"})
_ACRONYM = re.compile(r"[A-ZÀ-Þ][\w&.-]{0,10}[A-ZÀ-Þ0-9][a-z]?\Z")
_LONGEST_NAME = 24  # words
_CITY_WORDS = 3
_ARTICLES_OF_NAMES = frozenset({"La", "El", "Las", "Los", "Le", "Les"})
_LISTING = frozenset(",;/|")


def is_acronym(text: str) -> bool:
    """Written as an acronym is: SMS, UN-Habitat, nothing longer than twelve letters."""
    return _ACRONYM.match(text) is not None


def _is_in_capitals(words: Sequence[Word]) -> bool:
    """Whether a line is written in capitals, so that short words of it are no acronyms: "WHO IS WHO"."""
    plain = [w for w in words if w.shape != "mark"]
    if 2 * sum(w.text in _LISTING for w in words) >= len(plain):
        return False  # "FAO, ILO, IOM, WHO"
    capitals = sum(w.shape == "CAPS" for w in plain)
    if len(plain) < 8:
        return len(plain) > 2 and capitals == len(plain) and len(words) == len(plain)
    return capitals > 0.6 * len(plain)


class NameGrammar:
    """The words of one line, with the known bodies and the places among them.

    All positions are indices of words; ends are exclusive.
    """

    def __init__(self, reading: Reading, line: Line) -> None:
        document = reading.document
        self.document = document
        self.line = line
        self.words = line.words
        self.romance = document.language in _ROMANCE
        self.places = line.places
        self.known: dict[int, tuple[int, KnownBody]] = {}
        found = known_bodies.find_known(self.words, line.with_trait("known"))
        upper = bool(found) and _is_in_capitals(self.words)
        for start, end, body in found:
            of_another = start > 0 and self.words[start].fold == "regional" and self.words[start - 1].is_name
            if not of_another and not (upper and end - start == 1 and len(self.words[start].text) < 5):
                self.known[start] = (end, body)
        self.known_ends = {end: start for start, (end, _) in self.known.items()}
        self.place_ends = {end: start for start, (end, _) in self.places.items()}
        self.known_at: list[int | None] = [None] * len(self.words)  # for each word the start of its known body
        self.place_at = [False] * len(self.words)
        for start, (end, _) in self.known.items():
            self.known_at[start:end] = [start] * (end - start)
        for start, (end, _) in self.places.items():
            self.place_at[start:end] = [True] * (end - start)
        self.definitions: list[tuple[int, int, str]] = []  # capitalised phrases with acronyms, of unknown nature

    # --- before the noun ---

    def _left(self, head: int) -> int:
        """Where the name begins whose noun stands at ``head``: the capitalised words before it."""
        at = head
        while at > 0 and head - at < 9:
            step = self._step_left(at, head)
            if step == at:
                break
            at = step
        inside = self.known_at[at]
        return at if inside is None else inside  # "Council of the European Union | General Secretariat"

    def _step_left(self, at: int, head: int) -> int:
        before = self.words[at - 1]
        if before.is_name and self._may_modify(at - 1):
            return at - 1
        if at == 1:
            return at
        owner = self.words[at - 2]
        if before.fold == "'s":
            if owner.fold in name_patterns.OWNERS or owner.fold.endswith("men"):
                return at - 2  # "Women's Union"
            if self.words[head].fold in name_patterns.HEADS_IN_PLACE and at - 1 in self.known_ends:
                return self.known_ends[at - 1]  # "the ILO's Regional Office"
        elif before.text in "’'":
            if self._is_plural_name(at - 2):
                return at - 2  # "Students' Union"
        elif before.fold in name_patterns.CONJUNCTIONS and at < head and self._is_topic_modifier(at - 2):
            return at - 2  # "Research and Innovation Unit"
        return at

    def _is_topic_modifier(self, at: int) -> bool:
        word = self.words[at]
        return (
            word.is_name
            and name_patterns.is_topic(word.fold)
            and word.fold not in name_patterns.HEAD_KINDS
            and not self._in_place_or_known(at)
        )

    def _may_modify(self, at: int) -> bool:
        word = self.words[at]
        folded = word.fold
        if word.shape != "CAPS" and (folded in name_patterns.FUNCTION_WORDS or folded in name_patterns.HONORIFICS):
            return False
        if word.text[-1] in "’'":
            return False
        if at == 0 and folded in name_patterns.LEAD_WORDS:
            return False
        if folded in name_patterns.TITLE_WORDS:
            return False
        return folded not in name_patterns.ACT_VERBS

    def _is_plural_name(self, at: int) -> bool:
        word = self.words[at]
        return word.is_name and word.fold.endswith("s") and not self._in_place_or_known(at)

    def _in_place_or_known(self, at: int) -> bool:
        return self.known_at[at] is not None or self.place_at[at]

    # --- behind it ---

    def _right(self, head: int) -> int:
        """Where the name ends whose noun stands at ``head``."""
        word = self.words[head]
        limit = min(len(self.words), head + _LONGEST_NAME)
        romance = self.romance or word.fold not in name_patterns.ENGLISH_HEADS
        at = self._qualifiers(head + 1, limit, romance, word)
        while at < limit:
            bracket = self._bracketed_acronym(at)
            behind = bracket[0] if bracket else at
            connector = self._fold(behind)
            end: int | None = None
            relates = connector == "with" and self._fold(behind - 1) in ("relations", "cooperation", "solidarity")
            of_victims = connector == "in" and self._fold(behind + 1) in name_patterns.VICTIMS  # trafficking in persons
            if connector in name_patterns.CONNECTORS or relates or of_victims:
                end = self._complement(behind + 1, limit, word)
                if end is not None:
                    end = self._coordinated(end, limit, romance)
            if end is None and connector in name_patterns.PLACE_CONNECTORS and behind > head:
                end = self._place_complement(behind, word)
            if end is None and connector in ("under", "bajo", "aupres") and word.fold in name_patterns.HEADS_UNDER:
                end = self._body_complement(behind + 1)
            if end is None or (bracket and not self._is_tail(behind)):
                break
            at = end
        return at

    def _is_tail(self, at: int) -> bool:
        """Behind an acronym in brackets a name goes on only with its country: "(SMS) of the Republic of X"."""
        if at + 1 in self.places:
            return True
        place = self._after_determiner(at + 1)
        while self._fold(place) in name_patterns.COUNTRY_FORMS or self._fold(place) in ("of", "de", "du", "d'"):
            place += 1
        return place in self.places

    def _qualifiers(self, at: int, limit: int, romance: bool, head: Word) -> int:
        """Past the words right behind the noun: "Consejo Nacional", "Agence française", "University Lille 3"."""
        while at < limit:
            word = self.words[at]
            if at in self.known and word.fold != "nacional":
                break
            if romance:
                article = word.text in _ARTICLES_OF_NAMES and self._is_name_at(at + 1)  # "Asociación La Alianza"
                plain = word.is_name and (article or not self._is_blocked(at))
                adjective = word.shape == "lower" and self.romance and name_patterns.is_adjective(word.fold)
                if not (plain or adjective):
                    break
                if word.is_name and word.fold in name_patterns.HEAD_KINDS and head.fold in name_patterns.SUBUNIT_HEADS:
                    break
            elif not (
                (word.is_name and (word.fold == "general" or head.fold == "directorate-general"))
                or (
                    head.fold in ("university", "college")
                    and (word.is_name or word.shape == "digit")
                    and not self._is_blocked(at)
                )
            ):
                break
            at += 1
        return at

    def _is_blocked(self, at: int) -> bool:
        folded = self.words[at].fold
        if self.words[at].shape == "CAPS" and len(folded) < 5:
            return False  # UN, LAS
        return (
            folded in name_patterns.FUNCTION_WORDS
            or folded in name_patterns.HONORIFICS
            or folded in name_patterns.TITLE_WORDS
            or folded in name_patterns.CALENDAR
        )

    def _complement(self, at: int, limit: int, head: Word) -> int | None:
        """The end of the noun phrase at ``at``, which a connector has opened; None if there is none."""
        if at not in self.places:
            at = self._after_determiner(at)
        if at >= limit:
            return None
        if at in self.known:
            end = self.known[at][0]
            is_adjective = self._is_name_at(end) and name_patterns.is_topic(self._fold(end))
            return self._run(end, limit) if is_adjective else end  # "of East African Community Affairs"
        if at in self.places:
            of_a_state = name_patterns.HEAD_KINDS[head.fold] == "government"
            return self._places_end(at) if of_a_state else self._past_place(at, limit)
        first = self.words[at]
        if not first.is_name and not (
            self.romance and first.shape == "lower" and first.fold not in name_patterns.FUNCTION_WORDS
        ):
            return None
        return self._run(at, limit, head.fold in name_patterns.HEADS_OF_TITLES)

    def _past_place(self, at: int, limit: int) -> int:
        """Past a country, or what it is only an adjective of: "of Netherlands Municipalities"."""
        end = self._places_end(at)
        goes_on = end < limit and self._is_name_at(end) and end not in self.known and not self._is_blocked(end)
        if goes_on and self.words[end].fold not in name_patterns.HEAD_KINDS:
            return self._run(end, limit) or end
        return end

    def _run(self, at: int, limit: int, of_titles: bool = False) -> int | None:
        """Past a run of capitalised words (in French and Spanish, of a noun and its adjectives)."""
        start = at
        while at < limit and at not in self.known:
            first = at == start
            if at in self.places and not first:
                return self.places[at][0] if self._fold(at - 1) in name_patterns.DIRECTIONS else at
            of_run = self._is_of_run(at, of_titles) or (self.romance and self._is_romance_noun_phrase(at, first))
            if not of_run and (first or not self._links_run(at)):
                break
            at += 1
        return at if at > start else None

    def _is_of_run(self, at: int, of_titles: bool) -> bool:
        word = self.words[at]
        return word.is_name and (not self._is_blocked(at) or (of_titles and word.fold in name_patterns.TITLE_WORDS))

    def _links_run(self, at: int) -> bool:
        """What may stand inside: "Women's", "Workers’ Rights", "Dar es Salaam"."""
        word, before = self.words[at], self.words[at - 1]
        if word.fold == "'s":
            return before.fold in name_patterns.OWNERS
        if not self._is_name_at(at + 1):
            return False
        return (word.text in "’'" and before.fold.endswith("s")) or self._is_particle(at)

    def _is_romance_noun_phrase(self, at: int, first: bool) -> bool:
        word = self.words[at]
        if word.shape != "lower" or first:
            return word.shape == "lower"
        return word.fold not in name_patterns.ACT_VERBS and (
            name_patterns.is_adjective(word.fold) or word.fold in name_patterns.TOPICS or self._agrees_with_noun(at)
        )

    def _agrees_with_noun(self, at: int) -> bool:
        """Whether a French or Spanish word behind a noun can be its adjective and no verb: a plural behind a
        plural, or the last word before a mark."""
        word, noun, behind = self.words[at], self.words[at - 1], self._fold(at + 1)
        if word.fold in name_patterns.FUNCTION_WORDS or word.fold in name_patterns.SPEECH_VERBS:
            return False
        if noun.fold.endswith(("s", "x")):
            return word.fold.endswith(("s", "x")) and (behind in name_patterns.CONNECTORS or not behind.isalpha())
        return not word.fold.endswith(("s", "ent", "er", "on", "o")) and behind in (".", ",", ")", "(", ";", "")

    def _is_particle(self, at: int) -> bool:
        """Inside the name of a city or a person: "University of Dar es Salaam". In French and Spanish, a connector."""
        folded = self._fold(at)
        return not self.romance and folded in name_patterns.PARTICLES and folded not in ("y", "e")

    def _is_name_at(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].is_name

    def _is_lower_at(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].shape == "lower"

    def _coordinated(self, at: int, limit: int, romance: bool) -> int:
        """Past what "and" and commas join to the complement: "of Youth, Sports and Culture"."""
        while at < limit:
            end = None
            if self._fold(at) in name_patterns.CONJUNCTIONS:
                end = self._joined(at + 1, limit, romance)
            elif self._fold(at) == ",":
                end = self._listed(at, limit, romance)
            if end is None:
                return at
            at = end
        return at

    def _joined(self, at: int, limit: int, romance: bool) -> int | None:
        """The end of a topic ("and Social Affairs", "et de la Sécurité"), None for anything else."""
        repeated = romance and self._fold(at) in name_patterns.CONNECTORS
        if self._fold(at) in name_patterns.CONNECTORS:
            at += 1
            at = self._after_determiner(at)
        elif self._fold(at) in name_patterns.DETERMINERS:
            at = self._after_determiner(at)
            if self._fold(at) not in name_patterns.TOPICS or self._fold(at + 1) in name_patterns.OF:
                return None  # "and the …": another body, but for "Women and the Family"
        if at >= limit or at in self.known or at in self.places:
            return None
        if self.words[at].fold in name_patterns.HEAD_KINDS and self.words[at].fold not in name_patterns.TOPICS:
            return None
        end = self._run(at, limit)
        if end is None:
            return None
        folds = [w.fold for w in self.words[at:end]]
        if not any(name_patterns.is_topic(f) for f in folds) and not (repeated and self.words[at].is_name):
            return None
        if folds[-1] in name_patterns.HEAD_KINDS and folds[-1] not in name_patterns.TOPICS:
            return None
        if len(folds) > 1 and folds[-1] in name_patterns.WEAK_HEADS:
            return None  # "… and Harbour City Partnership"
        if romance and self._fold(end) in ("de", "del", "du", "des", "d'") and end + 1 not in self.places:
            behind = self._after_determiner(end + 1)
            if name_patterns.is_topic(self._fold(behind)):
                return self._run(behind, limit) or end
        return end

    def _listed(self, at: int, limit: int, romance: bool) -> int | None:
        """From a comma to the end of "…, Sports and Culture": topics only, the last behind "and"."""
        for _ in range(5):
            if self._fold(at) == "," and self._fold(at + 1) in name_patterns.CONJUNCTIONS:
                at += 1
            last = self._fold(at) in name_patterns.CONJUNCTIONS
            if not last and self._fold(at) != ",":
                return None
            end = self._joined(at + 1, limit, romance)
            if end is None:
                return None
            if last:
                return end
            at = end
        return None

    def _place_complement(self, connector: int, head: Word) -> int | None:
        """ "in Kenya" behind an office or network; "to the United Nations" behind a mission."""
        at = connector + 1 if connector + 1 in self.places else self._after_determiner(connector + 1)
        if self._fold(connector) in ("to", "a", "aupres") and head.fold not in name_patterns.HEADS_TO:
            return None
        if head.fold not in name_patterns.HEADS_IN_PLACE and head.fold not in name_patterns.HEADS_TO:
            region = at in self.places and self.places[at][1] is None and self.words[connector - 1] is not head
            return self._places_end(at) if region and self._fold(connector) == "in" else None
        while at not in self.places and self._fold(at) in name_patterns.COUNTRY_FORMS:
            if self._fold(at + 1) not in ("of", "de", "du", "d'"):
                break
            at = self._after_determiner(at + 2)
        if at in self.places:
            return self._places_end(at)
        if at in self.known and head.fold in name_patterns.HEADS_TO:
            return self.known[at][0]
        for end in range(at + _CITY_WORDS, at, -1):
            if end <= len(self.words) and all(self._is_name_at(k) for k in range(at, end)):
                name = " ".join(word.text for word in self.words[at:end])
                if gazetteer.cities_named(name):
                    return end
        return None

    def _body_complement(self, at: int) -> int | None:
        """ "under the State Migration Service", "under SMS"."""
        at = self._after_determiner(at)
        if at in self.known:
            return self.known[at][0]
        head = at
        while head < len(self.words) and self.words[head].is_name and head - at < 6:
            if self.words[head].fold in name_patterns.HEAD_KINDS:
                return self._right(head)
            head += 1
        if self._is_name_at(at) and self.words[at].shape == "CAPS":
            return at + 1
        return None

    # --- places, acronyms, small helps ---

    def _places_end(self, at: int) -> int:
        """The end of the places at ``at``; behind "for" they may be a list."""
        end = self._pair_end(at)
        while self._fold(at - 1) in ("for", "pour", "para") and self._fold(end) == "," and end + 1 in self.places:
            following = self.places[end + 1][0]
            if self._fold(following) in name_patterns.CONJUNCTIONS and following + 1 in self.places:
                return self.places[following + 1][0]
            end = following
        return end

    def _pair_end(self, at: int) -> int:
        """The end of a place or of two joined ("West and Central Africa", "the Americas and the Caribbean")."""
        end = self.places[at][0]
        if self._fold(end) in name_patterns.CONJUNCTIONS:
            second = end + 1 if end + 1 in self.places else self._after_determiner(end + 1)
            both = second in self.places and self.places[second][1] is None and self.places[at][1] is None
            if both or (second in self.places and self._fold(at - 1) in ("for", "pour", "para")):
                return self.places[second][0]
        return end

    def _bracketed_acronym(self, at: int) -> tuple[int, str] | None:
        """(the word after the bracket, the acronym) of "(SMS)" at ``at``."""
        if self._fold(at) != "(":
            return None
        inner = at + 1
        while self._fold(inner) in ("“", '"', "‘", "the", "«"):
            inner += 1
        if inner >= len(self.words) or not is_acronym(self.words[inner].text):
            return None
        after = inner + 1
        while self._fold(after) in ("”", '"', "’", "»"):
            after += 1
        if self._fold(after) != ")":
            return None
        return after + 1, self.words[inner].text

    def _fold(self, at: int) -> str:
        return self.words[at].fold if 0 <= at < len(self.words) else ""

    def _after_determiner(self, at: int) -> int:
        return at + 1 if self._fold(at) in name_patterns.DETERMINERS else at

    def text(self, start: int, end: int) -> str:
        return " ".join(self.document.text[self.words[start].start : self.words[end - 1].end].split())
