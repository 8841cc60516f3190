"""The reading room: a report → its records."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from sayso._version import __version__
from sayso.language import Analysis, analyse, weights_hash
from sayso.reading import assemble, dating, events, figures, links, siting, statements, told
from sayso.reading.actors import Actors
from sayso.reading.context import Context
from sayso.reading.places import Places
from sayso.reading.quotes import Quotes
from sayso.reading.times import find as find_times
from sayso.records import MadeBy, Reading, Report

_REFERENCE = Path(__file__).parent / "reference"


def read(report: Report, analysis: Analysis | None = None) -> Reading:
    """All records of a report. Pure: the same report and version give the same reading.

    `analysis`: that of `report.text`, where the caller has it already.
    """
    ctx = Context(report, told.only(report, analysis or analyse(report.text, arguments=False)))
    if not ctx.tokens:
        return Reading(report, (), (), (), (), (), (), made_by())
    said = statements.drafts(ctx, Quotes(report.text))
    voices = statements.Voices(said)
    times, places = find_times(ctx), Places(ctx)
    happened, counted = events.drafts(ctx, voices), figures.drafts(ctx)
    dating.date(ctx, happened, times, said)
    siting.place(ctx, happened, places)
    links.figures_to_events(ctx, happened, counted)
    sources = [d.source for d in said if d.source]
    others = [r for e in happened for slot in ("actors", "recipients") for r, _ in e.gather(slot)]
    desk = assemble.Desk(ctx, said, happened, counted, times, places, Actors(ctx, places, sources, others))
    desk.number()
    return Reading(
        report=report,
        statements=assemble.statement_records(desk),
        events=assemble.event_records(desk),
        figures=assemble.figure_records(desk, voices),
        actors=desk.actors.records(),
        places=places.records(),
        times=tuple(t.record for t in times),
        made_by=made_by(),
    )


@lru_cache(maxsize=1)
def made_by() -> MadeBy:
    """The versions of what reads here: sayso, the weights, the reference tables."""
    digest = blake2b(digest_size=8)
    for file in sorted(_REFERENCE.iterdir()):
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return MadeBy(__version__, weights_hash(), digest.hexdigest())


__all__ = ["Analysis", "made_by", "read"]
