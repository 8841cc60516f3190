from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.analysis import Token
from sayso.reading import numbers
from sayso.reading.numbers import BEFORE, NONE, PLURALS, SCALES, UNITS, VAGUE, Reader
from tests.reading.build import tokens

# The whole table "figures: what the words allow" of the contract, then its rules.
TABLE = [
    ("27 people", 27, 27, "exact"),
    ("two dozen people", 24, 24, "exact"),
    ("one person", 1, 1, "exact"),
    ("over 370 people", 371, None, "more_than"),
    ("more than 370 people", 371, None, "more_than"),
    ("at least 12 people", 12, None, "at_least"),
    ("no fewer than 12 people", 12, None, "at_least"),
    ("no less than 12 people", 12, None, "at_least"),
    ("12 or more people", 12, None, "at_least"),
    ("up to 50 people", 0, 50, "up_to"),
    ("as many as 50 people", 0, 50, "up_to"),
    ("at most 50 people", 0, 50, "up_to"),
    ("fewer than 50 people", 0, 49, "less_than"),
    ("less than 50 people", 0, 49, "less_than"),
    ("under 50 people", 0, 49, "less_than"),
    ("nearly 500 people", 450, 499, "nearly"),
    ("almost 500 people", 450, 499, "nearly"),
    ("about 500 people", 450, 550, "about"),
    ("around 500 people", 450, 550, "about"),
    ("some 500 people", 450, 550, "about"),
    ("roughly 500 people", 450, 550, "about"),
    ("an estimated 500 people", 450, 550, "about"),
    ("10 to 15 people", 10, 15, "range"),
    ("between 10 and 15 people", 10, 15, "range"),
    ("several people", 3, None, "vague"),
    ("a few people", 3, None, "vague"),
    ("a number of people", 3, None, "vague"),
    ("dozens of people", 24, None, "vague"),
    ("scores of people", 40, None, "vague"),
    ("hundreds of people", 200, None, "vague"),
    ("thousands of people", 2000, None, "vague"),
    ("tens of thousands of people", 20_000, None, "vague"),
    ("hundreds of thousands of people", 200_000, None, "vague"),
    ("millions of people", 2_000_000, None, "vague"),
    ("several dozen people", 36, None, "vague"),
    ("several hundred people", 300, None, "vague"),
    ("a couple of people", 2, 2, "exact"),
    ("a handful of people", 3, None, "vague"),
    ("half a million people", 500_000, 500_000, "exact"),
]
RULES = [
    # about n: from ⌈0.9 n⌉ to ⌊1.1 n⌋, at least n−1 … n+1
    ("about 5 people", 4, 6, "about"),
    ("about 15 people", 14, 16, "about"),
    ("about 25 people", 23, 27, "about"),
    ("about 1 person", 0, 2, "about"),
    # nearly n: from ⌈0.9 n⌉, at most n−1, to n−1
    ("nearly 5 people", 4, 4, "nearly"),
    ("nearly 15 people", 14, 14, "nearly"),
    ("nearly two dozen people", 22, 23, "nearly"),
    ("almost half a million people", 450_000, 499_999, "nearly"),
    # decimals: the step is the last digit written
    ("under $1.5 billion", 0, 1_400_000_000, "less_than"),
    ("more than 1.5 million people", 1_600_000, None, "more_than"),
    ("nearly 2.5 million people", 2_300_000, 2_400_000, "nearly"),
    ("about 1.5 million people", 1_400_000, 1_600_000, "about"),
    ("over 0.5 tonnes", 0.6, None, "more_than"),
    ("fewer than 2,000 people", 0, 1999, "less_than"),
    ("more than 3 million people", 3_000_001, None, "more_than"),
    ("at least two and a half million people", 2_500_000, None, "at_least"),
    ("1.2bn dollars", 1_200_000_000, 1_200_000_000, "exact"),
    ("$5m in aid", 5_000_000, 5_000_000, "exact"),
    ("2 to 3 million people", 2_000_000, 3_000_000, "range"),
    ("between 1.5 and 2 million people", 1_500_000, 2_000_000, "range"),
    ("40-50 people", 40, 50, "range"),
    ("40–50 people", 40, 50, "range"),
    ("two or three people", 2, 3, "range"),
    ("from 10 to 15 people", 10, 15, "range"),
    ("at least 10 to 15 people", 10, None, "at_least"),
    ("more than a dozen people", 13, None, "more_than"),
    ("half a dozen people", 6, 6, "exact"),
    ("a hundred people", 100, 100, "exact"),
    ("a hundred and twenty people", 120, 120, "exact"),
    ("three hundred and twelve people", 312, 312, "exact"),
    ("twenty-five people", 25, 25, "exact"),
    ("one million two hundred thousand people", 1_200_000, 1_200_000, "exact"),
    ("50 at most", 0, 50, "up_to"),
    ("500 or so people", 450, 550, "about"),
    ("at least several hundred people", 300, None, "at_least"),
    ("about several people", 3, None, "vague"),
    ("dozens", 24, None, "vague"),
    ("No fewer than TWELVE people", 12, None, "at_least"),
]


def read(text: str) -> numbers.Quantity:
    found = numbers.find(tokens(text))
    assert len(found) == 1, [(q.low, q.high, q.hedge) for q in found]
    return found[0]


@pytest.mark.parametrize(("text", "low", "high", "hedge"), [*TABLE, *RULES], ids=[row[0] for row in (*TABLE, *RULES)])
def test_what_the_words_allow(text, low, high, hedge):
    q = read(text)
    assert (q.low, q.high, q.hedge) == (low, high, hedge)


