"""Which event a figure counts the harm or the means of."""

from __future__ import annotations

from sayso.reading.context import Context
from sayso.reading.events import Draft as EventDraft
from sayso.reading.figures import Draft as FigureDraft

# The type of event that a measure mostly belongs to; others are taken only where the model links them.
TYPES = {
    "killed": ("ASSAULT", "ACCIDENT", "DISASTER", "OUTBREAK"),
    "injured": ("ASSAULT", "ACCIDENT", "DISASTER"),
    "missing": ("DISASTER", "ACCIDENT", "ASSAULT"),
    "detained": ("COERCE",),
    "arrested": ("COERCE",),
    "abducted": ("ASSAULT",),
    "released": ("RETREAT", "CONCEDE"),
    "displaced": ("ASSAULT", "DISASTER"),
    "evacuated": ("AID", "DISASTER"),
    "rescued": ("AID",),
    "trapped": ("ACCIDENT", "DISASTER"),
    "protesters": ("PROTEST",),
    "troops": ("MOBILIZE", "ASSAULT", "RETREAT", "AID"),
    "hospitalised": ("OUTBREAK", "ACCIDENT", "ASSAULT"),
    "homeless": ("DISASTER",),
    "affected": ("DISASTER", "ASSAULT", "ACCIDENT"),
    "infected": ("OUTBREAK",),
    "without_power": ("DISRUPTION", "ASSAULT"),
    "without_heating": ("DISRUPTION", "ASSAULT"),
    "without_water": ("DISRUPTION", "ASSAULT"),
    "weapons_launched": ("ASSAULT",),
    "weapons_intercepted": ("ASSAULT",),
    "buildings_hit": ("ASSAULT", "DISASTER", "ACCIDENT"),
    "vehicles_hit": ("ASSAULT", "ACCIDENT"),
    "aid_delivered": ("AID",),
    "money": ("AID",),
}


def figures_to_events(ctx: Context, events: list[EventDraft], figures: list[FigureDraft]) -> None:
    """Sets `event` of each figure: the event the model links, one whose participant it is, or the nearest that fits."""
    for figure in figures:
        figure.event = _linked(events, figure)
        if figure.event is None:
            figure.event = _nearest(ctx, events, figure)
    for figure in figures:
        if figure.part_of is not None and figure.event is None:
            figure.event = figures[figure.part_of].event


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _linked(events: list[EventDraft], figure: FigureDraft) -> int | None:
    """An event one of whose mentions has the figure among its figures, or its people among its participants."""
    for number, event in enumerate(events):
        for mention in event.mentions:
            if any(_touch(r, figure.span) for r in mention.figures):
                figure.trace.append("language: figure linked to its event")
                return number
    for number, event in enumerate(events):
        for mention in event.mentions:
            if any(_touch(r, figure.span) for r in (*mention.recipients, *mention.actors)) and event.type in TYPES.get(
                figure.measure, ()
            ):
                figure.trace.append("links: the figure counts a participant of the event")
                return number
    return None


def _nearest(ctx: Context, events: list[EventDraft], figure: FigureDraft) -> int | None:
    """The nearest event of a fitting type in the same sentence, else one that the sentence before names."""
    sentence = ctx.sentence(figure.at)
    fits = TYPES.get(figure.measure, ())
    found = [
        (abs(m.at[0] - figure.at), number)
        for number, event in enumerate(events)
        for m in event.mentions
        if event.type in fits and sentence.first <= m.at[0] < sentence.last
    ]
    if found:
        figure.trace.append("links: nearest event of a fitting type in the sentence")
        return min(found)[1]
    before = [n for n, e in enumerate(events) if e.type in fits and min(m.at[0] for m in e.mentions) < sentence.first]
    recent = [n for n in before if any(ctx.sentence(m.at[0]).last == sentence.first for m in events[n].mentions)]
    return recent[-1] if recent else None
