"""Roles: what a body has to do with the page's event, from the fields it stands in and the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.model import Document, OrganizationRole
from extractor.stages.names.body_names import OrganizationMention
from extractor.stages.names.cues import (
    CUES_AFTER,
    CUES_OF_ROLES,
    EVENTS_OF,
    HELP_AFTER,
    HELP_BEFORE,
    LATE_VERBS,
    Cues,
)
from extractor.stages.names.organizations import FIELD_ROLES
from extractor.stages.names.words import labels_of_values

ROLES: tuple[OrganizationRole, ...] = ("organizer", "implementer", "partner", "donor", "participant", "mentioned")

# What may stand between the bodies of one list, and between a cue and the first of them.
_LIST_GAP = re.compile(
    r"(?:[\s,;:/&()“”\"]|\b(?:and|as well as|together with|along with|jointly with|the|its?|by|par|por|both|also|two"
    r"|three|y|e|et|ainsi que|conjointement avec|junto con|junto a|ella|el|la|las|los|le|les|de la|del|de|du|red|at"
    r"|ong|ngo|association|asociacion|fondation|fundacion|collectif|colectivo|federation|syndicat|sindicato)\b"
    r"|\b(?:\w+ )?\w+['’]s\b|\ba(?:l|ux?)?\b"
    r"|\bl'|\b(?:in )?(?:the )?representatives? (?:of|from)\b|\band from\b|\([^()]{2,20}\))*\Z"
    r"|\s?[-–]\s?(?:\w+\s){1,4}(?:of|de|du|del)\s(?:the\s|la\s)?\Z"  # "CELADE - Population Division of | ECLAC"
    r"|,\s(?:through|via|par|a traves de|por medio de)\s[^,;.]{1,70},\s(?:and|y|et)\s(?:the\s|la\s|el\s|le\s)?\Z"
    r"|\s(?:and|y|et)\s[^.;,()]{1,40}:\s*(?:the\s|la\s|el\s|le\s)?\Z"
)
_CUE_GAP = re.compile(
    r"""(?: \s+ (?:(?:the|two|three|its|la|el|les|los)\s)? (?:[a-z-]+\s){1,5} [a-z-]+ [,:] )?  # "by the two chairs, …"
        (?: \s+ (?:l')? (?:[\w'-]+\s){0,6}  # "with two trainers of …", "by the water programme of …"
            (?:[a-z]+ers|[a-z]+ists|friends|experts|colleagues|staff|programme?|facility|project|initiative|office|bureau
            |division|department|unit|section|mission|embassy|delegation|equipe|formateurs|fonds|ambassade|programa
            |oficina|embajada|equipo|expertos|fondo)
            \s+ (?:of|from|at|in|de|du|des|del|d')\s? )?
        [\s:,]* (?: (?:the|both|its?|two|three|these|a|an|el|la|las|los|le|les|un|une|una|red|ngo|ong|company|agency)
        [\s,]+ | l' | “ | \" )* \Z""",
    re.VERBOSE,
)
_EVENT_OF = re.compile(
    r"\b(?:"
    + "|".join(sorted(EVENTS_OF))
    + r")s?\s+(?:(?!of|by|de)\w+\s+)?(?:of|by|du|de|del|des|de la|de l')\s*(?:the\s+|la\s+)?\Z"
)
_OF_EVENT = re.compile(
    r"(?:['’]s)?\s+(?:(?:\w+-)?\w+\s+){0,2}(?:" + "|".join(sorted(EVENTS_OF)) + r")\b(?!\s+(?:report|paper))"
)
_HOSTS = re.compile(r"\b(?:hosts?|hosted|accueille|acoge|recibe)\s+(?:the |an? )?\Z")  # "Ghana hosts ECOWAS training"
_LEADS: frozenset[OrganizationRole] = frozenset({"organizer", "implementer"})
_TO_THE_NAME = r"(?:the |its |l'|le |la |les |el |los |las )?[“\"«]?\Z"
_WITH = re.compile(rf"\b(?:with|avec|con)\s+{_TO_THE_NAME}")
_JOINED = re.compile(rf",\s(?:with|avec|con)\s{_TO_THE_NAME}")
# What may stand before the subject of a sentence: a dateline, a day or place, an article.
_OPENING = re.compile(
    r"(?:[^.!?:]{0,60}(?:\s[-–—]|:|\.-)\s)?"
    r"(?:(?:on|in|at|after|this|since|today|le|en|au|a|ce|hoy|el|este|aujourd'hui)\b[^.;:]{0,60},\s)?"
    r"(?:the |le |la |les |l'|el |los |las )?"
    r"(?:(?:members|membres|miembros) (?:of|de|du|des|del) (?:the |la |l')?)?[“\"«]? ?"
)
# What may stand behind it: anything but a word that goes on with the name or leaves the subject open.
_PREDICATE = re.compile(
    r"[”\"»]?(?:,[^,;]{1,100},)?\s+(?!(?:of|in|for|to|at|on|from|under|with|by|or|and|but|as|than|that|who|which|whose"
    r"|de|du|des|d'|a|au|aux|en|pour|sur|et|ou|dont|que|qui|par|dans|del|para|por|con|y|e|o|cuyo|quien)\b)[a-z]{2,}"
)
_PLAN = re.compile(
    r"\s+(?:will (?!be |have |not )[a-z]{3,}|plans to|intends to|is to [a-z]|va(?: a)? [a-z]{3,}r\b|vont [a-z]{3,}r\b)"
)
# Between a body and its verb: "…, through its water programme, provides".
_MEANS = re.compile(r"\s?,\s(?:through|via|par|a traves de|por medio de)\s[^,;.]{1,70},")
_MASTHEAD_LINES = 6
_LEAD_SENTENCES = 4
_PROSE = 60  # code points: a shorter paragraph is a line of the head
_LONGEST_CUE = 90  # characters looked at before a list of bodies
_LONGEST_PREDICATE = 160  # and behind it
_BRACKET = re.compile(r"\s*\([^()]{1,60}\)")


@dataclass(slots=True)
class Roles:
    """What a page says of the parts that bodies have, by the numbers of their mentions."""

    stated: list[set[OrganizationRole]]
    helping: set[int]  # bodies that do something for the matter, which makes partners of those without a role


def roles_of(document: Document, mentions: Sequence[OrganizationMention]) -> Roles:
    """For each mention (in the order of the text) the roles that its field or its sentence gives it."""
    roles: list[set[OrganizationRole]] = [set() for _ in mentions]
    helping: set[int] = set()
    folded = document.folded
    for at, mention in enumerate(mentions):
        if mention.field is not None:
            roles[at].add(_role(FIELD_ROLES[mention.field]))
    labels = labels_of_values(document)
    sentences = _sentences_with_bodies(document, mentions)
    for (start, end), inside in sentences:
        begin = labels[start].start if start in labels else start
        helping.update(_read_sentence(folded, (begin, end), inside, mentions, roles))
    for at in _listed_below(document, folded, mentions):
        roles[at].add("partner")
    for at in _announcing(document, folded, mentions):
        roles[at].add("organizer")
    if not any(_LEADS & found for found in roles):
        for at in _on_the_masthead(document, mentions) or _acting(document, folded, mentions, roles):
            roles[at].add("organizer")
    for (start, _), inside in sentences:
        _read_company(folded, start, inside, mentions, roles)
    return Roles(roles, helping)


def _sentences_with_bodies(
    document: Document, mentions: Sequence[OrganizationMention]
) -> list[tuple[tuple[int, int], list[int]]]:
    """The sentences that name bodies outside of fields, with the mentions that stand whole within them."""
    starts = [start for start, _ in document.sentences]
    inside: dict[int, list[int]] = {}
    for n, mention in enumerate(mentions):
        sentence = bisect_right(starts, mention.span.start) - 1
        if mention.field is None and sentence >= 0 and mention.span.end <= document.sentences[sentence][1]:
            inside.setdefault(sentence, []).append(n)
    return [(document.sentences[sentence], numbers) for sentence, numbers in inside.items()]


def _inside(mentions: Sequence[OrganizationMention], starts: Sequence[int], bounds: tuple[int, int]) -> list[int]:
    """The mentions that stand whole within ``bounds``. ``starts``: where each mention starts, in order."""
    first, behind = bisect_left(starts, bounds[0]), bisect_left(starts, bounds[1])
    return [n for n in range(first, behind) if mentions[n].span.end <= bounds[1]]


def _read_company(
    folded: str,
    begin: int,
    inside: Sequence[int],
    mentions: Sequence[OrganizationMention],
    roles: list[set[OrganizationRole]],
) -> None:
    """Whom the organizer acts with: "The Harbour Fund drew up the list with the Port Authority"."""
    led = False
    for group in _groups(folded, inside, mentions):
        first = mentions[group[0]].span.start
        if any(_LEADS & roles[n] for n in group):
            led = True
        elif led and not any(roles[n] for n in group) and _WITH.search(folded, max(begin, first - _LONGEST_CUE), first):
            for n in group:
                roles[n].add("partner")


def _listed_below(document: Document, folded: str, mentions: Sequence[OrganizationMention]) -> list[int]:
    """The bodies that fill two or more lines one below the other, under those that implement a practice: its partners
    and donors, whose label is lost."""
    implementing = [m.span.end for m in mentions if m.field == "implementing_organizations"]
    if not implementing:
        return []
    filling = {m.span.start: n for n, m in enumerate(mentions) if m.field is None}
    listed: list[int] = []
    for block in document.blocks[bisect_left(document.blocks, implementing[-1], key=lambda b: b.start) :]:
        at = filling.get(block.start) if block.kind in ("paragraph", "list_item") else None
        if at is not None and _after_brackets(folded, mentions[at].span.end) >= block.end:
            listed.append(at)
        elif listed:
            break
    return listed if len(listed) > 1 and any(mentions[n].rule != "org.model" for n in listed) else []


def _announcing(document: Document, folded: str, mentions: Sequence[OrganizationMention]) -> list[int]:
    """The body of whose plans the page's first sentence tells: "The Harbour Agency will revise …"."""
    starts = [m.span.start for m in mentions]
    for start, end in _lead_sentences(document)[:1]:
        inside = _inside(mentions, starts, (start, end))
        for group in _groups(folded, inside, mentions)[:1]:
            first, last = mentions[group[0]].span, mentions[group[-1]].span
            opens = mentions[group[0]].field is None and _OPENING.fullmatch(folded, start, first.start)
            if opens and _PLAN.match(folded, _after_brackets(folded, last.end)):
                return group
    return []


def _on_the_masthead(document: Document, mentions: Sequence[OrganizationMention]) -> list[int]:
    """The body whose name fills a line above the title: the page is its own."""
    if document.title is None:
        return []
    above = [b for b in document.blocks[:_MASTHEAD_LINES] if b.end <= document.title.start and b.kind != "label"]
    starts = [m.span.start for m in mentions]
    for block in above:
        for n in range(bisect_left(starts, block.start), bisect_left(starts, block.end)):
            named = mentions[n].span
            fills = named.start == block.start and named.end - named.start >= (block.end - block.start) / 2
            if fills or document.text[block.start : named.start].rstrip().endswith(("-", "–", "|")):
                return [n] if mentions[n].rule != "org.model" else []
    return []


def _acting(
    document: Document,
    folded: str,
    mentions: Sequence[OrganizationMention],
    roles: Sequence[set[OrganizationRole]],
) -> list[int]:
    """Where no words say whose event it is: the bodies that act in the lead, those that a first sentence is about.

    "The Harbour Fund met on Monday …" tells whose meeting it was, though not in so many words.
    """
    starts = [m.span.start for m in mentions]
    named: list[int] = []
    for start, end in _lead_sentences(document):
        inside = _inside(mentions, starts, (start, end))
        groups = [
            g for g in _groups(folded, inside, mentions) if mentions[g[0]].field is None and "donor" not in roles[g[0]]
        ]
        if not groups:
            continue
        first, last = mentions[groups[0][0]].span, mentions[groups[0][-1]].span
        after = _after_brackets(folded, last.end)
        if _OPENING.fullmatch(folded, start, first.start) and _PREDICATE.match(folded, after, min(end, after + 200)):
            return groups[0]
        if any(mentions[n].rule != "org.model" for n in groups[0]):
            named = named or groups[0]
    return named


def _lead_sentences(document: Document) -> list[tuple[int, int]]:
    """The first sentences of the page's prose."""
    prose = next((b for b in document.blocks if b.kind == "paragraph" and b.end - b.start > _PROSE), None)
    if prose is None:
        return []
    first = bisect_left(document.sentences, (prose.start, 0))
    return list(document.sentences[first : first + _LEAD_SENTENCES])


def _role(name: str) -> OrganizationRole:
    return next(role for role in ROLES if role == name)


def _read_sentence(
    folded: str,
    sentence: tuple[int, int],
    inside: Sequence[int],
    mentions: Sequence[OrganizationMention],
    roles: list[set[OrganizationRole]],
) -> list[int]:
    """Adds what the sentence says to ``roles``; the bodies of which it only says that they help."""
    helping: list[int] = []
    groups = _groups(folded, inside, mentions)
    bounds = [(mentions[g[0]].span.start, _after_brackets(folded, mentions[g[-1]].span.end)) for g in groups]
    cued = [_cue_before(CUES_OF_ROLES, folded, sentence[0], start) for start, _ in bounds]
    for number, group in enumerate(groups):
        found = cued[number]
        if found is not None:
            role: OrganizationRole | None = found[0]
        else:
            predicate, next_body = _predicate(folded, number, bounds, cued, sentence[1])
            role = _role_of_subject(predicate, next_body)
            if role is None and _is_of_an_event(folded, sentence, bounds[number]):
                role = "organizer"
            if role is None and _helps(folded, sentence[0], bounds[number][0], predicate):
                helping += group
        if role is not None:
            for member in group:
                roles[member].add(role)
    return helping


def _helps(folded: str, begin: int, start: int, predicate: str) -> bool:
    """ "the hall was lent by the Port Agency", "the Port Agency lent …"; "Shelter for travellers, with the Port
    Agency"."""
    if not predicate.strip(".;: ") and _JOINED.search(folded, begin, start):
        return True
    return bool(HELP_AFTER.match(predicate)) or _cue_before(HELP_BEFORE, folded, begin, start) is not None


def _groups(folded: str, inside: Sequence[int], mentions: Sequence[OrganizationMention]) -> list[list[int]]:
    """Mentions that stand in one list."""
    groups: list[list[int]] = []
    for at in inside:
        if groups:
            before = mentions[groups[-1][-1]].span
            gap = folded[before.end : mentions[at].span.start]
            if len(gap) < 60 and _LIST_GAP.match(gap):
                groups[-1].append(at)
                continue
        groups.append([at])
    return groups


def _after_brackets(folded: str, end: int) -> int:
    """Past an acronym in brackets, or the bracket that it closes."""
    bracket = _BRACKET.match(folded, end)
    return bracket.end() if bracket else end + 1 if folded.startswith(")", end) else end


def _cue_before(cues: Cues, folded: str, begin: int, start: int) -> tuple[OrganizationRole, int] | None:
    """The role that the words right before ``start`` give, and where they begin."""
    window = max(begin, start - _LONGEST_CUE)
    before = folded[window:start]
    for role, cue_start, cue_end in cues.find(before, [(0, len(before))], len(before)):
        if _CUE_GAP.match(before, cue_end):
            return role, window + cue_start
    return None


def _predicate(
    folded: str,
    number: int,
    bounds: Sequence[tuple[int, int]],
    cued: Sequence[tuple[OrganizationRole, int] | None],
    sentence_end: int,
) -> tuple[str, int]:
    """What stands behind a list, and how many characters of it stand before the next; what stands between as "in
    collaboration with …" is passed over."""
    end = bounds[number][1]
    following = number + 1
    while following < len(bounds):
        cue = cued[following]
        if cue is None or not re.fullmatch(r"[\s,)–-]*", folded[end : cue[1]]):
            break
        end = bounds[following][1]
        following += 1
    means = _MEANS.match(folded, end, sentence_end)
    end = means.end() if means else end
    predicate = folded[end : min(sentence_end, end + _LONGEST_PREDICATE)].lstrip(' ,)”»"–-\n\t\xa0')
    return predicate, bounds[following][0] - end if following < len(bounds) else len(predicate)


def _role_of_subject(predicate: str, next_body: int) -> OrganizationRole | None:
    """The role that the verb behind a list gives."""
    for role, pattern in CUES_AFTER.items():
        if pattern.match(predicate):
            return role
    late = LATE_VERBS.match(predicate)
    return "organizer" if late is not None and late.end() <= next_body else None


def _is_of_an_event(folded: str, sentence: tuple[int, int], bounds: tuple[int, int]) -> bool:
    """ "the annual meeting of the X", "the X webinar"."""
    before = folded[max(sentence[0], bounds[0] - 60) : bounds[0]]
    if _HOSTS.search(before):
        return False
    if _EVENT_OF.search(before):
        return True
    return _OF_EVENT.match(folded[bounds[1] : min(sentence[1], bounds[1] + 60)]) is not None
