"""What speaks for and against two noun phrases standing for one: readable clues, as rows of one learnt table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.language.analysis import Found, Sentence, Token
from sayso.language.phrases import Phrase

Ints = NDArray[np.int64]

KINDS = {"pronoun": 0, "name": 1, "noun": 2, "group": 2}  # a group: several in coordination
# Forms of a class of pronouns, their number (1 one, 2 many, 0 either), and whom they stand for (see `_being_of`).
_CLASSES = (
    ("i me my mine myself", 1, 3),
    ("we us our ours ourselves", 2, 3),
    ("you your yours yourself yourselves", 0, 3),
    ("he him his himself", 1, 1),
    ("she her hers herself", 1, 2),
    ("it its itself", 1, 4),
    ("they them their theirs themselves themself", 2, 0),
    ("this that", 1, 4),
    ("these those", 2, 0),
    ("who whom whose", 0, 3),
)
_PRONOUNS = {
    form: (number, many, being) for number, (forms, many, being) in enumerate(_CLASSES, 1) for form in forms.split()
}
CLASSES = 12  # no pronoun, those above, other pronouns
_LABELS = {n: k for k, n in enumerate(("person", "organisation", "gpe", "location", "facility", "group", "event"), 1)}
LABELS = 9  # none, those above, other
_TITLES = {
    "mr.": 1,
    "mr": 1,
    "sir": 1,
    "lord": 1,
    "king": 1,
    "prince": 1,
    "mrs.": 2,
    "mrs": 2,
    "ms.": 2,
    "ms": 2,
    "miss": 2,
    "queen": 2,
}
_BEINGS = {
    1: "man boy father son brother husband king prince gunman spokesman chairman businessman policeman uncle grandfather",
    2: "woman girl mother daughter sister wife queen princess spokeswoman chairwoman widow aunt grandmother",
    3: "person president minister official leader officer spokesperson teacher doctor author writer judge lawyer victim "
    "suspect child student resident governor mayor senator commander general soldier journalist reporter driver artist",
}  # fmt: skip
_BEING = {noun: being for being, nouns in _BEINGS.items() for noun in nouns.split()}
_RELATIONS = {
    "nsubj": 1,
    "nsubj:pass": 1,
    "obj": 2,
    "iobj": 2,
    "nmod:poss": 3,
    "obl": 4,
    "nmod": 4,
    "appos": 5,
    "conj": 6,
}
RELATIONS = 7
_DEFINITE = {"the": 1, "this": 2, "that": 2, "these": 2, "those": 2, "a": 4, "an": 4, "another": 4, "some": 4}
# Bare, the, this, possessed, a.
DEFINITES = 5
_OPEN, _CLOSE, _STRAIGHT = frozenset(("“", "``", "«")), frozenset(("”", "''", "»")), '"'

TYPES = 9
COLUMNS = 20  # of a `Table`, beside the words
# How many values each clue has; each clue's values have a row each in one table.
SIZES = (
    TYPES,
    TYPES * 6,
    TYPES * 5,
    TYPES * 6,
    CLASSES * CLASSES,
    LABELS * CLASSES,
    LABELS * LABELS,
    9,
    RELATIONS * RELATIONS,
    DEFINITES * DEFINITES * 2,
    9,
    18,
    4 * CLASSES,
    25,
    12,
)
CLUES = sum(SIZES)
_OFFSETS = np.cumsum((0, *SIZES[:-1]))


@dataclass(slots=True)
class Table:
    """What the clues look at, one entry a phrase."""

    words: list[frozenset[str]]  # lower-cased nouns and names by which it may be taken up
    kind: Ints
    first: Ints
    last: Ints
    head: Ints
    governor: Ints
    sentence: Ints
    lemma: Ints
    string: Ints
    opening: Ints
    closing: Ints
    initials: Ints
    pronoun: Ints
    label: Ints
    number: Ints
    being: Ints
    relation: Ints
    definite: Ints
    quoted: Ints
    voice: Ints
    cop: Ints


def table(
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    names: Sequence[Found],
    phrases: Sequence[Phrase],
    voices: frozenset[int] = frozenset(),
) -> Table:
    """The table of the phrases, which come in text order; `voices`: the heads of the sources of statements."""
    about = _About(tokens, sentences, names, voices)
    columns = np.array([about.row(p) for p in phrases], dtype=np.int64).reshape(len(phrases), COLUMNS).T
    return Table([_handles(tokens, p, *_bare(tokens, p)) for p in phrases], *columns)


class _About:
    """What is looked up for each phrase of a text."""

    def __init__(
        self,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        names: Sequence[Found],
        voices: frozenset[int],
    ) -> None:
        self.tokens, self.voices = tokens, voices
        self.label = {i: _LABELS.get(n.label, LABELS - 1) for n in names for i in range(n.first, n.last)}
        self.sentence = [k for k, s in enumerate(sentences) for _ in range(s.first, s.last)]
        self.quoted = _quoted(tokens)
        self.subjects = {t.head: i for i, t in enumerate(tokens) if t.deprel.startswith("nsubj")}
        self.copulas = {t.head for t in tokens if t.deprel == "cop"}
        self.numbers: dict[str, int] = {}

    def row(self, p: Phrase) -> tuple[int, ...]:
        """The columns of a `Table` for one phrase."""
        tokens, number = self.tokens, self.numbers
        head = tokens[p.head]
        first, last = _bare(tokens, p)
        low = [t.text.lower() for t in tokens[first:last]]
        string = " ".join(low) if p.kind != "group" else " ".join(t.text.lower() for t in tokens[p.first : p.last])
        kind = self.label.get(p.head, 0) if p.kind == "name" else 0
        if p.kind == "pronoun":
            pronoun, many, being = _PRONOUNS.get(head.text.lower(), (CLASSES - 1, 0, 0))
        else:
            pronoun, being = 0, _being_of(head, low, kind)
            many = 2 if p.kind == "group" or head.xpos in ("NNS", "NNPS") else 1
        return (
            KINDS[p.kind],
            p.first,
            p.last,
            p.head,
            head.head,
            self.sentence[p.head],
            _identity(number, head.lemma.lower()),
            _identity(number, string),
            _identity(number, low[0]) if low else -1,
            _identity(number, low[-1]) if low else -1,
            _identity(number, _initials(low)),
            pronoun,
            kind,
            many,
            being,
            _RELATIONS.get(head.deprel, 0),
            _definite(tokens, p),
            self.quoted[p.head],
            int(p.head in self.voices),
            self.subjects.get(p.head, -1) if p.head in self.copulas else -1,
        )


def _identity(numbers: dict[str, int], key: str) -> int:
    """A number for a string: equal numbers, equal strings."""
    return numbers.setdefault(key, len(numbers))


_SMALL = frozenset("of the and for in on".split())


def _initials(low: list[str]) -> str:
    """*eu* of *european union* and of *E.U.*"""
    if len(low) == 1:
        return low[0].replace(".", "")
    return "".join(w[:1] for w in low if w[:1].isalpha() and w not in _SMALL)


def _bare(tokens: Sequence[Token], p: Phrase) -> tuple[int, int]:
    """The words of a name or noun up to its head (or the end of the name), without articles and owners' marks."""
    first, last = p.first, p.head + 1
    while last < p.last and first <= tokens[last].head < last and _goes_on(tokens[last]):
        last += 1
    while first < last - 1 and (tokens[first].upos in ("DET", "PUNCT") or tokens[first].xpos == "PRP$"):
        first += 1
    return first, last


