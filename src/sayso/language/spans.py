"""Scores of a window → names, speech, events, figures and predicates: the runs of words, and what belongs to which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from sayso.language import arguments, decode, names
from sayso.language.analysis import Analysis, Found, Frame
from sayso.language.decode import Floats
from sayso.language.model import Model, Pairs, Scores

# Chosen on gold train, each report read by a reader that had not learnt from it (docs/quality).
CUE, ANCHOR, FIGURE, LINK = 0.25, 0.6, 0.5, 0.6
PREDICATE = 0.5

Asked = tuple[
    int, int, arguments.Runs
]  # a predicate in its sentence, where that begins in the window, what it may take
Triggers = dict[str, list[Found]]  # by group of links, in the order of the text


class Part(Protocol):
    """A sentence in its window: tokens `first:last` of the text, from word `at` of the window."""

    first: int
    last: int
    at: int


def ranges(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """The words of each sentence of a window."""
    return [(p.at, p.at + p.last - p.first) for p in parts]


def triggers(scores: Scores, model: Model, parts: Sequence[Part], predicates: set[int] | None) -> Triggers:
    """The cues, anchors and predicates of a window; `predicates`: tokens that are known to be such, instead of those found."""
    first = parts[0].first
    starts = {p.at for p in parts}
    chances = decode.softmax(scores.tags["predicate"])[:, model.labels["predicate"].index("yes")]
    if predicates is None:
        chosen = np.flatnonzero(chances > PREDICATE).tolist()
    else:
        chosen = [k for k in range(len(chances)) if first + k in predicates]
    return {
        "speech": model.bio["cue"].runs(scores.tags["cue"], first, CUE, starts),
        "events": model.bio["anchor"].runs(scores.tags["anchor"], first, ANCHOR, starts),
        "roles": [Found(first + k, first + k + 1, "predicate", round(float(chances[k]), 4)) for k in chosen],
    }


def fill(
    analysis: Analysis,
    parts: Sequence[Part],
    scores: Scores,
    asked: Pairs,
    found: Triggers,
    model: Model,
) -> None:
    """Put the names, figures, speech and events of a window into the analysis."""
    first, inside = parts[0].first, ranges(parts)
    kinds = names.Evidence(scores.tags["names"], scores.tags["entities"], model)
    analysis.names += kinds.names(inside, first)
    analysis.figures += _figures(scores, model, first, {p.at for p in parts})
    made: dict[str, list[Frame]] = {}
    at = 0
    for group, labels in model.link_labels.items():
        rows = asked.links[group][at : at + len(found[group])]
        at += len(found[group])
        made[group] = decode.frames(found[group], rows, labels, first, inside, LINK)
    analysis.attributions += _marked(made["speech"], scores, model, first, ("manner",))
    analysis.events += _marked(made["events"], scores, model, first, ("status", "mode"))


def _marked(found: list[Frame], scores: Scores, model: Model, first: int, tasks: tuple[str, ...]) -> list[Frame]:
    """Frames with what the model says of the first words of their triggers."""
    if not found:
        return found
    words = [f.trigger.first - first for f in found]
    columns: dict[str, list[Found]] = {}
    for task in tasks:
        chances = decode.softmax(scores.tags[task][words])
        best, labels = chances.argmax(1).tolist(), model.labels[task]
        sure = chances.max(1).tolist()
        columns[task] = [
            Found(f.trigger.first, f.trigger.last, labels[b], round(s, 4))
            for f, b, s in zip(found, best, sure, strict=True)
        ]
    return [Frame(f.trigger, f.roles, {task: columns[task][k] for task in tasks}) for k, f in enumerate(found)]


def _figures(scores: Scores, model: Model, first: int, starts: set[int]) -> list[Frame]:
    """The figures of a window with number, hedge and item: the parts in or right beside the span."""
    spans = model.bio["figure"].runs(scores.tags["figure"], first, FIGURE, starts)
    if not spans:
        return []
    parts = model.bio["part"].runs(scores.tags["part"], first, FIGURE, starts)
    made = []
    for span in spans:
        low, high = span.first - first, span.last - first
        marks = {task: _likeliest(scores, model, task, low, high, span) for task in ("measure", "scope", "population")}
        trigger = Found(span.first, span.last, marks.pop("measure").label, span.score)
        mine = tuple(p for p in parts if p.first <= span.last and span.first <= p.last)
        made.append(Frame(trigger, mine, marks))
    return made


def runs(scores: Scores, model: Model, parts: Sequence[Part], heads: list[int], found: Sequence[Found]) -> list[Asked]:
    """What may be an argument of each predicate of a window, in their order."""
    marks = (scores.tags["upos"].argmax(1) == model.labels["upos"].index("PUNCT")).tolist()
    made: list[Asked] = []
    for part, (low, high) in zip(parts, ranges(parts), strict=True):
        here = [p.first - part.first for p in found if part.first <= p.first < part.last]
        if here:
            sentence = arguments.Sentence([h - low if h else 0 for h in heads[low:high]], marks[low:high])
            made += [(word, low, sentence.runs(word)) for word in here]
    return made


def predicates(
    analysis: Analysis, first: int, asked: list[Asked], roles: Floats, found: Sequence[Found], model: Model
) -> None:
    """Put the predicates of a window that begins with token `first` into the analysis; `roles`: (runs, labels)."""
    likely = arguments.likeliest(roles, model.role_labels)
    at = 0
    for predicate, (_, low, mine) in zip(found, asked, strict=True):
        analysis.predicates.append(arguments.choose(predicate, mine, likely, at, first + low))
        at += len(mine)


def _likeliest(scores: Scores, model: Model, task: str, first: int, last: int, run: Found) -> Found:
    """The label of a task that is likeliest over a run of words."""
    chances = decode.softmax(scores.tags[task][first:last].mean(0))
    best = int(chances.argmax())
    return Found(run.first, run.last, model.labels[task][best], round(float(chances[best]), 4))
