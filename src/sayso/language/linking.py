"""What refers to what in a text: noun phrases in chains, anchors that name one happening."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.language import clues, coreference
from sayso.language.analysis import Analysis, Found
from sayso.language.coreference import Floats
from sayso.language.model import Model
from sayso.language.phrases import phrases

WIDTH = 384  # of the encoder
BACK = 40  # earlier anchors of its type that an anchor is compared with


def link(analysis: Analysis, windows: Sequence[Floats], model: Model) -> None:
    """Fill in the chains of noun phrases and the likeness of anchors.

    `windows`: the vectors (1, n, 384) of the tokens of each window, in text order.
    """
    found = phrases(analysis.tokens, analysis.sentences)
    seen = clues.table(analysis.tokens, analysis.sentences, analysis.names, found, _voices(analysis))
    anchors = np.array([(f.trigger.first, f.trigger.last - 1) for f in analysis.events], dtype=np.int64).reshape(-1, 2)
    spans = np.stack([seen.head, seen.first, seen.last - 1], 1)
    states = np.concatenate([w[0] for w in windows]) if windows else np.zeros((0, WIDTH), np.float32)
    vectors, named = model.linking(
        states[spans].reshape(len(spans), 3 * WIDTH), states[anchors].reshape(len(anchors), 2 * WIDTH)
    )
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
