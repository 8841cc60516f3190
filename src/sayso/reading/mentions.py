"""What a phrase says of the one it stands for: its name, title, head noun, country, number, gender."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.language import PLACES, Found
from sayso.reading import countries, gazetteer, roles
from sayso.reading.context import Context
from sayso.reading.countries import fold

Range = tuple[int, int]
PERSONAL = {
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("they them their theirs themselves".split(), "they"),
    **dict.fromkeys("i me my mine myself we us our ours ourselves".split(), "i"),
    **dict.fromkeys("who whom which that whose".split(), "who"),
}  # fmt: skip
_DEFINITE = frozenset("the this that these those".split())
_NEW = frozenset(
    "a an another other others some several many two three four five six seven eight nine ten dozens hundreds thousands more".split()
)
# Words of a title that are no part of a name, nor say a role.
_HONORIFIC = frozenset("mr. mrs. ms. dr. miss sir mr mrs ms dr".split())
_QUANTITIES = frozenset(
    "hundreds thousands dozens scores millions tens number handful couple majority group hundred thousand dozen lot one".split()
)
_MARKS = frozenset(("'s", "’s", "'", "’", ",", '"', "“", "”"))
_SKIP_ROLE = frozenset(("DET", "PUNCT", "NUM", "PRON"))


@dataclass(slots=True)
class Phrase:
    """One mention. `label`: person, organisation, place, name (of whom is unknown), pronoun or noun; `name` its own name; `nouns` head and role nouns (lemmas)."""

    at: Range
    head: int
    label: str
    name: tuple[str, ...] = ()
    title: Range | None = None
    nouns: set[str] = field(default_factory=set)
    words: tuple[str, ...] = ()  # the words before the head that tell which one, and the head's lemma
    after: tuple[str, ...] = ()  # the content words after the head: *residents of Springfield*
    country: str | None = None
    plural: bool = False
    definite: bool = False
    new: bool = False  # said of somebody not spoken of before: *a man*, *two others*
    gender: str | None = None
    subject: bool = False


def read(ctx: Context, names: Sequence[Found], at: Range) -> Phrase:
    """What the words of a range say. `names`: those of the analysis, in text order."""
    head = ctx.head(*at)
    token = ctx.tokens[head]
    phrase = Phrase(at, head, "noun", subject=token.deprel.startswith("nsubj"))
    low = token.text.lower()
    if at[1] - at[0] == 1 and low in PERSONAL and token.upos in ("PRON", "DET", "SCONJ"):
        phrase.label, phrase.words = "pronoun", (PERSONAL[low],)
        phrase.gender = {"he": "male", "she": "female"}.get(PERSONAL[low])
        return phrase
    _named(ctx, names, phrase)
    _described(ctx, phrase)
    return phrase


def _named(ctx: Context, names: Sequence[Found], phrase: Phrase) -> None:
    """The name in the range that is the one of its head."""
    first, last = phrase.at
    for k in range(bisect_right(names, first, key=lambda n: n.last), len(names)):
        n = names[k]
        if n.first >= last:
            break
        if _take(ctx, phrase, n.label, max(n.first, first), min(n.last, last)):
            return
    if ctx.tokens[phrase.head].upos == "PROPN":
        _unlabelled(ctx, phrase)


def _take(ctx: Context, phrase: Phrase, label: str, low: int, high: int) -> bool:
    """Whether a name inside the range is that of the phrase; if so, note it."""
    first, last = phrase.at
    inside = low <= phrase.head < high
    if not inside and (label in PLACES or high != last or _hangs(ctx, low, first)):
        return False
    words = tuple(t.text for t in ctx.tokens[low:high] if t.text not in _MARKS)
    if not any(w[:1].isupper() for w in words) or (label in PLACES and _only_people(words)):
        return False
    if label == "person" and not _is_seat(words):
        name = _bare_name(words)
        phrase.label, phrase.name, phrase.title = "person", name, _title(ctx, first, low, words)
        return True
    if not inside and ctx.tokens[phrase.head].upos == "NOUN" and ctx.tokens[low].deprel == "compound":
        return False
    known = label in PLACES and roles.organisation(" ".join(words)) is not None
    phrase.label = "organisation" if label == "organisation" or known else "place"
    phrase.name = words
    return True


def _only_people(words: tuple[str, ...]) -> bool:
    """*Iraqi*, *Palestinians*: no name of a place."""
    joined = " ".join(words)
    return countries.of_people(joined) is not None and countries.named(joined) is None


def _is_seat(words: tuple[str, ...]) -> bool:
    """Whether a lone word labelled a person is a country or a capital (*Tashkent said*)."""
    return len(words) == 1 and any(
        e.kind in ("country", "capital") and e.people > 5e5 for e in gazetteer.look_up(words[0])[:1]
    )


def _hangs(ctx: Context, low: int, first: int) -> bool:
    """Whether a name hangs on the words before it by a preposition or a possessive."""
    return low > first and (
        ctx.tokens[low - 1].upos in ("ADP", "PART", "CCONJ", "DET") or ctx.tokens[low - 1].text in _MARKS
    )


def _unlabelled(ctx: Context, phrase: Phrase) -> None:
    """A head that is a proper noun, though the model found no name there: known to the tables, a person by its *Mr.*, or just a name."""
    first, last = phrase.at
    while first < last and ctx.tokens[first].upos == "DET":
        first += 1
    words = tuple(t.text for t in ctx.tokens[first:last])
    joined = " ".join(words)
    if roles.organisation(joined):
        phrase.label, phrase.name = "organisation", words
    elif countries.named(joined):
        phrase.label, phrase.name = "place", words
    elif words[0].lower() in _HONORIFIC and len(words) > 1:
        phrase.label, phrase.name = "person", _bare_name(words)
    elif (
        _only_proper(ctx, first, last)
        and countries.of_people(words[-1]) is None
        and roles.role((words[-1].lower(),)) is None
    ):
        phrase.label, phrase.name = "name", words


def _only_proper(ctx: Context, first: int, last: int) -> bool:
    """Whether a range is nothing but capitalised proper nouns in the singular."""
    return first < last and all(
        t.upos == "PROPN" and t.xpos != "NNS" and t.text[:1].isupper() for t in ctx.tokens[first:last]
    )


def _bare_name(words: tuple[str, ...]) -> tuple[str, ...]:
    """A person's name without titles before it."""
    k = 0
    while k < len(words) - 1 and (
        words[k].lower() in _HONORIFIC
        or roles.role((words[k].lower(),))
        or (words[k].endswith(".") and len(words[k]) > 2)
    ):
        k += 1
    return words[k:]


