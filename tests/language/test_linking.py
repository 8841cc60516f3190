"""What refers to what, with the shipped weights, on texts that stand nowhere in training."""

from __future__ import annotations

import pytest

from sayso.language import analyse

TEXT = (
    "Mayor Ilse Varga opened the new ferry terminal on Monday. She said the city had waited for it for nine years. "
    "The harbour authority paid for the building. It will run the ferries as well, Varga said."
)


@pytest.fixture(scope="module")
def read():
    return analyse(TEXT)


def chain_of(analysis, words: str, nth: int = 0) -> set[str]:
    found = [
        {" ".join(t.text for t in analysis.tokens[p.first : p.last]) for p in chain}
        for chain in analysis.chains
        if any(" ".join(t.text for t in analysis.tokens[p.first : p.last]) == words for p in chain)
    ]
    return found[nth] if found else set()


def test_a_pronoun_and_a_surname_stand_for_the_person(read):
    assert {"She", "Varga"} <= chain_of(read, "She")
    assert any("Ilse Varga" in words for words in chain_of(read, "She"))


def test_chains_come_in_text_order_and_know_their_kind(read):
    for chain in read.chains:
        assert list(chain) == sorted(chain, key=lambda p: (p.first, -p.last))
        assert len(chain) > 1
        assert all(0 <= p.score <= 1 and p.label in ("pronoun", "name", "noun", "group") for p in chain)


def test_anchors_of_one_type_are_compared():
    text = "A bomb exploded in the market on Friday, killing five people. The blast wounded twelve others."
    analysis = analyse(text)
    assert analysis.same
    for (i, j), score in analysis.same.items():
        assert i < j
        assert analysis.events[i].trigger.label == analysis.events[j].trigger.label
        assert isinstance(score, float)


def test_figures_come_with_their_parts():
    analysis = analyse("At least 34 people were killed in the flood, officials said.")
    (figure,) = analysis.figures
    words = {r.label: " ".join(t.text for t in analysis.tokens[r.first : r.last]) for r in figure.roles}
    assert words["number"] == "34"
    assert words["hedge"].lower() == "at least"
    assert words["item"] == "people"
    assert figure.marks["scope"].label == "event"


def test_a_text_without_phrases_has_no_chains():
    assert analyse("Run!").chains == []
    assert analyse("").chains == []
