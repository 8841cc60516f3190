from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.batch import read_all
from sayso.ingest import Problem
from sayso.records import Reading, Report
from tests import factory

READER = "tests.fakes:read"
ROOT = Path(__file__).parents[2]


def reports(*texts: str) -> list[Report]:
    return [factory.report(f"{factory.TEXT}\n\n{n} {text}", path=f"{n}.txt") for n, text in enumerate(texts)]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_same_readings_in_the_same_order(workers):
    given = reports(*("SLOW" if n % 5 == 0 else "" for n in range(12)))
    found = list(read_all(given, workers, reader=READER))
    assert found == [factory.reading(r) for r in given]
    assert [s.trace for r in found if isinstance(r, Reading) for s in r.statements][:1] == [
        factory.reading().statements[0].trace
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_errors_cost_their_report_only(workers):
    given = reports("", "RAISE CODED", "", "RAISE UNFORESEEN", "")
    found = list(read_all(given, workers, reader=READER))
    assert [type(x) for x in found] == [Reading, Problem, Reading, Problem, Reading]
    assert str(found[1]) == "[S112] 1.txt: the text is in Volapük, sayso reads English, leave it out"
    assert str(found[3]).startswith("[S210] 3.txt: the report was not read, ZeroDivisionError: a bug in two lines,")


def test_a_report_out_of_many_lines_is_named_by_its_id():
    given = [replace(reports("RAISE CODED")[0], path="wire.jsonl", external_id="b-17")]
    assert str(next(read_all(given, reader=READER))).startswith("[S112] wire.jsonl (b-17): ")


def test_a_dead_worker_costs_its_report_only():
    given = reports("", "DIE", "", "SLOW", "DIE", "", "")
    found = list(read_all(given, 2, reader=READER))
    assert [type(x) for x in found] == [Reading, Problem, Reading, Reading, Problem, Reading, Reading]
    assert str(found[1]).startswith("[S211] 1.txt: the report was not read, the process reading it died (status 9)")


def test_few_are_held_at_a_time():
    taken = []

    def arriving():
        for n, report in enumerate(reports(*[""] * 60)):
            taken.append(n)
            yield report

    readings = read_all(arriving(), 2, reader=READER)
    next(readings)
    time.sleep(0.2)
    assert len(taken) <= 2 * 8 + 1
    readings.close()


def test_no_thread_or_process_stays_behind():
    readings = read_all(reports(*["SLOW"] * 20), 2, reader=READER)
    next(readings)
    readings.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("sayso-reader")]
    assert list(read_all([], 2, reader=READER)) == []


def test_no_workers_is_refused():
    with pytest.raises(ValueError, match="workers"):
        list(read_all([], 0))


def test_ctrl_c_ends_it_cleanly():
    code = """
        import sys
        from sayso.batch import read_all
        from tests.factory import report
        given = (report(f"SLOW {n}") for n in range(1000))
        try:
            for n, reading in enumerate(read_all(given, 2, reader="tests.fakes:read")):
                print(n, flush=True)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    """
    mark = f"SAYSO_TEST={os.getpid()}-{time.monotonic_ns()}"
    env = {
        **os.environ,
        "SAYSO_TEST": mark.partition("=")[2],
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    command = [sys.executable, "-c", textwrap.dedent(code)]
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout
    assert process.stdout.readline() == "0\n"
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert out.splitlines()[-1] == "interrupted"
    assert err == ""
    assert not _processes_with(mark.encode())


def _processes_with(setting: bytes) -> list[Path]:
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if setting in path.read_bytes():
                found.append(path)
    return found
