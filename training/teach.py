"""What the readers of the five folds together see in news that nobody has labelled: probabilities for the shipped reader to learn.

    python -m training.teach --runs FOLD0 FOLD1 … --start FOLDER --shared ../shared --out scratch/taught.pkl

Five readers that have each learnt from other four fifths of gold err in different places; the mean of what they see is better than
what any of them sees (distillation, Hinton et al. 2015). One reader that learns it beside gold is as fast as before.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from sayso.language.pieces import Pieces
from training.example import Example
from training.export import load
from training.losses import Losses
from training.model import Reader
from training.silver import reports
from training.windows import Window, batches, windows

# The heads that only gold teaches; the rest have corpora of their own.
TASKS = (
    "cue",
    "source",
    "content",
    "anchor",
    "figure",
    "measure",
    "status",
    "mode",
    "part",
    "scope",
    "population",
    "manner",
)
GROUPS = {"speech": "cue", "events": "anchor"}
TRIGGER = 0.25  # links are kept of words that begin a cue or anchor with this probability
LONGEST = 250


def see(
    readers: list[Reader], losses: Losses, batch: list[Window], labels: dict[str, list[str]]
) -> Iterator[tuple[Example, dict[str, np.ndarray], dict[str, dict[int, np.ndarray]]]]:
    """Each sentence of a batch with the mean of what the readers see in it."""
    with torch.no_grad():
        states, places = [], []
        for reader in readers:
            h, places = losses.encode(reader, batch)
            states.append(h)
        means: dict[str, torch.Tensor] = {}
        for reader, h in zip(readers, states, strict=True):
            parts = dict(zip(reader.task_names, reader.tagger(h).split(reader.tag_sizes, -1), strict=True))
            for task in TASKS:
                means[task] = means.get(task, 0) + parts[task].softmax(-1) / len(readers)
        for row, at, example in places:
            end = at + len(example.words)
            tags = {task: means[task][row, at:end].numpy().astype(np.float16) for task in TASKS}
            links = {g: _links(readers, states, losses, labels, (row, at, end), g, tags) for g in GROUPS}
            yield example, tags, links


def _links(
    readers: list[Reader],
    states: list[torch.Tensor],
    losses: Losses,
    labels: dict[str, list[str]],
    place: tuple[int, int, int],
    group: str,
    tags: dict[str, np.ndarray],
) -> dict[int, np.ndarray]:
    """The links of the words of one sentence that likely are triggers of a group."""
    row, at, end = place
    begins = [k for k, t in enumerate(labels[GROUPS[group]]) if t.startswith("B-")]
    likely = np.flatnonzero(tags[GROUPS[group]][:, begins].astype(np.float32).sum(1) > TRIGGER)
    if not len(likely):
        return {}
    low, high = losses.cuts[group]
    total = torch.zeros(len(likely), end - at, high - low)
    rows, triggers = torch.full((len(likely),), row), torch.from_numpy(likely + at)
    for reader, h in zip(readers, states, strict=True):
        total += reader.links(h, rows, triggers)[:, at:end, low:high].softmax(-1) / len(readers)
    return {int(word): total[k].numpy().astype(np.float16) for k, word in enumerate(likely)}


def load_taught(path: Path) -> list[Example]:
    """The sentences with soft labels that `main` wrote."""
    with path.open("rb") as file:
        rows = pickle.load(file)
    return [Example(r["words"], r["document"], soft=r["tags"], soft_pairs=r["links"]) for r in rows]


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument(
        "--runs", type=Path, nargs="+", required=True, help="folders of finished runs (training.train --leave-out)"
    )
    ask.add_argument("--start", type=Path, required=True)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--words", type=int, default=300_000, help="words of Voice of America (default %(default)s)")
    told = ask.parse_args()
    found = [load(run) for run in told.runs]
    readers, labels = [model for model, _ in found], found[0][1]
    assert all(other == labels for _, other in found), "runs with other labels can not be averaged"
    pieces = Pieces(told.start / "tokenizer.json")
    losses = Losses(labels["tags"], labels["pairs"], pieces)
    examples = [
        Example(words, name)
        for name, sentences in reports(told.shared, told.words)
        if not name.startswith("gold/")
        for words in sentences
    ]
    sizes = {id(e): pieces.size(e.words) for e in examples}
    examples = [e for e in examples if sizes[id(e)] <= LONGEST]
    rng = random.Random(1)
    order = {id(e): k for k, e in enumerate(examples)}
    rows: list[tuple[int, dict]] = []
    for batch in batches(list(windows(examples, sizes, rng)), sizes, rng):
        for example, tags, links in see(readers, losses, batch, labels["tags"]):
            row = {"document": example.document, "words": example.words, "tags": tags, "links": links}
            rows.append((order[id(example)], row))
    rows.sort(key=lambda r: r[0])
    with told.out.open("wb") as out:
        pickle.dump([row for _, row in rows], out)
    print(f"{told.out}: {len(rows)} sentences, {sum(len(r['words']) for _, r in rows)} words")


if __name__ == "__main__":
    main()
