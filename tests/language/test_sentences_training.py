from __future__ import annotations

import gzip
import sys
from pathlib import Path

# `training` is no part of the installed package.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from sayso.language.boundaries import weights
from training import sentences as training

ROWS = "# newdoc\n# newpar\n1-2\tIt's\t{}\n1\tIt\t{}\n2\t's\t{}\n3\thot\t{n}\n4\t.\t{}\n\n1\tGo\t{}\n\n# newpar\n1\tEnd\t{}\n"


def conllu(path: Path) -> Path:
    empty = "\t".join("_" * 8)
    path.write_bytes(gzip.compress(ROWS.replace("{n}", empty[:-1] + "SpaceAfter=No").replace("{}", empty).encode()))
    return path


def test_paragraphs_and_the_ends_of_their_sentences(tmp_path: Path) -> None:
    assert list(training.paragraphs(conllu(tmp_path / "x.gz"))) == [("It's hot. Go", {9, 12}), ("End", {3})]


def test_news_has_one_sentence_a_line(tmp_path: Path) -> None:
    path = tmp_path / "news.gz"
    path.write_bytes(gzip.compress(b"One left.\nTwo stayed.\n\nThree.\nFour.\n"))
    assert list(training.wire(path, 4)) == [("One left. Two stayed.", {9, 21}), ("Three.", {6})]


def test_gaps_are_labelled() -> None:
    labels = [label for _, label in training.examples("Mr. Li left. He ran. Go", {12, 20, 23})]
    assert labels == [0, 1, 1]


def test_training_tells_ends_from_titles_and_is_the_same_every_time() -> None:
    data = [x for _ in range(5) for x in training.examples("Mr. Li left. Mr. Wu ran. Mr. Bo sat.", {12, 24, 36})]
    table = training.train(data)
    assert table == training.train(data)
    for found, label in data:
        assert (sum(table.get(name, 0.0) for name in ("", *found)) > 0) == bool(label)


def test_the_packaged_weights_are_there() -> None:
    assert len(weights()) > 1000 and "" in weights()
