"""Language of a page: its body decides, its markup only where there is too little body."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The official languages of the United Nations and others that pages about migration are written in.
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh", "pt", "it", "de", "nl", "tr", "uk", "id", "th", "ka", "el")
READ_CHARS = 700  # code points that are looked at
SURE_CHARS = 80  # a shorter text says less than <html lang>
DEFAULT = "en"


def find_language(text: str, declared: str | None) -> str:
    """ISO 639-1 code of the text's language. ``declared``: what the page says of itself ("fr-FR")."""
    claimed = (declared or "").replace("_", "-").split("-")[0].strip().lower()
    claimed = claimed if len(claimed) == 2 and claimed.isalpha() else ""
    if len(text) < SURE_CHARS and claimed:
        return claimed
    if not text.strip():
        return claimed or DEFAULT
    return str(_identifier().classify(text[:READ_CHARS])[0])


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to import: not before it is needed

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
