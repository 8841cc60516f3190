"""One report with its analysis, and the questions that all readers of it ask: spans, subtrees, sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.language import NAMED, Analysis, Found, Sentence, Token
from sayso.records import Report, Span

# Kinds of parts that the report does not tell itself.
UNTOLD = frozenset(("related", "credit", "note"))
# Marks that no span of a record begins or ends with.
_OPEN = set("\"“”'‘’«»„‟`,;:–—-")
_CLOSE = set("\"“”'‘’«»„‟`,;:–—-.!?…")


@dataclass(slots=True)
class Context:
    """A report, its analysis, and the tree turned upside down."""

    report: Report
    analysis: Analysis
    children: list[list[int]] = field(default_factory=list)
    number: list[int] = field(default_factory=list)  # of the sentence, for each token
    names: dict[int, Found] = field(default_factory=dict)  # the name (see `named`) that each token is part of

    def __post_init__(self) -> None:
        self.children = [[] for _ in self.analysis.tokens]
        self.names = {i: n for n in self.named for i in range(n.first, n.last)}
        self.number = [k for k, s in enumerate(self.analysis.sentences) for _ in range(s.first, s.last)]
        for i, token in enumerate(self.analysis.tokens):
            if token.head != i:
                self.children[token.head].append(i)

    @property
    def named(self) -> list[Found]:
        """The names of persons, organisations and places; those of times, numbers and the like have readers of their own."""
        return [n for n in self.analysis.names if n.label in NAMED]

    @property
    def untold(self) -> list[tuple[int, int]]:
        """Token ranges of the parts that the report does not tell itself: credits, notes, links to other articles."""
        parts = [p for p in self.report.parts if p.kind in UNTOLD and p.end > p.start]
        return [(self.at(p.start), self.at(p.end - 1) + 1) for p in parts]

    @property
    def tokens(self) -> list[Token]:
        """All tokens."""
        return self.analysis.tokens

    def span(self, first: int, last: int) -> Span:
        """The words from token `first` up to, not including, `last`."""
        return self.report.span(self.tokens[first].start, self.tokens[last - 1].end)

    def words(self, first: int, last: int) -> str:
        """The lower-cased words of a range, one blank apart."""
        return " ".join(t.text.lower() for t in self.tokens[first:last])

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """The range without marks at its ends."""
        while first < last and self.tokens[first].text in _OPEN:
            first += 1
        while first < last and self.tokens[last - 1].text in _CLOSE:
            last -= 1
        return first, last

    def sentence(self, token: int) -> Sentence:
        """The sentence of a token."""
        return self.analysis.sentences[self.number[token]]

    def subtree(self, token: int, without: Iterable[str] = ()) -> tuple[int, int]:
        """The range that a token governs; branches of the relations `without` are left out."""
        skip, low, high = set(without), token, token
        stack = [token]
        while stack:
            at = stack.pop()
            low, high = min(low, at), max(high, at)
            stack += [c for c in self.children[at] if not (at == token and self.tokens[c].deprel.split(":")[0] in skip)]
        return low, high + 1

    def head(self, first: int, last: int) -> int:
        """The token of a range that governs it: the first whose own governor lies outside."""
        for i in range(first, last):
            token = self.tokens[i]
            if token.upos != "PUNCT" and (not first <= token.head < last or token.head == i):
                return i
        return first

    def path_up(self, token: int) -> Iterator[int]:
        """The governors of a token, nearest first, up to the root."""
        seen = set()
        while self.tokens[token].head != token and token not in seen:
            seen.add(token)
            token = self.tokens[token].head
            yield token

    def child(self, token: int, *relations: str) -> int | None:
        """The first dependent with one of the relations."""
        return next((c for c in self.children[token] if self.tokens[c].deprel in relations), None)

    def at(self, offset: int) -> int:
        """The token that holds, or follows, a character offset."""
        return min(bisect_right(self.tokens, offset, key=lambda t: t.end), len(self.tokens) - 1)

    def range_of(self, span: Span) -> tuple[int, int]:
        """The tokens of a span."""
        first = self.at(span.start)
        last = first + 1
        while last < len(self.tokens) and self.tokens[last].start < span.end:
            last += 1
        return first, last
