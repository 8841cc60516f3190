"""`names`: spans of names, exactly (both ends and type), micro F1 over the types that a set marks.

Sets cut names differently; `ACCEPTED` says which of our labels are right for each label of theirs. Forms of files: IOB2 with
numbered rows (UNER, PUD), word and tag (CrossNER), JSON lines with spans of characters (re3d, see `names_re3d`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evaluation.bootstrap import SMALL, intervals
from evaluation.data import content, digest, lines
from evaluation.result import Result, f1, made_by
from sayso.errors import EvaluationError
from sayso.language import analyse_sentences

Name = tuple[int, int, str]
# Right, system, gold by type: the counts of a sentence or document.
Counts = dict[str, list[int]]

# Our labels, and the type under which each is reported.
OURS = {
    "person": "PER", "gpe": "LOC", "location": "LOC", "facility": "LOC", "organisation": "ORG", "event": "EVENT",
    "group": "GROUP", "weapon": "WEAPON", "time": "TIME", "number": "NUMBER",
}  # fmt: skip
# Every set has these three; the others are measured where the gold of a set has them.
MAIN = ("PER", "LOC", "ORG")
TYPES = tuple(dict.fromkeys(OURS.values()))

_PLACE, _PERSON, _ORGANISATION = ("gpe", "location", "facility"), ("person",), ("organisation",)
# A set's label in lower case → our labels that are right for it; the first gives its type. With none the set names something but
# does not say what: what sayso finds there is neither right nor wrong. Labels that do not stand here are no names (UNER's OTH).
ACCEPTED: dict[str, tuple[str, ...]] = {
    # UNER, PUD
    "per": _PERSON, "loc": _PLACE, "org": _ORGANISATION,
    # CrossNER politics
    "person": _PERSON, "politician": _PERSON, "organisation": _ORGANISATION, "organization": _ORGANISATION,
    "politicalparty": _ORGANISATION, "country": ("gpe",), "gpe": _PLACE, "location": _PLACE, "event": ("event",), "election": ("event",),
    "misc": (),
    # re3d; `state`: a country that acts, an organisation to some of its annotators and a place to others
    "titled": _PERSON, "state": ("organisation", "gpe", "location"), "militaryplatform": ("weapon",), "weapon": ("weapon",),
    "vehicle": ("weapon",), "nationality": ("group",), "temporal": ("time",), "quantity": ("number",), "money": ("number",),
}  # fmt: skip
# re3d's persons have their titles and offices before the name (*Iraqi President Fuad Masum*), ours may: the last word must be the same.
TITLED = "titled"


@dataclass(slots=True)
class Tagged:
    """A sentence: its words, and its names as (first word, one past the last, label of the set)."""

    words: list[str]
    names: set[Name]
    begins: bool = True  # whether a document begins with it; files that mark none have one a sentence


def measure(paths: list[Path]) -> Result:
    """Measure on all files of one form together; the figures of all forms but the first have its name before them (`re3d.f1`)."""
    forms: dict[str, list[Path]] = {}
    for path in paths:
        forms.setdefault(form(path), []).append(path)
    scores: dict[str, float | None] = {}
    total, notes = 0, list[str]()
    for name, part in forms.items():
        units, size, said = _units(name, part)
        prefix = f"{name}." if scores else ""
        scores |= {prefix + figure: value for figure, value in _scores(units).items()}
        total += size
        notes += [f"  {name}: {line}" for line in said]
    return Result("names", scores, total, "sentences", digest(paths), made_by(), notes)


def form(path: Path) -> str:
    """The form of a file: `re3d`, `uner` or `crossner`."""
    if content(path).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        return "re3d"
    row = next((line for line in lines(path) if line.strip() and not line.startswith("# ")), "").split("\t")
    return "uner" if len(row) >= 3 and row[0].isdigit() else "crossner"


def _units(form: str, paths: list[Path]) -> tuple[list[Counts], int, list[str]]:
    """The counts of each sentence (of each document of re3d), how many sentences these are, and what is to be said."""
    said = [f"{p.name} may train the weights: a number on what they know" for p in paths if "train" in p.name]
    if form == "re3d":
        from evaluation import names_re3d

        units, size, open_ = names_re3d.counts(paths)
        return units, size, [*said, f"{open_} phrases that are no names were left open"]
    sentences = [s for path in paths for s in read(path)]
    if not sentences:
        raise EvaluationError("no sentence to measure on", "the files hold no words", "give IOB2")
    counts = [count(s.names, names) for doc in documents(sentences) for s, names in zip(doc, found(doc), strict=True)]
    return counts, len(sentences), said


def documents(sentences: list[Tagged]) -> list[list[Tagged]]:
    """The sentences by document."""
    made: list[list[Tagged]] = []
    for sentence in sentences:
        if sentence.begins or not made:
            made.append([])
        made[-1].append(sentence)
    return made


def found(document: list[Tagged]) -> list[set[Name]]:
    """The names that sayso finds in each sentence of a document, read as one text, under our labels."""
    analysis = analyse_sentences([s.words for s in document])
    names: list[set[Name]] = [set() for _ in document]
    numbers = [k for k, s in enumerate(analysis.sentences) for _ in range(s.first, s.last)]
    for name in analysis.names:
        if name.label in OURS:
            number = numbers[name.first]
            at = analysis.sentences[number].first
            names[number].add((name.first - at, name.last - at, name.label))
    return names


# --- counting --------------------------------------------------------------------------------------------------------


def count(gold: Iterable[Name], system: Iterable[Name], open_: Iterable[tuple[int, int]] = ()) -> Counts:
    """Right, system and gold by type. `gold` has labels of a set, `system` ours.

    A name of sayso's that is no gold name, lies inside an open stretch and touches no gold name is not counted.
    """
    named = [g for g in gold if ACCEPTED[g[2]]]
    stretches = [*open_, *(g[:2] for g in gold if not ACCEPTED[g[2]])]
    counts: Counts = {kind: [0, 0, 0] for kind in TYPES}
    rest = set(system)
    for name in sorted(named):
        same = min((s for s in rest if _fits(name, s)), default=None)
        kind = OURS[same[2] if same else ACCEPTED[name[2]][0]]
        counts[kind][2] += 1
        if same:
            rest.discard(same)
            counts[kind][0] += 1
            counts[kind][1] += 1
    for name in rest:
        if any(_touch(name, g) for g in named) or not any(a <= name[0] and name[1] <= b for a, b in stretches):
            counts[OURS[name[2]]][1] += 1
    return counts


def _fits(gold: Name, system: Name) -> bool:
    """Whether a name of sayso's is that gold name."""
    if gold[1] != system[1] or system[2] not in ACCEPTED[gold[2]]:
        return False
    return gold[0] <= system[0] if gold[2] == TITLED else gold[0] == system[0]


