"""Words of two analyses of one text put side by side, as in the CoNLL 2018 shared task.

Rules of `conll18_ud_eval.py` (Straka and Popel, https://universaldependencies.org/conll18/evaluation.html): characters are counted
without white space; single words fit where their spans are equal; inside multiword tokens words are fitted by longest common
subsequence of their lower-case forms. Written anew from that description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Piece:
    """A word to be aligned: its form, the characters of its surface token, and whether that has several words."""

    form: str
    start: int
    end: int
    joined: bool


def align(gold: Sequence[Piece], system: Sequence[Piece]) -> list[tuple[int, int]]:
    """Pairs of indices of the words that are the same."""
    pairs: list[tuple[int, int]] = []
    g = s = 0
    while g < len(gold) and s < len(system):
        if gold[g].joined or system[s].joined:
            first_g, first_s, g, s = _stretch(gold, system, g, s)
            common = _common([p.form.lower() for p in gold[first_g:g]], [p.form.lower() for p in system[first_s:s]])
            pairs += [(first_g + i, first_s + j) for i, j in common]
        elif (gold[g].start, gold[g].end) == (system[s].start, system[s].end):
            pairs.append((g, s))
            g, s = g + 1, s + 1
        elif gold[g].start <= system[s].start:
            g += 1
        else:
            s += 1
    return pairs


def _stretch(gold: Sequence[Piece], system: Sequence[Piece], g: int, s: int) -> tuple[int, int, int, int]:
    """The smallest stretch of both that holds the multiword token at `g` or `s` whole: first and last of each."""
    if gold[g].joined:
        end = gold[g].end
        if not system[s].joined and system[s].start < gold[g].start:
            s += 1
    else:
        end = system[s].end
        if not gold[g].joined and gold[g].start < system[s].start:
            g += 1
    first_g, first_s = g, s
    while not _beyond(gold, g, end) or not _beyond(system, s, end):
        if g < len(gold) and (s >= len(system) or gold[g].start <= system[s].start):
            end = max(end, gold[g].end) if gold[g].joined else end
            g += 1
        else:
            end = max(end, system[s].end) if system[s].joined else end
            s += 1
    return first_g, first_s, g, s


def _beyond(pieces: Sequence[Piece], at: int, end: int) -> bool:
    if at >= len(pieces):
        return True
    return pieces[at].start >= end if pieces[at].joined else pieces[at].end > end


def _common(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Pairs of a longest common subsequence."""
    longest = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            own = 1 + longest[i + 1][j + 1] if a[i] == b[j] else 0
            longest[i][j] = max(own, longest[i + 1][j], longest[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i][j] == longest[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
