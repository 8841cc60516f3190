"""re3d for `names`: JSON lines with `text` and `entities` (`start`, `end` in characters, `type`, `confidence`).

re3d (Dstl, 2017) marks whole noun phrases, sayso marks names; and its annotators put one phrase into another. So:

- Annotations of confidence .5 and more are kept; leading articles are cut off.
- Organisations, persons, locations and nationalities must be names: the first and last word capitalised or a number, and a single
  word (of a person: the last one) none that the texts also write small (*Soldiers*, *We*); an office alone is no person.
- *Palmyra, Syria* is two places. A country marked as organisation and as location may be either.
- Of names within each other the longest stands.
- Whatever else is marked, at any confidence, is left open: a name of sayso's inside such a phrase is neither right nor wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.data import lines
from evaluation.names import ACCEPTED, OURS, Counts, Name, count
from sayso.errors import EvaluationError
from sayso.language import Analysis, analyse

Json = dict[str, Any]

SURE = 0.5
NAMED = frozenset(("organisation", "person", "location", "nationality", "titled", "state"))
OFFICES = frozenset(("minister", "secretary", "president", "general", "commander", "director", "envoy"))
_ARTICLE = re.compile(r"(?:the|an?)(?:\s+|$)", re.IGNORECASE)
_SMALL = re.compile(r"\b[a-z]+\b")


def counts(paths: list[Path]) -> tuple[list[Counts], int, int]:
    """The counts of each document, how many sentences sayso sees in them, and how many phrases were left open."""
    documents = [d for path in paths for d in read(path)]
    if not documents:
        raise EvaluationError("no document to measure on", "the files hold no text", "give re3d JSONL")
    common = small_words([d["text"] for d in documents])
    units, sentences, left = [], 0, 0
    for document in documents:
        gold, open_ = names(document, common)
        analysis = analyse(document["text"])
        units.append(count(gold, found(analysis), open_))
        sentences += len(analysis.sentences)
        left += len({o for o in open_ if not any(a < o[1] and o[0] < b for a, b, _ in gold)})
    return units, sentences, left


def read(path: Path) -> Iterator[Json]:
    """The documents of a file that have a text. Raises EvaluationError where a line is none."""
    for number, line in enumerate(lines(path), 1):
        if not line.strip():
            continue
        try:
            document: Json = json.loads(line)
            whole = isinstance(document.get("text", ""), str) and isinstance(document.get("entities") or [], list)
        except (ValueError, AttributeError) as error:
            raise _other(path, number, str(error)) from error
        if not whole:
            raise _other(path, number, "its text or its entities have another form")
        if document.get("text"):
            yield document


def _other(path: Path, number: int, why: str) -> EvaluationError:
    return EvaluationError(f"{path.name}:{number} is no document", why, "give re3d JSONL")


def small_words(texts: list[str]) -> frozenset[str]:
    """All words that stand somewhere in lower case, and the pronoun that never does."""
    return frozenset(w for text in texts for w in _SMALL.findall(text)) | {"i"}


def found(analysis: Analysis) -> set[Name]:
    """The names that sayso finds, by characters, under our labels."""
    tokens = analysis.tokens
    return {(tokens[n.first].start, tokens[n.last - 1].end, n.label) for n in analysis.names if n.label in OURS}


def names(document: Json, common: frozenset[str]) -> tuple[set[Name], list[tuple[int, int]]]:
    """The names of a document by characters, under labels of `ACCEPTED`, and all phrases that are marked."""
    text = document["text"]
    marked = [e for e in document.get("entities") or [] if {"start", "end", "type"} <= e.keys()]
    places = {(e["start"], e["end"]) for e in marked if e["type"] == "Location"}
    candidates: set[Name] = set()
    for entity in marked:
        if entity.get("confidence", 1) >= SURE:
            label = _label(entity, places)
            candidates |= {
                (*span, label)
                for span in _parts(text, entity["start"], entity["end"], label)
                if label in ACCEPTED and _is_name(text[slice(*span)], label, common)
            }
    return _longest(candidates), [(e["start"], e["end"]) for e in marked]


def _label(entity: Json, places: set[tuple[int, int]]) -> str:
    label = str(entity["type"]).lower()
    if label == "organisation" and (entity["start"], entity["end"]) in places:
        return "state"
    return "titled" if label == "person" else label


def _parts(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """The phrase without its article and white space; a location part by part."""
    for piece in re.finditer(r"[^,]+" if label == "location" else r"(?s).+", text[start:end]):
        bare = piece.group().strip()
        first = start + piece.start() + piece.group().index(bare)
        article = _ARTICLE.match(bare)
        last, first = first + len(bare), first + (article.end() if article else 0)
        if first < last:
            yield first, last


def _is_name(phrase: str, label: str, common: frozenset[str]) -> bool:
    """Whether sayso would mark such a phrase: times, numbers and weapons always, the others where they are names."""
    if label not in NAMED:
        return True
    words = re.split(r"[\s-]+", phrase)
    if not all(w[:1].isupper() or w[:1].isdigit() for w in (words[0], words[-1])):
        return False
    last = words[-1].rstrip(".")
    usual = last.lower() in common and (len(last) == 1 or not last.isupper())
    if label == "titled":
        return not usual and last.lower() not in OFFICES
    return not usual or len(words) > 1


def _longest(candidates: set[Name]) -> set[Name]:
    kept: set[Name] = set()
    for name in sorted(candidates, key=lambda n: (n[0] - n[1], n)):
        if not any(name[0] < k[1] and k[0] < name[1] for k in kept):
            kept.add(name)
    return kept
