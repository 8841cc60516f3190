"""Words that tell what a figure counts: populations, scopes, sub-totals. Own compilation."""

from __future__ import annotations

import re
from typing import Final

from sayso.reading.context import Context

# Population (RECORDS.md) → lemmas of the counted noun that name it.
POPULATIONS: Final[dict[str, frozenset[str]]] = {
    "civilians": frozenset("civilian bystander passer-by passerby villager resident".split()),
    "children": frozenset("child boy girl baby infant toddler schoolchild pupil minor teenager kid daughter schoolgirl schoolboy".split()),
    "women": frozenset("woman wife mother sister grandmother widow housewife".split()),
    "soldiers": frozenset(
        "soldier troop serviceman servicewoman servicemember marine paratrooper airman sailor conscript peacekeeper gi "
        "paramilitary trooper ranger guardsman commando".split()
    ),
    "police": frozenset("policeman policewoman police officer cop gendarme constable".split()),
    "journalists": frozenset("journalist reporter cameraman photographer correspondent newsman broadcaster".split()),
    "aid workers": frozenset("humanitarian volunteer aidworker".split()),
    "militants": frozenset("militant insurgent rebel fighter gunman terrorist extremist guerrilla jihadist bomber separatist".split()),
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
