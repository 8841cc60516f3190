"""Readers of the training corpora: each yields `Example`s, one sentence each, with the labels that the corpus has.

Only corpora whose licence lets weights be released are read here (see the model card). A label that a corpus does not
annotate is `None` for the whole sentence and takes no part in the loss.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.language.tokenizer import tokenize

# Two heads for names: `names` learns UNER's conventions alone, `names_wide` those of all corpora, which differ (is a restaurant a
# place or an organisation?) but cover more of the world.
NAMES = {"PER": "person", "ORG": "organisation", "LOC": "location"}
ROLES = ("ARG0", "ARG1", "ARG2", "ARG3", "LOC", "TMP", "MNR", "DIR", "CAU", "ADV", "NEG", "MOD", "DIS")
EVENT_ROLES = ("actor", "recipient", "where", "figure")
SPEECH_ROLES = ("source", "content")


@dataclass
class Example:
    """One sentence: words, and per task either None or its labels (one a word, or pair labels by trigger word)."""

    words: list[str]
    corpus: str
    tags: dict[str, list[str | None]] = field(default_factory=dict)  # task -> one label a word; None: not annotated
    heads: list[int] | None = None  # 0 = root, else 1-based
    pairs: dict[str, dict[int, list[str]]] = field(default_factory=dict)  # group -> trigger word -> label a word


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from lines


def _sentences(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """The comment fields and the token rows of each sentence of a tab-separated file."""
    meta: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in _lines(path):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield meta, rows
            meta, rows = {}, []
        elif line.startswith("#"):
            key, _, value = line[1:].partition("=")
            meta[key.strip()] = value.strip()
        else:
            rows.append(line.split("\t"))
    if rows:
        yield meta, rows


def lemma_script(form: str, lemma: str) -> str:
    """How to make the lemma from the form: letters to cut at the end, letters to add, and whether case is kept."""
    case = "k" if lemma[:1].isupper() else "l"
    base = form if case == "k" else form.lower()
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    return f"{case}{len(base) - shared}{lemma[shared:]}"


def bio(size: int, spans: list[tuple[int, int, str]]) -> list[str | None]:
    """BIO tags of spans `(first, last, label)` over `size` words; of overlapping spans the longest stands."""
    tags: list[str | None] = ["O"] * size
    for first, last, label in sorted(spans, key=lambda s: s[0] - s[1]):
        if all(t == "O" for t in tags[first:last]):
            tags[first:last] = [f"B-{label}", *([f"I-{label}"] * (last - first - 1))]
    return tags


def uner(path: Path) -> dict[str, list[str | None]]:
    """Name tags by sentence id. OTH (nationalities, works, events) has no place among our labels yet."""
    tags = {}
    for meta, rows in _sentences(path):
        labels: list[str | None] = []
        for row in rows:
            prefix, _, label = row[2].partition("-")
            labels.append(f"{prefix}-{NAMES[label]}" if label in NAMES else "O")
        tags[meta["sent_id"]] = labels
    return tags


def propbank(path: Path) -> dict[str, dict]:
    """Predicates with their arguments by sentence id."""
    return {row["sent_id"]: row for row in map(json.loads, _lines(path))}


def _role(label: str) -> str | None:
    label = label.removeprefix("ARGM-")
    label = {"ARG4": "ARG3", "ARG5": "ARG3", "PRP": "CAU", "GOL": "DIR", "ADJ": "ADV"}.get(label, label)
    return label if label in ROLES else None


def _pair_roles(row: dict, size: int) -> dict[int, list[str]]:
    pairs = {}
    for predicate in row["preds"]:
        labels = ["none"] * size
        for first, last, label in sorted(predicate["args"], key=lambda a: a[0] - a[1]):
            if role := _role(label):
                labels[first:last] = [role] * (last - first)
        pairs[predicate["i"]] = labels
    return pairs


def _gum_names(rows: list[list[str]]) -> list[str | None]:
    """Name tags from GUM's entities: the run of proper nouns round the head of a person, place or organisation.

    Linked entities that begin and end with a proper noun are taken whole (*University of Portsmouth*).
    """
    kinds = {"person": "person", "place": "location", "organization": "organisation"}
    opened: list[tuple[str, int, str]] = []
    spans: list[tuple[int, int, str]] = []
    proper = [r[3] == "PROPN" for r in rows]
    for i, row in enumerate(rows):
        entity = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", entity):
            bare = part.strip("()").split("-")
            if part.startswith("("):
                opened.append((bare[0], i, "-".join(bare)))
            if part.endswith(")"):
                at = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][0] == bare[0]), None)
                if at is None:
                    continue
                _, first, whole = opened.pop(at)
                fields = whole.split("-")
                if len(fields) > 1 and fields[1] in kinds:
                    spans += _name_in(rows, proper, first, i + 1, kinds[fields[1]], linked=len(fields) > 6)
    return bio(len(rows), spans)


def _name_in(
    rows: list[list[str]], proper: list[bool], first: int, last: int, kind: str, *, linked: bool
) -> list[tuple[int, int, str]]:
    if first < last and rows[first][3] == "DET":
        first += 1
    if linked and first < last <= first + 7 and proper[first] and proper[last - 1]:
        return [(first, last, kind)]
    inside = {int(r[0]) for r in rows[first:last]}
    head = next((i for i in range(first, last) if int(rows[i][6]) not in inside), None)
    if head is None or not proper[head]:
        return []
    low = high = head
    while low > first and proper[low - 1]:
        low -= 1
    while high + 1 < last and proper[high + 1]:
        high += 1
    return [(low, high + 1, kind)]


def treebank(path: Path, names: Path | None = None, roles: Path | None = None) -> Iterator[Example]:
    """Sentences of a CoNLL-U file; names and predicates of the same sentences where files of these are given."""
    named = uner(names) if names else {}
    framed = propbank(roles) if roles else {}
    for meta, rows in _sentences(path):
        rows = [r for r in rows if r[0].isdigit()]
        words = [r[1] for r in rows]
        example = Example(words, path.name)
        example.tags["xpos"] = [r[4] for r in rows]
        example.tags["upos"] = [r[3] for r in rows]
        example.tags["lemma"] = [lemma_script(r[1], r[2]) for r in rows]
        example.tags["deprel"] = [r[7] for r in rows]
        example.heads = [int(r[6]) for r in rows]
        tags = named.get(meta.get("sent_id", ""))
        if tags and len(tags) == len(words):
            example.tags["names"] = example.tags["names_wide"] = tags
        elif not names:
            example.tags["names_wide"] = _gum_names(rows)
        row = framed.get(meta.get("sent_id", ""))
        if row and row["tokens"] == words:
            example.pairs["roles"] = _pair_roles(row, len(words))
            example.tags["predicate"] = ["yes" if i in example.pairs["roles"] else "no" for i in range(len(words))]
        yield example


ADJECTIVE = re.compile(r"^[A-Z]\w+(an|ish|ese|ic|ch|ek|sh|i|ni|qi|elsh|wiss)$")


def redocred(path: Path) -> Iterator[Example]:
    """Names of Re-DocRED. It marks nationalities as places, which we do not: these words take no part in the loss."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        documents = json.load(file)
    for document in documents:
        for number, words in enumerate(document["sents"]):
            spans, unsure = [], set()
            for mention in (m for chain in document["vertexSet"] for m in chain if m["sent_id"] == number):
                first, last = mention["pos"]
                if mention["type"] == "MISC" or (mention["type"] == "LOC" and ADJECTIVE.match(words[first])):
                    unsure.update(range(first, last))
                elif mention["type"] in NAMES:
                    spans.append((first, last, NAMES[mention["type"]]))
            tags = bio(len(words), spans)
            yield Example(words, "redocred", {"names_wide": [None if i in unsure else t for i, t in enumerate(tags)]})


