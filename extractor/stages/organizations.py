"""Organizations: where the text names a body, by structure, vocabulary and the way such names are built.

Rules, by what found the mention:
  org.field        a labelled field of the page that holds organizations
  org.vocabulary   a known body by one of its names or acronyms
  org.office       a known body's office or network in a country or region ("IOM Mission in Kenya")
  org.head         a noun that heads names of bodies, with what belongs to it ("Ministry of Labour of Kenya")
  org.unit         the same for parts of bodies ("Research Unit", "Faculty of Law")
  org.quoted       a name in quotation marks before or behind such a noun
  org.definition   a name with its acronym, either way round
  org.acronym      an acronym that the page has explained
  org.list         a capitalised name in a list between two bodies
  org.cue          a capitalised name where only a body can stand ("organized by …", "FEMA helps …")
  org.enumeration  one of several that share a noun ("the Ministries of Health, Labour and Interior")
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor import gazetteer
from extractor.model import Field, Method, Span
from extractor.stages import known_bodies, name_patterns
from extractor.stages.known_bodies import BY_COUNTRY, KnownBody
from extractor.stages.words import Line, Reading, Word, split_words
from extractor.text import fold

FIELD_ROLES = {
    "organizers": "organizer",
    "host": "organizer",
    "co_organizers": "organizer",
    "implementing_organizations": "implementer",
    "detailed_information": "implementer",
    "organizations": "implementer",
    "partners": "partner",
    "donors": "donor",
    "partner_donor_organizations": "partner",
    "publisher": "mentioned",
    "participants": "participant",
}
_ROMANCE = frozenset({"fr", "es", "pt", "it", "ca"})
_ACRONYM = re.compile(r"[A-ZÀ-Þ][\w&.-]{0,10}[A-ZÀ-Þ0-9][a-z]?\Z")
_LONGEST_NAME = 24  # words


@dataclass(frozen=True, slots=True)
class OrganizationMention:
    """A body as one passage names it."""

    span: Span
    name: str  # the passage, or what it stands for ("Ministry of Labour", of "Ministries of Health and Labour")
    rule: str
    method: Method = "rule"
    body: KnownBody | None = None  # the known body that it is, or (``office``) belongs to
    office: bool = False
    country_code: str | None = None
    acronym: str | None = None  # given in brackets behind the name, or before it
    field: str | None = None  # the field whose value it is


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int  # words of the line
    end: int
    rule: str
    body: KnownBody | None = None
    office: bool = False
    country_code: str | None = None
    name: str | None = None
    acronym: str | None = None


def find_organizations(reading: Reading, fields: Sequence[Field]) -> tuple[OrganizationMention, ...]:
    """The mentions that structure and rules find, in the order of the text, without overlap."""
    scans = [_Scan(reading, line) for line in reading.lines]
    mentions = [mention for scan in scans for mention in scan.mentions()]
    mentions += _acting_definitions(scans)
    mentions += _repeated_acronyms(reading.lines, mentions)
    mentions = _with_fields(reading, fields, mentions)
    mentions += _cued(scans, mentions)
    mentions += _between(scans, mentions)
    return without_overlap(mentions)


def without_overlap(mentions: Sequence[OrganizationMention]) -> tuple[OrganizationMention, ...]:
    """Of mentions that overlap the longest, of equal ones the first given. The whole stays inside its part, and the
    names that share a noun stay beside each other."""
    kept: list[OrganizationMention] = []
    taken: list[tuple[int, int]] = []
    for mention in sorted(mentions, key=lambda m: (m.field is None, -(m.span.end - m.span.start))):
        bounds = (mention.span.start, mention.span.end)
        if any(
            k.span.start < bounds[1] and bounds[0] < k.span.end and not _is_whole_of(mention, k) for k in kept
        ) and not any(bounds == b for b in taken):
            continue
        if any(bounds == (k.span.start, k.span.end) and k.name == mention.name for k in kept):
            continue
        if bounds in taken and mention.rule != "org.enumeration":
            continue
        kept.append(mention)
        taken.append(bounds)
    return tuple(sorted(kept, key=lambda m: (m.span.start, m.span.end)))


def _is_whole_of(whole: OrganizationMention, part: OrganizationMention) -> bool:
    return (
        part.rule == "org.unit"
        and whole.body is not None
        and part.span.start < whole.span.start
        and whole.span.end <= part.span.end
    )


class _Scan:
    """One line, read for names."""

    def __init__(self, reading: Reading, line: Line) -> None:
        document = reading.document
        self.document = document
        self.line = line
        self.words = line.words
        self.romance = document.language in _ROMANCE
        self.places: dict[int, tuple[int, str | None]] = {}  # first word → (after the last, country)
        for at, word in enumerate(self.words):
            place = reading.places.get(word.start)
            if place is not None:
                end = at + 1
                while end < len(self.words) and self.words[end].start < place[0]:
                    end += 1
                self.places[at] = (end, place[1])
        self.known: dict[int, tuple[int, KnownBody]] = {}
        upper = sum(w.shape == "CAPS" for w in self.words) > 0.6 * max(4, sum(w.shape != "mark" for w in self.words))
        for start, end, body in known_bodies.find_known(self.words):
            if not (upper and end - start == 1 and len(self.words[start].text) < 5):
                self.known[start] = (end, body)
        self.definitions: list[tuple[int, int, str]] = []  # capitalised phrases with acronyms, of unknown nature

    # --- reading -------------------------------------------------------------------------------------------

    def mentions(self) -> list[OrganizationMention]:
        candidates = self._known_names()
        if not self.line.title_case:
            candidates += self._headed_names()
            candidates += self._shared_heads()
            candidates += self._place_bodies()
        elif self.line.kind not in ("title", "heading"):
            candidates += [c for c in self._headed_names() if c.end - c.start >= 0.8 * len(self.words)]
        candidates = self._longest(candidates)
        candidates = [self._with_acronym(c) for c in candidates]
        candidates += self._defined_names(candidates)
        kept = self._longest(candidates)
        return [self._mention(c) for c in [*kept, *self._wholes(kept)]]

    def _wholes(self, candidates: Sequence[_Candidate]) -> Iterator[_Candidate]:
        """The known body that a part names: "Transparency Division of the United Nations"."""
        for candidate in candidates:
            if candidate.rule == "org.unit":
                for start in range(candidate.start + 1, candidate.end):
                    if start in self.known and self.known[start][0] == candidate.end:
                        body = self.known[start][1]
                        yield _Candidate(start, candidate.end, "org.vocabulary", body, country_code=body.country_code)

    def _longest(self, candidates: list[_Candidate]) -> list[_Candidate]:
        kept: list[_Candidate] = []
        used = [False] * len(self.words)
        for candidate in sorted(candidates, key=lambda c: c.start - c.end):
            if candidate.rule == "org.enumeration":
                kept.append(candidate)
            elif not any(used[candidate.start : candidate.end]):
                kept.append(candidate)
            else:
                continue
            used[candidate.start : candidate.end] = [True] * (candidate.end - candidate.start)
        return sorted(kept, key=lambda c: c.start)

    def _mention(self, candidate: _Candidate) -> OrganizationMention:
        span = self.document.span(self.words[candidate.start].start, self.words[candidate.end - 1].end)
        name = candidate.name or " ".join(span.text.split())
        return OrganizationMention(
            span,
            name,
            candidate.rule,
            "rule",
            candidate.body,
            candidate.office,
            candidate.country_code,
            candidate.acronym,
        )

    # --- known bodies --------------------------------------------------------------------------------------

    def _known_names(self) -> list[_Candidate]:
        found = []
        for start, (end, body) in self.known.items():
            office = self._known_office(start, end, body)
            if office is not None:
                found.append(office)
            elif not ((body.id in ("un", "eu", "au") and self._is_modifier(end)) or self._opens_a_treaty(end)):
                found.append(_Candidate(start, end, "org.vocabulary", body, country_code=body.country_code))
        return found

    def _is_modifier(self, end: int) -> bool:
        """Whether the name before ``end`` only qualifies the next noun ("UN agencies", "EU Member States")."""
        if end >= len(self.words) or self.romance:
            return False
        word = self.words[end]
        if word.fold == "'s":
            return True
        return word.shape in ("Upper", "CAPS", "lower") and word.fold not in name_patterns.FUNCTION_WORDS

    def _opens_a_treaty(self, end: int) -> bool:
        """Whether the name before ``end`` begins that of a text: "ILO Violence and Harassment Convention"."""
        at = end
        while at < len(self.words) and at - end < 7:
            word = self.words[at]
            if word.is_name and word.fold in name_patterns.TREATY_WORDS:
                return True
            if not word.is_name and word.fold not in ("and", "on", "of", "for", "&"):
                return False
            at += 1
        return False

    def _known_office(self, start: int, end: int, body: KnownBody) -> _Candidate | None:
        """ "IOM Kenya", "UN Network on Migration in Iraq", "Regional UN Network on Migration in West Africa"."""
        begin, at = start, end
        if body.id in BY_COUNTRY:
            while begin > 0 and self.words[begin - 1].fold in ("regional", "national", "country"):
                begin -= 1
            before = next((at for at, (stop, code) in self.places.items() if stop == begin and code), None)
            if before is not None:
                return _Candidate(before, end, "org.office", body, True, self.places[before][1])
            bracket = self._bracketed_acronym(at)
            behind = bracket[0] if bracket else at
            if self._fold(behind) in name_patterns.PLACE_CONNECTORS or self._fold(behind) in ("for", "para", "del"):
                behind = behind + 1 if behind + 1 in self.places else self._after_determiner(behind + 1)
                if behind in self.places:
                    return self._office(begin, self._places_end(behind), body, behind, at if bracket else None)
        if body.id not in ("un", "eu"):
            place = self._place_right_behind(at)
            if place is not None:
                return _Candidate(begin, place[0], "org.office", body, True, place[1])
        return None

    def _place_right_behind(self, at: int) -> tuple[int, str | None] | None:
        """The country, region or city that follows at once: "IOM Kenya", "Save the Children South Sudan"."""
        if at in self.places:
            return self.places[at]
        end = at
        while self._is_name_at(end) and end - at < 3:
            end += 1
        for stop in range(end, at, -1):
            country = gazetteer.country_by_name(self._text(at, stop))
            if country is not None:
                return stop, country.alpha2
        if end == at + 1 and self.words[at].shape == "Upper":
            city = gazetteer.city_named(self.words[at].text)
            if city is not None and city.population >= 100:
                return end, city.country_code
        return None

    def _office(self, start: int, end: int, body: KnownBody, place: int, bracket: int | None) -> _Candidate:
        code = self.places[place][1] if self.places[place][0] == end else None
        if bracket is None:
            return _Candidate(start, end, "org.office", body, True, code)
        after, acronym = self._bracketed_acronym(bracket) or (bracket, "")
        name = f"{self._text(start, bracket)} {self._text(after, end)}"
        return _Candidate(start, end, "org.office", body, True, code, name, acronym)

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

    # --- names built around a noun -----------------------------------------------------------------------------

    def _headed_names(self) -> list[_Candidate]:
        found = []
        reached = 0
        for at, word in enumerate(self.words):
            if at < reached or word.fold not in name_patterns.HEAD_KINDS or at in self.places:
                continue
            candidate = self._headed_name(at)
            if candidate is not None:
                found.append(candidate)
                reached = candidate.end
        return found

    def _headed_name(self, head: int) -> _Candidate | None:
        word = self.words[head]
        if word.shape == "lower" and word.fold not in name_patterns.LOWERCASE_HEADS:
            return None
        inside = next((end for s, (end, _) in self.known.items() if s <= head < end), None)
        if inside is not None:
            return None
        if self._is_part_of_a_title(head) or (word.text.endswith(".") and self._left(head) == head):
            return None
        start = self._left(head) if word.shape != "lower" else head
        quoted = self._quoted_before(start)
        end = self._right(head)
        has_complement = end > head + 1
        if quoted is None and not self._is_specific(start, head, end):
            return None
        if not has_complement and end not in self.known:
            place = self._place_right_behind(end)
            if place is not None:
                end, has_complement = place[0], True  # "Solidarity Center Bangladesh"
        if not has_complement and self._is_name_at(end) and self._fold(end) not in name_patterns.TITLE_WORDS:
            if end not in self.known and end not in self.places and self._fold(end) not in name_patterns.HONORIFICS:
                return None  # the noun is no head: "Migration Network Hub", "Expert Group Meeting"
        if self._names_something_else(start, end):
            return None
        if quoted is not None:
            return _Candidate(quoted, end, "org.quoted")
        if word.shape == "lower" and self._is_name_at(head + 1):
            start = head + 1  # "l'association Terre Neuve": the noun only says what it is
        rule = "org.unit" if word.fold in name_patterns.SUBUNIT_HEADS else "org.head"
        return self._classified(start, end, head, rule)

    def _is_part_of_a_title(self, head: int) -> bool:
        """ "Chief of Mission", "Head of Office": the noun belongs to a position."""
        return (
            self.words[head].fold in ("mission", "office", "delegation", "section", "unit", "department")
            and self._fold(head - 1) == "of"
            and self._fold(head - 2) in ("chief", "head", "chiefs", "heads", "deputy")
        )

    def _is_specific(self, start: int, head: int, end: int) -> bool:
        """Whether enough stands around the noun to tell one body from all of its kind."""
        word = self.words[head]
        if word.shape == "lower":
            return any(w.is_name for w in self.words[head + 1 : end])
        if self._fold(head - 1) == "civil" and word.fold == "society":
            return False
        if end > head + 1:
            only_a_place = self._fold(head + 1) in name_patterns.PLACE_CONNECTORS
            return not only_a_place or start < head
        if word.fold in name_patterns.HEADS_NEEDING_COMPLEMENT and not self._in_place_or_known(start):
            return sum(w.fold not in name_patterns.GENERIC_MODIFIERS for w in self.words[start:head]) > 1
        return word.fold != "mechanism" and self._has_own_modifier(start, head)

    def _names_something_else(self, start: int, end: int) -> bool:
        """A “Migration School” project: the name in quotation marks is that of the noun behind it."""
        return (
            self._fold(start - 1) in ("“", '"', "«", "‘")
            and self._fold(end) in ("”", '"', "»", "’")
            and self._fold(end + 1) in name_patterns.EVENT_WORDS
        )

    def _classified(self, start: int, end: int, head: int, rule: str) -> _Candidate:
        code = next((self.places[at][1] for at in range(start, end) if at in self.places), None)
        parent = next((self.known[at] for at in range(start, end) if at in self.known), None)
        if parent is not None and self.words[head].fold in name_patterns.HEADS_IN_PLACE | {"mission"}:
            body = parent[1]
            others = [
                w.fold
                for w in (*self.words[start:head], *self.words[head + 1 : end])
                if w.fold not in name_patterns.FUNCTION_WORDS and w.shape != "mark"
            ]
            if len(others) <= 12:
                return _Candidate(start, end, "org.office", body, True, code)
        named = known_bodies.body_named(self._text(start, end))
        if named is not None:
            return _Candidate(start, end, "org.vocabulary", named, country_code=named.country_code)
        return _Candidate(start, end, rule, country_code=code, name=self._name_without_bracket(start, end))

    def _left(self, head: int) -> int:
        """Where the name begins whose noun stands at ``head``: the capitalised words before it."""
        at = head
        while at > 0 and head - at < 9:
            before = self.words[at - 1]
            if before.is_name and self._may_modify(at - 1):
                at -= 1
            elif before.fold == "'s" and at > 1 and self.words[at - 2].fold in name_patterns.OWNERS:
                at -= 2
            elif before.text in "’'" and at > 1 and self._is_plural_name(at - 2):
                at -= 2
            elif before.fold == "'s" and self.words[head].fold in name_patterns.HEADS_IN_PLACE:
                owner = next((start for start, (end, _) in self.known.items() if end == at - 1), None)
                if owner is None:
                    break
                at = owner
            elif (
                before.fold in ("and", "&", "et", "y")
                and at < head
                and at > 1
                and self.words[at - 2].is_name
                and name_patterns.is_topic(self.words[at - 2].fold)
                and self.words[at - 2].fold not in name_patterns.HEAD_KINDS
                and not self._in_place_or_known(at - 2)
            ):
                at -= 2
            else:
                break
        # "Council of the European Union | General Secretariat"
        return next((start for start, (end, _) in self.known.items() if start < at < end <= head), at)

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
        return any(s <= at < e for s, (e, _) in self.places.items()) or any(
            s <= at < e for s, (e, _) in self.known.items()
        )

    def _has_own_modifier(self, start: int, head: int) -> bool:
        return any(
            w.fold not in name_patterns.GENERIC_MODIFIERS and w.shape != "mark" and w.fold not in ("and", "et", "y")
            for w in self.words[start:head]
        )

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
            if connector in name_patterns.CONNECTORS:
                end = self._complement(behind + 1, limit, word.fold in name_patterns.HEADS_OF_TITLES)
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
        """Past the words that follow the noun directly: "Consejo Nacional", "Agence française", "University Lille 3"."""
        while at < limit:
            word = self.words[at]
            if at in self.known and word.fold != "nacional":
                break
            if romance:
                plain = word.is_name and not self._is_blocked(at)
                adjective = word.shape == "lower" and self.romance and name_patterns.is_adjective(word.fold)
                if not (plain or adjective):
                    break
                if word.fold in name_patterns.HEAD_KINDS and head.fold in name_patterns.SUBUNIT_HEADS:
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

    def _complement(self, at: int, limit: int, of_titles: bool) -> int | None:
        """The end of the noun phrase at ``at``, which a connector has opened; None if there is none."""
        if at not in self.places:
            at = self._after_determiner(at)
        if at >= limit:
            return None
        if at in self.known:
            return self.known[at][0]
        if at in self.places:
            return self._past_place(at, limit)
        first = self.words[at]
        if not first.is_name and not (
            self.romance and first.shape == "lower" and first.fold not in name_patterns.FUNCTION_WORDS
        ):
            return None
        return self._run(at, limit, of_titles)

    def _past_place(self, at: int, limit: int) -> int:
        """Past a country, or what it is only an adjective of: "of Netherlands Municipalities"."""
        end = self._places_end(at)
        if end < limit and self._is_name_at(end) and end not in self.known and not self._is_blocked(end):
            if self.words[end].fold not in name_patterns.HEAD_KINDS:
                return self._run(end, limit) or end
        return end

    def _run(self, at: int, limit: int, of_titles: bool = False) -> int | None:
        """Past a run of capitalised words (in French and Spanish, of a noun and its adjectives)."""
        start = at
        while at < limit:
            word = self.words[at]
            if at in self.known or (at > start and at in self.places):
                break
            if word.fold == "'s" and self.words[at - 1].fold in name_patterns.OWNERS:
                at += 1
                continue
            if word.text in "’'" and at > start and self.words[at - 1].fold.endswith("s") and self._is_name_at(at + 1):
                at += 1
                continue
            if word.is_name and not self._is_blocked(at):
                at += 1
            elif at > start and self._is_particle(at) and self._is_name_at(at + 1):
                at += 1
            elif of_titles and word.is_name and word.fold in name_patterns.TITLE_WORDS:
                at += 1
            elif at == start and self.romance and word.shape == "lower":
                at += 1
            elif (
                at > start
                and self.romance
                and word.shape == "lower"
                and word.fold not in name_patterns.ACT_VERBS
                and (
                    name_patterns.is_adjective(word.fold)
                    or word.fold in name_patterns.TOPICS
                    or self._agrees_with_noun(at)
                )
            ):
                at += 1
            else:
                break
        return at if at > start else None

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
            return None  # "and the …": another body
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
            region = at in self.places and self.places[at][1] is None and connector > self._index_of(head) + 1
            return self._places_end(at) if region and self._fold(connector) == "in" else None
        while at not in self.places and self._fold(at) in name_patterns.COUNTRY_FORMS:
            if self._fold(at + 1) not in ("of", "de", "du", "d'"):
                break
            at = self._after_determiner(at + 2)
        if at in self.places:
            return self._places_end(at)
        if at in self.known and head.fold in name_patterns.HEADS_TO:
            return self.known[at][0]
        if self._is_name_at(at) and gazetteer.cities_named(self.words[at].text):
            return at + 1
        return None

    def _index_of(self, word: Word) -> int:
        return self.words.index(word)

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

    def _quoted_before(self, start: int) -> int | None:
        """The opening quotation mark of “Name” Public Union, if one closes right before ``start``."""
        if start < 2 or self.words[start - 1].text not in '”»"':
            return None
        opening = {"”": "“", "»": "«", '"': '"'}[self.words[start - 1].text]
        for at in range(start - 2, max(-1, start - 9), -1):
            if self.words[at].text == opening:
                return at if self._is_name_at(at + 1) else None
        return None

    def _place_bodies(self) -> list[_Candidate]:
        """A city or province that acts as a body: "supported by the City of Leipzig", "Ville de Lausanne"."""
        found = []
        for at, word in enumerate(self.words):
            if word.fold not in name_patterns.PLACE_HEADS or not word.is_name:
                continue
            if self._fold(at + 1) not in ("of", "de", "d'", "di") or not self._is_name_at(at + 2):
                continue
            before = at - 1
            if self._fold(before) in name_patterns.DETERMINERS:
                before -= 1
            opens = self._fold(before) in (
                "by",
                "with",
                "and",
                ",",
                ";",
                "",
                "par",
                "avec",
                "et",
                "por",
                "con",
                "y",
                "|",
                ":",
            )
            acts = opens and (
                before >= 0
                or self.line.kind == "value"
                or self._fold(self._run(at + 2, len(self.words)) or at) in name_patterns.ACT_VERBS
            )
            end = self._run(at + 2, min(len(self.words), at + 8))
            if acts and end is not None and self._fold(before) not in ("in", "at"):
                found.append(_Candidate(at, end, "org.head"))
        return found

    def _shared_heads(self) -> list[_Candidate]:
        """ "the Ministries of Health, Labour and Interior": a mention for each."""
        found = []
        for at, word in enumerate(self.words):
            singular = name_patterns.HEADS_PLURAL.get(word.fold)
            if singular is None or not word.is_name or self._fold(at + 1) not in ("of", "de", "du", "des", "d'"):
                continue
            of_all = at > 0 and self.words[at - 1].fold in name_patterns.DETERMINERS
            if not of_all and singular not in ("Government", "Gouvernement", "Gobierno"):
                continue
            found += self._shared(at, singular)
        return found

    def _shared(self, plural: int, singular: str) -> list[_Candidate]:
        limit = min(len(self.words), plural + 40)
        connector = self.words[plural + 1].text
        at = plural + 2
        elements: list[tuple[int, int]] = []
        while at < limit:
            begin = at if at in self.places else self._after_determiner(at)
            if begin in self.places:
                end: int | None = self.places[begin][0]
            elif begin in self.known or not self._is_name_at(begin):
                break
            elif self.words[begin].fold in name_patterns.HEAD_KINDS:
                break
            else:
                end = self._run(begin, limit)
            if end is None:
                break
            elements.append((begin, end))
            at = end
            while self._fold(at) in (",", "and", "&", "y", "et", "e", "as", "well"):
                at += 1
            if at == end:
                break
            if self._fold(at) in name_patterns.CONNECTORS:
                at += 1
        if len(elements) < 2 and singular not in ("Government", "Gouvernement", "Gobierno"):
            return []
        return [
            _Candidate(
                plural if n == 0 else begin,
                end,
                "org.enumeration",
                country_code=self.places[begin][1] if begin in self.places else None,
                name=f"{singular} {connector} {self._text(begin, end)}",
            )
            for n, (begin, end) in enumerate(elements)
        ]

    # --- acronyms ----------------------------------------------------------------------------------------------

    def _bracketed_acronym(self, at: int) -> tuple[int, str] | None:
        """(the word after the bracket, the acronym) of "(SMS)" at ``at``."""
        if self._fold(at) != "(":
            return None
        inner = at + 1
        while self._fold(inner) in ("“", '"', "‘", "the", "«"):
            inner += 1
        if inner >= len(self.words) or not _ACRONYM.match(self.words[inner].text):
            return None
        after = inner + 1
        while self._fold(after) in ("”", '"', "’", "»"):
            after += 1
        if self._fold(after) != ")":
            return None
        return after + 1, self.words[inner].text

    def _with_acronym(self, candidate: _Candidate) -> _Candidate:
        bracket = self._bracketed_acronym(candidate.end)
        if bracket is None or candidate.acronym is not None:
            return candidate
        if candidate.body is None and bracket[1] in name_patterns.DECOY_ACRONYMS:
            if not _initials_fit(bracket[1], self.words[candidate.start : candidate.end]):
                return candidate
        return replace(candidate, acronym=bracket[1])

    def _defined_names(self, candidates: Sequence[_Candidate]) -> list[_Candidate]:
        found = []
        ends = {c.end for c in candidates}
        for at, word in enumerate(self.words):
            if word.text != "(" or at == 0:
                continue
            bracket = self._bracketed_acronym(at)
            if bracket is not None and at not in ends:
                start = self._initials_start(at, bracket[1])
                if start is not None:
                    found += self._defined(start, at, bracket[1])
            elif bracket is None and _ACRONYM.match(self.words[at - 1].text):
                found += self._spelled_out(at)
        return found

    def _defined(self, start: int, end: int, acronym: str) -> list[_Candidate]:
        folds = {w.fold for w in self.words[start:end]}
        if acronym in name_patterns.DECOY_ACRONYMS or folds & name_patterns.EVENT_WORDS:
            if not folds & name_patterns.WEAK_HEADS:
                return []
        elif folds & name_patterns.HEAD_KINDS.keys():
            return [_Candidate(start, end, "org.definition", acronym=acronym)]
        self.definitions.append((start, end, acronym))
        return []

    def _spelled_out(self, bracket: int) -> list[_Candidate]:
        """ "CERMES (Centre for Refugees, Migration and Ethnic Studies)"."""
        acronym = self.words[bracket - 1].text
        close = next(
            (k for k in range(bracket + 2, min(len(self.words), bracket + 16)) if self.words[k].text == ")"), None
        )
        if close is None or not self.words[bracket + 1].is_name or acronym in name_patterns.DECOY_ACRONYMS:
            return []
        inside = self.words[bracket + 1 : close]
        if not _initials_fit(acronym, inside) or not any(w.fold in name_patterns.HEAD_KINDS for w in inside):
            return []
        return [_Candidate(bracket + 1, close, "org.definition", acronym=acronym)]

    def _initials_start(self, end: int, acronym: str) -> int | None:
        """Where the phrase before ``end`` begins whose initials are the acronym's letters."""
        letters = sum(c.isupper() for c in acronym)
        for start in range(end - 1, max(-1, end - letters - 8), -1):
            word = self.words[start]
            if word.shape == "mark" and word.text not in ",-&’'" and word.fold != "'s":
                return None
            if word.is_name and _initials_fit(acronym, self.words[start:end]):
                return start
        return None

    # --- names that only their surroundings show -----------------------------------------------------------------

    def after_cues(self, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Names in lists that a role's cue opens: "organized by Alpha Trust, BETA and …"."""
        for at, word in enumerate(self.words[:-1]):
            if word.fold in name_patterns.BODY_NOUNS and (word.shape == "lower" or word.shape == "CAPS"):
                yield from self._list_after(at + 1, dict(taken), 1)
        text = fold(self.document.text[self.line.start : self.line.end])
        starts = {word.start: at for at, word in enumerate(self.words)}
        ends = dict(taken)
        for role in ("organizer", "implementer", "partner", "donor"):
            for cue in name_patterns.CUES_BEFORE[role].finditer(text):
                if name_patterns.PERSONAL_CUE.search(cue.group()):
                    continue  # people do this, too
                offset = self.line.start + cue.end()
                while offset < self.line.end and self.document.text[offset].isspace():
                    offset += 1
                at = starts.get(offset)
                if at is not None:
                    yield from self._list_after(at, ends)

    def _list_after(self, at: int, ends: dict[int, int], most: int = 12) -> Iterator[tuple[int, int]]:
        for _ in range(most):
            while most > 1 and self._fold(at) in (
                ",",
                "the",
                "and",
                "y",
                "et",
                "e",
                "la",
                "el",
                "le",
                "les",
                "l'",
                "red",
                ":",
            ):
                at += 1
            if at >= len(self.words):
                return
            claimed = ends.get(self.words[at].start)
            if claimed is not None:
                while at < len(self.words) and self.words[at].start < claimed:
                    at += 1
                bracket = self._bracketed_acronym(at)
                at = bracket[0] if bracket else at
            else:
                name_end = self._unclaimed_name(at)
                if name_end is None:
                    return
                yield at, name_end
                bracket = self._bracketed_acronym(name_end)
                at = bracket[0] if bracket else name_end
            if self._fold(at) not in (",", "and", "y", "et", "e", "&"):
                return

    def between(self, ends: dict[int, int]) -> Iterator[tuple[int, int]]:
        """The names in lists that stand between two bodies: "UNHCR, Alpha Trust and IOM"; not "Ana Ruiz, IOM; …"."""
        at = 0
        pending: list[tuple[int, int]] = []
        separator = ""  # of the list that is being read; empty outside of lists
        while at < len(self.words):
            claimed = ends.get(self.words[at].start)
            if claimed is not None:
                yield from pending
                while at < len(self.words) and self.words[at].start < claimed:
                    at += 1
            else:
                end = self._unclaimed_name(at) if separator and self.words[at].is_name else None
                if end is None:
                    at, pending, separator = at + 1, [], ""
                    continue
                pending.append((at, end))
                at = end
            bracket = self._bracketed_acronym(at)
            at = bracket[0] if bracket else at
            mark = self._fold(at)
            joined = mark in name_patterns.CONJUNCTIONS
            if not joined and (mark not in (",", ";") or separator not in ("", mark)):
                pending, separator = [], ""
                continue
            if claimed is not None:
                pending = []
            separator = separator or (mark if not joined else ",")
            while (
                self._fold(at) in (",", ";") or self._fold(at) in name_patterns.CONJUNCTIONS | name_patterns.DETERMINERS
            ):
                at += 1

    def _unclaimed_name(self, at: int) -> int | None:
        end = at
        while end < len(self.words) and end - at < 8:
            joins = self.romance and end > at and self._fold(end) in name_patterns.CONNECTORS | {"en"}
            if joins and self._is_name_at(end + 1) and end + 1 not in self.places:
                end += 1  # "Terre des Jeunes", "Ayuda en Acción"
            if not self.words[end].is_name or self._is_blocked(end) or (end == at and end in self.places):
                break
            end += 1
        folds = [w.fold for w in self.words[at:end]]
        if not folds or self.words[at].text in name_patterns.DECOY_ACRONYMS:
            return None
        if all(f in name_patterns.NAME_BLOCKERS for f in folds) or gazetteer.cities_named(self._text(at, end)):
            return None
        if folds[-1] in name_patterns.EVENT_WORDS and folds[-1] not in name_patterns.WEAK_HEADS:
            return None
        return end

    def listed_acronyms(self, ends: dict[int, int]) -> Iterator[tuple[int, int]]:
        """Acronyms beside a body in a list: "BRAC, the Migrant Union and …", "IOM, UNHCR and MRF"."""
        finished = set(ends.values())
        for at, word in enumerate(self.words):
            if word.shape != "CAPS" or not 3 <= len(word.text) <= 9 or word.text in name_patterns.DECOY_ACRONYMS:
                continue
            if not word.text.isalpha() or at in self.places or self._continues_a_name(at) or word.start in ends:
                continue
            behind = at + 1
            if self._fold(behind) in (",", "and", "&", "y", "et"):
                behind = self._after_determiner(behind + 1)
                if behind < len(self.words) and self.words[behind].start in ends:
                    yield at, at + 1
                    continue
            before = at - 1
            if self._fold(before) in name_patterns.DETERMINERS:
                before -= 1
            if self._fold(before) in (",", "and", "&", "y", "et") and before > 0:
                while before > 0 and self._fold(before - 1) in (",", "and", ")", "y", "et"):
                    before -= 1
                if self.words[before - 1].end in finished and not self._is_name_at(at + 1):
                    yield at, at + 1

    def acting_acronyms(self) -> Iterator[tuple[int, int]]:
        """Acronyms that do what bodies do: "CECAD helps …"."""
        for at, word in enumerate(self.words[:-1]):
            behind = self.words[at + 1]
            if (
                word.shape == "CAPS"
                and 3 <= len(word.text) <= 9
                and word.text.isalpha()
                and word.text not in name_patterns.DECOY_ACRONYMS
                and behind.shape == "lower"
                and behind.fold in name_patterns.ACT_VERBS
                and not self._continues_a_name(at)
                and at not in self.places
            ):
                yield at, at + 1

    def _continues_a_name(self, at: int) -> bool:
        if at == 0 or any(end == at for end, _ in self.places.values()):
            return False
        return self.words[at - 1].is_name or self.words[at - 1].text in "(/-"

    # --- small helps -------------------------------------------------------------------------------------------

    def _fold(self, at: int) -> str:
        return self.words[at].fold if 0 <= at < len(self.words) else ""

    def _after_determiner(self, at: int) -> int:
        return at + 1 if self._fold(at) in name_patterns.DETERMINERS else at

    def _text(self, start: int, end: int) -> str:
        return " ".join(self.document.text[self.words[start].start : self.words[end - 1].end].split())

    def _name_without_bracket(self, start: int, end: int) -> str | None:
        for at in range(start, end):
            bracket = self._bracketed_acronym(at)
            if bracket is not None and bracket[0] < end:
                return f"{self._text(start, at)} {self._text(bracket[0], end)}"
        return None


def _initials_fit(acronym: str, words: Sequence[Word]) -> bool:
    """Whether the letters of the acronym run through the beginnings of the words: CEntre for Refugees … → CER…"""
    letters = [c for c in acronym.lower() if c.isalpha()]
    heads = [w.fold for w in words if w.shape != "mark" and (w.is_name or w.fold not in name_patterns.FUNCTION_WORDS)]
    heads = [part for head in heads for part in re.split(r"[-/]", head) if part]
    if not heads or not letters or heads[0][0] != letters[0] or len(letters) < 2:
        return False
    at = 0
    for head in heads:
        taken = 0
        while at < len(letters) and taken < len(head) and taken < 4 and head[taken] == letters[at]:
            at += 1
            taken += 1
            if at < len(letters) and any(h[0] == letters[at] for h in heads[heads.index(head) + 1 :]):
                break
        if taken == 0 and at == 0:
            return False
    return at == len(letters) and len(heads) <= len(letters) + 3


# --- over the whole page ---------------------------------------------------------------------------------------


def _acting_definitions(scans: Sequence[_Scan]) -> list[OrganizationMention]:
    """Explained acronyms whose name does not say what they are, where the page lets them act ("The OWC argued")."""
    found = []
    for scan in scans:
        for start, end, acronym in scan.definitions:
            if any(_acts(other, acronym) for other in scans):
                candidate = _Candidate(start, end, "org.definition", acronym=acronym)
                found.append(scan._mention(candidate))
    return found


def _acts(scan: _Scan, acronym: str) -> bool:
    words = scan.words
    return any(
        word.text == acronym
        and at + 1 < len(words)
        and words[at + 1].shape == "lower"
        and words[at + 1].fold in name_patterns.ACT_VERBS | name_patterns.SPEECH_VERBS
        for at, word in enumerate(words)
    )


def _repeated_acronyms(lines: Sequence[Line], mentions: Sequence[OrganizationMention]) -> list[OrganizationMention]:
    """Later uses of the acronyms that the page explains, and of known bodies' acronyms that could mean other things."""
    meanings: dict[str, OrganizationMention] = {}
    for mention in mentions:
        if mention.acronym is not None:
            meanings.setdefault(mention.acronym, mention)
    for mention in mentions:
        if mention.body is not None and not mention.office:
            for acronym in mention.body.weak_acronyms:
                meanings.setdefault(acronym, mention)
    for acronym, mention in _by_initials(mentions).items():
        meanings.setdefault(acronym, mention)
    found = []
    for line in lines:
        for word in line.words:
            if word.text in meanings:
                meant = meanings[word.text]
                span = Span(word.start, word.end, word.text)
                found.append(replace(meant, span=span, name=word.text, rule="org.acronym", acronym=None))
    return found


def _by_initials(mentions: Sequence[OrganizationMention]) -> dict[str, OrganizationMention]:
    """What acronyms that the page does not explain can stand for: the one long name with these initials."""
    named: dict[str, list[OrganizationMention]] = {}
    for mention in mentions:
        initials = "".join(re.findall(r"\b[A-ZÀ-Þ]", mention.name))
        if len(initials) >= 3 and not mention.office and mention.acronym is None:
            named.setdefault(initials, []).append(mention)
    return {
        initials: found[0]
        for initials, found in named.items()
        if len({m.name for m in found}) == 1
        and initials not in name_patterns.DECOY_ACRONYMS
        and initials not in known_bodies.acronyms()
    }


def _with_fields(
    reading: Reading, fields: Sequence[Field], mentions: list[OrganizationMention]
) -> list[OrganizationMention]:
    """The mentions with those that labelled fields add; where both say something of a passage, the field does."""
    found: list[OrganizationMention] = []
    for field in fields:
        if field.name not in FIELD_ROLES:
            continue
        for value in field.values:
            inside = [m for m in mentions if value.start <= m.span.start and m.span.end <= value.end]
            if _is_enumeration(value.text):
                found += _listed_bodies(reading, field.name, value, without_overlap(inside))
            else:
                found += [replace(m, field=field.name) for m in inside]
    return [*found, *mentions]


_SENTENCE = re.compile(r"[.!?] +[A-ZÀ-Þ]|\w{4,}\.\Z")
_SEPARATOR = re.compile(
    r"\s*(?:[;•|\n]|,(?!\s*(?:Inc|Ltd|LLC)\b)|(?<=\s)(?:and|as well as|along with|together with|et|ainsi que|y|e|&|with)(?=\s)|(?<=\s)[/–-](?=\s))\s*",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:(?:and|as well as|the|la|le|les|el|los|las|et|y|e|in collaboration with|in partnership with|with|by)\s+|l['’]|[-•*:]\s*)+",
    re.IGNORECASE,
)


def _is_enumeration(value: str) -> bool:
    words = value.split()
    return len(words) <= 60 and not (len(words) > 6 and _SENTENCE.search(value))


def _listed_bodies(
    reading: Reading, field: str, value: Span, inside: Sequence[OrganizationMention]
) -> Iterator[OrganizationMention]:
    """The parts of a field's value, split at commas and "and" that stand in no name."""
    document = reading.document
    start = value.start
    cuts = [
        match.span()
        for match in _SEPARATOR.finditer(document.text, value.start, value.end)
        if not any(m.span.start <= match.start() and match.end() <= m.span.end for m in inside)
        and not _in_brackets(document.text, value.start, match.start())
    ]
    for cut_start, cut_end in [*cuts, (value.end, value.end)]:
        part = document.span(start, cut_start)
        start = cut_end
        opening = _OPENING.match(part.text)
        if opening is not None:
            part = document.span(part.start + opening.end(), part.end)
        yield from _listed_body(reading, field, part, inside)


def _in_brackets(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return before.count("(") > before.count(")")


def _listed_body(
    reading: Reading, field: str, part: Span, inside: Sequence[OrganizationMention]
) -> Iterator[OrganizationMention]:
    words = split_words(reading.document.text, part.start, part.end)
    named = [m for m in inside if part.start <= m.span.start and m.span.end <= part.end]
    shared = [m for m in inside if m.rule == "org.enumeration" and m.span.start < part.end and part.start < m.span.end]
    rest = [w for w in words if not any(m.span.start <= w.start < m.span.end for m in named)]
    acronyms = {m.acronym for m in named} | {m.name for m in named}
    plain = [
        w for w in rest if w.shape != "mark" and w.fold not in name_patterns.FUNCTION_WORDS and w.text not in acronyms
    ]
    if shared or (named and not any(w.is_name for w in plain)):
        for mention in shared or named:
            yield replace(mention, field=field, rule="org.field" if not shared else mention.rule, method="field")
        return
    if not any(w.is_name for w in words) or len(words) > 16 or _is_place(part, reading) or len(part.text) < 3:
        return
    if words[0].shape == "lower" and not any(w.is_name for w in words[:2]):
        return
    if all(w.fold in name_patterns.FUNCTION_WORDS or w.shape == "mark" for w in words[1:]) and words[0].shape != "CAPS":
        if words[0].fold in name_patterns.NAME_BLOCKERS or len(words[0].text) < 3:
            return
    body = named[0].body if len(named) == 1 and named[0].span == part else None
    yield OrganizationMention(part, part.text, "org.field", "field", body, field=field)


def _is_place(part: Span, reading: Reading) -> bool:
    found = reading.places.get(part.start)
    return (found is not None and found[0] >= part.end) or bool(gazetteer.cities_named(part.text))


def _between(scans: Sequence[_Scan], mentions: Sequence[OrganizationMention]) -> list[OrganizationMention]:
    """Capitalised names in a list whose neighbours on both sides are bodies: "UNHCR, Alpha Trust and IOM"."""
    found = []
    ends = {m.span.start: m.span.end for m in mentions}
    for scan in scans:
        if not scan.line.title_case:
            bounds = [*scan.between(ends), *scan.listed_acronyms(ends)]
            found += [scan._mention(_Candidate(*b, "org.list")) for b in bounds]
    return found


def _cued(scans: Sequence[_Scan], mentions: Sequence[OrganizationMention]) -> list[OrganizationMention]:
    """Capitalised names that nothing has claimed, where the words before or behind say that a body is meant."""
    taken = [(m.span.start, m.span.end) for m in mentions]
    text_end = max((scan.line.end for scan in scans), default=0)
    found = []
    for scan in scans:
        if scan.line.title_case:
            continue
        for start, end in [*scan.after_cues(taken), *scan.acting_acronyms()]:
            first, last = scan.words[start].start, scan.words[end - 1].end
            if last == text_end:
                continue  # a page that breaks off in a name
            if not any(s < last and first < e for s, e in taken):
                candidate = scan._with_acronym(_Candidate(start, end, "org.cue"))
                found.append(scan._mention(candidate))
    return found
