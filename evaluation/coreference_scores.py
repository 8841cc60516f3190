"""MUC, B³ and CEAF of chains, as the CoNLL-2012 scorer sums them over documents (Pradhan and others 2014).

Chains are sets of mentions; a mention is anything that can be held equal to another, and is in one chain of its side.
Nothing is left out here: who wants no singletons leaves them out before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Chain = frozenset[Any]
Floats = NDArray[np.float64]
Four = tuple[float, float, float, float]
# By figure: found, of how many of the system; recalled, of how many of gold. They add up over documents.
Counts = dict[str, Four]

METRICS = ("muc", "b3", "ceaf_e")


def counts(gold: Sequence[Chain], system: Sequence[Chain]) -> Counts:
    """What the figures of one document are made of."""
    parts = {"muc": _muc, "b3": _b3, "ceaf_e": _ceaf, "mentions": _mentions}
    return {name: part(gold, system) for name, part in parts.items()}


def figures(units: Sequence[Counts]) -> dict[str, float]:
    """F1, precision and recall of each figure over the documents together, and `conll_f1`, the mean of the three metrics' F1."""
    scores: dict[str, float] = {"conll_f1": 0.0}
    for name in (*METRICS, "mentions"):
        found, of_system, recalled, of_gold = (sum(unit[name][k] for unit in units) for k in range(4))
        precision, recall = found / of_system if of_system else 0.0, recalled / of_gold if of_gold else 0.0
        both = precision + recall
        scores[name] = 2 * precision * recall / both if both else 0.0
        scores |= {f"{name}.precision": precision, f"{name}.recall": recall}
    scores["conll_f1"] = sum(scores[name] for name in METRICS) / len(METRICS)
    return {name: round(value, 4) for name, value in scores.items()}


def _muc(gold: Sequence[Chain], system: Sequence[Chain]) -> Four:
    """Links that are right, of those that hold the chains together (Vilain and others 1995)."""
    return (*_links(system, gold), *_links(gold, system))


def _links(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    of = _chain_of(others)
    kept = links = 0
    for chain in chains:
        parts = {of[m] for m in chain if m in of}
        # A mention that is in no chain of the other side is a part of its own.
        pieces = len(parts) + sum(m not in of for m in chain)
        kept, links = kept + len(chain) - pieces, links + len(chain) - 1
    return kept, links


def _b3(gold: Sequence[Chain], system: Sequence[Chain]) -> Four:
    """For each mention, how much of its chain is right (Bagga and Baldwin 1998); a mention of one side only has nothing right."""
    return (*_shares(system, gold), *_shares(gold, system))


def _shares(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    of = _chain_of(others)
    right = 0.0
    for chain in chains:
        shared = Counter(of[m] for m in chain if m in of)
        right += sum(n * n for n in shared.values()) / len(chain)
    return right, sum(map(len, chains))


def _ceaf(gold: Sequence[Chain], system: Sequence[Chain]) -> Four:
    """The best one-to-one pairing of chains by φ₄, twice what they share of both their sizes (Luo 2005)."""
    of = _chain_of(system)
    alike = np.zeros((len(gold), len(system)))
    for row, chain in enumerate(gold):
        for column, shared in Counter(of[m] for m in chain if m in of).items():
            alike[row, column] = 2 * shared / (len(chain) + len(system[column]))
    best = float(sum(alike[pair] for pair in assign(alike)))
    return best, len(system), best, len(gold)


def _mentions(gold: Sequence[Chain], system: Sequence[Chain]) -> Four:
    of, own = _chain_of(gold).keys(), _chain_of(system).keys()
    both = len(of & own)
    return both, len(own), both, len(of)


def _chain_of(chains: Sequence[Chain]) -> dict[Hashable, int]:
    return {mention: number for number, chain in enumerate(chains) for mention in chain}


def assign(values: Floats) -> list[tuple[int, int]]:
    """Pairs (row, column), each row and column at most once, with the greatest sum of `values`; min(rows, columns) pairs.

    Kuhn's Hungarian method with potentials, one row at a time: rows² · columns steps.
    """
    if values.shape[0] > values.shape[1]:
        return sorted((row, column) for column, row in assign(values.T))
    rows, columns = values.shape
    cost = -values
    row_price, column_price = np.zeros(rows), np.zeros(columns)
    holder = np.full(columns, -1)  # the row that has a column
    for row in range(rows):
        column, came = _cheapest_path(cost, row_price, column_price, holder, row)
        while column >= 0:  # each column on the path goes over to the row before
            before = came[column]
            holder[column] = holder[before] if before >= 0 else row
            column = before
    return sorted((int(holder[c]), c) for c in range(columns) if holder[c] >= 0)


def _cheapest_path(
    cost: Floats, row_price: Floats, column_price: Floats, holder: NDArray[np.int_], row: int
) -> tuple[int, list[int]]:
    """A free column for a row, and for each column on the way there the one before it (-1: the row itself); moves the prices."""
    columns = cost.shape[1]
    far = np.full(columns, np.inf)
    came = [-1] * columns
    done = np.zeros(columns, dtype=bool)
    column, at = -1, row
    while True:
        if column >= 0:
            done[column] = True
        step = cost[at] - row_price[at] - column_price
        better = ~done & (step < far)
        far[better] = step[better]
        for c in np.flatnonzero(better).tolist():
            came[c] = column
        column = int(np.where(done, np.inf, far).argmin())
        gap = far[column]
        row_price[row] += gap
        row_price[holder[done]] += gap
        column_price[done] -= gap
        far[~done] -= gap
        if holder[column] < 0:
            return column, came
        at = int(holder[column])