POLITICS = {
    "person": "person",
    "politician": "person",
    "writer": "person",
    "organisation": "organisation",
    "politicalparty": "organisation",
    "country": "location",
    "location": "location",
}


def crossner(path: Path) -> Iterator[Example]:
    """Names of CrossNER politics; elections, events and the rest count as no name of ours."""
    words: list[str] = []
    tags: list[str | None] = []
    for line in _lines(path):
        row = line.split()
        if len(row) < 2:
            if words:
                yield Example(words, "crossner", {"names_wide": tags})
            words, tags = [], []
            continue
        prefix, _, label = row[-1].partition("-")
        words.append(row[0])
        tags.append(f"{prefix}-{POLITICS[label]}" if label in POLITICS else "O")
    if words:
        yield Example(words, "crossner", {"names_wide": tags})


# --- our own gold -----------------------------------------------------------------------------------------------------


class _Words:
    """The words of one gold sentence, and which of them a character span covers."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.tokens = tokenize(text[start:end], offset=start)
        self.start, self.end = start, end

    def cover(self, span: dict | None) -> tuple[int, int] | None:
        """The half-open range of words that share a character with the span, if any."""
        if not span or span["end"] <= self.start or span["start"] >= self.end:
            return None
        inside = [i for i, t in enumerate(self.tokens) if t.start < span["end"] and span["start"] < t.end]
        return (inside[0], inside[-1] + 1) if inside else None


def gold(path: Path, leave_out: int | None = None) -> Iterator[Example]:
    """The sentences of the gold ledger with sources, cues, contents, events and figures, and what belongs to what.

    `leave_out` k skips the reports number k, k + 5, k + 10 …: one of five folds, for cross-validation.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if leave_out is not None and number % 5 == leave_out:
                continue
            report = json.loads(line)
            for start, end in report["sentences"]:
                words = _Words(report["text"], start, end)
                if words.tokens:
                    yield _gold_sentence(report, words)


