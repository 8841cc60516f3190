"""Readings made by hand, for the tests of the rooms above reading."""

from __future__ import annotations

from sayso.records import (
    Actor,
    Event,
    Figure,
    MadeBy,
    Mention,
    Part,
    Participant,
    Place,
    Reading,
    Report,
    Site,
    Span,
    Statement,
    Time,
    When,
    stable_id,
)

MADE_BY = MadeBy(sayso="0.1.0", weights="aaaa", reference="bbbb")

TITLE = "Drones strike a power station"
BODY = (
    "Nearly 500 families lost power overnight in the port of Odesa, governor Oleh Kiper said on Saturday. "
    "At least 12 people were killed when attack drones struck a power station, he said. "
    "“We will rebuild,” the governor’s office promised."
)
TEXT = f"{TITLE}\n\n{BODY}"


def words(text: str, wanted: str, after: int = 0) -> Span:
    """The span of some words of a text."""
    start = text.index(wanted, after)
    return Span.of(text, start, start + len(wanted))


def report(text: str = TEXT, **known: object) -> Report:
    """A report with everything known about it."""
    facts: dict[str, object] = {
        "title": TITLE,
        "publisher": "Example Wire",
        "published": "2026-01-24",
        "url": "https://example.org/odesa",
        "external_id": "odesa.jsonl:1",
        "byline": "By A. Writer",
        "agency": "EXW",
        "language": "en",
        "path": "odesa.jsonl",
        "collected": "2026-01-24T10:00:00+00:00",
        "parts": (Part("title", 0, len(TITLE), None, 1), Part("body", len(TITLE) + 2, len(text), "2026-01-24", 1)),
        **known,
    }
    return Report.make(text, **facts)


def reading(of: Report | None = None, made_by: MadeBy = MADE_BY) -> Reading:
    """A reading with records of every kind, for a report whose text begins with that of `report()`."""
    of = of or report()
    text, key = of.text, of.id

    def at(wanted: str, after: int = 0) -> Span:
        return words(text, wanted, after)

    governor = Actor(stable_id(key, "actor", 1), "Oleh Kiper", "person", "UKR", "GOV", "governor", (at("Oleh Kiper"),))
    drones = Actor(stable_id(key, "actor", 2), "attack drones", "other", None, None, None, (at("attack drones"),))
    odesa = Place(
        stable_id(key, "place", 1), "Odesa", 698740, 46.482526, 30.723310, "Odesa Oblast", "UKR", "city", (at("Odesa"),)
    )
    port = Place(stable_id(key, "place", 2), "the port", None, None, None, None, None, "exact", (at("the port"),))
    night = When("2026-01-23", "2026-01-24", "night", "2026-01-23TNI", at("overnight"))
    said = Statement(
        stable_id(key, "statement", 1),
        at("governor Oleh Kiper"),
        governor.id,
        at("said on Saturday"),
        (at("Nearly 500 families lost power overnight in the port of Odesa"),),
        "indirect",
        "assertion",
        "named",
        None,
        0.9,
        ("language: frame said", "reading.statements: source by subject"),
    )
    he = Statement(
        stable_id(key, "statement", 2),
        at("he", text.index("station, he")),
        governor.id,
        at("said", text.index("station, he")),
        (at("At least 12 people were killed when"), at("attack drones struck a power station")),
        "indirect",
        "assertion",
        "named",
        said.id,
        0.81,
    )
    none = Statement(
        stable_id(key, "statement", 3),
        None,
        None,
        None,
        (at("We will rebuild"),),
        "direct",
        "promise",
        "none",
        None,
        0.5,
    )
    killed = Figure(
        stable_id(key, "figure", 1),
        at("At least 12 people"),
        at("12"),
        at("At least"),
        at("people"),
        "killed",
        12,
        None,
        "at_least",
        None,
        None,
        None,
        "event",
        None,
        "2026-01-24",
        "occurred",
        None,
        (3, None),
        stable_id(key, "event", 1),
        he.id,
        (Site(at("the port"), port.id, 1), Site(at("Odesa"), odesa.id)),
        night,
        0.88,
        ("reading.figures: hedge at_least",),
    )
    dark = Figure(
        stable_id(key, "figure", 2),
        at("Nearly 500 families"),
        at("500"),
        at("Nearly"),
        at("families"),
        "without_power",
        450,
        499,
        "nearly",
        "families",
        None,
        None,
        "event",
        None,
        None,
        "occurred",
        None,
        None,
        None,
        said.id,
        (),
        None,
        0.7,
    )
    strike = Event(
        stable_id(key, "event", 1),
        at("struck"),
        (Mention(at("strike"), None, "occurred"), Mention(at("killed"), he.id, "occurred")),
        "ASSAULT",
        ("drone",),
        "occurred",
        he.id,
        (Participant(at("attack drones"), drones.id, "claimed", he.id),),
        (Participant(at("a power station"), None, "asserted", None),),
        (at("drones", 40),),
        (Site(at("the port"), port.id, 1), Site(at("Odesa"), odesa.id)),
        night,
        ("military",),
        (killed.id,),
        0.6,
        {},
        ("language: event frame struck",),
    )
    rebuild = Event(
        stable_id(key, "event", 2),
        at("rebuild"),
        (),
        "AID",
        (),
        "planned",
        none.id,
        (),
        (),
        (),
        (),
        None,
        (),
        (),
        0.42,
        {"actors": "not named", "when": "not said"},
    )
    time = Time(at("overnight"), "TIME", "2026-01-23", "2026-01-24", "night", "2026-01-23TNI", None)
    return Reading(
        of, (said, he, none), (strike, rebuild), (dark, killed), (governor, drones), (odesa, port), (time,), made_by
    )


def many(count: int) -> list[Reading]:
    """Readings of different reports, 12 records each."""
    return [reading(report(f"{TEXT}\n\nReport number {n}.", external_id=f"many.jsonl:{n}")) for n in range(count)]
