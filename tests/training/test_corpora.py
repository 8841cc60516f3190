"""The readers of training corpora, on made-up rows: no corpus is needed, nor PyTorch."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.decode import lemma
from training import corpora

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäéABC", min_size=1, max_size=12)


@given(WORD, WORD)
def test_a_lemma_script_makes_its_lemma_again(form: str, base: str) -> None:
    script = corpora.lemma_script(form, base)
    made = lemma(form, script)
    assert made.lower() == base.lower()


@pytest.mark.parametrize(
    ("form", "base"),
    [("went", "go"), ("families", "family"), ("Kyiv", "Kyiv"), ("said", "say"), ("The", "the"), ("better", "good")],
)
def test_lemmas_of_common_words(form: str, base: str) -> None:
    assert lemma(form, corpora.lemma_script(form, base)) == base


def test_of_overlapping_spans_the_longest_stands() -> None:
    assert corpora.bio(5, [(1, 2, "a"), (0, 3, "b"), (4, 5, "c")]) == ["B-b", "I-b", "I-b", "O", "B-c"]


def _row(number: int, form: str, pos: str, head: int, entity: str = "_") -> list[str]:
    return [str(number), form, form, pos, "X", "_", str(head), "dep", "_", entity]


def test_names_of_gum_are_the_proper_nouns_round_the_head() -> None:
    rows = [
        _row(1, "the", "DET", 2, "Entity=(1-person-new-nnnnn-cf1-1-sgl"),
        _row(2, "mayor", "NOUN", 0, "_"),
        _row(3, "Anna", "PROPN", 2, "Entity=(2-person-new-nnnnn-cf2-1-sgl"),
        _row(4, "Kern", "PROPN", 3, "Entity=2)1)"),
        _row(5, "of", "ADP", 6),
        _row(6, "Lund", "PROPN", 2, "Entity=(3-place-new-nnnnn-cf3-1-sgl)"),
    ]
    assert corpora._gum_names(rows) == ["O", "O", "B-person", "I-person", "O", "B-location"]


def test_gold_becomes_tags_and_pairs(tmp_path: Path) -> None:
    text = "Police said two men were killed."
    span = lambda s: {"start": text.index(s), "end": text.index(s) + len(s), "text": s}  # noqa: E731
    report = {
        "id": "made-up",
        "text": text,
        "sentences": [[0, len(text)]],
        "statements": [{"source": span("Police"), "cue": span("said"), "content": [span("two men were killed")]}],
        "events": [
            {
                "anchor": span("killed"),
                "also": [],
                "type": "ASSAULT",
                "status": "occurred",
                "actors": [],
                "recipients": [span("two men")],
                "where": [],
            }
        ],
        "figures": [{"span": span("two men"), "measure": "killed", "event": 1}],
    }
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(report) + "\n" + json.dumps(report) + "\n", encoding="utf-8")
    first, _ = corpora.gold(file)
    assert first.words == ["Police", "said", "two", "men", "were", "killed", "."]
    assert first.tags["cue"] == ["O", "B-cue", "O", "O", "O", "O", "O"]
    assert first.pairs["speech"][1] == ["source", "none", "content", "content", "content", "content", "none"]
    assert first.tags["anchor"][5] == "B-ASSAULT" and first.tags["status"][5] == "occurred"
    assert first.pairs["events"][5][2:4] == ["recipient", "recipient"]
    assert first.tags["measure"][2:4] == ["killed", "killed"]
    assert len(list(corpora.gold(file, leave_out=0))) == 1


def test_names_of_uner_leave_out_what_is_no_kind_of_ours(tmp_path: Path) -> None:
    rows = "# sent_id = a\n1\tAnna\tB-PER\t-\tx\n2\tGerman\tB-OTH\t-\tx\n3\t.\tB-O\t-\tx\n\n"
    file = tmp_path / "uner.iob2.gz"
    file.write_bytes(gzip.compress(rows.encode()))
    assert corpora.uner(file) == {"a": ["B-person", "O", "O"]}
