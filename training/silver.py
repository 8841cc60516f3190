"""What teachers find in news that nobody has labelled, where they agree: labels for the reader to learn beside the corpora.

    python -m training.silver --weights A B --shared ../shared --out scratch/silver.jsonl.gz

The treebanks are mostly web text, the gold ledger is news without tags. Two readers of other seeds, trained on the open corpora
alone, read the reports of the gold ledger and of Voice of America; a word keeps a label only where both give the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from sayso.language.analysis import Analysis
from sayso.language.model import Model
from sayso.language.names import PLACES
from sayso.language.pipeline import analyse_sentences
from sayso.language.tokenizer import tokenize
from training.corpora import lemma_script
from training.example import Example, lines
from training.names import COARSE

LONGEST_LINE = 120  # words; longer lines of the raw text are tables and lists


def reports(shared: Path, most: int) -> Iterator[tuple[str, list[list[str]]]]:
    """The name and the sentences of each report: all of gold train, then Voice of America up to `most` words."""
    for line in lines(shared / "ledger/gold/train.jsonl"):
        report = json.loads(line)
        found = [tokenize(report["text"][a:b]) for a, b in report["sentences"]]
        yield f"gold/{report['id']}", [[t.text for t in tokens] for tokens in found if tokens]
    words, number, made = 0, 0, []
    for line in [*lines(shared / "corpora/unlabelled/voa.txt.gz"), ""]:
        if line.strip():
            tokens = [t.text for t in tokenize(line)]
            made += [tokens] if tokens and len(tokens) <= LONGEST_LINE else []
        elif made:
            yield f"voa/{number}", made
            words, number, made = words + sum(map(len, made)), number + 1, []
            if words > most:
                return


def agreed(document: str, sentences: list[list[str]], first: Analysis, second: Analysis) -> Iterator[dict]:
    """The sentences with what both analyses say of them; None where they differ, -1 for a governor."""
    fine = [_entities(a) for a in (first, second)]
    coarse = [[_coarse(t) for t in tags] for tags in fine]
    frames = [{f.trigger.first for f in a.predicates} for a in (first, second)]
    for words, sentence in zip(sentences, first.sentences, strict=True):
        low, high = sentence.first, sentence.last
        pairs = list(zip(first.tokens[low:high], second.tokens[low:high], strict=True))
        tags: dict[str, list[str | None]] = {
            "upos": [a.upos if a.upos == b.upos else None for a, b in pairs],
            "xpos": [a.xpos if a.xpos == b.xpos else None for a, b in pairs],
            "lemma": [lemma_script(a.text, a.lemma) if a.lemma == b.lemma else None for a, b in pairs],
            "deprel": [a.deprel for a, b in pairs],
            **{
                task: [a if a == b else None for a, b in zip(tags[0][low:high], tags[1][low:high], strict=True)]
                for task, tags in (("entities", fine), ("names", coarse))
            },
            "predicate": [
                ("yes" if i in frames[0] else "no") if (i in frames[0]) == (i in frames[1]) else None
                for i in range(low, high)
            ],
        }
        heads = [
            _head(a.head, i, low) if (a.head, a.deprel) == (b.head, b.deprel) else -1
            for i, (a, b) in enumerate(pairs, low)
        ]
        yield {"document": document, "words": words, "tags": tags, "heads": heads}


def _head(head: int, own: int, low: int) -> int:
    return 0 if head == own else head - low + 1


def _coarse(tag: str) -> str:
    """The tag that UNER would give."""
    mark, _, kind = tag.partition("-")
    kind = "location" if kind in PLACES else kind
    return f"{mark}-{kind}" if kind in COARSE.values() else "O"


def _entities(analysis: Analysis) -> list[str]:
    tags = ["O"] * len(analysis.tokens)
    for name in analysis.names:
        tags[name.first : name.last] = [f"B-{name.label}", *([f"I-{name.label}"] * (name.last - name.first - 1))]
    return tags


def join(examples: dict[str, list[Example]], path: Path) -> None:
    """Add the silver sentences as a corpus, and give the sentences of gold that have silver labels these as well."""
    waiting: dict[tuple[str, tuple[str, ...]], dict] = {}
    examples["silver"] = []
    for row in map(json.loads, lines(path)):
        if row["document"].startswith("gold/"):
            waiting[row["document"], tuple(row["words"])] = row
        else:
            example = Example(row["words"], row["document"])
            _add(example, row)
            examples["silver"].append(example)
    for example in examples["gold"]:
        row = waiting.get((example.document, tuple(example.words)))
        if row:
            _add(example, row)


def _add(example: Example, row: dict) -> None:
    example.tags |= row["tags"]
    example.heads = row["heads"]
    example.silver = frozenset(row["tags"])


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--weights", type=Path, nargs=2, required=True, help="two folders of exported weights")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--words", type=int, default=300_000, help="words of Voice of America (default %(default)s)")
    told = ask.parse_args()
    models = [Model(folder) for folder in told.weights]
    count = kept = 0
    with gzip.open(told.out, "wt", encoding="utf-8") as out:
        for document, sentences in reports(told.shared, told.words):
            first, second = (analyse_sentences(sentences, model=m) for m in models)
            for row in agreed(document, sentences, first, second):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += len(row["words"])
                kept += sum(h >= 0 for h in row["heads"])
    print(f"{told.out}: {count} words, governors agreed on {kept / count:.1%}")


if __name__ == "__main__":
    main()
