from __future__ import annotations

from typing import Any

import pytest

from evaluation import who

Json = dict[str, Any]
TEXT = "Dorna's mayor, Mara Venn, said it rained. She denied floods. Police said nothing. Officials agreed."


def span(words: str) -> Json:
    at = TEXT.index(words)
    return {"start": at, "end": at + len(words), "text": words}


def statement(source: str, cue: str, content: str, **more: str | None) -> Json:
    return {"source": span(source), "cue": span(cue), "content": [span(content)], **more}


def gold() -> Json:
    mara = "Dorna's mayor, Mara Venn"
    return {
        "id": "g1",
        "text": TEXT,
        "statements": [
            statement("Dorna's mayor", "said", "it rained", who=mara),
            statement("She", "denied", "floods", who=mara),
            statement("Police", "said nothing", "nothing", who="police in Dorna"),
            {"source": None, "cue": span("agreed"), "content": [span("agreed")]},
        ],
    }


def system(**actors: list[str]) -> Json:
    return {
        "report": {"external_id": "g1", "text": TEXT},
        "statements": [
            statement("Dorna's mayor, Mara Venn", "said", "it rained", actor="m"),
            statement("She", "denied", "floods", actor="m"),
            statement("Police", "said nothing", "nothing", actor="p"),
        ],
        "actors": [
            {"id": key, "name": names[0], "mentions": [{"text": n} for n in names]} for key, names in actors.items()
        ],
    }


@pytest.mark.parametrize(
    ("name", "gold"),
    [
        ("Jeff Rathke", "Jeff Rathke, the State Department Spokesperson"),
        ("Rathke", "Rathke"),
        ("Fuad Basya", "Major general Fuad Basya, spokesman for the Indonesian military"),
        ("Najib Razak", "Malaysia's Prime Minister, Najib Razak"),
        ("M5S party", "Movimento 5 Stelle (M5S)"),
        ("the Church of Scientology", "Church of Scientology"),
        ("Russia", "the Russian government"),
        ("The senior Afghan officials", "Afghan officials"),
        ("Local municipalities in Italy", "several municipalities in Italy"),
        ("Roche", "Swiss drug giant Roche"),
        ("a spokesman", "A spokesman"),
    ],
)
def test_the_same(name: str, gold: str) -> None:
    assert who.same(name, gold)


@pytest.mark.parametrize(
    ("name", "gold"),
    [
        ("officials", "Afghan officials"),
        ("Afghan police", "Afghan officials"),
        ("Rathke", "Jeff Rathke, the State Department Spokesperson"),
        ("the Indonesian military", "Major general Fuad Basya, spokesman for the Indonesian military"),
        ("The Church", "Church of Scientology"),
        ("Her mother", "Valeska Paris's mother"),
        ("Police", "Police in Dorna"),
        ("Russia", "Russian officials"),
        ("Malaysia", "Malaysia's Prime Minister"),
        ("the", "the army"),
        ("", "Roche"),
    ],
)
def test_not_the_same(name: str, gold: str) -> None:
    assert not who.same(name, gold)


def test_which_figures_a_statement_counts_in() -> None:
    def of(source: str, gold: str) -> list[str]:
        return list(who.Voice(gold, source, []).figures())

    assert of("Mara Venn", "Mara Venn") == of("the army", "The Army") == ["who"]
    assert of("Mara Venn", "Mara Venn, the mayor") == ["who", "who.taken_up"]
    assert of("officials", "Afghan officials") == ["who", "who.taken_up", "who.needed"]
    assert of("Mr. Venn", "Jan Venn") == ["who", "who.taken_up", "who.needed", "who.short"]
    assert of("She", "Mara Venn") == list(who.FIGURES)


def test_voices_are_matched_as_the_ledger_matches_them() -> None:
    found = who.voices(gold(), system(m=["Mara Venn", "She"], p=["Police"]))
    assert [(v.who, v.source, v.names, v.right()) for v in sorted(found, key=lambda v: v.source)] == [
        ("Dorna's mayor, Mara Venn", "Dorna's mayor", ["Mara Venn"], True),
        ("police in Dorna", "Police", ["Police"], False),
        ("Dorna's mayor, Mara Venn", "She", ["Mara Venn"], True),
    ]
    assert who.voices(gold(), {**system(), "report": {"external_id": "g1", "text": TEXT + " More."}}) == []


def test_a_statement_without_an_actor_is_wrong() -> None:
    assert [v.right() for v in who.voices(gold(), system())] == [False, False, False]


def test_figures() -> None:
    units = [who.count(who.voices(gold(), system(m=["Mara Venn", "She"], p=["Police"])))]
    scores = who.figures(units)
    assert (scores["who"], scores["who.taken_up"], scores["who.pronoun"]) == (0.6667, 0.6667, 1)
    assert who.figures([]) == dict.fromkeys(who.FIGURES, 0.0)


def test_a_surname_with_a_particle_is_a_name():
    assert who.same("Hamid al-Basri", "Opposition deputy Hamid al-Basri")
    assert not who.same("the deputy", "Opposition deputy Hamid al-Basri")
