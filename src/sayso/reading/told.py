"""What of a page is told by the report itself: credits, notes and links to other articles are not."""

from __future__ import annotations

from sayso.language import Analysis, Found, Frame
from sayso.reading.context import UNTOLD
from sayso.records import Report


def only(report: Report, analysis: Analysis) -> Analysis:
    """The analysis without what was found in parts that the report does not tell. Tokens and sentences stay."""
    skipped = [(p.start, p.end) for p in report.parts if p.kind in UNTOLD]
    if not skipped:
        return analysis
    tokens = analysis.tokens

    def kept(found: Found) -> bool:
        start = tokens[found.first].start
        return not any(a <= start < b for a, b in skipped)

    def frames(found: list[Frame]) -> list[Frame]:
        return [f for f in found if kept(f.trigger)]

    order = {k: n for n, k in enumerate(k for k, f in enumerate(analysis.events) if kept(f.trigger))}
    return Analysis(
        analysis.text,
        tokens,
        analysis.sentences,
        names=[n for n in analysis.names if kept(n)],
        attributions=frames(analysis.attributions),
        events=frames(analysis.events),
        figures=frames(analysis.figures),
        predicates=frames(analysis.predicates),
        chains=[c for chain in analysis.chains if len(c := tuple(p for p in chain if kept(p))) > 1],
        same={(order[i], order[j]): s for (i, j), s in analysis.same.items() if i in order and j in order},
    )
