"""Ingest: bytes to Report. One canonical text with stable offsets, its parts, title, byline, publisher and date.

`reports` reads files, folders and standard input; what can not be read is a Problem and stops nothing else. The parsers
of web pages and PDF are loaded when the first such file comes.
"""

from __future__ import annotations

from sayso.ingest.blocks import Facts
from sayso.ingest.dates import check
from sayso.ingest.files import load_file, report_from_bytes, reports
from sayso.ingest.finish import finish_verbatim
from sayso.ingest.problems import Problem
from sayso.records import Report

__all__ = ["Problem", "load_file", "report_from_bytes", "report_from_text", "reports"]


def report_from_text(
    text: str,
    *,
    title: str | None = None,
    byline: str | None = None,
    agency: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Report:
    """The report of a text taken verbatim, as of a JSONL line: only CRLF becomes LF, the title stays outside.

    What is known is passed by name; what is not is looked for in the text. Raises BadDate (S113), TooLarge (S105),
    UnreadLanguage (S112).
    """
    facts = Facts(title=title, byline=byline, agency=agency, publisher=publisher, url=url)
    facts.dates += [check(published)] if published is not None else []
    return next(found for found in finish_verbatim(text, facts, "", None) if isinstance(found, Report))
