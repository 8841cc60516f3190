"""Countries: their codes, GeoNames ids, capitals, names and demonyms. Table: reference/countries.tsv (GeoNames, CC BY 4.0)."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

REFERENCE = Path(__file__).parent / "reference"
COLUMNS = ("iso2", "iso3", "id", "name", "capital", "latitude", "longitude", "names", "peoples")
_APOSTROPHES = re.compile("[’'`ʻʼ‘\"´ʿʾ′]")
_BREAKS = re.compile(r"[^\w]+")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")


@dataclass(frozen=True, slots=True)
class Country:
    """A country. `id` is its GeoNames id, `names` and `peoples` are folded, `latitude` and `longitude` the mean of its towns."""

    iso2: str
    iso3: str
    id: int
    name: str
    capital: str
    latitude: float
    longitude: float
    names: tuple[str, ...]
    peoples: tuple[str, ...]


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name in small letters without marks, apostrophes, hyphens and a leading *the*, for looking up."""
    name = _DOTTED.sub(lambda m: m.group().replace(".", ""), name)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).casefold()
    plain = _APOSTROPHES.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
    plain = _BREAKS.sub(" ", plain).strip()
    return plain[4:] if plain.startswith("the ") else plain


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of the reference data; lines that begin with `#` are comments, quotation marks are letters."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@lru_cache(maxsize=1)
def table() -> tuple[Country, ...]:
    """All countries, by ISO alpha-2."""
    return tuple(
        Country(
            r["iso2"], r["iso3"], int(r["id"]), r["name"], r["capital"], float(r["latitude"]), float(r["longitude"]),
            tuple(r["names"].split(";")), tuple(p for p in r["peoples"].split(";") if p),
        )
        for r in rows("countries.tsv")
    )  # fmt: skip


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Country]:
    return {n: c for c in table() for n in c.names}


@lru_cache(maxsize=1)
def _by_people() -> dict[str, Country]:
    return {n: c for c in table() for n in c.peoples}


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Country]:
    return {c.iso3: c for c in table()}


def named(name: str) -> Country | None:
    """The country of that name (*Ivory Coast*, *the U.K.*)."""
    return _by_name().get(fold(name))


def of_people(word: str) -> Country | None:
    """The country of an adjective or demonym (*Iraqi*, *Afghans*)."""
    return _by_people().get(fold(word))


def coded(iso3: str | None) -> Country | None:
    """The country of an ISO 3166-1 alpha-3 code."""
    return _by_code().get(iso3 or "")
