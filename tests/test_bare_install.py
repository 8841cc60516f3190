"""The wheel as a user gets it: no dev tools, no source tree, everything it needs inside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = "At least 12 people were killed in Kyiv on Saturday when drones struck a power station, the mayor said.\n"


@pytest.fixture(scope="module")
def sayso(tmp_path_factory) -> Iterator[Path]:
    """The command of a fresh virtual environment with nothing but sayso and what it requires."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    reached = subprocess.run([*pip, "--dry-run", "--no-deps", "click"], capture_output=True, check=False)
    if reached.returncode:
        pytest.skip("no package registry can be reached")
    done = subprocess.run([*pip, str(ROOT)], capture_output=True, text=True, check=False, env=_bare())
    assert done.returncode == 0, done.stderr
    yield folder / "bin" / "sayso"
    shutil.rmtree(folder)  # half a gigabyte


def _bare() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


@pytest.mark.slow
def test_it_reads_and_keeps(sayso, tmp_path):
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sayso, *args], cwd=tmp_path, env=_bare(), capture_output=True, text=True, encoding="utf-8", check=False
        )

    assert run("--version").stdout.startswith("sayso, version ")
    doctor = run("doctor")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    read = run("read", "report.txt", "--published", "2026-01-24", "--ledger", "l.duckdb", "--format", "json")
    assert (read.returncode, read.stderr) == (0, "")
    found = json.loads(read.stdout)
    assert ("killed", 12, None) in [(f["measure"], f["low"], f["high"]) for f in found["figures"]]
    assert [s["source"]["text"] for s in found["statements"]] == ["the mayor"]
    assert "killed: 12 or more" in run("show", "l.duckdb", found["report"]["id"]).stdout
    assert run("export", "l.duckdb", "--format", "parquet", "--out", "tables").returncode == 0
