"""Time expressions → intervals against the date of the report. Expressions and values after TIMEX3 (ISO-TimeML)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.reading import calendar, timewords
from sayso.reading.calendar import DAYS, MONTHS, Stretch
from sayso.reading.context import Context
from sayso.records import Time, When

PARTS = {
    "morning": "MO", "dawn": "MO", "afternoon": "AF", "noon": "AF", "midday": "AF", "evening": "EV", "night": "NI", "midnight": "NI",
}  # fmt: skip
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a couple of": 2,
}  # fmt: skip
LOOSE = {"early": "START", "earlier": "START", "mid": "MID", "late": "END", "later": "END"}
FUTURE = frozenset("will shall 'll would".split())
# With months and dates these look ahead (*could meet in February*); with weekdays they may look back as well.
MAYBE = frozenset(["may", "might", "could", "can"])
AHEAD = frozenset("schedule plan expect set due hold prepare".split())
# Words that stand before an expression and are no part of its span.
LEADS = frozenset("on in for during since until till by from and between over within to through".split())
_LEAD = re.compile(rf"(?:(?:{'|'.join(sorted(LEADS))})\s+)+")
_PATTERNS = timewords.compiled()


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression over tokens `first:last`. `since`: the partial date it counts from (*since January*)."""

    first: int
    last: int
    record: Time
    when: When | None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class _Value:
    """What a match means: TIMEX3 type, stretch, and modifier."""

    type: str
    stretch: Stretch
    mod: str | None = None


def find(ctx: Context) -> list[Found]:
    """All time expressions of a report, in text order."""
    found: list[Found] = []
    today = _day_of(ctx.report.published)
    resolver = _Resolver(ctx, today)
    for sentence in ctx.analysis.sentences:
        low = ctx.report.text[sentence.start : sentence.end].lower()
        if len(low) != sentence.end - sentence.start:  # letters that grow when lower-cased (İ)
            low = "".join(
                c.lower() if len(c.lower()) == 1 else c for c in ctx.report.text[sentence.start : sentence.end]
            )
        for start, end, name, match in _matches(low):
            first, last = ctx.at(sentence.start + start), ctx.at(sentence.start + end - 1) + 1
            if not sentence.first <= first < last <= sentence.last:
                continue
            value = resolver.value(name, match, first, found)
            if value:
                found.append(_record(ctx, first, last, value, low[:start], today))
    return found


def _matches(low: str) -> Iterator[tuple[int, int, str, re.Match[str]]]:
    """The longest matches, left to right, without overlap; of equal ones the first in the table.

    Prepositions that lead a match do not count: *in January* is no rival of *January 2024*.
    """
    spans = [
        (_core(low, m), -m.end(), rank, m) for rank, (_, p) in enumerate(_PATTERNS) for m in p.finditer(low) if m[0]
    ]
    at = 0
    for _, _, rank, match in sorted(spans, key=lambda s: s[:3]):
        if match.start() >= at:
            yield match.start(), match.end(), _PATTERNS[rank][0], match
            at = match.end()


def _core(low: str, match: re.Match[str]) -> int:
    lead = _LEAD.match(low, match.start(), match.end())
    return lead.end() if lead else match.start()


def _day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _record(ctx: Context, first: int, last: int, value: _Value, before: str, today: date | None) -> Found:
    while first + 1 < last and ctx.tokens[first].text.lower() in LEADS:
        before += ctx.tokens[first].text.lower() + " "
        first += 1
    span, stretch = ctx.span(first, last), value.stretch
    start, end = stretch.start, stretch.end
    since = None
    if re.search(r"\bsince(?: the)?\s*$", before) and value.type == "DATE" and start:
        since, end = stretch.timex[: {"year": 4, "month": 7}.get(stretch.granularity, 10)], max(today or start, start)
    iso = (start.isoformat() if start else None, end.isoformat() if end else None)
    record = Time(span, value.type, *iso, stretch.granularity, stretch.timex, value.mod)
    usable = value.type in ("DATE", "TIME") and iso[0] is not None
    when = When(*iso, stretch.granularity, stretch.timex, span) if usable else None
    return Found(first, last, record, when, since)


