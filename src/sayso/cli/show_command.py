"""`sayso show`: what a ledger holds."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from sayso.cli.options import emit, format_option, ledger_argument
from sayso.cli.screen import Sheet, console, counted, grid, plain
from sayso.export import line
from sayso.ledger import Entry, Hit, Ledger

# Characters shown of a text that a search found.
_EXCERPT = 240


@click.command("show")
@ledger_argument
@click.argument("report", required=False)
@click.option("--search", "words", metavar="WORDS", help='Find these words; "in quotation marks" they stand together.')
@click.option(
    "--in",
    "kind",
    type=click.Choice(["reports", "statements"]),
    default="reports",
    show_default=True,
    help="Where to search.",
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many finds.")
@format_option
def command(ledger: str, report: str | None, words: str | None, kind: str, limit: int, form: str) -> None:
    """Show the reports of LEDGER, one REPORT (the first digits of its id do), or what a search finds."""
    if report and words:
        raise click.UsageError("name a report or search, not both")
    with Ledger.open(ledger, read_only=True) as store:
        if report:
            reading = store.reading(report)
            if form == "json":
                emit(line(reading))
            else:
                Sheet(reading).print(console())
        elif words:
            _hits(store.search(words, kind=kind, limit=limit), form)
        else:
            _entries(store.reports(), form, ledger)


def _entries(entries: list[Entry], form: str, ledger: str) -> None:
    if form == "json":
        for entry in entries:
            emit(json.dumps(asdict(entry), ensure_ascii=False))
        return
    table = grid("Report", "Title", "Publisher", "Date", "Said", "Done", "Counted", ratios=(3, 9, 5, 4, 2, 2, 2))
    for e in entries:
        counts = (str(e.statements), str(e.events), str(e.figures))
        table.add_row(e.id[:8], plain(e.title or "(no title)"), plain(e.publisher or ""), e.published or "", *counts)
    out = console()
    out.print(table)
    if entries:
        out.print(f"\n{counted(len(entries), 'report')}. One of them: sayso show {ledger} {entries[0].id[:8]}")
    else:
        out.print(f"Nothing in it yet. Next: sayso read PATH --ledger {ledger}")


def _hits(hits: list[Hit], form: str) -> None:
    if form == "json":
        for hit in hits:
            emit(json.dumps(asdict(hit), ensure_ascii=False))
        return
    table = grid("Report", "Score", "Text", ratios=(2, 1, 13))
    for hit in hits:
        table.add_row(hit.report[:8], f"{hit.score:.2f}", plain(hit.text[:_EXCERPT]))
    console().print(table if hits else "Nothing found.")
