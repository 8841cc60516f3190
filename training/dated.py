"""The time expressions of gold reports with the days that they mean, as the product reads them."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.language import Analysis
from sayso.language.sentences import segment
from sayso.reading import times
from sayso.reading.context import Context
from sayso.records import Report

Dates = list[tuple[int, int, str]]  # start and end in the text, and the value as gold writes it


def dates(reports: list[dict]) -> Iterator[Dates]:
    """The dated expressions of each report, with values as in gold: a day, a month, a year, or two days and a stroke."""
    for raw in reports:
        report = Report.make(raw["text"], published=raw["published"])
        if not raw["published"]:
            yield []
            continue
        # Without trees, so that what is learnt does not hang on weights learnt before: of weekdays the last one is meant then.
        ctx = Context(report, Analysis(report.text, *segment(report.text)))
        yield [
            (f.record.span.start, f.record.span.end, _value(f.when.start, f.when.end))
            for f in times.find(ctx)
            if f.when is not None and f.record.type in ("DATE", "TIME")
        ]


def _value(start: str, end: str) -> str:
    """As gold: a whole month or year by its name, one day once."""
    a, b = start[:10], end[:10]
    if a == b:
        return a
    if a[5:] == "01-01" and b[5:] == "12-31" and a[:4] == b[:4]:
        return a[:4]
    if a[:7] == b[:7] and a[8:] == "01" and b[8:] >= "28":
        return a[:7]
    return f"{a}/{b}"
