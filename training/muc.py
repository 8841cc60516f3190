"""Attacks in the reports of MUC-4 as weakly labelled events: the official keys say what happened, the words say where it is told.

The keys fill templates for a report as a whole; nobody marked words. Here a word is an anchor where it names the act of a
template (tables below) and its sentence holds a participant of that template; a participant is linked where it stands as such
(*guerrillas killed X*, *X was killed by guerrillas*, *the murder of X*). All else is left open but for words that can be neither.
Only the 1,300 reports of the development part are read, never TST1–4. All labels are silver.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.language.sentences import segment
from training.example import Example, lines
from training.gold import bio
from training.names import is_group

CAPITALS = 3  # every third report stays in capitals, as it came over the wire

# The acts by type of template; a trigger of two words is an anchor of two. Verbs apart, as their sides are told by the voice.
_HARM = "killed killing wounded wounding injured injuring"
_VERBS = {
    "ATTACK": f"{_HARM} kill kills murdered murder murdering assassinated assassinate assassinating slain massacred attacked attacking "
    "ambushed machinegunned machine-gunned shot strafed shelled executed stabbed beheaded tortured ambush slaughtered raided",
    "BOMBING": f"{_HARM} bombed bombing dynamited attacked destroyed damaged destroying damaging",
    "KIDNAPPING": "kidnapped kidnap kidnapping kidnaps abducted abducting abduct",
    "ARSON": "burned burnt burning torched destroyed destroying",
    "ROBBERY": "robbed robbing stole stolen stealing looted looting",
}
_NOUNS = {
    "ATTACK": "attack attacks murder murders assassination assassinations massacre massacres killing killings ambush slaying slayings "
    "shooting raid slaughter execution executions",
    "BOMBING": "bombing bombings attack attacks explosion explosions blast blasts",
    "KIDNAPPING": "kidnapping kidnappings abduction abductions",
    "ARSON": "arson",
    "ROBBERY": "robbery robberies",
}
_GOES_OFF = frozenset("exploded explode explodes exploding detonated".split())  # what the weapon does by itself
_KIND = {"ROBBERY": "COERCE"}  # of events; all others are ASSAULT (ANNOTATION.md: COERCE [seize …])
_MODES = {"BOMBING": "explosives", "KIDNAPPING": "abduct", "ARSON": "destroy|primitive", "ROBBERY": "seize"}
_WEAPONS = {  # INSTRUMENT TYPE → mode
    **dict.fromkeys(("GUN", "MACHINE GUN", "RIFLE", "HANDGUN"), "firearms"),
    **dict.fromkeys(("BOMB", "DYNAMITE", "EXPLOSIVE", "VEHICLE BOMB", "GRENADE", "MINE"), "explosives"),
    **dict.fromkeys(("MORTAR", "ROCKET"), "heavy-weapons"),
    **dict.fromkeys(("CUTTING DEVICE", "MOLOTOV COCKTAIL", "STONE", "FIRE"), "primitive"),
    "AERIAL BOMB": "aerial|explosives",
    "TORTURE": "torture",
}
_BY_WORD = {
    **dict.fromkeys(
        "assassinated assassinate assassinating assassination assassinations executed execution".split(),
        "firearms|targeted",
    ),
    **dict.fromkeys("shot machinegunned machine-gunned shooting strafed".split(), "firearms"),
    **dict.fromkeys("murder murders murdered murdering slain".split(), "firearms|none|targeted"),
    "shelled": "heavy-weapons",
    "stabbed": "primitive",
    "beheaded": "primitive|targeted",
    "tortured": "torture",
    **dict.fromkeys("massacre massacres massacred slaughter slaughtered".split(), "firearms|targeted"),
}

_BE = frozenset("was were been being be is are".split())
_ADVERBS = frozenset(
    "also later brutally allegedly reportedly seriously slightly recently immediately violently cruelly today".split()
)
_LAUNCH = frozenset("launched staged perpetrated conducted committed carried carrying made out".split())
_UNDONE = frozenset(
    "to will would may might could should must not if unless attempt attempted attempts planned plan plans threatened threat threats "
    "alleged avoid prevent prevented future possible against n't never threatening trying tried failed frustrated foiled no".split()
)
_FIGHTERS = frozenset(
    "guerrilla guerrillas rebel rebels terrorist terrorists subversives troops soldiers members command cell units".split()
)
_PEOPLE = frozenset("injured wounded kidnapped murdered killed".split())  # after an article those that it befell
# Words that name no event and fill no role.
_EMPTY = frozenset(
    ". , ; : \" ' -- ( ) ? ! was were been being be is are am has have had will would could can may might must should do does did "
    "not that by who which when while after before because but although however if since until at on in from to with as than then there "
    "also today yesterday meanwhile here and or his her their its he she they it we i you this these those a an the of for said says "
    "added reported stated according noted".split()
)
_OPEN = frozenset(
    "the a an of and or this these those his her their its he she they it we i you for with in at on from".split()
)
_NO_NAME = frozenset("ARMY POLICE GOVERNMENT GUERRILLAS REBELS MILITARY TERRORISTS DRUG MAFIA".split())
_SMALL = frozenset("de del la las los el y of the and for in".split())
_ACRONYMS = frozenset(
    "fmln eln epl farc mrta arena oas usa u.s. cia dea dni dpa efe afp upi urng prtc erp fpl utc coprefa fenastras unts uca anc m-19 "
    "mpsc unadd ucn inmine tnt bbc rcn dincote fbi".split()
)
_HEADER = re.compile(r"\A.{0,300}?\[TEXT\]", re.DOTALL)
_BRACKETS = re.compile(r"\[[^\]]{0,300}\]")
_DIRECTIONS = frozenset("north south east west center central".split())
_DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november "
    "december".split()
)


@dataclass
class Template:
    """One incident of a key: its type, stage, weapons, and the words of those who take part, by role."""

    kind: str
    stage: str
    weapons: frozenset[str]
    roles: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)


def _strings(slots: dict[str, list[str]], *names: str) -> list[tuple[str, ...]]:
    """The quoted strings of slots as small words; what the key calls optional (?) is left out."""
    found = []
    for name in names:
        for value in slots.get(name, []):
            if not value.startswith(("?", "-")):
                found += [tuple(segment(s)[0]) for s in re.findall(r'"([^"]+)"', _BRACKETS.sub(" ", value))]
    made = [tuple(t.text.lower() for t in s) for s in found]
    made = [s[1:] if len(s) > 1 and s[0] in ("the", "a", "an") else s for s in made]
    return sorted({s for s in made if s and s not in (("member",), ("members",), ("group",))}, key=len, reverse=True)


def _surnames(people: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The last name of people with two and more, and that before it of people with four."""
    found = {p[-1:] for p in people if len(p) > 1} | {p[-2:-1] for p in people if len(p) > 3}
    return sorted(s for s in found if len(s[0]) > 3 and s[0].isalpha())


