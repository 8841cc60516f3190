"""Mentions → those they stand for: one entity for each, with all its mentions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sayso.reading import countries, gazetteer, roles
from sayso.reading.context import Context
from sayso.reading.countries import fold
from sayso.reading.mentions import Phrase

# How many sentences back a pronoun, and a definite noun without a like head, may reach.
PRONOUN_REACH, CLASS_REACH = 3, 4
MEMORY = 400
SHORT = 4  # letters; longer common nouns of a name may stand for the whole of it
BODIES = frozenset("government military armed_group party company igo ngo media group".split())
MANY = frozenset("government military armed_group party company igo ngo media group civilians".split())
# Nouns that take up a name without being its head → the kinds they may take up.
_CLASSES = {
    **dict.fromkeys("group organization organisation movement faction".split(), frozenset(("armed_group", "ngo", "party", "group", "other"))),
    **dict.fromkeys("agency".split(), frozenset(("igo", "media", "ngo", "government", "other"))),
    **dict.fromkeys("newspaper network daily channel paper magazine website".split(), frozenset(("media", "other"))),
    **dict.fromkeys("company firm corporation bank airline".split(), frozenset(("company", "other"))),
    **dict.fromkeys("alliance bloc".split(), frozenset(("igo",))),
    **dict.fromkeys("militia".split(), frozenset(("armed_group",))),
}  # fmt: skip
_GOVERNMENTS = frozenset("government administration".split())
_SEATS = {"kremlin": "RUS", "white house": "USA", "downing street": "GBR", "10 downing street": "GBR"}


@dataclass(slots=True)
class Entity:
    """Somebody in the report."""

    phrases: list[Phrase]
    kind: str = "other"
    sector: str | None = None
    country: str | None = None
    names: list[tuple[str, ...]] = field(default_factory=list)
    known: roles.Organisation | None = None
    state: str | None = None  # ISO alpha-3, where it is the government of a country

    @property
    def last(self) -> Phrase:
        """Its latest mention."""
        return self.phrases[-1]

    def nouns(self) -> set[str]:
        """All nouns that it has been called by."""
        return {n for p in self.phrases for n in p.nouns}

    def gender(self) -> str | None:
        """What titles, nouns and pronouns have shown."""
        return next((p.gender for p in self.phrases if p.gender), None)

    def person(self) -> bool:
        """Whether it is one human being."""
        return self.kind == "person"

    def many(self) -> bool:
        """Whether *they* may stand for it."""
        return self.kind in MANY or self.last.plural


class Register:
    """The entities of a report, filled in text order."""

    def __init__(
        self,
        ctx: Context,
        main_country: str | None,
        speakers: Iterable[Phrase],
        chains: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        self.ctx = ctx
        self._chains = chains or {}  # head → the heads before it that the model takes for the same, nearest first
        self.doubted: set[int] = set()  # heads of which rules and model say different things
        self.main_country = main_country
        self.entities: list[Entity] = []
        self._of: dict[int, Entity] = {}  # head token → entity
        self._surnames: dict[str, Entity] = {}  # of persons named in full, the latest of each
        self._recent: dict[int, Entity] = {}  # by the order of their latest mentions
        speakers = list(speakers)
        self._voices = {s.head for s in speakers}
        self._speakers = sorted({s.head for s in speakers if s.label != "pronoun" or s.words[0] != "i"})

    def add(self, phrase: Phrase) -> Entity:
        """The entity a phrase stands for: a known one, or a new one. Phrases come in text order."""
        found = self._taken_up(phrase) if phrase.label == "pronoun" else self._find(phrase) or self._linked(phrase)
        if found is None:
            found = Entity([])
            self.entities.append(found)
        found.phrases.append(phrase)
        self._describe(found, phrase)
        self._of[phrase.head] = found
        self._recent.pop(id(found), None)
        self._recent[id(found)] = found
        return found

    def _latest(self) -> Iterator[Entity]:
        """The entities, the one mentioned last first; no further back than MEMORY, so that long texts take no longer by the word."""
        return islice(reversed(self._recent.values()), MEMORY)

    # --- what the model links -----------------------------------------------------------------------------------------

    def _taken_up(self, phrase: Phrase) -> Entity | None:
        """Whom a pronoun stands for: the rules, and where they know nobody the model.

        On sources of gold train, by readers that had not seen the reports, the rules are right more often (docs/quality).
        """
        ruled = self._pronoun(phrase)
        if phrase.words[0] in ("i", "who"):
            return ruled
        linked = self._chained(phrase)
        if linked is not None and ruled is not None and linked is not ruled:
            self.doubted.add(phrase.head)
        return ruled or linked

    def _chained(self, phrase: Phrase) -> Entity | None:
        """The entity of the nearest phrase before it in its chain, where nothing known of it speaks against that."""
        for head in self._chains.get(phrase.head, ()):
            found = self._of.get(head)
            if found and (not phrase.gender or found.gender() in (None, phrase.gender)):
                return found
        return None

    def _linked(self, phrase: Phrase) -> Entity | None:
        """A noun that the model takes for somebody met before, where that is somebody of its kind and number."""
        found = self._chained(phrase)
        if found is None or phrase.new or phrase.plural != found.last.plural:
            return None
        if phrase.name and found.names:
            return None  # names of two are two
        said = self._said(phrase)
        human = phrase.label == "person" or (said is not None and _kind(said, phrase) == "person")
        if human != found.person():
            return None  # an authority is nobody's name, a mayor no ministry
        if phrase.country and found.country and phrase.country != found.country:
            return None
        return found

    # --- names --------------------------------------------------------------------------------------------------------

    def _find(self, phrase: Phrase) -> Entity | None:
        if known := self._speaker_by_surname(phrase):
            return known
        state = self._state(phrase)
        if state:
            return next((e for e in self._latest() if e.state == state), None)
        if phrase.label in ("person", "name") and (known := self._person(phrase)):
            return known
        if phrase.label in ("organisation", "place", "name"):
            return next((e for e in self._latest() if self._same_body(e, phrase)), None)
        if phrase.label == "person":
            return self._named_later(phrase)
        return self._noun(phrase)

    def _person(self, phrase: Phrase) -> Entity | None:
        return next(
            (e for e in self._latest() if e.person() and any(_same_person(n, phrase.name) for n in e.names)), None
        )

    def _speaker_by_surname(self, phrase: Phrase) -> Entity | None:
        """A speaker called by one word, which is the surname of a person named in full before: whatever else is called so."""
        if phrase.head not in self._voices or len(phrase.name) != 1 or phrase.label == "person":
            return None
        return self._surnames.get(fold(phrase.name[0]))

    def _state(self, phrase: Phrase) -> str | None:
        """The country whose government a phrase is: *Moscow*, *the Kremlin*, *Russia*, *the Russian government*."""
        name = fold(" ".join(phrase.name))
        if name in _SEATS:
            return _SEATS[name]
        if phrase.label in ("place", "organisation", "name"):
            if c := countries.named(name):
                return c.iso3
            return next((e.country for e in gazetteer.look_up(name)[:1] if e.kind == "capital"), None)
        joined = any(
            self.ctx.tokens[c].deprel == "conj" and phrase.at[0] <= c < phrase.at[1]
            for c in self.ctx.children[phrase.head]
        )
        if (
            phrase.label == "noun"
            and phrase.words[-1] in _GOVERNMENTS
            and not joined
            and not phrase.new
            and len(phrase.words) <= 3
        ):
            return phrase.country or (
                self.main_country if phrase.definite and len(phrase.words) == 1 and not phrase.after else None
            )
        return None

    def _same_body(self, entity: Entity, phrase: Phrase) -> bool:
        if not entity.names or entity.person() or entity.state:
            return False
        known = roles.organisation(" ".join(phrase.name))
        if known or entity.known:
            return known is entity.known
        if phrase.definite and len(phrase.name) == 1 and len(phrase.name[0]) > SHORT:
            # *the Church* of an organisation whose name ends so
            return any(fold(n[-1]) == fold(phrase.name[0]) for n in entity.names)
        return any(_same_name(n, phrase.name) for n in entity.names)

    def _named_later(self, phrase: Phrase) -> Entity | None:
        """*The spokesman, X Y, …*: a name in apposition to somebody already met."""
        token = self.ctx.tokens[phrase.head]
        if (
            token.deprel in ("appos", "flat")
            and (found := self._of.get(token.head))
            and not found.names
            and not found.last.plural
        ):
            return found
        return None

    # --- nouns --------------------------------------------------------------------------------------------------------

    def _noun(self, phrase: Phrase) -> Entity | None:
        if phrase.new:
            return None
        head = phrase.words[-1]
        before = {*phrase.words[:-1], *phrase.after}
        for entity in self._latest():
            if head in entity.nouns() and self._fits(entity, phrase, before):
                return entity
        return self._class(phrase, head) if phrase.definite and not before else None

    def _fits(self, entity: Entity, phrase: Phrase, before: set[str]) -> bool:
        """Whether a noun with these words before it may take up an entity: nothing that it says may be new or other."""
        if phrase.country and entity.country and phrase.country != entity.country:
            return False
        named = entity.person() and bool(entity.names)
        if named and (not phrase.definite or phrase.plural):
            return False
        if not named and phrase.plural != any(p.plural for p in entity.phrases):
            return False
        if not phrase.definite and entity.phrases[0].new:
            return False
        said = {w.lower() for p in entity.phrases for w in (*p.words, *p.after, *p.name)}
        for p in entity.phrases:
            if p.title:
                said |= {t.text.lower() for t in self.ctx.tokens[slice(*p.title)]}
        return before <= said or (phrase.definite and not before)

    def _class(self, phrase: Phrase, head: str) -> Entity | None:
        kinds = _CLASSES.get(head)
        if not kinds or phrase.plural:
            return None
        near = self._near(phrase, CLASS_REACH)
        return next((e for e in near if e.names and e.kind in kinds), None)

    # --- pronouns -----------------------------------------------------------------------------------------------------

    def _pronoun(self, phrase: Phrase) -> Entity | None:
        which = phrase.words[0]
        if which == "i":
            return self._speaker(phrase)
        if which == "who":
            return self._relative(phrase)
        near = [e for e in self._near(phrase, PRONOUN_REACH) if not self._beside(e, phrase)]
        if phrase.head in self._voices:  # who is quoted by a pronoun has mostly been quoted by name
            near.sort(key=lambda e: not any(p.head in self._voices for p in e.phrases[-3:]))
        if which in ("he", "she"):
            fit = [e for e in near if e.person() and e.gender() in (None, phrase.gender)]
            named = [e for e in fit if e.names]
            return next(iter(named or fit), None)
        if which == "they":
            return next((e for e in near if e.many() and not e.state), None) or next(
                (e for e in near if e.many()), None
            )
        return next((e for e in near if (e.kind in BODIES or self._is_document(e, phrase)) and not e.last.plural), None)

    def _is_document(self, entity: Entity, phrase: Phrase) -> bool:
        """Whether both a thing and a pronoun are quoted: *the letter said … it warned*."""
        spoken = phrase.head in self._voices and any(p.head in self._voices for p in entity.phrases[-3:])
        return spoken and entity.kind == "other" and not entity.names and entity.last.label == "noun"

    def _near(self, phrase: Phrase, reach: int) -> list[Entity]:
        """Entities of the last sentences: the nearest sentence first, in it subjects and those who speak first."""
        here = self._sentence(phrase)
        ranked = []
        for entity in islice(self._latest(), 60):
            best = min((here - self._sentence(p), not p.subject, -p.head) for p in entity.phrases[-3:])
            if best[0] <= reach:
                ranked.append((best, entity))
        ranked.sort(key=lambda r: r[0])
        return [e for _, e in ranked]

    def _sentence(self, phrase: Phrase) -> int:
        """The number of the sentence of a phrase."""
        return bisect_right(self.ctx.analysis.sentences, phrase.head, key=lambda s: s.first)

    def _beside(self, entity: Entity, phrase: Phrase) -> bool:
        """Whether an entity's last mention hangs on the same verb: *he* in *he met the president* is not the president."""
        a, b = self.ctx.tokens[entity.last.head], self.ctx.tokens[phrase.head]
        return (
            a.head == b.head
            and b.deprel in ("nsubj", "obj", "iobj", "obl", "nsubj:pass")
            and a.deprel in ("nsubj", "obj", "iobj", "obl", "nsubj:pass")
        )

    def _speaker(self, phrase: Phrase) -> Entity | None:
        """Whoever spoke last before, in the same sentence or another."""
        for k in range(bisect_right(self._speakers, phrase.head) - 1, -1, -1):
            if found := self._of.get(self._speakers[k]):
                return found
        return None

    def _relative(self, phrase: Phrase) -> Entity | None:
        for up in self.ctx.path_up(phrase.head):
            if self.ctx.tokens[up].deprel == "acl:relcl":
                return self._of.get(self.ctx.tokens[up].head)
        return None

    # --- what it is ---------------------------------------------------------------------------------------------------

    def _describe(self, entity: Entity, phrase: Phrase) -> None:
        """Take over what a new mention tells."""
        if phrase.label == "pronoun":
            if entity.kind == "other" and phrase.words[0] in ("he", "she"):
                entity.kind = "person"
            return
        if phrase.name and phrase.name not in entity.names:
            entity.names.append(phrase.name)
        if phrase.label == "person" and len(phrase.name) > 1:
            self._surnames[fold(phrase.name[-1])] = entity
        state = None if entity.person() and entity.names else self._state(phrase)
        if state:
            entity.state, entity.kind, entity.sector, entity.country = state, "government", "GOV", state
            return
        said = self._said(phrase)
        if phrase.label == "person":
            entity.kind, entity.sector = "person", entity.sector or (said.sector if said else None)
        elif phrase.label == "organisation" and (known := roles.organisation(" ".join(phrase.name))):
            entity.known, entity.kind, entity.sector, entity.country = known, known.kind, known.sector, known.country
        elif said and entity.kind == "other":
            entity.kind, entity.sector = _kind(said, phrase), said.sector
        entity.country = entity.country or phrase.country or self._home(phrase, entity)

    def _said(self, phrase: Phrase) -> roles.Role | None:
        """The role that its own words, its title or the last word of its name tell."""
        if phrase.title:
            words = [t.text.lower() for t in self.ctx.tokens[phrase.title[0] : phrase.title[1]]]
            for end in range(len(words), 0, -1):
                if found := roles.role(words[:end]):
                    return found
        if phrase.label == "noun":
            people = phrase.plural and countries.of_people(phrase.words[-1])
            return roles.role(phrase.words) or (roles.Role("civilians", "CVL", True) if people else None)
        for noun in sorted(phrase.nouns):
            if found := roles.role((noun,)):
                return found
        if phrase.label == "organisation":
            name = tuple(w.lower() for w in phrase.name)
            return next((r for end in range(len(name), 0, -1) if (r := roles.role(name[:end])) and not r.human), None)
        return None

    def _home(self, phrase: Phrase, entity: Entity) -> str | None:
        """Bare *police*, *officials*, *the army* are those of the country that the report is about, where one stands out."""
        bare = phrase.label == "noun" and len(phrase.words) == 1 and not phrase.new
        return (
            self.main_country if bare and entity.sector in ("GOV", "COP", "MIL") and entity.kind != "person" else None
        )


