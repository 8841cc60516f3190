"""The weighted mean of the weights of two finished runs, the second of which the first has gone on from.

    python -m training.soup --runs LATER EARLIER --share 0.3 --out scratch/soup

Two legs of one lineage lie in one basin; the mean of their weights does better on sets that neither has learnt (model soups,
Wortsman et al. 2022). Labels that the earlier run did not know keep the later one's weights.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from training.model import Reader, grow, sizes_of


def mixed(later: Path, earlier: Path, share: float) -> dict[str, torch.Tensor]:
    """The weights of the later run, with `share` (0 … 1) of the earlier one's."""
    labels = json.loads((later / "labels.json").read_text(encoding="utf-8"))
    new = torch.load(later / "model.pt")
    model = Reader(*sizes_of(labels["tags"], labels["pairs"]))
    model.load_state_dict(new)
    grow(model, labels["tags"], labels["pairs"], earlier)
    old = model.state_dict()
    return {name: (1 - share) * value + share * old[name] for name, value in new.items()}


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--runs", type=Path, nargs=2, required=True, help="the later run and the one that it went on from")
    ask.add_argument("--share", type=float, default=0.3, help="of the earlier run (default %(default)s)")
    ask.add_argument("--out", type=Path, required=True)
    told = ask.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    (told.out / "labels.json").write_text((told.runs[0] / "labels.json").read_text(encoding="utf-8"), encoding="utf-8")
    torch.save(mixed(*told.runs, told.share), told.out / "model.pt")


if __name__ == "__main__":
    main()
