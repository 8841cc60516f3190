"""Which time expression dates which mention of an event."""

from __future__ import annotations

from bisect import bisect_right

from sayso.reading.context import Context
from sayso.reading.events import Draft as EventDraft
from sayso.reading.events import Named
from sayso.reading.statements import Draft as StatementDraft
from sayso.reading.status import DOUBT
from sayso.reading.times import Found as TimeFound

FAR = 4  # steps in the tree beyond which a time says nothing about an anchor; set on a fifth of gold train


def date(ctx: Context, events: list[EventDraft], times: list[TimeFound], said: list[StatementDraft]) -> None:
    """Sets `time` of each mention: the dated expression that the model links to it, else the nearest in the tree of its sentence.

    A time dates the mentions that it is nearest to, not all of its sentence; one that hangs on the cue of a statement
    (*said Monday*) dates the saying, not what is said.
    """
    cues = {i for d in said if d.cue for i in range(*d.cue)}
    mentions = [m for e in events for m in e.mentions]
    of_sentence: dict[int, list[int]] = {}
    for k, mention in enumerate(mentions):
        of_sentence.setdefault(ctx.number[mention.at[0]], []).append(k)
    best: dict[int, tuple[int, int]] = {}
    for number, time in enumerate(times):
        if time.when is None or time.record.type not in ("DATE", "TIME"):
            continue
        head = ctx.head(time.first, time.last)
        near = [
            (distance(ctx, head, ctx.head(*mentions[k].at)), k)
            for k in of_sentence.get(ctx.number[time.first], ())
            if ctx.tokens[head].head not in cues - set(range(*mentions[k].at))
        ]
        least = min(near, default=(FAR, 0))[0]
        for steps, k in near:
            if steps <= min(FAR, least) and (k not in best or steps < best[k][0]):
                best[k] = (steps, number)
    linked = _linked(mentions, times)
    for k, mention in enumerate(mentions):
        ruled = best[k][1] if k in best else None
        mention.time = linked.get(k, ruled)
        if k in linked and ruled is not None and linked[k] != ruled:
            mention.score *= DOUBT
            mention.trace.append("dating: the model links another time than the nearest")


def _linked(mentions: list[Named], times: list[TimeFound]) -> dict[int, int]:
    """The number of the dated expression that the model links to each mention, by the number of the mention."""
    found: dict[int, int] = {}
    starts = [t.first for t in times]
    for k, mention in enumerate(mentions):
        for run in sorted(mention.dated, key=lambda r: -r.score):
            at = bisect_right(starts, run.last - 1) - 1
            if at >= 0 and times[at].last > run.first and times[at].when is not None:
                found.setdefault(k, at)
    return found


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
