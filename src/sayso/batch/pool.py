"""A pool of processes that read reports.

Each worker is a fresh interpreter (`sayso.batch.worker`) that takes one report at a time over a pipe, so that it is known
which report a worker died over, and so that no script needs an `if __name__ == "__main__"` guard, as it would with
multiprocessing. A thread a worker feeds it; readings come out in the order of the reports, whatever finishes first.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from sayso.batch.worker import DEFAULT, Outcome, receive, run, send
from sayso.errors import ReadingFailed, WorkerLost
from sayso.ingest import Problem
from sayso.records import Reading, Report

# Reports taken in ahead of the one that is due, for each worker: one slow report should not idle the others.
_AHEAD = 8


def read_all(reports: Iterable[Report], workers: int = 1, *, reader: str = DEFAULT) -> Iterator[Reading | Problem]:
    """The reading of each report, in order; a Problem (S2xx) for one that could not be read, and the others go on.

    With one worker it happens in this process, with more in as many others; the readings are the same. `reader` names the
    function that reads, `module:function`. At most 8 reports a worker are held at a time.
    """
    if workers < 1:
        raise ValueError("workers is 1 or more")
    if workers == 1:
        for report in reports:
            yield _shown(report, run(report, reader))
    else:
        yield from _in_parallel(reports, workers, reader)


def _shown(report: Report, outcome: Outcome) -> Reading | Problem:
    if isinstance(outcome, Reading):
        return outcome
    # One file of JSON lines holds many reports: its name alone would not tell which.
    line = report.path is not None and report.path.lower().endswith(".jsonl") and report.external_id
    path = report.path or report.external_id or report.id
    return Problem(f"{path} ({line})" if line else path, None, outcome)


def _in_parallel(reports: Iterable[Report], workers: int, reader: str) -> Iterator[Reading | Problem]:
    pool = _Pool(workers, reader)
    due: deque[tuple[Report, Future[Outcome]]] = deque()
    try:
        for report in reports:
            due.append((report, pool.submit(report)))
            while due and (len(due) >= workers * _AHEAD or due[0][1].done()):
                first, future = due.popleft()
                yield _shown(first, future.result())
        while due:
            first, future = due.popleft()
            yield _shown(first, future.result())
    finally:
        pool.close()


class _Pool:
    """Threads, each with a worker process of its own, started when it has something to read."""

    def __init__(self, workers: int, reader: str) -> None:
        self._reader = reader
        self._mine = threading.local()
        self._all: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()
        self._closed = False
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="sayso-reader")

    def submit(self, report: Report) -> Future[Outcome]:
        return self._threads.submit(self._read, report)

    def close(self) -> None:
        """End the workers, also in the middle of a report, and wait for the threads."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            _reap(worker)

    def _read(self, report: Report) -> Outcome:
        worker = self._worker()
        try:
            send(worker.stdin, report)
            outcome: Outcome = receive(worker.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            return self._lost(worker)
        return outcome

    def _worker(self) -> subprocess.Popen[bytes]:
        worker: subprocess.Popen[bytes] | None = getattr(self._mine, "worker", None)
        if worker is None:
            with self._lock:
                if self._closed:
                    raise RuntimeError("the pool is closed")
                worker = _start(self._reader)
                self._all.append(worker)
            self._mine.worker = worker
        return worker

    def _lost(self, worker: subprocess.Popen[bytes]) -> ReadingFailed:
        self._mine.worker = None
        _reap(worker)
        with self._lock:
            self._all.remove(worker)
        how = f"status {worker.returncode}" if worker.returncode >= 0 else f"signal {-worker.returncode}"
        todo = "see that there is memory for it, or read it by itself"
        return WorkerLost("the report was not read", f"the process reading it died ({how})", todo)


def _start(reader: str) -> subprocess.Popen[bytes]:
    # The worker finds what this process finds; numeric libraries get one thread, or workers would fight for the cores.
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-P", "-c", "import sys; from sayso.batch.worker import main; main(sys.argv[1])", reader]
    # A session of its own: Ctrl-C reaches this process only, which then ends its workers.
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, start_new_session=True)


def _reap(worker: subprocess.Popen[bytes]) -> None:
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
    worker.kill()
    worker.wait()
