"""The small version of `make torture`, part of `make test`: 20 reports, one and two processes, in other orders."""

from __future__ import annotations

from tests.torture.reports import made, shuffled
from tests.torture.same import alone, analyses, records

FEW = 20


def test_the_reports_are_of_many_kinds() -> None:
    texts = [report.text for report in made(100)]
    assert len(set(texts)) == 100 and min(map(len, texts)) < 80 < 4000 < max(map(len, texts))
    assert (
        any(text.isupper() for text in texts)
        and any("“" in text for text in texts)
        and any("”" not in text for text in texts)
    )
    assert [report.id for report in shuffled(made(9), 1)] != [report.id for report in made(9)]


def test_same_records_in_any_order_with_two_processes() -> None:
    given = made(FEW)
    first = records(given, 1)
    assert len(first) == FEW
    assert records(shuffled(given, 1), 1) == first
    assert records(shuffled(given, 2), 2) == first


def test_same_analysis_alone_and_after_others() -> None:
    given = made(FEW)
    assert analyses(shuffled(given, 3)) == analyses(given)
    some = given[:4]
    after = analyses(given)
    assert alone(some) == {report.id: after[report.id] for report in some}
