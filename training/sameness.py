"""Learns the weights by which two mentions of a report count as one happening (`sayso.reading.sameness`).

    python -m training.sameness --shared ../shared [--out src/sayso/reading/reference/sameness.json]

Logistic regression over the clues, on all pairs of gold mentions of one type in gold train; five-fold cross-validation by report
prints how well pairs and whole events are told. Needs the product's environment and weights, not PyTorch.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sayso.language import analyse
from sayso.reading import sameness
from sayso.reading.context import Context
from sayso.records import Report, Span

ROUNDS, RATE, DECAY = 400, 0.5, 2e-3
RARE = 8  # clues seen less often are left out


@dataclass
class Mention:
    """A gold mention with the gold participants of its sentence."""

    at: tuple[int, int]
    type: str
    event: int
    voice: int | None = None
    actors: list[tuple[int, int]] = field(default_factory=list)
    recipients: list[tuple[int, int]] = field(default_factory=list)
    where: list[tuple[int, int]] = field(default_factory=list)


def mentions(ctx: Context, report: dict) -> list[Mention]:
    """All gold mentions of a report in text order."""
    holders = [list(s["content"]) for s in report["statements"]]
    found = []
    for number, event in enumerate(report["events"]):
        for raw in [event["anchor"], *event["also"]]:
            at = ctx.range_of(Span(raw["start"], raw["end"], raw["text"]))
            inside = [
                (sum(c["end"] - c["start"] for c in h), k)
                for k, h in enumerate(holders)
                if any(c["start"] <= raw["start"] < c["end"] for c in h)
            ]
            mention = Mention(at, event["type"], number, min(inside)[1] if inside else None)
            sentence = ctx.sentence(at[0])
            for slot in ("actors", "recipients", "where"):
                ranges = [ctx.range_of(Span(f["start"], f["end"], f["text"])) for f in event[slot]]
                setattr(mention, slot, [r for r in ranges if sentence.first <= r[0] < sentence.last])
            found.append(mention)
    return sorted(found, key=lambda m: m.at)


def pairs(ctx: Context, found: list[Mention]) -> list[tuple[list[str], bool]]:
    """Clues and truth of every pair of mentions of one type."""
    made = []
    for k, later in enumerate(found):
        for earlier in found[max(0, k - sameness.WINDOW) : k]:
            if earlier.type == later.type:
                made.append((list(sameness.clues(ctx, earlier, later)), earlier.event == later.event))
    return made


def fit(data: list[tuple[list[str], bool]]) -> dict[str, float]:
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
    ask.add_argument("--out", type=Path, default=Path("src/sayso/reading/reference/sameness.json"))
    told = ask.parse_args()
    by_report = []
    for line in (told.shared / "ledger/gold/train.jsonl").read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        report = Report.make(raw["text"])
        ctx = Context(report, analyse(report.text))
        by_report.append(pairs(ctx, mentions(ctx, raw)))
    _validate(by_report)
    weights = fit([p for part in by_report for p in part])
    told.out.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _validate(by_report: list[list[tuple[list[str], bool]]]) -> None:
    """Prints precision and recall of pairs over five folds."""
    hits = wrong = missed = 0
    for fold in range(5):
        weights = fit([p for k, part in enumerate(by_report) if k % 5 != fold for p in part])
        for clues, same in (p for k, part in enumerate(by_report) if k % 5 == fold for p in part):
            says = weights["bias"] + sum(weights.get(c, 0.0) for c in clues) > 0
            hits, wrong, missed = hits + (says and same), wrong + (says and not same), missed + (same and not says)
    print(
        f"pairs: precision {hits / max(1, hits + wrong):.3f} recall {hits / max(1, hits + missed):.3f} of {hits + missed}"
    )


if __name__ == "__main__":
    main()
