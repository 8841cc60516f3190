"""Bytes to characters: told with confidence, or refused."""

from __future__ import annotations

import re

from sayso.errors import BadEncoding, BinaryInput, EmptyInput

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# First bytes of common files that are no text, with the name to tell the user.
_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
    (b"%PDF-", "a PDF; give it the ending .pdf"),
)
_SAMPLE = 65_536
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27} | {127})
# What windows-1252 is used for in English text: typographic signs, and letters of names.
_SIGNS = set("€‚„…‰‹‘’“”•–—™›«»©®°±·£¥§¿¡´¨½¼¾²³ªº\xa0¢¶×")


def decode(data: bytes, declared: str | None = None) -> str:
    """The characters of `data`: by its byte order mark, as UTF-8, as `declared`, or as windows-1252 where that is plain.

    Raises EmptyInput (S103), BinaryInput (S104) and BadEncoding (S106).
    """
    if not data.strip():
        raise EmptyInput("the file is empty", "there is nothing in it to read", "check how it was saved")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _marked(data, name)
    if wide := _wide(data):
        return _marked(data, wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        refuse_binary(data)
        return _other(data, declared, error)
    refuse_binary(data)
    return text


def refuse_binary(data: bytes) -> None:
    """Raise BinaryInput (S104) where `data` starts like a known binary file or holds too many control bytes."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise _binary(f"it is {name}")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    # A stray NUL or form feed happens in text that went through old systems; one byte in fifty does not.
    if controls * 50 > len(sample):
        raise _binary(f"{controls} of its first {len(sample)} bytes are control bytes")


def _binary(why: str) -> BinaryInput:
    return BinaryInput("the file is no text", why, "save the report as .txt, .md, .html, .pdf or .jsonl")


def _marked(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 6:  # cut in the middle of the last character
            return data.decode(name, "replace")
        raise _unreadable(f"it is marked as {name} but is not, at byte {error.start}") from error


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    sample = data[: _SAMPLE & ~1]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if half >= 8 and odd > 0.7 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if half >= 8 and even > 0.7 * half and odd == 0 else None


def _other(data: bytes, declared: str | None, error: UnicodeDecodeError) -> str:
    if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
        return data.decode("utf-8", "replace")  # cut in the middle of the last character
    if name := _known(declared):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            pass
    return _western(data) or _guessed(data) or _refuse(error)


def _refuse(error: UnicodeDecodeError) -> str:
    raise _unreadable(f"it is not UTF-8 at byte {error.start}, and no other encoding fits with confidence") from error


def _unreadable(why: str) -> BadEncoding:
    return BadEncoding("the encoding can not be told", why, "save it as UTF-8")


def _known(declared: str | None) -> str | None:
    """`declared`, unless it is UTF-8 (already tried) or no encoding of characters."""
    import codecs

    try:
        info = codecs.lookup(declared) if declared else None
    except (LookupError, ValueError):
        return None
    if info is None or info.name == "utf-8" or not getattr(info, "_is_text_encoding", True):
        return None
    # What the web calls latin-1 or ascii is windows-1252 (WHATWG Encoding Standard, section 4.2).
    return "cp1252" if info.name in {"iso8859-1", "ascii"} else info.name


def _western(data: bytes) -> str | None:
    """As windows-1252, where each sign beyond ASCII is one that English text has and none stand in long runs."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = re.findall(r"[^\x00-\x7f]+", text)
    odd = sum(1 for run in foreign if len(run) > 2 or not all(c in _SIGNS or c.isalpha() for c in run))
    letters = sum(c.isalpha() for run in foreign for c in run)
    ascii_letters = sum(c.isalpha() for c in text[:_SAMPLE] if c < "\x80")
    return text if odd == 0 and letters * 20 <= ascii_letters else None


def _guessed(data: bytes) -> str | None:
    """What charset_normalizer says, where it sees no disorder and a language that fits."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or best.chaos > 0.02 or best.coherence < 0.2:
        return None
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
