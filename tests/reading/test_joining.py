"""Nouns, same happenings, dates of events, figures and their events: over analyses made by hand."""

from __future__ import annotations

import pytest

from sayso.reading import dating, events, figures, links, nouns, sameness, times
from sayso.reading.statements import Voices
from tests.reading.build import at, counts, flat, happens, parsed

NOBODY = Voices([])

STRIKE = (
    "Rebels/NOUN/nsubj/2/rebel/NNS attacked/VERB/root/0/attack the/DET/det/4 port/NOUN/obj/2 of/ADP/case/6 Lugo/PROPN/nmod/4 "
    "on/ADP/case/8 Monday/PROPN/obl/2 ,/PUNCT/punct/10 killing/VERB/advcl/2/kill/VBG 12/NUM/nummod/12 people/NOUN/obj/10/person/NNS "
    "./PUNCT/punct/2"
)
AGAIN = "The/DET/det/2 attack/NOUN/nsubj/3 lasted/VERB/root/0/last two/NUM/nummod/5 hours/NOUN/obl/3/hour/NNS ./PUNCT/punct/3"


def test_a_phrase_grows_to_its_article_and_stops_before_its_preposition():
    ctx = parsed(STRIKE)
    assert nouns.phrase(ctx, *at(ctx, "port")) == at(ctx, "the port")
    assert nouns.phrase(ctx, *at(ctx, "of lugo")) == at(ctx, "lugo")
    assert nouns.phrase(ctx, *at(ctx, ",")) is None
    assert nouns.phrase(ctx, *at(ctx, "the")) is None
    assert nouns.phrase(ctx, *at(ctx, "killing")) is None


def test_a_phrase_sheds_its_hedge():
    ctx = parsed("at/ADP/case/2 least/ADV/advmod/3 47/NUM/nummod/4 people/NOUN/root/0/person/NNS")
    assert nouns.without_hedge(ctx, 0, 4) == (2, 4)
    assert nouns.without_hedge(ctx, 2, 4) == (2, 4)


def test_participants_joined_by_and_are_two():
    ctx = parsed(
        "Drones/NOUN/nsubj/4/drone/NNS and/CCONJ/cc/3 missiles/NOUN/conj/1/missile/NNS hit/VERB/root/0 Lugo/PROPN/obj/4"
    )
    happens(ctx, "hit", "ASSAULT", actor="Drones and missiles", recipient="Lugo")
    (event,) = events.drafts(ctx, NOBODY)
    assert event.main.actors == [at(ctx, "Drones"), at(ctx, "missiles")]
    assert event.main.recipients == [at(ctx, "Lugo")]


@pytest.mark.parametrize(("preposition", "modes"), [("from", ("aerial",)), ("into", ())])
def test_what_is_fired_into_the_air_is_no_air_strike(preposition, modes):
    ctx = parsed(
        f"Troops/NOUN/nsubj/2/troop/NNS fired/VERB/root/0/fire {preposition}/ADP/case/5 the/DET/det/5 air/NOUN/obl/2 ./PUNCT/punct/2"
    )
    happens(ctx, "fired", "ASSAULT", actor="Troops")
    (event,) = events.drafts(ctx, NOBODY)
    assert events.modes_of(ctx, event) == modes


def test_the_noun_that_takes_an_event_up_again_is_a_mention_of_it():
    ctx = parsed(STRIKE, AGAIN)
    happens(ctx, "attacked", "ASSAULT", actor="Rebels", recipient="the port")
    happens(ctx, "attack", "ASSAULT")
    (event,) = events.drafts(ctx, NOBODY)
    assert [m.at for m in event.mentions] == [at(ctx, "attacked"), at(ctx, "attack")]
    assert any("same happening" in line for line in event.mentions[1].trace)


def test_events_of_different_types_are_two():
    ctx = parsed(STRIKE, AGAIN)
    happens(ctx, "attacked", "ASSAULT")
    happens(ctx, "attack", "ACCIDENT")
    assert [e.type for e in events.drafts(ctx, NOBODY)] == ["ASSAULT", "ACCIDENT"]


def test_the_fullest_mention_is_the_anchor():
    ctx = parsed(AGAIN, STRIKE)
    happens(ctx, "attack", "ASSAULT")
    happens(ctx, "attacked", "ASSAULT", actor="Rebels", recipient="the port", where="Lugo")
    found = events.drafts(ctx, NOBODY)
    full = next(e for e in found if any(m.at == at(ctx, "attacked") for m in e.mentions))
    assert full.main.at == at(ctx, "attacked")


