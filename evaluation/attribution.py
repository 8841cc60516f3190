"""`attribution`: who says what, as spans of words, on a set with conventions of its own (PolNeAR: source, cue, content).

Measured are the records of sayso, not the heads of the encoder: the words of a document are written as a text
(`attribution_text`), read as any report is, and the statements put into the conventions of the set (`attribution_map`, which
says what these are). Exact: a found span has the very words of a gold one. Overlap: they share a word; each span is matched at
most once, those that share most of their words first. Spans do not reach over the end of an item, in gold as in ours.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from evaluation.attribution_map import KINDS, Label, found
from evaluation.bootstrap import SMALL, intervals
from evaluation.data import digest, lines
from evaluation.result import Result, f1, made_by
from sayso.errors import EvaluationError

Range = tuple[int, int]
# Right, found, gold by figure: the counts of one document.
Counts = Counter[tuple[str, int]]

FIGURES = tuple(f"{kind}.{how}" for kind in KINDS for how in ("exact", "overlap"))


@dataclass(slots=True)
class Item:
    """Some words of a document, mostly a sentence or a paragraph, with their gold spans: kind → first word, one past the last."""

    name: str
    words: list[str]
    gold: dict[str, list[Range]] = field(default_factory=dict)


def measure(paths: list[Path]) -> Result:
    """Measure on all files together; documents are what is drawn for the intervals."""
    items = [item for path in paths for item in read(path)]
    if not items:
        raise EvaluationError(
            "no item to measure on", "the files hold no words", "give JSON lines of tokens and labels"
        )
    units = [count(document) for document in documents(items)]
    scores: dict[str, float | None] = {**figures(units)}
    if 1 < len(units) <= SMALL:
        scores |= intervals(units, lambda drawn: {k: v for k, v in figures(drawn).items() if k in FIGURES})
    gold = {kind: sum(len(item.gold.get(kind, ())) for item in items) for kind in KINDS}
    note = f"  {len(units)} documents; gold: " + ", ".join(f"{n} {kind}" for kind, n in gold.items())
    return Result("attribution", scores, len(items), "items", digest(paths), made_by(), [note])


def documents(items: Sequence[Item]) -> list[list[Item]]:
    """The items by document: side by side with the same id. An item without an id stands alone."""
    named = [(item.name or f"#{k}", item) for k, item in enumerate(items)]
    return [[item for _, item in part] for _, part in groupby(named, key=lambda row: row[0])]


def count(document: Sequence[Item]) -> Counts:
    """Right, found and gold of one document, by figure."""
    counts: Counts = Counter()
    for item, labels in zip(document, found([item.words for item in document]), strict=True):
        ours = runs(labels)
        for kind in KINDS:
            a, b = ours.get(kind, []), item.gold.get(kind, [])
            for how, right in (("exact", len(set(a) & set(b))), ("overlap", len(matched(a, b)))):
                for k, size in enumerate((right, len(a), len(b))):
                    counts[f"{kind}.{how}", k] += size
    return counts


def runs(labels: Iterable[Label]) -> dict[str, list[Range]]:
    """The spans by kind of labels a word: the kind, and a number that is another for each span; None outside."""
    made: dict[str, list[Range]] = {}
    at = 0
    for label, part in groupby(labels):
        size = len(list(part))
        if label:
            made.setdefault(label[0], []).append((at, at + size))
        at += size
    return made


def matched(found: Sequence[Range], gold: Sequence[Range]) -> list[tuple[int, int]]:
    """Pairs of spans (indices) that share a word, each span in one pair: those with the largest share of common words first."""
    shared = []
    for i, (a, b) in enumerate(found):
        for j, (c, d) in enumerate(gold):
            common = min(b, d) - max(a, c)
            if common > 0:
                shared.append((-2 * common / (b - a + d - c), i, j))
    pairs, used, taken = list[tuple[int, int]](), set[int](), set[int]()
    for _, i, j in sorted(shared):
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((i, j))
    return pairs


def figures(units: Sequence[Counts]) -> dict[str, float]:
    """F1 of every figure with precision and recall, over the documents together."""
    totals: Counts = Counter()
    for unit in units:
        totals.update(unit)
    scores: dict[str, float] = {}
    for name in FIGURES:
        values = f1(*(totals[name, k] for k in range(3)))
        for suffix, value in zip(("", ".precision", ".recall"), values, strict=True):
            scores[name + suffix] = round(value, 4)
    return scores


# --- files -----------------------------------------------------------------------------------------------------------


def read(path: Path) -> Iterator[Item]:
    """The items of a file: a JSON object a line with `id`, `tokens`, `labels` (B-, I- before source, cue, content; O).

    Keys that are missing are taken as empty; a span that begins with I- begins there. Raises EvaluationError where a line is
    none of these.
    """
    for number, line in enumerate(lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            words = [str(w) for w in row.get("tokens") or []]
            item = Item(str(row.get("id") or ""), words, _gold(row.get("labels") or [], len(words)))
        except (ValueError, TypeError, AttributeError) as error:
            raise EvaluationError(
                f"{path.name}:{number} holds no labelled words",
                str(error) or "another form",
                "give tokens with BIO labels",
            ) from error
        if words:
            yield item


def _gold(labels: Sequence[str], size: int) -> dict[str, list[Range]]:
    if labels and len(labels) != size:
        raise ValueError(f"{len(labels)} labels for {size} words")
    found: list[Label] = []
    for label in labels:
        mark, _, kind = str(label).lower().partition("-")
        before = found[-1] if found else None
        if kind not in KINDS:
            found.append(None)
        elif mark == "i" and before and before[0] == kind:
            found.append(before)
        else:
            found.append((kind, len(found)))
    return runs(found)
