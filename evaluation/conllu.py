"""CoNLL-U files: documents, paragraphs, sentences, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.data import lines
from sayso.errors import EvaluationError


@dataclass(slots=True)
class Word:
    """A syntactic word: its columns, and the characters of the surface token it belongs to (`start:end` of the document).

    `head` is the position of its governor in the sentence, from 1; 0 for a root. `joined`: one of several words of its token.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    start: int = 0
    end: int = 0
    joined: bool = False
    space: bool = True


@dataclass(slots=True)
class Sentence:
    """The words of a sentence, its characters, and its `sent_id` where it has one."""

    words: list[Word] = field(default_factory=list)
    start: int = 0
    end: int = 0
    name: str = ""


@dataclass(slots=True)
class Document:
    """A document: its raw text (paragraphs parted by a blank line, tokens joined as SpaceAfter says) and its sentences."""

    name: str
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)

    def tokens(self) -> list[tuple[int, int]]:
        """The characters of each surface token."""
        found: list[tuple[int, int]] = []
        for sentence in self.sentences:
            for word in sentence.words:
                if not found or found[-1] != (word.start, word.end):
                    found.append((word.start, word.end))
        return found


class _Reader:
    """Reads the lines of one file into documents."""

    def __init__(self, path: Path) -> None:
        self.documents: list[Document] = []
        self._path = path
        self._paragraph = True
        self._space = ""
        self._range = (0, 0, 0)
        self._name = ""

    def comment(self, line: str) -> None:
        """`# newdoc`, `# newpar` (not `# newpar_block` and the like), `# sent_id`."""
        key = line[1:].split("=")[0].split()[:1]
        if key == ["newdoc"]:
            self._open(line.partition("=")[2].strip())
        elif key == ["newpar"]:
            self._paragraph = True
        elif key == ["sent_id"]:
            self._name = line.partition("=")[2].strip()

    def sentence(self, rows: list[list[str]]) -> None:
        """One sentence from its columns."""
        if not self.documents:
            self._open("")
        document = self.documents[-1]
        document.text += "\n\n" if self._paragraph and document.text else "" if self._paragraph else self._space
        sentence = Sentence(start=len(document.text), name=self._name)
        first = True
        for columns in rows:
            first = self._row(document, sentence, columns, first)
        self._paragraph = False
        self._range, self._name = (0, 0, 0), ""
        sentence.end = len(document.text)
        document.sentences.append(sentence)

    def _row(self, document: Document, sentence: Sentence, columns: list[str], first: bool) -> bool:
        number, form = columns[0], "".join(columns[1].split())
        if "." in number:
            return first
        until, start, end = self._range
        inner = "-" not in number and int(number) <= until
        if not inner:
            document.text += "" if first else self._space
            start, document.text = len(document.text), document.text + form
            end = len(document.text)
            self._space = "" if "SpaceAfter=No" in columns[9].split("|") else " "
            if "-" in number:
                self._range = (int(number.split("-")[1]), start, end)
                return False
        space = bool(self._space) and (not inner or int(number) == until)
        _, _, lemma, upos, xpos, _, head, deprel = columns[:8]
        sentence.words.append(Word(form, lemma, upos, xpos, int(head), deprel, start, end, inner, space))
        return False

    def _open(self, name: str) -> None:
        self.documents.append(Document(name))
        self._paragraph, self._space = True, ""


def read(path: Path) -> list[Document]:
    """The documents of a CoNLL-U file, gzip or not. Raises EvaluationError where it is none."""
    reader = _Reader(path)
    try:
        for block in _blocks(lines(path)):
            for line in block:
                if line.startswith("#"):
                    reader.comment(line)
            rows = [line.split("\t") for line in block if not line.startswith("#")]
            if rows:
                reader.sentence(rows)
    except (ValueError, IndexError) as error:
        raise EvaluationError(f"{path.name} is no CoNLL-U", str(error), "give a file with ten columns") from error
    return reader.documents


def _blocks(source: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*source, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
