"""Cross-validation on gold train and learning curves: every report read with weights that were trained without it.

    python -m training.folds --shared ../shared --weights FOLD0 FOLD1 FOLD2 FOLD3 FOLD4 [--json]
    python -m training.folds --shared ../shared --fold 0 --weights QUARTER HALF WHOLE

The first form prints the figures of `evaluation ledger` and `evaluation heads` over all five folds together, and how far the folds
lie apart; the second those of one fold, left out of them all, for weights trained on growing shares of the rest. Needs the product's
environment, not PyTorch.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from statistics import stdev

from evaluation import heads
from evaluation.ledger import gold_lines, report_of
from evaluation.ledger_count import Tally, figures, tallies
from evaluation.ledger_score import Document
from sayso.language import analyse
from sayso.language.model import Model
from sayso.reading import read

FOLDS = 5
SHOWN = (
    "statement", "statement.full", "event", "event.type", "event.status", "event.source", "event.where", "event.when",
    "event.actors", "event.recipients", "figure", "figure.measure", "figure.interval", "figure.full",
)  # fmt: skip
HEADS = ("cue", "source", "content", "anchor", "anchor.type", "participant", "figure", *heads.LABELS)
Json = dict


def fold(golds: Sequence[Json], number: int) -> list[Json]:
    """The reports of a fold: as `training.gold.chosen` leaves them out."""
    return [gold for k, gold in enumerate(golds) if k % FOLDS == number]


def measured(golds: Sequence[Json], weights: Path) -> tuple[list[Tally], list[heads.Counts]]:
    """The counts of each report, of records and of heads."""
    model = Model(weights)
    systems, counts = [], []
    for gold in golds:
        report = report_of(gold)
        analysis = analyse(report.text, model)
        counts.append(heads.count(gold, analysis))
        systems.append(read(report, analysis).to_json())
    units, _ = tallies([Document(g) for g in golds], [Document(s) for s in systems])
    return units, counts


def shown(units: Sequence[Tally], counts: Sequence[heads.Counts]) -> dict[str, float]:
    """The figures by name; those of heads begin with `heads.`."""
    ledger, found = figures(units), heads.figures(counts)
    return {k: ledger[k] or 0.0 for k in SHOWN} | {f"heads.{k}": found[k] for k in HEADS}


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--weights", type=Path, nargs="+", required=True, help="five folders, or with --fold any number")
    ask.add_argument("--fold", type=int, help="measure all weights on this fold alone: a learning curve")
    ask.add_argument("--json", action="store_true", help="end with one line of JSON")
    told = ask.parse_args()
    golds = gold_lines([told.shared / "ledger/gold/train.jsonl"])
    if told.fold is None and len(told.weights) != FOLDS:
        ask.error("five folders of weights, one a fold; or --fold")
    parts = [
        measured(fold(golds, k if told.fold is None else told.fold), weights) for k, weights in enumerate(told.weights)
    ]
    columns = [shown(*part) for part in parts]
    result: dict[str, dict[str, float]] = {str(w): c for w, c in zip(told.weights, columns, strict=True)}
    if told.fold is None:
        together = shown([u for units, _ in parts for u in units], [c for _, counts in parts for c in counts])
        result = {"all": together, "sd": {k: round(stdev(c[k] for c in columns), 4) for k in together}, **result}
    names = [Path(name).name for name in result]
    print(f"{'':24}" + "".join(f"{name[:12]:>13}" for name in names))
    for figure in columns[0]:
        print(f"{figure:24}" + "".join(f"{column[figure]:13.3f}" for column in result.values()))
    if told.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
