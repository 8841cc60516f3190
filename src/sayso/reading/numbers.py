"""Number phrases → intervals: the table "what the words allow" of the contract, over the tokens of a sentence.

`find` gives every quantity of a token range with its number, hedge and interval. Nothing here knows what is counted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sayso.language import Token

UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "lakh": 10**5,
    "crore": 10**7,
}
SHORT_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
SIGNS = frozenset("$ € £ ¥ ₴ ₽ ₪ ₹ us$ a$ c$".split())
# Plural scales without a number before them: the least that the words allow (RECORDS.md).
PLURALS = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2 * 10**6, "billions": 2 * 10**9}
# Words for "three or more"; `several dozen` is three dozen and more.
VAGUE = (
    "a number of",
    "a handful of",
    "a handful",
    "a few",
    "quite a few",
    "several",
    "multiple",
    "numerous",
    "many",
    "various",
    "countless",
    "few",
)
NONE = ("no one", "nobody", "none", "no", "not one", "not a single", "zero")
# *no one*, *every one of them*: not a number.
_UNCOUNTED_ONE = frozenset("no every any each this that which the".split())
_CHANGES = frozenset(
    "raise raised raises raising rise rises rose risen rising increase increased increases increasing revise revised revising "
    "update updated correct corrected lower lowered lowering reduce reduced cut cutting fall falls fell fallen drop drops dropped "
    "climb climbs climbed jump jumped grow grows grew grown double doubled swell swelled up down went".split()
)
COUPLES = ("a couple of", "a couple", "a pair of", "both")

_BEFORE: dict[str, str] = {
    "more_than": "more than|over|above|in excess of|upwards of|upward of|well over|just over|exceeding|exceeded|greater than|beyond|surpassing|topped|topping",
    "at_least": "at least|no fewer than|no less than|not fewer than|not less than|a minimum of|minimum of|a minimum|as few as",
    "up_to": "up to|as many as|as high as|as much as|at most|at the most|no more than|not more than|a maximum of|maximum of|at a maximum",
    "less_than": "fewer than|less than|under|below|just under|well under",
    "nearly": "nearly|almost|close to|approaching|not quite|practically|virtually",
    "about": "about|around|some|roughly|approximately|approx|approx.|an estimated|estimated|circa|ca.|in the region of|"
    "somewhere around|something like|in the order of|on the order of|perhaps|an average of|~|a reported",
}  # fmt: skip
_AFTER: dict[str, str] = {
    "at_least": "or more|or above|and more|at least|or over|at the least|at a minimum|upwards|plus|and up",
    "up_to": "at most|at the most|or less|or fewer|at a maximum|or under|tops",
    "about": "or so|approximately|or thereabouts|, approximately|, roughly|more or less",
    "more_than": "and counting|+",
}
_LONGEST_HEDGE = 5


def _table(words: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): hedge for hedge, phrases in words.items() for phrase in phrases.split("|")}


BEFORE, AFTER = _table(_BEFORE), _table(_AFTER)
_DIGITS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Value:
    """A bare number over tokens `first:last`; `step` is the last digit written (1, 0.1 million …)."""

    first: int
    last: int
    low: Fraction
    high: Fraction | None
    step: Fraction
    hedge: str = "exact"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number phrase: tokens `first:last` with its hedge, of which `number` is the number itself."""

    first: int
    last: int
    number: tuple[int, int]
    hedge_at: tuple[int, int] | None
    low: int | float
    high: int | float | None
    hedge: str

    def shifted(self, by: int) -> Quantity:
        """The same with all token indices moved."""
        moved = (self.hedge_at[0] + by, self.hedge_at[1] + by) if self.hedge_at else None
        at = (self.number[0] + by, self.number[1] + by)
        return Quantity(self.first + by, self.last + by, at, moved, self.low, self.high, self.hedge)


def number(value: Fraction) -> int | float:
    """Whole values as integers."""
    return int(value) if value.denominator == 1 else float(value)


