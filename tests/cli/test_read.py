from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from sayso.ledger import Ledger
from sayso.records import reading_from_json
from tests import factory

ROOT = Path(__file__).parents[2]


def test_json_is_one_line_a_report_in_input_order_and_nothing_else(run, tmp_path):
    lines = [{"id": n, "text": f"{factory.TEXT}\n\nNumber {n}.", "published": "2026-01-24"} for n in "abc"]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ran = run("read", "many.jsonl", "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    decoded = [json.loads(line) for line in ran.out.splitlines()]
    assert [d["report"]["external_id"] for d in decoded] == ["a", "b", "c"]
    assert all(reading_from_json(d).to_json() == d for d in decoded)
    assert all(len(d["statements"]) == 3 for d in decoded)


def test_the_table_is_for_people(run, report):
    ran = run("read", report.name)
    assert ran.status == 0
    for wanted in (
        "Drones strike a power station",
        "Example Wire · 2026-01-24",
        "Oleh Kiper → Oleh ",
        "killed: 12 or more",
    ):
        assert wanted in ran.out
    for wanted in (
        "without power: 450 to 499",
        "attack drones → a power station",
        "the port, Odesa",
        "promise, direct",
    ):
        assert wanted in ran.out
    assert "\x1b" not in ran.out
    assert not any(line.endswith(" ") for line in ran.out.splitlines())
    assert max(map(len, ran.out.splitlines())) <= 120


def test_problems_are_one_line_each_and_the_others_are_read(run, report, tmp_path):
    (tmp_path / "empty.txt").touch()
    ran = run("read", "empty.txt", "missing.txt", report.name, "--format", "json")
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 1
    empty, missing = ran.err.splitlines()
    assert empty.startswith("[S103] empty.txt: ")
    assert missing.startswith("[S101] missing.txt: ")


def test_no_date_is_a_warning_and_published_fills_it(run, tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": factory.TEXT}), encoding="utf-8")
    ran = run("read", "a.jsonl", "--format", "json")
    assert ran.status == 0
    assert ran.err.startswith("[S120] a.jsonl")
    ran = run("read", "a.jsonl", "--format", "json", "--published", "2026-01-25")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)["report"]["published"] == "2026-01-25"


def test_wrong_usage_is_2(run, report):
    assert run("read").status == 2
    assert run("read", report.name, "--format", "xml").status == 2
    assert run("read", report.name, "--workers", "0").status == 2
    assert run("nonsense").status == 2
    ran = run("read", report.name, "--published", "last week")
    assert ran.status == 2
    assert ran.err.startswith("[S113]")
    assert ran.out == ""


def test_a_ledger_keeps_it_and_the_second_time_changes_nothing(run, report, tmp_path):
    ran = run("read", report.name, "--ledger", "l.duckdb")
    assert "l.duckdb: 1 new, 0 read anew, 0 unchanged." in ran.out
    assert "Next: sayso show l.duckdb" in ran.out
    ran = run("read", report.name, "--ledger", "l.duckdb")
    assert "l.duckdb: 0 new, 0 read anew, 1 unchanged." in ran.out
    with Ledger.open(tmp_path / "l.duckdb", read_only=True) as ledger:
        assert len(ledger.reports()) == 1
        assert len(ledger.reading(ledger.reports()[0].id).figures) == 2


def test_json_with_a_ledger_prints_only_json(run, report):
    ran = run("read", report.name, "--ledger", "l.duckdb", "--format", "json")
    assert len(ran.out.splitlines()) == 1
    assert ran.err == ""


def test_a_busy_ledger_is_told_before_anything_is_read(run, report, tmp_path):
    code = "import sys, time; from sayso.ledger import Ledger; held = Ledger.open(sys.argv[1]); print('open', flush=True); time.sleep(60)"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code, str(tmp_path / "l.duckdb")]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "open\n"
        ran = run("read", report.name, "--ledger", "l.duckdb")
        holder.kill()
    assert ran.status == 1
    assert ran.out == ""
    assert ran.err.startswith("[S301] the ledger l.duckdb is in use, process ")
    assert len(ran.err.splitlines()) == 1


