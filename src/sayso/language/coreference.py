"""Who is who in a text: pairs of noun phrases, their scores, and chains of phrases that stand for one.

The encoder gives each phrase two vectors, as one that takes up and as one that is taken up; their product and a small network over
the clues score a pair. A phrase joins the best earlier phrase with a score above zero (mention ranking, after Lee et al. 2017).
Only pairs that can matter are scored: of a pronoun the phrases of the last sentences, of a name or noun those that share a
word with it and the nearest ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.language.clues import Ints, Table, clues

Floats = NDArray[np.float32]

BACK, MOST = 4, 40  # sentences and phrases that a pronoun looks back over
NEAR, NEAREST = 2, 5  # the same for names and nouns, beside those that share a word
NOUN, NEW = 2, (0, 4)  # nouns that are bare or have *a* take up only what shares a word with them
SHARING = 6  # earlier phrases with a like word that are looked at


def pairs(found: Table) -> tuple[Ints, Ints]:
    """Earlier and later phrase of each pair to be scored, by the later one and then in text order."""
    size = len(found.words)
    kinds, sentence, definite = found.kind.tolist(), found.sentence.tolist(), found.definite.tolist()
    holders: dict[str, list[int]] = {}
    left: list[int] = []
    right: list[int] = []
    for j in range(size):
        back, most = (BACK, MOST) if kinds[j] == 0 else (NEAR, NEAREST)
        if kinds[j] == NOUN and definite[j] in NEW:
            most = 0
        low = max(0, j - most)
        while low < j and sentence[low] < sentence[j] - back:
            low += 1
        chosen = list(range(low, j))
        if kinds[j]:
            shared: set[int] = set()
            for word in found.words[j]:
                known = holders.setdefault(word, [])
                shared.update(known[-SHARING:])
                known.append(j)
            chosen = [*sorted(i for i in shared if i < low), *chosen]
        left += chosen
        right += [j] * len(chosen)
    return np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)


@dataclass(slots=True)
class Scorer:
    """The network over the clues: `rows` (clues, hidden), `bias` (hidden,), `out` (hidden,)."""

    rows: Floats
    bias: Floats
    out: Floats

    def __call__(self, vectors: Floats, found: Table, i: Ints, j: Ints) -> Floats:
        """The score of each pair; above 0, the later phrase takes up the earlier. `vectors`: (phrases, 2 k + 1)."""
        width = (vectors.shape[1] - 1) // 2
        ids = clues(found, i, j)
        hidden = self.bias + self.rows[ids[:, 0]]
        for column in range(1, ids.shape[1]):
            hidden += self.rows[ids[:, column]]
        np.maximum(hidden, 0, out=hidden)
        product = np.einsum("pk,pk->p", vectors[i, :width], vectors[j, width : 2 * width])
        scores: Floats = product * width**-0.5 + np.einsum("ph,h->p", hidden, self.out) + vectors[j, 2 * width]
        return scores


def chains(i: Ints, j: Ints, scores: Floats, size: int) -> list[list[tuple[int, float]]]:
    """Phrases in chains of two and more, each with the probability that it belongs there; in text order of the first.

    `i`, `j`: pairs as `pairs` gives them, sorted by the later phrase; `size`: phrases.
    """
    of = list(range(size))
    sure = [1.0] * size
    at = 0
    later, earlier = j.tolist(), i.tolist()
    while at < len(later):
        end = at
        while end < len(later) and later[end] == later[at]:
            end += 1
        mine = scores[at:end]
        best = int(mine.argmax())
        if mine[best] > 0:
            of[later[at]] = of[earlier[at + best]]
            odds = np.exp(np.minimum(mine - mine[best], 0.0))
            sure[later[at]] = float(1.0 / (odds.sum() + np.exp(-min(float(mine[best]), 50.0))))
        at = end
    groups: dict[int, list[tuple[int, float]]] = {}
    for k, first in enumerate(of):
        groups.setdefault(first, []).append((k, round(sure[k], 4)))
    return [g for g in groups.values() if len(g) > 1]
