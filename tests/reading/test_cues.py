from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading import cues

KINDS = {"assertion", "denial", "accusation", "demand", "promise", "threat", "prediction", "opinion", "question"}


@pytest.mark.parametrize(
    ("lemma", "phrase", "kind"),
    [
        ("say", "said", "assertion"),
        ("tell", "told reporters", "assertion"),
        ("deny", "denied", "denial"),
        ("accuse", "accused", "accusation"),
        ("urge", "urged", "demand"),
        ("call", "called for", "demand"),
        ("promise", "promised", "promise"),
        ("threaten", "threatened", "threat"),
        ("expect", "expects", "prediction"),
        ("believe", "believes", "opinion"),
        ("wonder", "wondered", "question"),
    ],
)
def test_the_kind_is_that_of_the_word(lemma, phrase, kind):
    assert cues.kind(lemma, phrase) == kind


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("denied", "denial"),
        ("denies", "denial"),
        ("denying", "denial"),
        ("refuted", "denial"),
        ("Urges", "demand"),
        ("begged", "demand"),
        ("pledging", "promise"),
        ("swore", "promise"),
        ("thought", "opinion"),
        ("said", "assertion"),
        ("posted", "assertion"),
    ],
)
def test_a_lemma_that_is_wrong_does_no_harm(form, kind):
    assert cues.kind("xyz", form.lower(), form) == kind


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_any_words_have_a_kind(lemma, phrase, form):
    assert cues.kind(lemma, phrase, form) in KINDS


def test_every_kind_of_the_contract_has_words():
    assert set(cues.KINDS.values()) == KINDS - {"assertion"}


@pytest.mark.parametrize(("words", "is_label"), [("Q", True), ("host", True), ("Kyiv", False), ("", False)])
def test_labels_of_transcripts(words, is_label):
    assert cues.is_label(words) is is_label
