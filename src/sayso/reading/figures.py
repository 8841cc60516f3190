"""Figure spans → figures: number, hedge, item, interval, measure, population, scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from sayso.language import PLACES, Found, Frame, Sentence
from sayso.reading import measures, numbers
from sayso.reading.context import Context
from sayso.reading.numbers import Quantity, Reader
from sayso.reading.status import DOUBT

Range = tuple[int, int]
# Measures of the model that the words of the clause do not overrule: harm to people is seldom mistaken.
SETTLED = frozenset("killed injured missing money weapons_intercepted protesters".split())
ONE = frozenset(("a", "an", "another"))
MANY = frozenset(("people", "police", "men", "women", "children", "troops", "media"))
_COUNTABLE = frozenset("NOUN PROPN PRON NUM".split())
SURE = 0.5  # from this probability on what the model says of population and scope counts
NOUN_ROOM = 4  # tokens behind a number in which the noun stands that it counts
LATELY = 8  # figures before one that may overlap it: runs come in text order
OTHERS = frozenset("others more rest another".split())


@dataclass(slots=True)
class Draft:
    """A figure on its way: token ranges and the interval."""

    span: Range
    number: Range
    hedge_at: Range | None
    item: Range | None
    low: int | float | None
    high: int | float | None
    hedge: str
    measure: str
    score: float
    population: str | None = None
    unit: str | None = None
    currency: str | None = None
    scope: str = "event"
    was: tuple[int | float | None, int | float | None] | None = None
    event: int | None = None
    part_of: int | None = None
    trace: list[str] = field(default_factory=list)

    @property
    def at(self) -> int:
        """The token by which the figure's place in the text goes."""
        return self.number[0]


def drafts(ctx: Context) -> list[Draft]:
    """All figures of a report in text order."""
    found: list[Draft] = []
    cached: dict[int, list[Quantity]] = {}
    for frame in ctx.analysis.figures:
        run = frame.trigger
        sentence = ctx.sentence(run.first)
        if sentence.first not in cached:
            cached[sentence.first] = _quantities(ctx, sentence)
        for draft in _from_run(ctx, run, cached[sentence.first]):
            _beside_model(ctx, draft, frame)
            if not any(d.span[0] < draft.span[1] and draft.span[0] < d.span[1] for d in found[-LATELY:]):
                found.append(draft)
    found.sort(key=lambda d: d.span)
    _corrections(ctx, found)
    _shares(ctx, found)
    _parts(ctx, found)
    return found


def _from_run(ctx: Context, run: Found, known: list[Quantity]) -> Iterator[Draft]:
    """The figures of one span of the model; `known`: all quantities of its sentence, as indices into the report's tokens."""
    first, last = ctx.trim(run.first, min(run.last, ctx.sentence(run.first).last))
    if first >= last:
        return
    note = f"language: figure {ctx.words(first, last)!r} p={run.score:.2f}, measure {run.label}"
    counted = [q for q in known if q.first < last and (first < q.last or _counted_by(ctx, q, first))]
    if not counted and not _countable(ctx, first, last):
        return
    quantities = counted or [_unnumbered(ctx, first, last)]
    for k, quantity in enumerate(quantities):
        begin = min(first, quantity.first) if k == 0 else quantity.first
        end = quantities[k + 1].first if k + 1 < len(quantities) else _noun_end(ctx, quantity, max(last, quantity.last))
        yield _draft(ctx, run, quantity, ctx.trim(begin, end), note)


def _beside_model(ctx: Context, draft: Draft, frame: Frame) -> None:
    """What the model sees beside the span: it fills what the words leave open, and where both speak and differ that costs confidence."""
    item = next((r for r in frame.role("item") if draft.span[0] <= r.first and r.last <= draft.span[1]), None)
    if draft.item is None and item and item.first >= draft.number[1]:
        draft.item = (item.first, item.last)
        draft.trace.append(f"language: item {ctx.words(*draft.item)!r} p={item.score:.2f}")
    population, scope = frame.marks.get("population"), frame.marks.get("scope")
    if population and population.label != "none" and population.score >= SURE:
        if draft.population is None:
            draft.population = population.label
            draft.trace.append(f"language: population {population.label} p={population.score:.2f}")
        elif draft.population != population.label:
            _doubted(draft, "population", draft.population, population.label)
    if scope and scope.score >= SURE and scope.label != draft.scope:
        _doubted(draft, "scope", draft.scope, scope.label)


