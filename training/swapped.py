"""More names from few: sentences of UNER with their names changed for others of the same kind, some in lower or upper case.

The names head learns UNER's train part by heart in six passes (loss .02) and knows too few names; this teaches it the places that
names take in a sentence rather than the names.
"""

from __future__ import annotations

import random

from training.corpora import Example

LONGEST = 5  # words of a name that is put in another's place
OWN = 3  # how much likelier a name of UNER itself is taken than one of the other corpora
CHANGED = 0.6  # share of names that are changed
LOWER, UPPER = 0.15, 0.05  # shares of sentences written in one case


def spans(tags: list[str | None]) -> list[tuple[int, int, str]]:
    """The runs of BIO tags as (first, last, label)."""
    found, at = [], 0
    while at < len(tags):
        tag, end = tags[at], at + 1
        if tag and tag.startswith("B-"):
            while end < len(tags) and tags[end] == f"I-{tag[2:]}":
                end += 1
            found.append((at, end, tag[2:]))
        at = end
    return found


def examples(own: list[Example], others: list[Example], seed: int, rounds: int) -> list[Example]:
    """`rounds` changed copies of every sentence of `own` that has a name; names come from `own` and `others`."""
    rng = random.Random(seed)
    named = [e for e in own if any(t and t != "O" for t in e.tags.get("names") or ())]
    known: dict[str, list[list[str]]] = {}
    for example in named:
        for first, last, label in spans(example.tags["names"]):
            known.setdefault(label, []).extend([example.words[first:last]] * OWN)
    for example in others:
        for first, last, label in spans(example.tags["names_wide"]):
            if last - first <= LONGEST:
                known.setdefault(label, []).append(example.words[first:last])
    return [_changed(example, known, rng) for _ in range(rounds) for example in named]


def _changed(example: Example, known: dict[str, list[list[str]]], rng: random.Random) -> Example:
    words: list[str] = []
    tags: list[str | None] = []
    at = 0
    for first, last, label in spans(example.tags["names"]):
        words += example.words[at:first]
        tags += example.tags["names"][at:first]
        name = rng.choice(known[label]) if rng.random() < CHANGED else example.words[first:last]
        words += name
        tags += [f"B-{label}", *([f"I-{label}"] * (len(name) - 1))]
        at = last
    words += example.words[at:]
    tags += example.tags["names"][at:]
    dice = rng.random()
    if dice < LOWER + UPPER:
        words = [w.lower() if dice < LOWER else w.upper() for w in words]
    return Example(words, "swapped", {"names": tags})
