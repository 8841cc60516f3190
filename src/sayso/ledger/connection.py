"""Opening the file of a ledger: made whole or not at all, held by one writer, shut off from the rest of the machine."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from sayso.errors import LedgerBusy, LedgerError, LedgerForeign, LedgerMissing
from sayso.ledger.migrations import migrate, steps, version
from sayso.ledger.schema import TABLES

# The oldest file format that every DuckDB we accept (>= 1.5.5) reads and writes: a ledger made with a newer one stays open to it.
_STORAGE = "v1.5.0"

# The name of the ledger in SQL, whatever its file is called.
DATABASE = "ledger"

# No extension is ever fetched, and SQL can not name Python variables of this process as tables.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false",
}
_HELD = re.compile(r"Conflicting lock is held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")


def connect(path: Path, scratch: Path, *, read_only: bool, make: bool = False) -> DuckDBPyConnection:
    """The ledger at `path`, migrated to today's schema; with `make` made first where there is none.

    The connection reaches no file but the ledger's own and those under `scratch`. Raises LedgerMissing, LedgerBusy,
    LedgerForeign, or LedgerError where the file can not be made or opened.
    """
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        if read_only or not make:
            raise LedgerMissing(
                f"no ledger at {path}", "the file is not there or empty", "make one: sayso read … --ledger FILE"
            )
        _make(path)
    connection = _open(path, read_only=read_only)
    try:
        if _behind(connection, path):
            if read_only:
                connection.close()
                _upgrade(path)
                connection = _open(path, read_only=True)
            else:
                migrate(connection)
        _shut_off(connection, scratch)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """Lay an empty ledger at `path`: built beside it, then moved into place, so that a killed run leaves no half of one."""
    with _beside(path) as new:
        _fresh(new).close()
        if not (path.exists() and path.stat().st_size):  # unless somebody else was faster
            new.replace(path)


def rewrite(path: Path) -> None:
    """Write the ledger at `path` anew without the room that deleted rows left behind, in which their words still stand.

    The caller has let go of the file. The new one takes the place of the old at the end, or the old stays.
    """
    path = path.resolve()  # a link stays a link
    with _beside(path) as new:
        connection = _fresh(new)
        try:
            shutil.copymode(path, new)
            connection.execute(f"ATTACH '{quoted(path)}' AS old")  # for writing: nobody else may have it meanwhile
            for table in TABLES:
                connection.execute(f"INSERT INTO history.{table} BY NAME SELECT * FROM old.history.{table}")
            connection.execute("CHECKPOINT")
            new.replace(path)
        except duckdb.Error as error:
            raise _explained(path, str(error)) from error
        finally:
            connection.close()


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A name for a new file in the folder of `path`, removed at the end unless it was moved away."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    except OSError as error:
        raise LedgerError(
            f"no ledger can be made at {path}", error.strerror or str(error), "choose another folder"
        ) from error
    os.close(handle)
    new = Path(name)
    new.unlink()
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)
        Path(f"{new}.wal").unlink(missing_ok=True)


def _fresh(path: Path) -> DuckDBPyConnection:
    """A connection to a new, empty ledger."""
    connection = _attached(path, f"STORAGE_VERSION '{_STORAGE}'")
    try:
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _attached(path: Path, option: str) -> DuckDBPyConnection:
    """A connection with the file under a name of ours: DuckDB's, the file's own, would clash with tables and schemas.

    A ledger `events.duckdb` or `main.duckdb` could else not be queried.
    """
    connection = duckdb.connect(config=dict(_SETTINGS))
    try:
        connection.execute(f"ATTACH '{quoted(path)}' AS {DATABASE} ({option})")
        connection.execute(f"USE {DATABASE}")
    except BaseException:
        connection.close()
        raise
    return connection


def quoted(path: Path) -> str:
    """A path for use inside single quotes in SQL."""
    return str(path).replace("'", "''")


def _open(path: Path, *, read_only: bool) -> DuckDBPyConnection:
    try:
        return _attached(path, "READ_ONLY" if read_only else "READ_WRITE")
    except duckdb.Error as error:
        raise _explained(path, str(error)) from error


def _explained(path: Path, message: str) -> LedgerError:
    """What DuckDB's refusal to open means. Its messages are matched, for it gives no codes; unknown ones are passed on."""
    if held := _HELD.search(message):
        who = f"process {held['pid']} ({Path(held['program']).name}) holds it open"
        return LedgerBusy(f"the ledger {path} is in use", who, "wait until it is done, or end it")
    if "Could not set lock" in message or "Unique file handle conflict" in message:
        return LedgerBusy(f"the ledger {path} is in use", "somebody holds it open", "wait until it is done")
    if "not a valid DuckDB" in message:
        return LedgerForeign(f"{path} is no ledger", "it is not a DuckDB file", "name another file")
    if "newer version" in message or "storage version" in message.lower():
        return LedgerForeign(
            f"the ledger {path} can not be read", "a newer DuckDB wrote it", "pip install --upgrade duckdb"
        )
    first = message.splitlines()[0] if message else "DuckDB gives no reason"
    return LedgerError(f"the ledger {path} can not be opened", first, "check the path and your rights to it")


def _behind(connection: DuckDBPyConnection, path: Path) -> bool:
    """Whether migrations are missing; LedgerForeign where the file is no ledger or of a newer sayso."""
    have, newest = version(connection), steps()[-1].number
    if have is None:
        raise LedgerForeign(f"{path} is no ledger", "it is a DuckDB file of something else", "name another file")
    if have > newest:
        why = f"its schema is number {have}, this sayso knows up to {newest}"
        raise LedgerForeign(f"the ledger {path} is of a newer sayso", why, "pip install --upgrade sayso")
    return have < newest


def _upgrade(path: Path) -> None:
    connection = _open(path, read_only=False)
    try:
        migrate(connection)
    finally:
        connection.close()


def _shut_off(connection: DuckDBPyConnection, scratch: Path) -> None:
    connection.execute(f"SET temp_directory = '{quoted(scratch)}'")
    connection.execute(f"SET allowed_directories = ['{quoted(scratch)}']")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
