from __future__ import annotations

import pytest

from sayso.reading import statements
from sayso.reading.quotes import Quotes
from sayso.reading.statements import Voices
from tests.reading.build import at, flat, found, parsed, says


def drafts(ctx) -> list[statements.Draft]:
    return statements.drafts(ctx, Quotes(ctx.report.text))


def words(ctx, place) -> str | None:
    return ctx.span(*place).text if place else None


def contents(ctx, draft) -> list[str]:
    return [ctx.span(*r).text for r in draft.content]


def test_source_cue_and_content():
    ctx = flat("The mayor said that two bridges fell.")
    says(ctx, "said", "the mayor", ["two bridges fell ."])
    (draft,) = drafts(ctx)
    assert (words(ctx, draft.source), words(ctx, draft.cue), contents(ctx, draft)) == (
        "The mayor",
        "said",
        ["two bridges fell"],
    )
    assert (draft.manner, draft.within) == ("indirect", None)
    assert any("cue 'said'" in line for line in draft.trace)


def test_that_is_no_part_of_what_is_said():
    ctx = parsed(
        "She/PRON/nsubj/2 said/VERB/root/0/say that/SCONJ/mark/5 bridges/NOUN/nsubj/5 fell/VERB/ccomp/2/fall ./PUNCT/punct/2"
    )
    says(ctx, "said", "She", ["that bridges fell ."])
    assert contents(ctx, drafts(ctx)[0]) == ["bridges fell"]


def test_content_in_two_pieces_round_the_cue_stays_in_two():
    ctx = flat("Two bridges fell, the mayor said, and one road sank.")
    says(ctx, "said", "the mayor", ["Two bridges fell", "and one road sank"])
    assert contents(ctx, drafts(ctx)[0]) == ["Two bridges fell", "and one road sank"]


def test_pieces_with_a_small_gap_are_one():
    ctx = flat("The mayor said two bridges , sadly , fell.")
    says(ctx, "said", "the mayor", ["two bridges", "sadly", "fell"])
    assert contents(ctx, drafts(ctx)[0]) == ["two bridges , sadly , fell"]


def test_content_never_holds_its_own_cue_or_source():
    ctx = flat("Two bridges fell, the mayor said on Monday.")
    says(ctx, "said", "the mayor", ["Two bridges fell , the mayor said on Monday"])
    (draft,) = drafts(ctx)
    assert contents(ctx, draft) == ["Two bridges fell", "on Monday"]


def test_without_content_the_tree_below_the_cue_is_taken():
    ctx = parsed(
        "The/DET/det/2 mayor/NOUN/nsubj/3 rejected/VERB/root/0/reject the/DET/det/5 claim/NOUN/obj/3 ./PUNCT/punct/3"
    )
    says(ctx, "rejected", "The mayor")
    (draft,) = drafts(ctx)
    assert contents(ctx, draft) == ["the claim"]
    assert draft.score < 0.5


def test_without_a_source_the_subject_is_taken():
    ctx = parsed("The/DET/det/2 mayor/NOUN/nsubj/3 said/VERB/root/0/say bridges/NOUN/nsubj/5 fell/VERB/ccomp/3/fall")
    says(ctx, "said", None, ["bridges fell"])
    assert words(ctx, drafts(ctx)[0].source) == "The mayor"


def test_the_subject_of_a_passive_is_no_source():
    ctx = parsed(
        "Residents/NOUN/nsubj:pass/3 were/AUX/aux:pass/3/be told/VERB/root/0/tell to/PART/mark/5 leave/VERB/xcomp/3"
    )
    says(ctx, "told", None, ["to leave"])
    assert drafts(ctx)[0].source is None


def test_a_cue_that_says_nothing_is_no_statement():
    ctx = parsed("He/PRON/nsubj/2 spoke/VERB/root/0/speak ./PUNCT/punct/2")
    says(ctx, "spoke", "He")
    assert drafts(ctx) == []


@pytest.mark.parametrize(
    ("text", "content", "manner"),
    [
        ("“Two bridges fell,” she said.", "Two bridges fell", "direct"),
        ("She said two bridges fell.", "two bridges fell", "indirect"),
        ("She said it was “a dark day” for all.", "it was “ a dark day ” for all", "mixed"),
    ],
)
def test_the_manner(text, content, manner):
    ctx = flat(text)
    says(ctx, "said", "she", [content])
    assert drafts(ctx)[0].manner == manner


