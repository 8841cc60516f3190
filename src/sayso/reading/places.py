"""Where: the places a report names, resolved against the gazetteer where the report settles which is meant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.reading import countries, placenames
from sayso.reading.context import Context
from sayso.reading.countries import fold
from sayso.reading.gazetteer import Entry, look_up
from sayso.reading.placenames import Named
from sayso.reading.resolve import Resolver
from sayso.records import Place, Span, stable_id

Range = tuple[int, int]
PRECISION = {
    "country": "country",
    "region": "region",
    "district": "district",
    "town": "city",
    "capital": "city",
    "area": "area",
    "water": "area",
    "landmark": "exact",
}
RANK = {"exact": 0, "city": 1, "district": 2, "region": 3, "area": 3, "country": 4}
# A report is about a country that it speaks of this many times as often as of any other.
STANDS_OUT = 2.0
# Phrases without a name → the kinds of place they may stand for.
_STANDS_FOR = {
    **dict.fromkeys("city town village".split(), ("town", "capital")),
    **dict.fromkeys("country nation kingdom".split(), ("country",)),
    **dict.fromkeys("province region territory state".split(), ("region",)),
    **dict.fromkeys("district valley".split(), ("district",)),
    **dict.fromkeys("island peninsula".split(), ("area", "region")),
}
_TIES = frozenset(
    ", in of the ( northern southern eastern western central northeastern northwestern southeastern southwestern".split()
)
_TIES_BACK = frozenset(
    "'s ’s of the city town village port province district region area valley capital provincial - neighborhood suburb".split()
)
_LOCATING = frozenset("in at near outside inside across throughout around".split())
_POINTERS = frozenset("the this that his her its their our".split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A named place inside a range: its id, the words of the name, and how wide it is (0 a point … 4 a country)."""

    id: str
    span: Span
    rank: int


@dataclass(slots=True)
class _Site:
    """A place on its way to a record."""

    id: str
    name: str
    entry: Entry | None
    precision: str
    country: str | None
    admin1: str | None
    part: bool
    around: str | None = None  # id of the place that the text puts it in
    mentions: list[Range] = field(default_factory=list)

    def rank(self) -> int:
        """How wide: a part of the world is as wide as a country."""
        return 4 if self.precision == "area" and self.country is None else RANK[self.precision]


