"""The words of times: what the slots of the patterns in `ontology/lexicon/times.ttl` read.

Names of months and days come from the Unicode CLDR (babel).
"""

from __future__ import annotations

from collections.abc import Callable

from kg.entities.numbers import forms
from kg.entities.patterns import Table
from kg.ontology import Ontology

__all__ = ["tables"]


def tables(ontology: Ontology, language: str) -> dict[str, Table]:
    """The forms that each slot of the patterns reads, and what they mean, by the slot's name."""

    def listed(
        class_name: str, value: str = "number", read: Callable[[str], object] = int, name: str = "form"
    ) -> Table:
        terms = ontology.terms(class_name)
        return Table({form: read(term.text(value)) for term in terms for form in term.texts(name, language)})

    def plain(class_name: str) -> Table:
        return Table(dict.fromkeys(forms(ontology, language, class_name), True))

    units = ontology.terms("CalendarUnit")
    both = {
        form: term.text("grain")
        for term in units
        for form in (*term.texts("singular", language), *term.texts("plural", language))
    }
    feasts, seasons = ontology.terms("Holiday"), ontology.terms("Season")
    return {
        "month": _months(ontology, language),
        "weekday": _weekdays(ontology, language),
        "unit": Table(
            {form: term.text("grain") for term in units for form in term.texts("singular", language)}
        ),
        "units": Table(both),
        "shift": listed("Shift"),
        "step": listed("Step"),
        "part": listed("PeriodPart", "part", str),
        "ordinal": listed("OrdinalWord"),
        "season": Table(
            {form: (t.text("from"), t.text("to")) for t in seasons for form in t.texts("form", language)}
        ),
        "holiday": Table({form: t.text("from") for t in feasts for form in t.texts("form", language)}),
        "dayword": listed("DayWord", "days"),
        "storyword": listed("StoryWord", "days"),
        "this": plain("This"),
        "past": plain("PastWord"),
        "daypart": plain("DayPart"),
        "daypart-of": plain("DayPartOf"),
        "daypart-alone": plain("DayPartAlone"),
        "hedge": plain("SpanHedge"),
        "clock-word": listed("ClockWord"),
        "clock-tail": listed("ClockTail"),
        "clock-half": listed("ClockHalf"),
    }


def _months(ontology: Ontology, language: str) -> Table:
    from babel.core import Locale

    names = Locale.parse(language).months["format"]["wide"]
    short = {
        form: int(term.text("number"))
        for term in ontology.terms("MonthShort")
        for form in term.texts("form", language)
    }
    return Table({**{name: number for number, name in sorted(names.items())}, **short})


def _weekdays(ontology: Ontology, language: str) -> Table:
    from babel.core import Locale

    names = Locale.parse(language).days["format"]["wide"]
    short = {
        form: int(term.text("number"))
        for term in ontology.terms("WeekdayShort")
        for form in term.texts("form", language)
    }
    return Table({**{name: number for number, name in sorted(names.items())}, **short})
