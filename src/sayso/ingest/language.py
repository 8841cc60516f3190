"""Which language a text is in, told only with confidence."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sayso.errors import UnreadLanguage

# Function words that hardly any other language in Latin letters has; a quarter of running English is these.
_ENGLISH = frozenset(
    ["the", "and", "of", "with", "that", "from", "by", "were", "have", "has", "which", "their", "they", "this", "said"]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 6_000
# Fewer letters than this say too little: names and numbers look like any language. Cut to 200 or 400 characters, none of
# the 439 reports of the gold set is taken for another language.
_ENOUGH = 120
_SURE = 0.9
_NAMES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def identify(text: str) -> str | None:
    """`en`, another ISO 639-1 code, or None where the text is too short or mixed to tell. Reads the first 6,000 characters.

    Plain English is told by its function words, without loading a model (which takes a third of a second).
    """
    words = _WORD.findall(text[:_SAMPLE])
    letters = sum(map(len, words))
    share = sum(w.lower() in _ENGLISH for w in words) / max(1, len(words))
    if len(words) >= 8 and share >= 0.1:
        return "en"
    if letters < _ENOUGH:
        return None
    code, sure = _model().classify(" ".join(words))
    return str(code) if sure >= _SURE else None


def need_english(text: str) -> str | None:
    """The language of `text` (`en` or None); UnreadLanguage (S112) where it is plainly another one."""
    code = identify(text)
    if code in {"en", None}:
        return code
    raise UnreadLanguage(
        f"the text is in {_NAMES.get(code or '', f'another language ({code})')}",
        "sayso reads English",
        "give it an English translation",
    )


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
