"""Transcripts, quotations that a colon introduces, and what stands inside a quotation."""

from __future__ import annotations

from sayso.reading import statements
from sayso.reading.context import Context
from sayso.reading.quotes import Quotes
from tests.reading.build import flat, parsed, says


def told(ctx: Context) -> list[tuple[str | None, str | None, list[str]]]:
    drafts = statements.drafts(ctx, Quotes(ctx.report.text))
    words = lambda r: ctx.span(*r).text if r else None  # noqa: E731
    return [(words(d.source), words(d.cue), [ctx.span(*c).text for c in d.content]) for d in drafts]


def test_an_answer_goes_on_to_the_end_of_its_paragraph():
    ctx = flat("Q: Is the bridge open?\n\nA: It is not. Two spans fell.\n\nThe river is high.")
    assert told(ctx) == [("Q", None, ["Is the bridge open"]), ("A", None, ["It is not", "Two spans fell"])]


def test_a_quotation_behind_a_colon_is_its_subjects():
    ctx = parsed(
        'The/DET/det/2 governor/NOUN/nsubj/4 was/AUX/cop/4 blunt/ADJ/root/0 _:/PUNCT/punct/4 "/PUNCT/punct/8 '
        '_Nobody/PRON/nsubj/8 warned/VERB/parataxis/4 us/PRON/obj/8 _./PUNCT/punct/4 _"/PUNCT/punct/4'
    )
    assert told(ctx) == [("The governor", None, ["Nobody warned us"])]


def test_wanting_inside_a_quotation_is_said_by_who_is_quoted():
    ctx = flat('"We lost all," said Amina Sule. "I want the names."')
    says(ctx, "said", "Amina Sule", ["We lost all"])
    says(ctx, "want", "I", ["the names"])
    assert ("Amina Sule", "said", ["We lost all", "I want the names"]) in told(ctx)
    assert ("I", "want", ["the names"]) in told(ctx)


def test_nobody_makes_no_statement():
    ctx = flat("No one claimed the attack.")
    says(ctx, "claimed", "No one", ["the attack"])
    assert told(ctx) == []


def test_the_lead_in_of_a_quotation_is_left_out():
    ctx = flat('The minister said only: "No more talks."')
    says(ctx, "said", "The minister", ['only : " No more talks'])
    assert told(ctx) == [("The minister", "said", ["No more talks"])]


def test_content_that_began_too_early_begins_at_its_that():
    ctx = parsed(
        "She/PRON/nsubj/2 told/VERB/root/0 reporters/NOUN/obj/2 before/ADP/case/6 the/DET/det/6 talks/NOUN/obl/2 "
        "that/SCONJ/mark/10 rivers/NOUN/nsubj/10 had/AUX/aux/10 risen/VERB/ccomp/2 _./PUNCT/punct/2"
    )
    says(ctx, "told reporters", "She", ["the talks that rivers had risen"])
    assert told(ctx) == [("She", "told reporters", ["rivers had risen"])]
