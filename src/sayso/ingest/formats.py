"""Which format a file is in, and its reader."""

from __future__ import annotations

import json
import re

from sayso.ingest.blocks import Draft, tidy
from sayso.ingest.encoding import decode
from sayso.ingest.limits import HTML_BYTES, PDF_BYTES, TEXT_BYTES, bound_text
from sayso.ingest.text import read_markdown, read_plain

# Ending to format; other endings are passed over in folders and refused (S111) when named.
FORMATS = {
    ".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
LIMITS = {"text": TEXT_BYTES, "markdown": TEXT_BYTES, "html": HTML_BYTES, "pdf": PDF_BYTES}
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p)[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^#{1,6} \S|^\*\*[^*\n]+\*\*|\]\(", re.MULTILINE)


def draft(data: bytes, known: str) -> Draft:
    """The draft of `data` in the format `known` (text, markdown, html, pdf); its reader is loaded only when needed."""
    if known == "pdf":
        from sayso.ingest.pdf import read_pdf

        if not data.strip():
            decode(data)  # says that it is empty
        return read_pdf(data)
    if known == "html":
        from sayso.ingest.html import read_html

        return read_html(data)
    text = bound_text(tidy(decode(data)))
    return read_markdown(text) if known == "markdown" else read_plain(text)


def guess(head: bytes) -> str:
    """The format of what begins with `head`: pdf, jsonl, html, markdown or text."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if start.startswith(b"{") and _is_object(start):
        return "jsonl"
    if start.startswith(b"<") and _HTML.search(start[:4096]):
        return "html"
    return "markdown" if _MARKDOWN.search(start[:4096]) else "text"


def _is_object(start: bytes) -> bool:
    """Whether the first line is a JSON object, or so long that its end is not in sight."""
    line, end, _ = start.partition(b"\n")
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return (not end and len(start) > 60_000) or b'"text"' in line
