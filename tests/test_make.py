"""The two commands of the first screen, as far as they can be tried without installing anything."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def make(tmp_path):
    if not shutil.which("make"):
        pytest.skip("there is no make")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)

    def go(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["make", *args], cwd=tmp_path, capture_output=True, text=True, check=False)

    return go


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_run_and_test_install_first(make):
    for target, last in (("run", "sayso read examples --ledger ledger.duckdb"), ("test", "pytest -n 2 tests")):
        plan = make("-n", target).stdout
        assert plan.index("pip install") < plan.index(last)


def test_the_second_time_there_is_nothing_to_do(make, tmp_path):
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".installed").touch()
    assert "Nothing to be done" in make("install").stdout
    os.utime(tmp_path / "pyproject.toml", (2**31 - 10, 2**31 - 10))
    assert "pip install" in make("-n", "install").stdout


def test_an_old_python_is_told(make, tmp_path):
    old = script(tmp_path / "python", 'case "$*" in *version_info*) exit 1;; --version) echo Python 3.9.2;; esac')
    done = make("install", f"PYTHON={old}")
    assert done.returncode != 0
    assert "sayso needs Python 3.11 or newer" in done.stderr
    assert "Python 3.9.2" in done.stderr


def test_a_debian_without_venv_is_told(make, tmp_path):
    bare = script(tmp_path / "python", 'case "$*" in *ensurepip*) exit 1;; esac')
    done = make("install", f"PYTHON={bare}")
    assert done.returncode != 0
    assert "sudo apt install python3-venv" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_ci_runs_the_tests():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
