"""Text → sentences, as character spans and over tokens.

A blank line always ends a sentence. Inside a paragraph the decision falls between two tokens with white space between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.language.analysis import Sentence, Token
from sayso.language.boundaries import features, possible, score
from sayso.language.tokenizer import tokenize

# A hard limit for the encoder's window; longer sentences are cut at the best punctuation.
LONGEST = 250

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")

def split(text: str) -> list[tuple[int, int]]:
    """The sentences of a whole report as character spans, in order, without white space at their ends."""
    return [(s.start, s.end) for s in segment(text)[1]]


def segment(text: str) -> tuple[list[Token], list[Sentence]]:
    """The tokens of a whole report and its sentences, none longer than `LONGEST` tokens."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for start, end in paragraphs(text):
        found = tokenize(text[start:end], start, tokens[-1].word + 1 if tokens else 0)
        base = len(tokens)
        tokens += found
        for first, last in _runs(found):
            sentences.append(Sentence(found[first].start, found[last - 1].end, base + first, base + last))
    return tokens, sentences


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text between blank lines."""
    for found in _PARAGRAPH.finditer(text):
        yield found.start(), found.start() + len(found.group().rstrip())


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Token ranges of the sentences of one paragraph."""
    first = 0
    for at in range(1, len(tokens)):
        if possible(tokens, at) and score(features(tokens, first, at)) > 0:
            yield from _limited(tokens, first, at)
            first = at
    if first < len(tokens):
        yield from _limited(tokens, first, len(tokens))


def _limited(tokens: list[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The range itself, or pieces of it of at most `LONGEST` tokens, cut after the strongest mark in their second half."""
    while last - first > LONGEST:
        best = max(range(first + LONGEST // 2, first + LONGEST), key=lambda i: (_strength(tokens, i), i))
        yield first, best + 1
        first = best + 1
    yield first, last


def _strength(tokens: list[Token], at: int) -> int:
    """How good a place to cut is after that token: never inside a surface word."""
    if tokens[at].word == tokens[at + 1].word:
        return -1
    form = tokens[at].text
    if form[-1] in ".!?":
        return 4
    return 3 if form in (";", ":") else 2 if form in ("--", "—", "–") else 1 if form == "," else 0
