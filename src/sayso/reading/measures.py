"""Words that tell what a figure counts: populations, scopes, sub-totals. Own compilation."""

from __future__ import annotations

import re
from typing import Final

from sayso.reading.context import Context

# Population (RECORDS.md) → lemmas of the counted noun that name it.
POPULATIONS: Final[dict[str, frozenset[str]]] = {
    "civilians": frozenset("civilian bystander passer-by passerby villager resident".split()),
    "children": frozenset(
        "child boy girl baby infant toddler schoolchild pupil minor teenager kid daughter schoolgirl schoolboy".split()
    ),
    "women": frozenset("woman wife mother sister grandmother widow housewife".split()),
    "soldiers": frozenset(
        "soldier troop serviceman servicewoman servicemember marine paratrooper airman sailor conscript peacekeeper gi "
        "paramilitary trooper ranger guardsman commando".split()
    ),
    "police": frozenset("policeman policewoman police officer cop gendarme constable".split()),
    "journalists": frozenset("journalist reporter cameraman photographer correspondent newsman broadcaster".split()),
    "aid workers": frozenset("humanitarian volunteer aidworker".split()),
    "militants": frozenset(
        "militant insurgent rebel fighter gunman terrorist extremist guerrilla jihadist bomber separatist".split()
    ),
    "medics": frozenset("medic doctor nurse paramedic".split()),
    "rescuers": frozenset("rescuer firefighter fireman".split()),
}
_PHRASES: Final = {
    "aid worker": "aid workers",
    "relief worker": "aid workers",
    "service member": "soldiers",
    "police officer": "police",
    "security officer": "police",
    "security guard": "police",
    "media worker": "journalists",
}
# Words that settle what a number counts, whatever the model thinks: service cut, flight, homes lost, weapons in the air. Tried in
# this order on the clause round the figure; `items`: lemmas the counted noun must have (any where empty).
_PEOPLE: Final = (
    "person people family household home house customer consumer subscriber resident user apartment settlement village town "
    "inhabitant civilian man woman child other building"
)
_BUILDINGS: Final = (
    "home house building apartment school hospital clinic church mosque shop store structure block facility bridge factory "
    "warehouse dwelling kindergarten substation plant office"
)
_WEAPONS: Final = "drone missile rocket shell bomb mortar projectile uav munition warhead"
_RULES: Final[tuple[tuple[str, str, str], ...]] = (
    (r"\b(?:without|no|lost|losing|lose|cut off from|deprived of) (?:\w+ ){0,2}?(?:power|electricity|light)\b|\bin the dark\b|power (?:outage|cut)s? (?:for|affect)", _PEOPLE, "without_power"),
    (r"\b(?:without|no|lost|lose) (?:\w+ ){0,2}?(?:heat|heating)\b", _PEOPLE, "without_heating"),
    (r"\b(?:without|no|lost|lose) (?:\w+ ){0,2}?(?:water)\b", _PEOPLE, "without_water"),
    (r"\b(?:shot down|downed|intercept\w*|neutrali[sz]ed|jammed|brought down|destroyed by air defen[cs]e)\b", _WEAPONS, "weapons_intercepted"),
    (r"\b(?:launch\w*|fired?|firing|sent|struck with|attack\w*|hit with|rained|salvo|barrage|used)\b", _WEAPONS, "weapons_launched"),
    (r"\b(?:damag\w+|destroy\w+|burn\w*|collaps\w+|flatten\w*|demolish\w*|hit|ruined|levell?ed)\b", _BUILDINGS, "buildings_hit"),
    (r"\b(?:tonne|ton|truck|lorry|parcel|generator)s? (?:of|carrying|with) (?:\w+ ){0,3}?(?:aid|food|relief|supplies|medicine|flour|water|fuel)\b", "tonne ton truck lorry parcel generator", "aid_delivered"),
    (r"\b(?:displaced|fled|driven from|forced (?:\w+ )?from their homes|forced to flee|left their homes)\b", _PEOPLE, "displaced"),
    (r"\b(?:made|left|are|were|rendered) homeless\b|\blost their homes\b", _PEOPLE, "homeless"),
    (r"\b(?:evacuated|moved to safety|taken to safety)\b", _PEOPLE, "evacuated"),
    (r"\b(?:pulled|rescued|saved|dug) (?:alive )?(?:\w+ ){0,4}?(?:from|out)\b|\brescued\b", _PEOPLE, "rescued"),
)  # fmt: skip
# Words that only help where the model does not know what is counted.
_HINTS: Final[tuple[tuple[str, str, str], ...]] = (
    (r"\b(?:missing|unaccounted for)\b", _PEOPLE, "missing"),
    (r"\b(?:trapped|stranded|cut off|stuck)\b", _PEOPLE + " passenger miner worker tourist", "trapped"),
    (r"\b(?:killed|died|dead|deaths?|bod(?:y|ies)|lost their lives)\b", _PEOPLE + " body death victim fatality", "killed"),
    (r"\b(?:injured|wounded|hurt|injuries)\b", _PEOPLE + " injury victim", "injured"),
    (r"\b(?:hospitali[sz]ed|(?:taken|brought|admitted) to (?:\w+ )?hospitals?|in hospital)\b", _PEOPLE + " patient", "hospitalised"),
    (r"\b(?:infected|infections?|tested positive|fallen ill|confirmed cases?|cases? of)\b", _PEOPLE + " case infection patient", "infected"),
    (r"\b(?:arrested)\b", _PEOPLE + " suspect protester activist", "arrested"),
    (r"\b(?:detained|in custody|rounded up|taken prisoner)\b", _PEOPLE + " suspect prisoner activist", "detained"),
    (r"\b(?:released|freed|set free)\b", _PEOPLE + " prisoner hostage detainee captive", "released"),
    (r"\b(?:protest\w*|march\w*|rall(?:y|ied)|demonstrat\w*|took to the streets)\b", _PEOPLE + " protester demonstrator marcher", "protesters"),
    (r"\b(?:deploy\w*|station\w*|mobili[sz]\w*|reinforce\w*|withdraw\w*|troops?)\b", "soldier troop fighter peacekeeper militant reservist", "troops"),
    (r"\b(?:damag\w+|destroy\w+|burn\w*|hit|set on fire|wrecked)\b", "car vehicle bus truck tank lorry ambulance train boat ship", "vehicles_hit"),
    (r"\b(?:deliver\w*|distribut\w*|arriv\w*|sent|donat\w*|suppl\w*|hand\w* out|aid)\b", "tonne ton parcel tent blanket meal ration dose kit generator litre", "aid_delivered"),
)  # fmt: skip
UNKNOWN: Final = frozenset(("other", "affected"))
_Compiled = tuple[tuple[re.Pattern[str], frozenset[str], str], ...]


