"""The encoder and its heads in PyTorch, written so that the ONNX graph is small and quantises well.

One sentence of n words in p word pieces goes through six transformer layers (384 wide); words are the mean of their first
and last piece. Linear heads tag words; bilinear heads score pairs of words: governor and dependent (tree), trigger and
argument (predicate roles, speech, events).
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, PAIR, LABEL = 256, 128, 256
CASES = 6  # none, lower, Title, UPPER, miXed, single capital


class Layer(nn.Module):
    """One BERT layer with the three projections of attention in one matrix."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`x`: (batch, pieces, 384); `mask`: (batch, 1, 1, pieces), added to the scores, or None for one sentence."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        if mask is not None:
            scores = scores + mask
        mixed = (self.drop(scores.softmax(-1)) @ v).transpose(1, 2).reshape(b, n, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Bilinear(nn.Module):
    """Scores of every ordered pair of words for each of `labels` labels."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.labels, self.width = labels, width
        self.mix = nn.Linear(width, labels * width)
        self.left = nn.Linear(width, labels)
        self.right = nn.Linear(width, labels)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """`left`, `right`: (batch, words, width) → (batch, words, words, labels)."""
        b, n, _ = left.shape
        mixed = self.mix(left).view(b, n * self.labels, self.width)
        scores = (mixed @ right.transpose(1, 2)).view(b, n, self.labels, n).permute(0, 1, 3, 2)
        return scores + self.left(left).unsqueeze(2) + self.right(right).unsqueeze(1)


class Reader(nn.Module):
    """Encoder and heads. `sizes`: number of labels of each tagging task and each pair group."""

    def __init__(
        self, tags: dict[str, int], pairs: dict[str, int], vocabulary: int = 30522, dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.cases = nn.Embedding(CASES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
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
        nn.init.normal_(self.cases.weight, std=0.02)

    def encode(self, pieces: Tensor, cases: Tensor, first: Tensor, last: Tensor, mask: Tensor | None) -> Tensor:
        """Word vectors (batch, words, 384) from piece ids and letter cases (batch, pieces) and each word's piece range."""
        x = self.words(pieces) + self.places.weight[: pieces.shape[1]] + self.kind + self.cases(cases)
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        wide = first.unsqueeze(-1).expand(-1, -1, WIDTH)
        far = last.unsqueeze(-1).expand(-1, -1, WIDTH)
        return (x.gather(1, wide) + x.gather(1, far)) * 0.5

    def arcs(self, h: Tensor) -> Tensor:
        """Scores (batch, words, words + 1) of each governor for each dependent; governor 0 is the root."""
        up = torch.cat([self.root.expand(h.shape[0], 1, WIDTH), h], 1)
        governor = nn.functional.relu(self.governor(up))
        dependent = nn.functional.relu(self.dependent(h))
        return self.arc_mix(dependent) @ governor.transpose(1, 2) + self.arc_bias(governor).transpose(1, 2)

    def relations(self, h: Tensor, heads: Tensor) -> Tensor:
        """Scores (batch, words, labels) of the relation of each word to its given governor (0 = root)."""
        up = torch.cat([self.root.expand(h.shape[0], 1, WIDTH), h], 1)
        chosen = up.gather(1, heads.unsqueeze(-1).expand(-1, -1, WIDTH))
        return self.label_out(nn.functional.relu(self.label_up(torch.cat([h, chosen, h * chosen], -1))))

    def links(self, h: Tensor) -> Tensor:
        """Scores (batch, words, words, labels of all groups) of trigger and argument."""
        trigger = nn.functional.relu(self.trigger(h))
        return self.pair(trigger, nn.functional.relu(self.argument(h)))

    def forward(
        self, pieces: Tensor, cases: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """One sentence, as in the shipped graph: tag scores, arc scores, relation scores, link scores."""
        h = self.encode(pieces, cases, first, last, None)
        arcs = self.arcs(h)
        return self.tagger(h), arcs, self.relations(h, arcs.argmax(-1)), self.links(h)


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


def _norm(norm: nn.LayerNorm, old: dict[str, Tensor], name: str) -> None:
    norm.weight.copy_(old[f"{name}.weight"])
    norm.bias.copy_(old[f"{name}.bias"])
