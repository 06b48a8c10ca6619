"""Speaker lists, organizers, agenda lines and news leads made of generated names (names/listings.json)."""

import json
import random

from training.ner.augment import NAMES, SLOT, Augmenter, acronym, assemble
from training.ner.data import Example

LANGUAGES = ("en", "en", "en", "en", "fr", "es")
LABEL_OF = {
    "PER": "PERSON",
    "SURNAME": "PERSON",
    "ORG": "ORG",
    "UNIT": "ORG",
    "ACR": "ORG",
    "LOC": "LOC",
    "VENUE": "LOC",
}


class Listings:
    """Endless supply of lists: `make(rng)` gives one example."""

    def __init__(self, augmenter: Augmenter) -> None:
        self.persons = augmenter.persons
        self.organizations = augmenter.organizations
        self.lists = json.loads((NAMES / "listings.json").read_text(encoding="utf-8"))

    def make(self, rng: random.Random) -> Example:
        lang = rng.choice(LANGUAGES)
        template = rng.choice(self.lists[lang]["templates"])
        pieces: list[tuple[str, str | None]] = []
        at, organization = 0, ""
        for slot in SLOT.finditer(template):
            pieces.append((template[at : slot.start()], None))
            value = acronym(organization) if slot[1] == "ACR" else self._fill(slot[1], lang, rng)
            organization = value if slot[1] == "ORG" else organization
            pieces.append((value, LABEL_OF.get(slot[1])))
            at = slot.end()
        pieces.append((template[at:], None))
        return assemble(pieces, Example("", (), "listings", "listings", lang))

    def _fill(self, slot: str, lang: str, rng: random.Random) -> str:
        if slot in {"PER", "SURNAME"}:
            full, _, surname = self.persons(rng, lang)
            return full if slot == "PER" else surname
        if slot == "ORG":
            return self.organizations(rng, lang)
        if slot == "LOC":
            return self._place(lang, rng)
        choices = self.lists[lang].get(slot) or self.lists[slot]
        return rng.choice(choices.split("|"))

    def _place(self, lang: str, rng: random.Random) -> str:
        local = self.organizations.places.get(lang)
        if local and rng.random() < 0.5:
            return rng.choice(local)
        return rng.choice(self.organizations.countries if rng.random() < 0.5 else self.organizations.cities)
