from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from evaluation import roles
from sayso.errors import EvaluationError
from sayso.language.analysis import Found, Frame, Sentence, Token

ROWS: list[dict[str, Any]] = [
    {
        "sent_id": "news-x-0001",
        "tokens": ["Rebels", "attacked", "Dorna", "yesterday"],
        "preds": [{"i": 1, "roleset": "attack.01", "args": [[0, 1, "ARG0"], [2, 3, "ARG1"], [3, 4, "ARGM-TMP"]]}],
    },
    {"sent_id": "news-x-0002", "tokens": ["The", "attack", "failed"], "preds": [
        {"i": 1, "args": []}, {"v": [[2, 3]], "args": [[0, 2, "ARG1"]]},
    ]},
    {"sent_id": "news-y-0001", "tokens": ["Silence"]},
    {"preds": []},
]  # fmt: skip


@dataclass
class Fake:
    """An analysis with predicates."""

    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    predicates: list[Frame] = field(default_factory=list)


UPOS = {"attacked": "VERB", "failed": "VERB", "attack": "NOUN"}
# What the fake finds by word of the predicate: arguments in the sentence.
FOUND: dict[str, list[roles.Argument]] = {
    "attacked": [(0, 1, "ARG0"), (2, 3, "ARG2"), (3, 4, "ARGM-TMP")],
    "failed": [(0, 2, "ARG1")],
    "attack": [(0, 1, "ARGM-ADJ")],
    "Silence": [],
}
read_together: list[int] = []


def analyse(words: list[list[str]], predicates: list[list[int]] | None = None) -> Fake:
    fake = Fake()
    read_together.append(len(words))
    for k, forms in enumerate(words):
        first = len(fake.tokens)
        fake.tokens += [Token(0, 1, w, upos=UPOS.get(w, "X")) for w in forms]
        fake.sentences.append(Sentence(0, 1, first, len(fake.tokens)))
        # By itself it finds a predicate too many (*Silence*) and misses one (*attack*).
        own = [i for i, w in enumerate(forms) if w in ("attacked", "failed", "Silence")]
        for at in own if predicates is None else predicates[k]:
            runs = tuple(Found(first + a, first + b, label, 1.0) for a, b, label in FOUND[forms[at]])
            fake.predicates.append(Frame(Found(first + at, first + at + 1, "predicate", 1.0), runs))
    return fake


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(roles, "analyse_sentences", analyse)
    monkeypatch.setattr(roles, "made_by", lambda: {})
    file = tmp_path / "roles.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(json.dumps(r) for r in ROWS).encode()))
    return file


def test_figures(path: Path) -> None:
    read_together.clear()
    result = roles.measure([path])
    scores = result.scores
    assert result.n == 3 and read_together == [2, 2, 1, 1]
    # Gold predicates: 3 of 5 found arguments are right, of 4.
    assert (scores["argument_f1.precision"], scores["argument_f1.recall"]) == (0.6, 0.75)
    assert scores["argument_f1"] == 0.6667
    assert scores["argument_f1.core"] == round(2 * 2 / 6, 4)
    assert scores["argument_f1.unlabelled"] == round(2 * 4 / 9, 4)
    assert scores["argument_f1.verbs"] == 0.75 and scores["argument_f1.nouns"] == 0.0
    assert (scores["predicate_f1.precision"], scores["predicate_f1.recall"]) == (0.6667, 0.6667)
    assert (scores["end_to_end_f1.precision"], scores["end_to_end_f1.recall"]) == (0.75, 0.75)
    assert scores["argument_f1.low"] is not None and scores["predicate_f1.high"] is not None
    assert "argument_f1.core.low" not in scores


def test_documents_by_the_ids_of_sentences(path: Path) -> None:
    named = [roles.Framed(n, ["a"], {}) for n in ("a-b-1", "a-b-2", "a-c-1", "", "", "solo")]
    assert [[s.name for s in d] for d in roles.documents(named)] == [
        ["a-b-1", "a-b-2"],
        ["a-c-1"],
        [""],
        [""],
        ["solo"],
    ]
    assert [s.frames for s in roles.read(path)] == [
        {1: {(0, 1, "ARG0"), (2, 3, "ARG1"), (3, 4, "ARGM-TMP")}},
        {1: set(), 2: {(0, 2, "ARG1")}},
        {},
    ]


@pytest.mark.parametrize(
    "line",
    [
        "words",
        "[1]",
        '{"tokens": ["a"], "preds": [{"i": 1}]}',
        '{"tokens": ["a"], "preds": [{}]}',
        '{"tokens": ["a"], "preds": [{"i": 0, "args": [[0, 2, "ARG1"]]}]}',
    ],
)
def test_other_lines_are_an_error(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(EvaluationError, match=r"x\.jsonl:1"):
        list(roles.read(path))


def test_nothing_to_measure_on_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("\n")
    with pytest.raises(EvaluationError, match="no sentence"):
        roles.measure([path])
