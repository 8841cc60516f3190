"""Words to what the encoder reads: word-piece ids, letter cases, and where each word's pieces begin and end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

PIECES_A_WORD = 12  # longer words (addresses, hashes) are cut: their end tells nothing
REMEMBERED = 200_000  # words kept in memory with their pieces


def letter_case(word: str) -> int:
    """The case class of a word: 0 no letters, 1 lower, 2 Title, 3 UPPER, 4 miXed, 5 a single capital.

    The vocabulary is uncased, so case goes in beside it.
    """
    if word.islower():
        return 1
    if word.isupper():
        return 5 if len(word) == 1 else 3
    if word.istitle() or (word[:1].isupper() and word[1:].islower()):
        return 2
    return 4 if word.lower() != word.upper() else 0


class Pieces:
    """The word-piece vocabulary. One instance a process; remembers the pieces of words it has seen."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, tuple[list[int], int]] = {}
        self._start = self._tokenizer.token_to_id("[CLS]") or 0
        self._end = self._tokenizer.token_to_id("[SEP]") or 0
        self._unknown = self._tokenizer.token_to_id("[UNK]") or 0

    def word(self, word: str) -> tuple[list[int], int]:
        """The piece ids and the letter case of one word."""
        known = self._known.get(word)
        if known is None:
            whole = word.encode("utf-8", "replace").decode()  # halves of characters (lone surrogates) become "?"
            ids = self._tokenizer.encode(whole, add_special_tokens=False).ids[:PIECES_A_WORD] or [self._unknown]
            known = (ids, letter_case(word))
            if len(self._known) < REMEMBERED:
                self._known[word] = known
        return known

    def encode(self, sentences: list[list[str]], most: int = PIECES_A_WORD) -> tuple[Ints, Ints, Ints, Ints]:
        """Piece ids and cases (pieces,), first and last piece of each word (words,) of a window of sentences.

        A start mark stands before the first sentence, a mark of separation after each. `most`: pieces kept of a word.
        """
        ids, cases = [self._start], [0]
        first, last = [], []
        for words in sentences:
            for word in words:
                pieces, case = self.word(word)
                pieces = pieces[:most]
                first.append(len(ids))
                ids += pieces
                cases += [case] * len(pieces)
                last.append(len(ids) - 1)
            ids.append(self._end)
            cases.append(0)
        return np.array(ids), np.array(cases), np.array(first), np.array(last)

    def size(self, words: list[str]) -> int:
        """How many pieces a sentence takes, its mark of separation included."""
        return 1 + sum(len(self.word(w)[0]) for w in words)
