"""SQL from people, against the ledger: it may read, for a limited time, and reach nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
from duckdb import DuckDBPyConnection, StatementType

from sayso.errors import BadQuery, QueryForbidden, QueryTimeout
from sayso.ledger.connection import DATABASE

# What reads only. DESCRIBE, SHOW, SUMMARIZE, FROM and VALUES are SELECT to DuckDB.
_READING = (StatementType.SELECT, StatementType.EXPLAIN)
_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


def query(connection: DuckDBPyConnection, sql: str, timeout: float = 30.0) -> Answer:
    """The answer to one reading statement, within `timeout` seconds.

    Raises BadQuery, QueryForbidden for what would write or reach outside, and QueryTimeout.
    """
    _check(connection, sql)
    cursor = connection.cursor()  # a transaction of its own, that can be told to be read-only
    deadline = time.monotonic() + timeout
    try:
        with _limited(cursor, timeout):
            cursor.execute(f"USE {DATABASE}")
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            cursor.execute(sql)
            columns = tuple(column[0] for column in cursor.description or ())
            return Answer(columns, _fetched(cursor, deadline, timeout))
    except duckdb.InterruptException as error:
        raise _too_slow(timeout) from error
    except duckdb.PermissionException as error:
        raise QueryForbidden(
            "the query reaches outside the ledger", _first(error), "query the ledger's own tables"
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise BadQuery("the answer does not fit into memory", _first(error), "add a LIMIT or a WHERE") from error
    except duckdb.Error as error:
        if "read-only mode" in str(error):
            raise QueryForbidden("the query would write", _first(error), "use SELECT, SHOW or EXPLAIN") from error
        raise BadQuery(
            "DuckDB does not accept the query", _first(error), "see the tables: sayso query 'SHOW TABLES'"
        ) from error
    finally:
        cursor.close()


def _check(connection: DuckDBPyConnection, sql: str) -> None:
    """One statement, and one that reads."""
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise BadQuery("the query is no SQL", _first(error), "see the tables: sayso query 'SHOW TABLES'") from error
    if len(statements) != 1:
        raise BadQuery(f"{len(statements)} statements", "a query is one", "ask one after the other")
    if statements[0].type not in _READING:
        raise QueryForbidden(
            f"{statements[0].type.name} is not allowed", "queries only read", "use SELECT, SHOW or EXPLAIN"
        )


@contextmanager
def _limited(cursor: DuckDBPyConnection, timeout: float) -> Iterator[None]:
    timer = threading.Timer(timeout, cursor.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _fetched(cursor: DuckDBPyConnection, deadline: float, timeout: float) -> list[tuple[object, ...]]:
    # In pieces: turning a huge answer into Python objects takes longer than making it, and no interrupt reaches it.
    rows: list[tuple[object, ...]] = []
    while chunk := cursor.fetchmany(_CHUNK):
        rows.extend(chunk)
        if time.monotonic() > deadline:
            raise _too_slow(timeout)
    return rows


def _too_slow(timeout: float) -> QueryTimeout:
    return QueryTimeout(
        f"no answer within {timeout:g} s", "the query is too large", "narrow it, or allow more: --timeout SECONDS"
    )


def _first(error: duckdb.Error) -> str:
    """DuckDB's message in one line, without its drawing of the place."""
    return " ".join(line.strip() for line in str(error).partition("\n\nLINE")[0].splitlines() if line.strip())
