"""Voices of the treebanks, on made-up trees, frames and discourse units: no corpus is needed, nor PyTorch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training import speech
from training.example import Example


def tree(rows: str) -> Example:
    """An example from `word upos xpos lemma head deprel` rows, joined by `|`."""
    fields = [r.split() for r in rows.split("|")]
    scripts = [f"l{len(f[0])}{f[3]}" for f in fields]
    tags = {"upos": [f[1] for f in fields], "xpos": [f[2] for f in fields], "lemma": scripts}
    return Example(
        [f[0] for f in fields], "doc", {**tags, "deprel": [f[5] for f in fields]}, heads=[int(f[4]) for f in fields]
    )


def framed(rows: str, verb: int, **args: tuple[int, int]) -> Example:
    example = tree(rows)
    example.frames = {verb: {run: role.rstrip("_").replace("_", "-") for role, run in args.items()}}
    return example


def told(example: Example, trigger: int) -> tuple[str, str, str]:
    """Source, cue and content of the statement with its cue there."""
    labels = example.pairs["speech"][trigger]
    words = lambda kind: " ".join(w for w, x in zip(example.words, labels, strict=True) if x == kind)  # noqa: E731
    cue = [w for w, t in zip(example.words, example.tags["cue"], strict=True) if t and t != "O"]
    return words("source"), " ".join(cue), words("content")


SAID = (
    "Mayor PROPN NNP Mayor 4 nsubj|Kern PROPN NNP Kern 1 flat|has AUX VBZ have 4 aux|said VERB VBN say 0 root|"
    "that SCONJ IN that 7 mark|they PRON PRP they 7 nsubj|left VERB VBD leave 4 ccomp|. PUNCT . . 4 punct"
)
BESIDE = (
    "They PRON PRP they 2 nsubj|left VERB VBD leave 0 root|, PUNCT , , 5 punct|officials NOUN NNS official 5 nsubj|"
    "say VERB VBP say 2 parataxis|. PUNCT . . 2 punct"
)
TOLD = (
    "Kern PROPN NNP Kern 2 nsubj|told VERB VBD tell 0 root|reporters NOUN NNS reporter 2 iobj|they PRON PRP they 5 nsubj|"
    "left VERB VBD leave 2 ccomp"
)
ACCUSED = (
    "Kern PROPN NNP Kern 2 nsubj|accused VERB VBD accuse 0 root|Lund PROPN NNP Lund 2 obj|of SCONJ IN of 5 mark|"
    "cheating VERB VBG cheat 2 advcl"
)
BESIDES = (
    "Kern PROPN NNP Kern 6 nsubj|, PUNCT , , 4 punct|a DET DT a 4 det|farmer NOUN NN farmer 1 appos|, PUNCT , , 4 punct|"
    "says VERB VBZ say 0 root|they PRON PRP they 8 nsubj|left VERB VBD leave 6 ccomp"
)


@pytest.mark.parametrize(
    ("example", "trigger", "expected"),
    [
        (framed(SAID, 3, ARG0=(0, 2), ARG1=(4, 7)), 3, ("Mayor Kern", "said", "they left")),
        (framed(BESIDE, 4, ARG0=(3, 4), ARG1=(0, 2)), 4, ("officials", "say", "They left")),
        (framed(TOLD, 1, ARG0=(0, 1), ARG1=(3, 5), ARG2=(2, 3)), 1, ("Kern", "told reporters", "they left")),
        (framed(ACCUSED, 1, ARG0=(0, 1), ARG1=(2, 3), ARG2=(3, 5)), 1, ("Kern", "accused", "Lund of cheating")),
        (framed(BESIDES, 5, ARG0=(0, 5), ARG1=(6, 8)), 5, ("Kern", "says", "they left")),
    ],
)
def test_statements_are_cut_as_in_the_gold_ledger(example: Example, trigger: int, expected: tuple[str, ...]) -> None:
    speech.reporting(example)
    assert told(example, trigger) == expected
    assert example.silver == {"source", "cue", "content", "speech"}
    assert example.tags["cue"][trigger] == "B-cue" and "O" in example.tags["cue"]


@pytest.mark.parametrize(
    ("rows", "verb"),
    [
        (SAID.replace("has AUX VBZ have", "may AUX MD may"), 3),
        (SAID.replace(". PUNCT . .", "? PUNCT . ?"), 3),
        (SAID.replace("said VERB VBN say", "eaten VERB VBN eat"), 3),
    ],
)
def test_what_is_not_said_is_no_statement(rows: str, verb: int) -> None:
    example = framed(rows, verb, ARG0=(0, 2), ARG1=(4, 7))
    speech.reporting(example)
    assert "cue" not in example.tags and not example.pairs


def test_tree_and_frame_must_agree() -> None:
    example = framed(SAID, 3, ARG0=(0, 2), ARG1=(6, 7))
    speech.reporting(example)
    assert not example.pairs
    example = framed(SAID, 3, ARG1=(4, 7))
    speech.reporting(example)
    assert not example.pairs


def test_beside_another_word_that_may_report_nothing_is_surely_outside() -> None:
    rows = SAID.replace("left VERB VBD leave", "heeded VERB VBD appeal")
    example = framed(rows, 3, ARG0=(0, 2), ARG1=(4, 7))
    speech.reporting(example)
    assert example.tags["cue"] == [None, None, None, "B-cue", None, None, None, None]
    assert example.tags["source"][:3] == ["B-source", "I-source", None]
    assert set(example.tags["content"]) == {None}
    assert told(example, 3)[2] == "they heeded"


def test_according_to_covers_the_clause_it_is_put_beside() -> None:
    example = framed(
        "They PRON PRP they 2 nsubj|left VERB VBD leave 0 root|, PUNCT , , 6 punct|according VERB VBG accord 6 case|"
        "to ADP IN to 4 fixed|police NOUN NN police 2 obl|. PUNCT . . 2 punct",
        1,
        ARG0=(0, 1),
    )
    speech.reporting(example)
    assert told(example, 3) == ("police", "according to", "They left")


def test_inside_quotation_marks_stays_inside() -> None:
    example = framed(
        '" PUNCT `` " 3 punct|We PRON PRP we 3 nsubj|left VERB VBD leave 0 root|, PUNCT , , 3 punct|" PUNCT \'\' " 3 punct|'
        "Kern PROPN NNP Kern 7 nsubj|said VERB VBD say 3 parataxis|. PUNCT . . 3 punct",
        6,
        ARG0=(5, 6),
        ARG1=(0, 5),
    )
    speech.reporting(example)
    assert told(example, 6) == ("Kern", "said", "We left")


def _discourse(folder: Path) -> Path:
    units = [
        {"i": 1, "text": "It rained .", "head": 0, "rel": "ROOT"},
        {"i": 2, "text": "Kern told reporters", "head": 3, "rel": "attribution-positive_r"},
        {"i": 3, "text": "they left", "head": 1, "rel": "joint-list_m"},
    ]
    file = folder / "rst.jsonl"
    file.write_text(json.dumps({"doc": "doc", "edus": units}) + "\n", encoding="utf-8")
    return file


def test_attributions_of_discourse_count_words_from_the_start_of_the_document(tmp_path: Path) -> None:
    (one,) = speech.attributions(_discourse(tmp_path))["doc"]
    assert (one.satellite, one.nucleus) == ((3, 6), (6, 8)) and one.words == ("Kern", "told", "reporters")


def test_attributions_are_found_in_their_sentence(tmp_path: Path) -> None:
    rain = tree("It PRON PRP it 2 nsubj|rained VERB VBD rain 0 root|. PUNCT . . 2 punct")
    examples = [rain, tree(TOLD), tree(TOLD)]
    speech.attributed(examples, speech.attributions(_discourse(tmp_path)))
    assert told(examples[1], 1) == ("Kern", "told reporters", "they left")
    assert "cue" not in rain.tags and "cue" not in examples[2].tags
