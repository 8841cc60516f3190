"""Statements and quotation marks: whose a quotation is, over sentences, and what stands outside of it."""

from __future__ import annotations

from sayso.reading.context import Context
from sayso.reading.drafts import Draft, Range
from sayso.reading.frames import free
from sayso.reading.quotes import Quotes

_CIRCUMSTANCES = frozenset("obl advcl nmod acl appos nummod amod advmod case nsubj conj".split())


def only_quoted(ctx: Context, quotes: Quotes, draft: Draft) -> None:
    """Where a quotation stands before its cue, what follows the cue outside of marks and is no clause of its own is about
    the saying (*…, he said on condition of anonymity*, *…, said Mrs Moroz, sweeping the floor*)."""
    cue = draft.cue
    if not cue or not any(b <= cue[0] and share(ctx, quotes, (a, b)) > 0.8 for a, b in draft.content):
        return
    kept = []
    for first, last in draft.content:
        relation = ctx.tokens[ctx.head(first, last)].deprel.split(":")[0]
        if first >= cue[1] and share(ctx, quotes, (first, last)) < 0.2 and relation in _CIRCUMSTANCES:
            draft.trace.append("statements: words behind the cue are about the saying")
        else:
            kept.append((first, last))
    draft.content = kept


def share(ctx: Context, quotes: Quotes, found: Range) -> float:
    """How much of a range stands in quotation marks (0 … 1)."""
    return quotes.share(ctx.tokens[found[0]].start, ctx.tokens[found[1] - 1].end)


def introduced(ctx: Context, quotes: Quotes, found: list[Draft]) -> list[Draft]:
    """Quotations that a colon introduces without a verb of saying (*The governor was blunt: "…"*): the subject speaks."""
    owned = _owners(ctx, quotes, found)
    made = []
    for number, quote in enumerate(quotes.all):
        first, last = ctx.at(quote.start), ctx.at(quote.end - 1) + 1
        if number in owned or first < 3 or ctx.tokens[first - 2].text != ":" or last - first < 3:
            continue
        sentence = ctx.sentence(first - 2)
        if any(d.cue and sentence.first <= d.cue[0] < first for d in found):
            continue
        source = _subject_of(ctx, sentence.first, first - 2)
        content = free(ctx, first, min(last, ctx.sentence(first).last), (first - 2, first - 1))
        if source and content:
            made.append(Draft(None, source, content, 0.6, ["statements: a quotation that a colon introduces"]))
    return made


def _subject_of(ctx: Context, first: int, last: int) -> Range | None:
    """The subject of the clause in a range: a person or a named body, as a noun phrase without its appositions."""
    for i in range(first, last):
        token = ctx.tokens[i]
        if token.deprel == "nsubj" and token.upos in ("NOUN", "PROPN", "PRON") and first <= token.head < last:
            low, high = ctx.subtree(i, without=("appos", "acl", "punct", "parataxis"))
            low, high = ctx.trim(max(low, first), min(high, last))
            return (low, high) if low < high else None
    return None


def spread(ctx: Context, quotes: Quotes, found: list[Draft]) -> None:
    """Sentences inside quotation marks without a cue of their own belong to whoever is being quoted."""
    found.sort(key=Draft.place)
    owner, told = _owners(ctx, quotes, found), _told_from_outside(ctx, quotes, found)
    by_cue: dict[int, list[Draft]] = {}
    for draft in found:
        if draft.cue:
            by_cue.setdefault(ctx.number[draft.cue[0]], []).append(draft)
    before: Draft | None = None
    for number, sentence in enumerate(ctx.analysis.sentences):
        quote = _sole_quote(ctx, quotes, number)
        if quote is not None and number not in told:
            goes_on = owner.get(quote) or (before if _follows(ctx, quotes, number, before) else None)
            if goes_on:
                goes_on.content = sorted(
                    [*goes_on.content, *free(ctx, sentence.first, sentence.last, goes_on.cue or (0, 0))]
                )
                goes_on.trace.append("statements: a quoted sentence without a cue goes on")
                owner[quote] = before = goes_on
                continue
        if number in by_cue:
            before = max(by_cue[number], key=lambda d: (d.size(), -d.place()[0]))


def _told_from_outside(ctx: Context, quotes: Quotes, found: list[Draft]) -> set[int]:
    """The numbers of the sentences in which some statement has content whose cue is not in the same quotation.

    What a speaker says inside a quotation of thinking, wanting or fearing is a statement within that of who is quoted.
    """
    told = set()
    for draft in found:
        inner = quotes.at(ctx.tokens[draft.cue[0]].start) if draft.cue else None
        for first, last in draft.content:
            if inner is None or quotes.at(ctx.tokens[first].start) != inner:
                told |= {ctx.number[first], ctx.number[last - 1]}
    return told


def told_sentences(ctx: Context, found: list[Draft]) -> set[int]:
    """The numbers of the sentences in which some statement has content."""
    return {n for d in found for a, b in d.content for n in (ctx.number[a], ctx.number[b - 1])}


def _owners(ctx: Context, quotes: Quotes, found: list[Draft]) -> dict[int, Draft]:
    """Whose words each quotation is, by the statement whose content lies in it."""
    owner: dict[int, Draft] = {}
    for draft in sorted(found, key=lambda d: d.size()):
        for first, last in draft.content:
            quote = quotes.at(ctx.tokens[last - 1].start)
            cue_in = draft.cue is not None and quotes.at(ctx.tokens[draft.cue[0]].start) == quote
            if quote is not None and not cue_in and quotes.at(ctx.tokens[first].start) == quote:
                owner[quote] = draft
    return owner


def _sole_quote(ctx: Context, quotes: Quotes, number: int) -> int | None:
    """The quotation that a sentence lies in as a whole."""
    sentence = ctx.analysis.sentences[number]
    first, last = ctx.trim(sentence.first, sentence.last)
    if first >= last:
        return None
    quote = quotes.at(ctx.tokens[first].start)
    return quote if quote is not None and quotes.at(ctx.tokens[last - 1].start) == quote else None


def _follows(ctx: Context, quotes: Quotes, number: int, before: Draft | None) -> bool:
    """Whether a quotation right after a statement that quoted goes on with it."""
    if before is None or not before.content or number == 0:
        return False
    last = max(b for _, b in before.content)
    previous = ctx.analysis.sentences[number - 1]
    near = previous.first <= last <= previous.last or (
        before.cue is not None and previous.first <= before.cue[0] < previous.last
    )
    return near and (quotes.share(*_offsets(ctx, before)) > 0.2 or ctx.tokens[previous.last - 1].text == ":")


def _offsets(ctx: Context, draft: Draft) -> tuple[int, int]:
    return ctx.tokens[draft.content[0][0]].start, ctx.tokens[draft.content[-1][1] - 1].end
