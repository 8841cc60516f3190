"""One frame of cue, source and content → one statement: the runs of the model, mended by the tree."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.ingest import marks
from sayso.language import Found, Frame
from sayso.reading.context import Context
from sayso.reading.drafts import Draft, Range
from sayso.reading.quotes import Quotes

# Runs of content this close together, with neither cue nor source between them, are one (a comma or a mark of the tree).
NEAR = 2
CLAUSE_GAP = 12  # words at the beginning of a clause that the model may have left out
NOBODY = frozenset(("nobody", "no one", "none", "no group", "neither", "neither side", "no-one"))
GAP = 6  # characters between a quotation and the words that say whose it is
LEAD = 3  # words before a colon that introduce a quotation (*said only: …*)
_SOME_OF = frozenset("one two three some many several most all both half none few members majority".split())
# What begins a clause behind an attribution in which the report goes on by itself (*…, authorities said, as envoys met*).
_MEANWHILE = frozenset(("as", "while", "amid", "hours", "days"))
_BESIDE = frozenset([",", '"', "”", "''", "—", "–", "-"])
_MARKS = frozenset(['"', "“", "”", ";", ":"])


def draft_of(ctx: Context, frame: Frame, quotes: Quotes | None = None) -> Draft | None:
    """The statement that a frame makes; None where nothing is said in it. `quotes`: the quotations of the report."""
    cue = ctx.trim(frame.trigger.first, frame.trigger.last)
    if cue[0] >= cue[1]:
        return None
    draft = Draft(
        cue, None, [], frame.trigger.score, [f"language: cue {ctx.words(*cue)!r} p={frame.trigger.score:.2f}"]
    )
    draft.learnt = frame.marks["manner"].label if "manner" in frame.marks else None
    if ctx.tokens[cue[0]].text.lower() == "according" and _according(ctx, draft):
        return draft
    told = _told_from(ctx, cue)
    sources = [r for r in frame.role("source") if not _overlap((r.first, r.last), cue) and r.first >= told]
    own = ctx.child(ctx.head(*cue), "nsubj")
    # Of several the one that holds the subject of the cue: in *Rescuers, the mayor said, will …* two are near it.
    sources = [r for r in sources if own is not None and r.first <= own < r.last] or sources
    if sources:
        best = max(sources, key=lambda r: r.score * min(3, r.last - r.first))
        draft.source = _source(ctx, best.first, best.last)
        draft.trace.append(f"language: source linked to the cue p={best.score:.2f}")
    if not draft.source and (subject := _subject(ctx, cue)):
        draft.source = subject
        draft.score *= 0.8
        draft.trace.append("statements: source taken from the subject of the cue")
    if draft.source and ctx.words(*draft.source) in NOBODY:
        return None  # *no one claimed …* is no statement of anybody
    runs = _said(ctx, draft, frame.role("content"))
    draft.content = _whole_clause(ctx, draft, _content(ctx, runs, cue, draft.source))
    draft.content = _without_occasion(ctx, draft, draft.content)
    draft.content = [(max(a, told) if a < told < b else a, b) for a, b in draft.content if b > told]
    if draft.content:
        draft.score *= sum(r.score for r in runs) / len(runs)
    elif quotes and (quoted := _quoted_before(ctx, quotes, draft)):
        draft.content = quoted
        draft.score *= 0.8
        draft.trace.append("statements: the cue follows upon a quotation")
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
        for r in free(ctx, *part, (at, at + 2))
    ]
    said = frozenset(("VERB", "AUX"))
    # Behind the source only a clause is content; a noun phrase tells more of the source (*according to DTEK, its largest …*).
    needed = {True: said | {"NOUN", "NUM"}, False: said}
    parts = [r for r in parts if any(ctx.tokens[i].upos in needed[r[0] < at] for i in range(*r))]
    if not parts:
        return False
    draft.cue, draft.source, draft.content = (at, at + 2), source, parts
    draft.trace.append("statements: according to: source and clause from the tree")
    return True


def _said(ctx: Context, draft: Draft, runs: tuple[Found, ...]) -> list[Found]:
    """The runs of content without those that only tell more of the source; what goes on with its noun phrase joins it."""
    kept = []
    for run in runs:
        source = draft.source
        if source and run.first == source[1] and ctx.tokens[run.first].upos == "ADP" and _below(ctx, source, run):
            draft.source = (source[0], run.last)  # *a spokeswoman | for the prosecutor*
        elif not _describes(ctx, source, run):
            kept.append(run)
    apart = [r for r in kept if not (draft.source and _below(ctx, draft.source, r))]
    # What hangs on the source tells more of it, where anything else is there that may be said.
    return apart or kept


def _below(ctx: Context, source: Range, run: Found) -> bool:
    return ctx.head(*source) in ctx.path_up(ctx.head(run.first, run.last))


def _describes(ctx: Context, source: Range | None, run: Found) -> bool:
    """Whether a run only tells more of the source (*said Olena Koval, a teacher who …*)."""
    if source is None or run.first < source[1]:
        return False
    if ctx.tokens[run.first - 1].text not in (",", "(") or run.first - source[1] > 2:
        return False
    return _below(ctx, source, run)


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
    if not before and (opening := _opening(ctx, cue, mark, head)):
        return sorted([*opening, *content])
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
    behind = (r for r in content if r[0] >= mark and ctx.tokens[r[0]].text.lower() not in _MEANWHILE)
    return [*free(ctx, first, last, cue), *behind]


def _opening(ctx: Context, cue: Range, mark: int, head: int) -> list[Range]:
    """What stands before a cue that commas set off from the clause that it interrupts (*The talks, he often says, are …*)."""
    sentence = ctx.sentence(mark)
    if mark - 1 <= sentence.first or ctx.tokens[mark - 1].text != ",":
        return []
    parted = ctx.tokens[head].deprel == "parataxis"
    ruler = ctx.tokens[head].head if parted else ctx.child(head, "ccomp")
    if ruler is None:
        return []
    first = ctx.subtree(ruler)[0]
    if ruler < cue[1] or mark - first > CLAUSE_GAP or any(ctx.tokens[i].text in _MARKS for i in range(first, mark)):
        return []
    return free(ctx, first, mark - 1, cue)


def _without_occasion(ctx: Context, draft: Draft, content: list[Range]) -> list[Range]:
    """A clause behind its cue without what hangs on the cue: where and when it was said, what the speaker did next."""
    cue = draft.cue or (0, 0)
    head = ctx.head(*cue)
    made = []
    for first, last in content:
        top = ctx.head(first, last)
        if first >= cue[1] and ctx.tokens[top].head == head and ctx.tokens[top].deprel in ("ccomp", "parataxis"):
            last = _end(ctx, head, top, first, last)
        made += free(ctx, first, last, cue)
    return made


def _end(ctx: Context, cue: int, top: int, first: int, last: int) -> int:
    """Where a clause `first:last` with the verb `top` ends, before the last words that hang on the cue itself."""
    for child in sorted(ctx.children[cue], reverse=True):
        low, high = ctx.subtree(child)
        beside = ctx.tokens[child].deprel.split(":")[0] in ("obl", "advcl", "conj") and top < low
        if beside and first < low < last <= high and high - low < last - first:
            last = low
            while last > first and ctx.tokens[last - 1].upos in ("CCONJ", "PUNCT"):
                last -= 1
    return last


def _quoted_before(ctx: Context, quotes: Quotes, draft: Draft) -> list[Range]:
    """The quotation that ends right before cue and source (*"…?" he asked.*), whatever sentences it is."""
    cue = draft.cue or (0, 0)
    mark = min(r[0] for r in (cue, draft.source) if r)
    start = ctx.tokens[mark].start
    quote = quotes.before(start)
    between = ctx.report.text[quote.end : start] if quote else ""
    if quote is None or len(between) >= GAP or "\n" in between or any(c.isalnum() for c in between):
        return []
    first, last = ctx.at(quote.start), ctx.at(quote.end - 1) + 1
    return [r for a, b in _by_sentence(ctx, first, last) for r in free(ctx, a, b, cue)]


def _by_sentence(ctx: Context, first: int, last: int) -> Iterator[Range]:
    for number in range(ctx.number[first], ctx.number[last - 1] + 1):
        sentence = ctx.analysis.sentences[number]
        yield max(first, sentence.first), min(last, sentence.last)


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
        low, high = ctx.subtree(
            head, without=("appos", "acl", "punct", "advmod", "parataxis", "cop", "aux", "conj", "cc")
        )
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
        cut += free(ctx, _after_that(ctx, first, last, cue), last, cue)
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


def free(ctx: Context, first: int, last: int, cue: Range) -> list[Range]:
    """A range of content without marks, *that* and the cue; none where nothing is left."""
    first, last = ctx.trim(first, last)
    if first < last and ctx.tokens[first].text.lower() == "that" and ctx.tokens[first].upos == "SCONJ":
        first, last = ctx.trim(first + 1, last)
    for i in range(first + 1, min(first + LEAD, last - 2)):
        if ctx.tokens[i].text == ":" and ctx.tokens[i + 1].text in _MARKS:
            first, last = ctx.trim(i + 1, last)  # *said only: "No."*
            break
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
            found += free(ctx, max(first, cue[1]) if child > head else first, last, cue)
            break
    return [r for r in found if not _overlap(r, cue)]


def _told_from(ctx: Context, cue: Range) -> int:
    """The token with which the sentence of a cue begins, behind its dateline (*PORT SELLEN, March 9 -*): that says nothing."""
    sentence = ctx.sentence(cue[0])
    found = marks.dateline(ctx.report.text[sentence.start : sentence.end])
    if not found:
        return sentence.first
    inside = range(sentence.first, sentence.last)
    return next((i for i in inside if ctx.tokens[i].start >= sentence.start + found.end), sentence.first)


def _subject(ctx: Context, cue: Range) -> Range | None:
    """The subject of an active cue; a clause or a passive has none that speaks."""
    head = ctx.head(*cue)
    if ctx.tokens[head].upos != "VERB" or ctx.child(head, "nsubj:pass", "aux:pass") is not None:
        return None
    told = _told_from(ctx, cue)
    child = next((c for c in ctx.children[head] if ctx.tokens[c].deprel == "nsubj" and c >= told), None)
    if (
        child is None
        or ctx.tokens[child].upos not in ("NOUN", "PROPN", "PRON", "NUM")
        or ctx.sentence(child) != ctx.sentence(head)
    ):
        return None
    low, high = ctx.subtree(child, without=("appos", "acl", "punct", "parataxis"))
    return _source(ctx, low, high) if not _overlap((low, high), cue) else None
