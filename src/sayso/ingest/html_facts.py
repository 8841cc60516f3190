"""What a page's head says about its article: JSON-LD, meta elements, the canonical address, `time` elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sayso.ingest import marks
from sayso.ingest.blocks import Facts, squeeze
from sayso.ingest.dates import from_metadata, line_dates
from sayso.ingest.limits import JSON_LD_BLOCKS, JSON_LD_CHARS
from sayso.ingest.outlets import agency_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "sailthru.title", "parsely-title")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date",
    "dcterms.created", "dcterms.date", "dc.date.created", "cxenseparse:recs:publishtime", "originalpublicationdate",
    "og:published_time", "citation_publication_date", "article_date_original",
)  # fmt: skip
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "twitter:creator",
)
_SITES = ("og:site_name", "dc.publisher", "publisher", "citation_journal_title", "application-name")
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|LiveBlog", re.IGNORECASE)


def page_facts(tree: HtmlElement) -> Facts:
    """Title, byline, agency, publisher, address and dates of a parsed page, each from the most trusted place that has it."""
    meta = _meta(tree)
    linked = next((x for x in _json_ld(tree) if _ARTICLE_TYPES.search(str(x.get("@type", "")))), {})
    facts = Facts(
        url=_address(tree, meta), dek=squeeze(meta.get("og:description") or meta.get("description") or "") or None
    )
    facts.publisher = _first(meta, _SITES) or _name(linked.get("publisher"))
    facts.title = _title(tree, meta, linked, facts.publisher)
    facts.byline = _author(tree, meta, linked)
    facts.agency = agency_in(facts.byline) if facts.byline else None
    facts.dates = [d for d in (from_metadata(linked.get("datePublished")), *_dates(tree, meta)) if d]
    return facts


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The meta elements by their lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = squeeze(element.get("content") or "")
        for key in ("property", "name", "itemprop"):
            if content and (name := element.get(key)):
                found.setdefault(name.strip().lower(), content[:2_000])
    return found


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, those in lists and graphs too; what is no JSON is passed over."""
    for count, element in enumerate(tree.iter("script")):
        if count > 500:
            return
        source = element.text or ""
        if "ld+json" not in (element.get("type") or "") or len(source) > JSON_LD_CHARS:
            continue
        try:
            loaded = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(loaded)


def _objects(loaded: Any) -> Iterator[dict[str, Any]]:
    queue = loaded[:JSON_LD_BLOCKS] if isinstance(loaded, list) else [loaded]
    for item in queue:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (x for x in (graph[:JSON_LD_BLOCKS] if isinstance(graph, list) else []) if isinstance(x, dict))


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _name(value: Any) -> str | None:
    """The name in a JSON-LD person or organisation: text, object or list of them."""
    if isinstance(value, list):
        names = [n for v in value[:6] if (n := _name(v))]
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else (names[0] if names else None)
    if isinstance(value, dict):
        value = value.get("name")
    return squeeze(value)[:200] or None if isinstance(value, str) else None


def _address(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    links = [e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    found = (marks.address((x or "").strip()) for x in (*links, meta.get("og:url")))
    return next((x for x in found if x), None)


def _title(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any], site: str | None) -> str | None:
    """The headline without the name of the site after it."""
    headings = [t for e in tree.iter("h1") if (t := squeeze(e.text_content()))]
    page = next((squeeze(e.text_content()) for e in tree.iter("title")), "")
    shared = _first(meta, _TITLES)
    headline = linked.get("headline")
    known = [_without_site(t, site) for t in (shared, headline if isinstance(headline, str) else None) if t]
    for title in known:
        # The headline on the page itself, where it is the same but for the site's name or letter case.
        if shown := next((h for h in headings if _alike(h, title)), None):
            return shown
    found = (*known[:1], *headings[:1], _without_site(page, site))
    return next((squeeze(t)[:500] for t in found if t), None)


def _alike(left: str, right: str) -> bool:
    return "".join(filter(str.isalnum, left.casefold())) == "".join(filter(str.isalnum, right.casefold()))


def _without_site(title: str, site: str | None) -> str:
    title = squeeze(title)
    for mark in (" | ", " - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(mark)
        if (
            found
            and head
            and ((site and tail.casefold() == site.casefold()) or (mark == " | " and len(tail.split()) <= 5))
        ):
            return head
    return title


def _author(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    named = _name(linked.get("author")) or _first(meta, _AUTHORS)
    if named and not named.startswith(("http", "@")):
        return marks.byline(named) or named.removeprefix("By ").removeprefix("by ")
    for element in tree.iter("a", "span", "p", "div", "address"):
        label = f"{element.get('class', '')} {element.get('rel', '')} {element.get('itemprop', '')}".lower()
        if re.search(r"\b(?:byline|author)\b", label) and 2 <= len(words := squeeze(element.text_content())) <= 120:
            who = marks.byline(words) or marks.byline(f"By {words}")
            if who:
                return who
    return None


def _dates(tree: HtmlElement, meta: dict[str, str]) -> Iterator[str | None]:
    yield from (from_metadata(meta[name]) for name in _DATES if name in meta)
    for count, element in enumerate(tree.iter("time")):
        if count >= 3:
            return
        shown = line_dates(squeeze(element.text_content()))
        yield from_metadata(element.get("datetime")) or (shown[0] if shown else None)
