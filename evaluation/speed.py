"""`speed`: words and reports a second with two processes, and the memory of all processes together."""

from __future__ import annotations

import multiprocessing
import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

from evaluation.data import content, digest
from evaluation.result import Result, made_by
from sayso.errors import EvaluationError

PROCESSES = 2
# White-space words measured: some ten seconds of work; and read by each process beforehand, to warm up.
SAMPLE, WARM_UP = 80_000, 1_500


def measure(paths: list[Path]) -> Result:
    """Measure on the first reports of the files, up to `SAMPLE` words. Loading the weights and warming up are not counted."""
    makers = made_by()  # first, since it fails at once where there are no weights
    warm, reports = _sample([r for path in paths for r in reports_of(path)])
    words = sum(len(r.split()) for r in reports)
    scores: dict[str, float | None] = {}
    with _Memory() as memory:
        scores["words_per_second"] = round(words / _timed(_analyse, warm, reports), 1)
        scores["reports_per_second"] = round(len(reports) / _timed(_read, warm, reports), 2)
    scores["peak_mb"] = round(memory.peak / 2**20, 1)
    theirs = _spacy(reports)
    scores["ratio_to_spacy"] = round((scores["words_per_second"] or 0.0) / theirs, 3) if theirs else None
    notes = [f"  {PROCESSES} processes, {words} words, {len(reports)} reports; memory as {memory.kind}"]
    return Result("speed", scores, words, "words", digest(paths), makers, notes)


def reports_of(path: Path) -> list[str]:
    """The reports of a text file: what stands between blank lines."""
    text = content(path).decode("utf-8-sig")
    return [block.strip() for block in re.split(r"\n[^\S\n]*\n", text) if block.strip()]


def _sample(reports: list[str]) -> tuple[list[str], list[str]]:
    """The reports to warm up on, and those to measure on."""
    warm, rest = _take(reports, WARM_UP)
    sample, _ = _take(rest, SAMPLE)
    if not sample:
        raise EvaluationError("too little text to measure on", f"it holds under {WARM_UP} words", "give more text")
    return warm, sample


def _take(reports: list[str], most: int) -> tuple[list[str], list[str]]:
    words = 0
    for at, report in enumerate(reports):
        if words >= most:
            return reports[:at], reports[at:]
        words += len(report.split())
    return reports, []


# --- the processes ---------------------------------------------------------------------------------------------------


def _analyse(text: str) -> int:
    from sayso.language import analyse

    return len(analyse(text).tokens)


def _read(text: str) -> int:
    from sayso.reading import read
    from sayso.records import Report

    return len(read(Report.make(text=text, published="2006-01-01")).events)


def _warm(work: Callable[[str], int], reports: Iterable[str], ready: Any) -> None:
    try:
        for report in reports:
            work(report)
        ready.wait()
    except Exception:
        # The parent must not wait for a process that will never be ready.
        ready.abort()
        raise


def _timed(work: Callable[[str], int], warm: list[str], reports: list[str]) -> float:
    """Seconds that the processes take for all reports once all of them are warm."""
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(PROCESSES + 1)
    pool: Pool
    with spawn.Pool(PROCESSES, _warm, (work, warm, ready)) as pool:
        _wait(ready)
        start = time.perf_counter()
        for _ in pool.imap_unordered(work, reports, chunksize=8):
            pass
        return time.perf_counter() - start


def _wait(ready: Any) -> None:
    """Wait until all processes are warm. Raises EvaluationError where one has failed."""
    try:
        ready.wait(timeout=300)
    except threading.BrokenBarrierError as error:
        raise EvaluationError(
            "a process failed while warming up", "its error stands above", "mend that first"
        ) from error


class _Memory:
    """The most memory that this process and its children held at one time, in bytes, looked at four times a second.

    PSS where the kernel tells it (pages shared by several processes count once in all), else RSS.
    """

    def __init__(self) -> None:
        self.peak = 0
        self.kind = "PSS" if Path("/proc/self/smaps_rollup").is_file() else "RSS"
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Memory:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watcher.join()

    def _watch(self) -> None:
        # Looked at before the first wait: short work may be done within it.
        while True:
            self.peak = max(self.peak, sum(self._held(p) for p in family(os.getpid())))
            if self._stop.wait(0.25):
                return

    def _held(self, process: int) -> int:
        name, key = ("smaps_rollup", "Pss:") if self.kind == "PSS" else ("status", "VmRSS:")
        try:
            for line in Path(f"/proc/{process}/{name}").read_text().splitlines():
                if line.startswith(key):
                    return int(line.split()[1]) * 1024
        except OSError:
            pass  # it has ended meanwhile
        return 0


def family(process: int) -> list[int]:
    """The process and all its descendants (Linux; elsewhere the process alone)."""
    found = [process]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in children.read_text().split()]
            except OSError:
                continue
    return found


def _spacy(reports: list[str]) -> float | None:
    """Words a second of spaCy's small English pipeline with as many processes, where it is installed."""
    if not find_spec("spacy") or not find_spec("en_core_web_sm"):
        return None
    import spacy  # type: ignore[import-not-found,unused-ignore]

    pipeline = spacy.load("en_core_web_sm")
    start = time.perf_counter()
    for _ in pipeline.pipe(reports, n_process=PROCESSES):
        pass
    return sum(len(r.split()) for r in reports) / (time.perf_counter() - start)
