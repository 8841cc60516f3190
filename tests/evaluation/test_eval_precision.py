from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from evaluation import precision
from sayso.errors import EvaluationError

VALUES = {figure: 0.9 for figures in precision.TABLE.values() for figure in figures}


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(precision, "made_by", lambda: {})
    found = [tmp_path / name for name in precision.TABLE]
    for path in found:
        path.write_text(path.name)
    return found


def test_losses_of_every_head(paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str, Path | None]] = []

    def run(name: str, part: list[Path], weights: Path | None) -> dict[str, float | None]:
        asked.append((name, " ".join(p.name for p in part), weights))
        return {**VALUES, "las": 0.91 if weights else 0.9, "figure": 0.89 if weights else 0.9}

    monkeypatch.setattr(precision, "run", run)
    result = precision.measure([*paths, paths[-1]], tmp_path)
    assert asked[:2] == [("syntax", "syntax", None), ("syntax", "syntax", tmp_path)] and len(asked) == 8
    assert asked[-1] == ("heads", "heads heads", tmp_path)
    assert [result.scores[f"las.{k}"] for k in ("int8", "fp32", "loss")] == [0.9, 0.91, 0.01]
    assert result.scores["figure.loss"] == -0.01 and result.scores["names.loss"] == 0.0
    assert result.scores["loss.most"] == 0.01 and result.n == len(VALUES)
    assert "| las | 0.9100 | 0.9000 | 1.00 (above the mark) |" in result.notes
    assert "| figure | 0.8900 | 0.9000 | -1.00 |" in result.notes


def test_what_is_missing_is_said(paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (None, tmp_path / "none"):
        with pytest.raises(EvaluationError, match="no weights"):
            precision.measure(paths, folder)
    with pytest.raises(EvaluationError, match="3 files"):
        precision.measure(paths[:3], tmp_path)
    monkeypatch.setattr(precision, "run", lambda *_: {})
    with pytest.raises(EvaluationError, match="syntax has no figure upos"):
        precision.measure(paths, tmp_path)


def test_each_measurement_is_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        seen.append((command[1:], "SAYSO_WEIGHTS" in options["env"]))
        return subprocess.CompletedProcess(command, 0, "names: 3\n" + json.dumps({"scores": {"f1": 0.5}}) + "\n", "")

    monkeypatch.setenv("SAYSO_WEIGHTS", "elsewhere")
    monkeypatch.setattr(subprocess, "run", run)
    data = tmp_path / "a"
    assert precision.run("names", [data], None) == precision.run("names", [data], tmp_path) == {"f1": 0.5}
    plain = ["-m", "evaluation", "names", "--data", str(data), "--json"]
    assert seen == [(plain, False), ([*plain, "--weights", str(tmp_path)], False)]


def test_a_measurement_that_fails_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"syntax could not be measured.*S501"):
        precision.run("syntax", [tmp_path / "none"], None)
