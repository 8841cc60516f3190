"""The noun phrases of a text that may refer to people, organisations, places and things: what coreference links.

Spans are those of OntoNotes as OntoGUM has them (CC BY 4.0; the rules were set on its train part with gold trees): the
whole phrase with determiner, modifiers, complements, relative clauses, appositions and the possessive *'s*, without the
preposition before it and the punctuation after it. Of coordinated phrases each is one, and the whole is another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.language.analysis import Sentence, Token


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first:last` with their head token.

    `kind`: "pronoun", "name" (the head is a proper noun), "noun", or "group" (several coordinated phrases; the head is
    that of the first).
    """

    first: int
    last: int
    head: int
    kind: str


# Relations of a noun's dependents that are always part of its phrase.
INSIDE = frozenset(
    ("det", "det:predet", "amod", "nummod", "nmod:poss", "nmod:desc", "nmod:npmod", "nmod:tmod", "compound", "flat",
     "fixed", "goeswith", "acl", "acl:relcl")
)  # fmt: skip
# Dependents that look at more than their relation: see `_inside`.
PERHAPS = frozenset(("case", "nmod", "nmod:unmarked", "appos", "dep"))
# Prepositions that mostly open an adjunct of the clause although they are attached to the noun before (train: 29 of 48).
LOOSE = {"PROPN": frozenset(("as", "with", "on", "about")), "NOUN": frozenset(("as",))}
# Nouns and names that are only part of a longer one. Names before a noun (*the Durham police*) stand for themselves.
PARTS = {
    "NOUN": frozenset(("compound", "flat", "fixed", "goeswith", "nummod", "advmod", "amod", "discourse")),
    "PROPN": frozenset(("flat", "fixed", "goeswith", "nmod:desc")),
}
JOINED = frozenset(("NOUN", "PROPN", "PRON"))
DEMONSTRATIVE = frozenset(("this", "that", "these", "those"))
# Indefinite pronouns of people; those of things (*something*) take part in a chain once in fifteen.
INDEFINITE = frozenset(("someone", "somebody", "everyone", "everybody", "anyone", "anybody", "one"))
OPENING, CLOSING = frozenset("([“‘"), frozenset(")]”")


