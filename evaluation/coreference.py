"""`coreference`: chains of mentions on gold tokens, by MUC, B³ and CEAFₑ; `conll_f1` is the mean of their F1.

Only mentions count that are headed by a proper noun or a pronoun (PROPN, PRON), in chains of two and more of these: other
mentions are left out, then chains of less than two, of the gold set and of what sayso finds alike. The head is told by the
gold tree, of gold and found spans alike: the token whose governor lies outside the span, the first of several. A span is
right where both ends are. Sums go over all documents, as in the scorer of CoNLL 2012; `mentions` is the finding of mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.bootstrap import SMALL, intervals
from evaluation.coreference_scores import Chain, Counts, counts, figures
from evaluation.data import digest, lines
from evaluation.result import Result, made_by
from sayso.errors import EvaluationError
from sayso.language import analyse_sentences

Span = tuple[int, int]

COUNTED = frozenset(("PROPN", "PRON"))
# One end, or both, of a mention in the column MISC: `(12`, `12)`, `(12)`; GUM adds more after the number: `(12-person-giv:act…`.
ENDS = re.compile(r"(\()?([^()]+)(\))?")


@dataclass(slots=True)
class Document:
    """A document: the words of its sentences, and of each word of the document its UPOS and its governor (its own index for a root)."""

    name: str
    sentences: list[list[str]] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    chains: dict[str, list[Span]] = field(default_factory=dict)


def measure(paths: list[Path]) -> Result:
    """Measure on all files together; documents are what is drawn for the intervals."""
    documents = [d for path in paths for d in read(path)]
    if not any(d.chains for d in documents):
        raise EvaluationError("no chain to measure on", "the files have no `Entity=`", "give CoNLL-U with coreference")
    units = [count(document) for document in documents]
    scores: dict[str, float | None] = {**figures(units)}
    if 1 < len(units) <= SMALL:
        scores |= intervals(units, lambda drawn: {k: v for k, v in figures(drawn).items() if "." not in k})
    gold = int(sum(unit["mentions"][3] for unit in units))
    note = f"  {gold} gold mentions headed by a proper noun or a pronoun, in chains of two and more"
    return Result("coreference", scores, len(documents), "documents", digest(paths), made_by(), [note])


def count(document: Document) -> Counts:
    """What sayso finds in one document, held against its chains."""
    found = analyse_sentences(document.sentences)
    chains = [[(mention.first, mention.last) for mention in chain] for chain in getattr(found, "chains", ())]
    return counts(counted(document, document.chains.values()), counted(document, chains))


def counted(document: Document, chains: Iterable[Sequence[Span]]) -> list[Chain]:
    """The chains of two and more mentions that count. A mention in several chains stays in the first."""
    seen: set[Span] = set()
    kept: list[Chain] = []
    for chain in chains:
        mentions = {m for m in chain if m not in seen and document.upos[head(document, m)] in COUNTED}
        if len(mentions) > 1:
            seen |= mentions
            kept.append(frozenset(mentions))
    return kept


def head(document: Document, span: Span) -> int:
    """The head of a span by the gold tree: its first token that is a root or whose governor lies outside."""
    first, last = span
    governors = enumerate(document.heads[first:last], first)
    return next((at for at, governor in governors if governor == at or not first <= governor < last), first)


# --- files -----------------------------------------------------------------------------------------------------------


def read(path: Path) -> list[Document]:
    """The documents of a CoNLL-U file with `Entity=` in MISC, gzip or not. Raises EvaluationError where it is none."""
    documents: list[Document] = []
    open_at: dict[str, list[int]] = {}
    rows: list[list[str]] = []
    try:
        for line in [*lines(path), ""]:
            if line.startswith("#"):
                if line[1:].split("=")[0].split()[:1] == ["newdoc"]:
                    documents.append(Document(line.partition("=")[2].strip()))
                    open_at = {}
            elif line.strip():
                rows.append(line.split("\t"))
            elif rows:
                documents = documents or [Document("")]
                _sentence(documents[-1], [r for r in rows if r[0].isdigit()], open_at)
                rows = []
    except (ValueError, IndexError) as error:
        raise EvaluationError(f"{path.name} is no CoNLL-U", str(error), "give a file with ten columns") from error
    return documents


def _sentence(document: Document, rows: list[list[str]], open_at: dict[str, list[int]]) -> None:
    """Add a sentence. `open_at`: where the mentions began that are still open, by chain."""
    base = len(document.heads)
    document.sentences.append(["".join(row[1].split()) for row in rows])
    for at, row in enumerate(rows, base):
        document.upos.append(row[3])
        document.heads.append(base + int(row[6]) - 1 if int(row[6]) else at)
        marks = next((m[len("Entity=") :] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for opens, label, closes in ENDS.findall(marks):
            name = label.split("-")[0]
            if opens:
                open_at.setdefault(name, []).append(at)
            if closes:
                span = (open_at[name].pop(), at + 1) if open_at.get(name) else None
                if span is None:
                    raise ValueError(f"mention {name} ends at word {row[0]} of a sentence but begins nowhere")
                document.chains.setdefault(name, []).append(span)
