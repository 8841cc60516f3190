"""Readers for the tests of batch and command line, so that these do not wait for the language stage."""

from __future__ import annotations

import os
import time
from dataclasses import replace

from sayso.errors import UnreadLanguage
from sayso.language.analysis import Analysis
from sayso.language.sentences import segment
from sayso.records import MadeBy, Reading, Report
from tests import factory


def read(report: Report) -> Reading:
    """The records of the factory where the report is the factory's, else none; some words in a text make it fail."""
    if "RAISE CODED" in report.text:
        raise UnreadLanguage("the text is in Volapük", "sayso reads English", "leave it out")
    if "RAISE UNFORESEEN" in report.text:
        raise ZeroDivisionError("a bug\nin two lines")
    if "DIE" in report.text:
        os._exit(9)
    if "SLOW" in report.text:
        time.sleep(0.3)
    if report.text.startswith(factory.TEXT):
        return factory.reading(report)
    return Reading(report, (), (), (), (), (), (), factory.MADE_BY)


def analyse(text: str) -> Analysis:
    """Tokens and sentences, without the encoder."""
    tokens, sentences = segment(text)
    return Analysis(text, tokens, sentences)


def read_anew(report: Report) -> Reading:
    """A later version of `read` that sees less: it made another reading of the same words."""
    now = read(report)
    figures = tuple(replace(f, high=20.0) for f in now.figures[1:])
    return replace(now, figures=figures, events=now.events[:1], made_by=MadeBy("0.2.0", "cccc", "bbbb"))
