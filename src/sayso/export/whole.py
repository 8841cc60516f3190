"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import ExportError


@contextmanager
def whole_file(to: Path) -> Iterator[Path]:
    """A path to write to, beside `to` and moved onto it at the end; what was at `to` stays if anything fails.

    Raises ExportError (S410) where the file can not be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{to.name}.", suffix=".part", dir=to.parent)
    except OSError as error:
        raise _refused(to, error) from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())  # temporary files are private; an export is as open as any new file
        part.replace(to)
    except OSError as error:
        raise _refused(to, error) from error
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refused(to: Path, error: OSError) -> ExportError:
    return ExportError(f"{to} can not be written", error.strerror or str(error), "choose another path with --out")
