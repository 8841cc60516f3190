"""`sayso read`: reports in, records out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import click

from sayso.batch import read_all
from sayso.cli.options import Problems, emit, format_option, watched, workers_option
from sayso.export import line
from sayso.ingest import Problem, reports
from sayso.ledger import Ledger
from sayso.records import Reading, Report


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@format_option
@click.option("--ledger", type=click.Path(), metavar="FILE", help="Keep what is read in this ledger, made if need be.")
@click.option("--published", metavar="DATE", help="The date (YYYY-MM-DD) of reports that bear none.")
@workers_option
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(
    paths: tuple[str, ...], form: str, ledger: str | None, published: str | None, workers: int, quiet: bool
) -> int:
    """Read files, folders or - (stdin), in any mix of .txt .md .html .pdf .jsonl, and print what they say."""
    problems = Problems()
    arriving = _arriving(paths, published, problems)
    with ExitStack() as stack:
        store = stack.enter_context(Ledger.open(ledger)) if ledger else None
        readings = watched(_read(arriving, workers, problems), "reading", quiet=quiet)
        shown = _printed(readings, form)
        if store is None:
            for _ in shown:
                pass
        else:
            added = store.add(shown)
            if form == "table":
                _summary(added.new, added.updated, added.same, str(ledger))
    return problems.status


def _arriving(paths: tuple[str, ...], published: str | None, problems: Problems) -> Iterator[Report]:
    for item in reports(paths, published=published):
        if isinstance(item, Problem):
            problems.tell(item)
        else:
            yield item


def _read(arriving: Iterator[Report], workers: int, problems: Problems) -> Iterator[Reading]:
    for item in read_all(arriving, workers):
        if isinstance(item, Problem):
            problems.tell(item)
        else:
            yield item


def _printed(readings: Iterator[Reading], form: str) -> Iterator[Reading]:
    """The readings, each printed as it comes."""
    if form == "json":
        for reading in readings:
            emit(line(reading))
            yield reading
        return
    from sayso.cli.screen import Sheet, console

    out = console()
    for reading in readings:
        Sheet(reading).print(out)
        yield reading


def _summary(new: int, updated: int, same: int, ledger: str) -> None:
    print(f"{ledger}: {new} new, {updated} read anew, {same} unchanged.")
    print(
        f'Next: sayso show {ledger}    or: sayso query "SELECT sources, measure, low, high, span FROM figures" --ledger {ledger}'
    )
