"""`sayso forget`: a report out of the ledger for good."""

from __future__ import annotations

import sys

import click

from sayso.cli.options import ledger_option
from sayso.cli.screen import plain
from sayso.ledger import Ledger


@click.command("forget")
@click.argument("report")
@ledger_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(report: str, ledger: str, yes: bool) -> None:
    """Remove REPORT (the first digits of its id do) with all its readings from the ledger. It can not be undone."""
    with Ledger.open(ledger, make=False) as store:
        known = store.report(report)
        name = f"{known.id} {plain(known.title or '(no title)')}"
        if not yes and sys.stdin.isatty():
            click.confirm(f"Forget {name}?", abort=True)
        store.forget(known.id)
    click.echo(f"Forgotten: {name}")
