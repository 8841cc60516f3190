"""One training sentence, and how the files of the corpora are read."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SILVER = 0.3  # weight of the losses of silver labels against those of people's


@dataclass
class Example:
    """One sentence: words, and per task either nothing or its labels (one a word, or pair labels by trigger word).

    `document`: sentences of one document, in order, may be read together in one window. A label may be a set, `a|b`: one of these.
    """

    words: list[str]
    document: str
    tags: dict[str, list[str | None]] = field(default_factory=dict)  # task -> one label a word; None: not annotated
    heads: list[int] | None = None  # 0 = root, else 1-based; -1: not annotated
    # group -> trigger word -> label a word; None: not annotated
    pairs: dict[str, dict[int, list[str | None]]] = field(default_factory=dict)
    frames: dict[int, dict[tuple[int, int], str]] = field(default_factory=dict)  # predicate -> run of words -> role
    silver: frozenset[str] = (
        frozenset()
    )  # the tasks (deprel for the tree, groups of pairs) whose labels are a machine's
    place: int = -1  # number of the sentence in its document, where it is known what refers to what in that (`linking`)
    fixed: bool = False  # names stay as they are: other names would break the chains of the document

    def weight(self, task: str) -> float:
        """What the loss of a task counts: less where a machine made the labels."""
        return SILVER if task in self.silver else 1.0


def lines(path: Path) -> Iterator[str]:
    """The lines of a file, packed or not, without their ends."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def sentences(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """The comment fields and the token rows of each sentence of a tab-separated file."""
    meta: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in lines(path):
        if not line:
            if rows:
                yield meta, rows
            meta, rows = {}, []
        elif line.startswith("# "):
            key, _, value = line[1:].partition("=")
            meta[key.strip()] = value.strip()
        else:
            rows.append(line.split("\t"))
    if rows:
        yield meta, rows
