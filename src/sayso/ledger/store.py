"""The ledger: readings in one DuckDB file, every version of them kept, the current one shown."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import duckdb

from sayso.errors import LedgerError, UnknownReport
from sayso.ledger import rebuilding
from sayso.ledger.changes import Change, changes
from sayso.ledger.connection import connect, quoted, rewrite
from sayso.ledger.loading import Batch, insert, reading_hash
from sayso.ledger.querying import Answer, query
from sayso.ledger.schema import RECORDS
from sayso.ledger.search import Hit, search
from sayso.records import Reading, Report

# Reports written in one transaction: large enough to load fast, small enough that a killed run loses little.
BATCH = 500
# Seconds after which a batch is written though it is not full: reading is slow, and a killed run should lose little.
PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: reports that are new, that were read anew with another result, and that did not change."""

    new: int = 0
    updated: int = 0
    same: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(self.new + other.new, self.updated + other.updated, self.same + other.same)


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as the list of a ledger shows it, with how many records its current reading holds."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    path: str | None
    statements: int
    events: int
    figures: int
    readings: int


class Ledger:
    """A ledger, held open; use it in a `with` block.

    One process may hold it for writing and then nobody else can open it; any number may hold it for reading.
    """

    def __init__(self, path: Path, scratch: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path, self._scratch, self._connection = path, scratch, connection

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False, make: bool = True) -> Ledger:
        """The ledger at `path`; a new one where there is none, if `make` and not `read_only`.

        Raises LedgerMissing (S302), LedgerBusy (S301), LedgerForeign (S303), LedgerError (S300).
        """
        scratch = Path(tempfile.mkdtemp(prefix="sayso-")).resolve()
        try:
            return cls(Path(path), scratch, connect(Path(path), scratch, read_only=read_only, make=make))
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing ---------------------------------------------------------------------------------------------------

    def add(self, readings: Iterable[Reading], batch: int = BATCH) -> Added:
        """Take in readings, at most `batch` reports a transaction, each all or nothing.

        A reading equal to the report's current one changes nothing; another becomes the current one, and the old is kept.
        Where `readings` ends with an error (Ctrl-C is one), what it gave before is kept.
        """
        done = Added()
        waiting: list[Reading] = []
        since = time.monotonic()
        try:
            for reading in readings:
                waiting.append(reading)
                if len(waiting) >= batch or time.monotonic() - since > PATIENCE:
                    now, waiting = waiting, []
                    done += self._write(now)
                    since = time.monotonic()
        finally:
            if waiting:
                done += self._write(waiting)
        return done

    def _write(self, readings: list[Reading]) -> Added:
        current = self._current([r.report.id for r in readings])
        read = {r.report.id: (r, reading_hash(r)) for r in readings}
        fresh = {report: pair for report, pair in read.items() if current.get(report) != pair[1]}
        same = len(read) - len(fresh)
        if not fresh:
            return Added(same=same)
        try:
            self._connection.execute("BEGIN")
            try:
                self._load(fresh, known=[report for report in fresh if report in current])
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except (duckdb.Error, OSError) as error:
            raise LedgerError(
                f"nothing was written to {self.path}", str(error).splitlines()[0], "see that the disk is not full"
            ) from error
        updated = sum(1 for report in fresh if report in current)
        return Added(len(fresh) - updated, updated, same)

    def _load(self, fresh: dict[str, tuple[Reading, str]], known: list[str]) -> None:
        number = self._one("SELECT coalesce(max(number), 0) FROM history.readings") + 1
        document = self._one("SELECT coalesce(max(document), 0) FROM history.search_documents") + 1
        batch = Batch()
        for report in known:
            first = rebuilding.report(self._connection, report)  # how and when it first came in stays
            reading, digest = fresh[report]
            came = replace(reading.report, external_id=first.external_id, path=first.path, collected=first.collected)
            fresh[report] = (replace(reading, report=came), digest)
        self._remove(known, ["reports"])
        for offset, (reading, digest) in enumerate(fresh.values()):
            document = batch.add(reading, digest, number + offset, document)
        insert(self._connection, self._scratch, batch)

    def _remove(self, reports: list[str], tables: list[str]) -> None:
        """Drop reports from the tables named that are keyed by report, and from the search index."""
        if not reports:
            return
        marks = ", ".join("?" * len(reports))
        documents = f"SELECT document FROM history.search_documents WHERE report IN ({marks})"
        self._connection.execute(f"DELETE FROM history.search_postings WHERE document IN ({documents})", reports)
        self._connection.execute(f"DELETE FROM history.search_documents WHERE report IN ({marks})", reports)
        for table in tables:
            key = "id" if table == "reports" else "report"
            self._connection.execute(f"DELETE FROM history.{table} WHERE {key} IN ({marks})", reports)

    def forget(self, report: str) -> Report:
        """Remove a report, all its readings and its words for good; the report that it was.

        The file is written anew, for DuckDB leaves the bytes of deleted rows in it: a second for some thousand reports.
        """
        gone = self.report(report)
        self._connection.execute("BEGIN")
        try:
            numbers = f"SELECT number FROM history.readings WHERE report = '{gone.id}'"
            for table in RECORDS:
                self._connection.execute(f"DELETE FROM history.{table} WHERE reading IN ({numbers})")
            self._remove([gone.id], ["readings", "reports"])
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        self._connection.close()
        try:
            rewrite(self.path)
        finally:
            self._connection = connect(self.path, self._scratch, read_only=False)
        return gone

    # --- reading ---------------------------------------------------------------------------------------------------

    def reports(self) -> list[Entry]:
        """All reports, in the order in which they came in."""
        counts = ", ".join(
            f"(SELECT count(*) FROM history.{t} x WHERE x.reading = r.number) AS {t}"
            for t in ("statements", "events", "figures")
        )
        sql = (
            f"SELECT p.id, p.title, p.publisher, p.published, p.path, {counts}, n.readings FROM history.reports p "
            "JOIN current_readings r ON r.report = p.id "
            "JOIN (SELECT report, count(*) AS readings, min(number) AS first FROM history.readings GROUP BY report) n "
            "ON n.report = p.id ORDER BY n.first"
        )
        return [Entry(*row) for row in self._connection.execute(sql).fetchall()]

    def find(self, prefix: str) -> str:
        """The id of the report that begins with `prefix`; UnknownReport where there is none or more than one."""
        sql = "SELECT id FROM history.reports WHERE starts_with(id, ?) ORDER BY id LIMIT 4"
        found = [row[0] for row in self._connection.execute(sql, [prefix.lower()]).fetchall()]
        if len(found) == 1:
            return str(found[0])
        if not found:
            todo = f"see the reports: sayso show {self.path}"
            raise UnknownReport(f"no report {prefix!r}", f"no id in {self.path} begins so", todo)
        raise UnknownReport(
            f"the report {prefix!r} is not clear", f"it begins {', '.join(found)}", "give more of the id"
        )

    def report(self, prefix: str) -> Report:
        """The report whose id begins with `prefix`, exactly as it came in."""
        return rebuilding.report(self._connection, self.find(prefix))

    def reading(self, prefix: str, back: int = 0) -> Reading:
        """The current reading of a report, or the one `back` readings earlier."""
        report = self.report(prefix)
        numbers = self._numbers(report.id)
        if not 0 <= back < len(numbers):
            why = f"it has {len(numbers)}"
            raise UnknownReport(f"no reading {back} back of the report {report.id}", why, "ask for a later one")
        return rebuilding.reading(self._connection, numbers[-1 - back], report)

    def readings(self) -> Iterator[Reading]:
        """The current readings of all reports, in the order in which the reports came in."""
        for entry in self.reports():
            yield self.reading(entry.id)

    def diff(self, prefix: str | None = None) -> Iterator[Change]:
        """What the last reading changed against the one before, for one report or all."""
        for report in [self.find(prefix)] if prefix else [entry.id for entry in self.reports() if entry.readings > 1]:
            if len(self._numbers(report)) > 1:
                yield from changes(self.reading(report, back=1), self.reading(report))

    def search(self, words: str, *, kind: str = "reports", limit: int = 20) -> list[Hit]:
        """Reports or statements that hold the words, best first; "words in quotation marks" stand beside each other."""
        return search(self._connection, words, kind=kind, limit=limit)

    def query(self, sql: str, timeout: float = 30.0) -> Answer:
        """The answer to one SQL statement that reads, within `timeout` seconds."""
        return query(self._connection, sql, timeout)

    def copy(self, sql: str, to: Path, options: str) -> None:
        """Write the rows of a query to a file with DuckDB's COPY; the file appears whole or not at all."""
        made = self._scratch / "copy"
        try:
            self._connection.execute(f"COPY ({sql}) TO '{quoted(made)}' ({options})")
            shutil.copyfile(made, to)
        finally:
            made.unlink(missing_ok=True)

    # --- little helpers --------------------------------------------------------------------------------------------

    def _one(self, sql: str) -> int:
        row = self._connection.execute(sql).fetchone()
        return int(row[0]) if row else 0

    def _numbers(self, report: str) -> list[int]:
        sql = "SELECT number FROM history.readings WHERE report = ? ORDER BY number"
        return [int(row[0]) for row in self._connection.execute(sql, [report]).fetchall()]

    def _current(self, reports: list[str]) -> dict[str, str]:
        """For each of the reports that the ledger has, the hash of its current reading."""
        marks = ", ".join("?" * len(reports))
        sql = f"SELECT report, arg_max(hash, number) FROM history.readings WHERE report IN ({marks}) GROUP BY report"
        return {str(row[0]): str(row[1]) for row in self._connection.execute(sql, reports).fetchall()}
