"""Names over a whole text: one name, one kind; and what is a name once is a name again.

The encoder sees one sentence at a time. A report speaks of the same people and places many times, and where the words leave
it open whether *Jordan* is a man or a country, the clearer sentences decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sayso.language.analysis import Analysis, Found
from sayso.language.decode import softmax

if TYPE_CHECKING:
    from sayso.language.model import Model

Floats = NDArray[np.float32]
# Two heads know names: one learnt UNER's conventions alone, the other those of all corpora. Their evidence is added, UNER's first.
OWN, WIDE = 0.5, 0.5
SURE = 0.8  # from this probability on a name is looked for in the rest of the text
SURNAME = 4  # letters of a surname that is looked for by itself
LONGEST = 4  # words of a name that is looked for
PLACES = ("gpe", "location", "facility")
NAMED = ("person", "organisation", *PLACES)  # what a name that comes again may be


class Evidence:
    """What both heads say of the words of a window.

    The head of UNER knows persons, organisations and places; that of all corpora knows these and more, and the kinds of place.
    """

    def __init__(self, own: Floats, wide: Floats, model: Model) -> None:
        self.coarse, fine = model.bio["names"], model.bio["entities"]
        self.fine, self.labels = fine, model.labels["entities"]
        self.chances = softmax(wide)
        self._known = [k for k, label in enumerate(self.labels) if label[2:] in NAMED]
        grouped = self.chances @ _grouping(tuple(model.labels["names"]), tuple(self.labels))
        self.scores: Floats = OWN * np.log(softmax(own) + 1e-9) + WIDE * np.log(grouped + 1e-9)

    def names(self, sentences: Sequence[tuple[int, int]], offset: int) -> list[Found]:
        """The names among the words of each sentence, word 0 being token `offset`, in the order of the text."""
        named = (self.scores.argmax(1) != self.coarse.outside).tolist()
        found = []
        for low, high in sentences:
            if any(named[low:high]):
                found += [self._finer(n, offset) for n in self.coarse.path(self.scores[low:high], offset + low)]
        rest = self.chances.copy()
        outside = self.fine.outside
        rest[:, outside] += rest[:, self._known].sum(1)
        rest[:, self._known] = 0.0
        for name in found:
            rest[name.first - offset : name.last - offset] = 0.0
            rest[name.first - offset : name.last - offset, outside] = 1.0
        more = (rest.argmax(1) != outside).tolist()
        for low, high in sentences:
            if any(more[low:high]):
                found += self.fine.path(np.log(rest[low:high] + 1e-9), offset + low)
        return sorted(found, key=lambda n: n.first)

    def _finer(self, name: Found, offset: int) -> Found:
        """A place under the likeliest of the three kinds of place."""
        if name.label != "location":
            return name
        inside = self.chances[name.first - offset : name.last - offset].sum(0)
        sums = {kind: sum(inside[k] for k, t in enumerate(self.labels) if t[2:] == kind) for kind in PLACES}
        return Found(name.first, name.last, max(PLACES, key=lambda kind: sums[kind]), name.score)


@lru_cache(maxsize=4)
def _grouping(coarse: tuple[str, ...], fine: tuple[str, ...]) -> Floats:
    """(fine, coarse) ones: which tag of UNER each of our tags would be."""
    table = np.zeros((len(fine), len(coarse)), dtype=np.float32)
    for row, tag in enumerate(fine):
        mark, _, kind = tag.partition("-")
        kind = "location" if kind in PLACES else kind
        other = f"{mark}-{kind}"
        table[row, coarse.index(other if other in coarse else "O")] = 1.0
    return table


def settle(analysis: Analysis) -> None:
    """Joins the two halves of a person's name, gives each name the kind it has most surely, and finds it wherever it stands."""
    others = [n for n in analysis.names if n.label not in NAMED]
    names = _one_kind(analysis, _joined(analysis))
    found = [*names, *_again(analysis, names)]
    taken = {i for n in found for i in range(n.first, n.last)}
    free = [n for n in others if taken.isdisjoint(range(n.first, n.last))]
    analysis.names = sorted([*found, *free], key=lambda n: n.first)


def _surface(analysis: Analysis, name: Found) -> tuple[str, ...]:
    return tuple(t.text for t in analysis.tokens[name.first : name.last])


def _joined(analysis: Analysis) -> list[Found]:
    """Two names of persons side by side, with nothing between them, are one (*Matthew | Lenhart*)."""
    ends = {s.last for s in analysis.sentences}
    joined: list[Found] = []
    for name in sorted((n for n in analysis.names if n.label in NAMED), key=lambda n: n.first):
        last = joined[-1] if joined else None
        if last and last.last == name.first and last.label == name.label == "person" and name.first not in ends:
            joined[-1] = Found(last.first, name.last, "person", round((last.score + name.score) / 2, 4))
        else:
            joined.append(name)
    return joined


def _one_kind(analysis: Analysis, names: list[Found]) -> list[Found]:
    """Each name under the kind that its mentions have most surely, all together."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    keys = [" ".join(_surface(analysis, n)).lower() for n in names]
    for key, name in zip(keys, names, strict=True):
        votes[key][name.label] += round(100 * name.score)
        if name.label == "person" and " " in key:
            votes[key.rpartition(" ")[2]]["person"] += round(50 * name.score)  # *Rustem Umerov* speaks for *Umerov*
    kept = []
    for key, name in zip(keys, names, strict=True):
        # Of equal sums the first kind in the alphabet, so that the order of the text does not matter.
        kind = min(votes[key].items(), key=lambda v: (-v[1], v[0]))[0]
        kept.append(name if kind == name.label else Found(name.first, name.last, kind, name.score))
    return kept


def _again(analysis: Analysis, names: list[Found]) -> list[Found]:
    """Places where a sure name stands unmarked: the same words, in the same case, all proper nouns."""
    sure: dict[tuple[str, ...], Found] = {}
    for name in names:
        surface = _surface(analysis, name)
        if name.score >= SURE and len(surface) <= LONGEST and surface[0][:1].isupper() and len(surface[0]) > 2:
            sure.setdefault(surface, name)
            if name.label == "person" and len(surface[-1]) >= SURNAME:
                sure.setdefault(surface[-1:], name)
    starts = {surface[0] for surface in sure}
    taken = {i for n in names for i in range(n.first, n.last)}
    found = []
    for sentence in analysis.sentences:
        for first in range(sentence.first, sentence.last):
            if analysis.tokens[first].text not in starts or first in taken:
                continue
            for last in range(min(sentence.last, first + LONGEST), first, -1):
                here = range(first, last)
                known = sure.get(tuple(analysis.tokens[i].text for i in here))
                if known and not taken.intersection(here) and all(analysis.tokens[i].upos == "PROPN" for i in here):
                    found.append(Found(first, last, known.label, round(known.score * SURE, 4)))
                    taken.update(here)
                    break
    return found
