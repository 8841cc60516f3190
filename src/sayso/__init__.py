"""sayso: on whose say-so? Reads news reports and keeps a ledger of what they say.

>>> import sayso
>>> report = sayso.read("examples/courier.md")   # a file, or the text itself
>>> report.statements, report.events, report.figures
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sayso._version import __version__

if TYPE_CHECKING:
    from sayso.records import Reading


def read(what: str | Path, *, published: str | None = None) -> Reading:
    """Read one report: a `Path`, the path of a file that exists, or the text of a report itself.

    `published` (`YYYY-MM-DD`, or with `THH:MM`) fills a missing date. Raises `sayso.errors.InputError` where the file can not
    be read; of a JSONL file the first report is read. The result has `text`, `statements`, `events`, `figures`, `actors`,
    `places`, `times`, and `to_json()`.
    """
    from sayso import ingest, reading

    if isinstance(what, Path) or ("\n" not in what and len(what) < 1000 and Path(what).is_file()):
        for loaded in ingest.reports([what], published=published):
            if not isinstance(loaded, ingest.Problem):
                return reading.read(loaded)
            if not loaded.warning:
                raise loaded.error
    return reading.read(ingest.report_from_text(str(what), published=published))


__all__ = ["__version__", "read"]
