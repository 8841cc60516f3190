"""Names over a whole text: one name, one kind; and what is a name once is a name again.

The encoder sees one sentence at a time. A report speaks of the same people and places many times, and where the words leave
it open whether *Jordan* is a man or a country, the clearer sentences decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from sayso.language.analysis import Analysis, Found
from sayso.language.decode import softmax

Floats = NDArray[np.float32]
# Two heads know names: one learnt UNER's conventions alone, the other those of all corpora. Their evidence is added, UNER's first.
# The shares were chosen among five on UNER-EWT dev itself (.7645 against .7606 for one head alone), so that set flatters them a little.
OWN, WIDE = 0.7, 0.3
SURE = 0.8  # from this probability on a name is looked for in the rest of the text
SURNAME = 4  # letters of a surname that is looked for by itself
LONGEST = 4  # words of a name that is looked for


def evidence(own: Floats, wide: Floats, order: list[int]) -> Floats:
    """Log-probabilities of the tags from both heads; `order`: where each tag of the first stands in the second."""
    added: Floats = OWN * np.log(softmax(own) + 1e-9) + WIDE * np.log(softmax(wide)[:, order] + 1e-9)
    return added


def settle(analysis: Analysis) -> None:
    """Joins the two halves of a person's name, gives each name the kind it has most surely, and finds it wherever it stands."""
    names = _joined(analysis)
    names = _one_kind(analysis, names)
    analysis.names = sorted([*names, *_again(analysis, names)], key=lambda n: n.first)


def _surface(analysis: Analysis, name: Found) -> tuple[str, ...]:
    return tuple(t.text for t in analysis.tokens[name.first : name.last])


def _joined(analysis: Analysis) -> list[Found]:
    """Two names of persons side by side, with nothing between them, are one (*Matthew | Lenhart*)."""
    ends = {s.last for s in analysis.sentences}
    joined: list[Found] = []
    for name in sorted(analysis.names, key=lambda n: n.first):
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