def _touch(a: Name, b: Name) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def types(units: Sequence[Counts]) -> tuple[str, ...]:
    """The types that are measured: the main ones, and those that the gold has."""
    return tuple(kind for kind in TYPES if kind in MAIN or any(u[kind][2] for u in units))


def figures(units: Sequence[Counts], kinds: Sequence[str] = ()) -> dict[str, float]:
    """F1, precision and recall over all types measured (`f1`), over the main three where there are more (`f1.main`), and by type."""
    kinds = kinds or types(units)
    totals = {kind: [sum(u[kind][k] for u in units) for k in range(3)] for kind in kinds}
    groups = {"f1": _sum(totals, kinds)} | ({"f1.main": _sum(totals, MAIN)} if len(kinds) > len(MAIN) else {}) | totals
    scores: dict[str, float] = {}
    for name, counts in groups.items():
        value, precision, recall = f1(*counts)
        scores |= {name: round(value, 4), f"{name}.precision": round(precision, 4), f"{name}.recall": round(recall, 4)}
    return scores


def _sum(totals: Counts, kinds: Sequence[str]) -> list[int]:
    return [sum(totals[kind][k] for kind in kinds) for k in range(3)]


def _scores(units: list[Counts]) -> dict[str, float]:
    scores = figures(units)
    if 1 < len(units) <= SMALL:
        scores |= intervals(units, partial(_plain, kinds=types(units)))
    return scores


def _plain(units: Sequence[Counts], kinds: Sequence[str]) -> dict[str, float]:
    return {name: value for name, value in figures(units, kinds).items() if "." not in name}


# --- files -----------------------------------------------------------------------------------------------------------


def read(path: Path) -> list[Tagged]:
    """The sentences of a tagged file: IOB2 with numbered rows (UNER, PUD) or word and tag (CrossNER); `# ` comments."""
    sentences: list[Tagged] = []
    words: list[str] = []
    tags: list[str] = []
    marked, begins = False, True
    for line in [*lines(path), ""]:
        # A row's word may be `#` itself; a comment has a space after it.
        if line.startswith("# "):
            marked, begins = marked or "newdoc" in line[:10], begins or "newdoc" in line[:10]
            continue
        if line.strip():
            word, tag = _row(line, path)
            words.append(word)
            tags.append(tag)
        elif words:
            sentences.append(Tagged(words, spans(tags), begins))
            words, tags, begins = [], [], not marked
    return sentences


def _row(line: str, path: Path) -> tuple[str, str]:
    columns = line.rstrip("\r").split("\t") if "\t" in line else line.split()
    if len(columns) >= 3 and columns[0].isdigit():
        return columns[1], columns[2]
    if len(columns) >= 2:
        return columns[0], columns[-1]
    raise EvaluationError(f"{path.name} is not tagged", f"a row has one column: {line[:40]!r}", "give IOB2 rows")


def spans(tags: Sequence[str]) -> set[Name]:
    """The names of IOB2 tags. Types that we do not measure, and stray tags (`B-O`), are no names; a loose `I-` begins one."""
    names: set[Name] = set()
    first, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        mark, _, label = tag.partition("-")
        here = label.lower() if label.lower() in ACCEPTED else ""
        if kind and (mark != "I" or here != kind):
            names.add((first, at, kind))
            kind = ""
        if here and not kind and mark in ("B", "I"):
            first, kind = at, here
    return names
