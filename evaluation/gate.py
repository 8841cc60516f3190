"""The gate: floors under the figures, in `floors.json`, with the hash of the data they were measured on.

`gate` fails where a figure is below its floor or the data is another; `pin` raises floors. Lowering one is an act of its own: it takes
`--lower --why`, and the reason stays in the file. One figure a line, so that a diff shows each floor that moves.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evaluation.result import Result, fewer
from sayso.errors import EvaluationError

FLOORS = Path(__file__).parent / "floors.json"
# How far below what was measured a floor is set: CPUs of other instruction sets round int8 products differently.
MARGIN = 0.005
Json = dict[str, Any]
Measure = Callable[[str], Result]


def load(path: Path = FLOORS) -> Json:
    """`{name: {"data_sha256", "floors": {figure: number}, "lowered": [{"figure", "from", "to", "why"}]}}`."""
    if not path.is_file():
        return {}
    try:
        floors: Json = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise EvaluationError(f"{path.name} is no JSON", str(error), "mend it by hand") from error
    return floors


def save(floors: Json, path: Path = FLOORS) -> None:
    """Write the floors, sorted, one figure a line."""
    path.write_text(json.dumps(floors, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def check(name: str, result: Result, floors: Json) -> list[str]:
    """What is wrong with a measurement, a line each; empty where all floors hold."""
    pinned = floors[name]
    if result.data_sha256 != pinned["data_sha256"]:
        return [
            f"{name}: measured on other data ({result.data_sha256[:12]}) than its floors ({pinned['data_sha256'][:12]})"
        ]
    return [line for figure, floor in pinned["floors"].items() if (line := _below(name, figure, floor, result))]


def _below(name: str, figure: str, floor: float, result: Result) -> str:
    value = result.scores.get(figure)
    if value is None:
        return f"{name}: {figure} was not measured; its floor is {floor}"
    if fewer(figure):
        return f"{name}: {figure} {value} is above its ceiling {floor}" if value > floor else ""
    return f"{name}: {figure} {value} is below its floor {floor}" if value < floor else ""


def gate(names: list[str], measure: Measure, path: Path = FLOORS) -> tuple[list[str], list[str]]:
    """Measure each name (all that are pinned where none is given); what holds, and what is wrong."""
    floors = load(path)
    for name in names:
        if name not in floors:
            raise EvaluationError(f"no floors for {name}", "nothing was pinned", f"pin some: pin {name} --figures …")
    held, wrong = [], []
    for name in names or sorted(floors):
        faults = check(name, measure(name), floors)
        wrong += faults
        held += [] if faults else [f"{name}: {len(floors[name]['floors'])} floors hold"]
    return held, wrong


def pin(
    result: Result, figures: list[str], why: str | None = None, margin: float = MARGIN, path: Path = FLOORS
) -> list[str]:
    """Set floors just below what was measured; what was done, a line each.

    Without a reason (`why`) floors only rise, and the data must be the same. Raises EvaluationError where one would sink, and then
    writes nothing.
    """
    floors = load(path)
    pinned = floors.setdefault(result.name, {"data_sha256": result.data_sha256, "floors": {}, "lowered": []})
    done = _rebase(pinned, result, why)
    for figure in figures:
        done.append(_set(pinned, figure, _floor(result, figure, margin), why))
    save(floors, path)
    return done


def _floor(result: Result, figure: str, margin: float) -> float:
    value = result.scores.get(figure)
    if value is None:
        known = ", ".join(k for k, v in result.scores.items() if v is not None)
        raise EvaluationError(f"{result.name} has no figure {figure}", "", f"choose of {known}")
    return round(value + margin if fewer(figure) else value - margin, 4)


def _rebase(pinned: Json, result: Result, why: str | None) -> list[str]:
    """Other data: all floors must be set anew, with a reason."""
    if pinned["data_sha256"] == result.data_sha256:
        return []
    if not why:
        raise EvaluationError(
            f"{result.name} was pinned on other data",
            "its floors mean nothing on these",
            "give --lower --why to begin anew",
        )
    pinned["lowered"].append({"figure": "all", "from": dict(pinned["floors"]), "to": None, "why": why})
    pinned["data_sha256"], pinned["floors"] = result.data_sha256, {}
    return [f"{result.name}: floors dropped, since the data changed"]


def _set(pinned: Json, figure: str, floor: float, why: str | None) -> str:
    old = pinned["floors"].get(figure)
    sinks = old is not None and (floor > old if fewer(figure) else floor < old)
    if sinks and not why:
        raise EvaluationError(
            f"the floor of {figure} would go from {old} to {floor}",
            "floors only rise",
            "give --lower --why if it must be",
        )
    pinned["floors"][figure] = floor
    if sinks:
        pinned["lowered"].append({"figure": figure, "from": old, "to": floor, "why": why})
        return f"{figure}: lowered from {old} to {floor}: {why}"
    return f"{figure}: {floor}" + ("" if old is None else f" (was {old})")
