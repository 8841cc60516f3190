"""The JSON of the contract: one report a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from sayso.export.whole import whole_file
from sayso.records import Reading

# Ends of line to Unicode but not to JSON: escaped, so that every tool agrees what one line is.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def line(reading: Reading) -> str:
    """A reading as one line of JSON without its line end.

    Keys in the order of docs/records.md; decimals rounded to two places and written as short as they go (0.9, not 0.90).
    """
    return json.dumps(reading.to_json(), ensure_ascii=False).translate(_LINE_ENDS)


def write_jsonl(readings: Iterable[Reading], to: Path) -> None:
    """Write readings to a file, one a line, UTF-8; whole or not at all."""
    with whole_file(to) as path, path.open("w", encoding="utf-8", newline="\n") as out:
        for reading in readings:
            out.write(line(reading) + "\n")
