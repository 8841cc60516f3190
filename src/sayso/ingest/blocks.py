"""Blocks of a report on their way to the canonical text, and the text they make.

Every reader (text, HTML, PDF) gives Blocks; `assemble` joins them with one blank line between and says which stretch is what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.records import Part

# Control characters except tab and line ends; soft hyphens, zero-width spaces, marks of byte order, non-characters.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff]")
_LONE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
_SPACES = re.compile(r"[ \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


@dataclass(slots=True)
class Block:
    """One paragraph, heading or line: its text, what part of the report it is, and how it was set.

    `form` is para, heading, item, link (nothing but a link) or emphasis (all of it set off). `page` counts from 1.
    """

    text: str
    kind: str = "body"
    form: str = "para"
    page: int | None = None
    when: str | None = None


@dataclass(slots=True)
class Facts:
    """What is known about a report so far; `dates` are candidates, the most trusted first; `late` count when there are none."""

    title: str | None = None
    byline: str | None = None
    agency: str | None = None
    publisher: str | None = None
    url: str | None = None
    dek: str | None = None
    dates: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """What a reader of one format gives: blocks in reading order, and what the format itself says about the report."""

    blocks: list[Block]
    facts: Facts = field(default_factory=Facts)


def tidy(text: str) -> str:
    """`text` without control characters and lone surrogates, with `\\n` as its only line end."""
    text = _LINE_END.sub("\n", text)
    return _LONE.sub("\ufffd", _DROPPED.sub("", text))


def squeeze(text: str) -> str:
    """`text` on one line: every run of spaces and line ends is one space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def assemble(blocks: Sequence[Block]) -> tuple[str, tuple[Part, ...]]:
    """The canonical text of the blocks and its parts, in order and not overlapping; neighbours of one kind are one part."""
    parts: list[Part] = []
    pieces: list[str] = []
    at = 0
    for block in blocks:
        if not block.text:
            continue
        start = at + (2 if pieces else 0)
        at = start + len(block.text)
        pieces.append(block.text)
        parts.append(Part(block.kind, start, at, block.when, block.page))
    return "\n\n".join(pieces), merge(parts)


def merge(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Neighbouring parts of one kind, page and date as one. Questions, answers and captions stay apart."""
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        alike = last and (last.kind, last.page, last.when) == (part.kind, part.page, part.when)
        if last and alike and part.kind in {"body", "note", "related", "post"}:
            merged[-1] = Part(last.kind, last.start, part.end, last.when, last.page)
        else:
            merged.append(part)
    return tuple(merged)
