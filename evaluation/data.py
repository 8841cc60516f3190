"""Where the data is, and how it is opened."""

from __future__ import annotations

import gzip
import os
from hashlib import sha256
from pathlib import Path

from sayso.errors import MissingCorpus

# The development part of each measurement, below the shared folder.
DEVELOPMENT = {
    "ledger": ("ledger/gold/dev.jsonl",),
    "challenge": ("ledger/gold/challenge.jsonl",),  # `ledger` on reports that were written to be hard
    "syntax": ("corpora/syntax/ewt-dev.conllu.gz", "corpora/syntax/gum-dev.conllu.gz"),
    "names": (
        "corpora/names/uner-ewt-dev.iob2.gz",
        "corpora/names/crossner-politics-dev.txt.gz",
        "corpora/names/re3d-train.jsonl.gz",
    ),
    "roles": ("corpora/roles/ewt-propbank-dev.jsonl.gz",),
    "coreference": ("corpora/coreference/ontogum-dev.conllu.gz",),
    "attribution": ("corpora/attribution/polnear-valid.jsonl.gz",),
    "heads": ("ledger/gold/dev.jsonl",),
    "who": ("ledger/gold/dev.jsonl",),
    "speed": ("corpora/unlabelled/voa.txt.gz",),
    # One file a part of the analysis: trees, names, roles, and the gold ledger.
    **dict.fromkeys(
        ("precision", "robustness"),
        (
            "corpora/syntax/ewt-dev.conllu.gz",
            "corpora/names/uner-ewt-dev.iob2.gz",
            "corpora/roles/ewt-propbank-dev.jsonl.gz",
            "ledger/gold/dev.jsonl",
        ),
    ),
}


def shared() -> Path:
    """The folder of the corpora: SAYSO_SHARED, or `../shared` beside the checkout."""
    return Path(os.environ.get("SAYSO_SHARED") or Path(__file__).resolve().parent.parent.parent / "shared")


def files(name: str, given: list[str] | None = None) -> list[Path]:
    """The files to measure on: those given, or the development part. Raises MissingCorpus."""
    paths = [Path(g) for g in given] if given else [shared() / part for part in DEVELOPMENT[name]]
    for path in paths:
        if not path.is_file():
            raise MissingCorpus(
                f"no file {path}", "the data to measure on is not there", "give --data or set SAYSO_SHARED"
            )
    return paths


def content(path: Path) -> bytes:
    """The bytes of a file, unpacked where it is gzip. Raises MissingCorpus where it can not be read."""
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError) as error:
        raise MissingCorpus(f"{path} can not be read", str(error), "give a whole file") from error


def lines(path: Path) -> list[str]:
    """The lines of a text file, gzip or not, without their ends."""
    # Not splitlines: U+2028 and the like are part of some texts.
    return content(path).decode("utf-8-sig").replace("\r\n", "\n").split("\n")


def digest(paths: list[Path]) -> str:
    """SHA-256 over what the files hold, in order; the same whether packed or not."""
    whole = sha256()
    for path in paths:
        whole.update(content(path))
    return whole.hexdigest()
