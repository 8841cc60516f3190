from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from training import linking, speakers
from training.example import Example
from training.linking import Links
from training.windows import PIECES_A_BATCH, together

# id, form, upos, xpos, head, deprel; the chain that the word opens and closes.
ROWS = (
    (("Anna", "PROPN", "NNP", 2, "nsubj", "(1-person)"), ("left", "VERB", "VBD", 0, "root", "")),
    (("She", "PRON", "PRP", 2, "nsubj", "(1-person)"), ("laughed", "VERB", "VBD", 0, "root", "")),
)


def examples() -> list[Example]:
    made = []
    for rows in ROWS:
        tags = {
            "upos": [r[1] for r in rows],
            "xpos": [r[2] for r in rows],
            "deprel": [r[4] for r in rows],
            "lemma": ["l0"] * len(rows),
            "entities": ["B-person" if r[0] == "Anna" else "O" for r in rows],
        }
        made.append(Example([r[0] for r in rows], "made-up", tags, heads=[r[3] for r in rows]))
    return made


def coreference(folder: Path) -> Path:
    lines = ["# newdoc id = made-up"]
    for rows in ROWS:
        for k, (form, upos, xpos, head, relation, chain) in enumerate(rows, 1):
            misc = f"Entity={chain}" if chain else "_"
            lines.append("\t".join((str(k), form, form.lower(), upos, xpos, "_", str(head), relation, "_", misc)))
        lines.append("")
    path = folder / "made-up.conllu"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_document_learns_its_chains(tmp_path: Path) -> None:
    part, links = examples(), Links()
    linking.coreferring(part, coreference(tmp_path), links)
    linked = links.phrases["made-up"]
    assert linked.sentence.tolist() == [0, 1]
    assert linked.spans.tolist() == [[0, 0, 0], [0, 0, 0]]
    assert (linked.earlier.tolist(), linked.later.tolist(), linked.same.tolist()) == ([0], [1], [True])
    assert linked.clues is not None and linked.clues.shape[0] == 1
    assert [e.place for e in part] == [0, 1]
    assert all(e.fixed for e in part)  # other names would break the chain


def test_a_document_of_other_words_is_left_alone(tmp_path: Path) -> None:
    part, links = examples(), Links()
    part[0].words[0] = "Bert"
    linking.coreferring(part, coreference(tmp_path), links)
    assert not links.phrases
    assert [e.place for e in part] == [-1, -1]


def test_only_anchors_of_one_type_are_compared() -> None:
    links = Links()
    anchors = [(0, 1, 1, "ASSAULT", 0), (0, 4, 4, "COERCE", 1), (1, 0, 0, "ASSAULT", 0), (2, 2, 2, "ASSAULT", 2)]
    linking.same_events("x", anchors, links)
    linked = links.anchors["x"]
    compared = list(zip(linked.earlier.tolist(), linked.later.tolist(), linked.same.tolist(), strict=True))
    assert compared == [(0, 2, True), (0, 3, False), (2, 3, False)]


def test_sources_are_chained_with_whom_they_stand_for(tmp_path: Path) -> None:
    tokens = [
        ["Ana", "PROPN", "NNP", "Ana", 2, "nsubj"],
        ["Koval", "PROPN", "NNP", "Koval", 0, "flat"],
        ["came", "VERB", "VBD", "come", 2, "root"],
        ["She", "PRON", "PRP", "she", 4, "nsubj"],
        ["spoke", "VERB", "VBD", "speak", 4, "root"],
    ]
    row = {
        "document": "gold/x", "tokens": tokens, "sentences": [[0, 3], [3, 5]], "names": [[0, 2, "person"]],
        "sources": [[3, 4, "Ana Koval"]],
    }  # fmt: skip
    path = tmp_path / "speakers.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    links = Links()
    speakers.join(path, links)
    linked = links.phrases["gold/x"]
    assert linked.same.tolist() == [True]
    assert linked.later.tolist() == [1]


def test_windows_of_a_document_stand_side_by_side() -> None:
    import random

    part = [Example(["w"] * 20, f"d{k // 12}", place=k % 12) for k in range(48)]
    sizes = {id(e): 30 for e in part}
    batches = together(part, sizes, random.Random(3))
    seen = [e for batch in batches for window in batch for e in window]
    assert sorted(map(id, seen)) == sorted(map(id, part))
    order = [e.document for e in seen]
    assert sum(a != b for a, b in pairwise(order)) == 3  # each document in one stretch
    assert all(len(batch) * max(1 + 30 * len(w) for w in batch) <= PIECES_A_BATCH for batch in batches)
    assert np.array([e.place for e in seen if e.document == "d0"]).tolist() == list(range(12))
