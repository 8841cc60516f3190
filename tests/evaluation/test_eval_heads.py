from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation import heads
from sayso.errors import EvaluationError
from sayso.language.analysis import Analysis, Found, Frame, Sentence, Token

TEXT = 'Police said "rebels killed ten people". They fled.'


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


GOLD = {
    "id": "x",
    "text": TEXT,
    "sentences": [[0, 39], [40, 50]],
    "statements": [
        {"source": span("Police"), "cue": span("said"), "content": [span("rebels killed ten people")],
         "manner": "mixed"},
        {"source": None, "cue": None, "content": []},
    ],
    "events": [
        {
            "anchor": span("killed"), "also": [], "type": "ASSAULT", "status": "occurred", "mode": "firearms+targeted",
            "actors": [span("rebels"), span("They")], "recipients": [span("people")], "where": [],
        },
        {"anchor": span("fled"), "type": "RETREAT", "status": "occurred"},
    ],
    "figures": [{"span": span("ten people"), "measure": "killed", "scope": "event", "population": None}],
}  # fmt: skip


def analysis() -> Analysis:
    words = ["Police", "said", '"', "rebels", "killed", "ten", "people", '"', ".", "They", "fled", "."]
    tokens, at = [], 0
    for k, word in enumerate(words):
        at = TEXT.index(word, at)
        tokens.append(Token(at, at + len(word), word, k))
        at += len(word)

    def run(first: int, last: int, label: str) -> Found:
        return Found(first, last, label, 1.0)

    return Analysis(
        TEXT, tokens, [Sentence(0, 39, 0, 9), Sentence(40, 50, 9, 12)],
        attributions=[
            Frame(run(1, 2, "cue"), (run(0, 1, "source"), run(2, 8, "content")), {"manner": run(1, 2, "indirect")})
        ],
        events=[
            Frame(run(4, 5, "COERCE"), (run(3, 4, "actor"), run(5, 7, "recipient")),
                  {"status": run(4, 5, "occurred"), "mode": run(4, 5, "targeted+firearms")}),
            Frame(run(10, 11, "RETREAT"), (), {"status": run(10, 11, "planned"), "mode": run(10, 11, "none")}),
        ],
        figures=[Frame(run(5, 7, "injured"), (), {"scope": run(5, 7, "event"), "population": run(5, 7, "women")})],
    )  # fmt: skip


def test_counts_of_a_report() -> None:
    scores = heads.figures([heads.count(GOLD, analysis())])
    assert all(scores[name] == 1.0 for name in ("cue", "source", "content", "anchor", "figure"))
    assert scores["anchor.type"] == 0.5 and scores["status"] == 0.5 and scores["measure"] == 0.0
    # Two modes are the same in any order; a key that gold lacks is not asked for.
    assert (scores["mode"], scores["manner"], scores["scope"], scores["population"]) == (1.0, 0.0, 1.0, 0.0)
    # *They* stands in another sentence; *ten people* is not *people*.
    assert (scores["participant.precision"], scores["participant.recall"]) == (0.5, 0.5)


def test_measure_with_missing_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "analyse", lambda text: analysis() if text == TEXT else Analysis(text))
    monkeypatch.setattr(heads, "made_by", lambda: {})
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n" + json.dumps({"text": "Nothing."}) + "\n")
    result = heads.measure([path])
    assert result.n == 2 and result.scores["cue"] == 1.0 and result.scores["cue.low"] is not None
    path.write_text("\n")
    with pytest.raises(EvaluationError, match="no report"):
        heads.measure([path])


def test_signs_at_the_ends_of_a_span_do_not_count() -> None:
    assert heads._bare('("a, b")', 0, 8) == (2, 6)
    assert heads._bare("...", 0, 3) == (0, 3)
