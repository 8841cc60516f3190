"""`sayso query`: SQL that only reads."""

from __future__ import annotations

import csv
import io
import json

import click

from sayso.cli.options import emit, ledger_option
from sayso.cli.screen import console, counted, plain
from sayso.export.tables import cell
from sayso.ledger import Answer, Ledger


@click.command("query")
@click.argument("sql")
@ledger_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="For people, JSON lines, or CSV.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Longest time to wait.",
)
def command(sql: str, ledger: str, form: str, timeout: float) -> None:
    """Ask the ledger in SQL (DuckDB's). It only reads: the ledger, nothing else. Tables: sayso query "SHOW TABLES"."""
    with Ledger.open(ledger, read_only=True) as store:
        answer = store.query(sql, timeout)
    {"table": _table, "json": _json, "csv": _csv}[form](answer)


def _json(answer: Answer) -> None:
    for row in answer.rows:
        emit(json.dumps(dict(zip(answer.columns, row, strict=True)), ensure_ascii=False, default=str))


def _csv(answer: Answer) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([cell(value) for value in row] for row in answer.rows)
    emit(out.getvalue().removesuffix("\n"))


def _table(answer: Answer) -> None:
    from rich.table import Table

    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for column in answer.columns:
        table.add_column(column, overflow="fold")
    for row in answer.rows:
        table.add_row(*(_shown(value) for value in row))
    out = console()
    out.print(table)
    out.print(counted(len(answer.rows), "row"), style="dim")


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return plain(", ".join(map(str, value)) if isinstance(value, list) else value)
