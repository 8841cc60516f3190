"""Frames of cue, source and content → statements: who says what, in which manner, and whose words hold whose."""

from __future__ import annotations

from itertools import pairwise

from sayso.language import Found, Frame, Sentence
from sayso.reading import cues, quoting
from sayso.reading.context import Context
from sayso.reading.drafts import Draft, Voices, nest
from sayso.reading.frames import draft_of, free
from sayso.reading.quotes import Quotes
from sayso.reading.status import DOUBT

LABEL = 6  # words in which the colon of a label stands


def drafts(ctx: Context, quotes: Quotes) -> list[Draft]:
    """All statements of a report, in the order of their first word."""
    frames = [*ctx.analysis.attributions, *_overlooked(ctx)]
    found = [d for f in frames if (d := draft_of(ctx, f, quotes))]
    for draft in found:
        quoting.only_quoted(ctx, quotes, draft)
    found = _without_doubles(found)
    found += quoting.introduced(ctx, quotes, found)
    quoting.spread(ctx, quotes, found)
    found += _labelled(ctx, found)
    found.sort(key=Draft.place)
    for draft in found:
        draft.manner = _manner(ctx, quotes, draft)
        if draft.learnt and draft.learnt != draft.manner:
            draft.score *= DOUBT
            draft.trace.append(f"statements: {draft.manner} by its quotation marks, the model has it {draft.learnt}")
    nest(found)
    return found


def _overlooked(ctx: Context) -> list[Frame]:
    """*According to* is a cue wherever it stands, also where the model passed it by."""
    seen = {i for f in ctx.analysis.attributions for i in range(f.trigger.first, f.trigger.last)}
    low = [t.text.lower() for t in ctx.tokens]
    places = [i for i in range(len(low) - 2) if low[i] == "according" and low[i + 1] == "to" and i not in seen]
    untold = ctx.untold
    return [Frame(Found(i, i + 2, "cue", 0.7), ()) for i in places if not any(a <= i < b for a, b in untold)]


def _without_doubles(found: list[Draft]) -> list[Draft]:
    """Of two drafts with the same content and no source of its own, the surer one."""
    kept: list[Draft] = []
    sources: dict[tuple[tuple[int, int], ...], list[tuple[int, int] | None]] = {}
    for draft in sorted(found, key=lambda d: -d.score):
        same = sources.setdefault(tuple(draft.content), [])
        if not same or (draft.source is not None and draft.source not in same):
            kept.append(draft)
            same.append(draft.source)
    return kept


def _labelled(ctx: Context, found: list[Draft]) -> list[Draft]:
    """Headlines and transcripts: *Kremlin: no talks before spring*, *Q: …*.

    What follows the label of a transcript is all that its speaker says, to the next label or the end of the paragraph.
    """
    made, told = [], quoting.told_sentences(ctx, found)
    for number, sentence in enumerate(ctx.analysis.sentences):
        colon = _colon(ctx, sentence)
        if colon is None:
            continue
        label = cues.is_label(ctx.words(sentence.first, colon))
        name = ctx.names.get(sentence.first)
        headline = name is not None and colon <= name.last + 1 and ctx.tokens[sentence.last - 1].text not in '.!?"”'
        if not label and (not headline or number in told):
            continue
        content = free(ctx, colon + 1, sentence.last, (colon, colon + 1))
        content += _rest_of_answer(ctx, number) if label else []
        if content:
            made.append(Draft(None, (sentence.first, colon), content, 0.6, ["statements: a label with a colon"]))
    return made


def _colon(ctx: Context, sentence: Sentence) -> int | None:
    """The colon behind the first words of a sentence."""
    room = range(sentence.first + 1, min(sentence.first + LABEL, sentence.last - 1))
    return next((i for i in room if ctx.tokens[i].text == ":"), None)


def _rest_of_answer(ctx: Context, number: int) -> list[tuple[int, int]]:
    """The sentences that go on with an answer: those of its paragraph, up to the next label."""
    found: list[tuple[int, int]] = []
    sentences = ctx.analysis.sentences
    for before, sentence in pairwise(sentences[number:]):
        colon = _colon(ctx, sentence)
        if "\n\n" in ctx.report.text[before.end : sentence.start]:
            break
        if colon is not None and cues.is_label(ctx.words(sentence.first, colon)):
            break
        found += free(ctx, sentence.first, sentence.last, (sentence.first, sentence.first))
    return found


def _manner(ctx: Context, quotes: Quotes, draft: Draft) -> str:
    shares = [quoting.share(ctx, quotes, r) for r in draft.content]
    sizes = [b - a for a, b in draft.content]
    share = sum(x * n for x, n in zip(shares, sizes, strict=True)) / sum(sizes)
    if share > 0.9 or draft.cue is None:
        return "direct"
    return "mixed" if share > 0.05 else "indirect"


__all__ = ["Draft", "Voices", "drafts"]
