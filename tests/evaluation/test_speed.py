"""How `speed` makes its sample and times it; spaCy beside it where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import spacy_small, speed


def test_reports_of_mixed_length() -> None:
    blocks = ["word " * 20] * 100
    lengths = [len(report.split()) for report in speed.mixed(blocks)]
    assert lengths[:6] == [40, 260, 80, 460, 160, 900] and sum(lengths) == 2000
    assert speed.mixed(["a b", "c"]) == ["a b\n\nc"] and speed.mixed([]) == []


def test_batches_hold_every_report_once() -> None:
    reports = [f"{n} " + "word " * 700 for n in range(12)]
    made = speed.batches(reports)
    assert [len(b) for b in made] == [5, 5, 2] and [r for b in made for r in b] == reports


def measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seconds: dict[str, list[float]], there: bool
) -> speed.Result:
    path = tmp_path / "news.txt"
    path.write_text("\n\n".join(["word " * 100] * 60), encoding="utf-8")
    monkeypatch.setattr(speed, "made_by", dict)
    monkeypatch.setattr(speed, "find_spec", lambda _: object() if there else None)
    monkeypatch.setattr(spacy_small, "version", lambda: "3.x")
    monkeypatch.setattr(speed, "_timed", lambda work, *_: seconds[work.__module__ + work.__name__].pop(0))
    return speed.measure([path])


@pytest.fixture
def seconds() -> dict[str, list[float]]:
    return {
        "evaluation.speed_analyse": [1.0, 2.0, 9.0],
        "evaluation.speed_analyse_all": [2.0, 4.0, 8.0],
        "evaluation.speed_read": [4.0, 4.0, 4.0],
        "evaluation.spacy_smallanalyse": [8.0, 1.0, 4.0],
    }


def test_medians_of_rounds_in_turns(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seconds: dict[str, list[float]]
) -> None:
    result = measured(monkeypatch, tmp_path, seconds, there=True)
    assert result.scores["words_per_second"] == result.n / 2 and result.scores["spacy.words_per_second"] == result.n / 4
    assert result.scores["words_per_second.arguments"] == result.n / 4
    assert result.scores["ratio_to_spacy"] == 2.0 and "sayso and spaCy 3.x in turns" in result.as_text()
    assert not any(seconds.values()), "each was timed three times"


def test_without_spacy_the_ratio_is_null(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seconds: dict[str, list[float]]
) -> None:
    result = measured(monkeypatch, tmp_path, seconds, there=False)
    assert result.scores["ratio_to_spacy"] is None and result.scores["spacy.words_per_second"] is None
    assert "spaCy is not installed" in result.as_text() and len(seconds["evaluation.spacy_smallanalyse"]) == 3


def test_memory_is_counted_only_while_it_is_entered() -> None:
    memory = speed._Memory()
    for _ in range(2):
        with memory:
            pass
    peak = memory.peak
    assert peak > 10_000_000
    held = bytearray(b"x" * 50_000_000)
    assert memory.peak == peak and len(held) == 50_000_000


def test_spacys_pipeline_is_the_usual_one() -> None:
    pytest.importorskip("spacy")
    pipeline = spacy_small.pipeline()
    assert pipeline.pipe_names == ["tok2vec", "tagger", "parser", "ner"]
    assert pipeline.config["components"]["tok2vec"]["model"]["encode"]["width"] == 96, "efficiency, not accuracy"
    assert (pipeline.get_pipe("parser").moves.n_moves, pipeline.get_pipe("ner").moves.n_moves) == (95, 74)
    text = "Two soldiers were killed near the river on Monday, the governor of the region told reporters in Dorna. " * 8
    assert spacy_small.analyse([text] * 2) == 2 * len(pipeline.make_doc(text))
    doc = pipeline(text)
    assert len(doc.ents) < len(doc) / 5 and len(list(doc.sents)) < len(doc) / 5, "no degenerate trees and names"
    assert any(t.head.i < t.i for t in doc) and any(t.head.i > t.i for t in doc)
