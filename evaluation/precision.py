"""`precision`: what the shipped weights (int8) lose against those they were made from (fp32), head by head.

Runs the other measurements twice, each in a process of its own, so that nothing of one is left in the other.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from evaluation.data import digest
from evaluation.result import Result, made_by
from sayso.errors import EvaluationError

ROOT = Path(__file__).resolve().parent.parent
# Measurement → its figures, in the order of the files (`evaluation.data`): trees, names, roles, gold reports.
TABLE = {
    "syntax": ("upos", "xpos", "lemma", "uas", "las"),
    "names": ("f1",),
    "roles": ("predicate_f1", "argument_f1"),
    "heads": ("cue", "source", "content", "anchor", "anchor.type", "participant", "status", "figure", "measure"),
}
# Issue 3: int8 in the shipped mode loses at most this on every head.
MOST = 0.005
# The longest that one measurement may take, in seconds.
PATIENCE = 1200
Scores = dict[str, float | None]


def measure(paths: list[Path], exact: Path | None) -> Result:
    """Measure both on four files or more (trees, names, roles, then gold reports); `exact`: the folder of the fp32 weights.

    Figures: `las.int8`, `las.fp32`, `las.loss` (positive where int8 is worse) and so on; names are `names.…`, and `loss.most`
    is the greatest loss. Raises EvaluationError where a folder or file is missing, or a measurement fails.
    """
    if exact is None or not exact.is_dir():
        raise EvaluationError(
            "no weights to hold against the shipped ones", "", "give --weights FOLDER with fp32 weights"
        )
    if len(paths) < len(TABLE):
        raise EvaluationError(
            f"{len(paths)} files", "trees, names, roles and reports have a file each", "give four, in that order"
        )
    last = len(TABLE) - 1
    parts = [*([path] for path in paths[:last]), paths[last:]]
    scores: Scores = {}
    losses: list[tuple[float, str]] = []
    for (name, wanted), part in zip(TABLE.items(), parts, strict=True):
        small, whole = run(name, part, None), run(name, part, exact)
        for figure in wanted:
            head = "names" if name == "names" else figure
            a, b = small.get(figure), whole.get(figure)
            if a is None or b is None:
                raise EvaluationError(f"{name} has no figure {figure}", "it was not measured", "give other data")
            scores |= {f"{head}.int8": a, f"{head}.fp32": b, f"{head}.loss": round(b - a, 4)}
            losses.append((round(b - a, 4), head))
    scores["loss.most"] = max(losses)[0]
    return Result("precision", scores, len(losses), "heads", digest(paths), made_by(), table(scores))


def run(name: str, paths: list[Path], weights: Path | None) -> Scores:
    """The figures of one measurement, with the shipped weights or those of a folder. Raises EvaluationError where it fails."""
    command = [sys.executable, "-m", "evaluation", name, "--data", *(str(p.resolve()) for p in paths), "--json"]
    command += ["--weights", str(weights.resolve())] if weights else []
    clean = {k: v for k, v in os.environ.items() if k != "SAYSO_WEIGHTS"}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise EvaluationError(f"{name} took too long", f"over {PATIENCE} seconds", "give less data") from error
    lines = done.stdout.strip().split("\n")
    if done.returncode or not lines[-1].startswith("{"):
        said = done.stderr.strip().split("\n")[-1]
        raise EvaluationError(f"{name} could not be measured", said, f"run it alone: evaluation {name}")
    scores: Scores = json.loads(lines[-1])["scores"]
    return scores


def table(scores: Scores) -> list[str]:
    """The figures as a table in Markdown, losses in points (hundredths)."""
    rows = ["", "| head | fp32 | int8 | loss, points |", "|---|---|---|---|"]
    for figure, loss in scores.items():
        head = figure.removesuffix(".loss")
        if head == figure or loss is None:
            continue
        mark = " (above the mark)" if loss > MOST else ""
        whole, small = scores[f"{head}.fp32"], scores[f"{head}.int8"]
        rows.append(f"| {head} | {whole:.4f} | {small:.4f} | {100 * loss:.2f}{mark} |")
    return [*rows, "", f"The mark: {100 * MOST:.1f} points."]
