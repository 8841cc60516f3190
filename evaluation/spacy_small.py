"""spaCy's usual small pipeline for English, to set our speed beside: tok2vec, tagger, parser, NER, as `spacy init config` makes them.

Nothing has taught it anything: `speed` asks how fast it is, not how good. Two things then need care, or it comes out slower than a
trained one would be:

- Labels. `add_label` gives the parser moves that no trained parser has (227 for 45 relations); with the moves that training makes
  of as many relations there are 95.
- The last layer begins as zeros, so that the first move in the list always wins: every word becomes a sentence and a name, which
  costs time. It is filled with small numbers, and *outside* gets the head start that training would give it. That gives trees that
  run to their end, 46 tokens a sentence (trained: 15), governors 2.3 words away, to either side, and a name every 11 tokens.

Seen on one core of a quiet machine, 20 thousand words of news in pieces of 49: zeros 6,760 words/s, small numbers without the head
start 7,850; one trained for four passes over 40 thousand words of EWT 11,550, with fewer labels (56 and 14 moves) and so fewer
columns in the last layer. spaCy's own page names 10,014 for `en_core_web_lg` on a CPU (https://spacy.io/usage/facts-figures), which
is built alike and has word vectors and lemmas besides. An untrained pipeline is thus no faster than a trained one, rather slower by up to a third: a ratio of 1.0
against it may be .7 against a trained one.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import Any

# Sizes of the label sets that spaCy's English models have: PTB tags, CLEAR relations, OntoNotes entities.
TAGS, RELATIONS, ENTITIES = 50, 45, 18
# Numbers of the moves in spaCy's tables: parser shift, reduce, left, right, break; NER missing, begin, in, last, unit, out.
PARSER = {"S": 0, "D": 1, "L": 2, "R": 3, "B": 4}
NER = {"M": 0, "B": 1, "I": 2, "L": 3, "U": 4, "O": 5}
SPREAD = 0.1
# The head start of the move *outside*: of 0, 3, 4 and 5 the one that gives about as many names as news has.
OUT = 4.0


def version() -> str:
    """The version of spaCy."""
    return metadata.version("spacy")


def analyse(batch: list[str]) -> int:
    """How many tokens spaCy finds in some reports, read as one batch."""
    return sum(len(doc) for doc in pipeline().pipe(batch, batch_size=max(len(batch), 1)))


@cache
def pipeline() -> Any:
    """The pipeline of this process: made when first asked for, every time the same."""
    from spacy.cli.init_config import init_config
    from spacy.util import load_model_from_config
    from thinc.api import fix_random_seed

    config = init_config(lang="en", pipeline=["tagger", "parser", "ner"], optimize="efficiency", gpu=False)
    made: Any = load_model_from_config(config, auto_fill=True)
    for number in range(TAGS):
        made.get_pipe("tagger").add_label(f"T{number}")
    made.get_pipe("parser").moves.initialize_actions(_parser_moves())
    made.get_pipe("ner").moves.initialize_actions(_ner_moves())
    fix_random_seed(0)
    made.initialize()
    _fill(made.get_pipe("parser"), {})
    _fill(made.get_pipe("ner"), {"O": OUT})
    return made


def _parser_moves() -> dict[int, dict[str, int]]:
    """The moves that training makes of treebanks: left and right arcs of every relation, shift, reduce, break."""
    relations = {f"d{number}": 1 for number in range(RELATIONS)}
    arcs = {PARSER["L"]: relations, PARSER["R"]: relations}
    return {PARSER["S"]: {"": 1}, PARSER["D"]: {"": 1}, **arcs, PARSER["B"]: {"ROOT": 1}}


def _ner_moves() -> dict[int, dict[str, int]]:
    """The moves that training makes of marked names: begin, in, last, unit of every kind, and out."""
    kinds = {f"E{number}": 1 for number in range(ENTITIES)}
    return {NER["M"]: {}, **{NER[move]: kinds for move in "BILU"}, NER["O"]: {"": 1}}


def _fill(pipe: Any, head_starts: dict[str, float]) -> None:
    """Small random numbers into the last layer, and a head start for some moves."""
    import numpy

    last = pipe.model.get_ref("upper")
    last.set_param("W", numpy.random.default_rng(0).normal(0, SPREAD, last.get_param("W").shape).astype("float32"))
    starts = last.get_param("b").copy()
    # Not `move_names`: it leaves one move out, so that its places are not those of the layer.
    names = [pipe.moves.get_class_name(number) for number in range(pipe.moves.n_moves)]
    for move, head_start in head_starts.items():
        starts[names.index(move)] = head_start
    last.set_param("b", starts)