def test_clues_are_words_that_weights_know_or_pass_over():
    ctx = parsed(STRIKE, AGAIN)
    happens(ctx, "attacked", "ASSAULT", actor="Rebels")
    happens(ctx, "attack", "ASSAULT")
    one, two = (events.mention(ctx, k, f, NOBODY) for k, f in enumerate(ctx.analysis.events))
    assert one is not None
    assert two is not None
    clues = set(sameness.clues(ctx, one, two))
    assert {"type:ASSAULT", "same lemma", "noun:the", "generic noun:the", "voice:same"} <= clues
    assert sameness.score(iter(["no such clue"])) == sameness.score(iter([]))


def test_a_time_of_the_sentence_dates_the_event():
    ctx = parsed(STRIKE, AGAIN)
    happens(ctx, "attacked", "ASSAULT")
    found, when = events.drafts(ctx, NOBODY), times.find(ctx)
    dating.date(ctx, found, when, [])
    assert when[found[0].main.time].record.start == "2026-01-19"


def test_a_time_of_another_sentence_dates_nothing():
    ctx = parsed(STRIKE, AGAIN)
    happens(ctx, "attack", "ASSAULT")
    found = events.drafts(ctx, NOBODY)
    dating.date(ctx, found, times.find(ctx), [])
    assert found[0].main.time is None


def test_the_time_of_the_saying_does_not_date_what_is_said():
    from sayso.reading.statements import Draft

    ctx = parsed(
        "Rebels/NOUN/nsubj/2 attacked/VERB/ccomp/6/attack Lugo/PROPN/obj/2 ,/PUNCT/punct/2 he/PRON/nsubj/6 said/VERB/root/0/say "
        "Monday/PROPN/obl/6 ./PUNCT/punct/6"
    )
    happens(ctx, "attacked", "ASSAULT")
    found = events.drafts(ctx, NOBODY)
    said = Draft(at(ctx, "said"), at(ctx, "he"), [at(ctx, "Rebels attacked Lugo")], 0.9)
    dating.date(ctx, found, times.find(ctx), [said])
    assert found[0].main.time is None
    dating.date(ctx, found, times.find(ctx), [])
    assert found[0].main.time == 0


def test_steps_between_words_of_a_tree():
    ctx = parsed(STRIKE)
    assert dating.distance(ctx, 0, 0) == 0
    assert dating.distance(ctx, *(at(ctx, w)[0] for w in ("Rebels", "attacked"))) == 1
    assert dating.distance(ctx, *(at(ctx, w)[0] for w in ("12", "Monday"))) == 4


def counted(ctx) -> list[figures.Draft]:
    return figures.drafts(ctx)


def test_a_figure_has_number_hedge_item_and_population():
    ctx = flat("The flood killed at least 12 children in Lugo.")
    counts(ctx, "at least 12 children", "killed")
    ctx.tokens[at(ctx, "children")[0]].lemma = "child"
    (figure,) = counted(ctx)
    assert ctx.span(*figure.span).text == "at least 12 children"
    assert ctx.span(*figure.number).text == "12"
    assert ctx.span(*figure.hedge_at).text == "at least"
    assert ctx.span(*figure.item).text == "children"
    assert (figure.low, figure.high, figure.hedge, figure.measure) == (12, None, "at_least", "killed")
    assert figure.population == "children"


def test_a_figure_the_model_cut_short_takes_its_hedge_along():
    ctx = flat("The flood killed at least 12 people.")
    counts(ctx, "12 people", "killed")
    assert ctx.span(*counted(ctx)[0].span).text == "at least 12 people"


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "hedge"),
    [
        ("No one was hurt.", "No one", 0, 0, "exact"),
        ("A soldier was hurt.", "A soldier", 1, 1, "exact"),
    ],
)
def test_a_figure_without_a_number(text, words, low, high, hedge):
    ctx = flat(text)
    for token in ctx.tokens:
        token.upos, token.xpos = ("NOUN", "NN") if token.text in ("one", "soldier") else ("DET", "DT")
    ctx.tokens[0].head = 1
    ctx.tokens[1].head = 2
    counts(ctx, words, "injured")
    (figure,) = counted(ctx)
    assert (figure.low, figure.high, figure.hedge) == (low, high, hedge)


