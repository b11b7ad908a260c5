"""The reckonings that patterns of times name: from what their slots read to a period of the calendar.

A reckoning takes the captures of a match and the moment of reading, and gives None where the words make no time
(the 31st of June, or "lundi" in an article without a date).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.entities import calendar
from kg.entities.numbers import Number
from kg.entities.patterns import Captures, Line
from kg.model import Period

__all__ = ["RECKONINGS", "Moment", "Timed"]

ONE_DAY = timedelta(days=1)
LARGEST = 3000  # units away; more is no date of a newspaper


@dataclass(frozen=True)
class Moment:
    """When a sentence is read: the article's date, the day it speaks of, and whether a place of it is in the future.

    `is_year` says whether a four-figure number at a place may be a year there; `articles` are the words before a
    unit that make no date of it (« une année passée »).
    """

    published: date | None
    story: date | None
    future: Callable[[int], bool]
    is_year: Callable[[Line, int], bool]
    articles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Timed:
    """A period read at lexemes `start` to `end` by a reckoning; `explicit` where the text names the year."""

    period: Period
    start: int
    end: int
    reads: str
    explicit: bool


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _count(captures: Captures) -> list[int]:
    """The whole numbers of {n} slots, none where one of them is a fraction or beyond reason."""
    numbers = [value.value for value in captures.all("n") if isinstance(value, Number)]
    if not numbers or any(number != int(number) or not 0 < number < LARGEST for number in numbers):
        return []
    return [int(number) for number in numbers]


def _choose(candidates: list[Period], captures: Captures, moment: Moment) -> Period | None:
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


def _years(captures: Captures, moment: Moment, of_year: Callable[[int], Period | None]) -> Period | None:
    """`of_year` for the year that is written, else for the one that fits the article's date."""
    written = captures.number("year")
    if written is not None:
        return of_year(written)
    if moment.published is None:
        return None
    if captures.one("unit") == "year" and captures.number("shift") is not None:
        return of_year(moment.published.year + (captures.number("shift") or 0))
    return _choose(calendar.around(moment.published, of_year), captures, moment)


def day(captures: Captures, moment: Moment) -> Period | None:
    """« mardi 6 décembre 2016 »; without a year, that of the weekday or the nearest."""
    number, month = captures.number("day"), captures.number("month")
    weekday = captures.number("weekday")
    if number is None or month is None:
        return None
    on_weekday = weekday is not None and captures.number("year") is None and captures.number("shift") is None

    def of_year(year: int) -> Period | None:
        when = _safe_date(year, month, number)
        return calendar.day(when) if when else None

    if on_weekday and moment.published is not None:
        fitting = [p for p in calendar.around(moment.published, of_year) if date.fromisoformat(p.start).weekday() == weekday]
        if fitting:
            return _choose(fitting, captures, moment)
    return _years(captures, moment, of_year)


def weekday_day(captures: Captures, moment: Moment) -> Period | None:
    """« jeudi 26 »: the nearest 26th that is a Thursday, at most two months away."""
    number, weekday = captures.number("day"), captures.number("weekday")
    if moment.published is None or number is None:
        return None
    months = (calendar.add_months(moment.published.replace(day=1), count) for count in (-2, -1, 0, 1, 2))
    days = (_safe_date(month.year, month.month, number) for month in months)
    return _choose([calendar.day(when) for when in days if when and when.weekday() == weekday], captures, moment)


def weekday(captures: Captures, moment: Moment) -> Period | None:
    """« lundi »: the last one, today included; the next one in the future tense."""
    wanted, today = captures.number("weekday"), moment.published
    if today is None or wanted is None:
        return None
    back = (today.weekday() - wanted) % 7
    last = today - timedelta(days=back)
    shift = captures.number("shift")
    if shift is not None and shift != 0:
        return calendar.day(last - timedelta(days=0 if back else 7) if shift < 0 else last + timedelta(days=7))
    ahead = back > 0 and moment.future(captures.start)
    return calendar.day(last + timedelta(days=7) if ahead else last)


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
    when = _safe_date(year, month, number)
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
    return _years(captures, moment, lambda year: calendar.day(date(year, month, number)))


