"""Scores of governors → a dependency tree with one root."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def decode(scores: Floats) -> list[int]:
    """The best tree of `scores` (words, words + 1; column 0 the root): a governor for each word, 0 for the root.

    The greedy choice is a tree with one root nine times of ten; else Chu and Liu's and Edmonds' algorithm finds the best one.
    """
    size = scores.shape[0]
    heads: list[int] = scores.argmax(1).tolist()
    if heads.count(0) == 1 and _is_tree(heads):
        return heads
    full = np.full((size + 1, size + 1), -1e9, dtype=np.float64)
    full[1:] = scores
    full[np.arange(size + 1), np.arange(size + 1)] = -1e9
    return _one_root(full)


def _is_tree(heads: list[int]) -> bool:
    state = [0] * (len(heads) + 1)  # 1: on the way up now, 2: known to reach the root
    state[0] = 2
    for word in range(1, len(heads) + 1):
        path = []
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = heads[word - 1]
        if state[word] == 1:
            return False
        for step in path:
            state[step] = 2
    return True


def _one_root(full: NDArray[np.float64]) -> list[int]:
    """The best tree in which exactly one word hangs on the root."""
    heads = _edmonds(full)
    roots = [w for w in range(1, len(heads)) if heads[w] == 0]
    if len(roots) != 1:
        heads = max((_rooted(full, root) for root in roots), key=lambda h: _total(full, h))
    return [int(h) for h in heads[1:]]


def _rooted(full: NDArray[np.float64], root: int) -> list[int]:
    """The best tree whose root is that word."""
    only = full.copy()
    only[:, 0] = -1e9
    only[root, 0] = full[root, 0]
    only[root, 1:] = -2e9
    return _edmonds(only)


def _total(full: NDArray[np.float64], heads: list[int]) -> float:
    return float(sum(full[w, heads[w]] for w in range(1, len(heads))))


def _edmonds(full: NDArray[np.float64]) -> list[int]:
    """Chu–Liu/Edmonds over a square matrix `full[dependent, governor]`; node 0 is the root and has no governor."""
    heads: list[int] = full.argmax(1).tolist()
    heads[0] = -1
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [n for n in range(full.shape[0]) if n not in inside]
    ring, rest = np.array(cycle), np.array(outside)
    small = np.full((len(outside) + 1, len(outside) + 1), -1e9)
    small[: len(outside), : len(outside)] = full[np.ix_(rest, rest)]
    chosen = full[ring, [heads[n] for n in cycle]]
    into = full[np.ix_(ring, rest)] - chosen[:, None]  # breaking the ring at each of its nodes
    out_of = full[np.ix_(rest, ring)]
    small[-1, :-1], enter = into.max(0), into.argmax(0)
    small[:-1, -1], leave = out_of.max(1), out_of.argmax(1)
    small[0] = -1e9
    part = _edmonds(small)
    last = len(outside)
    for k, node in enumerate(outside[1:], 1):
        heads[node] = cycle[leave[k]] if part[k] == last else outside[part[k]]
    heads[cycle[enter[part[last]]]] = outside[part[last]]
    return heads


def _cycle(heads: list[int]) -> list[int]:
    """The words of one ring in `heads` (node 0 is the root), or none."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path, node = [], start
        while node > 0 and not seen[node]:
            seen[node] = start
            path.append(node)
            node = heads[node]
        if node > 0 and seen[node] == start:
            return path[path.index(node) :]
    return []
