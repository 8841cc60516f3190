"""Names of five corpora under one set of labels, each teaching only what it says.

The corpora disagree on how fine names are cut: UNER has one kind of place, CrossNER knows countries, Re-DocRED marks dates and
numbers, most mark no nationalities. A word's label is therefore a *set* of tags, `B-gpe|B-location|B-facility`; the loss asks
that the probability of the set as a whole be high (partial labels) and leaves the choice within it to the other corpora.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from sayso.language.sentences import segment
from sayso.reading import countries, gazetteer
from training.example import Example, lines, sentences

KINDS = ("person", "organisation", "gpe", "location", "facility", "group", "event", "weapon", "time", "number")
TAGS = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))
PLACE = ("gpe", "location", "facility")
# What a corpus leaves unmarked may still be one of these.
UNSAID = {
    "uner": ("group", "event", "weapon", "time", "number"),
    "gum": ("group", "weapon", "time", "number"),
    "redocred": ("group", "event", "weapon"),
    "crossner": ("group", "weapon", "time", "number", "facility"),
    "re3d": ("event",),
}
COARSE = {"PER": "person", "ORG": "organisation", "LOC": "location"}

_BELIEFS = frozenset(
    "Muslim Muslims Sunni Sunnis Shiite Shiites Shi'ite Shia Islamic Islamist Islamists Christian Christians Jewish Jew Jews Catholic "
    "Catholics Protestant Protestants Hindu Hindus Buddhist Buddhists Orthodox Republican Republicans Democrat Democrats Democratic "
    "Communist Communists Kurdish Kurd Kurds Arab Arabs Palestinian Palestinians Chechen Chechens Tibetan Tibetans European Europeans "
    "African Africans Asian Asians Western Druze Alawite Alawites Yazidi Yazidis Rohingya Hutu Tutsi Pashtun Pashtuns Baathist "
    "Baathists Zionist Zionists Marxist Socialist Conservative Liberal Tory Tories Latino Latinos Hispanic".split()
)
_LOCATION = re.compile(
    r"(?i)\b(river|lake|mount|mountains?|sea|ocean|valley|islands?|desert|gulf|bay|peninsula|strait|canal|coast|hills|plateau|europe"
    r"|asia|africa|middle east|america|balkans|caucasus|caribbean|mediterranean|atlantic|pacific|himalayas?|forest|gorge|delta|continent)\b"
)
_FACILITY = re.compile(
    r"(?i)\b(airport|hospital|bridge|stadium|street|st\.|avenue|road|square|station|church|mosque|cathedral|park|hotel|prison|palace"
    r"|plant|dam|tower|building|hall|museum|library|theat(?:re|er)|arena|airbase|base|camp|highway|school|temple|house|centre|center|inn)$"
)


@lru_cache(maxsize=100_000)
def place_kinds(name: str) -> tuple[str, ...]:
    """Which kinds of place a place name may be: told by its own words, else by the gazetteer, else all three."""
    if _FACILITY.search(name):
        return ("facility",)
    if _LOCATION.search(name):
        return ("location",)
    found = {e.kind for e in gazetteer.look_up(name)}
    if found & {"country", "region", "district", "capital", "town"}:
        return ("gpe",)
    return ("location",) if found else PLACE


def is_group(word: str) -> bool:
    """Whether a capitalised word names a people or a belief (*Ukrainian*, *Sunnis*)."""
    return word[:1].isupper() and (word in _BELIEFS or countries.of_people(word) is not None)


def choice(mark: str, kinds: Iterable[str], outside: bool = False) -> str:
    """The set of tags `mark`-kind, with "O" where the word may be no name at all."""
    return "|".join([*(["O"] if outside else []), *(f"{mark}-{k}" for k in kinds)])


def tagged(words: list[str], spans: list[tuple[int, int, tuple[str, ...]]], corpus: str) -> list[str | None]:
    """Sets of tags of the words; of overlapping spans `(first, last, kinds)` the longest stands."""
    unsaid = UNSAID[corpus]
    open_ = choice("B", unsaid, outside=True) + "|" + choice("I", unsaid)
    tags: list[str | None] = ["B-group" if is_group(w) and "group" in unsaid else open_ for w in words]
    taken = [False] * len(words)
    for first, last, kinds in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if not any(taken[first:last]):
            tags[first:last] = [choice("B", kinds), *([choice("I", kinds)] * (last - first - 1))]
            taken[first:last] = [True] * (last - first)
    return tags


def runs(tags: list[str]) -> list[tuple[int, int, str]]:
    """Spans of IOB2 tags with their label."""
    spans: list[tuple[int, int, str]] = []
    first, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        mark, _, label = tag.partition("-")
        if kind and (mark != "I" or label != kind):
            spans.append((first, at, kind))
            kind = ""
        if label and mark == "B":
            first, kind = at, label
    return spans


def uner(path: Path) -> dict[str, tuple[list[str | None], list[str | None]]]:
    """By sentence id: UNER's own three kinds as plain tags, and the sets under our kinds. OTH is left open."""
    found = {}
    for meta, rows in sentences(path):
        words, marks = [r[1] for r in rows], [r[2] for r in rows]
        plain: list[str | None] = ["O"] * len(words)
        spans = []
        for first, last, label in runs(marks):
            if label not in COARSE:
                continue
            kind = COARSE[label]
            plain[first:last] = [f"B-{kind}", *([f"I-{kind}"] * (last - first - 1))]
            spans.append((first, last, place_kinds(" ".join(words[first:last])) if label == "LOC" else (kind,)))
        found[meta["sent_id"]] = plain, tagged(words, spans, "uner")
    return found


