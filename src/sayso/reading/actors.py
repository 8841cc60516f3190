"""Who speaks and acts: mentions of one joined into actors, with name, kind, country, sector and role."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.reading import countries, mentions, nouns
from sayso.reading.context import Context
from sayso.reading.identity import Entity, Register
from sayso.reading.mentions import Phrase
from sayso.reading.places import Places
from sayso.records import Actor, stable_id

Range = tuple[int, int]
REACH = 12  # phrases of a chain that are looked back over


class Actors:
    """The actors of a report. `sources` and `others` are the token ranges that name them.

    Names of persons and organisations that are in neither are read too: they say who a later *he* or *the group* is.
    """

    def __init__(self, ctx: Context, places: Places, sources: Iterable[Range], others: Iterable[Range]) -> None:
        self.ctx = ctx
        said = set(sources)
        self._asked = sorted(said | set(others))
        self._names = sorted(ctx.named, key=lambda n: n.first)
        self._phrases = {r: mentions.read(ctx, self._names, r) for r in self._asked}
        chains = _chains(ctx)
        by_head = self._by_head()
        self._add_antecedents(by_head, chains)
        speakers = [by_head[self._phrases[r].head] for r in sorted(said)]
        register = Register(ctx, places.main_country(), speakers, chains)
        self._doubted = register.doubted
        self._entity = {head: register.add(by_head[head]) for head in sorted(by_head)}
        self._ids = {id(e): self._id(e) for e in register.entities}

    def _by_head(self) -> dict[int, Phrase]:
        """One phrase for each head: the longest of the ranges asked for, and the names that none of them has."""
        found: dict[int, Phrase] = {}
        for phrase in self._phrases.values():
            kept = found.get(phrase.head)
            if kept is None or phrase.at[1] - phrase.at[0] > kept.at[1] - kept.at[0]:
                found[phrase.head] = phrase
        for name in self._names:
            if name.label in ("person", "organisation") and self.ctx.head(name.first, name.last) not in found:
                phrase = mentions.read(self.ctx, self._names, self._with_title(name.first, name.last))
                if phrase.label in ("person", "organisation"):
                    found.setdefault(phrase.head, phrase)
        return found

    def _add_antecedents(self, found: dict[int, Phrase], chains: dict[int, list[int]]) -> None:
        """The nearest noun or name that a pronoun asked for takes up, also where nothing else asks for it."""
        for phrase in [p for p in found.values() if p.label == "pronoun"]:
            earlier = chains.get(phrase.head, [])
            if any(h in found and found[h].label != "pronoun" for h in earlier):
                continue
            head = next((h for h in earlier if self.ctx.tokens[h].upos in ("NOUN", "PROPN")), None)
            at = nouns.phrase(self.ctx, head, head + 1) if head is not None else None
            if head is not None and at:
                made = mentions.read(self.ctx, self._names, at)
                if made.head == head:
                    found[head] = made

    def _with_title(self, first: int, last: int) -> Range:
        """A name with the words of the title before it."""
        start = self.ctx.sentence(first).first
        low = first
        while (
            low > start
            and last - low < 10
            and self.ctx.tokens[low - 1].upos in ("NOUN", "PROPN", "ADJ")
            and self.ctx.tokens[low - 1].text[:1] not in ",;("
        ):
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

    def doubted(self, found: Range) -> bool:
        """Whether rules and model say different things of whom a pronoun stands for."""
        phrase = self._phrases.get(found)
        return phrase is not None and phrase.head in self._doubted

    def is_named(self, found: Range) -> bool:
        """Whether the actor has a name, there or elsewhere in the report."""
        entity = self.entity(found)
        return bool(entity and entity.names)

    def records(self) -> tuple[Actor, ...]:
        """The actors that say or do something, in the order of their first mentions."""
        asked: dict[int, tuple[Entity, set[Range]]] = {}
        for r in self._asked:
            if entity := self.entity(r):
                asked.setdefault(id(entity), (entity, {p.at for p in entity.phrases}))[1].add(r)
        return tuple(self._record(e, ranges) for e, ranges in sorted(asked.values(), key=lambda found: min(found[1])))

    def _record(self, entity: Entity, ranges: set[Range]) -> Actor:
        spans = tuple(self.ctx.span(*r) for r in sorted(ranges))
        return Actor(
            self._ids[id(entity)],
            self.name(entity),
            entity.kind,
            entity.country,
            entity.sector,
            self._role(entity),
            spans,
        )

    def name(self, entity: Entity) -> str:
        """The canonical name: of a government its country's, else the fullest name in the report, else the fullest description."""
        if entity.state and (country := countries.coded(entity.state)):
            return country.name
        if entity.known:
            return entity.known.name
        if entity.names:
            fullest = max(entity.names, key=lambda n: (len(n), sum(map(len, n))))
            return " ".join(fullest).replace(" - ", "-")  # tokens of *Ayman al-Zawahiri*
        spoken = [p for p in entity.phrases if p.label != "pronoun"] or entity.phrases
        fullest_phrase = max(spoken, key=lambda p: (len(p.words), -p.at[0]))
        first, last = fullest_phrase.at
        if last - first > 1 and self.ctx.tokens[first].upos == "DET":
            first += 1
        while last - first > 1 and self.ctx.tokens[last - 1].xpos == "POS":
            last -= 1
        return self._of_country(entity, self.ctx.span(first, last).text)

    def _of_country(self, entity: Entity, text: str) -> str:
        """Bare *police* of whom the report says in another place whose they are: *Thai police*."""
        people = countries.coded(entity.country)
        bare = all(len(p.words) == 1 and not p.country for p in entity.phrases if p.label != "pronoun")
        if not people or not people.peoples or not bare or entity.sector not in ("GOV", "COP", "MIL"):
            return text
        return f"{people.peoples[0].title()} {text[:1].lower()}{text[1:]}"

    def _role(self, entity: Entity) -> str | None:
        """The fullest title it has in the text."""
        titles = [p.title for p in entity.phrases if p.title]
        if not titles:
            return None
        return self.ctx.span(*max(titles, key=lambda t: (t[1] - t[0], -t[0]))).text


def _chains(ctx: Context) -> dict[int, list[int]]:
    """For each head of a phrase in a chain the last heads of the chain before it, nearest first."""
    found: dict[int, list[int]] = {}
    for chain in ctx.analysis.chains:
        before: list[int] = []
        for phrase in chain:
            head = ctx.head(phrase.first, phrase.last)
            found[head] = before[: -REACH - 1 : -1]
            before.append(head)
    return found
