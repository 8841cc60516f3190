"""The documents say what the code does: each command, option, code, field and link is looked up."""

from __future__ import annotations

import inspect
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from sayso import errors
from sayso.cli.app import COMMANDS, sayso
from sayso.ledger import Ledger
from sayso.ledger.schema import TABLES
from tests import factory
from tests.docs import sample

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "training").glob("*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fenced(name: str, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return [body for kind, body in FENCE.findall(page(name)) if kind == language]


def section(text: str, title: str) -> str:
    """A section of a page: from its heading to the next of the same depth."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


# --- the command line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_and_option_is_told(name):
    told = section(page("docs/cli.md"), f"sayso {name}")
    command = sayso.get_command(click.Context(sayso), name)
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            for option in parameter.opts:
                assert f"`{option}" in told, f"{name} {option}"
            if isinstance(parameter.type, click.Choice):
                assert all(str(choice) in told for choice in parameter.type.choices), f"{name} {parameter.opts}"
        else:
            assert str(parameter.make_metavar(click.Context(command))).strip("[]") in told, f"{name} {parameter.name}"
    assert f"sayso {name}" in page("README.md")


def test_no_option_is_told_that_is_not_there():
    for name in COMMANDS:
        command = sayso.get_command(click.Context(sayso), name)
        assert command is not None
        known = {o for p in command.params for o in p.opts} | {"--help"}
        told = set(re.findall(r"`(--[a-z]+)", section(page("docs/cli.md"), f"sayso {name}")))
        others = {"--workers", "--quiet", "--format"} if name in ("reread", "diff", "export", "show") else set()
        assert told <= known | others, name


def test_every_example_of_the_command_line_is_one():
    """Each `sayso …` in the tables of options names a command and options that it has."""
    for line in re.findall(r"`(sayso [a-z]+ [^`]*)`", page("docs/cli.md")):
        words = shlex.split(line.replace("\\|", "|").split(">")[0].split("|")[0])
        command = sayso.get_command(click.Context(sayso), words[1])
        if command is None or "PATH…" in line or "…" in line:
            continue
        known = {o for p in command.params for o in p.opts} | {"--help"}
        assert {w for w in words if w.startswith("--")} <= known, line


# --- errors -----------------------------------------------------------------------------------------------------------


def all_errors() -> Iterator[type[errors.SaysoError]]:
    for _, found in inspect.getmembers(errors, inspect.isclass):
        if issubclass(found, errors.SaysoError):
            yield found


def test_every_error_code_is_told():
    told = page("docs/errors.md")
    for error in all_errors():
        assert f"| {error.code} | `{error.__name__}` |" in told, error


def test_no_error_is_told_that_is_not_there():
    codes = {e.code for e in all_errors()}
    assert set(re.findall(r"\bS\d{3}\b", page("docs/errors.md"))) <= codes


def test_codes_are_used_once():
    found = [e.code for e in all_errors()]
    assert len(found) == len(set(found))


# --- records ----------------------------------------------------------------------------------------------------------


def keys(value: object) -> Iterator[str]:
    """The keys of an object of the contract, down to the last."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key != "reasons":  # its keys are names of slots
                yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_every_field_is_told():
    told = page("docs/records.md")
    fields = set(keys(factory.reading().to_json()))
    assert {"statements", "hedge_span", "in", "admin1", "mod"} <= fields
    for field in sorted(fields):
        assert f"`{field}`" in told or f"`report.{field}`" in told, field
        assert f'"{field}"' in told or field in ("start", "end", "text"), field


CONTRACT = {
    "kind of a statement": "assertion denial accusation demand promise threat prediction opinion question",
    "status": "occurred ongoing planned demanded threatened conditional denied alleged hypothetical",
    "hedge": "exact more_than at_least up_to less_than nearly about range vague",
    "scope": "event day cumulative",
    "kind of an actor": "person government military armed_group party company igo ngo media civilians group other",
    "precision": "exact city district region country area",
    "part": "title dek body caption credit related note post question answer",
    "type": "TIME DATE DURATION SET DISASTER ACCIDENT OUTBREAK VOTE DISRUPTION ASSAULT COERCE CONSULT",
}


@pytest.mark.parametrize(("what", "values"), CONTRACT.items(), ids=CONTRACT)
def test_every_value_is_told(what, values):
    told = page("docs/records.md")
    assert [v for v in values.split() if f"`{v}`" not in told] == []


def test_every_type_and_measure_that_the_code_knows_is_told():
    from sayso.reading import links, measures, modes, status

    told = page("docs/records.md")
    known = {*links.TYPES, *modes._TABLE, *status.ALL, *(t for types in links.TYPES.values() for t in types)}
    assert [v for v in sorted(known) if f"`{v}`" not in told] == []
    assert measures.POPULATIONS


# --- the ledger -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("docs") / "ledger.duckdb"
    with Ledger.open(path) as store:
        store.add([factory.reading()])
    with Ledger.open(path, read_only=True) as store:
        yield store


def test_every_view_and_table_is_told(ledger):
    told = page("docs/ledger.md")
    for (name,) in ledger.query("SHOW TABLES").rows:
        assert f"`{name}`" in told, name
    for name in TABLES:
        assert f"`{name}`" in told or f"`history.{name}`" in told, name


@pytest.mark.parametrize("view", ["reports", "statements", "events", "figures", "actors", "places", "times"])
def test_every_column_is_told(ledger, view):
    row = next(line for line in page("docs/ledger.md").splitlines() if line.startswith(f"| `{view}` |"))
    told = set(re.findall(r"`([a-z_0-9]+…?)`", row)) - {view} | {"report", "sayso", "weights", "reference"}
    columns = [name for name, *_ in ledger.query(f"DESCRIBE {view}").rows]

    def covered(column: str) -> bool:
        return column in told or any(t.endswith("…") and column.startswith(t[:-1].rstrip("_")) for t in told)

    assert [c for c in columns if not covered(c)] == []
    assert [t for t in told if not t.endswith("…") and t not in columns and t != "report"] == []


@pytest.mark.parametrize("number", range(len(fenced("docs/ledger.md", "sql"))))
def test_every_question_has_an_answer(ledger, number):
    ledger.query(fenced("docs/ledger.md", "sql")[number])


# --- links, paths, words ----------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}


@pytest.mark.parametrize("path", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_every_link_leads_somewhere(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        to = (path.parent / name).resolve() if name else path
        assert to.exists(), target
        assert not anchor or anchor in anchors(to.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("path", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_no_path_of_somebodys_machine(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.])/(?:home|root|work|tmp|Users|mnt|opt|var)/\S*", text) == []


def test_the_index_names_every_page():
    told = page("docs/index.md")
    for path in (ROOT / "docs").rglob("*.md"):
        assert path.name == "index.md" or str(path.relative_to(ROOT / "docs")) in told, path


# --- the README -------------------------------------------------------------------------------------------------------


def commands() -> list[str]:
    """The shell commands of the README, one a line, without comments."""
    lines = [line for block in fenced("README.md", "sh") for line in block.splitlines()]
    return [line.split("  #")[0].strip() for line in lines if line.strip() and not line.startswith("#")]


@pytest.fixture
def house(tmp_path):
    """A copy of what the README's commands need, with the command where `make install` puts it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    command = tmp_path / ".venv" / "bin" / "sayso"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "from sayso.cli import main; main()" "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def run(what: list[str] | str, where: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        what,
        cwd=where,
        env=env,
        shell=isinstance(what, str),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_two_commands_stand_on_the_first_screen():
    first = "\n".join(page("README.md").splitlines()[:12])
    assert "make run" in first
    assert "make test" in first


def test_every_make_target_is_there():
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    for path in PAGES:
        named = set(
            re.findall(
                r"\bmake ([a-z]+)\b",
                " ".join(re.findall(r"`[^`\n]+`|^make .*", path.read_text(encoding="utf-8"), re.MULTILINE)),
            )
        )
        assert named <= targets, path


@pytest.mark.slow
def test_the_readmes_commands_run_as_written(house):
    ran = 0
    for line in commands():
        if line.startswith("make "):
            continue
        done = run(line, house)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        assert done.stdout.strip(), line
        ran += 1
    assert ran >= 5
    assert (house / "tables" / "figures.csv").is_file()


@pytest.mark.slow
def test_the_readmes_python_runs_as_written(house):
    (code,) = fenced("README.md", "python")
    done = run([sys.executable, "-c", code], house)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) >= 3


@pytest.mark.slow
def test_the_ledgers_python_runs_as_written(house):
    assert run(".venv/bin/sayso read examples/meridian-wire.jsonl --ledger ledger.duckdb", house).returncode == 0
    (code,) = fenced("docs/ledger.md", "python")
    done = run([sys.executable, "-c", code], house)
    assert done.returncode == 0, done.stderr


def test_the_analysis_python_runs_as_written(house):
    (code,) = fenced("docs/analysis.md", "python")
    done = run([sys.executable, "-c", code], house)
    assert done.returncode == 0, done.stderr
    assert "Kharkiv gpe" in done.stdout and "Saturday" in done.stdout


def test_every_kind_of_name_and_field_of_the_analysis_is_told():
    from dataclasses import fields

    from sayso.language import Analysis
    from sayso.language.model import shared_model

    told = page("docs/analysis.md")
    for label in shared_model().labels["entities"]:
        assert label == "O" or f"`{label[2:]}`" in told, label
    for field in fields(Analysis):
        assert field.name == "text" or f"`{field.name}`" in told, field.name


def test_the_sample_is_what_the_program_prints():
    """After new weights or rules: `python -m tests.docs.sample`. A fifth may differ, since other CPUs round otherwise."""
    found = sample.BLOCK.search(page("README.md"))
    assert found
    shown, printed = found[2].splitlines(), set(sample.whole()) | {"…"}
    assert shown[:2] == sample.whole()[:2]
    assert sum(line in printed for line in shown) >= 0.8 * len(shown), "\n".join(x for x in shown if x not in printed)


def test_the_shell_prints_the_same_as_the_sample_is_made_from(house):
    line = next(c for c in commands() if "read examples/gazette" in c)
    assert [x.rstrip() for x in run(line, house).stdout.splitlines()] == sample.whole()
