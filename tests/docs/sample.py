"""The output of `sayso read` that the README shows: made by the program, shortened by whole rows.

`python -m tests.docs.sample` writes it into the README anew (after new weights).
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

import sayso
from sayso.cli.screen import PIPED_WIDTH, Sheet, grid

ROOT = Path(__file__).parents[2]
REPORT = "examples/gazette-power-cuts.txt"
ROWS = 2  # shown of each kind of record
BLOCK = re.compile(r"(<!-- sample: .*? -->\n```text\n)(.*?)(```\n<!-- end of sample -->)", re.DOTALL)


def whole() -> list[str]:
    """The lines that `sayso read` prints for the report when piped."""
    out = io.StringIO()
    console = Console(file=out, width=PIPED_WIDTH, highlight=False, markup=False, emoji=False, no_color=True)
    Sheet(_reading()).print(console)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def shortened() -> list[str]:
    """The same with the first rows of each kind; a line `…` stands for the others."""
    sheet, lines = Sheet(_reading()), whole()
    reading = sheet.reading
    kinds = {
        "Statements": [sheet._statement(s) for s in reading.statements],
        "Events": [sheet._event(e) for e in reading.events],
        "Figures": [sheet._figure(f) for f in reading.figures],
    }
    shown = lines[:3]
    for name, rows in kinds.items():
        head = next(i for i, line in enumerate(lines) if f"{name} ({len(rows)})" in line)
        height = sum(_height(row) for row in rows[:ROWS])
        shown += lines[head : head + 1 + height]
        shown += ["…", ""] if len(rows) > ROWS else [""]
    return shown[:-1]


def _reading():
    path = ROOT / REPORT
    reading = sayso.read(path)
    return _with_path(reading)


def _with_path(reading):
    """The reading as if it had been read from the root of the project."""
    from dataclasses import replace

    return replace(reading, report=replace(reading.report, path=REPORT))


def _height(row) -> int:
    """How many lines a row takes."""
    table = grid("", "", "", ratios=(3, 5, 8))
    table.show_header = False
    table.add_row(*row)
    out = io.StringIO()
    Console(file=out, width=PIPED_WIDTH, highlight=False, markup=False, emoji=False, no_color=True).print(table)
    return len(out.getvalue().splitlines())


def write() -> None:
    """Put the sample into the README."""
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    fresh = "\n".join(shortened()) + "\n"
    path.write_text(BLOCK.sub(lambda m: m[1] + fresh + m[3], text), encoding="utf-8")


if __name__ == "__main__":
    write()
