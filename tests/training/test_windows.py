"""Windows, changed words and silver labels, on made-up sentences: no corpus is needed, nor PyTorch."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sayso.language.analysis import Analysis, Found, Frame, Sentence, Token
from training import augment, silver
from training.example import SILVER, Example
from training.windows import PIECES_A_BATCH, SIZES, batches, windows


def _sentences(count: int, document: str) -> list[Example]:
    return [Example([f"w{document}{k}"] * (3 + k % 9), document) for k in range(count)]


def test_windows_hold_each_sentence_once_in_order_and_never_two_documents() -> None:
    examples = _sentences(80, "a") + _sentences(30, "b")
    sizes = {id(e): len(e.words) + 1 for e in examples}
    made = list(windows(examples, sizes, random.Random(3)))
    assert [id(e) for w in made for e in w] == [id(e) for e in examples]
    assert all(len({e.document for e in w}) == 1 for w in made)
    assert all(len(w) == 1 or sum(sizes[id(e)] for e in w) <= max(SIZES) for w in made)
    assert max(len(w) for w in made) > 3


def test_each_pass_cuts_other_windows_and_the_same_seed_the_same() -> None:
    examples = _sentences(80, "a")
    sizes = {id(e): len(e.words) + 1 for e in examples}
    cut = lambda seed: [len(w) for w in windows(examples, sizes, random.Random(seed))]  # noqa: E731
    assert cut(1) == cut(1) and cut(1) != cut(2)


def test_batches_are_no_larger_than_they_may_be() -> None:
    examples = _sentences(300, "a")
    sizes = {id(e): len(e.words) + 1 for e in examples}
    rng = random.Random(1)
    made = batches(list(windows(examples, sizes, rng)), sizes, rng)
    widest = lambda b: max(1 + sum(sizes[id(e)] for e in w) for w in b) * len(b)  # noqa: E731
    assert all(widest(b) <= PIECES_A_BATCH for b in made if len(b) > 1)
    assert sum(len(w) for b in made for w in b) == 300


@pytest.mark.parametrize("seed", range(40))
def test_changed_windows_keep_the_number_of_words_and_all_labels(seed: int) -> None:
    tags = {"entities": ["B-person", "I-person", "O", "O", "B-gpe", "O", "O", "O"]}
    window = [Example(["Anna", "Kern", "said", "``", "Lund", "''", "isn't", "near"], "d", tags)]
    other = Example(["Bo", "Li", "saw", "Rome"], "e", {"entities": ["B-person", "I-person", "O", "B-gpe"]})
    (changed,) = augment.change(window, augment.pool({"x": [*window, other]}), random.Random(seed))
    assert len(changed.words) == 8 and all(changed.words)
    assert changed.tags == tags and window[0].words[0] == "Anna"


def test_names_take_the_place_of_names_of_their_kind_and_shape() -> None:
    one = Example(["Anna", "Kern", "left", "Lund"], "d", {"entities": ["B-person", "I-person", "O", "B-gpe"]})
    names = augment.pool({"x": [one, Example(["Rome"], "e", {"entities": ["B-gpe"]})]})
    seen = {tuple(augment._swapped(one, names, random.Random(k))) for k in range(50)}
    assert seen == {("Anna", "Kern", "left", "Lund"), ("Anna", "Kern", "left", "Rome")}


def _analysis(tag: str, head: int, names: list[Found]) -> Analysis:
    tokens = [
        Token(0, 4, "They", 0, "PRON", "PRP", "they", 1, "nsubj"),
        Token(5, 9, "fled", 1, "VERB", tag, "flee", 1, "root"),
        Token(10, 14, "Lund", 2, "PROPN", "NNP", "Lund", head, "obj"),
    ]
    frames = [
        Frame(Found(1, 2, "predicate", 0.9), (Found(0, 1, "ARG0", 0.9), Found(2, 3, "ARG1" if head else "ARG2", 0.9)))
    ]
    return Analysis("They fled Lund", tokens, [Sentence(0, 14, 0, 3)], names=names, predicates=frames)


def test_silver_is_what_two_readers_agree_on() -> None:
    name = Found(2, 3, "gpe", 0.9)
    rows = list(
        silver.agreed("voa/1", [["They", "fled", "Lund"]], _analysis("VBD", 1, [name]), _analysis("VBN", 0, [name]))
    )
    (row,) = rows
    assert row["tags"]["xpos"] == ["PRP", None, "NNP"]
    assert row["heads"] == [2, 0, -1]
    assert row["tags"]["entities"] == ["O", "O", "B-gpe"] and row["tags"]["names"] == ["O", "O", "B-location"]
    assert row["tags"]["predicate"] == ["no", "yes", "no"]


def test_silver_joins_gold_by_its_words_and_news_as_a_corpus(tmp_path: Path) -> None:
    name: list[Found] = []
    file = tmp_path / "silver.jsonl"
    import json

    one = next(silver.agreed("gold/r", [["They", "fled", "Lund"]], *([_analysis("VBD", 1, name)] * 2)))
    two = {**one, "document": "voa/1"}
    file.write_text("".join(json.dumps(r) + "\n" for r in (one, two)), encoding="utf-8")
    gold = Example(["They", "fled", "Lund"], "gold/r", {"cue": ["O", "O", "O"]}, pairs={"speech": {}})
    examples = {"gold": [gold]}
    silver.join(examples, file)
    assert gold.heads == [2, 0, 2] and gold.tags["cue"] == ["O", "O", "O"] and gold.tags["upos"][1] == "VERB"
    assert gold.weight("cue") == 1.0
    assert [e.weight("upos") for e in examples["silver"]] == [SILVER] == [gold.weight("deprel")]
