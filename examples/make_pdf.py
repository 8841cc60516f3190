"""Writes gazette-what-we-know.pdf: a small two-page PDF with a real text layer, the same bytes on every machine.

Run `python examples/make_pdf.py` from anywhere. Standard library only: the file is written object by object, with the
fonts that every PDF reader has (Times, in WinAnsiEncoding). Pages have a running head and numbers, lines are broken and
some words hyphenated, as in a newspaper's PDF, so that the example shows what reading it has to mend.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

TITLE = "What we know about the strikes and the talks"
HEAD = "Harbour Gazette · Saturday Edition"
BYLINE = "By Priya Raman"
DATE = "24 January 2026"
PARAGRAPHS = (
    "Ukraine and Russia ended two days of talks in Abu Dhabi on Saturday under the sha|dow of an air attack that killed one "
    "person and injured between 25 and 30, accord|ing to officials in Kyiv and Kharkiv.",
    "Ukrainian officials coun|ted over 370 attack drones. Mil|itary bloggers in Russia clai|med that fewer than 300 had "
    "been laun|ched; neither number could be checked.",
    "“We are not nego|tiating under missiles, we are nego|tiating in spite of them,” said a member of the Ukrainian "
    "del|egation, who spoke on condi|tion that he not be named.",
    "The Northern Courier quoted a Russian diplomat as saying that the Amer|ican side had prom|ised a new draft within "
    "ten days. A U.S. official denied that any deadline had been set.",
    "The mayor of Kyiv, Vitali Klitschko, said on Tele|gram that dozens of crews were at work to bring back heat and water. "
    "DTEK said 88,000 fami|lies had been without power and that almost all were connec|ted again by the after|noon.",
    "The tally of the injured has moved through the day: at least 15 in the morning, more than 20 at noon, 27 in the "
    "eve|ning. A hos|pital in Kharkiv said two pa|tients had been counted twice.",
    "Trump and Zelensky have agreed on guaran|tees for the time after a war, the Ukrainian presi|dent said. The Kremlin "
    "insists on the Donbas first.",
    "If the envoys meet again, it will be next weekend, two people briefed on the plans said.",
    "Written for the sayso examples; not a news report.",
)
LEFT, TOP, LEADING, WIDTH, BREAK = 72, 690, 16, 56, 26


def lines() -> list[str]:
    """The article as lines of at most WIDTH characters, an empty one between paragraphs.

    A bar in a word is where it may be broken; the hyphen is written only where a line ends there.
    """
    out: list[str] = []
    for paragraph in PARAGRAPHS:
        out.append("")
        for word in paragraph.split():
            first, _, second = word.partition("|")
            room = WIDTH - len(out[-1]) - 1
            if len(first + second) <= room:
                out[-1] = f"{out[-1]} {first}{second}".strip()
            elif second and len(first) + 1 <= room:
                out[-1] += f" {first}-"
                out.append(second)
            else:
                out.append(first + second)
        out.append("")
    return out[:-1]


def _show(text: str, font: str, size: int, x: int, y: int) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET\n".encode("cp1252")


def page(number: int, body: list[str]) -> bytes:
    """The content stream of one page."""
    out = [_show(HEAD, "F1", 9, LEFT, 756), _show(f"Page {number} of 2", "F1", 9, 480, 40)]
    y = TOP
    if number == 1:
        for line in wrap(TITLE, 40):
            out.append(_show(line, "F2", 22, LEFT, y))
            y -= 26
        out += [_show(BYLINE, "F1", 11, LEFT, y - 8), _show(DATE, "F1", 11, LEFT, y - 34)]
        y -= 66
    for line in body:
        if line:
            out.append(_show(line, "F1", 12, LEFT, y))
        y -= LEADING if line else LEADING // 2 + 4
    return b"".join(out)


def document() -> bytes:
    """The whole file."""
    body = lines()
    streams = [page(1, body[:BREAK]), page(2, body[BREAK:])]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [5 0 R 7 0 R] /Count 2 >>",
        font % b"Times-Roman",
        font % b"Times-Bold",
    ]
    for i, stream in enumerate(streams):
        resources = b"<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %s /Contents %d 0 R >>"
            % (resources, 6 + 2 * i)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(
        b"<< /Title (%s) /Author (Harbour Gazette) /CreationDate (D:20260124190000Z) >>" % TITLE.encode("cp1252")
    )
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for i, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, content)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        len(objects),
        len(out),
    )
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)


if __name__ == "__main__":
    Path(__file__).with_name("gazette-what-we-know.pdf").write_bytes(document())
