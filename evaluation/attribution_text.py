"""Words of a treebank's kind → the text that they were cut from, with the place of each word in it.

Reading pairs quotation marks by the blanks beside them, so these have to be where a newspaper has them: *`` So what ? '' , he said*
becomes *"So what?", he said*. Where words lie is kept to the character; nothing is looked up in the labels of the set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Range = tuple[int, int]

# Escapes of the Penn Treebank, and marks that say which side they open to.
_WRITTEN = {
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"', "`": "'", "'''": "'\"",
}  # fmt: skip
_JOINS_LEFT = frozenset(", . ; : ? ! % ) ] } ’ ”".split())
_JOINS_RIGHT = frozenset("( [ { $ £ € # ‘ “".split())
_CLITICS = frozenset("'s 'S ’s 're 've 'll 'd 'm ’re ’ve ’ll ’d ’m n't n’t N'T".split())
# One word to a newspaper, two to the treebank.
_HALVES = frozenset([("gon", "na"), ("wan", "na"), ("got", "ta"), ("can", "not"), ("gim", "me"), ("lem", "me")])
_BREAK = "\n\n"


@dataclass(slots=True)
class Written:
    """A text, and where each word of its items lies in it: `at[item][word]` (half-open, code points; empty where a full stop is
    that of the abbreviation before it)."""

    text: str = ""
    at: list[list[Range]] = field(default_factory=list)

    def words(self) -> list[Range]:
        """The places of all words, one after the other."""
        return [place for item in self.at for place in item]


def write(items: Sequence[Sequence[str]]) -> Written:
    """The text of a document: its items as paragraphs, blanks where English has them."""
    sides, written = marks(items), Written()
    parts: list[str] = []
    size, glued = 0, True
    for k, words in enumerate(items):
        places: list[Range] = []
        for i, word in enumerate(words):
            side, form = sides[k][i], _form(words, i)
            astray = side == "open" and i == len(words) - 1 > 0  # the mark opens the next paragraph
            begins = (i == 0 and k > 0 and not (sides[k - 1][-1:] == ["open"] and len(items[k - 1]) > 1)) or astray
            blank = _BREAK if begins else "" if glued or _joined(words, i, side) else " "
            start = size + len(blank)
            parts += [blank, form]
            size = start + len(form)
            places.append((start, size))
            glued = side == "open" or word == "`" or form in _JOINS_RIGHT
        written.at.append(places)
    written.text = "".join(parts)
    return written


def marks(items: Sequence[Sequence[str]]) -> list[list[str]]:
    """For each word `open` or `close` where it is a double quotation mark, else "".

    Some sets write *''* for marks that open, too: such a mark opens where nothing is open and another one closes it, be it at the
    end of an item for the one after it.
    """
    sides = [[""] * len(words) for words in items]
    places = [
        (k, i) for k, words in enumerate(items) for i, word in enumerate(words) if word in ("``", "''", '"', "“", "”")
    ]
    held = -1  # the item in which a quotation was opened
    for here, after in pairwise([*places, (-1, -1)]):
        k, i = here
        word, last = items[k][i], i == len(items[k]) - 1 > 0
        closes = after[0] >= 0 and items[after[0]][after[1]] not in ("``", "“") and after[0] == k + last
        opens = word in ("``", "“") or (word != "”" and held != k and closes)
        sides[k][i] = "open" if opens else "close"
        held = k + last if opens else -1
    return sides


def _form(words: Sequence[str], i: int) -> str:
    """How a word is written. A full stop behind an abbreviation that has one is that same stop."""
    if words[i] == "." and i and words[i - 1][-1:] == "." and words[i - 1] not in (".", "..."):
        return ""
    return _WRITTEN.get(words[i], words[i])


def _joined(words: Sequence[str], i: int, side: str) -> bool:
    """Whether no blank stands before a word."""
    if i == 0:
        return True
    word, before = words[i], words[i - 1]
    if side:
        return side == "close"
    if word == "'":
        return "`" in words[:i] or before[-1:] in ("s", "S")
    form = _WRITTEN.get(word, word)
    return form in _JOINS_LEFT or word in _CLITICS or word == "'''" or (before.lower(), word.lower()) in _HALVES
