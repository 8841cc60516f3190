"""The gazetteer and the tables of countries and roles."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading import countries, gazetteer, roles


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("the U.S.", "us"),
        ("Khān Yūnis", "khan yunis"),
        ("al-Fashir", "al fashir"),
        ("Côte d’Ivoire", "cote divoire"),
        ("  ", ""),
        ("The Hague", "hague"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert countries.fold(written) == folded


@given(st.text(max_size=40))
def test_any_text_may_be_looked_up(name: str) -> None:
    assert isinstance(gazetteer.look_up(name), tuple)
    assert countries.fold(countries.fold(name)) == countries.fold(name) or countries.fold(name).startswith("the ")


@pytest.mark.parametrize(
    ("name", "kind", "country", "key"),
    [
        ("Ukraine", "country", "UKR", 690791),
        ("Burma", "country", "MMR", 1327865),
        ("the United Kingdom", "country", "GBR", 2635167),
        ("Baghdad", "capital", "IRQ", 98182),
        ("Kiev", "capital", "UKR", 703448),
        ("Nizhyn", "town", "UKR", 699942),
        ("Baquba", "town", "IRQ", None),
        ("Spin Boldak", "district", "AFG", None),
        ("Helmand", "region", "AFG", None),
        ("Donbas", "area", "UKR", None),
        ("Red Sea", "water", None, None),
    ],
)
def test_look_up(name: str, kind: str, country: str | None, key: int | None) -> None:
    first = gazetteer.look_up(name)[0]
    assert (first.kind, first.country) == (kind, country)
    assert key is None or first.id == key
    assert -90 <= first.latitude <= 90
    assert -180 <= first.longitude <= 180


def test_unknown_name() -> None:
    assert gazetteer.look_up("Xyzzyville") == ()


def test_the_capital_is_the_largest_of_its_name() -> None:
    seats = [e for e in gazetteer.look_up("Washington") if e.kind == "capital"]
    assert [e.admin1 for e in seats] == ["District of Columbia"]


def test_countries_have_codes_and_no_two_the_same_name() -> None:
    table = countries.table()
    assert len(table) > 240
    assert len({c.iso3 for c in table}) == len(table)
    assert all(len(c.iso3) == 3 and c.id > 0 for c in table)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Iraqi", "IRQ"),
        ("Afghans", "AFG"),
        ("Palestinian", "PSE"),
        ("Burmese", "MMR"),
        ("Dutch", "NLD"),
        ("Saudi", "SAU"),
    ],
)
def test_people(word: str, code: str) -> None:
    found = countries.of_people(word)
    assert found is not None
    assert found.iso3 == code


@pytest.mark.parametrize(
    ("words", "kind", "sector"),
    [
        (["police"], "government", "COP"),
        (["foreign", "minister"], "person", "GOV"),
        (["police", "officer"], "government", "COP"),
        (["army", "spokesman"], "military", "MIL"),
        (["hamas", "official"], "armed_group", "REB"),
        (["villager"], "civilians", "CVL"),
    ],
)
def test_roles(words: list[str], kind: str, sector: str) -> None:
    found = roles.role(words)
    assert found is not None
    assert (found.kind, found.sector) == (kind, sector)


def test_no_role() -> None:
    assert roles.role(["zeugma"]) is None
    assert roles.role([]) is None


def test_sectors_are_plovers() -> None:
    known = set(
        "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
    )
    kinds = set("person government military armed_group party company igo ngo media civilians group other".split())
    for one in (*roles._roles().values(), *roles._organisations().values()):
        assert one.sector is None or one.sector in known
        assert one.kind in kinds


def test_organisations_by_any_name() -> None:
    assert roles.organisation("PKK") is roles.organisation("the Kurdistan Workers' Party")
    assert roles.organisation("nobody") is None


def test_loading_is_light() -> None:
    """Loading reads three megabytes; measured 30 ms and 12 MB, the bounds leave room for a slow machine."""
    code = (
        "import resource, time, numpy, marisa_trie, csv\nfrom sayso.reading import gazetteer\n"
        "before, t = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()\ngazetteer.look_up('Baghdad')\n"
        "print(time.process_time() - t, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)"
    )
    seconds, megabytes = map(
        float, subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert seconds < 0.5
    assert megabytes < 40
