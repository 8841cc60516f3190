"""Our own gold ledger as training sentences: sources, cues, contents, events and figures, and what belongs to what.

What gold does not mark is taken from what it implies: a time expression whose value is that of the event dates it; number and hedge of
a figure are those that give its interval; a weapon beside an anchor is its instrument.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.language.tokenizer import tokenize
from sayso.reading import modes, numbers
from training.dated import Dates, dates
from training.example import Example, lines
from training.linking import Links, same_events

EVENT_ROLES = ("actor", "recipient", "where", "figure", "instrument", "when")
SPEECH_ROLES = ("source", "content")
NO_MODE = "none"
RARE_MODE = 4  # several modes of one event are a label of their own where they come so often together
_BY = frozenset(("with", "by", "using", "in", "of"))  # words between an anchor and its instrument


def bio(size: int, spans: list[tuple[int, int, str]]) -> list[str | None]:
    """BIO tags of spans `(first, last, label)` over `size` words; of overlapping spans the longest stands."""
    tags: list[str | None] = ["O"] * size
    for first, last, label in sorted(spans, key=lambda s: s[0] - s[1]):
        if all(t == "O" for t in tags[first:last]):
            tags[first:last] = [f"B-{label}", *([f"I-{label}"] * (last - first - 1))]
    return tags


class _Words:
    """The words of one gold sentence, and which of them a character span covers."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.tokens = tokenize(text[start:end], offset=start)
        self.start, self.end = start, end

    def cover(self, span: dict | None) -> tuple[int, int] | None:
        """The half-open range of words that share a character with the span, if any."""
        if not span or span["end"] <= self.start or span["start"] >= self.end:
            return None
        inside = [i for i, t in enumerate(self.tokens) if t.start < span["end"] and span["start"] < t.end]
        return (inside[0], inside[-1] + 1) if inside else None


def chosen(path: Path, leave_out: int | None = None, part: float = 1.0) -> set[str]:
    """The documents of gold to learn from.

    `leave_out` k skips the reports number k, k + 5, k + 10 …: one of five folds, for cross-validation; `part`: the share of the
    others, for learning curves (a larger share holds the smaller ones).
    """
    names = [f"gold/{json.loads(line)['id']}" for line in lines(path)]
    kept = [name for number, name in enumerate(names) if leave_out is None or number % 5 != leave_out]
    return {name for number, name in enumerate(kept) if number * 7 % 20 < round(20 * part)}


def gold(path: Path, links: Links) -> Iterator[Example]:
    """The sentences of the gold ledger with sources, cues, contents, events and figures, and what belongs to what.

    Which anchors name one event is added to `links`.
    """
    reports = [json.loads(line) for line in lines(path)]
    many = _many_modes(reports)
    for report, dated in zip(reports, dates(reports), strict=True):
        sentences = [
            words for start, end in report["sentences"] if (words := _Words(report["text"], start, end)).tokens
        ]
        for place, words in enumerate(sentences):
            example = _gold_sentence(report, words, dated, many)
            example.place = place
            yield example
        _same(report, sentences, links)


def _many_modes(reports: list[dict]) -> set[str]:
    """The modes that come together often enough to be learnt as one label."""
    counts = Counter(_mode(e) for r in reports for e in r["events"])
    return {mode for mode, n in counts.items() if "+" in mode and n >= RARE_MODE}


def _mode(event: dict) -> str:
    return "+".join(sorted((event["mode"] or NO_MODE).split("+")))


def _same(report: dict, sentences: list[_Words], links: Links) -> None:
    """Which anchors name one event."""
    mentions = [
        (place, cover[0], cover[1] - 1, event["type"], number)
        for number, event in enumerate(report["events"])
        for mention in (event["anchor"], *event["also"])
        for place, words in enumerate(sentences)
        if (cover := words.cover(mention))
    ]
    same_events(f"gold/{report['id']}", sorted(mentions), links)


def _gold_sentence(report: dict, words: _Words, dated: Dates, many: set[str]) -> Example:
    size = len(words.tokens)
    example = Example([t.text for t in words.tokens], f"gold/{report['id']}")
    example.tags.update({k: [None] * size for k in ("status", "mode", "measure", "scope", "population", "manner")})
    _gold_speech(report, words, example)
    named = _gold_events(report, words, example, dated, many)
    _gold_figures(report, words, example, named)
    return example


