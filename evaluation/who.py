"""`who`: whether the actor of a statement is whom gold says it is.

Statements are matched as the ledger scorer matches them; counted are the matched ones whose sources overlap and where gold has a
`who`. Right is an actor that some mention or its name calls by the same name as `who`:

- all words of `who` are there (determiners and *Mr.* aside), in a phrase of at most four times as many; or
- `who` has a proper name at the head of one of its parts (*Jeff Rathke* in *Jeff Rathke, the State Department spokesman*): the
  last word of that name and at least one more of its words, where it has more, titles not counted. So *Rathke* alone names him
  only where gold says no more, and *Afghan police* is not *Afghan officials*, which has no name at its head; or
- both are the government of a country (*the Russian government*, *Russia*, *Moscow* where the actor is named so); or
- one has the other's last noun and they share most of their words (F1 above two thirds: *several municipalities in Italy*, *local
  municipalities in Italy*; but not *officials*, *Afghan officials*).

Figures: `who` of all these statements; `who.taken_up` of those whose source is a pronoun or is not what `who` says, letter case,
determiners and titles aside; `who.needed` of those of them whose own words do not name `who` by the rules above; `who.short` of the pronouns and
the shorter forms of a proper name (*Rathke*, *the Church*; not *officials* for *Afghan officials*); `who.pronoun`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.bootstrap import SMALL, intervals
from evaluation.data import digest
from evaluation.ledger import gold_lines, report_of
from evaluation.ledger_score import Document, overlap, pair, statements_fit
from evaluation.result import Result, made_by
from sayso.errors import EvaluationError

Json = dict[str, Any]
# Right and all by figure.
Counts = Counter[tuple[str, str]]

FIGURES = ("who", "who.taken_up", "who.needed", "who.short", "who.pronoun")
ALIKE = 2 / 3  # of two descriptions; *officials* and *Afghan officials* are just at it
PRONOUNS = frozenset(
    "i me my we us our you your he him his she her it its they them their who whose which that this these those one himself herself"
    " itself themselves he's".split()
)
_SMALL = frozenset(
    "the a an this that these those some any several many most few its his her their our my your mr mrs ms dr sir".split()
)
_TITLES = frozenset(
    "president minister prime foreign secretary general chief king queen prince princess pope governor mayor senator sen gov rep judge"
    " justice colonel col lt lieutenant captain capt major brigadier gen admiral chancellor premier vice deputy former professor prof"
    " spokesman spokeswoman chairman director ambassador interior defense defence finance representative congressman minister-designate"
    " rev reverend saint".split()
)
_LINKS = frozenset("of the for and de da di del van von bin ibn al el la le du".split())
_FUNCTION = frozenset("of in for at on to from by with and or".split())
_PARTS = re.compile(r"[,;()]|\s[–—-]\s")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


@dataclass(slots=True)
class Voice:
    """A matched statement: gold's `who` and source, the names of the actor that sayso gave it, where it stands."""

    who: str
    source: str
    names: list[str]
    place: str = ""

    def right(self) -> bool:
        """Whether the actor is the one of gold."""
        return any(same(name, self.who) for name in self.names)

    def figures(self) -> Iterator[str]:
        """The figures that it counts in."""
        yield "who"
        if is_pronoun(self.source):
            yield from FIGURES[1:]
        elif said(self.source) != said(self.who):
            yield "who.taken_up"
            if not same(self.source, self.who):
                yield "who.needed"
                if any(said(self.source) & set(key) for key in keys(self.who)):
                    yield "who.short"


def measure(paths: list[Path]) -> Result:
    """Read every gold report with sayso and compare the actors of its statements."""
    from sayso.reading import read  # imported late: loads the weights

    golds = gold_lines(paths)
    if not golds:
        raise EvaluationError("no report to measure on", "the files are empty", "give gold JSONL")
    units = [count(voices(gold, read(report_of(gold)).to_json())) for gold in golds]
    scores: dict[str, float | None] = {**figures(units)}
    if 1 < len(units) <= SMALL:
        scores |= intervals(units, figures)
    sizes = {name: sum(u["all", name] for u in units) for name in FIGURES}
    note = "  statements with a source in common: " + ", ".join(f"{name} {n}" for name, n in sizes.items())
    return Result("who", scores, sizes["who"], "statements", digest(paths), made_by(), [note])


def count(found: Iterable[Voice]) -> Counts:
    """Right and all of one report, by figure."""
    counts: Counts = Counter()
    for voice in found:
        right = voice.right()
        for name in voice.figures():
            counts["all", name] += 1
            counts["right", name] += right
    return counts


def figures(units: Sequence[Counts]) -> dict[str, float]:
    """The shares that are right, over the reports together; 0 where nothing is there."""
    scores = {}
    for name in FIGURES:
        whole = sum(u["all", name] for u in units)
        scores[name] = round(sum(u["right", name] for u in units) / whole, 4) if whole else 0.0
    return scores


