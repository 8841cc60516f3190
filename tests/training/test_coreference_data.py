from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sayso.language.phrases import Phrase, phrases
from training.coreference_data import Document, documents, head, link

# Words of ours: form, UPOS, XPOS, head, relation, Entity.
CONLLU = [
    "# newdoc id = one",
    "# global.Entity = GRP",
    "# sent_id = one-1",
    "1\tThe\t_\tDET\tDT\t_\t2\tdet\t_\tEntity=(4",
    "2\tmayor\t_\tNOUN\tNN\t_\t5\tnsubj\t_\t_",
    "3\tof\t_\tADP\tIN\t_\t4\tcase\t_\t_",
    "4\tOsk\t_\tPROPN\tNNP\t_\t2\tnmod\t_\tSpaceAfter=No|Entity=(9)4)",
    "5\tfled\t_\tVERB\tVBD\t_\t0\troot\t_\t_",
    "",
    "# sent_id = one-2",
    "1-2\tShe's\t_\t_\t_\t_\t_\t_\t_\t_",
    "1\tShe\t_\tPRON\tPRP\t_\t3\tnsubj\t_\tEntity=(4)",
    "2\t's\t_\tAUX\tVBZ\t_\t3\taux\t_\t_",
    "3\tleft\t_\tVERB\tVBN\t_\t0\troot\t_\t_",
    "4\tOsk\t_\tPROPN\tNNP\t_\t3\tobj\t_\tEntity=(9)",
    "",
    "# newdoc id = two",
    "1\tRain\t_\tNOUN\tNN\t_\t0\troot\t_\t_",
    "",
]
LITBANK = [
    "#begin document (a_tale); part 0",
    "The\t(0",
    "widow\t0)",
    "'s\t_",
    "son\t_",
    "",
    "She\t(0)",
    "and\t_",
    "Tom\t(1|(2)",
    "Ash\t1)",
    "",
    "#end document",
]


def read(tmp_path: Path, rows: list[str]) -> list[Document]:
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    return list(documents(path))


def test_ontogum(tmp_path: Path) -> None:
    one, two = read(tmp_path, CONLLU)
    assert (one.name, two.name) == ("one", "two")
    assert one.words == [["The", "mayor", "of", "Osk", "fled"], ["She", "'s", "left", "Osk"]]
    assert one.heads == [[2, 5, 4, 2, 0], [3, 3, 0, 3]]
    assert one.upos and one.upos[1] == ["PRON", "AUX", "VERB", "PROPN"]
    assert one.chains == [[(0, 4), (5, 6)], [(3, 4), (8, 9)]]
    assert two.chains == [] and two.words == [["Rain"]]


def test_trees_as_the_product_has_them(tmp_path: Path) -> None:
    one = read(tmp_path, CONLLU)[0]
    tokens, sentences = one.tree()
    assert [t.head for t in tokens] == [1, 4, 3, 1, 4, 7, 7, 7, 7]
    assert [(s.first, s.last) for s in sentences] == [(0, 5), (5, 9)]
    found = phrases(tokens, sentences)
    assert link(found, one.chains) == [0, 1, 0, 1]


def test_litbank(tmp_path: Path) -> None:
    (tale,) = read(tmp_path, LITBANK)
    assert tale.name == "a_tale"
    assert tale.words == [["The", "widow", "'s", "son"], ["She", "and", "Tom", "Ash"]]
    assert tale.chains == [[(0, 2), (4, 5)], [(6, 7)], [(6, 8)]]
    with pytest.raises(ValueError, match="no trees"):
        tale.tree()


def test_a_mention_of_another_span_is_found_by_its_head() -> None:
    # the(0) aide(1) who(2) fled(3) , the(5) aide(6)
    governors = [1, 1, 3, 1, 1, 6, 6]
    found = [Phrase(0, 4, 1, "noun"), Phrase(5, 7, 6, "noun")]
    chains = [[(0, 2), (5, 7)]]
    assert link(found, chains) == [-1, 0]
    assert link(found, chains, governors) == [0, 0]


def test_the_very_span_comes_before_the_head_and_each_mention_is_used_once() -> None:
    governors = [0, 0, 0]  # Anna and Bert
    found = [Phrase(0, 3, 0, "group"), Phrase(0, 1, 0, "name"), Phrase(2, 3, 2, "name")]
    assert link(found, [[(0, 3)]], governors) == [0, -1, -1]
    assert link(found, [[(0, 2)], [(0, 1)]], governors) == [0, 1, -1]
    assert link(found, [[(0, 2)]], governors) == [-1, 0, -1]
    assert link([], [[(0, 2)]], governors) == []


def test_head_of_a_span() -> None:
    assert head((0, 2), [1, 4, 3, 1, 4]) == 1
    assert head((3, 5), [1, 4, 3, 1, 4]) == 3  # the first of several
