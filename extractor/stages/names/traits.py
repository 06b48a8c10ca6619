"""Traits: what a word can be in a name, told by the word alone.

Rules look at the few words of a line that have the trait they go by, in place of trying every word.
"""

from __future__ import annotations

from typing import Literal

from extractor.stages.names import patterns
from extractor.stages.names.known_bodies import opens_known

Shape = Literal["Upper", "CAPS", "lower", "digit", "mark"]
Trait = Literal[
    "name",  # written with a capital
    "known",  # can be the first word of a known body's name
    "head",  # heads the names of bodies: "Ministry"
    "shared_head",  # the same for several that share it: "Ministries"
    "place_head",  # "City"
    "body_noun",  # says that a body's name follows: "l'association …"
    "acronym",
    "bracket",
    "position",  # "Director"
    "honorific",  # "Ms"
]


def traits_of(text: str, folded: str, shape: Shape) -> tuple[Trait, ...]:
    """The traits of a word."""
    is_name = shape in ("Upper", "CAPS")
    is_acronym = shape == "CAPS" and 3 <= len(text) <= 9 and text.isalpha() and text not in patterns.DECOY_ACRONYMS
    has: dict[Trait, bool] = {
        "name": is_name,
        "known": is_name and opens_known(text),
        "head": folded in patterns.HEAD_KINDS and (shape != "lower" or folded in patterns.LOWERCASE_HEADS),
        "shared_head": is_name and folded in patterns.HEADS_PLURAL,
        "place_head": is_name and folded in patterns.PLACE_HEADS,
        "body_noun": shape in ("lower", "CAPS") and folded in patterns.BODY_NOUNS,
        "acronym": is_acronym,
        "bracket": text == "(",
        "position": folded in patterns.POSITIONS,
        "honorific": folded in patterns.HONORIFICS,
    }
    return tuple(trait for trait, present in has.items() if present)
