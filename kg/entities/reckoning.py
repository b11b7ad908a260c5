"""Which reckoning each pattern of a time feeds: the names that `kg:reads` gives in `ontology/lexicon/times.ttl`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.entities import days, intervals, periods
from kg.entities.moments import Moment
from kg.entities.patterns import Captures
from kg.model import Period

__all__ = ["RECKONINGS"]

RECKONINGS: Mapping[str, Callable[[Captures, Moment], Period | None]] = {
    "after": intervals.after,
    "ago": periods.ago,
    "ahead": periods.ahead,
    "at-clock": intervals.at_clock,
    "before": intervals.before,
    "between": intervals.between,
    "by": intervals.until,
    "century": periods.century,
    "clock": intervals.clock,
    "day": days.day,
    "day-before": intervals.day_before,
    "days": days.days,
    "days-of-unit": days.days_of_unit,
    "dayword": days.dayword,
    "decade": periods.decade,
    "for-some-time": periods.for_some_time,
    "from": intervals.open_end,
    "holiday": days.holiday,
    "month": periods.month,
    "months": periods.months,
    "next-day": intervals.next_day,
    "night": intervals.night,
    "numeric": days.numeric,
    "ordinal-unit": periods.ordinal_unit,
    "ordinal-weekday": periods.ordinal_weekday,
    "part": periods.part,
    "part-of-unit": periods.part_of_unit,
    "past": periods.past,
    "rolling": periods.rolling,
    "same": intervals.same,
    "season": periods.season,
    "since": intervals.since,
    "story-day": days.story_day,
    "storyword": days.storyword,
    "unit": periods.unit,
    "until": intervals.until,
    "week-of": periods.week_of,
    "weekday": days.weekday,
    "weekday-day": days.weekday_day,
    "unit-step": periods.unit_step,
    "weekday-step": days.weekday_step,
    "weekday-of-week": days.weekday_of_week,
    "within": periods.within,
    "year": periods.year,
    "years": periods.years,
}
