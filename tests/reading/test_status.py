from __future__ import annotations

import pytest

from sayso.language.analysis import Found
from sayso.reading import status
from sayso.reading.status import of_clause as status_of
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
    assert status.of(ctx, place, Found(*place, "ongoing", 0.5), trace)[0] == (told or "ongoing")
    assert trace[0] == "language: status ongoing p=0.50"
    assert (trace[1:] == [f"status: the words say {told}"]) == bool(told)


def test_a_model_that_is_sure_stands():
    ctx = parsed("Rebels/NOUN/nsubj/3 may/AUX/aux/3 attack/VERB/root/0")
    assert status.of(ctx, at(ctx, "attack"), Found(2, 3, "planned", 0.97), []) == ("planned", status.DOUBT)


def test_all_statuses_given_by_words_are_of_the_contract():
    contract = "occurred ongoing planned demanded threatened conditional denied alleged hypothetical"
    assert frozenset(contract.split()) == status.ALL
    assert set(status.GOVERNORS.values()) <= status.ALL


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("If the dam breaks, 4,000 people will lose their homes.", "conditional"),
        ("About 90,000 families could lose their homes.", "hypothetical"),
        ("Some 300 homes burned.", "occurred"),
    ],
)
def test_a_figure_without_an_event_has_the_status_of_its_clause(text, status):
    ctx = parsed(CLAUSES[text])
    number = next(i for i, t in enumerate(ctx.tokens) if t.upos == "NUM")
    assert status_of(ctx, number) == status


CLAUSES = {
    "If the dam breaks, 4,000 people will lose their homes.": "If/SCONJ/mark/4 the/DET/det/3 dam/NOUN/nsubj/4 breaks/VERB/advcl/9 "
    "_,/PUNCT/punct/9 4,000/NUM/nummod/7 people/NOUN/nsubj/9 will/AUX/aux/9/will lose/VERB/root/0 their/PRON/nmod:poss/11 "
    "homes/NOUN/obj/9 _./PUNCT/punct/9",
    "About 90,000 families could lose their homes.": "About/ADV/advmod/2 90,000/NUM/nummod/3 families/NOUN/nsubj/5 "
    "could/AUX/aux/5/could lose/VERB/root/0 their/PRON/nmod:poss/7 homes/NOUN/obj/5 _./PUNCT/punct/5",
    "Some 300 homes burned.": "Some/DET/advmod/2 300/NUM/nummod/3 homes/NOUN/nsubj/4 burned/VERB/root/0 _./PUNCT/punct/4",
}
