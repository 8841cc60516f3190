"""Train the model of sentence boundaries: `python -m training.sentences` (half a minute).

Reads EWT train and GUM train (CoNLL-U) and some Voice of America news (one sentence a line) from `../shared` or the folder in SAYSO_SHARED and writes
`src/sayso/language/boundaries.json`. Logistic regression with AdaGrad, features seen at least `SEEN` times; same result every time.
The development parts are only measured on, by `python -m evaluation syntax`.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.language.analysis import Token
from sayso.language.boundaries import features, possible
from sayso.language.tokenizer import tokenize

SEEN = 3
WIRE = 20000
EPOCHS = 6
RATE = 0.25
DECAY = 2e-5
OUT = Path(__file__).resolve().parent.parent / "src" / "sayso" / "language" / "boundaries.json"
Example = tuple[list[str], int]


def shared() -> Path:
    """The folder of the corpora."""
    return Path(os.environ.get("SAYSO_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")


def paragraphs(path: Path) -> Iterator[tuple[str, set[int]]]:
    """The text of each paragraph of a CoNLL-U file, and the offsets at which its sentences end."""
    text, ends, ranged, space = "", set[int](), 0, ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(("# newdoc", "# newpar")) and not line.startswith("# newpar_"):
                if text:
                    yield text, ends
                text, ends, space = "", set(), ""
            elif not line.strip():
                ends.add(len(text))
                ranged = 0
            elif line[0].isdigit():
                columns = line.rstrip("\n").split("\t")
                number = columns[0]
                if "." in number or ("-" not in number and int(number) <= ranged):
                    continue
                ranged = int(number.split("-")[1]) if "-" in number else ranged
                text += space + columns[1]
                space = "" if "SpaceAfter=No" in columns[9] else " "
    if text:
        yield text, ends | {len(text)}


def wire(path: Path, most: int) -> Iterator[tuple[str, set[int]]]:
    """Paragraphs of news, from text with one sentence a line and blank lines between: the first `most` lines."""
    text, ends = "", set[int]()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(most), lines, strict=False):
            if line.strip():
                text += (" " if text else "") + line.strip()
                ends.add(len(text))
            elif text:
                yield text, ends
                text, ends = "", set()
    if text:
        yield text, ends


def examples(text: str, ends: set[int]) -> Iterator[Example]:
    """The gaps of a paragraph where a sentence could end, and whether one does."""
    tokens: list[Token] = tokenize(text)
    first = 0
    for at in range(1, len(tokens)):
        ending = tokens[at - 1].end in ends
        if possible(tokens, at):
            yield features(tokens, first, at), int(ending)
        if ending:
            first = at


def train(data: list[Example]) -> dict[str, float]:
    """Weights by feature; the bias under the empty key."""
    seen = Counter(name for found, _ in data for name in found)
    kept = [([name for name in found if seen[name] >= SEEN], label) for found, label in data]
    table: dict[str, float] = {"": 0.0}
    squares: dict[str, float] = {}
    shuffle = random.Random(1)
    for _ in range(EPOCHS):
        shuffle.shuffle(kept)
        for found, label in kept:
            total = table[""] + sum(table.get(name, 0.0) for name in found)
            error = label - 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
            for name in ("", *found):
                old = table.get(name, 0.0)
                gradient = error - DECAY * len(kept) * old / max(seen[name], 1) if name else error
                squares[name] = squares.get(name, 1e-3) + gradient * gradient
                table[name] = old + RATE * gradient / math.sqrt(squares[name])
    return {name: round(value, 2) for name, value in sorted(table.items()) if abs(value) >= 0.02 or not name}


def main() -> None:
    """Train and write the weights."""
    data: list[Example] = []
    for name in ("ewt-train", "gum-train"):
        for text, ends in paragraphs(shared() / "corpora" / "syntax" / f"{name}.conllu.gz"):
            data += examples(text, ends)
    for text, ends in wire(shared() / "corpora" / "unlabelled" / "voa.txt.gz", WIRE):
        data += examples(text, ends)
    table = train(data)
    OUT.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n", encoding="utf-8")
    print(f"{len(data)} gaps, {sum(label for _, label in data)} ends, {len(table)} weights, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