def voices(gold: Json, system: Json) -> list[Voice]:
    """The matched statements of one report; none where the texts differ."""
    ours, theirs = Document(system), Document(gold)
    if ours.key != theirs.key:
        return []
    actors = {a["id"]: a for a in system.get("actors") or []}
    raw_gold = {id(row): raw for row, raw in zip(theirs.statements, gold.get("statements") or [], strict=True)}
    raw_ours = {id(row): raw for row, raw in zip(ours.statements, system["statements"], strict=True)}
    found = []
    for a, b in pair(theirs.statements, ours.statements, statements_fit):
        raw = raw_gold[id(a)]
        if raw.get("who") and overlap(a.source, b.source):
            actor = actors.get(raw_ours[id(b)].get("actor"))
            place = f"{min(theirs.ids, default='?')} {a.label}"
            found.append(Voice(raw["who"], _text(theirs, raw["source"]), called(actor), place))
    return found


def _text(document: Document, span: Json) -> str:
    return document.text[span["start"] : span["end"]]


def called(actor: Json | None) -> list[str]:
    """What an actor is called in the report: its name and its mentions, pronouns left out."""
    if actor is None:
        return []
    names = [actor["name"], *(m["text"] for m in actor.get("mentions") or [])]
    return [name for name in dict.fromkeys(names) if name and not is_pronoun(name)]


# --- names -----------------------------------------------------------------------------------------------------------


def is_pronoun(name: str) -> bool:
    """Whether there is nothing but a pronoun."""
    return name.strip().lower() in PRONOUNS


def said(name: str) -> frozenset[str]:
    """The words of a name or description, small, without determiners, *Mr.* and possessive endings."""
    return frozenset(w for w in _words(name.lower()) if w not in _SMALL)


def same(name: str, who: str) -> bool:
    """Whether a name or description of an actor says who gold says it is."""
    ours, gold = said(name), said(who)
    if not ours or not gold:
        return False
    if gold <= ours and len(ours) <= 4 * len(gold):
        return True
    state = _state(who)
    if state and state == _state(name):
        return True
    return any(_names(ours, key) for key in keys(who)) or _described(name, who)


def keys(who: str) -> Iterator[list[str]]:
    """The proper names at the heads of the parts of a description, as small words without titles: *fuad basya*."""
    for part in _PARTS.split(who):
        words, owned = _words(part), _owned(part)
        head = _head(words)
        if head is None or not _capital(words[head]):
            continue
        first, last = _begin(words, head, owned), _end(words, head)
        if first == 0 and last == 1 < len(words):
            continue  # a capital of the sentence's beginning: *Police in Baghdad*
        name = [w.lower() for w in words[first:last] if w.lower() not in _TITLES | _SMALL | _FUNCTION]
        if name:
            yield name


def _begin(words: Sequence[str], head: int, owned: int) -> int:
    """Where the run of capitals that ends with the head begins; not before `owned`."""
    first = head
    while first > owned:
        linked = words[first - 1] in _LINKS and first - 1 > owned and _capital(words[first - 2])
        if not linked and not _capital(words[first - 1]):
            break
        first -= 1
    return first


def _end(words: Sequence[str], head: int) -> int:
    """Where a name ends: behind its *of …* (*Church of Scientology*), where that has a capital."""
    last = head + 1
    while last + 1 < len(words) and words[last] in ("of", "for"):
        at = last + 1 + (words[last + 1] == "the")
        if at >= len(words) or not _capital(words[at]):
            break
        last = at + 1
        while last < len(words) and _capital(words[last]):
            last += 1
    return last


def _owned(part: str) -> int:
    """The number of words up to the last possessive: what follows is the owner's (*Malaysia's | Prime Minister*)."""
    return max((k + 1 for k, w in enumerate(_WORD.findall(part)) if w.endswith(("'s", "’s"))), default=0)


def _names(ours: frozenset[str], key: list[str]) -> bool:
    return key[-1] in ours and len(ours & set(key)) >= min(2, len(set(key)))


def _described(name: str, who: str) -> bool:
    """Whether two descriptions have the same last noun and most of their words in common."""
    a, b = _words(name.lower()), _words(who.lower())
    heads = {words[at] for words in (a, b) if (at := _head(words)) is not None}
    ours, gold = (set(words) - _SMALL - _FUNCTION for words in (a, b))
    return len(heads) == 1 and 2 * len(ours & gold) > ALIKE * (len(ours) + len(gold))


def _head(words: Sequence[str]) -> int | None:
    """The last word before the first preposition."""
    end = next((i for i, w in enumerate(words) if w.lower() in _FUNCTION and i), len(words))
    return end - 1 if end else None


def _words(name: str) -> list[str]:
    return [re.sub(r"['’]s?$", "", w) for w in _WORD.findall(name)]


def _capital(word: str) -> bool:
    last = word.rpartition("-")[2]  # *al-Zawahiri*
    return word[:1].isupper() or word[:1].isdigit() or last[:1].isupper()


def _state(name: str) -> str | None:
    """The country whose government a name is: *Russia*, *the Russian government*, *the government of Russia*."""
    from sayso.reading import countries

    words = [w for w in _words(name) if w.lower() not in _SMALL]
    plain = [w for w in words if w.lower() not in ("government", "of", "administration")]
    country = countries.named(" ".join(plain)) or (
        countries.of_people(plain[0]) if len(plain) == 1 and len(words) > 1 else None
    )
    return country.iso3 if country else None
