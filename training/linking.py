"""Documents in which it is known what refers to what: noun phrases in chains (GUM's coreference), anchors of the same event (gold)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.language import clues, coreference
from sayso.language.analysis import Found, Sentence, Token
from sayso.language.decode import lemma
from sayso.language.phrases import phrases
from training.coreference_data import Document, documents, link
from training.example import Example

Ints = NDArray[np.int64]
ANCHORS_BACK = 40  # earlier anchors of one type that an anchor is compared with, as in `reading.sameness`


@dataclass
class Linked:
    """What refers to what in one document; offsets of spans are words of their sentence.

    `sentence`: (mentions,) number of the sentence of each; `spans`: (mentions, 3 or 2) head, first, last word of phrases, first and
    last of anchors; `earlier`, `later`: pairs; `same`: whether they name one; `clues`: (pairs, clues), none for anchors.
    """

    sentence: Ints
    spans: Ints
    earlier: Ints
    later: Ints
    same: NDArray[np.bool_]
    clues: Ints | None = None


@dataclass
class Links:
    """The linked documents of all corpora, by name."""

    phrases: dict[str, Linked] = field(default_factory=dict)
    anchors: dict[str, Linked] = field(default_factory=dict)


def coreferring(examples: Sequence[Example], path: Path, links: Links) -> None:
    """Adds the chains of OntoGUM to the documents of GUM that it has; their examples then know their place."""
    known = {tuple(w for s in d.words for w in s): d for d in documents(path)}
    for name, group in groupby(examples, key=lambda e: e.document):
        part = list(group)
        found = known.get(tuple(w for e in part for w in e.words))
        if found and [len(e.words) for e in part] == [len(s) for s in found.words]:
            links.phrases[name] = _phrases(part, found)
            for place, example in enumerate(part):
                example.place, example.fixed = place, True


def _phrases(part: list[Example], document: Document) -> Linked:
    tokens, sentences, names = analysed(part)
    found = phrases(tokens, sentences)
    chain = np.array(link(found, document.chains, [t.head for t in tokens]))
    seen = clues.table(tokens, sentences, names, found)
    starts = np.array([s.first for s in sentences])
    begin = starts[seen.sentence]
    earlier, later = coreference.pairs(seen)
    same = (chain[earlier] == chain[later]) & (chain[earlier] >= 0)
    spans = np.stack([seen.head - begin, seen.first - begin, seen.last - 1 - begin], 1)
    return Linked(seen.sentence, spans, earlier, later, same, clues.clues(seen, earlier, later))


def analysed(part: Iterable[Example]) -> tuple[list[Token], list[Sentence], list[Found]]:
    """The examples of a document with the labels that people gave them, as the language stage would have it."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Found] = []
    for example in part:
        first = len(tokens)
        tags = example.tags
        for i, word in enumerate(example.words):
            head = (example.heads or [])[i]
            token = Token(first + i, first + i + 1, word, first + i)
            token.upos, token.xpos = str(tags["upos"][i]), str(tags["xpos"][i])
            token.lemma, token.deprel = lemma(word, str(tags["lemma"][i])), str(tags["deprel"][i])
            token.head = first + head - 1 if head else first + i
            tokens.append(token)
        sentences.append(Sentence(first, len(tokens), first, len(tokens)))
        names += _names(tags.get("entities") or [], first)
    return tokens, sentences, names


def _names(tags: Sequence[str | None], offset: int) -> list[Found]:
    found = []
    for at, tag in enumerate(tags):
        if tag and tag.startswith("B-"):
            end = at + 1
            while end < len(tags) and (tags[end] or "").startswith("I-"):
                end += 1
            found.append(Found(offset + at, offset + end, tag.split("|")[0][2:], 1.0))
    return found


def same_events(name: str, mentions: list[tuple[int, int, int, str, int]], links: Links) -> None:
    """Adds the anchors of a document: sentence, first and last word, type and number of the event, in text order."""
    if len(mentions) < 2:
        return
    earlier, later = [], []
    for j, mention in enumerate(mentions):
        like = [i for i in range(j) if mentions[i][3] == mention[3]][-ANCHORS_BACK:]
        earlier += like
        later += [j] * len(like)
    events = np.array([m[4] for m in mentions])
    i, j = np.array(earlier, dtype=np.int64), np.array(later, dtype=np.int64)
    spans = np.array([[m[1], m[2]] for m in mentions], dtype=np.int64)
    links.anchors[name] = Linked(np.array([m[0] for m in mentions]), spans, i, j, events[i] == events[j])
