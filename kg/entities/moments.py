"""The moment at which a sentence is read, and the choice among the dates that its words allow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kg.entities import calendar
from kg.entities.numbers import Number
from kg.entities.patterns import Captures, Line
from kg.model import Period, record

__all__ = ["Moment", "Timed", "choose", "counts", "fitting_year", "safe_date"]

LARGEST = 3000  # units away; more is no date of a newspaper


@record
class Moment:
    """When a sentence is read: the article's date, the day it speaks of, and whether a place of it is in the future.

    `is_year` says whether a four-figure number at a place may be a year there; `articles` are the words before a
    unit that make no date of it (« une année passée »). `spoken` is when the last time begins that the text named.
    """

    published: date | None
    story: date | None
    future: Callable[[int], bool]
    is_year: Callable[[Line, int], bool]
    articles: frozenset[str] = frozenset()
    spoken: date | None = None


@record
class Timed:
    """A period read at lexemes `start` to `end` by a reckoning; `explicit` where the text names the year."""

    period: Period
    start: int
    end: int
    reads: str
    explicit: bool


def safe_date(year: int, month: int, day: int) -> date | None:
    """That day, None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def counts(captures: Captures) -> list[int]:
    """The whole numbers of {n} slots, none where one of them is a fraction or beyond reason."""
    numbers = [value.value for value in captures.all("n") if isinstance(value, Number)]
    if not numbers or any(number != int(number) or not 0 < number < LARGEST for number in numbers):
        return []
    return [int(number) for number in numbers]


def choose(candidates: list[Period], captures: Captures, moment: Moment) -> Period | None:
    """The candidate that the shift word asks for, else the nearest to the article's date."""
    assert moment.published is not None
    shift, today = captures.number("shift"), moment.published.isoformat()
    if shift is not None and shift < 0:
        return max((p for p in candidates if p.start <= today), key=lambda p: p.start, default=None)
    if shift is not None and shift > 0:
        return min((p for p in candidates if p.end >= today), key=lambda p: p.start, default=None)
    if moment.future(captures.start):
        ahead = [p for p in candidates if p.end >= today]
        if ahead:
            return min(ahead, key=lambda p: p.start)
    return calendar.nearest(candidates, moment.published)


def fitting_year(
    captures: Captures, moment: Moment, of_year: Callable[[int], Period | None]
) -> Period | None:
    """`of_year` for the year that is written, else for the one that fits the article's date."""
    written = captures.number("year")
    if written is not None:
        return of_year(written)
    if moment.published is None:
        return None
    if captures.one("unit") == "year" and captures.number("shift") is not None:
        return of_year(moment.published.year + (captures.number("shift") or 0))
    return choose(calendar.around(moment.published, of_year), captures, moment)
