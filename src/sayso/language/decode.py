"""Scores of one sentence → tags, lemmas, labelled runs of words, and what belongs to which trigger."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.language.analysis import Found, Frame

Floats = NDArray[np.float32]


def softmax(scores: Floats) -> Floats:
    """Probabilities over the last axis."""
    raised: Floats = np.exp(scores - scores.max(-1, keepdims=True))
    total: Floats = raised / raised.sum(-1, keepdims=True)
    return total


class Bio:
    """The labels of a BIO task, sorted out once: which mean "outside", which begin a run, and of which kind they are."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.outside = labels.index("O")
        self.kinds = sorted({t[2:] for t in labels if t != "O"})
        self.begins = np.array([t.startswith("B-") for t in labels], dtype=np.float32)
        self.member = np.zeros((len(labels), len(self.kinds)), dtype=np.float32)
        for row, label in enumerate(labels):
            if label != "O":
                self.member[row, self.kinds.index(label[2:])] = 1.0
        self.kind_of = [t[2:] for t in labels]
        # What may follow what: I-x only B-x or I-x; no sentence begins with I.
        never = -1e9
        inside = [t.startswith("I-") for t in labels]
        self.first = np.array([never if i else 0.0 for i in inside])
        self.moves = np.array(
            [[never if i and a[2:] != b[2:] else 0.0 for b, i in zip(labels, inside, strict=True)] for a in labels]
        )

    def runs(
        self, scores: Floats, offset: int, threshold: float = 0.5, starts: Collection[int] = frozenset()
    ) -> list[Found]:
        """Labelled runs of scores (words, tags). A word is in a run where "outside" has less than 1 − `threshold`.

        The label of a run is the likeliest over its words; the score the mean probability of being inside. `starts`: words that
        begin a sentence: no run goes over them.
        """
        chances = softmax(scores)
        inside = 1.0 - chances[:, self.outside]
        words = _held(inside, threshold, starts)
        if not words:
            return []
        by_kind, begin = chances @ self.member, chances @ self.begins
        found: list[Found] = []
        first = before = words[0]
        for word in [*words[1:], -1]:
            # A new run where a word is left out, or where beginning is likelier than going on.
            if word != before + 1 or word in starts or begin[word] > 0.5 * inside[word]:
                kind = self.kinds[int(by_kind[first : before + 1].sum(0).argmax())]
                score = float(inside[first : before + 1].mean())
                found.append(Found(offset + first, offset + before + 1, kind, round(score, 4)))
                first = word
            before = word
        return found

    def path(self, scores: Floats, offset: int) -> list[Found]:
        """The runs of the likeliest sequence of tags in which no run goes on that has not begun (Viterbi)."""
        greedy = scores.argmax(1)
        if (greedy == self.outside).all():
            return []
        whole = softmax(scores)
        # The likeliest tags one by one are the likeliest sequence wherever they may follow each other, which is nearly always.
        if not self.first[greedy[0]] and not self.moves[greedy[:-1], greedy[1:]].any():
            return self._runs_of(greedy.tolist(), whole, offset)
        chances = np.log(whole + 1e-9)
        total, back = chances[0] + self.first, []
        for row in chances[1:]:
            ways = total[:, None] + self.moves
            back.append(ways.argmax(0))
            total = ways.max(0) + row
        tags = [int(total.argmax())]
        for step in reversed(back):
            tags.append(int(step[tags[-1]]))
        tags.reverse()
        return self._runs_of(tags, whole, offset)

    def _runs_of(self, tags: list[int], chances: Floats, offset: int) -> list[Found]:
        found, at = [], 0
        while at < len(tags):
            end = at + 1
            if tags[at] != self.outside:
                kind = self.kind_of[tags[at]]
                while end < len(tags) and tags[end] != self.outside and not self.begins[tags[end]]:
                    end += 1
                score = float(chances[np.arange(at, end), tags[at:end]].mean())
                found.append(Found(offset + at, offset + end, kind, round(score, 4)))
            at = end
        return found