def test_people_without_a_number_are_one_or_more():
    ctx = parsed(
        "Civilians/NOUN/nsubj:pass/3/civilian/NNS were/AUX/aux:pass/3/be killed/VERB/root/0/kill ./PUNCT/punct/3"
    )
    counts(ctx, "Civilians", "killed")
    (figure,) = counted(ctx)
    assert (figure.low, figure.high, figure.hedge, figure.population) == (1, None, "vague", "civilians")


def test_a_sum_of_money():
    ctx = flat("Donors gave $5 million for the camp.")
    counts(ctx, "$ 5 million", "money")
    (figure,) = counted(ctx)
    assert (figure.measure, figure.currency, figure.low) == ("money", "USD", 5_000_000)


def test_including_makes_a_part():
    ctx = flat("The blast killed 27 people, including five children.")
    counts(ctx, "27 people", "killed")
    counts(ctx, "five children", "other")
    total, part = counted(ctx)
    assert (total.part_of, part.part_of) == (None, 0)
    assert part.measure == "killed"


def test_a_corrected_toll_keeps_what_it_was():
    ctx = flat("Officials raised the toll from 12 to 15.")
    counts(ctx, "12", "killed")
    counts(ctx, "15", "killed")
    (figure,) = counted(ctx)
    assert (figure.low, figure.was) == (15, (12, 12))


def test_a_figure_goes_to_the_event_of_a_fitting_type():
    ctx = parsed(STRIKE)
    happens(ctx, "attacked", "ASSAULT")
    counts(ctx, "12 people", "killed")
    happened, found = events.drafts(ctx, NOBODY), counted(ctx)
    links.figures_to_events(ctx, happened, found)
    assert found[0].event == 0


def test_a_figure_of_another_matter_goes_to_no_event():
    ctx = parsed(STRIKE)
    happens(ctx, "attacked", "CONSULT")
    counts(ctx, "12 people", "killed")
    happened, found = events.drafts(ctx, NOBODY), counted(ctx)
    links.figures_to_events(ctx, happened, found)
    assert found[0].event is None


def test_every_measure_of_the_links_is_one_of_the_contract():
    contract = (
        "killed injured missing detained abducted released displaced evacuated rescued trapped arrested protesters troops "
        "hospitalised homeless affected infected without_power without_heating without_water weapons_launched "
        "weapons_intercepted buildings_hit vehicles_hit aid_delivered money other"
    )
    assert set(links.TYPES) <= set(contract.split())


def test_the_time_that_the_model_links_dates_an_event():
    ctx = parsed(
        "Rebels/NOUN/nsubj/2 attacked/VERB/root/0/attack Lugo/PROPN/obj/2 ,/PUNCT/punct/2 shelled/VERB/conj/2/shell on/ADP/case/7 "
        "Monday/PROPN/obl/5 ./PUNCT/punct/2"
    )
    happens(ctx, "attacked", "ASSAULT", when="Monday")
    happens(ctx, "shelled", "COERCE")
    found_times = times.find(ctx)
    happened = events.drafts(ctx, NOBODY)
    dating.date(ctx, happened, found_times, [])
    assert [e.main.time for e in happened] == [0, 0]


def test_instruments_and_mode_that_only_the_model_sees():
    ctx = parsed(
        "They/PRON/nsubj/2 struck/VERB/root/0/strike Lugo/PROPN/obj/2 with/ADP/case/5 balloons/NOUN/obl/2/balloon/NNS"
    )
    happens(ctx, "struck", "ASSAULT", mode="aerial", instrument="balloons")
    (event,) = events.drafts(ctx, NOBODY)
    assert events.instruments_of(ctx, event) == [at(ctx, "balloons")]
    assert events.modes_of(ctx, event) == ("aerial",)


def test_what_the_encoder_says_of_two_anchors_counts():
    ctx = parsed(STRIKE, "Shelling/NOUN/nsubj/2 went/VERB/root/0/go on/ADV/advmod/2 ./PUNCT/punct/2")
    happens(ctx, "attacked", "ASSAULT")
    happens(ctx, "Shelling", "ASSAULT")
    ctx.analysis.same[0, 1] = -9.0
    (one, other) = (events.mention(ctx, k, f, NOBODY) for k, f in enumerate(ctx.analysis.events))
    assert f"link:-{sameness.LIMIT}" in sameness.clues(ctx, one, other)
