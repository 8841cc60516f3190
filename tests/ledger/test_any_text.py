"""Arbitrary Unicode goes into a ledger and comes out the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ledger import Ledger
from sayso.records import Event, Reading, Report, Statement, stable_id
from tests import factory


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("any") / "l.duckdb") as opened:
        yield opened


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(st.text(min_size=1, max_size=200))
    known = {
        key: draw(st.none() | st.text(max_size=20))
        for key in ("title", "publisher", "published", "url", "byline", "path")
    }
    report = Report.make(text, **known)

    def span():
        start = draw(st.integers(0, len(text) - 1))
        return report.span(start, draw(st.integers(start + 1, len(text))))

    said = Statement(
        stable_id(text, 1), span(), None, span(), (span(), span()), "direct", "opinion", "named", None, 0.5, (text,)
    )
    reasons = draw(st.dictionaries(st.text(min_size=1, max_size=9), st.text(max_size=9), max_size=3))
    done = Event(
        stable_id(text, 2),
        span(),
        (),
        "AID",
        (text,),
        "occurred",
        said.id,
        (),
        (),
        (span(),),
        (),
        None,
        (),
        (),
        0.3,
        reasons,
    )
    return Reading(report, (said,), (done,), (), (), (), (), factory.MADE_BY)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings())
def test_round_trip(ledger, reading):
    ledger.add([reading])
    back = ledger.reading(reading.report.id)
    assert back.text == reading.text
    assert back.to_json()["statements"] == reading.to_json()["statements"]
    assert back.to_json()["events"] == reading.to_json()["events"]
    assert [s.trace for s in back.statements] == [s.trace for s in reading.statements]
    assert all(back.text[s.start : s.end] == s.text for s in back.spans())
