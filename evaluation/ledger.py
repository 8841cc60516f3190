"""`ledger`: reports read as JSONL input is read, against gold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.bootstrap import SMALL, intervals
from evaluation.data import digest, lines
from evaluation.ledger_count import Tally, figures, tallies
from evaluation.ledger_score import Document
from evaluation.result import Result
from sayso.errors import EvaluationError, SaysoError
from sayso.records import Report

Json = dict[str, Any]


def measure(paths: list[Path], out: Path | None = None, misses: int = 0) -> Result:
    """Read every gold report with sayso and score it. `out`: a file for the readings, `misses`: how many misses to note."""
    golds = gold_lines(paths)
    systems, made_by, notes = _read_all(golds, out)
    counted, unread = tallies([Document(g) for g in golds], [Document(s) for s in systems])
    scores: dict[str, float | None] = {**figures(counted)}
    if 1 < len(counted) <= SMALL:
        scores |= intervals(counted, _plain)
    if unread:
        notes.append(f"{len(unread)} reports missing or with other text: {' '.join(unread[:10])}")
    notes += [line for unit in counted for line in unit.misses][:misses]
    return Result("ledger", scores, len(counted), "reports", digest(paths), made_by, notes)


def gold_lines(paths: list[Path]) -> list[Json]:
    """The gold reports of the files. Raises EvaluationError where a line is none."""
    found = []
    for path in paths:
        for number, line in enumerate(lines(path), 1):
            if line.strip():
                found.append(_gold(line, f"{path.name}:{number}"))
    return found


def _gold(line: str, place: str) -> Json:
    try:
        raw: Json = json.loads(line)
        # A file of readings can stand for gold, too: its report's keys lie one deeper.
        if isinstance((raw.get("report") or raw)["text"], str):
            return raw
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise EvaluationError(f"{place} is no gold report", "it is no JSON object with a text", "give gold JSONL")


def report_of(gold: Json) -> Report:
    """The gold report as it would come in from a JSONL file: text verbatim but CRLF → LF, id as external id."""
    known = gold.get("report") or gold
    keys = ("title", "published", "publisher", "url")
    text = known["text"].replace("\r\n", "\n")
    return Report.make(
        text=text, external_id=known.get("external_id") or known.get("id"), **{k: known.get(k) for k in keys}
    )


def _read_all(golds: list[Json], out: Path | None) -> tuple[list[Json], dict[str, str], list[str]]:
    """What sayso reads in them, what made it, and a note for each report that it could not read."""
    # Imported late: reading loads the weights.
    from sayso.reading import read

    found: list[Json] = []
    notes: list[str] = []
    for gold in golds:
        try:
            found.append(read(report_of(gold)).to_json())
        except SaysoError as error:
            notes.append(f"not read: {error}")
    if out:
        out.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in found), encoding="utf-8")
    return found, found[0]["made_by"] if found else {}, notes


def _plain(units: Sequence[Tally]) -> dict[str, float]:
    return {k: v for k, v in figures(units).items() if not k.endswith((".precision", ".recall"))}