def template(slots: dict[str, list[str]]) -> Template | None:
    """The template of a key row, if it is of a type and stage that is read here."""
    kind, stage = ((slots.get(f"INCIDENT: {k}") or [""])[0] for k in ("TYPE", "STAGE OF EXECUTION"))
    if kind not in _VERBS:
        return None
    weapons = {v.split(":")[0].strip() for v in slots.get("INCIDENT: INSTRUMENT TYPE", []) if not v.startswith("?")}
    made = Template(kind, stage, frozenset(weapons))
    people = _strings(slots, "HUM TGT: NAME")
    made.roles["recipient"] = [*people, *_strings(slots, "HUM TGT: DESCRIPTION", "PHYS TGT: ID"), *_surnames(people)]
    made.roles["actor"] = _strings(slots, "PERP: INDIVIDUAL ID")
    sure = " ".join(slots.get("PERP: ORGANIZATION CONFIDENCE", []))
    if re.match(r"(REPORTED AS FACT|CLAIMED OR ADMITTED)(?!.*(SUSPECTED|POSSIBLE))", sure):
        made.roles["actor"] += _strings(slots, "PERP: ORGANIZATION ID")
    made.roles["instrument"] = _strings(slots, "INCIDENT: INSTRUMENT ID")
    return made


def muc(texts: Path, keys: Path) -> Iterator[Example]:
    """The sentences of the development reports that name an act of their key; `texts` and `keys` as in the corpora's README."""
    templates: dict[str, list[Template]] = {}
    names: set[tuple[str, ...]] = set()
    for row in map(json.loads, lines(keys)):
        if row["docid"].startswith("DEV-") and row["slots"]:
            made = template(row["slots"])
            templates.setdefault(row["docid"], []).extend([made] if made else [])
            names |= _names(row["slots"])
    for number, row in enumerate(map(json.loads, lines(texts))):
        if templates.get(row["docid"]):
            yield from _report(row, templates[row["docid"]], names, shouted=number % CAPITALS == 0)


