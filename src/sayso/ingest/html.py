"""Web pages: the article by trafilatura, captions and credits beside it, facts from the page's head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sayso.errors import BadHtml
from sayso.ingest.blocks import Block, Draft, squeeze, tidy
from sayso.ingest.encoding import decode
from sayso.ingest.html_facts import page_facts
from sayso.ingest.limits import ARTICLE_TAGS, HTML_ATTRIBUTES, HTML_DEPTH, HTML_TAGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:-]{0,40})")
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?""")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
# Their end tags may be left out, so opening tags say nothing about depth.
_LOOSE = frozenset(
    [
        "html",
        "head",
        "body",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "rt",
        "rp",
    ]
)
_RAW = frozenset(("script", "style", "textarea"))
_CLASS_CREDIT = re.compile(
    r"(?:^|[-_ ])(?:credits?|copyright|source|photographer|attribution)(?:$|[-_ ])", re.IGNORECASE
)
_CLASS_CAPTION = re.compile(r"(?:^|[-_ ])(?:wp-caption|captions?|caption-text)(?:$|[-_ ])", re.IGNORECASE)
_CLASS_POST = re.compile(r"twitter-tweet|instagram-media|telegram-post|fb-post|bluesky-embed", re.IGNORECASE)
_OUTSIDE = frozenset(("nav", "aside", "header", "footer", "form"))
# A caption belongs to the article when one of so many paragraphs before it does, or when no more than these came before it.
_REACH = 4
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = (
    frozenset(
        ("p", "li", "blockquote", "td", "th", "pre", "dd", "dt", "figcaption", "caption", "div", "section", "article")
    )
    | _HEADINGS
)


def read_html(data: bytes) -> Draft:
    """The draft of a page. Raises BadHtml (S109) for a page built to exhaust its reader, or one without text."""
    declared = _CHARSET.search(data[:4096])
    text = tidy(decode(data, declared[1].decode("ascii") if declared else None))
    tags = measure(text)
    tree = _parse(text)
    facts = page_facts(tree)
    beside = _take_beside(tree)
    blocks = (_article(tree) if tags <= ARTICLE_TAGS else []) or _plain(tree)
    if not any(b.form != "heading" for b in blocks):
        blocks = _plain(tree)
    if not any(b.text for b in blocks):
        raise BadHtml("the page has no article", "no paragraph of text was found in it", "save the page as text (.txt)")
    return Draft(_insert(blocks, beside), facts)


def measure(text: str) -> int:
    """The number of tags; BadHtml (S109) where there are more, or more inside one another, than any page has. Linear."""
    depth = count = at = 0
    text = text.lower()
    while found := _TAG.search(text, at):
        at, name = _after_attributes(text, found.end()), found[2]
        count += 1
        if name in _RAW and not found[1]:
            close = text.find(f"</{name}", at)
            at = close if close >= 0 else len(text)
        if name not in _VOID and name not in _LOOSE:
            depth = max(0, depth + (-1 if found[1] else 1))
        if depth > HTML_DEPTH:
            raise _bomb(f"more than {HTML_DEPTH} elements inside one another")
        if count > HTML_TAGS:
            raise _bomb(f"more than {HTML_TAGS:,} tags")
    return count


def _after_attributes(text: str, at: int) -> int:
    """Where the attributes of a tag end; BadHtml (S109) for too many, on which libxml2 spends quadratic time."""
    count = 0
    while found := _ATTRIBUTE.match(text, at):
        at, count = found.end(), count + 1
        if count > HTML_ATTRIBUTES:
            raise _bomb(f"more than {HTML_ATTRIBUTES} attributes in one tag")
    return at


def _bomb(many: str) -> BadHtml:
    return BadHtml("the page is built to exhaust its reader", f"it has {many}", "save the article as text (.txt)")


