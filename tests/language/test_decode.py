from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sayso.language.analysis import Found
from sayso.language.decode import HOLD, Bio, best, frames, lemma, softmax

LABELS = ["O", "B-cue", "I-cue", "B-source", "I-source"]
SURE = 8.0


def scores(*tags: str) -> np.ndarray:
    """Scores that make each word of that tag, all but surely."""
    made = np.zeros((len(tags), len(LABELS)), dtype=np.float32)
    for word, tag in enumerate(tags):
        made[word, LABELS.index(tag)] = SURE
    return made


def runs(*tags: str, offset: int = 0) -> list[tuple[int, int, str]]:
    return [(f.first, f.last, f.label) for f in Bio(LABELS).runs(scores(*tags), offset)]


def test_probabilities_add_up_to_one():
    raised = softmax(np.array([[1.0, 2.0, 3.0], [1000.0, 1000.0, -1000.0]], dtype=np.float32))
    assert raised.sum(-1) == pytest.approx([1, 1])
    assert raised[1, 0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (["O", "O"], []),
        (["B-cue"], [(0, 1, "cue")]),
        (["O", "B-cue", "I-cue", "O"], [(1, 3, "cue")]),
        (["B-cue", "B-cue"], [(0, 1, "cue"), (1, 2, "cue")]),
        (["B-cue", "I-cue", "B-source"], [(0, 2, "cue"), (2, 3, "source")]),
        (["B-cue", "O", "I-cue"], [(0, 1, "cue"), (2, 3, "cue")]),
        (["I-source", "I-source"], [(0, 2, "source")]),
        (["B-cue", "I-cue", "I-source", "I-cue"], [(0, 4, "cue")]),
    ],
)
def test_runs_of_words(tags, found):
    assert runs(*tags) == found


def test_runs_are_counted_from_the_offset():
    assert runs("O", "B-cue", offset=40) == [(41, 42, "cue")]


def test_a_word_that_is_inside_by_the_sum_of_all_labels_is_inside():
    row = np.log(np.array([[0.4, 0.2, 0.2, 0.1, 0.1]], dtype=np.float32))
    (found,) = Bio(LABELS).runs(row, 0)
    assert (found.label, found.score) == ("cue", pytest.approx(0.6))
    assert Bio(LABELS).runs(row, 0, threshold=0.7) == []


@given(
    st.integers(1, 30).flatmap(lambda n: arrays.arrays(np.float32, (n, 5), elements=st.floats(-9, 9, width=32))),
    st.integers(0, 99),
)
@settings(max_examples=150, deadline=None)
def test_runs_of_any_scores_are_in_order_and_apart(given_scores, offset):
    before = offset
    for found in Bio(LABELS).runs(given_scores, offset):
        assert before <= found.first < found.last <= offset + len(given_scores)
        assert found.label in ("cue", "source")
        assert HOLD * 0.5 <= found.score <= 1
        before = found.last


def test_the_best_label_of_each_word():
    assert best(np.array([[1, 3, 2], [9, 0, 0]], dtype=np.float32), ["a", "b", "c"]) == ["b", "a"]


@pytest.mark.parametrize(
    ("form", "script", "made"),
    [
        ("said", "l2y", "say"),
        ("Homes", "l1", "home"),
        ("Kyiv", "k0", "Kyiv"),
        ("attacks", "l1", "attack"),
        ("were", "l4be", "be"),
        ("a", "l5be", "a"),
        ("no", "l2", "no"),
        ("2026", "k0", "2026"),
    ],
)
def test_lemmas_by_edit_scripts(form, script, made):
    assert lemma(form, script) == made


LINKS = ["none", "source", "content"]


def links(size: int, triggers: int = 1, **rows: list[int]) -> np.ndarray:
    """Scores of triggers over `size` words; the first trigger's words fill the roles named."""
    made = np.zeros((triggers, size, 3), dtype=np.float32)
    made[:, :, 0] = SURE
    for label, words in rows.items():
        for word in words:
            made[0, word, 0] = 0
            made[0, word, LINKS.index(label)] = SURE
    return made


def test_a_frame_gathers_what_belongs_to_its_trigger():
    trigger = Found(10, 11, "cue", 0.9)
    (made,) = frames([trigger], links(8, source=[1, 2], content=[4, 5, 7]), LINKS, 10, [(0, 8)], 0.5)
    assert made.trigger == trigger
    assert [(r.first, r.last, r.label) for r in made.roles] == [
        (11, 13, "source"),
        (14, 16, "content"),
        (17, 18, "content"),
    ]
    assert all(r.score > 0.9 for r in made.roles)


def test_roles_side_by_side_are_two():
    (made,) = frames([Found(0, 1, "cue", 0.9)], links(6, source=[1, 2], content=[3, 4]), LINKS, 0, [(0, 6)], 0.5)
    assert [(r.first, r.last, r.label) for r in made.roles] == [(1, 3, "source"), (3, 5, "content")]
    assert [r.label for r in made.role("content")] == ["content"]


def test_roles_end_with_the_sentence_of_their_trigger():
    scores = links(8, source=[1, 2], content=[3, 4, 5, 6])
    (made,) = frames([Found(4, 5, "cue", 0.9)], scores, LINKS, 0, [(0, 2), (2, 5), (5, 8)], 0.5)
    assert [(r.first, r.last, r.label) for r in made.roles] == [(2, 3, "source"), (3, 5, "content")]


def test_no_role_at_all():
    assert frames([Found(0, 1, "cue", 0.9)], links(3), LINKS, 0, [(0, 3)], 0.5)[0].roles == ()
    assert frames([], links(3, 0), LINKS, 0, [(0, 3)]) == []


def test_runs_stop_where_a_sentence_begins():
    bio = Bio(["O", "B-cue", "I-cue"])
    scores = np.array([[0, 9, 0], [0, 0, 9], [0, 0, 9], [9, 0, 0]], dtype=np.float32)
    assert [(f.first, f.last) for f in bio.runs(scores, 5)] == [(5, 8)]
    assert [(f.first, f.last) for f in bio.runs(scores, 5, starts={0, 2})] == [(5, 7), (7, 8)]


def test_a_word_that_is_nearly_inside_holds_a_run_together():
    bio = Bio(["O", "B-figure", "I-figure"])
    inside = [0.9, 0.45, 0.9, 0.45, 0.1, 0.45]
    scores = np.log(np.array([[1 - p, p / 10, p * 0.9] for p in inside], dtype=np.float32))
    assert [(f.first, f.last) for f in bio.runs(scores, 0)] == [(0, 4)]
    assert [(f.first, f.last) for f in bio.runs(scores, 0, starts={0, 3})] == [(0, 3)]