def _names(slots: dict[str, list[str]]) -> set[tuple[str, ...]]:
    """Names of people, organisations and places in a key, as small words."""
    people = [s for s in _strings(slots, "HUM TGT: NAME") if len(s) > 1]
    found = {*people, *_surnames(people)}
    found |= {s for s in _strings(slots, "PERP: ORGANIZATION ID") if len(s) > 1 and s[0].upper() not in _NO_NAME}
    for place in slots.get("INCIDENT: LOCATION", []):
        for part in re.split(r"[:/]| - ", place):
            bare = re.sub(r"\(.*?\)|[?*]", "", part).strip()
            if bare and bare.upper() not in _NO_NAME and bare.lower() not in _DIRECTIONS:
                found.add(tuple(bare.lower().split()))
    return found


def body(text: str) -> str:
    """The text of a report without its header and editor's brackets, one line a paragraph."""
    text = _BRACKETS.sub(" ", _HEADER.sub("", text, count=1))
    return "\n\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", text) if p.strip())


def _report(
    row: dict[str, str], templates: list[Template], names: set[tuple[str, ...]], *, shouted: bool
) -> Iterator[Example]:
    tokens, sentences = segment(body(row["text"]))
    for sentence in sentences:
        words = [t.text for t in tokens[sentence.first : sentence.last]]
        small = [w.lower() for w in words]
        shown = words if shouted else recased(small, names)
        example = labelled(shown, small, templates, f"muc/{row['docid']}")
        if example:
            yield example


def recased(small: list[str], names: set[tuple[str, ...]]) -> list[str]:
    """A sentence as one would write it: capitals at its start and on names that are known."""
    made = list(small)
    for first in range(len(small)):
        for size in (5, 4, 3, 2, 1):
            if first + size <= len(small) and tuple(small[first : first + size]) in names:
                for i in range(first, first + size):
                    made[i] = small[i] if small[i] in _SMALL and i > first else small[i].capitalize()
                break
    for i, word in enumerate(small):
        if word in _ACRONYMS or not re.search(r"[aeiouy\d\W]", word):
            made[i] = word.upper()
        elif word in _DATES or word in ("i", "jesuit", "jesuits", "mormon", "mormons") or is_group(word.capitalize()):
            made[i] = word.capitalize()
    start = next((i for i, w in enumerate(made) if w[0].isalpha()), None)
    if start is not None and made[start].islower():
        made[start] = made[start].capitalize()
    return made


# --- Labels ----------------------------------------------------------------------------------------------------------


