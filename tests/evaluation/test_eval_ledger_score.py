from __future__ import annotations

import copy
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from evaluation import ledger, ledger_count
from evaluation.data import shared
from evaluation.ledger_score import Document, alike, close, day_range, squeeze, words
from sayso.errors import EmptyInput, EvaluationError
from sayso.records import Report

Json = dict[str, Any]
TEXT = "Police said rebels attacked Dorna on Friday, killing at least 12 people. The army denied it."


def span(words_: str) -> Json:
    at = TEXT.index(words_)
    return {"start": at, "end": at + len(words_), "text": words_}


def gold() -> Json:
    return {
        "id": "g1",
        "text": TEXT,
        "published": "2026-01-24",
        "statements": [
            {"source": span("Police"), "cue": span("said"), "content": [span("rebels attacked Dorna on Friday")]}
        ],
        "events": [
            {
                "anchor": span("attacked"),
                "also": [span("killing")],
                "type": "ASSAULT",
                "status": "occurred",
                "when": "2026-01-23",
                "actors": [span("rebels")],
                "recipients": [span("at least 12 people")],
                "where": [span("Dorna")],
            }
        ],
        "figures": [{"span": span("at least 12 people"), "measure": "killed", "low": 12, "high": None}],
    }


def figures(golds: list[Json], systems: list[Json]) -> dict[str, float]:
    counted, _ = ledger_count.tallies([Document(g) for g in golds], [Document(s) for s in systems])
    return ledger_count.figures(counted)


def test_gold_against_itself_is_one_everywhere() -> None:
    scores = figures([gold()], [gold()])
    assert all(scores[name] == 1 for name in ledger_count.FIGURES)
    assert scores["event.extra_per_gold"] == 0 and scores["event.when.dated"] == 1


def test_a_missing_report_and_another_text_count_as_missed() -> None:
    other = {**gold(), "text": TEXT + " More."}
    counted, unread = ledger_count.tallies([Document(gold())], [Document(other)])
    assert unread == ["g1"] and ledger_count.figures(counted)["statement.recall"] == 0
    assert figures([gold()], [])["event"] == 0


def test_line_breaks_may_differ() -> None:
    system = json.loads(json.dumps(gold()).replace(" attacked", "\\nattacked"))
    assert figures([gold()], [system])["event.full"] == 1


def test_slots_and_extras() -> None:
    system = gold()
    event = system["events"][0]
    event["status"], event["when"] = "alleged", {"start": "2026-01-22", "end": None}
    system["events"].append({"anchor": span("denied"), "type": "REJECT"})
    scores = figures([gold()], [system])
    assert scores["event.status"] == scores["event.when"] == scores["event.when.dated"] == 0
    assert scores["event.precision"] == 0.5 and scores["event.recall"] == 1
    assert scores["event.extra_per_gold"] == 1
    assert scores["event.actors.recall"] == 1


def test_macro_takes_only_frequent_types() -> None:
    assert figures([gold()], [gold()])["event.type.macro"] == 0
    many = gold()
    many["events"] *= 5
    assert figures([many], [many])["event.type.macro"] == 1


def test_misses_say_what_was_missed() -> None:
    system = {**gold(), "figures": []}
    counted, _ = ledger_count.tallies([Document(gold())], [Document(system)])
    assert counted[0].misses == ["g1\tfigure not found\tat least 12 people killed 12..None"]


def test_small_parts() -> None:
    assert squeeze("a b\n") == [0, 1, 1, 2, 2]
    assert day_range("2026-02") == ("2026-02-01", "2026-02-28")
    assert day_range("2025/2026-01-02") == ("2025-01-01", "2026-01-02")
    assert day_range({"start": "2026-01-02T10:00", "end": "2026-01-03"}) == ("2026-01-02", "2026-01-03")
    assert day_range(None) is None and day_range({"start": None}) is None
    assert words("President Ana Reyes's") == {"ana", "reyes"} and words("he") == frozenset()
    assert close((0, 10), (9, 20)) is False and close((0, 10), (5, 12)) is True
    assert alike((None, {words("Reyes")}), (None, {words("Ana Reyes")})) is True


