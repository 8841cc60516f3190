from __future__ import annotations

import gzip
import random
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from evaluation import coreference
from evaluation.coreference_scores import Chain, assign, counts, figures
from sayso.errors import EvaluationError
from sayso.language.analysis import Found


def chains(text: str) -> list[Chain]:
    """`ab cde`: two chains of mentions of one letter each."""
    return [frozenset(chain) for chain in text.split()]


def scores(gold: str, system: str) -> dict[str, float]:
    return figures([counts(chains(gold), chains(system))])


def close(value: float, *expected: float) -> bool:
    return any(abs(value - e) < 6e-5 for e in expected)


# Luo 2005, section 2: one truth and four answers; its B³ and φ₄-CEAF. (MUC of all singletons is undefined there, 0 here.)
LUO = "12345 67 89ABC"


@pytest.mark.parametrize(
    ("system", "muc", "b3", "ceaf"),
    [
        ("12345 6789ABC", 0.9474, 0.8649, 0.7333),
        ("1234589ABC 67", 0.9474, 0.7368, 0.6667),
        ("123456789ABC", 0.9000, 0.5454, 0.2941),
        ("1 2 3 4 5 6 7 8 9 A B C", 0.0, 0.4, 0.1778),
    ],
)
def test_the_examples_of_luo(system: str, muc: float, b3: float, ceaf: float) -> None:
    found = scores(LUO, system)
    for name, expected in (("muc", muc), ("b3", b3), ("ceaf_e", ceaf)):
        assert found[name] == pytest.approx(expected, abs=2e-4), name


def test_vilains_example_of_links() -> None:
    # Vilain and others 1995: the key A-B-C-D against A-B, C-D: two of three links, nothing wrong.
    found = scores("ABCD", "AB CD")
    assert (found["muc.recall"], found["muc.precision"]) == (0.6667, 1.0)


def test_mentions_that_the_system_lacks() -> None:
    # Key a, bc, def; found a, de. Values worked out by hand: B³ recall (1 + 4/3) / 6, CEAFₑ (1 + 4/5) / 3 and / 2.
    found = scores("a bc def", "a de")
    assert (found["muc.recall"], found["muc.precision"], found["muc"]) == (0.3333, 1.0, 0.5)
    assert (found["b3.recall"], found["b3.precision"], found["b3"]) == (0.3889, 1.0, 0.56)
    assert (found["ceaf_e.recall"], found["ceaf_e.precision"], found["ceaf_e"]) == (0.6, 0.9, 0.72)
    assert (found["mentions.recall"], found["mentions.precision"]) == (0.5, 1.0)


def test_mentions_that_are_none() -> None:
    # Key a, bc, def; found a, bcx, defy, z. B³ precision (1 + 4/3 + 9/4) / 9; CEAFₑ 1 + 4/5 + 6/7 of 3 and of 4 chains.
    found = scores("a bc def", "a bcx defy z")
    assert (found["muc.recall"], found["muc.precision"], found["muc"]) == (1.0, 0.6, 0.75)
    assert (found["b3.recall"], found["b3.precision"]) == (1.0, 0.5093)
    assert (found["ceaf_e.recall"], found["ceaf_e.precision"], found["ceaf_e"]) == (0.8857, 0.6643, 0.7592)
    assert close(found["conll_f1"], round((found["muc"] + found["b3"] + found["ceaf_e"]) / 3, 4))


def test_gold_against_itself_and_against_nothing() -> None:
    assert set(scores(LUO, LUO).values()) == {1.0}
    assert set(scores(LUO, "").values()) == {0.0}
    assert set(figures([]).values()) == {0.0}


def test_precision_and_recall_change_places_with_the_sides() -> None:
    one, other = scores("abc de fg", "ab cdf"), scores("ab cdf", "abc de fg")
    for name in ("muc", "b3", "ceaf_e", "mentions"):
        assert one[f"{name}.recall"] == other[f"{name}.precision"] and close(one[name], other[name])


def test_sums_go_over_documents() -> None:
    units = [counts(chains("abcd"), chains("ab cd")), counts(chains("ef"), chains(""))]
    assert figures(units)["muc.recall"] == 0.5  # two of four links, not the mean of 2/3 and 0


def test_the_assignment_is_the_best_one() -> None:
    draw = np.random.default_rng(7)
    for _ in range(200):
        rows, columns = draw.integers(1, 6, 2)
        values = draw.integers(0, 5, (rows, columns)) / 4 if draw.random() < 0.5 else draw.random((rows, columns))
        short, long = (values, columns) if rows <= columns else (values.T, rows)
        best = max(sum(short[i, j] for i, j in enumerate(order)) for order in permutations(range(long), len(short)))
        pairs = assign(values)
        assert sum(values[pair] for pair in pairs) == pytest.approx(best)
        assert len(pairs) == min(rows, columns) == len({r for r, _ in pairs}) == len({c for _, c in pairs})
    assert assign(np.zeros((0, 3))) == assign(np.zeros((3, 0))) == []


def test_a_large_assignment_is_at_least_as_good_as_greedy() -> None:
    values = np.random.default_rng(3).random((60, 90))
    left, greedy = values.copy(), 0.0
    for _ in range(60):
        row, column = divmod(int(left.argmax()), 90)
        greedy += values[row, column]
        left[row], left[:, column] = -1, -1
    assert sum(values[p] for p in assign(values)) >= greedy


# --- files -----------------------------------------------------------------------------------------------------------

