"""What runs in a worker process: reports come in over stdin, readings or errors go out over stdout, one at a time."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from importlib import import_module
from typing import IO, Any

from sayso.errors import ReadingFailed, SaysoError
from sayso.records import Reading, Report

DEFAULT = "sayso.reading:read"
Outcome = Reading | SaysoError


def find(reader: str) -> Callable[[Report], Reading]:
    """The function named `module:function`."""
    module, _, name = reader.partition(":")
    function: Callable[[Report], Reading] = getattr(import_module(module), name)
    return function


def run(report: Report, reader: str = DEFAULT) -> Outcome:
    """The reading of a report, or why there is none. An error that nobody foresaw costs this report only."""
    try:
        return find(reader)(report)
    except SaysoError as error:
        return error
    except Exception as error:  # the border between a report and the rest of the batch
        where = f"{type(error).__name__}: {error}".replace("\n", " ")
        return ReadingFailed("the report was not read", where, "please report this as a bug, with the report")


def send(pipe: IO[bytes] | None, thing: object) -> None:
    """Write an object: its length in eight bytes, then its pickle."""
    if pipe is None:
        raise EOFError
    raw = pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(raw).to_bytes(8, "big") + raw)
    pipe.flush()


def receive(pipe: IO[bytes] | None) -> Any:
    """The next object; EOFError when the other side is gone."""
    if pipe is None:
        raise EOFError
    head = pipe.read(8)
    size = int.from_bytes(head, "big")
    raw = pipe.read(size)
    if len(head) < 8 or len(raw) < size:
        raise EOFError
    return pickle.loads(raw)  # from our own process, over a pipe nobody else holds


def main(reader: str) -> None:
    """Read reports with the function `reader` until stdin closes."""
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not get between the answers
    while True:
        try:
            send(answers, run(receive(source), reader))
        except (EOFError, BrokenPipeError):  # whoever asked is gone
            return
