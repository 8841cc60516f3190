"""Gold that follows its text into an unclean one: trees, names, ledgers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evaluation import names
from evaluation.conllu import Document, Sentence, Word
from evaluation.data import lines
from evaluation.dirt import Dirty

Json = dict[str, Any]


# --- trees -----------------------------------------------------------------------------------------------------------


def document(clean: Document, dirty: Dirty) -> Document:
    """The document over the unclean text, without the words of which nothing is left (and on which nothing hangs)."""
    found = Document(clean.name, dirty.text)
    for old in clean.sentences:
        words = _left(_moved(clean.text, old.words, dirty))
        if words:
            found.sentences.append(Sentence(words, dirty.at[old.start], dirty.at[old.end], old.name))
    return found


def _moved(text: str, words: list[Word], dirty: Dirty) -> list[Word]:
    """The words at their new places; those of one surface token have what has become of their part of it as form."""
    moved: list[Word] = []
    token, reached = (-1, -1), 0
    for word in words:
        form = word.form
        if word.joined:
            reached = reached if (word.start, word.end) == token else word.start
            token, end = (word.start, word.end), reached + len(form)
            if text[reached:end] == form:
                form, reached = dirty.cut(reached, end), end
        moved.append(replace(word, form=form, start=dirty.at[word.start], end=dirty.at[word.end]))
    return moved


def _left(words: list[Word]) -> list[Word]:
    governors = {w.head for w in words}
    kept = [n for n, w in enumerate(words, 1) if w.start < w.end or n in governors or not w.head]
    number = {0: 0} | {old: new for new, old in enumerate(kept, 1)}
    return [replace(words[n - 1], head=number[words[n - 1].head]) for n in kept]


# --- names -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Named:
    """A document: its text, and its names as (first character, one past the last, label of the set)."""

    text: str
    names: set[names.Name]


def named(path: Path) -> list[Named]:
    """The documents of a file of tagged names, as raw text: its `# text` comments, else its words with blanks between them."""
    texts = _comments(path)
    sentences = names.read(path)
    if len(texts) != len(sentences):
        texts = [""] * len(sentences)
    known = {id(s): text for s, text in zip(sentences, texts, strict=True)}
    return [_joined([(s, known[id(s)]) for s in part]) for part in names.documents(sentences)]


def _joined(part: list[tuple[names.Tagged, str]]) -> Named:
    """The sentences of one document side by side."""
    whole = Named("", set())
    for sentence, text in part:
        spans = _spans(sentence.words, text)
        if not spans:
            text = " ".join(sentence.words)
            spans = _spans(sentence.words, text)
        whole.text += " " if whole.text else ""
        start = len(whole.text)
        whole.text += text
        whole.names |= {(start + spans[a][0], start + spans[b - 1][1], label) for a, b, label in sentence.names}
    return whole


def _spans(words: list[str], text: str) -> list[tuple[int, int]]:
    """The characters of each word; none where the words are not those of the text, in their order and with only blanks between."""
    spans: list[tuple[int, int]] = []
    at = 0
    for word in words:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            return []
        at = start + len(word)
        spans.append((start, at))
    return spans


def _comments(path: Path) -> list[str]:
    return [line.partition("=")[2].strip() for line in lines(path) if line.startswith("# text =")]


# --- ledgers ---------------------------------------------------------------------------------------------------------


def report(gold: Json, change: Callable[[str, str], Dirty]) -> Json:
    """A gold report over the changed text: all spans at their new places, the title changed where the text begins with it."""
    text: str = gold["text"].replace("\r\n", "\n")
    dirty = change(text, str(gold.get("id") or ""))
    moved: Json = {key: _follow(value, dirty) for key, value in gold.items() if key != "sentences"}
    title = gold.get("title")
    if title and text.startswith(title):
        moved["title"] = dirty.cut(0, len(title))
    return {**moved, "text": dirty.text}


def _follow(value: Any, dirty: Dirty) -> Any:
    """The same with every `start`, `end`, `text` of a span as it is now; other numbers and words stay."""
    if isinstance(value, list):
        return [_follow(item, dirty) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _follow(item, dirty) for key, item in value.items()}
    start, end = value.get("start"), value.get("end")
    if isinstance(start, int) and isinstance(end, int):
        found |= {"start": dirty.at[start], "end": dirty.at[end]}
        if "text" in value:
            found["text"] = dirty.cut(start, end)
    return found