# word upos deprel head Entity
FIRST = """
The DET det 2 (1
mayor NOUN nsubj 6 _
of ADP case 4 _
Larnwick PROPN nmod 2 (2)1)
has AUX aux 6 _
praised VERB root 0 _
her PRON nmod:poss 8 (3(1)
deputy NOUN obj 6 3)
""", """
She PRON nsubj 2 (1)
loves VERB root 0 _
Larnwick PROPN obj 2 (2
itself PRON nmod 3 (2)2)
"""  # fmt: skip
SECOND = ("Bo PROPN nsubj 2 (7-person-new)\nmet VERB root 0 _\nBo PROPN obj 2 (7-person-giv)",)


def conllu(*documents: tuple[str, ...]) -> str:
    out = []
    for number, sentences in enumerate(documents):
        out.append(f"# newdoc id = d{number}\n# global.Entity = GRP")
        for sentence in sentences:
            rows = [line.split() for line in sentence.strip().splitlines()]
            # A surface token of two words and an empty word: both are passed over.
            out.append("1-2\t" + "\t".join("_" * 9) + "\n0.1\tempty\t" + "\t".join("_" * 8))
            for k, (word, upos, deprel, head, marks) in enumerate(rows, 1):
                misc = "SpaceAfter=No" + (f"|Entity={marks}" if marks != "_" else "")
                out.append(f"{k}\t{word}\t_\t{upos}\t_\t_\t{head}\t{deprel}\t_\t{misc}")
            out.append("")
    return "\n".join(out)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.conllu.gz"
    path.write_bytes(gzip.compress(conllu(FIRST, SECOND).encode()))
    return path


def test_documents_are_read_with_their_chains(path: Path) -> None:
    one, two = coreference.read(path)
    assert (one.name, two.name) == ("d0", "d1")
    assert one.sentences == [line.split() for line in (
        "The mayor of Larnwick has praised her deputy", "She loves Larnwick itself"
    )]  # fmt: skip
    assert one.chains == {"1": [(0, 4), (6, 7), (8, 9)], "2": [(3, 4), (11, 12), (10, 12)], "3": [(6, 8)]}
    assert one.heads[8:] == [9, 9, 9, 10] and two.chains == {"7": [(0, 1), (2, 3)]}


def test_only_mentions_headed_by_names_and_pronouns_count(path: Path) -> None:
    one = coreference.read(path)[0]
    assert coreference.head(one, (0, 4)) == 1 and coreference.head(one, (10, 12)) == 10
    kept = coreference.counted(one, one.chains.values())
    assert kept == [frozenset({(3, 4), (11, 12), (10, 12)}), frozenset({(6, 7), (8, 9)})]
    # What is left alone is no chain, and a mention is in one chain only.
    assert coreference.counted(one, [[(0, 4), (8, 9)], [(6, 7), (8, 9)], [(8, 9), (3, 4)]]) == [
        frozenset({(6, 7), (8, 9)})
    ]


@dataclass
class Fake:
    chains: list[tuple[Found, ...]] = field(default_factory=list)


def fake(monkeypatch: pytest.MonkeyPatch, made: list[list[list[coreference.Span]]]) -> None:
    """sayso finds these chains, document by document."""
    answers = iter(made)

    def analyse(words: list[list[str]]) -> Fake:
        return Fake([tuple(Found(a, b, "name", 1.0) for a, b in chain) for chain in next(answers)])

    monkeypatch.setattr(coreference, "analyse_sentences", analyse)
    monkeypatch.setattr(coreference, "made_by", dict)


def test_measure_gold_as_found_is_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(monkeypatch, [list(d.chains.values()) for d in coreference.read(path)])
    result = coreference.measure([path])
    assert result.n == 2 and result.scores["conll_f1"] == result.scores["conll_f1.low"] == 1.0
    assert {"muc.precision", "b3.recall", "ceaf_e", "mentions", "mentions.high"} <= set(result.scores)
    assert "7 gold mentions" in result.notes[0]


def test_measure_of_a_part(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(monkeypatch, [[[(6, 7), (8, 9)]], []])
    found = coreference.measure([path]).scores
    assert (found["muc.precision"], found["muc.recall"], found["mentions.recall"]) == (1.0, 0.25, 0.2857)


def test_an_analysis_without_chains_scores_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coreference, "analyse_sentences", lambda words: object())
    monkeypatch.setattr(coreference, "made_by", dict)
    assert coreference.measure([path]).scores["conll_f1"] == 0.0


def test_files_of_another_form(tmp_path: Path) -> None:
    bad = tmp_path / "x.conllu"
    bad.write_text("1\tBo\t_\n\n", encoding="utf-8")
    with pytest.raises(EvaluationError):
        coreference.read(bad)
    bad.write_text(conllu(("Bo PROPN root 0 1)",)), encoding="utf-8")
    with pytest.raises(EvaluationError, match="no CoNLL-U"):
        coreference.read(bad)
    bad.write_text(conllu(("Bo PROPN root 0 _",)), encoding="utf-8")
    with pytest.raises(EvaluationError):
        coreference.measure([bad])
    bad.write_text(conllu(SECOND).split("\n", 1)[1], encoding="utf-8")
    assert [d.name for d in coreference.read(bad)] == [""]


def test_random_chains_keep_between_nothing_and_all() -> None:
    draw = random.Random(5)
    for _ in range(50):
        sides = [[frozenset(c) for c in _partition(draw)] for _ in range(2)]
        assert all(0 <= value <= 1 for value in figures([counts(*sides)]).values())
        assert set(figures([counts(sides[0], sides[0])]).values()) <= {0.0, 1.0}


def _partition(draw: random.Random) -> list[list[int]]:
    parts: dict[int, list[int]] = {}
    for mention in draw.sample(range(30), 20):
        parts.setdefault(draw.randrange(6), []).append(mention)
    return [p for p in parts.values() if len(p) > 1]
