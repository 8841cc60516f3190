"""The whole language stage: text → Analysis."""

from __future__ import annotations

from sayso.language import decode, names, tree
from sayso.language.analysis import Analysis, Found, Frame, Sentence, Token
from sayso.language.model import MOST_WORDS, Model, Scores, shared_model
from sayso.language.sentences import segment

# Chosen on a fifth of gold train left out of training: the cue and anchor heads are shy, since most words are neither.
CUE, ANCHOR, FIGURE, SPEECH_LINK, EVENT_LINK = 0.5, 0.5, 0.5, 0.5, 0.5


def analyse(text: str, model: Model | None = None) -> Analysis:
    """The analysis of a text of any length; sentence by sentence, only names are settled over the whole of it."""
    model = model or shared_model()
    tokens, sentences = segment(text)
    analysis = Analysis(text, tokens, sentences)
    return _filled(analysis, model)


def analyse_tokens(words: list[str], space_after: list[bool] | None = None, model: Model | None = None) -> Analysis:
    """The analysis of one sentence whose words are given (for measuring with gold tokens)."""
    return analyse_sentences([words], [space_after or [True] * len(words)], model)


def analyse_sentences(
    words: list[list[str]], space_after: list[list[bool]] | None = None, model: Model | None = None
) -> Analysis:
    """The analysis of a text whose sentences and words are given; `space_after`: whether a blank follows each word."""
    analysis = Analysis("")
    for sentence, spaces in zip(words, space_after or [[True] * len(s) for s in words], strict=True):
        start, first = len(analysis.text), len(analysis.tokens)
        for word, space in zip(sentence, spaces, strict=True):
            at = len(analysis.text)
            analysis.tokens.append(Token(at, at + len(word), word, len(analysis.tokens)))
            analysis.text += word + (" " if space else "")
        analysis.sentences.append(Sentence(start, len(analysis.text.rstrip()), first, len(analysis.tokens)))
    return _filled(analysis, model or shared_model())


def _filled(analysis: Analysis, model: Model) -> Analysis:
    for sentence in analysis.sentences:
        _sentence(analysis, sentence, model)
    names.settle(analysis)
    return analysis


def _sentence(analysis: Analysis, sentence: Sentence, model: Model) -> None:
    """Fill in one sentence; one that is longer than the encoder reads goes through in stretches."""
    for first in range(sentence.first, sentence.last, MOST_WORDS):
        last = min(first + MOST_WORDS, sentence.last)
        scores = model.run([t.text for t in analysis.tokens[first:last]])
        _words(analysis.tokens, first, last, scores, model)
        _spans(analysis, first, scores, model)


def _words(tokens: list[Token], first: int, last: int, scores: Scores, model: Model) -> None:
    """Tags, lemmas and the tree."""
    heads = tree.decode(scores.arcs)
    labels = {task: decode.best(scores.tags[task], model.labels[task]) for task in ("upos", "xpos", "lemma")}
    relations = model.labels["deprel"]
    root = relations.index("root")
    order = scores.relations.argmax(1).tolist()
    for k, token in enumerate(tokens[first:last]):
        token.upos, token.xpos = labels["upos"][k], labels["xpos"][k]
        _known_noun(token, model.lemmas)
        known = model.lemmas.get((token.upos, token.text.lower()))
        token.lemma = known or decode.lemma(token.text, labels["lemma"][k])
        token.head = first + heads[k] - 1 if heads[k] else first + k
        if heads[k] == 0:
            token.deprel = "root"
        elif order[k] == root:
            token.deprel = relations[int(scores.relations[k].argsort()[-2])]
        else:
            token.deprel = relations[order[k]]


def _known_noun(token: Token, lemmas: dict[tuple[str, str], str]) -> None:
    """Common nouns that the treebanks know are none of somebody's names where they are written small (*rebels*, *troops*).

    On news the tagger takes about one lower-case word in a hundred for a proper noun, and some plurals for singulars.
    """
    lemma = lemmas.get(("NOUN", token.text))
    if lemma is None or token.upos not in ("PROPN", "NOUN"):
        return
    if token.upos == "PROPN" or (token.xpos == "NN" and lemma != token.text):
        plural = lemma != token.text and token.text.endswith("s")
        token.upos, token.xpos = "NOUN", "NNS" if plural else "NN" if token.xpos in ("NNP", "NNPS") else token.xpos


def _spans(analysis: Analysis, first: int, scores: Scores, model: Model) -> None:
    """Names, speech, events, figures."""

    def found(task: str, threshold: float) -> list[Found]:
        return model.bio[task].runs(scores.tags[task], first, threshold)

    known = names.evidence(scores.tags["names"], scores.tags["names_wide"], model.wide_order)
    analysis.names += model.bio["names"].path(known, first)
    speech, events = scores.links["speech"], scores.links["events"]
    for cue in found("cue", CUE):
        analysis.attributions.append(decode.frame(cue, speech, model.link_labels["speech"], first, SPEECH_LINK))
    for anchor in found("anchor", ANCHOR):
        made = decode.frame(anchor, events, model.link_labels["events"], first, EVENT_LINK)
        status = _likeliest(scores, model, "status", anchor.first - first, anchor.first - first + 1, anchor)
        analysis.events.append(Frame(anchor, (*made.roles, status)))
    for figure in found("figure", FIGURE):
        measure = _likeliest(scores, model, "measure", figure.first - first, figure.last - first, figure)
        analysis.figures.append(Found(figure.first, figure.last, measure.label, figure.score))


def _likeliest(scores: Scores, model: Model, task: str, first: int, last: int, run: Found) -> Found:
    """The label of a task that is likeliest over a run of words."""
    chances = decode.softmax(scores.tags[task][first:last].mean(0))
    best = int(chances.argmax())
    return Found(run.first, run.last, model.labels[task][best], round(float(chances[best]), 4))
