"""The tables of a ledger, as first laid down.

What is read is kept in the schema `history`: every reading of every report, each record with the number of its reading, so
that nothing is lost when a newer version reads again. The tables there mirror the contract (docs/records.md): a record's
nested objects are structs and lists with the contract's keys, so that a record comes back exactly as it went in.

The views in `main` are for people who write SQL: the current reading of each report, with plain names. A span named `x` is
three columns there, `x` (its words), `x_start` and `x_end`; lists of a record are views of their own, one row an item.
"""

from __future__ import annotations

SPAN = 'STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR)'
_SPAN_KEYS = '"start" INTEGER, "end" INTEGER, "text" VARCHAR'
MENTION = f'STRUCT({_SPAN_KEYS}, "statement" VARCHAR, "status" VARCHAR)'
PARTICIPANT = f'STRUCT({_SPAN_KEYS}, "actor" VARCHAR, "status" VARCHAR, "statement" VARCHAR)'
SITE = f'STRUCT({_SPAN_KEYS}, "place" VARCHAR, "in" INTEGER)'
WHEN = f'STRUCT("start" VARCHAR, "end" VARCHAR, "granularity" VARCHAR, "timex" VARCHAR, "span" {SPAN})'
PART = 'STRUCT("kind" VARCHAR, "start" INTEGER, "end" INTEGER, "when" VARCHAR, "page" INTEGER)'

Columns = dict[str, str]

REPORTS: Columns = {
    "id": "VARCHAR",
    "external_id": "VARCHAR",
    "title": "VARCHAR",
    "byline": "VARCHAR",
    "agency": "VARCHAR",
    "publisher": "VARCHAR",
    "published": "VARCHAR",
    "published_on": "DATE",
    "published_at": "TIMESTAMP",
    "url": "VARCHAR",
    "language": "VARCHAR",
    "path": "VARCHAR",
    "collected": "VARCHAR",
    "collected_at": "TIMESTAMP",
    "text": "VARCHAR",
    "parts": f"{PART}[]",
}
READINGS: Columns = {
    "number": "BIGINT",
    "report": "VARCHAR",
    "hash": "VARCHAR",
    "sayso": "VARCHAR",
    "weights": "VARCHAR",
    "reference": "VARCHAR",
    "read_at": "TIMESTAMP",
}

# Columns that each record has besides those of the contract: the number of its reading, its place in the reading's list,
# the chain of voices in words (outermost first), and what each stage says about how it came to be.
_HEAD: Columns = {"reading": "BIGINT", "n": "INTEGER"}
_TAIL: Columns = {"sources": "VARCHAR[]", "trace": "VARCHAR[]"}

STATEMENTS: Columns = {
    **_HEAD,
    "id": "VARCHAR",
    "source": SPAN,
    "actor": "VARCHAR",
    "cue": SPAN,
    "content": f"{SPAN}[]",
    "manner": "VARCHAR",
    "kind": "VARCHAR",
    "sourcing": "VARCHAR",
    "within": "VARCHAR",
    "confidence": "DOUBLE",
    **_TAIL,
}
EVENTS: Columns = {
    **_HEAD,
    "id": "VARCHAR",
    "anchor": SPAN,
    "also": f"{MENTION}[]",
    "type": "VARCHAR",
    "mode": "VARCHAR[]",
    "status": "VARCHAR",
    "statement": "VARCHAR",
    "actors": f"{PARTICIPANT}[]",
    "recipients": f"{PARTICIPANT}[]",
    "instruments": f"{SPAN}[]",
    "where": f"{SITE}[]",
    "when": WHEN,
    "contexts": "VARCHAR[]",
    "figures": "VARCHAR[]",
    "confidence": "DOUBLE",
    "reasons": "MAP(VARCHAR, VARCHAR)",
    **_TAIL,
}
FIGURES: Columns = {
    **_HEAD,
    "id": "VARCHAR",
    "span": SPAN,
    "number": SPAN,
    "hedge_span": SPAN,
    "item": SPAN,
    "measure": "VARCHAR",
    "low": "DOUBLE",
    "high": "DOUBLE",
    "hedge": "VARCHAR",
    "unit": "VARCHAR",
    "currency": "VARCHAR",
    "population": "VARCHAR",
    "scope": "VARCHAR",
    "since": "VARCHAR",
    "as_of": "VARCHAR",
    "status": "VARCHAR",
    "part_of": "VARCHAR",
    "was": "DOUBLE[]",
    "event": "VARCHAR",
    "statement": "VARCHAR",
    "where": f"{SITE}[]",
    "when": WHEN,
    "confidence": "DOUBLE",
    **_TAIL,
}
ACTORS: Columns = {
    **_HEAD,
    "id": "VARCHAR",
    "name": "VARCHAR",
    "kind": "VARCHAR",
    "country": "VARCHAR",
    "sector": "VARCHAR",
    "role": "VARCHAR",
    "mentions": f"{SPAN}[]",
}
PLACES: Columns = {
    **_HEAD,
    "id": "VARCHAR",
    "name": "VARCHAR",
    "gazetteer_id": "BIGINT",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
    "admin1": "VARCHAR",
    "country": "VARCHAR",
    "precision": "VARCHAR",
    "mentions": f"{SPAN}[]",
}
TIMES: Columns = {
    **_HEAD,
    "span": SPAN,
    "type": "VARCHAR",
    "start": "VARCHAR",
    "end": "VARCHAR",
    "granularity": "VARCHAR",
    "timex": "VARCHAR",
    "mod": "VARCHAR",
}

RECORDS: dict[str, Columns] = {
    "statements": STATEMENTS,
    "events": EVENTS,
    "figures": FIGURES,
    "actors": ACTORS,
    "places": PLACES,
    "times": TIMES,
}
# Full-text search: one row a searchable document, a report's title and text or the content of one statement of the current
# reading (`record` its id), with its length in words; and how often each term stands in it.
SEARCH_DOCUMENTS: Columns = {
    "document": "BIGINT",
    "kind": "VARCHAR",
    "report": "VARCHAR",
    "record": "VARCHAR",
    "words": "INTEGER",
}
SEARCH_POSTINGS: Columns = {"term": "VARCHAR", "document": "BIGINT", "count": "INTEGER"}

TABLES: dict[str, Columns] = {
    "reports": REPORTS,
    "readings": READINGS,
    **RECORDS,
    "search_documents": SEARCH_DOCUMENTS,
    "search_postings": SEARCH_POSTINGS,
}
