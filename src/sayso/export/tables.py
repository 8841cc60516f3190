"""Tables of one kind of record each: CSV and Parquet, from the views of the ledger."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from sayso.errors import ExportError
from sayso.export.jsonl import write_jsonl
from sayso.export.whole import whole_file
from sayso.ledger import Ledger

# The records, then the views that list what hangs on them, so that the tables of an export join as in the ledger.
KINDS = (
    "reports",
    "statements",
    "events",
    "figures",
    "actors",
    "places",
    "times",
    "statement_content",
    "event_mentions",
    "event_participants",
    "event_sites",
    "figure_sites",
)
FORMATS = ("jsonl", "csv", "parquet")

# Cells that begin so are run as formulas by spreadsheets (OWASP, "CSV injection"); a leading apostrophe makes them text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(ledger: Ledger, form: str, out: Path, kinds: Sequence[str] = ()) -> list[Path]:
    """Write the current readings of a ledger; the files written.

    `jsonl`: one file of the contract's JSON. `csv`, `parquet`: the folder `out` with one file a kind, or for a single kind
    the file `out` itself. Raises ExportError (S410).
    """
    if form not in FORMATS:
        raise ExportError(f"no format {form!r}", f"there are {', '.join(FORMATS)}", "choose one with --format")
    if form == "jsonl":
        write_jsonl(ledger.readings(), out)
        return [out]
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise ExportError(f"no kind {unknown[0]!r}", f"there are {', '.join(KINDS)}", "choose one with --kind")
    targets = _targets(form, out, kinds)
    for kind, path in targets.items():
        if form == "csv":
            _write_csv(ledger, kind, path)
        else:
            with whole_file(path) as part:
                ledger.copy(_select(kind), part, "FORMAT parquet, COMPRESSION zstd")
    return list(targets.values())


def _targets(form: str, out: Path, kinds: Sequence[str]) -> dict[str, Path]:
    if len(kinds) == 1 and not out.is_dir():
        return {kinds[0]: out}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"no folder {out}", error.strerror or str(error), "choose another path with --out") from error
    return {kind: out / f"{kind}.{form}" for kind in kinds or KINDS}


def _select(kind: str) -> str:
    return f"SELECT * FROM {kind} ORDER BY ALL"


def _write_csv(ledger: Ledger, kind: str, to: Path) -> None:
    answer = ledger.query(_select(kind), timeout=3600)
    with whole_file(to) as part, part.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(answer.columns)
        writer.writerows([cell(value) for value in row] for row in answer.rows)


def cell(value: object) -> object:
    """A value as a cell that no spreadsheet runs: lists and objects as JSON, times in ISO form, formulas made text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return "'" + text if text.startswith(_FORMULA) else text
