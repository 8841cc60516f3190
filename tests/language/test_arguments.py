"""Which runs of words may be arguments, on trees of made-up sentences; and the choice among them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.analysis import Found
from sayso.language.arguments import KINDS, NONE, Sentence, choose, likeliest, table

LABELS = ["none", "ARG0", "ARG1"]


def _runs(words: str, heads: list[int], predicate: str) -> dict[str, str]:
    """The runs of a predicate as words → kind."""
    split = words.split()
    sentence = Sentence(heads, [not w[0].isalnum() for w in split])
    found = sentence.runs(split.index(predicate))
    return {" ".join(split[first:last]): KINDS[kind] for (first, last), (_, kind) in found.items()}


def test_the_children_of_a_verb_without_their_marks() -> None:
    found = _runs("Police , armed , shot two men .", [5, 3, 1, 3, 0, 7, 5, 5], "shot")
    assert found["Police , armed"] == "child0" and found["two men"] == "child0"
    assert found["Police"] == found["men"] == "word0"
    assert "." not in found and "Police , armed ," not in found


def test_a_shared_subject_stands_one_step_up() -> None:
    found = _runs("They came and saw Rome", [2, 0, 4, 2, 4], "saw")
    assert found["They"] == "child1" and found["Rome"] == "child0" and found["and"] == "child0"


def test_the_noun_of_a_relative_clause_comes_without_the_clause() -> None:
    found = _runs("the man who fled died", [2, 5, 4, 2, 0], "fled")
    assert found["the man"] == "governor1" and found["man"] == "head1" and found["who"] == "child0"


def test_of_a_broken_subtree_the_part_with_its_head() -> None:
    found = _runs("What did they say she saw", [6, 4, 4, 0, 6, 4], "say")
    assert found["she saw"] == "child0"


@given(st.data())
def test_runs_lie_in_the_sentence_and_come_once(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    heads = [0] + [data.draw(st.integers(1, k)) for k in range(1, size)]
    marks = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    sentence = Sentence(heads, marks)
    for predicate in range(size):
        for (first, last), (head, kind) in sentence.runs(predicate).items():
            assert 0 <= first < last <= size and 0 <= head < size and 0 <= kind < len(KINDS)
            assert not marks[first] and not marks[last - 1]


def test_runs_by_a_tree_that_hangs_a_phrase_one_step_too_low_or_too_high() -> None:
    low = _runs("They saw the man with glasses", [2, 0, 4, 2, 6, 4], "saw")
    assert low["the man with glasses"] == "child0" and low["the man"] == "short1" and low["man with glasses"] == "late1"
    high = _runs("They saw the man with glasses", [2, 0, 4, 2, 6, 2], "saw")
    assert high["the man"] == high["with glasses"] == "child0" and high["the man with glasses"] == "right"
    two = _runs("They gave the man books today", [2, 0, 4, 2, 2, 2], "gave")
    assert two["the man books"] == two["books today"] == "joined"


def test_the_surest_run_wins_and_none_lies_over_another() -> None:
    runs = {(0, 3): (1, 0), (1, 2): (1, 4), (4, 6): (5, 0), (6, 7): (6, 0)}
    scores = np.array([[0, 5, 0], [0, 0, 3], [0, 0, 2], [9, 0, 0]], dtype=np.float32)
    likely = likeliest(scores, LABELS)
    assert sorted(likely) == [0, 1, 2]
    frame = choose(Found(13, 14, "predicate", 0.9), runs, likely, 0, 10)
    assert [(r.first, r.last, r.label) for r in frame.roles] == [(10, 13, "ARG0"), (14, 16, "ARG1")]


def test_the_runs_of_a_predicate_are_counted_from_its_first() -> None:
    frame = choose(Found(3, 4, "predicate", 0.9), {(0, 1): (0, 0)}, {0: (0.9, "ARG0"), 7: (0.8, "ARG1")}, 7, 0)
    assert [r.label for r in frame.roles] == ["ARG1"]


def test_a_run_over_its_predicate_is_no_argument() -> None:
    predicate = Found(1, 2, "predicate", 0.9)
    assert choose(predicate, {(0, 3): (1, 0)}, {0: (0.9, "ARG0")}, 0, 0).roles == ()
    assert choose(predicate, {}, {}, 0, 0).roles == ()


def test_what_is_asked_of_the_graph() -> None:
    assert table([(1, 10, {(2, 4): (3, 0)})]).tolist() == [[11, 13, 12, 13, 0]]
    assert table([]) is NONE and NONE.shape == (1, 5)
