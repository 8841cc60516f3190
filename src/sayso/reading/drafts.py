"""A statement on its way: token ranges, before it becomes a record; and whose word a token is."""

from __future__ import annotations

from dataclasses import dataclass, field

Range = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A statement on its way: token ranges, before it becomes a record."""

    cue: Range | None
    source: Range | None
    content: list[Range]
    score: float
    trace: list[str] = field(default_factory=list)
    within: int | None = None  # number of the draft whose content holds this one
    manner: str = "indirect"
    learnt: str | None = None  # the manner that the model sees

    def size(self) -> int:
        """Tokens of content."""
        return sum(b - a for a, b in self.content)

    def place(self) -> Range:
        """The first of its ranges in the text."""
        return min(r for r in (self.cue, self.source, *self.content) if r)

    def holds(self, token: int) -> bool:
        """Whether a token is part of what is said."""
        return any(a <= token < b for a, b in self.content)


def holders(found: list[Draft], tokens: set[int]) -> dict[int, list[int]]:
    """The numbers of the statements whose content holds each of the tokens."""
    held: dict[int, list[int]] = {}
    for number, draft in enumerate(found):
        for first, last in draft.content:
            for token in range(first, last):
                if token in tokens:
                    held.setdefault(token, []).append(number)
    return held


def nest(found: list[Draft]) -> None:
    """Each statement's `within`: the smallest other statement whose content holds its cue (or its content)."""
    marks = [d.cue[0] if d.cue else d.content[0][0] for d in found]
    held = holders(found, set(marks))
    sizes = [d.size() for d in found]
    for k, draft in enumerate(found):
        larger = [
            (sizes[j], j)
            for j in held.get(marks[k], ())
            if j != k and (sizes[j], j) > (sizes[k], k) and not _holds_cue(draft, found[j])
        ]
        draft.within = min(larger)[1] if larger else None


def _holds_cue(draft: Draft, other: Draft) -> bool:
    return other.cue is not None and draft.holds(other.cue[0])


class Voices:
    """Whose word a token is."""

    def __init__(self, found: list[Draft]) -> None:
        self.found = found
        self._innermost: dict[int, int] = {}
        # From the largest to the smallest, so that the innermost is written last.
        for _, number in sorted(((d.size(), k) for k, d in enumerate(found)), reverse=True):
            for first, last in found[number].content:
                self._innermost.update(dict.fromkeys(range(first, last), number))

    def at(self, token: int) -> int | None:
        """The number of the innermost statement whose content holds the token; None: the report's own voice."""
        return self._innermost.get(token)
