"""The gazetteer: names → the places that bear them. Built by reference/gazetteer.py from GeoNames (geonames.org, CC BY 4.0).

Two tries of names, memory-mapped, and columns for the places and for who bears which name: 8 MB in memory, loaded in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import marisa_trie
import numpy as np

from sayso.reading import countries
from sayso.reading.countries import REFERENCE, fold, rows

KINDS = ("town", "capital", "region", "district")
# id, number of the display name, hundredths of a degree, row of its first-level area counted from 1, country, 8·log2(people + 1), kind
ROW = np.dtype(
    [
        ("id", "<u4"),
        ("name", "<u4"),
        ("lat", "<i2"),
        ("lon", "<i2"),
        ("admin1", "<u2"),
        ("country", "u1"),
        ("people", "u1"),
        ("kind", "u1"),
    ]
)
# Articles of Arabic names, written or left out at will.
_ARTICLES = frozenset("al el ar as ash at an ad az".split())


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer. `kind`: town, capital, region (first-level area), district, country, area, water, landmark.

    `people` is its number of inhabitants as far as the prior needs it (areas: a thousand for each of their towns);
    `id` the GeoNames id, None for areas that our sources give without one; `country` ISO alpha-3.
    """

    key: str
    id: int | None
    name: str
    kind: str
    country: str | None
    admin1: str | None
    latitude: float
    longitude: float
    people: float
    main: bool  # whether it was looked up under its own name, not another


@lru_cache(maxsize=1)
def _files() -> tuple[Any, Any, list[Any], Any, Any]:
    names, shown = marisa_trie.Trie(), marisa_trie.Trie()
    names.mmap(str(REFERENCE / "gazetteer-names.marisa"))
    shown.mmap(str(REFERENCE / "gazetteer-shown.marisa"))
    with np.load(REFERENCE / "gazetteer.npz") as file:
        columns = [file[name] for name in ROW.names or ()]
        starts = np.concatenate(([0], np.cumsum(file["counts"], dtype="<u4")))
        return names, shown, columns, starts, file["bearers"]


@lru_cache(maxsize=4096)
def look_up(name: str) -> tuple[Entry, ...]:
    """All places that bear a name, countries and regions first; with and without the article of an Arabic name."""
    folded = fold(name)
    found = [*_country(folded), *_region(folded), *_rows(folded)]
    first, _, rest = folded.partition(" ")
    bare = rest if rest and first in _ARTICLES else folded
    for other in (bare, f"al {bare}", f"el {bare}", folded.replace(" ", "")):
        if not found and len(bare) > 3:
            found = list(_rows(other))
    return tuple(found)


def _country(folded: str) -> list[Entry]:
    c = countries.named(folded)
    return [Entry(c.iso3, c.id, c.name, "country", c.iso3, None, c.latitude, c.longitude, 1e8, True)] if c else []


def _rows(folded: str) -> list[Entry]:
    names, shown, columns, starts, bearers = _files()
    key = names.get(folded)
    if key is None:
        return []
    made = []
    for at in bearers[starts[key] : starts[key + 1]].tolist():
        number, name, lat, lon, area, country, people, kind = (int(column[at]) for column in columns)
        shown_as = shown.restore_key(name)
        admin1 = shown.restore_key(int(columns[1][area - 1])) if area else None
        nation = countries.table()[country].iso3
        main = fold(shown_as) == folded or KINDS[kind] in ("region", "district")
        made.append(
            Entry(
                f"g{at}",
                number or None,
                shown_as,
                KINDS[kind],
                nation,
                admin1,
                lat / 100,
                lon / 100,
                2 ** (people / 8),
                main,
            )
        )
    return made


@lru_cache(maxsize=1)
def _regions() -> dict[str, Entry]:
    """Regions, waters and landmarks that are no administrative area: reference/regions.tsv."""
    made = {}
    for r in rows("regions.tsv"):
        at = float(r["lat"]), float(r["lon"])
        entry = Entry(f"r:{fold(r['name'])}", None, r["name"], r["kind"], r["country"] or None, None, *at, 1e6, True)
        for name in (r["name"], *r["names"].split(";")):
            if name:
                made[fold(name)] = entry
    return made


def _region(folded: str) -> list[Entry]:
    entry = _regions().get(folded)
    return [entry] if entry else []
