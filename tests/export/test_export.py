from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import ExportError
from sayso.export import KINDS, export, line
from sayso.export.tables import cell
from sayso.export.whole import whole_file
from sayso.ledger import Ledger
from sayso.records import Reading, Report, reading_from_json
from tests import factory

HOSTILE = '=HYPERLINK("http://x","y")'


@pytest.fixture
def ledger(tmp_path: Path):
    hostile = Report.make(f"{HOSTILE}, he said.\nNext line", title=HOSTILE, publisher="@cmd", published="2026-01-25")
    with Ledger.open(tmp_path / "l.duckdb") as opened:
        opened.add([factory.reading(), Reading(hostile, (), (), (), (), (), (), factory.MADE_BY)])
        yield opened


def test_jsonl_is_what_read_prints(ledger, tmp_path):
    [path] = export(ledger, "jsonl", tmp_path / "out.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == [line(r) for r in ledger.readings()]
    assert reading_from_json(json.loads(lines[0])).to_json() == factory.reading().to_json()


@given(st.text(min_size=1))
def test_a_line_is_one_line_and_keeps_the_text(text):
    reading = Reading(Report.make(text), (), (), (), (), (), (), factory.MADE_BY)
    written = line(reading)
    assert len(written.splitlines()) == 1
    assert json.loads(written)["report"]["text"] == text
    written.encode("utf-8")


def test_csv_of_every_kind(ledger, tmp_path):
    paths = export(ledger, "csv", tmp_path / "tables")
    assert [p.name for p in paths] == [f"{kind}.csv" for kind in KINDS]
    with (tmp_path / "tables" / "figures.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["measure"]: (row["low"], row["high"]) for row in rows} == {
        "killed": ("12.0", ""),
        "without_power": ("450.0", "499.0"),
    }
    assert json.loads(rows[0]["sources"])[0] == "Oleh Kiper"
    with (tmp_path / "tables" / "events.csv").open(newline="", encoding="utf-8") as file:
        reasons = [json.loads(row["reasons"]) for row in csv.DictReader(file)]
    assert {"actors": "not named", "when": "not said"} in reasons


def test_no_cell_of_a_csv_is_a_formula(ledger, tmp_path):
    for path in export(ledger, "csv", tmp_path / "tables"):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.reader(file):
                assert not any(value.startswith(("=", "@", "+")) for value in row)
    text = (tmp_path / "tables" / "reports.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text
    assert "'@cmd" in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("-1+1", "'-1+1"),
        (-3, -3),
        (2.5, 2.5),
        (None, None),
        ("\tx", "'\tx"),
        ("plain", "plain"),
        (["=1"], '["=1"]'),
        (True, True),
        ("＝1", "'＝1"),
    ],
)
def test_cells(value, shown):
    assert cell(value) == shown


def test_parquet(ledger, tmp_path):
    paths = export(ledger, "parquet", tmp_path / "it's here")
    assert len(paths) == len(KINDS)
    found = duckdb.execute(
        "SELECT measure, low, sources FROM read_parquet(?) ORDER BY low",
        [str(tmp_path / "it's here" / "figures.parquet")],
    )
    assert found.fetchall() == [
        ("killed", 12.0, ["Oleh Kiper", "Oleh Kiper"]),
        ("without_power", 450.0, ["Oleh Kiper"]),
    ]


def test_one_kind_is_one_file(ledger, tmp_path):
    assert export(ledger, "csv", tmp_path / "people.csv", ["actors"]) == [tmp_path / "people.csv"]
    assert (tmp_path / "people.csv").is_file()


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_the_same_ledger_gives_the_same_bytes(ledger, tmp_path, form):
    first, second = (export(ledger, form, tmp_path / name) for name in ("a", "b"))
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_only_the_current_reading(ledger, tmp_path):
    ledger.add([replace(factory.reading(), figures=())])
    export(ledger, "csv", tmp_path / "f.csv", ["figures"])
    assert len((tmp_path / "f.csv").read_text(encoding="utf-8").splitlines()) == 1


def test_whole_or_not_at_all(tmp_path):
    target = tmp_path / "out.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError), whole_file(target) as part:
        part.write_text("half")
        raise RuntimeError
    assert target.read_text() == "old"
    with whole_file(target) as part:
        part.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out.txt"]


def test_what_can_not_be_written_is_told(ledger, tmp_path):
    with pytest.raises(ExportError, match="S410"):
        export(ledger, "jsonl", tmp_path / "nowhere" / "x.jsonl")
    with pytest.raises(ExportError, match="S410"):
        export(ledger, "xml", tmp_path / "x")
    with pytest.raises(ExportError, match="S410"):
        export(ledger, "csv", tmp_path / "x", ["nonsense"])
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="S410"):
        export(ledger, "csv", tmp_path / "file")