def phrases(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> list[Phrase]:
    """The phrases of a text, in the order of where they begin, of those that begin together the longest first.

    Left out are relative, interrogative and expletive pronouns. Time grows with the number of tokens, but for the sorting.
    """
    found: list[Phrase] = []
    for sentence in sentences:
        first = sentence.first
        found += _Sentence(list(tokens[first : sentence.last]), first).phrases()
    found.sort(key=lambda p: (p.first, -p.last))
    return found


class _Sentence:
    """The tree of one sentence, and how far each token's phrase reaches. Indices count from the sentence's first token."""

    __slots__ = ("base", "first", "last", "low", "together", "tokens")

    def __init__(self, tokens: list[Token], base: int) -> None:
        self.tokens, self.base = tokens, base
        self.low = list(range(len(tokens)))  # where all that hangs on a token begins
        self.first = list(self.low)  # its phrase
        self.last = list(range(1, len(tokens) + 1))
        self.together: dict[int, tuple[int, int]] = {}  # head of the first → range of the coordination
        self._climb()

    def _climb(self) -> None:
        """From the leaves to the root: each token hands on how far it reaches when all below it is known."""
        tokens, base = self.tokens, self.base
        low, first, last = self.low, self.first, self.last
        high = list(last)
        waiting = [0] * len(tokens)
        for token in tokens:
            waiting[token.head - base] += 1
        # A root waits for itself, so that it is never ready.
        ready = [i for i, left in enumerate(waiting) if not left]
        while ready:
            i = ready.pop()
            token = tokens[i]
            h = token.head - base
            waiting[h] -= 1
            if not waiting[h]:
                ready.append(h)
            if token.upos == "PUNCT":
                continue
            relation = token.deprel
            if relation in INSIDE or (relation in PERHAPS and self._inside(i, h)):
                first[h], last[h] = min(first[h], low[i]), max(last[h], high[i])
            elif relation == "conj" and token.upos in JOINED:
                self._join(h, h, last[i])
            elif relation == "cc:preconj":
                self._join(h, low[i], h)
            low[h], high[h] = min(low[h], low[i]), max(high[h], high[i])

    def _inside(self, i: int, head: int) -> bool:
        """Whether that dependent is part of the phrase of its governor."""
        token, noun = self.tokens[i], self.tokens[head]
        if token.deprel == "case":
            return i > head  # the possessive 's
        if token.deprel == "appos":
            return token.upos != "PRON"
        start = self.low[i]
        if i < head:
            return noun.upos != "PROPN"
        parted = self.tokens[start - 1].upos == "PUNCT"
        if token.deprel == "dep":
            return not parted and token.upos == "NUM" and noun.upos == "PROPN"  # *Extract 3*
        if noun.upos == "PRON" and noun.xpos[:3] == "PRP":
            return False
        if token.deprel == "nmod:unmarked":
            return not (parted and token.upos == "NUM")  # *Baker, 2011*
        if parted and noun.upos == "PROPN":
            return False
        return self.tokens[start].text.lower() not in LOOSE.get(noun.upos, ())

    def _join(self, head: int, first: int, last: int) -> None:
        old = self.together.get(head, (head, head))
        self.together[head] = (min(old[0], first), max(old[1], last))

    def phrases(self) -> list[Phrase]:
        """The phrases of the sentence, in the order of their heads."""
        found: list[Phrase] = []
        marks = _marks(self.tokens)
        for i, token in enumerate(self.tokens):
            kind = _kind(token)
            if not kind:
                continue
            found.append(self._phrase(i, self.first[i], self.last[i], kind, marks))
            first, last = self.together.get(i, (i, i))
            if last > self.last[i]:
                found.append(self._phrase(i, min(first, self.first[i]), last, "group", marks))
        return found

    def _phrase(self, head: int, first: int, last: int, kind: str, marks: tuple[list[int], list[int]]) -> Phrase:
        """With the closing bracket or quotation mark after it where the opening one is inside, and without loose words."""
        if self.tokens[head].deprel == "compound":  # *native Chitonga words*: the adjective is the words'
            while first < head and not self.tokens[first].text[0].isupper():
                first += 1
        nested, quotes = marks
        if last < len(self.tokens) and self.tokens[last].upos == "PUNCT":
            after = self.tokens[last].text
            if (after in CLOSING and nested[last] > nested[first]) or (
                after == '"' and (quotes[last] - quotes[first]) % 2
            ):
                last += 1
        return Phrase(self.base + first, self.base + last, self.base + head, kind)


def _marks(tokens: list[Token]) -> tuple[list[int], list[int]]:
    """Before each token: how many brackets and quotation marks are open, and how many straight quotation marks there were."""
    nested, quotes = [0], [0]
    for token in tokens:
        depth, straight = nested[-1], quotes[-1]
        if token.upos == "PUNCT":
            text = token.text
            depth += 1 if text in OPENING else -1 if text in CLOSING else 0
            straight += text == '"'
        nested.append(depth)
        quotes.append(straight)
    return nested, quotes


def _kind(token: Token) -> str:
    """The kind of the phrase that a token heads, or nothing where it heads none."""
    upos = token.upos
    if upos in PARTS:
        return "" if token.deprel in PARTS[upos] else "name" if upos == "PROPN" else "noun"
    if upos not in ("PRON", "DET") or token.deprel == "expl":
        return ""
    if token.xpos[:3] == "PRP":
        return "pronoun"
    if token.deprel[:3] == "det" or token.xpos[:1] == "W":
        return ""
    return "pronoun" if token.text.lower() in (DEMONSTRATIVE if token.xpos == "DT" else INDEFINITE) else ""
