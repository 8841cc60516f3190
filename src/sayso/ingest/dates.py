"""Dates of publication: as metadata, addresses, first lines and datelines write them.

Everything here gives ISO text, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, in the clock it was written in, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sayso.errors import BadDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
# News of the press age; other four digits are more often something else.
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(rf"(?<![\w/-]){form}(?![\w-])", re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?"
        r"(?:\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)?",
        rf"(?P<month>{MONTH})\s+{_DAY}(?:,\s*|\s+){_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?(?P<month>{MONTH}),?\s+{_YEAR}",
        rf"{_DAY}\.(?P<month>[01]?\d)\.{_YEAR}",
        rf"{_YEAR}/(?P<month>[01]?\d)/(?P<day>[0-3]?\d)",
        rf"(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/{_YEAR}",
    )
)
_SLASHED = _FORMS[-1]
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m\.?)?", re.IGNORECASE
)
_ZONE = r"(?:GMT|UTC|BST|CET|CEST|EET|EEST|EST|EDT|ET|CST|CDT|PST|PDT|PT|MSK|IST|AST|GST|JST|KST|AEDT|AEST|Z)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?"
_LABEL = (
    r"(?:(?:first|last)\s+)?(?:published|posted|updated|modified|created|issued|released|filed|date|dated|publication date|"
    r"release date|on|at|time)"
)
# What may stand beside a date in a line that is nothing but a date.
_BESIDE = re.compile(
    rf"\b(?:{_LABEL}|(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?|{_ZONE}|local time|[ap]\.?m\.?|hours|hrs)(?![^\W\d_])",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:updated|modified)\b", re.IGNORECASE)
_IN_URL = (
    re.compile(
        r"[/_=-](?P<year>(?:19|20)\d\d)[/_-](?P<month>0?[1-9]|1[0-2])[/_-](?P<day>0?[1-9]|[12]\d|3[01])(?=$|[/_.?#-])"
    ),
    re.compile(r"[/_=-](?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=$|[/_.?#-])"),
    re.compile(r"/(?P<year>20\d\d)/(?P<month>[a-z]{3})/(?P<day>0?[1-9]|[12]\d|3[01])(?=$|/)", re.IGNORECASE),
)
# A town and up to two areas round it, each word with a capital.
_PLACE = re.compile(r"[^\W\d_][\w.'’-]*(?:,? [^\W\d_][\w.'’-]*){0,7},?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")


def check(text: str) -> str:
    """`text` as ISO date or date and minute; BadDate (S113) where it is neither a date nor a date and time."""
    found = from_metadata(text) if _ISO.match(text.strip()) else None
    if found is None:
        raise BadDate(f"{text!r} is no date", "sayso takes YYYY-MM-DD or YYYY-MM-DDTHH:MM", "write it like 2026-01-24")
    return found


def from_metadata(value: object) -> str | None:
    """The date in a metadata field: ISO 8601 in its usual spellings, a written date, or the `D:2026…` of a PDF."""
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = value.strip().removeprefix("D:")
    if packed := re.match(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d))?", text):
        return _iso(*packed.groups())
    return next((iso for _, _, iso in found_in(text)), None)


def from_url(url: str | None) -> str | None:
    """The date in the path of an address: `/2026/01/24/`, `-2026-01-24`, `/20260124/`, `/2026/jan/24/`."""
    for form in _IN_URL if url else ():
        for match in form.finditer(url or ""):
            if iso := _iso(match["year"], match["month"], match["day"]):
                return iso
    return None


def found_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Every full date in `text`, first to last: start, end, ISO; with its time where one follows or leads it directly."""
    hits = sorted((m for form in _FORMS for m in form.finditer(text)), key=lambda m: (m.start(), -m.end()))
    after = 0
    for match in hits:
        if match.start() < after or (iso := _read(match)) is None:
            continue
        after = match.end()
        yield match.start(), match.end(), iso


def line_dates(line: str) -> list[str]:
    """The dates of a line that is nothing but dates (`Published: 24 January 2026, 10:32 GMT`), published before updated; else []."""
    if len(line) > 120:
        return []
    dates: list[tuple[bool, str]] = []
    rest, after = line, 0
    for start, end, iso in found_in(line):
        updated = bool(_UPDATED.search(line[after:start]))
        clock = _CLOCK.search(line, end) or (_CLOCK.search(line[:start]) if not dates else None)
        dates.append((updated, _with_clock(iso, clock)))
        rest, after = rest.replace(line[start:end], " ", 1), end
    rest = _BESIDE.sub(" ", _CLOCK.sub(" ", rest))
    if not dates or any(c.isalnum() for c in rest):
        return []
    return [iso for _, iso in sorted(dates, key=lambda d: d[0])]


def beside_a_place(line: str) -> str | None:
    """The date of a line that is a place and a date and nothing else (`KASSALA, Sudan, 12 March 2026`); else None."""
    dates = list(found_in(line)) if len(line) <= 80 else []
    if len(dates) != 1 or any(c.isalnum() for c in line[dates[0][1] :]):
        return None
    place = " ".join(re.sub(r"(?:\s*,)+", ",", _BESIDE.sub(" ", line[: dates[0][0]])).split())
    named = _PLACE.fullmatch(place) and all(w[0].isupper() or len(w) <= 3 for w in place.split())
    return dates[0][2] if named else None


def is_label(line: str) -> bool:
    """Whether a line only announces a date: `Published`, `Last updated:`."""
    return len(line) <= 40 and bool(_BESIDE.search(line)) and not any(c.isalnum() for c in _BESIDE.sub(" ", line))


def day_of_year(month: str, day: str, year: str) -> str | None:
    """ISO date of a month by name, a day and a year as written; None where there is no such day."""
    return _iso(year, month, day)


def best(candidates: Iterable[str | None]) -> str | None:
    """The first candidate; a later one that only adds the time of the same day is taken for it."""
    known = [c for c in candidates if c]
    if not known:
        return None
    return next((c for c in known if c[:10] == known[0][:10] and len(c) > 10), known[0])


def _read(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    month, day = groups["month"], groups["day"]
    if match.re is _SLASHED:
        # 24/01/2026 and 01/24/2026 are plain; 03/04/2026 is not, and is left unread.
        if int(day) <= 12 and int(month) <= 12 and day != month:
            return None
        if int(month) > 12:
            month, day = day, month
    return _iso(groups["year"], month, day, groups.get("hour"), groups.get("minute"))


def _iso(year: str, month: str, day: str, hour: str | None = None, minute: str | None = None) -> str | None:
    number = int(month) if month.isdigit() else _MONTHS.index(key) + 1 if (key := month.lower()[:3]) in _MONTHS else 0
    try:
        found = date(int(year), number, int(day))
        clock = datetime(2000, 1, 1, int(hour), int(minute)) if hour and minute else None
    except ValueError:
        return None
    return found.isoformat() + (clock.strftime("T%H:%M") if clock else "")


def _with_clock(iso: str, clock: re.Match[str] | None) -> str:
    if clock is None or len(iso) > 10:
        return iso
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return iso
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return f"{iso}T{hour:02}:{clock['minute']}" if hour < 24 else iso
