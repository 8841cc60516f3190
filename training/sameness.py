"""Learns the weights by which two mentions of an event in one report are told to be the same happening (`reading.sameness`).

    python -m training.sameness --shared ../shared --weights FOLD0 FOLD1 FOLD2 FOLD3 FOLD4 [--out src/sayso/reading/reference/sameness.json]

Logistic regression over the clues, on pairs of anchors of one type that the reader finds in gold train and that gold has too. Each
report is read with the weights that were trained without it, so that the encoder is as sure as it is on a report that it has never
seen; five-fold cross-validation by report prints how well pairs are told. Needs the product's environment, not PyTorch.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from sayso.language import analyse
from sayso.language.model import Model
from sayso.reading import events, sameness, statements
from sayso.reading.context import Context
from sayso.reading.quotes import Quotes
from sayso.records import Report

ROUNDS, RATE, DECAY = 400, 0.5, 2e-3
RARE = 8  # clues seen less often are left out
FOLDS = 5
Pair = tuple[list[str], bool]


def mentions(ctx: Context) -> list[events.Named]:
    """All mentions that the reader finds in a report, in text order."""
    voices = statements.Voices(statements.drafts(ctx, Quotes(ctx.report.text)))
    found = [events.mention(ctx, k, frame, voices) for k, frame in enumerate(ctx.analysis.events)]
    return sorted((m for m in found if m), key=lambda m: m.at)


def numbers(ctx: Context, found: list[events.Named], raw: dict) -> list[int]:
    """The number of the gold event that each mention names; -1 for none."""
    spans = [(m["start"], m["end"], k) for k, e in enumerate(raw["events"]) for m in (e["anchor"], *e["also"])]
    made = []
    for mention in found:
        start, end = ctx.tokens[mention.at[0]].start, ctx.tokens[mention.at[1] - 1].end
        made.append(next((k for a, b, k in spans if a < end and start < b), -1))
    return made


def pairs(ctx: Context, raw: dict) -> list[Pair]:
    """Clues and truth of every pair of mentions of one type that gold knows."""
    found = mentions(ctx)
    events_of = numbers(ctx, found, raw)
    made = []
    for k, later in enumerate(found):
        for i in range(max(0, k - sameness.WINDOW), k):
            if found[i].type == later.type and min(events_of[i], events_of[k]) >= 0:
                made.append((list(sameness.clues(ctx, found[i], later)), events_of[i] == events_of[k]))
    return made


def fit(data: list[Pair]) -> dict[str, float]:
    """Weights of the clues, by gradient descent on the logistic loss with a small penalty."""
    counts = Counter(c for clues, _ in data for c in set(clues))
    names = ["bias", *sorted(c for c, n in counts.items() if n >= RARE)]
    index = {c: i for i, c in enumerate(names)}
    x = np.zeros((len(data), len(names)))
    x[:, 0] = 1
    for row, (clues, _) in enumerate(data):
        for clue in clues:
            if clue in index:
                x[row, index[clue]] += 1
    y = np.array([float(same) for _, same in data])
    weights = np.zeros(len(names))
    speed = np.zeros(len(names))
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(x @ weights)))
        slope = x.T @ (chance - y) / len(y) + DECAY * np.r_[0.0, weights[1:]]
        speed = 0.9 * speed - RATE * slope
        weights += speed
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--weights", type=Path, nargs=FOLDS, required=True, help="the weights trained without each fold")
    ask.add_argument("--out", type=Path, default=Path("src/sayso/reading/reference/sameness.json"))
    told = ask.parse_args()
    models = [Model(folder) for folder in told.weights]
    by_report = []
    for number, line in enumerate((told.shared / "ledger/gold/train.jsonl").read_text(encoding="utf-8").splitlines()):
        raw = json.loads(line)
        report = Report.make(raw["text"])
        ctx = Context(report, analyse(report.text, models[number % FOLDS]))
        by_report.append(pairs(ctx, raw))
    _validate(by_report)
    weights = fit([p for part in by_report for p in part])
    told.out.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _validate(by_report: list[list[Pair]]) -> None:
    """Prints precision and recall of pairs over five folds."""
    hits = wrong = missed = 0
    for fold in range(FOLDS):
        weights = fit([p for k, part in enumerate(by_report) if k % FOLDS != fold for p in part])
        for clues, same in (p for k, part in enumerate(by_report) if k % FOLDS == fold for p in part):
            says = weights["bias"] + sum(weights.get(c, 0.0) for c in clues) > 0
            hits, wrong, missed = hits + (says and same), wrong + (says and not same), missed + (same and not says)
    print(
        f"pairs: precision {hits / max(1, hits + wrong):.3f} recall {hits / max(1, hits + missed):.3f} of {hits + missed}"
    )


if __name__ == "__main__":
    main()
