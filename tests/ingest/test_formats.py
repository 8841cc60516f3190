import json
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.ingest import Problem, report_from_bytes, reports
from sayso.ingest.pdf import join_lines
from sayso.records import Report
from tests.ingest.papers import ENGLISH, PAGE, column, pdf

EXAMPLES = Path(__file__).parents[2] / "examples"


def kinds(report: Report) -> list[str]:
    return [p.kind for p in report.parts]


def part(report: Report, kind: str) -> str:
    return next(report.text[p.start : p.end] for p in report.parts if p.kind == kind)


def test_a_page_is_its_article() -> None:
    report = report_from_bytes(PAGE.encode(), "a.html")
    assert kinds(report) == ["title", "body", "caption", "credit", "body"]
    assert (report.title, report.publisher, report.byline) == (
        "Two hurt in quay fire",
        "Sample Post",
        "Ann Roe and Bo Lund",
    )
    assert (report.published, report.url) == ("2025-03-03T08:15", "https://samplepost.example/2025/03/03/quay-fire")
    assert part(report, "caption") == "Smoke over the quay on Monday."
    assert part(report, "credit") == "Jo Vane/Sample Post"
    assert "Third fire this year\n\nIt was the third fire" in report.text
    assert not any(word in report.text for word in ("Sport", "Most read", "All rights"))


def test_standfirst_and_embedded_posts() -> None:
    post = '<blockquote class="twitter-tweet"><p>We are back.</p>&mdash; Cy Dahl</blockquote><h2>Third'
    page = PAGE.replace("<head>", '<head><meta name="description" content="Nets burnt.">').replace("<h2>Third", post)
    report = report_from_bytes(page.replace("</h1>", "</h1><p>Nets burnt.</p>").encode(), "a.html")
    assert kinds(report) == ["title", "dek", "body", "caption", "credit", "body", "post", "body"]
    assert part(report, "post") == "We are back. — Cy Dahl"


def test_a_page_in_another_encoding() -> None:
    page = PAGE.replace("Cy Dahl", "Cÿ Dåhl").replace("<title>", '<meta charset="iso-8859-1"><title>')
    assert "Cÿ Dåhl" in report_from_bytes(page.encode("latin-1"), "a.html").text


def test_a_page_without_article_marks_is_read_plainly() -> None:
    report = report_from_bytes(f"<div>{ENGLISH}<br>{ENGLISH}</div>".encode(), "a.html")
    assert report.text.count(ENGLISH) == 2


def test_pdf_lines_hyphens_heads_and_pages() -> None:
    head = [("The Sample Post, Monday edition", 9, 72, 800)]
    one = [
        *head,
        ("Fire on the quay", 24, 72, 740),
        *column(
            [
                "By Ann Roe",
                "",
                "3 March 2025",
                "",
                "The mayor said that two people were hurt in the fire and that the har-",
                "bour was closed. The fire ser-",
            ]
        ),
        ("1", 9, 300, 30),
    ]
    two = [*head, *column(["vice is on the quay. It was well-", "known to all."], top=740), ("2", 9, 300, 30)]
    report = report_from_bytes(pdf([one, two]), "a.pdf")
    body = "The mayor said that two people were hurt in the fire and that the harbour was closed. The fire service is on the quay. It was well-known to all."
    assert report.text == f"Fire on the quay\n\n{body}"
    assert (report.title, report.byline, report.published) == ("Fire on the quay", "Ann Roe", "2025-03-03")
    assert [p.page for p in report.parts] == [1, 1]


def test_pdf_pages_begin_parts_and_its_own_date_comes_last() -> None:
    pages = [column([ENGLISH[:60], ENGLISH[61:]]), column([ENGLISH[:60], ENGLISH[61:]], top=600)]
    report = report_from_bytes(pdf(pages, info="/CreationDate (D:20250303081500Z)"), "a.pdf")
    assert [(p.kind, p.page) for p in report.parts] == [("body", 1), ("body", 2)]
    assert report.published == "2025-03-03T08:15"


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("the gov-", "ernment said", "the government said"),
        ("the U.S.-", "Russia talks", "the U.S.- Russia talks"),
        ("the anti-", "American mood", "the anti-American mood"),
        ("the gov\x02", "ernment", "the government"),
        ("a long-", "range drone", "a long-range drone"),
        ("in the after-", "noon", "in the afternoon"),
        ("the Kremlin-", "backed plan", "the Kremlin-backed plan"),
        ("the end -", "at last", "the end - at last"),
    ],
)
def test_hyphens_at_line_ends(above: str, below: str, joined: str) -> None:
    assert join_lines(above, below, {"afternoon"}) == joined


def test_jsonl_is_verbatim_and_keeps_ids(tmp_path: Path) -> None:
    lines = [
        {
            "id": 7,
            "text": f"{ENGLISH}\r\n\r\nBye.",
            "title": "T",
            "published": "2025-03-03",
            "publisher": "P",
            "url": "https://x.example/a",
            "more": 1,
        },
        {"text": f"{ENGLISH} \ud800 end", "url": "https://www.reuters.com/world/fire-2025-03-04/"},
    ]
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    one, two = reports([file])
    assert isinstance(one, Report) and isinstance(two, Report)
    assert (one.external_id, one.title, one.published, one.publisher, one.url) == (
        "7",
        "T",
        "2025-03-03",
        "P",
        "https://x.example/a",
    )
    assert one.text == f"{ENGLISH}\n\nBye."
    assert (two.external_id, two.publisher, two.published) == ("many.jsonl:2", "Reuters", "2025-03-04")
    assert two.text == f"{ENGLISH} \ufffd end"


def test_published_fills_gaps_and_never_overrides(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"A title\nMarch 3, 2025\n\n{ENGLISH}", encoding="utf-8")
    found = [r for r in reports([tmp_path], published="2024-01-01T10:00") if isinstance(r, Report)]
    assert [r.published for r in found] == ["2024-01-01T10:00", "2025-03-03"]


def test_the_examples_read_whole() -> None:
    found = list(reports([EXAMPLES]))
    assert not [x for x in found if isinstance(x, Problem)]
    assert len(found) == 6
    for report in found:
        assert isinstance(report, Report)
        assert part(report, "note") == "Written for the sayso examples; not a news report."
        assert report.published and report.published.startswith("2026-01-2")
        assert report.title and report.language == "en"
        words = sum(len(report.text[p.start : p.end].split()) for p in report.parts)
        assert 120 <= words <= 260


def test_the_example_pdf_is_what_its_script_writes() -> None:
    source = EXAMPLES / "make_pdf.py"
    space: dict[str, object] = {"__name__": "make_pdf", "__file__": str(source)}
    exec(compile(source.read_text(encoding="utf-8"), str(source), "exec"), space)
    document = space["document"]
    assert callable(document)
    assert document() == (EXAMPLES / "gazette-what-we-know.pdf").read_bytes()


def test_parsers_are_loaded_only_when_needed() -> None:
    script = f"""
import sys
from sayso.ingest import report_from_bytes
report_from_bytes({ENGLISH.encode()!r}, "a.txt")
print([m for m in ("trafilatura", "lxml", "pypdfium2", "py3langid", "charset_normalizer", "numpy") if m in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
