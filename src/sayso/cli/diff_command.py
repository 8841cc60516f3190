"""`sayso diff`: what the last reading changed."""

from __future__ import annotations

import json
from collections import Counter

import click
from rich.console import Console
from rich.text import Text

from sayso.cli.options import emit, format_option, ledger_argument
from sayso.cli.screen import console, plain
from sayso.ledger import Change, Ledger

_SIGNS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow")}


@click.command("diff")
@ledger_argument
@click.argument("report", required=False)
@format_option
def command(ledger: str, report: str | None, form: str) -> None:
    """Show what the last reading changed against the one before, for one REPORT or all of LEDGER."""
    counts: Counter[str] = Counter()
    out = console()
    with Ledger.open(ledger, read_only=True) as store:
        for change in store.diff(report):
            counts[change.how] += 1
            if form == "json":
                emit(json.dumps(change.to_json(), ensure_ascii=False))
            else:
                _print(change, out)
    if form == "table":
        out.print(", ".join(f"{counts[how]} {how}" for how in _SIGNS) if counts else "No differences.")


def _print(change: Change, out: Console) -> None:
    sign, colour = _SIGNS[change.how]
    kind = change.kind.removesuffix("s")
    out.print(Text(f"{sign} {change.report[:8]} {kind} ", style=colour).append(plain(change.words)))
    for key, (before, after) in change.fields.items():
        out.print(Text(f"      {key}: {_difference(before, after)}"))


def _difference(before: object, after: object) -> str:
    """Of two lists only what is gone and what is new; of all else both values."""
    if isinstance(before, list) and isinstance(after, list):
        gone = [f"- {_value(x)}" for x in before if x not in after]
        new = [f"+ {_value(x)}" for x in after if x not in before]
        return "  ".join(gone + new) or "in another order"
    return f"{_value(before)} → {_value(after)}"


def _value(value: object) -> str:
    if isinstance(value, dict) and "text" in value:
        return f"“{plain(value['text'])}” {value['start']}:{value['end']}"
    return plain(json.dumps(value, ensure_ascii=False))
