"""`sayso explain`: which stage made a record, and from what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from sayso.cli.options import ledger_option
from sayso.cli.screen import console, grid, plain
from sayso.ingest import Problem, reports
from sayso.language import analyse
from sayso.ledger import Ledger
from sayso.reading import read
from sayso.records import Event, Figure, Reading, Span, Statement

Record = Statement | Event | Figure


@click.command("explain")
@click.argument("report")
@click.option(
    "--span", "where", required=True, metavar="A:B", help="The characters to explain, counted from 0, B not included."
)
@ledger_option
def command(report: str, where: str, ledger: str) -> None:
    """Show what made each record that touches characters A to B of REPORT: a file, or a report of the ledger."""
    reading = _reading(report, ledger)
    span = _span(where, reading.text)
    out = console()
    out.print(Text(f"{span.start}:{span.end}  {plain(span.text)}", style="bold"))
    made = reading.made_by
    out.print(Text(f"sayso {made.sayso}, weights {made.weights}, reference {made.reference}", style="dim"))
    found = [record for record in _records(reading) if any(s.overlaps(span) for s in spans(record))]
    if not found:
        out.print("\nNo record touches these words.")
    for record in found:
        _print(record, out)
    _tokens(reading.text, span, out)


def _reading(report: str, ledger: str) -> Reading:
    if not Path(report).is_file():
        with Ledger.open(ledger, read_only=True) as store:
            return store.reading(report)
    problem: Problem | None = None
    for item in reports([report]):
        if not isinstance(item, Problem):
            return read(item)
        problem = item
    if problem is not None:
        raise problem.error
    raise click.UsageError(f"no report in {report}")


def _span(where: str, text: str) -> Span:
    given = re.fullmatch(r"(\d+):(\d+)", where)
    if not given:
        raise click.BadParameter(f"{where!r} is not A:B with two numbers, as in 120:164", param_hint="--span")
    start, end = int(given[1]), min(int(given[2]), len(text))
    if start >= end:
        raise click.BadParameter(f"{where} is empty or outside the text of {len(text)} characters", param_hint="--span")
    return Span.of(text, start, end)


def _records(reading: Reading) -> Iterable[Record]:
    return (*reading.statements, *reading.events, *reading.figures)


def spans(record: Record) -> list[Span]:
    """The spans that a record itself rests on."""
    if isinstance(record, Statement):
        return [s for s in (record.source, record.cue, *record.content) if s]
    if isinstance(record, Figure):
        return [s for s in (record.span, record.item) if s]
    people = [p.span for p in (*record.actors, *record.recipients)]
    return [
        record.anchor,
        *(m.span for m in record.also),
        *people,
        *record.instruments,
        *(w.span for w in record.where),
    ]


def _print(record: Record, out: Console) -> None:
    kind = type(record).__name__
    label = (
        record.kind if isinstance(record, Statement) else record.type if isinstance(record, Event) else record.measure
    )
    out.print()
    out.print(Text(f"{kind} {record.id}  {label}  {record.confidence:.2f}", style="cyan"))
    for span in spans(record):
        out.print(Text(f"    {span.start}:{span.end}  {plain(span.text)}"))
    for line in record.trace or ("no trace was kept",):
        out.print(Text(f"    ← {plain(line)}", style="dim"))


def _tokens(text: str, span: Span, out: Console) -> None:
    """The tokens of the span as the language stage of this version sees them."""
    analysis = analyse(text)
    table = grid("Token", "Place", "Lemma", "Tag", "Relation", "Governor", ratios=(4, 3, 4, 3, 3, 4))
    for i, token in enumerate(analysis.tokens):
        if token.start < span.end and span.start < token.end:
            head = analysis.tokens[token.head].text if token.head != i else "–"
            tag = f"{token.upos} {token.xpos}"
            table.add_row(
                plain(token.text), f"{token.start}:{token.end}", plain(token.lemma), tag, token.deprel, plain(head)
            )
    out.print()
    out.print(table)
