from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from evaluation import names
from evaluation.bootstrap import intervals
from evaluation.data import content, digest, files, lines
from sayso.errors import EvaluationError, MissingCorpus
from sayso.language.analysis import Analysis, Found, Sentence, Token

UNER = "# sent_id = 1\n# text = Ana # Li\n1\tAna\tB-PER\t-\t-\n2\t#\tI-PER\t-\t-\n3\tLi\tB-O\t-\t-\n\n1\tDorna\tB-LOC\t-\t-\n"
CROSS = "the\tO\nGreens\tB-politicalparty\nof\tI-politicalparty\n2001\tB-election\n"


def test_forms_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.iob2").write_text(UNER, encoding="utf-8")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(CROSS.replace("\t", " ").encode()))
    first, second = names.read(tmp_path / "a.iob2")
    assert first == names.Tagged(["Ana", "#", "Li"], {(0, 2, "PER")}) and second.names == {(0, 1, "LOC")}
    assert names.read(tmp_path / "b.txt.gz")[0].names == {(1, 3, "ORG")}
    (tmp_path / "c").write_text("word\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="not tagged"):
        names.read(tmp_path / "c")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("B-PER I-PER O", {(0, 2, "PER")}),
        ("B-PER B-PER", {(0, 1, "PER"), (1, 2, "PER")}),
        ("O I-LOC I-LOC", {(1, 3, "LOC")}),
        ("B-ORG I-LOC", {(0, 1, "ORG"), (1, 2, "LOC")}),
        ("B-OTH I-OTH B-O O-PER", set()),
        ("B-politician I-politician B-country", {(0, 2, "PER"), (2, 3, "LOC")}),
    ],
)
def test_spans(tags: str, expected: set[names.Name]) -> None:
    assert names.spans(tags.split()) == expected


def test_measure_is_strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.iob2").write_text(UNER, encoding="utf-8")
    found = {"Ana": [Found(0, 1, "person", 1.0), Found(2, 3, "norp", 1.0)], "Dorna": [Found(0, 1, "gpe", 1.0)]}

    def analyse(sentences: list[list[str]]) -> Analysis:
        analysis = Analysis("")
        for words in sentences:
            at = len(analysis.tokens)
            analysis.tokens += [Token(0, 1, w) for w in words]
            analysis.sentences.append(Sentence(0, 1, at, at + len(words)))
            analysis.names += [Found(at + n.first, at + n.last, n.label, n.score) for n in found[words[0]]]
        return analysis

    monkeypatch.setattr(names, "analyse_sentences", analyse)
    monkeypatch.setattr(names, "made_by", lambda: {})
    result = names.measure([tmp_path / "a.iob2"])
    assert (result.scores["f1"], result.scores["PER"], result.scores["LOC"], result.n) == (0.5, 0.0, 1.0, 2)
    assert result.scores["f1.low"] == 0.0 and result.scores["f1.high"] == 1.0


def test_intervals_are_the_same_every_time() -> None:
    def mean(units: object) -> dict[str, float]:
        numbers = list(units)  # type: ignore[call-overload]
        return {"mean": sum(numbers) / len(numbers)}

    units = [0.0, 1.0] * 20
    assert intervals(units, mean) == intervals(units, mean)
    assert 0.3 < intervals(units, mean)["mean.low"] < 0.5 < intervals(units, mean)["mean.high"] < 0.7


def test_data_packed_or_not_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"one\r\ntwo\xe2\x80\xa8x\n")
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"one\r\ntwo\xe2\x80\xa8x\n"))
    assert lines(tmp_path / "a.gz") == ["one", "two\u2028x", ""]
    assert digest([tmp_path / "a"]) == digest([tmp_path / "a.gz"])
    (tmp_path / "bad.gz").write_bytes(b"\x1f\x8bxx")
    with pytest.raises(MissingCorpus):
        content(tmp_path / "bad.gz")
    monkeypatch.setenv("SAYSO_SHARED", str(tmp_path))
    with pytest.raises(MissingCorpus, match="SAYSO_SHARED"):
        files("names")
