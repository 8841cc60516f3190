"""The tree of exceptions. Every message reads `[Snnn] what, why, what to do`.

Codes are stable: scripts may match on them. S1xx input, S2xx language, S3xx ledger, S4xx query and export, S5xx evaluation, S9xx setup.
"""

from __future__ import annotations


class SaysoError(Exception):
    """Anything that sayso raises on purpose.

    `code` is the stable code, `what` happened, `why`, and `todo`: what the user can do about it.
    """

    code = "S000"

    def __init__(self, what: str, why: str = "", todo: str = "") -> None:
        self.what, self.why, self.todo = what, why, todo
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The one-line message without its code: what, why, what to do."""
        return ", ".join(part for part in (self.what, self.why, self.todo) if part)

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}"

    def __reduce__(self) -> tuple[type[SaysoError], tuple[str, str, str]]:
        # Exceptions cross process borders in batch runs; the default would pass the joined message as `what`.
        return type(self), (self.what, self.why, self.todo)


class InputError(SaysoError):
    """A file or text that can not be read as a report."""

    code = "S100"


class MissingInput(InputError):
    """No such file or folder."""

    code = "S101"


class NoRights(InputError):
    """The file or folder exists but may not be read."""

    code = "S102"


class EmptyInput(InputError):
    """Nothing in it: no bytes, or no text."""

    code = "S103"


class BinaryInput(InputError):
    """Bytes that are no text."""

    code = "S104"


class TooLarge(InputError):
    """Larger than sayso reads in one piece."""

    code = "S105"


class BadEncoding(InputError):
    """Text in an encoding that can not be told."""

    code = "S106"


class BadPdf(InputError):
    """A PDF that is damaged or locked."""

    code = "S107"


class NoTextLayer(InputError):
    """A PDF of pictures: no text in it."""

    code = "S108"


class BadHtml(InputError):
    """HTML without an article, or built to exhaust the reader."""

    code = "S109"


class BadJsonLine(InputError):
    """A line of a JSONL file that is no report."""

    code = "S110"


class UnknownFormat(InputError):
    """A file name whose ending sayso does not read."""

    code = "S111"


class UnreadLanguage(InputError):
    """Text in a language that sayso does not read."""

    code = "S112"


class BadDate(InputError):
    """A date that is none."""

    code = "S113"


class NoDate(InputError):
    """A warning: the report has no date, so what needs one stays unresolved."""

    code = "S120"


class LanguageError(SaysoError):
    """The language stage can not run."""

    code = "S200"


class BadWeights(LanguageError):
    """Weights that are missing, damaged or of another version."""

    code = "S201"


class ReadingFailed(SaysoError):
    """A report that could not be read to the end; the others are."""

    code = "S210"


class WorkerLost(ReadingFailed):
    """The process that read a report died over it."""

    code = "S211"


class LedgerError(SaysoError):
    """The ledger file can not be used."""

    code = "S300"


class LedgerBusy(LedgerError):
    """Another process holds the ledger open."""

    code = "S301"


class LedgerMissing(LedgerError):
    """No ledger at that path."""

    code = "S302"


class LedgerForeign(LedgerError):
    """A file that is no ledger of sayso, or one of a newer version."""

    code = "S303"


class UnknownReport(LedgerError):
    """No report of that id in the ledger."""

    code = "S304"


class QueryError(SaysoError):
    """A query that can not be answered."""

    code = "S400"


class BadQuery(QueryError):
    """SQL that DuckDB does not accept."""

    code = "S401"


class QueryForbidden(QueryError):
    """SQL that would write, or reach outside the ledger."""

    code = "S402"


class QueryTimeout(QueryError):
    """The query took longer than its limit."""

    code = "S403"


class ExportError(SaysoError):
    """An export that can not be written."""

    code = "S410"


class EvaluationError(SaysoError):
    """A measurement that can not be made."""

    code = "S500"


class MissingCorpus(EvaluationError):
    """The data to measure on is not there."""

    code = "S501"


class NotBuiltYet(EvaluationError):
    """A measurement whose part of sayso is not built yet."""

    code = "S502"


class SetupError(SaysoError):
    """The installation is not sound."""

    code = "S900"
