"""`syntax`: tags, lemmas and trees on gold tokens; tokens, sentences and trees from raw text. CoNLL 2018 scoring."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from evaluation import conllu
from evaluation.alignment import Piece, align
from evaluation.conllu import Document, Sentence, Word
from evaluation.data import digest
from evaluation.ledger_score import squeeze
from evaluation.result import Result, f1, made_by
from sayso.errors import EvaluationError
from sayso.language import Analysis, analyse, analyse_sentences

Count = list[int]
Ranges = list[tuple[int, int]]


def measure(paths: list[Path]) -> Result:
    """Measure on each file; the figures of all files but the first have the file's name before them (`gum.las`)."""
    scores: dict[str, float | None] = {}
    total = 0
    for number, path in enumerate(paths):
        documents = conllu.read(path)
        if not documents:
            raise EvaluationError(f"{path.name} holds no sentence", "there is nothing to measure on", "give CoNLL-U")
        prefix = f"{_name(path)}." if number else ""
        scores |= {prefix + k: v for k, v in (_gold_tokens(documents) | raw_text(documents)).items()}
        news = [d for d in documents if d.name.startswith("GUM_news")]
        if news:
            scores["gum_news.raw.sentences"] = raw_text(news)["raw.sentences"]
        total += sum(len(s.words) for d in documents for s in d.sentences)
    return Result("syntax", scores, total, "words", digest(paths), made_by())


def _name(path: Path) -> str:
    return path.name.split(".")[0].split("-")[0]


def universal(deprel: str) -> str:
    """The relation without its subtype, as the official scorer compares it."""
    return deprel.split(":")[0]


# --- gold tokens -----------------------------------------------------------------------------------------------------


def _gold_tokens(documents: list[Document]) -> dict[str, float]:
    right = dict.fromkeys(("las", "uas", "xpos", "upos", "lemma"), 0)
    total = 0
    for sentences in (part for d in documents for part in together(d)):
        spaces = [[w.space for w in s.words] for s in sentences]
        found = analyse_sentences([[w.form for w in s.words] for s in sentences], spaces)
        for sentence, place in zip(sentences, found.sentences, strict=True):
            count(right, sentence.words, found, place.first)
            total += len(sentence.words)
    return {k: round(v / total, 4) for k, v in right.items()}


def together(document: Document) -> Iterator[list[Sentence]]:
    """The sentences that are read together: a document's, told by `sent_id` (all before the last hyphen) where no `newdoc` tells it."""
    if document.name:
        yield document.sentences
        return
    for _, part in groupby(document.sentences, key=lambda s: s.name.rpartition("-")[0]):
        yield list(part)


def count(right: dict[str, int], words: list[Word], found: Analysis, first: int) -> None:
    """Count what is right in a sentence whose words are the tokens of the analysis from `first` on."""
    for at, word in enumerate(words, first):
        token = found.tokens[at]
        same_head = (0 if token.head == at else token.head - first + 1) == word.head
        right["uas"] += same_head
        right["las"] += same_head and universal(token.deprel) == universal(word.deprel)
        right["xpos"] += token.xpos == word.xpos
        right["upos"] += token.upos == word.upos
        right["lemma"] += word.lemma == "_" or token.lemma == word.lemma


# --- raw text --------------------------------------------------------------------------------------------------------


def raw_text(documents: list[Document]) -> dict[str, float]:
    """`raw.las`, `raw.tokens`, `raw.sentences` of documents read from their text (F1, CoNLL 2018 alignment)."""
    counts: dict[str, Count] = {"raw.las": [0, 0, 0], "raw.tokens": [0, 0, 0], "raw.sentences": [0, 0, 0]}
    for document in documents:
        found = analyse(document.text)
        at = squeeze(document.text)
        _add(counts["raw.tokens"], _ranges(document.tokens(), at), _ranges(surface(found), at))
        spans = [(s.start, s.end) for s in document.sentences]
        _add(counts["raw.sentences"], _ranges(spans, at), _ranges([(s.start, s.end) for s in found.sentences], at))
        for k, count in enumerate(_attached(document.sentences, found, at)):
            counts["raw.las"][k] += count
    return {name: round(f1(*count)[0], 4) for name, count in counts.items()}


def _ranges(spans: Ranges, at: list[int]) -> Ranges:
    return [(at[a], at[b]) for a, b in spans]


def _add(count: Count, gold: Ranges, system: Ranges) -> None:
    for k, size in enumerate((len(set(gold) & set(system)), len(system), len(gold))):
        count[k] += size


def surface(found: Analysis) -> Ranges:
    """The characters of each surface token."""
    spans: Ranges = []
    last = -1
    for token in found.tokens:
        if token.word == last:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        last = token.word
    return spans


def _attached(sentences: list[Sentence], found: Analysis, at: list[int]) -> tuple[int, int, int]:
    """Words with the right head and relation, of those of the system, of those of gold."""
    words, heads = _flat(sentences)
    gold = [Piece(w.form, at[w.start], at[w.end], w.joined) for w in words]
    system = _pieces(found, at)
    pairs = align(gold, system)
    of_system = {s: g for g, s in pairs}
    right = 0
    for g, s in pairs:
        token = found.tokens[s]
        # A head that fits no gold word is -2: it is never the head of the gold word, nor its being the root (-1).
        head = -1 if token.head == s else of_system.get(token.head, -2)
        right += head == heads[g] and universal(token.deprel) == universal(words[g].deprel)
    return right, len(system), len(gold)


def _flat(sentences: list[Sentence]) -> tuple[list[Word], list[int]]:
    """All words of a document, and the index of the head of each (-1 for a root)."""
    words: list[Word] = []
    heads: list[int] = []
    for sentence in sentences:
        base = len(words) - 1
        heads += [base + w.head if w.head else -1 for w in sentence.words]
        words += sentence.words
    return words, heads


def _pieces(found: Analysis, at: list[int]) -> list[Piece]:
    spans = surface(found)
    sizes: dict[int, int] = {}
    for token in found.tokens:
        sizes[token.word] = sizes.get(token.word, 0) + 1
    order = {word: k for k, word in enumerate(sizes)}
    pieces = []
    for token in found.tokens:
        start, end = spans[order[token.word]]
        pieces.append(Piece(token.text, at[start], at[end], sizes[token.word] > 1))
    return pieces
