from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from evaluation import attribution, attribution_map
from evaluation.attribution_map import Page, quotations, written_down
from evaluation.attribution_text import marks, write
from sayso.errors import EvaluationError
from sayso.language.analysis import Analysis, Sentence, Token
from sayso.reading.context import Context
from sayso.records import Report, Span, Statement

# Written for this test, in the form of the set.
ROWS: list[dict[str, Any]] = [
    {
        "id": "a",
        "tokens": "`` So what ? '' , said Mara Venn .".split(),
        "labels": "B-content I-content I-content I-content I-content O B-cue B-source I-source O".split(),
    },
    {"id": "a", "tokens": ["Nobody", "came", "."], "labels": ["O", "O", "O"]},
    {"id": "b", "tokens": ["He", "agreed", "."], "labels": ["I-source", "I-cue", "O"]},
    {"tokens": ["Rain", "."]},
    {"id": "c"},
]
LEMMAS = {"told": "tell"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "x.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(json.dumps(r) for r in ROWS).encode()))
    return file


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("`` So what ? '' , he said .", '"So what?", he said.'),
        ("'' Out ! '' she cried", '"Out!" she cried'),
        ("Mara Venn -LRB- 43 -RRB- paid $ 5 .", "Mara Venn (43) paid $5."),
        ("They ca n't say it 's the Venns ' fault ; I 'm off", "They can't say it's the Venns' fault; I'm off"),
        ("She called it ` odd , ' then left at 6 p.m. .", "She called it 'odd,' then left at 6 p.m."),
        ("We gon na see : 5 % of it -- perhaps", "We gonna see: 5% of it -- perhaps"),
    ],
)
def test_words_are_written_as_a_newspaper_has_them(words: str, text: str) -> None:
    written = write([words.split()])
    assert written.text == text
    forms = [written.text[a:b] for a, b in written.words()]
    assert "".join(forms) == text.replace(" ", "") and len(forms) == len(words.split())


def test_items_are_paragraphs_and_a_mark_at_the_end_of_one_may_open_the_next() -> None:
    items = [["A", "B", ".", "''"], ["We", "left", ",", "''", "he", "said", "."]]
    written = write(items)
    assert written.text == 'A B.\n\n"We left," he said.'
    assert marks(items) == [["", "", "", "open"], ["", "", "", "close", "", "", ""]]
    assert [written.text[a:b] for a, b in written.at[0]] == ["A", "B", ".", '"']


def test_marks_that_say_which_side_they_open_to_are_believed() -> None:
    assert marks([["``", "a", "''", "b", "''"]]) == [["open", "", "close", "", "close"]]
    assert marks([["``", "a"], ["``", "b", "''"]]) == [["open", ""], ["open", "", "close"]]


# --- conventions -----------------------------------------------------------------------------------------------------


def page(rows: Sequence[tuple[str, str, int, str]], statements: Sequence[dict[str, Any]]) -> Page:
    """One item that was read: words with part of speech, governor (counted from 0) and relation; statements by ranges of words."""
    items = [[row[0] for row in rows]]
    written = write(items)
    tokens = [
        Token(a, b, written.text[a:b], i, upos, "", LEMMAS.get(word, word), head, relation)
        for i, ((word, upos, head, relation), (a, b)) in enumerate(zip(rows, written.words(), strict=True))
    ]
    analysis = Analysis(written.text, tokens, [Sentence(0, len(written.text), 0, len(tokens))])
    ctx = Context(Report.make(text=written.text), analysis)
    made = []
    for k, given in enumerate(statements):
        spans: dict[str, Any] = {key: _span(ctx, given.get(key)) for key in ("source", "cue")}
        content = tuple(ctx.span(*r) for r in given["content"])
        made.append(
            Statement(str(k), spans["source"], None, spans["cue"], content, "", "", "", given.get("within"), 1.0)
        )
    sides = [side for item in marks(items) for side in item]
    places = written.words()
    return Page(ctx, tuple(made), items[0], places, sides, [b for _, b in places], [0] * len(places), quotations(sides))


def _span(ctx: Context, found: tuple[int, int] | None) -> Span | None:
    return ctx.span(*found) if found else None


def spans(read: Page) -> dict[str, list[str]]:
    """The words of the spans by kind."""
    found = attribution.runs(written_down(read))
    return {kind: [" ".join(read.words[a:b]) for a, b in ranges] for kind, ranges in found.items()}


def test_what_the_set_counts_to_its_spans() -> None:
    rows = [
        ("Mara", "PROPN", 8, "nsubj"), ("Venn", "PROPN", 0, "flat"), (",", "PUNCT", 4, "punct"), ("the", "DET", 4, "det"),
        ("mayor", "NOUN", 0, "appos"), (",", "PUNCT", 4, "punct"), ("has", "AUX", 8, "aux"), ("also", "ADV", 8, "advmod"),
        ("told", "VERB", 8, "root"), ("reporters", "NOUN", 8, "obj"), ("that", "SCONJ", 12, "mark"), ("it", "PRON", 12, "nsubj"),
        ("rained", "VERB", 8, "ccomp"), (".", "PUNCT", 8, "punct"),
    ]  # fmt: skip
    read = page(rows, [{"source": (0, 2), "cue": (8, 10), "content": [(11, 13)]}])
    assert spans(read) == {
        "source": ["Mara Venn , the mayor ,"],
        "cue": ["has also told"],
        "content": ["that it rained"],
    }


