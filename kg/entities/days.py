"""Reckonings of days: « mardi 6 décembre », « hier », « du 13 au 15 juillet ».

A reckoning takes the captures of a match and the moment of reading, and gives None where the words make no time
(the 31st of June, or "lundi" in an article without a date).
"""

from __future__ import annotations

from datetime import date, timedelta

from kg.entities import calendar
from kg.entities.moments import Moment, choose, fitting_year, safe_date
from kg.entities.patterns import Captures
from kg.model import Period

__all__ = [
    "day",
    "days",
    "days_of_unit",
    "dayword",
    "holiday",
    "numeric",
    "story_day",
    "storyword",
    "weekday",
    "weekday_day",
    "weekday_of_week",
    "weekday_step",
]


def day(captures: Captures, moment: Moment) -> Period | None:
    """« mardi 6 décembre 2016 »; without a year, that of the weekday or the nearest."""
    number, month = captures.number("day"), captures.number("month")
    weekday = captures.number("weekday")
    if number is None or month is None:
        return None
    on_weekday = weekday is not None and captures.number("year") is None and captures.number("shift") is None

    def of_year(year: int) -> Period | None:
        when = safe_date(year, month, number)
        return calendar.day(when) if when else None

    if on_weekday and moment.published is not None:
        fitting = [
            p
            for p in calendar.around(moment.published, of_year)
            if date.fromisoformat(p.start).weekday() == weekday
        ]
        if fitting:
            return choose(fitting, captures, moment)
    return fitting_year(captures, moment, of_year)


def weekday_day(captures: Captures, moment: Moment) -> Period | None:
    """« jeudi 26 »: the nearest 26th that is a Thursday, at most two months away."""
    number, weekday = captures.number("day"), captures.number("weekday")
    if moment.published is None or number is None:
        return None
    months = (calendar.add_months(moment.published.replace(day=1), count) for count in (-2, -1, 0, 1, 2))
    days = (safe_date(month.year, month.month, number) for month in months)
    return choose(
        [calendar.day(when) for when in days if when and when.weekday() == weekday], captures, moment
    )


def weekday(captures: Captures, moment: Moment) -> Period | None:
    """« lundi »: the last one, today included; the next one in the future tense."""
    wanted, today = captures.number("weekday"), moment.published
    if today is None or wanted is None:
        return None
    back = (today.weekday() - wanted) % 7
    last = today - timedelta(days=back)
    shift = captures.number("shift")
    if shift is not None and shift != 0:
        return calendar.day(
            last - timedelta(days=0 if back else 7) if shift < 0 else last + timedelta(days=7)
        )
    ahead = back > 0 and moment.future(captures.start)
    return calendar.day(last + timedelta(days=7) if ahead else last)


def weekday_step(captures: Captures, moment: Moment) -> Period | None:
    """« le lundi suivant »: from the day that the text spoke of last, else from the article's."""
    base, step, wanted = moment.story or moment.published, captures.number("step"), captures.number("weekday")
    if base is None or step is None or wanted is None:
        return None
    away = (step * (wanted - base.weekday())) % 7 or 7
    return calendar.day(base + timedelta(days=step * away))


def weekday_of_week(captures: Captures, moment: Moment) -> Period | None:
    """« mardi de la semaine prochaine »."""
    shift, wanted = captures.number("shift"), captures.number("weekday")
    if moment.published is None or wanted is None or captures.one("unit") != "week":
        return None
    if shift is None and captures.one("this") is None:
        return None
    week = calendar.enclosing(moment.published + timedelta(days=7 * (shift or 0)), "week")
    return calendar.day(date.fromisoformat(week.start) + timedelta(days=wanted))


def numeric(captures: Captures, moment: Moment) -> Period | None:
    """« 21/04/2016 », « 2013-03-01 », « 03/2015 »."""
    value = captures.one("numeric")
    if not isinstance(value, tuple):
        return None
    year, month, number = value
    if number == 0:
        return calendar.month(year, month) if 1 <= month <= 12 and year > 1000 else None
    when = safe_date(year, month, number)
    return calendar.day(when) if when else None


def dayword(captures: Captures, moment: Moment) -> Period | None:
    """« hier », « aujourd'hui »."""
    days_away = captures.number("dayword")
    if moment.published is None or days_away is None:
        return None
    return calendar.day(moment.published + timedelta(days=days_away))


def storyword(captures: Captures, moment: Moment) -> Period | None:
    """« la veille », « le lendemain »: of the day that the text speaks of."""
    days_away, base = captures.number("storyword"), moment.story or moment.published
    return calendar.day(base + timedelta(days=days_away)) if base and days_away is not None else None


def story_day(captures: Captures, moment: Moment) -> Period | None:
    """« dans la matinée »: of the day that the text speaks of."""
    when = moment.story or moment.published
    return calendar.day(when) if when else None


def holiday(captures: Captures, moment: Moment) -> Period | None:
    """« à Noël »."""
    month, number = (int(part) for part in str(captures.one("holiday")).split("-"))
    return fitting_year(captures, moment, lambda year: calendar.day(date(year, month, number)))


def days(captures: Captures, moment: Moment) -> Period | None:
    """« du 13 au 15 juillet »."""
    numbers, month = captures.numbers("day"), captures.number("month")
    if len(numbers) != 2 or month is None:
        return None

    def of_year(year: int) -> Period | None:
        first, last = (safe_date(year, month, number) for number in numbers)
        return calendar.span(first, last, "day") if first and last and first < last else None

    return fitting_year(captures, moment, of_year)


def days_of_unit(captures: Captures, moment: Moment) -> Period | None:
    """« du 4 au 23 de ce mois », « du vendredi 11 au mardi 15 »."""
    numbers, unit = captures.numbers("day"), captures.one("unit")
    if moment.published is None or len(numbers) != 2 or unit not in (None, "month"):
        return None
    if unit and captures.one("this") is None and captures.number("shift") is None:
        return None
    month = calendar.add_months(moment.published.replace(day=1), captures.number("shift") or 0)
    first, last = (safe_date(month.year, month.month, number) for number in numbers)
    return calendar.span(first, last, "day") if first and last and first < last else None
