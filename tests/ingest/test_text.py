import json
import os
from pathlib import Path

import pytest

from sayso.ingest import report_from_bytes, report_from_text
from sayso.records import Report
from tests.ingest.papers import DIRTY, DIRTY_BODY, ENGLISH

SHARED = Path(os.environ.get("SAYSO_SHARED", Path(__file__).parents[2].parent / "shared"))


def read(text: str, name: str = "a.txt") -> Report:
    return report_from_bytes(text.encode(), name)


def of_kind(report: Report, kind: str) -> list[str]:
    return [report.text[p.start : p.end] for p in report.parts if p.kind == kind]


def test_the_dirt_of_the_world() -> None:
    report = read(DIRTY, "a.md")
    assert report.title == "Harbour Town Says Night Raid Puts Truce in Doubt"
    assert (report.byline, report.agency, report.publisher) == ("AFP", "AFP", "The Moscow Times")
    assert report.published == "2025-03-03"
    assert report.url == "https://www.themoscowtimes.com/2025/03/03/harbour-town-says-night-raid-a1"
    assert of_kind(report, "credit") == ["Coast Guard of Westland"]
    assert of_kind(report, "related") == ["Related article: Few Hopes as Envoys Head to the Capital"]
    assert "\n\n".join(of_kind(report, "body")) == DIRTY_BODY
    assert report.text.startswith(report.title + "\n\n")
    assert "Original url" not in report.text


@pytest.mark.shared
def test_the_shared_report_reads_as_its_gold_text() -> None:
    path, gold = SHARED / "reports/abu-dhabi-2026-01-24.md", SHARED / "ledger/gold/seed.jsonl"
    if not path.exists() or not gold.exists():
        pytest.skip("no shared corpora here; set SAYSO_SHARED")
    expected = json.loads(gold.read_text(encoding="utf-8").splitlines()[0])
    report = report_from_bytes(path.read_bytes(), path.name)
    assert "\n\n".join(of_kind(report, "body")) == expected["text"]
    assert (report.title, report.published) == (expected["title"], expected["published"])
    assert (report.agency, report.publisher) == ("AFP", "The Moscow Times")
    assert [p.kind for p in report.parts] == ["title", "credit", "body", "related", "body"]


def test_wrapped_lines_are_joined_and_the_head_is_read() -> None:
    report = read(
        "Fire on the quay\nBy Ann Roe and Bo Lund\nPublished: 3 March 2025, 4:40 pm GMT\n\nHARBOUR TOWN, Westland (Reuters) - A fire hurt two\npeople on Monday.\n\nIt is out.\n"
    )
    assert (
        report.text
        == "Fire on the quay\n\nHARBOUR TOWN, Westland (Reuters) - A fire hurt two people on Monday.\n\nIt is out."
    )
    assert (report.byline, report.agency, report.published) == ("Ann Roe and Bo Lund", "Reuters", "2025-03-03T16:40")


def test_lines_too_long_to_be_wrapped_are_paragraphs() -> None:
    long = "The council met for six hours and heard forty speakers, most of whom wanted the quay to be closed at night."
    assert read(f"{long}\n{long}").text == f"{long}\n\n{long}"


@pytest.mark.parametrize(
    ("line", "published", "agency"),
    [
        (
            "KYIV, Jan 24 (Reuters) - Two people died, the first since January 2, 2026, officials said.",
            "2026-01-24",
            "Reuters",
        ),
        ("Kyiv, 24 January 2026 (AFP) – Two people died on Saturday, officials said.", "2026-01-24", "AFP"),
        ("KYIV, Ukraine (AP) — Two people died on Saturday, officials said.", None, "AP"),
        ("Moscow said on Jan 24 that two people had died (AP).", None, None),
    ],
)
def test_datelines(line: str, published: str | None, agency: str | None) -> None:
    report = read(f"A title without an end\n\n{line}")
    assert (report.published, report.agency) == (published, agency)
    assert line in report.text


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("KASSALA, Sudan, 12 March 2026", "2026-03-12"),
        ("Port Sudan, Thursday, March 12, 2026", "2026-03-12"),
        ("The shelling went on until 12 March 2026", None),
    ],
)
def test_a_place_and_a_date_in_a_line_of_their_own_date_the_report(line: str, published: str | None) -> None:
    report = read(f"A title without an end\n\nBy Lena Marsh\nNorthgate Dispatch\n{line}\n\nTwo people died on Tuesday.")
    assert report.published == published
    assert line in report.text.split("\n\n") or not published