# --- GUM -------------------------------------------------------------------------------------------------------------

_GUM = {"person": "person", "place": "location", "organization": "organisation", "event": "event", "time": "time"}


def gum(rows: list[list[str]]) -> list[str | None]:
    """Names from GUM's entities: the run of proper nouns round the head of a person, place, organisation or event; whole dates.

    Linked entities that begin and end with a proper noun are taken whole (*University of Portsmouth*).
    """
    opened: list[tuple[str, int, str]] = []
    spans: list[tuple[int, int, tuple[str, ...]]] = []
    for i, row in enumerate(rows):
        entity = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", entity):
            bare = part.strip("()").split("-")
            if part.startswith("("):
                opened.append((bare[0], i, "-".join(bare)))
            if part.endswith(")"):
                at = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][0] == bare[0]), None)
                if at is None:
                    continue
                _, first, whole = opened.pop(at)
                fields = whole.split("-")
                if len(fields) > 1 and fields[1] in _GUM:
                    spans += _gum_span(rows, first, i + 1, _GUM[fields[1]], linked=len(fields) > 6)
    return tagged([r[1] for r in rows], spans, "gum")


def _gum_span(
    rows: list[list[str]], first: int, last: int, kind: str, *, linked: bool
) -> list[tuple[int, int, tuple[str, ...]]]:
    proper = [r[3] == "PROPN" for r in rows]
    if first < last and rows[first][3] == "DET":
        first += 1
    if kind == "time":
        dated = any(proper[i] or rows[i][3] == "NUM" for i in range(first, last))
        return [(first, last, ("time",))] if dated and last - first <= 5 else []
    if not (linked and first < last <= first + 7 and proper[first] and proper[last - 1]):
        inside = {int(r[0]) for r in rows[first:last]}
        head = next((i for i in range(first, last) if int(rows[i][6]) not in inside), None)
        if head is None or not proper[head]:
            return []
        low = high = head
        while low > first and proper[low - 1]:
            low -= 1
        while high + 1 < last and proper[high + 1]:
            high += 1
        first, last = low, high + 1
    name = " ".join(r[1] for r in rows[first:last])
    return [(first, last, place_kinds(name) if kind == "location" else (kind,))]


# --- Re-DocRED, CrossNER, re3d ---------------------------------------------------------------------------------------


