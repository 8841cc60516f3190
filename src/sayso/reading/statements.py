"""Frames of cue, source and content → statements: who says what, in which manner, and whose words hold whose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.language import Found, Frame
from sayso.reading import cues
from sayso.reading.context import Context
from sayso.reading.quotes import Quotes

Range = tuple[int, int]
# Runs of content this close together, with neither cue nor source between them, are one (a comma or a mark of the tree).
NEAR = 2
CLAUSE_GAP = 12  # words at the beginning of a clause that the model may have left out
_CIRCUMSTANCES = frozenset("obl advcl nmod acl appos nummod amod advmod case nsubj conj".split())
_SOME_OF = frozenset("one two three some many several most all both half none few members majority".split())
_BESIDE = frozenset([",", '"', "”", "''", "—", "–", "-"])
_MARKS = frozenset(['"', "“", "”", ";", ":"])


@dataclass(slots=True)
class Draft:
    """A statement on its way: token ranges, before it becomes a record."""

    cue: Range | None
    source: Range | None
    content: list[Range]
    score: float
    trace: list[str] = field(default_factory=list)
    within: int | None = None  # number of the draft whose content holds this one
    manner: str = "indirect"

    def size(self) -> int:
        """Tokens of content."""
        return sum(b - a for a, b in self.content)

    def holds(self, token: int) -> bool:
        """Whether a token is part of what is said."""
        return any(a <= token < b for a, b in self.content)


def drafts(ctx: Context, quotes: Quotes) -> list[Draft]:
    """All statements of a report, in the order of their first word."""
    frames = [*ctx.analysis.attributions, *_overlooked(ctx)]
    found = [d for f in frames if (d := _from_frame(ctx, f))]
    for draft in found:
        _only_quoted(ctx, quotes, draft)
    found = _without_doubles(found)
    _spread_quotes(ctx, quotes, found)
    found += _labelled(ctx, found)
    found.sort(key=_place)
    for draft in found:
        draft.manner = _manner(ctx, quotes, draft)
    _nest(found)
    return found


def _overlooked(ctx: Context) -> list[Frame]:
    """*According to* is a cue wherever it stands, also where the model passed it by."""
    seen = {i for f in ctx.analysis.attributions for i in range(f.trigger.first, f.trigger.last)}
    low = [t.text.lower() for t in ctx.tokens]
    places = [i for i in range(len(low) - 2) if low[i] == "according" and low[i + 1] == "to" and i not in seen]
    untold = ctx.untold
    return [Frame(Found(i, i + 2, "cue", 0.7), ()) for i in places if not any(a <= i < b for a, b in untold)]


def _place(draft: Draft) -> tuple[int, int]:
    ranges = [r for r in (draft.cue, draft.source, *draft.content) if r]
    return min(ranges)


# --- from one frame ---------------------------------------------------------------------------------------------------


def _from_frame(ctx: Context, frame: Frame) -> Draft | None:
    cue = ctx.trim(frame.trigger.first, frame.trigger.last)
    if cue[0] >= cue[1]:
        return None
    draft = Draft(
        cue, None, [], frame.trigger.score, [f"language: cue {ctx.words(*cue)!r} p={frame.trigger.score:.2f}"]
    )
    if ctx.tokens[cue[0]].text.lower() == "according" and _according(ctx, draft):
        return draft
    sources = [r for r in frame.role("source") if not _overlap((r.first, r.last), cue)]
    if sources:
        best = max(sources, key=lambda r: r.score * min(3, r.last - r.first))
        draft.source = _source(ctx, best.first, best.last)
        draft.trace.append(f"language: source linked to the cue p={best.score:.2f}")
    if not draft.source and (subject := _subject(ctx, cue)):
        draft.source = subject
        draft.score *= 0.8
        draft.trace.append("statements: source taken from the subject of the cue")
    runs = [r for r in frame.role("content") if not _describes(ctx, draft.source, r)]
    draft.content = _whole_clause(ctx, draft, _content(ctx, runs, cue, draft.source))
    if draft.content:
        draft.score *= sum(r.score for r in runs) / len(runs)
    else:
        draft.content = _from_tree(ctx, cue, draft.source)
        draft.score *= 0.5
        draft.trace.append("statements: content taken from the tree below the cue")
    return draft if draft.content else None


def _according(ctx: Context, draft: Draft) -> bool:
    """*according to X*: the source is X, the content the clause that the phrase hangs on, on both sides of it."""
    at = (draft.cue or (0, 0))[0]
    sentence = ctx.sentence(at)
    if at + 2 >= sentence.last or ctx.tokens[at + 1].text.lower() != "to":
        return False
    noun = ctx.tokens[at].head if ctx.tokens[at].deprel in ("case", "fixed") else ctx.child(at, "obl", "nmod", "obj")
    if noun is None or noun <= at or ctx.tokens[noun].head == noun:
        return False
    source = _source(
        ctx,
        max(at + 2, ctx.subtree(noun, without=("appos", "acl", "punct"))[0]),
        ctx.subtree(noun, without=("appos", "acl", "punct"))[1],
    )
    if source is None:
        return False
    phrase = (at, max(ctx.subtree(noun)[1], source[1]))
    ruler = ctx.tokens[noun].head if ctx.tokens[at].deprel in ("case", "fixed") else ctx.tokens[at].head
    if at == sentence.first or ctx.tokens[at - 1].text == ",":
        # Set off by a comma it is said of the whole clause, wherever the tree hangs it.
        ruler = next(
            (n for n in (ruler, *ctx.path_up(ruler)) if ctx.tokens[n].deprel in ("root", "ccomp", "parataxis")), ruler
        )
    clause = ctx.subtree(ruler)
    parts = [
        r
        for part in ((clause[0], phrase[0]), (phrase[1], clause[1]))
        if part[0] < part[1]
        for r in _free(ctx, *part, (at, at + 2))
    ]
    parts = [r for r in parts if any(ctx.tokens[i].upos in ("VERB", "AUX", "NOUN", "NUM") for i in range(*r))]
    if not parts:
        return False
    draft.cue, draft.source, draft.content = (at, at + 2), source, parts
    draft.trace.append("statements: according to: source and clause from the tree")
    return True


def _describes(ctx: Context, source: Range | None, run: Found) -> bool:
    """Whether a run only tells more of the source (*said Olena Koval, a teacher who …*)."""
    if source is None or run.first < source[1]:
        return False
    head = ctx.head(*source)
    if ctx.tokens[run.first - 1].text not in (",", "(") or run.first - source[1] > 2:
        return False
    return head in ctx.path_up(ctx.head(run.first, run.last))


def _whole_clause(ctx: Context, draft: Draft, content: list[Range]) -> list[Range]:
    """An attribution put beside its clause (*…, authorities said*) covers all of the clause before it.

    Gaps that the model left between content and the attribution are closed, and the clause is taken from its beginning.
    """
    cue, source = draft.cue, draft.source
    if not cue or not content:
        return content
    mark = min(r[0] for r in (cue, source) if r)
    before = [r for r in content if r[1] <= mark]
    head = ctx.head(*cue)
    if not before or ctx.tokens[mark - 1].text not in _BESIDE or ctx.tokens[head].deprel not in ("parataxis", "root"):
        return content
    first, last = before[0][0], mark - 1
    ruler = ctx.tokens[head].head if ctx.tokens[head].deprel == "parataxis" else ctx.child(head, "ccomp", "parataxis")
    clause = ctx.subtree(ruler)[0] if ruler is not None and ruler < mark else first
    if (
        clause < first
        and first - clause <= CLAUSE_GAP
        and not any(ctx.tokens[i].text in _MARKS for i in range(clause, first))
    ):
        first = clause
    return [*_free(ctx, first, last, cue), *(r for r in content if r[0] >= mark)]


def _overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _source(ctx: Context, first: int, last: int) -> Range | None:
    """A source without loose ends: where the model cut into a noun phrase, the phrase is taken from the tree."""
    first, last = ctx.trim(first, last)
    if first >= last:
        return None
    head = ctx.head(first, last)
    broken = ctx.tokens[last - 1].upos in ("ADP", "DET", "CCONJ", "PART", "ADV") or all(
        ctx.tokens[i].upos in ("DET", "ADJ", "ADP") for i in range(first, last)
    )
    if broken and ctx.tokens[head].upos in ("DET", "ADJ", "ADP") and ctx.tokens[head].deprel in ("det", "amod", "case"):
        head = ctx.tokens[head].head
    if broken and ctx.tokens[head].upos in ("NOUN", "PROPN", "PRON", "NUM"):
        low, high = ctx.subtree(head, without=("appos", "acl", "punct", "advmod", "parataxis", "cop", "aux", "conj", "cc"))
        first, last = ctx.trim(min(first, low), max(head + 1, high) if high < last + 8 else head + 1)
    if first >= 2 and ctx.tokens[first - 1].text.lower() == "of" and ctx.tokens[first - 2].text.lower() in _SOME_OF:
        first -= 2  # *one of the diplomats*
    while first < last and ctx.tokens[last - 1].upos in ("ADP", "CCONJ", "DET"):
        last -= 1
    while first < last and ctx.tokens[first].upos in ("ADP", "CCONJ") and ctx.tokens[first].text.lower() != "both":
        first += 1
    return (first, last) if first < last else None


def _content(ctx: Context, runs: list[Found], cue: Range, source: Range | None) -> list[Range]:
    """The runs of content, joined over small gaps and freed of marks and *that*."""
    taken = {i for r in (cue, source) if r for i in range(*r)}
    joined: list[Range] = []
    for run in runs:
        for first, last in _apart(run, taken):
            if joined and first - joined[-1][1] <= NEAR and not taken & set(range(joined[-1][1], first)):
                joined[-1] = (joined[-1][0], last)
            else:
                joined.append((first, last))
    cut: list[Range] = []
    for first, last in joined:
        cut += _free(ctx, first, last, cue)
    whole = max((b - a for a, b in cut), default=0)
    # A lone word far from a long content is noise; a lone word that is all there is, is not.
    return [r for r in cut if r[1] - r[0] > 1 or whole <= 2]


def _apart(run: Found, taken: set[int]) -> Iterator[Range]:
    """The stretches of a run that hold none of the tokens that are taken."""
    first = run.first
    for i in range(run.first, run.last + 1):
        if i == run.last or i in taken:
            if first < i:
                yield first, i
            first = i + 1


def _after_that(ctx: Context, first: int, last: int, cue: Range) -> int:
    """Where the reported clause begins when the model began before its *that* (*told reporters before the talks that …*)."""
    if first < cue[1]:
        return first
    for i in range(first + 1, min(last, first + 10)):
        token = ctx.tokens[i]
        if token.text.lower() == "that" and (token.deprel == "mark" or token.xpos == "IN"):
            clause = token.head
            cut_in = ctx.tokens[first - 1].upos == "ADP" and first > cue[1]
            if cut_in or (ctx.tokens[clause].deprel == "ccomp" and cue[0] <= ctx.tokens[clause].head < cue[1]):
                return i
        if token.upos in ("VERB", "AUX"):
            break
    return first


def _free(ctx: Context, first: int, last: int, cue: Range) -> list[Range]:
    first, last = ctx.trim(first, last)
    if first < last and ctx.tokens[first].text.lower() == "that" and ctx.tokens[first].upos == "SCONJ":
        first, last = ctx.trim(first + 1, last)
    return [(first, last)] if first < last else []


def _from_tree(ctx: Context, cue: Range, source: Range | None) -> list[Range]:
    """The clause or object that the cue governs."""
    head = ctx.head(*cue)
    found: list[Range] = []
    for child in ctx.children[head]:
        relation = ctx.tokens[child].deprel
        if relation in ("ccomp", "xcomp", "obj", "obl", "parataxis", "advcl") and not cue[0] <= child < cue[1]:
            first, last = ctx.subtree(child)
            if source and _overlap((first, last), source):
                continue
            found += _free(ctx, max(first, cue[1]) if child > head else first, last, cue)
            break
    return [r for r in found if not _overlap(r, cue)]


def _subject(ctx: Context, cue: Range) -> Range | None:
    """The subject of an active cue; a clause or a passive has none that speaks."""
    head = ctx.head(*cue)
    if ctx.tokens[head].upos != "VERB" or ctx.child(head, "nsubj:pass", "aux:pass") is not None:
        return None
    child = ctx.child(head, "nsubj")
    if child is None or ctx.tokens[child].upos not in ("NOUN", "PROPN", "PRON", "NUM") or ctx.sentence(child) != ctx.sentence(head):
        return None
    low, high = ctx.subtree(child, without=("appos", "acl", "punct", "parataxis"))
    return _source(ctx, low, high) if not _overlap((low, high), cue) else None


def _without_doubles(found: list[Draft]) -> list[Draft]:
    """Of two drafts with the same content and no source of its own, the surer one."""
    kept: list[Draft] = []
    for draft in sorted(found, key=lambda d: -d.score):
        if not any(d.content == draft.content and (draft.source is None or d.source == draft.source) for d in kept):
            kept.append(draft)
    return kept


def _only_quoted(ctx: Context, quotes: Quotes, draft: Draft) -> None:
    """Where a quotation stands before its cue, what follows the cue outside of marks and is no clause of its own is about
    the saying (*…, he said on condition of anonymity*, *…, said Mrs Moroz, sweeping the floor*)."""
    cue = draft.cue
    if not cue or not any(b <= cue[0] and _share(ctx, quotes, (a, b)) > 0.8 for a, b in draft.content):
        return
    kept = []
    for first, last in draft.content:
        relation = ctx.tokens[ctx.head(first, last)].deprel.split(":")[0]
        if first >= cue[1] and _share(ctx, quotes, (first, last)) < 0.2 and relation in _CIRCUMSTANCES:
            draft.trace.append("statements: words behind the cue are about the saying")
        else:
            kept.append((first, last))
    draft.content = kept


def _share(ctx: Context, quotes: Quotes, found: Range) -> float:
    return quotes.share(ctx.tokens[found[0]].start, ctx.tokens[found[1] - 1].end)


# --- over sentences ---------------------------------------------------------------------------------------------------


def _spread_quotes(ctx: Context, quotes: Quotes, found: list[Draft]) -> None:
    """Sentences inside quotation marks without a cue of their own belong to whoever is being quoted."""
    found.sort(key=_place)
    owner = _owners(ctx, quotes, found)
    before: Draft | None = None
    for number, sentence in enumerate(ctx.analysis.sentences):
        inside = [d for d in found if d.cue and sentence.first <= d.cue[0] < sentence.last]
        last_quote = _sole_quote(ctx, quotes, number)
        if last_quote is not None and not _told(found, sentence.first, sentence.last):
            draft = owner.get(last_quote) or (before if _follows(ctx, quotes, number, before) else None)
            if draft:
                draft.content += _free(ctx, sentence.first, sentence.last, draft.cue or (0, 0))
                draft.content.sort()
                draft.trace.append("statements: a quoted sentence without a cue goes on")
                owner[last_quote] = draft
                before = draft
                continue
        if inside:
            before = max(inside, key=lambda d: (d.size(), -_place(d)[0]))


def _owners(ctx: Context, quotes: Quotes, found: list[Draft]) -> dict[int, Draft]:
    """Whose words each quotation is, by the statement whose content lies in it."""
    owner: dict[int, Draft] = {}
    for draft in sorted(found, key=lambda d: d.size()):
        for first, last in draft.content:
            quote = quotes.at(ctx.tokens[last - 1].start)
            cue_in = draft.cue is not None and quotes.at(ctx.tokens[draft.cue[0]].start) == quote
            if quote is not None and not cue_in and quotes.at(ctx.tokens[first].start) == quote:
                owner[quote] = draft
    return owner


def _sole_quote(ctx: Context, quotes: Quotes, number: int) -> int | None:
    """The quotation that a sentence lies in as a whole."""
    sentence = ctx.analysis.sentences[number]
    first, last = ctx.trim(sentence.first, sentence.last)
    if first >= last:
        return None
    quote = quotes.at(ctx.tokens[first].start)
    return quote if quote is not None and quotes.at(ctx.tokens[last - 1].start) == quote else None


def _told(found: list[Draft], first: int, last: int) -> bool:
    """Whether some statement already has content there."""
    return any(a < last and first < b for d in found for a, b in d.content)


def _follows(ctx: Context, quotes: Quotes, number: int, before: Draft | None) -> bool:
    """Whether a quotation right after a statement that quoted goes on with it."""
    if before is None or not before.content or number == 0:
        return False
    last = max(b for _, b in before.content)
    previous = ctx.analysis.sentences[number - 1]
    near = previous.first <= last <= previous.last or (
        before.cue is not None and previous.first <= before.cue[0] < previous.last
    )
    return near and (quotes.share(*_offsets(ctx, before)) > 0.2 or ctx.tokens[previous.last - 1].text == ":")


def _offsets(ctx: Context, draft: Draft) -> tuple[int, int]:
    return ctx.tokens[draft.content[0][0]].start, ctx.tokens[draft.content[-1][1] - 1].end


def _labelled(ctx: Context, found: list[Draft]) -> list[Draft]:
    """Headlines and transcripts: *Kremlin: no talks before spring*, *Q: …*. Only in titles and short labelled lines."""
    made = []
    for sentence in ctx.analysis.sentences:
        colon = next(
            (
                i
                for i in range(sentence.first + 1, min(sentence.first + 6, sentence.last - 1))
                if ctx.tokens[i].text == ":"
            ),
            None,
        )
        if colon is None or _told(found, sentence.first, sentence.last):
            continue
        if ctx.tokens[sentence.last - 1].text in '.!?"”' and not cues.is_label(ctx.words(sentence.first, colon)):
            continue
        named = any(n.first <= sentence.first and colon <= n.last + 1 for n in ctx.analysis.names)
        if not named and not cues.is_label(ctx.words(sentence.first, colon)):
            continue
        content = _free(ctx, colon + 1, sentence.last, (colon, colon + 1))
        if content:
            made.append(Draft(None, (sentence.first, colon), content, 0.6, ["statements: a label with a colon"]))
    return made


# --- manner and nesting -----------------------------------------------------------------------------------------------


def _manner(ctx: Context, quotes: Quotes, draft: Draft) -> str:
    shares = [_share(ctx, quotes, r) for r in draft.content]
    sizes = [b - a for a, b in draft.content]
    share = sum(x * n for x, n in zip(shares, sizes, strict=True)) / sum(sizes)
    if share > 0.9 or draft.cue is None:
        return "direct"
    return "mixed" if share > 0.05 else "indirect"


def _nest(found: list[Draft]) -> None:
    """Each statement's `within`: the smallest other statement whose content holds its cue (or its content)."""
    for k, draft in enumerate(found):
        mark = draft.cue[0] if draft.cue else draft.content[0][0]
        holders = [
            (other.size(), j)
            for j, other in enumerate(found)
            if j != k
            and other.holds(mark)
            and (other.size(), j) > (draft.size(), k)
            and not (other.cue and draft.holds(other.cue[0]))
        ]
        draft.within = min(holders)[1] if holders else None


class Voices:
    """Whose word a token is."""

    def __init__(self, found: list[Draft]) -> None:
        self.found = found

    def at(self, token: int) -> int | None:
        """The number of the innermost statement whose content holds the token; None: the report's own voice."""
        holders = [(d.size(), k) for k, d in enumerate(self.found) if d.holds(token)]
        return min(holders)[1] if holders else None
