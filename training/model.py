"""The encoder and its heads in PyTorch, written so that the ONNX graph is small and quantises well.

A window of some sentences, n words in p word pieces, goes through six transformer layers (384 wide); words are the mean of
their first and last piece. Linear heads tag words; bilinear heads score pairs of words: governor and dependent (tree),
trigger and argument (predicate roles, speech, events).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from sayso.language.arguments import KINDS
from sayso.language.clues import CLUES

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, PAIR, LABEL, ROLE = 256, 128, 256, 256
LINK, SIDE, HIDDEN = 192, 64, 32  # of phrases: inner width, width of each side of a pair; of the network over the clues
MASK = 1 << 23  # numbers of the mask that dropout cuts its masks from
CASES = 6  # none, lower, Title, UPPER, miXed, single capital


class Dropout(nn.Module):
    """Dropout whose masks are cut from one long mask at a drawn place: drawing every mask anew took a tenth of the time."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.mask: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """`x` with a share of its numbers at zero while training."""
        if not self.training or not self.share:
            return x
        if self.mask is None or len(self.mask) < 2 * x.numel():
            keep, source = (
                1.0 - self.share,
                torch.Generator().manual_seed(1),
            )  # the same mask when a run is taken up again
            self.mask = (torch.rand(max(MASK, 2 * x.numel()), generator=source) < keep) / keep
        at = int(torch.randint(MASK // 2, ())) % (len(self.mask) - x.numel())
        return x * self.mask[at : at + x.numel()].view_as(x)


class Norm(nn.LayerNorm):
    """Layer normalisation, in the shipped graph spelt out: ONNX Runtime's own operator takes three times as long on a CPU."""

    def __init__(self) -> None:
        super().__init__(WIDTH, eps=1e-12)

    def forward(self, x: Tensor) -> Tensor:
        """`x`: (…, 384)."""
        if self.training:
            return super().forward(x)
        centred = x - x.mean(-1, keepdim=True)
        spread = (centred * centred).mean(-1, keepdim=True)
        return centred * torch.rsqrt(spread + self.eps) * self.weight + self.bias


