from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import conllu, syntax
from evaluation.alignment import Piece, align
from evaluation.ledger_score import squeeze
from sayso.errors import EvaluationError
from sayso.language.analysis import Analysis, Sentence, Token

ROWS = """# newdoc id = d1
# newpar id = p1
# sent_id = 1
1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
1\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_
2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_
3\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\tCxn=x|SpaceAfter=No
3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_

# newpar_block = x
1\tGo\tgo\tVERB\tVB\t_\t0\troot:sub\t_\t_

# newpar
1\tNow\tnow\tADV\tRB\t_\t0\troot\t_\t_

# newdoc id = d2
1\tEnd\tend\tNOUN\tNN\t_\t0\troot\t_\t_
"""


@pytest.fixture
def documents(tmp_path: Path) -> list[conllu.Document]:
    path = tmp_path / "small.conllu"
    path.write_text(ROWS, encoding="utf-8")
    return conllu.read(path)


def test_raw_text_is_joined_as_space_after_says(documents: list[conllu.Document]) -> None:
    assert [d.name for d in documents] == ["d1", "d2"]
    assert documents[0].text == "don't!Go\n\nNow" and documents[1].text == "End"
    assert [(s.start, s.end) for s in documents[0].sentences] == [(0, 6), (6, 8), (10, 13)]
    assert documents[0].tokens() == [(0, 5), (5, 6), (6, 8), (10, 13)]


def test_words_of_a_multiword_token_share_its_characters(documents: list[conllu.Document]) -> None:
    first = documents[0].sentences[0].words
    assert [(w.form, w.start, w.end, w.joined, w.space) for w in first] == [
        ("do", 0, 5, True, False),
        ("n't", 0, 5, True, False),
        ("!", 5, 6, False, False),
    ]


def test_what_is_no_conllu_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text("just some text\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="no CoNLL-U"):
        conllu.read(path)


def piece(form: str, start: int, end: int, joined: bool = False) -> Piece:
    return Piece(form, start, end, joined)


def test_single_words_fit_by_their_spans() -> None:
    gold = [piece("a", 0, 1), piece("bc", 1, 3), piece("d", 3, 4)]
    system = [piece("ab", 0, 2), piece("c", 2, 3), piece("d", 3, 4)]
    assert align(gold, system) == [(2, 2)]


def test_words_of_multiword_tokens_fit_by_their_forms() -> None:
    gold = [piece("I", 0, 1), piece("do", 1, 6, True), piece("n't", 1, 6, True), piece("go", 6, 8)]
    split = [piece("I", 0, 1), piece("do", 1, 3), piece("n't", 3, 6), piece("go", 6, 8)]
    assert align(gold, gold) == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert align(gold, split) == align(split, gold) == [(0, 0), (1, 1), (2, 2), (3, 3)]
    whole = [piece("I", 0, 1), piece("don't", 1, 6), piece("go", 6, 8)]
    assert align(gold, whole) == [(0, 0), (3, 2)]


def analysis(text: str, rows: list[tuple[int, int, int, int, str]], ends: list[int]) -> Analysis:
    tokens = [Token(a, b, text[a:b], word, head=head, deprel=rel) for a, b, word, head, rel in rows]
    sentences, first = [], 0
    for last in ends:
        sentences.append(Sentence(tokens[first].start, tokens[last - 1].end, first, last))
        first = last
    return Analysis(text, tokens, sentences)


def test_trees_over_raw_text(documents: list[conllu.Document], monkeypatch: pytest.MonkeyPatch) -> None:
    text = documents[0].text
    rows = [
        (0, 2, 0, 0, "root"),
        (2, 5, 0, 0, "advmod:x"),
        (5, 6, 1, 1, "punct"),
        (6, 8, 2, 3, "root"),
        (10, 13, 3, 4, "dep"),
    ]
    found = analysis(text, rows, [4, 5])
    monkeypatch.setattr(syntax, "analyse", lambda _: found)
    scores = syntax.raw_text(documents[:1])
    # `!` hangs on the wrong word and `Now` has the wrong relation: 3 of 5.
    assert scores == {"raw.las": 0.6, "raw.tokens": 1.0, "raw.sentences": 0.4}
    assert syntax.surface(found) == [(0, 5), (5, 6), (6, 8), (10, 13)]
    assert squeeze(text)[10] == 8


def test_gold_tokens(documents: list[conllu.Document], monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[list[list[str]]] = []

    def right(sentences: list[list[str]], spaces: list[list[bool]]) -> Analysis:
        read.append(sentences)
        assert [len(s) for s in spaces] == [len(s) for s in sentences]
        known = {" ".join(w.form for w in s.words): s.words for d in documents for s in d.sentences}
        found = Analysis("")
        for forms in sentences:
            first = len(found.tokens)
            for k, w in enumerate(known[" ".join(forms)]):
                head = first + (w.head - 1 if w.head else k)
                found.tokens.append(Token(0, 1, w.form, k, w.upos, "XX", w.lemma, head, w.deprel.split(":")[0]))
            found.sentences.append(Sentence(0, 1, first, len(found.tokens)))
        return found

    monkeypatch.setattr(syntax, "analyse_sentences", right)
    assert syntax._gold_tokens(documents) == {"las": 1.0, "uas": 1.0, "xpos": 0.0, "upos": 1.0, "lemma": 1.0}
    # Document by document, all sentences of one together.
    assert read == [[["do", "n't", "!"], ["Go"], ["Now"]], [["End"]]]


def test_without_newdoc_the_sentence_ids_tell_the_documents(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    row = "1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n"
    path.write_text("".join(f"# sent_id = {name}\n{row}" for name in ("a-b-1", "a-b-2", "a-c-1")), encoding="utf-8")
    (document,) = conllu.read(path)
    assert [[s.name for s in part] for part in syntax.together(document)] == [["a-b-1", "a-b-2"], ["a-c-1"]]