def labelled(words: list[str], small: list[str], templates: list[Template], document: str) -> Example | None:
    """The sentence with its anchors and who takes part; None where it names no act of a template."""
    acts = []
    for at in range(len(small)):
        found = [t for t in templates if _names_act(small, at, t) and any(_spans(small, t, r) for r in t.roles)]
        kinds = {t.kind for t in found}
        if found and (len(kinds) == 1 or _KIND.keys().isdisjoint(kinds)):
            acts.append((at, found))
    if not acts:
        return None
    size = len(words)
    example = Example(words, document, {k: [None] * size for k in ("status", "mode")})
    held = {
        i for t in templates for r in t.roles if r != "instrument" for a, b in _spans(small, t, r) for i in range(a, b)
    }
    anchors = bio(size, [(at, at + 1, _KIND.get(found[0].kind, "ASSAULT")) for at, found in acts])
    sure = [w in _EMPTY or i in held for i, w in enumerate(small)]
    example.tags["anchor"] = [t if t != "O" or sure[i] else None for i, t in enumerate(anchors)]
    triggers = {at for at, _ in acts}
    pairs: dict[int, list[str | None]] = {}
    for at, found in acts:
        example.tags["mode"][at] = mode(small[at], found)
        example.tags["status"][at] = _status(small, at, found)
        pairs[at] = _roles(small, at, found, held, triggers)
    example.pairs["events"] = pairs
    example.silver = frozenset(("anchor", "status", "mode", "events"))
    return example


def _names_act(small: list[str], at: int, t: Template) -> bool:
    word = small[at]
    if word in _PEOPLE and small[at - 1 : at] in (["the"], ["many"], ["those"]):
        return False
    if word in _GOES_OFF:
        return t.kind == "BOMBING"
    return word in _VERBS[t.kind].split() or word in _NOUNS[t.kind].split()


def _spans(small: list[str], t: Template, role: str) -> list[tuple[int, int]]:
    """Where the strings of a role stand in the sentence; of overlapping ones the longest."""
    found: list[tuple[int, int]] = []
    for string in t.roles[role]:
        for first in range(len(small) - len(string) + 1):
            last = first + len(string)
            if tuple(small[first:last]) == string and all(last <= a or first >= b for a, b in found):
                found.append((first, last))
    return found


def mode(word: str, templates: list[Template]) -> str | None:
    """The set of modes that word, weapons and type leave open; None where they say nothing."""
    kinds = {t.kind for t in templates}
    known = {_WEAPONS.get(w) for t in templates for w in t.weapons}
    if word in _BY_WORD:
        more = {m for k in known if k for m in k.split("|")} if "targeted" in _BY_WORD[word] else set()
        return "|".join(sorted({*_BY_WORD[word].split("|"), *more}))
    if kinds == {"ATTACK"}:
        return "|".join(sorted({m for k in known if k for m in k.split("|")})) if known and None not in known else None
    return _MODES[kinds.pop()] if len(kinds) == 1 else None


def _status(small: list[str], at: int, templates: list[Template]) -> str | None:
    stages = {t.stage for t in templates}
    before = set(small[max(0, at - 4) : at])
    if stages == {"ACCOMPLISHED"}:
        return None if before & _UNDONE else "occurred" if _passive(small, at) else "occurred|ongoing"
    return (
        "threatened"
        if stages == {"THREATENED"} and before & {"threatened", "threat", "threats", "threatening"}
        else None
    )


def _passive(small: list[str], at: int) -> bool:
    before = [w for w in small[max(0, at - 3) : at] if w not in _ADVERBS]
    return small[at].endswith(("ed", "shot", "slain", "stolen", "burnt")) and bool(before) and before[-1] in _BE


def _roles(small: list[str], at: int, found: list[Template], held: set[int], triggers: set[int]) -> list[str | None]:
    """Who takes part in the act: what stands as such is linked, what surely can not is none, all else is open."""
    labels: list[str | None] = ["none" if w in _EMPTY and w not in _OPEN else None for w in small]
    for i in triggers:
        labels[i] = "none"
    for i in held:
        labels[i] = None
    sides = {(t.kind, tuple(_spans(small, t, "recipient"))) for t in found}
    for t in found:
        for role in ("instrument", "actor", "recipient"):
            for first, last in _spans(small, t, role):
                if len(sides) == 1 and _stands(small, at, (first, last), role, triggers):
                    first = _counted(small, first) if role == "recipient" else first
                    labels[first:last] = [role] * (last - first)
        _whole(labels, _spans(small, t, "recipient"))
    return labels