def _goes_on(token: Token) -> bool:
    return token.deprel in ("flat", "compound") or token.upos == "PROPN"


def _handles(tokens: Sequence[Token], p: Phrase, first: int, last: int) -> frozenset[str]:
    if p.kind in ("pronoun", "group"):
        return frozenset()
    if p.kind == "noun":
        return frozenset((tokens[p.head].lemma.lower(),))
    made = {tokens[i].text.lower() for i in range(first, last) if tokens[i].upos in ("PROPN", "NOUN")}
    return frozenset(made | {tokens[p.head].lemma.lower()})


def _being_of(head: Token, low: list[str], label: int) -> int:
    """1 he, 2 she, 3 somebody, 4 something, 0 unknown."""
    for word in low:
        if word in _TITLES:
            return _TITLES[word]
    if label:
        return 3 if label == 1 else 4
    return _BEING.get(head.lemma.lower(), 0)


def _definite(tokens: Sequence[Token], p: Phrase) -> int:
    token = tokens[p.first]
    if token.xpos == "PRP$" or (p.kind == "noun" and any(tokens[i].xpos == "POS" for i in range(p.first, p.head))):
        return 3
    return _DEFINITE.get(token.text.lower(), 0)


def _quoted(tokens: Sequence[Token]) -> list[int]:
    """1 for each token inside double quotation marks, as far as they go in pairs."""
    inside, found = 0, []
    for token in tokens:
        text = token.text
        if text == _STRAIGHT:
            inside = 1 - inside
        elif text in _OPEN:
            inside = 1
        elif text in _CLOSE:
            inside = 0
        found.append(inside)
    return found


