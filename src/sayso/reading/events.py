"""Frames of anchors and participants → events: mentions of the same happening joined, each with its voice and status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.language import Found, Frame
from sayso.reading import modes, nouns, sameness, status
from sayso.reading.context import Context
from sayso.reading.statements import Voices

Range = tuple[int, int]
MODE = 0.5  # from this probability on the model's mode counts
_NEAR = frozenset(("compound", "amod", "obj", "nsubj", "obl", "nmod"))


@dataclass(slots=True)
class Named:
    """One mention of an event: where it is named, in whose voice, with which status, and who stands round it."""

    at: Range
    type: str
    score: float
    status: str
    voice: int | None
    actors: list[Range] = field(default_factory=list)
    recipients: list[Range] = field(default_factory=list)
    where: list[Range] = field(default_factory=list)
    figures: list[Range] = field(default_factory=list)
    instruments: list[Range] = field(default_factory=list)
    dated: list[Found] = field(default_factory=list)  # runs that the model takes for its time
    mode: str = "none"  # the model's, several joined by +
    number: int = -1  # of the frame in the analysis
    time: int | None = None  # number of the time expression that dates it
    trace: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """An event on its way: its mentions, the fullest first."""

    mentions: list[Named]

    @property
    def main(self) -> Named:
        """The mention that the event's own voice and status are read off."""
        return self.mentions[0]

    @property
    def type(self) -> str:
        """The PLOVER type."""
        return self.main.type

    def gather(self, slot: str) -> list[tuple[Range, Named]]:
        """The fillers of a slot over all mentions, each with the mention that gives it, those of the main one first."""
        seen: list[tuple[Range, Named]] = []
        taken: set[int] = set()
        for mention in self.mentions:
            for filler in getattr(mention, slot):
                if taken.isdisjoint(range(*filler)):
                    taken.update(range(*filler))
                    seen.append((filler, mention))
        return seen


def drafts(ctx: Context, voices: Voices) -> list[Draft]:
    """All events of a report in text order."""
    named = [m for k, f in enumerate(ctx.analysis.events) if (m := mention(ctx, k, f, voices))]
    named.sort(key=lambda m: m.at)
    events: list[Draft] = []
    told: list[list[Named]] = []  # the mentions of each
    for one in named:
        found = sameness.antecedent(ctx, one, told)
        if found is None:
            events.append(Draft([one]))
            told.append(events[-1].mentions)
        else:
            one.trace.append(f"events: same happening as {ctx.words(*events[found].main.at)!r}")
            events[found].mentions.append(one)
    for event in events:
        event.mentions.sort(key=lambda m: (-_fullness(m), m.at))
    return sorted(events, key=lambda e: min(m.at for m in e.mentions))


def _fullness(mention: Named) -> int:
    """How much a mention tells: the fullest is the anchor."""
    return len(mention.actors) + len(mention.recipients) + len(mention.where) + (mention.time is not None)


def mention(ctx: Context, number: int, frame: Frame, voices: Voices) -> Named | None:
    """The mention that frame `number` of the analysis makes; None where its anchor is nothing but marks."""
    at = ctx.trim(frame.trigger.first, frame.trigger.last)
    if at[0] >= at[1]:
        return None
    learnt = frame.marks["status"]
    made = Named(at, frame.trigger.label, frame.trigger.score, "occurred", voices.at(at[0]), number=number)
    made.trace.append(f"language: anchor {ctx.words(*at)!r} {frame.trigger.label} p={frame.trigger.score:.2f}")
    made.status, sure = status.of(ctx, at, learnt, made.trace)
    made.score *= sure
    made.actors = _fillers(ctx, frame.role("actor"), at)
    made.recipients = _fillers(ctx, frame.role("recipient"), at)
    made.where = _fillers(ctx, frame.role("where"), at)
    made.figures = [(r.first, r.last) for r in frame.role("figure")]
    made.instruments = _fillers(ctx, frame.role("instrument"), at)
    made.dated = list(frame.role("when"))
    mode = frame.marks["mode"]
    made.mode = mode.label if mode.score >= MODE else "none"
    return made


