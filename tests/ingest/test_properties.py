import io
import json
from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import Problem, report_from_bytes, report_from_text, reports
from sayso.ingest.dates import line_dates
from sayso.records import Report
from tests.ingest.papers import DIRTY, ENGLISH, PAGE, column, pdf

KINDS = {"title", "dek", "body", "caption", "credit", "related", "note", "post", "question", "answer"}
SEEDS = [DIRTY.encode(), PAGE.encode(), pdf([column([ENGLISH])]), json.dumps({"text": ENGLISH}).encode()]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sound(report: Report) -> None:
    at = 0
    for part in report.parts:
        assert part.kind in KINDS
        assert at <= part.start < part.end <= len(report.text)
        assert report.text[part.start : part.end].strip()
        at = part.end
    covered = "".join(report.text[p.start : p.end] for p in report.parts)
    assert "".join(covered.split()) == "".join(report.text.split())
    json.dumps(report.to_json(), ensure_ascii=False).encode("utf-8")


def outcome(data: bytes, name: str) -> str:
    try:
        report = report_from_bytes(data, name)
    except InputError as error:
        assert error.what and error.todo
        return str(error)
    sound(report)
    return report.id


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data) - 1))
        data[at : at + draw(st.integers(0, 30))] = draw(st.binary(max_size=8))
        data = data or bytearray(b" ")
    return bytes(data)


@QUICK
@given(st.binary(max_size=400) | damaged(), st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.jsonl", "guess"]))
@example(b"\x00", "a.html")
@example(b"<", "a.html")
def test_any_bytes_are_a_report_or_an_error_and_the_same_twice(data: bytes, name: str) -> None:
    assert outcome(data, name) == outcome(data, name)


@QUICK
@given(st.binary(max_size=300) | damaged())
def test_standard_input_never_fails(data: bytes) -> None:
    for found in reports(["-"], stdin=io.BytesIO(data)):
        assert isinstance(found, Report | Problem)
        if isinstance(found, Problem):
            assert found.code != "S100"
            str(found).encode("utf-8")


@QUICK
@given(st.text(st.characters(exclude_categories=[]), max_size=300))
@example("08:00 a\n\n09:00 b\n\n10:00 c")
@example("\ud800\x00 \r\n\r\n x")
def test_parts_cover_any_verbatim_text(text: str) -> None:
    try:
        report = report_from_text(text, title=text[:20])
    except InputError:
        return
    assert len(report.text) == len(text.replace("\r\n", "\n"))
    sound(report)


@QUICK
@given(
    st.lists(
        st.sampled_from(
            [*DIRTY.split("\n\n"), "Q: a?", "A: b", "10:15 c", "by", "¶", "## H", "- i", ENGLISH, "Photo: x"]
        ),
        max_size=14,
    )
)
def test_any_order_of_paragraphs_makes_sound_parts(paragraphs: list[str]) -> None:
    for name in ("a.md", "a.txt"):
        outcome("\n\n".join(paragraphs).encode(), name)


@QUICK
@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "Published: %A, %d %B %Y"]),
)
def test_written_dates_are_read_back(day: date, form: str) -> None:
    assert line_dates(day.strftime(form)) == [day.isoformat()]
