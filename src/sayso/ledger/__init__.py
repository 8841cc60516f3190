"""The store: readings in one DuckDB file, with their history, search and SQL."""

from sayso.ledger.changes import Change
from sayso.ledger.querying import Answer
from sayso.ledger.search import Hit
from sayso.ledger.store import Added, Entry, Ledger

__all__ = ["Added", "Answer", "Change", "Entry", "Hit", "Ledger"]
