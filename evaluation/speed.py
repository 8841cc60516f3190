"""`speed`: words and reports a second with two processes, the memory of all processes together, and spaCy beside it.

`words_per_second` is the language stage as reading has it; `words_per_second.arguments` that with the arguments of predicates,
which reading does not ask for.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import threading
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from itertools import cycle
from multiprocessing.pool import Pool
from pathlib import Path
from statistics import median
from typing import Any

from evaluation import spacy_small
from evaluation.data import content, digest
from evaluation.result import Result, made_by
from sayso.errors import EvaluationError

PROCESSES = 2
# Each pipeline is timed this often, in turns, and the median taken: what else the machine does then meets all of them.
ROUNDS = 3
# White-space words measured: some ten seconds of work; and read by each process beforehand, to warm up.
SAMPLE, WARM_UP = 80_000, 1_500
# Words of the reports that are made of the file's blocks: a flash, a wire report, a brief, a longer report, a note, a long read.
# The blocks of the Voice of America text are pieces of some two sentences (37 words in the median), shorter than any report.
LENGTHS = (30, 250, 80, 450, 150, 900)
# Words of a batch. spaCy reads batches; from 3,000 words on larger ones were no faster (64 against 256 pieces of 49 words).
BATCH = 3_000


def measure(paths: list[Path]) -> Result:
    """Measure on the first reports of the files, up to `SAMPLE` words. Loading and warming up are not counted, for nobody."""
    makers = made_by()  # first, since it fails at once where there are no weights
    warm, reports = _sample(mixed([block for path in paths for block in reports_of(path)]))
    words, tasks, memory = sum(len(r.split()) for r in reports), batches(reports), _Memory()
    ours, whole, read, theirs = list[float](), list[float](), list[float](), list[float]()
    rival = find_spec("spacy") is not None
    for _ in range(ROUNDS):
        # spaCy's processes live outside of this block only, so that their memory is never counted.
        with memory:
            ours.append(words / _timed(_analyse, [warm], tasks))
            whole.append(words / _timed(_analyse_all, [warm], tasks))
            read.append(len(reports) / _timed(_read, [warm], tasks))
        if rival:
            theirs.append(words / _timed(spacy_small.analyse, [warm], tasks))
    scores: dict[str, float | None] = {
        "words_per_second": round(median(ours), 1),
        "words_per_second.arguments": round(median(whole), 1),
        "reports_per_second": round(median(read), 2),
        "peak_mb": round(memory.peak / 2**20, 1),
        "ratio_to_spacy": round(median(ours) / median(theirs), 3) if theirs else None,
        "spacy.words_per_second": round(median(theirs), 1) if theirs else None,
    }
    notes = [f"  {PROCESSES} processes, {words} words, {len(reports)} reports; memory as {memory.kind}"]
    notes.append(_spread(ours, theirs) if rival else "  no ratio: spaCy is not installed (pip install spacy)")
    return Result("speed", scores, words, "words", digest(paths), makers, notes)


def _spread(ours: list[float], theirs: list[float]) -> str:
    rounds = ", ".join(f"{a:,.0f} and {b:,.0f}" for a, b in zip(ours, theirs, strict=True))
    return f"  median of {ROUNDS} rounds, sayso and spaCy {spacy_small.version()} in turns: {rounds} words/s"


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


def mixed(blocks: Sequence[str]) -> list[str]:
    """Reports of mixed length: blocks side by side, as paragraphs, until the words of `LENGTHS` are reached, one length after the other."""
    reports: list[str] = []
    lengths = cycle(LENGTHS)
    held, words, wanted = list[str](), 0, next(lengths)
    for block in blocks:
        held.append(block)
        words += len(block.split())
        if words >= wanted:
            reports.append("\n\n".join(held))
            held, words, wanted = [], 0, next(lengths)
    return [*reports, "\n\n".join(held)] if held else reports


def batches(reports: Sequence[str]) -> list[list[str]]:
    """The reports in batches of at least `BATCH` words, the last one apart."""
    made: list[list[str]] = []
    words = BATCH
    for report in reports:
        if words >= BATCH:
            made.append([])
            words = 0
        made[-1].append(report)
        words += len(report.split())
    return made


def _take(reports: list[str], most: int) -> tuple[list[str], list[str]]:
    words = 0
    for at, report in enumerate(reports):
        if words >= most:
            return reports[:at], reports[at:]
        words += len(report.split())
    return reports, []


# --- the processes ---------------------------------------------------------------------------------------------------


def _analyse(batch: list[str]) -> int:
    """The language stage as reading has it."""
    from sayso.language import analyse

    return sum(len(analyse(text, arguments=False).tokens) for text in batch)


def _analyse_all(batch: list[str]) -> int:
    """The language stage with the arguments of predicates, for which reading does not ask."""
    from sayso.language import analyse

    return sum(len(analyse(text).tokens) for text in batch)


def _read(batch: list[str]) -> int:
    from sayso.reading import read
    from sayso.records import Report

    return sum(len(read(Report.make(text=text, published="2006-01-01")).events) for text in batch)


def _warm(work: Callable[[Any], int], tasks: Sequence[Any], ready: Any) -> None:
    try:
        for task in tasks:
            work(task)
        ready.wait()
    except Exception:
        # The parent must not wait for a process that will never be ready.
        ready.abort()
        raise


def _timed(work: Callable[[Any], int], warm: Sequence[Any], tasks: Sequence[Any]) -> float:
    """Seconds that the processes take for all tasks once all of them are warm."""
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(PROCESSES + 1)
    pool: Pool
    with spawn.Pool(PROCESSES, _warm, (work, warm, ready)) as pool:
        _wait(ready)
        start = time.perf_counter()
        for _ in pool.imap_unordered(work, tasks):
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

    Counts while it is entered, which may be more than once. PSS where the kernel tells it (pages shared by several processes count
    once in all), else RSS.
    """

    def __init__(self) -> None:
        self.peak = 0
        self.kind = "PSS" if Path("/proc/self/smaps_rollup").is_file() else "RSS"

    def __enter__(self) -> _Memory:
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
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
