"""Voices in the treebanks: who says what, from PropBank frames (EWT) and from discourse trees (GUM).

Both corpora say in their own way that words are reported; the syntax tree says which words, and the conventions of the gold
ledger how they are cut: no *that*, no outer quotation marks, sources without appositions, cues without auxiliaries. The labels
are silver. A word is "O" only in a sentence where every word that could report has been understood; else it is not annotated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sayso.language.decode import lemma
from training.example import Example, lines
from training.gold import bio

# Verbs that are cues of the gold ledger (train, three statements and more) and their near synonyms. With a clause or a quotation:
CLAUSE = frozenset(
    "say add report claim announce confirm warn believe think state write declare admit insist fear hope deny show suggest "
    "indicate note acknowledge explain predict estimate reveal conclude argue stress emphasize emphasise complain assert maintain "
    "allege suspect tell remark recall reiterate testify speculate contend concede reply recommend propose expect disclose reaffirm "
    "caution boast theorize theorise know learn feel realize realise understand agree imply hint assure inform notify remind advise "
    "tweet mention observe assume reckon joke respond".split()
)
# … also with an infinitive (*pledged to stamp out*, *wants the troops to leave*):
WISH = frozenset("promise pledge vow demand want hope expect threaten claim swear".split())
# … with whom they are about or meant for, and what (*Russia of undermining talks*, *him to intercede*):
TOWARDS = frozenset("accuse blame urge order ask encourage advise remind call".split())
# … with a bare object (*condemned the attack*):
OBJECT = frozenset(
    "condemn criticize criticise denounce praise dispute deny welcome cite mention question applaud hail endorse regret express "
    "describe propose".split()
)
REPORTING = CLAUSE | WISH | TOWARDS | OBJECT
# What else may report; a sentence that holds one is not read as if it had no voice there.
POSSIBLE = REPORTING | frozenset(
    "accord according advise advocate afraid agree allegedly anticipate apparently appeal appreciate assume "
    "assure aware call charge cite comment concerned consider convince convinced critical deem demonstrate "
    "describe document doubt dub encourage endorse express feel hail hint hypothesise hypothesize identify imply "
    "inform instruct judge know learn lie mention notify object observe oppose persuade plead portray purported "
    "quote realise realize reckon regard regret reject remind reportedly request rumor rumour scream shout "
    "skeptical support suppose supposedly thank tweet understand welcome whisper wish worried".split()
)
# Nouns may report where something hangs on them (*reports of clashes*); these verbs only with a clause (*ordered a meal*).
NOUNS = frozenset(
    "accusation allegation announcement belief call charge claim conclusion criticism demand denial estimate "
    "evidence fear hope opinion order pledge prediction promise report rumor rumour speculation statement "
    "suggestion suspicion testimony threat warning".split()
)
WITH_CLAUSE = frozenset(
    "add order write maintain swear recommend comment tweet note advise ask tell propose oppose object".split()
)
MARKS = frozenset(('"', "``", "''", "“", "”", "‘", "’", "'", "`", "«", "»", "’’", "‘‘"))
_CLOSE = MARKS | frozenset((".", ",", ";", ":", "-", "--", "—", "–", "!", "...", "(", ")", "[", "]"))
_ME = frozenset(("i", "we", "you"))
_NO_VOICE = frozenset(
    "plan law rule schedule custom need size recipe instruction taste preference".split()
)  # according to …
ALIKE = 0.75  # share of words that tree and frame must agree on; set by eye on EWT train


@dataclass(slots=True)
class Voice:
    """One statement in a sentence: half-open runs of words; `source` None where nobody is named."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: list[tuple[int, int]] = field(default_factory=list)


class Tree:
    """The words of an example with lemma, tags and tree; heads count from 0, -1 is the root."""

    def __init__(self, example: Example) -> None:
        size = len(example.words)
        self.words = example.words
        self.lower = [w.lower() for w in example.words]
        scripts = example.tags["lemma"]
        self.lemmas = [lemma(w, s or "l0").lower() for w, s in zip(example.words, scripts, strict=True)]
        self.upos, self.xpos = ([t or "" for t in example.tags[k]] for k in ("upos", "xpos"))
        self.deprel = [t or "" for t in example.tags["deprel"]]
        self.heads = [h - 1 for h in example.heads or []]
        self.children: list[list[int]] = [[] for _ in range(size)]
        for i, head in enumerate(self.heads):
            if head >= 0:
                self.children[head].append(i)

    def subtree(self, top: int) -> set[int]:
        """The word and all that hangs on it."""
        found, waiting = set(), [top]
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting += self.children[at]
        return found

    def of(self, head: int, *relations: str) -> list[int]:
        """The dependents of a word by relation; a relation without subtype stands for its subtypes as well."""
        return [
            c for c in self.children[head] if self.deprel[c] in relations or self.deprel[c].split(":")[0] in relations
        ]


