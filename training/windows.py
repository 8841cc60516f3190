"""Sentences to windows: some consecutive sentences of a document that the encoder reads together, and batches of windows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import groupby

from sayso.language.pieces import Pieces
from training.example import Example

Window = list[Example]
# The product fills windows up to 128 pieces. In training their size varies, so that a lone sentence is read as well.
SIZES = (24, 64, 96, 128, 128, 128, 128, 144)
PIECES_A_BATCH = 1200
POOL = 4000  # sentences among which those of like length are put together


def windows(examples: list[Example], sizes: dict[int, int], rng: random.Random) -> Iterator[Window]:
    """The sentences of each document in windows of varied size; `sizes`: pieces by id of an example."""
    for _, group in groupby(examples, key=lambda e: e.document):
        window: Window = []
        room = most = rng.choice(SIZES)
        # The first window ends early at random, so that in each pass other sentences stand together.
        room -= rng.randrange(most)
        for example in group:
            if window and sizes[id(example)] > room:
                yield window
                window, room = [], rng.choice(SIZES)
            window.append(example)
            room -= sizes[id(example)]
        if window:
            yield window


def batches(stream: list[Window], sizes: dict[int, int], rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, about `PIECES_A_BATCH` pieces each."""
    size = lambda w: 1 + sum(sizes[id(e)] for e in w)  # noqa: E731
    made: list[list[Window]] = []
    for at in range(0, len(stream), POOL):
        cut: list[list[Window]] = [[]]
        for window in sorted(stream[at : at + POOL], key=size):
            if cut[-1] and size(window) * (len(cut[-1]) + 1) > PIECES_A_BATCH:
                cut.append([])
            cut[-1].append(window)
        made += cut
    rng.shuffle(made)
    return made


def together(examples: list[Example], sizes: dict[int, int], rng: random.Random) -> list[list[Window]]:
    """Batches in which the windows of a document stand side by side, so that what refers to what is seen over all of them."""
    documents = [list(group) for _, group in groupby(examples, key=lambda e: e.document)]
    rng.shuffle(documents)
    made: list[list[Window]] = [[]]
    longest = 0
    for document in documents:
        most = rng.choice(SIZES[2:])
        window: Window = []
        room = most
        cut: list[Window] = []
        for example in document:
            if window and sizes[id(example)] > room:
                cut.append(window)
                window, room = [], most
            window.append(example)
            room -= sizes[id(example)]
        for whole in [*cut, window]:
            size = 1 + sum(sizes[id(e)] for e in whole)
            if made[-1] and max(longest, size) * (len(made[-1]) + 1) > PIECES_A_BATCH:
                made.append([])
                longest = 0
            made[-1].append(whole)
            longest = max(longest, size)
    return [batch for batch in made if batch]


def lengths(examples: dict[str, list[Example]], pieces: Pieces) -> dict[int, int]:
    """Pieces of each example, by its id."""
    return {id(e): pieces.size(e.words) for part in examples.values() for e in part}