class _Resolver:
    """Turns a match of the table into days, against the report's date and the times named before."""

    def __init__(self, ctx: Context, today: date | None) -> None:
        self.ctx, self.today = ctx, today

    def value(self, name: str, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        """The meaning of a match, or None where it means no time after all."""
        try:
            make: Callable[[re.Match[str], int, list[Found]], _Value | None] = getattr(self, "_" + name)
            return make(m, first, found)
        except (ValueError, OverflowError):  # the 31st of February, the year 0
            return None

    # --- days ---------------------------------------------------------------------------------------------------------

    def _iso(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        return _Value("DATE", calendar.day(date(int(m["iso_y"]), int(m["iso_m"]), int(m["iso_d"]))))

    def _month_day(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        return self._dated(m["md_m"], m["md_d"], m["md_e"], m["md_y"], first)

    def _day_month(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        return self._dated(m["dm_m"], m["dm_d"], m["dm_e"], m["dm_y"], first)

    def _dated(self, name: str, number: str, last: str | None, year: str | None, first: int) -> _Value | None:
        month = _month(name)
        if not 1 <= int(number) <= 31:
            return None
        known = int(year) if year else self._year_for(month, int(number), first)
        if known is None:
            return _Value("DATE", Stretch(None, None, "day", f"XXXX-{month:02d}-{int(number):02d}"))
        start = calendar.day(date(known, month, int(number)))
        if last and int(last) > int(number):
            end = date(known, month, int(last))
            return _Value("DATE", Stretch(start.start, end, "days", f"{start.timex}/{end.isoformat()}"))
        return _Value("DATE", start)

    def _year_for(self, month: int, number: int, first: int) -> int | None:
        """The year in which a month and day without one lie: the last that is past, or the next where the tense is future."""
        if self.today is None:
            return None
        here = (month, number) > (self.today.month, self.today.day)
        if self._ahead(first, MAYBE):
            return self.today.year + (0 if here or (month, number) == (self.today.month, self.today.day) else 1)
        return self.today.year - (1 if here else 0)

    def _today(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        shift = {
            "today": 0,
            "yesterday": -1,
            "tomorrow": 1,
            "the day before yesterday": -2,
            "the day after tomorrow": 2,
        }
        return self._from_today(shift[" ".join(m["to_d"].split())], m["to_p"])

    def _from_today(self, days: int, part: str | None = None) -> _Value:
        code = PARTS.get(part or "", "")
        if self.today is None:
            return _Value("DATE", Stretch(None, None, "day", "PRESENT_REF" if days == 0 else "XXXX-XX-XX"))
        return _Value("TIME" if code else "DATE", calendar.day(self.today + timedelta(days=days), code))

    def _this_part(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        return self._from_today(0, m["tp_p"])

    def _night(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        if "tonight" in m[0]:
            return self._from_today(0, "night")
        if self.today is None:
            return _Value("TIME", Stretch(None, None, "part_of_day", "XXXX-XX-XXTNI"))
        before = self.today - timedelta(days=1)
        return _Value("TIME", Stretch(before, self.today, "part_of_day", f"{before.isoformat()}TNI"))

    def _weekday(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        number, part, lead = DAYS.index(m["wd_d"]), PARTS.get(m["wd_p"] or "", ""), m["wd_l"] or ""
        mod = LOOSE.get(lead)
        if self.today is None:
            return _Value("DATE", Stretch(None, None, "day", f"XXXX-WXX-{number + 1}"), mod)
        if lead == "next":
            when = calendar.nearest_weekday(self.today + timedelta(days=1), number, forward=True)
        elif lead == "last":
            when = calendar.nearest_weekday(self.today - timedelta(days=1), number, forward=False)
        else:
            when = calendar.nearest_weekday(
                self.today, number, forward=self._ahead(first) and number != self.today.weekday()
            )
        return _Value("TIME" if part else "DATE", calendar.day(when, part), mod)

    def _ahead(self, first: int, also: frozenset[str] = frozenset()) -> bool:
        """Whether the clause round a token speaks of the future; `also`: further words that say so."""
        for node in list(self.ctx.path_up(first))[:4]:
            token = self.ctx.tokens[node]
            if token.upos not in ("VERB", "AUX", "NOUN"):
                continue
            around = {self.ctx.tokens[c].lemma.lower() for c in self.ctx.children[node]}
            if around & (FUTURE | also) or (token.lemma.lower() in AHEAD and token.xpos == "VBN"):
                return True
            if token.upos == "VERB" and token.xpos in ("VBD", "VBN") and not around & {"to"}:
                return False
            if token.xpos == "VB" and "to" in around:
                return True
        return False

    # --- longer stretches -----------------------------------------------------------------------------------------------

    def _month_year(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        return _Value("DATE", calendar.month(int(m["my_y"]), _month(m["my_m"])), LOOSE.get(m["loose"] or ""))

    def _month(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        name, word = m["mo_m"], m["mo_w"]
        if name.startswith(("may", "mar", "sat")) and not self._is_name(m, first):
            return None
        month = _month(name)
        if self.today is None:
            return _Value("DATE", Stretch(None, None, "month", f"XXXX-{month:02d}"), LOOSE.get(m["loose"] or ""))
        future = word in ("next", "until", "till", "by") or self._ahead(first, MAYBE)
        later = month > self.today.month or (month == self.today.month and word == "last")
        year = self.today.year + (0 if later or month == self.today.month else 1) if future else self.today.year - later
        return _Value("DATE", calendar.month(year, month), LOOSE.get(m["loose"] or ""))

    def _is_name(self, m: re.Match[str], first: int) -> bool:
        """Whether *may*, *march*, *sat* is written as a name of a month."""
        at = first + len(m[0].split()) - 1
        return (
            at < len(self.ctx.tokens)
            and self.ctx.tokens[at].text[:1].isupper()
            and self.ctx.tokens[at].upos in ("PROPN", "NOUN")
        )

    def _season_year(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        return _Value("DATE", calendar.season(m["sy_s"], int(m["sy_y"])))

    def _year(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        after = self.ctx.tokens[first : first + 2]
        if len(after) > 1 and after[1].upos == "NOUN" and after[0].deprel == "nummod":
            return None
        return _Value("DATE", calendar.year(int(m["ye_y"])), LOOSE.get(m["loose"] or ""))

    def _decade(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        return _Value("DATE", calendar.decade(int(m["de_y"])), LOOSE.get(m["de_l"] or ""))

    def _quarter(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        number = ("first", "second", "third", "fourth").index(m["qu_n"]) + 1
        year = int(m["qu_y"]) if m["qu_y"] else self.today.year if self.today else None
        return _Value("DATE", calendar.quarter(number, year)) if year else None

    def _last_unit(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        word, unit, mod = m["lu_w"], m["lu_u"], LOOSE.get(m["lu_e"] or "")
        if self.today is None:
            return _Value(
                "DATE",
                Stretch(None, None, unit, "PAST_REF" if "last" in word or "past" in word else "PRESENT_REF"),
                mod,
            )
        step = {"last": -1, "past": -1, "the past": -1, "the previous": -1, "this": 0}.get(word, 1)
        return _Value("DATE", self._shifted(unit, step), mod)

    def _shifted(self, unit: str, step: int) -> Stretch:
        today = self.today or date.min
        if unit in calendar.SEASONS:
            first = calendar.SEASONS[unit][1]
            passed = today.month >= first + 3 if first < 12 else today.month >= 3
            year = today.year if step >= 0 or passed else today.year - 1
            return calendar.season(unit, year - 1 if first == 12 and step < 0 and not passed else year)
        if unit == "week":
            return calendar.week(today + timedelta(days=7 * step))
        if unit == "weekend":
            return calendar.weekend(today + timedelta(days=7 * step))
        if unit == "year":
            return calendar.year(today.year + step)
        if unit == "decade":
            return calendar.decade(today.year // 10 * 10 + 10 * step)
        if unit == "century":
            start = today.year // 100 * 100 + 100 * step
            return Stretch(date(start, 1, 1), date(start + 99, 12, 31), "century", f"{start // 100}")
        if unit == "quarter":
            there = calendar.months_before(today, -3 * step)
            return calendar.quarter((there.month + 2) // 3, there.year)
        if unit == "month":
            there = calendar.months_before(today.replace(day=1), -step)
            return calendar.month(there.year, there.month)
        number = _month(unit)
        later = number > today.month or (number == today.month and step < 0)
        return calendar.month(today.year - later if step <= 0 else today.year + (number <= today.month), number)

    # --- distances, durations, sets -------------------------------------------------------------------------------------

    def _ago(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        count, unit, word = _count(m["ag_n"]), _unit(m["ag_u"]), m["ag_w"]
        base = self.today
        if word != "ago":
            base = next((f.when_start for f in map(_Dated, reversed(found)) if f.when_start), self.today)
        if count is None or base is None or unit in ("hour", "minute"):
            return _Value(
                "DATE", Stretch(None, None, unit, "PAST_REF" if word in ("ago", "earlier", "before") else "FUTURE_REF")
            )
        there = calendar.earlier(base, unit, -int(count) if word in ("later", "after") else int(count))
        return _Value("DATE", _grain(there, unit))

    def _past_span(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        count, unit = _count(m["ps_n"]), _unit(m["ps_u"])
        ahead = m["ps_w"] in ("next", "coming")
        if count is None or self.today is None or unit in ("minute", "weekend"):
            return _Value(
                "DURATION", Stretch(None, None, unit, f"P{'X' if count is None else _plain(count)}{_letter(unit)}")
            )
        other = calendar.earlier(self.today, unit, -int(count) if ahead else int(count))
        start, end = min(other, self.today), max(other, self.today)
        return _Value("DATE", Stretch(start, end, unit, f"{start.isoformat()}/{end.isoformat()}"))

    def _duration(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        count, unit = _count(m["du_n"]), _unit(m["du_u"])
        return _Value(
            "DURATION",
            Stretch(
                None,
                None,
                unit,
                f"P{'T' if unit in ('hour', 'minute') else ''}{'X' if count is None else _plain(count)}{_letter(unit)}",
            ),
        )

    def _every(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        word = m["ev_u"] or m["ev_a"]
        adverbs = {
            "daily": "day",
            "weekly": "week",
            "monthly": "month",
            "yearly": "year",
            "annually": "year",
            "nightly": "night",
            "hourly": "hour",
        }
        word = adverbs.get(word, word)
        if word in DAYS:
            return _Value("SET", Stretch(None, None, "day", f"XXXX-WXX-{DAYS.index(word) + 1}"))
        if word in PARTS:
            return _Value("SET", Stretch(None, None, "part_of_day", f"XXXX-XX-XXT{PARTS[word]}"))
        unit = _unit(word)
        return _Value("SET", Stretch(None, None, unit, f"P{'T' if unit in ('hour', 'minute') else ''}1{_letter(unit)}"))

    def _clock(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        hour, minute = int(m["cl_h"] or m["cl_h2"]), int(m["cl_m"] or m["cl_m2"] or 0)
        if m["cl_a"]:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if m["cl_a"].startswith("p") else 0)
        if hour > 23:
            return None
        day = self.today.isoformat() if self.today else "XXXX-XX-XX"
        return _Value(
            "TIME",
            Stretch(
                self.today,
                self.today,
                "minute" if m["cl_m"] or m["cl_m2"] else "hour",
                f"{day}T{hour:02d}:{minute:02d}",
            ),
        )

    def _reference(self, m: re.Match[str], first: int, found: list[Found]) -> _Value:
        word = m["re_w"]
        past, future = (
            ("recent" in word or word in ("so far", "in the past")),
            word in ("in the future", "soon", "shortly"),
        )
        return _Value(
            "DATE", Stretch(None, None, "reference", "PAST_REF" if past else "FUTURE_REF" if future else "PRESENT_REF")
        )

    def _point(self, m: re.Match[str], first: int, found: list[Found]) -> _Value | None:
        """*the previous day*, *the following week*: from the last day named."""
        base = next((f.when_start for f in map(_Dated, reversed(found)) if f.when_start), self.today)
        _, way, unit = m["po_w"].split()
        if base is None:
            return None
        unit = {"morning": "day", "evening": "day", "night": "day"}.get(unit, unit)
        step = {"previous": 1, "same": 0}.get(way, -1)
        return _Value("DATE", _grain(calendar.earlier(base, unit, step), unit))


@dataclass(frozen=True, slots=True)
class _Dated:
    """The day that an earlier expression begins with."""

    found: Found

    @property
    def when_start(self) -> date | None:
        return date.fromisoformat(self.found.when.start[:10]) if self.found.when and self.found.when.start else None


def _month(name: str) -> int:
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(name.rstrip(".")[:3]))


def _unit(word: str) -> str:
    return {"centuries": "century", "century": "century"}.get(word, word.rstrip("s"))


def _letter(unit: str) -> str:
    return {
        "day": "D",
        "night": "D",
        "week": "W",
        "fortnight": "W",
        "month": "M",
        "year": "Y",
        "hour": "H",
        "minute": "M",
        "decade": "DE",
        "century": "CE",
        "quarter": "Q",
        "weekend": "WE",
    }[unit]


def _count(word: str) -> float | None:
    """The number a word stands for; None where it is vague (*several*)."""
    word = " ".join(word.split())
    if word == "half a":
        return 0.5
    return NUMBERS[word] if word in NUMBERS else float(word) if word[0].isdigit() else None


def _plain(count: float) -> str:
    return str(int(count)) if count == int(count) else str(count)


def _grain(there: date, unit: str) -> Stretch:
    """A day, week, month or year, as coarse as the unit it was counted in."""
    if unit in ("day", "night", "hour", "minute"):
        return calendar.day(there)
    if unit in ("week", "fortnight", "weekend"):
        return calendar.week(there)
    if unit in ("month", "quarter"):
        return calendar.month(there.year, there.month)
    return calendar.year(there.year)
