"""Which event a figure counts the harm or the means of."""

from __future__ import annotations

from sayso.reading.context import Context
from sayso.reading.events import Draft as EventDraft
from sayso.reading.events import Named
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


Told = dict[int, list[tuple[int, Named]]]  # number of a sentence → the mentions in it, with the numbers of their events


def figures_to_events(ctx: Context, events: list[EventDraft], figures: list[FigureDraft]) -> None:
    """Sets `event` of each figure: the event the model links, one whose participant it is, or the nearest that fits."""
    told: Told = {}
    for number, event in enumerate(events):
        for mention in event.mentions:
            told.setdefault(ctx.number[mention.at[0]], []).append((number, mention))
    for figure in figures:
        here = told.get(ctx.number[figure.at], [])
        figure.event = _linked(here, figure)
        if figure.event is None:
            figure.event = _nearest(here, told.get(ctx.number[figure.at] - 1, []), figure)
    for figure in figures:
        if figure.part_of is not None and figure.event is None:
            figure.event = figures[figure.part_of].event


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _linked(here: list[tuple[int, Named]], figure: FigureDraft) -> int | None:
    """An event one of whose mentions has the figure among its figures, or its people among its participants."""
    for number, mention in here:
        if any(_touch(r, figure.span) for r in mention.figures):
            figure.trace.append("language: figure linked to its event")
            return number
    fits = TYPES.get(figure.measure, ())
    for number, mention in here:
        if mention.type in fits and any(_touch(r, figure.span) for r in (*mention.recipients, *mention.actors)):
            figure.trace.append("links: the figure counts a participant of the event")
            return number
    return None


def _nearest(here: list[tuple[int, Named]], before: list[tuple[int, Named]], figure: FigureDraft) -> int | None:
    """The nearest event of a fitting type in the same sentence, else the last one that the sentence before names."""
    fits = TYPES.get(figure.measure, ())
    found = [(abs(m.at[0] - figure.at), number) for number, m in here if m.type in fits]
    if found:
        figure.trace.append("links: nearest event of a fitting type in the sentence")
        return min(found)[1]
    recent = [(m.at, number) for number, m in before if m.type in fits]
    return max(recent)[1] if recent else None