def runs(tree: Tree, words: set[int]) -> list[tuple[int, int]]:
    """The words as half-open runs, each without *that* and marks at its ends; marks alone are left out."""
    found: list[list[int]] = []
    for i in sorted(words):
        if found and found[-1][-1] == i - 1:
            found[-1].append(i)
        else:
            found.append([i])
    return [run for run in (_mended(tree, r) for r in found) if run]


def _mended(tree: Tree, run: list[int]) -> tuple[int, int] | None:
    first, last = run[0], run[-1] + 1
    start = True
    while first < last and (tree.words[first] in _CLOSE or (start and _that(tree, first))):
        start = start and not _that(tree, first)
        first += 1
    while last > first and tree.words[last - 1] in _CLOSE and not _bracketed(tree, first, last):
        last -= 1
    return (first, last) if first < last else None


def _that(tree: Tree, at: int) -> bool:
    return tree.deprel[at] == "cc" or (tree.lower[at] == "that" and tree.deprel[at] == "mark")


def _bracketed(tree: Tree, first: int, last: int) -> bool:
    """Whether the run ends with a bracket that opens inside it."""
    return (tree.words[last - 1] == ")" and "(" in tree.words[first:last]) or (
        tree.words[last - 1] == "]" and "[" in tree.words[first:last]
    )


def phrase(tree: Tree, top: int, without: set[int] | None = None) -> tuple[int, int] | None:
    """The noun phrase of a word without what is put beside it after a comma; None where it is no single run."""
    words = tree.subtree(top) - (without or set())
    words -= {w for c in tree.of(top, "case", "cc", "mark") if c < top for w in tree.subtree(c)}
    while tree.upos[min(words)] == "PUNCT" and min(words) < top and tree.words[min(words)] not in MARKS:
        words.remove(min(words))
    low, high = min(words), max(words) + 1
    for comma in range(top + 1, high):
        if tree.words[comma] in (",", "-", "--", "—", "–", "(") and comma + 1 < high:
            beside = [
                c for c in tree.of(top, "appos", "acl", "parataxis", "amod", "nmod") if min(tree.subtree(c)) >= comma
            ]
            joined = [c for c in tree.of(top, "conj") if c > comma]
            if beside and not joined:
                words = {w for w in words if w < comma}
                break
            if beside:
                return None
    found = runs(tree, words)
    return found[0] if len(found) == 1 and found[0][0] == low else None


def _finite(tree: Tree, verb: int) -> bool:
    """Whether the verb tells that somebody does report: no modal, infinitive, question or condition."""
    if tree.xpos[verb] not in ("VBD", "VBZ", "VBP", "VBN", "VBG") or tree.words[-1] == "?":
        return False
    around = [tree.lower[c] for c in tree.of(verb, "mark", "advmod", "aux")]
    if any(w in ("if", "unless", "whether", "as", "never", "when", "whenever", "while") for w in around):
        return False
    if any(tree.xpos[c] in ("MD", "TO") for c in tree.of(verb, "aux", "mark")):
        return False
    return not _unreal(tree, verb)


def _unreal(tree: Tree, verb: int) -> bool:
    """Whether what the verb is joined to or stands under is no fact: *could come and say*, *if he leaves and says*."""
    at = verb
    while tree.heads[at] >= 0 and tree.deprel[at] in ("conj", "ccomp", "xcomp", "advcl"):
        joined, at = tree.deprel[at] == "conj", tree.heads[at]
        if any(tree.lower[c] in ("if", "unless", "whether") for c in tree.of(at, "mark")):
            return True
        if joined and any(tree.xpos[c] in ("MD", "TO") for c in tree.of(at, "aux", "mark")):
            return True
        if not joined and _negation(tree, at):
            return True
    return False


def _negation(tree: Tree, verb: int) -> list[int]:
    return [c for c in tree.children[verb] if tree.lower[c] in ("not", "n't", "never", "nt") and c < verb]


def cue(tree: Tree, verb: int) -> tuple[int, int] | None:
    """The verb with its particle, its negation, and whom it tells; None where these do not stand beside it."""
    first, last = verb, verb + 1
    for part in tree.of(verb, "compound:prt"):
        if part != last:
            return None
        last += 1
    denied = _negation(tree, verb)
    if denied:
        if denied != [verb - 1]:
            return None
        first = verb - 1
    told = tree.of(verb, "iobj", "obj") if tree.lemmas[verb] == "tell" else []
    if told and told[0] == max(tree.subtree(told[0])) and min(tree.subtree(told[0])) == last:
        last = told[0] + 1
    return first, last


