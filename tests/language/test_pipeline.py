"""The language stage with the weights of the package: its shape, not what it has learnt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import BadWeights
from sayso.language import Analysis, analyse, analyse_sentences, analyse_tokens, weights_hash
from sayso.language.arguments import NONE, table
from sayso.language.model import FILES, MOST_PIECES, WINDOW, Model, shared_model
from sayso.language.pieces import PIECES_A_WORD, letter_case

TEXT = "The mayor said two bridges fell. “Nobody slept,” a nurse told the Morning Post."


def check(analysis: Analysis) -> None:
    tokens = analysis.tokens
    for token in tokens:
        assert analysis.text[token.start : token.end].startswith(token.text[:1])
        assert 0 <= token.head < len(tokens)
        assert token.lemma
    at = 0
    for sentence in analysis.sentences:
        assert sentence.first == at < sentence.last
        at = sentence.last
        inside = range(sentence.first, sentence.last)
        assert all(tokens[i].head in inside for i in inside)
        for i in inside:
            seen = set()
            while tokens[i].head != i:
                assert i not in seen
                seen.add(i)
                i = tokens[i].head
            assert tokens[i].deprel == "root"
    assert at == len(tokens)
    number = [k for k, s in enumerate(analysis.sentences) for _ in range(s.first, s.last)]
    for found in (*analysis.names, *(f.trigger for f in analysis.figures)):
        _run(found, len(tokens))
    for frame in (*analysis.attributions, *analysis.events, *analysis.predicates):
        _run(frame.trigger, len(tokens))
        for role in frame.roles:
            _run(role, len(tokens))
            assert number[role.first] == number[role.last - 1] == number[frame.trigger.first]


def _run(found, size: int) -> None:
    assert 0 <= found.first < found.last <= size
    assert 0 <= found.score <= 1


def test_one_tree_a_sentence_with_one_root():
    analysis = analyse(TEXT)
    check(analysis)
    for sentence in analysis.sentences:
        roots = [t for t in analysis.tokens[sentence.first : sentence.last] if t.deprel == "root"]
        assert len(roots) == 1
    assert {t.upos for t in analysis.tokens} > {"NOUN", "VERB", "PUNCT"}


def test_every_event_has_status_and_mode():
    from sayso.reading.status import ALL

    analysis = analyse("Rebels attacked two villages and killed 12 people, the army said.")
    assert analysis.events
    for frame in analysis.events:
        assert frame.marks["status"].label in ALL
        assert frame.marks["mode"].first == frame.trigger.first


def test_a_text_comes_out_equal_whatever_is_read_before_it():
    first = analyse(TEXT)
    analyse("Rebels attacked two villages and killed 12 people, the army said. " * 20)
    assert analyse(TEXT) == first


def test_windows_hold_every_sentence_once_and_are_cut_by_the_text_alone():
    model = shared_model()
    sentences = [["word"] * n for n in (20, 60, 30, 10, 200, 5, 5, 120, 1)]
    made = model.windows(sentences)
    assert [n for window in made for n in window] == list(range(len(sentences)))
    for window in made:
        assert len(window) == 1 or sum(model.pieces.size(sentences[n]) for n in window) < WINDOW
    assert made[:2] == [[0, 1, 2, 3], [4]]
    assert model.windows(sentences[:4]) == made[:1]


def test_predicates_that_are_given_are_those_that_are_read():
    words = [["They", "fled", "."], ["Police", "shot", "two", "men", "."]]
    analysis = analyse_sentences(words, predicates=[[], [1]])
    assert [f.trigger.first for f in analysis.predicates] == [4]
    assert all(3 <= r.first < r.last <= 8 and r.first != 4 for r in analysis.predicates[0].roles)
    check(analysis)


def test_predicates_have_their_arguments():
    analysis = analyse("Police shot two men on Tuesday.")
    (frame,) = [f for f in analysis.predicates if analysis.tokens[f.trigger.first].text == "shot"]
    said = {r.label: " ".join(t.text for t in analysis.tokens[r.first : r.last]) for r in frame.roles}
    assert said == {"ARG0": "Police", "ARG1": "two men", "ARGM-TMP": "on Tuesday"}


def test_nothing_to_analyse():
    for text in ("", " ", "\n\n", "\u200b"):
        assert analyse(text).sentences == []


@pytest.mark.parametrize(
    "text",
    [
        "word " * 700,
        "supercalifragilistic" * 500,
        " ".join("internationalisation" for _ in range(300)),
        "🙂" * 300,
        "ש" * 2000,
        "\ud83d\ud83d said",
        "x\x00y",
    ],
    ids=["long sentence", "long word", "many pieces", "emoji", "one long word", "half characters", "nul"],
)
def test_what_is_longer_or_stranger_than_the_encoder_reads(text):
    check(analyse(text))


@given(st.text(max_size=100))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_unicode(text):
    check(analyse(text))


def test_given_words_stay_as_they_are():
    words = ["I", "can", "not", "go", "."]
    analysis = analyse_tokens(words, [True, False, True, False, False])
    assert analysis.text == "I cannot go."
    assert [t.text for t in analysis.tokens] == words
    assert [analysis.text[t.start : t.end] for t in analysis.tokens] == words
    check(analysis)


def test_the_shape_of_the_scores():
    model = shared_model()
    sentences = [["Two", "bridges", "fell"], ["They", "fled"]]
    scores = model.run(sentences)
    assert scores.arcs.shape == (5, 6)
    for task, found in scores.tags.items():
        assert found.shape == (5, len(model.labels[task]))
    runs = table([(2, 0, {(0, 2): (1, 0)}), (1, 3, {(0, 1): (0, 0)})])
    asked = model.pairs(scores, [2, 3, 0, 5, 0], [2, 4], runs)
    assert asked.roles.shape == (2, len(model.role_labels))
    assert asked.relations.shape == (5, len(model.labels["deprel"]))
    for group, links in asked.links.items():
        assert links.shape == (2, 5, len(model.link_labels[group]))
    assert np.array_equal(scores.arcs, model.run(sentences).arcs)
    assert model.pairs(scores, [2, 3, 0, 5, 0], [], NONE).relations.shape == asked.relations.shape


@pytest.mark.parametrize(
    ("word", "case"),
    [("12", 0), ("house", 1), ("House", 2), ("NATO", 3), ("McKay", 4), ("A", 5), ("—", 0), ("ß", 1), ("U.S.", 3)],
)
def test_letter_cases(word, case):
    assert letter_case(word) == case


def test_pieces_of_words():
    pieces = shared_model().pieces
    words = ["Bridges", "supercalifragilisticexpialidocious" * 9, "\ud83d"]
    ids, cases, first, last = pieces.encode([words])
    assert len(ids) == len(cases) == last[-1] + 2 == pieces.size(words) + 1 <= MOST_PIECES
    both = pieces.encode([words, words])
    assert len(both[0]) == 2 * len(ids) - 1 and both[0][len(ids) - 1] == ids[-1]
    assert [b - a + 1 <= PIECES_A_WORD for a, b in zip(first, last, strict=True)] == [True] * 3
    assert cases[1] == 2
    assert pieces.word("Bridges") is pieces.word("Bridges")


def test_weights_that_are_not_there(tmp_path):
    with pytest.raises(BadWeights, match=r"\[S201\] no model.onnx"):
        Model(tmp_path)
    with pytest.raises(BadWeights):
        weights_hash(tmp_path)


def test_weights_that_are_damaged(tmp_path):
    for name in FILES:
        (tmp_path / name).write_bytes(b"not weights")
    with pytest.raises(BadWeights, match="S201"):
        Model(tmp_path)


def test_without_arguments_all_else_is_equal():
    with_them, without = analyse(TEXT), analyse(TEXT, arguments=False)
    assert with_them.predicates
    assert without.predicates == []
    assert (with_them.tokens, with_them.names, with_them.chains) == (without.tokens, without.names, without.chains)
    assert (with_them.attributions, with_them.events, with_them.figures) == (
        without.attributions,
        without.events,
        without.figures,
    )
