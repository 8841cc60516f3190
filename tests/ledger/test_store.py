from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import LedgerError, UnknownReport
from sayso.ledger import Added, Ledger
from sayso.records import MadeBy, Part, Reading, Report
from tests import factory

NEWER = MadeBy("0.2.0", "cccc", "bbbb")


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.open(tmp_path / "l.duckdb") as opened:
        yield opened


def counts(ledger: Ledger) -> dict[str, int]:
    tables = ledger.query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'history'").rows
    return {t: ledger.query(f"SELECT count(*) FROM history.{t}").rows[0][0] for (t,) in tables}


def test_a_reading_comes_out_as_it_went_in(ledger):
    reading = factory.reading()
    ledger.add([reading])
    back = ledger.reading(reading.report.id)
    assert back == reading
    assert back.to_json() == reading.to_json()
    for kind in ("statements", "events", "figures"):
        assert [r.trace for r in getattr(back, kind)] == [r.trace for r in getattr(reading, kind)]


def test_a_report_comes_out_exactly(ledger):
    odd = Report.make(
        'Zero\x00byte, emoji 🚑👩‍🚒, עברית, line\r\nends,\ttabs, ’quotes’ \\ "and" {braces}\u2028 over',
        title=None,
        published="2026-01-24T09:30:00+02:00",
        parts=(Part("body", 0, 4, "2026-01-23", 3), Part("caption", 5, 9)),
    )
    empty = Reading(odd, (), (), (), (), (), (), factory.MADE_BY)
    ledger.add([empty])
    assert ledger.report(odd.id) == odd
    assert ledger.reading(odd.id) == empty
    assert ledger.query("SELECT published_on::VARCHAR, published_at::VARCHAR FROM reports").rows == [
        ("2026-01-24", "2026-01-24 07:30:00")
    ]


@pytest.mark.parametrize("published", ["2026", "2026-01", "last week", "", None])
def test_a_date_that_is_no_day_is_kept_as_text_only(ledger, published):
    report = Report.make("Some text.", published=published)
    ledger.add([Reading(report, (), (), (), (), (), (), factory.MADE_BY)])
    assert ledger.report(report.id).published == published
    assert ledger.query("SELECT published_on, published_at FROM reports").rows == [(None, None)]


def test_reading_the_same_again_changes_nothing(ledger):
    reading = factory.reading()
    assert ledger.add([reading]) == Added(new=1)
    before, stamp = counts(ledger), ledger.query("SELECT read_at FROM reports").rows
    elsewhere = replace(reading, report=replace(reading.report, path="elsewhere.md", collected="2026-02-01"))
    assert ledger.add([reading, elsewhere]) == Added(same=1)
    assert counts(ledger) == before
    assert ledger.query("SELECT read_at FROM reports").rows == stamp
    assert ledger.report(reading.report.id).path == "odesa.jsonl"


def test_a_report_twice_in_one_batch_is_one(ledger):
    assert ledger.add([factory.reading(), factory.reading()]) == Added(new=1)
    assert counts(ledger)["readings"] == 1


def test_a_newer_reading_becomes_current_and_the_old_is_kept(ledger):
    old = factory.reading()
    new = replace(factory.reading(made_by=NEWER), figures=old.figures[:1])
    ledger.add([old])
    assert ledger.add([new]) == Added(updated=1)
    assert ledger.reading(old.report.id) == new
    assert ledger.reading(old.report.id, back=1) == old
    assert counts(ledger)["reports"] == 1
    assert counts(ledger)["figures"] == 3
    assert ledger.query("SELECT count(*), any_value(sayso) FROM figures").rows == [(1, "0.2.0")]
    with pytest.raises(UnknownReport, match="S304"):
        ledger.reading(old.report.id, back=2)


def test_going_back_to_an_older_version_is_a_reading_of_its_own(ledger):
    for made_by in (factory.MADE_BY, NEWER, factory.MADE_BY):
        ledger.add([factory.reading(made_by=made_by)])
    assert counts(ledger)["readings"] == 3
    assert ledger.reading(factory.report().id).made_by == factory.MADE_BY


