"""Many reports, several processes, the same readings in the same order."""

from sayso.batch.pool import read_all

__all__ = ["read_all"]
