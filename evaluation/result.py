"""What a measurement gives, and how it is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

# Figures of which less is better: a floor for them is a ceiling.
FEWER = frozenset({"event.extra_per_gold", "peak_mb", "median_km", "mae"})


def fewer(figure: str) -> bool:
    """Whether less of a figure is better: it is pinned from above."""
    return figure in FEWER or figure.endswith((".loss", "loss.most"))


@dataclass(slots=True)
class Result:
    """The figures of one measurement.

    `scores`: 0 … 1 unless counts or speeds, None where one can not be had here; `n`: how many things were measured (`unit`);
    `notes`: lines for people.
    """

    name: str
    scores: dict[str, float | None]
    n: int
    unit: str
    data_sha256: str
    made_by: dict[str, str]
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> str:
        """The one line of `--json`."""
        keys: dict[str, Any] = {"name": self.name, "scores": self.scores, "n": self.n}
        return json.dumps({**keys, "data_sha256": self.data_sha256, "made_by": self.made_by}, ensure_ascii=False)

    def as_text(self) -> str:
        """For people: a figure a line, its precision, recall and interval beside it where it has them."""
        return "\n".join([f"{self.name}: {self.n} {self.unit}", *self._lines(), *self.notes])

    def _lines(self) -> list[str]:
        lines, beside = [], ("precision", "recall", "low", "high")
        for figure, value in self.scores.items():
            stem, _, last = figure.rpartition(".")
            if last in beside and stem in self.scores:
                continue
            more = [f"{k} {_shown(self.scores[f'{figure}.{k}'])}" for k in beside if f"{figure}.{k}" in self.scores]
            lines.append(f"  {figure:28} {_shown(value):>10}   {'  '.join(more)}".rstrip())
        return lines


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.4f}"


def made_by() -> dict[str, str]:
    """The versions of what a measurement of the language stage rests on."""
    from sayso._version import __version__
    from sayso.language import weights_hash

    return {"sayso": __version__, "weights": weights_hash()}


def f1(right: float, system: float, gold: float) -> tuple[float, float, float]:
    """F1, precision and recall from counts; 0 where nothing is there."""
    precision, recall = right / system if system else 0.0, right / gold if gold else 0.0
    both = precision + recall
    return (2 * precision * recall / both if both else 0.0), precision, recall
