"""How much sayso reads in one piece, and why that much.

Every limit is a count (bytes, pages, tags), never a time: the same file is read or refused on every machine. The times
in the comments were measured on one core of a 2020s server.
"""

from __future__ import annotations

from typing import BinaryIO

from sayso.errors import TooLarge

# The longest news texts (court documents, leaked reports) stay under 2 MB; 20 MB leaves room for anything written by
# people and keeps memory under a few hundred MB.
TEXT_BYTES = 20_000_000
# Pages with scripts and pictures inlined reach 10 MB.
HTML_BYTES = 20_000_000
# Scanned annual reports reach 80 MB.
PDF_BYTES = 100_000_000
PDF_PAGES = 2_000
# One line of a JSONL file; the file itself is streamed and may be of any size.
LINE_BYTES = 20_000_000
# One canonical text: at 8,000 words a second the language stage needs about two minutes for it.
REPORT_CHARS = 5_000_000
# Lines of a text: a long book has 30 thousand. Each line is tried for bylines, dates and the like, some 40 µs.
TEXT_LINES = 200_000
# Elements inside one another. Real pages stay under 60; libxml2 itself stops at 256 and drops the rest unread.
HTML_DEPTH = 200
# Live pages with thousands of comments have 60 thousand tags. Above it only the plain reader runs, which is linear.
ARTICLE_TAGS = 60_000
HTML_TAGS = 400_000
# Attributes of one tag: real pages have up to 60. libxml2 compares each with each: 40,000 of them take half a minute.
HTML_ATTRIBUTES = 500
# JSON-LD blocks of one page that are looked at, and characters of each.
JSON_LD_BLOCKS = 20
JSON_LD_CHARS = 500_000


def megabytes(count: int) -> str:
    """A number of bytes for people: `20 MB`."""
    return f"{count / 1_000_000:.0f} MB"


def read_bounded(stream: BinaryIO, limit: int, what: str) -> bytes:
    """All bytes of `stream`, or TooLarge (S105) when there are more than `limit`; never reads more than one byte over."""
    chunks: list[bytes] = []
    left = limit + 1
    while left > 0 and (chunk := stream.read(min(left, 1 << 20))):
        chunks.append(chunk)
        left -= len(chunk)
    if left <= 0:
        raise too_large(what, limit)
    return b"".join(chunks)


def too_large(what: str, limit: int) -> TooLarge:
    """The S105 error for something of more than `limit` bytes."""
    return TooLarge(
        f"{what} is larger than {megabytes(limit)}",
        "sayso reads one report in one piece and bounds its memory",
        "split it into single reports, for instance one JSON object a line (.jsonl)",
    )


def bound_text(text: str) -> str:
    """`text`, or TooLarge (S105) when it has more than REPORT_CHARS code points or TEXT_LINES lines."""
    for count, most, what in ((len(text), REPORT_CHARS, "characters"), (text.count("\n"), TEXT_LINES, "lines")):
        if count > most:
            why = f"sayso reads at most {most:,} in one report"
            raise TooLarge(f"the text has {count:,} {what}", why, "split it into single reports")
    return text
