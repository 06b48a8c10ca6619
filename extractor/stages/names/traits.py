"""Traits: what a word can be in a name, told by the word alone.

Rules look at the few words of a line that have the trait they go by, in place of trying every word.
"""

from __future__ import annotations

from typing import Literal

from extractor.stages.names import patterns
from extractor.stages.names.cues import CUES_OF_BODIES
from extractor.stages.names.known_bodies import opens_known

Shape = Literal["Upper", "CAPS", "lower", "digit", "mark"]
Trait = Literal[
    "name",  # written with a capital
    "known",  # can be the first word of a known body's name
    "head",  # heads the names of bodies: "Ministry"
    "shared_head",  # the same for several that share it: "Ministries"
    "place_head",  # "City"
    "cue",  # can open a cue: "organized by"
    "body_noun",  # says that a body's name follows: "l'association …"
    "acronym",
    "bracket",
    "position",  # "Director"
    "honorific",  # "Ms"
    "person",  # can be the first word of a person's name, or its honorific
    "behind_honorific",  # can stand in a person's name, if an honorific shows that it is one
]


def traits_of(text: str, folded: str, shape: Shape) -> tuple[Trait, ...]:
    """The traits of a word."""
    is_name = shape in ("Upper", "CAPS")
    is_acronym = shape == "CAPS" and 3 <= len(text) <= 9 and text.isalpha() and text not in patterns.DECOY_ACRONYMS
    is_personal = is_name and _may_be_personal(text, folded, shape)
    has: dict[Trait, bool] = {
        "name": is_name,
        "known": is_name and opens_known(text),
        "head": folded in patterns.HEAD_KINDS and (shape != "lower" or _heads_in_lower_case(text, folded)),
        "shared_head": is_name and folded in patterns.HEADS_PLURAL,
        "place_head": is_name and folded in patterns.PLACE_HEADS,
        "body_noun": shape in ("lower", "CAPS") and folded in patterns.BODY_NOUNS,
        "cue": CUES_OF_BODIES.may_open_in(folded),
        "acronym": is_acronym,
        "bracket": text == "(",
        "position": folded in patterns.POSITIONS,
        "honorific": folded in patterns.HONORIFICS,
        "person": folded in patterns.HONORIFICS
        or (shape == "Upper" and folded in patterns.ALSO_SURNAMES)
        or (is_personal and (_is_initial(text) or not is_common(folded, shape == "CAPS"))),
        "behind_honorific": is_personal,
    }
    return tuple(trait for trait, present in has.items() if present)


def _heads_in_lower_case(text: str, folded: str) -> bool:
    """ "la secretaría de pesca" is a body, "la secretaria del sindicato" a person."""
    return folded in patterns.LOWERCASE_HEADS and text not in patterns.POSITIONS


def _may_be_personal(text: str, folded: str, shape: Shape) -> bool:
    """Whether a word with a capital can stand in a person's name."""
    if len(text) > 30 or any(c.isdigit() for c in text):
        return False
    if _is_initial(text):
        return True
    if shape == "CAPS" and (text in patterns.DECOY_ACRONYMS or folded in patterns.ACT_VERBS):
        return False
    is_suffix = folded in patterns.NAME_SUFFIXES and (shape != "Upper" or folded not in patterns.DEGREES)
    return folded not in patterns.POSITIONS and not is_suffix


def _is_initial(text: str) -> bool:
    return len(text) == 2 and text[1] == "."


def is_common(word: str, capitals: bool) -> bool:
    """Whether a folded word belongs to headings, bodies and places rather than to a person's name."""
    return (
        word in patterns.NAME_BLOCKERS
        or word in patterns.FUNCTION_WORDS
        or word in patterns.HEAD_KINDS
        or word in patterns.EVENT_WORDS
        or (word in patterns.TOPICS and not capitals)
        or ("-" in word and any(part in patterns.NAME_BLOCKERS for part in word.split("-")))
    )
