"""Texts made unclean on purpose, and where each of their characters went: for `robustness`.

No random state: what happens at a place is told by a hash of the kind of dirt, the text's name and the place. The same place is hit
at every higher level, too, so that a curve shows more dirt and no other dirt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

# Clean start, clean end, what stands there instead.
Edit = tuple[int, int, str]

_GAP = re.compile(r"(?<=\S) (?=\S)")
_QUOTE = re.compile(r"``|''|[\"“”'‘’]")
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
# What readers of scanned pages take for each other (letters of like shape), one way each as it stands.
CONFUSIONS = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "1"), ("I", "l"), ("O", "0"), ("e", "c"), ("c", "e"), ("h", "b"), ("t", "f"),
    ("S", "5"), ("B", "8"), ("0", "O"), ("1", "l"), ("5", "S"), ("8", "B"),
)  # fmt: skip
# Words of at least so many letters may be broken at the end of a line.
BREAKABLE = 6


@dataclass(slots=True)
class Dirty:
    """An unclean text, and for each offset into the clean text (its end among them) the offset into the unclean one."""

    text: str
    at: list[int]

    def cut(self, start: int, end: int) -> str:
        """What has become of `clean[start:end]`."""
        return self.text[self.at[start] : self.at[end]]


def draw(*parts: object) -> int:
    """A number of 64 bits that only these parts decide."""
    return int.from_bytes(blake2b("|".join(map(str, parts)).encode(errors="replace"), digest_size=8).digest(), "big")


def upper(text: str) -> str:
    """In capitals, character by character; those that would become two (`ß`) stay, so that every offset stays."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def raised(text: str, _name: str = "") -> Dirty:
    """The text in capitals."""
    return Dirty(upper(text), list(range(len(text) + 1)))


def edited(text: str, edits: Sequence[Edit]) -> Dirty:
    """The text after edits, which are in order and do not overlap."""
    parts: list[str] = []
    at: list[int] = []
    done = size = 0
    for start, end, instead in edits:
        at += range(size, size + start - done)
        size += start - done
        # Offsets inside of what was replaced go as far as there is room.
        at += [size + min(k, len(instead)) for k in range(end - start)]
        parts += [text[done:start], instead]
        size += len(instead)
        done = end
    at += range(size, size + len(text) - done + 1)
    return Dirty("".join([*parts, text[done:]]), at)


def spaces(text: str, percent: float, name: str = "") -> Dirty:
    """`percent` of the blanks between words left out."""
    places = [m.start() for m in _GAP.finditer(text)]
    return edited(text, [(p, p + 1, "") for p in _hit("spaces", name, places, percent)])


def quotes(text: str, percent: float, name: str = "") -> Dirty:
    """`percent` of the quotation marks and apostrophes written in another way, some closing ones left out.

    Straight marks become curly, doubled (two grave accents, two apostrophes) or curly the wrong way round, and the other way about.
    """
    found = {m.start(): m.group() for m in _QUOTE.finditer(text)}
    edits = []
    for place in _hit("quotes", name, list(found), percent):
        mark = found[place]
        ways = [way for way in _other_marks(text, place, mark) if way != mark]
        edits.append((place, place + len(mark), ways[draw("which", name, place) % len(ways)]))
    return edited(text, edits)


def _other_marks(text: str, at: int, mark: str) -> tuple[str, ...]:
    """The ways to write that mark where it stands."""
    before, after = text[at - 1 : at] if at else "", text[at + len(mark) : at + len(mark) + 1]
    if len(mark) == 1 and mark in "'‘’":
        if (before.isalnum() and after.isalnum()) or not before.strip():
            return "'", "’", "‘"
        return ("'", "’") if after.isalnum() else ("'", "’", "")
    if after.strip() and not before.strip():
        return '"', "“", "``", "”"
    return '"', "”", "''", "“", ""


def ocr(text: str, percent: float, name: str = "") -> Dirty:
    """`percent` of the words (of three letters and more) and numbers with one misread place.

    Half are confusions of like shapes; else a letter is left out, doubled, or the word is broken with a hyphen at the end of a line.
    """
    found = {m.start(): m.group() for m in _WORD.finditer(text)}
    return edited(text, [_misread(found[p], p, name) for p in _hit("ocr", name, list(found), percent)])


def _misread(word: str, start: int, name: str) -> Edit:
    chosen = draw("how", name, start)
    shapes = [(k, old, new) for old, new in CONFUSIONS for k in range(len(word)) if word.startswith(old, k)]
    if shapes and (chosen % 2 or word.isdigit()):
        at, old, new = shapes[chosen // 2 % len(shapes)]
        return start + at, start + at + len(old), new
    at = chosen // 8 % len(word)
    way = chosen // 2 % 4 if len(word) >= BREAKABLE else chosen // 2 % 2
    if way >= 2 and not word.isdigit():
        middle = start + 2 + chosen // 8 % (len(word) - 3)
        return middle, middle, "-\n"
    # A number of one digit is doubled and never left out: nothing would be left of the token.
    kept = "" if way and len(word) > 1 else 2 * word[at]
    return start + at, start + at + 1, kept


def _hit(kind: str, name: str, places: Sequence[int], percent: float) -> list[int]:
    """The places that are hit at that level."""
    return [p for p in places if draw(kind, name, p) < percent / 100 * 2**64]


KINDS: dict[str, Callable[[str, float, str], Dirty]] = {"spaces": spaces, "quotes": quotes, "ocr": ocr}