def content(tree: Tree, verb: int) -> set[int]:
    """The words that the verb reports, by the tree alone; none where it is not sure of them."""
    base = tree.lemmas[verb]
    if base in TOWARDS:
        return _towards(tree, verb)
    clauses = [c for c in tree.of(verb, "ccomp") if _reported(tree, verb, c)]
    clauses += [c for c in tree.of(verb, "parataxis") if c > verb and _opened(tree, verb, c)]
    if base in WISH:
        clauses += tree.of(verb, "xcomp")
        clauses += tree.of(verb, "obj") if tree.of(verb, "xcomp") and base in ("want", "expect") else []
    if clauses:
        words = set().union(*map(tree.subtree, clauses))
        return _joined(tree, words)
    if base in OBJECT and tree.of(verb, "obj") and tree.xpos[verb] != "VBN":
        return tree.subtree(tree.of(verb, "obj")[0]) | _as(tree, verb)
    if tree.deprel[verb] == "parataxis" and not tree.of(verb, "obj", "xcomp", "advcl"):
        return _beside(tree, verb)
    return set()


def _beside(tree: Tree, verb: int) -> set[int]:
    """The clause that *, officials say,* is put beside: all that hangs on its head, but the attribution."""
    own = tree.subtree(verb)
    clause = tree.subtree(tree.heads[verb]) - own
    for c in tree.of(tree.heads[verb], "parataxis"):
        if c > verb and tree.upos[c] == "VERB" and tree.of(c, "nsubj") and not any(tree.words[w] in MARKS for w in own):
            clause -= tree.subtree(c) if not _opened(tree, verb, c) else set()
    if min(own) - 1 in clause or max(own) + 1 in clause or min(own) == 0:
        return clause
    return clause if any(w in clause for w in (min(own) - 2, max(own) + 2)) else set()


def _as(tree: Tree, verb: int) -> set[int]:
    return {
        w for c in tree.of(verb, "obl") if tree.lower[min(tree.subtree(c))] in ("as", "for") for w in tree.subtree(c)
    }


def _reported(tree: Tree, verb: int, clause: int) -> bool:
    """Whether the clause is no subject and no question asked of the reader (*show how to*)."""
    return not any(tree.lower[c] == "to" for c in tree.of(clause, "mark")) or tree.lemmas[verb] in WISH


def _opened(tree: Tree, verb: int, clause: int) -> bool:
    """Whether a colon or a quotation mark stands between the verb and what is put beside it."""
    return any(tree.words[i] in MARKS or tree.words[i] == ":" for i in range(verb + 1, max(verb + 1, clause)))


def _towards(tree: Tree, verb: int) -> set[int]:
    """*Russia of undermining talks*, *him to intercede*: object and complement as one run."""
    whom = tree.of(verb, "obj", "iobj")
    whom = whom if whom and whom[0] > verb else []
    what = tree.of(verb, "xcomp", "ccomp", "advcl", "obl")
    what = [c for c in what if c > verb and _fits(tree, verb, c)]
    if not whom or not what or (tree.xpos[verb] == "VBN" and tree.of(verb, "aux:pass")):
        return set()
    words = tree.subtree(whom[0]) | tree.subtree(what[0])
    return words if max(words) - min(words) + 1 == len(words) else set()


def _fits(tree: Tree, verb: int, what: int) -> bool:
    first = tree.lower[min(tree.subtree(what))]
    wanted = {"accuse": ("of",), "blame": ("for",)}.get(tree.lemmas[verb], ("to", "not"))
    return first in wanted


def _joined(tree: Tree, words: set[int]) -> set[int]:
    """Punctuation between two parts counts as inside."""
    low, high = min(words), max(words)
    gap = [i for i in range(low, high) if i not in words]
    return words | set(gap) if gap and all(tree.upos[i] == "PUNCT" for i in gap) else words


def subject(tree: Tree, verb: int) -> int | None:
    """Who does it, by the tree: its subject, that of the verb it is joined to, or whom its relative clause describes."""
    found = tree.of(verb, "nsubj")
    if tree.of(verb, "nsubj:pass") or tree.of(verb, "aux:pass"):
        return None
    if found:
        who = found[0]
        if tree.lower[who] in ("who", "which", "that") and tree.deprel[verb] == "acl:relcl":
            return tree.heads[verb]
        return who
    if tree.deprel[verb] == "conj" and tree.upos[tree.heads[verb]] == "VERB":
        return subject(tree, tree.heads[verb])
    if tree.xpos[verb] == "VBG" and tree.deprel[verb] == "advcl" and tree.upos[tree.heads[verb]] == "VERB":
        return subject(tree, tree.heads[verb])
    return None