def test_a_quotation_goes_on_over_sentences():
    ctx = flat("“Two bridges fell,” the mayor said. “We work all night. We will not rest.”")
    says(ctx, "said", "the mayor", ["Two bridges fell"])
    (draft,) = drafts(ctx)
    assert contents(ctx, draft) == ["Two bridges fell", "We work all night", "We will not rest"]


def test_a_quotation_goes_on_over_paragraphs():
    ctx = flat("“Two bridges fell,” the mayor said. “We work.\n\n“We will not rest.”\n\nThe road is shut.")
    says(ctx, "said", "the mayor", ["Two bridges fell"])
    assert contents(ctx, drafts(ctx)[0]) == ["Two bridges fell", "We work", "We will not rest"]


def test_what_comes_before_the_cue_in_one_quotation_belongs_to_it():
    ctx = flat("“We work all night. We will not rest,” the mayor said.")
    says(ctx, "said", "the mayor", ["We will not rest"])
    assert contents(ctx, drafts(ctx)[0]) == ["We work all night", "We will not rest"]


def test_plain_sentences_after_a_statement_are_the_reports_own():
    ctx = flat("Two bridges fell, the mayor said. The road is shut.")
    says(ctx, "said", "the mayor", ["Two bridges fell"])
    assert contents(ctx, drafts(ctx)[0]) == ["Two bridges fell"]


def test_a_statement_inside_a_statement():
    ctx = flat("The agency quoted the mayor as saying that divers told him two bridges fell.")
    says(ctx, "quoted", "The agency", ["the mayor as saying that divers told him two bridges fell"])
    says(ctx, "saying", "the mayor", ["divers told him two bridges fell"])
    says(ctx, "told", "divers", ["two bridges fell"])
    made = drafts(ctx)
    by_cue = {words(ctx, d.cue): k for k, d in enumerate(made)}
    assert made[by_cue["quoted"]].within is None
    assert made[by_cue["saying"]].within == by_cue["quoted"]
    assert made[by_cue["told"]].within == by_cue["saying"]
    assert Voices(made).at(at(ctx, "two bridges")[0]) == by_cue["told"]
    assert Voices(made).at(0) is None


def test_two_cues_that_hold_each_other_do_not_nest():
    ctx = flat("One said two said all.")
    says(ctx, "said", "One", ["two said all"])
    says(ctx, "said", "two", ["One said", "all"], nth=2)
    made = drafts(ctx)
    for k, draft in enumerate(made):
        seen, at_ = {k}, draft.within
        while at_ is not None:
            assert at_ not in seen
            seen.add(at_)
            at_ = made[at_].within


def test_of_two_cues_over_the_same_words_the_surer_stays():
    ctx = flat("The mayor said, adding two bridges fell.")
    says(ctx, "said", "The mayor", ["two bridges fell"])
    ctx.analysis.attributions.append(
        type(ctx.analysis.attributions[0])(
            found(ctx, "adding", "cue", 0.5), (found(ctx, "two bridges fell", "content", 0.5),)
        )
    )
    (draft,) = drafts(ctx)
    assert words(ctx, draft.cue) == "said"


def test_a_dateline_is_nobody():
    ctx = flat("ORSTED, March 9 - Two bridges fell, police said.")
    frame = says(ctx, "said", "ORSTED", ["Two bridges fell"])
    (draft,) = drafts(ctx)
    assert draft.source is None
    ctx.analysis.attributions[:] = [type(frame)(frame.trigger, (*frame.roles, found(ctx, "police", "source", 0.6)))]
    (draft,) = drafts(ctx)
    assert words(ctx, draft.source) == "police"


def test_a_headline_with_a_name_and_a_colon():
    ctx = flat("Ministry: no talks before spring\n\nThe road is shut.")
    ctx.analysis.names.append(found(ctx, "Ministry", "organisation"))
    ctx = type(ctx)(ctx.report, ctx.analysis)  # which name a word is part of is sorted out once
    (draft,) = drafts(ctx)
    assert (words(ctx, draft.source), draft.cue, contents(ctx, draft)) == ("Ministry", None, ["no talks before spring"])


