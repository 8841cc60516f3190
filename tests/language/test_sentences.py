from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.sentences import LONGEST, paragraphs, segment, split


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "KYIV, Jan 24 (Reuters) - Drones hit a depot, officials said.|Two people were hurt.",
        "The governor met Mr. Smith and Gen. John A. Lee.|They spoke for an hour.",
        '"We will not stop," the minister said.|"They hit us first."|He left at noon.',
        "“We will stay,” she said.|“No one was hurt.”|The fire is out.",
        '"Is it over?" asked the mayor.|Nobody answered.',
        "The U.S. President spoke on Jan. 24 about case No. 5.|It took an hour.",
        "It began at 5 p.m. on Saturday.|The road was closed.",
        "Around 8,000 homes in the city lost power.|Repairs will take days.",
        "He has lived in the U.S. since May.|She left the U.S.|They met the U.S. Navy.",
        "The firm is Acme Corp.|It is big.",
        "Shells fell on St. Peter's and on the D.C. office.|No one died.",
    ],
)
def test_news_sentences(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")


def test_a_blank_line_ends_a_sentence_and_a_single_newline_does_not() -> None:
    assert sentences("Power is out\nin the north.\n \t\nWater too\n\n") == ["Power is out\nin the north.", "Water too"]


def test_the_full_stop_of_a_last_abbreviation_is_a_token() -> None:
    tokens, found = segment("It ended at 5 p.m. The road is open.")
    assert [t.text for t in tokens[: found[0].last]] == ["It", "ended", "at", "5", "p.m", "."]
    assert [t.word for t in tokens] == list(range(len(tokens)))


def test_paragraphs_have_no_space_at_their_ends() -> None:
    text = "\n\n  one \r\n\r\n two\nthree  \n"
    assert [text[a:b] for a, b in paragraphs(text)] == ["one", "two\nthree"]


def test_a_very_long_sentence_is_cut_at_punctuation() -> None:
    text = "they saw smoke and fire, " * 200
    _, found = segment(text)
    assert all(s.last - s.first <= LONGEST for s in found)
    assert all(text[s.end - 1] == "," for s in found)


def test_a_long_run_without_punctuation_is_cut_too() -> None:
    _, found = segment("don't " * 600)
    assert all(s.last - s.first <= LONGEST for s in found) and sum(s.last - s.first for s in found) == 1200


@pytest.mark.parametrize("piece", [") ", '" ', "A. ", ". ", "a\n", "(A ", "Aa ", "\n \n", "x! ", "1 "])
def test_time_is_linear_in_the_length(piece: str) -> None:
    start = time.process_time()
    segment(piece * (40_000 // len(piece)))
    assert time.process_time() - start < 6.0


def test_nothing_in_nothing() -> None:
    assert split("") == [] and segment(" \n ") == ([], [])


@settings(max_examples=200, deadline=None)
@given(st.text() | st.text(alphabet='aAB.?!"”’) \n5p.m', max_size=80))
def test_sentences_hold_all_tokens_in_order(text: str) -> None:
    tokens, found = segment(text)
    assert [t for s in found for t in tokens[s.first : s.last]] == tokens
    for token in tokens:
        assert text[token.start : token.end] == token.text
    for s in found:
        assert (s.start, s.end) == (tokens[s.first].start, tokens[s.last - 1].end)
    assert all(a.last == b.first and a.end <= b.start for a, b in pairwise(found))
    assert split(text) == [(s.start, s.end) for s in found]
    numbers = [t.word for t in tokens]
    assert numbers == sorted(numbers) and set(numbers) == set(range(len(set(numbers))))
