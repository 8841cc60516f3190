"""The language stage with the weights of the package: its shape, not what it has learnt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import BadWeights
from sayso.language import Analysis, analyse, analyse_tokens, weights_hash
from sayso.language.model import FILES, MOST_PIECES, Model, shared_model
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
    for found in (*analysis.names, *analysis.figures):
        _run(found, len(tokens))
    for frame in (*analysis.attributions, *analysis.events):
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


def test_every_event_has_one_status():
    from sayso.reading.status import ALL

    analysis = analyse("Rebels attacked two villages and killed 12 people, the army said.")
    assert analysis.events
    for frame in analysis.events:
        assert len([r for r in frame.roles if r.label in ALL]) == 1


def test_a_sentence_comes_out_equal_whatever_stands_round_it():
    alone = analyse("The mayor said two bridges fell.")
    among = analyse(f"{TEXT}\n\nThe mayor said two bridges fell.\n\n{TEXT}")
    sentence = next(s for s in among.sentences[2:] if among.text[s.start : s.end] == alone.text)
    rows = [
        (t.text, t.upos, t.xpos, t.lemma, t.deprel, t.head - sentence.first)
        for t in among.tokens[sentence.first : sentence.last]
    ]
    assert rows == [(t.text, t.upos, t.xpos, t.lemma, t.deprel, t.head) for t in alone.tokens]
    assert [f.score for f in alone.figures] == [
        f.score for f in among.figures if sentence.first <= f.first < sentence.last
    ]


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
    scores = model.run(["Two", "bridges", "fell"])
    assert scores.arcs.shape == (3, 4)
    assert scores.relations.shape == (3, len(model.labels["deprel"]))
    for task, found in scores.tags.items():
        assert found.shape == (3, len(model.labels[task]))
    for group, links in scores.links.items():
        assert links.shape == (3, 3, len(model.link_labels[group]))
    assert np.array_equal(scores.arcs, model.run(["Two", "bridges", "fell"]).arcs)


@pytest.mark.parametrize(
    ("word", "case"),
    [("12", 0), ("house", 1), ("House", 2), ("NATO", 3), ("McKay", 4), ("A", 5), ("—", 0), ("ß", 1), ("U.S.", 3)],
)
def test_letter_cases(word, case):
    assert letter_case(word) == case


def test_pieces_of_words():
    pieces = shared_model().pieces
    ids, cases, first, last = pieces.encode(["Bridges", "supercalifragilisticexpialidocious" * 9, "\ud83d"])
    assert len(ids) == len(cases) == last[-1] + 1 <= MOST_PIECES
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
