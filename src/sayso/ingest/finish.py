"""The last step of every reader: from a draft, or a text taken verbatim, to the Report."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.errors import EmptyInput, NoDate
from sayso.ingest.arrange import arrange
from sayso.ingest.blocks import Draft, Facts, assemble, squeeze, tidy
from sayso.ingest.dates import best
from sayso.ingest.language import need_english
from sayso.ingest.limits import bound_text
from sayso.ingest.problems import Problem
from sayso.ingest.verbatim import canonical, find_parts
from sayso.records import Part, Report


def finish(draft: Draft, path: str, published: str | None) -> Iterator[Problem | Report]:
    """A warning where no date was found, then the report. Raises EmptyInput (S103), TooLarge (S105), UnreadLanguage (S112)."""
    if not any(b.text for b in draft.blocks):
        raise EmptyInput("there is no text in it", "only spaces or marks were found", "check how it was saved")
    text, parts = assemble(arrange(draft))
    yield from _report(text, parts, draft.facts, path, published)


def finish_verbatim(text: str, facts: Facts, path: str, published: str | None) -> Iterator[Problem | Report]:
    """The same for a text that is taken as it is (only CRLF becomes LF); its title stays outside."""
    text = canonical(text)
    parts = find_parts(bound_text(text), facts)
    yield from _report(text, parts, facts, path, published)


def _report(
    text: str, parts: tuple[Part, ...], facts: Facts, path: str, published: str | None
) -> Iterator[Problem | Report]:
    bound_text(text)
    language = need_english(text)
    date = best(facts.dates) or best(facts.late) or published
    if date is None:
        why = "none was found in metadata, address, first lines or dateline"
        yield Problem(path, None, NoDate("the report has no date", why, "give one with --published"), warning=True)
    yield Report.make(
        text,
        title=canonical(facts.title) if facts.title else None,
        byline=_name(facts.byline),
        publisher=_name(facts.publisher),
        published=date,
        url=canonical(facts.url) if facts.url else None,
        language=language,
        parts=parts,
        agency=facts.agency,
        path=path or None,
    )


def _name(value: str | None) -> str | None:
    """A name on one line, at most 200 characters."""
    return squeeze(tidy(value))[:200] or None if value else None
