"""`sayso reread`: the reports of a ledger, read again with this version."""

from __future__ import annotations

from collections.abc import Iterator

import click

from sayso.batch import read_all
from sayso.cli.options import Problems, ledger_argument, watched, workers_option
from sayso.ingest import Problem
from sayso.ledger import Ledger
from sayso.records import Reading


@click.command("reread")
@ledger_argument
@workers_option
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(ledger: str, workers: int, quiet: bool) -> int:
    """Read all reports of LEDGER again from the text kept in it. Old readings are kept; see `sayso diff`."""
    problems = Problems()
    with Ledger.open(ledger, make=False) as store:
        ids = [entry.id for entry in store.reports()]
        again = watched(read_all(map(store.report, ids), workers), "reading again", total=len(ids), quiet=quiet)
        added = store.add(_good(again, problems))
    click.echo(f"{ledger}: {added.updated} read anew, {added.same} unchanged.")
    if added.updated:
        click.echo(f"Next: sayso diff {ledger}")
    return problems.status


def _good(items: Iterator[Reading | Problem], problems: Problems) -> Iterator[Reading]:
    for item in items:
        if isinstance(item, Problem):
            problems.tell(item)
        else:
            yield item
