"""`sayso doctor`: is the installation sound?"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata, resources
from pathlib import Path

import click

from sayso._version import __version__
from sayso.errors import SaysoError
from sayso.records import Reading, Report

_PACKAGES = (
    "duckdb",
    "click",
    "rich",
    "trafilatura",
    "pypdfium2",
    "py3langid",
    "numpy",
    "onnxruntime",
    "tokenizers",
    "marisa-trie",
)
# A sentence of our own with one of everything, and a place that any gazetteer holds.
_SAMPLE = "At least 12 people were killed in Kyiv on Saturday when drones struck a power station, the mayor said."


class Unsound(Exception):
    """A check that fails: why, and what to do."""

    def __init__(self, why: str, todo: str) -> None:
        super().__init__(f"{why}; {todo}")


@click.command("doctor")
def command() -> int:
    """Check Python, packages, weights, gazetteer and ledger with a small reading; exit 1 where something is wrong."""
    failed = 0
    for name, check in CHECKS:
        try:
            said, good = check(), True
        except (Unsound, SaysoError) as error:
            said, good = str(error), False
        except Exception as error:  # whatever is broken, the other checks still run
            said, good = f"{type(error).__name__}: {error}; run make install again", False
        failed += not good
        click.echo(f"{'ok     ' if good else 'PROBLEM'}  {name:<10} {' '.join(said.split())}")
    click.echo("All is well." if not failed else f"{failed} to mend.")
    return 1 if failed else 0


def _python() -> str:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036 (pip checks it, a copied folder does not)
        raise Unsound(f"Python {found} is too old", "install Python 3.11 or newer")
    return f"{found}, sayso {__version__}"


def _packages() -> str:
    versions, missing = [], []
    for name in _PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        raise Unsound(f"missing: {', '.join(missing)}", "run make install, or pip install sayso again")
    return ", ".join(versions)


def _weights() -> str:
    from sayso.language import analyse, weights_hash

    begun = time.perf_counter()
    tokens = analyse(_SAMPLE).tokens
    if len(tokens) < 15 or {t.upos for t in tokens} == {"X"}:
        raise Unsound("the weights load but analyse nothing", "pip install --force-reinstall sayso")
    return f"{weights_hash()}, loaded and run in {time.perf_counter() - begun:.1f} s"


def _reference() -> str:
    from sayso.reading import made_by

    folder = resources.files("sayso.reading").joinpath("reference")
    count = sum(1 for f in folder.iterdir() if f.is_file()) if folder.is_dir() else 0
    if not count:
        raise Unsound("no reference tables", "pip install --force-reinstall sayso")
    if not any(place.gazetteer_id for place in _sample().places):
        raise Unsound("Kyiv is not found in the gazetteer", "pip install --force-reinstall sayso")
    return f"{made_by().reference}, {count} files, Kyiv found"


def _sample() -> Reading:
    from sayso.reading import read

    return read(Report.make(_SAMPLE, published="2026-01-24"))


def _ledger() -> str:
    import duckdb

    from sayso.ledger import Ledger

    with tempfile.TemporaryDirectory(prefix="sayso-doctor-") as folder:
        with Ledger.open(Path(folder) / "check.duckdb") as ledger:
            ledger.add([_sample()])
        with Ledger.open(Path(folder) / "check.duckdb", read_only=True) as ledger:
            if ledger.query("SELECT count(*) FROM reports").rows != [(1,)]:
                raise Unsound("a report put into a ledger did not come out", "pip install --force-reinstall duckdb")
    return f"DuckDB {duckdb.__version__} writes and reads"


def _rights() -> str:
    try:
        with tempfile.TemporaryFile(dir=Path.cwd()):
            return f"ledgers and exports can be written to {Path.cwd()}"
    except OSError as error:
        raise Unsound(f"nothing can be written here ({error.strerror})", "go to a folder of your own") from error


def _reading() -> str:
    reading = _sample()
    found = f"statements {len(reading.statements)}, events {len(reading.events)}, figures {len(reading.figures)}"
    if not (reading.statements and reading.figures):
        raise Unsound(
            f"a sentence that has a statement and a figure gives {found}", "pip install --force-reinstall sayso"
        )
    return f"one sentence read: {found}"


CHECKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("python", _python),
    ("packages", _packages),
    ("weights", _weights),
    ("gazetteer", _reference),
    ("ledger", _ledger),
    ("rights", _rights),
    ("reading", _reading),
)
