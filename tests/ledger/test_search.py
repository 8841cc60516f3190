from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger import Ledger
from sayso.ledger.search import terms
from sayso.records import Reading, Report
from tests import factory

TEXTS = {
    "drones": "Drones hit the city. Drones again. The mayor counts the drones.",
    "mayor": "The mayor of the city spoke of a power station and of ponies.",
    "accents": "São Paulo and Zürich, Ångström’s laws, ΑΘΗΝΑ, Київ, 日本語.",
    "station": "A station of power is no such thing.",
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("search") / "l.duckdb") as opened:
        for title, text in TEXTS.items():
            report = Report.make(text, title=title)
            opened.add([Reading(report, (), (), (), (), (), (), factory.MADE_BY)])
        opened.add([factory.reading()])
        yield opened


def found(ledger: Ledger, words: str) -> list[str]:
    titles = {entry.id: entry.title or "" for entry in ledger.reports()}
    return [titles[hit.report] for hit in ledger.search(words)]


def test_best_first(ledger):
    assert found(ledger, "drone")[0] == "drones"
    assert found(ledger, "mayor city")[0] == "mayor"
    assert [h.score for h in ledger.search("mayor drone")] == sorted(
        (h.score for h in ledger.search("mayor drone")), reverse=True
    )


@pytest.mark.parametrize("words", ["sao PAULO", "zurich", "angstrom", "αθηνα", "київ", "日本語", "law"])
def test_folded(ledger, words):
    assert found(ledger, words) == ["accents"]


def test_plurals(ledger):
    assert found(ledger, "pony") == found(ledger, "ponies") == ["mayor"]


def test_words_in_quotation_marks_stand_together(ledger):
    assert found(ledger, '"power station"') == found(ledger, "“power stations”")
    assert "station" not in found(ledger, '"power station"')
    assert "station" in found(ledger, "power station")
    assert found(ledger, '"power station" "ponies"') == ["mayor"]


def test_titles_count(ledger):
    assert found(ledger, "accents") == ["accents"]


def test_statements(ledger):
    [hit] = ledger.search("rebuilding rebuild", kind="statements")
    assert (hit.text, hit.kind) == ("We will rebuild", "statements")
    assert hit.record == factory.reading().statements[2].id
    assert [h.text[:8] for h in ledger.search('"attack drones struck"', kind="statements")] == ["At least"]


@pytest.mark.parametrize("words", ["", "   ", "?!", '""', "'; DROP TABLE x; --", "nowhere", "%", '"unclosed'])
def test_words_that_find_nothing(ledger, words):
    assert ledger.search(words) == []


def test_the_limit(ledger):
    assert len(ledger.search("the power", limit=2)) == 2
    with pytest.raises(ValueError, match="kind"):
        ledger.search("x", kind="nonsense")


@given(st.text())
def test_terms_of_any_text(text):
    assert all(term and not term.isspace() for term in terms(text))
    assert terms(text) == terms(text)
