"""Days and intervals: the arithmetic behind time expressions. Civil dates only."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = "january february march april may june july august september october november december".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
# Meteorological seasons of the northern hemisphere, by first month; winter runs over the new year.
SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}

IN_DAYS = {"minute": 0, "hour": 0, "day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
IN_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `start` to `end`, inclusive, with TIMEX3 value and granularity."""

    start: date | None
    end: date | None
    granularity: str
    timex: str


def day(when: date, part: str = "") -> Stretch:
    """One day; `part` is a TIMEX3 part of day (MO, AF, EV, NI)."""
    return Stretch(when, when, "part_of_day" if part else "day", when.isoformat() + (f"T{part}" if part else ""))


def month(year: int, number: int) -> Stretch:
    """One month."""
    return Stretch(
        date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month", f"{year:04d}-{number:02d}"
    )


def year(number: int) -> Stretch:
    """One year."""
    return Stretch(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04d}")


def decade(first: int) -> Stretch:
    """The ten years from `first`."""
    return Stretch(date(first, 1, 1), date(first + 9, 12, 31), "decade", f"{first // 10}")


def week(when: date) -> Stretch:
    """Monday to Sunday round a day."""
    monday = when - timedelta(days=when.weekday())
    iso = monday.isocalendar()
    return Stretch(monday, monday + timedelta(days=6), "week", f"{iso.year}-W{iso.week:02d}")


def weekend(when: date) -> Stretch:
    """Saturday and Sunday of the week of a day."""
    saturday = when - timedelta(days=when.weekday()) + timedelta(days=5)
    iso = saturday.isocalendar()
    return Stretch(saturday, saturday + timedelta(days=1), "weekend", f"{iso.year}-W{iso.week:02d}-WE")


def season(name: str, number: int) -> Stretch:
    """A season of a year (the winter of 2025 ends in February 2026)."""
    code, first = SEASONS[name]
    last = first + 2
    end = month(number + (last - 1) // 12, (last - 1) % 12 + 1).end
    return Stretch(date(number, first, 1), end, "season", f"{number:04d}-{code}")


def quarter(number: int, of: int) -> Stretch:
    """The quarter 1–4 of a year."""
    first = 3 * number - 2
    return Stretch(date(of, first, 1), month(of, first + 2).end, "quarter", f"{of:04d}-Q{number}")


def months_before(when: date, count: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    total = when.year * 12 + when.month - 1 - count
    number, first = divmod(total, 12)
    return date(number, first + 1, min(when.day, monthrange(number, first + 1)[1]))


def earlier(when: date, unit: str, count: int) -> date:
    """`count` days, weeks, months, years … before a day (negative: after)."""
    if unit in IN_DAYS:
        return when - timedelta(days=IN_DAYS[unit] * count)
    return months_before(when, IN_MONTHS[unit] * count)


def nearest_weekday(when: date, number: int, forward: bool) -> date:
    """The weekday (0 Monday) nearest before a day, or after it; the day itself where it is one."""
    back = (when.weekday() - number) % 7
    return when + timedelta(days=(7 - back) % 7) if forward else when - timedelta(days=back)
