from __future__ import annotations

import itertools
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reading import calendar, times
from tests.reading.build import TODAY, flat, parsed

GRANULARITIES = {
    "day", "days", "part_of_day", "month", "year", "decade", "century", "week", "weekend", "season", "quarter", "hour", "minute",
    "night", "fortnight", "reference", *calendar.SEASONS, *calendar.MONTHS,
}  # fmt: skip


def only(text: str, published: str | None = TODAY) -> times.Found:
    found = times.find(flat(text, published))
    assert len(found) == 1, [f.record for f in found]
    return found[0]


# Expression, its words, TIMEX type, start, end, value; against Saturday 24 January 2026.
DATED = [
    ("It came on Monday.", "Monday", "DATE", "2026-01-19", "2026-01-19", "2026-01-19"),
    ("It came on Saturday.", "Saturday", "DATE", "2026-01-24", "2026-01-24", "2026-01-24"),
    ("It came last Saturday.", "last Saturday", "DATE", "2026-01-17", "2026-01-17", "2026-01-17"),
    ("It came on Friday evening.", "Friday evening", "TIME", "2026-01-23", "2026-01-23", "2026-01-23TEV"),
    ("It comes next Tuesday.", "next Tuesday", "DATE", "2026-01-27", "2026-01-27", "2026-01-27"),
    ("It came today.", "today", "DATE", "2026-01-24", "2026-01-24", "2026-01-24"),
    ("It came yesterday.", "yesterday", "DATE", "2026-01-23", "2026-01-23", "2026-01-23"),
    ("It comes tomorrow.", "tomorrow", "DATE", "2026-01-25", "2026-01-25", "2026-01-25"),
    ("It came the day before yesterday.", "the day before yesterday", "DATE", "2026-01-22", "2026-01-22", "2026-01-22"),
    ("It came yesterday morning.", "yesterday morning", "TIME", "2026-01-23", "2026-01-23", "2026-01-23TMO"),
    ("It came this morning.", "this morning", "TIME", "2026-01-24", "2026-01-24", "2026-01-24TMO"),
    ("It came overnight.", "overnight", "TIME", "2026-01-23", "2026-01-24", "2026-01-23TNI"),
    ("It came last night.", "last night", "TIME", "2026-01-23", "2026-01-24", "2026-01-23TNI"),
    ("It comes tonight.", "tonight", "TIME", "2026-01-24", "2026-01-24", "2026-01-24TNI"),
    ("It came last week.", "last week", "DATE", "2026-01-12", "2026-01-18", "2026-W03"),
    ("It came this week.", "this week", "DATE", "2026-01-19", "2026-01-25", "2026-W04"),
    ("It comes next week.", "next week", "DATE", "2026-01-26", "2026-02-01", "2026-W05"),
    ("It came last weekend.", "last weekend", "DATE", "2026-01-17", "2026-01-18", "2026-W03-WE"),
    ("It came last month.", "last month", "DATE", "2025-12-01", "2025-12-31", "2025-12"),
    ("It comes next month.", "next month", "DATE", "2026-02-01", "2026-02-28", "2026-02"),
    ("It came last year.", "last year", "DATE", "2025-01-01", "2025-12-31", "2025"),
    ("It came this year.", "this year", "DATE", "2026-01-01", "2026-12-31", "2026"),
    ("It came last summer.", "last summer", "DATE", "2025-06-01", "2025-08-31", "2025-SU"),
    ("It came in January 2024.", "January 2024", "DATE", "2024-01-01", "2024-01-31", "2024-01"),
    ("It came in early March 2024.", "early March 2024", "DATE", "2024-03-01", "2024-03-31", "2024-03"),
    ("It came in November.", "November", "DATE", "2025-11-01", "2025-11-30", "2025-11"),
    ("It came on January 20.", "January 20", "DATE", "2026-01-20", "2026-01-20", "2026-01-20"),
    ("It came on Jan. 20.", "Jan. 20", "DATE", "2026-01-20", "2026-01-20", "2026-01-20"),
    ("It came on December 30.", "December 30", "DATE", "2025-12-30", "2025-12-30", "2025-12-30"),
    ("It came on 30 December.", "30 December", "DATE", "2025-12-30", "2025-12-30", "2025-12-30"),
    ("It came on the 30th of December.", "the 30th of December", "DATE", "2025-12-30", "2025-12-30", "2025-12-30"),
    ("It came on March 3, 2019.", "March 3, 2019", "DATE", "2019-03-03", "2019-03-03", "2019-03-03"),
    ("It came on Sunday, March 3, 2019.", "Sunday, March 3, 2019", "DATE", "2019-03-03", "2019-03-03", "2019-03-03"),
    ("It came on 3 March 2019.", "3 March 2019", "DATE", "2019-03-03", "2019-03-03", "2019-03-03"),
    ("It came on 2019-03-03 at last.", "2019-03-03", "DATE", "2019-03-03", "2019-03-03", "2019-03-03"),
    ("It ran on January 10-14.", "January 10-14", "DATE", "2026-01-10", "2026-01-14", "2026-01-10/2026-01-14"),
    (
        "It ran on 10–14 January 2025.",
        "10–14 January 2025",
        "DATE",
        "2025-01-10",
        "2025-01-14",
        "2025-01-10/2025-01-14",
    ),
    ("It came in 2014.", "2014", "DATE", "2014-01-01", "2014-12-31", "2014"),
    ("It came in the summer of 2019.", "the summer of 2019", "DATE", "2019-06-01", "2019-08-31", "2019-SU"),
    ("It came in winter 2023.", "winter 2023", "DATE", "2023-12-01", "2024-02-29", "2023-WI"),
    ("It came in the 1990s.", "the 1990s", "DATE", "1990-01-01", "1999-12-31", "199"),
    (
        "It came in the third quarter of 2025.",
        "the third quarter of 2025",
        "DATE",
        "2025-07-01",
        "2025-09-30",
        "2025-Q3",
    ),
    ("It came two days ago.", "two days ago", "DATE", "2026-01-22", "2026-01-22", "2026-01-22"),
    ("It came a week ago.", "a week ago", "DATE", "2026-01-12", "2026-01-18", "2026-W03"),
    ("It came three months ago.", "three months ago", "DATE", "2025-10-01", "2025-10-31", "2025-10"),
    ("It came ten years ago.", "ten years ago", "DATE", "2016-01-01", "2016-12-31", "2016"),
]


