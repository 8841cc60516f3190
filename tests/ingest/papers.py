"""Inputs for the ingest tests, written for them: a report with the dirt of the world, and small PDFs made object by object."""

from __future__ import annotations

DIRTY = """

# Harbour Town Says Night Raid Puts Truce in Doubt

By [AFP](#)

March 3, 2025



## Coast Guard of Westland

Westland on Monday accused its neighbour of breaking the truce, as envoys met for a second day.

The shelling killed two people and injured 14, officials said, as the envoys were about to begin the river

talks again.

**Related article:** [Few Hopes as Envoys Head to the Capital](#)

Most houses on the quay belong to the port. Diplomacy has gained pace, but Eastland

and Westland remain far apart.

### **'Massive' raid**

"We are cold," Mayor Ann Field posted on Telegram.

"They will come back — all of them."

Original url:

<https://www.themoscowtimes.com/2025/03/03/harbour-town-says-night-raid-a1>"""

DIRTY_BODY = """Westland on Monday accused its neighbour of breaking the truce, as envoys met for a second day.

The shelling killed two people and injured 14, officials said, as the envoys were about to begin the river talks again.

Most houses on the quay belong to the port. Diplomacy has gained pace, but Eastland and Westland remain far apart.

'Massive' raid

"We are cold," Mayor Ann Field posted on Telegram.

"They will come back — all of them.\""""

PAGE = """<!DOCTYPE html><html><head><title>Two hurt in quay fire - Sample Post</title>
<meta property="og:title" content="Two hurt in quay fire"><meta property="og:site_name" content="Sample Post">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Two hurt in quay fire", "datePublished": "2025-03-03T08:15:00Z", "author": [{"name": "Ann Roe"}, {"name": "Bo Lund"}]}</script>
<link rel="canonical" href="https://samplepost.example/2025/03/03/quay-fire"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Two hurt in quay fire</h1>
<p>A fire on the quay hurt two people on Monday, the fire service said in a statement.</p>
<figure><img src="a.jpg"><figcaption>Smoke over the quay on Monday. <span class="credit">Jo Vane/Sample Post</span></figcaption></figure>
<p>The harbour master, Cy Dahl, said the fire began in a store of nets and was out by noon.</p>
<h2>Third fire this year</h2>
<p>It was the third fire on the quay this year. The council will meet on Thursday to discuss it.</p></article>
<aside><p>Most read: ten walks for a cold Sunday in the hills around the town and the sea.</p></aside>
<footer><p>All rights reserved. Use of this site is subject to terms.</p></footer></body></html>"""

ENGLISH = (
    "The mayor said that two people were hurt in the fire on the quay and that the road from the harbour was closed."
)


def pdf(pages: list[list[tuple[str, int, int, int]]], *, info: str = "", encrypt: bool = False) -> bytes:
    """A PDF of pages of (text, size, x, y), in Times; with an information dictionary, or a lock, where asked for."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        stream = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for text, size, x, y in lines)
        kids.append(f"{len(objects) + 1} 0 R")
        resources = "<< /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    trailer = f"/Root 1 0 R /Info {len(objects)} 0 R"
    if encrypt:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'43' * 16}> <{'43' * 16}>]"
    out, offsets = b"%PDF-1.4\n", []
    for i, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{i} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{at:010} 00000 n \n" for at in offsets)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()


def column(lines: list[str], *, top: int = 700, size: int = 12, left: int = 72) -> list[tuple[str, int, int, int]]:
    """Lines of one size under each other, 16 points apart; an empty one leaves a gap."""
    return [(line, size, left, top - 16 * i) for i, line in enumerate(lines) if line]
