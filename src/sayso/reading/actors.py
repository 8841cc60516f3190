"""Who speaks and acts: mentions of one being joined into actors."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.reading.context import Context
from sayso.reading.places import Places
from sayso.records import Actor, stable_id

Range = tuple[int, int]


class Actors:
    """The actors of a report. `sources` and `others` are the token ranges that name them."""

    def __init__(self, ctx: Context, places: Places, sources: Iterable[Range], others: Iterable[Range]) -> None:
        self.ctx = ctx
        self._of: dict[Range, str] = {}
        self._mentions: dict[str, list[Range]] = {}
        for r in sorted({*sources, *others}):
            key = ctx.words(*r)
            self._of[r] = stable_id(ctx.report.id, "actor", key)
            self._mentions.setdefault(self._of[r], []).append(r)

    def at(self, found: Range) -> str | None:
        """The id of the actor that a range names."""
        return self._of.get(found)

    def is_named(self, found: Range) -> bool:
        """Whether the actor has a name."""
        return any(self.ctx.tokens[i].upos == "PROPN" for i in range(*found))

    def records(self) -> tuple[Actor, ...]:
        """The actors in text order."""
        return tuple(
            Actor(k, self.ctx.span(*v[0]).text, "other", None, None, None, tuple(self.ctx.span(*r) for r in v))
            for k, v in self._mentions.items()
        )
