"""Plain text and Markdown: paragraphs out of lines, and the marks of Markdown taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.ingest import marks
from sayso.ingest.blocks import Block, Draft, Facts, squeeze, tidy
from sayso.ingest.dates import beside_a_place, from_metadata, line_dates

_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_RULE = re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$")
_SETEXT = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_ITEM = re.compile(r"^\s{0,8}(?:[-*+•‣·▪]|\d{1,3}[.)])\s+(?=\S)")
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+")
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?: \"[^\"]{0,500}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]]{1,1000})\](?:\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?(?: \"[^\"]{0,500}\")?\)|\[[^\[\]]{0,200}\])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|center|cite|div|em|figcaption|figure|font|h[1-6]|hr|i|img|p|s|small|span|strong|sub|sup|u)(?:\s[^<>]{0,1000})?/?>",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--[^<>]{0,2000}-->")
# Patterns over untrusted text are linear: bounded, or unable to run past the next mark of their own kind.
_STRONG = re.compile(r"\*\*+|~~|(?<!\w)__+(?=\S)|(?<=\S)__+(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,5000}?)(?<=\S)\1(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|<])")
_CODE = re.compile(r"(?<!`)`([^`\n]{1,500})`(?!`)")
_PAGE_LINE = re.compile(r"^(?:[-–—\s]*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*)$", re.IGNORECASE)
_KEY = re.compile(r"^([A-Za-z_][\w -]{0,30}):\s*(.*)$")
# A line longer than this was not wrapped by hand or by a mail program, so its line end ends a paragraph.
_WRAP = 100
_ENTITIES = re.compile(r"&(?:#x?[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")


def read_plain(text: str) -> Draft:
    """The draft of a plain text that is tidy already."""
    groups = [list(group) for group in _groups(text.split("\n"))]
    return Draft([Block(squeeze(p)) for group in groups for p in _paragraphs(group) if squeeze(p)])


def _groups(lines: list[str]) -> Iterator[list[str]]:
    """Lines between blank lines; page numbers alone on a line are dropped, and do not end a paragraph."""
    group: list[str] = []
    for i, line in enumerate(lines):
        if line.strip():
            alone = (i == 0 or not lines[i - 1].strip()) and (i + 1 >= len(lines) or not lines[i + 1].strip())
            if alone and _PAGE_LINE.match(line) and len(lines) > 3:
                continue
            group.append(line.strip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """One group of lines as paragraphs: wrapped lines joined, unless the lines are long or stand for themselves."""
    wrapped = max(map(len, lines)) <= _WRAP
    joined: list[str] = []
    for i, line in enumerate(lines):
        follower = lines[i + 1] if i + 1 < len(lines) else ""
        joined.append(line)
        last = not follower
        if last or not wrapped or _alone(line) or _alone(follower) or marks.dateline(follower) or _ITEM.match(follower):
            yield _join(joined)
            joined = []


def _join(lines: list[str]) -> str:
    """Lines of one paragraph as one line; a soft hyphen was dropped before, a hard one at a line's end is kept."""
    text = lines[0]
    for line in lines[1:]:
        tight = text.endswith("-") and not text.endswith((" -", "--")) and line[:1].islower()
        text += line if tight else f" {line}"
    return text


def _alone(line: str) -> bool:
    """Whether a line is a paragraph of its own even inside a run of lines."""
    return bool(
        line_dates(line) or marks.byline(line) or marks.address(line) or marks.address_label(line)
        or (len(line) < 90 and marks.kind_of(line) in {"credit", "related", "note"})
        or marks.question(line) or marks.answer(line) or marks.post_time(line) or beside_a_place(line)
    )  # fmt: skip


def read_markdown(text: str) -> Draft:
    """The draft of a tidy Markdown text: front matter read, marks taken off, links reduced to their words."""
    lines, facts = _front_matter(_COMMENT.sub("", text).split("\n"))
    blocks: list[Block] = []
    for group in _groups(lines):
        blocks.extend(_markdown_group(group))
    top = next((b for b in blocks if b.form == "heading" and b.kind == "title"), None)
    for block in blocks:
        block.kind = "title" if block is top else "body"
    return Draft([b for b in blocks if b.text], facts)


def _markdown_group(lines: list[str]) -> Iterator[Block]:
    held: list[str] = []
    for line in lines:
        under = _SETEXT.match(line)
        if under and len(held) == 1:
            yield _block(held.pop(), "heading", top=under[1][0] == "=")
            continue
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if heading or item or _RULE.match(line) or _alone(_strip(line)):
            yield from _flush(held)
            held = []
        if heading:
            yield _block((heading[2] or "").rstrip(" \t#"), "heading", top=len(heading[1]) == 1)
        elif item and not _RULE.match(line):
            held = [line]
        elif not _RULE.match(line):
            held.append(_QUOTE.sub("", line))
            if _alone(_strip(line)):
                yield from _flush(held)
                held = []
    yield from _flush(held)


def _flush(held: list[str]) -> Iterator[Block]:
    if not held:
        return
    item = _ITEM.match(held[0])
    marker = held[0][: item.end()] if item else ""
    if item and not marker.strip()[0].isdigit():
        held = [held[0][item.end() :], *held[1:]]
    yield _block(_join(held), "item" if item else "para")


def _block(source: str, form: str, *, top: bool = False) -> Block:
    source = source.strip()
    bare = _IMAGE.sub("", source).strip()
    if form == "para" and not bare and (image := _IMAGE.search(source)):
        words = squeeze(image[1])
        return Block(words if len(words.split()) >= 4 else "", "caption")
    if (
        form in {"para", "item"}
        and (link := _LINK.fullmatch(bare.strip("*_ ")))
        and marks.address(squeeze(link[1])) is None
    ):
        form = "link" if form == "para" else form
    elif form == "para" and re.fullmatch(r"([*_]{1,3})[^*_]+\1", bare):
        form = "emphasis"
    return Block(squeeze(_strip(bare)), "title" if top else "body", form)


def _strip(source: str) -> str:
    """The words of a piece of Markdown."""
    if not any(c in source for c in "*_`[<\\&~"):
        return source
    from html import unescape

    text = _AUTOLINK.sub(r"<\1>", _LINK.sub(r"\1", _IMAGE.sub("", source)))
    text = _TAG.sub(" ", text) if "<" in text else text
    text = _EMPHASIS.sub(r"\2", _STRONG.sub("", text))
    text = _ESCAPE.sub(r"\1", _CODE.sub(r"\1", text))
    return tidy(_ENTITIES.sub(lambda m: unescape(m[0]), text))


def _front_matter(lines: list[str]) -> tuple[list[str], Facts]:
    """The lines after a YAML head of simple keys, and what it says."""
    facts = Facts()
    if not lines or lines[0].strip() != "---":
        return lines, facts
    close = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() in {"---", "..."}), None)
    if close is None or not all(
        _KEY.match(x) or not x.strip() or x.startswith((" ", "-", "#")) for x in lines[1:close]
    ):
        return lines, facts
    keys = {m[1].lower().strip(): m[2].strip().strip("\"'") for x in lines[1:close] if (m := _KEY.match(x))}
    facts.title = squeeze(keys.get("title", "")) or None
    facts.byline = squeeze(keys.get("author", "") or keys.get("byline", "")) or None
    facts.publisher = squeeze(keys.get("publisher", "") or keys.get("source", "")) or None
    facts.url = marks.address(keys.get("url", "") or keys.get("link", ""))
    date = from_metadata(keys.get("published", "") or keys.get("date", ""))
    facts.dates += [date] if date else []
    return lines[close + 1 :], facts
