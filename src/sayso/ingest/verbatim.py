"""Reports whose text is taken as it is given: nothing moved or mended, the parts found in place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.ingest import marks
from sayso.ingest.arrange import date_posts, mark, read_facts
from sayso.ingest.blocks import Block, Facts, merge, squeeze
from sayso.ingest.dates import line_dates
from sayso.ingest.outlets import agency_in
from sayso.records import Part

_BREAK = re.compile(r"\n[ \t\r]*\n\s*")
_EDGES = re.compile(r"\S(?:.*\S)?", re.DOTALL)
# What JSON can carry and UTF-8 or a database can not: one character for one, so that no offset moves.
_UNFIT = re.compile("[\x00\ud800-\udfff]")


def canonical(text: str) -> str:
    """`text` with CRLF as LF; NUL and lone surrogates become U+FFFD. Nothing else is touched."""
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n"))


def find_parts(text: str, facts: Facts) -> tuple[Part, ...]:
    """The parts of a verbatim text, in order; fills what `facts` lacks from its first lines, dateline and last lines."""
    spans = list(_paragraphs(text))
    blocks = [Block(squeeze(text[a:b])) for a, b in spans]
    mark(blocks)
    for i, block in enumerate(blocks):
        _fact(block, facts, head=i < 4, foot=i >= len(blocks) - 3, first=i == 0)
    read_facts(blocks, facts)
    date_posts(blocks, facts)
    return merge(Part(b.kind, start, end, b.when) for b, (start, end) in zip(blocks, spans, strict=True))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between blank lines, without the space around them."""
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _BREAK.finditer(text)), (len(text), len(text))]:
        if trimmed := _EDGES.search(text, start, end):
            yield trimmed.start(), trimmed.end()
        start = after


def _fact(block: Block, facts: Facts, *, head: bool, foot: bool, first: bool) -> None:
    """What a first or last paragraph says about the report itself; it stays in the text, as title, credit or note."""
    if block.kind != "body" or len(block.text) > 250:
        return
    if first and facts.title and block.text.casefold() == squeeze(facts.title).casefold():
        block.kind = "title"
    elif head and (who := marks.byline(block.text)):
        facts.byline = facts.byline or who
        facts.agency = facts.agency or agency_in(who)
        block.kind = "credit"
    elif head and (dates := line_dates(block.text)):
        facts.dates += dates  # stays body: in a text by others it may be the first sentence
    elif (head or foot) and (url := marks.address(block.text)):
        facts.url = facts.url or url
        block.kind = "note"
    elif foot and marks.address_label(block.text):
        block.kind = "note"
