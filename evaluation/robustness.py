"""`robustness`: what each head loses when the text is not clean: all in capitals, or with typographical dirt.

Capitals (as agency wires and MUC-4 have them), gold tokens: `clean.las`, `upper.las`, `upper.las.loss` and so on; lemmas are compared
as the gold has them (*Paris*, not *PARIS*), `lemma.caseless` without regard to case. `ledger.…` from the whole text.
Dirt (`evaluation.dirt`), raw text, at rising levels: `dirt.spaces.2.raw.las` is LAS with 2 % of the blanks between words left out.
Ends of gold spans go with the characters; a gold token of which nothing is left (a quotation mark) is none, and none of sayso's is
asked for. Everything is measured document by document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from evaluation import conllu, names, roles, soiled, syntax
from evaluation.conllu import Document
from evaluation.data import digest, lines
from evaluation.dirt import KINDS, Dirty, raised, upper
from evaluation.ledger import gold_lines, report_of
from evaluation.ledger_count import figures, tallies
from evaluation.ledger_score import Document as Ledger
from evaluation.ledger_score import squeeze
from evaluation.result import Result, f1, made_by
from evaluation.soiled import Json, Named
from sayso.errors import EvaluationError
from sayso.language import analyse, analyse_sentences

Scores = dict[str, float]
Change = Callable[[str, str], Dirty]

# Per cent of the places where that kind of dirt can fall. Marks of quotation are few, so all of them are changed at last.
LEVELS: dict[str, tuple[float, ...]] = {"spaces": (1, 2, 5, 10), "quotes": (1, 2, 5, 10, 100), "ocr": (1, 2, 5, 10)}
# Issue 3: no head loses more than this in capitals.
MOST = 0.08
LEDGER = ("statement", "statement.full", "event", "event.type", "figure", "figure.full")
PARTS = ("trees", "names", "roles", "reports")


def measure(paths: list[Path]) -> Result:
    """Measure on the files: CoNLL-U, tagged names, PropBank JSONL, gold reports, told apart by what they hold; any may be missing."""
    made = made_by()
    parts: dict[str, list[Path]] = {part: [] for part in PARTS}
    for path in paths:
        parts[part_of(path)].append(path)
    clean, capitals = _tokens(parts, lambda word: word), _tokens(parts, upper)
    whole = _texts(parts)
    start = whole(lambda text, _: Dirty(text, list(range(len(text) + 1))))
    ledger = {k: v for k, v in start.items() if k.startswith("ledger.")}
    if ledger:
        clean, capitals = clean | ledger, capitals | _ledger(gold_lines(parts["reports"]), raised)
    scores: dict[str, float | None] = {}
    losses = {head: round(value - capitals[head], 4) for head, value in clean.items()}
    for head, value in clean.items():
        scores |= {f"clean.{head}": value, f"upper.{head}": capitals[head], f"upper.{head}.loss": losses[head]}
    scores["upper.loss.most"] = max(losses.values(), default=None)
    curve = {(kind, level): whole(_change(kind, level)) for kind, levels in LEVELS.items() for level in levels}
    for kind in LEVELS:
        curve[kind, 0] = start
    scores |= {f"dirt.{kind}.{level:g}.{head}": v for (kind, level), row in curve.items() for head, v in row.items()}
    notes = [*_capitals_table(clean, capitals), *_curve_table(curve)]
    return Result("robustness", scores, len(paths), "files", digest(paths), made, notes)


def part_of(path: Path) -> str:
    """Which part of the analysis a file is gold for: one of `PARTS`. Raises EvaluationError where it is for none."""
    row = next((line for line in lines(path) if line.strip() and not line.startswith("# ")), "")
    if row.startswith("{"):
        return "roles" if '"tokens"' in row else "reports"
    columns = len(row.split("\t"))
    if columns >= 10:
        return "trees"
    if len(row.split()) >= 2:
        return "names"
    raise EvaluationError(
        f"{path.name} is gold for nothing", "another form", "give CoNLL-U, IOB2, PropBank or gold JSONL"
    )


def _change(kind: str, level: float) -> Change:
    return lambda text, name: KINDS[kind](text, level, name)


# --- gold tokens -----------------------------------------------------------------------------------------------------


def _tokens(parts: dict[str, list[Path]], change: Callable[[str], str]) -> Scores:
    """The figures on gold tokens, each word changed."""
    scores: Scores = {}
    if parts["trees"]:
        scores |= _trees([d for path in parts["trees"] for d in conllu.read(path)], change)
    if parts["names"]:
        tagged = [s for path in parts["names"] for s in names.read(path)]
        scores["names.f1"] = _names([replace(s, words=[change(w) for w in s.words]) for s in tagged])
    if parts["roles"]:
        framed = [s for path in parts["roles"] for s in roles.read(path)]
        given = [roles.Framed(s.name, [change(w) for w in s.words], s.frames) for s in framed]
        found = roles.figures([roles.count(document) for document in roles.documents(given)])
        scores |= {figure: found[figure] for figure in ("argument_f1", "predicate_f1")}
    return scores


def _trees(documents: Sequence[Document], change: Callable[[str], str]) -> Scores:
    right = dict.fromkeys(("upos", "xpos", "lemma", "lemma.caseless", "uas", "las"), 0)
    total = 0
    for sentences in (part for d in documents for part in syntax.together(d)):
        spaces = [[w.space for w in s.words] for s in sentences]
        found = analyse_sentences([[change(w.form) for w in s.words] for s in sentences], spaces)
        for sentence, place in zip(sentences, found.sentences, strict=True):
            syntax.count(right, sentence.words, found, place.first)
            for token, word in zip(found.tokens[place.first : place.last], sentence.words, strict=True):
                right["lemma.caseless"] += word.lemma == "_" or token.lemma.lower() == word.lemma.lower()
            total += len(sentence.words)
    return {head: round(count / max(total, 1), 4) for head, count in right.items()}


def _names(tagged: Sequence[names.Tagged]) -> float:
    units = [
        names.count(sentence.names, found)
        for document in names.documents(list(tagged))
        for sentence, found in zip(document, names.found(document), strict=True)
    ]
    return _name_f1(units)


def _name_f1(units: Sequence[names.Counts]) -> float:
    """F1 over persons, places and organisations."""
    return round(f1(*(sum(unit[kind][k] for unit in units for kind in names.MAIN) for k in range(3)))[0], 4)


# --- raw text --------------------------------------------------------------------------------------------------------


def _texts(parts: dict[str, list[Path]]) -> Callable[[Change], Scores]:
    """What measures the raw texts of the files after a change."""
    documents = [d for path in parts["trees"] for d in conllu.read(path)]
    named = [d for path in parts["names"] for d in soiled.named(path)]
    golds = gold_lines(parts["reports"])

    def whole(change: Change) -> Scores:
        scores: Scores = {}
        if documents:
            dirty = [soiled.document(d, change(d.text, d.name or str(k))) for k, d in enumerate(documents)]
            found = syntax.raw_text(dirty)
            scores |= {figure: found[figure] for figure in ("raw.las", "raw.tokens")}
        if named:
            scores["names.f1"] = _name_f1([_raw_names(d, change(d.text, str(k))) for k, d in enumerate(named)])
        return scores | (_ledger(golds, change) if golds else {})

    return whole


def _raw_names(gold: Named, dirty: Dirty) -> names.Counts:
    """The counts of one document, spans in characters without white space."""
    found, at = analyse(dirty.text), squeeze(dirty.text)
    expected = {(at[dirty.at[a]], at[dirty.at[b]], label) for a, b, label in gold.names}
    system = {
        (at[found.tokens[n.first].start], at[found.tokens[n.last - 1].end], n.label)
        for n in found.names
        if n.label in names.OURS
    }
    return names.count({n for n in expected if n[0] < n[1]}, system)


def _ledger(golds: Sequence[Json], change: Change) -> Scores:
    """The ledger's figures on the gold reports, their spans gone with the characters."""
    # Imported late: reading loads the weights.
    from sayso.reading import read

    moved = [soiled.report(gold, change) for gold in golds]
    systems = [read(report_of(gold)).to_json() for gold in moved]
    found = figures(tallies([Ledger(g) for g in moved], [Ledger(s) for s in systems])[0])
    return {f"ledger.{figure}": found[figure] for figure in LEDGER}


# --- tables ----------------------------------------------------------------------------------------------------------


def _capitals_table(clean: Scores, capitals: Scores) -> Iterator[str]:
    yield from ("", "| in capitals | clean | upper | loss, points |", "|---|---|---|---|")
    for head, value in clean.items():
        loss = value - capitals[head]
        mark = " (above the mark)" if round(loss, 4) > MOST else ""
        yield f"| {head} | {value:.4f} | {capitals[head]:.4f} | {100 * loss:.2f}{mark} |"
    yield from ("", f"The mark: {100 * MOST:.0f} points.")


def _curve_table(curve: dict[tuple[str, float], Scores]) -> Iterator[str]:
    """Head by kind: the figure at each level; `-` where that level is not measured."""
    levels = sorted({level for _, level in curve})
    yield from (
        "",
        f"| dirt | kind | {' | '.join(f'{level:g} %' for level in levels)} |",
        "|---|---|" + "---|" * len(levels),
    )
    for head in next(iter(curve.values())):
        for kind in LEVELS:
            row = [curve.get((kind, level), {}).get(head) for level in levels]
            yield f"| {head} | {kind} | {' | '.join('-' if v is None else f'{v:.4f}' for v in row)} |"
