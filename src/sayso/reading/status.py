"""Whether what is told has happened: the status that the words round an anchor give it.

The model's judgement stands, unless a word that governs the anchor decides the matter: a negation, a modal, a condition, a
verb that makes its complement planned, demanded, feared. The tables are our own compilation.
"""

from __future__ import annotations

from typing import Final

from sayso.language import Found
from sayso.reading.context import Context

ALL: Final = frozenset("occurred ongoing planned demanded threatened conditional denied alleged hypothetical".split())
# Lemmas that govern an anchor through complement, object or adverbial → the status they give it.
GOVERNORS: Final[dict[str, str]] = {
    lemma: status
    for status, lemmas in {
        "planned": "plan schedule prepare intend agree promise pledge vow arrange expect set decide",
        "demanded": "demand urge ask request propose suggest appeal order press insist",
        "threatened": "threaten threat",
        "hypothetical": "fear hope consider avert prevent avoid risk possibility danger likelihood contemplate",
        "denied": "deny refute dispute",
        "alleged": "accuse suspect allege accusation suspicion charge",
    }.items()
    for lemma in lemmas.split()
}
SURE: Final = 0.85  # from this probability on the model's judgement stands against the words
_COMPLEMENT: Final = frozenset("xcomp ccomp obj obl advcl acl nmod nsubj:pass".split())
_IFS: Final = frozenset(("if", "unless"))
_MODALS: Final = frozenset("may might could".split())
_FUTURE: Final = frozenset("will shall 'll wo".split())


DOUBT = 0.9  # what a confidence is multiplied by where words and model disagree


def of(ctx: Context, at: tuple[int, int], learnt: Found, trace: list[str]) -> tuple[str, float]:
    """The status of the mention at a token range, and 1, or less where the words and the model disagree.

    `learnt` is the model's judgement with its probability.
    """
    trace.append(f"language: status {learnt.label} p={learnt.score:.2f}")
    head = ctx.head(*at)
    ruled = _by_words(ctx, head)
    if not ruled or ruled == learnt.label:
        return learnt.label, 1.0
    trace.append(f"status: the words say {ruled}")
    return (ruled if learnt.score < SURE else learnt.label), DOUBT


def _has_if(ctx: Context, clause: int) -> bool:
    return any(ctx.tokens[c].deprel == "mark" and ctx.tokens[c].text.lower() in _IFS for c in ctx.children[clause])


def of_clause(ctx: Context, token: int) -> str:
    """The status that the words of its clause give something that is told without an event of its own (*up to 50 may have died*)."""
    for node in (token, *ctx.path_up(token)):
        if ctx.tokens[node].upos in ("VERB", "AUX"):
            above = (n for n in (node, *ctx.path_up(node)) if ctx.tokens[n].upos == "VERB")
            return next((found for n in above if (found := _by_words(ctx, n))), "occurred")
    return "occurred"


def _by_words(ctx: Context, head: int) -> str | None:
    """The status that auxiliaries, negation, condition and governors of a verb give it; None where none speaks."""
    token = ctx.tokens[head]
    around = {ctx.tokens[c].lemma.lower() for c in ctx.children[head] if ctx.tokens[c].deprel.startswith("aux")}
    negated = any(ctx.tokens[c].lemma.lower() in ("not", "never", "n't") for c in ctx.children[head])
    marks = {ctx.tokens[c].text.lower() for c in ctx.children[head] if ctx.tokens[c].deprel == "mark"}
    if marks & _IFS or any(_has_if(ctx, c) for c in ctx.children[head] if ctx.tokens[c].deprel == "advcl"):
        return "conditional"
    if token.upos == "VERB":
        if negated and not around & _FUTURE:
            return "denied"
        if around & _MODALS:
            return "hypothetical"
        if around & _FUTURE:
            return "planned"
    governor = token.head
    if governor != head and token.deprel in _COMPLEMENT and token.deprel not in ("nmod", "obl"):
        return GOVERNORS.get(ctx.tokens[governor].lemma.lower())
    return None