@pytest.mark.parametrize(("text", "words", "kind", "start", "end", "value"), DATED, ids=[row[1] for row in DATED])
def test_against_the_date_of_the_report(text, words, kind, start, end, value):
    found = only(text)
    record = found.record
    assert (record.span.text, record.type, record.start, record.end, record.timex) == (words, kind, start, end, value)
    assert found.when is not None
    assert (found.when.start, found.when.end, found.when.span) == (start, end, record.span)


UNDATED = [
    ("It lasted three days.", "three days", "DURATION", "P3D"),
    ("It lasted for two and it took six hours.", "six hours", "DURATION", "PT6H"),
    ("It lasted several weeks.", "several weeks", "DURATION", "PXW"),
    ("A 10-day truce held.", "10-day", "DURATION", "P10D"),
    ("They meet every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
    ("They meet every week.", "every week", "SET", "P1W"),
    ("They meet daily.", "daily", "SET", "P1D"),
    ("They work every night.", "every night", "SET", "XXXX-XX-XXTNI"),
    ("They talked recently.", "recently", "DATE", "PAST_REF"),
    ("They talk soon.", "soon", "DATE", "FUTURE_REF"),
    ("They talk now and currently.", "currently", "DATE", "PRESENT_REF"),
]


@pytest.mark.parametrize(("text", "words", "kind", "value"), UNDATED, ids=[row[1] for row in UNDATED])
def test_what_is_no_date(text, words, kind, value):
    found = only(text)
    assert (found.record.span.text, found.record.type, found.record.timex) == (words, kind, value)
    assert (found.record.start, found.record.end, found.when) == (None, None, None)


def test_a_weekday_follows_the_tense():
    past = parsed("Ministers/NOUN/nsubj/2 met/VERB/root/0/meet/VBD on/ADP/case/4 Thursday/PROPN/obl/2 ./PUNCT/punct/2")
    future = parsed(
        "Ministers/NOUN/nsubj/3 will/AUX/aux/3/will/MD meet/VERB/root/0/meet/VB on/ADP/case/5 Thursday/PROPN/obl/3"
    )
    assert times.find(past)[0].record.start == "2026-01-22"
    assert times.find(future)[0].record.start == "2026-01-29"


def test_a_month_and_day_follow_the_tense():
    future = "Voters/NOUN/nsubj/3 will/AUX/aux/3/will/MD vote/VERB/root/0/vote/VB on/ADP/case/5 January/PROPN/obl/3 10/NUM/nummod/5"
    assert times.find(parsed(future))[0].record.start == "2027-01-10"
    assert only("Voters went out on January 10.").record.start == "2026-01-10"


def test_since_counts_up_to_the_report():
    found = only("Some 40 villages have burnt since January 10.")
    assert (found.record.span.text, found.record.start, found.record.end) == ("January 10", "2026-01-10", TODAY)
    assert found.since == "2026-01-10"
    assert only("It has grown since October.").since == "2025-10"
    assert only("It has grown since 2014.").since == "2014"


def test_a_distance_counts_from_the_time_named_before():
    _first, second = times.find(flat("The bridge fell on January 10. The road had closed two days earlier."))
    assert second.record.span.text == "two days earlier"
    assert second.record.start == "2026-01-08"
    _, later = times.find(flat("The bridge fell on January 10. The road closed three days later."))
    assert later.record.start == "2026-01-13"
    _, following = times.find(flat("The bridge fell on January 10. The road closed the following day."))
    assert following.record.start == "2026-01-11"


def test_times_are_found_in_the_order_of_the_text():
    found = times.find(flat("On Monday and again on Tuesday night, two years after 2019, it rained for three hours."))
    assert [f.first for f in found] == sorted(f.first for f in found)
    assert all(a.last <= b.first for a, b in itertools.pairwise(found))


NO_DATE = ["Monday", "yesterday", "overnight", "last week", "January 20", "two days ago", "last summer", "in November"]


@pytest.mark.parametrize("words", NO_DATE)
def test_without_a_date_of_the_report_it_is_found_but_not_resolved(words):
    found = only(f"It came {words}.", None)
    assert (found.record.start, found.record.end, found.when) == (None, None, None)
    assert found.record.timex
    assert not re.search(r"\d{4}-\d\d-\d\d", found.record.timex)


@pytest.mark.parametrize(
    ("words", "start"), [("March 3, 2019", "2019-03-03"), ("2014", "2014-01-01"), ("2020-02-29", "2020-02-29")]
)
def test_a_full_date_needs_no_date_of_the_report(words, start):
    assert only(f"It came in {words}.", None).record.start == start


@pytest.mark.parametrize("words", ["2025-02-30", "February 31, 2025", "31 November 2025", "2025-13-01", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_no_date(words):
    for found in times.find(flat(f"It came on {words} they say.")):
        assert found.record.granularity != "day"


@pytest.mark.parametrize(
    "text",
    [
        "The 20-year-old teacher came.",
        "She is 34 years old.",
        "They may march on.",
        "The mayor sat down.",
        "About 2,014 people came.",
        "He got 1,990 votes.",
        "Call 2019-5 for help.",
        "Some 2000 people came.",
    ],
)
def test_what_looks_like_a_time_and_is_none(text):
    assert [f.record.span.text for f in times.find(flat(text)) if f.record.type != "DURATION"] == []


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "2024-02-29", "2026-01-24T23:59", "tomorrow"])
def test_any_date_of_the_report(published):
    text = "It came ten years ago, last month, overnight, last winter, next week, a century ago, next decade, on Sunday and tomorrow."
    for found in times.find(flat(text, published)):
        if found.record.start:
            assert date.fromisoformat(found.record.start) <= date.fromisoformat(found.record.end or "")


# --- properties -------------------------------------------------------------------------------------------------------

PIECES = [
    "overnight", "last", "next", "this", "week", "month", "year", "monday", "may", "march", "january", "31", "2026", "1990s", "the",
    "of", "two", "days", "ago", "earlier", "since", "every", "10:30", "p.m.", "12", "-", "2026-01-24", "summer", "quarter", "third",
    "several", "weekend", "later", "century", "half a", "İstanbul", "from", "to", "until", "in", ",", "early", "night", "0", "99",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.sampled_from([None, TODAY, "2024-02-29", "0001-01-03", "9999-12-31"]),
)
@settings(max_examples=300, deadline=None)
def test_any_row_of_time_words(pieces, published):
    ctx = flat(" ".join(pieces), published)
    before = 0
    for found in times.find(ctx):
        record = found.record
        assert before <= found.first < found.last
        before = found.last
        assert ctx.report.text[record.span.start : record.span.end] == record.span.text
        assert record.type in ("DATE", "TIME", "DURATION", "SET")
        assert record.granularity in GRANULARITIES
        assert record.timex
        if record.start:
            assert record.start <= (record.end or "")
            assert found.when is not None


@given(st.text(max_size=80), st.sampled_from(["overnight", "on Monday", "in May 2024", "since 2014", "İ", "ǅ 10:30"]))
@settings(max_examples=200, deadline=None)
def test_any_unicode(text, words):
    ctx = flat(f"{text} {words} {text}")
    for found in times.find(ctx):
        assert ctx.report.text[found.record.span.start : found.record.span.end] == found.record.span.text


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_week_is_monday_to_sunday_and_holds_its_day(when):
    week = calendar.week(when)
    assert week.start is not None
    assert week.end is not None
    assert (week.start.weekday(), week.end.weekday()) == (0, 6)
    assert week.start <= when <= week.end
    assert week.timex == when.strftime("%G-W%V")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_the_nearest_weekday(when, number):
    back, ahead = (calendar.nearest_weekday(when, number, forward=f) for f in (False, True))
    assert back.weekday() == ahead.weekday() == number
    assert 0 <= (when - back).days < 7
    assert 0 <= (ahead - when).days < 7


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_months_before_lie_in_the_month_so_many_before(when, count):
    there = calendar.months_before(when, count)
    assert (when.year - there.year) * 12 + when.month - there.month == count
    assert there.day <= when.day
