from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import sayso.reading
from sayso.cli import main
from tests import factory, fakes


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capfdbinary, monkeypatch, tmp_path) -> Run:
    """The command line with the tests' reader, in an empty folder: `run("read", "a.txt")`."""
    monkeypatch.setattr(sayso.reading, "read", fakes.read, raising=False)
    monkeypatch.setattr(sayso.reading, "made_by", lambda: factory.MADE_BY, raising=False)
    monkeypatch.setattr("sayso.cli.explain_command.analyse", fakes.analyse)
    monkeypatch.chdir(tmp_path)

    def go(*args: object) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([str(a) for a in args])
        out, err = capfdbinary.readouterr()
        return Ran(int(left.value.code or 0), out.decode("utf-8"), err.decode("utf-8"))

    return go


@pytest.fixture
def report(tmp_path) -> Path:
    """A file that reads as the factory's report."""
    import json

    known = {
        "id": "odesa",
        "text": factory.TEXT,
        "title": factory.TITLE,
        "published": "2026-01-24",
        "publisher": "Example Wire",
    }
    path = tmp_path / "odesa.jsonl"
    path.write_text(json.dumps(known) + "\n", encoding="utf-8")
    return path
