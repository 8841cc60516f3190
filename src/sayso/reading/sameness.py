"""Whether a mention names a happening that the report has named before: a small learnt scale over readable clues.

One of the clues is what the encoder says of the pair.

Each clue adds its weight; the likeliest earlier event of the same type is taken where the sum is above a threshold. The weights were
learnt by `training/sameness.py` on the mentions of gold train (logistic regression; see docs/quality).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from sayso.reading.context import Context

Range = tuple[int, int]
_WEIGHTS = Path(__file__).parent / "reference" / "sameness.json"
# Nouns that can take up any happening of their type again.
GENERIC = frozenset(
    "attack blast incident violence explosion assault bombing strike operation killing shooting clash raid fighting offensive "
    "talks talk meeting visit negotiation discussion summit protest demonstration rally march election vote war conflict "
    "ambush bomb one it this quake earthquake storm outbreak disease ceasefire truce agreement deal arrest release".split()
)
HARM = frozenset("kill wound injure die hurt hit damage destroy death casualty slay murder dead".split())
LIMIT = 6  # the model's score of a pair counts in whole steps, no further than this from 0
WINDOW = 40  # earlier mentions looked at
# Taken from this sum on. Set on gold train, each report read by a reader that had not learnt from it; 0 would split too many.
THRESHOLD = -0.5


class Mention(Protocol):
    """What is needed of a mention."""

    at: Range
    number: int
    type: str
    voice: int | None
    actors: list[Range]
    recipients: list[Range]
    where: list[Range]


M = TypeVar("M", bound=Mention)


def antecedent(ctx: Context, mention: M, events: Sequence[Sequence[M]]) -> int | None:
    """The number of the earlier event (a list of mentions) that the mention names again, if any."""
    best, best_score = None, THRESHOLD
    for number in range(max(0, len(events) - WINDOW), len(events)):
        event = events[number]
        if event[0].type != mention.type:
            continue
        total = max(score(clues(ctx, earlier, mention)) for earlier in event[-6:])
        if total > best_score:
            best, best_score = number, total
    return best


def score(found: Iterator[str]) -> float:
    """The sum of the weights of the clues."""
    weights = _weights()
    return weights["bias"] + sum(weights.get(clue, 0.0) for clue in found)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return loaded


def clues(ctx: Context, earlier: Mention, later: Mention) -> Iterator[str]:
    """The clues that speak for or against two mentions naming one happening."""
    a, b = ctx.head(*earlier.at), ctx.head(*later.at)
    one, two = ctx.tokens[a], ctx.tokens[b]
    lemma, other = one.lemma.lower(), two.lemma.lower()
    yield "type:" + later.type
    yield from _distance(ctx, earlier, later, a, b)
    if lemma == other:
        yield "same lemma"
        yield "same lemma:" + later.type
    elif lemma[:4] == other[:4]:
        yield "same stem"
    noun = two.upos in ("NOUN", "PROPN")
    yield f"form:{one.upos[:4]}>{two.upos[:4]}"
    if noun:
        yield "noun:" + _determiner(ctx, b)
        if other in GENERIC:
            yield "generic noun:" + _determiner(ctx, b)
    if lemma in HARM:
        yield "earlier harm"
    if other in HARM:
        yield "later harm" + (" after act" if lemma not in HARM else " after harm")
    linked = ctx.analysis.same.get((earlier.number, later.number))
    if linked is not None:
        yield f"link:{max(-LIMIT, min(LIMIT, round(linked)))}"
    yield "voice:" + ("same" if earlier.voice == later.voice else "other")
    for slot in ("actors", "recipients", "where"):
        yield from _slot(ctx, slot, getattr(earlier, slot), getattr(later, slot))


def _distance(ctx: Context, earlier: Mention, later: Mention, a: int, b: int) -> Iterator[str]:
    first, second = ctx.sentence(earlier.at[0]), ctx.sentence(later.at[0])
    if first == second:
        yield "one sentence"
        if ctx.tokens[a].head == b or ctx.tokens[b].head == a:
            link = ctx.tokens[a].deprel if ctx.tokens[a].head == b else ctx.tokens[b].deprel
            yield "joined"
            yield "joined:" + link.split(":")[0]
        elif ctx.tokens[a].head == ctx.tokens[b].head:
            yield "one governor"
    else:
        between = ctx.number[later.at[0]] - ctx.number[earlier.at[0]]
        yield f"sentences:{min(between, 6)}"
        if "\n\n" in ctx.report.text[first.end : second.start]:
            yield "other paragraph"


def _determiner(ctx: Context, head: int) -> str:
    child = next((c for c in ctx.children[head] if ctx.tokens[c].deprel in ("det", "nmod:poss")), None)
    if child is None:
        return "plural" if ctx.tokens[head].xpos in ("NNS", "NNPS") else "bare"
    word = ctx.tokens[child].text.lower()
    if word in ("the", "this", "that", "these", "those"):
        return word if word == "the" else "this"
    return "another" if word == "another" else "a" if word in ("a", "an") else "poss"


def _slot(ctx: Context, slot: str, ones: list[Range], others: list[Range]) -> Iterator[str]:
    if not ones or not others:
        return
    if any(x == y for x in ones for y in others):
        yield f"{slot}: very same"
        return
    left, right = (set().union(*(_names(ctx, r) for r in side)) for side in (ones, others))
    numbers, more = ({w for w in side if w.isdigit() or w in _NUMBERS} for side in (left, right))
    if numbers and more and not numbers & more:
        yield f"{slot}: other number"
    yield f"{slot}: alike" if (left & right) - _NUMBERS else f"{slot}: unlike"


_NUMBERS = frozenset("one two three four five six seven eight nine ten eleven twelve dozen hundred thousand".split())


def _names(ctx: Context, found: Range) -> set[str]:
    return {ctx.tokens[i].lemma.lower() for i in range(*found) if ctx.tokens[i].upos in ("NOUN", "PROPN", "NUM", "ADJ")}
