"""The records of sayso: what a report is turned into.

Frozen, slotted dataclasses, one for each record of the contract (docs/records.md). Offsets are Unicode code points into
`Report.text`, half-open. `to_json` gives the keys of the contract in their order; `from_json` reads them back.
Imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

Json = dict[str, Any]


def stable_id(*parts: object) -> str:
    """A 16-digit hexadecimal hash of the parts: same parts, same id, on every machine."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Some words of a report: `report.text[start:end] == text`."""

    start: int
    end: int
    text: str = field(compare=False)

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of `text` from `start` to `end` (code points, half-open)."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no span {start}:{end} in a text of {len(text)}")
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def to_json(self) -> Json:
        """`{"start", "end", "text"}`."""
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the report's text that is of one kind.

    `kind` is one of title, dek, body, caption, credit, related, note, post, question, answer. `when` is its own date (ISO)
    where it has one; `page` the page of a PDF on which it begins, counted from 1 (kept in the ledger, not in the JSON).
    """

    kind: str
    start: int
    end: int
    when: str | None = None
    page: int | None = None

    def to_json(self) -> Json:
        """`{"kind", "start", "end", "when"}`."""
        return {"kind": self.kind, "start": self.start, "end": self.end, "when": self.when}


@dataclass(frozen=True, slots=True)
class Report:
    """One news report: its canonical text, and what is known about it.

    `published` is an ISO date, or date and time, as precise as known. `path` and `collected` say where and when it came in;
    they are no part of its identity.
    """

    id: str
    text: str
    external_id: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    parts: tuple[Part, ...] = ()
    agency: str | None = None
    path: str | None = None
    collected: str | None = None

    @classmethod
    def make(cls, text: str, **known: Any) -> Report:
        """A report with its id: the hash of text, title, published, publisher and url."""
        keys = ("title", "published", "publisher", "url")
        return cls(id=stable_id("report", text, *(known.get(k) for k in keys)), text=text, **known)

    def span(self, start: int, end: int) -> Span:
        """The words from `start` to `end`."""
        return Span.of(self.text, start, end)

    def to_json(self) -> Json:
        """The object under the key `report` of the contract."""
        return {
            "id": self.id,
            "external_id": self.external_id,
            "title": self.title,
            "byline": self.byline,
            "publisher": self.publisher,
            "published": self.published,
            "url": self.url,
            "language": self.language,
            "text": self.text,
            "parts": [p.to_json() for p in self.parts],
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says, thinks, orders or shows something."""

    id: str
    source: Span | None
    actor: str | None
    cue: Span | None
    content: tuple[Span, ...]
    manner: str
    kind: str
    sourcing: str
    within: str | None
    confidence: float
    trace: tuple[str, ...] = field(default=(), compare=False)

    def to_json(self) -> Json:
        """The object of the contract."""
        return {
            "id": self.id,
            "source": _span(self.source),
            "actor": self.actor,
            "cue": _span(self.cue),
            "content": [s.to_json() for s in self.content],
            "manner": self.manner,
            "kind": self.kind,
            "sourcing": self.sourcing,
            "within": self.within,
            "confidence": round(self.confidence, 2),
        }


@dataclass(frozen=True, slots=True)
class Mention:
    """Another mention of an event, with its own voice and status."""

    span: Span
    statement: str | None
    status: str

    def to_json(self) -> Json:
        """The span's keys, then `statement` and `status`."""
        return {**self.span.to_json(), "statement": self.statement, "status": self.status}


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or recipient of an event; `status` is asserted, claimed, alleged or denied."""

    span: Span
    actor: str | None
    status: str
    statement: str | None

    def to_json(self) -> Json:
        """The span's keys, then `actor`, `status`, `statement`."""
        return {**self.span.to_json(), "actor": self.actor, "status": self.status, "statement": self.statement}


@dataclass(frozen=True, slots=True)
class Site:
    """Where: a place as named, most precise first; `within` (JSON: `in`) is the index of the site that contains it."""

    span: Span
    place: str | None
    within: int | None = None

    def to_json(self) -> Json:
        """The span's keys, then `place` and `in`."""
        return {**self.span.to_json(), "place": self.place, "in": self.within}


