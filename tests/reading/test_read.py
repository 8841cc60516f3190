"""The whole reading room with the weights of the package: what must hold whatever they have learnt."""

from __future__ import annotations

import json
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ingest import report_from_text
from sayso.language import analyse
from sayso.reading import made_by, read
from sayso.records import Reading, Report
from tests.reading.build import TODAY, tiled

STORIES = [
    "The mayor of Lugo said on Friday that a flood had killed at least 12 people. “We will rebuild the bridge,” she said. “It will take a year.”",
    "According to the ministry, rebels attacked two villages near the border overnight.\n\nThe army denied that civilians were hurt.",
    "Thousands of people marched in the capital. Police arrested nearly 40 protesters, a witness told the Morning Post.",
    "No one was hurt when a bus crashed into a school, officials said.",
]


def line(text: str, published: str | None = TODAY) -> str:
    return json.dumps(read(Report.make(text, published=published)).to_json(), ensure_ascii=False)


def check(reading: Reading) -> None:
    """Everything that the contract promises of any report."""
    text = reading.text
    for span in reading.spans():
        assert span.text == text[span.start : span.end]
        assert span.start < span.end
    ids = [r.id for r in (*reading.statements, *reading.events, *reading.figures)]
    assert len(ids) == len(set(ids))
    said = {s.id for s in reading.statements}
    for statement in reading.statements:
        assert statement.content
        assert statement.within in said | {None}
        assert statement.within != statement.id
        chain = reading.sources(statement)
        assert len(chain) == len({s.id for s in chain})
        assert not chain or chain[0].within is None  # the chain ends in the report's own voice: no ring
    events, figures = {e.id for e in reading.events}, {f.id for f in reading.figures}
    actors, places = {a.id for a in reading.actors}, {p.id for p in reading.places}
    for event in reading.events:
        assert event.statement in said | {None}
        assert set(event.figures) <= figures
        assert {p.actor for p in (*event.actors, *event.recipients)} <= actors | {None}
        assert {s.place for s in event.where} <= places | {None}
        assert not (set(event.reasons) & {k for k in ("actors", "recipients", "where") if getattr(event, k)})
    for figure in reading.figures:
        assert figure.event in events | {None}
        assert figure.statement in said | {None}
        assert figure.part_of in figures | {None}
        assert figure.part_of != figure.id
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.span.covers(figure.number)
    for record in (*reading.statements, *reading.events, *reading.figures):
        assert 0 <= record.confidence <= 1
    json.dumps(reading.to_json(), allow_nan=False)


@pytest.mark.parametrize("text", STORIES)
def test_the_contract_holds_for_plain_news(text):
    reading = read(Report.make(text, published=TODAY))
    check(reading)
    assert reading.statements or reading.figures
    assert reading.made_by == made_by()


def test_x_said_y():
    reading = read(Report.make("The governor said rebels attacked two villages on Monday.", published=TODAY))
    (said,) = reading.statements
    assert said.source is not None
    assert "governor" in said.source.text
    assert said.cue is not None
    assert said.cue.text.startswith("said")
    assert "rebels attacked two villages" in said.content[0].text
    assert (said.manner, said.kind, said.within) == ("indirect", "assertion", None)


def test_according_to_x():
    reading = read(Report.make("According to the health ministry, 12 people were killed in the fire.", published=TODAY))
    said = reading.statements[0]
    assert said.source is not None
    assert "ministry" in said.source.text
    assert "12 people were killed" in " ".join(s.text for s in said.content)
    figure = reading.figures[0]
    assert (figure.low, figure.high) == (12, 12)
    assert reading.sources(figure) == (said,)


def test_a_quotation_over_sentences_stays_with_its_speaker():
    text = "“We have no water,” said Anna Weber, a nurse. “The wells are dry. Nobody has come.”\n\nIt rained in the evening."
    reading = read(Report.make(text, published=TODAY))
    words = " ".join(s.text for x in reading.statements if x.source and "Weber" in x.source.text for s in x.content)
    assert "We have no water" in words
    assert "The wells are dry" in words
    assert "rained" not in words


def test_a_denial():
    reading = read(Report.make("The army denied that its soldiers had attacked the hospital.", published=TODAY))
    assert [s.kind for s in reading.statements] == ["denial"]


def test_a_source_inside_a_source():
    text = "The agency quoted the governor as saying that rescuers had told him that 12 people were killed."
    reading = read(Report.make(text, published=TODAY))
    check(reading)
    inner = [s for s in reading.statements if s.within]
    assert inner
    assert len(reading.sources(inner[-1])) >= 1


def test_nothing_to_read():
    for text in (" ", "\n\n", "...", "—", "🙂", "\u200b", "\u202e"):
        reading = read(Report.make(text))
        check(reading)
        assert (reading.statements, reading.events, reading.figures) == ((), (), ())


