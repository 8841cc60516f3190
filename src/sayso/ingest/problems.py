"""What could not be read, or only with a reservation: one line for people and scripts."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.errors import SaysoError


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or a line of a JSONL file (`line`, counted from 1), with what is wrong.

    `warning`: the report was read all the same. As text: `[Snnn] path:line: what, why, what to do`.
    """

    path: str
    line: int | None
    error: SaysoError
    warning: bool = False

    @property
    def code(self) -> str:
        """The stable code of the error: `S101`."""
        return self.error.code

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return one_line(f"[{self.code}] {place}: {self.error.message}")


def one_line(text: str) -> str:
    """`text` on one line, and such that UTF-8 can carry it: file names may hold line ends and undecodable bytes."""
    safe = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(char if char.isprintable() else " " for char in safe)
