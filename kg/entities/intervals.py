"""Reckonings of what a preposition or an hour makes of a time: « depuis avril », « de 2002 à 2012 », « lundi à 10 h »."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kg.entities import calendar
from kg.entities.moments import Moment, Timed
from kg.entities.patterns import Captures
from kg.model import Period

__all__ = [
    "after",
    "at_clock",
    "before",
    "between",
    "clock",
    "day_before",
    "next_day",
    "night",
    "open_end",
    "same",
    "since",
    "until",
]

ONE_DAY = timedelta(days=1)
# Reckonings that say themselves how far away they are: another year would be another time.
RELATIVE = (
    "ago",
    "ahead",
    "dayword",
    "for-some-time",
    "rolling",
    "story-day",
    "storyword",
    "unit",
    "unit-step",
    "weekday-step",
    "within",
)
WEEKDAYS = ("weekday", "weekday-day")


def _moved(timed: Timed, years: int, days_count: int) -> Timed:
    """The same words read a year, or a week, earlier or later."""
    start, end = calendar.bounds(timed.period)
    if timed.reads in WEEKDAYS:
        move = timedelta(days=days_count)
        return replace(timed, period=calendar.span(start + move, end + move, timed.period.precision))
    if timed.reads in RELATIVE:
        return timed
    return replace(timed, period=calendar.on_year(timed.period, start.year + years))


def _dated(captures: Captures, place: int = 0) -> Timed | None:
    found = [value for value in captures.all("date") if isinstance(value, Timed)]
    timed = found[place] if place < len(found) else None
    return timed if timed is not None and timed.period.start and timed.period.end else None


def _ahead_of(timed: Timed, moment: Moment) -> Timed:
    today = moment.published.isoformat() if moment.published else ""
    return _moved(timed, 1, 7) if not timed.explicit and timed.period.end < today else timed


def since(captures: Captures, moment: Moment) -> Period | None:
    """« depuis avril 2015 »: from its first day to the article's."""
    timed, today = _dated(captures), moment.published
    if timed is None or today is None:
        return None
    if not timed.explicit and timed.period.start > today.isoformat():
        timed = _moved(timed, -1, -7)
    return (
        Period(timed.period.start, today.isoformat(), "interval")
        if timed.period.start <= today.isoformat()
        else None
    )


def until(captures: Captures, moment: Moment) -> Period | None:
    """« jusqu'au 27 juillet »: from the article's day to its last; in the past, from nobody knows when."""
    timed, today = _dated(captures), moment.published
    if timed is None:
        return None
    timed = _ahead_of(timed, moment)
    known = today is not None and today.isoformat() <= timed.period.end
    return Period(today.isoformat() if today and known else "", timed.period.end, "interval")


def open_end(captures: Captures, moment: Moment) -> Period | None:
    """« à partir du 22 juillet »."""
    timed = _dated(captures)
    return Period(timed.period.start, "", timed.period.precision) if timed else None


def before(captures: Captures, moment: Moment) -> Period | None:
    """« avant la fin de l'année » runs to the end of that end; « avant mars » to the last day of February."""
    timed = _dated(captures)
    if timed is None:
        return None
    timed = _ahead_of(timed, moment)
    if timed.reads in ("part", "part-of-unit"):
        end = timed.period.end
    else:
        end = (date.fromisoformat(timed.period.start) - ONE_DAY).isoformat()
    today = moment.published.isoformat() if moment.published else ""
    return Period(today if today and today <= end else "", end, "interval")


def after(captures: Captures, moment: Moment) -> Period | None:
    """« après le 1er novembre »."""
    timed = _dated(captures)
    if timed is None:
        return None
    return Period((date.fromisoformat(timed.period.end) + ONE_DAY).isoformat(), "", timed.period.precision)


def between(captures: Captures, moment: Moment) -> Period | None:
    """« de 2002 à 2012 », « du 10 juin au 1er juillet », « de mercredi à jeudi »."""
    first, last = _dated(captures), _dated(captures, 1)
    if first is None or last is None:
        return None
    if last.explicit and not first.explicit and first.reads != "weekday":
        first = replace(first, period=calendar.on_year(first.period, int(last.period.start[:4])))
        if first.period.start > last.period.end:
            first = _moved(first, -1, 0)
    if first.period.start > last.period.end and not last.explicit:
        last = _moved(last, 1, 7)
    if first.period.start > last.period.end:
        return None
    return Period(first.period.start, last.period.end, "interval")


def night(captures: Captures, moment: Moment) -> Period | None:
    """« dans la nuit de dimanche » runs into the next day."""
    timed = _dated(captures)
    if timed is None or timed.period.precision != "day" or timed.period.start != timed.period.end:
        return None
    when = date.fromisoformat(timed.period.start)
    return calendar.span(when, when + ONE_DAY, "night")


def next_day(captures: Captures, moment: Moment) -> Period | None:
    """« le lendemain du 13 février »."""
    timed = _dated(captures)
    return calendar.day(date.fromisoformat(timed.period.end) + ONE_DAY) if timed else None


def day_before(captures: Captures, moment: Moment) -> Period | None:
    """« la veille du 13 février »."""
    timed = _dated(captures)
    return calendar.day(date.fromisoformat(timed.period.start) - ONE_DAY) if timed else None


def same(captures: Captures, moment: Moment) -> Period | None:
    """« lundi soir » is that Monday."""
    timed = _dated(captures)
    return timed.period if timed and timed.period.precision == "day" else None


def at_clock(captures: Captures, moment: Moment) -> Period | None:
    """« lundi à 10 h 12 »."""
    period = same(captures, moment)
    return replace(period, precision="hour", hour=str(captures.one("clock"))) if period else None


def clock(captures: Captures, moment: Moment) -> Period | None:
    """« à 14 h 30 »: of the day that the text speaks of."""
    when = moment.story or moment.published
    told = captures.one("clock") or captures.one("clock-exact")
    return replace(calendar.day(when), precision="hour", hour=str(told)) if when else None
