"""`names`: spans of names, exactly (both ends and type), micro F1 over persons, places and organisations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.bootstrap import SMALL, intervals
from evaluation.data import digest, lines
from evaluation.result import Result, f1, made_by
from sayso.errors import EvaluationError
from sayso.language import analyse_sentences

Name = tuple[int, int, str]
# Our labels, and those of UNER, CrossNER (politics) and PUD, on the three types that all sets have.
OURS = {"person": "PER", "organisation": "ORG", "gpe": "LOC", "location": "LOC", "facility": "LOC"}
GOLD = {
    **{"per": "PER", "person": "PER", "politician": "PER"},
    **{"loc": "LOC", "location": "LOC", "country": "LOC", "gpe": "LOC"},
    **{"org": "ORG", "organisation": "ORG", "organization": "ORG", "politicalparty": "ORG"},
}
TYPES = ("PER", "LOC", "ORG")


@dataclass(slots=True)
class Tagged:
    """A sentence: its words, and its names as (first word, one past the last, type)."""

    words: list[str]
    names: set[Name]
    begins: bool = True  # whether a document begins with it; files that mark none have one a sentence


def measure(paths: list[Path]) -> Result:
    """Measure on all files together."""
    sentences = [s for path in paths for s in read(path)]
    if not sentences:
        raise EvaluationError("no sentence to measure on", "the files hold no words", "give IOB2")
    counts = [count(s.names, names) for doc in documents(sentences) for s, names in zip(doc, found(doc), strict=True)]
    scores: dict[str, float | None] = {**_figures(counts)}
    if 1 < len(counts) <= SMALL:
        scores |= intervals(counts, lambda units: {k: v for k, v in _figures(units).items() if k.count(".") == 0})
    return Result("names", scores, len(sentences), "sentences", digest(paths), made_by())


def documents(sentences: list[Tagged]) -> list[list[Tagged]]:
    """The sentences by document."""
    made: list[list[Tagged]] = []
    for sentence in sentences:
        if sentence.begins or not made:
            made.append([])
        made[-1].append(sentence)
    return made


def found(document: list[Tagged]) -> list[set[Name]]:
    """The names that sayso finds in each sentence of a document, read as one text."""
    analysis = analyse_sentences([s.words for s in document])
    names: list[set[Name]] = [set() for _ in document]
    numbers = [k for k, s in enumerate(analysis.sentences) for _ in range(s.first, s.last)]
    for name in analysis.names:
        if name.label in OURS:
            number = numbers[name.first]
            at = analysis.sentences[number].first
            names[number].add((name.first - at, name.last - at, OURS[name.label]))
    return names


def count(gold: set[Name], system: set[Name]) -> dict[str, list[int]]:
    """Right, system and gold by type."""
    parts = (gold & system, system, gold)
    return {kind: [sum(n[2] == kind for n in part) for part in parts] for kind in TYPES}


def _figures(units: Sequence[dict[str, list[int]]]) -> dict[str, float]:
    scores: dict[str, float] = {}
    totals = {kind: [sum(u[kind][k] for u in units) for k in range(3)] for kind in TYPES}
    groups = {"f1": [sum(t[k] for t in totals.values()) for k in range(3)]} | totals
    for name, counts in groups.items():
        value, precision, recall = f1(*counts)
        scores |= {name: round(value, 4), f"{name}.precision": round(precision, 4), f"{name}.recall": round(recall, 4)}
    return scores


# --- files -----------------------------------------------------------------------------------------------------------


def read(path: Path) -> list[Tagged]:
    """The sentences of a tagged file: IOB2 with numbered rows (UNER, PUD) or word and tag (CrossNER); `# ` comments."""
    sentences: list[Tagged] = []
    words: list[str] = []
    tags: list[str] = []
    marked, begins = False, True
    for line in [*lines(path), ""]:
        # A row's word may be `#` itself; a comment has a space after it.
        if line.startswith("# "):
            marked, begins = marked or "newdoc" in line[:10], begins or "newdoc" in line[:10]
            continue
        if line.strip():
            word, tag = _row(line, path)
            words.append(word)
            tags.append(tag)
        elif words:
            sentences.append(Tagged(words, spans(tags), begins))
            words, tags, begins = [], [], not marked
    return sentences


def _row(line: str, path: Path) -> tuple[str, str]:
    columns = line.rstrip("\r").split("\t") if "\t" in line else line.split()
    if len(columns) >= 3 and columns[0].isdigit():
        return columns[1], columns[2]
    if len(columns) >= 2:
        return columns[0], columns[-1]
    raise EvaluationError(f"{path.name} is not tagged", f"a row has one column: {line[:40]!r}", "give IOB2 rows")


def spans(tags: Sequence[str]) -> set[Name]:
    """The names of IOB2 tags. Types that we do not measure, and stray tags (`B-O`), are no names; a loose `I-` begins one."""
    names: set[Name] = set()
    first, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        mark, _, label = tag.partition("-")
        here = GOLD.get(label.lower(), "") and label.lower()
        if kind and (mark != "I" or here != kind):
            names.add((first, at, GOLD[kind]))
            kind = ""
        if here and not kind and mark in ("B", "I"):
            first, kind = at, here
    return names