def voice(tree: Tree, verb: int) -> Voice | None:
    """The statement that a verb makes, cut as in the gold ledger; None where any part is unsure."""
    who = subject(tree, verb)
    if not _finite(tree, verb) or who is None or tree.upos[who] not in ("NOUN", "PROPN", "PRON", "DET", "NUM"):
        return None
    if tree.deprel[verb] == "acl:relcl" and who != tree.heads[verb]:  # *militants it says are planning attacks*
        return None
    if tree.lower[min(tree.subtree(who))] in ("what", "which", "whose", "whatever", "whoever", "who", "how"):
        return None
    if tree.lower[who] in ("that", "it", "this") and tree.lemmas[verb] not in ("say", "announce", "add"):
        return None
    if tree.lower[who] in _ME and (tree.lemmas[verb] in ("want", "show", "tell", "ask") or tree.lower[who] == "you"):
        return None
    found, source, trigger = content(tree, verb), _source(tree, verb, who), cue(tree, verb)
    if (
        not found
        or not source
        or not trigger
        or (_negation(tree, verb) and tree.lemmas[verb] in ("say", "tell", "show"))
    ):
        return None
    if any(tree.words[i] == ";" for i in found):
        return None
    said = runs(tree, found - set(range(*trigger)) - set(range(*source)))
    sane = said and len(said) <= 2 and sum(b - a for a, b in said) > 1
    return Voice(trigger, source, said) if sane else None


def _source(tree: Tree, verb: int, who: int) -> tuple[int, int] | None:
    own = tree.subtree(verb)
    return phrase(tree, who, own if who not in own else None)


def according(tree: Tree) -> list[Voice]:
    """*According to X, …*: the clause that it is put beside."""
    found = []
    for at, word in enumerate(tree.lower[:-1]):
        if word != "according" or tree.lower[at + 1] != "to" or tree.heads[at] < 0:
            continue
        who = tree.heads[at]
        clause = tree.heads[who]
        if (
            clause < 0
            or tree.lemmas[who] in _NO_VOICE
            or tree.upos[who] not in ("NOUN", "PROPN")
            or not tree.of(clause, "nsubj", "cop", "expl")
            or who < at
        ):
            continue
        own = tree.subtree(who)
        source = phrase(tree, who)
        said = runs(
            tree,
            tree.subtree(clause) - own - {w for c in tree.of(clause, "mark", "cc") if c < at for w in tree.subtree(c)},
        )
        if source and said and len(said) <= 2:
            found.append(Voice((at, at + 2), source, said))
    return found


def write(example: Example, tree: Tree, voices: list[Voice]) -> None:
    """Adds the tags and pairs of the voices to the example, silver; "O" only where no other word may report."""
    size = len(example.words)
    sure = _sure(tree, voices)
    spans = {
        "cue": [(*v.cue, "cue") for v in voices],
        "source": [(*v.source, "source") for v in voices if v.source],
        "content": [(*c, "content") for v in voices for c in v.content],
    }
    loose = {i for v in voices for i in _loose(tree, v)}
    for task, found in spans.items():
        tags = bio(size, found)
        if not sure:
            tags = [t if t != "O" and task != "content" else None for t in tags]
        example.tags[task] = [None if task == "content" and i in loose else t for i, t in enumerate(tags)]
    pairs: dict[int, list[str | None]] = {}
    for v in voices:
        labels: list[str | None] = ["none"] * size
        for run in v.content:
            labels[slice(*run)] = ["content"] * (run[1] - run[0])
        if v.source:
            labels[slice(*v.source)] = ["source"] * (v.source[1] - v.source[0])
        for i in _loose(tree, v):
            labels[i] = None
        pairs[v.cue[0]] = labels
    example.pairs["speech"] = pairs
    example.silver |= {"source", "cue", "content", "speech"}


def _loose(tree: Tree, v: Voice) -> list[int]:
    """A closing mark right after content whose opening mark is inside: the gold ledger has it both ways."""
    found = []
    for first, last in v.content:
        opened = sum(tree.words[i] in MARKS for i in range(first, last)) % 2
        found += [i for i in range(last, min(last + 2, len(tree.words))) if tree.words[i] in MARKS and opened]
    return found