def _whole(labels: list[str | None], spans: list[tuple[int, int]]) -> None:
    """A name right beside its description belongs to it (*candidate Luis Carlos Galan*)."""
    for first, last in sorted(spans):
        if labels[first - 1 : first] == ["recipient"] or labels[last : last + 1] == ["recipient"]:
            labels[first:last] = ["recipient"] * (last - first)


def _counted(small: list[str], first: int) -> int:
    """The number before a noun belongs to it (*six jesuit priests*)."""
    numbers = "two three four five six seven eight nine ten eleven twelve several".split()
    return first - 1 if first > 0 and (small[first - 1] in numbers or small[first - 1].isdigit()) else first


def _stands(small: list[str], at: int, span: tuple[int, int], role: str, triggers: set[int]) -> bool:
    """Whether the words stand where the voice of the act puts the role."""
    first, last = span
    if first <= at < last:
        return False
    low, high = (last, at) if last <= at else (at + 1, first)
    between = small[low:high]
    if len(between) > NEAR or any(w in _BREAK for w in between):
        return False
    if any(i in triggers for i in range(low, high)) and not _joined(between):
        return False
    if role == "instrument":
        return (small[at] in _GOES_OFF and last <= at) or _led(small, first, ("with", "by", "using"))
    if small[at] in _GOES_OFF or not _entire(small, at, span, role):
        return False
    if _nominal(small, at):
        return _beside_noun(small, at, span, role, between)
    if _passive(small, at):
        if role == "recipient":
            return last <= at and "and" not in between
        return first > at and _led(small, first, ("by",)) and not set(between) & _BE
    if small[at].endswith("ing"):
        return role == "recipient" and first > at
    if small[at - 1 : at] and small[at - 1] in ("to", *_BE):
        return role == "recipient" and first > at
    return last <= at if role == "actor" else first > at and not _led(small, first, ("by",))


NEAR = 9  # words between an act and who takes part, at most; set by eye on MUC-4 DEV
_BREAK = frozenset(
    '. ; : " said says that which who when while because but although after before according reported added'.split()
)


def _entire(small: list[str], at: int, span: tuple[int, int], role: str) -> bool:
    """Whether the words are all of their phrase: no *of* before them but that of *murder of*, no noun after an actor."""
    first, last = span
    start = first - 1 if first and small[first - 1] in ("the", "a", "an", "his", "their") else first
    if start > at + 2 or start < at:
        if start and small[start - 1] == "of":
            return False
    after = small[last] if last < len(small) else "."
    whole = last == at or after in _EMPTY or after in _LAUNCH or after.endswith("ly") or not after[0].isalnum()
    return role != "actor" or (whole if last <= at else after not in _FIGHTERS)


def _joined(between: list[str]) -> bool:
    """*killed and wounded*: acts side by side share who takes part."""
    return all(w in {"and", "or", ","} or w in _HARM.split() for w in between[:2]) and len(between) <= 5


def _nominal(small: list[str], at: int) -> bool:
    """Whether the act is told by a noun: it is one by table, and an article, adjective or *of* stands beside it."""
    nouns = {w for words in _NOUNS.values() for w in words.split()}
    verbs = {w for words in _VERBS.values() for w in words.split()}
    if small[at] not in nouns:
        return False
    return small[at] not in verbs or (at > 0 and small[at - 1] not in ("to", *_BE))


def _led(small: list[str], first: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands before the phrase, across its article and up to two adjectives."""
    for i in range(first - 1, max(-1, first - 4), -1):
        if small[i] in words:
            return True
        if small[i] in _EMPTY and small[i] not in ("the", "a", "an", "his", "their"):
            return False
    return False


def _beside_noun(small: list[str], at: int, span: tuple[int, int], role: str, between: list[str]) -> bool:
    first = span[0]
    if role == "recipient":
        return first > at and bool(between) and between[0] in ("of", "on", "against") and len(between) <= 4
    if first > at:
        return _led(small, first, ("by",)) and len(between) <= 4
    return any(w in _LAUNCH for w in between) and not set(between) & _BE