@dataclass(frozen=True, slots=True)
class When:
    """A time: `start` and `end` (inclusive, civil time, `YYYY-MM-DD` or with `THH:MM`), `granularity`, `timex` (TIMEX3 value)."""

    start: str | None
    end: str | None
    granularity: str
    timex: str
    span: Span | None = None

    def to_json(self) -> Json:
        """The object of the contract."""
        return {
            "start": self.start,
            "end": self.end,
            "granularity": self.granularity,
            "timex": self.timex,
            "span": _span(self.span),
        }


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody does something to somebody, or something happens to people."""

    id: str
    anchor: Span
    also: tuple[Mention, ...]
    type: str
    mode: tuple[str, ...]
    status: str
    statement: str | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    instruments: tuple[Span, ...]
    where: tuple[Site, ...]
    when: When | None
    contexts: tuple[str, ...]
    figures: tuple[str, ...]
    confidence: float
    reasons: Mapping[str, str]
    trace: tuple[str, ...] = field(default=(), compare=False)

    def to_json(self) -> Json:
        """The object of the contract."""
        return {
            "id": self.id,
            "anchor": self.anchor.to_json(),
            "also": [m.to_json() for m in self.also],
            "type": self.type,
            "mode": list(self.mode),
            "status": self.status,
            "statement": self.statement,
            "actors": [p.to_json() for p in self.actors],
            "recipients": [p.to_json() for p in self.recipients],
            "instruments": [s.to_json() for s in self.instruments],
            "where": [s.to_json() for s in self.where],
            "when": self.when.to_json() if self.when else None,
            "contexts": list(self.contexts),
            "figures": list(self.figures),
            "confidence": round(self.confidence, 2),
            "reasons": dict(self.reasons),
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted consequence or resource, as the interval that its words allow (`high` None: open)."""

    id: str
    span: Span
    number: Span
    hedge_span: Span | None
    item: Span | None
    measure: str
    low: float | None
    high: float | None
    hedge: str
    unit: str | None
    currency: str | None
    population: str | None
    scope: str
    since: str | None
    as_of: str | None
    status: str
    part_of: str | None
    was: tuple[float | None, float | None] | None
    event: str | None
    statement: str | None
    where: tuple[Site, ...]
    when: When | None
    confidence: float
    trace: tuple[str, ...] = field(default=(), compare=False)

    def to_json(self) -> Json:
        """The object of the contract."""
        return {
            "id": self.id,
            "span": self.span.to_json(),
            "number": self.number.to_json(),
            "hedge_span": _span(self.hedge_span),
            "item": _span(self.item),
            "measure": self.measure,
            "low": _number(self.low),
            "high": _number(self.high),
            "hedge": self.hedge,
            "unit": self.unit,
            "currency": self.currency,
            "population": self.population,
            "scope": self.scope,
            "since": self.since,
            "as_of": self.as_of,
            "status": self.status,
            "part_of": self.part_of,
            "was": [_number(self.was[0]), _number(self.was[1])] if self.was else None,
            "event": self.event,
            "statement": self.statement,
            "where": [s.to_json() for s in self.where],
            "when": self.when.to_json() if self.when else None,
            "confidence": round(self.confidence, 2),
        }


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who says or does something in the report."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    role: str | None
    mentions: tuple[Span, ...]

    def to_json(self) -> Json:
        """The object of the contract."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "sector": self.sector,
            "role": self.role,
            "mentions": [s.to_json() for s in self.mentions],
        }


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the report names; unresolved where `gazetteer_id` is None."""

    id: str
    name: str
    gazetteer_id: int | None
    latitude: float | None
    longitude: float | None
    admin1: str | None
    country: str | None
    precision: str
    mentions: tuple[Span, ...]

    def to_json(self) -> Json:
        """The object of the contract; degrees with two decimals."""
        return {
            "id": self.id,
            "name": self.name,
            "gazetteer_id": self.gazetteer_id,
            "latitude": None if self.latitude is None else round(self.latitude, 2),
            "longitude": None if self.longitude is None else round(self.longitude, 2),
            "admin1": self.admin1,
            "country": self.country,
            "precision": self.precision,
            "mentions": [s.to_json() for s in self.mentions],
        }


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: TIMEX3 `type` (DATE, TIME, DURATION, SET), value and interval; `mod` as in TIMEX3."""

    span: Span
    type: str
    start: str | None
    end: str | None
    granularity: str
    timex: str
    mod: str | None = None

    def to_json(self) -> Json:
        """The object of the contract."""
        return {
            "span": self.span.to_json(),
            "type": self.type,
            "start": self.start,
            "end": self.end,
            "granularity": self.granularity,
            "timex": self.timex,
            "mod": self.mod,
        }


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The versions of what made the records."""

    sayso: str
    weights: str
    reference: str

    def to_json(self) -> Json:
        """`{"sayso", "weights", "reference"}`."""
        return {"sayso": self.sayso, "weights": self.weights, "reference": self.reference}