def _gold_sentence(report: dict, words: _Words) -> Example:
    size = len(words.tokens)
    example = Example([t.text for t in words.tokens], "gold")
    example.tags.update({k: [None] * size for k in ("status", "measure")})
    _gold_speech(report, words, example)
    _gold_figures(report, words, example, _gold_events(report, words, example))
    return example


def _gold_speech(report: dict, words: _Words, example: Example) -> None:
    spans: dict[str, list[tuple[int, int, str]]] = {"source": [], "cue": [], "content": []}
    pairs: dict[int, list[str]] = {}
    for statement in report["statements"]:
        cue, source = words.cover(statement["cue"]), words.cover(statement["source"])
        contents = [c for c in map(words.cover, statement["content"]) if c]
        spans["source"] += [(*source, "source")] if source else []
        spans["cue"] += [(*cue, "cue")] if cue else []
        spans["content"] += [(*c, "content") for c in contents]
        if cue:
            labels = pairs.setdefault(cue[0], ["none"] * len(example.words))
            for c in contents:
                labels[slice(*c)] = ["content"] * (c[1] - c[0])
            if source:
                labels[slice(*source)] = ["source"] * (source[1] - source[0])
    for task, found in spans.items():
        example.tags[task] = bio(len(example.words), found)
    example.pairs["speech"] = pairs


def _gold_events(report: dict, words: _Words, example: Example) -> dict[int, tuple[int, int]]:
    """Fills anchors, status and participants; returns where in this sentence each event (by number from 1) is named."""
    spans: list[tuple[int, int, str]] = []
    pairs: dict[int, list[str]] = {}
    named: dict[int, tuple[int, int]] = {}
    for number, event in enumerate(report["events"], 1):
        mentions = [(m, k == 0) for k, m in enumerate([event["anchor"], *event["also"]])]
        for mention, first in mentions:
            cover = words.cover(mention)
            if not cover:
                continue
            spans.append((*cover, event["type"]))
            named.setdefault(number, cover)
            if first:
                example.tags["status"][cover[0]] = event["status"]
            labels = pairs.setdefault(cover[0], ["none"] * len(example.words))
            for role, key in (("where", "where"), ("recipient", "recipients"), ("actor", "actors")):
                for filler in filter(None, map(words.cover, event[key])):
                    labels[slice(*filler)] = [role] * (filler[1] - filler[0])
    example.tags["anchor"] = bio(len(example.words), spans)
    example.pairs["events"] = pairs
    return named


def _gold_figures(report: dict, words: _Words, example: Example, named: dict[int, tuple[int, int]]) -> None:
    spans: list[tuple[int, int, str]] = []
    for figure in report["figures"]:
        cover = words.cover(figure["span"])
        if not cover:
            continue
        spans.append((*cover, "figure"))
        for i in range(*cover):
            example.tags["measure"][i] = figure["measure"]
        event = named.get(figure["event"] or 0)
        if event:
            labels = example.pairs["events"].get(event[0])
            if labels:
                for i in range(*cover):
                    if labels[i] == "none":
                        labels[i] = "figure"
    example.tags["figure"] = bio(len(example.words), spans)


def everything(shared: Path, leave_out: int | None = None) -> dict[str, list[Example]]:
    """All training examples by corpus; `leave_out`: the fold of gold that is not read."""
    c = shared / "corpora"
    return {
        "ewt": list(
            treebank(
                c / "syntax/ewt-train.conllu.gz",
                c / "names/uner-ewt-train.iob2.gz",
                c / "roles/ewt-propbank-train.jsonl.gz",
            )
        ),
        "gum": list(treebank(c / "syntax/gum-train.conllu.gz")),
        "redocred": list(redocred(c / "names/redocred.json.gz")),
        "crossner": list(crossner(c / "names/crossner-politics-train.txt.gz")),
        "gold": list(gold(shared / "ledger/gold/train.jsonl", leave_out)),
    }
