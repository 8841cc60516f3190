"""The PLOVER modes (docs/records.md) that words of a mention name. Own compilation after the definitions in plover.json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_TABLE: Final[dict[str, dict[str, str]]] = {
    "ASSAULT": {
        "abduct": "abduct kidnap kidnapping abduction hostage snatch seize-hostage abducted kidnapped",
        "beat": "beat beating stab stabbing assault-fist stone club",
        "torture": "torture mutilate",
        "sexual": "rape sexual molest",
        "targeted": "assassinate assassination execute execution behead beheading targeted-killing",
        "destroy": "destroy demolish raze torch burn arson destruction vandalise demolition",
        "primitive": "knife machete stone sword axe spear",
        "firearms": "shoot shooting gunman gunfire gun gunfight rifle shootout ambush gunbattle firefight shot sniper",
        "explosives": "bomb bombing blast explosion explode detonate mine landmine grenade ied explosive roadside detonation vbied",
        "suicide-attack": "suicide",
        "aerial": "airstrike air-strike airstrikes warplane jet helicopter aircraft air aerial plane",
        "drone": "drone unmanned predator uav",
        "heavy-weapons": "rocket missile mortar artillery shell shelling tank bombard bombardment pound howitzer",
        "crowd-control": "tear teargas cannon rubber baton",
        "unconventional": "chemical gas nerve sarin chlorine nuclear biological poison",
    },
    "PROTEST": {
        "demo": "demonstrate demonstration march rally protest demonstrator protester vigil gather marched",
        "riot": "riot rioting clash loot",
        "strike": "strike walkout stoppage",
        "hunger": "hunger",
        "boycott": "boycott",
        "obstruct": "block blockade occupy barricade sit-in",
        "vandalize": "vandalize vandalise deface burn torch",
    },
    "COERCE": {
        "arrest": "arrest detain detention jail imprison capture arrested custody hold round",
        "deport": "deport deportation expel extradite",
        "seize": "seize seizure confiscate freeze impound",
        "censor": "censor ban block-site",
        "curfew": "curfew",
        "martial-law": "emergency martial",
        "restrict": "restrict ban close closure blockade checkpoint shut seal siege",
        "withhold": "withhold",
        "cyber": "hack cyber cyberattack",
        "misinformation": "disinformation propaganda misinformation",
    },
    "CONSULT": {
        "visit": "visit arrive travel trip tour",
        "phone": "phone telephone call",
        "third-party": "mediate mediation mediator broker",
        "multilateral": "summit conference assembly",
    },
    "RETREAT": {
        "withdraw": "withdraw withdrawal pull leave pullout retreat evacuate cut",
        "release": "release free freed",
        "disarm": "disarm surrender disarmament",
        "ceasefire": "cease-fire ceasefire truce cease",
        "access": "access reopen",
        "resign": "resign resignation step quit",
    },
    "SANCTION": {
        "convict": "convict sentence conviction guilty sentencing fine",
        "expel": "expel suspend expulsion",
        "withdraw": "recall",
        "discontinue": "halt sever cut suspend",
    },
    "MOBILIZE": {
        "troops": "troop soldier army deploy military force exercise deployment marine",
        "weapons": "weapon missile launch rocket test warship",
        "police": "police",
        "militia": "militia",
    },
    "THREATEN": {
        "violence": "attack kill war strike retaliate revenge",
        "restrict": "restrict",
        "arrest": "warrant arrest",
        "relations": "sanction relation sever",
        "expel": "expel deport",
        "territory": "territory annex",
    },
    "ACCUSE": {
        "investigate": "investigate investigation probe inquiry",
        "allege": "accuse blame allege charge suspect indict sue accusation",
        "disapprove": "condemn criticize criticise denounce protest condemnation criticism",
    },
    "DISASTER": {
        "earthquake": "earthquake quake tremor aftershock tsunami",
        "flood": "flood flooding floodwater",
        "storm": "storm hurricane cyclone typhoon tornado",
        "fire": "wildfire fire",
        "landslide": "landslide mudslide avalanche",
        "volcano": "volcano eruption erupt",
        "drought": "drought",
        "cold": "cold snow blizzard freeze",
        "heat": "heat heatwave",
    },
    "ACCIDENT": {
        "crash": "crash collide collision derail derailment",
        "explosion": "explosion explode blast",
        "collapse": "collapse",
        "sinking": "sink capsize sinking",
        "fire": "fire blaze",
        "stampede": "stampede",
    },
    "DISRUPTION": {
        "power": "power electricity blackout outage energy",
        "heating": "heat heating",
        "water": "water",
        "transport": "flight airport railway train road traffic",
        "communications": "internet phone communication mobile",
    },
}
_BY_WORD: Final[dict[str, dict[str, str]]] = {
    kind: {word: mode for mode, words in table.items() for word in words.split()} for kind, table in _TABLE.items()
}

# Nouns that name what an act of violence is done with.
WEAPONS: Final = frozenset(
    "bomb drone missile rocket grenade mortar artillery shell gun rifle knife machete explosive mine landmine ied tank warplane "
    "helicopter jet aircraft car truck vest gas stone sword pistol sniper torpedo warship uav munition bullet teargas".split()
)


def of_type(kind: str) -> frozenset[str]:
    """All modes that the tables know of an event type."""
    return frozenset(_TABLE.get(kind, {}))


def find(kind: str, lemmas: Iterable[str]) -> tuple[str, ...]:
    """The modes of an event type that the lemmas name, in the order of the words, each once."""
    known = _BY_WORD.get(kind, {})
    return tuple(dict.fromkeys(known[w] for w in lemmas if w in known))
