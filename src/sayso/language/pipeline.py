"""The whole language stage: text → Analysis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sayso.language import arguments, decode, linking, names, spans, tree
from sayso.language.analysis import Analysis, Sentence, Token
from sayso.language.model import MOST_WORDS, Model, Scores, shared_model
from sayso.language.sentences import segment


@dataclass(slots=True)
class Stretch:
    """A sentence, or as much of a very long one as the encoder reads: tokens `first:last`, from word `at` of its window."""

    first: int
    last: int
    at: int = 0


def analyse(text: str, model: Model | None = None, arguments: bool = True) -> Analysis:
    """The analysis of a text of any length. `arguments=False` leaves `predicates` empty, which saves a tenth of the time."""
    tokens, sentences = segment(text)
    known = None if arguments else set[int]()
    return _filled(Analysis(text, tokens, sentences), model or shared_model(), known)


def analyse_tokens(words: list[str], space_after: list[bool] | None = None, model: Model | None = None) -> Analysis:
    """The analysis of one sentence whose words are given (for measuring with gold tokens)."""
    return analyse_sentences([words], [space_after or [True] * len(words)], model)


def analyse_sentences(
    words: list[list[str]],
    space_after: list[list[bool]] | None = None,
    model: Model | None = None,
    predicates: list[list[int]] | None = None,
) -> Analysis:
    """The analysis of a text whose sentences and words are given.

    `space_after`: whether a blank follows each word; `predicates`: the words of each sentence, counted from 0 in it, that are
    predicates, where that is known.
    """
    analysis = Analysis("")
    for sentence, spaces in zip(words, space_after or [[True] * len(s) for s in words], strict=True):
        start, first = len(analysis.text), len(analysis.tokens)
        for word, space in zip(sentence, spaces, strict=True):
            at = len(analysis.text)
            analysis.tokens.append(Token(at, at + len(word), word, len(analysis.tokens)))
            analysis.text += word + (" " if space else "")
        analysis.sentences.append(Sentence(start, len(analysis.text.rstrip()), first, len(analysis.tokens)))
    known = None
    if predicates is not None:
        pairs = zip(analysis.sentences, predicates, strict=True)
        known = {s.first + i for s, inside in pairs for i in inside}
    return _filled(analysis, model or shared_model(), known)


def _filled(analysis: Analysis, model: Model, predicates: set[int] | None = None) -> Analysis:
    stretches = [
        Stretch(first, min(first + MOST_WORDS, sentence.last))
        for sentence in analysis.sentences
        for first in range(sentence.first, sentence.last, MOST_WORDS)
    ]
    words = [[t.text for t in analysis.tokens[s.first : s.last]] for s in stretches]
    states = []
    for window in model.windows(words):
        at = 0
        for number in window:
            stretches[number].at = at
            at += len(words[number])
        read = [stretches[n] for n in window], [words[n] for n in window]
        states.append(_window(analysis, *read, model, predicates))
    names.settle(analysis)
    linking.link(analysis, states, model)
    return analysis


def _window(
    analysis: Analysis, stretches: list[Stretch], words: list[list[str]], model: Model, predicates: set[int] | None
) -> decode.Floats:
    """Fill in the sentences of one window; returns the vectors of its words (1, n, 384)."""
    scores = model.run(words)
    heads = [head for s in stretches for head in _heads(scores, s)]
    first = stretches[0].first
    found = spans.triggers(scores, model, stretches, predicates)
    runs = spans.runs(scores, model, stretches, heads, found["roles"])
    links = [t.first - first for group in model.link_labels for t in found[group]]
    asked = model.pairs(scores, heads, links, arguments.table(runs))
    _words(analysis.tokens, first, heads, scores, asked.relations, model)
    for stretch, sentence in zip(stretches, words, strict=True):
        if _shouted(sentence):
            _quieten(analysis.tokens[stretch.first : stretch.last], scores, stretch.at, model)
    spans.fill(analysis, stretches, scores, asked, found, model)
    spans.predicates(analysis, first, runs, asked.roles, found["roles"], model)
    return scores.states


def _heads(scores: Scores, stretch: Stretch) -> list[int]:
    """The tree of one sentence as places in its window, from 1; 0 is the root."""
    low, high = stretch.at, stretch.at + stretch.last - stretch.first
    inside = np.concatenate((scores.arcs[low:high, :1], scores.arcs[low:high, low + 1 : high + 1]), axis=1)
    return [h + low if h else 0 for h in tree.decode(inside)]


def _words(
    tokens: list[Token], first: int, heads: list[int], scores: Scores, relations: decode.Floats, model: Model
) -> None:
    """Tags, lemmas and the tree."""
    upos, xpos, scripts = (decode.best(scores.tags[task], model.labels[task]) for task in ("upos", "xpos", "lemma"))
    labels = model.labels["deprel"]
    root = labels.index("root")
    relations[:, root] = -np.inf  # only what hangs on nothing is a root
    order = relations.argmax(1).tolist()
    for k, token in enumerate(tokens[first : first + len(heads)]):
        token.upos, token.xpos = upos[k], xpos[k]
        _known_noun(token, model.lemmas)
        known = model.lemmas.get((token.upos, token.text.lower()))
        token.lemma = known or decode.lemma(token.text, scripts[k])
        token.head = first + heads[k] - 1 if heads[k] else first + k
        token.deprel = labels[order[k]] if heads[k] else "root"


SHOUTED = 0.8  # share of capital words from which on a sentence is written in capitals


def _shouted(words: list[str]) -> bool:
    """Whether a sentence is written in capitals, as headlines and old agency wires are."""
    cased = [w for w in words if len(w) > 1 and w.lower() != w.upper()]
    return len(cased) > 1 and sum(w.isupper() for w in cased) >= SHOUTED * len(cased)


def _quieten(tokens: list[Token], scores: Scores, at: int, model: Model) -> None:
    """Lemmas of names in a sentence of capitals: *Kyiv*, not *KYIV*."""
    scripts = decode.best(scores.tags["lemma"][at : at + len(tokens)], model.labels["lemma"])
    for token, script in zip(tokens, scripts, strict=True):
        if token.upos == "PROPN":
            token.lemma = decode.lemma(token.text, script, shouted=True)


def _known_noun(token: Token, lemmas: dict[tuple[str, str], str]) -> None:
    """Common nouns that the treebanks know are none of somebody's names where they are written small (*rebels*, *troops*).

    On news the tagger takes about one lower-case word in a hundred for a proper noun, and some plurals for singulars.
    """
    if token.upos not in ("PROPN", "NOUN"):
        return
    lemma = lemmas.get(("NOUN", token.text))
    if lemma is not None and (token.upos == "PROPN" or (token.xpos == "NN" and lemma != token.text)):
        plural = lemma != token.text and token.text.endswith("s")
        token.upos, token.xpos = "NOUN", "NNS" if plural else "NN" if token.xpos in ("NNP", "NNPS") else token.xpos