class Layer(nn.Module):
    """One BERT layer with the three projections of attention in one matrix."""

    def __init__(self, drop: Dropout) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = Norm()
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = Norm()
        self.drop = drop

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`x`: (batch, pieces, 384); `mask`: (batch, 1, 1, pieces), added to the scores, or None for one window."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if mask is not None:
            mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        else:  # spelt out for the exported graph
            mixed = (q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)).softmax(-1) @ v
        mixed = mixed.transpose(1, 2).reshape(b, n, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Bilinear(nn.Module):
    """Scores of pairs of words, trigger and argument, for each of `labels` labels."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.labels, self.width = labels, width
        self.mix = nn.Linear(width, labels * width)
        self.left = nn.Linear(width, labels)
        self.right = nn.Linear(width, labels)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """`left`: (triggers, width), `right`: (triggers, words, width) or (words, width) → (triggers, words, labels)."""
        mixed = self.mix(left).view(-1, self.labels, self.width)
        scores = (mixed @ right.transpose(-1, -2)).transpose(1, 2)
        return scores + self.left(left).unsqueeze(1) + self.right(right)


class Reader(nn.Module):
    """Encoder and heads. `sizes`: number of labels of each tagging task and each pair group."""

    def __init__(
        self,
        tags: dict[str, int],
        pairs: dict[str, int],
        roles: int,
        vocabulary: int = 30522,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.cases = nn.Embedding(CASES, WIDTH)
        self.norm = Norm()
        self.drop = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(self.drop) for _ in range(LAYERS))
        self.task_names = [t for t in tags if t != "deprel"]
        self.tag_sizes = [tags[t] for t in self.task_names]
        self.tagger = nn.Linear(WIDTH, sum(self.tag_sizes))
        self.governor, self.dependent = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc_mix, self.arc_bias = nn.Linear(ARC, ARC), nn.Linear(ARC, 1)
        self.root = nn.Parameter(torch.zeros(WIDTH))
        self.label_up, self.label_out = nn.Linear(3 * WIDTH, LABEL), nn.Linear(LABEL, tags["deprel"])
        self.trigger, self.argument = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.pair_names, self.pair_sizes = list(pairs), list(pairs.values())
        self.pair = Bilinear(PAIR, sum(self.pair_sizes))
        self.run_words = nn.Linear(WIDTH, 4 * ROLE)  # a word as predicate, as head, first and last word of a run
        self.run_kind, self.run_relation = nn.Embedding(len(KINDS), ROLE), nn.Embedding(tags["deprel"], ROLE)
        self.run_up, self.run_out = nn.Linear(ROLE, ROLE), nn.Linear(ROLE, roles)
        # A phrase by its head, first and last word, an anchor by its first and last: as one that takes up, as one that is
        # taken up, and whether it takes up anything.
        self.phrase_words, self.phrase_out = nn.Linear(WIDTH, 3 * LINK), nn.Linear(LINK, 2 * SIDE + 1)
        self.anchor_words, self.anchor_out = nn.Linear(WIDTH, 2 * LINK), nn.Linear(LINK, 2 * SIDE + 1)
        self.clue_rows, self.clue_bias = nn.Embedding(CLUES, HIDDEN), nn.Parameter(torch.zeros(HIDDEN))
        self.clue_out = nn.Linear(HIDDEN, 1, bias=False)
        nn.init.normal_(self.clue_rows.weight, std=0.1)
        nn.init.normal_(self.cases.weight, std=0.02)

    def encode(self, pieces: Tensor, cases: Tensor, first: Tensor, last: Tensor, mask: Tensor | None) -> Tensor:
        """Word vectors (batch, words, 384) from piece ids and letter cases (batch, pieces) and each word's piece range."""
        x = self.words(pieces) + self.places.weight[: pieces.shape[1]] + self.kind + self.cases(cases)
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        wide = first.unsqueeze(-1).expand(-1, -1, WIDTH)
        far = last.unsqueeze(-1).expand(-1, -1, WIDTH)
        return self.drop((x.gather(1, wide) + x.gather(1, far)) * 0.5)

    def arcs(self, h: Tensor) -> Tensor:
        """Scores (batch, words, words + 1) of each governor for each dependent; governor 0 is the root."""
        up = torch.cat([self.root.expand(h.shape[0], 1, WIDTH), h], 1)
        governor = self.drop(nn.functional.relu(self.governor(up)))
        dependent = self.drop(nn.functional.relu(self.dependent(h)))
        return self.arc_mix(dependent) @ governor.transpose(1, 2) + self.arc_bias(governor).transpose(1, 2)

    def relations(self, h: Tensor, heads: Tensor) -> Tensor:
        """Scores (batch, words, labels) of the relation of each word to its given governor (0 = root)."""
        up = torch.cat([self.root.expand(h.shape[0], 1, WIDTH), h], 1)
        chosen = up.gather(1, heads.unsqueeze(-1).expand(-1, -1, WIDTH))
        return self.label_out(self.drop(nn.functional.relu(self.label_up(torch.cat([h, chosen, h * chosen], -1)))))

    def roles(self, h: Tensor, relations: Tensor, rows: Tensor, runs: Tensor) -> Tensor:
        """Scores (runs, roles) of runs of words as arguments.

        `relations`: (batch, words) of each word to its governor; `rows`: (runs,) the window of each run; `runs`: (runs, 5)
        predicate, head, first and last word, and how the run stands to the predicate.
        """
        made = self.run_words(h)
        seen = self.run_kind(runs[:, 4]) + self.run_relation(relations[rows, runs[:, 1]])
        for part in range(4):
            seen = seen + made[rows, runs[:, part], part * ROLE : (part + 1) * ROLE]
        seen = self.drop(nn.functional.relu(seen))
        return self.run_out(self.drop(nn.functional.relu(self.run_up(seen))))

    def links(self, h: Tensor, rows: Tensor, triggers: Tensor) -> Tensor:
        """Scores (triggers, words, labels of all groups) of all words as arguments of the words `triggers` of `rows`."""
        left = self.drop(nn.functional.relu(self.trigger(h[rows, triggers])))
        return self.pair(left, self.drop(nn.functional.relu(self.argument(h)))[rows])

    def phrases(self, h: Tensor, rows: Tensor, spans: Tensor) -> Tensor:
        """Vectors (phrases, 129) of phrases by their `spans` (phrases, 3), head, first and last word, in windows `rows`."""
        return self._spans(self.phrase_words, self.phrase_out, h, rows, spans)

    def anchors(self, h: Tensor, rows: Tensor, spans: Tensor) -> Tensor:
        """The same of anchors by first and last word (anchors, 2)."""
        return self._spans(self.anchor_words, self.anchor_out, h, rows, spans)

    def _spans(self, words: nn.Linear, out: nn.Linear, h: Tensor, rows: Tensor, spans: Tensor) -> Tensor:
        made = words(h)
        parts = (made[rows, spans[:, k], k * LINK : (k + 1) * LINK] for k in range(spans.shape[1]))
        return out(self.drop(nn.functional.relu(torch.stack(list(parts)).sum(0))))

    def pair_scores(self, vectors: Tensor, earlier: Tensor, later: Tensor, clues: Tensor | None) -> Tensor:
        """The score (pairs,) of each later phrase or anchor taking up the earlier; `clues`: (pairs, clues) rows."""
        product = (vectors[earlier, :SIDE] * vectors[later, SIDE : 2 * SIDE]).sum(-1) * SIDE**-0.5
        scores = product + vectors[later, 2 * SIDE]
        if clues is not None:
            hidden = nn.functional.relu(self.clue_rows(clues).sum(1) + self.clue_bias)
            scores = scores + self.clue_out(self.drop(hidden)).squeeze(-1)
        return scores

    def forward(self, pieces: Tensor, cases: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """One window, as in the shipped graph: word vectors, tag scores, arc scores."""
        h = self.encode(pieces, cases, first, last, None)
        return h, self.tagger(h), self.arcs(h)


class Pairs(nn.Module):
    """The second shipped graph: what is asked once tags and trees are known."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, h: Tensor, heads: Tensor, triggers: Tensor, runs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What is asked of a window of n words.

        Word vectors (1, n, 384), governors (1, n), trigger words (t,), runs (r, 5) → relations (1, n, labels), links (t, n,
        labels), roles (r, labels).
        """
        r = self.reader
        left = nn.functional.relu(r.trigger(h[0].index_select(0, triggers)))
        relations = r.relations(h, heads)
        kind = r.run_kind(runs[:, 4]) + r.run_relation(relations[0].argmax(-1).index_select(0, runs[:, 1]))
        made = r.run_words(h[0])
        for part in range(4):
            kind = kind + made[:, part * ROLE : (part + 1) * ROLE].index_select(0, runs[:, part])
        roles = r.run_out(nn.functional.relu(r.run_up(nn.functional.relu(kind))))
        return relations, r.pair(left, nn.functional.relu(r.argument(h[0]))), roles


class Linking(nn.Module):
    """The third shipped graph: what the phrases and anchors of a text are compared by. It stays in full precision, since it is small."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, phrases: Tensor, anchors: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of the head, first and last words of phrases (p, 3 · 384), of the first and last of anchors (a, 2 · 384) → (p, 129), (a, 129)."""
        r = self.reader
        return _side_by_side(r.phrase_words, r.phrase_out, phrases, 3), _side_by_side(
            r.anchor_words, r.anchor_out, anchors, 2
        )


def _side_by_side(words: nn.Linear, out: nn.Linear, given: Tensor, parts: int) -> Tensor:
    """The same as `Reader.phrases`: a sum of products of parts is one product of all parts side by side."""
    weight = torch.cat(words.weight.split(LINK), 1)
    bias = torch.stack(words.bias.split(LINK)).sum(0)
    return out(nn.functional.relu(nn.functional.linear(given, weight, bias)))


def sizes_of(
    labels: dict[str, list[str]], pairs: dict[str, Sequence[str]]
) -> tuple[dict[str, int], dict[str, int], int]:
    """What a Reader is made of: numbers of labels of the tagging tasks, of the links by group, of the roles."""
    links = {group: len(found) for group, found in pairs.items() if group != "roles"}
    return {task: len(found) for task, found in labels.items()}, links, len(pairs["roles"])


def load_start(model: Reader, safetensors: Path) -> None:
    """Fill the encoder from the weights of all-MiniLM-L6-v2 (Apache-2.0)."""
    from safetensors.torch import load_file

    old = load_file(str(safetensors))
    old = {k.removeprefix("0.auto_model.").removeprefix("bert."): v for k, v in old.items()}
    with torch.no_grad():
        model.words.weight.copy_(old["embeddings.word_embeddings.weight"])
        model.places.weight.copy_(old["embeddings.position_embeddings.weight"])
        model.kind.copy_(old["embeddings.token_type_embeddings.weight"][0])
        _norm(model.norm, old, "embeddings.LayerNorm")
        for i, layer in enumerate(model.layers):
            at = f"encoder.layer.{i}."
            parts = [at + f"attention.self.{p}" for p in ("query", "key", "value")]
            layer.qkv.weight.copy_(torch.cat([old[f"{p}.weight"] for p in parts]))
            layer.qkv.bias.copy_(torch.cat([old[f"{p}.bias"] for p in parts]))
            for name, ours in (
                ("attention.output.dense", layer.out),
                ("intermediate.dense", layer.up),
                ("output.dense", layer.down),
            ):
                ours.weight.copy_(old[f"{at}{name}.weight"])
                ours.bias.copy_(old[f"{at}{name}.bias"])
            _norm(layer.norm1, old, at + "attention.output.LayerNorm")
            _norm(layer.norm2, old, at + "output.LayerNorm")


def grow(model: Reader, labels: dict[str, list[str]], pairs: dict[str, tuple[str, ...]], folder: Path) -> None:
    """Take the weights of a finished run over, label by label: tasks and labels that it did not know keep their fresh rows."""
    known = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    old, new = torch.load(folder / "model.pt"), model.state_dict()
    rows = (
        _rows({t: labels[t] for t in model.task_names}),
        _rows({t: known["tags"][t] for t in known["tags"] if t != "deprel"}),
    )
    links = [{g: list(p[g]) for g in p if g != "roles"} for p in (pairs, known["pairs"])]
    pair = _rows(links[0]), _rows(links[1])
    trees = tuple(_rows({"deprel": found}) for found in (labels["deprel"], known["tags"]["deprel"]))
    roles = tuple(_rows({"roles": list(found)}) for found in (pairs["roles"], known["pairs"]["roles"]))
    by_label = {"label_out": trees, "run_relation": trees, "run_out": roles}
    for name, value in old.items():
        if name in ("tagger.weight", "tagger.bias"):
            _copy(new[name], value, *rows)
        elif name.startswith("pair.") and not name.startswith("pair.mix"):
            _copy(new[name], value, *pair)
        elif name.startswith("pair.mix"):
            shape = (-1, PAIR, *value.shape[1:])
            _copy(new[name].view(shape), value.view(shape), *pair)
        elif name in new and name.split(".")[0] in by_label:
            _copy(new[name], value, *by_label[name.split(".")[0]])
        elif name == "clue_rows.weight":
            new[name][: len(value)].copy_(value[: len(new[name])])
        elif name in new and new[name].shape == value.shape:
            new[name].copy_(value)
    model.load_state_dict(new)


def _rows(labels: dict[str, list[str]]) -> dict[tuple[str, str], int]:
    """The row of each label of each task, as they lie one below the other."""
    return {key: row for row, key in enumerate((task, label) for task, found in labels.items() for label in found)}


def _copy(new: Tensor, old: Tensor, there: dict[tuple[str, str], int], here: dict[tuple[str, str], int]) -> None:
    for key, row in there.items():
        if key in here:
            new[row].copy_(old[here[key]])


def _norm(norm: nn.LayerNorm, old: dict[str, Tensor], name: str) -> None:
    norm.weight.copy_(old[f"{name}.weight"])
    norm.bias.copy_(old[f"{name}.bias"])
