"""Our statements in the conventions of PolNeAR.

Its spans hold words that ours leave out, and its labels are flat. By the tree of sayso's own analysis, for every set alike:

- **Flat**: of statements inside statements only the outermost stands. A word has one label: cues are written first, then
  sources, then contents, larger statements before smaller; a source of several cues is written once.
- **Cue**: with its auxiliaries, negation and adverbs right before it (*has also said*), with the verbs that it hangs on by *to*
  (*continued to call*), the preposition before its content (*called for*, *is critical of*) and a colon; without those who are
  told (*told | reporters*).
- **Source**: with its appositions, brackets and relative clauses and the comma that closes them.
- **Content**: with *that* and *to* before it, and the quotation marks around it; with the mark of its end only where that stands
  inside of the quotation. Parts of one content that only marks part are one span.

Words that our tokens share between two of the set's go to both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evaluation.attribution_text import marks, write
from sayso.language import analyse
from sayso.reading import read
from sayso.reading.context import Context
from sayso.records import Report, Statement

Range = tuple[int, int]
# Kind, and a number that is another for each span; None outside of all spans.
Label = tuple[str, int] | None

KINDS = ("source", "cue", "content")

# The order in which the labels are written; a word keeps its first.
WRITTEN = ("cue", "source", "content")

_BEFORE_CUE = frozenset(("aux", "aux:pass", "advmod", "cop"))
_MORE, _AND_MORE = frozenset(("appos", "acl")), frozenset(("conj", "nmod"))
_TELLING = frozenset("tell inform assure remind notify brief".split())
_STOPS = frozenset((",", ".", "?", "!", "...", "'"))
_MARKS = frozenset((*_STOPS, ";", ":", "--", "-", "–", "—"))


@dataclass(slots=True)
class Page:
    """A document of the set as sayso read it: the text, the analysis, and the places of the set's words."""

    ctx: Context
    statements: tuple[Statement, ...]
    words: list[str]
    places: list[Range]
    sides: list[str]
    ends: list[int] = field(default_factory=list)  # of the words, for searching
    item: list[int] = field(default_factory=list)  # the number of each word's item
    quote: list[int | None] = field(default_factory=list)  # the number of the quotation that each word stands in

    def cover(self, start: int, end: int) -> Range:
        """The set's words of some characters."""
        first = bisect_right(self.ends, start)
        last = first
        while last < len(self.places) and self.places[last][0] < end:
            last += 1
        return first, last

    def of_tokens(self, found: Range) -> Range:
        """The set's words of a range of our tokens."""
        span = self.ctx.span(*found)
        return self.cover(span.start, span.end)


def found(items: Sequence[Sequence[str]]) -> list[list[Label]]:
    """What sayso reads in a document (its items as words): a label a word."""
    page = open_page(items)
    labels = written_down(page)
    made, at = [], 0
    for words in items:
        made.append(labels[at : at + len(words)])
        at += len(words)
    return made


def open_page(items: Sequence[Sequence[str]]) -> Page:
    """The document read."""
    written = write(items)
    report = Report.make(text=written.text)
    analysis = analyse(report.text)
    reading = read(report, analysis)
    places = written.words()
    sides = [side for item in marks(items) for side in item]
    numbers = [k for k, words in enumerate(items) for _ in words]
    words = [word for item in items for word in item]
    ends = [end for _, end in places]
    return Page(Context(report, analysis), reading.statements, words, places, sides, ends, numbers, quotations(sides))


def quotations(sides: Sequence[str]) -> list[int | None]:
    """The number of the quotation that each word stands in, None outside of any, by the marks that open and close."""
    found: list[int | None] = []
    opened: int | None = None
    for i, side in enumerate(sides):
        opened = i if side == "open" else None if side == "close" else opened
        found.append(opened)
    return found


def written_down(page: Page) -> list[Label]:
    """The label of every word."""
    labels: list[Label] = [None] * len(page.words)
    outer = [s for s in page.statements if s.within is None]
    outer.sort(key=lambda s: (-sum(c.end - c.start for c in s.content), s.id))
    spans = [found for statement in outer for found in mapped(page, statement)]
    spans.sort(key=lambda found: WRITTEN.index(found[0]))
    for number, (kind, (first, last)) in enumerate(spans):
        for i in range(first, last):
            if labels[i] is None:
                # A span ends with its item.
                labels[i] = (kind, number * len(page.words) + page.item[i])
    return labels


def mapped(page: Page, statement: Statement) -> list[tuple[str, Range]]:
    """One statement's spans in the set's words."""
    ctx = page.ctx
    content = [ctx.range_of(s) for s in statement.content]
    cue = ctx.range_of(statement.cue) if statement.cue else None
    source = ctx.range_of(statement.source) if statement.source else None
    made: list[tuple[str, Range]] = []
    taken = {i for r in (cue, source, *content) if r for i in range(*r)}
    if cue:
        wide = _cue(ctx, cue, content)
        made.append(("cue", _colon(page, page.of_tokens(wide))))
        content = [(max(a, wide[1]) if cue[0] < a < wide[1] else a, b) for a, b in content]
    if source:
        first, last = page.of_tokens(_source(ctx, source, taken - set(range(*source))))
        made.append(("source", (first, last)))
    parts = [_led_in(ctx, r) for r in content if r[0] < r[1]]
    made += [("content", r) for r in _contents(page, parts, page.of_tokens(cue) if cue else None)]
    return made


