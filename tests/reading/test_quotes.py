from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.quotes import Quotes, find


def inside(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We will rebuild," she said.', ["We will rebuild,"]),
        ("“We will rebuild,” she said.", ["We will rebuild,"]),
        ("«We will rebuild,» she said.", ["We will rebuild,"]),
        ("„We will rebuild“, she said.", ["We will rebuild"]),
        ("„We will rebuild”, she said.", ["We will rebuild"]),
        ("``We will rebuild,'' she said.", ["We will rebuild,"]),
        ('"We will rebuild," she said, "and soon."', ["We will rebuild,", "and soon."]),
        ('He called it "a crime" and "a shame".', ["a crime", "a shame"]),
        ('"Why?" she asked. "Who did it?"', ["Why?", "Who did it?"]),
        ("“The mayor said ‘no’ to us,” she said.", ["The mayor said ‘no’ to us,"]),
        ("The workers' rights and the mayor's plan don't count.", []),
        ("'We will rebuild,' she said.", []),
        ('A 12" pipe burst.', []),
        ('("No," she said.)', ["No,"]),
        ("", []),
        ('""', []),
        ("He said so.", []),
    ],
)
def test_what_stands_between_the_marks(text, words):
    assert inside(text) == words


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph():
    text = "“We will rebuild the bridge.\n\nThe mayor left."
    (quote,) = find(text)
    assert text[quote.start : quote.end] == "We will rebuild the bridge."
    assert not quote.closed


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "«»"])
def test_each_paragraph_of_a_long_quotation_opens_anew(opening, closing):
    text = f"{opening}We came by night.\n\n{opening}We left by day.\n\n{opening}That is all,{closing} she said."
    quotes = find(text)
    assert [text[q.start : q.end] for q in quotes] == ["We came by night.", "We left by day.", "That is all,"]
    assert [(q.closed, q.goes_on) for q in quotes] == [(False, False), (False, True), (True, True)]


def test_a_new_quotation_after_a_closed_one_does_not_go_on():
    first, second = find("“We came,” she said.\n\n“We left,” he said.")
    assert not first.goes_on
    assert not second.goes_on


def test_which_quotation_holds_an_offset():
    text = "“Yes,” he said. “No.”"
    quotes = Quotes(text)
    assert quotes.at(text.index("Yes")) == 0
    assert quotes.at(text.index("he")) is None
    assert quotes.at(text.index("No")) == 1
    assert quotes.at(0) is None
    assert quotes.at(len(text)) is None


def test_how_much_is_quoted():
    text = "“abcd” efgh"
    quotes = Quotes(text)
    assert quotes.share(1, 5) == 1
    assert quotes.share(7, 11) == 0
    assert quotes.share(3, 9) == pytest.approx(2 / 6)


@given(st.text(alphabet="ab. ,\n'\"“”„«»`’", max_size=60))
def test_any_marks(text):
    quotes = find(text)
    before = 0
    for quote in quotes:
        assert before <= quote.start < quote.end <= len(text)
        assert "\n\n" not in text[quote.start : quote.end]
        before = quote.end
    held = Quotes(text)
    for at in range(len(text) + 1):
        number = held.at(at)
        assert number is None or quotes[number].start <= at < quotes[number].end


@pytest.mark.parametrize("mark", ['"', "“", "”", '"a ', "“a\n\n", "''", "``"])
def test_time_grows_with_the_length_only(mark):
    begun = time.process_time()
    find(mark * 50_000)
    assert time.process_time() - begun < 2
