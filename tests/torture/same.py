"""What the tests of determinism compare: records as bytes, analyses as hashes."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from sayso.batch import read_all
from sayso.export import line
from sayso.language import analyse
from sayso.records import Reading, Report


def records(reports: Iterable[Report], workers: int) -> dict[str, bytes]:
    """Report id → all its records as the bytes of its JSON line, read with so many processes."""
    found: dict[str, bytes] = {}
    for reading in read_all(reports, workers):
        assert isinstance(reading, Reading), reading
        found[reading.report.id] = line(reading).encode()
    return found


def analysis(report: Report) -> str:
    """A hash of everything that the language stage finds in a report: tokens, tags, trees, names, predicates, scores …"""
    return blake2b(repr(analyse(report.text)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def analyses(reports: Iterable[Report]) -> dict[str, str]:
    """Report id → hash of its analysis, one after the other in this process."""
    return {report.id: analysis(report) for report in reports}


def alone(reports: Iterable[Report]) -> dict[str, str]:
    """Report id → hash of its analysis by a model that has read nothing before it."""
    from sayso.language import model

    found = {}
    for report in reports:
        model.shared_model.cache_clear()
        found[report.id] = analysis(report)
    model.shared_model.cache_clear()
    return found
