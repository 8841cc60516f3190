"""What the words of a clause settle about what is counted."""

from __future__ import annotations

import pytest

from sayso.language import Frame
from sayso.reading import figures, measures
from tests.reading.build import at, counts, flat, found, parsed


@pytest.mark.parametrize(
    ("text", "number", "item", "lemma", "model", "measure"),
    [
        (
            "The strikes left 88,000 families without power.",
            "88,000",
            "families",
            "family",
            "affected",
            "without_power",
        ),
        ("Some 300 homes had no heating.", "300", "homes", "home", "other", "without_heating"),
        ("They shot down 12 drones.", "12", "drones", "drone", "weapons_launched", "weapons_intercepted"),
        ("Russia launched 21 missiles.", "21", "missiles", "missile", "other", "weapons_launched"),
        ("The flood destroyed 40 houses.", "40", "houses", "house", "other", "buildings_hit"),
        ("Crews pulled six people from the rubble.", "six", "people", "person", "abducted", "rescued"),
        ("About 900 people fled their homes to the camp, displaced.", "900", "people", "person", "troops", "displaced"),
        ("Nine miners are trapped.", "Nine", "miners", "miner", "other", "trapped"),
        ("Nine miners are trapped.", "Nine", "miners", "miner", "killed", None),
        ("Trucks brought 40 tonnes of food aid.", "40", "tonnes", "tonne", "other", "aid_delivered"),
        ("The town has 40 bakers.", "40", "bakers", "baker", "other", None),
    ],
)
def test_measure_by_words(text: str, number: str, item: str, lemma: str, model: str, measure: str | None) -> None:
    ctx = flat(text)
    counted = at(ctx, item)
    ctx.tokens[counted[0]].lemma = lemma
    ctx.tokens[counted[0]].head = counted[0]
    assert measures.by_words(ctx, (at(ctx, number)[0], counted[1]), counted, model) == measure


@pytest.mark.parametrize(
    ("words", "iso"), [("$ 5 million", "USD"), ("5 million euros", "EUR"), ("£ 20", "GBP"), ("20 men", None)]
)
def test_currency(words: str, iso: str | None) -> None:
    ctx = flat(f"They gave {words} then.")
    for token in ctx.tokens:
        token.lemma = token.text.lower().rstrip("s")
    assert measures.currency(ctx, at(ctx, words))[0] == iso


def test_the_model_fills_what_the_words_leave_open_and_doubts_what_they_say():
    ctx = parsed("Twelve/NUM/nummod/2 divers/NOUN/nsubj/3/diver/NNS died/VERB/root/0/die ./PUNCT/punct/3")
    frame = counts(ctx, "Twelve divers", "killed")
    (plain,) = figures.drafts(ctx)
    marks = {
        "population": found(ctx, "Twelve divers", "civilians"),
        "scope": found(ctx, "Twelve divers", "cumulative"),
    }
    ctx.analysis.figures[:] = [Frame(frame.trigger, frame.roles, marks)]
    (read,) = figures.drafts(ctx)
    assert (plain.population, read.population) == (None, "civilians")
    assert plain.scope == read.scope == "event"
    assert read.score < plain.score
    assert any("the model has it cumulative" in line for line in read.trace)
