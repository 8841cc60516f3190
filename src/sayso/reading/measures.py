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