def _sure(tree: Tree, voices: list[Voice]) -> bool:
    told = {i for v in voices for i in range(*v.cue)}
    if any(_possible(tree, i) for i in range(len(tree.words)) if i not in told):
        return False
    return sum(w in ('"', "``", "''", "“", "”") for w in tree.words) % 2 == 0


def _possible(tree: Tree, at: int) -> bool:
    """Whether the word may report something."""
    base = tree.lemmas[at]
    if tree.upos[at] in ("NOUN", "PROPN"):
        return base in NOUNS and tree.upos[at] == "NOUN" and any(c > at for c in tree.of(at, "acl", "ccomp", "nmod"))
    if base in WITH_CLAUSE:
        return bool(tree.of(at, "ccomp", "xcomp", "parataxis", "advcl")) or tree.deprel[at] == "parataxis"
    return base in POSSIBLE


def reporting(example: Example) -> None:
    """Adds voices to a sentence of EWT that has PropBank frames: where tree and frame agree on what is reported."""
    if not example.frames or example.heads is None or not {"lemma", "upos", "xpos", "deprel"} <= example.tags.keys():
        return
    if not any(w.lower() == "according" for w in example.words) and not _verbs(example):
        return
    tree = Tree(example)
    voices = according(tree)
    for verb, args in example.frames.items():
        if tree.lemmas[verb] in REPORTING and tree.upos[verb] == "VERB":
            found = voice(tree, verb)
            if found and _agreed(tree, found, args):
                voices.append(found)
    if voices:
        write(example, tree, voices)


def _verbs(example: Example) -> bool:
    """Whether a predicate of the example is a reporting verb."""
    scripts = example.tags["lemma"]
    return any(lemma(example.words[i], scripts[i] or "l0").lower() in REPORTING for i in example.frames)


def _agreed(tree: Tree, found: Voice, args: dict[tuple[int, int], str]) -> bool:
    """Whether the frame has a speaker that is the source, and says the same of the content as the tree."""
    speaker = {i for run, role in args.items() if role == "ARG0" for i in range(*run)}
    told = {i for run, role in args.items() if role in ("ARG1", "C-ARG1", "ARG2", "ARG3") for i in range(*run)}
    said = {i for run in found.content for i in range(*run)}
    if not found.source or not speaker & set(range(*found.source)):
        return False
    told -= set(range(*found.cue))
    both, either = said & told, {i for i in said | told if tree.upos[i] != "PUNCT" and not _that(tree, i)}
    return len(both & either) >= ALIKE * len(either)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A discourse unit that attributes (*he said*) and the unit that it attributes: runs of words of the document."""

    words: tuple[str, ...]
    satellite: tuple[int, int]
    nucleus: tuple[int, int]


def attributions(path: Path) -> dict[str, list[Attribution]]:
    """By document of GUM, the attributions of its discourse tree, in order; words count from the start of the document."""
    found: dict[str, list[Attribution]] = {}
    for row in map(json.loads, lines(path)):
        ends: dict[int, tuple[int, int]] = {}
        at = 0
        for unit in row["edus"]:
            size = len(unit["text"].split())
            ends[unit["i"]] = at, at + size
            at += size
        found[row["doc"]] = [
            Attribution(tuple(u["text"].split()), ends[u["i"]], ends[u["head"]])
            for u in row["edus"]
            if u["rel"].startswith("attribution") and u["head"] in ends
        ]
    return found


def attributed(examples: Iterable[Example], found: dict[str, list[Attribution]]) -> None:
    """Adds voices to the sentences of GUM, all of each document in order, where the discourse tree attributes.

    The cue is the reporting verb of the satellite, the content what the tree hangs on it, if the nucleus is in it.
    """
    start, document = 0, ""
    for example in examples:
        start = start if example.document == document else 0
        document = example.document
        here = [
            a
            for a in found.get(document, [])
            if start <= a.satellite[0] and a.satellite[1] <= start + len(example.words)
        ]
        if here and example.heads is not None:
            _attribute(example, here, start)
        start += len(example.words)


def _attribute(example: Example, here: list[Attribution], start: int) -> None:
    tree = Tree(example)
    voices = []
    for a in here:
        first, last = a.satellite[0] - start, a.satellite[1] - start
        if tuple(example.words[first:last]) != a.words:
            continue
        nucleus = set(range(a.nucleus[0] - start, a.nucleus[1] - start))
        made = [v for v in according(tree) if first <= v.cue[0] < last]
        made += [
            v
            for i in range(first, last)
            if tree.lemmas[i] in REPORTING and tree.upos[i] == "VERB" and (v := voice(tree, i)) is not None
        ]
        voices += [v for v in made if any(i in nucleus for run in v.content for i in range(*run))]
    if voices:
        write(example, tree, voices)
