"""From the blocks of any format to the report: what the first and last lines say is taken as facts, the rest gets its kind.

Title, byline, dates and address of the source leave the text's body; broken sentences are mended.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sayso.ingest import marks
from sayso.ingest.blocks import Block, Draft, Facts
from sayso.ingest.dates import beside_a_place, best, day_of_year, found_in, from_url, is_label, line_dates
from sayso.ingest.outlets import DOMAINS, agency_in, publisher_of, unwrap

# How many blocks from the start (end) may still be head (foot): title, dek, byline, date, credit, and a spare.
_HEAD, _FOOT = 8, 4
_TITLE_CHARS = 250


def arrange(draft: Draft) -> list[Block]:
    """The blocks of the report in order, title first, each of its kind; `draft.facts` is filled on the way."""
    blocks = [b for b in draft.blocks if b.text]
    facts = draft.facts
    blocks = _addresses(blocks, facts)
    blocks = _title(blocks, facts)
    blocks = _head(_without_labels(blocks), facts)
    blocks.sort(key=lambda b: {"title": 0, "dek": 1}.get(b.kind, 2))  # a picture may stand between title and dek
    mark(blocks)
    blocks = mend(blocks)
    read_facts(blocks, facts)
    _foot(blocks, facts)
    date_posts(blocks, facts)
    return blocks


def _addresses(blocks: list[Block], facts: Facts) -> list[Block]:
    """Lines at either end that only hold the report's address go into the facts, with the label before them."""
    gone: set[int] = set()
    edge = [*range(min(3, len(blocks))), *range(max(0, len(blocks) - _FOOT), len(blocks))]
    for i in edge:
        url = marks.address(blocks[i].text) if i not in gone else None
        if url and facts.url in {None, url}:
            facts.url = url
            gone.add(i)
            if i and marks.address_label(blocks[i - 1].text):
                gone.add(i - 1)
    return [b for i, b in enumerate(blocks) if i not in gone]


def _title(blocks: list[Block], facts: Facts) -> list[Block]:
    """The title as the first block: the one that is known, else the first heading, else a first line that reads like one."""
    for block in blocks[:_HEAD]:
        if facts.title and _same(block.text, facts.title):
            rest = [b for b in blocks if b is not block]
            return [Block(facts.title, "title", "heading", block.page), *rest]
    if facts.title:
        return [Block(facts.title, "title", "heading", blocks[0].page if blocks else None), *blocks]
    found = next((b for b in blocks[:_HEAD] if b.kind == "title"), None) or _first_line(blocks)
    if found is None:
        return blocks
    found.kind, facts.title = "title", found.text
    return [found, *(b for b in blocks if b is not found)]


def _same(left: str, right: str) -> bool:
    def plain(text: str) -> str:
        return "".join(c for c in text.casefold() if c.isalnum())

    return plain(left) == plain(right) != ""


def _first_line(blocks: list[Block]) -> Block | None:
    for i, block in enumerate(blocks[:4]):
        line = block.text
        if line_dates(line) or marks.byline(line) or marks.kind_of(line) != "body":
            continue
        if block.form == "heading" and len(line) <= _TITLE_CHARS:
            return block
        follower = blocks[i + 1].text if i + 1 < len(blocks) else ""
        if (
            not follower
            or len(line) > _TITLE_CHARS
            or block.form == "item"
            or marks.dateline(line)
            or line[0].islower()
        ):
            return None
        if marks.question(line) or marks.post_time(line):
            return None
        headed = bool(marks.byline(follower) or line_dates(follower) or marks.dateline(follower))
        return block if headed or not marks.finished(line) or (line.endswith("?") and len(line) <= 120) else None
    return None


def _head(blocks: list[Block], facts: Facts) -> list[Block]:
    """What stands between title and first paragraph: byline and dates leave the text; credit and dek get their kind."""
    kept: list[Block] = []
    deks = 0
    for i, block in enumerate(blocks):
        if i >= _HEAD or block.kind not in {"body", "title"}:
            kept.append(block)
            continue
        if block.kind == "title" or _is_fact(block.text, facts):
            if block.kind == "title":
                kept.append(block)
            continue
        kept.append(block)
        if facts.dek and _same(block.text, facts.dek):
            block.kind = "dek"
        elif block.form == "heading" and marks.credit_heading(block.text):
            block.kind = "credit"
        elif (
            block.form in {"heading", "emphasis"}
            and deks == 0
            and len(block.text.split()) >= 4
            and kept[0].kind == "title"
        ):
            block.kind, deks = "dek", 1
        elif marks.kind_of(block.text) == "body" and block.form != "link":
            return [*kept, *blocks[i + 1 :]]
    return kept


def _without_labels(blocks: list[Block]) -> list[Block]:
    """The blocks without lines of the head that only announce the date in the next one."""
    gone = {
        id(label)
        for label, dated in pairwise(blocks[:_HEAD])
        if label.kind == "body" and is_label(label.text) and line_dates(dated.text)
    }
    return [b for b in blocks if id(b) not in gone]


