"""`heads`: what the language stage finds in gold reports by itself, before any rule makes records of it.

Spans are compared by their characters, without signs and white space at their ends: `cue`, `source`, `content`, `anchor`, `figure`
F1 of exact spans; `anchor.type` with the type of the event; `participant`: who belongs to which anchor, in which role, among the
anchors that both have; `status`, `mode`, `manner`, `measure`, `scope` and `population`: right labels, of the anchors, cues and figures that both have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation.bootstrap import SMALL, intervals
from evaluation.data import digest
from evaluation.ledger import gold_lines
from evaluation.result import Result, f1, made_by
from sayso.errors import EvaluationError
from sayso.language import Analysis, Found, Frame, analyse

Json = dict[str, Any]
Span = tuple[int, int]
# Right, found, gold by figure: the counts of one report.
Counts = Counter[tuple[str, int]]

SPANS = ("cue", "source", "content", "anchor", "anchor.type", "participant", "figure")
LABELS = ("status", "mode", "manner", "measure", "scope", "population")
PARTICIPANTS = {"actor": "actors", "recipient": "recipients", "where": "where"}


def measure(paths: list[Path]) -> Result:
    """Measure on the reports of all files (gold JSONL) together."""
    golds = gold_lines(paths)
    if not golds:
        raise EvaluationError("no report to measure on", "the files are empty", "give gold JSONL")
    units = [count(gold, analyse(gold["text"])) for gold in golds]
    scores: dict[str, float | None] = {**figures(units)}
    if 1 < len(units) <= SMALL:
        scores |= intervals(units, lambda drawn: {k: v for k, v in figures(drawn).items() if not _beside(k)})
    return Result("heads", scores, len(units), "reports", digest(paths), made_by())


def figures(units: Sequence[Counts]) -> dict[str, float]:
    """F1, precision and recall of spans, and the share of right labels, over the reports together."""
    totals: Counts = Counter()
    for unit in units:
        totals.update(unit)
    scores: dict[str, float] = {}
    for name in SPANS:
        value, precision, recall = f1(*(totals[name, k] for k in range(3)))
        scores |= {name: round(value, 4), f"{name}.precision": round(precision, 4), f"{name}.recall": round(recall, 4)}
    for name in LABELS:
        scores[name] = round(totals[name, 0] / max(totals[name, 2], 1), 4)
    return scores


def _beside(figure: str) -> bool:
    return figure.endswith((".precision", ".recall"))


def count(gold: Json, found: Analysis) -> Counts:
    """Right, found and gold of one report, by figure."""
    made = _Spans(found)
    counts: Counts = Counter()
    _speech(counts, gold, made)
    _events(counts, gold, made)
    figures = {made.of(f.trigger): f for f in found.figures}
    marked = {_trim(gold["text"], f["span"]): f for f in gold.get("figures") or []}
    _add(counts, "figure", set(figures), set(marked))
    for span in sorted(figures.keys() & marked.keys()):
        mine, known = figures[span], marked[span]
        _label(counts, "measure", mine.trigger.label, known["measure"])
        for mark in ("scope", "population"):
            _mark(counts, mine, mark, known[mark] or "none" if mark in known else None)
    return counts


class _Spans:
    """The characters of what an analysis found."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis

    def of(self, run: Found) -> Span:
        tokens = self.analysis.tokens
        return _bare(self.analysis.text, tokens[run.first].start, tokens[run.last - 1].end)

    def role(self, label: str) -> set[Span]:
        """What has a role in a statement."""
        return {self.of(r) for frame in self.analysis.attributions for r in frame.role(label)}


def _speech(counts: Counts, gold: Json, made: _Spans) -> None:
    text, statements = gold["text"], gold.get("statements") or []
    cues = {made.of(frame.trigger): frame for frame in made.analysis.attributions}
    _add(counts, "cue", set(cues), {_trim(text, s["cue"]) for s in statements if s.get("cue")})
    for statement in statements:
        frame = cues.get(_trim(text, statement["cue"])) if statement.get("cue") else None
        if frame:
            _mark(counts, frame, "manner", statement.get("manner"))
    _add(counts, "source", made.role("source"), {_trim(text, s["source"]) for s in statements if s.get("source")})
    contents = {_trim(text, c) for s in statements for c in s.get("content") or []}
    _add(counts, "content", made.role("content"), contents)


def _events(counts: Counts, gold: Json, made: _Spans) -> None:
    text = gold["text"]
    frames = {made.of(frame.trigger): frame for frame in made.analysis.events}
    mentions = {_trim(text, m): event for event in gold.get("events") or [] for m in _mentions(event)}
    _add(counts, "anchor", set(frames), set(mentions))
    typed = {(span, event["type"]) for span, event in mentions.items()}
    _add(counts, "anchor.type", {(span, frame.trigger.label) for span, frame in frames.items()}, typed)
    for span in frames.keys() & mentions.keys():
        _participants(counts, gold, made, frames[span], (span, mentions[span]))
    for event in gold.get("events") or []:
        # The status is that of the first mention; the others are not marked.
        frame = frames.get(_trim(text, event["anchor"]))
        if frame:
            _mark(counts, frame, "status", event.get("status"))
            _mark(counts, frame, "mode", event["mode"] or "none" if "mode" in event else None)


def _mentions(event: Json) -> Iterator[Json]:
    yield event["anchor"]
    yield from event.get("also") or []


def _participants(counts: Counts, gold: Json, made: _Spans, frame: Frame, mention: tuple[Span, Json]) -> None:
    """Who belongs to an anchor that both have; of the gold those in its sentence."""
    (start, _), event = mention
    a, b = next(((a, b) for a, b in gold.get("sentences") or [] if a <= start < b), (0, len(gold["text"])))
    marked = {
        (role, _trim(gold["text"], filler))
        for role, key in PARTICIPANTS.items()
        for filler in event.get(key) or []
        if a <= filler["start"] < b
    }
    _add(counts, "participant", {(role, made.of(r)) for role in PARTICIPANTS for r in frame.role(role)}, marked)


def _mark(counts: Counts, frame: Frame, name: str, gold: str | None) -> None:
    """What the model says of a trigger, where gold says it too; several modes in any order."""
    mark = frame.marks.get(name)
    if gold is not None:
        _label(counts, name, "+".join(sorted(mark.label.split("+"))) if mark else "", "+".join(sorted(gold.split("+"))))


def _label(counts: Counts, name: str, found: str, gold: str) -> None:
    counts[name, 0] += found == gold
    counts[name, 2] += 1


def _add(counts: Counts, name: str, found: set[Any], gold: set[Any]) -> None:
    for k, size in enumerate((len(found & gold), len(found), len(gold))):
        counts[name, k] += size


def _trim(text: str, span: Json) -> Span:
    return _bare(text, span["start"], span["end"])


def _bare(text: str, start: int, end: int) -> Span:
    """The span without white space and signs at its ends; all of it where it has nothing else."""
    first, last = start, end
    while first < last and not text[first].isalnum():
        first += 1
    while last > first and not text[last - 1].isalnum():
        last -= 1
    return (first, last) if first < last else (start, end)
