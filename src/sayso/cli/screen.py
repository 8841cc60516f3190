"""Records on a screen: for people. Piped, it is the same text without colour, 120 columns wide."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from typing import TextIO, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.language.sentences import split
from sayso.records import Event, Figure, Reading, Span, Statement, When

PIPED_WIDTH = 120
# Control characters could drive the terminal, and direction marks could make words appear elsewhere than they stand.
_HIDDEN = {"Cc", "Cf", "Cs"}
_JOINERS = "\u200c\u200d"  # shape words in Persian and Indic scripts, and emoji; harmless


class _Trimmed(io.TextIOBase):
    """A stream without blanks at the ends of lines: rich fills the last column with them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(r" +(?=\n)", "", text))

    def flush(self) -> None:
        self._stream.flush()


def console() -> Console:
    """A console on stdout: the terminal's width and colours, or where output is piped a stable width and none."""
    if sys.stdout.isatty():
        return Console(highlight=False, markup=False, emoji=False)
    file = cast("TextIO", _Trimmed(sys.stdout))
    return Console(file=file, width=PIPED_WIDTH, highlight=False, markup=False, emoji=False, no_color=True)


def plain(text: object) -> str:
    """A text on one line that can not drive the terminal."""
    joined = " ".join(str(text).split())
    return "".join("\ufffd" if unicodedata.category(c) in _HIDDEN and c not in _JOINERS else c for c in joined)


def counted(number: int, noun: str) -> str:
    """`1 report`, `2 reports`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def grid(*headers: str, ratios: Iterable[int] = ()) -> Table:
    """A table without lines that takes the whole width; `ratios` are the shares of its columns."""
    table = Table(box=None, expand=True, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    shares = list(ratios) or [1] * len(headers)
    for header, share in zip(headers, shares, strict=True):
        table.add_column(header, ratio=share, overflow="fold")
    return table


class Sheet:
    """One reading as text for people."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._sentences = split(reading.text)
        self._starts = [start for start, _ in self._sentences]

    def print(self, out: Console) -> None:
        """Title and source of the report, then its statements, events and figures."""
        report = self.reading.report
        out.print(Text(plain(report.title or "(no title)"), style="bold"))
        known = (report.publisher, report.published or "no date", report.id[:8], report.path)
        out.print(Text(" · ".join(plain(x) for x in known if x), style="dim"))
        self._section(out, "Statements", [self._statement(s) for s in self.reading.statements])
        self._section(out, "Events", [self._event(e) for e in self.reading.events])
        self._section(out, "Figures", [self._figure(f) for f in self.reading.figures])
        out.print()

    def _section(self, out: Console, name: str, rows: list[tuple[Text, Text, Text]]) -> None:
        out.print()
        if not rows:
            out.print(Text(f"{name}: none found", style="dim"))
            return
        table = grid("On whose word", f"{name} ({len(rows)})", "Sentence", ratios=(3, 5, 8))
        for row in rows:
            table.add_row(*row)
        out.print(table)

    def _statement(self, s: Statement) -> tuple[Text, Text, Text]:
        words = " … ".join(span.text for span in s.content)
        what = _cell(f"{s.kind}, {s.manner}" + (f", “{s.cue.text}”" if s.cue else ""), words)
        anchor = s.content[0] if s.content else s.cue or s.source
        return self._voice(s), what, self._sentence(anchor, s.content)

    def _event(self, e: Event) -> tuple[Text, Text, Text]:
        who = ", ".join(p.span.text for p in e.actors) or "?"
        whom = ", ".join(p.span.text for p in e.recipients)
        where = ", ".join(site.span.text for site in e.where)
        kind = f"{e.type.lower()}{' / ' + ', '.join(e.mode) if e.mode else ''}, {e.status}"
        deed = f"{who} → {whom}" if whom else who if e.actors else ""
        return self._voice(e), _cell(kind, deed, _day(e.when), where), self._sentence(e.anchor, (e.anchor,))

    def _figure(self, f: Figure) -> tuple[Text, Text, Text]:
        unit = " ".join(filter(None, (f.currency, f.unit)))
        head = f"{f.measure.replace('_', ' ')}: {interval(f.low, f.high)} {unit}".rstrip()
        of = f.item.text if f.item else ""
        status = "" if f.status == "occurred" else f.status
        return (
            self._voice(f),
            _cell(head, ", ".join(filter(None, (of, f.population, status)))),
            self._sentence(f.span, (f.span,)),
        )

    def _voice(self, record: Statement | Event | Figure) -> Text:
        chain = [*self.reading.sources(record), *([record] if isinstance(record, Statement) else [])]
        names = [self._name(s) for s in chain]
        return Text(plain(" → ".join(names)) if names else "the report", style="cyan" if names else "dim")

    def _name(self, statement: Statement) -> str:
        actor = self.reading.actor(statement.actor)
        words = statement.source.text if statement.source else "somebody unnamed"
        return actor.name if actor else words

    def _sentence(self, anchor: Span | None, marked: Iterable[Span]) -> Text:
        """The sentence in which `anchor` begins, the marked words in bold."""
        if anchor is None or not self._sentences:
            return Text("")
        start, end = self._sentences[max(0, bisect_right(self._starts, anchor.start) - 1)]
        text = Text()
        at = start
        for span in sorted(marked):
            low, high = max(at, span.start), min(end, span.end)
            if low < high:
                text.append(_line(self.reading.text[at:low])).append(_line(self.reading.text[low:high]), style="bold")
                at = high
        return text.append(_line(self.reading.text[at:end]))


def interval(low: float | None, high: float | None) -> str:
    """An interval in words: `12`, `12 or more`, `450 to 499`."""
    if low is not None and low == high:
        return _count(low)
    if high is None:
        return "unknown" if low is None else f"{_count(low)} or more"
    return f"up to {_count(high)}" if not low else f"{_count(low)} to {_count(high)}"


def _count(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.2f}"


def _day(when: When | None) -> str:
    if not when or not when.start:
        return ""
    return when.start if when.end in (None, when.start) else f"{when.start} to {when.end}"


def _cell(head: str, *lines: str) -> Text:
    return Text("\n").join([Text(plain(head), style="bold"), *(Text(plain(x)) for x in lines if x)])


def _line(text: str) -> str:
    """Like `plain`, but keeping one blank at the ends, for stretches that are joined again."""
    inside = plain(text)
    if not text or not inside:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inside + (" " if text[-1].isspace() else "")