@pytest.mark.parametrize(("text", "low", "high", "hedge"), TABLE, ids=[row[0] for row in TABLE])
def test_the_same_inside_a_sentence(text, low, high, hedge):
    q = read(f"On the left bank {text} were counted by the rescuers.")
    assert (q.low, q.high, q.hedge) == (low, high, hedge)


@pytest.mark.parametrize("words", ["no one", "none", "nobody", "not a single"])
def test_nobody_is_nought(words):
    value = Reader(tokens(f"{words} was hurt")).none(0)
    assert value is not None
    assert (value.low, value.high) == (0, 0)
    assert words in NONE


@pytest.mark.parametrize(
    ("text", "number", "hedge"),
    [
        ("Then at least 12 people fled", "12", "at least"),
        ("Then an estimated 2.5 million people fled", "2.5 million", "an estimated"),
        ("Then 12 or more fled", "12", "or more"),
        ("Then 12 fled", "12", None),
        ("Then between 10 and 15 fled", "10 and 15", "between"),
        ("It cost under $ 1.5 billion", "1.5 billion", "under"),
    ],
)
def test_number_and_hedge_are_told_apart(text, number, hedge):
    made, q = tokens(text), read(text)

    def words(at: tuple[int, int] | None) -> str | None:
        return " ".join(t.text for t in made[slice(*at)]) if at else None

    assert words(q.number) == number
    assert words(q.hedge_at) == hedge


def test_two_numbers_of_one_sentence():
    found = numbers.find(tokens("At least 12 people died and more than 40 were hurt, three of them badly."))
    assert [(q.low, q.high) for q in found] == [(12, None), (41, None), (3, 3)]


def test_a_hedge_is_used_once():
    found = numbers.find(tokens("12 or more 15"))
    assert [q.hedge for q in found] == ["at_least", "exact"]


def test_nothing_is_found_where_nothing_is_counted():
    assert numbers.find(tokens("The mayor thanked the crews.")) == []
    assert numbers.find([]) == []


# --- properties -------------------------------------------------------------------------------------------------------

SMALL = [*UNITS]
TENS = [None, "ten", *numbers.TENS]


def spelt(n: int) -> str:
    """An integer below a billion in English words."""
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = f" and {spelt(n % size)}" if size == 100 and n % size else f" {spelt(n % size)}" if n % size else ""
            return f"{spelt(n // size)} {name}{rest}"
    if n < 20:
        return SMALL[n]
    return str(TENS[n // 10]) + (f"-{SMALL[n % 10]}" if n % 10 else "")


@given(st.integers(0, 999_999_999))
def test_any_number_in_words(n):
    q = read(f"{spelt(n)} people")
    assert (q.low, q.high, q.hedge) == (n, n, "exact")


@given(st.integers(0, 10**15))
def test_any_number_in_digits_with_commas_or_without(n):
    for text in (f"{n:,} people", f"{n} people"):
        q = read(text)
        assert (q.low, q.high) == (n, n)


@given(st.integers(1, 10**9), st.sampled_from(sorted(BEFORE)))
def test_any_hedge_gives_an_interval_that_fits_its_name(n, words):
    q = read(f"were {' '.join(words)} {n:,} people")
    assert q.hedge == BEFORE[words]
    low, high = q.low, q.high
    assert high is None or low <= high
    inside = low <= n and (high is None or n <= high)
    assert inside == (q.hedge not in ("more_than", "less_than", "nearly"))
    assert 0 <= low


WORDS = sorted(
    {
        *(w for p in (*VAGUE, *NONE) for w in p.split()),
        *(w for p in BEFORE for w in p),
        *UNITS, *numbers.TENS, *SCALES, *PLURALS,
        *"and a an of to - – or between from half $ % 12 1,500 2.5 40 0 0.0 00012 bn k people , . so more".split(),
    }
)  # fmt: skip


def made(words: list[str]) -> list[Token]:
    found, at = [], 0
    for w in words:
        found.append(Token(at, at + len(w), w))
        at += len(w) + 1
    return found


@given(st.lists(st.sampled_from(WORDS), max_size=25))
@settings(max_examples=400)
def test_any_row_of_number_words_gives_intervals_in_order(words):
    before = 0
    for q in numbers.find(made(words)):
        assert before <= q.first <= q.number[0] < q.number[1] <= q.last <= len(words)
        assert q.low >= 0
        assert q.high is None or q.low <= q.high
        assert q.hedge in {"exact", "range", "vague", *BEFORE.values()}
        before = q.last


@given(st.lists(st.text(min_size=1, max_size=12), max_size=20))
def test_any_row_of_words_is_read(words):
    for q in numbers.find(made(words)):
        assert q.high is None or q.low <= q.high


@pytest.mark.parametrize(
    "word", ["million", "and", "hundred", "two", "a", "half", "dozens", "of", "to", "1,000", "between"]
)
def test_time_grows_with_the_length_only(word):
    """No row of one word makes the reader look at it again and again."""
    begun = time.process_time()
    numbers.find(made([word] * 5_000))
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "text",
    [
        "raised the toll from 12 to 15",
        "The toll rose from 12 to 15 overnight.",
        "cut the number of trains from 12 to 15",
    ],
)
def test_a_change_is_no_range(text):
    assert [(q.low, q.high, q.hedge) for q in numbers.find(tokens(text))] == [(12, 12, "exact"), (15, 15, "exact")]


@pytest.mark.parametrize("text", ["No one was hurt.", "Every one of them left.", "This one fell."])
def test_one_that_counts_nothing(text):
    assert numbers.find(tokens(text)) == []
