"""How a ledger's schema came to be, step by step: a ledger of any age is brought to today's schema when it is opened.

The steps are the SQL files in `steps`, numbered from 1 without gaps. A new one is added at the end; a released one is never
changed. `schema.TABLES` describes where the last step arrives (a test holds the two together). Views carry no data, so
today's are laid anew with every step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

from duckdb import DuckDBPyConnection

from sayso.ledger.views import VIEWS


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: its number, what it does in a few words, and its SQL."""

    number: int
    name: str
    sql: str


def steps() -> list[Step]:
    """All migrations in order, read from the files `NNNN-what-it-does.sql`."""
    found = (f for f in files("sayso.ledger").joinpath("steps").iterdir() if f.name.endswith(".sql"))
    named = ((f.name.removesuffix(".sql").partition("-"), f) for f in found)
    return sorted(
        (Step(int(number), what.replace("-", " "), f.read_text(encoding="utf-8")) for (number, _, what), f in named),
        key=lambda step: step.number,
    )


_BOOK = "CREATE TABLE IF NOT EXISTS sayso_migrations (number INTEGER, name VARCHAR, applied TIMESTAMP)"


def version(connection: DuckDBPyConnection) -> int | None:
    """The number of the last migration applied, 0 for a database without tables, None for one that is no ledger."""
    sql = "SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database()"
    names = {row[0] for row in connection.execute(sql).fetchall()}
    if not names:
        return 0
    if "sayso_migrations" not in names:
        return None
    row = connection.execute("SELECT coalesce(max(number), 0) FROM sayso_migrations").fetchone()
    return int(row[0]) if row else 0


def migrate(connection: DuckDBPyConnection, todo: Sequence[Step] | None = None) -> list[int]:
    """Apply the steps that the ledger does not have yet, all or none; their numbers."""
    have = version(connection) or 0
    missing = [step for step in (steps() if todo is None else todo) if step.number > have]
    if not missing:
        return []
    connection.execute("BEGIN")
    try:
        connection.execute(_BOOK)
        _drop_views(connection)
        for step in missing:
            connection.execute(step.sql)
            now = datetime.now(UTC).replace(tzinfo=None)
            connection.execute("INSERT INTO sayso_migrations VALUES (?, ?, ?)", [step.number, step.name, now])
        for view in VIEWS:
            connection.execute(view)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return [step.number for step in missing]


def _drop_views(connection: DuckDBPyConnection) -> None:
    rows = connection.execute(
        "SELECT view_name FROM duckdb_views() "
        "WHERE NOT internal AND schema_name = 'main' AND database_name = current_database()"
    ).fetchall()
    for (name,) in rows:
        connection.execute(f'DROP VIEW IF EXISTS "{name}" CASCADE')