class Places:
    """The places of a report."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self._names = placenames.find(ctx)
        self._resolver = Resolver(ctx, self._names)
        self._sites: dict[tuple[str, bool, str | None], _Site] = {}
        self._by_id: dict[str, _Site] = {}
        self._of: dict[int, _Site] = {}
        self._inner: dict[int, int] = {}  # number of a name → that of the narrower one that the text puts into it
        for k, name in enumerate(self._names):
            if not name.adjective:
                self._of[k] = self._site(name, name.core, (name.first, name.last))
        self._note_around()

    # --- building -----------------------------------------------------------------------------------------------------

    def _site(self, name: Named, core: Range, whole: Range) -> _Site:
        entry = self._resolver.of(name)
        exact = name.type == "exact" and not (entry and entry.kind == "landmark")
        precision = _precision(name, entry)
        fits = entry is not None and (
            PRECISION[entry.kind] == precision
            or name.part
            or entry.key.startswith("r:")
            or name.type not in ("region", "district", "exact")
        )
        key = (
            entry.key if entry and fits else fold(self.ctx.words(*(whole if exact else core))),
            name.part,
            None if fits else precision,
        )
        if key not in self._sites:
            span = self.ctx.span(*whole)
            shown = entry.name if entry and fits and not name.part else span.text
            near = entry.country if entry else None
            admin1 = entry.admin1 if entry else None
            made = stable_id(self.ctx.report.id, "place", f"{span.start}:{span.end}")
            self._sites[key] = _Site(made, shown, entry if fits else None, precision, near, admin1, name.part)
            self._by_id[made] = self._sites[key]
        self._sites[key].mentions.append(whole)
        return self._sites[key]

    def _note_around(self) -> None:
        """What the text itself puts into what: *X, Y*, *X in southern Y*, *Y's X*, *the Y city of X*."""
        for k in range(len(self._names) - 1):
            a, b = self._of.get(k), self._of.get(k + 1)
            if a is None or b is None or self._names[k + 1].first - self._names[k].last > 4:
                continue
            between = self.ctx.words(self._names[k].last, self._names[k + 1].first).split()
            if a.rank() < b.rank() and _TIES >= set(between) and between:
                self._tie(k, k + 1)
            elif a.rank() > b.rank() and _TIES_BACK >= set(between) and between:
                self._tie(k + 1, k)

    def _tie(self, inner: int, outer: int) -> None:
        """Note that one name is put into another, unless their countries differ."""
        a, b = self._of[inner], self._of[outer]
        if a.country is None or b.country is None or a.country == b.country:
            self._inner[outer] = inner
            a.around = a.around or b.id

    # --- asking -------------------------------------------------------------------------------------------------------

    def at(self, found: Range) -> Hit | None:
        """The most precise place named inside a range of tokens; a country's adjective only where nothing else is named."""
        hits = self.all_at(found)
        return hits[0] if hits else None

    def all_at(self, found: Range) -> list[Hit]:
        """All places named inside a range, and the narrower ones that the text puts into them, the most precise first."""
        inside = self._inside(found)
        inside += [self._inner[k] for k in inside if k in self._inner and self._inner[k] not in inside]
        hits = [
            Hit(site.id, self.ctx.span(self._names[k].first, self._names[k].last), site.rank())
            for k in inside
            if (site := self._of.get(k))
        ]
        if hits:
            return sorted(hits, key=lambda h: h.rank)
        phrase = self._phrase(found)
        if phrase is None and inside and found[1] - found[0] <= 2:
            phrase = self._adjective(self._names[inside[0]])
        return [phrase] if phrase else []

    def _inside(self, found: Range) -> list[int]:
        """The numbers of the names that share a token with a range."""
        k = bisect_right(self._names, found[0], key=lambda n: n.last)
        inside = []
        while k < len(self._names) and self._names[k].first < found[1]:
            inside.append(k)
            k += 1
        return inside

    def near(self, token: int, without: Iterable[Range] = ()) -> Range | None:
        """The tokens of the place that is named nearest to a token: in its sentence, else the last one of the sentence before.

        `without`: ranges that are spoken for (who acts, who suffers). On held-out gold reports, of events of violence, protest,
        accident and disaster for which the model found no place, this one is right for 13, not given in gold for 5, another for 8.
        """
        sentence, taken = self.ctx.sentence(token), list(without)
        free = [
            n
            for n in (self._names[k] for k in self._inside((sentence.first, sentence.last)) if k in self._of)
            if not any(n.first < b and a < n.last for a, b in taken)
        ]
        if free:
            chosen = min(free, key=lambda n: (abs(n.first - token), n.first))
            return chosen.first, chosen.last
        return self._before(sentence.first)

    def _before(self, first: int) -> Range | None:
        """The last place *in*, *at* or *near* which something is, of the sentence that ends where another begins."""
        if first == 0:
            return None
        before = self.ctx.sentence(first - 1)
        for k in reversed(self._inside((before.first, before.last))):
            name = self._names[k]
            case = self.ctx.child(self.ctx.head(name.first, name.last), "case")
            if k in self._of and case is not None and self.ctx.tokens[case].text.lower() in _LOCATING:
                return name.first, name.last
        return None

    def _adjective(self, name: Named) -> Hit | None:
        """*Syrian* → Syria, with the adjective as its words."""
        c = countries.of_people(self.ctx.words(*name.core))
        return self._country_hit(c, (name.first, name.last)) if c else None

    def _country_hit(self, country: countries.Country, words: Range) -> Hit:
        entry = next(e for e in look_up(country.name) if e.kind == "country")
        return self._known(entry, words)

    def _known(self, entry: Entry, words: Range) -> Hit:
        """A hit for words that stand for a place of the gazetteer."""
        key: tuple[str, bool, str | None] = (entry.key, False, None)
        span = self.ctx.span(*words)
        if key not in self._sites:
            made = stable_id(self.ctx.report.id, "place", f"{span.start}:{span.end}")
            self._sites[key] = _Site(made, entry.name, entry, PRECISION[entry.kind], entry.country, entry.admin1, False)
            self._by_id[made] = self._sites[key]
        site = self._sites[key]
        if words not in site.mentions:
            site.mentions.append(words)
        return Hit(site.id, span, site.rank())

    def _phrase(self, found: Range) -> Hit | None:
        """*the capital*, *the city*, *his country*: what they stand for, where the report has named just that before."""
        first, last = self.ctx.trim(*found)
        if not 1 < last - first <= 4:
            return None
        words = [t.text.lower() for t in self.ctx.tokens[first:last]]
        people = next((c for w in words if (c := countries.of_people(w))), None)
        if "capital" in words[-2:] and (words[0] in _POINTERS or people):
            return self._capital(people.iso3 if people else self.main_country(), (first, last))
        if words[0] not in _POINTERS or words[-1] not in _STANDS_FOR or words[1:-1] not in ([], ["same"]):
            return None
        return self._last_named(_STANDS_FOR[words[-1]], (first, last))

    def _capital(self, iso3: str | None, words: Range) -> Hit | None:
        country = countries.coded(iso3)
        entry = (
            next((e for e in look_up(country.capital) if e.kind == "capital" and e.country == iso3), None)
            if country
            else None
        )
        return self._known(entry, words) if entry else None

    def _last_named(self, kinds: tuple[str, ...], words: Range) -> Hit | None:
        for k in range(len(self._names) - 1, -1, -1):
            site = self._of.get(k)
            if self._names[k].last <= words[0] and site and site.entry and not site.part and site.entry.kind in kinds:
                return self._known(site.entry, words)
        if "country" in kinds and (c := countries.coded(self.main_country())):
            return self._country_hit(c, words)
        return None

    def main_country(self) -> str | None:
        """ISO alpha-3 of the country that the report speaks of most, where one stands out."""
        top = self._resolver.near.most_common(2)
        if not top or not top[0][0] or (len(top) > 1 and top[0][1] < STANDS_OUT * top[1][1]):
            return None
        return top[0][0]

    def entry(self, found: Range) -> Entry | None:
        """The gazetteer's entry for the first place named in a range."""
        hit = self.at(found)
        return self._by_id[hit.id].entry if hit else None

    def contains(self, outer: str | None, inner: str | None) -> bool:
        """Whether one place lies in the other: by the gazetteer, or because the text says so."""
        o, i = self._by_id.get(outer or ""), self._by_id.get(inner or "")
        if o is None or i is None or o is i:
            return False
        if i.around == o.id:
            return True
        if o.country is None or o.country != i.country or o.rank() <= i.rank():
            return False
        if o.precision == "country":
            return True
        return (
            o.precision == "region"
            and not o.part
            and i.admin1 is not None
            and fold(i.admin1) == fold(o.entry.name if o.entry else o.name)
        )

    def records(self) -> tuple[Place, ...]:
        """The places in text order."""
        return tuple(self._record(s) for s in sorted(self._sites.values(), key=lambda s: min(s.mentions)))

    def _record(self, site: _Site) -> Place:
        e = site.entry
        return Place(
            id=site.id,
            name=site.name,
            gazetteer_id=e.id if e else None,
            latitude=e.latitude if e else None,
            longitude=e.longitude if e else None,
            admin1=site.admin1,
            country=site.country,
            precision=site.precision,
            mentions=tuple(self.ctx.span(*r) for r in sorted(site.mentions)),
        )


def _precision(name: Named, entry: Entry | None) -> str:
    """How narrowly a name places: its type word speaks first, then the gazetteer; a lone unknown name is taken for a town."""
    if name.part:
        return "area"
    if entry is not None and name.type not in ("region", "district", "exact"):
        return PRECISION[entry.kind]
    return name.type or "city"
