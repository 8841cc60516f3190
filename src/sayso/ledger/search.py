"""Full-text search over reports and statements, with an inverted index of our own: no extension of DuckDB is needed.

Words are folded (NFKD, marks dropped, case folded: *São* is found as *sao*), a possessive *'s* and plural endings are
dropped by Harman's S-stemmer (1991, "How effective is suffixing?", JASIS 42), and ranked by Okapi BM25 with k1 = 1.2 and b = 0.75,
the values of Robertson and Zaragoza (2009). Words in quotation marks must stand beside each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from duckdb import DuckDBPyConnection

from sayso.records import Json, Reading

K1, B = 1.2, 0.75
KINDS = ("reports", "statements")

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_QUOTED = re.compile(r'["“”]([^"“”]+)["“”]')


@dataclass(frozen=True, slots=True)
class Hit:
    """A report or statement that matches: `record` is the statement's id (None for a report), `score` its BM25, `text` its words."""

    kind: str
    report: str
    record: str | None
    score: float
    text: str


def terms(text: str) -> list[str]:
    """The folded and stemmed words of a text, in order."""
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return [_stem(word) for word in _WORD.findall(folded)]


@lru_cache(1 << 16)
def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    if not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4 and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and len(word) > 3 and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if len(word) <= 3 or word.endswith(("us", "ss")) else word[:-1]


def document_rows(reading: Reading, first: int) -> Iterator[tuple[Json, Json]]:
    """The documents of a reading, numbered from `first`, each with its terms: the report, then its statements."""
    report = reading.report
    texts: list[tuple[str, str | None, str]] = [("reports", None, _whole(report.title, report.text))]
    texts += [("statements", s.id, " ".join(c.text for c in s.content)) for s in reading.statements]
    for number, (kind, record, text) in enumerate(texts, first):
        counts = Counter(terms(text))
        document = {"document": number, "kind": kind, "report": report.id, "record": record, "words": counts.total()}
        yield document, {"document": number, "terms": list(counts), "counts": list(counts.values())}


def _whole(title: str | None, text: str) -> str:
    """Title and text of a report; the title once, where the text begins with it."""
    return text if not title or text.startswith(title) else f"{title}\n{text}"


_RANK = f"""
WITH wanted AS (SELECT unnest($terms) AS term),
     corpus AS (SELECT document, report, record, words FROM history.search_documents WHERE kind = $kind),
     size AS (SELECT count(*) AS documents, avg(words) AS mean FROM corpus),
     found AS (SELECT p.term, p.document, p.count FROM history.search_postings p JOIN wanted USING (term) JOIN corpus USING (document)),
     rarity AS (SELECT term, count(*) AS df FROM found GROUP BY term),
     scored AS (
         SELECT document, count(DISTINCT term) AS matched,
                sum(ln(1 + (documents - df + 0.5) / (df + 0.5))
                    * count * {K1 + 1} / (count + {K1} * (1 - {B} + {B} * words / greatest(mean, 1)))) AS score
         FROM found JOIN rarity USING (term) JOIN corpus USING (document), size GROUP BY document)
SELECT c.report, c.record, s.score FROM scored s JOIN corpus c USING (document)
WHERE s.matched >= $least ORDER BY s.score DESC, c.report, c.record
"""
_TEXT = {
    "reports": "SELECT title, text FROM history.reports WHERE id = ?",
    "statements": "SELECT NULL, content FROM statements WHERE report = ? AND id = ?",
}


def search(connection: DuckDBPyConnection, words: str, *, kind: str = "reports", limit: int = 20) -> list[Hit]:
    """The documents of a kind that hold any of the words (all words of every quoted phrase), best first."""
    if kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}")
    phrases = [terms(phrase) for phrase in _QUOTED.findall(words)]
    wanted = sorted(set(terms(words)))
    if not wanted:
        return []
    must = {term for phrase in phrases for term in phrase}
    given = {"terms": wanted, "kind": kind, "least": max(1, len(must))}
    hits: list[Hit] = []
    for report, record, score in connection.execute(_RANK, given).fetchall():
        row = connection.execute(_TEXT[kind], [report] if record is None else [report, record]).fetchone()
        text = _whole(*row) if row else ""
        if all(_stands_in(phrase, text) for phrase in phrases):
            hits.append(Hit(kind, report, record, round(float(score), 4), text.strip()))
        if len(hits) == limit:
            break
    return hits


def _stands_in(phrase: list[str], text: str) -> bool:
    words = terms(text)
    return any(words[i : i + len(phrase)] == phrase for i in range(len(words) - len(phrase) + 1))
