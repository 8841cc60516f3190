from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from evaluation import names, names_re3d
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
    assert first == names.Tagged(["Ana", "#", "Li"], {(0, 2, "per")}) and second.names == {(0, 1, "loc")}
    assert names.read(tmp_path / "b.txt.gz")[0].names == {(1, 3, "politicalparty"), (3, 4, "election")}
    assert [names.form(tmp_path / f) for f in ("a.iob2", "b.txt.gz")] == ["uner", "crossner"]
    (tmp_path / "c").write_text("word\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="not tagged"):
        names.read(tmp_path / "c")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("B-PER I-PER O", {(0, 2, "per")}),
        ("B-PER B-PER", {(0, 1, "per"), (1, 2, "per")}),
        ("O I-LOC I-LOC", {(1, 3, "loc")}),
        ("B-ORG I-LOC", {(0, 1, "org"), (1, 2, "loc")}),
        ("B-OTH I-OTH B-O O-PER", set()),
        ("B-politician I-politician B-country", {(0, 2, "politician"), (2, 3, "country")}),
    ],
)
def test_spans(tags: str, expected: set[names.Name]) -> None:
    assert names.spans(tags.split()) == expected


def counted(gold: str, system: str, open_: tuple[int, int] = (0, 0)) -> dict[str, list[int]]:
    """Counts of names written `first-last-label`, the types that occur."""

    def parsed(line: str) -> set[names.Name]:
        return {(int(a), int(b), label) for a, b, label in (n.split("-") for n in line.split())}

    return {k: v for k, v in names.count(parsed(gold), parsed(system), [open_]).items() if any(v)}


@pytest.mark.parametrize(
    ("gold", "system", "expected"),
    [
        # UNER's places are any kind of place; a country is a GPE alone.
        ("0-1-loc 2-3-loc", "0-1-facility 2-3-gpe", {"LOC": [2, 2, 2]}),
        ("0-1-country", "0-1-location", {"LOC": [0, 1, 1]}),
        ("0-1-election 1-2-politician", "0-1-event 1-2-organisation", {"PER": [0, 0, 1], "ORG": [0, 1, 0], "EVENT": [1, 1, 1]}),
        # Both ends must be right, but for what stands before a person's name in re3d.
        ("0-3-per", "1-3-person", {"PER": [0, 1, 1]}),
        ("0-3-titled", "1-3-person", {"PER": [1, 1, 1]}),
        ("0-3-titled", "0-2-person", {"PER": [0, 1, 1]}),
        # A country that acts counts under the type it was given.
        ("0-1-state", "0-1-gpe", {"LOC": [1, 1, 1]}),
        ("0-1-state", "0-1-person", {"PER": [0, 1, 0], "ORG": [0, 0, 1]}),
        # Of what a set names without a type nothing is counted.
        ("0-2-misc", "0-1-group", {}),
    ],
)  # fmt: skip
def test_labels_of_a_set_and_ours(gold: str, system: str, expected: dict[str, list[int]]) -> None:
    assert counted(gold, system) == expected


def test_open_stretches_shield_only_what_lies_inside_them_and_touches_no_name() -> None:
    assert counted("", "1-2-gpe", (0, 3)) == {}
    assert counted("", "2-4-gpe", (0, 3)) == {"LOC": [0, 1, 0]}
    assert counted("0-3-organisation", "1-2-gpe", (0, 3)) == {"LOC": [0, 1, 0], "ORG": [0, 0, 1]}


def test_types_that_the_gold_lacks_are_not_measured() -> None:
    counts = [names.count({(0, 1, "per")}, {(0, 1, "person"), (2, 3, "event")})]
    assert names.types(counts) == ("PER", "LOC", "ORG") and names.figures(counts)["f1"] == 1.0
    more = [*counts, names.count({(0, 1, "event")}, set())]
    scores = names.figures(more)
    assert names.types(more) == ("PER", "LOC", "ORG", "EVENT")
    assert (scores["f1"], scores["f1.main"], scores["EVENT"]) == (0.5, 1.0, 0.0)


FAKE = {
    "Ana": [Found(0, 1, "person", 1.0), Found(2, 3, "group", 1.0)],
    "Dorna": [Found(0, 1, "gpe", 1.0)],
    "the": [Found(1, 4, "organisation", 1.0)],
}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    def analyse(sentences: list[list[str]]) -> Analysis:
        analysis = Analysis("")
        for words in sentences:
            at = len(analysis.tokens)
            analysis.tokens += [Token(0, 1, w) for w in words]
            analysis.sentences.append(Sentence(0, 1, at, at + len(words)))
            analysis.names += [Found(at + n.first, at + n.last, n.label, n.score) for n in FAKE[words[0]]]
        return analysis

    def of_text(text: str) -> Analysis:
        starts = [m.start() for m in re.finditer(r"\S+", text)]
        tokens = [Token(a, a + len(w), w) for a, w in zip(starts, text.split(), strict=True)]
        found = [Found(k, k + 1, "gpe", 1.0) for k, t in enumerate(tokens) if t.text[0].isupper()]
        return Analysis(text, tokens, [Sentence(0, len(text), 0, len(tokens))], found)

    monkeypatch.setattr(names, "analyse_sentences", analyse)
    monkeypatch.setattr(names_re3d, "analyse", of_text)
    monkeypatch.setattr(names, "made_by", lambda: {})


@pytest.mark.usefixtures("fake")
def test_measure_is_strict(tmp_path: Path) -> None:
    (tmp_path / "a.iob2").write_text(UNER, encoding="utf-8")
    result = names.measure([tmp_path / "a.iob2"])
    assert (result.scores["f1"], result.scores["PER"], result.scores["LOC"], result.n) == (0.5, 0.0, 1.0, 2)
    assert result.scores["f1.low"] == 0.0 and result.scores["f1.high"] == 1.0 and not result.notes


@pytest.mark.usefixtures("fake")
def test_the_first_form_gives_the_plain_figures(tmp_path: Path) -> None:
    (tmp_path / "a.iob2").write_text(UNER, encoding="utf-8")
    (tmp_path / "b.txt").write_text(CROSS, encoding="utf-8")
    entity = {"start": 3, "end": 8, "type": "Location", "confidence": 1}
    (tmp_path / "re3d-train.jsonl").write_text(json.dumps({"text": "in Dorna Yesterday", "entities": [entity]}))
    result = names.measure([tmp_path / f for f in ("a.iob2", "b.txt", "re3d-train.jsonl")])
    scores = result.scores
    assert (scores["f1"], scores["crossner.f1"], scores["crossner.EVENT"], scores["re3d.LOC"]) == (
        0.5,
        0.0,
        0.0,
        0.6667,
    )
    assert result.n == 4 and "re3d-train.jsonl may train the weights" in "".join(result.notes)
    assert names.measure([tmp_path / "re3d-train.jsonl"]).scores["f1"] == 0.6667


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
