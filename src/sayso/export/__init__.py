"""Projections of the records into files for other tools; never new judgements."""

from sayso.export.jsonl import line
from sayso.export.tables import KINDS, export

__all__ = ["KINDS", "export", "line"]
