"""Dirt, gold that follows it, and what is measured on both."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from evaluation import names, robustness, roles, soiled, syntax
from evaluation.conllu import Document, Sentence, Word
from evaluation.dirt import CONFUSIONS, KINDS, Dirty, edited, ocr, quotes, raised, spaces, upper
from evaluation.ledger_score import Document as Ledger
from sayso.errors import EvaluationError
from sayso.language.analysis import Analysis, Found, Token
from sayso.language.analysis import Sentence as Place
from sayso.language.sentences import segment

TEXT = (
    "The minister's office said: \"We won't leave,\" and 140 soldiers turned back. "
    "“It is over”, a fisherman told Ana Straße in the modern barn at Dorna. " * 6
)


def follows(clean: str, dirty: Dirty) -> None:
    """What holds of any dirt: offsets rise, none is outside, the ends are the ends."""
    assert len(dirty.at) == len(clean) + 1
    assert dirty.at == sorted(dirty.at) and dirty.at[-1] == len(dirty.text) and (dirty.at[0] == 0 or not clean)


@pytest.mark.parametrize("kind", KINDS)
def test_dirt_is_the_same_every_time_and_grows(kind: str) -> None:
    make = KINDS[kind]
    assert make(TEXT, 0, "a").text == TEXT
    texts = [make(TEXT, level, "a") for level in (1, 5, 20, 60, 100)]
    for dirty in texts:
        follows(TEXT, dirty)
    assert texts == [make(TEXT, level, "a") for level in (1, 5, 20, 60, 100)]
    assert make(TEXT, 60, "b").text != texts[3].text != TEXT
    kept = [{i for i, c in enumerate(TEXT) if d.cut(i, i + 1) == c} for d in texts]
    assert all(more <= less for less, more in pairwise(kept)), "what is hit stays hit"


def test_spaces_are_left_out_between_words_only() -> None:
    assert spaces("a b\nc  d\n\ne f", 100).text == "ab\nc  d\n\nef"
    assert edited("a b c", [(1, 2, "")]) == Dirty("ab c", [0, 1, 1, 2, 3, 4])


def test_quotes_are_written_otherwise() -> None:
    seen = {quotes('x "go" it\'s', 100, str(n)).text for n in range(200)}
    assert {"x “go” it’s", "x ``go'' it’s", "x ”go it‘s"} & seen and not any(
        '"' in text or "'s" in text for text in seen
    )
    assert any(text.startswith("x “go ") for text in seen), "a closing mark may be missing"
    assert not any(text.startswith("x go") for text in seen), "an opening one is not"


def test_ocr_errs_within_words() -> None:
    seen = {ocr("modern", 100, str(n)).text for n in range(400)}
    assert {"modem", "mmodern", "moden", "mo-\ndern"} <= seen and "modern" not in seen
    assert {ocr("5", 100, str(n)).text for n in range(50)} == {"S"}
    assert ocr("is of a", 100).text == "is of a"
    assert all(old != new for old, new in CONFUSIONS)


def test_capitals_keep_every_offset() -> None:
    assert upper("Straße ﬁve ŉ é") == "STRAßE ﬁVE ŉ É"
    follows(TEXT, raised(TEXT))


# --- gold ------------------------------------------------------------------------------------------------------------


def tree() -> Document:
    """`“We don't go”, Ana said.`, with `don't` as two words."""
    text = "“We don't go”, Ana said."
    words, at = [], 0
    rows = [
        ("“", 5),
        ("We", 5),
        ("do", 5),
        ("n't", 5),
        ("go", 9),
        ("”", 5),
        (",", 9),
        ("Ana", 9),
        ("said", 0),
        (".", 9),
    ]
    for form, head in rows:
        start = text.index(form, at) if form not in ("do", "n't") else text.index("don't")
        end = start + (5 if form in ("do", "n't") else len(form))
        at = end if form != "do" else start
        words.append(Word(form, form, "X", "X", head, "dep" if head else "root", start, end, form in ("do", "n't")))
    return Document("d", text, [Sentence(words, 0, len(text), "d-1")])


def test_trees_follow_their_text() -> None:
    clean = tree()
    at = [clean.text.index(x) for x in ("'", " said")]
    dirty = edited(clean.text, [(at[0], at[0] + 1, "’"), (at[1], at[1] + 1, "")])
    assert dirty.text == "“We don’t go”, Anasaid."
    found = soiled.document(clean, dirty)
    words = found.sentences[0].words
    assert [w.form for w in words if w.joined] == ["do", "n’t"]
    assert [found.text[w.start : w.end] for w in words if not w.joined][-2:] == ["said", "."]
    root = [n for n, w in enumerate(words, 1) if not w.head]
    assert [words[n - 1].form for n in root] == ["said"]
    assert all(words[w.head - 1].form == "said" for w in words if w.form in ("Ana", ".", "go"))


def test_a_mark_that_is_gone_is_no_word() -> None:
    clean = tree()
    at = clean.text.index("”")
    words = soiled.document(clean, edited(clean.text, [(at, at + 1, "")])).sentences[0].words
    assert [w.form for w in words] == ["“", "We", "do", "n't", "go", ",", "Ana", "said", "."]
    assert [w.head for w in words] == [5, 5, 5, 5, 8, 8, 8, 0, 8]


def test_names_have_the_text_of_their_comments(tmp_path: Path) -> None:
    path = tmp_path / "a.iob2"
    path.write_text(
        "# newdoc id = a\n# text = Ana's in Dorna.\n1\tAna\tB-PER\n2\t's\tO\n3\tin\tO\n4\tDorna\tB-LOC\n5\t.\tO\n\n"
        "# text = other\n1\tLi\tB-PER\n2\twent\tO\n\n",
        encoding="utf-8",
    )
    (found,) = soiled.named(path)
    assert found.text == "Ana's in Dorna. Li went"
    assert {(found.text[a:b], label) for a, b, label in found.names} == {
        ("Ana", "per"),
        ("Dorna", "loc"),
        ("Li", "per"),
    }


def test_ledgers_follow_their_text() -> None:
    text = "Raid at Dorna\n\nTwo men died, Ana said."
    at = text.index("Two men")
    gold = {
        "id": "g", "title": "Raid at Dorna", "published": "2026-01-02", "text": text, "sentences": [[0, 13]],
        "statements": [], "events": [{"anchor": {"start": 0, "end": 4, "text": "Raid"}, "type": "ASSAULT", "when": None}],
        "figures": [{"span": {"start": at, "end": at + 7, "text": "Two men"}, "measure": "killed", "low": 2, "high": 2}],
    }  # fmt: skip
    moved = soiled.report(gold, lambda t, _: spaces(t, 100))
    assert moved["text"] == "RaidatDorna\n\nTwomendied,Anasaid." and moved["title"] == "RaidatDorna"
    assert moved["figures"][0]["span"]["text"] == "Twomen" and moved["figures"][0]["low"] == 2
    assert "sentences" not in moved and gold["text"] == text
    assert Ledger(moved).figures[0].span == Ledger(gold).figures[0].span, "without white space nothing has moved"


# --- measuring -------------------------------------------------------------------------------------------------------


def analysed(text: str) -> Analysis:
    """Capitalised words are names of places, every word hangs on itself."""
    tokens, sentences = segment(text)
    analysis = Analysis(text, tokens, sentences)
    for k, token in enumerate(tokens):
        token.head, token.upos, token.xpos, token.lemma, token.deprel = k, "X", "X", token.text, "root"
        if token.text.istitle():
            analysis.names.append(Found(k, k + 1, "gpe", 1.0))
    return analysis


def given(words: list[list[str]], spaces: object = None, model: object = None, predicates: object = None) -> Analysis:
    analysis = Analysis("")
    for sentence in words:
        first = len(analysis.tokens)
        for word in sentence:
            at = len(analysis.tokens)
            analysis.tokens.append(Token(0, 1, word, at, "X", "X", word, at, "root"))
            if word.istitle():
                analysis.names.append(Found(at, at + 1, "gpe", 1.0))
        analysis.sentences.append(Place(0, 1, first, len(analysis.tokens)))
    return analysis


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (robustness, syntax):
        monkeypatch.setattr(module, "analyse", analysed)
    for module in (robustness, names, roles):
        monkeypatch.setattr(module, "analyse_sentences", given)
    monkeypatch.setattr(robustness, "made_by", dict)


def test_measure(plain: None, tmp_path: Path) -> None:
    rows = [("In", 0), ("Dorna", 1), ("rain", 1), ("fell", 1), (".", 1)]
    tree_rows = "".join(
        f"{n}\t{w}\t{w}\tX\tX\t_\t{h}\t{'dep' if h else 'root'}\t_\t_\n" for n, (w, h) in enumerate(rows, 1)
    )
    trees, tagged, framed = tmp_path / "t.conllu", tmp_path / "n.iob2", tmp_path / "r.jsonl"
    trees.write_text("# newdoc id = a\n# sent_id = a-1\n" + tree_rows + "\n", encoding="utf-8")
    tagged.write_text("# text = rain in Dorna\n1\train\tO\n2\tin\tO\n3\tDorna\tB-LOC\n\n", encoding="utf-8")
    framed.write_text(json.dumps({"sent_id": "a-1", "tokens": ["rain", "fell"], "preds": []}) + "\n", encoding="utf-8")
    assert [robustness.part_of(p) for p in (trees, tagged, framed)] == ["trees", "names", "roles"]
    result = robustness.measure([framed, tagged, trees])
    scores = result.scores
    assert scores["clean.names.f1"] == 1.0 and scores["upper.names.f1"] == 0.0 and scores["upper.names.f1.loss"] == 1.0
    assert scores["upper.loss.most"] == 1.0
    assert (scores["clean.lemma"], scores["upper.lemma"], scores["upper.lemma.caseless"]) == (1.0, 0.2, 1.0)
    assert scores["dirt.spaces.0.names.f1"] == 1.0 and scores["dirt.quotes.100.raw.tokens"] == 1.0
    assert scores["dirt.ocr.0.raw.las"] == scores["dirt.spaces.0.raw.las"] == 0.2
    assert "ledger.event" not in " ".join(scores)
    shown = result.as_text()
    assert "| names.f1 | 1.0000 | 0.0000 | 100.00 (above the mark) |" in shown
    assert "| raw.las | ocr | 0.2000 |" in shown and "100 %" in shown


def test_what_is_gold_for_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("word\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="gold for nothing"):
        robustness.part_of(tmp_path / "x")


def test_clean_text_is_measured_as_syntax_measures_it(plain: None) -> None:
    clean = tree()
    same = soiled.document(clean, Dirty(clean.text, list(range(len(clean.text) + 1))))
    assert same == clean
    assert syntax.raw_text([same]) == syntax.raw_text([clean])
