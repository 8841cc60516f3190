"""Runs of words → noun phrases: the head with what stands before it, free of hedges and loose ends."""

from __future__ import annotations

from sayso.reading.context import Context
from sayso.reading.numbers import BEFORE

Range = tuple[int, int]
_LEFT = frozenset("det amod compound nummod nmod:poss flat advmod case punct nmod:unmarked nmod:desc goeswith".split())
_NOMINAL = frozenset("NOUN PROPN PRON NUM DET ADJ SYM X".split())
_STRAY = frozenset("mr. mrs. ms. dr. the a an of".split())


def phrase(ctx: Context, first: int, last: int) -> Range | None:
    """The noun phrase that a run of words names; None where it is only a piece of one (a title, an article, an adverb)."""
    first, last = _bare(ctx, first, last)
    if first >= last:
        return None
    head = ctx.head(first, last)
    if not any(ctx.tokens[i].upos in _NOMINAL for i in range(first, last)):
        return None
    whole = _whole(ctx, first, last, head)
    if last - first == 1 and ctx.tokens[first].text.lower() in _STRAY:
        return None
    return without_hedge(ctx, *whole)


def _bare(ctx: Context, first: int, last: int) -> Range:
    """Without prepositions, conjunctions and marks at the ends."""
    while first < last and ctx.tokens[first].upos in ("ADP", "CCONJ", "SCONJ", "PUNCT", "PART"):
        first += 1
    while first < last and (
        ctx.tokens[last - 1].upos in ("ADP", "CCONJ", "SCONJ", "PUNCT")
        or ctx.tokens[last - 1].text in ("'s", "’s", "'", "’")
    ):
        last -= 1
    return first, last


def _whole(ctx: Context, first: int, last: int, head: int) -> Range:
    """The run, grown to the words before its head that belong to it, and to the rest of a name."""
    low, high = first, last
    for child in ctx.children[head]:
        token = ctx.tokens[child]
        if child < first and token.deprel in _LEFT - {"case", "punct", "advmod"}:
            start, _ = ctx.subtree(child)
            if first - start <= 6 and not any(ctx.tokens[i].upos in ("VERB", "AUX") for i in range(start, first)):
                low = min(low, start)
        elif child >= last and token.deprel in ("flat", "goeswith") and child == high:
            high = child + 1
    return _bare(ctx, low, high)


def without_hedge(ctx: Context, first: int, last: int) -> Range:
    """The phrase without a hedge before its number (*at least 47 people*: *47 people*)."""
    for size in range(min(5, last - first - 1), 0, -1):
        words = tuple(t.text.lower() for t in ctx.tokens[first : first + size])
        if words in BEFORE and ctx.tokens[first + size].upos in ("NUM", "DET", "NOUN"):
            if words == ("some",) and ctx.tokens[first + size].upos != "NUM":
                return first, last
            return first + size, last
    return first, last
