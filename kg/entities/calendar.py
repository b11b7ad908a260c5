"""Reckoning with days: periods of the calendar as intervals, both ends included. No word of any language."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from kg.model import Period

__all__ = [
    "add_months",
    "around",
    "bounds",
    "day",
    "enclosing",
    "month",
    "nearest",
    "on_year",
    "part_of",
    "quarter",
    "season",
    "semester",
    "shift",
    "span",
    "whole_years",
    "year",
]

MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200}
DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}


def span(start: date, end: date, precision: str) -> Period:
    """The days from one to the other."""
    return Period(start.isoformat(), end.isoformat(), precision)


def day(when: date) -> Period:
    """One day."""
    return span(when, when, "day")


def month(year_number: int, number: int) -> Period:
    """A month of a year."""
    return span(
        date(year_number, number, 1), date(year_number, number, monthrange(year_number, number)[1]), "month"
    )


def _months(year_number: int, first: int, count: int, precision: str) -> Period:
    last = first + count - 1
    return span(
        date(year_number, first, 1), date(year_number, last, monthrange(year_number, last)[1]), precision
    )


def quarter(year_number: int, number: int) -> Period:
    """The first to fourth quarter of a year."""
    return _months(year_number, 3 * number - 2, 3, "quarter")


def semester(year_number: int, number: int) -> Period:
    """The first or second half of a year."""
    return _months(year_number, 6 * number - 5, 6, "semester")


def year(number: int) -> Period:
    """A year, from its first day to its last."""
    return whole_years(number, number, "year")


def whole_years(first: int, last: int, precision: str) -> Period:
    """The years from one to another."""
    return span(date(first, 1, 1), date(last, 12, 31), precision)


def season(year_number: int, start: str, end: str) -> Period:
    """A season given by "MM-DD" ends; where the end comes before the start it is of the next year."""
    last = year_number + 1 if end < start else year_number
    return Period(f"{year_number:04d}-{start}", f"{last:04d}-{end}", "season")


def bounds(period: Period) -> tuple[date, date]:
    """The first and the last day of a period whose ends are known."""
    return date.fromisoformat(period.start), date.fromisoformat(period.end)


def add_months(when: date, count: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    months = when.year * 12 + when.month - 1 + count
    to_year, to_month = months // 12, months % 12 + 1
    return date(to_year, to_month, min(when.day, monthrange(to_year, to_month)[1]))


def shift(when: date, count: int, grain: str) -> date:
    """The day that lies so many units later. Hours and minutes do not move it."""
    if grain in MONTHS:
        return add_months(when, count * MONTHS[grain])
    return when + timedelta(days=count * DAYS.get(grain, 0))


def enclosing(when: date, grain: str) -> Period:
    """The day, week, month, quarter, semester, year, decade or century in which a day lies."""
    monday = when - timedelta(days=when.weekday())
    first = when.year - when.year % 10
    century = (when.year - 1) // 100 * 100 + 1
    match grain:
        case "week":
            return span(monday, monday + timedelta(days=6), "week")
        case "weekend":
            return span(monday + timedelta(days=5), monday + timedelta(days=6), "weekend")
        case "month":
            return month(when.year, when.month)
        case "quarter":
            return quarter(when.year, (when.month + 2) // 3)
        case "semester":
            return semester(when.year, (when.month + 5) // 6)
        case "year":
            return year(when.year)
        case "decade":
            return whole_years(first, first + 9, "decade")
        case "century":
            return whole_years(century, century + 99, "century")
    return day(when)


def nearest(candidates: Iterable[Period], when: date) -> Period | None:
    """The period whose middle lies nearest to a day; of two, the earlier."""

    def distance(period: Period) -> tuple[int, str]:
        start, end = bounds(period)
        return abs((start - when).days + (end - when).days), period.start

    return min(candidates, key=distance, default=None)


def around(when: date, of_year: Callable[[int], Period | None]) -> list[Period]:
    """What `of_year` gives for the year before, this year and the year after; None where a date does not exist."""
    found = (of_year(number) for number in (when.year - 1, when.year, when.year + 1))
    return [period for period in found if period is not None]


def on_year(period: Period, number: int) -> Period:
    """The same days of another year; of a period that runs into the next, the first day's year counts."""
    start, end = bounds(period)
    moved = [add_months(when, 12 * (number - start.year)) for when in (start, end)]
    return span(moved[0], moved[1], period.precision)


# First and last day, month or year of the start, middle and end of a period, as newspapers use them.
PARTS = {
    ("month", "start"): (1, 10),
    ("month", "middle"): (11, 20),
    ("month", "end"): (21, 31),
    ("year", "start"): (1, 3),
    ("year", "middle"): (5, 8),
    ("year", "end"): (10, 12),
    ("decade", "start"): (0, 2),
    ("decade", "middle"): (4, 6),
    ("decade", "end"): (7, 9),
}


def part_of(period: Period, part: str) -> Period | None:
    """The start, middle or end of a month, year or decade, or a third of any other period; None for one day."""
    start, end = bounds(period)
    if part == "whole":
        return period
    if period.precision == "day":
        return None
    limits = PARTS.get((period.precision, part))
    if limits is None:
        return _third(start, end, part, period.precision)
    first, last = limits
    if period.precision == "month":
        return span(start.replace(day=first), start.replace(day=min(last, end.day)), "part")
    if period.precision == "year":
        return _months(start.year, first, last - first + 1, "part")
    return whole_years(start.year + first, start.year + last, "part")


def _third(start: date, end: date, part: str, precision: str) -> Period | None:
    third = ((end - start).days + 1) // 3
    step = timedelta(days=max(third - 1, 0))
    match part:
        case "start":
            return span(start, start + step, "part")
        case "middle":
            return span(start + timedelta(days=third), start + timedelta(days=third) + step, "part")
        case "end":
            return span(end - step, end, "part")
    return None
