"""Names of places in a report: where each begins and ends, with the word for its type and the part of it that is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.language import PLACES
from sayso.reading import countries, gazetteer, roles
from sayso.reading.context import Context

Range = tuple[int, int]
# Words after (or, with *of*, before) a name → the precision they speak of.
TYPES = {
    **dict.fromkeys("province provinces oblast governorate state region republic prefecture department emirate krai territory canton island peninsula".split(), "region"),
    **dict.fromkeys("district districts raion county municipality subdistrict agency valley parish tehsil".split(), "district"),
    **dict.fromkeys("city town village township hamlet settlement".split(), "city"),
    **dict.fromkeys("neighborhood neighbourhood suburb quarter camp prison jail airport airfield base mosque market church hospital school university".split(), "exact"),
    **dict.fromkeys("bridge dam port crossing checkpoint square stadium station hotel palace temple shrine cemetery refinery mountain mountains hills".split(), "exact"),
    **dict.fromkeys("river lake sea gulf bay strait ocean desert border coast".split(), "area"),
}  # fmt: skip
_BETWEEN = frozenset(
    "refugee military air police tribal autonomous border international train bus railway power nuclear naval army grand national high-security administrative federal semi-autonomous".split()
)
PARTS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest northeastern northwestern southeastern southwestern "
    "north-east north-west south-east south-west north-eastern north-western south-eastern south-western upper lower downtown mid-".split()
)
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
# A lone capitalised word that no head of the model took for a name is a place only if it is one of these.
_SURE = frozenset(("country", "region", "area", "water", "landmark"))
# Peoples and faiths that are no country's.
_NO_PLACES = frozenset(
    "muslim muslims islam islamic shiite shiites sunni sunnis kurdish kurds kurd arab arabs jewish jews christian christians hindu sikh western islamist catholic ramadan hajj".split()
)


@dataclass(slots=True)
class Named:
    """A place name: `first:last` all its words, `core` the name without type and part; `type` the precision of its type word."""

    first: int
    last: int
    core: Range
    type: str | None = None
    part: bool = False  # a part of it is meant: *southern Afghanistan*, *north of Baghdad*
    adjective: bool = False  # *Iraqi*: no place, unless nothing else is named


def find(ctx: Context) -> list[Named]:
    """All names of places, in text order; they do not overlap."""
    ranges = sorted({r for n in ctx.named if n.label in PLACES for r in _split(ctx, n.first, n.last)})
    taken = {i for n in ctx.named for i in range(n.first, n.last)}
    ranges += _unlabelled(ctx, taken)
    ranges += [(n.first, n.last) for n in ctx.named if n.label not in PLACES and _mislabelled(ctx, n.first, n.last)]
    found: list[Named] = []
    for core in _joined(ctx, sorted(ranges)):
        name = _grown(ctx, core)
        if not found or found[-1].last <= name.first:
            found.append(name)
        elif found[-1].last <= core[0]:
            found.append(Named(core[0], name.last, core, name.type))
    return found


def _split(ctx: Context, first: int, last: int) -> Iterator[Range]:
    """A run labelled as a place, cut at its possessive marks, without articles and marks at its ends."""
    start = first
    for i in range(first, last + 1):
        marked = i == last or ctx.tokens[i].text in _POSSESSIVE or ctx.tokens[i].text in ",;("
        if marked or (i > start and not _on_one_line(ctx, i)):
            low, high = ctx.trim(start, i)
            while low < high and ctx.tokens[low].upos in ("DET", "ADP", "CCONJ"):
                low += 1
            while low < high and ctx.tokens[high - 1].upos in ("ADP", "CCONJ", "DET"):
                high -= 1
            if (
                low < high
                and not _is_body(ctx, low, high)
                and any(ctx.tokens[k].text[:1].isupper() for k in range(low, high))
            ):
                yield low, high
            start = i + 1 if marked else i


def _is_body(ctx: Context, first: int, last: int) -> bool:
    """Whether a name that the model took for a place is a known organisation, and no place of the tables beside (*Pentagon*)."""
    words = ctx.words(first, last)
    return roles.organisation(words) is not None and not any(e.kind in _SURE for e in gazetteer.look_up(words))


def _unlabelled(ctx: Context, taken: set[int]) -> Iterator[Range]:
    """Proper nouns that are countries or well-known regions and stand in no name of any kind."""
    i, end = 0, len(ctx.tokens)
    while i < end:
        j = i
        while (
            j < end
            and j - i < 4
            and (j == i or _on_one_line(ctx, j))
            and j not in taken
            and ctx.tokens[j].upos == "PROPN"
            and ctx.tokens[j].text[:1].isupper()
        ):
            j += 1
        if j > i and any(e.kind in _SURE for e in gazetteer.look_up(ctx.words(i, j))):
            yield i, j
        i = max(j, i + 1)


def _mislabelled(ctx: Context, first: int, last: int) -> bool:
    """Whether a name labelled as person or organisation is a country or region after *in*, *near*, *from* …"""
    head = ctx.head(first, last)
    case = ctx.child(head, "case")
    if case is None or ctx.tokens[case].text.lower() not in (
        "in",
        "into",
        "near",
        "across",
        "throughout",
        "inside",
        "outside",
    ):
        return False
    return any(e.kind in _SURE for e in gazetteer.look_up(ctx.words(first, last)))


def _joined(ctx: Context, ranges: list[Range]) -> list[Range]:
    """Neighbouring pieces that are one name in the gazetteer are one (*North* + *Kivu*, *Pakistani* + *Kashmir*)."""
    made: list[Range] = []
    for r in ranges:
        if made and r[0] < made[-1][1]:
            continue
        if (
            made
            and made[-1][1] == r[0]
            and _on_one_line(ctx, r[0])
            and (gazetteer.look_up(ctx.words(made[-1][0], r[1])) or not _is_people(ctx, made[-1]))
        ):
            made[-1] = (made[-1][0], r[1])
        else:
            made.append(r)
    return made


def _on_one_line(ctx: Context, token: int) -> bool:
    """Whether a token stands on the line of the one before it."""
    return "\n" not in ctx.report.text[ctx.tokens[token - 1].end : ctx.tokens[token].start]


def _is_people(ctx: Context, r: Range) -> bool:
    return countries.of_people(ctx.words(*r)) is not None


def _grown(ctx: Context, core: Range) -> Named:
    """The name with its type word and the part of it that is meant."""
    first, last = core
    folded = ctx.words(first, last)
    name = Named(first, last, core)
    name.adjective = (countries.named(folded) is None and _is_people(ctx, core)) or countries.fold(folded) in _NO_PLACES
    if name.adjective:
        return name
    tail = ctx.tokens[last - 1].text.lower()
    if last - first > 1 and tail in TYPES:
        name.type = TYPES[tail]
        name.core = (first, last - 1)
        if gazetteer.look_up(folded):
            name.core = core
    else:
        _grow_right(ctx, name)
    _grow_left(ctx, name)
    return name


def _grow_right(ctx: Context, name: Named) -> None:
    """*Helmand province*, *Jebaliya refugee camp*."""
    end = min(ctx.sentence(name.first).last, name.last + 3)
    i = name.last
    while i < end and ctx.tokens[i].text.lower() in _BETWEEN:
        i += 1
    if (
        i < end
        and (word := ctx.tokens[i].text.lower()) in TYPES
        and not (i + 1 < end and ctx.tokens[i + 1].text[:1].isupper() and ctx.tokens[i + 1].upos == "PROPN")
    ):
        # *Baghdad police station chief* is no place: the type word must govern the name
        if ctx.tokens[i].deprel == "compound" and ctx.tokens[i].head > i:
            return
        name.type, name.last = TYPES[word], i + 1


def _grow_left(ctx: Context, name: Named) -> None:
    """*southern Afghanistan*, *the city of Basra*, *north of Baghdad* (there the name only)."""
    start = ctx.sentence(name.first).first
    at = name.first - 1
    if at < start:
        return
    word = ctx.tokens[at].text.lower()
    if word in PARTS and not gazetteer.look_up(f"{word} {ctx.words(*name.core)}"):
        name.first, name.part = at, True
    elif word in PARTS:
        name.first = at
        name.core = (at, name.core[1])
    elif (
        word == "of"
        and at - 1 >= start
        and name.type is None
        and (kind := TYPES.get(ctx.tokens[at - 1].text.lower(), "exact")) != "exact"
    ):
        # *the city of Basra*, but not *Diyala province of Iraq*
        if at - 2 < start or ctx.tokens[at - 2].upos != "PROPN":
            name.type = kind
    elif word == "of" and at - 1 >= start and ctx.tokens[at - 1].text.lower() in PARTS:
        name.part = True
