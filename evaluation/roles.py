"""`roles`: PropBank predicates and their arguments, exactly: the word of the predicate, both ends and label of an argument.

Arguments are measured twice: with the gold predicates given (`argument_f1`), and on those that sayso finds by itself
(`end_to_end_f1`). All labels of the gold set count, `R-` and `C-` among them; the predicate itself is no argument.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from evaluation.bootstrap import SMALL, intervals
from evaluation.data import digest, lines
from evaluation.result import Result, f1, made_by
from sayso.errors import EvaluationError
from sayso.language import Analysis, analyse_sentences

Argument = tuple[int, int, str]
Frames = dict[int, set[Argument]]
# Right, found, gold by figure: the counts of one document.
Counts = Counter[tuple[str, int]]

CORE = frozenset(f"ARG{number}" for number in range(6))
# The part of speech (as sayso tags it) under which the arguments of a predicate are counted.
KINDS = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns"}
FIGURES = (
    "argument_f1", "predicate_f1", "end_to_end_f1", "argument_f1.core", "argument_f1.unlabelled",
    "argument_f1.verbs", "argument_f1.nouns", "argument_f1.others",
)  # fmt: skip


class Framed:
    """A sentence: its id, its words, and its gold frames: predicate → arguments as (first word, one past the last, label)."""

    __slots__ = ("frames", "name", "words")

    def __init__(self, name: str, words: list[str], frames: Frames) -> None:
        self.name, self.words, self.frames = name, words, frames


def measure(paths: list[Path]) -> Result:
    """Measure on all files together; documents are what is drawn for the intervals."""
    sentences = [s for path in paths for s in read(path)]
    if not sentences:
        raise EvaluationError("no sentence to measure on", "the files hold no words", "give PropBank JSONL")
    units = [count(document) for document in documents(sentences)]
    scores: dict[str, float | None] = {**figures(units)}
    if 1 < len(units) <= SMALL:
        scores |= intervals(units, lambda drawn: {k: v for k, v in figures(drawn).items() if "." not in k})
    gold = sum(len(s.frames) for s in sentences)
    note = f"  {gold} predicates in {len(units)} documents; end to end: arguments of the predicates that sayso finds"
    return Result("roles", scores, len(sentences), "sentences", digest(paths), made_by(), [note])


def documents(sentences: Sequence[Framed]) -> list[list[Framed]]:
    """The sentences by document: side by side, with the same id before the last hyphen. Without an id a sentence stands alone."""
    numbered = [(s.name.rpartition("-")[0] or s.name or f"#{k}", s) for k, s in enumerate(sentences)]
    return [[s for _, s in part] for _, part in groupby(numbered, key=lambda row: row[0])]


def count(document: Sequence[Framed]) -> Counts:
    """Right, found and gold of one document, by figure; its sentences are read together, once with the gold predicates and once without."""
    words = [s.words for s in document]
    given = analyse_sentences(words, predicates=[sorted(s.frames) for s in document])
    alone = analyse_sentences(words)
    counts: Counts = Counter()
    parts = zip(document, frames(given), frames(alone), given.sentences, strict=True)
    for sentence, helped, own, place in parts:
        gold = sentence.frames
        _add(counts, "predicate_f1", set(own), set(gold))
        _add(counts, "end_to_end_f1", _flat(own), _flat(gold))
        for at, arguments in gold.items():
            kind = KINDS.get(given.tokens[place.first + at].upos, "others")
            _arguments(counts, helped.get(at, set()), arguments, kind)
    return counts


def frames(analysis: Analysis) -> list[Frames]:
    """The predicates of each sentence with their arguments, as indices of words in the sentence."""
    found: list[Frames] = [{} for _ in analysis.sentences]
    numbers = [k for k, s in enumerate(analysis.sentences) for _ in range(s.first, s.last)]
    for frame in analysis.predicates:
        number = numbers[frame.trigger.first]
        first = analysis.sentences[number].first
        arguments = {(r.first - first, r.last - first, r.label) for r in frame.roles}
        found[number].setdefault(frame.trigger.first - first, set()).update(arguments)
    return found


def figures(units: Sequence[Counts]) -> dict[str, float]:
    """F1 of every figure, and precision and recall of the first three, over the documents together."""
    totals: Counts = Counter()
    for unit in units:
        totals.update(unit)
    scores: dict[str, float] = {}
    for name in FIGURES:
        value, precision, recall = f1(*(totals[name, k] for k in range(3)))
        scores[name] = round(value, 4)
        if "." not in name:
            scores |= {f"{name}.precision": round(precision, 4), f"{name}.recall": round(recall, 4)}
    return scores


def _arguments(counts: Counts, found: set[Argument], gold: set[Argument], kind: str) -> None:
    """The arguments of one gold predicate."""
    for name in ("argument_f1", f"argument_f1.{kind}"):
        _add(counts, name, found, gold)
    _add(counts, "argument_f1.core", *({a for a in part if a[2] in CORE} for part in (found, gold)))
    _add(counts, "argument_f1.unlabelled", *({a[:2] for a in part} for part in (found, gold)))


def _add(counts: Counts, name: str, found: set[Any], gold: set[Any]) -> None:
    for k, size in enumerate((len(found & gold), len(found), len(gold))):
        counts[name, k] += size


def _flat(framed: Frames) -> set[tuple[int, Argument]]:
    return {(at, argument) for at, arguments in framed.items() for argument in arguments}


# --- files -----------------------------------------------------------------------------------------------------------


def read(path: Path) -> Iterator[Framed]:
    """The sentences of a file: a JSON object a line with `sent_id`, `tokens`, `preds` (`i`, `args`: [first, last, label]).

    Keys that are missing are taken as empty; a predicate without `i` begins where its `v` does. Raises EvaluationError where a
    line is none of these.
    """
    for number, line in enumerate(lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            words = [str(w) for w in row.get("tokens") or []]
            framed = Framed(str(row.get("sent_id") or ""), words, _frames(row.get("preds") or [], len(words)))
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise EvaluationError(
                f"{path.name}:{number} holds no predicates", str(error) or "another form", "give PropBank JSONL"
            ) from error
        if words:
            yield framed


def _frames(predicates: list[dict[str, Any]], size: int) -> Frames:
    found: Frames = {}
    for predicate in predicates:
        at = predicate.get("i")
        at = int(predicate["v"][0][0] if at is None else at)
        arguments = {(int(a), int(b), str(label)) for a, b, label in predicate.get("args") or []}
        if not 0 <= at < size or any(not 0 <= a < b <= size for a, b, _ in arguments):
            raise ValueError(f"a predicate or argument lies outside of the {size} words")
        found.setdefault(at, set()).update(arguments)
    return found
