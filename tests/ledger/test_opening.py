from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

from sayso.errors import LedgerBusy, LedgerError, LedgerForeign, LedgerMissing
from sayso.ledger import Ledger, migrations
from sayso.ledger.migrations import Step, migrate, steps, version
from sayso.ledger.schema import TABLES
from tests import factory

ROOT = Path(__file__).parents[2]


def run(code: str, *args: object) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, args)]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_the_migrated_schema_is_the_one_the_code_writes():
    connection = duckdb.connect()
    assert version(connection) == 0
    assert migrate(connection) == [step.number for step in steps()]
    assert migrate(connection) == []
    for table, columns in TABLES.items():
        made = connection.execute(f"DESCRIBE history.{table}").fetchall()
        fresh = connection.execute("CREATE TEMP TABLE t (" + ", ".join(f'"{c}" {k}' for c, k in columns.items()) + ")")
        assert fresh is not None
        assert [(c, k) for c, k, *_ in made] == [(c, k) for c, k, *_ in connection.execute("DESCRIBE t").fetchall()], (
            table
        )
        connection.execute("DROP TABLE t")


def test_steps_are_numbered_without_gaps():
    assert [step.number for step in steps()] == list(range(1, len(steps()) + 1))


def test_an_older_ledger_is_brought_up_to_date(tmp_path, monkeypatch):
    path = tmp_path / "l.duckdb"
    with Ledger.open(path) as ledger:
        ledger.add([factory.reading()])
    next_step = Step(len(steps()) + 1, "a note", "ALTER TABLE history.reports ADD COLUMN note VARCHAR DEFAULT 'none'")
    todo = [*steps(), next_step]
    monkeypatch.setattr(migrations, "steps", lambda: todo)
    monkeypatch.setattr("sayso.ledger.connection.steps", migrations.steps)
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.query("SELECT note FROM history.reports").rows == [("none",)]
        assert ledger.reading(factory.report().id) == factory.reading()


def test_a_migration_that_fails_changes_nothing():
    connection = duckdb.connect()
    migrate(connection)
    bad = Step(len(steps()) + 1, "bad", "CREATE TABLE history.half (a INTEGER); SELECT * FROM nowhere")
    with pytest.raises(duckdb.Error):
        migrate(connection, [*steps(), bad])
    assert version(connection) == len(steps())
    assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'").fetchall() == [(0,)]
    assert connection.execute("SELECT count(*) FROM reports").fetchall() == [(0,)]


def test_a_newer_ledger_is_refused(tmp_path):
    path = tmp_path / "l.duckdb"
    Ledger.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO sayso_migrations VALUES (999, 'the future', NULL)")
    for read_only in (True, False):
        with pytest.raises(LedgerForeign, match=r"S303.*newer sayso"):
            Ledger.open(path, read_only=read_only)


def test_files_of_something_else_are_refused(tmp_path):
    text, other = tmp_path / "notes.txt", tmp_path / "other.duckdb"
    text.write_text("hello " * 5000)
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE birds (name VARCHAR)")
    for path in (text, other):
        before = path.read_bytes()
        for read_only in (True, False):
            with pytest.raises(LedgerForeign, match="S303"):
                Ledger.open(path, read_only=read_only)
        assert path.read_bytes() == before


def test_no_ledger_and_no_place_for_one(tmp_path):
    with pytest.raises(LedgerMissing, match="S302"):
        Ledger.open(tmp_path / "none.duckdb", read_only=True)
    with pytest.raises(LedgerError, match="S300"):
        Ledger.open(tmp_path / "no-folder" / "l.duckdb")
    with pytest.raises(LedgerError, match="S300"):
        Ledger.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_ledger(tmp_path):
    path = tmp_path / "l.duckdb"
    path.touch()
    with Ledger.open(path) as ledger:
        assert ledger.reports() == []


def test_a_second_process_is_told_who_holds_it(tmp_path):
    path = tmp_path / "l.duckdb"
    with Ledger.open(path):
        second = run(
            """
            import sys
            from sayso.ledger import Ledger
            for read_only in (False, True):
                try:
                    Ledger.open(sys.argv[1], read_only=read_only)
                except Exception as error:
                    print(type(error).__name__, error)
            """,
            path,
        )
    told = second.stdout.splitlines()
    assert len(told) == 2, second.stderr
    for line in told:
        assert line.startswith("LedgerBusy [S301]")
        assert f"process {os.getpid()} " in line


