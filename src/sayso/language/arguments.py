"""Which runs of words may be arguments of a predicate, by the tree; and which of them are.

PropBank marked constituents, and nearly all of them are subtrees: of the children of the predicate, of the children of what
governs it (shared subjects, controllers), or the governor itself without the predicate's branch (the noun of a relative
clause). Of EWT dev's arguments 95 of 100 are among these ten runs a predicate by gold trees, 89 by our own. Where a tree hangs a
phrase one step too low or too high, the argument is such a run without its last or first part, or two runs side by side: with
these, twenty runs a predicate, it is 94.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sayso.language.analysis import Found, Frame
from sayso.language.decode import Floats, softmax

# How a run stands to its predicate; the number counts the steps up the tree. "word": the child alone, without what hangs on it.
KINDS = (
    "child0", "child1", "child2", "child3", "word0", "word1", "governor1", "governor2", "governor3", "head1", "head2", "head3", "right",
    "short1", "short2", "late1", "late2", "late3", "joined",
)  # fmt: skip
_KIND = {name: number for number, name in enumerate(KINDS)}
_GOVERNORS = frozenset(_KIND[f"governor{step}"] for step in (1, 2, 3))
STEPS = 6  # governors looked at on the way up
FAR = 3  # from this step on all steps are alike


class Run(NamedTuple):
    """A run of words `first:last` of a sentence that may be an argument; `head`: the word it hangs by; `kind`: as in KINDS."""

    first: int
    last: int
    head: int
    kind: int


class Sentence:
    """The tree of one sentence, read for the arguments of its predicates.

    `heads`: the governor of each word, counted from 1, 0 for the root; `marks`: which words are punctuation.
    """

    def __init__(self, heads: Sequence[int], marks: Sequence[bool]) -> None:
        self.heads, self.marks = heads, marks
        self.children: list[list[int]] = [[] for _ in heads]
        for word, head in enumerate(heads):
            if head > 0:
                self.children[head - 1].append(word)
        self._inside: dict[int, list[int]] = {}

    def subtree(self, word: int) -> list[int]:
        """The words of a subtree, in order."""
        known = self._inside.get(word)
        if known is None:
            known = [word]
            for child in known:  # grows while it is read
                known.extend(self.children[child])
            known = self._inside[word] = sorted(known)
        return known

    def runs(self, predicate: int) -> list[Run]:
        """All runs that may be arguments of a predicate, each once, without marks at their ends."""
        found: dict[tuple[int, int], Run] = {}
        node, below, step = predicate, -1, 0
        while True:
            far = min(step, FAR)
            for child in self.children[node]:
                if child != below:
                    self._add(found, self.subtree(child), child, f"child{far}")
                    if step < 2 and self.children[child]:
                        self._add(found, [child], child, f"word{step}")
            self._own(found, node, below, predicate, far)
            below, step = node, step + 1
            if self.heads[node] <= 0 or step > STEPS:
                break
            node = self.heads[node] - 1
        whole = [r for r in found.values() if r.kind < _KIND["word0"] or r.kind in _GOVERNORS]
        for run in whole:
            self._cut(found, run)
        self._join(found, sorted(r for r in whole if r.kind < _KIND["word0"]), predicate)
        return list(found.values())

    def _cut(self, found: dict[tuple[int, int], Run], run: Run) -> None:
        """A run without what hangs last on its head, one part after the other; and without what hangs first."""
        kids = [k for k in self.children[run.head] if run.first <= k < run.last]
        last = run.last
        for number, kid in enumerate([k for k in reversed(kids) if k > run.head][:2], 1):
            last = min(last, self.subtree(kid)[0])
            self._note(found, run.first, last, run.head, f"short{number}")
        first = run.first
        for number, kid in enumerate([k for k in kids if k < run.head][:3], 1):
            first = max(first, self.subtree(kid)[-1] + 1)
            self._note(found, first, run.last, run.head, f"late{number}")

    def _join(self, found: dict[tuple[int, int], Run], children: list[Run], predicate: int) -> None:
        """Two runs side by side, on one side of the predicate."""
        begins: dict[int, list[Run]] = {}
        for run in children:
            begins.setdefault(run.first, []).append(run)
        for run in children:
            at = run.last
            while at < len(self.marks) and self.marks[at]:
                at += 1
            for after in begins.get(at, ()):
                if not run.first <= predicate < after.last:
                    self._note(found, run.first, after.last, run.head, "joined")

    def _own(self, found: dict[tuple[int, int], Run], node: int, below: int, predicate: int, far: int) -> None:
        """A governor without the branch of the predicate, and alone; all that hangs on the predicate behind it."""
        if below < 0:
            self._add(found, [w for w in self.subtree(node) if w > predicate], node, "right")
            return
        branch = set(self.subtree(below))
        self._add(found, [w for w in self.subtree(node) if w not in branch], node, f"governor{far}")
        self._add(found, [node], node, f"head{far}")

    def _add(self, found: dict[tuple[int, int], Run], words: list[int], head: int, kind: str) -> None:
        """Note the run of words round the head (or the first run, where the head is not among them)."""
        if not words:
            return
        if words[-1] - words[0] + 1 != len(words):
            words = _unbroken(words, head)
        self._note(found, words[0], words[-1] + 1, head, kind)

    def _note(self, found: dict[tuple[int, int], Run], first: int, last: int, head: int, kind: str) -> None:
        """Note a run without the marks at its ends, unless it is there already."""
        while first < last and self.marks[first]:
            first += 1
        while first < last and self.marks[last - 1]:
            last -= 1
        if first < last and (first, last) not in found:
            found[first, last] = Run(first, last, head, _KIND[kind])


def _unbroken(words: list[int], head: int) -> list[int]:
    """The stretch without gaps that holds the head, else the first one."""
    stretches: list[list[int]] = [[words[0]]]
    for word in words[1:]:
        if word == stretches[-1][-1] + 1:
            stretches[-1].append(word)
        else:
            stretches.append([word])
    return next((s for s in stretches if head in s), stretches[0])


def likeliest(scores: Floats, labels: Sequence[str]) -> list[tuple[str, float]]:
    """The likeliest role of each run and its probability; `scores`: (runs, labels)."""
    chances = softmax(scores)
    return list(zip([labels[k] for k in chances.argmax(1).tolist()], chances.max(1).tolist(), strict=True))


def choose(predicate: Found, runs: Sequence[Run], roles: Sequence[tuple[str, float]], offset: int) -> Frame:
    """The arguments among the runs: the surest first, none over another; `offset`: the token that the sentence begins with."""
    taken = {predicate.first - offset}
    chosen = []
    named = [(sure, label, run) for (label, sure), run in zip(roles, runs, strict=True) if label != "none"]
    for sure, label, run in sorted(named, key=lambda r: -r[0]):
        if taken.isdisjoint(range(run.first, run.last)):
            taken.update(range(run.first, run.last))
            chosen.append(Found(offset + run.first, offset + run.last, label, round(sure, 4)))
    return Frame(predicate, tuple(sorted(chosen, key=lambda r: r.first)))


# What is asked where nothing is: the graph wants one run at least; what it says of it is not looked at.
NONE = np.zeros((1, 5), dtype=np.int64)


def table(rows: Sequence[tuple[int, Run]], first: Sequence[int]) -> np.ndarray:
    """What the graph asks of each run: (runs, 5) predicate, head, first and last word in the window, kind.

    `rows`: predicate (a word of its sentence) and run; `first`: the word of the window that the sentence begins with.
    """
    made = [
        (at + p, at + r.head, at + r.first, at + r.last - 1, r.kind) for (p, r), at in zip(rows, first, strict=True)
    ]
    return np.array(made, dtype=np.int64)