def test_quotations_have_their_marks_and_sentences_of_one_are_one_span() -> None:
    rows = [
        ("``", "PUNCT", 1, "punct"), ("Go", "VERB", 1, "root"), (".", "PUNCT", 1, "punct"), ("And", "CCONJ", 4, "cc"),
        ("run", "VERB", 1, "conj"), (",", "PUNCT", 1, "punct"), ("''", "PUNCT", 1, "punct"), ("she", "PRON", 8, "nsubj"),
        ("said", "VERB", 1, "parataxis"), (":", "PUNCT", 1, "punct"), ("``", "PUNCT", 11, "punct"), ("Run", "VERB", 1, "parataxis"),
        ("!", "PUNCT", 11, "punct"), ("''", "PUNCT", 11, "punct"),
    ]  # fmt: skip
    read = page(rows, [{"source": (7, 8), "cue": (8, 9), "content": [(1, 2), (4, 5), (11, 12)]}])
    assert spans(read) == {
        "source": ["she"],
        "cue": ["said :"],
        "content": ["`` Go . And run , ''", "`` Run ! ''"],
    }


def test_chains_of_verbs_prepositions_and_statements_inside_of_others() -> None:
    rows = [
        ("They", "PRON", 1, "nsubj"), ("continued", "VERB", 1, "root"), ("to", "PART", 3, "mark"), ("call", "VERB", 1, "xcomp"),
        ("for", "ADP", 6, "case"), ("the", "DET", 6, "det"), ("vote", "NOUN", 3, "obl"), ("he", "PRON", 8, "nsubj"),
        ("promised", "VERB", 6, "acl:relcl"), ("them", "PRON", 8, "obj"),
    ]  # fmt: skip
    outer = {"source": (0, 1), "cue": (3, 4), "content": [(4, 10)]}
    inner = {"source": (7, 8), "cue": (8, 9), "content": [(9, 10)], "within": "0"}
    assert spans(page(rows, [outer, inner])) == {
        "source": ["They"],
        "cue": ["continued to call for"],
        "content": ["the vote he promised them"],
    }


# --- counting --------------------------------------------------------------------------------------------------------


def test_overlapping_spans_are_matched_once_the_best_first() -> None:
    assert attribution.matched([(0, 2), (1, 6)], [(0, 6)]) == [(1, 0)]
    assert sorted(attribution.matched([(0, 2), (3, 9)], [(0, 4), (8, 9)])) == [(0, 0), (1, 1)]
    assert attribution.matched([(0, 2)], [(2, 4)]) == []


def test_figures(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def found(items: Sequence[Sequence[str]]) -> list[list[attribution_map.Label]]:
        read.append(len(items))
        labels: list[list[attribution_map.Label]] = [[None] * len(words) for words in items]
        if items[0][0] == "``":
            labels[0][1:4] = [("content", 1)] * 3
            labels[0][6:7] = [("cue", 2)]
            labels[0][7:9] = [("source", 3)] * 2
            labels[1][0:1] = [("source", 4)]
        return labels

    monkeypatch.setattr(attribution, "found", found)
    monkeypatch.setattr(attribution, "made_by", lambda: {})
    result = attribution.measure([path])
    assert result.n == 4 and read == [2, 1, 1]  # an item without id is a document; one without words is none
    scores = result.scores
    assert (scores["content.exact"], scores["content.overlap"]) == (0, 1)
    assert (scores["source.exact.precision"], scores["source.exact.recall"], scores["source.exact"]) == (0.5, 0.5, 0.5)
    assert scores["cue.exact"] == 0.6667 and scores["cue.overlap.low"] is not None
    assert "cue.exact.precision.low" not in scores


def test_gold_against_itself_is_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_words = {tuple(item.words): item.gold for item in attribution.read(path)}

    def found(items: Sequence[Sequence[str]]) -> list[list[attribution_map.Label]]:
        made = []
        for words in items:
            labels: list[attribution_map.Label] = [None] * len(words)
            for kind, ranges in by_words[tuple(words)].items():
                for a, b in ranges:
                    labels[a:b] = [(kind, a)] * (b - a)
            made.append(labels)
        return made

    monkeypatch.setattr(attribution, "found", found)
    monkeypatch.setattr(attribution, "made_by", lambda: {})
    scores = attribution.measure([path]).scores
    assert all(scores[name] == 1 for name in attribution.FIGURES)


def test_spans_that_touch_are_two_and_one_without_b_begins_with_its_first_word(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    row = {"tokens": list("abcde"), "labels": ["B-CUE", "B-cue", "I-cue", "I-source", "B-other"]}
    file.write_text(json.dumps(row) + "\n")
    assert next(attribution.read(file)).gold == {"cue": [(0, 1), (1, 3)], "source": [(3, 4)]}


@pytest.mark.parametrize("line", ["words", "[1]", '{"tokens": ["a"], "labels": ["O", "O"]}', '{"tokens": 5}'])
def test_other_lines_are_an_error(line: str, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(line + "\n")
    with pytest.raises(EvaluationError, match=r"x\.jsonl:1"):
        list(attribution.read(file))


def test_nothing_to_measure_on_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text("\n")
    with pytest.raises(EvaluationError, match="no item"):
        attribution.measure([file])
