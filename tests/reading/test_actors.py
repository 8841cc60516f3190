"""Actors: mentions of one joined; name, kind, country, sector, role."""

from __future__ import annotations

from sayso.reading.actors import Actors
from sayso.reading.context import Context
from sayso.reading.places import Places
from sayso.records import Actor
from tests.reading.build import at, found, parsed


def cast(
    ctx: Context, sources: list[tuple[str, int]], others: tuple[str, ...] = (), **names: tuple[str, ...]
) -> tuple[Actors, list[Actor]]:
    """The actors of a report; `names`: label → what the language stage found. Returns the room and the actor of each source."""
    for label, some in names.items():
        ctx.analysis.names += [found(ctx, n, label) for n in some]
    ctx.analysis.names.sort(key=lambda n: n.first)
    ranges = [at(ctx, words, nth) for words, nth in sources]
    actors = Actors(ctx, Places(ctx), ranges, [at(ctx, o) for o in others])
    by_id = {a.id: a for a in actors.records()}
    return actors, [by_id[actors.at(r) or ""] for r in ranges]


def said(who: str) -> str:
    """A parsed sentence: somebody said it. The cells of `who` hang on number 9 = *said* or on each other."""
    cells = who.split()
    n = len(cells) + 1
    return " ".join(c.replace("@", str(n)) for c in cells) + f" said/VERB/root/0 it/PRON/obj/{n} _./PUNCT/punct/{n}"


def test_title_surname_and_pronoun_are_one() -> None:
    ctx = parsed(
        said("Governor/NOUN/nsubj/@ Ana/PROPN/flat/1 Castro/PROPN/flat/1"),
        said("Mrs./PROPN/nsubj/@ Castro/PROPN/flat/1"),
        said("She/PRON/nsubj/@"),
    )
    _, (a, b, c) = cast(ctx, [("Governor Ana Castro", 1), ("Mrs. Castro", 1), ("She", 1)], person=("Ana Castro",))
    assert a == b == c
    assert (a.name, a.kind, a.sector, a.role) == ("Ana Castro", "person", "GOV", "Governor")
    assert [m.text for m in a.mentions] == ["Governor Ana Castro", "Mrs. Castro", "She"]


def test_she_is_not_mr() -> None:
    ctx = parsed(said("Mr./PROPN/nsubj/@ Costa/PROPN/flat/1"), said("She/PRON/nsubj/@"))
    _, (a, b) = cast(ctx, [("Mr. Costa", 1), ("She", 1)], person=("Costa",))
    assert a.id != b.id
    assert b.kind == "person"


def test_two_of_one_family() -> None:
    ctx = parsed(said("Ana/PROPN/nsubj/@ Castro/PROPN/flat/1"), said("Rui/PROPN/nsubj/@ Castro/PROPN/flat/1"))
    _, (a, b) = cast(ctx, [("Ana Castro", 1), ("Rui Castro", 1)], person=("Ana Castro", "Rui Castro"))
    assert a.id != b.id


def test_a_role_with_its_name_beside_it() -> None:
    row = "The/DET/det/2 mayor/NOUN/nsubj/8 of/ADP/case/4 Lugo/PROPN/nmod/2 _,/PUNCT/punct/6 Ana/PROPN/appos/2 Castro/PROPN/flat/6 said/VERB/root/0 it/PRON/obj/8 _./PUNCT/punct/8"
    ctx = parsed(row, said("Castro/PROPN/nsubj/@"), said("the/DET/det/2 mayor/NOUN/nsubj/@"))
    _, (a, b, c) = cast(
        ctx, [("The mayor of Lugo", 1), ("Castro", 2), ("the mayor", 2)], person=("Ana Castro",), location=("Lugo",)
    )
    assert a == b == c
    assert (a.name, a.role) == ("Ana Castro", "mayor of Lugo")


def test_acronym_and_group() -> None:
    ctx = parsed(
        said("The/DET/det/4 Kurdistan/PROPN/compound/4 Workers/PROPN/compound/4 Party/PROPN/nsubj/@"),
        said("The/DET/det/2 PKK/PROPN/nsubj/@"),
        said("The/DET/det/2 group/NOUN/nsubj/@"),
    )
    _, (a, b, c) = cast(
        ctx,
        [("The Kurdistan Workers Party", 1), ("The PKK", 1), ("The group", 1)],
        organisation=("Kurdistan Workers Party", "PKK"),
    )
    assert a == b == c
    assert (a.name, a.kind, a.sector, a.country) == ("Kurdistan Workers' Party", "armed_group", "REB", "TUR")


def test_an_acronym_that_no_table_knows() -> None:
    ctx = parsed(
        said("Lugo/PROPN/compound/3 Water/PROPN/compound/3 Board/PROPN/nsubj/@"),
        said("the/DET/det/2 LWB/PROPN/nsubj/@"),
    )
    _, (a, b) = cast(ctx, [("Lugo Water Board", 1), ("the LWB", 1)], organisation=("Lugo Water Board", "LWB"))
    assert a == b
    assert a.name == "Lugo Water Board"


def test_a_city_stands_for_its_government() -> None:
    ctx = parsed(
        said("Russia/PROPN/nsubj/@"), said("Moscow/PROPN/nsubj/@"), said("The/DET/det/2 Kremlin/PROPN/nsubj/@")
    )
    _, (a, b, c) = cast(
        ctx,
        [("Russia", 1), ("Moscow", 1), ("The Kremlin", 1)],
        location=("Russia", "Moscow"),
        organisation=("Kremlin",),
    )
    assert a == b == c
    assert (a.name, a.kind, a.country, a.sector) == ("Russia", "government", "RUS", "GOV")