def test_a_report_on_which_reading_breaks_down(run, report, tmp_path):
    (tmp_path / "bad.jsonl").write_text(
        json.dumps(
            {"id": "x", "text": "RAISE UNFORESEEN things happen to the people of the town.", "published": "2026-01-24"}
        ),
        encoding="utf-8",
    )
    ran = run("read", "bad.jsonl", report.name, "--format", "json")
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 1
    assert ran.err.startswith("[S210] ")
    assert "Traceback" not in ran.err


def test_hostile_text_does_not_drive_the_terminal(run, tmp_path):
    text = f"{factory.TEXT}\n\nNothing more."
    title = "\x1b[31mRed\x1b[0m \u202eesrever \x07bell [bold]markup[/bold]"
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": text, "title": title, "published": "2026-01-24"}))
    ran = run("read", "a.jsonl")
    assert not set("\x1b\u202e\x07") & set(ran.out)
    assert "[bold]markup[/bold]" in ran.out


def test_a_reader_that_leaves_is_no_error(tmp_path):
    """`sayso … | head -1`: nothing on stderr."""
    text = "\n".join(json.dumps({"text": f"Nothing {n}. " * 3000, "published": "2026-01-24"}) for n in range(30))
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    code = (
        "import sayso.reading; from tests import fakes; sayso.reading.read = fakes.read\n"
        "from sayso.cli import main; main(['read', 'a.jsonl', '--format', 'json'])"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    command = f'"{sys.executable}" -c "$CODE" | head -c 100'
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={**env, "CODE": code},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert len(done.stdout) == 100
    assert done.stderr == ""


def test_a_killed_run_leaves_a_ledger_that_opens(run, tmp_path):
    """Killed over its twentieth report; those written before it are there, and a second run goes on."""
    text = "\n".join(json.dumps({"text": f"{factory.TEXT}\n\n{n}", "published": "2026-01-24"}) for n in range(40))
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    code = (
        "import os, signal, sayso.reading; from tests import fakes; from sayso.ledger import store\n"
        "store.PATIENCE, calls = -1.0, []\n"
        "def read(report):\n"
        "    calls.append(1)\n"
        "    return fakes.read(report) if len(calls) < 20 else os.kill(os.getpid(), signal.SIGKILL)\n"
        "sayso.reading.read = read\n"
        "from sayso.cli import main; main(['read', 'a.jsonl', '--format', 'json', '--ledger', 'l.duckdb'])"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == -9, done.stderr
    ran = run("show", "l.duckdb", "--format", "json")
    assert (ran.status, len(ran.out.splitlines())) == (0, 19)
    assert "21 new, 0 read anew, 19 unchanged" in run("read", "a.jsonl", "--ledger", "l.duckdb").out


def test_a_locale_without_the_letters_is_no_reason_to_stop(report, tmp_path):
    code = (
        "import sayso.reading; from tests import fakes; sayso.reading.read = fakes.read\n"
        "from sayso.cli import main; main(['read', 'odesa.jsonl', '--format', __import__('sys').argv[1]])"
    )
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    for form, wanted in (("table", b"Example Wire ? 2026-01-24"), ("json", "“We will".encode())):
        done = subprocess.run(
            [sys.executable, "-c", code, form], env=env, cwd=tmp_path, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert wanted in done.stdout


def test_sigterm_keeps_what_was_read_and_leaves_no_litter(run, tmp_path):
    text = "\n".join(json.dumps({"text": f"{factory.TEXT}\n\nSLOW {n}", "published": "2026-01-24"}) for n in range(100))
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "scratch").mkdir()
    code = (
        "import sayso.reading; from tests import fakes; sayso.reading.read = fakes.read\n"
        "from sayso.cli import main; main(['read', 'a.jsonl', '--format', 'json', '--ledger', 'l.duckdb'])"
    )
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "TMPDIR": str(tmp_path / "scratch"),
    }
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, env=env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline()
        assert process.stdout.readline()  # the first is then on its way into the ledger
        process.terminate()
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (143, b"")
    assert list((tmp_path / "scratch").iterdir()) == []
    assert 1 <= len(run("show", "l.duckdb", "--format", "json").out.splitlines()) < 100
