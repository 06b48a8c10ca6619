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
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor import gazetteer
from extractor.model import Field, Span
from extractor.stages.names import known_bodies
from extractor.stages.names import patterns as name_patterns
from extractor.stages.names.body_names import Candidate, LineScan, OrganizationMention
from extractor.stages.names.spans import SpanIndex
from extractor.stages.names.words import Line, Reading, Word, split_words

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
    "publisher": "organizer",
    "signatories": "organizer",
    "submitted_by": "implementer",
    "lead": "implementer",
    "participants": "participant",
}


def find_organizations(reading: Reading, fields: Sequence[Field]) -> tuple[OrganizationMention, ...]:
    """The mentions that structure and rules find, in the order of the text, without overlap."""
    scans = [LineScan(reading, line) for line in reading.lines]
    mentions = [mention for scan in scans for mention in scan.mentions()]
    mentions += _acting_definitions(scans, fields)
    mentions += _repeated_acronyms(reading.lines, mentions)
    mentions = _with_fields(reading, fields, mentions)
    mentions += _cued(scans, mentions)
    mentions += _between(scans, mentions)
    return without_overlap(mentions)


def without_overlap(mentions: Sequence[OrganizationMention]) -> tuple[OrganizationMention, ...]:
    """Of mentions that overlap fields' first, then the longest, of equal ones the first given. The whole stays inside
    its part ("Transparency Division of the United Nations"), and the names that share a noun beside each other."""
    ordered = sorted(mentions, key=lambda m: (m.span.start, m.span.end))
    if all(before.span.end <= behind.span.start for before, behind in pairwise(ordered)):
        return tuple(ordered)
    kept: list[OrganizationMention] = []
    first = min(m.span.start for m in mentions)
    last = max(m.span.end for m in mentions)
    owner = array("l", [-1]) * (last - first)  # which kept mention has the character
    for mention in sorted(mentions, key=lambda m: (m.field is None, m.span.start - m.span.end)):
        start, end = mention.span.start - first, mention.span.end - first
        rivals = [kept[n] for n in dict.fromkeys(owner[start:end]) if n >= 0]
        if all(_may_stand_beside(mention, rival) for rival in rivals):
            owner[start:end] = array("l", [len(kept)]) * (end - start)
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: (m.span.start, m.span.end)))


def _may_stand_beside(mention: OrganizationMention, kept: OrganizationMention) -> bool:
    if mention.rule == kept.rule == "org.enumeration":
        return mention.name != kept.name
    return _is_whole_of(mention, kept)


def _is_whole_of(whole: OrganizationMention, part: OrganizationMention) -> bool:
    return (
        part.rule == "org.unit"
        and whole.body is not None
        and part.span.start < whole.span.start
        and whole.span.end <= part.span.end
    )


# --- over the whole page ---------------------------------------------------------------------------------------


def _acting_definitions(scans: Sequence[LineScan], fields: Sequence[Field]) -> list[OrganizationMention]:
    """Explained acronyms whose name does not say what they are, where the page lets them act ("The OWC argued"), or in
    a field of bodies."""
    if not any(scan.definitions for scan in scans):
        return []
    acting = {text for scan in scans for text in _acting(scan.words)}
    listed = SpanIndex((value.start, value.end) for f in fields if f.name in FIELD_ROLES for value in f.values)
    found = []
    for scan in scans:
        for start, end, acronym in scan.definitions:
            first, last = scan.words[start].start, scan.words[end - 1].end
            if acronym in acting or listed.overlaps(first, last):
                candidate = Candidate(start, end, "org.definition", acronym=acronym)
                found.append(scan.mention(candidate))
    return found


def _acting(words: Sequence[Word]) -> Iterator[str]:
    """The words in capitals that a verb of bodies follows: "The OWC argued"."""
    for word, behind in pairwise(words):
        verb = behind.shape == "lower" and behind.fold in name_patterns.ACT_VERBS | name_patterns.SPEECH_VERBS
        if verb and word.is_name:
            yield word.text


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
        for at in line.with_trait("name") if meanings else ():
            word = line.words[at]
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
    ordered = sorted(mentions, key=lambda m: m.span.start)
    starts = [m.span.start for m in ordered]
    for field in fields:
        if field.name not in FIELD_ROLES:
            continue
        for value in field.values:
            near = ordered[bisect_left(starts, value.start) : bisect_left(starts, value.end)]
            inside = [m for m in near if m.span.end <= value.end]
            if _is_enumeration(value.text):
                found += _listed_bodies(reading, field.name, value, without_overlap(inside))
            else:
                found += [replace(m, field=field.name) for m in inside]
    return [*found, *mentions]


_SENTENCE = re.compile(r"[.!?] +[A-ZÀ-Þ]|\w{4,}\.\Z")
_SEPARATOR = re.compile(
    r"""\s*(?: [;•|\n] | ,(?!\s*(?:Inc|Ltd|LLC)\b) | (?<=\s)[/–-](?=\s)
       | (?<=\s)(?:and|as\swell\sas|along\swith|together\swith|with|et|ainsi\sque|y|e|&)(?=\s) )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENING = re.compile(
    r"""(?: (?:and|as\swell\sas|the|la|le|les|el|los|las|et|y|e|with|by
       |in\scollaboration\swith|in\spartnership\swith)\s+ | l['’] | [-•*:]\s* )+""",
    re.IGNORECASE | re.VERBOSE,
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
    alone = all(w.fold in name_patterns.FUNCTION_WORDS or w.shape == "mark" for w in words[1:])
    if alone and words[0].shape != "CAPS" and words[0].fold in name_patterns.NAME_BLOCKERS:
        return
    body = named[0].body if len(named) == 1 and named[0].span == part else None
    yield OrganizationMention(part, part.text, "org.field", "field", body, field=field)


def _is_place(part: Span, reading: Reading) -> bool:
    found = reading.places.get(part.start)
    return (found is not None and found[0] >= part.end) or bool(gazetteer.cities_named(part.text))


def _between(scans: Sequence[LineScan], mentions: Sequence[OrganizationMention]) -> list[OrganizationMention]:
    """Capitalised names in a list whose neighbours on both sides are bodies: "UNHCR, Alpha Trust and IOM"."""
    found = []
    ends = {m.span.start: m.span.end for m in mentions}
    finished = set(ends.values())
    claimed = SpanIndex(ends.items())
    for scan in scans:
        if not scan.line.title_case and claimed.overlaps(scan.line.start, scan.line.end):
            bounds = [*scan.between(ends), *scan.listed_acronyms(ends, finished)]
            found += [scan.mention(Candidate(*b, "org.list")) for b in bounds]
    return found


def _cued(scans: Sequence[LineScan], mentions: Sequence[OrganizationMention]) -> list[OrganizationMention]:
    """Capitalised names that nothing has claimed, where the words before or behind say that a body is meant."""
    taken = [(m.span.start, m.span.end) for m in mentions]
    ends = dict(taken)
    claimed = SpanIndex(taken)
    text_end = max((scan.line.end for scan in scans), default=0)
    found = []
    for scan in scans:
        if scan.line.title_case:
            continue
        for start, end in [*scan.after_cues(ends), *scan.acting_acronyms()]:
            first, last = scan.words[start].start, scan.words[end - 1].end
            if last == text_end:
                continue  # a page that breaks off in a name
            if not claimed.overlaps(first, last):
                candidate = scan.with_acronym(Candidate(start, end, "org.cue"))
                found.append(scan.mention(candidate))
    return found
