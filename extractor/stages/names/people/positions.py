"""Positions: how far a position reaches around its nouns, and the body or country that it names."""

from __future__ import annotations

from extractor.stages.names import patterns
from extractor.stages.names.people.affiliations import Affiliations
from extractor.stages.names.people.line_reading import LONGEST_PHRASE, LineReading, Run
from extractor.stages.names.people.person_names import PersonNames

_OF_TOPICS = frozenset("de du des d' la le les l' del el las los".split())  # "ministre du Travail, de l'Emploi et …"
# Who heads a part of a body, and is named after it.
_HEADS = frozenset(
    "head chief director leader lead chair chairperson chairman chairwoman president manager coordinator supervisor "
    "directora directeur directrice jefe jefa chef cheffe responsable encargado encargada coordinador coordinadora "
    "coordinateur coordinatrice coordonnateur coordonnatrice presidente presidenta gerente lider".split()
)
_TIMES = frozenset("time epoque epoca".split())  # "Commissioner of Labour at the time"


class Positions:
    """The positions that the words of one line can be.

    ``before_name``: whether the name is still to come ("Minister of Labour Amina Diallo"), so that a word with a
    capital is rather the person's.
    """

    def __init__(self, line: LineReading, names: PersonNames, affiliations: Affiliations) -> None:
        self.line = line
        self.words = line.words
        self.bodies = line.bodies
        self.places = line.places
        self.sentence_starts = line.sentence_starts
        self.affiliations = affiliations
        self._fold = line.fold
        self._honorific = names.honorific

    def noun_from(self, start: int) -> int | None:
        """The first noun of a position among the words at ``start`` that only qualify it."""
        at = start
        limit = min(len(self.words), start + 9)
        while at < limit:
            word = self.words[at]
            if at == start and at in self.bodies:
                at = self.bodies[at][0]
                if self._fold(at) in ("'s", "’"):
                    at += 1
                if at >= len(self.words) or self.words[at].shape == "mark":
                    return None
                continue
            if word.fold in patterns.POSITIONS:
                return at
            if at > start and at in self.sentence_starts:
                return None
            if word.shape == "mark" and word.text not in "&-/":
                return None
            if self.line.is_function_word(at) and word.fold not in ("and", "y", "et"):
                return None
            if (word.fold in patterns.HEAD_KINDS and not word.is_name) or word.shape == "digit":
                return None
            at += 1
        return None

    def rest(self, head: int, before_name: bool) -> tuple[int, Run | None]:
        """Where the position ends whose noun stands at ``head``, and the body or country that it names."""
        at = head + 1
        affiliation: Run | None = None
        represents = self.words[head].fold in patterns.REPRESENTING_POSITIONS
        limit = min(len(self.words), head + LONGEST_PHRASE)
        while at < limit and at not in self.sentence_starts:
            word = self.words[at]
            if at in self.bodies and self.bodies[at][1].rule != "org.unit":
                if word.fold == "mission" and self._fold(at - 1) == "of":
                    at += 1
                    continue
                affiliation = affiliation or (at, self.affiliations.chain(self.bodies[at][0]))
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
                if not self._goes_on(at + 1):
                    break
                at += 1
            elif word.text == "," and not before_name and self._fold(at + 1) in ("and", "&"):
                if not self._is_last_of_several(at + 2):
                    break
                at += 2
            elif word.text == ",":
                end = self._listed_topics(at) if before_name else self._topic_behind(at)
                if end is None:
                    break
                at = end
            elif self._qualifies(at, before_name):
                at += 1
            else:
                break
        return at, affiliation

    def _qualifies(self, at: int, before_name: bool) -> bool:
        """Whether a word behind the noun of a position belongs to it: "Director Immigration", "directora general"."""
        word = self.words[at]
        if word.is_name:
            may_follow = not before_name and at not in self.places and self._honorific(at) is None
            return may_follow or word.fold in patterns.TOPICS
        if word.shape != "lower" or self.line.is_english:
            return False
        if word.fold in patterns.ACT_VERBS or word.fold in patterns.SPEECH_VERBS:
            return False
        return patterns.is_adjective(word.fold)

    # --- "and" and commas ------------------------------------------------------------------------------------------

    def _goes_on(self, at: int) -> bool:
        """Whether "and" joins a second position or a further topic."""
        at = self.line.after_determiner(at)
        if at >= len(self.words) or at in self.bodies or self._honorific(at) is not None:
            return False
        word = self.words[at]
        if self.line.is_english:
            return word.is_name and (word.fold in patterns.TOPICS or self.noun_from(at) is not None)
        if word.fold in patterns.TOPICS:
            return True
        if not word.is_name:
            return word.fold in patterns.POSITIONS
        return self._leads_to_a_body(at) or self.noun_from(at) is not None

    def _leads_to_a_body(self, at: int) -> bool:
        """Whether capitalised words run up to "de" and a body: "… y Liaisons de l'OIM"."""
        at = self._capitals_end(at)
        return self._fold(at) in ("de", "del", "du", "des", "d'", "a") and self._is_body(at + 1)

    def _is_body(self, at: int) -> bool:
        return at in self.bodies or self.line.after_determiner(at) in self.bodies

    def _is_last_of_several(self, at: int) -> bool:
        """Whether ", and" joins a position that ends the phrase."""
        head = self.noun_from(at)
        return head is not None and self._fold(head + 1) in (".", "", ",", ";", ":")

    def _topic_behind(self, comma: int) -> int | None:
        """The end of a topic that a comma joins to a position and that leads to the body it is held in:
        "Director, Home Affairs, Council of …", "chef de la division Migration, environnement et climat à l'OIM"."""
        at = comma + 1
        joined = False
        while at < len(self.words) and at - comma < 9:
            word = self.words[at]
            is_link = at > comma + 1 and word.fold in patterns.CONJUNCTIONS
            is_link = is_link or (not self.line.is_english and word.fold in _OF_TOPICS)
            is_adjective = at > comma + 1 and word.shape == "lower" and patterns.is_adjective(word.fold)
            if not is_link and not is_adjective and (word.shape == "mark" or not patterns.is_topic(word.fold)):
                break
            if at in self.bodies:
                return None
            joined = joined or (is_link and word.fold in patterns.CONJUNCTIONS)
            at += 1
        if at == comma + 1:
            return None
        if joined:
            return at  # "Minister of Labour, Health and Interior"
        leads_on = self._fold(at) in (",", "of", "at", "a", "de", "du", "del", "en")
        return at if leads_on and self._is_body(at + 1) else None

    def _listed_topics(self, comma: int) -> int | None:
        """The end of the topics that a comma opens before a name: "Minister of Labour | , Employment and Social
        Security | , Mr X"."""
        at = comma + 1
        joined = False
        if not patterns.is_topic(self._fold(at)):
            return None
        while at < len(self.words) and at - comma < 12 and at not in self.sentence_starts:
            word = self.words[at]
            joined = joined or word.fold in patterns.CONJUNCTIONS
            if word.text == "," and joined:
                return at
            name = word.is_name and self._honorific(at) is None
            if not name and word.text != "," and word.fold not in patterns.CONJUNCTIONS:
                return None
            at += 1
        return None

    # --- "of" and what it joins ------------------------------------------------------------------------------------

    def _connected(self, connector: int, represents: bool, before_name: bool) -> tuple[int, Run | None] | None:
        """Past "of …" behind the noun of a position: (the word after the position, the body or country found)."""
        at = connector + 1
        if at not in self.bodies and at not in self.places:
            at = self.line.after_determiner(at)
        if at >= len(self.words):
            return None
        word = self.words[at]
        if word.fold in _TIMES:
            return None
        if self._fold(connector) in ("of", "de") and word.fold == "mission" and not self._heads_a_body(at):
            return at + 1, None
        if at in self.bodies:
            return self._connected_body(connector, at, represents)
        if at in self.places:
            end = self.places[at]
            if self._fold(connector) in ("for", "para", "pour"):
                return end, None  # "Regional Coordinator for the Western Balkans"
            return (end if represents else connector), (at, end)
        if self._fold(connector) in ("at", "in", "a", "en") and word.is_name and self.line.is_town(at):
            return None
        body = self.affiliations.held_in(connector, at)
        if body is not None:
            return connector, body
        if before_name and word.is_name:
            return self._topics_end(at), None
        if word.is_name and self._honorific(at) is None:
            of_company = self.words[connector - 1].fold in patterns.COMPANY_POSITIONS
            if of_company and word.fold not in patterns.TOPICS and word.fold not in patterns.NAME_BLOCKERS:
                return connector, (at, self.line.capitals_end(at))
            return self._capital_topic_end(at), None
        if word.shape == "lower" and word.fold not in patterns.FUNCTION_WORDS:
            return self._lower_topic_end(at), None
        return None

    def _connected_body(self, connector: int, at: int, represents: bool) -> tuple[int, Run]:
        """The same, where a body stands behind the connector."""
        end = self.bodies[at][0]
        parts = self.affiliations.unit_and_whole(at) if self._fold(connector - 1) in _HEADS else None
        if parts is not None:
            return parts  # "Head of the Migration Division | at IOM"
        linked = self._fold(connector)
        if self._fold(connector - 1) in ("chief", "head", "jefe", "jefa", "chef", "cheffe") and any(
            w.fold in ("mission", "mision") for w in self.words[at:end]
        ):
            return end, (at, end)  # "Chief of IOM Mission to Kenya": Chief of Mission
        if linked in ("to", "a") and self._fold(end) != "" and self._is_position(end):
            return self._past_positions(end), (at, end)
        if represents and linked in ("to", "ante", "aupres", "a"):
            return end, (at, end)
        return connector, self.affiliations.owned_at(end) or (at, self.affiliations.chain(end))

    def _heads_a_body(self, at: int) -> bool:
        """Whether the noun opens the name of a body, and is more than "mission of"."""
        return at in self.bodies and self.bodies[at][0] > at + 1 and self._fold(at + 1) not in ("for", "of", "in")

    def _is_position(self, at: int) -> bool:
        """Whether a position stands there: its noun, or the one behind a word with a capital."""
        return self.noun_from(at) == at or (
            at + 1 < len(self.words) and self.words[at].is_name and self.noun_from(at) == at + 1
        )

    def _past_positions(self, at: int) -> int:
        while at < len(self.words) and (self.words[at].is_name or self._fold(at) in patterns.POSITIONS):
            at += 1
        return at

    # --- topics ----------------------------------------------------------------------------------------------------

    def _topics_end(self, at: int) -> int:
        """Past the topic of a position that a name follows at once: "Minister of Labour | Florence Bore"."""
        end = at + 1
        while self._fold(end) in patterns.TOPICS:
            end += 1
        run = self._capitals_end(at)
        return run if self._fold(run) == "," else end

    def _capitals_end(self, at: int) -> int:
        """Past the words with a capital, up to a body."""
        while at < len(self.words) and self.words[at].is_name and at not in self.bodies:
            at += 1
        return at

    def _capital_topic_end(self, at: int) -> int:
        start = at
        while at < len(self.words) and at not in self.bodies and at not in self.sentence_starts:
            word = self.words[at]
            goes_on = word.is_name and (at == start or self._honorific(at) is None)
            if not goes_on and not (word.fold in ("'s", "’") and self.line.is_name(at + 1)):
                break
            at += 1
        return at

    def _lower_topic_end(self, at: int) -> int:
        start = at
        while at < len(self.words) and at - start < 4 and at not in self.bodies:
            word = self.words[at]
            if word.shape == "mark" or word.fold in patterns.FUNCTION_WORDS or at in self.sentence_starts:
                break
            if at > start and (word.fold in patterns.ACT_VERBS or word.fold in patterns.SPEECH_VERBS):
                break
            at += 1
        return at
