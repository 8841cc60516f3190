"""Bootstrap intervals for small sets."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

Unit = TypeVar("Unit")
Scores = dict[str, float]

ROUNDS = 1000
# Above this many units an interval says little that the figure itself does not.
SMALL = 300


def intervals(units: Sequence[Unit], figures: Callable[[Sequence[Unit]], Scores]) -> Scores:
    """`figure.low` and `figure.high`: the middle 95 % of the figures over `ROUNDS` draws of as many units, with replacement.

    Units are what was drawn in the first place (reports, sentences), with their counts. The same every time.
    Percentile bootstrap: Efron and Tibshirani 1993, chapter 13.
    """
    draw = random.Random(20260124)
    drawn: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, value in figures(draw.choices(units, k=len(units))).items():
            drawn.setdefault(name, []).append(value)
    found: Scores = {}
    for name, values in drawn.items():
        values.sort()
        found[f"{name}.low"] = values[int(0.025 * len(values))]
        found[f"{name}.high"] = values[min(int(0.975 * len(values)), len(values) - 1)]
    return found