def _doubted(draft: Draft, slot: str, ruled: str, learnt: str) -> None:
    draft.score *= DOUBT
    draft.trace.append(f"figures: {slot} {ruled} by its words, the model has it {learnt}")


def _noun_end(ctx: Context, quantity: Quantity, last: int) -> int:
    """Where a figure ends whose span breaks off at the number: behind the noun that the number counts."""
    noun = ctx.tokens[quantity.number[1] - 1].head
    if last > quantity.last or not last <= noun < last + NOUN_ROOM or ctx.tokens[noun].upos not in ("NOUN", "PROPN"):
        return last
    return noun + 1 if ctx.tokens[quantity.number[1] - 1].deprel == "nummod" else last


def _quantities(ctx: Context, sentence: Sentence) -> list[Quantity]:
    """The numbers of a sentence that may count something: no ages (*20-year-old*), percentages, distances."""
    tokens = ctx.tokens[sentence.first : sentence.last]
    low = [t.text.lower() for t in tokens]
    found = []
    for q in numbers.find(tokens):
        if not _is_age(low, q.number[1]) and not _is_measure(low, q.number[1]):
            found.append(q.shifted(sentence.first))
    return found


def _countable(ctx: Context, first: int, last: int) -> bool:
    """Whether a span without a number names beings or things: no verb, no name of a place."""
    name = ctx.names.get(first)
    if name and name.label in PLACES and last <= name.last:
        return False
    if first and ctx.tokens[first - 1].text.lower() == "of":
        return False  # *the number of people*, *blocks of flats*: what is counted stands before
    head = ctx.tokens[ctx.head(first, last)]
    one = (
        ctx.tokens[first].text.lower() in ONE and last - first > 1
    )  # *a civilian*, *an American* may pass for adjectives
    return one or head.upos in _COUNTABLE or head.text.lower() in OTHERS


def _counted_by(ctx: Context, quantity: Quantity, first: int) -> bool:
    """Whether a run begins right behind a number that counts it (*over 20 | projects*, *hundreds of | generators*)."""
    joint = ctx.words(quantity.last, first) if quantity.last <= first else ""
    return first - quantity.last <= 1 and joint in ("", "of") and ctx.tokens[first].upos in ("NOUN", "ADJ", "PROPN")


def _is_age(low: list[str], at: int) -> bool:
    words = low[at : at + 3]
    return words[:2] in (["-", "year"], ["years", "old"], ["-", "month"]) or words[:1] == ["-year"]


def _is_measure(low: list[str], at: int) -> bool:
    return low[at : at + 1] != [] and low[at] in measures.UNCOUNTED


def _unnumbered(ctx: Context, first: int, last: int) -> Quantity:
    """A figure without a number: *no one* (0), *a soldier* (1), *some passengers* (3 and more), *civilians* (1 and more)."""
    none = Reader(ctx.tokens[first:last]).none(0)
    if none:
        return Quantity(first, last, (first, first + none.last), None, 0, 0, "exact")
    number = (first, first + 1)
    if ctx.tokens[first].text.lower() == "some":
        return Quantity(first, last, number, None, 3, None, "vague")
    singles = _singles(ctx, first, last, ctx.head(first, last))
    if singles:
        return Quantity(first, last, number, None, singles, singles, "exact")
    return Quantity(first, last, number, None, 1, None, "vague")


def _singles(ctx: Context, first: int, last: int, head: int) -> int:
    """How many single beings a noun phrase names (*a professor and his son*: 2); 0 where one of them is a plural."""
    named = [head, *(i for i in range(first, last) if ctx.tokens[i].deprel == "conj" and ctx.tokens[i].head == head)]
    if any(_is_plural(ctx, i) for i in named[0 if ctx.tokens[first].text.lower() not in ONE else 1 :]):
        return 0
    return len([i for i in named if ctx.tokens[i].upos in ("NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM")])


def _is_plural(ctx: Context, at: int) -> bool:
    """A plural by its tag, unless the word is its own lemma, which the tag must then have mistaken."""
    word = ctx.tokens[at].text.lower()
    if word in OTHERS - {"another"} or word in MANY:
        return True
    return ctx.tokens[at].xpos in ("NNS", "NNPS") and word != ctx.tokens[at].lemma.lower()