def test_a_time_with_a_colon_is_no_label():
    assert drafts(flat("Lunch: soup and bread for all.")) == []


def test_a_quotation_that_ends_its_own_sentence_before_the_cue():
    ctx = flat('"Who pays for this?" the mayor asked.')
    says(ctx, "asked", "the mayor", [])
    (draft,) = drafts(ctx)
    assert contents(ctx, draft) == ["Who pays for this?"] or contents(ctx, draft) == ["Who pays for this"]
    assert any("follows upon a quotation" in line for line in draft.trace)


def test_a_cue_between_commas_has_both_halves_of_its_clause():
    ctx = parsed(
        "Peace/PROPN/nsubj/6 ,/PUNCT/punct/4 he/PRON/nsubj/4 says/VERB/parataxis/6/say ,/PUNCT/punct/4 takes/VERB/root/0/take "
        "time/NOUN/obj/6 ./PUNCT/punct/6"
    )
    says(ctx, "says", "he", ["takes time"])
    (draft,) = drafts(ctx)
    assert contents(ctx, draft) == ["Peace", "takes time"]


def test_where_it_was_said_is_not_what_was_said():
    ctx = parsed(
        "He/PRON/nsubj/2 said/VERB/root/0/say bridges/NOUN/nsubj/4 fell/VERB/ccomp/2/fall at/ADP/case/6 talks/NOUN/obl/2 "
        "in/ADP/case/8 Oslo/PROPN/nmod/6 ./PUNCT/punct/2"
    )
    says(ctx, "said", "He", ["bridges fell at talks in Oslo"])
    (draft,) = drafts(ctx)
    assert contents(ctx, draft) == ["bridges fell"]


def test_what_hangs_on_the_source_is_no_content_beside_a_clause():
    ctx = parsed(
        "Kern/PROPN/nsubj/6 ,/PUNCT/punct/4 a/DET/det/4 farmer/NOUN/appos/1 ,/PUNCT/punct/1 says/VERB/root/0/say "
        "they/PRON/nsubj/8 left/VERB/ccomp/6/leave ./PUNCT/punct/6"
    )
    says(ctx, "says", "Kern", ["a farmer", "they left"])
    (draft,) = drafts(ctx)
    assert contents(ctx, draft) == ["they left"]


def test_marks_and_model_disagreeing_cost_confidence():
    ctx = flat("The mayor said that two bridges fell.")
    frame = says(ctx, "said", "the mayor", ["two bridges fell ."])
    (sure,) = drafts(ctx)
    ctx.analysis.attributions[:] = [
        type(frame)(frame.trigger, frame.roles, {"manner": found(ctx, "said", "direct")}),
    ]
    (doubted,) = drafts(ctx)
    assert doubted.manner == sure.manner == "indirect"
    assert doubted.score < sure.score
    assert any("the model has it direct" in line for line in doubted.trace)


def test_a_dateline_is_no_part_of_what_is_said():
    ctx = flat("PORT SELLEN, 3 March 2026 - Two bridges fell, officials said.")
    says(ctx, "said", "officials", ["March 2026 - Two bridges fell"])
    (draft,) = drafts(ctx)
    assert contents(ctx, draft) == ["Two bridges fell"]


def test_the_subject_of_the_cue_speaks_not_that_of_the_clause_it_interrupts():
    ctx = parsed(
        "Rescue/NOUN/compound/2 teams/NOUN/nsubj/8 ,/PUNCT/punct/5 Calder/PROPN/nsubj/5 said/VERB/root/0/say ,/PUNCT/punct/5 "
        "will/AUX/aux/8 search/VERB/ccomp/5 ./PUNCT/punct/5"
    )
    frame = says(ctx, "said", None, ["will search"])
    ctx.analysis.attributions[:] = [
        type(frame)(frame.trigger, (found(ctx, "Rescue teams", "source"), found(ctx, "Calder", "source"), *frame.roles))
    ]
    (draft,) = drafts(ctx)
    assert words(ctx, draft.source) == "Calder"
    assert contents(ctx, draft) == ["Rescue teams", "will search"]
