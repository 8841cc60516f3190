"""The command line: `python -m evaluation NAME …`, `… gate [NAME …]`, `… pin NAME --figures A,B`."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from evaluation import gate
from evaluation.data import files
from evaluation.result import Result
from sayso.errors import EvaluationError, NotBuiltYet, SaysoError

BUILT = (
    "ledger",
    "challenge",
    "heads",
    "who",
    "syntax",
    "names",
    "roles",
    "coreference",
    "attribution",
    "robustness",
    "precision",
    "speed",
)
LATER = ("times", "quantities", "plv", "muc4", "status", "places")
LATER_STILL = ("copies", "stories", "incidents")


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0 measured (or all floors hold), 1 an error or a broken floor, 2 a name that is not built yet."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["gate"]:
            return _gate(given[1:])
        return _pin(given[1:]) if given[:1] == ["pin"] else _measure(given)
    except NotBuiltYet as error:
        print(error, file=sys.stderr)
        return 2
    except SaysoError as error:
        print(error, file=sys.stderr)
        return 1


def measure(
    name: str, data: list[str] | None = None, out: Path | None = None, misses: int = 0, weights: Path | None = None
) -> Result:
    """One measurement by name, with other weights than the shipped where a folder of such is given.

    Raises NotBuiltYet, MissingCorpus, EvaluationError, BadWeights.
    """
    if name in LATER + LATER_STILL:
        raise NotBuiltYet(f"{name}: not built yet", "a later issue builds it", f"measure one of {', '.join(BUILT)}")
    if name not in BUILT:
        raise EvaluationError(f"no measurement {name}", "", f"choose of {', '.join(BUILT)}")
    paths = files(name, data)
    # Imported late: each loads its part of sayso.
    if name == "precision":
        from evaluation import precision

        return precision.measure(paths, weights)
    if weights:
        use_weights(weights)
    if name in ("ledger", "challenge"):
        from evaluation import ledger

        return replace(ledger.measure(paths, out, misses), name=name)
    result: Result = import_module(f"evaluation.{name}").measure(paths)
    return result


def use_weights(folder: Path) -> None:
    """From now on this process, and those that it starts, read with the weights in that folder.

    Raises EvaluationError where there is no such folder.
    """
    if not folder.is_dir():
        raise EvaluationError(f"no folder {folder}", "there are no weights to measure", "give a folder of weights")
    # The environment, since processes that `speed` starts load their own.
    os.environ["SAYSO_WEIGHTS"] = str(folder.resolve())
    from sayso.language import model

    for cached in (model.shared_model, model.weights_hash):
        cached.cache_clear()


def _measure(given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Measure sayso. Also: gate, pin.")
    parser.add_argument("name", metavar="NAME", help=f"{', '.join(BUILT)}; later: {', '.join(LATER + LATER_STILL)}")
    parser.add_argument("--data", nargs="+", action="extend", metavar="FILE", help="other files of the same kind")
    parser.add_argument("--weights", type=Path, metavar="FOLDER", help="other weights; precision: the fp32 ones")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--out", type=Path, metavar="FILE", help="ledger: write what sayso read, as JSON lines")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="ledger: show the first N misses")
    options = parser.parse_args(given)
    result = measure(options.name, options.data, options.out, options.misses, options.weights)
    print(result.as_text())
    if options.json:
        print(result.as_json())
    return 0


def _gate(given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation gate", description="Check that all floors hold.")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--floors", type=Path, default=gate.FLOORS, metavar="FILE")
    options = parser.parse_args(given)
    held, wrong = gate.gate(options.names, measure, options.floors)
    for line in held:
        print(line)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _pin(given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation pin", description="Raise floors to what is measured.")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--figures", required=True, metavar="A,B", help="the figures to pin")
    parser.add_argument("--lower", action="store_true", help="let floors sink; needs --why")
    parser.add_argument("--why", metavar="TEXT", help="the reason, kept in the file")
    parser.add_argument(
        "--margin", type=float, default=gate.MARGIN, metavar="X", help="how far below (default %(default)s)"
    )
    parser.add_argument("--floors", type=Path, default=gate.FLOORS, metavar="FILE")
    options = parser.parse_args(given)
    if options.lower != bool((options.why or "").strip()):
        parser.error("--lower and --why go together")
    why = options.why.strip() if options.lower else None
    figures = [f.strip() for f in options.figures.split(",") if f.strip()]
    for line in gate.pin(measure(options.name), figures, why, options.margin, options.floors):
        print(line)
    return 0