def days(captures: Captures, moment: Moment) -> Period | None:
    """« du 13 au 15 juillet »."""
    numbers, month = captures.numbers("day"), captures.number("month")
    if len(numbers) != 2 or month is None:
        return None

    def of_year(year: int) -> Period | None:
        first, last = (_safe_date(year, month, number) for number in numbers)
        return calendar.span(first, last, "day") if first and last and first < last else None

    return _years(captures, moment, of_year)


def days_of_unit(captures: Captures, moment: Moment) -> Period | None:
    """« du 4 au 23 de ce mois », « du vendredi 11 au mardi 15 »."""
    numbers, unit = captures.numbers("day"), captures.one("unit")
    if moment.published is None or len(numbers) != 2 or unit not in (None, "month"):
        return None
    if unit and captures.one("this") is None and captures.number("shift") is None:
        return None
    month = calendar.add_months(moment.published.replace(day=1), captures.number("shift") or 0)
    first, last = (_safe_date(month.year, month.month, number) for number in numbers)
    return calendar.span(first, last, "day") if first and last and first < last else None


def unit(captures: Captures, moment: Moment) -> Period | None:
    """« cette année », « le mois dernier », « ce week-end »."""
    grain, today = str(captures.one("unit")), moment.published
    if today is None or grain == "fortnight":
        return None
    this, shift = captures.one("this") is not None, captures.number("shift") or 0
    if not this and captures.line.text(captures.start - 1) in moment.articles:
        return None
    here = calendar.enclosing(calendar.shift(today, shift, grain), grain)
    if grain != "weekend" or shift:
        return here
    before = calendar.enclosing(today - timedelta(days=7), "weekend")
    return _choose([before, here], captures, moment)


def _rolled(moment: Moment, counts: list[int], grain: str, ahead: bool) -> Period | None:
    if moment.published is None or not counts:
        return None
    away = calendar.shift(moment.published, max(counts) if ahead else -max(counts), grain)
    first, last = (moment.published, away) if ahead else (away, moment.published)
    return calendar.span(first, last, "interval")


def rolling(captures: Captures, moment: Moment) -> Period | None:
    """« les dix prochaines années », « ces trois derniers mois », « la dernière semaine »."""
    shift = captures.number("shift")
    grain = str(captures.one("units") or captures.one("unit"))
    if not shift or (captures.one("unit") and grain not in ("week", "month", "year", "quarter", "decade")):
        return None
    return _rolled(moment, _count(captures) if captures.all("n") else [1], grain, shift > 0)


def within(captures: Captures, moment: Moment) -> Period | None:
    """« d'ici deux semaines »."""
    return _rolled(moment, _count(captures), str(captures.one("units")), True)


def for_some_time(captures: Captures, moment: Moment) -> Period | None:
    """« depuis deux semaines »."""
    return _rolled(moment, _count(captures), str(captures.one("units")), False)


def _away(captures: Captures, moment: Moment, sign: int) -> Period | None:
    """So many units from the article's date, as precise as the unit: years as years, days as days."""
    counts, grain = _count(captures), str(captures.one("units"))
    if moment.published is None or not counts:
        return None
    ends = sorted(calendar.shift(moment.published, sign * count, grain) for count in counts)
    precision = {"month": "month", "year": "year", "decade": "year", "century": "year", "quarter": "month"}.get(grain, "day")
    first, last = (calendar.enclosing(when, precision) for when in (ends[0], ends[-1]))
    return Period(first.start, last.end, precision)


def ahead(captures: Captures, moment: Moment) -> Period | None:
    """« dans cinq ans »."""
    return _away(captures, moment, 1)


def ago(captures: Captures, moment: Moment) -> Period | None:
    """« il y a trois ans »."""
    return _away(captures, moment, -1)


def past(captures: Captures, moment: Moment) -> Period | None:
    """« depuis longtemps »: until the article, from nobody knows when."""
    return Period("", moment.published.isoformat(), "unknown") if moment.published else None