def _parse(text: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise BadHtml(
            "the page can not be read", "it holds no element of HTML", "save the page as text (.txt)"
        ) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise _bomb("elements too deep inside one another")
    return tree


# --- what stands beside the article ---------------------------------------------------------------------------------


def _take_beside(tree: HtmlElement) -> list[tuple[list[str], Block]]:
    """Captions, credits and embedded posts, taken out of the tree; each with the paragraphs before it, nearest first."""
    found: list[tuple[list[str], HtmlElement]] = []
    before: list[str] = []
    shut: HtmlElement | None = None
    for event, element in _walk(tree):
        if event == "end" or not isinstance(element.tag, str):
            shut = None if shut is element else shut
        elif shut is None and _is_beside(element):
            shut = element
            found.append((before, element))
        elif shut is None and element.tag in _OUTSIDE:
            shut = element
        elif shut is None and element.tag == "p" and len(words := squeeze(element.text_content())) >= 20:
            before = [words, *before[:_REACH]]
    taken = [(before, block) for before, element in found for block in _beside(element) if block.text]
    for _, element in found:
        if element.getparent() is not None:
            element.drop_tree()
    return taken


def _class(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('itemprop', '')}"[:300]


def _is_beside(element: HtmlElement) -> bool:
    """Whether an element is a figure, a caption or an embedded post."""
    if element.tag == "blockquote":
        return bool(_CLASS_POST.search(_class(element)))
    if element.tag == "figure":  # not one around a quotation or a table
        return element.find(".//p") is None or element.find(".//img") is not None
    return element.tag in {"figcaption", "div", "p", "span"} and bool(_CLASS_CAPTION.search(_class(element)))


def _beside(element: HtmlElement) -> list[Block]:
    """The blocks of such an element: post, or caption and credit."""
    if element.tag == "blockquote":
        return [Block(_spaced(element), "post")]
    credit = next(
        (
            e
            for e in element.iter("span", "cite", "small", "p", "div", "em", "i")
            if e is not element and _CLASS_CREDIT.search(_class(e))
        ),
        None,
    )
    maker = squeeze(credit.text_content()) if credit is not None else ""
    if credit is not None:
        credit.drop_tree()
    scope = element.find(".//figcaption") if element.tag == "figure" else element
    words = _spaced(scope) if scope is not None else ""
    return [Block(words, "caption"), Block(maker, "credit")] if len(words) + len(maker) <= 3_000 else []


def _spaced(element: HtmlElement) -> str:
    """The text of an element, with a space where a block inside it ends."""
    pieces: list[str] = []
    for event, inner in _walk(element):
        if event == "start":
            pieces.append(inner.text or "")
        elif inner is not element:
            pieces += [" " if inner.tag in _BLOCKS or inner.tag == "br" else "", inner.tail or ""]
    return squeeze("".join(pieces))


def _insert(blocks: list[Block], beside: list[tuple[list[str], Block]]) -> list[Block]:
    """Each caption after the paragraph of the article that it followed on the page; one far from any is left out."""
    places = {squeeze(b.text): i for i, b in reversed(list(enumerate(blocks)))}
    after: dict[int, list[Block]] = {}
    for before, block in beside:
        near = (places[words] for words in before if words in places)
        place = next(near, -1 if len(before) <= _REACH else None)
        if place is not None:
            after.setdefault(place, []).append(block)
    merged = list(after.get(-1, []))
    for i, block in enumerate(blocks):
        merged += [block, *after.get(i, [])]
    return merged


# --- the article ----------------------------------------------------------------------------------------------------


def _article(tree: HtmlElement) -> list[Block]:
    """The article's blocks as trafilatura finds them; none where it finds no article."""
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found: Any = bare_extraction(tree, include_comments=False, include_formatting=False, with_metadata=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError):
        return []  # trees that no browser would build; the plain reader takes them
    if found is None or found.body is None:
        return []
    return [b for element in found.body for b in _blocks_of(element) if b.text]


def _blocks_of(element: Any) -> Iterator[Block]:
    """One element of trafilatura's tree (p, head, list, quote, table, ab, code, …) as blocks."""
    name = element.tag if isinstance(element.tag, str) else ""
    if name == "head":
        yield Block(_words(element), "body", "heading")
    elif name == "list":
        yield from (Block(_words(item), "body", "item") for item in element.iter("item"))
    elif name == "table":
        for row in element.iter("row"):
            yield Block(" | ".join(w for cell in row.iter("cell") if (w := _words(cell))), "body", "item")
    elif name == "quote" and element.find("p") is not None:
        yield from (Block(_words(p)) for p in element.iter("p"))
    else:
        pieces = re.split(r"\n\s*\n?", "".join(_pieces(element)).replace("\r", ""))
        yield from (Block(squeeze(piece)) for piece in pieces)
    if tail := squeeze(element.tail or ""):
        yield Block(tail)


def _words(element: Any) -> str:
    return squeeze("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    """The text of an element and those in it; a forced line end as a line end."""
    for event, inner in _walk(element):
        if event == "start":
            yield "\n" if inner.tag == "lb" else ""
            yield (inner.text or "").replace("\n", " ")
        elif inner is not element:
            yield (inner.tail or "").replace("\n", " ")


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    return iter(etree.iterwalk(element, events=("start", "end")))


def _plain(tree: HtmlElement) -> list[Block]:
    """Every block of text outside navigation, in order: what is left when no article can be told. Linear, no recursion."""
    blocks: list[Block] = []
    pieces: list[str] = []
    form = "para"
    shut: Any = None

    def flush() -> None:
        if words := squeeze("".join(pieces)):
            blocks.append(Block(words, "body", form))
        pieces.clear()

    for event, element in _walk(tree):
        tag = element.tag if isinstance(element.tag, str) else "script"
        if event == "start":
            if shut is None and (
                tag in _OUTSIDE or tag in {"script", "style", "head", "noscript", "template", "svg", "button", "select"}
            ):
                shut = element
            if shut is None:
                if tag in _BLOCKS or tag == "br":
                    flush()
                    form = "heading" if tag in _HEADINGS else "item" if tag == "li" else "para"
                pieces.append(element.text or "")
            continue
        if shut is None and tag in _BLOCKS:
            flush()
            form = "para"
        shut = None if shut is element else shut
        if shut is None:
            pieces.append(element.tail or "")
    flush()
    return blocks
