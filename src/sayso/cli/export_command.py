"""`sayso export`: a ledger as files for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli.options import ledger_argument
from sayso.export import KINDS, export
from sayso.ledger import Ledger


@click.command("export")
@ledger_argument
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "parquet"]), required=True, help="What to write.")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The file, or for tables of several kinds the folder."
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    help="Only this kind of record (csv, parquet); may be repeated.",
)
def command(ledger: str, form: str, out: Path, kinds: tuple[str, ...]) -> None:
    """Write the records of LEDGER: JSON lines as `sayso read` prints them, or one CSV or Parquet table a kind."""
    if form == "jsonl" and kinds:
        raise click.UsageError("--kind is for csv and parquet; JSON lines hold whole reports")
    with Ledger.open(ledger, read_only=True) as store:
        for path in export(store, form, out, kinds):
            click.echo(path)
