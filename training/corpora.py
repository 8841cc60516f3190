"""Readers of the treebanks and of PropBank, and all training examples together.

Only corpora whose licence lets weights be released are read here (see the model card). A label that a corpus does not
annotate is `None` for the whole sentence and takes no part in the loss.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from training import factuality, muc, names, speech
from training.example import Example, lines, sentences
from training.gold import gold
from training.linking import Links, coreferring

RARE_ROLE = 5  # labels of arguments seen less often are not learnt


def lemma_script(form: str, lemma: str) -> str:
    """How to make the lemma from the form: letters to cut at the end, letters to add, and whether case is kept."""
    case = "k" if lemma[:1].isupper() else "l"
    base = form if case == "k" else form.lower()
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    return f"{case}{len(base) - shared}{lemma[shared:]}"


def propbank(path: Path) -> tuple[dict[str, dict], list[str]]:
    """Predicates with their arguments by sentence id, and the labels of arguments that are not rare, by frequency."""
    rows = {row["sent_id"]: row for row in map(json.loads, lines(path))}
    counts = Counter(a[2] for row in rows.values() for p in row["preds"] for a in p["args"])
    return rows, sorted((t for t, n in counts.items() if n >= RARE_ROLE), key=lambda t: (-counts[t], t))


def frames(row: dict, roles: list[str]) -> dict[int, dict[tuple[int, int], str]]:
    """The arguments of each predicate: run of words → label."""
    return {p["i"]: {(first, last): label for first, last, label in p["args"] if label in roles} for p in row["preds"]}


def document(sent_id: str) -> str:
    """The document of a sentence id of EWT or GUM: all before the last hyphen."""
    return sent_id.rpartition("-")[0] or sent_id


def treebank(path: Path, named: Path | None = None, framed: Path | None = None) -> Iterator[Example]:
    """Sentences of a CoNLL-U file; names and predicates of the same sentences where files of these are given."""
    tags = names.uner(named) if named else {}
    framed_rows, roles = propbank(framed) if framed else ({}, [])
    for meta, rows in sentences(path):
        rows = [r for r in rows if r[0].isdigit()]
        sent_id, words = meta.get("sent_id", ""), [r[1] for r in rows]
        example = Example(words, document(sent_id))
        example.tags["xpos"] = [r[4] for r in rows]
        example.tags["upos"] = [r[3] for r in rows]
        example.tags["lemma"] = [lemma_script(r[1], r[2]) for r in rows]
        example.tags["deprel"] = [r[7] for r in rows]
        example.heads = [int(r[6]) for r in rows]
        if sent_id in tags and len(tags[sent_id][0]) == len(words):
            example.tags["names"], example.tags["entities"] = tags[sent_id]
        elif not named:
            example.tags["entities"] = names.gum(rows)
        row = framed_rows.get(sent_id)
        if row and row["tokens"] == words:
            example.frames = frames(row, roles)
            example.tags["predicate"] = ["yes" if i in example.frames else "no" for i in range(len(words))]
        yield example


def everything(shared: Path) -> tuple[dict[str, list[Example]], Links]:
    """All training examples by corpus, and what refers to what in their documents."""
    c, links = shared / "corpora", Links()
    ewt, roles = c / "syntax/ewt-train.conllu.gz", c / "roles/ewt-propbank-train.jsonl.gz"
    found = {
        "ewt": list(treebank(ewt, c / "names/uner-ewt-train.iob2.gz", roles)),
        "gum": list(treebank(c / "syntax/gum-train.conllu.gz")),
        "redocred": list(names.redocred(c / "names/redocred.json.gz")),
        "crossner": list(names.crossner(c / "names/crossner-politics-train.txt.gz")),
        "re3d": list(names.re3d(c / "names/re3d-train.jsonl.gz")),
        "gold": list(gold(shared / "ledger/gold/train.jsonl", links)),
        "meantime": list(factuality.meantime(c / "factuality/meantime-train.jsonl.gz")),
        "muc": list(muc.muc(c / "event/muc4-texts.jsonl.gz", c / "event/muc4-keys.jsonl.gz")),
    }
    for example in found["ewt"]:
        speech.reporting(example)
    factuality.add(found["ewt"], c / "factuality/uds-ih2-train.jsonl.gz")
    speech.attributed(found["gum"], speech.attributions(c / "attribution/gum-rst.jsonl.gz"))
    coreferring(found["gum"], c / "coreference/ontogum-train.conllu.gz", links)
    return found, links
