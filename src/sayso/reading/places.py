"""Where: names of places."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.reading.context import Context
from sayso.records import Place, Span, stable_id

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A named place inside a range: its id, the words of the name, and how wide it is (0 a point … 4 a country)."""

    id: str
    span: Span
    rank: int


class Places:
    """The places of a report."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self._names = [(n.first, n.last) for n in ctx.analysis.names if n.label == "location"]

    def at(self, found: Range) -> Hit | None:
        """The place named inside a range of tokens."""
        for first, last in self._names:
            if first < found[1] and found[0] < last:
                span = self.ctx.span(first, last)
                return Hit(stable_id(self.ctx.report.id, "place", span.text.lower()), span, 2)
        return None

    def contains(self, outer: str | None, inner: str | None) -> bool:
        """Whether one place lies in the other."""
        return False

    def records(self) -> tuple[Place, ...]:
        """The places in text order."""
        return ()
