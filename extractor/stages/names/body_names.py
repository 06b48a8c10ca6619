"""Body names: the organizations that one line names, and the rule that says so (listed in ``organizations``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor import gazetteer
from extractor.model import Method, Span
from extractor.stages.names import known_bodies
from extractor.stages.names import patterns as name_patterns
from extractor.stages.names.cues import CUES_OF_BODIES
from extractor.stages.names.grammar import NameGrammar, is_acronym
from extractor.stages.names.known_bodies import BY_COUNTRY, KnownBody
from extractor.stages.names.words import Word

_BETWEEN_NAMES = name_patterns.DETERMINERS | name_patterns.CONJUNCTIONS | {",", ":", "red"}


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
class Candidate:
    start: int  # words of the line
    end: int
    rule: str
    body: KnownBody | None = None
    office: bool = False
    country_code: str | None = None
    name: str | None = None
    acronym: str | None = None


class LineScan(NameGrammar):
    """One line, read for names of bodies."""

    def mentions(self) -> list[OrganizationMention]:
        candidates = self._known_names()
        if not self.line.title_case:
            candidates += self._headed_names()
            candidates += self._shared_heads()
            candidates += self._place_bodies()
        elif self.line.kind not in ("title", "heading"):
            candidates += [c for c in self._headed_names() if c.end - c.start >= 0.8 * len(self.words)]
        candidates = [self.with_acronym(c) for c in self._longest(candidates)]
        candidates += self._defined_names(candidates)
        kept = self._longest(candidates)
        return [self.mention(c) for c in [*kept, *self._wholes(kept)]]

    def _wholes(self, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """The known body that a part names: "Transparency Division of the United Nations"."""
        for candidate in candidates:
            if candidate.rule == "org.unit":
                for start in range(candidate.start + 1, candidate.end):
                    if start in self.known and self.known[start][0] == candidate.end:
                        body = self.known[start][1]
                        yield Candidate(start, candidate.end, "org.vocabulary", body, country_code=body.country_code)

    def _longest(self, candidates: list[Candidate]) -> list[Candidate]:
        if len(candidates) < 2:
            return candidates
        kept: list[Candidate] = []
        used = [False] * len(self.words)
        for candidate in sorted(candidates, key=lambda c: c.start - c.end):
            if candidate.rule == "org.enumeration" or not any(used[candidate.start : candidate.end]):
                kept.append(candidate)
            else:
                continue
            used[candidate.start : candidate.end] = [True] * (candidate.end - candidate.start)
        return sorted(kept, key=lambda c: c.start)

    def mention(self, candidate: Candidate) -> OrganizationMention:
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

    def _known_names(self) -> list[Candidate]:
        found = []
        for start, (end, body) in self.known.items():
            office = self._known_office(start, end, body)
            if office is not None:
                found.append(office)
            elif not ((body.id in ("un", "eu", "au") and self._is_modifier(end)) or self._opens_a_treaty(end)):
                found.append(Candidate(start, end, "org.vocabulary", body, country_code=body.country_code))
        return found

    def _is_modifier(self, end: int) -> bool:
        """Whether the name before ``end`` only qualifies the next noun ("UN agencies", "EU Member States")."""
        if end >= len(self.words) or self.romance:
            return False
        word = self.words[end]
        if word.fold == "'s":
            return True
        return (
            word.shape in ("Upper", "CAPS", "lower")
            and word.fold not in name_patterns.FUNCTION_WORDS
            and not self._acts(end)
        )

    def _acts(self, at: int) -> bool:
        """A verb and what it is done to, or with: "met the costs", "works with", "provided 300 tents"."""
        verb = self.words[at]
        if verb.shape != "lower" or not (verb.fold.endswith("ed") or verb.fold in name_patterns.ACT_VERBS):
            return False
        behind = self.words[at + 1] if at + 1 < len(self.words) else None
        return behind is not None and (behind.shape == "digit" or behind.fold in name_patterns.FUNCTION_WORDS)

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

    def _known_office(self, start: int, end: int, body: KnownBody) -> Candidate | None:
        """ "IOM Kenya", "UN Network on Migration in Iraq", "Regional UN Network on Migration in West Africa"."""
        begin, at = start, end
        if body.id in BY_COUNTRY:
            while begin > 0 and self.words[begin - 1].fold in ("regional", "national", "country"):
                begin -= 1
            before = self.place_ends.get(begin)
            if before is not None and self.places[before][1] is not None:
                return Candidate(before, end, "org.office", body, True, self.places[before][1])
            bracket = self._bracketed_acronym(at)
            behind = bracket[0] if bracket else at
            if self._fold(behind) in name_patterns.PLACE_CONNECTORS or self._fold(behind) in ("for", "para", "del"):
                behind = behind + 1 if behind + 1 in self.places else self._after_determiner(behind + 1)
                if behind in self.places:
                    return self._office(begin, self._places_end(behind), body, behind, at if bracket else None)
        if body.id not in ("un", "eu"):
            place = self._place_right_behind(at)
            if place is not None:
                return Candidate(begin, place[0], "org.office", body, True, place[1])
        return None

    def _place_right_behind(self, at: int) -> tuple[int, str | None] | None:
        """The country, region or city that follows at once: "IOM Kenya", "Save the Children South Sudan"."""
        if at in self.places:
            return self.places[at]
        end = at
        while self._is_name_at(end) and end - at < 3:
            end += 1
        for stop in range(end, at, -1):
            country = gazetteer.country_by_name(self.text(at, stop))
            if country is not None:
                return stop, country.alpha2
        if end == at + 1 and self.words[at].shape == "Upper":
            city = gazetteer.city_named(self.words[at].text)
            if city is not None and city.population >= 100:
                return end, city.country_code
        return None

    def _office(self, start: int, end: int, body: KnownBody, place: int, bracket: int | None) -> Candidate:
        code = self.places[place][1] if self.places[place][0] == end else None
        if bracket is None:
            return Candidate(start, end, "org.office", body, True, code)
        after, acronym = self._bracketed_acronym(bracket) or (bracket, "")
        name = f"{self.text(start, bracket)} {self.text(after, end)}"
        return Candidate(start, end, "org.office", body, True, code, name, acronym)

    def _headed_names(self) -> list[Candidate]:
        found = []
        reached = 0
        for at in self.line.with_trait("head"):
            if at < reached or self.place_at[at]:
                continue
            candidate = self._headed_name(at)
            if candidate is not None:
                found.append(candidate)
                reached = candidate.end
        return found

    def _headed_name(self, head: int) -> Candidate | None:
        word = self.words[head]
        if self.known_at[head] is not None:
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
        if not has_complement and self._is_no_head(end):
            return None
        if self._names_something_else(start, end) or self._is_a_venue(start, head):
            return None
        if quoted is not None:
            return Candidate(quoted, end, "org.quoted")
        if word.shape == "lower" and self._is_name_at(head + 1):
            start = head + 1  # "l'association Terre Neuve": the noun only says what it is
        rule = "org.unit" if word.fold in name_patterns.SUBUNIT_HEADS else "org.head"
        return self._classified(start, end, head, rule)

    def _is_no_head(self, end: int) -> bool:
        """Whether the name goes on to another noun: "Migration Network Hub", "Expert Group Meeting"."""
        return (
            self._is_name_at(end)
            and end not in self.known
            and end not in self.places
            and self._fold(end) not in name_patterns.TITLE_WORDS
            and self._fold(end) not in name_patterns.HONORIFICS
        )

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

    def _is_a_venue(self, start: int, head: int) -> bool:
        """ "at the Harbour Museum": where something took place."""
        if self.words[head].fold not in name_patterns.VENUE_HEADS:
            return False
        before = start - 2 if self._fold(start - 1) in name_patterns.DETERMINERS else start - 1
        return self._fold(before) in ("at", "in", "au", "a", "en", "al", "to", "from", "dans")

    def _names_something_else(self, start: int, end: int) -> bool:
        """A “Migration School” project: the name in quotation marks is that of the noun behind it."""
        return (
            self._fold(start - 1) in ("“", '"', "«", "‘")
            and self._fold(end) in ("”", '"', "»", "’")
            and self._fold(end + 1) in name_patterns.EVENT_WORDS
        )

    def _classified(self, start: int, end: int, head: int, rule: str) -> Candidate:
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
                return Candidate(start, end, "org.office", body, True, code)
        named = known_bodies.body_named(self.text(start, end))
        if named is not None:
            return Candidate(start, end, "org.vocabulary", named, country_code=named.country_code)
        return Candidate(start, end, rule, country_code=code, name=self._name_without_bracket(start, end))

    def _has_own_modifier(self, start: int, head: int) -> bool:
        return any(
            w.fold not in name_patterns.GENERIC_MODIFIERS and w.shape != "mark" and w.fold not in ("and", "et", "y")
            for w in self.words[start:head]
        )

    def _quoted_before(self, start: int) -> int | None:
        """The opening quotation mark of “Name” Public Union, if one closes right before ``start``."""
        if start < 2 or self.words[start - 1].text not in '”»"':
            return None
        opening = {"”": "“", "»": "«", '"': '"'}[self.words[start - 1].text]
        for at in range(start - 2, max(-1, start - 9), -1):
            if self.words[at].text == opening:
                return at if self._is_name_at(at + 1) else None
        return None

    def _place_bodies(self) -> list[Candidate]:
        """A city or province that acts as a body: "supported by the City of Leipzig", "Ville de Lausanne"."""
        found = []
        for at in self.line.with_trait("place_head"):
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
            acts = (opens and (before >= 0 or self.line.kind == "value")) or (
                self._fold(self._run(at + 2, len(self.words)) or at) in name_patterns.ACT_VERBS
            )
            end = self._run(at + 2, min(len(self.words), at + 8))
            if acts and end is not None and self._fold(before) not in ("in", "at"):
                found.append(Candidate(at, end, "org.head"))
        return found

    def _shared_heads(self) -> list[Candidate]:
        """ "the Ministries of Health, Labour and Interior": a mention for each."""
        found = []
        for at in self.line.with_trait("shared_head"):
            singular = name_patterns.HEADS_PLURAL[self.words[at].fold]
            if self._fold(at + 1) not in ("of", "de", "du", "des", "d'"):
                continue
            of_all = at > 0 and self.words[at - 1].fold in name_patterns.DETERMINERS
            if not of_all and singular not in ("Government", "Gouvernement", "Gobierno"):
                continue
            found += self._shared(at, singular)
        return found

    def _shared(self, plural: int, singular: str) -> list[Candidate]:
        limit = min(len(self.words), plural + 40)
        connector = self.words[plural + 1].text
        at = plural + 2
        elements: list[tuple[int, int]] = []
        while at < limit:
            begin = at if at in self.places else self._after_determiner(at)
            if begin in self.places:
                end: int | None = self.places[begin][0]
            elif begin in self.known or not self._is_name_at(begin) or self._fold(begin) in name_patterns.HEAD_KINDS:
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
            Candidate(
                plural if n == 0 else begin,
                end,
                "org.enumeration",
                country_code=self.places[begin][1] if begin in self.places else None,
                name=f"{singular} {connector} {self.text(begin, end)}",
            )
            for n, (begin, end) in enumerate(elements)
        ]

    def with_acronym(self, candidate: Candidate) -> Candidate:
        bracket = self._bracketed_acronym(candidate.end)
        if bracket is None and self._is_spelled_out(candidate.start, candidate.end):
            return replace(candidate, acronym=self.words[candidate.start - 2].text)
        if bracket is None or candidate.acronym is not None:
            return candidate
        doubtful = candidate.body is None and bracket[1] in name_patterns.DECOY_ACRONYMS
        if doubtful and not _initials_fit(bracket[1], self.words[candidate.start : candidate.end]):
            return candidate
        return replace(candidate, acronym=bracket[1])

    def _defined_names(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        found = []
        ends = {c.end for c in candidates}
        for at in self.line.with_trait("bracket"):
            if at == 0:
                continue
            bracket = self._bracketed_acronym(at)
            if bracket is not None and at not in ends:
                start = self._initials_start(at, bracket[1])
                if start is not None:
                    found += self._defined(start, at, bracket[1])
            elif bracket is None and is_acronym(self.words[at - 1].text):
                found += self._spelled_out(at)
        return found

    def _defined(self, start: int, end: int, acronym: str) -> list[Candidate]:
        folds = {w.fold for w in self.words[start:end]}
        if acronym in name_patterns.DECOY_ACRONYMS or folds & name_patterns.EVENT_WORDS:
            if not folds & name_patterns.WEAK_HEADS:
                return []
        elif folds & name_patterns.HEAD_KINDS.keys():
            return [Candidate(start, end, "org.definition", acronym=acronym)]
        self.definitions.append((start, end, acronym))
        return []

    def _spelled_out(self, bracket: int) -> list[Candidate]:
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
        return [Candidate(bracket + 1, close, "org.definition", acronym=acronym)]

    def _is_spelled_out(self, start: int, end: int) -> bool:
        """Whether a name in brackets explains the acronym before them."""
        if start < 2 or self._fold(start - 1) != "(" or not is_acronym(self.words[start - 2].text):
            return False
        return _initials_fit(self.words[start - 2].text, self.words[start:end])

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

    def after_cues(self, ends: dict[int, int]) -> Iterator[tuple[int, int]]:
        """Names in lists that a role's cue opens: "organized by Alpha Trust, BETA and …"."""
        for at in self.line.with_trait("body_noun"):
            yield from self._list_after(at + 1, ends, 1)
        text = self.document.folded
        opening = (self.words[at] for at in self.line.with_trait("cue"))
        for _, start, end in CUES_OF_BODIES.find(text, ((w.start, w.end) for w in opening), self.line.end):
            if not name_patterns.PERSONAL_CUE.search(text, start, end):  # people do this, too
                while end < self.line.end and text[end].isspace():
                    end += 1
                first = self.line.word_at(end)
                if first is not None:
                    yield from self._list_after(first, ends)

    def _list_after(self, at: int, ends: dict[int, int], most: int = 12) -> Iterator[tuple[int, int]]:
        for _ in range(most):
            while most > 1 and self._fold(at) in _BETWEEN_NAMES:
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
                if name_end is None or self._has_a_position(name_end):
                    return
                yield at, name_end
                bracket = self._bracketed_acronym(name_end)
                at = bracket[0] if bracket else name_end
            if self._fold(at) not in (",", "and", "y", "et", "e", "&"):
                return

    def _has_a_position(self, end: int) -> bool:
        """Whether a position stands behind a name: "with the participation of Ana Ruiz, general secretary of …"."""
        return self._fold(end) == "," and self._fold(self._after_determiner(end + 1)) in name_patterns.POSITIONS

    def between(self, ends: dict[int, int]) -> Iterator[tuple[int, int]]:
        """The names in lists that stand between two bodies: "UNHCR, Alpha Trust and IOM"; not "Ana Ruiz, IOM; …"."""
        bodies = [at for at, start in enumerate(self.line.starts) if start in ends] + [len(self.words)]
        at = bodies[0]
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
                    at, pending, separator = bodies[bisect_left(bodies, at + 1)], [], ""
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
        if all(f in name_patterns.NAME_BLOCKERS for f in folds) or gazetteer.cities_named(self.text(at, end)):
            return None
        if folds[-1] in name_patterns.POSITION_MODIFIERS and self._fold(end) in name_patterns.POSITIONS:
            return None  # "convened by the Resident Coordinator"
        if folds[-1] in name_patterns.EVENT_WORDS and folds[-1] not in name_patterns.WEAK_HEADS:
            return None
        return end

    def listed_acronyms(self, starts: Container[int], finished: Container[int]) -> Iterator[tuple[int, int]]:
        """Acronyms beside a body in a list: "BRAC, the Migrant Union and …", "IOM, UNHCR and MRF".

        ``starts`` and ``finished``: where the bodies of the page start and end.
        """
        for at in self.line.with_trait("acronym"):
            if at in self.places or self._continues_a_name(at) or self.words[at].start in starts:
                continue
            behind = at + 1
            if self._fold(behind) in (",", "and", "&", "y", "et"):
                behind = self._after_determiner(behind + 1)
                if behind < len(self.words) and self.words[behind].start in starts:
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
        for at in self.line.with_trait("acronym"):
            acts = self._is_lower_at(at + 1) and self.words[at + 1].fold in name_patterns.ACT_VERBS
            if acts and at not in self.places and not self._continues_a_name(at):
                yield at, at + 1

    def _continues_a_name(self, at: int) -> bool:
        if at == 0 or at in self.place_ends:
            return False
        return self.words[at - 1].is_name or self.words[at - 1].text in "(/-"

    def _name_without_bracket(self, start: int, end: int) -> str | None:
        for at in range(start, end):
            bracket = self._bracketed_acronym(at)
            if bracket is not None and bracket[0] < end:
                return f"{self.text(start, at)} {self.text(bracket[0], end)}"
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
