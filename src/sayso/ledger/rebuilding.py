"""Rows back into readings: what comes out of a ledger is what went in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from duckdb import DuckDBPyConnection

from sayso.ledger.schema import RECORDS, REPORTS
from sayso.records import (
    Actor,
    Json,
    MadeBy,
    Place,
    Reading,
    Report,
    Span,
    Time,
    event_from_json,
    figure_from_json,
    report_from_json,
    statement_from_json,
)

# Columns of the tables that are no fields of the records.
_OURS = ("reading", "n", "sources")


def rows(connection: DuckDBPyConnection, sql: str, given: list[object]) -> list[Json]:
    """The rows of a query as dictionaries."""
    cursor = connection.execute(sql, given)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def report(connection: DuckDBPyConnection, report_id: str) -> Report:
    """The report of that id exactly as it came in; KeyError where there is none."""
    columns = ", ".join(f'"{name}"' for name in REPORTS)
    found = rows(connection, f"SELECT {columns} FROM history.reports WHERE id = ?", [report_id])
    if not found:
        raise KeyError(report_id)
    raw = found[0]
    kept = {key: raw[key] for key in ("agency", "path", "collected")}
    return replace(report_from_json(raw), **kept)


def reading(connection: DuckDBPyConnection, number: int, of: Report) -> Reading:
    """The reading of that number of the report."""
    sql = "SELECT sayso, weights, reference FROM history.readings WHERE number = ?"
    made = rows(connection, sql, [number])[0]
    found = {name: _records(connection, name, number) for name in RECORDS}
    return Reading(report=of, made_by=MadeBy(**made), **found)


def _records(connection: DuckDBPyConnection, name: str, number: int) -> tuple[Any, ...]:
    sql = f"SELECT * FROM history.{name} WHERE reading = ? ORDER BY n"
    return tuple(_BUILD[name](_record(raw)) for raw in rows(connection, sql, [number]))


def _record(raw: Json) -> Json:
    kept = {key: value for key, value in raw.items() if key not in _OURS}
    if "trace" in kept:
        kept["trace"] = tuple(kept["trace"] or ())
    return kept


def _spans(raw: list[Json]) -> tuple[Span, ...]:
    return tuple(Span(**span) for span in raw)


_BUILD: dict[str, Callable[[Json], object]] = {
    "statements": statement_from_json,
    "events": event_from_json,
    "figures": figure_from_json,
    "actors": lambda raw: Actor(**{**raw, "mentions": _spans(raw["mentions"])}),
    "places": lambda raw: Place(**{**raw, "mentions": _spans(raw["mentions"])}),
    "times": lambda raw: Time(**{**raw, "span": Span(**raw["span"])}),
}
