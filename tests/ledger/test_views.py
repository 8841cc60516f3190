"""The views that people write SQL against."""

from __future__ import annotations

import pytest

from sayso.ledger import Ledger
from tests import factory


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("views") / "l.duckdb") as opened:
        opened.add([factory.reading()])
        yield opened


def rows(ledger: Ledger, sql: str) -> list[tuple[object, ...]]:
    return ledger.query(sql).rows


def test_every_span_of_the_views_is_the_words_it_claims(ledger):
    views = [v for (v,) in rows(ledger, "SELECT view_name FROM duckdb_views() WHERE NOT internal")]
    checked = 0
    for view in views:
        columns = [c for (c, *_) in rows(ledger, f"DESCRIBE {view}")]
        for name in columns:
            if f"{name}_start" not in columns or name == "content":
                continue
            sql = (
                f'SELECT v."{name}", substring(r.text, v.{name}_start + 1, v.{name}_end - v.{name}_start) '
                f"FROM {view} v JOIN reports r ON r.id = v.report WHERE v.{name}_start IS NOT NULL"
            )
            for words, meant in rows(ledger, sql):
                assert words == meant, (view, name)
                checked += 1
    assert checked > 25


def test_voices_in_words(ledger):
    assert rows(ledger, "SELECT sources FROM events ORDER BY anchor_start") == [(["Oleh Kiper", "Oleh Kiper"],), ([],)]
    assert rows(ledger, "SELECT sources FROM statements WHERE within IS NOT NULL") == [(["Oleh Kiper", "Oleh Kiper"],)]


def test_records_join(ledger):
    sql = """
        SELECT f.measure, f.low, e.type, p.name, p.country, a.span
        FROM figures f JOIN events e ON e.id = f.event AND e.report = f.report
        JOIN figure_sites s ON s.figure = f.id JOIN places p ON p.id = s.place
        JOIN event_participants a ON a.event = e.id AND a.part = 'actor'
        ORDER BY s.n
    """
    assert rows(ledger, sql) == [
        ("killed", 12.0, "ASSAULT", "the port", None, "attack drones"),
        ("killed", 12.0, "ASSAULT", "Odesa", "UKR", "attack drones"),
    ]


def test_lists_are_rows(ledger):
    assert rows(ledger, "SELECT n, span FROM statement_content ORDER BY span_start") == [
        (0, "Nearly 500 families lost power overnight in the port of Odesa"),
        (0, "At least 12 people were killed when"),
        (1, "attack drones struck a power station"),
        (0, "We will rebuild"),
    ]
    assert rows(ledger, "SELECT span, status FROM event_mentions ORDER BY n") == [
        ("strike", "occurred"),
        ("killed", "occurred"),
    ]
    assert rows(
        ledger, "SELECT when_from::VARCHAR, when_to::VARCHAR, when_words FROM events WHERE type = 'ASSAULT'"
    ) == [("2026-01-23", "2026-01-24", "overnight")]
    assert rows(ledger, "SELECT was_low, was_high FROM figures WHERE measure = 'killed'") == [(3.0, None)]


def test_degrees_are_kept_whole(ledger):
    assert rows(ledger, "SELECT latitude FROM places WHERE name = 'Odesa'") == [(46.482526,)]


def test_every_record_says_what_made_it(ledger):
    for view in ("statements", "events", "figures", "actors", "places", "times"):
        assert rows(ledger, f"SELECT DISTINCT sayso, weights, reference FROM {view}") == [("0.1.0", "aaaa", "bbbb")]
