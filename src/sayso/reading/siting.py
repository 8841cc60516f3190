"""Where an event took place whose own words name no place: the place that is named nearest to it."""

from __future__ import annotations

from sayso.reading.context import Context
from sayso.reading.events import Draft
from sayso.reading.places import Places

# Types that happen somewhere rather than between somebody; speech acts and agreements are left without a place.
PHYSICAL = frozenset("ASSAULT PROTEST DISASTER ACCIDENT OUTBREAK DISRUPTION".split())


def place(ctx: Context, events: list[Draft], places: Places) -> None:
    """Gives events without a place the nearest one named in the sentence, else the last of the sentence before."""
    for event in events:
        if event.type not in PHYSICAL or any(places.at(r) for r, _ in event.gather("where")):
            continue
        for mention in event.mentions:
            near = places.near(mention.at[0], [*mention.actors, *mention.recipients])
            if near is not None:
                mention.where.append(near)
                mention.trace.append(f"siting: nearest place named, {ctx.words(*near)!r}")
                break
