import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import BadDate, SaysoError
from sayso.ingest import Problem, reports
from sayso.records import Report
from tests.ingest.papers import ENGLISH, PAGE, column, pdf

GOOD = f"A good one\nMarch 3, 2025\n\n{ENGLISH}"
RUSSIAN = "Мэр сообщил, что два человека пострадали при пожаре на набережной и что дорога закрыта. " * 4
GERMAN = (
    "Der Bürgermeister sagte, dass zwei Menschen bei dem Brand am Kai verletzt wurden und die Straße gesperrt ist. " * 3
)
PAPER = pdf([column([ENGLISH[:60], ENGLISH[61:]])])


def big(path: Path) -> None:
    with path.open("wb") as out:
        for _ in range(200):
            out.write(b"The army and the police said so. " * 30_304)


CASES: list[tuple[str, bytes | Callable[[Path], None], str]] = [
    ("empty.txt", b"", "S103"),
    ("blank.md", b" \n\n\t\n", "S103"),
    ("marks.md", b"# \n\n---\n", "S103"),
    ("empty.html", b"", "S103"),
    ("empty.pdf", b"", "S103"),
    ("empty.jsonl", b"\n\n", "S103"),
    ("binary.txt", bytes(range(256)) * 50, "S104"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "S104"),
    ("zip.html", b"PK\x03\x04" + b"\x00" * 100, "S104"),
    ("paper.txt", PAPER, "S104"),
    ("big.txt", big, "S105"),
    ("long.txt", b"word\n" * 300_000, "S105"),
    ("mixed.txt", "The mayor “said” so. ".encode() * 9 + b"caf\xe9 \x81\x82\x83 \xff\xfe\xfa\x90", "S106"),
    ("not.pdf", b"The mayor said that it is a PDF.", "S107"),
    ("cut.pdf", PAPER[: len(PAPER) // 2], "S107"),
    ("broken.pdf", b"%PDF-1.4\nnothing of a PDF\n%%EOF", "S107"),
    ("locked.pdf", pdf([column([ENGLISH])], encrypt=True), "S107"),
    ("scan.pdf", pdf([[]]), "S108"),
    ("bomb.html", b"<div>" * 200_000 + b"x", "S109"),
    ("attributes.html", b"<p " + b" ".join(b"a%d=1" % i for i in range(5_000)) + b">x", "S109"),
    ("tags.html", b"<i>x</i>" * 300_000, "S109"),
    ("hollow.html", b"<html><head><title></title></head><body><nav>x</nav></body></html>", "S109"),
    ("russian.txt", RUSSIAN.encode(), "S112"),
    ("russian-1251.txt", RUSSIAN.encode("cp1251"), "S112"),
    ("german.md", GERMAN.encode(), "S112"),
    ("report.docx", b"PK\x03\x04", "S111"),
]


@pytest.mark.parametrize(("name", "content", "code"), CASES, ids=[c[0] for c in CASES])
def test_each_bad_file_is_a_problem_and_the_others_are_read(
    tmp_path: Path, name: str, content: bytes | Callable[[Path], None], code: str
) -> None:
    before, bad, after = tmp_path / "1.txt", tmp_path / name, tmp_path / "2.txt"
    before.write_text(GOOD, encoding="utf-8")
    after.write_text(GOOD, encoding="utf-8")
    if callable(content):
        content(bad)
    else:
        bad.write_bytes(content)
    first, problem, last = reports([before, bad, after])
    assert isinstance(first, Report) and isinstance(last, Report)
    assert isinstance(problem, Problem) and not problem.warning
    assert problem.code == code
    assert str(problem).startswith(f"[{code}] {bad}: ")
    assert problem.error.what and problem.error.why and problem.error.todo
    assert "\n" not in str(problem)


def test_missing_and_unknown(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / ".hidden.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "folder" / "data.csv").write_text("a,b", encoding="utf-8")
    found = list(reports([tmp_path / "none.txt", tmp_path / "folder", tmp_path / "folder" / "data.csv", "\x00"]))
    assert [p.code for p in found if isinstance(p, Problem)] == ["S101", "S103", "S111", "S101"]


def test_folders_are_read_in_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "c.HTML", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE if name.endswith("HTML") else GOOD, encoding="utf-8")
    assert [r.path for r in reports([tmp_path]) if isinstance(r, Report)] == [
        str(tmp_path / n) for n in ("a.txt", "b/1.md", "b/2.txt", "c.HTML")
    ]


def test_a_folder_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    scandir = os.scandir

    def refuse(path: Path) -> object:  # the tests may run as root, whom no rights hold back
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    problem, report = reports([tmp_path])
    assert isinstance(problem, Problem) and isinstance(report, Report)
    assert str(problem).startswith(f"[S102] {tmp_path / 'shut'}: ")


def test_broken_lines_are_told_by_number_and_the_others_read(tmp_path: Path) -> None:
    good = json.dumps({"text": ENGLISH, "published": "2025-03-03"})
    lines = [
        good,
        "{",
        "[]",
        '{"id": 1}',
        '{"text": 5}',
        '{"text": "x", "y": ' + "[" * 100_000,
        json.dumps({"text": RUSSIAN}),
        good,
    ]
    file = tmp_path / "a.jsonl"
    file.write_bytes("\n".join(lines).encode() + b'\n{"text": "\xff"}\n' + good.encode())
    found = list(reports([file]))
    problems = [(p.code, p.line) for p in found if isinstance(p, Problem)]
    assert problems == [("S110", 2), ("S110", 3), ("S110", 4), ("S110", 5), ("S110", 6), ("S112", 7), ("S106", 9)]
    assert [r.external_id for r in found if isinstance(r, Report)] == ["a.jsonl:1", "a.jsonl:8", "a.jsonl:10"]
    assert str(next(p for p in found if isinstance(p, Problem))).startswith(f"[S110] {file}:2: the line is no JSON, ")


def test_a_line_too_long_is_skipped_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ingest.jsonl.LINE_BYTES", 1_000)
    file = tmp_path / "a.jsonl"
    good = json.dumps({"text": ENGLISH, "published": "2025-03-03"})
    file.write_text(f"{'x' * 5_000_000}\n{good}\n", encoding="utf-8")
    problem, report = reports([file])
    assert isinstance(problem, Problem) and (problem.code, problem.line) == ("S105", 1)
    assert isinstance(report, Report)


def test_warnings_come_with_the_report(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"text": "Two died."}\n{"text": "Two died.", "published": "soon"}\n{"text": "", "published": "2025-03-03"}\n',
        encoding="utf-8",
    )
    found = list(reports([file]))
    assert [(p.code, p.line, p.warning) for p in found if isinstance(p, Problem)] == [
        ("S120", 1, True),
        ("S113", 2, True),
        ("S103", 3, True),
    ]
    assert len([r for r in found if isinstance(r, Report)]) == 3


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (GOOD.encode(), "A good one"),
        (b"\xef\xbb\xbf" + GOOD.encode(), "A good one"),
        (GOOD.encode("utf-16"), "A good one"),
        (GOOD.encode("utf-16-le"), "A good one"),
        (GOOD.replace("good", "“café”").encode("cp1252"), "A “café” one"),
        (PAGE.encode(), "Two hurt in quay fire"),
        (json.dumps({"text": ENGLISH, "title": "T", "published": "2025-03-03"}).encode(), "T"),
        (f"# M\n\n3 March 2025\n\n{ENGLISH}".encode(), "M"),
        (PAPER, None),
    ],
)
def test_standard_input_is_guessed(data: bytes, title: str | None) -> None:
    (report,) = list(reports(["-"], stdin=io.BytesIO(data), published="2025-03-03"))
    assert isinstance(report, Report)
    assert (report.title, report.path) == (title, "-")


def test_published_must_be_a_date() -> None:
    with pytest.raises(BadDate):
        reports([], published="yesterday")


def test_what_a_parser_did_not_foresee_is_a_problem_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("sayso.ingest.files.draft", fail)
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (problem,) = reports([tmp_path / "a.txt"])
    assert isinstance(problem, Problem) and isinstance(problem.error, SaysoError)
    assert problem.code == "S100"
