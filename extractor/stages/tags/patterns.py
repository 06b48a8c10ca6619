"""How tags are written.

The patterns read folded text (``extractor.text.fold``) in which blocks are parted by NUL, so that none crosses from
one block into the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.model import Rank
from extractor.text import at_word_start, fold
from extractor.vocabularies import Goal, Objective, Principle, goals, objectives, principles

Tag = Objective | Principle | Goal

# --- numbers: "5", "5, 6 and 17-19", "10.7 and 8.b"

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
)
_UNIT = (
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|per ?cent|million|billion|people|participants|countries|"
    r"ans|annees?|mois|semaines?|jours?|heures?|millions?|milliards?|pour cent|personnes|pays|"
    r"anos?|meses|semanas?|dias?|horas?|millones|por ciento|personas|paises)"
)
# What follows the number of a tag: no decimals, no time of day, nothing that is counted, no month of a date.
_END = (
    rf"(?!\w)(?![.:]\d)(?!\s?%)(?!\s?-?\s?{_UNIT}\b)"
    rf"(?!\s(?:de )?{_MONTH}(?=\.?\s?(?:de )?\d|\.?\s?[,;)|\0]|\.?\s?\Z))"
)
_AND = r"(?:and|et|y|e|&|as well as|ainsi que|asi como)"
_UNTIL = r"(?:-|to|through|until|a|au|al)"
_BETWEEN = rf"(?:\s?[,;/]\s?(?:{_AND}\s)?|\s{_AND}\s|\s?-\s?|\s{_UNTIL}\s)"
_ASIDE = r"(?:\s?\([^()\0]{1,80}\))?"  # "objectives 5 (regular pathways) and 6 (decent work)"
_WHOLE = rf"(?!(?:17|23) (?:goals|objectives|objectifs|objetivos)\b)\d{{1,2}}{_END}{_ASIDE}"
_CODE = r"\d{1,2}\.(?:\d{1,2}|[a-d])(?:\.\d{1,2})?"  # a target ("10.7", "8.b") or its indicator ("10.7.2")
_ANY = rf"(?!17 (?:goals|objectifs|objetivos)\b)(?:{_CODE}|\d{{1,2}}){_END}{_ASIDE}"
_NUMBERS = rf"(?P<numbers>{_WHOLE}(?:{_BETWEEN}{_WHOLE}){{0,23}})"
_CODES = rf"(?P<numbers>{_CODE}{_END}(?:{_BETWEEN}{_CODE}{_END}){{0,23}})"
_NUMBERS_AND_CODES = rf"(?P<numbers>{_ANY}(?:{_BETWEEN}{_ANY}){{0,23}})"
_SIGN = r"(?:[\s-]{1,2}(?:numbers?|numeros?|n°s?|nos?\b\.?|nums?\b\.?)|\s?#)?[\s-]{0,2}"  # "Objective no. 5", "SDG #5"
NUMBER = re.compile(r"(\d{1,2})(\.(?:\d{1,2}|[a-d]))?(?:\.\d{1,2})?")
RANGE = re.compile(rf"\s?{_UNTIL}\s?")
PARENTHESIS = re.compile(r"\([^()]*\)")

# --- what has the numbers: the Compact and its objectives, the SDGs and their targets

_REGULAR = r"(?: safe,? orderly,? and regular| sures?,? ordonnees?,? et regulieres?| segura,? ordenada,? y regular)?"
_GCM = at_word_start(
    r"gcm\b",
    r"pmm\b",
    rf"global compact (?:for|on)(?: a)?{_REGULAR} migration",
    rf"pacte mondial (?:pour|sur)(?: des| les| la| une)? migrations?{_REGULAR}",
    rf"pacto mundial (?:para|sobre)(?: la| una)? migracion{_REGULAR}",
    r"migration compact\b",
    r"global migration pact\b",
    r"marrake[cs]h compact\b",
    r"pact[eo] de marrake[cs]h\b",
)
# "Global Compact" alone: the page decides which one. Those of the refugees and of business are not meant.
_COMPACT = (
    rf"{at_word_start('global compact', 'pacte mondial', 'pacto mundial')}\b"
    r"(?<!\bun global compact)(?<!\bnations global compact)"
    r"(?! (?:for|on|pour|sur|para|sobre|network|local|des nations|de l'onu|de (?:las )?naciones|de la onu))"
)
OTHER_COMPACT = re.compile(
    r"\b(?:gcr\b|global compact (?:on|for) refugees|pacte mondial (?:sur|pour) les refugies"
    r"|pacto mundial (?:sobre|para) los refugiados|un(?:ited nations)? global compact"
    r"|pacte mondial des nations unies|pacto mundial de (?:las )?naciones unidas)"
)
GCM_NAMED = re.compile(_GCM)
COMPACT_NAMED = re.compile(_COMPACT)
GCM_BEFORE = re.compile(rf"(?:(?P<sure>{_GCM})|{_COMPACT})\)?(?:'s?)?[\s-]{{1,2}}\Z")
GCM_AFTER = re.compile(
    rf"[,)]?\s(?:of|in|under|from|within|du|de|des|del|dans)\s(?:the |this |le |la |el )?"
    rf"(?:(?P<sure>{_GCM})|{_COMPACT}|(?:global )?compact\b(?! (?:on|for) refugees))"
    r"|\s(?:du pacte|del pacto)\b(?! (?:mondial|mundial))|\s\((?P<acronym>gcm|pmm)\)"
)
_OBJECTIVE = at_word_start(r"objective(?:s|\(s\))?", "objectifs?", "objetivos?", r"obj\.")
OBJECTIVE = re.compile(rf"{_OBJECTIVE}{_SIGN}{_NUMBERS}")
OBJECTIVES_OF = re.compile(
    rf"{at_word_start('objectives', 'objectifs', 'objetivos')}\s(?:of the|du|del)\s(?:{_GCM}|{_COMPACT})"
    rf"\s?(?:[:(]\s?|nos?\.?\s){_NUMBERS}"
)
GCM_OBJECTIVES_LIST = re.compile(rf"(?:{_GCM})\s(?:objective(?:s|\(s\))?|objectifs?|objetivos?)\s?[:(]\s?{_NUMBERS}")

_SDG_FULL_NAMES = (
    "sustainable development goals?",
    "objectifs? de developpement durable",
    "objetivos? de desarrollo sostenible",
)
_SDG_FULL_NAME = f"(?:{'|'.join(_SDG_FULL_NAMES)})"
_SDG_NAMES = (
    *(rf"{acronym}(?![a-z])" for acronym in ("sdgs?", "ods", "odds?")),
    *(rf"{name}\b(?:\s\((?:the )?(?:sdgs?|odds?|ods)\))?" for name in (*_SDG_FULL_NAMES, "global goals?")),
)
_SDG_NAME = at_word_start(*_SDG_NAMES)
_AGENDAS = (r"2030 agenda\b", r"agenda 2030\b", r"programme (?:de developpement durable )?a l'horizon 2030\b")
_AGENDA = f"(?:{'|'.join(_AGENDAS)})"
SDG_NAMED = re.compile(at_word_start(*_SDG_NAMES, *_AGENDAS))
_TARGET_NOUNS = ("targets?", "cibles?", "metas?", "indicat(?:or|eur)s?", "indicador(?:es)?")
_TARGET_NOUN = f"(?:{'|'.join(_TARGET_NOUNS)})"
SDG = re.compile(
    rf"{_SDG_NAME}(?:[\s-]{{1,2}}(?:goals?|objectives?|objectifs?|objetivos?|{_TARGET_NOUN}))?"
    rf"(?:\s?:\s?|\.(?=\d)|{_SIGN}){_NUMBERS_AND_CODES}"
)
SDG_AFTER = re.compile(
    r"[,)]?\s(?:of|in|under|from|within|du|de|des|del|dans)\s(?:the |la |los |les |le |l')?(?:un )?"
    rf"(?:sdgs?\b|odds?\b|ods\b|{_AGENDA}|{_SDG_FULL_NAME}"
    r"|developpement durable|desarrollo sostenible|sustainable development)"
)
GOAL = re.compile(rf"{at_word_start('goals?', 'objectifs?', 'objetivos?')}{_SIGN}{_NUMBERS_AND_CODES}")
TARGET = re.compile(rf"{at_word_start(*_TARGET_NOUNS)}(?:\s?:\s?|{_SIGN}){_CODES}")
CODES_APART = re.compile(rf"\(\s?(?:{_TARGET_NOUN}\s)?{_CODES}\s?\)")  # "green and public space (11.7)"

# --- what makes a bare "Objective 1" or "Goal 3" somebody else's

RIVAL_BEFORE = re.compile(
    r"\b(?:specific|strategic|project|programme|program|policy|plan|strategy|refugees|refugies|refugiados|gcr|general|"
    r"overall|learning|research|their|our|your)(?:'s?)?[\s-]\Z"
)
# "its objectives 5 and 6": whose, the sentence must say before.
ITS_BEFORE = re.compile(r"\bits\s\Z")
RIVAL_AFTER = re.compile(r"[,)]?\s(?:of|du|de|des|del)\b|\sd'")
OWN_TITLE = re.compile(r"\)?(?:\s?:|\s-)\s?\w")
LARGE = 8  # plans and projects seldom number their objectives so far; the Compact does

# --- names of tags

OPENING = re.compile(r"\)?\s?[-:.,(]?\s?[\"'«“(]?\s?")
_PRINCIPLES_LISTED = r"(?:\s?[:(,-]\s?|\s(?:of|on|such as|including|namely|like|de|du|des|tels que|como)\s)"
_ARTICLE = r"(?:the |la |le |les |el |los |l')?"


def _folded_names(tag: Tag) -> tuple[str, ...]:
    titles = () if isinstance(tag, Principle) else tag.titles.values()
    return tuple(sorted({fold(n) for n in (*titles, *tag.labels.values(), *tag.spellings)}, key=_longest_first))


def _longest_first(name: str) -> tuple[int, str]:
    return (-len(name), name)


def _alternatives(names: Iterable[str]) -> str:
    """A pattern for any of the names, hyphens and spaces alike."""
    return "|".join(re.escape(n).replace(r"\-", "[- ]") for n in sorted(set(names), key=_longest_first))


OBJECTIVE_NAMES = {o.number: _folded_names(o) for o in objectives()}
GOAL_NAMES = {g.number: _folded_names(g) for g in goals()}
PRINCIPLE_NAMES = {p.key: _folded_names(p) for p in principles()}
TARGETS = frozenset(code for g in goals() for code in g.targets)
TERMS: dict[int, Tag] = {**{o.term_id: o for o in objectives()}, **{p.term_id: p for p in principles()}}
TERM = re.compile(
    r"(?:/taxonomy/term/(?:detail/)?|\b(?:gcm_objectives?|23_objectives|cross_cutting_theme|gcm_principles?)"
    r"(?:%5b\d*%5d|\[\d*\])?=)(\d+)",
    re.I,
)

OBJECTIVE_TITLES = tuple((o, fold(title)) for o in objectives() for title in o.titles.values())
GOAL_TITLES = tuple((g, fold(title)) for g in goals() for title in g.titles.values())
# "Climate Action" alone is anything, "Peace, Justice and Strong Institutions" is a goal.
GOAL_LONG_LABELS = tuple((g, fold(n)) for g in goals() for n in g.labels.values() if len(n.split()) > 2)

_GOAL_LABEL = _alternatives(fold(n) for g in goals() for n in (*g.labels.values(), *g.spellings))
_PRINCIPLE_LABEL = _alternatives(name for names in PRINCIPLE_NAMES.values() for name in names)
SDG_ON = re.compile(
    rf"{at_word_start(*_SDG_NAMES, 'goals?')}(?:\s?[:,-]?\s?|\s(?:on|for|of|sur|sobre|de)\s)[\"'«“(]?\s?"
    rf"(?P<labels>(?:{_GOAL_LABEL})(?!\w)(?:{_BETWEEN}(?:{_GOAL_LABEL})(?!\w)){{0,16}})"
)
GUIDING_BEFORE = re.compile(r"\b(?:guiding|cross[- ]cutting) \Z")
PRINCIPLES_OF = re.compile(
    rf"{at_word_start('principles?', 'principes?', 'principios?')}"
    r"(?P<rector> directeurs?| rectores?)?"
    rf"(?:\s(?:of|in|du|de|del)\s(?:the |la |le |el )?(?:{_GCM}|{_COMPACT}))?{_PRINCIPLES_LISTED}"
    rf"(?P<labels>{_ARTICLE}(?:{_PRINCIPLE_LABEL})(?!\w)(?:{_BETWEEN}{_ARTICLE}(?:{_PRINCIPLE_LABEL})(?!\w)){{0,9}})"
)
LABELS = {
    "goal": re.compile(rf"(?:{_GOAL_LABEL})(?!\w)"),
    "principle": re.compile(rf"(?:{_PRINCIPLE_LABEL})(?!\w)"),
}
ANY_PHRASE = re.compile(at_word_start(*(phrase for p in principles() for phrase in p.phrases)))
PHRASES = tuple((p, re.compile(rf"\b(?:{'|'.join(p.phrases)})(?!\w)")) for p in principles() if p.phrases)

# --- tag fields and tag lines

OBJECTIVE_FIELDS: dict[str, Rank | None] = {
    "gcm_objectives": None,
    "primary_gcm_objectives": "primary",
    "secondary_gcm_objectives": "secondary",
}
# Labels that no profile knows: "Related GCM Objectives", "SDGs addressed".
OBJECTIVE_LABEL = re.compile(
    rf"(?:{_GCM})\s(?:objectives?|objectifs?|objetivos?)"
    rf"|(?:objectives?|objectifs?|objetivos?) (?:of the |d[eu] |del )?(?:{_GCM})"
)
SDG_LABEL = re.compile(r"\b(?:sdgs?|odds?|ods)\b|sustainable development goals?")
PRINCIPLE_FIELDS = frozenset({"gcm_principles"})
SDG_FIELDS = frozenset({"sdgs", "sdg_targets"})
# The words of one tag: they end where the next begins ("5 - Regular pathways 6 - Recruitment and decent work").
_NEXT_TAG = r"[;|•·\0\n]|\s(?=\d{1,2}\s?[-:]\s|sdg[ .]?\d|objecti(?:ve|f)\s\d|objetivo\s\d)"
_WORDS = rf"[^\W\d](?:(?!{_NEXT_TAG}).){{0,300}}"
_SDG_NOUN = (
    rf"(?:(?:sdgs?|ods|odds?|{_SDG_FULL_NAME})(?: {_TARGET_NOUN})?"
    rf"|goals?|objectifs?|objetivos?|{_TARGET_NOUN})"
)
_OBJECTIVE_NOUN = rf"(?:(?:{_GCM} )?(?:objectives?|objectifs?|objetivos?))"
OBJECTIVE_ITEM = re.compile(
    rf"(?P<noun>{_OBJECTIVE_NOUN}[\s#.]{{0,2}})?(?P<number>\d{{1,2}})(?:\s?[-:.)]\s?(?P<words>{_WORDS}))?"
)
# "(22) Social protection", "Objective 22 Social protection".
OBJECTIVE_BESIDE_NAME = re.compile(
    rf"(?:{_OBJECTIVE_NOUN}[\s#.]{{0,2}})?\(?(?P<number>\d{{1,2}})\)?\s(?P<words>{_WORDS})"
)
GOAL_ITEM = re.compile(
    rf"(?P<noun>{_SDG_NOUN}[\s#.:-]{{0,2}})?(?P<number>{_CODE}|\d{{1,2}})"
    rf"(?:\s?[-:.)]?\s?(?P<words>{_WORDS}))?"
)
OBJECTIVE_LIST = re.compile(rf"(?:{_OBJECTIVE_NOUN}\s?:?\s?)?{_NUMBERS}")
GOAL_LIST = re.compile(rf"(?:{_SDG_NOUN}\s?:?\s?)?{_NUMBERS_AND_CODES}")
LINE_CHARS = range(4, 201)  # of a line that may be a tag
# "5 - Regular pathways"; behind a full stop or bracket, as any list numbers its items, only a name of four words.
NUMBERED_NAME = re.compile(r"\d{1,2}\s?(?:[-:]|[.)]\s\w+(?:\s\w+){3})")
SDG_LINE = re.compile(r"(?:sdg|ods|odd)\b")
TARGET_LINE = re.compile(rf"(?:(?:sdg|ods|odd) )?{_TARGET_NOUN} {_CODES}")
# What parts the tags of one value, the surest first.
SEPARATORS = (
    re.compile(_NEXT_TAG),
    re.compile(r","),
    re.compile(rf"\s{_AND}\s|/"),
)
TRIM = " \t\n\0.,;*-•"
