"""The contract of the records (docs/records.md, "As JSON"): which keys, in which order, and that they read back."""

from __future__ import annotations

import json

import pytest

from sayso.export import line
from sayso.records import Json, Reading, Report, Span, reading_from_json
from tests import factory

SPAN = ["start", "end", "text"]
PARTICIPANT = [*SPAN, "actor", "status", "statement"]
SITE = [*SPAN, "place", "in"]
WHEN = ["start", "end", "granularity", "timex", "span"]
KEYS = {
    "": ["report", "statements", "events", "figures", "actors", "places", "times", "made_by"],
    "report": ["id", "external_id", "title", "byline", "publisher", "published", "url", "language", "text", "parts"],
    "report.parts": ["kind", "start", "end", "when"],
    "statements": ["id", "source", "actor", "cue", "content", "manner", "kind", "sourcing", "within", "confidence"],
    "statements.source": SPAN,
    "statements.cue": SPAN,
    "statements.content": SPAN,
    "events": [
        "id",
        "anchor",
        "also",
        "type",
        "mode",
        "status",
        "statement",
        "actors",
        "recipients",
        "instruments",
        "where",
        "when",
        "contexts",
        "figures",
        "confidence",
        "reasons",
    ],
    "events.anchor": SPAN,
    "events.also": [*SPAN, "statement", "status"],
    "events.actors": PARTICIPANT,
    "events.recipients": PARTICIPANT,
    "events.instruments": SPAN,
    "events.where": SITE,
    "events.when": WHEN,
    "events.when.span": SPAN,
    "figures": [
        "id",
        "span",
        "number",
        "hedge_span",
        "item",
        "measure",
        "low",
        "high",
        "hedge",
        "unit",
        "currency",
        "population",
        "scope",
        "since",
        "as_of",
        "status",
        "part_of",
        "was",
        "event",
        "statement",
        "where",
        "when",
        "confidence",
    ],
    "figures.span": SPAN,
    "figures.number": SPAN,
    "figures.hedge_span": SPAN,
    "figures.item": SPAN,
    "figures.where": SITE,
    "figures.when": WHEN,
    "figures.when.span": SPAN,
    "actors": ["id", "name", "kind", "country", "sector", "role", "mentions"],
    "actors.mentions": SPAN,
    "places": ["id", "name", "gazetteer_id", "latitude", "longitude", "admin1", "country", "precision", "mentions"],
    "places.mentions": SPAN,
    "times": ["span", "type", "start", "end", "granularity", "timex", "mod"],
    "times.span": SPAN,
    "made_by": ["sayso", "weights", "reference"],
}
FREE = {"events.reasons"}  # its keys are slots


def keys_of(value: object, path: str = "") -> list[tuple[str, list[str]]]:
    """Every object in a JSON value, with its path and its keys."""
    if isinstance(value, list):
        return [found for item in value for found in keys_of(item, path)]
    if not isinstance(value, dict) or path in FREE:
        return []
    below = [found for key, item in value.items() for found in keys_of(item, f"{path}.{key}".lstrip("."))]
    return [(path, list(value)), *below]


@pytest.fixture(scope="module")
def raw() -> Json:
    decoded: Json = json.loads(line(factory.reading()))
    return decoded


def test_keys_in_their_order(raw):
    found = keys_of(raw)
    assert {path for path, _ in found} == set(KEYS)
    for path, keys in found:
        assert keys == KEYS[path], path


def test_it_reads_back(raw):
    back = reading_from_json(raw)
    assert back.to_json() == raw
    # Agency, path and collected, and the page of a part, are kept in the ledger, not in the JSON.
    assert back.statements == factory.reading().statements
    assert back.events == factory.reading().events
    assert back.figures == factory.reading().figures


def test_numbers(raw):
    killed, dark = raw["figures"][1], raw["figures"][0]
    assert (killed["low"], killed["high"], killed["was"]) == (12, None, [3, None])
    assert isinstance(dark["low"], int)
    assert (raw["places"][0]["latitude"], raw["places"][0]["longitude"]) == (46.48, 30.72)
    for kind in ("statements", "events", "figures"):
        assert all(x["confidence"] == round(x["confidence"], 2) for x in raw[kind])


def test_an_empty_reading_has_empty_lists():
    empty = Reading(Report.make("Nothing."), (), (), (), (), (), (), factory.MADE_BY).to_json()
    assert [empty[k] for k in KEYS[""][1:-1]] == [[]] * 6
    assert empty["report"]["title"] is None
    assert empty["report"]["parts"] == []


def test_every_span_is_the_words_it_claims():
    reading = factory.reading()
    spans = list(reading.spans())
    assert len(spans) > 30
    assert all(reading.text[s.start : s.end] == s.text for s in spans)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 99)])
def test_spans_outside_the_text_are_refused(start, end):
    with pytest.raises(ValueError, match="no span"):
        Span.of("short", start, end)


def test_links_lead_somewhere(raw):
    statements = {s["id"] for s in raw["statements"]}
    actors, places = {a["id"] for a in raw["actors"]}, {p["id"] for p in raw["places"]}
    for event in raw["events"]:
        assert event["statement"] in statements | {None}
        assert {p["actor"] for p in event["actors"] + event["recipients"]} <= actors | {None}
        assert {w["place"] for w in event["where"]} <= places | {None}


def test_the_id_of_a_report():
    one = factory.report()
    assert factory.report(path="elsewhere", collected=None, byline=None, external_id="x").id == one.id
    assert factory.report(publisher="Another").id != one.id
    assert len(one.id) == 16
