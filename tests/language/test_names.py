"""Names over a whole text, on made-up analyses."""

from __future__ import annotations

from sayso.language import names
from sayso.language.analysis import Analysis, Found, Sentence, Token


def text(*sentences: str) -> Analysis:
    analysis = Analysis(" ".join(sentences))
    for sentence in sentences:
        first = len(analysis.tokens)
        for word in sentence.split():
            upos = "PROPN" if word[0].isupper() else "X"
            analysis.tokens.append(Token(0, len(word), word, len(analysis.tokens), upos))
        analysis.sentences.append(Sentence(0, 1, first, len(analysis.tokens)))
    return analysis


def settled(analysis: Analysis, *found: Found) -> list[tuple[int, int, str]]:
    analysis.names = list(found)
    names.settle(analysis)
    return [(n.first, n.last, n.label) for n in analysis.names]


def test_two_halves_of_a_person_are_one() -> None:
    analysis = text("Matthew Lenhart spoke")
    assert settled(analysis, Found(0, 1, "person", 0.9), Found(1, 2, "person", 0.9)) == [(0, 2, "person")]


def test_persons_of_two_sentences_stay_two() -> None:
    analysis = text("we saw Ada", "Ben left")
    assert settled(analysis, Found(2, 3, "person", 0.9), Found(3, 4, "person", 0.9)) == [
        (2, 3, "person"),
        (3, 4, "person"),
    ]


def test_the_surest_kind_holds_for_all_mentions() -> None:
    analysis = text("in Jordan today", "Jordan said", "near Jordan again")
    found = (Found(1, 2, "location", 0.95), Found(3, 4, "person", 0.5), Found(6, 7, "location", 0.9))
    assert {label for _, _, label in settled(analysis, *found)} == {"location"}


def test_a_sure_name_is_found_again() -> None:
    analysis = text("the Orsk works", "they left Orsk early", "an orsk of wheat")
    assert settled(analysis, Found(1, 2, "location", 0.9)) == [(1, 2, "location"), (5, 6, "location")]


def test_a_surname_is_the_person_again() -> None:
    analysis = text("Rustem Umerov spoke", "then Umerov left")
    assert settled(analysis, Found(0, 2, "person", 0.9)) == [(0, 2, "person"), (4, 5, "person")]


def test_an_unsure_name_is_not_looked_for() -> None:
    analysis = text("the Orsk works", "they left Orsk early")
    assert settled(analysis, Found(1, 2, "location", 0.6)) == [(1, 2, "location")]
