"""Places: which words name one, which place is meant, and what lies in what."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.reading import read
from sayso.reading.context import Context
from sayso.reading.places import Places
from sayso.records import Place, Report
from tests.reading.build import at, found, parsed


def named(ctx: Context, *names: str) -> Places:
    """The places of a report in which the language stage found these names of places."""
    ctx.analysis.names += [found(ctx, n, "location") for n in names]
    ctx.analysis.names.sort(key=lambda n: n.first)
    return Places(ctx)


def one(places: Places, ctx: Context, words: str) -> Place:
    hit = places.at(at(ctx, words))
    assert hit is not None
    return next(p for p in places.records() if p.id == hit.id)


def test_a_capital() -> None:
    ctx = parsed(
        "A/DET/det/2 bomb/NOUN/nsubj/3 exploded/VERB/root/0 in/ADP/case/5 Baghdad/PROPN/obl/3 _./PUNCT/punct/3"
    )
    place = one(named(ctx, "Baghdad"), ctx, "Baghdad")
    assert (place.name, place.gazetteer_id, place.country, place.precision) == ("Baghdad", 98182, "IRQ", "city")
    assert [m.text for m in place.mentions] == ["Baghdad"]


def test_town_in_region_in_country() -> None:
    row = "It/PRON/nsubj/2 fell/VERB/root/0 in/ADP/case/4 Nizhyn/PROPN/obl/2 in/ADP/case/7 Chernihiv/PROPN/compound/7 region/NOUN/nmod/4 of/ADP/case/9 Ukraine/PROPN/nmod/7 _./PUNCT/punct/2"
    ctx = parsed(row)
    places = named(ctx, "Nizhyn", "Chernihiv", "Ukraine")
    hits = places.all_at((0, len(ctx.tokens)))
    assert [h.span.text for h in hits] == ["Nizhyn", "Chernihiv region", "Ukraine"]
    assert [h.rank for h in hits] == [1, 3, 4]
    town, region, country = (h.id for h in hits)
    assert places.contains(region, town)
    assert places.contains(country, town)
    assert places.contains(country, region)
    assert not places.contains(town, region)
    assert not places.contains(None, town)


def test_part_of_a_country() -> None:
    ctx = parsed(
        "Fighting/NOUN/nsubj/2 broke/VERB/root/0 out/ADP/compound:prt/2 in/ADP/case/6 southern/ADJ/amod/6 Afghanistan/PROPN/obl/2 _./PUNCT/punct/2"
    )
    place = one(named(ctx, "Afghanistan"), ctx, "Afghanistan")
    assert (place.name, place.precision, place.country) == ("southern Afghanistan", "area", "AFG")


def test_north_of_a_city_is_the_name_only() -> None:
    ctx = parsed(
        "It/PRON/nsubj/2 fell/VERB/root/0 north/NOUN/obl/2 of/ADP/case/5 Baghdad/PROPN/nmod/3 _./PUNCT/punct/2"
    )
    place = one(named(ctx, "Baghdad"), ctx, "Baghdad")
    assert (place.mentions[0].text, place.precision, place.gazetteer_id) == ("Baghdad", "area", 98182)


def test_nothing_points_to_a_small_town() -> None:
    ctx = parsed("Residents/NOUN/nsubj/4 of/ADP/case/3 Springfield/PROPN/nmod/1 protested/VERB/root/0 _./PUNCT/punct/4")
    place = one(named(ctx, "Springfield"), ctx, "Springfield")
    assert (place.gazetteer_id, place.latitude, place.country) == (None, None, None)


@pytest.mark.parametrize(("outer", "country"), [("Ontario", "CAN"), ("England", "GBR")])
def test_what_stands_behind_the_comma_decides(outer: str, country: str) -> None:
    ctx = parsed(
        f"It/PRON/nsubj/2 fell/VERB/root/0 in/ADP/case/4 London/PROPN/obl/2 _,/PUNCT/punct/6 {outer}/PROPN/appos/4 _./PUNCT/punct/2"
    )
    assert one(named(ctx, "London", outer), ctx, "London").country == country


def test_an_adjective_is_a_place_only_alone() -> None:
    row = "Syrian/ADJ/amod/2 troops/NOUN/nsubj/3 entered/VERB/root/0 Beirut/PROPN/obj/3 _./PUNCT/punct/3"
    ctx = parsed(row)
    places = named(ctx, "Syrian", "Beirut")
    assert [h.span.text for h in places.all_at((0, 5))] == ["Beirut"]
    hit = places.at(at(ctx, "Syrian"))
    assert hit is not None
    assert next(p for p in places.records() if p.id == hit.id).country == "SYR"


def test_a_facility_is_not_the_town_it_is_called_after() -> None:
    ctx = parsed(
        "Gunmen/NOUN/nsubj/2 raided/VERB/root/0 the/DET/det/6 Jebaliya/PROPN/compound/6 refugee/NOUN/compound/6 camp/NOUN/obj/2 _./PUNCT/punct/2"
    )
    place = one(named(ctx, "Jebaliya"), ctx, "Jebaliya")
    assert (place.name, place.precision, place.gazetteer_id) == ("Jebaliya refugee camp", "exact", None)


def test_the_capital_and_the_country() -> None:
    first = "Iraq/PROPN/nsubj/2 votes/VERB/root/0 _./PUNCT/punct/2"
    second = "The/DET/det/2 capital/NOUN/nsubj/3 slept/VERB/root/0 _,/PUNCT/punct/3 the/DET/det/6 country/NOUN/nsubj/7 woke/VERB/conj/3 _./PUNCT/punct/3"
    ctx = parsed(first, second)
    places = named(ctx, "Iraq")
    assert one(places, ctx, "The capital").name == "Baghdad"
    assert one(places, ctx, "the country").name == "Iraq"


def test_the_narrower_place_beside_comes_with_it() -> None:
    row = "It/PRON/nsubj/2 fell/VERB/root/0 in/ADP/case/4 Basra/PROPN/obl/2 in/ADP/case/7 southern/ADJ/amod/7 Iraq/PROPN/nmod/4 _./PUNCT/punct/2"
    ctx = parsed(row)
    places = named(ctx, "Basra", "Iraq")
    hits = places.all_at(at(ctx, "Iraq"))
    assert [h.span.text for h in hits] == ["Basra", "southern Iraq"]
    assert places.contains(hits[1].id, hits[0].id)


def test_the_same_province() -> None:
    first = "Helmand/PROPN/compound/2 province/NOUN/nsubj/3 voted/VERB/root/0 _./PUNCT/punct/3"
    second = "Afghans/PROPN/nsubj/2 fled/VERB/root/0 the/DET/det/5 same/ADJ/amod/5 province/NOUN/obj/2 _./PUNCT/punct/2"
    ctx = parsed(first, second)
    assert one(named(ctx, "Helmand"), ctx, "the same province").name == "Helmand"


def test_names_on_two_lines_are_two() -> None:
    ctx = parsed(
        "Power/NOUN/nsubj/2 fails/VERB/root/0 in/ADP/case/4 Kyiv/PROPN/obl/2",
        "KYIV/PROPN/root/0 _,/PUNCT/punct/1 Ukraine/PROPN/appos/1 _./PUNCT/punct/1",
        gap="\n\n",
    )
    places = named(ctx, "Kyiv", "Ukraine")
    assert [m.text for m in one(places, ctx, "Kyiv").mentions] == ["Kyiv", "KYIV"] or len(places.records()) == 2


def test_the_place_near_a_happening() -> None:
    first = "It/PRON/nsubj/2 fell/VERB/root/0 in/ADP/case/4 Basra/PROPN/obl/2 _./PUNCT/punct/2"
    second = "The/DET/det/2 blast/NOUN/nsubj/3 killed/VERB/root/0 two/NUM/obj/3 _./PUNCT/punct/3"
    ctx = parsed(first, second)
    places = named(ctx, "Basra")
    basra = at(ctx, "Basra")
    assert places.near(1) == basra
    assert places.near(1, without=[basra]) is None
    assert places.near(at(ctx, "killed")[0]) == basra


def test_no_place() -> None:
    ctx = parsed("It/PRON/nsubj/2 rained/VERB/root/0 _./PUNCT/punct/2")
    places = named(ctx)
    assert places.at((0, 3)) is None
    assert places.near(1) is None
    assert places.main_country() is None
    assert places.records() == ()


WORDS = st.sampled_from(
    "Kyiv Ukraine Iraq's Baghdad, southern Helmand province of in the capital country Georgia — “ ” \n\n é 😀 \u202e said killed U.S. Syrian al-Qaim north 12 people.".split(
        " "
    )
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(WORDS, min_size=1, max_size=40).map(" ".join), st.text(max_size=120)))
def test_every_span_is_exact(text: str) -> None:
    reading = read(Report.make(text, published="2026-01-24"))
    for record in (*reading.places, *reading.actors):
        assert record.mentions
        assert list(record.mentions) == sorted(record.mentions)
        for span in record.mentions:
            assert span.text == text[span.start : span.end]
    assert len({p.id for p in reading.places}) == len(reading.places)
    assert len({a.id for a in reading.actors}) == len(reading.actors)
    again = read(Report.make(text, published="2026-01-24"))
    assert (again.places, again.actors) == (reading.places, reading.actors)
