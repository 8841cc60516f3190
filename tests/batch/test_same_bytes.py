"""The real reader: same bytes for any order and any number of processes."""

from __future__ import annotations

import pytest

from sayso.batch import read_all
from sayso.export import line
from sayso.ingest import Problem, report_from_text
from sayso.records import Reading, Report

PIECES = (
    "At least 12 people were killed in Kharkiv on Friday, the regional governor said.",
    "“We will not stop,” the minister told reporters, denying that his forces had struck the clinic.",
    "Nearly 500 families lost power overnight. It was cold. 🚑 Rescuers said: «немає світла», then left.",
    "According to two officials, up to 40 drones were launched; 31 were shot down, the air force wrote on Telegram.",
    "Nothing was said.",
    "The Red Cross urged both sides to let aid in by 3 February, while talks in Geneva resumed.",
)


def reports() -> list[Report]:
    texts = [" ".join(PIECES[(n + k) % len(PIECES)] for k in range(1 + n % 4)) for n in range(10)]
    return [report_from_text(f"{text}\n\nReport {n}.", published="2026-01-24") for n, text in enumerate(texts)]


def lines(found: list[Reading | Problem]) -> list[str]:
    assert all(isinstance(x, Reading) for x in found), found
    return [line(x) for x in found if isinstance(x, Reading)]


@pytest.fixture(scope="module")
def alone() -> dict[str, str]:
    """Each report read by itself."""
    given = reports()
    return {report.id: lines(list(read_all([report])))[0] for report in given}


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_same_bytes(alone, workers):
    for given in (reports(), reports()[::-1]):
        assert lines(list(read_all(given, workers))) == [alone[r.id] for r in given]


def test_every_span_is_the_words_it_claims(alone):
    found = list(read_all(reports()))
    spans = [(r.text[s.start : s.end], s.text) for r in found if isinstance(r, Reading) for s in r.spans()]
    assert len(spans) > 50
    assert all(words == claimed for words, claimed in spans)
