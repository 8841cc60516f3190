"""The command `sayso`: which commands there are, and how errors leave it.

Exit status: 0 done, 1 something could not be read or done, 2 wrong usage, 130 stopped by Ctrl-C, 141 the
reader of our output left, 143 ended by SIGTERM.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

import click

from sayso._version import __version__
from sayso.errors import BadDate, SaysoError

# Name of each command (its module is `sayso.cli.<name>_command`) and its line in --help, in the order of a first day's use.
COMMANDS = {
    "read": "Read reports: who says what happened, where, when, to how many.",
    "show": "Show the reports of a ledger, one of them, or what a search finds.",
    "query": "Ask a ledger in SQL (it only reads).",
    "export": "Write a ledger as JSON lines, CSV or Parquet.",
    "reread": "Read all reports of a ledger again with this version.",
    "diff": "Show what the last reading changed.",
    "explain": "Show which stage made a record, and from what.",
    "forget": "Remove a report from a ledger for good.",
    "doctor": "Check that the installation is sound.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only to run it, or to print its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"sayso.cli.{cmd_name}_command").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in --help, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sayso")
def sayso() -> None:
    """On whose say-so? Reads news reports and keeps a ledger of who says what happened.

    \b
    sayso read report.txt                          print what a report says, and on whose word
    sayso read folder --ledger ledger.duckdb       keep it
    sayso show ledger.duckdb --search "drones"     find it again
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # In a locale that is not UTF-8 a letter that it lacks becomes "?", and is no reason to stop.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _ended)
    status = _run(args)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = _reader_left()
    sys.exit(status)


def _ended(*_: object) -> None:
    """SIGTERM ends the command like an error does: what was read is kept, scratch files and workers go."""
    sys.exit(143)


def _run(args: Sequence[str] | None) -> int:
    try:
        result = sayso.main(args=list(args) if args is not None else None, prog_name="sayso", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return _reader_left()
    except SaysoError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, BadDate) else 1


def _reader_left() -> int:
    """Our output's reader (`head`, a pager) went away: say nothing, and let Python say nothing at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