def test_a_writer_keeps_a_reader_of_the_same_process_out(tmp_path):
    path = tmp_path / "l.duckdb"
    with Ledger.open(path), pytest.raises(LedgerBusy):
        Ledger.open(path, read_only=True)


def test_many_may_read_at_once(tmp_path):
    path = tmp_path / "l.duckdb"
    with Ledger.open(path) as ledger:
        ledger.add([factory.reading()])
    code = """
        import sys
        from sayso.ledger import Ledger
        with Ledger.open(sys.argv[1], read_only=True) as ledger:
            print(len(ledger.reports()))
    """
    with Ledger.open(path, read_only=True):
        assert run(code, path).stdout == "1\n"


@pytest.mark.parametrize("table", ["reports", "figures", "search_postings"])
def test_a_killed_run_leaves_a_ledger_that_opens(tmp_path, table):
    """Killed in the middle of its second batch, at several places."""
    path = tmp_path / "l.duckdb"
    code = """
        import os, signal, sys
        from sayso.ledger import Ledger, loading
        from tests import factory
        real, calls = loading._insert_sql, []
        def killing(name, path, longest):
            calls.append(name)
            if calls.count(sys.argv[2]) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(name, path, longest)
        loading._insert_sql = killing
        Ledger.open(sys.argv[1]).add(factory.many(20), batch=10)
    """
    assert run(code, path, table).returncode == -signal.SIGKILL
    with Ledger.open(path, read_only=True) as ledger:
        assert len(ledger.reports()) == 10
    with Ledger.open(path) as ledger:
        assert list(ledger.readings()) == factory.many(10)
        assert ledger.add(factory.many(20)).new == 10
        assert len(ledger.search("report", limit=50)) == 20


def test_killed_while_being_made(tmp_path):
    path = tmp_path / "l.duckdb"
    code = """
        import os, signal, sys
        from sayso.ledger import Ledger, connection
        def killed(*_):
            os.kill(os.getpid(), signal.SIGKILL)
        connection.migrate = killed
        Ledger.open(sys.argv[1])
    """
    assert run(code, path).returncode == -signal.SIGKILL
    assert not path.exists()
    with Ledger.open(path) as ledger:
        assert ledger.add([factory.reading()]).new == 1


def test_the_file_format_is_one_that_older_duckdb_reads(tmp_path):
    path = tmp_path / "l.duckdb"
    Ledger.open(path).close()
    with duckdb.connect(str(path), read_only=True) as connection:
        tags = connection.execute(
            "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal"
        ).fetchall()
    assert tags == [("v1.5.0+",)]


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "tmp").mkdir()
    with Ledger.open(tmp_path / "l.duckdb") as ledger:
        ledger.add(factory.many(3))
    with pytest.raises(LedgerMissing):
        Ledger.open(tmp_path / "none", read_only=True)
    assert list((tmp_path / "tmp").iterdir()) == []
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["l.duckdb"]


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "r",
        "main",
        "history",
        "system",
        "temp",
        "memory",
        "events",
        "ledger",
        "old",
        "it's",
        "日本",
        "a b.c",
        "select",
    ],
)
def test_any_file_name_will_do(tmp_path, name):
    path = tmp_path / f"{name}.duckdb"
    with Ledger.open(path) as ledger:
        ledger.add([factory.reading()])
        assert ledger.query("SELECT count(*) FROM events").rows == [(2,)]
    path.rename(tmp_path / "renamed.duckdb")
    with Ledger.open(tmp_path / "renamed.duckdb", read_only=True) as ledger:
        assert ledger.reading(factory.report().id) == factory.reading()
        assert ledger.query("SELECT count(*) FROM event_participants").rows == [(2,)]
        assert ledger.search("drones")
    with Ledger.open(tmp_path / "renamed.duckdb") as ledger:
        ledger.forget(factory.report().id)
