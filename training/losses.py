"""A batch of windows → tensors → the loss of each task."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn

from sayso.language import tree
from sayso.language.arguments import Sentence
from sayso.language.pieces import Pieces
from training.example import Example
from training.linking import Linked, Links
from training.model import Reader
from training.windows import Window

MOST_PIECES = 510
NOISE = 0.8  # of Gumbel noise on the scores of governors: 91 of 100 governors of EWT train are then right
PARTIAL = ("entities", "status", "mode")  # tasks whose labels may be sets
WORDS_OF_A_TRIGGER = 8  # a trigger has about eight words of arguments: the loss is a mean over those


class Losses:
    """Turns batches into losses; keeps the label numbers of each sentence once found."""

    def __init__(
        self,
        labels: dict[str, list[str]],
        pairs: dict[str, tuple[str, ...]],
        pieces: Pieces,
        links: Links | None = None,
    ) -> None:
        self.pieces = pieces
        self.links = links or Links()
        self.index = {task: {t: i for i, t in enumerate(tags)} for task, tags in labels.items()}
        self.pair_index = {group: {t: i for i, t in enumerate(tags)} for group, tags in pairs.items()}
        self.role_index = self.pair_index.pop("roles")
        self._known: dict[tuple[str, tuple[str | None, ...]], np.ndarray] = {}
        self._sets: dict[tuple[str, str], int] = {}
        self._members: dict[str, list[list[bool]]] = {task: [] for task in PARTIAL}

    def __call__(self, model: Reader, batch: list[Window]) -> dict[str, Tensor]:
        """The loss of each task that the batch has labels for."""
        h, places = self.encode(model, batch)
        losses: dict[str, Tensor] = {}
        scores = dict(zip(model.task_names, model.tagger(h).flatten(0, 1).split(model.tag_sizes, -1), strict=True))
        width = h.shape[1]
        for task, score in scores.items():
            at, target, weight = self._targets(task, places, width)
            if at is None:
                continue
            chosen = score[at]
            if task in PARTIAL:
                loss = self._partial(task, chosen, target)
            else:
                loss = nn.functional.cross_entropy(chosen, target, reduction="none")
            losses[task] = (loss * weight).mean()
        self._tree(model, h, places, losses)
        self._roles(model, h, places, losses)
        self._links(model, h, places, losses)
        self._references(model, h, places, losses)
        return losses

    # --- the encoder's input ---

    def encode(self, model: Reader, batch: list[Window]) -> tuple[Tensor, list[tuple[int, int, Example]]]:
        """Word vectors (windows, words, 384), and where each sentence stands: window, first word, example."""
        coded = [self.pieces.encode([e.words for e in w]) for w in batch]
        coded = [
            c if len(c[0]) <= MOST_PIECES else self.pieces.encode([e.words for e in w], 2)
            for c, w in zip(coded, batch, strict=True)
        ]
        longest, words = max(len(c[0]) for c in coded), max(len(c[2]) for c in coded)
        ids, cases = np.zeros((len(batch), longest), int), np.zeros((len(batch), longest), int)
        first, last = np.zeros((len(batch), words), int), np.zeros((len(batch), words), int)
        mask = np.full((len(batch), 1, 1, longest), -1e4, np.float32)
        places = []
        for row, (i, c, f, z) in enumerate(coded):
            ids[row, : len(i)], cases[row, : len(i)], mask[row, ..., : len(i)] = i, c, 0
            first[row, : len(f)], last[row, : len(f)] = f, z
            at = 0
            for example in batch[row]:
                places.append((row, at, example))
                at += len(example.words)
        h = model.encode(*(torch.from_numpy(a) for a in (ids, cases, first, last, mask)))
        return h, places

    # --- labels ---

    def _numbers(self, task: str, example: Example) -> np.ndarray | None:
        tags = example.tags.get(task)
        if not tags:
            return None
        key = (task, tuple(tags))
        if key not in self._known:
            if task in PARTIAL:
                made = [-1 if t is None else self._set(task, t) for t in tags]
            else:
                made = [-1 if t is None else self.index[task].get(t, 0) for t in tags]
            self._known[key] = np.array(made)
        return self._known[key]

    def _set(self, task: str, tags: str) -> int:
        if (task, tags) not in self._sets:
            known = self._members[task]
            self._sets[task, tags] = len(known)
            inside = tags.split("|")
            known.append([t in inside for t in self.index[task]])
        return self._sets[task, tags]

    def _targets(
        self, task: str, places: list[tuple[int, int, Example]], width: int
    ) -> tuple[Tensor, Tensor, Tensor] | tuple[None, None, None]:
        where, what, weight = [], [], []
        for row, at, example in places:
            numbers = self._numbers(task, example)
            if numbers is None:
                continue
            (kept,) = np.nonzero(numbers >= 0)
            where.append(kept + row * width + at)
            what.append(numbers[kept])
            weight.append(np.full(len(kept), example.weight(task), np.float32))
        if not where or not sum(map(len, where)):
            return None, None, None
        return tuple(torch.from_numpy(np.concatenate(a)) for a in (where, what, weight))  # type: ignore[return-value]

    def _partial(self, task: str, scores: Tensor, target: Tensor) -> Tensor:
        """−log of the probability of the whole set of tags that each word may have."""
        allowed = torch.tensor(self._members[task])[target]
        inside = scores.masked_fill(~allowed, -1e4).logsumexp(-1)
        return scores.logsumexp(-1) - inside

    # --- trees ---

    def _tree(
        self, model: Reader, h: Tensor, places: list[tuple[int, int, Example]], losses: dict[str, Tensor]
    ) -> None:
        rows = sorted({row for row, _, e in places if e.heads is not None})
        if not rows:
            return
        number = {row: i for i, row in enumerate(rows)}
        width = h.shape[1]
        heads = np.full((len(rows), width), -1)
        outside = np.ones((len(rows), width, width + 1), bool)
        outside[:, :, 0] = False
        relation, weight = np.full((len(rows), width), -1), np.zeros((len(rows), width), np.float32)
        for row, at, example in places:
            if row not in number:
                continue
            i, end = number[row], at + len(example.words)
            outside[i, at:end, at + 1 : end + 1] = False
            if example.heads is not None:
                found = np.array(example.heads)
                heads[i, at:end] = np.where(found > 0, found + at, found)  # 0 is the root, -1 takes no part
                numbers = self._numbers("deprel", example)
                relation[i, at:end] = -1 if numbers is None else np.where(found >= 0, numbers, -1)
                weight[i, at:end] = example.weight("deprel")
        states = h[rows]
        target, scale = torch.from_numpy(heads), torch.from_numpy(weight).flatten()
        arcs = model.arcs(states).masked_fill(torch.from_numpy(outside), -1e4)
        count = (target >= 0).sum().clamp(min=1)
        loss = nn.functional.cross_entropy(arcs.flatten(0, 1), target.flatten(), ignore_index=-1, reduction="none")
        losses["arc"] = (loss * scale).sum() / count
        scores = model.relations(states, target.clamp(min=0))
        known = torch.from_numpy(relation).flatten()
        loss = nn.functional.cross_entropy(scores.flatten(0, 1), known, ignore_index=-1, reduction="none")
        losses["deprel"] = (loss * scale).sum() / count

    # --- arguments and pairs ---

    def _roles(
        self, model: Reader, h: Tensor, places: list[tuple[int, int, Example]], losses: dict[str, Tensor]
    ) -> None:
        """One target a run of words that a tree allows: half of the trees are gold, half as the parser sees them now.

        On what it has learnt the parser errs too rarely, so noise is laid over its scores.
        """
        framed = [(row, at, e) for row, at, e in places if e.frames]
        if not framed:
            return
        rows, runs, target = [], [], []
        heads = self._trees(model, h, framed)
        with torch.no_grad():
            relations = model.relations(h, torch.from_numpy(heads)).argmax(-1)
        for row, at, example in framed:
            end = at + len(example.words)
            marks = [t == "PUNCT" for t in example.tags["upos"]]
            shape = Sentence([int(g) - at if g else 0 for g in heads[row, at:end]], marks)
            for predicate, labels in example.frames.items():
                for (first, last), (head, kind) in shape.runs(predicate).items():
                    rows.append(row)
                    runs.append((at + predicate, at + head, at + first, at + last - 1, kind))
                    target.append(self.role_index[labels.get((first, last), "none")])
        if rows:
            scores = model.roles(h, relations, torch.tensor(rows), torch.tensor(runs))
            losses["roles"] = nn.functional.cross_entropy(scores, torch.tensor(target))

    def _trees(self, model: Reader, h: Tensor, framed: list[tuple[int, int, Example]]) -> np.ndarray:
        """Governors (windows, words) as places in the window from 1."""
        heads = np.zeros(h.shape[:2], int)
        with torch.no_grad():
            arcs = model.arcs(h)
            noise = -torch.log(-torch.log(torch.rand(arcs.shape).clamp(1e-9, 1 - 1e-7)))
            noisy = (arcs.log_softmax(-1) + NOISE * noise).numpy()
        for number, (row, at, example) in enumerate(framed):
            end = at + len(example.words)
            if number % 2:
                inside = np.concatenate((noisy[row, at:end, :1], noisy[row, at:end, at + 1 : end + 1]), axis=1)
                found = np.array(tree.decode(inside))
            else:
                found = np.array(example.heads)
            heads[row, at:end] = np.where(found > 0, found + at, 0)
        return heads

    @cached_property
    def cuts(self) -> dict[str, tuple[int, int]]:
        """Where the labels of each group of links lie side by side."""
        cuts, at = {}, 0
        for group, index in self.pair_index.items():
            cuts[group] = (at, at + len(index))
            at += len(index)
        return cuts

    def _links(
        self, model: Reader, h: Tensor, places: list[tuple[int, int, Example]], losses: dict[str, Tensor]
    ) -> None:
        """One target a word of the trigger's own sentence."""
        asked = [
            (row, at, len(e.words), trigger, group, labels, e.weight(group))
            for row, at, e in places
            for group, found in e.pairs.items()
            for trigger, labels in found.items()
        ]
        if not asked:
            return
        rows, triggers = torch.tensor([a[0] for a in asked]), torch.tensor([a[1] + a[3] for a in asked])
        scores = model.links(h, rows, triggers)
        for group, (low, high) in self.cuts.items():
            index = self.pair_index[group]
            mine = [(k, a) for k, a in enumerate(asked) if a[4] == group]
            if not mine:
                continue
            cells = torch.cat([scores[k, a[1] : a[1] + a[2], low:high] for k, a in mine])
            target = torch.tensor([-1 if t is None else index.get(t, 0) for _, a in mine for t in a[5]])
            scale = torch.tensor([a[6] for _, a in mine for _ in a[5]])
            loss = nn.functional.cross_entropy(cells, target, ignore_index=-1, reduction="none")
            losses[group] = (loss * scale).sum() / (WORDS_OF_A_TRIGGER * len(mine))

    # --- what refers to what ---

    def _references(
        self, model: Reader, h: Tensor, places: list[tuple[int, int, Example]], losses: dict[str, Tensor]
    ) -> None:
        """Each phrase or anchor against those before it in what the batch has of its document."""
        here: dict[str, dict[int, tuple[int, int]]] = {}
        for row, at, example in places:
            if example.place >= 0:
                here.setdefault(example.document, {})[example.place] = (row, at)
        for task, known in (("chains", self.links.phrases), ("same", self.links.anchors)):
            found = [_present(known[d], there) for d, there in here.items() if d in known]
            found = [f for f in found if f is not None]
            if found:
                losses[task] = self._ranked(model, h, found, task)

    def _ranked(self, model: Reader, h: Tensor, found: list[_Present], task: str) -> Tensor:
        """−log of the probability of the right antecedents of each, or of none where it has none before it."""
        rows, spans = (
            torch.from_numpy(np.concatenate([f.rows for f in found])),
            np.concatenate([f.spans for f in found]),
        )
        make = model.phrases if task == "chains" else model.anchors
        vectors = make(h, rows, torch.from_numpy(spans))
        shift = np.cumsum([0, *(len(f.rows) for f in found[:-1])])
        earlier = torch.from_numpy(np.concatenate([f.earlier + s for f, s in zip(found, shift, strict=True)]))
        later = torch.from_numpy(np.concatenate([f.later + s for f, s in zip(found, shift, strict=True)]))
        same = torch.from_numpy(np.concatenate([f.same for f in found]))
        clues = torch.from_numpy(np.concatenate([f.clues for f in found])) if task == "chains" else None
        odds = model.pair_scores(vectors, earlier, later, clues).clamp(max=30).exp()
        size = len(rows)
        total = torch.ones(size).index_add(0, later, odds)
        right = torch.zeros(size).index_add(0, later, odds * same)
        asked = torch.zeros(size, dtype=torch.bool).index_fill(0, later, True)
        right = torch.where(torch.zeros(size).index_add(0, later, same.float()) > 0, right, torch.ones(size))
        return (total.log() - right.clamp(min=1e-12).log())[asked].mean()


@dataclass
class _Present:
    """What a batch has of a linked document: window and span of each mention, and the pairs of these."""

    rows: np.ndarray
    spans: np.ndarray
    earlier: np.ndarray
    later: np.ndarray
    same: np.ndarray
    clues: np.ndarray | None


def _present(linked: Linked, there: dict[int, tuple[int, int]]) -> _Present | None:
    """`there`: window and first word of the sentences that the batch has, by number."""
    most = int(linked.sentence.max()) + 1 if len(linked.sentence) else 0
    row, at = np.full(most, -1), np.zeros(most, int)
    for number, (r, a) in there.items():
        if number < most:
            row[number], at[number] = r, a
    rows = row[linked.sentence]
    kept = rows >= 0
    both = kept[linked.earlier] & kept[linked.later]
    if not both.any():
        return None
    new = np.cumsum(kept) - 1
    spans = linked.spans + at[linked.sentence][:, None]
    clues = linked.clues[both] if linked.clues is not None else None
    return _Present(
        rows[kept], spans[kept], new[linked.earlier[both]], new[linked.later[both]], linked.same[both], clues
    )
