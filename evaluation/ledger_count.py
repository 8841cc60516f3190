"""The counts and figures of the `ledger` measurement, from documents made ready by `ledger_score`."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.ledger_score import (
    FIGURES,
    SLOTS,
    Counts,
    Document,
    EventRow,
    FigureRow,
    StatementRow,
    events_fit,
    figures_fit,
    pair,
    same,
    shared_chars,
    slot_right,
    statements_fit,
    voice,
)
from evaluation.result import f1

# EVALUATIONS.md: `event.type.macro` is over types with at least this many gold events.
FREQUENT = 5
Row = StatementRow | EventRow | FigureRow


class Tally:
    """The counts of one report, and its misses as lines."""

    def __init__(self, gold: Document, system: Document | None) -> None:
        self.counts, self.misses = Counts(), list[str]()
        self._name = min(gold.ids) if gold.ids else "?"
        self._statements(gold.statements, system.statements if system else [])
        self._events(gold.events, system.events if system else [])
        self._figures(gold.figures, system.figures if system else [])

    def _add(self, sizes: tuple[int, int], right: dict[str, int]) -> None:
        for name, count in right.items():
            self.counts.add(name, count, sizes[1], sizes[0])

    def _missed(self, kind: str, gold: Sequence[Row], pairs: Sequence[tuple[Row, Row]], right: Sequence[bool]) -> None:
        got = {id(a) for a, _ in pairs}
        self.misses += [f"{self._name}\t{kind} not found\t{a.label}" for a in gold if id(a) not in got]
        wrong = [both for both, ok in zip(pairs, right, strict=True) if not ok]
        self.misses += [f"{self._name}\t{kind} differs\t{a.label}\t{b.label}" for a, b in wrong]

    def _statements(self, gold: list[StatementRow], system: list[StatementRow]) -> None:
        pairs = pair(gold, system, statements_fit)
        source = [same(a.source, b.source) for a, b in pairs]
        content = [shared_chars(a.chars, b.chars) >= 0.8 for a, b in pairs]
        full = [x and y for x, y in zip(source, content, strict=True)]
        right = {"": len(pairs), ".source": sum(source), ".content": sum(content), ".full": sum(full)}
        self._add((len(gold), len(system)), {"statement" + k: v for k, v in right.items()})
        self._missed("statement", gold, pairs, full)

    def _events(self, gold: list[EventRow], system: list[EventRow]) -> None:
        pairs = pair(gold, system, events_fit)
        typed = [(a, b) for a, b in pairs if a.type == b.type]
        full = [a.type == b.type and all(slot_right(s, a, b) for s in SLOTS) for a, b in pairs]
        right = {f"event.{s}": sum(slot_right(s, a, b) for a, b in typed) for s in SLOTS}
        right |= {"event": len(pairs), "event.type": len(typed), "event.full": sum(full)}
        self._add((len(gold), len(system)), right)
        self._missed("event", gold, pairs, full)
        self._own(gold, system, pairs, typed)

    def _own(
        self,
        gold: list[EventRow],
        system: list[EventRow],
        pairs: list[tuple[EventRow, EventRow]],
        typed: list[tuple[EventRow, EventRow]],
    ) -> None:
        """The counts that the gold ledger's scorer does not make."""
        counts = self.counts
        counts.extra = len(system) - len(pairs)
        dated = sum(a.when is not None and a.when == b.when for a, b in typed)
        counts.dated = [dated, sum(e.when is not None for e in system), sum(e.when is not None for e in gold)]
        for at, types in enumerate(([a.type for a, _ in typed], [e.type for e in system], [e.type for e in gold])):
            for name in types:
                counts.add_type(name, at)

    def _figures(self, gold: list[FigureRow], system: list[FigureRow]) -> None:
        pairs = pair(gold, system, figures_fit)
        measure = [a.measure == b.measure for a, b in pairs]
        interval = [a.interval == b.interval for a, b in pairs]
        source = [voice(a.source, b.source) for a, b in pairs]
        full = [all(ok) for ok in zip(measure, interval, source, strict=True)]
        right = {"": len(pairs), ".measure": sum(measure), ".interval": sum(interval)}
        right |= {".source": sum(source), ".full": sum(full)}
        self._add((len(gold), len(system)), {"figure" + k: v for k, v in right.items()})
        self._missed("figure", gold, pairs, full)


def tallies(golds: Sequence[Document], systems: Sequence[Document]) -> tuple[list[Tally], list[str]]:
    """A tally for each gold report, and the ids of reports that are missing or have another text."""
    by_id = {name: document for document in systems for name in document.ids}
    found, unread = [], []
    for gold in golds:
        system = next((by_id[name] for name in gold.ids if name in by_id), None)
        if system is None or system.key != gold.key:
            unread.append(min(gold.ids, default="?"))
            system = None
        found.append(Tally(gold, system))
    return found, unread


def figures(units: Sequence[Tally]) -> dict[str, float]:
    """All figures over some reports; F1 under the plain name, with `.precision` and `.recall`."""
    scores: dict[str, float] = {}
    for name in FIGURES:
        _put(scores, name, [sum(u.counts.by[name][at] for u in units) for at in range(3)])
    gold_events = sum(u.counts.by["event"][2] for u in units)
    scores["event.extra_per_gold"] = sum(u.counts.extra for u in units) / gold_events if gold_events else 0.0
    types: dict[str, list[int]] = {}
    for unit in units:
        for name, counts in unit.counts.types.items():
            known = types.setdefault(name, [0, 0, 0])
            types[name] = [x + y for x, y in zip(known, counts, strict=True)]
    frequent = [f1(*counts)[0] for counts in types.values() if counts[2] >= FREQUENT]
    scores["event.type.macro"] = sum(frequent) / len(frequent) if frequent else 0.0
    _put(scores, "event.when.dated", [sum(u.counts.dated[at] for u in units) for at in range(3)])
    return {name: round(value, 4) for name, value in scores.items()}


def _put(scores: dict[str, float], name: str, counts: list[int]) -> None:
    scores[name], scores[f"{name}.precision"], scores[f"{name}.recall"] = f1(*counts)