# --- cues ------------------------------------------------------------------------------------------------------------


def _cue(ctx: Context, cue: Range, content: list[Range]) -> Range:
    """A cue with what the set counts to it, without the people told."""
    first, last = cue
    tokens, head = ctx.tokens, ctx.head(*cue)
    if tokens[head].upos == "VERB" and tokens[head].lemma in _TELLING:
        last = head + 1
    low = ctx.sentence(first).first
    while first > low:
        before = tokens[first - 1]
        if before.deprel in _BEFORE_CUE and first <= before.head < last and before.xpos != "WRB":
            first -= 1
        elif before.text.lower() == "to" and tokens[head].deprel == "xcomp" and tokens[head].head == first - 2 >= low:
            first = head = first - 2
        else:
            break
    case = any(t.upos == "ADP" and t.deprel == "case" for t in tokens[last : last + 1])
    if case and any(a == last for a, _ in content):
        last += 1
    return first, last


def _colon(page: Page, cue: Range) -> Range:
    """A cue with the colon behind it."""
    return (cue[0], cue[1] + 1) if page.words[cue[1] : cue[1] + 1] == [":"] else cue


# --- sources ---------------------------------------------------------------------------------------------------------


def _source(ctx: Context, source: Range, others: set[int]) -> Range:
    """A source with what tells more of it behind it, as far as nothing of `others` stands there."""
    tokens, head = ctx.tokens, ctx.head(*source)
    if tokens[head].upos not in ("NOUN", "PROPN"):
        return source
    end, last = ctx.sentence(head).last, source[1]
    for child in ctx.children[head]:
        relation = tokens[child].deprel.split(":")[0]
        if child >= last and (relation in _MORE or (last > source[1] and relation in _AND_MORE)):
            reach = min(ctx.subtree(child)[1], end)
            last = last if others & set(range(last, reach)) else max(last, reach)
    return (source[0], _closed(ctx, source[1], last, end)) if last > source[1] else source


def _closed(ctx: Context, first: int, last: int, end: int) -> int:
    """Where an addition to a source ends: with the comma that closes it, where one opened it."""
    comma = any(t.text == "," for t in ctx.tokens[first:last])
    while last > first and ctx.tokens[last - 1].text in (".", ",", ";"):
        last -= 1
    return last + 1 if comma and last < end and ctx.tokens[last].text == "," else last


# --- contents --------------------------------------------------------------------------------------------------------


def _led_in(ctx: Context, content: Range) -> Range:
    """With *that* or *to* before it."""
    first, last = content
    low = ctx.sentence(first).first
    at = first - 1
    while at > low and ctx.tokens[at].text in (",", '"'):
        at -= 1
    if at >= low and ctx.tokens[at].text.lower() == "that" and ctx.tokens[at].upos == "SCONJ":
        return at, last
    if first > low and ctx.tokens[first - 1].text.lower() == "to" and ctx.tokens[first - 1].deprel == "mark":
        return first - 1, last
    return content


def _contents(page: Page, ranges: Iterable[Range], cue: Range | None) -> list[Range]:
    """The parts of a content with their quotation marks; parts that only marks part, or that one quotation holds, are one."""
    made: list[Range] = []
    for found in ranges:
        first, last = page.of_tokens(found)
        if first < last and made and _one(page, made[-1], first, cue):
            made[-1] = (made[-1][0], last)
        elif first < last:
            made.append((first, last))
    return [_quoted(page, r, cue) for r in made]


def _one(page: Page, before: Range, first: int, cue: Range | None) -> bool:
    """Whether a part that begins with the word `first` is one with the part before it."""
    if page.item[before[0]] != page.item[first]:
        return False
    quote, between = page.quote[first], range(before[1], first)
    if quote is not None and page.quote[before[1] - 1] == quote and not (cue and cue[0] in between):
        return True
    return all(page.sides[i] or page.words[i] in _MARKS for i in between)


def _quoted(page: Page, found: Range, cue: Range | None) -> Range:
    """A part with the marks of the quotations that begin or end with it; a quotation that holds the cue is another's."""
    first, last = found
    while first > 0 and page.sides[first - 1] == "open":
        first -= 1
    quote, at = page.quote[last - 1], last
    while at < len(page.words) and page.words[at] in _STOPS and page.item[at] == page.item[last - 1]:
        at += 1
    closes = at < len(page.words) and page.sides[at] == "close"
    if closes and quote is not None and not (cue and page.quote[cue[0]] == quote):
        last = at + 1
    return first, last