def _is_fact(line: str, facts: Facts) -> bool:
    """Takes a byline, a date, or both in one line (`By Jane Roe | January 24, 2026`) into the facts."""
    pieces = [p for p in re.split(r"\s+[|•·—–]\s+|\s{3,}", line) if p] if len(line) <= 200 else [line]
    found: list[tuple[str | None, list[str]]] = []
    for group in ([line], pieces):
        found = [(marks.byline(p), line_dates(p)) for p in group]
        if all(
            who or dates or re.fullmatch(r"\d+ min(?:ute)?s? read", p)
            for p, (who, dates) in zip(group, found, strict=True)
        ):
            break
    else:
        return False
    for who, dates in found:
        facts.dates += dates
        if who:
            facts.byline = facts.byline or who
            facts.agency = facts.agency or agency_in(who)
    return True


def mark(blocks: list[Block]) -> None:
    """Gives every body block its kind; a heading such as `Related` takes the links and items under it along."""
    under_related = False
    for block in blocks:
        if block.kind != "body":
            under_related = False
            continue
        kind = marks.kind_of(block.text)
        linked = block.form == "link" and len(block.text.split()) >= 3
        if kind == "body" and (linked or (under_related and block.form in {"item", "link"})):
            kind = "related"
        under_related = kind == "related" and (block.form == "heading" or len(block.text.split()) <= 4 or under_related)
        block.kind = kind
    _interview([b for b in blocks if b.kind == "body"])
    _live([b for b in blocks if b.kind in {"body", "caption", "related"}])


def _interview(blocks: list[Block]) -> None:
    """Questions and answers, where at least two paragraphs are marked so; what follows unmarked goes on with the last."""
    if (
        sum(marks.question(b.text) for b in blocks) < 1
        or sum(marks.question(b.text) or marks.answer(b.text) for b in blocks) < 3
    ):
        return
    kind = "body"
    for block in blocks:
        kind = "question" if marks.question(block.text) else "answer" if marks.answer(block.text) else kind
        block.kind = kind


def _live(blocks: list[Block]) -> None:
    """Posts of a live page, where at least three paragraphs begin with a time of day."""
    if sum(marks.post_time(b.text) is not None for b in blocks if b.kind == "body") < 3:
        return
    clock: str | None = None
    for block in blocks:
        if block.kind != "body":
            continue
        clock = marks.post_time(block.text) or clock
        if clock:
            block.kind, block.when = "post", clock


def date_posts(blocks: list[Block], facts: Facts) -> None:
    """Posts know their time of day; their date is the report's, and without one they have none."""
    day = (best(facts.dates) or "")[:10]
    for block in blocks:
        if block.kind == "post" and block.when and len(block.when) == 5:
            block.when = f"{day}T{block.when}" if day else None


def mend(blocks: list[Block]) -> list[Block]:
    """Joins a paragraph that breaks off in a sentence with its continuation; what stood between them follows after."""
    kept: list[Block] = []
    pieces: dict[int, list[str]] = {}
    last: Block | None = None
    for block in blocks:
        if block.kind not in {"body", "answer", "question"} or block.form not in {"para", "emphasis"}:
            kept.append(block)
            last = None if block.kind in {"body", "title", "post", "dek"} else last
        elif last and last.kind == block.kind and marks.goes_on(pieces[id(last)][-1], block.text):
            pieces[id(last)].append(block.text)
        else:
            kept.append(block)
            last = block
            pieces[id(block)] = [block.text]
    for block in kept:
        block.text = " ".join(pieces.get(id(block), [block.text]))
    return kept


def read_facts(blocks: list[Block], facts: Facts) -> None:
    """Fills agency, publisher and dates from the first dateline and the address; metadata already there stays first."""
    opening = [b.text for b in blocks if b.kind in {"body", "post", "question", "answer"}][:3]
    first = next((d for text in opening if (d := marks.dateline(text))), None)
    if facts.url:
        facts.url = unwrap(facts.url)
        facts.publisher = facts.publisher or publisher_of(facts.url)
    url_date = from_url(facts.url)
    facts.dates += [url_date] if url_date else []
    facts.dates += [dated for text in opening if (dated := beside_a_place(text))][:1]
    if first is None:
        return
    facts.agency = facts.agency or first.agency
    if facts.publisher is None and first.house and not first.agency and not first.house.isupper():
        facts.publisher = first.house
    if facts.publisher is None and first.agency in DOMAINS.values():
        facts.publisher = first.agency
    if first.month and first.day:
        year = first.year or _year(facts, blocks)
        dated = day_of_year(first.month, first.day, year) if year else None
        facts.dates += [dated] if dated else []


def _year(facts: Facts, blocks: list[Block]) -> str | None:
    """The year for a dateline without one: of a date already known, else of the only full dates in the text."""
    if known := best(facts.dates):
        return known[:4]
    text = "\n".join(b.text for b in blocks)
    years = {iso[:4] for _, _, iso in found_in(text)} | set(
        re.findall(r"(?:©|\(c\)|copyright)\s*(20\d\d)\b", text, re.IGNORECASE)
    )
    return years.pop() if len(years) == 1 else None


def _foot(blocks: list[Block], facts: Facts) -> None:
    """Byline and agency from the end, where the head named none: `(Reporting by …)`, `Source: AFP`, `… he said. (AFP)`."""
    for block in blocks:
        if block.kind == "note" and facts.byline is None:
            facts.byline = marks.reporting(block.text)
    for block in blocks[-_FOOT:]:
        if block.kind in {"body", "note"} and (agency := marks.signed(block.text)):
            facts.agency = facts.agency or agency
            block.kind = "note" if len(block.text) <= 40 and not re.search(r"[.!?\"”’] ", block.text) else block.kind