def _title(ctx: Context, first: int, low: int, words: tuple[str, ...]) -> Range | None:
    """The range of the title before a person's name, those of its words that the names head took for the name included."""
    skipped = len(words) - len(_bare_name(words))
    last = low + skipped
    while first < last and (ctx.tokens[first].upos in _SKIP_ROLE or ctx.tokens[first].text.lower() in _HONORIFIC):
        first += 1
    while first < last and ctx.tokens[last - 1].text.lower() in _HONORIFIC | {","}:
        last -= 1
    return (first, last) if first < last else None


def _described(ctx: Context, phrase: Phrase) -> None:
    """Head noun and what stands before it; number, article, country, gender."""
    first, last = phrase.at
    low = [t.text.lower() for t in ctx.tokens[first:last]]
    phrase.definite = low[0] in _DEFINITE
    phrase.new = low[0] in _NEW or any(ctx.tokens[i].upos == "NUM" for i in range(first, min(last, phrase.head)))
    noun = _noun(ctx, first, last, phrase.head)
    form = ctx.tokens[noun].text.lower()
    phrase.plural = ctx.tokens[noun].xpos in ("NNS", "NNPS") or low[0] in ("these", "those")
    if phrase.label == "noun":
        start = first
        while start < noun and ctx.tokens[start].upos in ("DET", "NUM", "PUNCT", "ADV"):
            start += 1
        before = [t.text.lower() for t in ctx.tokens[start:noun] if t.upos != "PUNCT"]
        phrase.words = (*before, roles.singular(form) if phrase.plural else form)
        phrase.nouns.add(phrase.words[-1])
        phrase.after = tuple(
            t.text.lower() for t in ctx.tokens[noun + 1 : last] if t.upos in ("NOUN", "PROPN", "ADJ", "VERB")
        )
    if phrase.title:
        phrase.nouns |= {t.text.lower() for t in ctx.tokens[slice(*phrase.title)] if t.upos in ("NOUN", "PROPN")}
    _apposed(ctx, phrase)
    _name_beside(ctx, phrase)
    phrase.country = _country(ctx, first, last)
    phrase.gender = _gender(ctx, phrase)