def _compiled(rules: tuple[tuple[str, str, str], ...]) -> _Compiled:
    return tuple((re.compile(pattern), frozenset(items.split()), measure) for pattern, items, measure in rules)


_STRONG: Final = _compiled(_RULES)
_WEAK: Final = _compiled(_HINTS)
NEAR: Final = 9  # tokens before and behind a figure that belong to its clause, at most
UNCOUNTED: Final = frozenset(
    "% percent per years year miles mile kilometers kilometres km meters metres feet days day hours hour minutes weeks week months "
    "month degrees centimeters percentage".split()
)
# Signs and words of money → ISO 4217.
_SIGNS: Final = {
    "$": "USD",
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₴": "UAH",
    "₽": "RUB",
    "₪": "ILS",
    "₹": "INR",
    "a$": "AUD",
    "c$": "CAD",
}
_MONEY: Final = {
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "hryvnia": "UAH",
    "ruble": "RUB",
    "rouble": "RUB",
    "shekel": "ILS",
    "rupee": "INR",
    "yuan": "CNY",
    "franc": "CHF",
}
# Things counted that are no people: the figure's unit.
_UNITS: Final = frozenset(
    "family household home house apartment building settlement tonne ton truck shelter bed school hospital vehicle drone missile "
    "rocket tent village town megawatt litre liter barrel".split()
)
CUMULATIVE = re.compile(
    r"^(?:\W|\w+ ){0,18}?(?:since|so far this|this year|over the (?:past|last)|during the (?:past|last)|in the (?:past|last)|"
    r"in (?:19|20)\d\d\b|last year|to date|in total|in all\b|since then)"
)
CUMULATIVE_BEFORE = re.compile(r"\b(?:since|so far this year|this year|the total|bringing|brings)\b(?:[^.;]){0,60}$")
DAILY = re.compile(r"^(?:\w+ ){0,2}(?:a|per|each|every) day\b|^(?:\w+ ){0,1}daily\b")
INCLUDING = re.compile(r"\b(?:including|among them|of them|of whom|among whom|among the dead|, among)\s*$")


def population(ctx: Context, item: tuple[int, int]) -> str | None:
    """Who is counted, by the words of the item; None where it does not tell."""
    words = ctx.words(*item)
    for phrase, name in _PHRASES.items():
        if phrase in words:
            return name
    head = ctx.head(*item)
    lemmas = [ctx.tokens[head].lemma.lower(), *(ctx.tokens[i].lemma.lower() for i in range(*item))]
    for lemma in lemmas:
        for name, known in POPULATIONS.items():
            if lemma in known:
                return name
    return None


def currency(ctx: Context, span: tuple[int, int]) -> tuple[str | None, tuple[int, int]]:
    """The currency of a sum as ISO 4217, and the span with its sign; None where no money is named."""
    first, last = span
    if first and ctx.tokens[first - 1].text.lower() in _SIGNS:
        first -= 1
    for i in range(first, last):
        word = ctx.tokens[i].text.lower()
        known = _SIGNS.get(word) or _MONEY.get(ctx.tokens[i].lemma.lower())
        if known:
            return known, (first, last)
    return None, span


def unit(ctx: Context, item: tuple[int, int] | None) -> str | None:
    """What is counted where it is no person: the lemma of the item's head (*families* → family)."""
    if not item:
        return None
    lemma = ctx.tokens[ctx.head(*item)].lemma.lower()
    return lemma if lemma in _UNITS else None


def by_words(ctx: Context, span: tuple[int, int], item: tuple[int, int] | None, model: str) -> str | None:
    """The measure that the words of the clause settle against the model's, or give where it knows none; None: left open."""
    sentence = ctx.sentence(span[0])
    lemma = ctx.tokens[ctx.head(*item)].lemma.lower() if item else ""
    clause = ctx.words(max(sentence.first, span[0] - NEAR), min(sentence.last, span[1] + NEAR))
    for pattern, items, measure in (*_STRONG, *(_WEAK if model in UNKNOWN else ())):
        if (lemma in items or (not lemma and "person" in items)) and pattern.search(clause):
            if lemma or measure.startswith("without") or model in UNKNOWN:
                return measure
    return None