def hedged(value: Value, hedge: str) -> tuple[int | float, int | float | None]:
    """The interval that a hedge allows round a value; the rules of RECORDS.md, with decimals in steps of the last digit."""
    low, high, step = value.low, value.high, value.step
    top = low if high is None else high
    if hedge == "more_than":
        return number(top + step if value.hedge != "vague" else low), None
    if hedge == "at_least":
        return number(low), None
    if hedge == "up_to":
        return 0, number(top)
    if hedge == "less_than":
        return 0, number(max(low - step, Fraction(0)))
    less = max(low - step, Fraction(0))  # nothing counts below nought
    if hedge == "nearly":
        return number(min(_up(low * 9 / 10, step), less)), number(less)
    if hedge == "about" and value.hedge == "exact":
        return number(min(_up(low * 9 / 10, step), less)), number(max(_down(low * 11 / 10, step), low + step))
    return number(low), None if high is None else number(high)


def _up(value: Fraction, step: Fraction) -> Fraction:
    return math.ceil(value / step) * step


def _down(value: Fraction, step: Fraction) -> Fraction:
    return math.floor(value / step) * step


# --- bare numbers -----------------------------------------------------------------------------------------------------


class Reader:
    """Reads numbers off a list of tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.low = [t.text.lower() for t in tokens]
        self.tokens = tokens

    def phrase(self, at: int, phrases: Sequence[str]) -> int:
        """The length of the longest of the phrases that begins at a token, or 0."""
        fits = (len(p.split()) for p in phrases if self.low[at : at + len(p.split())] == p.split())
        return max(fits, default=0)

    def value(self, at: int) -> Value | None:
        """The number that begins at a token: digits, words, mixed, vague, or a range of two."""
        first = self._simple(at)
        if first is None:
            return None
        joint = [] if self._changes(at) else self.low[first.last : first.last + 1]
        if joint and joint[0] in ("to", "-", "–", "or") and first.high is not None:
            second = self._simple(first.last + 1)
            if (
                second
                and second.hedge == "exact"
                and second.low > first.low
                and (joint[0] != "or" or second.low <= first.low + 5)
            ):
                low = self._shared_scale(first, second)
                return Value(at, second.last, low, second.low, second.step, "range")
        return first

    def _changes(self, at: int) -> bool:
        """Whether the number is what another has grown or shrunk from: *raised the toll from 12 to 15* is no range."""
        return self.low[at - 1 : at] == ["from"] and any(w in _CHANGES for w in self.low[max(0, at - 8) : at])

    def _shared_scale(self, first: Value, second: Value) -> Fraction:
        """The first of two numbers with the scale of the second, where it has none: *2 to 3 million*."""
        scale = next((SCALES[w] for w in self.low[second.first : second.last] if w in SCALES), 1)
        bare = not any(w in SCALES for w in self.low[first.first : first.last])
        return first.low * scale if bare and first.low * scale < second.low else first.low

    def _simple(self, at: int) -> Value | None:
        if at >= len(self.low) or (self.low[at] == "one" and at and self.low[at - 1] in _UNCOUNTED_ONE):
            return None
        return self._vague(at) or self._exact(at)

    def _vague(self, at: int) -> Value | None:
        word = self.low[at]
        one = Fraction(1)
        if word in PLURALS:
            if self.low[at + 1 : at + 2] == ["of"] and self.low[at + 2 : at + 3] and self.low[at + 2] in PLURALS:
                inner = PLURALS[self.low[at + 2]] // 2  # hundreds of thousands: 200 × 1000
                return Value(at, at + 3, Fraction(PLURALS[word] * inner), None, one, "vague")
            return Value(at, at + 1, Fraction(PLURALS[word]), None, one, "vague")
        if (
            word == "tens"
            and self.low[at + 1 : at + 2] == ["of"]
            and self.low[at + 2 : at + 3]
            and self.low[at + 2] in PLURALS
        ):
            return Value(at, at + 3, Fraction(10 * PLURALS[self.low[at + 2]]), None, one, "vague")
        size = self.phrase(at, COUPLES)
        if size:
            scaled, last = self._scaled(at + size)
            return Value(at, last, Fraction(2 * scaled), Fraction(2 * scaled), one)
        size = self.phrase(at, VAGUE)
        if size and not (word in ("few", "many") and at and self.low[at - 1] in ("a", "the", "as", "so", "how", "too")):
            scaled, last = self._scaled(at + size)
            return Value(at, last, Fraction(3 * scaled), None, one, "vague")
        return None

    def _scaled(self, at: int) -> tuple[int, int]:
        """The scale word at a token (1 where there is none) and where it ends."""
        scale, last = 1, at
        while last < len(self.low) and self.low[last] in SCALES:
            scale *= SCALES[self.low[last]]
            last += 1
        return scale, last

    def _exact(self, at: int) -> Value | None:
        low = self.low
        word = low[at]
        if word in ("a", "an", "half", "one") and (half := self._half(at)):
            return half
        if word in ("a", "an") and low[at + 1 : at + 2] and low[at + 1] in SCALES:
            scale, last = self._scaled(at + 1)
            return self._and_more(Value(at, last, Fraction(scale), Fraction(scale), Fraction(1)))
        if _DIGITS.match(word):
            return self._digits(at)
        if word in UNITS or word in TENS:
            return self._words(at)
        return None

    def _half(self, at: int) -> Value | None:
        """*half a million*, *half a dozen*, *a half million*."""
        low = self.low
        for lead in (["half", "a"], ["half", "of", "a"], ["a", "half"], ["half"]):
            end = at + len(lead)
            if low[at:end] == lead and low[end : end + 1] and low[end] in SCALES:
                half = Fraction(SCALES[low[end]], 2)
                return Value(at, end + 1, half, half, Fraction(1))
        return None

    def _digits(self, at: int) -> Value | None:
        text = self.low[at].replace(",", "")
        value, step = Fraction(text), Fraction(1, 10 ** len(text.partition(".")[2]))
        scale, last = self._scaled(at + 1)
        if scale == 1 and self.low[last : last + 1] and self.low[last] in SHORT_SCALES and self._glued(at):
            scale, last = SHORT_SCALES[self.low[last]], last + 1
        if scale == 1 and self.low[last : last + 1] and self.low[last] == "-" and self.low[last + 1 : last + 2]:
            inner, end = self._scaled(last + 1)
            if inner > 1:
                scale, last = inner, end
        step = step * scale if "." in text else Fraction(1)
        value *= scale
        return Value(at, last, value, value, step)

    def _glued(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at].end == self.tokens[at + 1].start

    def _words(self, at: int) -> Value | None:
        """*twenty-five*, *three hundred and twelve*, *two and a half million*."""
        low, total, part, last = self.low, 0, 0, at
        while last < len(low):
            word = low[last]
            if word in TENS:
                part += TENS[word]
            elif word in UNITS and (last == at or part % 10 == 0):
                part += UNITS[word]
            elif word in ("hundred", "dozen") and part:
                part *= SCALES[word]
            elif word in SCALES and part:
                total, part = total + part * SCALES[word], 0
            elif word in ("-", "and") and self._goes_on(last, at):
                pass
            else:
                break
            last += 1
        if (
            last > at
            and low[last : last + 3] == ["and", "a", "half"]
            and low[last + 3 : last + 4]
            and low[last + 3] in SCALES
        ):
            half = (Fraction(total + part) + Fraction(1, 2)) * SCALES[low[last + 3]]
            return Value(at, last + 4, half, half, Fraction(1))
        if last == at:
            return None
        value = Fraction(total + part)
        return Value(at, last, value, value, Fraction(1))

    def _goes_on(self, at: int, first: int) -> bool:
        """Whether `-` or `and` at a token stands inside one number in words."""
        before, after = self.low[at - 1], self.low[at + 1 : at + 2]
        if not after:
            return False
        if self.low[at] == "-":
            return before in TENS and after[0] in UNITS
        return at > first and before in SCALES and before != "dozen" and (after[0] in UNITS or after[0] in TENS)

    def _and_more(self, value: Value) -> Value:
        """*a hundred and twenty*."""
        if self.low[value.last : value.last + 1] == ["and"] and value.last + 1 < len(self.low):
            rest = self._words(value.last + 1) if self.low[value.last + 1] in UNITS | TENS else None
            if rest and rest.low < value.low and value.low % 100 == 0:
                both = value.low + rest.low
                return Value(value.first, rest.last, both, both, Fraction(1))
        return value

    def none(self, at: int) -> Value | None:
        """*no one*, *none*, *no* before a noun: zero."""
        size = self.phrase(at, NONE)
        zero = Fraction(0)
        return Value(at, at + size, zero, zero, Fraction(1)) if size else None

    # --- hedges -------------------------------------------------------------------------------------------------------

    def quantity(self, value: Value, floor: int = 0) -> Quantity:
        """The value with the hedge that stands before or behind it; `floor`: the first token a hedge may use."""
        first, last, hedge, at = value.first, value.last, value.hedge, None
        if value.hedge == "range" or (value.first > floor and self.low[value.first - 1] == "between"):
            value = self._between(value)
            hedge, last = value.hedge, value.last
            if first > floor and self.low[first - 1] in ("between", "from"):
                first, at = first - 1, (first - 1, first)
        before = self._before(first, floor)
        if before:
            at = (before[0], first - 1 if self.low[first - 1] in SIGNS else first)
            first, hedge = before[0], self._with(value, before[1])
        else:
            after = self._after(last)
            if after:
                at, last, hedge = (last, after[0]), after[0], self._with(value, after[1])
        low, high = (
            hedged(value, hedge)
            if hedge not in ("exact", "vague", "range")
            else (number(value.low), _maybe(value.high))
        )
        return Quantity(first, last, (value.first, value.last), at, low, high, hedge)

    def _between(self, value: Value) -> Value:
        """*between 40 and 60*."""
        if value.hedge == "exact" and self.low[value.last : value.last + 1] == ["and"]:
            second = self._simple(value.last + 1)
            if second and second.hedge == "exact" and second.low > value.low:
                return Value(
                    value.first, second.last, self._shared_scale(value, second), second.low, second.step, "range"
                )
        return value

    def _before(self, first: int, floor: int) -> tuple[int, str] | None:
        if first > floor and self.low[first - 1] in SIGNS:  # *under $1.5 billion*
            first -= 1
        for size in range(min(_LONGEST_HEDGE, first - floor), 0, -1):
            hedge = BEFORE.get(tuple(self.low[first - size : first]))
            if hedge:
                return first - size, hedge
        return None

    def _after(self, last: int) -> tuple[int, str] | None:
        for size in range(3, 0, -1):
            words = tuple(self.low[last : last + size])
            if len(words) == size and words in AFTER:
                return last + size, AFTER[words]
        return None

    @staticmethod
    def _with(value: Value, hedge: str) -> str:
        """A hedge on a vague word stays vague unless it bounds it (*about several*; but *more than a dozen*)."""
        if value.hedge == "vague" and hedge in ("about", "nearly"):
            return "vague"
        return "range" if value.hedge == "range" and hedge == "about" else hedge


def _maybe(value: Fraction | None) -> int | float | None:
    return None if value is None else number(value)


def find(tokens: Sequence[Token]) -> list[Quantity]:
    """All quantities among the tokens, left to right, without overlap."""
    reader, found, at, floor = Reader(tokens), [], 0, 0
    while at < len(tokens):
        value = reader.value(at)
        if value is None:
            at += 1
            continue
        quantity = reader.quantity(value, floor)
        found.append(quantity)
        at = floor = quantity.last
    return found