def test_gold_lines_say_where_they_are_broken(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold()) + "\n\n[1]\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"gold\.jsonl:3"):
        ledger.gold_lines([path])


def test_a_gold_report_is_made_as_jsonl_input_is() -> None:
    report = ledger.report_of({"id": "x", "text": "One.\r\nTwo.", "title": "T", "published": "2026-01-24"})
    assert (report.text, report.external_id, report.title, report.url) == ("One.\nTwo.", "x", "T", None)


def _spoil(raw: Json, number: int) -> Json:
    """A worse ledger, the same every time: records dropped, moved, turned."""
    spoilt = copy.deepcopy(raw)
    for kind in ("statements", "events", "figures"):
        spoilt[kind] = [x for k, x in enumerate(spoilt[kind]) if (k + number) % 4]
        for k, record in enumerate(spoilt[kind]):
            record["id"] = f"{kind}{k}"
    for k, event in enumerate(spoilt["events"]):
        if k % 3 == 0:
            event["type"], event["actors"] = "ASSAULT", event["recipients"]
        if k % 3 == 1:
            event["when"], event["where"] = {"start": raw["published"], "end": raw["published"]}, event["where"][:1]
            event["statement"] = "statements0"
        if k % 4 == 2 and event["also"]:
            event["anchor"] = event["also"][0]
    for k, figure in enumerate(spoilt["figures"]):
        figure["high"] = figure["low"] if k % 2 else figure["high"]
    for k, statement in enumerate(spoilt["statements"]):
        if k % 3 == 0 and statement["content"]:
            statement["content"][0]["end"] -= 1
        if k % 5 == 1:
            statement["source"] = None
    return spoilt


@pytest.mark.shared
def test_the_same_as_the_gold_ledgers_own_scorer() -> None:
    script, path = shared() / "ledger" / "score_ledger.py", shared() / "ledger" / "gold" / "train.jsonl"
    if not script.is_file() or not path.is_file():
        pytest.skip("the gold ledger is not there: set SAYSO_SHARED")
    spec = importlib.util.spec_from_file_location("score_ledger", script)
    assert spec and spec.loader
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    golds = ledger.gold_lines([path])[:120]
    systems = [_spoil(g, number) for number, g in enumerate(golds) if number % 20]
    expected, unread, shown = theirs.score([theirs.Doc(g) for g in golds], [theirs.Doc(s) for s in systems], 10**6)
    counted, ours_unread = ledger_count.tallies([Document(g) for g in golds], [Document(s) for s in systems])
    scores = ledger_count.figures(counted)
    assert ours_unread == unread
    assert sorted(line for c in counted for line in c.misses) == sorted(shown)
    for name, values in expected.items():
        ours = (scores[name], scores[f"{name}.precision"], scores[f"{name}.recall"])
        assert ours == (values["f1"], values["precision"], values["recall"]), name
        assert 0 < values["f1"] < 1, name


class Echo:
    """A reading that is what it is given."""

    def __init__(self, raw: Json) -> None:
        self.raw = raw

    def to_json(self) -> Json:
        return self.raw


def test_measure_reads_scores_and_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sayso.reading

    golds = [gold(), {**gold(), "id": "g2"}, {**gold(), "id": "g3"}]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(g) + "\n" for g in golds), encoding="utf-8")

    def read(report: Report) -> Echo:
        if report.external_id == "g3":
            raise EmptyInput("nothing in it")
        found = {k: v for k, v in golds[0].items() if k not in ("id", "text")}
        return Echo({"report": report.to_json(), **found, "made_by": {"sayso": "0"}})

    monkeypatch.setattr(sayso.reading, "read", read)
    result = ledger.measure([tmp_path / "gold.jsonl"], tmp_path / "out.jsonl", misses=1)
    assert (result.n, result.made_by, result.scores["statement.precision"]) == (3, {"sayso": "0"}, 1.0)
    assert result.scores["statement.recall"] == 0.6667 and result.scores["statement.low"] == 0.0
    assert result.notes[0].startswith("not read: [S103]") and "g3" in result.notes[1] and "not found" in result.notes[2]
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [w["report"]["external_id"] for w in written] == ["g1", "g2"]
