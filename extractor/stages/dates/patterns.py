"""The atoms of dates: what a token is, what may stand between two tokens, which rows of tokens are a date.

Reading goes in two steps. ``TOKEN`` cuts a passage into numbers, months, weekdays and times; what only looks like
a date (a resolution number, "SDG 10.7", a telephone number) is a token too, so that it wins its span. Each token and
each gap between tokens is one letter, and ``CHAIN`` is an ordinary regular expression over those letters:
"12 and 13 May 2022" is ``d&d_m_y``.

Letters of tokens: d day, m month, y year, w weekday, i date in figures, t time, h perhaps a time ("9.30"), c a year or
a count ("2000 people"), x anything that is no date. Letters of gaps: _ space or "of", . a stop, n line break, comma,
- range, & and, / slash, @ "at", ! anything else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, Final

from extractor.vocabularies import load

WORDS: Final[dict[str, Any]] = load("dates.json")
_BAR = re.compile(r"\|(?![^()]*\))")  # not inside of a group
_INITIAL = re.compile(r"(\[[^\]]+\]|\\?.)(.*)")


def bare(word: str) -> str:
    """Lower-cased, without accents, with straight apostrophes and dashes: the form in which words are looked up."""
    if word.isascii():
        return word.lower()
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return plain.replace("’", "'").lower()


def alternatives(words: list[str]) -> str:
    """A pattern for any of the words, with or without accents, longest first, for whole words only."""
    forms = sorted({form for word in words for form in (word, bare(word))}, key=lambda f: (-len(f), f))
    return by_initial("|".join(map(_spaced, forms))) + r"(?!\w)"


def _spaced(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"[^\S\n]+").replace("'", "['’]")


def by_initial(alternatives: str) -> str:
    """A pattern for the same alternatives ("a|b|c"), in any case, grouped by their first letter.

    Where case is ignored, all alternatives are tried at every place; so only those of one letter are.
    """
    groups: dict[str, list[str]] = {}
    for alternative in _BAR.split(alternatives):
        initial, rest = _INITIAL.fullmatch(alternative).groups()  # type: ignore[union-attr]  # matches all but ""
        groups.setdefault(initial, []).append(rest)
    return "(?:" + "|".join(f"{_any_case(initial)}(?:{'|'.join(rests)})" for initial, rests in groups.items()) + ")"


def _any_case(initial: str) -> str:
    letters = initial.strip("[]")
    return f"(?-i:[{letters}{letters.upper()}])" if letters.isalpha() else initial


def _names(rows: list[list[str]]) -> str:
    """Names of months or weekdays; a short form may carry its stop."""
    names = [name for row in rows for name in row]
    short = [name.rstrip(".") for name in names if name.endswith(".")]
    return f"(?:{alternatives(short)}\\.?|{alternatives([name for name in names if not name.endswith('.')])})"


MONTH_NUMBERS: Final = {bare(name.rstrip(".")): n for n, names in enumerate(WORDS["months"], 1) for name in names}
WEEKDAY_NUMBERS: Final = {bare(name.rstrip(".")): n for n, names in enumerate(WORDS["weekdays"]) for name in names}
WEAK_MONTHS: Final = frozenset(WORDS["weak_months"])

_LETTERS: Final = {"space": "_", "stop": ".", "comma": ",", "range": "-", "and": "&", "slash": "/", "at": "@"}
GAPS: Final = {bare(gap): letter for kind, letter in reversed(_LETTERS.items()) for gap in WORDS["gaps"][kind]}
DASHES: Final = str.maketrans(dict.fromkeys("–—‑‐−‒―", "-"))
LONGEST_GAP: Final = max(map(len, GAPS)) + 4

# --- tokens -----------------------------------------------------------------------------------------------------

_MONTH = _names(WORDS["months"])
_WEEKDAY = _names(WORDS["weekdays"])
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"[^\S\n]?(?:" + "|".join(map(re.escape, WORDS["ordinal_endings"])) + ")"
_YEAR = r"(?:1[89]|20)\d\d"
_NO_MONTH_NEXT = rf"(?!\d)(?![^\S\n]{{0,2}}(?:of |de |{_ORDINAL} ?)?{_MONTH})"
# "Workshop 3" is a number, "Workshop 3 – 5 May" is not.
_NO_DAYS_NEXT = _NO_MONTH_NEXT + (
    rf"(?![^\S\n]?(?:[-–—&,]|to|and|et|y|au|al|a)[^\S\n]?{_DAY}(?:{_ORDINAL})?[^\S\n](?:of |de )?{_MONTH})"
)
_DATE = rf"(?:{_DAY}(?:{_ORDINAL})? (?:de |of )?{_MONTH}\.?|{_MONTH}\.? {_DAY}(?:{_ORDINAL})?)"

# Words whose number is a name, not a day: "Room 12", "Article 13", "SDGs 5, 10 and 16", "Objective 23".
_NUMBERED = (
    r"sdgs?|ods|odd|goals?|targets?|objectives?|objetivos?|objectifs?|indicators?|indicador(?:es)?|metas?|cibles?|"
    r"principles?|art(?:icle|[ií]culo)?s?|sections?|chapters?|cap[ií]tulos?|annex(?:es)?|anexos?|annexes|"
    r"vol(?:ume)?|"
    r"issue|pages?|p|pp|p[aá]gs?|para(?:graph)?s?|fig(?:ure)?s?|tables?|tableau|box(?:es)?|steps?|rooms?|"
    r"salles?|sala|sal[oó]n|"
    r"aula|floor|piso|[eé]tage|suite|hall|building|edificio|b[aâ]timent|platform|gate|bus|panels?|sessions?|"
    r"sesi[oó]n(?:es)?|"
    r"s[eé]ances?|phases?|fases?|stages?|etapas?|[eé]tapes?|rounds?|modules?|m[oó]dulos?|parts?|partes?|"
    r"items?|points?|puntos?|questions?|groups?|groupes?|grupos?|cases?|no|n[°ºo]|nos|n[uú]m(?:ero)?|num[eé]ro|"
    r"number|cop|cmp|cma|"
    r"class|category|level|versions?|tiers?|zones?|apt|blocks?|bldg|units?|bp|cp|tomes?|pillars?|pilar(?:es)?|"
    r"axes?|ejes?|"
    r"themes?|th[eè]mes?|editions?|episodes?|newsletters?|bulletins?|lots?|notes?|footnotes?"
)
_MANY = (
    r"people|persons?|personnes|personas|participants?|participantes|migrants?|migrantes|refugees|"
    r"r[eé]fugi[eé]s|refugiados|"
    r"households|families|familles|familias|children|enfants|ni[nñ]os|women|femmes|mujeres|men|hommes|hombres|"
    r"youth|jeunes|"
    r"j[oó]venes|countries|pays|pa[ií]ses|states|members?|membres|miembros|workers|travailleurs|trabajadores|"
    r"students|"
    r"[eé]tudiants|estudiantes|officials|cases|beneficiaries|b[eé]n[eé]ficiaires|beneficiarios|organi[sz]ations|"
    r"units|copies|"
    r"dollars?|euros?|million(?:s|es)?|billion(?:s)?|milliards?|thousand|mil|per ?cent|percent|pour ?cent|"
    r"por ?ciento|"
    r"years?|ans|a[nñ]os|months?|mois|meses|weeks?|semaines|semanas|hours?|heures|horas|minutes?|minutos|kms?|"
    r"kg|hectares|ha|m2|"
    r"objectives|goals|targets|words|pages|participating|delegates|representatives|governments|experts|"
    r"stakeholders|views?|vues|vistas"
)
_DOCUMENTS = (
    r"agenda|plan|strateg\w{1,4}|framework|programmes?|programs?|programa|roadmap|policy|act|law|report|rapport|"
    r"informe|"
    r"outlook|review|highlights|survey|index|budget|biennium|cycle|estrategia|strat[eé]gie|marco|cadre|vision|"
    r"visi[oó]n|horizon\w?"
)
_DOCUMENT, _COUNTED = by_initial(_DOCUMENTS), by_initial(_MANY)
# What only looks like a date. Patterns that begin with a word, with a figure, with a sign.
FALSE_WORDS: Final[dict[str, str]] = {
    "link": r"https?://\S+|www\.\S+",
    "document_symbol": r"(?-i:[A-Z]{1,6}/(?:[\w.-]{1,20}/){0,5}[\w.()-]{0,20}\d[\w.()-]{0,20})",
    "legal": by_initial(
        r"resolutions?|decisions?|decrees?|laws?|acts?|regulations?|directives?|circular|ordinance|bill|"
        r"order|recommendation|r[eé]solutions?|d[eé]cisions?|d[eé]crets?|loi|r[eè]glement|resoluci[oó]n(?:es)?|"
        r"decisi[oó]n|decretos?|ley|reglamento|acuerdo"
    )
    + r"(?: \((?:EU|EC|UE|CE)\))?"
    r"(?: (?:no\.?|n[°ºo]\.?|n[uú]m\.?|number|num[eé]ro))? ?\d[\w./-]{0,15}(?: ?\(\d{4}\))?" + _NO_MONTH_NEXT,
    "named_year": rf"(?:{_DOCUMENT}|europ[ea])(?: (?:for|de|du|of|to))? {_YEAR}"
    rf"(?: ?[-–/] ?(?:{_YEAR}|\d\d))?(?!\w)",
    "numbered": rf"{by_initial(_NUMBERED)}\.?[^\S\n]?(?:no\.?|n[°º]\.?|#)?[^\S\n]?\d{{1,4}}(?:\.[\da-c]{{1,2}})?"
    r"(?:(?:, (?:and |y |et )?| and | et | y | to |[-–&])\d{1,3}(?:\.[\da-c]{1,2})?(?!\w|:\d)){0,12}(?!\w|:\d)"
    + _NO_MONTH_NEXT,
    "numbered_event": by_initial(
        "webinars?|workshops?|ateliers?|talleres|taller|consultations?|meetings?|series|courses?|cursos?"
    )
    + r"[^\S\n]\d{1,3}(?!\w)"
    + _NO_DAYS_NEXT,
    "numbered_day": by_initial("day|d[ií]a|jour")
    + r"[^\S\n]?\d{1,2}(?=[^\S\n]?[:.,()|\n]|[^\S\n]?\Z|[^\S\n][-–—][^\S\n])",
    "telephone": by_initial("tel|fax|phone|t[eé]l|telephone|t[eé]l[eé]phone|tel[eé]fono|mobile|cell|whatsapp")
    + r"(?!\w)[.:\s]{0,3}[+(]?\d[\d ()./-]{4,24}\d",
    "identifier": by_initial("id|passcode|password|pin|code|isbn|issn|doi")
    + r"(?!\w)[:\s]{1,3}\d[\d -]{2,20}(?!\w)"
    + _NO_MONTH_NEXT,
    "money": by_initial(r"us\$|usd|eur|chf|gbp") + r" ?\d[\d.,]{0,15}",
    "copyright": r"copyright[^\n\d]{0,40}\d{4}(?: ?[-–] ?\d{4})?",
    # The day on which somebody looked at a page or an archive took it.
    "access": by_initial("captured|accessed|retrieved|archived|crawled|consult[eé]e? le|consultado el")
    + r"(?: on| at)?"
    r"[ \w:.,/-]{4,32}?(?:1[89]|20)\d\d(?!\d)",
    "placeholder": r"e\.g\.,? ?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}",  # what a date box shows before it is filled
    "street": by_initial(r"rue|avenue|avenida|av\.|calle|place|plaza|boulevard|blvd|paseo|parque")
    + r"(?: d[eu]l?)?(?: la)?"
    rf" {_DATE}(?: {_YEAR})?",
}
FALSE_FIGURES: Final[dict[str, str]] = {
    "named_period": rf"{_YEAR} ?[-–/] ?(?:{_YEAR}|\d\d)(?: [\w’'&-]{{1,20}}){{0,4}} {_DOCUMENT}(?!\w)",
    "agenda": r"(?:2030|2063|2050) (?:agenda|vision|targets?|goals?)",
    "telephone": r"\d{3}[-.]\d{3}[-.]\d{4}",
    "amount": rf"(?!{_YEAR}\D)(?!\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR})\d[\d.,]{{0,15}}[^\S\n]?(?:%|€|{_COUNTED}(?!\w))",
    "credit": r"\d{4}/(?=[^\W\d_])",  # a photo's "IOM 2022/Name"
    "namesake": rf"{_DATE} (?:avenue|street|university|movement|square)(?!\w)",
    "idiom": r"(?:24/7|50/50|9/11)(?!\d)",
}
FALSE_SIGNS: Final[dict[str, str]] = {
    "telephone": r"\+\d[\d ().-]{6,20}\d|\(\d{2,4}\) ?\d{3,4}[- ]\d{4}",
    "money": r"[$€£¥] ?\d[\d.,]{0,15}",
    "copyright": r"(?:©|\(c\))[^\n\d]{0,40}\d{4}(?: ?[-–] ?\d{4})?",
}
_CLOCK = (
    r"(?:[01]?\d|2[0-4])(?:[:h]|[^\S\n]h[^\S\n])[0-5]\d(?::[0-5]\d)?(?:[^\S\n]?[ap]\.?m(?:\.|"
    r"(?!\w)))?(?:[^\S\n]?(?:hrs?|hours|horas|heures|h|uhr)(?!\w))?|"
    r"(?:1[0-2]|0?[1-9])(?:\.[0-5]\d)?[^\S\n]?[ap]\.?m(?:\.|(?!\w))|(?:[01]?\d|"
    r"2[0-4])(?:\.[0-5]\d)?[^\S\n]?(?:h|hrs?|uhr)(?!\w)|"
    r"(?:[01]\d|2[0-3])[0-5]\d[^\S\n]?(?:hrs?|hours|h)(?!\w)"
)
# A word is worth a look when a figure follows within a few words.
_FIGURE_NEAR = r"(?=[^\n\d]{0,48}+\d)"
TOKEN: Final = re.compile(
    r"(?<![^\W_])(?:"
    rf"(?=[^\W\d_])(?:{_FIGURE_NEAR}(?P<false_words>{'|'.join(FALSE_WORDS.values())})|"
    rf"(?P<month>{_MONTH})|"
    rf"(?P<weekday>{_WEEKDAY}))|"
    rf"(?=\d)(?:(?P<false_figures>{'|'.join(FALSE_FIGURES.values())})|"
    r"(?P<iso>(?:1[89]|20)\d\d(?P<isosep>[-/.])(?:0?[1-9]|1[0-2])(?P=isosep)(?:3[01]|[12]\d|0?[1-9])"
    r"(?:[T ](?P<isotime>[0-2]\d:[0-5]\d)(?::[0-5]\d(?:[.,]\d{1,9})?)?(?P<isozone>Z|[+-]\d\d:?\d\d)?)?(?![\w/-]))|"
    r"(?P<figures>\d{1,2}(?:[^\S\n]?(?P<sep>[/.-])[^\S\n]?)\d{1,2}[^\S\n]?(?P=sep)[^\S\n]?(?:(?:19|20)\d\d|"
    r"(?<=/)\d\d)(?![\w/]|[-.]\d))|"
    rf"(?P<month_figure>(?:0[1-9]|1[0-2])(?=/{_YEAR}(?![\w/-])))|"
    rf"(?P<time>{_CLOCK})|"
    r"(?P<dotted>(?:[01]?\d|2[0-3])\.[0-5]\d(?![\w.,]?\d))|"
    rf"(?P<count>{_YEAR}[^\S\n]{_COUNTED}(?!\w))|"
    rf"(?P<year>{_YEAR}(?![\w%]|[.,:]\d))|"
    rf"(?P<day>{_DAY}(?:{_ORDINAL}(?!\w))?(?![\w%]|[.,:]\d))|"
    r"(?P<number>\d+(?:[.,:/]\d+)*\w*))|"
    rf"(?P<false_signs>{'|'.join(FALSE_SIGNS.values())})"
    r")",
    re.IGNORECASE,
)


@cache
def foreign_token() -> re.Pattern[str]:
    """``TOKEN`` for languages whose months are not listed here: a word after a day number may be a month."""
    word = r"(?P<word>(?:(?<=\d )|(?<=\d\. )|(?<= de ))[^\W\d_]{3,14})"
    return re.compile(f"{TOKEN.pattern[:-1]}|{word})", re.IGNORECASE)


_CITY = alternatives(list(WORDS["zone_cities"]))
ZONE: Final = re.compile(
    r"[^\S\n]?[(\[]?(?:(?P<utc>(?:UTC|GMT)[^\S\n]?[+−–-][^\S\n]?\d{1,2}(?::?[0-5]\d)?)|"
    rf"(?P<name>{'|'.join(sorted(WORDS['zones'], key=len, reverse=True))})(?!\w))(?:[^\S\n]time)?[)\]]?"
    rf"|[^\S\n]?\((?:(?i:(?P<in>{_CITY}))(?: time)?|(?i:hora|heure) (?:de |d['’])?(?i:(?P<of>{_CITY})))\)"
    rf"|,?[^\S\n](?:(?i:(?P<at>{_CITY})) time|(?i:\(?hora|\(?heure) (?:de |d['’])?(?i:(?P<hour_of>{_CITY})))\)?"
)
OPEN: Final = re.compile(
    rf"[^\S\n]?(?:[-–—]|to|until|till|à|a|au|jusqu['’]à|hasta)[^\S\n]?(?:the |la |el |"
    rf"l['’])?{alternatives(WORDS['open_ends'])}"
    r"(?![^\S\n]\w)",
    re.IGNORECASE,
)

# --- rows of tokens ---------------------------------------------------------------------------------------------

_D = "(?:w[_,n])?d"
_AFTER = "(?:w[_,])?d(?![_n]m)"  # a further day of "May 3, 4 and 5"
_DAY_FIRST = f"{_D}(?:(?:,{_D}){{0,8}}[&/-]{_D}){{0,3}}[_n.]m(?:[_,n]y|_c)?"
_MONTH_FIRST = f"(?:w[_,n])?m_d(?![_n]m)(?:(?:,{_AFTER}){{0,8}}[&/-]{_AFTER}){{0,3}}(?:[_,n]y|_c)?"
_TIMES = "(?:[_,@-](?:[th][&-][th]|t)|@h)"
_DAYS = f"(?:(?:w[_,n])?(?:i|d[-/]m[-/]y)|{_DAY_FIRST}|mndn?y|{_MONTH_FIRST})(?:{_TIMES})?"
_MONTHS = "m(?:[,&/-]m){0,3}(?:[_,n/]y|_c)"
CHAIN: Final = re.compile(
    f"(?:[th][&-][th][_,@]|t[_,@])?(?:w[@])?{_DAYS}(?:[,&/-]{_DAYS}){{0,20}}(?:-(?:{_MONTHS}|y))?"
    f"|{_MONTHS}(?:[,&/-]{_MONTHS}|-{_DAYS}){{0,8}}(?:-y)?"
    f"|y(?:-{_MONTHS}|[-/&,]y)?"
    "|[th][&-][th]|t"
)
YEAR_CUE: Final = re.compile(
    rf"(?:(?<!\w)(?:{alternatives(WORDS['year_cues'])}[^\S\n](?:the year )?|mid-)|\()\Z", re.IGNORECASE
)
BETWEEN: Final = re.compile(rf"(?<!\w){alternatives(WORDS['between'])}[^\S\n](?:\w{{3,10}},? )?\Z", re.IGNORECASE)
