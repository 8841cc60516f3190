"""Readings into tables: written as NDJSON beside the ledger's scratch folder, then taken in by `read_json`.

Row by row DuckDB takes one or two thousand records a second; through NDJSON over a hundred thousand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from duckdb import DuckDBPyConnection

from sayso.ledger.schema import TABLES
from sayso.ledger.search import document_rows
from sayso.records import Event, Figure, Json, Reading, Report, Statement

# DuckDB refuses JSON objects longer than a limit, and takes memory in proportion to it: this, or the longest there is.
_USUAL_OBJECT = 16 << 20


def reading_hash(reading: Reading) -> str:
    """A hash of everything that was read, and by what: equal hashes mean that nothing changed."""
    raw = reading.to_json()
    report = reading.report
    raw["report"] = [report.id, report.byline, report.agency, report.language, raw["report"]["parts"]]
    return blake2b(json.dumps(raw, check_circular=False).encode(), digest_size=16).hexdigest()


def report_row(report: Report) -> Json:
    """A report as the table `history.reports` keeps it; times also in UTC, for queries."""
    raw = report.to_json()
    raw["parts"] = [{**part.to_json(), "page": part.page} for part in report.parts]
    on, at = _published(report.published)
    collected_at = _utc(report.collected)
    kept = {"agency": report.agency, "path": report.path, "collected": report.collected}
    return {**raw, **kept, "published_on": on, "published_at": at, "collected_at": collected_at}


def _utc(text: str | None) -> str | None:
    """An ISO time in UTC, or None for what is none; a time without a zone is taken to be in UTC."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(sep=" ")


def _published(text: str | None) -> tuple[str | None, str | None]:
    """The day as the publisher counts it, and the moment in UTC where a time of day is known."""
    moment = _utc(text)
    if text is None or moment is None:
        return None, None
    return datetime.fromisoformat(text).date().isoformat(), moment if len(text) > len("2026-01-24") else None


def record_rows(reading: Reading, number: int) -> dict[str, list[Json]]:
    """The rows of every table of records, for the reading of that number."""
    voices = Voices(reading)
    rows: dict[str, list[Json]] = {
        "statements": [{**s.to_json(), "sources": voices.of(s), "trace": s.trace} for s in reading.statements],
        "events": [{**e.to_json(), "sources": voices.of(e), "trace": e.trace} for e in reading.events],
        "figures": [{**f.to_json(), "sources": voices.of(f), "trace": f.trace} for f in reading.figures],
        "actors": [a.to_json() for a in reading.actors],
        # The contract rounds degrees to two decimals; the ledger keeps them whole.
        "places": [{**p.to_json(), "latitude": p.latitude, "longitude": p.longitude} for p in reading.places],
        "times": [t.to_json() for t in reading.times],
    }
    for table in rows.values():
        for n, row in enumerate(table):
            row["reading"], row["n"] = number, n
    return rows


class Voices:
    """The chains of voices of one reading, in words; `Reading.sources` for many records at once."""

    def __init__(self, reading: Reading) -> None:
        self._statements = {s.id: s for s in reading.statements}
        self._names = {a.id: a.name for a in reading.actors}

    def of(self, record: Statement | Event | Figure) -> list[str]:
        """Who says it, outermost first; a statement's chain ends with its own source. Empty: the report's own voice."""
        chain: list[str] = []
        seen: set[str] = set()
        link = record.id if isinstance(record, Statement) else record.statement
        while link and link not in seen and (statement := self._statements.get(link)):
            seen.add(link)
            if name := self.name(statement):
                chain.insert(0, name)
            link = statement.within
        return chain

    def name(self, statement: Statement) -> str | None:
        """The source of a statement: the actor's name where it is resolved, else its words."""
        return self._names.get(statement.actor or "") or (statement.source.text if statement.source else None)


@dataclass(slots=True)
class Batch:
    """The rows of one transaction, by table."""

    rows: dict[str, list[Json]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def add(self, reading: Reading, digest: str, number: int, document: int) -> int:
        """Take in a reading with its hash and number, searchable from document `document`; the next free document number."""
        made = reading.made_by
        head = {"number": number, "report": reading.report.id, "hash": digest}
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ")
        self.rows["readings"].append({**head, **made.to_json(), "read_at": now})
        self.rows["reports"].append(report_row(reading.report))
        for name, rows in record_rows(reading, number).items():
            self.rows[name].extend(rows)
        for doc, posting in document_rows(reading, document):
            self.rows["search_documents"].append(doc)
            self.rows["search_postings"].append(posting)
            document += 1
        return document


def insert(connection: DuckDBPyConnection, scratch: Path, batch: Batch) -> None:
    """Write a batch into the tables; the caller holds the transaction."""
    for name, rows in batch.rows.items():
        if not rows:
            continue
        path = scratch / f"{name}.ndjson"
        try:
            longest = _write(path, rows)
            connection.execute(_insert_sql(name, path, longest))
        finally:
            path.unlink(missing_ok=True)


def _write(path: Path, rows: Iterable[Mapping[str, object]]) -> int:
    """Write rows as NDJSON; the length of the longest line in bytes."""
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    longest = 0
    with path.open("wb") as out:
        for row in rows:
            longest = max(longest, out.write(encode(row).encode() + b"\n"))
    return longest


def _insert_sql(name: str, path: Path, longest: int) -> str:
    columns = dict(TABLES[name])
    pick = "*"
    if name == "search_postings":  # a row of the file is a document with all its terms
        columns = {"document": "BIGINT", "terms": "VARCHAR[]", "counts": "INTEGER[]"}
        pick = "unnest(terms) AS term, document, unnest(counts) AS count"
    kinds = ", ".join(f"'{column}': '{_quoted(kind)}'" for column, kind in columns.items())
    source = (
        f"read_json('{_quoted(str(path))}', format = 'newline_delimited', columns = {{{kinds}}}, "
        f"maximum_object_size = {max(_USUAL_OBJECT, longest)})"
    )
    return f"INSERT INTO history.{name} BY NAME SELECT {pick} FROM {source}"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
