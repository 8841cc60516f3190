from __future__ import annotations

import numpy as np
import pytest

from sayso.language import clues, coreference
from sayso.language.analysis import Found, Sentence, Token
from sayso.language.coreference import Scorer, chains, pairs
from sayso.language.phrases import Phrase, phrases

# form/UPOS/relation/governor/xpos; governors count from 1 in the sentence, 0 is the root.
STORY = (
    "Anna/PROPN/nsubj/3/NNP Bell/PROPN/flat/1/NNP met/VERB/root/0/VBD the/DET/det/6/DT old/ADJ/amod/6/JJ judges/NOUN/obj/3/NNS",
    "She/PRON/nsubj/2/PRP told/VERB/root/0/VBD them/PRON/iobj/2/PRP everything/PRON/obj/2/NN",
    "Bell/PROPN/nsubj/3/NNP then/ADV/advmod/3/RB left/VERB/root/0/VBD her/PRON/nmod:poss/5/PRP$ house/NOUN/obj/3/NN",
)


def story(*rows: str) -> tuple[list[Token], list[Sentence]]:
    tokens: list[Token] = []
    sentences = []
    for row in rows or STORY:
        first = len(tokens)
        for k, cell in enumerate(row.split()):
            form, upos, relation, governor, xpos = cell.split("/")
            head = first + int(governor) - 1 if governor != "0" else first + k
            tokens.append(Token(first + k, first + k + 1, form, first + k, upos, xpos, form.lower(), head, relation))
        sentences.append(Sentence(first, len(tokens), first, len(tokens)))
    return tokens, sentences


def table(*rows: str) -> tuple[list[Phrase], clues.Table, list[str]]:
    tokens, sentences = story(*rows)
    found = phrases(tokens, sentences)
    names = [Found(0, 2, "person", 0.9)]
    words = [" ".join(t.text for t in tokens[p.first : p.last]) for p in found]
    return found, clues.table(tokens, sentences, names, found), words


def test_what_is_known_of_each_phrase():
    _, seen, words = table()
    assert words[:4] == ["Anna Bell", "the old judges", "She", "them"]
    assert seen.kind[:4].tolist() == [1, 2, 0, 0]
    assert seen.number[:4].tolist() == [1, 2, 1, 2]
    assert seen.being[:4].tolist() == [3, 0, 2, 0]  # a person by the name's label; she by her pronoun
    assert seen.sentence[:4].tolist() == [0, 0, 1, 1]
    assert seen.words[0] == {"anna", "bell"}


def test_pairs_look_back_and_at_like_words():
    _, seen, words = table()
    earlier, later = pairs(seen)
    scored = {(words[i], words[j]) for i, j in zip(earlier, later, strict=True)}
    assert ("Anna Bell", "She") in scored
    assert ("the old judges", "them") in scored
    assert ("Anna Bell", "Bell") in scored
    assert (np.diff(later) >= 0).all()
    assert (earlier < later).all()


def test_a_name_far_back_is_still_looked_at():
    filler = ["It/PRON/nsubj/2/PRP rained/VERB/root/0/VBD"] * 12
    _, seen, words = table(STORY[0], *filler, STORY[2])
    earlier, later = pairs(seen)
    scored = {(words[i], words[j]) for i, j in zip(earlier, later, strict=True)}
    assert ("Anna Bell", "Bell") in scored
    assert ("the old judges", "Bell") not in scored


def test_every_clue_has_its_own_rows():
    _, seen, _ = table()
    rows = clues.clues(seen, *pairs(seen))
    bounds = np.cumsum((0, *clues.SIZES))
    assert rows.shape[1] == len(clues.SIZES)
    assert (rows >= bounds[:-1]).all()
    assert (rows < bounds[1:]).all()


@pytest.mark.parametrize(
    ("one", "other", "column", "value"),
    [("Anna Bell", "She", 13, 3 * 5 + 2), ("the old judges", "them", 7, 2 * 3 + 2), ("Anna Bell", "Bell", 3, (1 * 3 + 1) * 6 + 4)],
    ids=["person and she", "many and many", "names with one end"],
)  # fmt: skip
def test_clues_say_what_they_are_named_for(one, other, column, value):
    _, seen, words = table()
    i, j = np.array([words.index(one)]), np.array([words.index(other)])
    offset = int(np.cumsum((0, *clues.SIZES))[column])
    assert clues.clues(seen, i, j)[0, column] - offset == value


def test_a_score_is_product_plus_network_plus_leaning():
    _, seen, words = table()
    i, j = np.array([words.index("Anna Bell")]), np.array([words.index("She")])
    rows = np.zeros((clues.CLUES, 2), np.float32)
    rows[clues.clues(seen, i, j)[0, 0]] = (2.0, -3.0)
    scorer = Scorer(rows, np.array([0.5, 0.5], np.float32), np.array([1.0, 10.0], np.float32))
    vectors = np.zeros((len(words), 9), np.float32)
    vectors[i[0], 0], vectors[j[0], 4], vectors[j[0], 8] = 2.0, 3.0, -1.0
    # 2 · 3 / √4 from the vectors, relu(2.5) · 1 + relu(−2.5) · 10 from the clues, −1 from the later phrase.
    assert scorer(vectors, seen, i, j)[0] == pytest.approx(3.0 + 2.5 - 1.0)


def test_chains_join_the_best_antecedent_above_zero():
    earlier, later = np.array([0, 0, 1, 0, 2, 3]), np.array([1, 2, 2, 3, 3, 4])
    scores = np.array([-1.0, 2.0, 1.0, -0.5, -0.1, 3.0], np.float32)
    found = chains(earlier, later, scores, 5)
    assert [[k for k, _ in chain] for chain in found] == [[0, 2], [3, 4]]
    assert found[0][1][1] == pytest.approx(np.exp(2) / (np.exp(2) + np.exp(1) + 1), abs=1e-3)


def test_nothing_to_link():
    tokens, sentences = story("Run/VERB/root/0/VB")
    seen = clues.table(tokens, sentences, [], phrases(tokens, sentences))
    assert [len(side) for side in pairs(seen)] == [0, 0]
    assert chains(*pairs(seen), np.zeros(0, np.float32), 0) == []
    assert coreference.MOST > coreference.NEAREST
