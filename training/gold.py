"""Our own gold ledger as training sentences: sources, cues, contents, events and figures, and what belongs to what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sayso.language.tokenizer import tokenize
from training.example import Example, lines

EVENT_ROLES = ("actor", "recipient", "where", "figure")
SPEECH_ROLES = ("source", "content")


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


def gold(path: Path, leave_out: int | None = None) -> Iterator[Example]:
    """The sentences of the gold ledger with sources, cues, contents, events and figures, and what belongs to what.

    `leave_out` k skips the reports number k, k + 5, k + 10 …: one of five folds, for cross-validation.
    """
    for number, line in enumerate(lines(path)):
        if leave_out is not None and number % 5 == leave_out:
            continue
        report = json.loads(line)
        for start, end in report["sentences"]:
            words = _Words(report["text"], start, end)
            if words.tokens:
                yield _gold_sentence(report, words)


def _gold_sentence(report: dict, words: _Words) -> Example:
    size = len(words.tokens)
    example = Example([t.text for t in words.tokens], f"gold/{report['id']}")
    example.tags.update({k: [None] * size for k in ("status", "measure")})
    _gold_speech(report, words, example)
    _gold_figures(report, words, example, _gold_events(report, words, example))
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
            labels = pairs.setdefault(cue[0], ["none"] * len(example.words))
            for c in contents:
                labels[slice(*c)] = ["content"] * (c[1] - c[0])
            if source:
                labels[slice(*source)] = ["source"] * (source[1] - source[0])
    for task, found in spans.items():
        example.tags[task] = bio(len(example.words), found)
    example.pairs["speech"] = pairs


def _gold_events(report: dict, words: _Words, example: Example) -> dict[int, tuple[int, int]]:
    """Fills anchors, status and participants; returns where in this sentence each event (by number from 1) is named."""
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
            labels = pairs.setdefault(cover[0], ["none"] * len(example.words))
            for role, key in (("where", "where"), ("recipient", "recipients"), ("actor", "actors")):
                for filler in filter(None, map(words.cover, event[key])):
                    labels[slice(*filler)] = [role] * (filler[1] - filler[0])
    example.tags["anchor"] = bio(len(example.words), spans)
    example.pairs["events"] = pairs
    return named


def _gold_figures(report: dict, words: _Words, example: Example, named: dict[int, tuple[int, int]]) -> None:
    spans: list[tuple[int, int, str]] = []
    for figure in report["figures"]:
        cover = words.cover(figure["span"])
        if not cover:
            continue
        spans.append((*cover, "figure"))
        for i in range(*cover):
            example.tags["measure"][i] = figure["measure"]
        event = named.get(figure["event"] or 0)
        if event:
            labels = example.pairs["events"].get(event[0])
            if labels:
                for i in range(*cover):
                    if labels[i] == "none":
                        labels[i] = "figure"
    example.tags["figure"] = bio(len(example.words), spans)
