from __future__ import annotations

import pytest

from sayso.language.analysis import Found
from sayso.reading import status
from tests.reading.build import at, parsed

# Sentence, anchor, the status that its words give it.
WORDS = [
    ("Rebels/NOUN/nsubj/2 attacked/VERB/root/0 Lugo/PROPN/obj/2", "attacked", None),
    ("Rebels/NOUN/nsubj/4 did/AUX/aux/4/do not/PART/advmod/4 attack/VERB/root/0 Lugo/PROPN/obj/4", "attack", "denied"),
    ("Rebels/NOUN/nsubj/3 never/ADV/advmod/3 attacked/VERB/root/0/attack Lugo/PROPN/obj/3", "attacked", "denied"),
    ("Rebels/NOUN/nsubj/3 may/AUX/aux/3 attack/VERB/root/0 Lugo/PROPN/obj/3", "attack", "hypothetical"),
    ("Rebels/NOUN/nsubj/3 will/AUX/aux/3 attack/VERB/root/0 Lugo/PROPN/obj/3", "attack", "planned"),
    ("Rebels/NOUN/nsubj/4 will/AUX/aux/4 not/PART/advmod/4 attack/VERB/root/0 Lugo/PROPN/obj/4", "attack", "planned"),
    (
        "It/PRON/nsubj/2 ends/VERB/root/0 if/SCONJ/mark/5 rebels/NOUN/nsubj/5 attack/VERB/advcl/2 Lugo/PROPN/obj/5",
        "attack",
        "conditional",
    ),
    (
        "It/PRON/nsubj/2 ends/VERB/root/0 unless/SCONJ/mark/5 rebels/NOUN/nsubj/5 leave/VERB/advcl/2",
        "leave",
        "conditional",
    ),
    ("They/PRON/nsubj/2 plan/VERB/root/0 to/PART/mark/4 attack/VERB/xcomp/2 Lugo/PROPN/obj/4", "attack", "planned"),
    ("They/PRON/nsubj/2 urged/VERB/root/0/urge them/PRON/obj/2 to/PART/mark/5 leave/VERB/xcomp/2", "leave", "demanded"),
    ("They/PRON/nsubj/2 threatened/VERB/root/0/threaten to/PART/mark/4 attack/VERB/xcomp/2", "attack", "threatened"),
    ("They/PRON/nsubj/2 fear/VERB/root/0 an/DET/det/4 attack/NOUN/obj/2", "attack", "hypothetical"),
    (
        "He/PRON/nsubj:pass/3 is/AUX/aux:pass/3/be accused/VERB/root/0/accuse of/SCONJ/mark/5 killing/VERB/advcl/3/kill",
        "killing",
        "alleged",
    ),
]


@pytest.mark.parametrize(("sentence", "anchor", "told"), WORDS, ids=[f"{s.split('/')[0]} {a} {t}" for s, a, t in WORDS])
def test_words_decide_where_the_model_is_not_sure(sentence, anchor, told):
    ctx = parsed(sentence)
    place, trace = at(ctx, anchor), []
    assert status.of(ctx, place, Found(*place, "ongoing", 0.5), trace) == (told or "ongoing")
    assert trace[0] == "language: status ongoing p=0.50"
    assert (trace[1:] == [f"status: the words say {told}"]) == bool(told)


def test_a_model_that_is_sure_stands():
    ctx = parsed("Rebels/NOUN/nsubj/3 may/AUX/aux/3 attack/VERB/root/0")
    assert status.of(ctx, at(ctx, "attack"), Found(2, 3, "planned", 0.97), []) == "planned"


def test_all_statuses_given_by_words_are_of_the_contract():
    contract = "occurred ongoing planned demanded threatened conditional denied alleged hypothetical"
    assert frozenset(contract.split()) == status.ALL
    assert set(status.GOVERNORS.values()) <= status.ALL