HARD = [
    "قالت الحكومة إن 12 شخصا قتلوا. The mayor said 12 people were killed. قال.",
    "שר הביטחון said that “no one” was hurt \u202b(כך)\u202c.",
    "🚨🔥 At least 12 people were killed 😢, the mayor said 👨‍👩‍👧‍👦!!",
    "Z̷̢͌a̵͕͒l̶̰̀g̸̱̈ȯ̷ said that 3̶ people died. e\u0301tienne said no.",
    "The\u200bmayor said\u200d that\ufeff 12 people died.",
    "ǅemal İstanbul said İ 40 ﬁres ß were ŉ seen on İ Monday.",
    "\ud83d said that 12 people died.",
    "a" * 30_000 + " said that 12 people died.",
    "He said. " + "-" * 3_000,
    "“" * 200 + "12 people died" + "”" * 200,
    "said said said said said said said said said said said",
    "12 12 12 12, at least, more than or about, several dozen dozens of",
    "Q: Who?\nA: Me.\nQ: Why?\nA: 12.",
    "\x00 The mayor\x07 said 12 people\x1b[31m died.",
    "The mayor said,\r\n\r\n12 people died.\u2028\u2029Two were hurt.",
]  # fmt: skip


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_hard_texts(text):
    check(read(Report.make(text, published=TODAY)))


PIECES = [
    "The mayor said", "“", "”", '"', "according to police", "at least 12 people", "were killed", "on Monday", ".", "\n\n", ",", "that",
    "denied", "🙂", "קול", "قال", "e\u0301", "\u200b", "İ", "no one", "overnight in Lugo", ":", "if", "will attack", "(", ")", "—", "'s",
    "\ud800", "12", "$5 million", "including three children", "-", "he", "they told Reuters", "?", "a" * 300,
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30), st.sampled_from([None, TODAY, "0001-01-01"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_row_of_pieces(pieces, published):
    check(read(Report.make(" ".join(pieces), published=published)))


@given(st.text(min_size=1, max_size=120))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_unicode(text):
    check(read(Report.make(text, published=TODAY)))


def test_the_same_bytes_in_any_order():
    once = {text: line(text) for text in STORIES}
    for seed in (1, 2):
        order = STORIES * 2
        random.Random(seed).shuffle(order)
        assert all(line(text) == once[text] for text in order)


def test_ids_hang_on_the_report_and_its_words():
    ids = [r["id"] for r in json.loads(line(STORIES[0]))["statements"]]
    assert ids
    assert not set(ids) & {r["id"] for r in json.loads(line(STORIES[0] + " "))["statements"]}
    assert not set(ids) & {r["id"] for r in json.loads(line(STORIES[0], "2026-01-25"))["statements"]}


def test_the_same_words_twice_are_two_records():
    text = "“No,” he said.\n\n" * 2 + "Two people were killed. Two people were killed."
    check(read(Report.make(text, published=TODAY)))


def test_without_a_date_nothing_is_dated():
    reading = read(Report.make("Rebels attacked Lugo on Monday and killed 12 people.", published=None))
    check(reading)
    assert [t.span.text for t in reading.times] == ["Monday"]
    assert all(e.when is None for e in reading.events)
    assert all(f.as_of is None for f in reading.figures)


def test_a_text_of_the_front_door():
    """`sayso.read` takes a text as well as a file."""
    import sayso

    reading = sayso.read("The mayor said two people were killed.\nThe road is shut.", published=TODAY)
    assert reading.report.published == TODAY
    assert reading.statements == read(report_from_text(reading.text, published=TODAY)).statements
    check(reading)


LONG = [
    "\n\n".join(STORIES),
    "On Monday the mayor said: “Rebels killed 12 people in Lugo in 2024.” Since January 40 more were hurt, he said.",
    "“It goes on. And on. Two people died.\n\n“",
    "Lugo: 12 dead. Q: Who? A: 12. Lugo, Lugo and Lugo.",
    "Two days earlier, several days later, for three days, he died.",
]  # fmt: skip


@pytest.mark.parametrize("text", LONG, ids=["news", "one sentence", "one quotation", "labels", "times"])
def test_time_grows_with_the_length(text):
    """Four times the text may take six times as long, not sixteen: what is compared with all the rest of a report stands out."""
    once = analyse(text)
    times = max(8, 12_000 // len(text))

    def took(repeated: int) -> float:
        analysis = tiled(once, repeated)
        begun = time.process_time()
        read(Report.make(analysis.text, published=TODAY), analysis)
        return time.process_time() - begun

    took(1)
    short = min(took(times) for _ in range(2))
    assert took(4 * times) < 6.5 * short + 0.3
