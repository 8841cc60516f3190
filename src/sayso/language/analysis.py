"""What the language stage finds in a text: tokens, sentences, trees, names, and the spans that reports are made of.

Knows nothing of records. Offsets are code points into the text; token ranges are half-open indices into `Analysis.tokens`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Token:
    """A syntactic word. `head` is the index of its governor in `Analysis.tokens`, or its own index for a root.

    `upos`, `xpos`, `deprel` as in Universal Dependencies (English EWT). `word` numbers the surface token it belongs to:
    `don't` is two tokens of one surface token.
    """

    start: int
    end: int
    text: str
    word: int = 0
    upos: str = "X"
    xpos: str = "XX"
    lemma: str = ""
    head: int = 0
    deprel: str = "dep"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its characters and its tokens, both half-open."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Found:
    """A labelled run of tokens `first:last` with the model's probability."""

    first: int
    last: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger (cue of a statement, anchor of an event, figure, predicate) with the runs of tokens that belong to it, by role.

    `marks`: what the model says of the trigger itself, as a run over it: status and mode of an anchor, manner of a cue, scope and
    population of a figure.
    """

    trigger: Found
    roles: tuple[Found, ...]
    marks: dict[str, Found] = field(default_factory=dict)

    def role(self, label: str) -> tuple[Found, ...]:
        """The runs that fill a role, in text order."""
        return tuple(r for r in self.roles if r.label == label)


@dataclass(slots=True)
class Analysis:
    """The analysis of one text.

    `names`: person, organisation, gpe (countries, regions, towns), location (rivers, seas, continents), facility, group
    (nationality, religious or political), event, weapon (or vehicle), time, number. `predicates`: verbs and nouns with their
    PropBank arguments (ARG0, ARGM-TMP …; R- a relative's, C- continued). `figures`: spans labelled with their measure; roles number,
    hedge, item. `chains`: noun phrases that stand for one being or thing, each chain in text order, labelled pronoun, name or noun,
    with the probability that it takes up an earlier one. `same`: for two of `events`, by their numbers, the score of naming one
    happening; above 0 is likely.
    """

    text: str
    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    names: list[Found] = field(default_factory=list)
    attributions: list[Frame] = field(default_factory=list)
    events: list[Frame] = field(default_factory=list)
    figures: list[Frame] = field(default_factory=list)
    predicates: list[Frame] = field(default_factory=list)
    chains: list[tuple[Found, ...]] = field(default_factory=list)
    same: dict[tuple[int, int], float] = field(default_factory=dict)
