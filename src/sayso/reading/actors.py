"""Who speaks and acts: mentions of one joined into actors, with name, kind, country, sector and role."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.reading import countries, mentions
from sayso.reading.context import Context
from sayso.reading.identity import Entity, Register
from sayso.reading.mentions import Phrase
from sayso.reading.places import Places
from sayso.records import Actor, stable_id

Range = tuple[int, int]


class Actors:
    """The actors of a report. `sources` and `others` are the token ranges that name them.

    Names of persons and organisations that are in neither are read too: they say who a later *he* or *the group* is.
    """

    def __init__(self, ctx: Context, places: Places, sources: Iterable[Range], others: Iterable[Range]) -> None:
        self.ctx = ctx
        said = set(sources)
        self._asked = sorted(said | set(others))
        read = {r: mentions.read(ctx, r) for r in self._asked}
        self._phrases = read
        by_head: dict[int, Phrase] = {}
        for phrase in read.values():
            kept = by_head.get(phrase.head)
            if kept is None or phrase.at[1] - phrase.at[0] > kept.at[1] - kept.at[0]:
                by_head[phrase.head] = phrase
        for name in ctx.analysis.names:
            if name.label in ("person", "organisation") and ctx.head(name.first, name.last) not in by_head:
                phrase = mentions.read(ctx, self._with_title(name.first, name.last))
                if phrase.label in ("person", "organisation"):
                    by_head.setdefault(phrase.head, phrase)
        speakers = [read[r] for r in sorted(said)]
        register = Register(ctx, places.main_country())
        self._entity = {head: register.add(by_head[head], speakers) for head in sorted(by_head)}
        self._ids = {id(e): self._id(e) for e in register.entities}

    def _with_title(self, first: int, last: int) -> Range:
        """A name with the words of the title before it."""
        start = self.ctx.sentence(first).first
        low = first
        while low > start and last - low < 10 and self.ctx.tokens[low - 1].upos in ("NOUN", "PROPN", "ADJ") and self.ctx.tokens[low - 1].text[:1] not in ",;(":
            low -= 1
        return low, last

    def _id(self, entity: Entity) -> str:
        span = self.ctx.span(*min(p.at for p in entity.phrases))
        return stable_id(self.ctx.report.id, "actor", f"{span.start}:{span.end}")

    def entity(self, found: Range) -> Entity | None:
        """Whom a range stands for."""
        phrase = self._phrases.get(found)
        return self._entity.get(phrase.head) if phrase else None

    def at(self, found: Range) -> str | None:
        """The id of the actor that a range names."""
        entity = self.entity(found)
        return self._ids[id(entity)] if entity else None

    def is_named(self, found: Range) -> bool:
        """Whether the actor has a name, there or elsewhere in the report."""
        entity = self.entity(found)
        return bool(entity and entity.names)

    def records(self) -> tuple[Actor, ...]:
        """The actors that say or do something, in the order of their first mentions."""
        asked = {id(e): e for r in self._asked if (e := self.entity(r))}
        return tuple(self._record(e) for e in sorted(asked.values(), key=lambda e: min(p.at for p in e.phrases)))

    def _record(self, entity: Entity) -> Actor:
        spans = sorted({self.ctx.span(*p.at) for p in entity.phrases} | {self.ctx.span(*r) for r in self._asked if self.entity(r) is entity})
        return Actor(self._ids[id(entity)], self.name(entity), entity.kind, entity.country, entity.sector, self._role(entity), tuple(spans))

    def name(self, entity: Entity) -> str:
        """The canonical name: of a government its country's, else the fullest name in the report, else the fullest description."""
        if entity.state and (country := countries.coded(entity.state)):
            return country.name
        if entity.known:
            return entity.known.name
        if entity.names:
            fullest = max(entity.names, key=lambda n: (len(n), sum(map(len, n))))
            return " ".join(fullest)
        spoken = [p for p in entity.phrases if p.label != "pronoun"] or entity.phrases
        fullest_phrase = max(spoken, key=lambda p: (len(p.words), -p.at[0]))
        first, last = fullest_phrase.at
        if last - first > 1 and self.ctx.tokens[first].upos == "DET":
            first += 1
        return self.ctx.span(first, last).text

    def _role(self, entity: Entity) -> str | None:
        """The fullest title it has in the text."""
        titles = [p.title for p in entity.phrases if p.title]
        if not titles:
            return None
        return self.ctx.span(*max(titles, key=lambda t: (t[1] - t[0], -t[0]))).text
