"""Drafts of all readers → the records of one report, with their ids, voices and links."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from sayso.reading import cues, events, figures, statements, status
from sayso.reading.actors import Actors
from sayso.reading.context import Context
from sayso.reading.places import Places
from sayso.reading.times import Found as TimeFound
from sayso.records import Event, Figure, Mention, Participant, Site, Span, Statement, When, stable_id

Range = tuple[int, int]
CLAIMED = {"denied": "denied", "alleged": "alleged"}


@dataclass(slots=True)
class Desk:
    """Everything that was found in a report, before it is written down."""

    ctx: Context
    statements: list[statements.Draft]
    events: list[events.Draft]
    figures: list[figures.Draft]
    times: list[TimeFound]
    places: Places
    actors: Actors
    statement_ids: list[str] = field(default_factory=list)
    event_ids: list[str] = field(default_factory=list)
    figure_ids: list[str] = field(default_factory=list)
    found: dict[int, tuple[Site, ...]] = field(default_factory=dict)  # places by number of the event

    def number(self) -> None:
        """Give every draft its id: the hash of report, kind and spans; the same words twice are told apart by a count."""
        self.statement_ids = self._ids("statement", [self._spans(d.source, d.cue, *d.content) for d in self.statements])
        self.event_ids = self._ids("event", [self._spans(d.main.at) for d in self.events])
        self.figure_ids = self._ids("figure", [self._spans(d.span, d.number) for d in self.figures])

    def _ids(self, kind: str, keys: list[str]) -> list[str]:
        seen: dict[str, int] = {}
        made = []
        for key in keys:
            seen[key] = seen.get(key, 0) + 1
            again = seen[key] if seen[key] > 1 else None
            made.append(stable_id(self.ctx.report.id, kind, key, again))
        return made

    def _spans(self, *ranges: Range | None) -> str:
        spans = [self.ctx.span(*r) for r in ranges if r]
        return " ".join(f"{s.start}:{s.end}" for s in spans)

    def voice(self, number: int | None) -> str | None:
        """The id of the statement of that number."""
        return None if number is None else self.statement_ids[number]


# --- statements -------------------------------------------------------------------------------------------------------


def statement_records(desk: Desk) -> tuple[Statement, ...]:
    """The statements, in text order."""
    return tuple(_statement(desk, k, draft) for k, draft in enumerate(desk.statements))


def _statement(desk: Desk, number: int, draft: statements.Draft) -> Statement:
    ctx = desk.ctx
    actor = desk.actors.at(draft.source) if draft.source else None
    phrase = ctx.words(*draft.cue) if draft.cue else ""
    head = ctx.tokens[ctx.head(*draft.cue)] if draft.cue else None
    unclear = bool(draft.source and desk.actors.doubted(draft.source))
    doubted = ("actors: rules and model differ on whom the source stands for",) if unclear else ()
    return Statement(
        id=desk.statement_ids[number],
        source=ctx.span(*draft.source) if draft.source else None,
        actor=actor,
        cue=ctx.span(*draft.cue) if draft.cue else None,
        content=tuple(ctx.span(*r) for r in draft.content),
        manner=draft.manner,
        kind=cues.kind(head.lemma, phrase, head.text) if head else "assertion",
        sourcing=_sourcing(desk, draft),
        within=desk.voice(draft.within),
        confidence=round(draft.score * (status.DOUBT if doubted else 1.0), 2),
        trace=(*draft.trace, *doubted),
    )


def _sourcing(desk: Desk, draft: statements.Draft) -> str:
    """Whether the source has a name (its own, or that of whom the pronoun stands for), is a document, unnamed, or none."""
    if draft.source is None:
        return "none"
    head = desk.ctx.tokens[desk.ctx.head(*draft.source)]
    if head.lemma.lower() in cues.DOCUMENTS and head.upos == "NOUN":
        return "document"
    return "named" if desk.actors.is_named(draft.source) else "unnamed"


# --- events -----------------------------------------------------------------------------------------------------------


def event_records(desk: Desk) -> tuple[Event, ...]:
    """The events, in text order."""
    owned: dict[int, list[str]] = {}
    for figure, figure_id in zip(desk.figures, desk.figure_ids, strict=True):
        if figure.event is not None:
            owned.setdefault(figure.event, []).append(figure_id)
    return tuple(_event(desk, k, draft, tuple(owned.get(k, ()))) for k, draft in enumerate(desk.events))


def _event(desk: Desk, number: int, draft: events.Draft, owned: tuple[str, ...]) -> Event:
    main = draft.main
    actors, recipients = _participants(desk, draft, "actors"), _participants(desk, draft, "recipients")
    where, when = _where(desk, number), _when(desk, draft)
    return Event(
        id=desk.event_ids[number],
        anchor=desk.ctx.span(*main.at),
        also=tuple(
            Mention(desk.ctx.span(*m.at), desk.voice(m.voice), m.status)
            for m in sorted(draft.mentions[1:], key=lambda m: m.at)
        ),
        type=draft.type,
        mode=events.modes_of(desk.ctx, draft),
        status=main.status,
        statement=desk.voice(main.voice),
        actors=actors,
        recipients=recipients,
        instruments=tuple(desk.ctx.span(*r) for r in events.instruments_of(desk.ctx, draft)),
        where=where,
        when=when,
        contexts=(),
        figures=owned,
        confidence=round(max(m.score for m in draft.mentions), 2),
        reasons=_reasons(desk, draft, actors, recipients, where, when),
        trace=tuple(line for m in draft.mentions for line in m.trace),
    )


def _participants(desk: Desk, draft: events.Draft, slot: str) -> tuple[Participant, ...]:
    made: list[Participant] = []
    for filler, mention in draft.gather(slot):
        actor = desk.actors.at(filler)
        if actor is not None and any(p.actor == actor for p in made):
            continue
        claim = CLAIMED.get(mention.status, "asserted" if mention.voice is None else "claimed")
        made.append(Participant(desk.ctx.span(*filler), actor, claim, desk.voice(mention.voice)))
    return tuple(made)


def sites(desk: Desk, ranges: list[Range]) -> tuple[Site, ...]:
    """The places named, each once, most precise first; `within` points at the next that contains it."""
    found: list[tuple[Span, str | None, int]] = []
    for r in ranges:
        place = desk.places.at(r)
        if place is not None and any(place.id == known for _, known, _ in found):
            continue
        span = place.span if place is not None else desk.ctx.span(*r)
        found.append((span, place.id if place else None, place.rank if place else 3))
    found.sort(key=lambda f: f[2])
    made = []
    for k, (span, place_id, _) in enumerate(found):
        inside = next((j for j in range(k + 1, len(found)) if desk.places.contains(found[j][1], place_id)), None)
        made.append(Site(span, place_id, inside))
    return tuple(made)


def _where(desk: Desk, number: int) -> tuple[Site, ...]:
    """The places of an event, found once: many figures may ask for them."""
    if number not in desk.found:
        desk.found[number] = sites(desk, [r for r, _ in desk.events[number].gather("where")])
    return desk.found[number]


def _when(desk: Desk, draft: events.Draft) -> When | None:
    for mention in draft.mentions:
        if mention.time is not None:
            return desk.times[mention.time].when
    return None


def _reasons(desk: Desk, draft: events.Draft, *slots: object) -> dict[str, str]:
    """Why a slot is empty."""
    texts = {
        "actors": "passive or no doer named"
        if _is_passive(desk.ctx, draft)
        else "no doer named in the sentences that tell it",
        "recipients": "nobody named that it was done to",
        "where": "no place named in the sentences that tell it",
        "when": "the report has no date"
        if desk.ctx.report.published is None
        else "no time named in the sentences that tell it",
    }
    return {name: why for (name, why), filled in zip(texts.items(), slots, strict=True) if not filled}


def _is_passive(ctx: Context, draft: events.Draft) -> bool:
    return any(ctx.child(ctx.head(*m.at), "nsubj:pass", "aux:pass") is not None for m in draft.mentions)


# --- figures ----------------------------------------------------------------------------------------------------------


def figure_records(desk: Desk, voices: statements.Voices) -> tuple[Figure, ...]:
    """The figures, in text order."""
    return tuple(_figure(desk, k, draft, voices) for k, draft in enumerate(desk.figures))


def _figure(desk: Desk, number: int, draft: figures.Draft, voices: statements.Voices) -> Figure:
    ctx = desk.ctx
    event = desk.events[draft.event] if draft.event is not None else None
    when = _when(desk, event) if event else None
    cumulative = draft.scope == "cumulative"
    return Figure(
        id=desk.figure_ids[number],
        span=ctx.span(*draft.span),
        number=ctx.span(*draft.number),
        hedge_span=ctx.span(*draft.hedge_at) if draft.hedge_at else None,
        item=ctx.span(*draft.item) if draft.item else None,
        measure=draft.measure,
        low=draft.low,
        high=draft.high,
        hedge=draft.hedge,
        unit=draft.unit,
        currency=draft.currency,
        population=draft.population,
        scope=draft.scope,
        since=_since(desk, draft) if cumulative else None,
        as_of=ctx.report.published[:10] if cumulative and ctx.report.published else None,
        status=event.main.status if event else status.of_clause(ctx, ctx.head(*draft.span)),
        part_of=desk.figure_ids[draft.part_of] if draft.part_of is not None else None,
        was=draft.was,
        event=desk.event_ids[draft.event] if draft.event is not None else None,
        statement=desk.voice(voices.at(draft.number[0])),
        where=_where(desk, draft.event) if draft.event is not None else (),
        when=when,
        confidence=round(draft.score, 2),
        trace=tuple(draft.trace),
    )


def _since(desk: Desk, draft: figures.Draft) -> str | None:
    """The day, month or year that a total counts from: a time after *since* in the same sentence."""
    sentence = desk.ctx.sentence(draft.at)
    number = bisect_left(desk.times, sentence.first, key=lambda t: t.first)
    while number < len(desk.times) and desk.times[number].first < sentence.last:
        if since := desk.times[number].since:
            return since
        number += 1
    return None


__all__ = ["Desk", "event_records", "figure_records", "sites", "statement_records"]
