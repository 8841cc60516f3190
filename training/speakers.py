"""Whom the sources of gold stand for, as chains of noun phrases: gold says it (`who`), the trees are a reader's.

    python -m training.speakers --weights FOLDER --shared ../shared --out scratch/speakers.jsonl

A reader that has not learnt from gold gives tokens, trees and names (gold has none). A chain are the sources with one `who`, and the
phrases of the text that name it. Only sources are asked whom they take up: of other phrases gold does not say it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evaluation.who import same
from sayso.language import clues, coreference
from sayso.language.analysis import Analysis, Found, Sentence, Token
from sayso.language.model import Model
from sayso.language.phrases import Phrase, phrases
from sayso.language.pipeline import analyse_sentences
from sayso.language.tokenizer import tokenize
from training.example import lines
from training.linking import Linked, Links

KEPT = ("text", "upos", "xpos", "lemma", "head", "deprel")


def read(path: Path, model: Model) -> Iterator[dict]:
    """Each gold report as sentences of tokens with trees, names, and the sources with whom they stand for."""
    for raw in map(json.loads, lines(path)):
        found = [tokenize(raw["text"][a:b], offset=a) for a, b in raw["sentences"]]
        found = [tokens for tokens in found if tokens]
        analysis = analyse_sentences([[t.text for t in tokens] for tokens in found], model=model)
        flat = [t for tokens in found for t in tokens]
        sources = []
        for statement in raw["statements"]:
            span = statement["source"]
            inside = [k for k, t in enumerate(flat) if span and t.start < span["end"] and span["start"] < t.end]
            if inside and statement["who"]:
                sources.append((inside[0], inside[-1] + 1, statement["who"]))
        yield _row(f"gold/{raw['id']}", analysis, sources)


def _row(name: str, analysis: Analysis, sources: Sequence[tuple[int, int, str]]) -> dict:
    return {
        "document": name,
        "tokens": [[getattr(t, k) for k in KEPT] for t in analysis.tokens],
        "sentences": [[s.first, s.last] for s in analysis.sentences],
        "names": [[n.first, n.last, n.label] for n in analysis.names],
        "sources": sorted(set(sources)),
    }


def join(path: Path, links: Links) -> None:
    """Adds the speakers of gold to the linked documents."""
    for row in map(json.loads, lines(path)):
        linked = _linked(row)
        if linked is not None:
            links.phrases[row["document"]] = linked


def _linked(row: dict) -> Linked | None:
    tokens = [Token(k, k + 1, t[0], k, *t[1:]) for k, t in enumerate(row["tokens"])]
    sentences = [Sentence(a, b, a, b) for a, b in row["sentences"]]
    names = [Found(a, b, label, 1.0) for a, b, label in row["names"]]
    found = phrases(tokens, sentences)
    heads = {p.head: k for k, p in reversed(list(enumerate(found)))}
    asked: dict[int, str] = {}
    for first, last, who in row["sources"]:
        head = next((i for i in range(first, last) if not first <= tokens[i].head < last or tokens[i].head == i), first)
        if head in heads:
            asked[heads[head]] = who
    if not asked:
        return None
    seen = clues.table(tokens, sentences, names, found, frozenset(found[k].head for k in asked))
    earlier, later = coreference.pairs(seen)
    known = [_text(tokens, p) for p in found]
    named = {
        who: [p.kind in ("name", "noun") and same(known[k], who) for k, p in enumerate(found)] for who in asked.values()
    }
    of = [asked.get(k) for k in range(len(found))]
    right = np.array(
        [
            of[j] is not None and (of[i] == of[j] or named[of[j]][i])
            for i, j in zip(earlier.tolist(), later.tolist(), strict=True)
        ],
        dtype=bool,
    )
    # Of a source that names its speaker in full gold does not say whether the text has named it before.
    sure = set(later[right].tolist())
    kept = np.array([j in sure for j in later.tolist()], dtype=bool)
    if not kept.any():
        return None
    begin = np.array([s.first for s in sentences])[seen.sentence]
    spans = np.stack([seen.head - begin, seen.first - begin, seen.last - 1 - begin], 1)
    earlier, later = earlier[kept], later[kept]
    return Linked(seen.sentence, spans, earlier, later, right[kept], clues.clues(seen, earlier, later))


def _text(tokens: Sequence[Token], phrase: Phrase) -> str:
    return " ".join(t.text for t in tokens[phrase.first : phrase.last])


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--weights", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    told = ask.parse_args()
    rows = list(read(told.shared / "ledger/gold/train.jsonl", Model(told.weights)))
    told.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    links = Links()
    join(told.out, links)
    asked = sum(len(set(linked.later.tolist())) for linked in links.phrases.values())
    print(f"{told.out}: {len(rows)} reports, {asked} sources with an earlier mention in {len(links.phrases)} of them")


if __name__ == "__main__":
    main()