def month(captures: Captures, moment: Moment) -> Period | None:
    """« mai 2018 », « en décembre dernier », « mars »."""
    number = captures.number("month")
    if number is None:
        return None
    if captures.one("unit") not in (None, "year") or _is_name(captures):
        return None
    return _years(captures, moment, lambda year: calendar.month(year, number))


def _is_name(captures: Captures) -> bool:
    """A month alone that is written like a name: « selon Mai Fatty »."""
    lexemes = captures.line.lexemes
    if captures.end - captures.start > 1 or not lexemes[captures.start].capital:
        return False
    return captures.start > 0 or captures.end < len(lexemes) and lexemes[captures.end].capital


def months(captures: Captures, moment: Moment) -> Period | None:
    """« avril et mai 2017 », « d'avril à juin »."""
    first, last = captures.numbers("month")

    def of_year(year: int) -> Period:
        start = calendar.month(year - 1 if first > last else year, first)
        return Period(start.start, calendar.month(year, last).end, "month")

    return _years(captures, moment, of_year)


def year(captures: Captures, moment: Moment) -> Period | None:
    """« 2016 », where it is no number of things."""
    number = captures.number("year")
    if number is None or not moment.is_year(captures.line, captures.end - 1):
        return None
    return calendar.year(number)


def years(captures: Captures, moment: Moment) -> Period | None:
    """« 2016-2017 », « 2016-17 »."""
    numbers = captures.numbers("year")
    short = captures.number("short-year")
    last = numbers[0] // 100 * 100 + short if short is not None else numbers[-1]
    return calendar.whole_years(numbers[0], last, "year") if numbers[0] < last <= numbers[0] + 150 else None


def decade(captures: Captures, moment: Moment) -> Period | None:
    """« les années 1990 », « les années quatre-vingt »."""
    counts = [value.value for value in captures.all("n") if isinstance(value, Number)]
    first = int(counts[0]) if counts else 0
    first = first + 1900 if 10 <= first <= 90 else first
    return calendar.whole_years(first, first + 9, "decade") if first % 10 == 0 and 1000 < first < 2100 else None


def century(captures: Captures, moment: Moment) -> Period | None:
    """« le XXe siècle »."""
    number = captures.number("century") or 0
    return calendar.whole_years(100 * number - 99, 100 * number, "century") if 1 <= number <= 21 else None


def season(captures: Captures, moment: Moment) -> Period | None:
    """« l'été 2011 », « cet hiver »."""
    ends = captures.one("season")
    if not isinstance(ends, tuple):
        return None
    return _years(captures, moment, lambda year: calendar.season(year, ends[0], ends[1]))


def _reference(captures: Captures, moment: Moment) -> Period | None:
    """The period that an ordinal counts in: the one written, or the unit around the article's date."""
    dated = captures.one("date")
    if isinstance(dated, Timed):
        return dated.period
    units = captures.all("unit")
    if len(units) == 2 and moment.published is not None:
        return calendar.enclosing(moment.published, str(units[1]))
    return None


def ordinal_unit(captures: Captures, moment: Moment) -> Period | None:
    """« au troisième trimestre 2016 », « la première semaine d'octobre », « le dernier jour de mai »."""
    number, grain = captures.number("ordinal") or 0, str(captures.one("unit"))
    within_period = _reference(captures, moment)
    if grain in ("quarter", "semester"):
        return _ordinal_of_year(number, grain, within_period, captures, moment)
    if within_period is None or within_period.precision not in ("month", "year"):
        return None
    start, end = calendar.bounds(within_period)
    if grain == "day":
        when = end if number < 0 else start + timedelta(days=number - 1)
        return calendar.day(when)
    if grain == "fortnight" and within_period.precision == "month":
        halves = {1: (start, start.replace(day=15)), 2: (start.replace(day=16), end), -1: (start.replace(day=16), end)}
        return calendar.span(*halves[number], "fortnight") if number in halves else None
    if grain != "week":
        return None
    monday = start + timedelta(days=-start.weekday() % 7)
    last = end - timedelta(days=(end.weekday() + 1) % 7 + 6)
    return calendar.enclosing(last if number < 0 else monday + timedelta(days=7 * (number - 1)), "week")


