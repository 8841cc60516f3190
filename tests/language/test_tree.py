from __future__ import annotations

import itertools
import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sayso.language.tree import decode


def is_tree(heads: list[int]) -> bool:
    """Whether every word reaches the root, and one word alone hangs on it."""
    for word in range(1, len(heads) + 1):
        at, steps = word, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return heads.count(0) == 1


def total(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(np.float64(scores[w, h]) for w, h in enumerate(heads)))


def best(scores: np.ndarray) -> float:
    """The score of the best tree, by trying all."""
    size = scores.shape[0]
    trees = (list(h) for h in itertools.product(range(size + 1), repeat=size))
    return max(total(scores, h) for h in trees if is_tree(h))


def matrices(most: int):
    sizes = st.integers(1, most)
    values = st.floats(-20, 20, width=32)
    return sizes.flatmap(lambda n: arrays.arrays(np.float32, (n, n + 1), elements=values))


@given(matrices(4))
@settings(max_examples=150, deadline=None)
def test_it_is_the_best_of_all_trees(scores):
    heads = decode(scores)
    assert is_tree(heads)
    assert total(scores, heads) == pytest.approx(best(scores), abs=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_best_of_all_trees_of_five_words(seed):
    scores = np.random.default_rng(seed).normal(0, 5, (5, 6)).astype(np.float32)
    heads = decode(scores)
    assert is_tree(heads)
    assert total(scores, heads) == pytest.approx(best(scores), abs=1e-3)


@given(matrices(25))
@settings(max_examples=150, deadline=None)
def test_it_is_always_a_tree_with_one_root(scores):
    heads = decode(scores)
    assert len(heads) == scores.shape[0]
    assert is_tree(heads)
    assert heads == decode(scores.copy())


@pytest.mark.parametrize("size", [1, 2, 3, 60, 250])
def test_scores_that_are_all_equal(size):
    assert is_tree(decode(np.zeros((size, size + 1), dtype=np.float32)))


@pytest.mark.parametrize("size", [2, 3, 17, 250])
def test_a_ring_of_all_words_is_broken_once(size):
    scores = np.full((size, size + 1), -5, dtype=np.float32)
    for word in range(size):
        scores[word, (word + 1) % size + 1] = 5
    heads = decode(scores)
    assert is_tree(heads)
    assert sum(scores[w, h] == 5 for w, h in enumerate(heads)) == size - 1


def test_several_roots_become_one():
    scores = np.full((6, 7), -3, dtype=np.float32)
    scores[:, 0] = 9
    assert is_tree(decode(scores))


def test_the_longest_sentence_takes_no_time():
    """Rings within rings are the worst case; a sentence has at most 250 words."""
    rng = random.Random(7)
    scores = np.array([[rng.gauss(0, 1) for _ in range(251)] for _ in range(250)], dtype=np.float32)
    begun = time.process_time()
    assert is_tree(decode(scores))
    assert time.process_time() - begun < 3
