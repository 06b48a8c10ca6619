"""The words around a date that say what the date is for, in English, French and Spanish."""

from __future__ import annotations

import re
from typing import Final

from extractor.stages.dates.patterns import WORDS, alternatives

_I = re.IGNORECASE
LABELS: Final = {
    role: re.compile(rf"(?:\A|[|·•>(])\W{{0,3}}{alternatives(words)}\W{{0,4}}\Z", _I)
    for role, words in WORDS["labels"].items()
    if role != "other"
}
OTHER_LABEL: Final = re.compile(rf"(?<!\w){alternatives(WORDS['labels']['other'])}\W{{0,4}}\Z", _I)
TODAY: Final = re.compile(rf"(?<!\w){alternatives(WORDS['today'])}(?!['’]s)", _I)
NEWS: Final = re.compile(rf"\W{{0,3}}{alternatives(WORDS['news_words'])}\W{{0,3}}\Z", _I)
# "4 May 2021 | Français | عربي": where a page names its other languages.
OTHER_LANGUAGES: Final = re.compile(rf"(?:\W{{0,5}}\b{alternatives(WORDS['languages'])}\b){{1,10}}\W{{0,3}}\Z", _I)
# "Nairobi, Kenya, 4 May 2021 (ABC) – Officials …": what may stand before and after the date of a dateline.
_PLACE = (
    r"[(]?[A-ZÀ-Þ][\w'’.-]{1,20}(?:(?:,? | ?/ ?|-)"
    r"(?:[A-ZÀ-Þ][\w'’.-]{0,20}|of|the|and|de|du|des|la|le|les|del|el|los|las|y|et)){0,8}"
)
DATELINE_BEFORE: Final = re.compile(rf"{_PLACE}(?:[,|]| \|)? ?(?:[-–—] ?|\()?(?:le |el |on )?\Z")
DATELINE_AFTER: Final = re.compile(r"\)?[ ,]{0,2}(?:\([^()\n]{2,40}\))? ?(?:\.?[-–—:]|\.(?=[-–— ]))")
BYLINE: Final = re.compile(r"\W{0,3}(?:by|written by|posted by|par|por|de) [^\n]{3,60}\Z", _I)
# "By 2025" in a field of dates is an end, and no start is known.
ENDS: Final = re.compile(
    r"\W{0,3}(?:by|until|before|up to|d['’]ici(?: [àa])?|avant|jusqu['’]en|hasta|antes de|para) ?\Z", _I
)
# "Since 2019" as the value of a field of dates.
SINCE: Final = re.compile(
    r"\W{0,3}(?:since|depuis|desde|a partir de|à partir de)(?: the year| el año| l['’]année)? ?\Z", _I
)
_VERB = (
    r"took place|takes? place|taking place|(?:is|was|are|were|been|be|being) (?:jointly |co-?)?(?:held|hosted|"
    r"organi[sz]ed|convened|launched|"
    r"conducted|celebrated|inaugurated|opened|presented|carried out|delivered|scheduled)|held|hosts?|co-?hosted|"
    r"hosted|organi[sz]e[sd]?|co-?organi[sz]ed|"
    r"conven(?:e[sd]?|ing)|conducted|launch(?:es|ed)|gather(?:s|ed)|met|meets?|opened|kick(?:s|ed) off|began|"
    r"brought together|brings together|"
    r"invites?|will \w+|participated|attended|celebrated|commemorated|concluded|completed|inaugurated|signed|"
    r"unveiled|welcomed|joined|"
    r"a eu lieu|ont eu lieu|aura lieu|auront lieu|ayant lieu|s['’]est (?:tenue?|d[eé]roul[eé]e?|ouverte?)|"
    r"se sont (?:tenue?s|d[eé]roul[eé]e?s|r[eé]unie?s)|"
    r"se tiendra|se tiendront|se tient|se d[eé]roulera|a [eé]t[eé] \w+|ont [eé]t[eé] \w+|organis(?:e|ent|"
    r"[eé]e?s?|era|eront)|a (?:organis[eé]|r[eé]uni|"
    r"lanc[eé]|mis en place|accueilli|tenu|proc[eé]d[eé]|particip[eé])|ont (?:organis[eé]|r[eé]uni|lanc[eé]|"
    r"tenu|sign[eé]|particip[eé])|tenue?s? (?:le|du)|"
    r"tuvo lugar|tuvieron lugar|tendr[aá]n? lugar|se (?:celebr|realiz|llev|desarroll|efectu|inaugur|reuni|"
    r"lanz)\w+|fue \w+|fueron \w+|ser[aá]n? \w+|"
    r"organiz(?:a|an|[oó]|aron|ado|ada|ar[aá]n?)|convoc(?:a|an|[oó]|aron)|celebr(?:a|an|[oó]|aron|ado|ada)|"
    r"realiz(?:a|[oó]|aron|ado|ada)|particip\w+|lanz[oó]|inaugur[oó]"
)
VERB: Final = re.compile(rf"(?<!\w)(?:{_VERB})(?!\w)", _I)
# Directly before the date: the page says when its event is.
DIRECT: Final = re.compile(
    r"(?<!\w)(?:\Aheld|\Atenue?s?|\Acelebrad[oa]s?|la cita es|"
    r"cita:?|when\??|quand ?[?:]|¿?cu[aá]ndo ?[?:]|dates? ?:|fechas? ?:|save the date:?|"
    r"join us|will be|starts|begins|opens|"
    r"scheduled for|set for|planned for|due to (?:start|begin|open)|rendez-vous|aura lieu|auront lieu|"
    r"se tiendra|se tiendront|pr[eé]vue?s?(?: pour)?|"
    r"tendr[aá]n? lugar|se celebrar[aá]n?|se realizar[aá]n?|se llevar[aá]n? a cabo|previst[oa]s?(?: para)?|"
    r"took place|takes place|will take place|"
    r"(?:was|were|is|be|been) held|a eu lieu|ont eu lieu|s['’]est tenue?|tuvo lugar|se celebr[oó]|se realiz[oó]|"
    r"se llev[oó] a cabo|weekend|week-end|fin de semana|jornadas?|"
    r"(?:meeting|workshop|event|conference|session|seminar|webinar|ceremony|gathering|r[eé]union|atelier|"
    r"conf[eé]rence|s[eé]ance|rencontre|reuni[oó]n|taller|encuentro|conferencia|acto))"
    r"(?: (?:virtually|online|in person|en ligne|en l[ií]nea|"
    r"(?:in|at|à|en) (?:the )?(?-i:[A-ZÀ-Þ])[\w'’-]{1,20}(?:,? (?-i:[A-ZÀ-Þ])[\w'’-]{1,20}){0,3}))?[,:]?"
    r"(?: (?:on|of|from|between|le|du|de|el|del|desde|entre|this|the|ce|este|los|d[ií]as?|el pr[oó]ximo|"
    r"le prochain)){0,4}\W{0,2}\Z",
    _I,
)
FRONT: Final = re.compile(
    r"[\W\d]{0,6}(?:(?:on|from|between|over|during|in|le|les|du|ce|en|entre|el|los|del|desde|durante|este|"
    r"el pasado|el pr[oó]ximo|this|last)"
    r"(?: (?:the|le|les|el|los|d[ií]as?|jours?|of|mes de|mois de|month of))*)?\W{0,3}\Z",
    _I,
)
# The date belongs to something else: history, a deadline, another meeting.
ELSEWHERE: Final = re.compile(
    r"(?<!\w)(?:since|after|following|before|prior to|ahead of|until|by(?=[^.;:]{0,18}\Z)|as of|dated|"
    r"born|deadline|regist\w+|apply|applications?|submi\w+|previous\w*|earlier|"
    r"next (?:meeting|session|round|edition)|"
    r"last (?=year|month|week|meeting|session|round|edition|conference|summit|forum|talks|time|held)|"
    r"updated|published|"
    r"depuis|apr[eè]s|suite|avant|dat[eé]e?|inscri\w+|pr[eé]c[eé]dent\w*|"
    r"l['’]an(?:n[eé]e)? derni(?:er|[eè]re)|derni[eè]re (?:r[eé]union|session|[eé]dition|rencontre|conf[eé]rence)|"
    r"tras|despu[eé]s|antes|hasta|anterior\w*|"
    r"(?:a[nñ]o|mes) pasado|(?:reuni[oó]n|edici[oó]n|sesi[oó]n) pasada)(?!\w)[^.;:]{0,50}\Z",
    _I,
)
# An act of its own day, which is history on a page of another time.
ACT: Final = re.compile(
    r"(?<!\w)(?:adopt\w*|establish\w*|founded|created|ratified|entered into force|cr[eé][eé]e?s?|fond[eé]e?s?|"
    r"cread[oa]s?|fundad[oa]s?|firmad[oa]s?)(?!\w)[^.;:]{0,50}\Z",
    _I,
)
# The heading over a list of an event's days.
DAYS_HEADING: Final = re.compile(
    r"\W{0,3}(?:(?:our |the )?(?:sessions?|dates?|schedule|calendar|days|meetings|events)|s[eé]ances?|calendrier|"
    r"sesiones|fechas|calendario)(?: (?:and|et|y) \w{3,12})?\W{0,3}\Z",
    _I,
)
NUMBERED: Final = re.compile(
    r"(?<!\w)(?:\d{1,2}(?:st|nd|rd|th|[eè]me|er|[aª°º])|first|second|third|fourth|fifth|sixth|seventh|final|"
    r"premi[eè]re?|deuxi[eè]me|seconde?|troisi[eè]me|"
    r"quatri[eè]me|cinqui[eè]me|derni[eè]re?|primer[ao]?|segund[ao]|tercer[ao]?|cuart[ao]|quint[ao]|"
    r"[uú]ltim[ao]|(?:day|d[ií]a|jour|session|sesi[oó]n|"
    r"s[eé]ance|round|webinar|part|workshop|consultation) (?:\d|one|two|three|four|five|i{1,3}|iv|v))(?!\w)",
    _I,
)
# A verb of the past, whichever it is: "consulted thirty agencies", "ont suivi une formation", "abrieron un comedor".
PAST: Final = re.compile(
    r"(?<!\w)(?:\w{3,14}ed|met|held|began|took|gave|brought|sat|spent|ran|came|went|heard|drew|led|"
    r"(?:was|were|has been|have been) \w{3,14}|"
    r"(?:a|ont|est|sont|s['’]est) (?:\w{2,14} ){0,2}?\w{2,14}(?:[eé]e?s?|ie?s?|ue?s?|its?|erte?s?)|"
    r"\w{3,14}(?:ó|aron|ieron|eron))(?!\w)",
    _I,
)
# The day before the page's own, and the last weekday before it.
YESTERDAY: Final = re.compile(r"(?<!\w)(?:yesterday|hier|ayer)(?!\w|['’]s)", _I)
ON_WEEKDAY: Final = re.compile(
    r"(?<!\w)(?:(?:on|last|this)[^\S\n]|(?:el|este)(?:[^\S\n]pasado)?[^\S\n]|(?:ce|le)[^\S\n]|"
    r"(?=lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))(?P<weekday>"
    rf"{alternatives([name for row in WORDS['weekdays'] for name in row if not name.endswith('.')])})",
    _I,
)
# "every Monday", "from Monday to Friday", "on Monday 4 May": no weekday of the week before.
NOT_LAST_WEEKDAY: Final = re.compile(
    r"(?:every|each|next|chaque|tous les|prochain|du|au|cada|los|pr[oó]ximo|del|al|until|by|d[eè]s)[^\S\n]\Z", _I
)
WEEKDAY_GOES_ON: Final = re.compile(
    r"[,.]?[^\S\n](?:\d|(?:and|to|et|au|y|al?|until|hasta|jusqu['’]au) "
    r"(?:\d|\w{3,6}(?:day|di|es)(?!\w)|s[áa]bado|domingo)|"
    r"(?:prochain|pr[oó]ximo|next)(?!\w))"
    rf"|,?[^\S\n]{alternatives([name for row in WORDS['months'] for name in row])}",
    _I,
)
NUMBER_WORDS: Final = {
    word: n
    for n, words in enumerate(
        ("two deux dos", "three trois tres", "four quatre cuatro", "five cinq cinco", "six seis"), 2
    )
    for word in words.split()
} | {str(n): n for n in range(2, 7)}
FIRST_OF_DAYS: Final = re.compile(
    r"(?<!\w)(?:first (?:day )?of (?:a |the )?(?P<en>\w{1,5})[ -]days?|premi[eè]re? (?:jour(?:n[eé]e)? )?(?:de|"
    r"des) (?P<fr>\w{1,6}) jours|"
    r"primer (?:d[ií]a )?de (?:los )?(?P<es>\w{1,6}) d[ií]as)(?!\w)",
    _I,
)
# How long the event is: "a two-day course", "three days of talks", "un atelier de trois jours", "durante dos días".
COUNTED_DAYS: Final = re.compile(
    r"(?<!\w)(?:(?P<en>two|three|four|five|six|[2-6])[ -]days?(?= (?!old|later|before|after|ago|notice)\w)|"
    r"(?:over|for|lasted|lasts|last|completed|after|of) (?P<en_of>two|three|four|five|six|[2-6]) days|"
    r"(?:de|pendant|durant|durera|dure|sur) (?P<fr>deux|trois|quatre|cinq|six|[2-6]) jours|"
    r"(?:de|durante|durar[aá]|por) (?P<es>dos|tres|cuatro|cinco|seis|[2-6]) d[ií]as)"
    r"(?! (?:later|before|earlier|ago|plus tard|avant|apr[eè]s|despu[eé]s|antes|de retraso))(?!\w)",
    _I,
)
CLOSES: Final = re.compile(
    r"(?<!\w)(?:conclud\w{1,3}|end(?:s|ed)|clos(?:es|ed)|complet(?:es|ed)|finish(?:es|ed)|wrapp?(?:ed|s) up|"
    r"clausur\w{1,3}|culmin\w{1,3}|finaliz\w{1,3}|concluy\w{1,4}|termin[oó]|"
    r"achev\w{1,3}|pris fin|cl[oô]tur\w{1,3}|termin[eé]e?s?)(?!\w)",
    _I,
)
OPENS: Final = re.compile(
    r"(?<!\w)(?:open(?:s|ed)|began|begins|start(?:s|ed)|kick(?:s|ed) off|commenced|got under way|"
    r"s['’]est ouverte?|ouverte?s?|ouvre|d[eé]but[eé]e?s?|commenc[eé]e?s?|d[eé]marr[eé]e?s?|"
    r"inici[oó]|comenz[oó]|empez[oó]|arranc[oó]|inaugur[oó]|abri[oó])(?!\w)",
    _I,
)
# Before the last day: "will run until", "se poursuivront jusqu'au", "se extenderá hasta el".
GOES_ON_UNTIL: Final = re.compile(
    r"(?<!\w)(?:(?:runs?|lasts?|continues?|goes on|running|continuing|held|open|ends?|concludes?|closes?|"
    r"scheduled|ran|lasted|continued) (?:\w{2,12} ){0,2}?(?:until|through|to|till|on)|"
    r"(?:poursui\w{1,6}|prolong\w{1,6}|dur\w{1,5}|continu\w{1,5}|se tien\w{1,6}|prendr\w{1,3} fin|ach[eè]v\w{1,5}) "
    r"(?:\w{2,12} ){0,2}?(?:jusqu['’]au|le)|"
    r"(?:extend\w{1,5}|extiend\w{1,3}|prolong\w{1,6}|contin[uú]\w{1,6}|dura\w{0,3}|conclu\w{1,5}|finaliz\w{1,4}|"
    r"desarroll\w{1,5}|culmin\w{1,4}|clausur\w{1,4}) (?:\w{2,12} ){0,2}?(?:hasta el|el))"
    r"(?: the)?(?: [^\W\d]{5,9},?)? ?\Z",
    _I,
)

PLAN_PERIOD: Final = re.compile(
    r"(?:period covered|covering the period|covers the period|planning period|p[eé]riode couverte|couvre la p[eé]riode|"
    r"per[ií]odo cubierto|cubre el per[ií]odo|vigencia|"
    r"plan[^.;:]{0,30} (?:runs|spans|covers|lasts|s['’][eé]tend|va|abarca|rige))\W{0,3}(?:from |de |du |desde )?\Z",
    _I,
)
# The years of a workplan, over folded text.
PLAN_YEARS: Final = re.compile(
    r"\b(?:work ?-?plan|plan de travail|plan de trabajo|programme of work|programa de trabajo)s?\b[^.;\d]{0,50}"
    r"\b(?P<first>20\d\d) ?(?:-|/|to|a|and) ?(?P<last>20\d\d)\b"
)

# A line of hours, as invitations have it below the day: "17:00 - 18:30", "De 17h à 18h30".
HOURS: Final = re.compile(
    r"\W*(?:(?:from|de|desde las|a partir de|time|hora|heure)\W{1,3})?\d{1,2} ?(?:[:.h] ?\d{2}|h\b|[ap]\.?m\b)", re.I
)