# A word beside a run is still of it from this share of the threshold on: runs then break less often. Of 0.6, 0.8 and 0.95 all are within
# half a point on reports of gold train that the reader had not learnt from.
HOLD = 0.8


def _held(inside: Floats, threshold: float, starts: Collection[int]) -> list[int]:
    """The words of runs: those above the threshold, and their neighbours in the sentence that are nearly so."""
    sure = np.flatnonzero(inside > threshold).tolist()
    if not sure:
        return []
    near = (inside > HOLD * threshold).tolist()
    held = set(sure)
    for word in sure:
        at = word - 1
        while at >= 0 and at + 1 not in starts and near[at] and at not in held:
            held.add(at)
            at -= 1
        at = word + 1
        while at < len(near) and at not in starts and near[at] and at not in held:
            held.add(at)
            at += 1
    return sorted(held)


def best(scores: Floats, labels: list[str]) -> list[str]:
    """The likeliest label of each word."""
    return [labels[i] for i in scores.argmax(1).tolist()]


SHORT_IES = 5  # letters up to which *-ies* may come from *-ie* (*dies*, *ties*)


def lemma(form: str, script: str, shouted: bool = False) -> str:
    """The lemma that an edit script (`training.corpora.lemma_script`) makes of a form.

    `shouted`: the form stands among capitals alone, so that of a name only the first of them is its own.
    """
    base = (form.title() if shouted else form) if script[0] == "k" else form.lower()
    digits = 1
    while digits < len(script) and script[digits].isdigit():
        digits += 1
    cut = int(script[1:digits])
    if cut > len(base):
        return base
    made = (base[: len(base) - cut] if cut else base) + script[digits:] or base
    # *denies*, *families*: the head sometimes leaves the e of longer words, which English never does but in words it knows.
    return made[:-2] + "y" if made.endswith("ie") and base.endswith("ies") and len(base) > SHORT_IES else made


def frames(
    triggers: Sequence[Found],
    links: Floats,
    labels: Sequence[str],
    offset: int,
    sentences: Sequence[tuple[int, int]],
    threshold: float = 0.5,
) -> list[Frame]:
    """Each trigger with the runs of words that fill its roles, all in its own sentence.

    `links`: (triggers, words, labels), scores over the words of a window that begins with token `offset`; `sentences`: the
    words of each sentence of the window. A word is in a role where "none" has less than 1 − `threshold`.
    """
    if not triggers:
        return []
    none = labels.index("none")
    inside = np.zeros(links.shape[:2], dtype=bool)
    ranges = [_sentence_of(t.first - offset, sentences) for t in triggers]
    for row, (low, high) in enumerate(ranges):
        inside[row, low:high] = True
    every = softmax(links)
    inside &= every[:, :, none] < 1.0 - threshold
    chances = every[inside]
    chances[:, none] = -1.0
    kind, score = np.full(inside.shape, none), np.zeros(inside.shape, dtype=np.float32)
    kind[inside], score[inside] = chances.argmax(1), chances.max(1)
    return [
        Frame(trigger, tuple(_runs(kind[row].tolist(), score[row].tolist(), labels, none, offset, ranges[row])))
        for row, trigger in enumerate(triggers)
    ]


def _sentence_of(word: int, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return next((low, high) for low, high in sentences if low <= word < high)


def _runs(
    kinds: list[int], scores: list[float], labels: Sequence[str], none: int, offset: int, inside: tuple[int, int]
) -> list[Found]:
    """Runs of words of one kind within a range; the score of a run is the mean of its words'."""
    roles: list[Found] = []
    at, stop = inside
    while at < stop:
        kind, end = kinds[at], at + 1
        if kind != none:
            while end < stop and kinds[end] == kind:
                end += 1
            score = sum(scores[at:end]) / (end - at)
            roles.append(Found(offset + at, offset + end, labels[kind], round(score, 4)))
        at = end
    return roles
