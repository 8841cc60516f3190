from __future__ import annotations

import time

import pytest

from sayso.errors import BadQuery, QueryForbidden, QueryTimeout
from sayso.ledger import Ledger
from tests import factory


@pytest.fixture(scope="module", params=["writing", "reading"])
def ledger(request, tmp_path_factory):
    """Queries are as harmless on a ledger held for writing as on one held for reading."""
    path = tmp_path_factory.mktemp("query") / "l.duckdb"
    with Ledger.open(path) as opened:
        opened.add([factory.reading()])
        if request.param == "writing":
            yield opened
            return
    with Ledger.open(path, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "FROM figures",
        "SHOW TABLES",
        "DESCRIBE events",
        "EXPLAIN SELECT 1",
        "SUMMARIZE reports",
        "VALUES (1)",
        "WITH a AS (SELECT 1) FROM a;",
    ],
)
def test_reading_is_allowed(ledger, sql):
    assert ledger.query(sql).rows


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM history.reports",
        "DROP VIEW events",
        "CREATE TABLE t (a INTEGER)",
        "CREATE TEMP TABLE t (a INTEGER)",
        "INSERT INTO history.reports (id) VALUES ('x')",
        "UPDATE history.reports SET title = 'x'",
        "EXPLAIN ANALYZE DELETE FROM history.reports",
        "COPY events TO 'events.csv'",
        "EXPORT DATABASE 'folder'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "PRAGMA enable_profiling",
        "CALL pragma_version()",
        "CHECKPOINT",
        "BEGIN",
        "COMMIT",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_json('http://127.0.0.1/x.json')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM duckdb_secrets()",
    ],
)
def test_writing_and_reaching_outside_are_forbidden(ledger, sql):
    before = ledger.reading(factory.report().id)
    with pytest.raises(QueryForbidden, match="S402"):
        ledger.query(sql)
    assert ledger.reading(factory.report().id) == before


@pytest.mark.parametrize(
    "sql", ["SELEC 1", "SELECT * FROM nowhere", "SELECT 1; SELECT 2", "", "SELECT * FROM '/etc/hostname'"]
)
def test_what_is_no_query_is_explained(ledger, sql):
    with pytest.raises(BadQuery, match="S401") as caught:
        ledger.query(sql)
    assert "\n" not in str(caught.value)


def test_python_variables_are_no_tables(ledger):
    secret = [1, 2, 3]
    with pytest.raises(BadQuery):
        ledger.query("SELECT * FROM secret")
    assert secret


def test_time_is_limited(ledger):
    begun = time.monotonic()
    with pytest.raises(QueryTimeout, match="S403"):
        ledger.query("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", timeout=0.3)
    assert time.monotonic() - begun < 5
    assert ledger.query("SELECT 1").rows == [(1,)]


def test_names_and_rows(ledger):
    answer = ledger.query("SELECT measure, low::INTEGER AS low FROM figures ORDER BY low")
    assert answer.columns == ("measure", "low")
    assert answer.rows == [("killed", 12), ("without_power", 450)]
