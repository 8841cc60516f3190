"""JSONL: one report a line, read as a stream; a broken line is a problem of its own and stops nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from sayso.errors import BadEncoding, BadJsonLine, EmptyInput, SaysoError
from sayso.ingest.blocks import Facts
from sayso.ingest.dates import check
from sayso.ingest.finish import finish_verbatim
from sayso.ingest.limits import LINE_BYTES, too_large
from sayso.ingest.problems import Problem
from sayso.records import Report

_EXAMPLE = 'write it like {"id": "1", "text": "…", "title": "…", "published": "2026-01-24"}'
_KEYS = ("title", "publisher", "url", "byline", "agency")


def read_jsonl(stream: BinaryIO, path: str, name: str, published: str | None) -> Iterator[Report | Problem]:
    """The reports of a stream of JSON objects, in order. `path` is for messages, `name` for the ids of lines without one."""
    number = seen = 0
    for number, line in enumerate(_lines(stream), 1):
        try:
            if line is None:
                raise too_large("the line", LINE_BYTES)
            if not line.strip():
                continue
            seen += 1
            yield from _report(_object(line, first=number == 1), path, name, number, published)
        except SaysoError as error:
            seen += 1
            yield Problem(path, number, error)
    if not seen:
        yield Problem(path, None, EmptyInput("the file is empty", "there is no line in it", "check how it was saved"))


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Each line without its end; None for one above the limit, of which no more than the limit is ever held."""
    while line := stream.readline(LINE_BYTES + 1):
        if len(line) > LINE_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line


def _object(line: bytes, *, first: bool) -> dict[str, Any]:
    try:
        text = line.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as error:
        raise BadEncoding(
            "the line is not UTF-8", f"byte {error.start} fits no character", "save the file as UTF-8"
        ) from error
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = str(error).split(":")[0] if isinstance(error, ValueError) else "it is nested too deep"
        raise BadJsonLine("the line is no JSON", why, _EXAMPLE) from error
    if not isinstance(found, dict):
        raise BadJsonLine("the line is no JSON object", f"it is a {type(found).__name__}", _EXAMPLE)
    if not isinstance(found.get("text"), str):
        why = "its key text is no string" if "text" in found else "it has no key text"
        raise BadJsonLine("the line is no report", why, _EXAMPLE)
    return found


def _report(
    raw: dict[str, Any], path: str, name: str, number: int, published: str | None
) -> Iterator[Report | Problem]:
    title, publisher, url, byline, agency = (_string(raw.get(key)) for key in _KEYS)
    facts = Facts(title=title, publisher=publisher, url=url, byline=byline, agency=agency)
    given = _string(raw.get("published"))
    dated = True
    try:
        facts.dates += [check(given)] if given else []
    except SaysoError as error:
        dated = False
        yield Problem(path, number, error, warning=True)
    if not raw["text"].strip():
        empty = EmptyInput(
            "the text is empty", "nothing can be found in it", "give the report's words under the key text"
        )
        yield Problem(path, number, empty, warning=True)
    for found in finish_verbatim(raw["text"], facts, path, published):
        if isinstance(found, Report):
            yield replace(found, external_id=_identity(raw.get("id")) or f"{name}:{number}")
        elif dated:
            yield replace(found, line=number)


def _string(value: object) -> str | None:
    """A string that says something, with what UTF-8 can not carry replaced; None for anything else."""
    if not isinstance(value, str) or not value.strip():
        return None
    return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\x00", "\ufffd")


def _identity(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    return str(value) if isinstance(value, int | float) else _string(value)
