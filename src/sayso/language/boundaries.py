"""Where a sentence ends: a small linear model over the tokens around a gap.

Trained by `training/sentences.py` on EWT and GUM; the weights stand beside this module in `boundaries.json`.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from sayso.language.analysis import Token

_SHAPES = (
    (re.compile(r"[A-Z][a-z]+"), "Aa"), (re.compile(r"[a-z]+"), "a"), (re.compile(r"[A-Z]"), "A"), (re.compile(r"[A-Z]+"), "AA"),
    (re.compile(r"\d+"), "0"), (re.compile(r"[\d.,:/-]*\d"), "0/0"), (re.compile(r"[A-Z]\."), "A."), (re.compile(r"(?:\w\.)+\w?"), "A.A."),
    (re.compile(r"[.!?…]+"), "."), (re.compile(r"\w+\."), "a."), (re.compile(r"\W+"), "#"),
)  # fmt: skip
_CLOSERS = frozenset(("'", '"', ")", "]", "}", "”", "’", "»", "''", "’’", "*", "**"))
_QUOTES = frozenset(("'", '"', "”", "’", "“", "‘", "''", "``", "«", "»", "„"))


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Kinds of abbreviation: some stand before a name, some may end a sentence.
_TITLES = _set("""adm atty brig capt cmdr col cpl dr gen gov govs hon insp lt maj messrs mr mrs ms pfc pres prof pte pvt rep reps rev
    sen sens sgt spc ssgt st ste supt no nos vs""")
_MONTHS = _set("jan feb mar apr aug sept oct nov dec mon tue tues wed thu thur thurs fri sat")
_STARTERS = _set("""the a an this that these those he she it they we i you there but and in on at as if for to when while after before
    his her its our their my what who how why where so not many some most all both however meanwhile earlier according
    officials police please thanks""")
# These may go on from an acronym in a headline: `U.S. Officials Leave`.
_HEADLINE = _set("i all both many most not officials please police some thanks")
# More closing marks than this are no ending of a sentence; looking further would take quadratic time over rows of brackets.
_MOST_CLOSERS = 8
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


def certain(tokens: list[Token], at: int) -> bool:
    """Whether a sentence surely ends before the token `at`: `in the U.S. He left`.

    The model sees too few of these. In 48 thousand lines of Voice of America such a pair stands three times inside a line, and
    each time a sentence ends there.
    """
    before, after = tokens[at - 1], tokens[at].text
    if _short(before.text) not in ("acronym", "hour") or before.text[-1] != "." or not before.text[0].isalpha():
        return False
    if before.text in ("e.g.", "i.e."):
        return False
    return before.end < tokens[at].start and after[0].isupper() and after.lower() in _STARTERS - _HEADLINE


def features(tokens: list[Token], first: int, at: int) -> list[str]:
    """The features of the gap before token `at`, in a sentence that began at token `first`; tokens of one paragraph."""
    last = at - 1
    stop = max(first, at - _MOST_CLOSERS)
    while last > stop and tokens[last].text in _CLOSERS:
        last -= 1
    closed = _seen(tokens, at - 1)[0] if last < at - 1 else ""
    ended = tokens[last].text[-1] in _ENDS
    (two, s_two), (one, s_one) = _seen(tokens, last - 1), _seen(tokens, last)
    (right, s_right), (further, s_further) = _seen(tokens, at), _seen(tokens, at + 1)
    begin, s_begin = _seen(tokens, first)
    kind = ("." if ended else ",") + ("" if tokens[at - 1].end < tokens[at].start else "_")
    found = [
        "k" + kind, f"l{kind} {one}", f"r{kind} {right}", f"R{kind} {right} {further}", f"L{kind} {two} {one}",
        f"s{kind} {s_one} {s_right}", f"t{kind} {s_two} {s_one} {s_right}", f"u{kind} {s_one} {s_right} {s_further}",
        f"v{kind} {s_two} {s_one} {s_right} {s_further}", f"a{kind} {one} {s_right}", f"b{kind} {s_one} {right}",
        f"c{kind} {closed} {s_right}", f"n{kind} {_bucket(at - first)} {s_right}", f"m{kind} {_bucket(len(tokens) - at)}",
        f"x{kind} {s_two} {one} {s_right}", f"y{kind} {one} {right}",
    ]  # fmt: skip
    if one.endswith(".") and len(one) > 1:
        starter = tokens[at].text[0].isupper() and right in _STARTERS
        found += [
            f"z{_short(tokens[last].text)} {starter} {closed}",
            f"Z{_short(tokens[last].text)} {starter} {s_right}",
        ]
    found += [f"f{kind} {begin} {s_right}", f"g{kind} {s_begin} {_bucket(at - first)} {s_right}"]
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


def _short(form: str) -> str:
    """The kind of an abbreviation: title, month, initial, acronym, hour, other."""
    bare = form[:-1].lower()
    if bare in _TITLES:
        return "title"
    if bare in _MONTHS:
        return "month"
    if len(bare) == 1:
        return "initial"
    return "hour" if bare in ("a.m", "p.m") else "acronym" if "." in bare else "other"


def _quote(tokens: list[Token], at: int) -> str:
    """A quotation mark, of whatever style, by what it leans on: `<` opens, `>` closes."""
    left = at > 0 and tokens[at - 1].end == tokens[at].start
    right = at + 1 < len(tokens) and tokens[at].end == tokens[at + 1].start
    return ('"' if tokens[at].text in '"“”„«»' else "'") + ("=" if left == right else ">" if left else "<")


@lru_cache(maxsize=1 << 15)
def _look(form: str) -> tuple[str, str]:
    """A word in lower case with its digits as 0 (marks of repeated signs cut to three), and its shape."""
    if form.isalpha():
        return form.lower()[:14], shape(form)
    start = form[:3]
    lower = re.sub(r"\d", "0", form.lower()) if len(form) < 12 and form[0].isalnum() else start
    return lower, shape(form) if form[0].isalnum() else start


def _seen(tokens: list[Token], at: int) -> tuple[str, str]:
    """The form and the shape of the token at that index; `<>` outside of the paragraph."""
    if not 0 <= at < len(tokens):
        return "<>", "<>"
    form = tokens[at].text
    if form in _QUOTES:
        quote = _quote(tokens, at)
        return quote, quote
    return _look(form)


_STEPS = (0, 1, 2, 3, 4, 7, 12, 25, 45)
_BUCKETS = [max(step for step in _STEPS if step <= length) for length in range(_STEPS[-1])]


def _bucket(length: int) -> int:
    """The length itself below 4, then the step it has reached."""
    return _BUCKETS[length] if length < len(_BUCKETS) else _STEPS[-1]


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
