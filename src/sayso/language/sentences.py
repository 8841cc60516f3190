"""Text → sentences, as character spans and over tokens.

A blank line always ends a sentence. Inside a paragraph the decision falls between two tokens with white space between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.language.analysis import Sentence, Token
from sayso.language.boundaries import certain, features, possible, score
from sayso.language.tokenizer import tokenize

# A hard limit for the encoder's window; longer sentences are cut at the best punctuation.
LONGEST = 250

_CLOSERS = frozenset(("'", '"', ")", "]", "”", "’", "»"))
# Acronyms such as `U.S.` keep theirs: it is part of the name.
_ABBREVIATED = re.compile(r"[a-z]+\.[a-z]+\.|[A-Z][a-z]+\.|[a-z]+\.|[A-Z]\.")
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
        late = 0
        for first, last in list(_runs(found)):
            sentence = found[first:last]
            for token in sentence:
                token.word += late
            late += _free_stop(sentence)
            sentences.append(Sentence(sentence[0].start, sentence[-1].end, len(tokens), len(tokens) + len(sentence)))
            tokens += sentence
    return tokens, sentences


def _free_stop(sentence: list[Token]) -> int:
    """Cut the full stop from an abbreviation that ends the sentence, as EWT does (`at 5 p.m` `.`); how many tokens more."""
    at = len(sentence) - 1
    while at > 0 and sentence[at].text in _CLOSERS:
        at -= 1
    token = sentence[at]
    if at == 0 or not _ABBREVIATED.fullmatch(token.text):
        return 0
    stop = Token(token.end - 1, token.end, ".", token.word + 1)
    token.end, token.text = token.end - 1, token.text[:-1]
    for later in sentence[at + 1 :]:
        later.word += 1
    sentence.insert(at + 1, stop)
    return 1


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text between blank lines."""
    for found in _PARAGRAPH.finditer(text):
        yield found.start(), found.start() + len(found.group().rstrip())


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Token ranges of the sentences of one paragraph."""
    first = 0
    for at in range(1, len(tokens)):
        if possible(tokens, at) and (certain(tokens, at) or score(features(tokens, first, at)) > 0):
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