def test_a_country_in_a_dateline_is_no_publisher() -> None:
    assert read("A title without an end\n\nCHERNIHIV, Ukraine — The lights went out in the town.").publisher is None


def test_front_matter() -> None:
    report = read(
        f'---\ntitle: "Fire on the quay"\ndate: 2025-03-03T08:15:00Z\nauthor: Ann Roe\n---\n\n{ENGLISH}\n', "a.md"
    )
    assert (report.title, report.published, report.byline) == ("Fire on the quay", "2025-03-03T08:15", "Ann Roe")
    assert report.text == f"Fire on the quay\n\n{ENGLISH}"


def test_markdown_marks_leave_and_words_stay() -> None:
    report = read(
        '# A *short* title\n\nThe **mayor** said [two](http://x.example/a_(b)) were hurt &amp; `one` \\* died.\n\n- first thing\n- second thing\n\n> "We left," she said.\n',
        "a.md",
    )
    assert (
        report.text
        == 'A short title\n\nThe mayor said two were hurt & one * died.\n\nfirst thing\n\nsecond thing\n\n"We left," she said.'
    )


def test_interviews_and_live_pages_have_their_parts() -> None:
    interview = read("Q: Who cut the line?\n\nA: We do not know.\n\nWe asked them.\n\nQ: When?\n\nA: On Monday.")
    assert [p.kind for p in interview.parts] == ["question", "answer", "answer", "question", "answer"]
    live = read(
        "Live from the quay\nMarch 3, 2025\n\n08:15 Two hurt, says the mayor.\n\nMore soon.\n\n09:40 GMT Road closed.\n\n11:05 It is over."
    )
    posts = [p for p in live.parts if p.kind == "post"]
    assert [p.when for p in posts] == ["2025-03-03T08:15", "2025-03-03T09:40", "2025-03-03T11:05"]
    assert live.text[posts[0].start : posts[0].end] == "08:15 Two hurt, says the mayor.\n\nMore soon."


def test_notes_captions_and_credits_are_no_body() -> None:
    report = read(
        f"A title without an end\n\n{ENGLISH}\n\nMen clear glass on Monday [Jo Vane/Reuters]\n\nPhoto: Jo Vane / AFP\n\n(Reporting by Ann Roe in Harbour Town; Editing by Bo Lund)"
    )
    assert [p.kind for p in report.parts] == ["title", "body", "caption", "credit", "note"]
    assert report.byline == "Ann Roe"


def test_right_to_left_emoji_and_no_date_are_read() -> None:
    text = "The mayor said \u202bשלום\u202c and 🙂👩‍👩‍👧 to the people of the town, and that was all."
    report = read(text)
    assert report.text == text
    assert report.published is None


def test_control_characters_leave_plain_text() -> None:
    text = ENGLISH + " It ended there, and the people of the town went home."
    assert read(text.replace("mayor", "ma\x00yor\u00ad")).text == text


def test_verbatim_text_is_left_as_it_is() -> None:
    text = f"\n  {ENGLISH}\r\n\r\n{ENGLISH}  two  spaces\u00a0here\n"
    report = report_from_text(text, title="Outside", published="2025-03-03")
    assert report.text == text.replace("\r\n", "\n")
    assert (report.title, report.published, [p.kind for p in report.parts]) == ("Outside", "2025-03-03", ["body"])
    body = report.parts[0]
    assert report.text[body.start : body.end] == text.replace("\r\n", "\n").strip()


@pytest.mark.parametrize(
    ("last", "agency", "kinds"),
    [
        ("Source: AFP", "AFP", ["title", "body", "note"]),
        ("They all went home. (dpa)", "dpa", ["title", "body"]),
        ("Photo by Jo Vane/AFP via Getty Images", None, ["title", "body", "credit"]),
        ("They met in a bar (AP", None, ["title", "body"]),
    ],
)
def test_who_signs_a_text_and_who_made_its_picture(last: str, agency: str | None, kinds: list[str]) -> None:
    report = read(f"A title without an end\n\nPublished\n\n24 January 2026\n\n{ENGLISH}\n\n{last}")
    assert (report.agency, report.published, [p.kind for p in report.parts]) == (agency, "2026-01-24", kinds)
