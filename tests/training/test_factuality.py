"""Statuses from judgements of factuality, on made-up sentences: no corpus is needed, nor PyTorch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training import factuality
from training.example import Example

ALL_UNREAL = "alleged|conditional|demanded|denied|hypothetical|planned|threatened"


def tree(rows: str) -> Example:
    """An example from `word upos xpos lemma head deprel` rows, joined by `;`; the lemma script leaves lemmas as given."""
    fields = [r.split() for r in rows.split(";")]
    words = [f[0] for f in fields]
    scripts = [f"l{len(f[0])}{f[3]}" for f in fields]
    tags = {"upos": [f[1] for f in fields], "xpos": [f[2] for f in fields], "lemma": scripts}
    return Example(words, "d", {**tags, "deprel": [f[5] for f in fields]}, heads=[int(f[4]) for f in fields])


LEFT = tree("They PRON PRP they 2 nsubj;left VERB VBD leave 0 root;. PUNCT . . 2 punct")
DENIED = tree(
    "They PRON PRP they 4 nsubj;did AUX VBD do 4 aux;not PART RB not 4 advmod;leave VERB VB leave 0 root;. PUNCT . . 4 punct"
)
WILL = tree("They PRON PRP they 3 nsubj;will AUX MD will 3 aux;leave VERB VB leave 0 root;. PUNCT . . 3 punct")
MAY = tree("They PRON PRP they 3 nsubj;may AUX MD may 3 aux;leave VERB VB leave 0 root;. PUNCT . . 3 punct")
IF = tree("If SCONJ IN if 3 mark;they PRON PRP they 3 nsubj;leave VERB VBP leave 4 advcl;stay VERB VB stay 0 root")
GOES_ON = tree("They PRON PRP they 3 nsubj;are AUX VBP be 3 aux;leaving VERB VBG leave 0 root;. PUNCT . . 3 punct")
PLAN = tree("They PRON PRP they 2 nsubj;plan VERB VBP plan 0 root;to PART TO to 4 mark;leave VERB VB leave 2 xcomp")
ORDER = tree("Do AUX VB do 3 aux;not PART RB not 3 advmod;leave VERB VB leave 0 root;. PUNCT . . 3 punct")
NOUN = tree("The DET DT the 2 det;strike NOUN NN strike 3 nsubj;ended VERB VBD end 0 root;. PUNCT . . 3 punct")


@pytest.mark.parametrize(
    ("example", "at", "score", "label"),
    [
        (LEFT, 1, 3.0, "occurred"),
        (LEFT, 1, 0.0, None),  # readers err, the plain past does not
        (DENIED, 3, -3.0, "denied"),
        (DENIED, 3, 3.0, None),
        (WILL, 2, -2.0, "planned"),
        (WILL, 2, 3.0, None),
        (MAY, 2, 0.0, "hypothetical"),
        (IF, 2, -1.0, "conditional"),
        (IF, 2, 3.0, None),
        (IF, 3, -2.0, "conditional|hypothetical|planned"),
        (GOES_ON, 2, 2.5, "ongoing"),
        (PLAN, 3, -2.0, "planned"),
        (PLAN, 1, 3.0, "occurred|ongoing"),
        (ORDER, 2, -3.0, None),
        (NOUN, 1, 3.0, "occurred|ongoing"),
        (NOUN, 1, -3.0, ALL_UNREAL),
        (LEFT, 0, 3.0, None),
    ],
)
def test_judgement_and_words_give_the_statuses_left_open(
    example: Example, at: int, score: float, label: str | None
) -> None:
    assert factuality.joined(factuality.status(factuality.Tree(example), at, score)) == label


def test_judgements_join_sentences_of_the_same_words(tmp_path: Path) -> None:
    file = tmp_path / "uds.jsonl"
    rows = [
        {"text": "They left .", "targets": [{"span1": [1, 2], "label": 3.0}, {"span1": [0, 2], "label": -3.0}]},
        {"text": "They stayed .", "targets": [{"span1": [1, 2], "label": 3.0}]},
    ]
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    one, other = (
        Example(LEFT.words, "d", dict(LEFT.tags), heads=LEFT.heads),
        Example(["They", "fled"], "d", heads=[2, 0]),
    )
    factuality.add([one, other], file)
    assert one.tags["status"] == [None, "occurred", None] and one.silver == {"status"}
    assert "status" not in other.tags


def test_meantime_has_no_trees_but_words_before(tmp_path: Path) -> None:
    file = tmp_path / "meantime.jsonl"
    rows = [
        {"tokens": "Shares fell and may rise".split(), "events": [[1, 3.0], [4, 0.75]]},
        {"tokens": "They did not sell".split(), "events": [[3, -3.0]]},
        {"tokens": "They want to sell it".split(), "events": [[3, 3.0]]},
    ]
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    first, second = factuality.meantime(file)
    assert first.tags["status"] == [None, "occurred|ongoing", None, None, "hypothetical"]
    assert second.tags["status"][3] == "denied" and second.silver == {"status"}
    assert first.document != second.document
