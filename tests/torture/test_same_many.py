"""`make torture`: 500 reports, any order, one to four processes, the same bytes."""

from __future__ import annotations

import pytest

from sayso.records import Report
from tests.torture.reports import made, news, shuffled
from tests.torture.same import alone, analyses, records

MANY = 500
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def given() -> list[Report]:
    """Half of them news where the corpora are there, the rest (or all) our own."""
    found = news(MANY // 2)
    return [*found, *made(MANY - len(found))]


@pytest.fixture(scope="module")
def first(given: list[Report]) -> dict[str, bytes]:
    return records(given, 1)


def test_there_are_so_many(first: dict[str, bytes]) -> None:
    assert len(first) == MANY


@pytest.mark.parametrize(("workers", "turn"), [(1, 1), (2, 0), (2, 2), (3, 3), (4, 4)])
def test_same_records(given: list[Report], first: dict[str, bytes], workers: int, turn: int) -> None:
    found = records(shuffled(given, turn) if turn else given, workers)
    assert found.keys() == first.keys()
    assert [key for key in first if found[key] != first[key]] == []


def test_same_analyses(given: list[Report]) -> None:
    after = analyses(given)
    assert analyses(shuffled(given, 5)) == after
    # A fresh model for each takes a third of a second: one report of five.
    some = given[::5]
    assert alone(some) == {report.id: after[report.id] for report in some}
