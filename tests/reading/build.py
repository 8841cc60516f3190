"""Analyses made by hand, so that the reading rooms can be tried without the weights."""

from __future__ import annotations

from dataclasses import replace

from sayso.language.analysis import Analysis, Found, Frame, Sentence, Token
from sayso.language.sentences import segment
from sayso.reading.context import Context
from sayso.records import Report

TODAY = "2026-01-24"  # a Saturday


def tokens(text: str) -> list[Token]:
    """The tokens of a text, without tags."""
    return segment(text)[0]


def flat(text: str, published: str | None = TODAY) -> Context:
    """A report whose words have neither tags nor structure: every sentence hangs on its first word."""
    found, sentences = segment(text)
    for sentence in sentences:
        for i in range(sentence.first, sentence.last):
            found[i].head = sentence.first
            found[i].lemma = found[i].text.lower()
    return Context(Report.make(text, published=published), Analysis(text, found, sentences))


def parsed(*sentences: str, published: str | None = TODAY, gap: str = " ") -> Context:
    """A report of parsed sentences, each a row of `form/UPOS/relation/governor[/lemma[/xpos]]`; governors count from 1, 0 is the root.

    Words are written one blank apart, sentences `gap` apart; a form may hold `_` for a blank that is none (`Mr_.`: `Mr.`).
    """
    text, made, bounds = "", [], []
    for row in sentences:
        text += gap if text else ""
        first = len(made)
        for k, cell in enumerate(row.split()):
            form, upos, relation, governor, *rest = cell.replace("//", "\0").split("/")
            glued = form.startswith("_")
            form = form.lstrip("_").replace("\0", "/")
            text += "" if k == 0 or glued else " "
            made.append(_token(len(text), form, upos, relation, first, k, int(governor), rest))
            text += form
        bounds.append(Sentence(made[first].start, len(text), first, len(made)))
    return Context(Report.make(text, published=published), Analysis(text, made, bounds))


def _token(
    start: int, form: str, upos: str, relation: str, first: int, k: int, governor: int, rest: list[str]
) -> Token:
    head = first + governor - 1 if governor else first + k
    lemma = rest[0] if rest and rest[0] else form.lower()
    xpos = rest[1] if len(rest) > 1 else {"VERB": "VBD", "NOUN": "NN", "PROPN": "NNP", "NUM": "CD"}.get(upos, "XX")
    return Token(start, start + len(form), form, first + k, upos, xpos, lemma, head, relation)


def at(ctx: Context, words: str, nth: int = 1) -> tuple[int, int]:
    """The token range of some words (written with single blanks between tokens), at their `nth` place."""
    wanted = words.lower().split()
    forms = [t.text.lower() for t in ctx.tokens]
    places = [i for i in range(len(forms)) if forms[i : i + len(wanted)] == wanted]
    return places[nth - 1], places[nth - 1] + len(wanted)


def found(ctx: Context, words: str, label: str, score: float = 0.9, nth: int = 1) -> Found:
    """A run of the language stage over some words."""
    return Found(*at(ctx, words, nth), label, score)


def says(ctx: Context, cue: str, source: str | None = None, content: list[str] | None = None, nth: int = 1) -> Frame:
    """A frame of a cue with its source and contents, put into the analysis."""
    roles = [found(ctx, source, "source")] if source else []
    roles += [found(ctx, c, "content") for c in content or []]
    made = Frame(found(ctx, cue, "cue", nth=nth), tuple(roles))
    ctx.analysis.attributions.append(made)
    return made


def happens(
    ctx: Context, anchor: str, type_: str, status: str = "occurred", nth: int = 1, mode: str = "none", **roles: str
) -> Frame:
    """A frame of an event with its participants by role, put into the analysis; status and mode are the model's, hardly sure."""
    runs = [found(ctx, words, role) for role, words in roles.items()]
    trigger = found(ctx, anchor, type_, nth=nth)
    made = Frame(
        trigger,
        tuple(runs),
        {k: Found(trigger.first, trigger.last, m, 0.6) for k, m in (("status", status), ("mode", mode))},
    )
    ctx.analysis.events.append(made)
    return made


def counts(ctx: Context, words: str, measure: str, nth: int = 1) -> Frame:
    """A figure of the language stage, put into the analysis."""
    made = Frame(found(ctx, words, measure, nth=nth), ())
    ctx.analysis.figures.append(made)
    return made


def tiled(analysis: Analysis, times: int, gap: str = "\n\n") -> Analysis:
    """The analysis of a text that repeats another so many times, without running the encoder again."""
    made = Analysis(gap.join([analysis.text] * times))
    for k in range(times):
        chars, first = k * (len(analysis.text) + len(gap)), k * len(analysis.tokens)
        for t in analysis.tokens:
            made.tokens.append(replace(t, start=t.start + chars, end=t.end + chars, head=t.head + first))
        for s in analysis.sentences:
            made.sentences.append(Sentence(s.start + chars, s.end + chars, s.first + first, s.last + first))
        made.names.extend(_moved(f, first) for f in analysis.names)
        events = len(made.events)
        for name in ("attributions", "events", "figures"):
            for frame in getattr(analysis, name):
                roles = tuple(_moved(r, first) for r in frame.roles)
                marks = {task: _moved(mark, first) for task, mark in frame.marks.items()}
                getattr(made, name).append(Frame(_moved(frame.trigger, first), roles, marks))
        made.chains.extend(tuple(_moved(p, first) for p in chain) for chain in analysis.chains)
        made.same.update({(i + events, j + events): score for (i, j), score in analysis.same.items()})
    return made


def _moved(run: Found, by: int) -> Found:
    return replace(run, first=run.first + by, last=run.last + by)
