"""The commands over a ledger: show, query, export, reread, diff, explain, forget, doctor."""

from __future__ import annotations

import csv
import io
import json

import pytest

import sayso.reading
from sayso.cli import diff_command
from sayso.export import line
from sayso.ledger import Ledger
from tests import factory, fakes


@pytest.fixture
def ledger(run, report) -> str:
    """A ledger with the factory's report; its id."""
    assert run("read", report.name, "--ledger", "ledger.duckdb").status == 0
    return json.loads(run("show", "ledger.duckdb", "--format", "json").out)["id"]


def test_show(run, ledger):
    ran = run("show", "ledger.duckdb")
    assert ledger[:8] in ran.out
    assert f"sayso show ledger.duckdb {ledger[:8]}" in ran.out
    assert "killed: 12 or more" in run("show", "ledger.duckdb", ledger[:6]).out
    shown = run("show", "ledger.duckdb", ledger[:6], "--format", "json").out
    with Ledger.open("ledger.duckdb", read_only=True) as store:
        assert shown == line(store.reading(ledger)) + "\n"


def test_show_finds(run, ledger):
    assert ledger[:8] in run("show", "ledger.duckdb", "--search", "drones power").out
    assert "Nothing found." in run("show", "ledger.duckdb", "--search", "giraffe").out
    found = json.loads(
        run("show", "ledger.duckdb", "--search", "rebuild", "--in", "statements", "--format", "json").out
    )
    assert found["text"] == "We will rebuild"


@pytest.mark.parametrize("command", [["show"], ["reread"], ["diff"], ["export", "--format", "csv", "--out", "x"]])
def test_no_ledger(run, command, tmp_path):
    ran = run(command[0], "none.duckdb", *command[1:])
    if command[0] == "reread":
        assert (ran.status, list(tmp_path.iterdir())) == (1, [])
    assert ran.status == 1
    assert ran.err.startswith("[S302] no ledger at none.duckdb")


def test_unknown_reports(run, ledger):
    for command in (["show", "ledger.duckdb", "ffff"], ["explain", "ffff", "--span", "0:5"], ["forget", "ffff"]):
        ran = run(*command)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith("[S304] no report 'ffff'")


def test_query(run, ledger):
    sql = "SELECT measure, low, sources FROM figures ORDER BY low"
    ran = run("query", sql)
    assert "killed" in ran.out
    assert "2 rows" in ran.out
    assert "12.0" not in ran.out
    assert run("query", sql + " LIMIT 1").out.endswith("\n1 row\n")
    assert [json.loads(x) for x in run("query", sql, "--format", "json").out.splitlines()] == [
        {"measure": "killed", "low": 12.0, "sources": ["Oleh Kiper", "Oleh Kiper"]},
        {"measure": "without_power", "low": 450.0, "sources": ["Oleh Kiper"]},
    ]
    rows = list(csv.reader(io.StringIO(run("query", sql, "--format", "csv").out)))
    assert rows[0] == ["measure", "low", "sources"]
    assert rows[2] == ["without_power", "450.0", '["Oleh Kiper"]']


@pytest.mark.parametrize(
    ("sql", "code"),
    [("DELETE FROM history.reports", "S402"), ("SELECT * FROM read_text('/etc/hostname')", "S402"), ("SELEC", "S401")],
)
def test_query_refusals(run, ledger, sql, code):
    ran = run("query", sql)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"[{code}] ")
    assert len(ran.err.splitlines()) == 1


def test_query_timeout(run, ledger):
    ran = run("query", "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", "--timeout", "0.2")
    assert ran.status == 1
    assert ran.err.startswith("[S403] no answer within 0.2 s")


def test_export(run, ledger, tmp_path):
    ran = run("export", "ledger.duckdb", "--format", "jsonl", "--out", "all.jsonl")
    assert ran.out == "all.jsonl\n"
    assert json.loads((tmp_path / "all.jsonl").read_text(encoding="utf-8"))["report"]["id"] == ledger
    assert len(run("export", "ledger.duckdb", "--format", "parquet", "--out", "tables").out.splitlines()) == 12
    assert run("export", "ledger.duckdb", "--format", "csv", "--out", "f.csv", "--kind", "figures").out == "f.csv\n"
    assert run("export", "ledger.duckdb", "--format", "jsonl", "--out", "x", "--kind", "figures").status == 2
    assert run("export", "ledger.duckdb", "--format", "csv", "--out", "no/where.csv", "--kind", "figures").status == 1


def test_reread_and_diff(run, ledger, monkeypatch):
    assert "0 read anew, 1 unchanged" in run("reread", "ledger.duckdb").out
    assert run("diff", "ledger.duckdb").out == "No differences.\n"
    monkeypatch.setattr(sayso.reading, "read", fakes.read_anew)
    ran = run("reread", "ledger.duckdb")
    assert (ran.status, ran.err) == (0, "")
    assert "1 read anew, 0 unchanged" in ran.out
    ran = run("diff", "ledger.duckdb", ledger[:5])
    assert f"- {ledger[:8]} event rebuild" in ran.out
    assert "high: null → 20" in ran.out
    assert "0 added, 2 removed, 1 changed" in ran.out
    found = [json.loads(x) for x in run("diff", "ledger.duckdb", "--format", "json").out.splitlines()]
    assert [(f["kind"], f["how"]) for f in found] == [
        ("events", "removed"),
        ("figures", "removed"),
        ("figures", "changed"),
    ]


def test_of_lists_a_diff_shows_what_is_gone_and_what_is_new():
    span = {"text": "the port", "start": 4, "end": 12}
    assert diff_command._difference(["a", span], ["a", "b"]) == '- “the port” 4:12  + "b"'
    assert diff_command._difference(["a", "b"], ["b", "a"]) == "in another order"
    assert diff_command._difference(None, [span]).startswith("null → [")


def test_reread_tells_what_it_could_not_read(run, ledger, monkeypatch):
    def broken(_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(sayso.reading, "read", broken)
    ran = run("reread", "ledger.duckdb")
    assert ran.status == 1
    assert ran.err.startswith("[S210] ")
    assert "0 read anew" in ran.out


def test_explain(run, ledger, report):
    start = factory.TEXT.index("Nearly 500")
    for name in (ledger[:8], report.name):
        ran = run("explain", name, "--span", f"{start}:{start + 10}")
        assert ran.status == 0, ran.err
        assert "reading.statements: source by subject" in ran.out
        assert "Figure" in ran.out
        assert "Nearly" in ran.out
        assert "Event" not in ran.out


@pytest.mark.parametrize("span", ["5", "a:b", "9:3", "99999:100000", "-1:4"])
def test_explain_wants_a_span(run, ledger, span):
    assert run("explain", ledger, "--span", span).status == 2


def test_forget(run, ledger):
    ran = run("forget", ledger[:7])
    assert ran.out == f"Forgotten: {ledger} {factory.TITLE}\n"
    assert "Nothing in it yet" in run("show", "ledger.duckdb").out


def test_help_of_every_command(run):
    from sayso.cli.app import COMMANDS

    listed = run("--help").out
    for name in COMMANDS:
        ran = run(name, "--help")
        assert ran.status == 0
        assert f"Usage: sayso {name}" in ran.out
        assert name in listed


def test_version(run):
    from sayso._version import __version__

    assert run("--version").out == f"sayso, version {__version__}\n"
