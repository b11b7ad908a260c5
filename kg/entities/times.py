"""Times: what the patterns of `ontology/lexicon/times.ttl` mean, as periods of the calendar.

Each pattern names a reckoning (`kg:reads`); the reckonings are in `kg/entities/reckoning.py`. `Times` holds the
slots of the patterns and finds the longest match at a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.entities.moments import Moment, Timed
from kg.entities.numbers import Number, Numbers, forms
from kg.entities.patterns import DAY, FIGURE, FIGURES, YEAR, Captures, Line, Pattern, Slot, parse
from kg.entities.reckoning import RECKONINGS
from kg.entities.timewords import tables
from kg.ontology import Ontology

__all__ = ["Times"]

ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
LAST_CENTURY = 39
SMALL = 2  # letters of the longest word that tells nothing by itself
REACH = 7  # words from the beginning of a pattern to its first anchor
CLOCK = frozenset({"#clock"})
# A pattern, the words that can stand behind its first one, and of which a line must have one for each of its elements.
Trial = tuple[Pattern, frozenset[str], tuple[frozenset[str], ...]]


class Starting:
    """Patterns by the word that they begin with."""

    def __init__(self, patterns: Sequence[Pattern], slots: dict[str, Slot]) -> None:
        self._trials: dict[str, list[Trial]] = {}
        same: dict[frozenset[str], frozenset[str]] = {}
        for pattern in patterns:
            needs = pattern.needs(slots)
            for start in sorted(pattern.starts(slots)):
                seconds = pattern.seconds(start, slots)
                trial = (pattern, same.setdefault(seconds, seconds), needs)
                self._trials.setdefault(start, []).append(trial)
        self._seconds = {start: _united(trials) for start, trials in self._trials.items()}

    def opens(self, start: str, second: str) -> bool:
        """Whether a pattern can begin with these two words."""
        seconds = self._seconds.get(start)
        return seconds is not None and (not seconds or second in seconds)

    def trials(self, line: Line, at: int) -> Iterator[Pattern]:
        """The patterns that can begin there, as far as the next word and those of the line tell."""
        second, lacks = line.mark(at + 1), line.present.isdisjoint
        for pattern, seconds, needs in self._trials.get(line.marks[at], ()):
            if (not seconds or second in seconds) and True not in map(lacks, needs):
                yield pattern


def _united(trials: Sequence[Trial]) -> frozenset[str]:
    """The words that can stand behind the first one of some of these patterns, empty where any may."""
    seconds = [words for _, words, _ in trials]
    return frozenset().union(*seconds) if all(seconds) else frozenset()


def _telling(form: Sequence[str]) -> str:
    """The last word of a form that is no small one, which stand in any sentence: « jour » of « ce jour-là »."""
    return next((word for word in reversed(form) if len(word) > SMALL and word.isalpha()), form[0])


class Times:
    """Reads times of a line, with the patterns of one ontology and language."""

    def __init__(self, ontology: Ontology, numbers: Numbers, language: str = "fr") -> None:
        self.numbers = numbers
        self.markers = frozenset(forms(ontology, language, "YearMarker"))
        self.contexts = frozenset(forms(ontology, language, "YearContext"))
        self.tables = tables(ontology, language)
        self.hours = frozenset(forms(ontology, language, "ClockHours"))
        self.minutes = frozenset(forms(ontology, language, "ClockMinutes"))
        self.centuries = {
            f"{roman}{suffix}": number
            for number, roman in enumerate(map(_roman, range(1, LAST_CENTURY + 1)), 1)
            for suffix in numbers.suffixes
        }
        slots = {name: table.slot() for name, table in self.tables.items()}
        slots |= self._figures() | self._clocks() | {"n": self._counts()}
        self.slots = slots
        named = (
            "month",
            "weekday",
            "units",
            "season",
            "dayword",
            "storyword",
            "daypart",
            "daypart-alone",
            "holiday",
            "past",
        )
        # Every time has one of these words, or a figure: where none is near, no pattern is tried.
        self.anchors = frozenset(
            _telling(form) for name in (*named, "clock-word") for form in self.tables[name].forms
        )
        self.anchors |= (numbers.words - numbers.articles) | FIGURES | {"#date", "#clock"}
        simple = _patterns(ontology, "TimePattern", language, slots)
        bounded = _patterns(ontology, "TimeBound", language, slots)
        # A date may begin with a date: what a pattern can begin with is known once all others are.
        self.slots["date"] = Slot(self._dates, frozenset())
        starts = frozenset().union(*(pattern.starts(slots) for pattern in simple))
        self.slots["date"] = Slot(self._dates, starts)
        self.simple, self.bounded = Starting(simple, slots), Starting(bounded, slots)
        self.undated = Starting([one for one in bounded if one.elements[0].slot != "date"], slots)

    def at(self, line: Line, at: int) -> Timed | None:
        """The longest time that begins at this lexeme, None where none does. The line's context is its Moment."""
        if not self.begins(line)[at]:
            return None
        dated = self._dated(line, at)
        found = [*dated, *self._matches(self.bounded if dated else self.undated, line, at)]
        return max(found, key=lambda timed: timed.end) if found else None

    def begins(self, line: Line) -> list[bool]:
        """For each lexeme whether a pattern begins with it, and an anchor stands within the pattern's reach."""
        known = line.memo.get(("begins", 0))
        if not isinstance(known, list):
            known = line.memo["begins", 0] = self._beginnings(line)
        return known

    def _beginnings(self, line: Line) -> list[bool]:
        found = [False] * len(line.texts)
        if line.present.isdisjoint(self.anchors):
            return found
        left, behind = -1, ""
        for at in range(len(found) - 1, -1, -1):
            here = line.marks[at]
            left = REACH if here in self.anchors else left - 1
            if left >= 0 and (self.simple.opens(here, behind) or self.undated.opens(here, behind)):
                found[at] = True
            behind = here
        return found

    def _dates(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        if at < len(line.lexemes) and self.begins(line)[at]:
            for timed in self._dated(line, at):
                yield timed, timed.end

    def _dated(self, line: Line, at: int) -> list[Timed]:
        if at not in line.read:
            line.read[at] = []  # a pattern that would begin with itself finds nothing
            line.read[at] = sorted(self._matches(self.simple, line, at), key=lambda timed: -timed.end)
        value = line.read[at]
        return value if isinstance(value, list) else []

    def _matches(self, patterns: Starting, line: Line, at: int) -> list[Timed]:
        moment = line.context
        assert isinstance(moment, Moment)
        found: list[Timed] = []
        for pattern in patterns.trials(line, at):
            captures = pattern.match(line, at, self.slots)
            period = RECKONINGS[pattern.reads](captures, moment) if captures else None
            if captures and period is not None:
                explicit = _explicit(captures, pattern.reads)
                found.append(Timed(period, captures.start, captures.end, pattern.reads, explicit))
        return found

    def _figures(self) -> dict[str, Slot]:
        ordinals, alone = self.tables["ordinal"], frozenset[str]()
        inner = self.numbers.inner | ordinals.words
        return {
            "day": Slot(self._day, self.numbers.words | frozenset(ordinals.lengths) | {DAY}, inner=inner),
            "year": Slot(self._year, frozenset({YEAR}), inner=alone),
            "short-year": Slot(self._short_year, frozenset({DAY, FIGURE}), inner=alone),
            "numeric": Slot(_numeric, frozenset({"#date"}), inner=alone),
            "century": Slot(self._century, FIGURES | frozenset(self.centuries), inner=self.numbers.suffixes),
            "ordinal": Slot(self._ordinal, FIGURES | frozenset(ordinals.lengths), inner=inner),
        }

    def _clocks(self) -> dict[str, Slot]:
        words = self.tables["clock-word"]
        inner = self.numbers.inner | self.hours | self.minutes | FIGURES
        for name in ("clock-word", "clock-tail", "clock-half"):
            inner |= self.tables[name].words
        exact, said = FIGURES | CLOCK, self.numbers.words | frozenset(words.lengths)
        return {
            "clock": Slot(
                self._clock, exact | said, inner=inner, needs=self.hours | CLOCK | frozenset(words.lengths)
            ),
            "clock-exact": Slot(self._exact_clock, exact, inner=inner, needs=self.hours | CLOCK),
        }

    def _counts(self) -> Slot:
        numbers = self.numbers
        starts = numbers.words | frozenset(numbers.vague.lengths) | frozenset(numbers.collectives.lengths)
        return Slot(numbers.slot, FIGURES | starts, inner=numbers.inner)

    def _day(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        if at >= len(line.lexemes):
            return
        lexeme = line.lexemes[at]
        if lexeme.kind == "figure":
            if line.marks[at] == DAY:
                yield int(lexeme.number), at + 2 if self.numbers.is_ordinal(line, at) else at + 1
            return
        number = self.numbers.at(line, at)
        if number is not None and number.worded and not number.article and 1 <= number.value <= 31:
            yield int(number.value), number.end
        first = self.tables["ordinal"].longest(line, at)
        if first is not None and first[0] == 1:
            yield 1, first[1]

    def _ordinal(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        yield from self.tables["ordinal"].read(line, at)
        if at < len(line.lexemes) and line.lexemes[at].kind == "figure" and self.numbers.is_ordinal(line, at):
            yield int(line.lexemes[at].number), at + 2

    def _year(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        if line.mark(at) == YEAR:
            yield int(line.lexemes[at].number), at + 1

    def _short_year(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        if at < len(line.lexemes):
            lexeme = line.lexemes[at]
            if lexeme.kind == "figure" and lexeme.plain and len(lexeme.text) == 2:
                yield int(lexeme.number), at + 1

    def _century(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        if (century := self.centuries.get(line.text(at))) is not None:
            yield century, at + 1
        elif (
            at < len(line.lexemes) and line.lexemes[at].kind == "figure" and self.numbers.is_ordinal(line, at)
        ):
            yield int(line.lexemes[at].number), at + 2

    def _clock(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        yield from self._exact_clock(line, at)
        if at >= len(line.lexemes):
            return
        word = self.tables["clock-word"].longest(line, at)
        number = self.numbers.at(line, at)
        if word is not None:
            yield self._told(line, int(str(word[0])), 0, word[1])
        elif (
            number is not None
            and number.value < 24
            and number.value == int(number.value)
            and not number.round
        ):
            yield from self._said_clock(line, int(number.value), number)

    def _said_clock(self, line: Line, hour: int, number: Number) -> Iterator[tuple[object, int]]:
        """« dix heures », « quinze heures trente », but not « deux heures de route »."""
        if line.text(number.end) not in self.hours:
            return
        half = self.tables["clock-half"].longest(line, number.end + 1)
        if half is None and line.text(number.end + 1) in self.numbers.links:
            return
        after = self.numbers.at(line, number.end + 1) if number.end + 1 < len(line.lexemes) else None
        if number.worded and after is not None and after.worded and after.value < 60:
            yield self._told(line, hour, int(after.value), after.end)
        else:
            yield self._told(line, hour, 0, number.end + 1)

    def _exact_clock(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        """« 14h30 », « 10 h 12 », « 20:00 », "16h": hours that no duration is written like."""
        if at >= len(line.lexemes):
            return
        lexeme = line.lexemes[at]
        if lexeme.kind == "clock":
            hour, _, minute = lexeme.text.partition(":")
            yield self._told(line, int(hour), int(minute), at + 1)
        if (
            lexeme.kind != "figure"
            or not lexeme.plain
            or lexeme.number >= 24
            or line.text(at + 1) not in self.hours
        ):
            return
        behind = line.lexemes[at + 2] if at + 2 < len(line.lexemes) else None
        if behind is not None and behind.plain and len(behind.text) == 2 and behind.number < 60:
            end = at + 4 if line.text(at + 3) in self.minutes else at + 3
            yield self._told(line, int(lexeme.number), int(behind.number), end)

    def _told(self, line: Line, hour: int, minute: int, end: int) -> tuple[object, int]:
        """The hour with what follows it: « et quart », « moins le quart », « du soir », « heure locale »."""
        tail = self.tables["clock-tail"].longest(line, end)
        if tail is not None and minute == 0:
            minute, end = int(str(tail[0])), tail[1]
        half = self.tables["clock-half"].longest(line, end)
        if half is not None:
            hour, end = hour + int(str(half[0])) if hour < 12 else hour, half[1]
        total = (hour * 60 + minute) % (24 * 60)
        return f"{total // 60:02d}:{total % 60:02d}", end


def _patterns(ontology: Ontology, class_name: str, language: str, slots: dict[str, Slot]) -> list[Pattern]:
    return [
        parse(source, term.text("reads"), slots, f"{term.file}: {term.name}")
        for term in ontology.terms(class_name)
        for source in term.texts("pattern", language)
    ]


def _numeric(line: Line, at: int) -> Iterator[tuple[object, int]]:
    if at >= len(line.lexemes) or line.lexemes[at].kind != "date":
        return
    parts = [int(part) for part in re.split(r"[-/.]", line.text(at))]
    if len(parts) == 2:
        yield (parts[1], parts[0], 0), at + 1
        return
    first, second, third = parts
    year_number, month_number, day_number = (first, second, third) if first > 31 else (third, second, first)
    if year_number < 100:
        year_number += 1900 if year_number > 50 else 2000
    yield (year_number, month_number, day_number), at + 1


def _roman(number: int) -> str:
    """A number below forty in small Roman numerals.

    >>> _roman(19)
    'xix'
    """
    found = ""
    for numeral, value in ROMAN:
        found += numeral * (number // value)
        number %= value
    return found


def _explicit(captures: Captures, reads: str) -> bool:
    """Whether the text itself names the year."""
    dated = captures.one("date")
    inner = isinstance(dated, Timed) and dated.explicit
    return (
        inner or bool(captures.numbers("year")) or reads in ("numeric", "year", "years", "decade", "century")
    )
