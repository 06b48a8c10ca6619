"""Language of a page: its body decides, its markup only where there is too little body.

Most pages are in one of three languages and show it by the small words that only it has. What is not as clear, a page
in two languages or in any other, is told by its letters (py3langid), which takes fifty times as long.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The official languages of the United Nations and others that pages about migration are written in.
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh", "pt", "it", "de", "nl", "tr", "uk", "id", "th", "ka", "el")
READ_CHARS = 700  # code points that are looked at
SURE_CHARS = 80  # a shorter text says less than <html lang>
DEFAULT = "en"
_SMALL_WORDS = {
    "en": "the and of to for with on from by at are is that as",
    "fr": "les des et du dans une pour sur aux par est au le",
    "es": "el los las y del por con para una su al como",
}
_LANGUAGE_OF = {word: language for language, words in _SMALL_WORDS.items() for word in words.split()}
_CLEAR_WORDS = 8  # so many small words of a language,
_CLEAR_SHARE = 0.1  # so many of all words,
_CLEAR_LEAD = 10  # and so many times as many as those of the others together


def find_language(text: str, declared: str | None) -> str:
    """ISO 639-1 code of the text's language. ``declared``: what the page says of itself ("fr-FR")."""
    claimed = (declared or "").replace("_", "-").split("-")[0].strip().lower()
    claimed = claimed if len(claimed) == 2 and claimed.isascii() and claimed.isalpha() else ""
    if len(text) < SURE_CHARS and claimed:
        return claimed
    if not text.strip():
        return claimed or DEFAULT
    return _clear_language(text[:READ_CHARS]) or str(_identifier().classify(text[:READ_CHARS])[0])


def _clear_language(text: str) -> str | None:
    """The language that the small words of a text leave no doubt about."""
    words = text.lower().split()
    counts = Counter(_LANGUAGE_OF[word] for word in words if word in _LANGUAGE_OF)
    if not counts:
        return None
    language, count = counts.most_common(1)[0]
    clear = count >= max(_CLEAR_WORDS, _CLEAR_SHARE * len(words)) and count >= _CLEAR_LEAD * (counts.total() - count)
    return language if clear else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to import: not before it is needed

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
