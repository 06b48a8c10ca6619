"""Name patterns: the words that make, end or forbid names, from ``vocabularies/name_words.json``."""

from __future__ import annotations

import re
from typing import Any

from extractor.vocabularies import load

_DATA: dict[str, Any] = load("name_words.json")


def _words(key: str) -> frozenset[str]:
    value = _DATA[key]
    return frozenset((" ".join(value) if isinstance(value, list) else value).split())


HONORIFICS: dict[str, str] = _DATA["honorifics"]
HONORIFICS_OF_LANGUAGE: dict[str, str] = _DATA["honorifics_of_language"]
HONORIFICS_CAPITALISED = _words("honorifics_only_capitalised")
ALSO_SURNAMES = _words("also_surnames")
PARTICLES = _words("particles")
POSITIONS = _words("positions")
REPRESENTING_POSITIONS = _words("representing_positions")
COMPANY_POSITIONS = _words("company_positions")
STATE_POSITIONS = _words("state_positions")
HEADING_VERBS = _words("heading_verbs")
ASIDES = _words("asides")
POSITION_FILLERS = _words("position_fillers")
POSITION_CONNECTORS = _words("position_connectors")
NAME_SUFFIXES = _words("name_suffixes")
DEGREES = _words("degrees")  # in capitals; Mba and Md are names
PERSON_CUES = _words("person_cues")
PHOTO_WORDS = _words("photo_words")

HEAD_KINDS: dict[str, str] = {
    word: kind for kind, by_style in _DATA["org_heads"].items() for words in by_style.values() for word in words.split()
}
ENGLISH_HEADS = frozenset(word for by_style in _DATA["org_heads"].values() for word in by_style["en"].split())
WEAK_HEADS = _words("weak_heads")
SUBUNIT_HEADS = _words("subunit_heads")
HEADS_IN_PLACE = _words("heads_in_place")
DIRECTIONS = _words("directions")
VICTIMS = _words("victims")
HEADS_UNDER = _words("heads_under")
VENUE_HEADS = _words("venue_heads")
COMPANY_FORMS = _words("company_forms")
POSITION_MODIFIERS = _words("position_modifiers")
PLACE_HEADS = _words("place_heads")
TREATY_WORDS = _words("treaty_words")
HEADS_TO = _words("heads_to")
TITLE_WORDS = _words("title_words")
HEADS_NEEDING_COMPLEMENT = _words("heads_needing_complement")
HEADS_OF_TITLES = _words("heads_of_titles")
HEADS_PLURAL: dict[str, str] = _DATA["heads_plural"]
BODY_NOUNS = _words("body_nouns")
PAGE_CREDITS = _words("page_credits")  # who made the page, not what they are
HELD_NOUNS = _words("held_nouns")  # of bodies, where a position leads to them
LOWERCASE_HEADS = _words("lowercase_heads")
GENERIC_MODIFIERS = _words("generic_modifiers")
OWNERS = _words("owners")
CALENDAR = _words("calendar")
TOPICS = _words("topics") | _words("topics_fr_es")
CONNECTORS = _words("connectors")
OF = frozenset("of de du des del d'".split())
PLACE_CONNECTORS = _words("place_connectors")
COUNTRY_FORMS = _words("country_forms")
DETERMINERS = _words("determiners")
CONJUNCTIONS = _words("conjunctions")
FUNCTION_WORDS = _words("function_words")
NAME_BLOCKERS = _words("name_blockers")
ROLE_LABEL_WORDS = _words("role_label_words")
LEAD_WORDS = _words("lead_words")
SPEECH_VERBS = _words("speech_verbs")
ACT_VERBS = _words("act_verbs")
EVENT_WORDS = _words("event_words")
ROOM_WORDS = _words("room_words")
DECOY_ACRONYMS = _words("decoy_acronyms")
_TOPIC = re.compile(rf"[\w-]{{3,25}}(?:{'|'.join(sorted(_words('topic_endings'), key=len, reverse=True))})\Z")
NOT_TRADES = _words("not_trades")
_TRADE = re.compile(rf"[\w-]{{2,20}}(?:{'|'.join(sorted(_words('trade_endings'), key=len, reverse=True))})\Z")
_NOT_ADJECTIVES = _words("not_adjectives")
_ADJECTIVE = re.compile(rf"\w{{2,20}}(?:{'|'.join(sorted(_words('adjective_endings'), key=len, reverse=True))})\Z")


# What stands before a colon and a name, and is no position: a part in the event, or in the making of the page.
LABELS_OF_PEOPLE = ROLE_LABEL_WORDS | PAGE_CREDITS


def is_adjective(word: str) -> bool:
    """Whether a folded French or Spanish word looks like an adjective in the name of a body ("nationale")."""
    return word not in _NOT_ADJECTIVES and word not in FUNCTION_WORDS and _ADJECTIVE.match(word) is not None


def is_trade(word: str) -> bool:
    """Whether a folded word in lower case looks like a trade ("choreographer", "couturiere")."""
    return word in POSITIONS or (word not in NOT_TRADES and _TRADE.match(word) is not None)


# Cues behind which a person stands as often as a body.
PERSONAL_CUE = re.compile(
    r"\b(?:led|headed|opened|facilitated|contributions?|participation|moderat\w+|chaired|presented|announced|proposed"
    r"|prepared|written|authored|drawn up|called|drafted|signed"
    r"|animee?s?|presidee?s?|dirigee?s?|presentee?s?|moderee?s?"
    r"|(?:liderad|dirigid|presentad|moderad|presidid|coordinad|proponid|propuest|iniciativ)[oa]s?)\b"
)


def is_topic(word: str) -> bool:
    """Whether a folded word looks like a field that bodies work in ("labour", "naturalisation", "midwives")."""
    return word in TOPICS or word.removesuffix("s") in TOPICS or _TOPIC.match(word) is not None