def clues(t: Table, i: Ints, j: Ints) -> Ints:
    """The rows of the table of clues for each pair (pairs, 15): `i` earlier, `j` later phrases."""
    types = t.kind[i] * 3 + t.kind[j]
    apart = np.minimum(np.searchsorted((0, 1, 2, 3, 6), t.sentence[j] - t.sentence[i]), 5)
    between = np.minimum(np.searchsorted((1, 2, 5, 10), j - i), 4)
    lemma = t.lemma[i] == t.lemma[j]
    match = np.select(
        (
            t.string[i] == t.string[j],
            lemma,
            t.closing[i] == t.closing[j],
            t.opening[i] == t.opening[j],
            (t.initials[i] == t.initials[j]) & (t.kind[i] == 1) & (t.kind[j] == 1),
        ),
        (2, 1, 4, 3, 5),
        0,
    )
    numbers = t.number[i] * 3 + t.number[j]
    definite = (t.definite[i] * DEFINITES + t.definite[j]) * 2 + lemma
    holds = (t.first[i] <= t.first[j]) & (t.last[j] <= t.last[i])
    held = (t.first[j] <= t.first[i]) & (t.last[i] <= t.last[j])
    nested = np.select((holds, held), (1, 2), 0)
    direct = np.select(
        (
            (t.governor[j] == t.head[i]) & (t.relation[j] == 5),
            (t.cop[j] == t.head[i]) | (t.cop[i] == t.head[j]),
            (t.governor[j] == t.head[i]) & (t.relation[j] == 6),
            t.governor[j] == t.governor[i],
            t.governor[j] == t.head[i],
        ),
        (1, 2, 3, 4, 5),
        0,
    )
    columns = (
        types,
        types * 6 + apart,
        types * 5 + between,
        types * 6 + match,
        t.pronoun[i] * CLASSES + t.pronoun[j],
        t.label[i] * CLASSES + t.pronoun[j],
        t.label[i] * LABELS + t.label[j],
        numbers,
        t.relation[i] * RELATIONS + t.relation[j],
        definite,
        nested * 3 + t.kind[j],
        direct * 3 + t.kind[j],
        (t.quoted[i] * 2 + t.quoted[j]) * CLASSES + t.pronoun[j],
        t.being[i] * 5 + t.being[j],
        (t.voice[i] * 2 + t.voice[j]) * 3 + t.kind[j],
    )
    rows: Ints = np.stack(columns, 1) + _OFFSETS
    return rows
