"""Ledgers against gold: who said what, what happened, how many.

Spans are compared over the text without white space, so that line breaks may differ. A record is matched at most once; a report
whose text differs otherwise, or that is missing, has all its gold records missed. The rules are those of the gold ledger's own
scorer (`score_ledger.py`, beside the gold files), whose figures this module gives to the last digit; ours adds counts by report.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

Json = dict[str, Any]
Range = tuple[int, int]
Filler = tuple[Range | None, set[frozenset[str]]]
Row = TypeVar("Row")

SLOTS = ("status", "source", "when", "where", "actors", "recipients")
FIGURES = (
    *("statement", "statement.source", "statement.content", "statement.full", "event", "event.type"),
    *(f"event.{slot}" for slot in SLOTS),
    *("event.full", "figure", "figure.measure", "figure.interval", "figure.source", "figure.full"),
)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that name nobody by themselves, and pronouns.
_SMALL = _set(
    "the a an of and mr mrs ms dr sir president minister prime foreign secretary general spokesman spokeswoman official"
    " officials government forces people"
)
_PRONOUNS = _set("he she it they we i you who which that this these those him her them us his its our their my")


@dataclass(slots=True)
class StatementRow:
    """What is compared of a statement."""

    source: Range | None
    cue: Range | None
    chars: set[int]
    label: str


@dataclass(slots=True)
class EventRow:
    """What is compared of an event; `when` as first and last day."""

    spans: list[Range | None]
    type: str
    status: str | None
    when: tuple[str, str] | None
    source: list[Range | None]
    fillers: dict[str, list[Filler]]
    label: str


@dataclass(slots=True)
class FigureRow:
    """What is compared of a figure."""

    span: Range | None
    measure: str
    interval: tuple[float | None, float | None]
    source: list[Range | None]
    label: str


@dataclass(slots=True)
class Counts:
    """Right, system and gold by figure; for the figures of this module's own: events by type, dated events, unmatched events."""

    by: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0, 0] for name in FIGURES})
    types: dict[str, list[int]] = field(default_factory=dict)
    dated: list[int] = field(default_factory=lambda: [0, 0, 0])
    extra: int = 0

    def add(self, name: str, right: int, system: int, gold: int) -> None:
        """Add to one figure."""
        for at, count in enumerate((right, system, gold)):
            self.by[name][at] += count

    def add_type(self, name: str, at: int) -> None:
        """Count an event under its type: 0 right, 1 system, 2 gold."""
        self.types.setdefault(name, [0, 0, 0])[at] += 1


class Document:
    """One report of a gold file or of `sayso read --format json`, made ready to compare."""

    def __init__(self, raw: Json) -> None:
        report = raw.get("report", raw)
        self.ids = {x for x in (report.get("external_id"), report.get("id"), raw.get("id")) if x}
        self.text: str = report["text"]
        self.key = "".join(self.text.split())
        self._at = squeeze(self.text)
        self._by_id: dict[Any, StatementRow] = {}
        self._called = {x["id"]: x.get("name") for key in ("actors", "places") for x in raw.get(key) or []}
        self.statements = [self._statement(x) for x in raw.get("statements") or []]
        self.events = [self._event(x) for x in raw.get("events") or []]
        self.figures = [self._figure(x) for x in raw.get("figures") or []]

    def _cover(self, span: Json | None) -> Range | None:
        return (self._at[span["start"]], self._at[span["end"]]) if span else None

    def _words(self, span: Json | None) -> str:
        return self.text[span["start"] : span["end"]] if span else "-"

    def _statement(self, raw: Json) -> StatementRow:
        content = raw.get("content") or []
        spans = [self._cover(c) for c in content]
        chars = {i for span in spans if span for i in range(*span)}
        label = " | ".join(self._words(x) for x in (raw.get("source"), raw.get("cue"), *content))
        row = StatementRow(self._cover(raw.get("source")), self._cover(raw.get("cue")), chars, label)
        self._by_id[raw.get("id")] = row
        return row

    def _voice(self, raw: Json, span: Range | None) -> list[Range | None]:
        """The source of the record's own statement, else those of the innermost statements that hold it; [] is the report."""
        if "statement" in raw:
            own = self._by_id.get(raw["statement"]) if raw["statement"] in self._by_id else None
            return [own.source] if own else []
        assert span is not None
        holding = [row for row in self.statements if span[0] in row.chars]
        least = min((len(row.chars) for row in holding), default=0)
        return [row.source for row in holding if len(row.chars) == least]

    def _filler(self, raw: Json) -> Filler:
        flat = {**raw, **(raw.get("span") or {})}
        known = self._called.get(flat.get("actor") or flat.get("place") or "")
        return self._cover(flat), {words(name) for name in (flat.get("text"), flat.get("name"), known) if name}

    def _event(self, raw: Json) -> EventRow:
        anchor = self._cover(raw["anchor"])
        when = day_range(raw.get("when"))
        slots = ("actors", "recipients", "where")
        named = [f"{k}: " + ", ".join(self._words(x.get("span") or x) for x in raw.get(k) or []) for k in slots]
        return EventRow(
            spans=[anchor, *(self._cover(x) for x in raw.get("also") or [])],
            type=raw["type"],
            status=raw.get("status"),
            when=when,
            source=self._voice(raw, anchor),
            fillers={k: [self._filler(x) for x in raw.get(k) or [] if x] for k in slots},
            label=f"{self._words(raw['anchor'])} {raw['type']} {raw.get('status')} {when} " + "; ".join(named),
        )

    def _figure(self, raw: Json) -> FigureRow:
        span, low, high = self._cover(raw["span"]), raw.get("low"), raw.get("high")
        label = f"{self._words(raw['span'])} {raw['measure']} {low}..{high}"
        return FigureRow(span, raw["measure"], (low, high), self._voice(raw, span), label)


