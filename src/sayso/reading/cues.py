"""What kinds of saying the cues stand for, and what kinds of sources there are. Tables; own compilation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# Lemma of the cue's first word (or a whole phrase) → kind of statement.
KINDS: Final[dict[str, str]] = {
    word: kind
    for kind, words in {
        "denial": "deny refute dispute disown rebut contradict disavow denial reject dismiss",
        "accusation": "accuse blame allege charge condemn criticize criticise denounce decry slam fault implicate suspect accusation "
        "allegation blast deplore lambast indict",
        "demand": "demand urge order ask request appeal press insist instruct command require call plead beg beseech implore exhort "
        "advise recommend tell-to want propose suggest",
        "promise": "promise pledge vow commit guarantee assure offer undertake swear pledge",
        "threat": "threaten threat warn-of",
        "prediction": "predict expect forecast project estimate foresee anticipate warn envisage",
        "opinion": "believe think feel consider hope fear doubt praise welcome describe call-as regret support view regard hail thank "
        "commend express wish prefer judge worry applaud intend plan",
        "question": "question wonder inquire enquire",
    }.items()
    for word in words.split()
}
PHRASES: Final[dict[str, str]] = {
    "call for": "demand", "calling for": "demand", "called for": "demand", "calls for": "demand", "call on": "demand",
    "called on": "demand", "calling on": "demand", "calls on": "demand", "call upon": "demand", "expressed concern": "opinion",
}  # fmt: skip
DOCUMENTS: Final = frozenset(
    "report poll survey document statement study data figure figures letter tape video videotape message transcript cable memo "
    "draft resolution census test tests image images footage recording statistics results result index review website communique "
    "analysis article magazine newspaper investigation bulletin ruling verdict lawsuit records evidence research".split()
)
_IRREGULAR: Final = {
    "swore": "swear", "sworn": "swear", "thought": "think", "felt": "feel", "besought": "beseech", "pled": "plead", "foresaw": "foresee",
    "undertook": "undertake",
}  # fmt: skip
_LABELS: Final = frozenset("q a question answer host interviewer correspondent reporter moderator".split())


def kind(lemma: str, phrase: str, form: str = "") -> str:
    """The kind of statement that a cue makes: by its words, else by its head; assertion where neither tells.

    `lemma` and `form` are those of the cue's head. The form speaks where the lemma is unknown, for lemmas are learnt and may be off.
    """
    for known, found in PHRASES.items():
        if phrase.startswith(known):
            return found
    return next((KINDS[word] for word in (lemma.lower(), *_bases(form.lower())) if word in KINDS), "assertion")


def _bases(form: str) -> Iterator[str]:
    """What a regular verb or noun may be a form of: *denied* → deny, *urges* → urge, *begged* → beg."""
    yield _IRREGULAR.get(form, form)
    for ending in ("ied", "ies"):
        if form.endswith(ending):
            yield form[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending):
            stem = form.removesuffix(ending)
            yield from (stem, stem + "e")
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


def is_label(words: str) -> bool:
    """Whether the words before a colon are those of a transcript (*Q*, *A*, *Host*)."""
    return words.strip().lower() in _LABELS
