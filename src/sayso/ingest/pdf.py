"""PDF by pypdfium2: lines in reading order, running heads dropped, line ends and hyphens mended, the page kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sayso.errors import BadPdf, NoTextLayer, TooLarge
from sayso.ingest.blocks import Block, Draft, Facts, squeeze, tidy
from sayso.ingest.dates import from_metadata
from sayso.ingest.limits import PDF_PAGES, REPORT_CHARS

# pdfium marks a hyphen at the end of a line, where the word goes on in the next, with one of these.
_BROKEN = "\x02\ufffe\xad"
_MARKS = tuple(map(ord, _BROKEN))
_HYPHENS = "-‐"
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_JUNK_TITLE = re.compile(
    r"^(?:untitled|microsoft word|document\d*|.*\.(?:docx?|pdf|indd|qxd|rtf|odt|html?))\b", re.IGNORECASE
)
_END = re.compile(r"[.!?:][\"'”’)\]]*$")
# Halves of the compounds that news writes with a hyphen; the rest of the words loses it.
_COMPOUND_HEAD = re.compile(
    r"(?:well|self|long|short|large|small|high|low|far|so|half|anti|pro|non|ex|mid|cross|full|war|peace|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|first|second|third|year|month|week|day|air|co|post|pre|u|s|eu|un|north|south)$"
)
_COMPOUND_TAIL = re.compile(
    r"(?:old|based|led|backed|held|run|made|range|scale|term|level|torn|style|brokered|year|day|week|month)$"
)
# Lines at the top and at the foot of a page that may be running heads.
_EDGE = 3


@dataclass(slots=True)
class Line:
    """One line of a page: text, font size in points, left and right edge and baseline in points from the lower left."""

    text: str
    page: int
    size: float
    left: float
    right: float
    base: float


def read_pdf(data: bytes) -> Draft:
    """The draft of a PDF. Raises BadPdf (S107), NoTextLayer (S108), TooLarge (S105)."""
    if b"%PDF-" not in data[:1024]:
        raise _bad("it does not begin like a PDF", "check the file or its ending")
    if b"%%EOF" not in data[-65_536:]:
        raise _bad("its end is missing, so it was cut off", "fetch it again")
    document = _open(data)
    try:
        pages, facts = _pages(document), _facts(document)
    finally:
        document.close()
    pages = drop_running(pages)
    lines = [line for page in pages for line in page]
    if sum(c.isalnum() for line in lines for c in line.text) < 20:
        raise NoTextLayer(
            "the PDF has no text layer", "its pages are pictures", "run OCR over it first, for instance with ocrmypdf"
        )
    title = _take_title(lines, facts.title)
    taken = {id(line) for line in title}
    blocks = paragraphs([line for line in lines if id(line) not in taken])
    if title:
        facts.title = None
        blocks.insert(0, Block(squeeze(" ".join(x.text for x in title)), "title", "heading", 1))
    return Draft(blocks, facts)


def _bad(why: str, todo: str) -> BadPdf:
    return BadPdf("the PDF can not be opened", why, todo)


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or b"/Encrypt" in data:
            raise _bad("it is locked with a password", "save a copy without password") from error
        raise _bad("its structure is damaged", "fetch it again or print it to a new PDF") from error
    if not 1 <= count <= PDF_PAGES:
        document.close()
        if count < 1:
            raise _bad("it has no pages", "fetch it again")
        raise TooLarge(f"the PDF has {count:,} pages", f"sayso reads at most {PDF_PAGES:,} in one report", "split it")
    return document


def _facts(document: Any) -> Facts:
    """Title and date of the information dictionary; the date is that of the file, so only a last resort."""
    known = document.get_metadata_dict(skip_empty=True)
    title = squeeze(tidy(known.get("Title", "")))
    date = from_metadata(known.get("CreationDate"))
    usable = 8 <= len(title) <= 300 and not _JUNK_TITLE.match(title)
    return Facts(title=title if usable else None, late=[date] if date else [])


def _pages(document: Any) -> list[list[Line]]:
    import pypdfium2

    pages: list[list[Line]] = []
    total = 0
    for number in range(len(document)):
        try:
            page = document[number]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise _bad(f"page {number + 1} is damaged", "fetch it again or print it to a new PDF") from error
        total += textpage.count_chars()
        if total > REPORT_CHARS:
            raise TooLarge(
                "the PDF has too much text",
                f"sayso reads at most {REPORT_CHARS:,} characters in one report",
                "split it",
            )
        pages.append(list(_lines(textpage, number + 1)))
        textpage.close()
        page.close()
    return pages


def _lines(textpage: Any, number: int) -> Iterator[Line]:
    """The lines of a page in the order of the page's content, which is the reading order of what word processors write."""
    from pypdfium2 import raw

    start = 0
    count = textpage.count_chars()
    characters = [raw.FPDFText_GetUnicode(textpage, i) for i in range(count)]
    for i in range(count + 1):
        # pdfium draws two lines together where a hyphen ends the first, and leaves its mark between them.
        broken = i < count and characters[i] in _MARKS
        if i < count and characters[i] not in (10, 13) and not broken:
            continue
        drawn = [k for k in range(start, i) if characters[k] > 32]
        if drawn:
            text = "".join(chr(c) for c in _joined(characters[start : i + broken]))
            yield _line(textpage, text, number, drawn[0], drawn[-1])
        start = i + 1


