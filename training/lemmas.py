"""Makes the table of lemmas of known words, `weights/lemmas.tsv`, from EWT and GUM train.

    python -m training.lemmas --shared ../shared [--out src/sayso/weights/lemmas.tsv]

The lemma head guesses how to cut a word's end; what the treebanks have said of a word and its part of speech goes before it.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from training.example import sentences

OPEN = frozenset("NOUN VERB ADJ ADV AUX".split())
AGREED = 0.9  # share of the commonest lemma from which a word counts as having just that one


def table(paths: list[Path]) -> dict[tuple[str, str], str]:
    """(part of speech, lower-cased form) → lemma, for words of open classes whose lemma is not in doubt."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in paths:
        for _, rows in sentences(path):
            for row in rows:
                if row[3] in OPEN and row[0].isdigit() and row[1].isalpha():
                    seen[row[3], row[1].lower()][row[2]] += 1
    found = {}
    for key, lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        if sum(lemmas.values()) >= 2 and count >= AGREED * sum(lemmas.values()) and "\t" not in lemma:
            found[key] = lemma
    return found


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--out", type=Path, default=Path("src/sayso/weights/lemmas.tsv"))
    told = ask.parse_args()
    folder = told.shared / "corpora/syntax"
    found = table([folder / "ewt-train.conllu.gz", folder / "gum-train.conllu.gz"])
    lines = [f"{upos}\t{form}\t{lemma}\n" for (upos, form), lemma in sorted(found.items())]
    told.out.write_text("".join(lines), encoding="utf-8")
    print(f"{told.out}: {len(lines)} words")


if __name__ == "__main__":
    main()
