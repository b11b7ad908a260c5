"""Reckonings of weeks, months, years and longer: « mai 2018 », « l'an dernier », « il y a trois ans », « fin 2013 »."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kg.entities import calendar
from kg.entities.moments import Moment, Timed, choose, counts, fitting_year
from kg.entities.numbers import Number
from kg.entities.patterns import Captures
from kg.model import Period

__all__ = [
    "ago",
    "ahead",
    "century",
    "decade",
    "for_some_time",
    "month",
    "months",
    "ordinal_unit",
    "ordinal_weekday",
    "part",
    "part_of_unit",
    "past",
    "rolling",
    "season",
    "unit",
    "unit_step",
    "week_of",
    "within",
    "year",
    "years",
]


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
    return choose([before, here], captures, moment)


def unit_step(captures: Captures, moment: Moment) -> Period | None:
    """« l'année suivante »: from the time that the text spoke of last, else from the article's."""
    base, step, grain = moment.spoken or moment.published, captures.number("step"), str(captures.one("unit"))
    if base is None or step is None or grain == "fortnight":
        return None
    return calendar.enclosing(calendar.shift(base, step, grain), grain)


def _rolled(moment: Moment, numbers: list[int], grain: str, ahead: bool) -> Period | None:
    if moment.published is None or not numbers:
        return None
    away = calendar.shift(moment.published, max(numbers) if ahead else -max(numbers), grain)
    first, last = (moment.published, away) if ahead else (away, moment.published)
    return calendar.span(first, last, "interval")


def rolling(captures: Captures, moment: Moment) -> Period | None:
    """« les dix prochaines années », « ces trois derniers mois », « la dernière semaine »."""
    shift = captures.number("shift")
    grain = str(captures.one("units") or captures.one("unit"))
    if not shift or (captures.one("unit") and grain not in ("week", "month", "year", "quarter", "decade")):
        return None
    return _rolled(moment, counts(captures) if captures.all("n") else [1], grain, shift > 0)


def within(captures: Captures, moment: Moment) -> Period | None:
    """« d'ici deux semaines »."""
    return _rolled(moment, counts(captures), str(captures.one("units")), True)


def for_some_time(captures: Captures, moment: Moment) -> Period | None:
    """« depuis deux semaines »."""
    return _rolled(moment, counts(captures), str(captures.one("units")), False)


def _away(captures: Captures, moment: Moment, sign: int) -> Period | None:
    """So many units from the article's date, as precise as the unit: years as years, days as days."""
    numbers, grain = counts(captures), str(captures.one("units"))
    if moment.published is None or not numbers:
        return None
    ends = sorted(calendar.shift(moment.published, sign * number, grain) for number in numbers)
    precision = {
        "month": "month",
        "year": "year",
        "decade": "year",
        "century": "year",
        "quarter": "month",
    }.get(grain, "day")
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
    return fitting_year(captures, moment, lambda year: calendar.month(year, number))


def _is_name(captures: Captures) -> bool:
    """A month alone that is written like a name: « selon Mai Fatty »."""
    lexemes = captures.line.lexemes
    if captures.end - captures.start > 1 or not lexemes[captures.start].capital:
        return False
    return captures.start > 0 or (captures.end < len(lexemes) and lexemes[captures.end].capital)


def months(captures: Captures, moment: Moment) -> Period | None:
    """« avril et mai 2017 », « d'avril à juin »."""
    first, last = captures.numbers("month")

    def of_year(year: int) -> Period:
        start = calendar.month(year - 1 if first > last else year, first)
        return Period(start.start, calendar.month(year, last).end, "month")

    return fitting_year(captures, moment, of_year)


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
    numbers = [value.value for value in captures.all("n") if isinstance(value, Number)]
    first = int(numbers[0]) if numbers else 0
    first = first + 1900 if 10 <= first <= 90 else first
    return (
        calendar.whole_years(first, first + 9, "decade") if first % 10 == 0 and 1000 < first < 2100 else None
    )


def century(captures: Captures, moment: Moment) -> Period | None:
    """« le XXe siècle »."""
    number = captures.number("century") or 0
    return calendar.whole_years(100 * number - 99, 100 * number, "century") if 1 <= number <= 21 else None


def season(captures: Captures, moment: Moment) -> Period | None:
    """« l'été 2011 », « cet hiver »."""
    ends = captures.one("season")
    if not isinstance(ends, tuple):
        return None
    return fitting_year(captures, moment, lambda year: calendar.season(year, ends[0], ends[1]))


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
        halves = {
            1: (start, start.replace(day=15)),
            2: (start.replace(day=16), end),
            -1: (start.replace(day=16), end),
        }
        return calendar.span(*halves[number], "fortnight") if number in halves else None
    if grain != "week":
        return None
    monday = start + timedelta(days=-start.weekday() % 7)
    last = end - timedelta(days=(end.weekday() + 1) % 7 + 6)
    return calendar.enclosing(last if number < 0 else monday + timedelta(days=7 * (number - 1)), "week")


def ordinal_weekday(captures: Captures, moment: Moment) -> Period | None:
    """« le premier mercredi du mois prochain »."""
    number, wanted, dated = captures.number("ordinal") or 0, captures.number("weekday"), captures.one("date")
    if wanted is None or not isinstance(dated, Timed) or dated.period.precision != "month":
        return None
    start, end = calendar.bounds(dated.period)
    first = start + timedelta(days=(wanted - start.weekday()) % 7 + 7 * (number - 1))
    last = end - timedelta(days=(end.weekday() - wanted) % 7)
    when = last if number < 0 else first
    return calendar.day(when) if start <= when <= end else None


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
