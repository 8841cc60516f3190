"""The trained encoder: one window of sentences in, scores of all heads out. ONNX Runtime, one thread, one window a run."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.errors import BadWeights
from sayso.language.coreference import Scorer
from sayso.language.decode import Bio
from sayso.language.pieces import Pieces

Floats = NDArray[np.float32]
WEIGHTS = Path(__file__).parent.parent / "weights"
FILES = ("model.onnx", "pairs.onnx", "linking.onnx", "clues.json", "labels.json", "lemmas.tsv", "tokenizer.json")
MOST_PIECES = 510  # the encoder knows 512 places
MOST_WORDS = 250  # the splitter cuts longer sentences
# Pieces that a window is filled up to. Neighbouring sentences help (names, who speaks); longer windows cost more attention and
# help no more. Windows are cut by the text alone, so a text reads the same whatever is read beside it.
WINDOW = 128


@dataclass(slots=True)
class Scores:
    """The raw scores of one window of n words in some sentences.

    `states`: (1, n, 384); `tags`: task → (n, labels); `arcs`: (n, n + 1), column 0 the root.
    """

    states: Floats
    tags: dict[str, Floats]
    arcs: Floats


@dataclass(slots=True)
class Pairs:
    """What is asked once trees and triggers are known.

    `relations`: (n, relations); `links`: group → (triggers, n, labels); `roles`: (runs, roles).
    """

    relations: Floats
    links: dict[str, Floats]
    roles: Floats


class Model:
    """The encoder with its heads. Loads in about a third of a second; not shared between processes."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        missing = [f for f in FILES if not (folder / f).is_file()]
        if missing:
            raise BadWeights(f"no {', '.join(missing)} in {folder}", "the package is incomplete", "install sayso again")
        try:
            layout = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._encoder, self._asked, self._linking = (_session(folder / f) for f in FILES[:3])
            clues = json.loads((folder / "clues.json").read_text(encoding="utf-8"))
        except Exception as error:
            raise BadWeights(f"the weights in {folder} can not be loaded", str(error), "install sayso again") from error
        self.pieces = Pieces(folder / "tokenizer.json")
        self.lemmas = _lemmas(folder / "lemmas.tsv")
        self.labels: dict[str, list[str]] = {**layout["tags"], "deprel": layout["deprel"]}
        self.role_labels: list[str] = layout["pairs"].pop("roles")
        self.link_labels: dict[str, list[str]] = layout["pairs"]
        self.chains = Scorer(*(np.array(clues[part], dtype=np.float32) for part in ("rows", "bias", "out")))
        self.bio = {task: Bio(labels) for task, labels in layout["tags"].items() if "O" in labels}
        self._tag_cuts = _cuts(layout["tags"])
        self._link_cuts = _cuts(layout["pairs"])

    def windows(self, sentences: list[list[str]]) -> list[list[int]]:
        """The numbers of the sentences that are read together, window by window, in order."""
        made: list[list[int]] = []
        room = 0
        for number, words in enumerate(sentences):
            size = self.pieces.size(words)
            if not made or size > room:
                made.append([])
                room = WINDOW - 1
            made[-1].append(number)
            room -= size
        return made

    def run(self, sentences: list[list[str]]) -> Scores:
        """The scores of one window; a single sentence of up to 250 words may be longer than a window is filled."""
        ids, cases, first, last = self.pieces.encode(sentences)
        if len(ids) > MOST_PIECES:
            words = sum(map(len, sentences))
            most = max(1, (MOST_PIECES - 1 - len(sentences)) // words)
            ids, cases, first, last = self.pieces.encode(sentences, most)
        feed = {"pieces": ids[None], "cases": cases[None], "first": first[None], "last": last[None]}
        states, tags, arcs = self._encoder.run(None, feed)
        return Scores(states, {task: tags[0, :, a:b] for task, a, b in self._tag_cuts}, arcs[0])

    def pairs(self, scores: Scores, heads: list[int], triggers: list[int], runs: NDArray[np.int64]) -> Pairs:
        """Relations to the governors `heads` (places in the window from 1; 0 the root), links of triggers, roles of runs.

        `runs`: (runs, 5), as `arguments.table` makes them.
        """
        # The graph wants at least one trigger; what it says of a word that is none is not looked at.
        feed = {
            "states": scores.states,
            "heads": np.array([heads]),
            "triggers": np.array(triggers or [0]),
            "runs": runs,
        }
        relations, links, roles = self._asked.run(None, feed)
        return Pairs(relations[0], {group: links[:, :, a:b] for group, a, b in self._link_cuts}, roles)

    def linking(self, phrases: Floats, anchors: Floats) -> tuple[Floats, Floats]:
        """What the phrases and anchors of a text are compared by.

        Vectors of the head, first and last word of phrases (p, 3 · 384), of the first and last word of anchors (a, 2 · 384) →
        (p, 2 k + 1), (a, 2 k + 1): as one taken up, as one that takes up, and whether it takes up anything.
        """
        found: tuple[Floats, Floats] = self._linking.run(None, {"phrases": phrases, "anchors": anchors})
        return found[0], found[1]


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: sums are then taken in one order, and processes do not fight over cores.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


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


def folder() -> Path:
    """Where the weights are: in the package, or in the folder that `SAYSO_WEIGHTS` names (to measure others)."""
    return Path(os.environ.get("SAYSO_WEIGHTS") or WEIGHTS)


@lru_cache(maxsize=1)
def shared_model() -> Model:
    """The model of this process, loaded when first asked for."""
    return Model(folder())


@lru_cache(maxsize=4)
def weights_hash(place: Path | None = None) -> str:
    """A hash of all that the language stage learnt: equal hashes, equal analyses."""
    digest = blake2b(digest_size=8)
    learnt = [*((place or folder()) / f for f in FILES), Path(__file__).parent / "boundaries.json"]
    for file in learnt:
        if not file.is_file():
            raise BadWeights(f"no {file.name}", "the package is incomplete", "install sayso again")
        digest.update(file.read_bytes())
    return digest.hexdigest()