def _kind(said: roles.Role, phrase: Phrase) -> str:
    """One *official* is a person, *officials* are their government."""
    if said.human and not phrase.plural and phrase.label == "noun":
        return "person"
    if said.kind == "person":
        return {"GOV": "government", "CVL": "civilians"}.get(said.sector or "", "group")
    return said.kind


def _same_person(known: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """*Putin* and *Vladimir Putin*; *Vladimir Putin* and *Lyudmila Putin* are two."""
    a, b = (tuple(fold(w) for w in n if fold(w) not in ("jr", "sr")) for n in (known, other))
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return short[0] in (long[-1], long[0]) or short[0] == "".join(long)
    return (
        short[-1] == long[-1] and (short[0] == long[0] or short[0][:1] == long[0] or long[0][:1] == short[0])
    ) or set(short) <= set(long)


def _same_name(known: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Equal, one the acronym of the other, or one the end of the other (*Interior Ministry*, *Saudi Interior Ministry*)."""
    a, b = fold(" ".join(known)).split(), fold(" ".join(other)).split()
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if not short:
        return False
    if (
        len(short) == 1
        and len(long) > 2
        and short[0] == "".join(w[0] for w in long if w not in ("of", "the", "and", "for", "in", "on"))
    ):
        return True
    return len(short) > 1 and long[-len(short) :] == short
