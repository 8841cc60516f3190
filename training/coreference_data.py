"""Documents with coreference for training: OntoGUM (with trees) and LitBank (words and chains only), and which phrase is in which chain.

The two differ in what they annotate. OntoGUM (after OntoNotes): whatever is taken up again, things and events among it, no
chain of one. LitBank: people, places, buildings, organisations and vehicles only, named, nominal or pronominal, with those
named once as chains of one; other things, *you* and *it* of no such thing are in no chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sayso.language.analysis import Sentence, Token
from sayso.language.phrases import Phrase
from training.example import lines

Span = tuple[int, int]
ENDS = re.compile(r"(\()?([^()|]+)(\))?")


@dataclass
class Document:
    """The words of a document by sentence, and its chains: mentions as half-open ranges of words of the document, in text order.

    `upos`, `xpos`, `deprel`, `heads` (from 1 in the sentence, 0 a root) stand beside `words`; None where there are no trees.
    """

    name: str
    words: list[list[str]] = field(default_factory=list)
    upos: list[list[str]] | None = None
    xpos: list[list[str]] | None = None
    deprel: list[list[str]] | None = None
    heads: list[list[int]] | None = None
    chains: list[list[Span]] = field(default_factory=list)

    def tree(self) -> tuple[list[Token], list[Sentence]]:
        """The gold trees as the product has its own: what `sayso.language.phrases.phrases` takes. Without characters.

        Raises ValueError where there are no trees.
        """
        if self.upos is None or self.xpos is None or self.deprel is None or self.heads is None:
            raise ValueError(f"{self.name} has no trees: analyse its words")
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for columns in zip(self.words, self.upos, self.xpos, self.deprel, self.heads, strict=True):
            base = len(tokens)
            for k, (word, upos, xpos, deprel, head) in enumerate(zip(*columns, strict=True)):
                governor = base + head - 1 if head else base + k
                tokens.append(Token(0, 0, word, base + k, upos, xpos, "", governor, deprel))
            sentences.append(Sentence(0, 0, base, len(tokens)))
        return tokens, sentences


def documents(path: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file with `Entity=` in MISC (OntoGUM), or of a two-column file with `#begin document` (LitBank)."""
    reader = _Reader()
    for line in lines(path):
        if line.startswith(("# newdoc", "#begin document")):
            yield from reader.begin(line)
        elif line.startswith("#"):
            continue
        elif not line.strip():
            reader.sentence()
        else:
            reader.rows.append(line.split("\t"))
    yield from reader.begin("")


class _Reader:
    """Gathers the rows of a document."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._document = Document("")
        self._size = 0
        self._open: dict[str, list[int]] = {}
        self._chains: dict[str, list[Span]] = {}

    def begin(self, line: str) -> Iterator[Document]:
        """Gives the document before, if any, and begins the next."""
        self.sentence()
        done = self._document
        if done.words:
            done.chains = sorted(sorted(chain) for chain in self._chains.values())
            yield done
        name = line.partition("=")[2] if "=" in line else line.partition("(")[2].rpartition(")")[0]
        self._document, self._size = Document(name.strip()), 0
        self._open, self._chains = {}, {}

    def sentence(self) -> None:
        """What the rows since the last one make."""
        rows = [r for r in self.rows if len(r) < 10 or r[0].isdigit()]
        self.rows = []
        if not rows:
            return
        document, base = self._document, self._size
        column = 1 if len(rows[0]) > 2 else 0
        document.words.append([row[column] for row in rows])
        self._size += len(rows)
        if column:
            _tree(document, rows)
        for at, row in enumerate(rows, base):
            self._marks(at, _entity(row[9]) if column else row[1])

    def _marks(self, at: int, marks: str) -> None:
        for opens, label, closes in ENDS.findall("" if marks == "_" else marks):
            name = label.split("-")[0]
            if opens:
                self._open.setdefault(name, []).append(at)
            if closes and self._open.get(name):
                self._chains.setdefault(name, []).append((self._open[name].pop(), at + 1))


def _entity(misc: str) -> str:
    return next((m[len("Entity=") :] for m in misc.split("|") if m.startswith("Entity=")), "")


def _tree(document: Document, rows: list[list[str]]) -> None:
    if document.upos is None or document.xpos is None or document.deprel is None or document.heads is None:
        document.upos, document.xpos, document.deprel, document.heads = [], [], [], []
    document.upos.append([row[3] for row in rows])
    document.xpos.append([row[4] for row in rows])
    document.deprel.append([row[7] for row in rows])
    document.heads.append([int(row[6]) for row in rows])


# --- phrases and chains ----------------------------------------------------------------------------------------------


def link(
    phrases: Sequence[Phrase], chains: Sequence[Sequence[Span]], governors: Sequence[int] | None = None
) -> list[int]:
    """The number of the chain that each phrase is in, -1 where in none. Each mention is that of one phrase at most.

    Phrases with the very span of a mention come first. With `governors` (index of the governor of each word, its own for a
    root) a mention that is left over is that of the free phrase with the same head word, of several the one nearest in size.
    """
    found = [-1] * len(phrases)
    spans = {(p.first, p.last): k for k, p in reversed(list(enumerate(phrases)))}
    left: list[tuple[Span, int]] = []
    for number, chain in enumerate(chains):
        for span in chain:
            at = spans.get((span[0], span[1]), -1)
            if at >= 0 and found[at] < 0:
                found[at] = number
            else:
                left.append((span, number))
    if governors is None:
        return found
    heads: dict[int, list[int]] = {}
    for k, phrase in enumerate(phrases):
        heads.setdefault(phrase.head, []).append(k)
    for span, number in left:
        free = [k for k in heads.get(head(span, governors), ()) if found[k] < 0]
        if free:
            found[min(free, key=lambda k: (_difference(phrases[k], span), phrases[k].kind == "group"))] = number
    return found


def head(span: Span, governors: Sequence[int]) -> int:
    """The head of a span: its first word that is a root or whose governor lies outside."""
    first, last = span
    return next((k for k in range(first, last) if governors[k] == k or not first <= governors[k] < last), first)


def _difference(phrase: Phrase, span: Span) -> int:
    return abs(phrase.first - span[0]) + abs(phrase.last - span[1])
