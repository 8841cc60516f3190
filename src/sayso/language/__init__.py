"""The language room: text → Analysis (tokens, sentences, tags, trees, names, speech, events, figures)."""

from sayso.language.analysis import Analysis, Found, Frame, Sentence, Token
from sayso.language.model import weights_hash
from sayso.language.names import NAMED, PLACES
from sayso.language.pipeline import analyse, analyse_sentences, analyse_tokens

__all__ = [
    "NAMED",
    "PLACES",
    "Analysis",
    "Found",
    "Frame",
    "Sentence",
    "Token",
    "analyse",
    "analyse_sentences",
    "analyse_tokens",
    "weights_hash",
]
