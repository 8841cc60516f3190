"""Did it happen: judgements of readers from −3 to 3 (UDS, MEANTIME) as sets of the statuses of the ledger.

A number says less than a status: what surely did not happen may be denied, planned or demanded. A label is therefore a set of
statuses that the number leaves open, and the words round the predicate cut it down where they are plain (*not*, *if*, *may*,
*will*, *is … -ing*). Where number and words contradict each other the predicate has no label. All labels are silver.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.example import Example, lines
from training.speech import Tree

HAPPENED = 1.5  # from here on readers are sure that it did, below the negative that it did not (scale −3 … 3)
SURE = 2.25  # what bare infinitives need to count as done
REAL = frozenset(("occurred", "ongoing"))
OPEN = frozenset(("planned", "demanded", "threatened", "conditional", "alleged", "hypothetical"))
UNREAL = OPEN | {"denied"}

_NOT = frozenset(("not", "n't", "nt", "never"))
_MAY = frozenset(("may", "might", "could"))
_WILL = frozenset(("will", "'ll", "wo", "shall"))
_SHOULD = frozenset(("should", "must"))
_IF = frozenset(("if", "unless"))
_HELD = frozenset(
    "do does did has have had is are was were am be been being".split()
)  # auxiliaries that leave *not* a denial
# What an infinitive under these verbs is, where readers do not take it for done.
_UNDER = {
    **dict.fromkeys(
        "plan intend agree promise pledge vow schedule arrange prepare decide".split(), frozenset(("planned",))
    ),
    **dict.fromkeys("urge demand order request ask advise recommend instruct".split(), frozenset(("demanded",))),
    **dict.fromkeys("threaten".split(), frozenset(("threatened",))),
    **dict.fromkeys("want wish".split(), frozenset(("demanded", "planned", "hypothetical"))),
    **dict.fromkeys("hope try expect".split(), frozenset(("planned", "hypothetical"))),
}


def allowed(score: float) -> frozenset[str]:
    """The statuses that a judgement leaves open."""
    if score >= HAPPENED:
        return REAL
    return UNREAL if score <= -HAPPENED else OPEN


def joined(statuses: Iterable[str]) -> str | None:
    """A set of statuses as a label, in a fixed order; None for none."""
    return "|".join(sorted(statuses)) or None


def judged(path: Path) -> dict[tuple[str, ...], dict[int, float]]:
    """By the words of a sentence, the judgement of each predicate of it; predicates of several words are left out."""
    found: dict[tuple[str, ...], dict[int, float]] = {}
    for row in map(json.loads, lines(path)):
        here = found.setdefault(tuple(row["text"].split(" ")), {})
        for target in row["targets"]:
            first, last = target["span1"]
            if last == first + 1:
                here[first] = target["label"]
    return found


def add(examples: Iterable[Example], path: Path) -> None:
    """Adds `status` at the judged predicates to the sentences of EWT that have the same words; None elsewhere."""
    found = judged(path)
    for example in examples:
        scores = found.get(tuple(example.words))
        if not scores or example.heads is None:
            continue
        tree = Tree(example)
        tags: list[str | None] = [None] * len(example.words)
        for at, score in scores.items():
            tags[at] = joined(status(tree, at, score))
        if any(tags):
            example.tags["status"] = tags
            example.silver |= {"status"}


def status(tree: Tree, at: int, score: float) -> frozenset[str]:
    """The statuses that judgement and words leave open for a predicate; none where they contradict each other."""
    open_ = allowed(score)
    if tree.upos[at] not in ("VERB", "AUX", "NOUN", "ADJ"):
        return frozenset()
    if tree.upos[at] != "VERB":  # *is not a war*: what is denied is no happening
        return open_ if not _helpers(tree, at) & _NOT and not tree.of(at, "cop") else frozenset()
    plain = _plain(tree, at)
    left = open_ & plain if plain else open_
    return left if _consistent(tree, at, score, left) else frozenset()


def _consistent(tree: Tree, at: int, score: float, left: frozenset[str]) -> bool:
    """False where judgements are known to be noise: bare infinitives and what hangs on an *if* as real, the plain past as unreal."""
    if left & REAL:
        return not _under_if(tree, at) and (tree.xpos[at] != "VB" or score >= SURE)
    plain_past = tree.xpos[at] == "VBD" and not _helpers(tree, at) & (_NOT | _IF | _MAY) and not _under_if(tree, at)
    return not plain_past and (left != {"denied"} or _said_of(tree, at))


def _under_if(tree: Tree, at: int) -> bool:
    """Whether the predicate stands in a clause with *if* or *unless*."""
    while at >= 0:
        if _conditioned(tree, at):
            return True
        at = tree.heads[at]
    return False


def _said_of(tree: Tree, at: int) -> bool:
    """Whether the predicate, or the one it is joined to, has a subject: orders (*do not touch*) have none."""
    while tree.deprel[at] in ("conj", "xcomp") and not tree.of(at, "nsubj", "csubj"):
        at = tree.heads[at]
    return bool(tree.of(at, "nsubj", "csubj") or tree.deprel[at].startswith("acl"))


def _helpers(tree: Tree, at: int) -> set[str]:
    """Auxiliaries, negations and *if* of a predicate; of the first of joined ones where it has none itself."""
    own = {tree.lower[c] for c in tree.of(at, "aux", "advmod", "mark") if c < at}
    if tree.deprel[at] == "conj" and not own and not tree.of(at, "nsubj"):
        return _helpers(tree, tree.heads[at])
    return own


def _plain(tree: Tree, at: int) -> frozenset[str]:
    """What the words by themselves say the status is; none where they leave it open."""
    own = _helpers(tree, at)
    modals = {tree.lower[c] for c in tree.of(at, "aux") if tree.xpos[c] == "MD"}
    if own & _IF or any(_conditioned(tree, c) for c in tree.of(at, "advcl")):
        return (
            frozenset(("conditional",))
            if own & _IF
            else frozenset(("conditional", "planned", "hypothetical", "occurred", "ongoing"))
        )
    if own & _NOT:
        return frozenset(("denied",)) if not modals and own - _NOT <= _HELD | _soft(own) else UNREAL
    if own & _MAY:
        return frozenset(("hypothetical", "occurred", "ongoing")) if "could" in own else frozenset(("hypothetical",))
    if own & _WILL:
        return frozenset(("planned",))
    if own & _SHOULD:
        return frozenset(("demanded", "hypothetical", "planned"))
    return _governed(tree, at) or _tense(tree, at, own)


def _soft(own: set[str]) -> set[str]:
    """Adverbs and marks that change nothing about a denial."""
    return own & {"that", "because", "also", "still", "so", "really", "even"}


def _conditioned(tree: Tree, clause: int) -> bool:
    return any(tree.lower[c] in _IF for c in tree.of(clause, "mark"))


def _governed(tree: Tree, at: int) -> frozenset[str]:
    """What an infinitive is by the verb that governs it (*plans to visit*, *is going to rain*)."""
    head = tree.heads[at]
    if head < 0 or tree.deprel[at] != "xcomp" or not any(tree.lower[c] == "to" for c in tree.of(at, "mark")):
        return frozenset()
    if _helpers(tree, head) & (_NOT | _IF):
        return frozenset()
    if tree.lower[head] == "going":
        return frozenset(("planned",))
    return _UNDER.get(tree.lemmas[head], frozenset()) | (REAL if tree.lemmas[head] in _UNDER else frozenset())


def _tense(tree: Tree, at: int, own: set[str]) -> frozenset[str]:
    """Simple past and perfect are over, *is killing* and *has been killing* go on; what is not real is not cut."""
    if tree.xpos[at] == "VBD" or (tree.xpos[at] == "VBN" and own & {"was", "were", "has", "have", "had", "'ve", "'d"}):
        return UNREAL | {"occurred"}
    if tree.xpos[at] == "VBG" and own & {"is", "are", "am", "'re", "'m", "been"} and tree.lower[at] != "going":
        return UNREAL | {"ongoing"}
    return frozenset()


# --- MEANTIME --------------------------------------------------------------------------------------------------------

_BEFORE = 3  # words before an event of MEANTIME that are looked at, as it has no trees


def meantime(path: Path) -> Iterator[Example]:
    """Sentences of MEANTIME with `status` at their events: 3 sure, 1.5 and .75 probable and possible, 0 future, −3 denied.

    Its sentences stand alone, the corpus as read here names no documents.
    """
    for number, row in enumerate(map(json.loads, lines(path))):
        words = row["tokens"]
        tags: list[str | None] = [None] * len(words)
        for at, score in row["events"]:
            tags[at] = joined(_bare(words, at, score))
        if any(tags):
            yield Example(words, f"meantime/{number}", {"status": tags}, silver=frozenset(("status",)))


def _bare(words: list[str], at: int, score: float) -> frozenset[str]:
    before = {w.lower() for w in words[max(0, at - _BEFORE) : at]}
    doubtful = before & (_MAY | _WILL | _IF | _NOT | {"would", "to", "can", "should", "nearly", "almost", "no"})
    if not words[at][0].isalpha():
        return frozenset()
    if score >= HAPPENED * 2:
        return REAL if not doubtful else frozenset()
    if score <= -HAPPENED:
        return frozenset(("denied",)) if before & _NOT and not before & {"nearly", "should", "to"} else UNREAL
    return frozenset(("hypothetical",)) if before & _MAY else frozenset(("planned",)) if before & _WILL else OPEN