def _draft(ctx: Context, run: Found, quantity: Quantity, span: Range, note: str) -> Draft:
    span = (min(span[0], quantity.first), max(span[1], quantity.last))
    draft = Draft(
        span,
        quantity.number,
        quantity.hedge_at,
        None,
        quantity.low,
        quantity.high,
        quantity.hedge,
        run.label,
        run.score,
        trace=[note],
    )
    draft.currency, draft.span = measures.currency(ctx, draft.span)
    draft.item = _item(ctx, draft.span, draft.number, draft.hedge_at)
    if draft.currency:
        draft.measure = "money"
    told = measures.by_words(ctx, draft.span, draft.item, draft.measure)
    if told and told != draft.measure and (draft.measure not in SETTLED or told.startswith("without")):
        draft.trace.append(f"measures: the words say {told}, not {draft.measure}")
        draft.score *= DOUBT
        draft.measure = told
    draft.unit = measures.unit(ctx, draft.item)
    draft.population = measures.population(ctx, draft.item or draft.span)
    draft.scope = _scope(ctx, draft.span)
    draft.trace.append(
        f"numbers: {ctx.words(*draft.span)!r} is {draft.low}…{'open' if draft.high is None else draft.high} ({draft.hedge})"
    )
    return draft


def _item(ctx: Context, span: Range, number: Range, hedge_at: Range | None) -> Range | None:
    """What is counted: the words behind number and hedge, without *of*, articles and *other*."""
    first = max(number[1], hedge_at[1]) if hedge_at and hedge_at[0] >= number[1] else number[1]
    last = span[1]
    while first < last and (
        ctx.tokens[first].upos in ("ADP", "DET", "PUNCT", "PRON") or ctx.tokens[first].text.lower() == "more"
    ):
        first += 1
    first, last = ctx.trim(first, last)
    return (first, last) if first < last else None


def _scope(ctx: Context, span: Range) -> str:
    """`cumulative` where the clause counts since a time or in all; `day` for *a day*, *per day*, *daily*."""
    sentence = ctx.sentence(span[0])
    after = ctx.words(span[1], sentence.last)
    before = ctx.words(sentence.first, span[0])
    if measures.CUMULATIVE.search(after) or measures.CUMULATIVE_BEFORE.search(before):
        return "cumulative"
    return "day" if measures.DAILY.match(after) else "event"


def _corrections(ctx: Context, found: list[Draft]) -> None:
    """*raised the toll from 12 to 15*: the second figure stands, the first is what it was."""
    for earlier, later in pairwise(found):
        between = ctx.words(earlier.number[1], later.number[0]).split()
        lead = ctx.words(max(0, earlier.number[0] - 4), earlier.number[0]).split()
        near = len(between) <= 3 and ctx.sentence(earlier.at) == ctx.sentence(later.at)
        if near and "to" in between and "from" in lead:
            later.was = (earlier.low, earlier.high)
            later.trace.append("figures: corrected from an earlier value")
    found[:] = [
        d
        for k, d in enumerate(found)
        if not (k + 1 < len(found) and found[k + 1].was == (d.low, d.high) and found[k + 1].was)
    ]


def _shares(ctx: Context, found: list[Draft]) -> None:
    """*shot down 321 of some 370 drones*: the first is a part of the second, and counts the same things."""
    for number, (part, whole) in enumerate(pairwise(found)):
        between = ctx.words(part.number[1], whole.span[0])
        if between not in ("of", "of the", "of its", "of their") or part.item not in (None, whole.item):
            continue
        part.span, part.item, part.part_of = (part.span[0], part.number[1]), whole.item, number + 1
        part.unit, part.population = whole.unit, whole.population
        told = measures.by_words(ctx, part.span, whole.item, part.measure)
        if told == "weapons_intercepted":
            part.measure, whole.measure = told, "weapons_launched"
        elif part.measure == "other":
            part.measure = told or whole.measure
        part.trace.append("figures: a share of the figure behind it")


def _parts(ctx: Context, found: list[Draft]) -> None:
    """*27 people, including five children*: the second is a sub-total of the first."""
    for k, draft in enumerate(found[1:], 1):
        lead = ctx.words(max(0, draft.span[0] - 3), draft.span[0])
        if measures.INCLUDING.search(lead) and ctx.sentence(found[k - 1].at) == ctx.sentence(draft.at):
            before = found[k - 1].part_of
            total = k - 1 if before is None else before
            draft.part_of = total
            if draft.measure == "other":
                draft.measure = found[total].measure
            draft.trace.append("figures: a part of the figure before it")
