"""What refers to what in a text: noun phrases in chains, anchors that name one happening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.language import clues, coreference
from sayso.language.analysis import Analysis, Found
from sayso.language.coreference import Floats
from sayso.language.model import Model
from sayso.language.phrases import phrases

BACK = 40  # earlier anchors of its type that an anchor is compared with


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `first:last` of a text that were read together, and their vectors (1, n, 384)."""

    first: int
    last: int
    states: Floats


def link(analysis: Analysis, windows: Sequence[Window], model: Model) -> None:
    """Fill in the chains of noun phrases and the likeness of anchors."""
    found = phrases(analysis.tokens, analysis.sentences)
    seen = clues.table(analysis.tokens, analysis.sentences, analysis.names, found, _voices(analysis))
    anchors = [(f.trigger.first, f.trigger.last - 1) for f in analysis.events]
    spans = np.stack([seen.head, seen.first, seen.last - 1], 1)
    vectors, named = _vectors(windows, spans, np.array(anchors, dtype=np.int64).reshape(-1, 2), model)
    earlier, later = coreference.pairs(seen)
    if len(earlier):
        scores = model.chains(vectors, seen, earlier, later)
        for chain in coreference.chains(earlier, later, scores, len(found)):
            analysis.chains.append(tuple(Found(found[k].first, found[k].last, found[k].kind, p) for k, p in chain))
    _same(analysis, named)


def _voices(analysis: Analysis) -> frozenset[int]:
    """The heads of what is linked to a cue as its source."""
    heads = set()
    for run in (r for frame in analysis.attributions for r in frame.role("source")):
        inside = range(run.first, run.last)
        heads.add(
            next(
                (i for i in inside if analysis.tokens[i].head not in inside or analysis.tokens[i].head == i), run.first
            )
        )
    return frozenset(heads)


def _vectors(
    windows: Sequence[Window], spans: NDArray[np.int64], anchors: NDArray[np.int64], model: Model
) -> tuple[Floats, Floats]:
    """The vectors of all phrases and anchors, window by window; a span that leaves the window of its head ends there."""
    made: list[Floats] = []
    named: list[Floats] = []
    heads, firsts = spans[:, 0], anchors[:, 0]
    order = np.argsort(heads, kind="stable")
    for window in windows:
        inside = order[np.searchsorted(heads[order], window.first) : np.searchsorted(heads[order], window.last)]
        low, high = np.searchsorted(firsts, (window.first, window.last))
        here, there = spans[inside], anchors[low:high]
        if not len(here) and not len(there):
            continue
        most = window.last - window.first - 1
        found, also = model.linking(
            window.states, np.clip(here - window.first, 0, most), np.clip(there - window.first, 0, most)
        )
        made.append(found)
        named.append(also)
    if not made:
        return np.zeros((0, 1), np.float32), np.zeros((0, 1), np.float32)
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return np.concatenate(made)[back], np.concatenate(named)


def _same(analysis: Analysis, vectors: Floats) -> None:
    """The score of each anchor with the earlier ones of its type."""
    width = (vectors.shape[1] - 1) // 2
    of_type: dict[str, list[int]] = {}
    for j, frame in enumerate(analysis.events):
        before = of_type.setdefault(frame.trigger.label, [])
        if before:
            chosen = before[-BACK:]
            product = np.einsum("pk,k->p", vectors[chosen, :width], vectors[j, width : 2 * width]) * width**-0.5
            for i, score in zip(chosen, (product + vectors[j, 2 * width]).tolist(), strict=True):
                analysis.same[i, j] = round(score, 3)
        before.append(j)
