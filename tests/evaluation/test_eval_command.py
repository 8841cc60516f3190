from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path

import pytest

from evaluation import command, names, precision, speed
from evaluation.data import DEVELOPMENT
from evaluation.result import Result
from sayso.errors import EvaluationError


def result(name: str = "names", **scores: float | None) -> Result:
    return Result(name, scores, 3, "sentences", "abc", {"weights": "w"})


def test_names_of_later_issues_are_not_built_yet(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (*command.LATER, *command.LATER_STILL):
        assert command.main([name]) == 2
        assert "[S502]" in (said := capsys.readouterr().err) and "not built yet" in said


def test_errors_have_their_code(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert command.main(["nothing"]) == 1
    assert "[S500]" in capsys.readouterr().err
    assert command.main(["names", "--data", str(tmp_path / "none.iob2")]) == 1
    assert "[S501]" in capsys.readouterr().err


def test_every_measurement_has_its_module_and_its_data() -> None:
    for name in command.BUILT:
        module = "ledger" if name == "challenge" else name  # the same measurement on other reports
        assert callable(import_module(f"evaluation.{module}").measure) and name in DEVELOPMENT


def test_other_weights_are_set_before_anything_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    data = tmp_path / "x.iob2"
    data.write_text("a\tO\n")
    monkeypatch.setenv("SAYSO_WEIGHTS", "")
    monkeypatch.setattr(names, "measure", lambda _: seen.append(os.environ["SAYSO_WEIGHTS"]) or result())
    assert command.main(["names", "--data", str(data), "--weights", str(tmp_path)]) == 0
    assert seen == [str(tmp_path.resolve())]


def test_precision_sets_no_weights_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path | None] = []
    data = tmp_path / "x"
    data.write_text("")
    monkeypatch.setenv("SAYSO_WEIGHTS", "")
    monkeypatch.setattr(precision, "measure", lambda _, weights: seen.append(weights) or result("precision"))
    assert command.main(["precision", "--data", str(data), "--weights", str(tmp_path)]) == 0
    assert seen == [tmp_path] and not os.environ["SAYSO_WEIGHTS"]


def test_no_such_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "x.iob2"
    data.write_text("a\tO\n")
    assert command.main(["names", "--data", str(data), "--weights", str(tmp_path / "none")]) == 1
    assert "[S500] no folder" in capsys.readouterr().err


def test_json_is_the_last_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    scores = {"f1": 0.5, "f1.precision": 0.25, "f1.low": 0.25, "peak_mb": 512.0, "ratio_to_spacy": None}
    monkeypatch.setattr(command, "measure", lambda *_: result(**scores))
    assert command.main(["names", "--json"]) == 0
    shown = capsys.readouterr().out.strip().split("\n")
    assert json.loads(shown[-1]) == {
        "name": "names", "scores": scores, "n": 3, "data_sha256": "abc", "made_by": {"weights": "w"},
    }  # fmt: skip
    assert shown[0] == "names: 3 sentences" and "precision 0.2500" in shown[1] and "low 0.2500" in shown[1]
    assert [line.split()[0] for line in shown[1:-1]] == ["f1", "peak_mb", "ratio_to_spacy"]


def test_sample_of_reports(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("one two\nthree\n \nfour\n\n\nfive six\n", encoding="utf-8")
    assert speed.reports_of(path) == ["one two\nthree", "four", "five six"]
    assert speed._take(["a b", "c", "d"], 3) == (["a b", "c"], ["d"])


def test_family_holds_this_process() -> None:
    assert os.getpid() in speed.family(os.getpid())


def test_processes_work_once_all_are_warm() -> None:
    with speed._Memory() as memory:
        assert speed._timed(len, ["warm"], ["one", "two"] * 20) > 0
    assert memory.peak > 10_000_000


def test_a_process_that_fails_to_warm_up_is_no_endless_wait() -> None:
    with pytest.raises(EvaluationError, match="warming up"):
        speed._timed(int, ["no number"], ["1"])