def test_diff_tells_added_removed_changed(ledger):
    old = factory.reading()
    closed = replace(old.figures[1], high=20.0)
    ledger.add([old])
    assert list(ledger.diff()) == []
    ledger.add([replace(old, figures=(closed,), events=old.events[:1], made_by=NEWER)])
    found = {(c.kind, c.how, c.words): c.fields for c in ledger.diff(old.report.id[:6])}
    assert found == {
        ("events", "removed", "rebuild"): {},
        ("figures", "removed", "Nearly 500 families"): {},
        ("figures", "changed", "At least 12 people"): {"high": (None, 20)},
    }


def test_prefixes_of_ids(ledger):
    readings = factory.many(20)
    ledger.add(readings)
    assert ledger.report(readings[3].report.id[:10].upper()).id == readings[3].report.id
    with pytest.raises(UnknownReport, match="S304"):
        ledger.report("zzz")
    with pytest.raises(UnknownReport, match="not clear"):
        ledger.report("")


def test_reports_come_in_the_order_they_came_in(ledger):
    readings = factory.many(7)
    ledger.add(readings, batch=3)
    assert [e.id for e in ledger.reports()] == [r.report.id for r in readings]
    assert list(ledger.readings()) == readings
    first = ledger.reports()[0]
    assert (first.statements, first.events, first.figures, first.readings) == (3, 2, 2, 1)


def test_forgetting_leaves_no_trace(tmp_path):
    path = tmp_path / "l.duckdb"
    secret = factory.reading(factory.report(factory.TEXT + "\n\nXylophonist Zebediah."))
    other = factory.reading()
    with Ledger.open(path) as ledger:
        ledger.add([secret, other])
        ledger.add([replace(secret, made_by=NEWER)])
        assert ledger.forget(secret.report.id[:8]) == secret.report
        assert ledger.search("xylophonist") == []
        assert [e.id for e in ledger.reports()] == [other.report.id]
        assert counts(ledger)["readings"] == 1
        assert counts(ledger)["search_documents"] == 4
        with pytest.raises(UnknownReport):
            ledger.forget(secret.report.id)
    assert b"Zebediah" not in path.read_bytes()


def test_forgetting_keeps_the_rights_and_the_link(tmp_path):
    real, link = tmp_path / "real.duckdb", tmp_path / "link.duckdb"
    Ledger.open(real).close()
    real.chmod(0o600)
    link.symlink_to(real)
    with Ledger.open(link) as ledger:
        ledger.add(factory.many(2))
        ledger.forget(factory.many(1)[0].report.id)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    with Ledger.open(real, read_only=True) as ledger:
        assert list(ledger.readings()) == factory.many(2)[1:]


def test_a_batch_that_fails_leaves_nothing(ledger, monkeypatch):
    ledger.add([factory.reading()])
    before = counts(ledger)
    import duckdb

    from sayso.ledger import loading

    real = loading._insert_sql

    def broken(name: str, path: Path, longest: int) -> str:
        if name == "places":
            raise duckdb.IOException("no space left on device")
        return real(name, path, longest)

    monkeypatch.setattr(loading, "_insert_sql", broken)
    with pytest.raises(LedgerError, match=r"S300.*nothing was written"):
        ledger.add(factory.many(5))
    monkeypatch.undo()
    assert counts(ledger) == before
    assert ledger.add(factory.many(5)) == Added(new=5)


def test_what_came_before_an_error_is_kept(ledger):
    def readings():
        yield from factory.many(5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.add(readings(), batch=2)
    assert list(ledger.readings()) == factory.many(5)


def test_a_slow_batch_is_written_before_it_is_full(ledger, monkeypatch):
    monkeypatch.setattr("sayso.ledger.store.PATIENCE", -1.0)
    seen = []

    def readings():
        for reading in factory.many(3):
            yield reading
            seen.append(len(ledger.reports()))

    assert ledger.add(readings()) == Added(new=3)
    assert seen == [1, 2, 3]


def test_a_text_far_longer_than_usual(ledger):
    report = Report.make("A long way to go. " * 1_200_000)
    ledger.add([Reading(report, (), (), (), (), (), (), factory.MADE_BY), factory.reading()])
    assert ledger.report(report.id) == report


def test_reading_the_same_again_leaves_the_file_as_it_is(tmp_path):
    path = tmp_path / "l.duckdb"
    with Ledger.open(path) as ledger:
        ledger.add(factory.many(30))
    before = path.read_bytes()
    with Ledger.open(path) as ledger:
        assert ledger.add(factory.many(30)) == Added(same=30)
    assert path.read_bytes() == before
