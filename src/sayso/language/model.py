"""The trained encoder: one sentence of words in, scores of all heads out. ONNX Runtime, one thread, one sentence a run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.errors import BadWeights
from sayso.language.decode import Bio
from sayso.language.pieces import Pieces

Floats = NDArray[np.float32]
WEIGHTS = Path(__file__).parent.parent / "weights"
FILES = ("model.onnx", "labels.json", "lemmas.tsv", "tokenizer.json")
MOST_PIECES = 510  # the encoder knows 512 places
MOST_WORDS = 250  # the splitter cuts longer sentences


@dataclass(slots=True)
class Scores:
    """The raw scores of one sentence of n words.

    `tags`: task → (n, labels); `arcs`: (n, n + 1), column 0 the root; `relations`: (n, relations); `links`: group →
    (n, n, labels), trigger by argument.
    """

    tags: dict[str, Floats]
    arcs: Floats
    relations: Floats
    links: dict[str, Floats]


class Model:
    """The encoder with its heads. Loads in about a third of a second; not shared between processes."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        import onnxruntime

        missing = [f for f in FILES if not (folder / f).is_file()]
        if missing:
            raise BadWeights(f"no {', '.join(missing)} in {folder}", "the package is incomplete", "install sayso again")
        options = onnxruntime.SessionOptions()
        # One thread: sums are then taken in one order, and processes do not fight over cores.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            layout = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise BadWeights(f"the weights in {folder} can not be loaded", str(error), "install sayso again") from error
        self.pieces = Pieces(folder / "tokenizer.json")
        self.lemmas = _lemmas(folder / "lemmas.tsv")
        self.labels: dict[str, list[str]] = {**layout["tags"], "deprel": layout["deprel"]}
        self.link_labels: dict[str, list[str]] = layout["pairs"]
        self.bio = {task: Bio(labels) for task, labels in layout["tags"].items() if "O" in labels}
        self.wide_order = [layout["tags"]["names_wide"].index(t) for t in layout["tags"]["names"]]
        self._tag_cuts = _cuts(layout["tags"])
        self._link_cuts = _cuts(layout["pairs"])

    def run(self, words: list[str]) -> Scores:
        """The scores of one sentence of 1 to 250 words."""
        ids, cases, first, last = self.pieces.encode(words)
        if len(ids) > MOST_PIECES:
            ids, cases, first, last = self.pieces.encode(words, most=max(1, (MOST_PIECES - 1) // len(words)))
        feed = {"pieces": ids[None], "cases": cases[None], "first": first[None], "last": last[None]}
        tags, arcs, relations, links = self._session.run(None, feed)
        return Scores(
            {task: tags[0, :, a:b] for task, a, b in self._tag_cuts},
            arcs[0],
            relations[0],
            {group: links[0, :, :, a:b] for group, a, b in self._link_cuts},
        )


def _lemmas(path: Path) -> dict[tuple[str, str], str]:
    """(part of speech, lower-cased form) → lemma of the words that the treebanks know."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {(upos, form): lemma for upos, form, lemma in rows}


def _cuts(labels: dict[str, list[str]]) -> list[tuple[str, int, int]]:
    """Where each task's labels lie side by side in one row of scores."""
    cuts, at = [], 0
    for task, names in labels.items():
        cuts.append((task, at, at + len(names)))
        at += len(names)
    return cuts


@lru_cache(maxsize=1)
def shared_model() -> Model:
    """The model of this process, loaded when first asked for."""
    return Model()


@lru_cache(maxsize=4)
def weights_hash(folder: Path = WEIGHTS) -> str:
    """A hash of all that the language stage learnt: equal hashes, equal analyses."""
    digest = blake2b(digest_size=8)
    learnt = [*(folder / f for f in FILES), Path(__file__).parent / "boundaries.json"]
    for file in learnt:
        if not file.is_file():
            raise BadWeights(f"no {file.name}", "the package is incomplete", "install sayso again")
        digest.update(file.read_bytes())
    return digest.hexdigest()
