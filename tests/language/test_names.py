"""Names over a whole text, on made-up analyses."""

from __future__ import annotations

import numpy as np

from sayso.language import names
from sayso.language.analysis import Analysis, Found, Sentence, Token
from sayso.language.decode import Bio


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
    found = (Found(1, 2, "gpe", 0.95), Found(3, 4, "person", 0.5), Found(6, 7, "gpe", 0.9))
    assert {label for _, _, label in settled(analysis, *found)} == {"gpe"}


def test_a_sure_name_is_found_again() -> None:
    analysis = text("the Orsk works", "they left Orsk early", "an orsk of wheat")
    assert settled(analysis, Found(1, 2, "gpe", 0.9)) == [(1, 2, "gpe"), (5, 6, "gpe")]


def test_a_surname_is_the_person_again() -> None:
    analysis = text("Rustem Umerov spoke", "then Umerov left")
    assert settled(analysis, Found(0, 2, "person", 0.9)) == [(0, 2, "person"), (4, 5, "person")]


def test_an_unsure_name_is_not_looked_for() -> None:
    analysis = text("the Orsk works", "they left Orsk early")
    assert settled(analysis, Found(1, 2, "gpe", 0.6)) == [(1, 2, "gpe")]


def test_names_of_other_kinds_stay_where_nobody_else_is() -> None:
    analysis = text("in Jordan on Monday", "Jordan said")
    found = (Found(1, 2, "person", 0.9), Found(3, 4, "time", 0.9), Found(4, 5, "event", 0.6))
    assert settled(analysis, *found) == [(1, 2, "person"), (3, 4, "time"), (4, 5, "person")]


class _Labels:
    """As much of a model as the evidence of names asks for."""

    labels = {
        "names": ["O", "B-person", "I-person", "B-location", "I-location"],
        "entities": ["O", "B-person", "I-person", "B-gpe", "I-gpe", "B-facility", "I-facility", "B-time", "I-time"],
    }
    bio = {task: Bio(tags) for task, tags in labels.items()}


def _scores(task: str, *tags: str) -> np.ndarray:
    labels = _Labels.labels[task]
    return np.array([[9.0 if t == tag else 0.0 for t in labels] for tag in tags], dtype=np.float32)


def _evidence(own: tuple[str, ...], wide: tuple[str, ...]) -> list[tuple[int, int, str]]:
    made = names.Evidence(_scores("names", *own), _scores("entities", *wide), _Labels())  # type: ignore[arg-type]
    return [(n.first, n.last, n.label) for n in made.names([(0, len(own))], 10)]


def test_the_kind_of_a_place_is_that_of_the_wide_head() -> None:
    own, wide = ("O", "B-location", "I-location"), ("O", "B-facility", "I-facility")
    assert _evidence(own, wide) == [(11, 13, "facility")]


def test_kinds_that_uner_has_not_are_found_beside_its_own() -> None:
    own, wide = ("B-person", "O", "O", "O"), ("B-person", "O", "B-time", "I-time")
    assert _evidence(own, wide) == [(10, 11, "person"), (12, 14, "time")]