# --- comparing -------------------------------------------------------------------------------------------------------


def squeeze(text: str) -> list[int]:
    """For each offset into `text`, the offset into the text without white space."""
    at, count = [], 0
    for char in text:
        at.append(count)
        count += not char.isspace()
    return [*at, count]


def day_range(when: Json | str | None) -> tuple[str, str] | None:
    """First and last day of a time: our object, or the gold's `DATE` or `DATE/DATE`, whole or partial."""
    if isinstance(when, dict):
        first, last = when.get("start") or when.get("end"), when.get("end") or when.get("start")
        when = f"{first[:10]}/{last[:10]}" if first and last else None
    if not when:
        return None
    first, _, last = when.partition("/")
    return _first_day(first), _last_day(last or first)


def _first_day(date: str) -> str:
    return date + {10: "", 7: "-01"}.get(len(date), "-01-01")


def _last_day(date: str) -> str:
    if len(date) == 4:
        return date + "-12-31"
    return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]:02d}" if len(date) == 7 else date


def words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    found = re.findall(r"\w+", name.lower().replace("'s", "").replace("’s", ""))
    return (frozenset(w for w in found if w not in _SMALL) or frozenset(found)) - _PRONOUNS


def overlap(a: Range | None, b: Range | None) -> bool:
    """Whether two spans share a character."""
    return bool(a and b and a[0] < b[1] and b[0] < a[1])


def close(a: Range | None, b: Range | None) -> bool:
    """Overlap with a shared part of at least .3 (character F1): a span over the whole sentence is no answer."""
    if not a or not b or not overlap(a, b):
        return False
    return 2 * (min(a[1], b[1]) - max(a[0], b[0])) >= 0.3 * (a[1] - a[0] + b[1] - b[0])


def alike(a: Filler, b: Filler) -> bool:
    """Two slot fillers: their spans are close, or the words of one's name are among those of the other's."""
    if close(a[0], b[0]):
        return True
    pairs = [(x, y) for x in a[1] for y in b[1] if x and y]
    return any((x <= y or y <= x) and 4 * min(len(x), len(y)) >= max(len(x), len(y)) for x, y in pairs)


def same(a: Range | None, b: Range | None) -> bool:
    """Close, or neither there."""
    return close(a, b) if a and b else not a and not b


def voice(a: list[Range | None], b: list[Range | None]) -> bool:
    """Some source of the one is the same as some of the other, or both are the report's own voice."""
    return any(same(x, y) for x in a for y in b) if a and b else not a and not b


def site(a: list[Filler], b: list[Filler]) -> bool:
    """The most precise place of each has its like in the other."""
    if not a or not b:
        return not a and not b
    return any(alike(a[0], y) for y in b) and any(alike(b[0], x) for x in a)


def sets(a: list[Filler], b: list[Filler]) -> bool:
    """Each filler of either has its like in the other."""
    return all(any(alike(x, y) for y in b) for x in a) and all(any(alike(x, y) for y in a) for x in b)


def shared_chars(a: set[int], b: set[int]) -> float:
    """Character F1 of two contents."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(a == b)


def pair(gold: Sequence[Row], system: Sequence[Row], score: Callable[[Row, Row], float]) -> list[tuple[Row, Row]]:
    """One-to-one pairs, best score first."""
    ranked = sorted(((score(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(system)), reverse=True)
    used_gold, used_system, found = set[int](), set[int](), []
    for value, i, j in ranked:
        if value > 0 and i not in used_gold and j not in used_system:
            used_gold.add(i)
            used_system.add(j)
            found.append((gold[i], system[j]))
    return found


def statements_fit(a: StatementRow, b: StatementRow) -> float:
    """How well two statements fit, 0 for not at all: cues that overlap or contents that agree by half."""
    cue, content = overlap(a.cue, b.cue), shared_chars(a.chars, b.chars)
    if not cue and content < 0.5:
        return 0.0
    return 2 * cue + 0.1 * same(a.source, b.source) + (content if a.chars & b.chars else 0)


def events_fit(a: EventRow, b: EventRow) -> float:
    """How well two events fit, 0 for not at all: some mention of each overlaps."""
    if not any(overlap(x, y) for x in a.spans for y in b.spans):
        return 0.0
    agree = [a.when == b.when, *(sets(a.fillers[k], b.fillers[k]) for k in ("where", "actors", "recipients"))]
    return 1 + (a.type == b.type) * 2 + overlap(a.spans[0], b.spans[0]) + 0.1 * sum(agree)


def figures_fit(a: FigureRow, b: FigureRow) -> float:
    """How well two figures fit, 0 for not at all: their spans overlap."""
    if not overlap(a.span, b.span):
        return 0.0
    return 1 + (a.measure == b.measure) + (a.interval == b.interval) + 0.1 * voice(a.source, b.source)


def slot_right(slot: str, a: EventRow, b: EventRow) -> bool:
    """Whether a slot of two events of one type is the same."""
    if slot == "source":
        return voice(a.source, b.source)
    if slot == "where":
        return site(a.fillers["where"], b.fillers["where"])
    if slot in ("actors", "recipients"):
        return sets(a.fillers[slot], b.fillers[slot])
    return bool(getattr(a, slot) == getattr(b, slot))
