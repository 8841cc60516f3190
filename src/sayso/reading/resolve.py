"""Which place a name means: types and people, the countries a report is about, and what it says lies in what.

Weights and thresholds were set on TR-News (118 reports with GeoNames ids) and on held-out reports of the gold training part.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from sayso.reading import countries, gazetteer
from sayso.reading.context import Context
from sayso.reading.gazetteer import Entry
from sayso.reading.placenames import Named

PRIOR = {
    "country": 2.0,
    "area": 1.8,
    "water": 1.6,
    "landmark": 1.6,
    "capital": 1.2,
    "region": 0.9,
    "district": 0.2,
    "town": 0.0,
}
# A town that nothing in the report points to is taken only if it is this large, and named by its main name.
KNOWN_TOWN = 300_000
LEAST = 1.0
# An area that has a town of its name with this many people is not meant by the name alone.
SEAT = 50_000
_WANTED = {
    "region": ("region", "area"),
    "district": ("district",),
    "city": ("town", "capital"),
    "area": ("water", "area", "region"),
}


@dataclass(slots=True)
class Resolver:
    """The senses of a report: one for each name in it."""

    ctx: Context
    names: list[Named]
    near: Counter[str] = field(default_factory=Counter)  # ISO alpha-3 → how much the report speaks of it
    senses: dict[tuple[str, str | None], Entry | None] = field(default_factory=dict)
    outer: dict[tuple[str, str | None], dict[tuple[Entry, ...], None]] = field(default_factory=dict)
    inner: dict[tuple[str, str | None], dict[tuple[Entry, ...], None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._count_countries()
        self._note_containment()
        keys = [self.key(n) for n in self.names if not n.adjective]
        times = Counter(keys)
        strong = {
            k
            for k in keys
            if any(
                e.kind in ("country", "capital", "area") or (e.main and e.people > 1e6) for e in gazetteer.look_up(k[0])
            )
        }
        for key in dict.fromkeys([k for k in keys if k in strong] + [k for k in keys if k not in strong]):
            self.senses[key] = self._choose(key)
            if (found := self.senses[key]) and found.country and found.kind != "country":
                self.near[found.country] += times[key]

    def key(self, name: Named) -> tuple[str, str | None]:
        """What one sense is kept for: the words of the name and the precision of its type word."""
        return self.ctx.words(*name.core), name.type

    def of(self, name: Named) -> Entry | None:
        """The place that a name means; None where nothing in report and gazetteer settles it."""
        return self.senses.get(self.key(name))

    def _count_countries(self) -> None:
        taken: set[int] = set()
        for name in self.names:
            taken |= set(range(name.first, name.last))
            found = gazetteer.look_up(self.ctx.words(*name.core))
            if name.adjective and (c := countries.of_people(self.ctx.words(*name.core))):
                self.near[c.iso3] += 1
            elif (
                found
                and found[0].kind == "country"
                and not any(e.people > 1e5 and e.kind == "region" for e in found[1:])
            ):
                self.near[found[0].country or ""] += 2
        for i, token in enumerate(self.ctx.tokens):
            if i not in taken and token.text[:1].isupper() and (c := countries.of_people(token.text)):
                self.near[c.iso3] += 1

    def _note_containment(self) -> None:
        """*X, Y* and *X in Y* and *Y's X*: X lies in Y."""
        for a, b in zip(self.names, self.names[1:], strict=False):
            if a.adjective or b.adjective or self.ctx.sentence(a.first) is not self.ctx.sentence(b.first):
                continue
            between = self.ctx.words(a.last, b.first)
            if between in (",", "in", "of", ", in", "in the", "of the", ", the", "("):
                inner, outer = a, b
            elif between in ("'s", "’s"):
                inner, outer = b, a
            else:
                continue
            self.outer.setdefault(self.key(inner), {})[gazetteer.look_up(self.ctx.words(*outer.core))] = None
            self.inner.setdefault(self.key(outer), {})[gazetteer.look_up(self.ctx.words(*inner.core))] = None

    def _choose(self, key: tuple[str, str | None]) -> Entry | None:
        ranked = sorted(
            ((self._score(e, key), -k, e) for k, e in enumerate(gazetteer.look_up(key[0]))),
            reverse=True,
            key=lambda s: s[:2],
        )
        if not ranked or ranked[0][0] < LEAST:
            return None
        best = ranked[0][2]
        if best.kind in ("town", "district") and not self._points_to(best, key):
            rival = next((s for s, _, e in ranked[1:] if e.country != best.country), -1.0)
            if best.people < KNOWN_TOWN or not best.main or ranked[0][0] - rival < 0.1:
                return None
        return best

    def _points_to(self, entry: Entry, key: tuple[str, str | None]) -> bool:
        """Whether the report names the country, or something around the place."""
        return bool(self.near[entry.country or ""]) or any(
            _inside(entry, o) for outer in self.outer.get(key, ()) for o in outer
        )

    def _score(self, entry: Entry, key: tuple[str, str | None]) -> float:
        score = PRIOR[entry.kind] + min(0.9, math.log10(entry.people + 1) / 8) + 0.3 * entry.main
        if most := max(self.near.values(), default=0):
            seen = self.near[entry.country or ""]
            score += 0.4 + 0.8 * seen / most if seen else 0.0
        score += 2.0 * any(_inside(entry, o) for outer in self.outer.get(key, ()) for o in outer)
        score += 1.5 * any(_inside(i, entry) for inner in self.inner.get(key, ()) for i in inner)
        if key[1] is None and entry.kind in ("region", "district") and _seat(entry, key[0]):
            score -= 1.2  # *Basra*, *New York* alone are the city
        if key[1] in _WANTED:
            score += 1.5 if entry.kind in _WANTED[key[1]] else -0.2
        return score


def _seat(area: Entry, name: str) -> bool:
    """Whether a town of some size in an area bears its name."""
    return any(
        e.kind in ("town", "capital") and e.people > SEAT and e.country == area.country for e in gazetteer.look_up(name)
    )


def _inside(inner: Entry, outer: Entry) -> bool:
    """Whether the gazetteer puts one place into the other."""
    if inner.key == outer.key or inner.country != outer.country or inner.country is None:
        return False
    if outer.kind == "country":
        return True
    return (
        outer.kind == "region"
        and inner.admin1 is not None
        and countries.fold(inner.admin1) == countries.fold(outer.name)
        and inner.kind != "region"
    )
