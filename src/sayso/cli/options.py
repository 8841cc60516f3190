"""What several commands share: options, progress, and the telling of problems."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

DEFAULT_LEDGER = "ledger.duckdb"

T = TypeVar("T")

ledger_argument = click.argument("ledger", type=click.Path(), metavar="LEDGER")
ledger_option = click.option(
    "--ledger", type=click.Path(), default=DEFAULT_LEDGER, show_default=True, metavar="FILE", help="The ledger."
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people, or JSON lines.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes that read. Same result for any number.",
)


def watched(things: Iterable[T], what: str, *, total: int | None = None, quiet: bool = False) -> Iterator[T]:
    """The things, with a progress bar on stderr when a person watches there and stdout does not fill the same screen."""
    if quiet or not sys.stderr.isatty() or (sys.stdout.isatty() and total is None):
        yield from things
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        for thing in things:
            yield thing
            bar.advance(task)


def emit(text: str) -> None:
    """Print a line in UTF-8 whatever the locale: what programs read."""
    sys.stdout.flush()
    sys.stdout.buffer.write((text + "\n").encode("utf-8"))
    sys.stdout.buffer.flush()


class Problems:
    """Tells each problem in one line on stderr, and remembers whether anything could not be read."""

    def __init__(self) -> None:
        self.failed = 0

    def tell(self, problem: object) -> None:
        """Print a problem; a warning does not count as a failure."""
        if not getattr(problem, "warning", False):
            self.failed += 1
        print(problem, file=sys.stderr, flush=True)

    @property
    def status(self) -> int:
        """The exit status: 0 all read, 1 some not."""
        return 1 if self.failed else 0
