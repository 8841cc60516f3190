"""What words say of whoever bears them: role nouns and well-known organisations. Tables: reference/roles.tsv, organisations.tsv."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.reading.countries import fold, rows

# Heads whose field is told by the word before them: *police officials*, *army spokesman*.
GENERIC = frozenset(
    "official officer spokesman spokeswoman spokesperson source chief head commander leader member force department agent personnel staff "
    "service report unit team patrol convoy authority director representative minister group squad guard colonel captain".split()
)
FEMALE = frozenset(
    "mrs. ms. miss woman spokeswoman policewoman queen princess mother wife daughter sister girl actress congresswoman chairwoman lady widow businesswoman she her hers herself".split()
)
MALE = frozenset(
    "mr. man spokesman policeman king prince father husband son brother boy congressman chairman sir sheikh imam pope bishop priest he him his himself".split()
)


@dataclass(frozen=True, slots=True)
class Role:
    """What a noun says: kind of actor (of many; one of it is a person where `human`), PLOVER sector, or None."""

    kind: str
    sector: str | None
    human: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation known by name."""

    name: str
    kind: str
    country: str | None
    sector: str | None


@lru_cache(maxsize=1)
def _roles() -> dict[str, Role]:
    return {r["noun"]: Role(r["kind"], r["sector"] or None, r["human"] == "yes") for r in rows("roles.tsv")}


@lru_cache(maxsize=1)
def _organisations() -> dict[str, Organisation]:
    made = {}
    for r in rows("organisations.tsv"):
        one = Organisation(r["name"], r["kind"], r["country"] or None, r["sector"] or None)
        for name in (r["name"], *r["names"].split(";")):
            if name:
                made[fold(name)] = one
    return made


def organisation(name: str) -> Organisation | None:
    """The organisation of that name, acronym or other name."""
    return _organisations().get(fold(name))


def role(words: Sequence[str]) -> Role | None:
    """What the last words of a noun phrase say, the longest known run of them; lower-cased words, the last as its lemma or in the plural."""
    for size in range(min(3, len(words)), 0, -1):
        found = _noun(words[-size:])
        if found:
            if size == 1 and len(words) > 1 and (words[-1] in GENERIC or singular(words[-1]) in GENERIC):
                return _by_field(words[:-1], found)
            return found
    return None


def _noun(words: Sequence[str]) -> Role | None:
    """The entry of a noun of one or more words, in the singular or the plural."""
    known = _roles()
    return known.get(" ".join(words)) or known.get(" ".join((*words[:-1], singular(words[-1]))))


def singular(word: str) -> str:
    """The singular of an English noun, by its ending; words that are none stay as they are."""
    for ending, instead in (
        ("women", "woman"),
        ("men", "man"),
        ("children", "child"),
        ("people", "people"),
        ("ies", "y"),
    ):
        if word.endswith(ending) and len(word) > 4:
            return word.removesuffix(ending) + instead
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def _by_field(before: Sequence[str], found: Role) -> Role:
    """*police official*: the sector of police."""
    for word in reversed(before):
        field = _noun((word,))
        if field and field.sector and not field.human:
            kind = found.kind if field.kind in ("civilians", "other", "group") else field.kind
            return Role(kind, field.sector, found.human)
        if one := organisation(word):
            return Role(one.kind, one.sector, found.human)
    return found
