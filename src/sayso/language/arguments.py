"""Which runs of words may be arguments of a predicate, by the tree; and which of them are.

PropBank marked constituents, and nearly all of them are subtrees: of the children of the predicate, of the children of what
governs it (shared subjects, controllers), or the governor itself without the predicate's branch (the noun of a relative
clause). Of EWT dev's arguments 95 of 100 are among these ten runs a predicate by gold trees, 89 by our own. Where a tree hangs a
phrase one step too low or too high, the argument is such a run without its last or first part, or two runs side by side: with
these, twenty runs a predicate, it is 94.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.language.analysis import Found, Frame
from sayso.language.decode import Floats, softmax

# How a run stands to its predicate; the number counts the steps up the tree. "word": the child alone, without what hangs on it.
KINDS = (
    "child0", "child1", "child2", "child3", "word0", "word1", "governor1", "governor2", "governor3", "head1", "head2", "head3", "right",
    "short1", "short2", "late1", "late2", "late3", "joined",
)  # fmt: skip
_KIND = {name: number for number, name in enumerate(KINDS)}
# Their numbers by the steps up the tree (from 1 for governors and heads).
CHILD = [_KIND[f"child{step}"] for step in range(4)]
WORD = [_KIND["word0"], _KIND["word1"], -1, -1]
GOVERNOR, HEAD = ([-1, *(_KIND[f"{name}{step}"] for step in (1, 2, 3))] for name in ("governor", "head"))
RIGHT, JOINED = _KIND["right"], _KIND["joined"]
SHORT, LATE = ([_KIND[f"{name}{step}"] for step in range(1, most + 1)] for name, most in (("short", 2), ("late", 3)))
_GOVERNORS = frozenset(GOVERNOR[1:])
# Runs of words of a sentence, half-open, that may be arguments → the word that each hangs by, and its kind (as in KINDS).
Runs = dict[tuple[int, int], tuple[int, int]]
STEPS = 6  # governors looked at on the way up
FAR = 3  # from this step on all steps are alike


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
        # Of each subtree its first and last word and its size: it is one stretch where these fit.
        self.low, self.high, self.size = list(range(len(heads))), list(range(len(heads))), [1] * len(heads)
        for word in reversed(self._downwards()):
            above = heads[word] - 1
            if above >= 0:
                self.low[above] = min(self.low[above], self.low[word])
                self.high[above] = max(self.high[above], self.high[word])
                self.size[above] += self.size[word]

    def _downwards(self) -> list[int]:
        """The words, each after its governor."""
        order = [word for word, head in enumerate(self.heads) if head <= 0]
        for word in order:  # grows while it is read
            order += self.children[word]
        return order

    def subtree(self, word: int) -> list[int]:
        """The words of a subtree, in order."""
        if self.high[word] - self.low[word] + 1 == self.size[word]:
            return list(range(self.low[word], self.high[word] + 1))
        found = [word]
        for child in found:  # grows while it is read
            found += self.children[child]
        return sorted(found)

    def runs(self, predicate: int) -> Runs:
        """All runs that may be arguments of a predicate, each once, without marks at their ends."""
        found: Runs = {}
        node, below, step = predicate, -1, 0
        while True:
            far = min(step, FAR)
            kind, alone = CHILD[far], WORD[far]
            for child in self.children[node]:
                if child != below:
                    if self.high[child] - self.low[child] + 1 == self.size[child]:
                        self._note(found, self.low[child], self.high[child] + 1, child, kind)
                    else:
                        self._add(found, self.subtree(child), child, kind)
                    if step < 2 and self.children[child]:
                        self._note(found, child, child + 1, child, alone)
            self._own(found, node, below, predicate, far)
            below, step = node, step + 1
            if self.heads[node] <= 0 or step > STEPS:
                break
            node = self.heads[node] - 1
        whole = [(at, run) for at, run in found.items() if run[1] <= CHILD[FAR] or run[1] in _GOVERNORS]
        for (first, last), (head, _) in whole:
            if len(self.children[head]) > 0:
                self._cut(found, first, last, head)
        self._join(found, [(at, run[0]) for at, run in whole if run[1] <= CHILD[FAR]], predicate)
        return found

    def _cut(self, found: Runs, first: int, last: int, head: int) -> None:
        """A run without what hangs last on its head, one part after the other; and without what hangs first."""
        end, number = last, 0
        kids = self.children[head]
        for kid in reversed(kids):
            if kid < head or number == len(SHORT):
                break
            if kid < last:
                end = min(end, self.low[kid])
                self._note(found, first, end, head, SHORT[number])
                number += 1
        start, number = first, 0
        for kid in kids:
            if kid > head or number == len(LATE):
                break
            if kid >= first:
                start = max(start, self.high[kid] + 1)
                self._note(found, start, last, head, LATE[number])
                number += 1

    def _join(self, found: Runs, children: list[tuple[tuple[int, int], int]], predicate: int) -> None:
        """Two runs side by side, on one side of the predicate."""
        begins: dict[int, list[int]] = {}
        for (first, last), _ in children:
            begins.setdefault(first, []).append(last)
        for (first, last), head in children:
            at = last
            while at < len(self.marks) and self.marks[at]:
                at += 1
            for end in begins.get(at, ()):
                if not first <= predicate < end:
                    self._note(found, first, end, head, JOINED)

    def _own(self, found: Runs, node: int, below: int, predicate: int, far: int) -> None:
        """A governor without the branch of the predicate, and alone; all that hangs on the predicate behind it."""
        if below < 0:
            if self.high[node] > predicate:
                self._add(found, [w for w in self.subtree(node) if w > predicate], node, RIGHT)
            return
        branch = set(self.subtree(below))
        self._add(found, [w for w in self.subtree(node) if w not in branch], node, GOVERNOR[far])
        self._note(found, node, node + 1, node, HEAD[far])

    def _add(self, found: Runs, words: list[int], head: int, kind: int) -> None:
        """Note the run of words round the head (or the first run, where the head is not among them)."""
        if words[-1] - words[0] + 1 != len(words):
            words = _unbroken(words, head)
        self._note(found, words[0], words[-1] + 1, head, kind)

    def _note(self, found: Runs, first: int, last: int, head: int, kind: int) -> None:
        """Note a run without the marks at its ends, unless it is there already."""
        marks = self.marks
        while first < last and marks[first]:
            first += 1
        while first < last and marks[last - 1]:
            last -= 1
        if first < last and (first, last) not in found:
            found[first, last] = (head, kind)


def _unbroken(words: list[int], head: int) -> list[int]:
    """The stretch without gaps that holds the head, else the first one."""
    stretches: list[list[int]] = [[words[0]]]
    for word in words[1:]:
        if word == stretches[-1][-1] + 1:
            stretches[-1].append(word)
        else:
            stretches.append([word])
    return next((s for s in stretches if head in s), stretches[0])


def likeliest(scores: Floats, labels: Sequence[str]) -> dict[int, tuple[float, str]]:
    """The likeliest role of each run that has one, with its probability; `scores`: (runs, labels)."""
    best = scores.argmax(1)
    named = np.flatnonzero(best != labels.index("none"))
    sure = softmax(scores[named]).max(1)
    found = zip(named.tolist(), sure.tolist(), best[named].tolist(), strict=True)
    return {run: (chance, labels[role]) for run, chance, role in found}


def choose(predicate: Found, runs: Runs, roles: dict[int, tuple[float, str]], first: int, offset: int) -> Frame:
    """The arguments among the runs: the surest first, none over another.

    `roles`: by the number of the run, counted from `first`; `offset`: the token that the sentence begins with.
    """
    taken = {predicate.first - offset}
    chosen = []
    named = [(*roles[number], at) for number, at in enumerate(runs, first) if number in roles]
    for sure, label, (low, high) in sorted(named, key=lambda r: -r[0]):
        if taken.isdisjoint(range(low, high)):
            taken.update(range(low, high))
            chosen.append(Found(offset + low, offset + high, label, round(sure, 4)))
    return Frame(predicate, tuple(sorted(chosen, key=lambda r: r.first)))


# What is asked where nothing is: the graph wants one run at least; what it says of it is not looked at.
NONE = np.zeros((1, 5), dtype=np.int64)


def table(asked: Sequence[tuple[int, int, Runs]]) -> NDArray[np.int64]:
    """What the graph asks of each run: (runs, 5) predicate, head, first and last word in the window, kind.

    `asked`: of each predicate its word in its sentence, the word of the window that the sentence begins with, its runs.
    """
    rows = [
        (at + word, at + head, at + first, at + last - 1, kind)
        for word, at, runs in asked
        for (first, last), (head, kind) in runs.items()
    ]
    return np.array(rows, dtype=np.int64) if rows else NONE
