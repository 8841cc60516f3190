from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language.analysis import Token
from sayso.language.tokenizer import tokenize


def forms(text: str) -> list[str]:
    return [t.text for t in tokenize(text)]


def words(text: str) -> list[str]:
    """Surface words, the parts of each joined by `|`."""
    found: dict[int, list[str]] = {}
    for token in tokenize(text):
        found.setdefault(token.word, []).append(token.text)
    return ["|".join(parts) for parts in found.values()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police don't know.", "Police do|n't know ."),
        ("They cannot, she's gonna, I’ll go", "They can|not , she|'s gon|na , I|’ll go"),
        ("the workers' rights", "the workers|' rights"),
        ("the 'big dogs' bark", "the ' big dogs ' bark"),
        ("Kyiv's mayor, the US's ally", "Kyiv|'s mayor , the US|'s ally"),
        ("a well-known pro-Russian ex-minister", "a well - known pro-Russian ex-minister"),
        ("24-year-old F-16s", "24 - year - old F - 16s"),
        ("Mr. and Mrs. Orlov of the U.S. Navy", "Mr. and Mrs. Orlov of the U.S. Navy"),
        ("J. K. Rowling", "J. K. Rowling"),
        ("room No. 5, no. It ended.", "room No. 5 , no . It ended ."),
        ("$1,000.5 or 50% or €3.2bn", "$ 1,000.5 or 50 % or € 3.2 bn"),
        ("US$5 million at 7:30pm", "US$ 5 million at 7:30 pm"),
        ("on 01/24/2026 and 9/11", "on 01/24/2026 and 9/11"),
        ("in the 1990's", "in the 1990's"),
        ("see https://example.org/a?b=c, now", "see https://example.org/a?b=c , now"),
        ("write to desk@example.org.", "write to desk@example.org ."),
        ("Wait... what?! No -- yes", "Wait ... what ?! No -- yes"),
        ("“Stop,” he said. ‘Go’", "“ Stop , ” he said . ‘ Go ’"),
        ("fine :) 👩‍👩‍👧 🇺🇦", "fine :) 👩‍👩‍👧 🇺🇦"),
        ("AT&T and R&D/war and/or", "AT&T and R&D / war and / or"),
        ("o'clock Sha'lan", "o'clock Sha'lan"),
        ("(AFP) [sic]", "( AFP ) [ sic ]"),
    ],
)
def test_cuts_as_the_treebank_does(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_offset_and_word_are_added() -> None:
    assert tokenize("ok go", 10, 7) == [Token(10, 12, "ok", 7), Token(13, 15, "go", 8)]


def test_nothing_in_nothing() -> None:
    assert tokenize("") == tokenize(" \n\t ") == []


def test_combining_marks_and_other_scripts_stay_whole() -> None:
    assert forms("Zele\u0301nskyy met Зеленський and गाज़ा") == ["Zele\u0301nskyy", "met", "Зеленський", "and", "गाज़ा"]


def test_zero_width_blanks_are_no_tokens() -> None:
    assert forms("\ufeffone\u200b two") == ["one", "two"]


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text(alphabet="abS.'’-–0123,:/@ \n\"$&_\u0301\u200b!", max_size=60))
def test_every_offset_is_exact(text: str) -> None:
    tokens = tokenize(text)
    end = 0
    for token in tokens:
        assert token.start >= end and text[token.start : token.end] == token.text
        assert token.text and not any(c.isspace() for c in token.text)
        assert not text[end : token.start].strip("\u200b\u2060\ufeff \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0") or all(
            c.isspace() or c in "\u200b\u2060\ufeff" for c in text[end : token.start]
        )
        end = token.end
    numbers = [t.word for t in tokens]
    assert numbers == sorted(numbers) and set(numbers) == set(range(len(set(numbers))))


@pytest.mark.parametrize(
    "piece", ["a", "-", ".", "1,", "a.", "a-", "'", "a@", "\u0301", "www.", "S.", "1/", "😀", "\u200d", "x'"]
)
def test_time_is_linear_in_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        tokenize(text)
        return time.process_time() - start

    assert seconds(200_000) < 4.0
