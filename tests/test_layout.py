"""The house: rooms in their order, modules of a size that can be read, a command that starts at once."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "sayso"
ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
# Seconds of processor time for `sayso --version`, so that a busy machine does not matter; measured 0.07.
START = 0.3


def lines() -> dict[str, int]:
    return {
        str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines())
        for p in SOURCE.rglob("*.py")
        if p.name != "__init__.py"
    }


def test_no_module_is_over_600_lines():
    assert {name: n for name, n in lines().items() if n > 600} == {}


def test_the_median_module_is_no_longer_than_200_lines():
    assert statistics.median(lines().values()) <= 200


def test_lower_rooms_never_import_upper_ones():
    pytest.importorskip("importlinter")
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=ENV, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_command_starts_at_once(option):
    code = f"from sayso.cli import main; main(['{option}'])"
    took = []
    for _ in range(3):
        before = os.times()
        subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, check=True)
        after = os.times()
        took.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(took) < START


def test_help_and_version_load_nothing_heavy():
    code = (
        "import sys\nfrom sayso.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numpy', 'onnxruntime', 'duckdb', 'trafilatura', 'rich', 'pydantic'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_the_core_needs_no_network():
    """No module of ours opens a connection: fetching is an extra that is not built in."""
    forbidden = ("import socket", "urllib.request", "import requests", "import httpx", "http.client")
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not any(f in text for f in forbidden), path
