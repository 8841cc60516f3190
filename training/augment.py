"""The same sentences as an agency wire, a headline or a bad scan would have them; and other names in the places of names.

Every change keeps the number of words, so that all labels stay right.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

from training.example import Example
from training.windows import Window

UPPER, LOWER, CURLY, NOISY = 0.12, 0.02, 0.15, 0.06  # shares of windows
SWAP = 0.25  # share of names that others take the place of
WORDS_HIT = 0.12  # share of the words of a noisy window
_LOOKALIKE = {
    "l": "1",
    "i": "l",
    "o": "0",
    "e": "c",
    "rn": "m",
    "m": "rn",
    "s": "5",
    "h": "b",
    "cl": "d",
    "t": "f",
    "n": "ri",
}
_CURLY = {'"': ("“", "”"), "'": ("‘", "’"), "``": ("“", "“"), "''": ("”", "”")}

Pool = dict[tuple[str, tuple[bool, ...]], list[list[str]]]


def mentions(example: Example) -> list[tuple[int, int, str]]:
    """The names of a sentence: first word, one past the last, and the tags that its first word may have."""
    tags = example.tags.get("entities") or []
    found = []
    for at, tag in enumerate(tags):
        if not tag or not tag.startswith("B-") or tag[2:].startswith(("group", "time", "number", "weapon")):
            continue
        end = at + 1
        while end < len(tags) and (tags[end] or "").startswith("I-"):
            end += 1
        found.append((at, end, tag))
    return found


def pool(examples: dict[str, list[Example]]) -> Pool:
    """All names by what they are and which of their words are capitalised; a name that is frequent stands there once."""
    found: dict[tuple[str, tuple[bool, ...]], set[tuple[str, ...]]] = defaultdict(set)
    for part in examples.values():
        for example in part:
            for first, last, tag in mentions(example):
                words = example.words[first:last]
                found[tag, _shape(words)].add(tuple(words))
    return {key: [list(w) for w in sorted(names)] for key, names in found.items()}


def _shape(words: list[str]) -> tuple[bool, ...]:
    return tuple(w[:1].isupper() for w in words)


def change(window: Window, names: Pool, rng: random.Random) -> Window:
    """The window as it is, or with its words changed in one of the ways above."""
    made = [replace(e, words=_swapped(e, names, rng)) for e in window]
    drawn = rng.random()
    if drawn < UPPER:
        return [replace(e, words=[w.upper() for w in e.words]) for e in made]
    if drawn < UPPER + LOWER:
        return [replace(e, words=[w.lower() for w in e.words]) for e in made]
    if drawn < UPPER + LOWER + NOISY:
        return [replace(e, words=[_noisy(w, rng) if rng.random() < WORDS_HIT else w for w in e.words]) for e in made]
    return [replace(e, words=_curly(e.words)) for e in made] if rng.random() < CURLY else made


def _swapped(example: Example, names: Pool, rng: random.Random) -> list[str]:
    words = list(example.words)
    if example.fixed:
        return words
    for first, last, tag in mentions(example):
        others = names.get((tag, _shape(words[first:last])))
        if others and rng.random() < SWAP:
            words[first:last] = rng.choice(others)
    return words


def _noisy(word: str, rng: random.Random) -> str:
    """One letter taken for another, dropped, doubled or exchanged with the next."""
    if len(word) < 3 or not word.isalpha():
        return word
    at = rng.randrange(1, len(word) - 1)
    way = rng.randrange(4)
    if way == 0:
        for seen, read in rng.sample(sorted(_LOOKALIKE.items()), len(_LOOKALIKE)):
            if seen in word:
                return word.replace(seen, read, 1)
    if way == 1:
        return word[:at] + word[at + 1 :]
    if way == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _curly(words: list[str]) -> list[str]:
    """Straight marks as curly ones: opening and closing by turns; apostrophes close."""
    made, inside = [], False
    for word in words:
        if word in _CURLY:
            made.append(_CURLY[word][inside])
            inside = not inside
        else:
            made.append(word.replace("'", "’"))
    return made