def test_the_military_is_the_one_named_before() -> None:
    ctx = parsed(
        said("The/DET/det/3 Israeli/ADJ/amod/3 military/NOUN/nsubj/@"),
        said("The/DET/det/2 military/NOUN/nsubj/@"),
        said("It/PRON/nsubj/@"),
    )
    _, (a, b, c) = cast(ctx, [("The Israeli military", 1), ("The military", 1), ("It", 3)])
    assert a == b == c
    assert (a.name, a.kind, a.country, a.sector) == ("Israeli military", "military", "ISR", "MIL")


def test_counted_people_are_new_each_time() -> None:
    row = "two/NUM/nummod/2 soldiers/NOUN/nsubj/@//soldier/NNS".replace("//", "/")
    again = "three/NUM/nummod/2 soldiers/NOUN/nsubj/@/soldier/NNS"
    ctx = parsed(said(row), said(again))
    _, (a, b) = cast(ctx, [("two soldiers", 1), ("three soldiers", 1)])
    assert a.id != b.id
    assert (a.kind, a.sector, a.country) == ("military", "MIL", None)


def test_unnamed_sources_are_actors() -> None:
    ctx = parsed(
        said("Afghan/ADJ/amod/2 officials/NOUN/nsubj/@/official/NNS"),
        said("Officials/NOUN/nsubj/@/official/NNS"),
        said("A/DET/det/2 witness/NOUN/nsubj/@"),
    )
    actors, (a, b, c) = cast(ctx, [("Afghan officials", 1), ("Officials", 2), ("A witness", 1)])
    assert a == b
    assert (a.kind, a.country, a.sector) == ("government", "AFG", "GOV")
    assert (c.kind, c.sector) == ("person", "CVL")
    assert not actors.is_named(at(ctx, "Afghan officials"))


def test_residents_of_one_town_are_not_those_of_another() -> None:
    ctx = parsed(
        said("Residents/NOUN/nsubj/@/resident/NNS of/ADP/case/3 Lugo/PROPN/nmod/1"),
        said("residents/NOUN/nsubj/@/resident/NNS of/ADP/case/3 Vigo/PROPN/nmod/1"),
    )
    _, (a, b) = cast(ctx, [("Residents of Lugo", 1), ("residents of Vigo", 1)])
    assert a.id != b.id


def test_i_is_whoever_speaks() -> None:
    ctx = parsed(said("Ana/PROPN/nsubj/@ Castro/PROPN/flat/1"), said("I/PRON/nsubj/@"))
    actors, (a, b) = cast(ctx, [("Ana Castro", 1), ("I", 1)], person=("Ana Castro",))
    assert a == b
    assert actors.is_named(at(ctx, "I"))


def test_nobody_asked_nobody_recorded() -> None:
    ctx = parsed(said("Ana/PROPN/nsubj/@ Castro/PROPN/flat/1"))
    actors, _ = cast(ctx, [], person=("Ana Castro",))
    assert actors.records() == ()
    assert actors.at((0, 2)) is None


def test_a_speaker_called_by_surname_is_the_person_even_where_it_names_a_place() -> None:
    ctx = parsed(
        said("Ana/PROPN/nsubj/@ Jordan/PROPN/flat/1"),
        said("Jordan/PROPN/nsubj/@"),
    )
    _, (a, b) = cast(ctx, [("Ana Jordan", 1), ("Jordan", 2)], person=("Ana Jordan",))
    assert a == b
    assert a.kind == "person"


def test_bare_police_of_a_country_are_called_by_it() -> None:
    ctx = parsed(
        "Thailand/PROPN/nsubj/2 voted/VERB/root/0/vote ./PUNCT/punct/2",
        said("Police/NOUN/nsubj/@/police/NNS"),
    )
    _, (police,) = cast(ctx, [("Police", 1)], gpe=("Thailand",))
    assert police.country == "THA"
    assert police.name == "Thai police"


def test_the_model_says_whom_a_pronoun_takes_up_where_rules_know_nobody() -> None:
    ctx = parsed(
        "The/DET/det/2 drummer/NOUN/nsubj/3 left/VERB/root/0/leave early/ADV/advmod/3 ./PUNCT/punct/3",
        said("It/PRON/nsubj/@"),
    )
    drummer, it = found(ctx, "The drummer", "noun"), found(ctx, "It", "pronoun")
    ctx.analysis.chains.append((drummer, it))
    _, (actor,) = cast(ctx, [("It", 1)])
    assert actor.name == "drummer"


def test_rules_and_model_differing_is_noted() -> None:
    ctx = parsed(
        said("Ana/PROPN/nsubj/@ Castro/PROPN/flat/1"),
        said("Eva/PROPN/nsubj/@ Lund/PROPN/flat/1"),
        said("She/PRON/nsubj/@"),
    )
    ctx.analysis.chains.append((found(ctx, "Ana Castro", "name"), found(ctx, "She", "pronoun")))
    actors, _ = cast(ctx, [("Ana Castro", 1), ("Eva Lund", 1), ("She", 1)], person=("Ana Castro", "Eva Lund"))
    assert actors.doubted(at(ctx, "She"))
    assert not actors.doubted(at(ctx, "Ana Castro"))


def test_a_person_is_no_authority_whatever_the_model_links() -> None:
    ctx = parsed(
        said("authority/NOUN/nsubj/@"),
        said("Ana/PROPN/nsubj/@ Castro/PROPN/flat/1"),
    )
    ctx.analysis.chains.append((found(ctx, "authority", "noun"), found(ctx, "Ana Castro", "name")))
    _, (authority, castro) = cast(ctx, [("authority", 1), ("Ana Castro", 1)], person=("Ana Castro",))
    assert authority.id != castro.id
    assert castro.name == "Ana Castro"
