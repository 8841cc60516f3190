"""Files, folders and standard input, in the order given: each a report, several, or a problem that stops no other."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from sayso.errors import EmptyInput, InputError, MissingInput, NoRights, SaysoError, UnknownFormat
from sayso.ingest.dates import check
from sayso.ingest.finish import finish
from sayso.ingest.formats import FORMATS, LIMITS, draft, guess
from sayso.ingest.jsonl import read_jsonl
from sayso.ingest.limits import TEXT_BYTES, read_bounded
from sayso.ingest.problems import Problem, one_line
from sayso.records import Report

_STDIN = "-"
_HEAD = 65_536
_ENDINGS = ".txt, .md, .html, .pdf or .jsonl"


def reports(
    paths: Iterable[str | Path], *, published: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Report | Problem]:
    """Every report under `paths`, in input order, and a Problem for whatever could not be read.

    A path is a file (.txt .md .html .htm .pdf .jsonl), a folder (read with all in it, sorted by name, hidden files and
    unknown endings passed over), or `-` for `stdin` (the process's by default; its format is guessed). `published` (ISO
    date, or date and time) fills the date of reports that have none. A report without any date comes after a warning
    (S120). Raises BadDate (S113) at once where `published` is none; whatever is wrong with an input is a Problem.
    """
    given = check(published) if published is not None else None
    return _all(paths, given, stdin)


def _all(paths: Iterable[str | Path], published: str | None, stdin: BinaryIO | None) -> Iterator[Report | Problem]:
    for path in paths:
        if str(path) == _STDIN:
            yield from _guarded(_STDIN, _from_stdin(stdin or sys.stdin.buffer, published))
        elif os.path.isdir(path):  # noqa: PTH112  (Path.is_dir raises for folders without rights)
            yield from _folder(Path(path), published)
        else:
            yield from load_file(path, published=published)


def _folder(path: Path, published: str | None) -> Iterator[Report | Problem]:
    empty = True
    for found in _walk(path):
        empty = False
        if isinstance(found, Problem):
            yield found
        else:
            yield from load_file(found, published=published)
    if empty:
        error = EmptyInput(
            "there is no report in the folder",
            "no file in it has an ending that sayso reads",
            f"name files ending in {_ENDINGS}",
        )
        yield Problem(one_line(str(path)), None, error)


def _walk(folder: Path) -> Iterator[Path | Problem]:
    """The files under a folder that have an ending sayso reads, by name; links to folders are not followed."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(one_line(str(folder)), None, _of_system(error, "folder"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path)
        elif path.suffix.lower() in FORMATS and os.path.isfile(path):  # noqa: PTH113
            yield path


def load_file(path: str | Path, *, published: str | None = None) -> Iterator[Report | Problem]:
    """The report or reports of one file, or its Problem. Never raises for what is in the file."""
    path = Path(path)
    return _guarded(one_line(str(path)), _from_file(path, published))


def _from_file(path: Path, published: str | None) -> Iterator[Report | Problem]:
    shown = one_line(str(path))
    known = FORMATS.get(path.suffix.lower())
    if not path.exists():
        raise MissingInput(
            "there is no such file or folder", "nothing has that name", "check the spelling and the folder you are in"
        )
    if known is None:
        raise UnknownFormat("the ending is not known", f"sayso tells the format by it: {_ENDINGS}", "rename the file")
    if not path.is_file():
        raise UnknownFormat(
            "it is no regular file", "devices and pipes are not read by name", "give the text on standard input, as -"
        )
    with path.open("rb") as stream:
        if known == "jsonl":
            yield from read_jsonl(cast(BinaryIO, stream), shown, one_line(path.name), published)
            return
        data = read_bounded(cast(BinaryIO, stream), LIMITS[known], "the file")
    yield from finish(draft(data, known), shown, published)


def _from_stdin(stream: BinaryIO, published: str | None) -> Iterator[Report | Problem]:
    head = read_head(stream)
    known = guess(head)
    joined = cast(BinaryIO, io.BufferedReader(_Joined(head, stream)))
    if known == "jsonl":
        yield from read_jsonl(joined, _STDIN, _STDIN, published)
    else:
        data = read_bounded(joined, LIMITS[known], "the input")
        yield from finish(draft(data, known), _STDIN, published)


def read_head(stream: BinaryIO) -> bytes:
    """The first bytes of a stream, enough to guess its format; a pipe may give them in pieces."""
    head = b""
    while len(head) < _HEAD and (chunk := stream.read(_HEAD - len(head))):
        head += chunk
    return head


class _Joined(io.RawIOBase):
    """A stream with the bytes already taken from it put back in front."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._head[: len(buffer)]
        self._head = self._head[len(chunk) :]
        chunk = chunk or self._rest.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def report_from_bytes(data: bytes, name: str = "report.txt", *, published: str | None = None) -> Report:
    """The report in the bytes of one file; `name` gives the format by its ending, and with none it is guessed.

    Raises what is wrong with it (an InputError); for .jsonl the first report. No warning where it has no date.
    """
    known = FORMATS.get(Path(name).suffix.lower()) or guess(data)
    given = check(published) if published is not None else None
    if known == "jsonl":
        found = read_jsonl(cast(BinaryIO, io.BytesIO(data)), name, Path(name).name, given)
    else:
        found = finish(
            draft(read_bounded(cast(BinaryIO, io.BytesIO(data)), LIMITS.get(known, TEXT_BYTES), "the input"), known),
            name,
            given,
        )
    for item in found:
        if isinstance(item, Report):
            return item
        if not item.warning:
            raise item.error
    raise EmptyInput("there is no report in it", "nothing was found", "check how it was saved")


def _guarded(path: str, found: Iterator[Report | Problem]) -> Iterator[Report | Problem]:
    """What `found` gives, and a Problem where it fails: the one place that keeps a bad input from stopping the others."""
    try:
        yield from found
    except SaysoError as error:
        yield Problem(path, None, error)
    except OSError as error:
        yield Problem(path, None, _of_system(error, "file"))
    except (Exception, RecursionError) as error:  # a parser met what its makers did not foresee
        kind = type(error).__name__
        yield Problem(
            path,
            None,
            InputError(
                "the file can not be read",
                f"its reader failed with {kind}",
                "save it in another format, and report this",
            ),
        )


def _of_system(error: OSError, what: str) -> InputError:
    if isinstance(error, PermissionError):
        return NoRights(
            f"the {what} may not be read", "you have no rights to it", "change its rights, or read as another user"
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MissingInput(f"there is no such {what}", "it went away or was never there", "check the spelling")
    return InputError(
        f"the {what} can not be read", error.strerror or type(error).__name__, "check the disk and the name"
    )