def redocred(path: Path) -> Iterator[Example]:
    """Names, dates and numbers of Re-DocRED. It marks nationalities as places; what it calls MISC is left open."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        documents = json.load(file)
    kinds: dict[str, tuple[str, ...]] = {
        "PER": ("person",),
        "ORG": ("organisation",),
        "TIME": ("time",),
        "NUM": ("number",),
    }
    for at, document in enumerate(documents):
        for number, words in enumerate(document["sents"]):
            spans, unsure = [], set()
            for mention in (m for chain in document["vertexSet"] for m in chain if m["sent_id"] == number):
                first, last = mention["pos"]
                name = " ".join(words[first:last])
                if mention["type"] == "LOC":
                    spans.append((first, last, ("group",) if is_group(words[last - 1]) else place_kinds(name)))
                elif mention["type"] in kinds:
                    spans.append((first, last, kinds[mention["type"]]))
                else:
                    unsure.update(range(first, last))
            tags = tagged(words, spans, "redocred")
            yield Example(
                words,
                f"redocred/{at}",
                {"entities": [None if i in unsure else t for i, t in enumerate(tags)]},
            )


_POLITICS: dict[str, tuple[str, ...] | None] = {
    **dict.fromkeys(("person", "politician", "writer", "scientist", "musicalartist"), ("person",)),
    **dict.fromkeys(("organisation", "politicalparty"), ("organisation",)),
    **dict.fromkeys(("event", "election"), ("event",)),
    "country": ("gpe",),
    "location": None,  # the gazetteer says of which kind
}


def crossner(path: Path) -> Iterator[Example]:
    """Names of CrossNER politics; what it calls miscellaneous is left open."""
    words: list[str] = []
    marks: list[str] = []
    number = 0
    for line in [*lines(path), ""]:
        row = line.split()
        if len(row) >= 2:
            words.append(row[0])
            marks.append(row[-1])
            continue
        if words:
            spans = []
            for first, last, label in runs(marks):
                if label in _POLITICS:
                    spans.append((first, last, _POLITICS[label] or place_kinds(" ".join(words[first:last]))))
            tags = tagged(words, spans, "crossner")
            unsure = {i for first, last, label in runs(marks) if label not in _POLITICS for i in range(first, last)}
            kept = {"entities": [None if i in unsure else t for i, t in enumerate(tags)]}
            yield Example(words, f"crossner/{number}", kept)
            number += 1
        words, marks = [], []


_RE3D: dict[str, tuple[str, ...] | None] = {
    "Organisation": ("organisation",),
    "Person": ("person",),
    "Location": None,
    **dict.fromkeys(("MilitaryPlatform", "Weapon", "Vehicle"), ("weapon",)),
    "Nationality": ("group",),
    **dict.fromkeys(("Temporal", "Frequency"), ("time",)),
    **dict.fromkeys(("Quantity", "Money"), ("number",)),
}
_NAMED = ("Organisation", "Person", "Location", "Nationality")
_SURE = 0.5  # confidence from which on an annotation of re3d is kept


def re3d(path: Path) -> Iterator[Example]:
    """Names of re3d. It marks whole noun phrases: articles are cut off, phrases without a capital take no part."""
    for line in lines(path):
        document = json.loads(line)
        tokens, found = segment(document["text"])
        for sentence in found:
            inside = tokens[sentence.first : sentence.last]
            words = [t.text for t in inside]
            spans, unsure = [], set()
            for entity in document["entities"]:
                if entity.get("confidence", 1) < _SURE:
                    continue
                cover = [i for i, t in enumerate(inside) if t.start < entity["end"] and entity["start"] < t.end]
                if not cover:
                    continue
                first, last = cover[0], cover[-1] + 1
                if first < last - 1 and words[first].lower() in ("the", "a", "an"):
                    first += 1
                capital = words[first][:1].isupper() and words[last - 1][:1].isupper()
                if entity["type"] not in _RE3D or (entity["type"] in _NAMED and not capital):
                    unsure.update(range(first, last))
                else:
                    name = " ".join(words[first:last])
                    spans.append((first, last, _RE3D[entity["type"]] or place_kinds(name)))
            tags = tagged(words, spans, "re3d")
            sure = {i for first, last, _ in spans for i in range(first, last)}
            kept = {"entities": [None if i in unsure - sure else t for i, t in enumerate(tags)]}
            yield Example(words, f"re3d/{document['id']}", kept)
