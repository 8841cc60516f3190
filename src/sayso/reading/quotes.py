"""Quotation marks of a text, paired: which stretches are somebody's very words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‟": "”", "``": "''"}
_STRAIGHT = '"'
_SINGLE = frozenset("“„«‟”»") | {_STRAIGHT}
# A quotation that is never closed ends with its paragraph; a new paragraph that opens with a mark goes on with it.


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `start:end` are the words between the marks; `goes_on`: it continues an unclosed one before it."""

    start: int
    end: int
    closed: bool
    goes_on: bool


def find(text: str) -> list[Quote]:
    """All outer quotations in double marks, in text order."""
    found: list[Quote] = []
    at = 0
    for paragraph in text.split("\n\n"):
        _paragraph(text, at, at + len(paragraph), found)
        at += len(paragraph) + 2
    return found


def _paragraph(text: str, start: int, end: int, found: list[Quote]) -> None:
    opened, closing = -1, ""  # where the words begin, and the marks that may end them
    unclosed = bool(found) and not found[-1].closed
    first, lead = len(found), start
    for i in range(start, end):
        mark = _mark(text, i)
        if opened < 0 and (mark in _PAIRS or (mark == _STRAIGHT and _opens(text, i))):
            lead, opened, closing = i, i + len(mark), _PAIRS.get(mark, _STRAIGHT)
        elif (
            opened >= 0
            and mark
            and mark in closing
            and not (mark == _STRAIGHT and _opens(text, i) and not _closes(text, i))
        ):
            _add(found, Quote(opened, i, True, unclosed and len(found) == first and not text[start:lead].strip()))
            opened = -1
    if opened >= 0:
        _add(found, Quote(opened, end, False, unclosed and len(found) == first and not text[start:lead].strip()))


def _mark(text: str, i: int) -> str:
    """The quotation mark at an offset: one character, or two of typewriters (``, '')."""
    pair = text[i : i + 2]
    return pair if pair in ("``", "''") else text[i] if text[i] in _SINGLE else ""


def _add(found: list[Quote], quote: Quote) -> None:
    if quote.end > quote.start:
        found.append(quote)


def _opens(text: str, i: int) -> bool:
    after = text[i + 1 : i + 2]
    return (i == 0 or not (text[i - 1].isalnum() or text[i - 1] in ".,!?;:)%")) and bool(after) and not after.isspace()


def _closes(text: str, i: int) -> bool:
    return i > 0 and not text[i - 1].isspace()


class Quotes:
    """The quotations of a report, to ask which one holds an offset."""

    def __init__(self, text: str) -> None:
        self.all = find(text)
        self._starts = [q.start for q in self.all]

    def at(self, offset: int) -> int | None:
        """The number of the quotation that holds the offset."""
        k = bisect_right(self._starts, offset) - 1
        return k if k >= 0 and self.all[k].end > offset else None

    def before(self, offset: int) -> Quote | None:
        """The last quotation that has ended at an offset."""
        k = bisect_right(self._starts, offset) - 1
        return self.all[k] if k >= 0 and self.all[k].end <= offset else None

    def share(self, start: int, end: int) -> float:
        """How much of the characters from `start` to `end` stands in quotation marks (0 … 1)."""
        inside, k = 0, max(0, bisect_right(self._starts, start) - 1)
        while k < len(self.all) and self.all[k].start < end:
            inside += max(0, min(end, self.all[k].end) - max(start, self.all[k].start))
            k += 1
        return inside / max(1, end - start)
