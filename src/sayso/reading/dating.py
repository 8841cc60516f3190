"""Which time expression dates which mention of an event."""

from __future__ import annotations

from sayso.reading.context import Context
from sayso.reading.events import Draft as EventDraft
from sayso.reading.events import Named
from sayso.reading.statements import Draft as StatementDraft
from sayso.reading.times import Found as TimeFound

FAR = 7  # steps in the tree beyond which a time says nothing about an anchor


def date(ctx: Context, events: list[EventDraft], times: list[TimeFound], said: list[StatementDraft]) -> None:
    """Sets `time` of each mention: the dated expression of its sentence that is nearest in the tree.

    A time that hangs on the cue of a statement (*said Monday*) dates the saying, not what is said.
    """
    cues = {i for d in said if d.cue for i in range(*d.cue)}
    dated = [(k, t) for k, t in enumerate(times) if t.when is not None and t.record.type in ("DATE", "TIME")]
    for event in events:
        for mention in event.mentions:
            mention.time = _nearest(ctx, mention, dated, cues - set(range(*mention.at)))


def _nearest(ctx: Context, mention: Named, dated: list[tuple[int, TimeFound]], cues: set[int]) -> int | None:
    sentence = ctx.sentence(mention.at[0])
    best: tuple[int, int, int] | None = None
    for number, time in dated:
        if not sentence.first <= time.first < sentence.last:
            continue
        head = ctx.head(time.first, time.last)
        if ctx.tokens[head].head in cues:
            continue
        steps = distance(ctx, head, ctx.head(*mention.at))
        candidate = (steps, abs(time.first - mention.at[0]), number)
        if steps <= FAR and (best is None or candidate < best):
            best = candidate
    return best[2] if best else None


def distance(ctx: Context, a: int, b: int) -> int:
    """Steps between two tokens of one sentence in its tree."""
    ups = {a: 0}
    for step, node in enumerate(ctx.path_up(a), 1):
        ups[node] = step
    if b in ups:
        return ups[b]
    for step, node in enumerate(ctx.path_up(b), 1):
        if node in ups:
            return step + ups[node]
    return len(ctx.tokens)