def _joined(units: Iterable[int]) -> Iterator[int]:
    """Code points of pdfium's code units: pairs of surrogates joined, units out of range replaced."""
    high = 0
    for unit in units:
        if high and 0xDC00 <= unit < 0xE000:
            yield 0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00
            high = 0
            continue
        if high:
            yield 0xFFFD
        high = unit if 0xD800 <= unit < 0xDC00 else 0
        if not high:
            yield unit if unit < 0x110000 and not 0xDC00 <= unit < 0xE000 else 0xFFFD
    if high:
        yield 0xFFFD


def _line(textpage: Any, text: str, number: int, first: int, last: int) -> Line:
    from pypdfium2 import raw

    left, base, _, _ = textpage.get_charbox(first, loose=True)
    right = textpage.get_charbox(last, loose=True)[2]
    return Line(text.strip(), number, round(raw.FPDFText_GetFontSize(textpage, first), 1), left, right, base)


# --- running heads --------------------------------------------------------------------------------------------------


def drop_running(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers, and without the lines that stand at the top or foot of at least half of them."""

    def key(line: Line) -> tuple[str, int]:
        return re.sub(r"\d+", "#", squeeze(line.text)).casefold(), round(line.base)

    def edges(page: list[Line]) -> list[Line]:
        by_height = sorted(page, key=lambda line: -line.base)
        return [*by_height[:_EDGE], *by_height[-_EDGE:]]

    counted = Counter(k for page in pages for k in {key(line) for line in edges(page)})
    often = {k for k, n in counted.items() if n >= 2 and n * 2 >= len(pages) and len(k[0]) <= 150}
    kept: list[list[Line]] = []
    for page in pages:
        edge = {id(line) for line in edges(page)}
        kept.append([x for x in page if id(x) not in edge or not (key(x) in often or _PAGE_NUMBER.match(x.text))])
    return kept


# --- title and paragraphs -------------------------------------------------------------------------------------------


def _take_title(lines: list[Line], known: str | None) -> list[Line]:
    """The lines of the title: the biggest type on page one, where it is bigger than the running text; else what the file's own title repeats."""
    first = [x for x in lines if x.page == 1]
    if not first:
        return []
    common = _body_size(lines)
    biggest = max((x.size for x in first if sum(c.isalpha() for c in x.text) >= 3), default=0.0)
    start = next((i for i, x in enumerate(first) if x.size == biggest), 0)
    title: list[Line] = []
    for line in first[start : start + 6]:
        if line.size != biggest:
            break
        title.append(line)
    if biggest >= 1.15 * common and sum(len(x.text) for x in title) <= 300:
        return title
    return [x for x in first[:4] if known and squeeze(x.text).casefold() == known.casefold()][:1]


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def paragraphs(lines: list[Line]) -> list[Block]:
    """Lines joined to paragraphs: a new one begins at a gap, an indent, another type size, or after a short last line."""
    if not lines:
        return []
    body = _body_size(lines)
    step = _leading(lines)
    edge = sorted(x.right for x in lines)[int(0.9 * (len(lines) - 1))]
    # Neither first nor last of a line, which may be half a word.
    words = {w.casefold() for x in lines for w in re.findall(r"[^\W\d_]+", x.text)[1:-1]}
    blocks: list[Block] = []
    held: list[Line] = []
    for line in lines:
        if held and _breaks(held[-1], line, step, edge):
            blocks.append(_paragraph(held, body, words))
            held = []
        held.append(line)
    blocks.append(_paragraph(held, body, words))
    return blocks


def _leading(lines: list[Line]) -> float:
    """The distance between baselines in a paragraph: the smallest one between lines of one size that is not rare."""
    pairs = [(a.base - b.base, a.size) for a, b in pairwise(lines) if a.page == b.page and a.size == b.size]
    counted = Counter(round(gap, 1) for gap, size in pairs if 0.9 * size <= gap <= 4 * max(size, 1))
    usual = [gap for gap, n in counted.items() if n * 20 >= counted.total()]
    return min(usual, default=0.0)


def _breaks(above: Line, below: Line, step: float, edge: float) -> bool:
    if abs(above.size - below.size) > 0.15 * max(above.size, below.size):
        return True
    ends = bool(_END.search(above.text))
    if above.page != below.page or below.base > above.base:  # a new page or column
        return ends
    if step and above.base - below.base > 1.35 * step:
        return True
    short = above.right < edge - 0.15 * max(1.0, edge - above.left)
    indent = below.left - above.left > 0.8 * below.size
    return ends and (short or indent)


def _paragraph(lines: list[Line], body: float, words: set[str]) -> Block:
    text = lines[0].text
    for line in lines[1:]:
        text = join_lines(text, line.text, words)
    heading = lines[0].size > 1.1 * body and len(text) <= 200
    return Block(squeeze(tidy(text.rstrip(_BROKEN))), "body", "heading" if heading else "para", lines[0].page)


def join_lines(above: str, below: str, words: set[str]) -> str:
    """Two lines as one. A hyphen at the end goes, unless what it joins is a compound that stands with one, or a name."""
    if not above or not below:
        return above or below
    last = above[-1]
    if last not in _BROKEN and (last not in _HYPHENS or len(above) < 2 or not above[-2].isalpha()):
        return f"{above} {below}"
    head = (re.findall(r"[^\W\d_]+$", above[:-1]) or [""])[0]
    tail = (re.findall(r"^[^\W\d_]+", below) or [""])[0]
    if (head + tail).casefold() in words:
        return above[:-1] + below
    compound = _COMPOUND_HEAD.match(head.casefold()) or _COMPOUND_TAIL.match(tail.casefold())
    if not tail[:1].islower() or (last != "\xad" and compound):
        return above[:-1] + "-" + below
    return above[:-1] + below