def _fillers(ctx: Context, runs: Iterable[Found], anchor: Range) -> list[Range]:
    """The noun phrases that the runs of a role name; *A and B* are two."""
    found: list[Range] = []
    for run in runs:
        first, last = ctx.trim(run.first, run.last)
        for a, b in _coordinated(ctx, first, last):
            phrase = nouns.phrase(ctx, a, b)
            if phrase is None or phrase in found or (anchor[0] <= phrase[0] and phrase[1] <= anchor[1]):
                continue
            found = [r for r in found if not (phrase[0] <= r[0] and r[1] <= phrase[1])]
            if not any(r[0] <= phrase[0] and phrase[1] <= r[1] for r in found):
                found.append(phrase)
    return found


def _coordinated(ctx: Context, first: int, last: int) -> list[Range]:
    """A noun phrase cut at the *and* and commas that join its conjuncts, where each conjunct is a phrase of its own."""
    if last - first < 3:
        return [(first, last)]
    head = ctx.head(first, last)
    cuts = []
    for i in range(first, last):
        token = ctx.tokens[i]
        if token.deprel == "conj" and token.head == head and token.upos in ("NOUN", "PROPN", "PRON", "NUM"):
            low, _ = ctx.subtree(i)
            if first < low < last:
                cuts.append(low)
    parts = []
    for a, b in zip([first, *cuts], [*cuts, last], strict=True):
        a, b = ctx.trim(a, b)
        while a < b and ctx.tokens[a].upos == "CCONJ":
            a += 1
        a, b = ctx.trim(a, b)
        if a < b:
            parts.append((a, b))
    return parts


def modes_of(ctx: Context, event: Draft) -> tuple[str, ...]:
    """The PLOVER modes that the words of the event's mentions and instruments name; where they name none, the model's."""
    told = modes.find(event.type, [m for e in event.mentions for m in _near_words(ctx, e.at)])
    if told:
        return told
    known = modes.of_type(event.type)
    seen = [m for e in event.mentions for m in e.mode.split("+") if m in known]
    return tuple(sorted(set(seen), key=lambda m: (-seen.count(m), m)))[:1]


def instruments_of(ctx: Context, event: Draft) -> list[Range]:
    """What it was done with: the weapons and means named at the event's mentions (*attacked with drones*, *missile strike*)."""
    found: list[Range] = []
    for run in (r for m in event.mentions for r in m.instruments):
        if not any(a < run[1] and run[0] < b for a, b in found):
            found.append(run)
    for mention in event.mentions:
        taken = [*mention.actors, *mention.recipients]
        for i in _near(ctx, mention.at):
            if ctx.tokens[i].lemma.lower() not in modes.WEAPONS or mention.at[0] <= i < mention.at[1]:
                continue
            phrase = nouns.phrase(ctx, i, i + 1)
            if phrase and not any(a < phrase[1] and phrase[0] < b for a, b in (*found, *taken)):
                found.append(phrase)
    return sorted(found)


def _near_words(ctx: Context, at: Range) -> list[str]:
    """The lemmas of an anchor and of its modifiers, compounds and objects, without the air that is fired *into*."""
    return [ctx.tokens[i].lemma.lower() for i in _near(ctx, at) if not _fired_into(ctx, i)]


def _fired_into(ctx: Context, i: int) -> bool:
    return ctx.tokens[i].lemma.lower() == "air" and any(ctx.tokens[c].text.lower() == "into" for c in ctx.children[i])


def _near(ctx: Context, at: Range) -> list[int]:
    """The tokens of an anchor and those that modify, suffer, do or accompany it."""
    head = ctx.head(*at)
    return [*range(*at), *(c for c in ctx.children[head] if ctx.tokens[c].deprel.split(":")[0] in _NEAR)]
