"""Phrases on trees written by hand: one word a line as `word upos deprel head`, heads from 1 in the sentence, 0 the root."""

from sayso.language.analysis import Sentence, Token
from sayso.language.phrases import Phrase, phrases

XPOS = {"NOUN": "NN", "PROPN": "NNP", "VERB": "VBD", "DET": "DT", "PUNCT": ",", "ADP": "IN", "ADJ": "JJ", "NUM": "CD"}


def text(*sentences: str) -> tuple[list[Token], list[Sentence]]:
    tokens: list[Token] = []
    bounds: list[Sentence] = []
    for sentence in sentences:
        rows = [line.split() for line in sentence.strip().splitlines()]
        base = len(tokens)
        for k, (word, upos, deprel, head, *xpos) in enumerate(rows):
            tag = xpos[0] if xpos else XPOS.get(upos, "XX")
            governor = base + int(head) - 1 if int(head) else base + k
            tokens.append(Token(0, 0, word, base + k, upos, tag, word, governor, deprel))
        bounds.append(Sentence(0, 0, base, len(tokens)))
    return tokens, bounds


def read(*sentences: str) -> list[tuple[str, str]]:
    """The words and the kind of each phrase."""
    tokens, bounds = text(*sentences)
    return [(" ".join(t.text for t in tokens[p.first : p.last]), p.kind) for p in phrases(tokens, bounds)]


PLAIN = """
The DET det 3
new ADJ amod 3
mayor NOUN nsubj 6
of ADP case 5
Larnwick PROPN nmod 3
praised VERB root 0
her PRON nmod:poss 8 PRP$
deputy NOUN obj 6
. PUNCT punct 6
"""


def test_whole_phrases_and_the_names_and_pronouns_in_them() -> None:
    assert read(PLAIN) == [
        ("The new mayor of Larnwick", "noun"),
        ("Larnwick", "name"),
        ("her deputy", "noun"),
        ("her", "pronoun"),
    ]


def test_heads_and_ranges_count_through_the_document() -> None:
    tokens, bounds = text(PLAIN, "She PRON nsubj 2 PRP\nleft VERB root 0")
    assert phrases(tokens, bounds)[-1] == Phrase(9, 10, 9, "pronoun")
    assert phrases(tokens, bounds)[0] == Phrase(0, 5, 2, "noun")


def test_the_longest_comes_first_where_several_begin() -> None:
    found = read("""
    Osk PROPN nmod:poss 3
    's PART case 1
    army NOUN nsubj 4
    fled VERB root 0
    """)
    assert found == [("Osk 's army", "noun"), ("Osk 's", "name")]


def test_coordinated_phrases_each_and_together() -> None:
    found = read("""
    Both CCONJ cc:preconj 2
    Anna PROPN nsubj 8
    , PUNCT punct 4
    Bert PROPN conj 2
    and CCONJ cc 7
    the DET det 7
    aide NOUN conj 2
    left VERB root 0
    """)
    assert found == [
        ("Both Anna , Bert and the aide", "group"),
        ("Anna", "name"),
        ("Bert", "name"),
        ("the aide", "noun"),
    ]


def test_relative_clauses_and_appositions_belong_to_the_phrase_but_not_the_comma_after() -> None:
    found = read("""
    Lena PROPN nsubj 9
    , PUNCT punct 4
    a DET det 4
    nurse NOUN appos 1
    who PRON nsubj 6 WP
    fled VERB acl:relcl 4
    it PRON obj 6 PRP
    , PUNCT punct 4
    spoke VERB root 0
    """)
    assert found == [("Lena , a nurse who fled it", "name"), ("a nurse who fled it", "noun"), ("it", "pronoun")]


def test_the_closing_bracket_and_quotation_mark_belong_where_the_opening_one_is_inside() -> None:
    found = read("""
    the DET det 4
    " PUNCT punct 4
    Red ADJ amod 4
    Order PROPN nsubj 9
    " PUNCT punct 4
    ( PUNCT punct 7
    RO PROPN appos 4
    ) PUNCT punct 7
    denied VERB root 0
    """)
    assert found[0] == ('the " Red Order " ( RO )', "name")
    quoted = read('the DET det 3\n" PUNCT punct 3\nOrder PROPN nsubj 5\n" PUNCT punct 3\nran VERB root 0')
    assert quoted == [('the " Order "', "name")]


def test_a_predicate_noun_is_without_its_subject_and_copula() -> None:
    found = read("He PRON nsubj 4 PRP\nis AUX cop 4\nthe DET det 4\nspokesman NOUN root 0")
    assert found == [("He", "pronoun"), ("the spokesman", "noun")]


def test_relative_interrogative_and_expletive_pronouns_are_none() -> None:
    assert read("It PRON expl 2 PRP\nseems VERB root 0\nwho PRON obj 2 WP\nthat PRON obj 2 WDT") == []
    assert read("This PRON nsubj 2 DT\nhurt VERB root 0\nsomething PRON obj 2 NN") == [("This", "pronoun")]


def test_parts_of_names_are_none_but_names_before_nouns_are() -> None:
    found = read("""
    Prime PROPN nmod:desc 2
    Ann PROPN nsubj 6
    Bo PROPN flat 2
    met VERB root 0
    Osk PROPN compound 6
    police NOUN obj 4
    """)
    assert found == [("Prime Ann Bo", "name"), ("Osk police", "noun"), ("Osk", "name")]


def test_adjuncts_after_a_name_are_not_of_it() -> None:
    found = read("""
    Ann PROPN nsubj 7
    , PUNCT punct 4
    in ADP case 4
    Osk PROPN nmod 1
    as ADP case 6
    mayor NOUN nmod 1
    spoke VERB root 0
    """)
    assert found == [("Ann", "name"), ("Osk", "name"), ("mayor", "noun")]


def test_nothing_in_no_text() -> None:
    assert phrases([], []) == []
