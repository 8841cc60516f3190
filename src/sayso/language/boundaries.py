"""Where a sentence ends: a small linear model over the tokens around a gap.

Trained by `training/sentences.py` on EWT and GUM; the weights stand beside this module in `boundaries.json`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from sayso.language.analysis import Token

_SHAPES = (
    (re.compile(r"[A-Z][a-z]+"), "Aa"), (re.compile(r"[a-z]+"), "a"), (re.compile(r"[A-Z]"), "A"), (re.compile(r"[A-Z]+"), "AA"),
    (re.compile(r"\d+"), "0"), (re.compile(r"[\d.,:/-]*\d"), "0/0"), (re.compile(r"[A-Z]\."), "A."), (re.compile(r"(?:\w\.)+\w?"), "A.A."),
    (re.compile(r"[.!?…]+"), "."), (re.compile(r"\w+\."), "a."), (re.compile(r"\W+"), "#"),
)  # fmt: skip
_CLOSERS = frozenset(("'", '"', ")", "]", "}", "”", "’", "»", "''", "’’", "*", "**"))
_ENDS = frozenset(".!?…")


@cache
def weights() -> dict[str, float]:
    """The weights of the features; the key `""` is the bias."""
    raw: dict[str, float] = json.loads(files("sayso.language").joinpath("boundaries.json").read_text("utf-8"))
    return raw


def shape(form: str) -> str:
    """A rough picture of a word: `Aa` capitalised, `0` digits, `a.` abbreviated, `.` a full stop …"""
    for pattern, name in _SHAPES:
        if pattern.fullmatch(form):
            return name
    return "other"


def possible(tokens: list[Token], at: int) -> bool:
    """Whether a sentence could end before the token `at`: never inside a word, nor between two plain lower-case words."""
    before, after = tokens[at - 1], tokens[at]
    if before.end == after.start:
        return before.text[-1] in _ENDS and after.text[0].isalnum() and before.word != after.word
    return not after.text[0].islower() or not before.text[-1].isalnum()


def features(tokens: list[Token], first: int, at: int) -> list[str]:
    """The features of the gap before token `at`, in a sentence that began at token `first`; tokens of one paragraph."""
    last = at - 1
    while last > first and tokens[last].text in _CLOSERS:
        last -= 1
    closed = tokens[at - 1].text if last < at - 1 else ""
    ended = tokens[last].text[-1] in _ENDS
    one, two = _form(tokens, last), _form(tokens, last - 1)
    right, further = _form(tokens, at), _form(tokens, at + 1)
    s_one, s_two = _shape(tokens, last), _shape(tokens, last - 1)
    s_right, s_further = _shape(tokens, at), _shape(tokens, at + 1)
    kind = ("." if ended else ",") + ("" if tokens[at - 1].end < tokens[at].start else "_")
    found = [
        "k" + kind, f"l{kind} {one}", f"r{kind} {right}", f"R{kind} {right} {further}", f"L{kind} {two} {one}",
        f"s{kind} {s_one} {s_right}", f"t{kind} {s_two} {s_one} {s_right}", f"u{kind} {s_one} {s_right} {s_further}",
        f"v{kind} {s_two} {s_one} {s_right} {s_further}", f"a{kind} {one} {s_right}", f"b{kind} {s_one} {right}",
        f"c{kind} {closed} {s_right}", f"n{kind} {_bucket(at - first)} {s_right}", f"m{kind} {_bucket(len(tokens) - at)}",
        f"x{kind} {s_two} {one} {s_right}", f"y{kind} {one} {right}",
    ]  # fmt: skip
    begin = _form(tokens, first)
    found += [f"f{kind} {begin} {s_right}", f"g{kind} {_shape(tokens, first)} {_bucket(at - first)} {s_right}"]
    if not ended:
        found += [f"o {_open(tokens, first, at)}", f"p {_plain(tokens, first, at)} {s_right} {_bucket(at - first)}"]
    elif closed:
        found.append(f"q {one} {closed} {right}")
    else:
        found.append(f"o. {_open(tokens, first, at)} {s_right}")
    return found


def score(found: list[str]) -> float:
    """The log-odds that a sentence ends there."""
    table = weights()
    return sum([table.get(name, 0.0) for name in found], table[""])


def _form(tokens: list[Token], at: int) -> str:
    """The word in lower case with its digits as 0; marks of repeated signs cut to three."""
    if not 0 <= at < len(tokens):
        return "<>"
    form = tokens[at].text
    if form.isalpha():
        return form.lower()[:14]
    return re.sub(r"\d", "0", form.lower()) if len(form) < 12 and form[0].isalnum() else form[:3]


def _shape(tokens: list[Token], at: int) -> str:
    if not 0 <= at < len(tokens):
        return "<>"
    form = tokens[at].text
    return form[:3] if not form[0].isalnum() else shape(form)


def _bucket(length: int) -> int:
    return length if length < 4 else 4 if length < 7 else 7 if length < 12 else 12 if length < 25 else 25 if length < 45 else 45


def _open(tokens: list[Token], first: int, at: int) -> str:
    """Which bracket or quotation mark is still open."""
    forms = [t.text for t in tokens[max(first, at - 80) : at]]
    marks = ""
    for opening, closing in (("(", ")"), ("[", "]"), ("“", "”")):
        if forms.count(opening) > forms.count(closing):
            marks += opening
    return marks + ('"' if forms.count('"') % 2 else "")


def _plain(tokens: list[Token], first: int, at: int) -> str:
    """What the words since the beginning look like: all capitalised, some, or none."""
    words = [t.text for t in tokens[max(first, at - 12) : at] if t.text[0].isalpha()]
    low = sum(w[0].islower() for w in words)
    return "none" if not words else "title" if not low else "prose" if low * 2 > len(words) else "mixed"