@dataclass(frozen=True, slots=True)
class Reading:
    """A report with all that sayso reads in it."""

    report: Report
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    made_by: MadeBy

    @property
    def text(self) -> str:
        """The report's text."""
        return self.report.text

    @property
    def title(self) -> str | None:
        """The report's title."""
        return self.report.title

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor of that id."""
        return next((a for a in self.actors if a.id == actor_id), None)

    def place(self, place_id: str | None) -> Place | None:
        """The place of that id."""
        return next((p for p in self.places if p.id == place_id), None)

    def statement(self, statement_id: str | None) -> Statement | None:
        """The statement of that id."""
        return next((s for s in self.statements if s.id == statement_id), None)

    def sources(self, record: Statement | Event | Figure | Mention | Participant) -> tuple[Statement, ...]:
        """The chain of voices of a record, outermost first; empty is the report's own voice."""
        chain: list[Statement] = []
        link = record.within if isinstance(record, Statement) else record.statement
        while link and (found := self.statement(link)) and found not in chain:
            chain.insert(0, found)
            link = found.within
        return tuple(chain)

    def to_json(self) -> Json:
        """One line of `sayso read --format json`."""
        return {
            "report": self.report.to_json(),
            "statements": [x.to_json() for x in self.statements],
            "events": [x.to_json() for x in self.events],
            "figures": [x.to_json() for x in self.figures],
            "actors": [x.to_json() for x in self.actors],
            "places": [x.to_json() for x in self.places],
            "times": [x.to_json() for x in self.times],
            "made_by": self.made_by.to_json(),
        }

    def spans(self) -> Iterable[Span]:
        """Every span of every record, in no particular order."""
        for s in self.statements:
            yield from filter(None, (s.source, s.cue, *s.content))
        for e in self.events:
            yield from (e.anchor, *(m.span for m in e.also), *e.instruments)
            yield from (x.span for x in (*e.actors, *e.recipients))
            yield from (x.span for x in e.where)
            if e.when and e.when.span:
                yield e.when.span
        for f in self.figures:
            yield from filter(None, (f.span, f.number, f.hedge_span, f.item))
            yield from (x.span for x in f.where)
            if f.when and f.when.span:
                yield f.when.span
        for a in self.actors:
            yield from a.mentions
        for p in self.places:
            yield from p.mentions
        for t in self.times:
            yield t.span


def _span(span: Span | None) -> Json | None:
    return span.to_json() if span else None


def _number(value: float | None) -> int | float | None:
    """Whole numbers as integers, others with two decimals."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 2)


# --- reading records back -------------------------------------------------------------------------------------------


def _read_span(raw: Json | None) -> Span | None:
    return Span(raw["start"], raw["end"], raw["text"]) if raw else None


def _need_span(raw: Json) -> Span:
    return Span(raw["start"], raw["end"], raw["text"])


def _read_when(raw: Json | None) -> When | None:
    if not raw:
        return None
    return When(raw["start"], raw["end"], raw["granularity"], raw["timex"], _read_span(raw.get("span")))


def _read_sites(raw: Iterable[Json]) -> tuple[Site, ...]:
    return tuple(Site(_need_span(x), x["place"], x["in"]) for x in raw)


def _read_participants(raw: Iterable[Json]) -> tuple[Participant, ...]:
    return tuple(Participant(_need_span(x), x["actor"], x["status"], x["statement"]) for x in raw)


def report_from_json(raw: Json) -> Report:
    """A Report from the object under `report`."""
    keys = ("id", "text", "external_id", "title", "byline", "publisher", "published", "url", "language")
    parts = tuple(Part(p["kind"], p["start"], p["end"], p.get("when"), p.get("page")) for p in raw["parts"])
    return Report(**{k: raw[k] for k in keys}, parts=parts)


def statement_from_json(raw: Json) -> Statement:
    """A Statement from its object."""
    spans = {"source": _read_span(raw["source"]), "cue": _read_span(raw["cue"])}
    return Statement(**{**raw, **spans, "content": tuple(map(_need_span, raw["content"]))})


def event_from_json(raw: Json) -> Event:
    """An Event from its object."""
    return Event(
        **{
            **raw,
            "anchor": _need_span(raw["anchor"]),
            "also": tuple(Mention(_need_span(m), m["statement"], m["status"]) for m in raw["also"]),
            "mode": tuple(raw["mode"]),
            "actors": _read_participants(raw["actors"]),
            "recipients": _read_participants(raw["recipients"]),
            "instruments": tuple(map(_need_span, raw["instruments"])),
            "where": _read_sites(raw["where"]),
            "when": _read_when(raw["when"]),
            "contexts": tuple(raw["contexts"]),
            "figures": tuple(raw["figures"]),
        }
    )


def figure_from_json(raw: Json) -> Figure:
    """A Figure from its object."""
    return Figure(
        **{
            **raw,
            "span": _need_span(raw["span"]),
            "number": _need_span(raw["number"]),
            "hedge_span": _read_span(raw["hedge_span"]),
            "item": _read_span(raw["item"]),
            "was": tuple(raw["was"]) if raw["was"] else None,
            "where": _read_sites(raw["where"]),
            "when": _read_when(raw["when"]),
        }
    )


def reading_from_json(raw: Json) -> Reading:
    """A Reading from one line of `sayso read --format json`."""
    return Reading(
        report=report_from_json(raw["report"]),
        statements=tuple(map(statement_from_json, raw["statements"])),
        events=tuple(map(event_from_json, raw["events"])),
        figures=tuple(map(figure_from_json, raw["figures"])),
        actors=tuple(Actor(**{**a, "mentions": tuple(map(_need_span, a["mentions"]))}) for a in raw["actors"]),
        places=tuple(Place(**{**p, "mentions": tuple(map(_need_span, p["mentions"]))}) for p in raw["places"]),
        times=tuple(Time(**{**t, "span": _need_span(t["span"])}) for t in raw["times"]),
        made_by=MadeBy(**raw["made_by"]),
    )