def _noun(ctx: Context, first: int, last: int, head: int) -> int:
    """The noun that a phrase is about: the last one before a preposition, comma, clause or verb; English noun phrases end in their head."""
    noun = None
    for i in range(first, last):
        token = ctx.tokens[i]
        if token.text.lower() == "of" and i > first and (noun is None or ctx.tokens[noun].text.lower() in _QUANTITIES):
            noun = None  # *hundreds of people*, *two of the soldiers*
        elif i > first and (
            token.upos in ("ADP", "SCONJ", "CCONJ", "AUX") or token.text in ",;:(" or _acts(ctx, i, noun, last)
        ):
            break
        elif token.xpos.startswith("NN") or token.upos in ("NOUN", "PROPN"):
            noun = i
    return head if noun is None else noun


def _acts(ctx: Context, token: int, noun: int | None, last: int) -> bool:
    """Whether a word is a verb after the noun, and no part of a compound like *U.S.-led coalition*."""
    compound = (
        ctx.tokens[token - 1].text in "-–" and token + 1 < last and ctx.tokens[token + 1].xpos.startswith(("NN", "JJ"))
    )
    return ctx.tokens[token].upos == "VERB" and noun is not None and not compound


def _apposed(ctx: Context, phrase: Phrase) -> None:
    """A role in apposition: *Tobias Ellwood, the minister for …*."""
    if phrase.label not in ("person", "organisation"):
        return
    for child in ctx.children[phrase.head]:
        if ctx.tokens[child].deprel == "appos" and ctx.tokens[child].upos == "NOUN":
            phrase.nouns.add(ctx.tokens[child].text.lower())
            if phrase.title is None and phrase.label == "person":
                start, end = ctx.subtree(child, without=("acl", "punct", "appos"))
                while start < end and ctx.tokens[start].upos in _SKIP_ROLE:
                    start += 1
                if 0 < end - start <= 8:
                    phrase.title = (start, end)


def _name_beside(ctx: Context, phrase: Phrase) -> None:
    """*The mayor of Lugo, Ana Castro*: a role whose name stands in apposition is the person of that name."""
    said = roles.role(phrase.words) if phrase.label == "noun" else None
    if said is None or not said.human or phrase.plural or phrase.new:
        return
    child = ctx.child(phrase.head, "appos")
    if child is None or ctx.tokens[child].upos != "PROPN":
        return
    end = child + 1
    while end < len(ctx.tokens) and ctx.tokens[end].head == child and ctx.tokens[end].deprel == "flat":
        end += 1
    start = phrase.at[0]
    while start < phrase.at[1] and ctx.tokens[start].upos in _SKIP_ROLE:
        start += 1
    phrase.label, phrase.name = "person", _bare_name(tuple(t.text for t in ctx.tokens[child:end]))
    phrase.title = (start, min(phrase.at[1], child)) if start < min(phrase.at[1], child) else None


def _country(ctx: Context, first: int, last: int) -> str | None:
    """ISO alpha-3 of the first country, or its people, named in a range."""
    for size in (3, 2, 1):
        for i in range(first, last - size + 1):
            if not ctx.tokens[i].text[:1].isupper():
                continue
            words = " ".join(t.text for t in ctx.tokens[i : i + size])
            c = countries.of_people(words) or countries.named(words)
            if c and not (size == 1 and fold(words) in ("us", "it") and not words.isupper() and "." not in words):
                return c.iso3
    return None


def _gender(ctx: Context, phrase: Phrase) -> str | None:
    start = max(0, phrase.at[0] - 1)
    words = {t.text.lower() for t in ctx.tokens[start : phrase.at[1]]} | phrase.nouns
    if words & roles.FEMALE:
        return "female"
    return "male" if words & roles.MALE else None
