"""Figure spans → figures: number, hedge, item, interval, measure, population, scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from sayso.language import Found
from sayso.reading import measures
from sayso.reading.context import Context
from sayso.reading.numbers import Quantity, Reader, Value

Range = tuple[int, int]
HEDGE_ROOM = 5  # tokens before a figure in which its hedge may stand
ONES = frozenset("a an another one his her their its the my our this that each every".split())
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
    for run in ctx.analysis.figures:
        for draft in _from_run(ctx, run):
            if not any(d.span[0] < draft.span[1] and draft.span[0] < d.span[1] for d in found):
                found.append(draft)
    found.sort(key=lambda d: d.span)
    _corrections(ctx, found)
    _parts(ctx, found)
    return found


def _from_run(ctx: Context, run: Found) -> Iterator[Draft]:
    sentence = ctx.sentence(run.first)
    first, last = ctx.trim(run.first, min(run.last, sentence.last))
    if first >= last:
        return
    note = f"language: figure {ctx.words(first, last)!r} p={run.score:.2f}, measure {run.label}"
    floor = max(sentence.first, first - HEDGE_ROOM)
    reader = Reader(ctx.tokens[floor : sentence.last])
    quantities = list(_quantities(reader, first - floor, last - floor))
    if not quantities:
        quantities = [_unnumbered(ctx, reader, first, last, floor)]
    for k, quantity in enumerate(quantities):
        begin = floor + quantity.first if k or quantity.first + floor < first else first
        end = floor + quantities[k + 1].first if k + 1 < len(quantities) else max(last, floor + quantity.last)
        yield _draft(ctx, run, quantity, floor, ctx.trim(begin, end), note)


def _quantities(reader: Reader, first: int, last: int) -> Iterator[Quantity]:
    """The numbers inside a run; a hedge may stand outside of it. Ages (*20-year-old*) and ordinals do not count."""
    at, floor = first, 0
    while at < last:
        value = reader.value(at)
        if value is None or _is_age(reader, value.last) or _is_part_of_date(reader, value):
            at = value.last if value else at + 1
            continue
        quantity = reader.quantity(value, floor)
        yield quantity
        at = floor = max(quantity.last, at + 1)


def _is_age(reader: Reader, at: int) -> bool:
    words = reader.low[at : at + 3]
    return words[:2] == ["-", "year"] or words[:2] == ["years", "old"] or words[:1] == ["-year"] or words[:2] == ["-", "month"]


def _is_part_of_date(reader: Reader, value: Value) -> bool:
    after = reader.low[value.last : value.last + 1]
    return bool(after) and after[0] in ("%", "percent", "per", "years", "miles", "kilometers", "kilometres", "km", "days", "hours", "year")


def _unnumbered(ctx: Context, reader: Reader, first: int, last: int, floor: int) -> Quantity:
    """A figure without a number: *no one* (0), *a soldier* (1), *some passengers* (3 and more), *civilians* (1 and more)."""
    none = reader.none(first - floor)
    if none:
        return reader.quantity(none, first - floor)
    word = ctx.tokens[first].text.lower()
    head = ctx.head(first, last)
    number = (first - floor, first - floor + 1)
    if word == "some":
        return Quantity(first - floor, last - floor, number, None, 3, None, "vague")
    singles = _singles(ctx, first, last, head)
    if singles:
        value = Value(number[0], number[1], Fraction(singles), Fraction(singles), Fraction(1))
        return Quantity(first - floor, last - floor, (value.first, value.last), None, singles, singles, "exact")
    return Quantity(first - floor, last - floor, number, None, 1, None, "vague")


def _singles(ctx: Context, first: int, last: int, head: int) -> int:
    """How many single beings a noun phrase names (*a professor and his son*: 2); 0 where one of them is a plural."""
    named = [head, *(i for i in range(first, last) if ctx.tokens[i].deprel == "conj" and ctx.tokens[i].head == head)]
    plural = any(ctx.tokens[i].xpos in ("NNS", "NNPS") or ctx.tokens[i].text.lower() in OTHERS - {"another"} for i in named)
    return 0 if plural else len([i for i in named if ctx.tokens[i].upos in ("NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM")])


def _draft(ctx: Context, run: Found, quantity: Quantity, floor: int, span: Range, note: str) -> Draft:
    number = (floor + quantity.number[0], floor + quantity.number[1])
    hedge_at = (floor + quantity.hedge_at[0], floor + quantity.hedge_at[1]) if quantity.hedge_at else None
    span = (min(span[0], floor + quantity.first), max(span[1], floor + quantity.last))
    item = _item(ctx, span, number, hedge_at)
    draft = Draft(span, number, hedge_at, item, quantity.low, quantity.high, quantity.hedge, run.label, run.score, trace=[note])
    draft.population = measures.population(ctx, item or span)
    draft.scope = _scope(ctx, span)
    draft.trace.append(f"numbers: {ctx.words(*span)!r} is {draft.low}…{'open' if draft.high is None else draft.high} ({draft.hedge})")
    return draft


def _item(ctx: Context, span: Range, number: Range, hedge_at: Range | None) -> Range | None:
    """What is counted: the words behind number and hedge, without *of*, articles and *other*."""
    first = max(number[1], hedge_at[1]) if hedge_at and hedge_at[0] >= number[1] else number[1]
    last = span[1]
    while first < last and (ctx.tokens[first].upos in ("ADP", "DET", "PUNCT", "PRON") or ctx.tokens[first].text.lower() == "more"):
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
    for earlier, later in zip(found, found[1:], strict=False):
        between = ctx.words(earlier.span[1], later.span[0])
        lead = ctx.words(max(0, earlier.span[0] - 2), earlier.span[0])
        if between == "to" and lead.endswith("from") and ctx.sentence(earlier.at) == ctx.sentence(later.at):
            later.was = (earlier.low, earlier.high)
            later.trace.append("figures: corrected from an earlier value")
    found[:] = [d for k, d in enumerate(found) if not (k + 1 < len(found) and found[k + 1].was == (d.low, d.high) and found[k + 1].was)]


def _parts(ctx: Context, found: list[Draft]) -> None:
    """*27 people, including five children*: the second is a sub-total of the first."""
    for k, draft in enumerate(found[1:], 1):
        lead = ctx.words(max(0, draft.span[0] - 3), draft.span[0])
        if measures.INCLUDING.search(lead) and ctx.sentence(found[k - 1].at) == ctx.sentence(draft.at):
            total = found[k - 1].part_of if found[k - 1].part_of is not None else k - 1
            draft.part_of = total
            if draft.measure == "other":
                draft.measure = found[total].measure
            draft.trace.append("figures: a part of the figure before it")