def _gold_speech(report: dict, words: _Words, example: Example) -> None:
    spans: dict[str, list[tuple[int, int, str]]] = {"source": [], "cue": [], "content": []}
    pairs: dict[int, list[str]] = {}
    for statement in report["statements"]:
        cue, source = words.cover(statement["cue"]), words.cover(statement["source"])
        contents = [c for c in map(words.cover, statement["content"]) if c]
        spans["source"] += [(*source, "source")] if source else []
        spans["cue"] += [(*cue, "cue")] if cue else []
        spans["content"] += [(*c, "content") for c in contents]
        if cue:
            example.tags["manner"][cue[0]] = statement["manner"]
            labels = pairs.setdefault(cue[0], ["none"] * len(example.words))
            for c in contents:
                labels[slice(*c)] = ["content"] * (c[1] - c[0])
            if source:
                labels[slice(*source)] = ["source"] * (source[1] - source[0])
    for task, found in spans.items():
        example.tags[task] = bio(len(example.words), found)
    example.pairs["speech"] = pairs


def _gold_events(
    report: dict, words: _Words, example: Example, dated: Dates, many: set[str]
) -> dict[int, tuple[int, int]]:
    """Fills anchors, mode, status and participants; returns where in this sentence each event (by number from 1) is named."""
    spans: list[tuple[int, int, str]] = []
    pairs: dict[int, list[str]] = {}
    named: dict[int, tuple[int, int]] = {}
    for number, event in enumerate(report["events"], 1):
        mentions = [(m, k == 0) for k, m in enumerate([event["anchor"], *event["also"]])]
        for mention, first in mentions:
            cover = words.cover(mention)
            if not cover:
                continue
            spans.append((*cover, event["type"]))
            named.setdefault(number, cover)
            if first:
                example.tags["status"][cover[0]] = event["status"]
            mode = _mode(event)
            example.tags["mode"][cover[0]] = mode if mode in many else mode.replace("+", "|")
            labels = pairs.setdefault(cover[0], ["none"] * len(example.words))
            _instruments(example, words, cover, labels)
            _times(event, words, dated, labels)
            for role, key in (("where", "where"), ("recipient", "recipients"), ("actor", "actors")):
                for filler in filter(None, map(words.cover, event[key])):
                    labels[slice(*filler)] = [role] * (filler[1] - filler[0])
    example.tags["anchor"] = bio(len(example.words), spans)
    example.pairs["events"] = pairs
    return named


def _instruments(example: Example, words: _Words, cover: tuple[int, int], labels: list[str | None]) -> None:
    """Weapons and means: those right before the anchor or joined to it are its instruments; of others it is not known."""
    for i, word in enumerate(example.words):
        if cover[0] <= i < cover[1] or _singular(word) not in modes.WEAPONS:
            continue
        between = [w.lower() for w in example.words[cover[1] : i]]
        beside = i == cover[0] - 1 or (between and between[0] in _BY and len(between) <= 3)
        labels[i] = "instrument" if beside else None


def _singular(word: str) -> str:
    low = word.lower()
    return low[:-1] if low.endswith("s") and low[:-1] in modes.WEAPONS else low


def _times(event: dict, words: _Words, dated: Dates, labels: list[str | None]) -> None:
    """A time expression of the sentence that means the time of the event."""
    for start, end, value in dated:
        cover = words.cover({"start": start, "end": end})
        if cover and event["when"] and value == event["when"]:
            labels[slice(*cover)] = ["when"] * (cover[1] - cover[0])


def _gold_figures(report: dict, words: _Words, example: Example, named: dict[int, tuple[int, int]]) -> None:
    spans: list[tuple[int, int, str]] = []
    parts: list[tuple[int, int, str]] = []
    unknown: list[tuple[int, int]] = []
    found = numbers.find(words.tokens)
    for figure in report["figures"]:
        cover = words.cover(figure["span"])
        if not cover:
            continue
        spans.append((*cover, "figure"))
        for i in range(*cover):
            example.tags["measure"][i] = figure["measure"]
            example.tags["scope"][i] = figure["scope"]
            example.tags["population"][i] = figure["population"] or "none"
        item = words.cover(figure["item"]) if isinstance(figure["item"], dict) else None
        parts += [(*item, "item")] if item else []
        quantity = next((q for q in found if q.first < cover[1] and cover[0] < q.last), None)
        if quantity and (quantity.low, quantity.high) == (figure["low"], figure["high"]):
            parts.append((*quantity.number, "number"))
            parts += [(*quantity.hedge_at, "hedge")] if quantity.hedge_at else []
        else:
            unknown.append(cover)
        event = named.get(figure["event"] or 0)
        if event:
            labels = example.pairs["events"].get(event[0])
            if labels:
                for i in range(*cover):
                    if labels[i] == "none":
                        labels[i] = "figure"
    example.tags["figure"] = bio(len(example.words), spans)
    tags = bio(len(example.words), parts)
    for first, last in unknown:
        tags[first:last] = [None if t == "O" else t for t in tags[first:last]]
    example.tags["part"] = tags