def _ordinal_of_year(
    number: int, grain: str, reference: Period | None, captures: Captures, moment: Moment
) -> Period | None:
    size, build = (4, calendar.quarter) if grain == "quarter" else (2, calendar.semester)
    if reference is not None:
        if reference.precision != "year":
            return None
        return build(int(reference.start[:4]), size if number < 0 else number) if number <= size else None
    if moment.published is None or not 1 <= number <= size:
        return None
    candidates = [build(moment.published.year + step, number) for step in (-1, 0, 1)]
    today = moment.published.isoformat()
    if moment.future(captures.start):
        return min((p for p in candidates if p.end >= today), key=lambda p: p.start)
    return max((p for p in candidates if p.start <= today), key=lambda p: p.start)


def week_of(captures: Captures, moment: Moment) -> Period | None:
    """« la semaine du 16 septembre »."""
    dated = captures.one("date")
    if not isinstance(dated, Timed) or dated.period.precision != "day":
        return None
    return calendar.enclosing(date.fromisoformat(dated.period.start), "week")


def part(captures: Captures, moment: Moment) -> Period | None:
    """« fin 2013 », « début juin », « mi-août »."""
    dated, name = captures.one("date"), str(captures.one("part"))
    if not isinstance(dated, Timed) or not dated.period.start or not dated.period.end:
        return None
    return _part(dated.period, name, moment)


def part_of_unit(captures: Captures, moment: Moment) -> Period | None:
    """« la fin de l'année », « en début de semaine »."""
    grain = str(captures.one("unit"))
    if moment.published is None or grain in ("day", "weekend", "century", "decade"):
        return None
    return _part(calendar.enclosing(moment.published, grain), str(captures.one("part")), moment)


def _part(period: Period, name: str, moment: Moment) -> Period | None:
    if name != "rest":
        return calendar.part_of(period, name)
    if moment.published is None or not period.start <= moment.published.isoformat() <= period.end:
        return None
    return replace(period, start=moment.published.isoformat(), precision="part")


def _moved(timed: Timed, years: int, days_count: int) -> Timed:
    """The same words read a year, or a week, earlier or later."""
    start, end = calendar.bounds(timed.period)
    if timed.reads in ("weekday", "weekday-day"):
        move = timedelta(days=days_count)
        return replace(timed, period=calendar.span(start + move, end + move, timed.period.precision))
    if timed.reads in ("dayword", "storyword", "story-day", "unit", "rolling", "ago", "ahead", "within", "for-some-time"):
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
    return Period(timed.period.start, today.isoformat(), "interval") if timed.period.start <= today.isoformat() else None


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


RECKONINGS: Mapping[str, Callable[[Captures, Moment], Period | None]] = {
    "after": after,
    "ago": ago,
    "ahead": ahead,
    "at-clock": at_clock,
    "before": before,
    "between": between,
    "by": until,
    "century": century,
    "clock": clock,
    "day": day,
    "day-before": day_before,
    "days": days,
    "days-of-unit": days_of_unit,
    "dayword": dayword,
    "decade": decade,
    "for-some-time": for_some_time,
    "from": open_end,
    "holiday": holiday,
    "month": month,
    "months": months,
    "next-day": next_day,
    "night": night,
    "numeric": numeric,
    "ordinal-unit": ordinal_unit,
    "part": part,
    "part-of-unit": part_of_unit,
    "past": past,
    "rolling": rolling,
    "same": same,
    "season": season,
    "since": since,
    "story-day": story_day,
    "storyword": storyword,
    "unit": unit,
    "until": until,
    "week-of": week_of,
    "weekday": weekday,
    "weekday-day": weekday_day,
    "weekday-of-week": weekday_of_week,
    "within": within,
    "year": year,
    "years": years,
}
