"""Patterns over lexemes: "{weekday} le? {day} (mai|juin)" against a line of words, by the longest match.

A pattern is a sequence of elements: a word, `(a|b c)` for alternatives, `{slot}` for what a slot reads, `?` behind
any of them when it may be missing, `!` before alternatives that must not follow. Slots are functions; a pattern may
call itself through one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field

from kg.entities.lexemes import Lexeme, words
from kg.errors import OntologyError
from kg.model import record

__all__ = ["DAY", "FIGURE", "FIGURES", "YEAR", "Captures", "Line", "Pattern", "Slot", "Table", "parse"]

SAFE_LENGTH = 4  # letters from which a word without its accents is no other word
# What slots know a lexeme by that is no word: a day of a month or a year in figures, another figure, ….
DAY, YEAR, FIGURE = "#day", "#year", "#figure"
FIGURES = frozenset({DAY, YEAR, FIGURE})
WORDED = ("word", "symbol")
ELEMENT = re.compile(r"(!)?(?:\{([\w-]+)\}|\(([^()]*)\)|([^\s?]+))(\?)?")


@record
class Line:
    """The lexemes of a sentence and their texts.

    `marks` are what slots know them by: words by their texts, others by their kind ("#date"); `present` all of these.
    `context` is what the slots of its patterns need to know beyond it; `read` keeps what they read with it, by place.
    `memo` keeps what is the same in any context, by slot and place.
    """

    lexemes: tuple[Lexeme, ...]
    texts: tuple[str, ...]
    marks: tuple[str, ...]
    present: frozenset[str]
    context: object = None
    memo: dict[tuple[str, int], object] = field(default_factory=dict)
    read: dict[int, object] = field(default_factory=dict)

    @classmethod
    def of(cls, lexemes: tuple[Lexeme, ...], context: object = None) -> Line:
        """A line of these lexemes."""
        texts = tuple([lexeme.text for lexeme in lexemes])
        marks = tuple([one.text if one.kind in WORDED else _mark(one) for one in lexemes])
        return cls(lexemes, texts, marks, frozenset(marks), context)

    def within(self, context: object) -> Line:
        """The same line in another context."""
        return Line(self.lexemes, self.texts, self.marks, self.present, context, self.memo)

    def has(self, form: tuple[str, ...], at: int) -> bool:
        """Whether these words stand there."""
        return self.texts[at : at + len(form)] == form

    def text(self, at: int) -> str:
        """The word there, or the empty string beyond the ends."""
        return self.texts[at] if 0 <= at < len(self.texts) else ""

    def mark(self, at: int) -> str:
        """What slots know the lexeme there by, or the empty string beyond the end."""
        return self.marks[at] if at < len(self.marks) else ""


def _mark(lexeme: Lexeme) -> str:
    size = len(lexeme.text) if lexeme.plain else 0
    if size and size <= 2 and 1 <= lexeme.number <= 31:
        return DAY
    return YEAR if size == 4 and 1000 <= lexeme.number <= 2100 else f"#{lexeme.kind}"


class Captures:
    """What the slots of a match have read, in order, by slot; and where the match stands."""

    def __init__(self, line: Line, start: int, end: int, values: Sequence[tuple[str, object]]) -> None:
        self.line, self.start, self.end = line, start, end
        self.values = values

    def all(self, slot: str) -> list[object]:
        """Every value of the slot."""
        return [value for name, value in self.values if name == slot]

    def one(self, slot: str) -> object | None:
        """The first value of the slot, None where it read nothing."""
        for name, value in self.values:
            if name == slot:
                return value
        return None

    def number(self, slot: str) -> int | None:
        """The first value of a slot that reads whole numbers."""
        value = self.one(slot)
        return value if isinstance(value, int) else None

    def numbers(self, slot: str) -> list[int]:
        """Every value of a slot that reads whole numbers."""
        return [value for value in self.all(slot) if isinstance(value, int)]


def _plain(form: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", form) if not unicodedata.combining(letter)
    )


class Slot:
    """Reads values at a place: yields (value, end), longest first. `starts` are the words it can begin with.

    In `starts`, "#date" and "#clock" stand for every lexeme of that kind, "#day", "#year" and "#figure" for figures.
    `forms` is all it can read, where that is known, or `inner` all that can stand behind the first word of what it reads;
    `needs` are words of which a line must have one, where these are few.
    """

    def __init__(
        self,
        read: Callable[[Line, int], Iterator[tuple[object, int]]],
        starts: frozenset[str],
        forms: Collection[tuple[str, ...]] = (),
        *,
        inner: frozenset[str] | None = None,
        needs: frozenset[str] = frozenset(),
    ) -> None:
        self.read = read
        self.starts = starts
        self.forms = forms
        self.inner = inner
        self.needs = needs or starts


class Table:
    """Forms of the lexicon and what they mean, found at a place by the longest form.

    A form of four letters or more is also found without its accents, as careless and capital letters are written.
    """

    def __init__(self, forms: Mapping[str, object]) -> None:
        self.forms: dict[tuple[str, ...], object] = {}
        for form, value in forms.items():
            self.forms.setdefault(words(form), value)
        for form, value in forms.items():
            if len(form) >= SAFE_LENGTH:
                self.forms.setdefault(words(_plain(form)), value)
        first: dict[str, set[int]] = {}
        for form_words in self.forms:
            first.setdefault(form_words[0], set()).add(len(form_words))
        self.lengths = {word: tuple(sorted(sizes, reverse=True)) for word, sizes in first.items()}

    def read(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        """The values whose forms stand there, longest first, and where each ends."""
        for length in self.lengths.get(line.text(at), ()):
            form = line.texts[at : at + length]
            if form in self.forms and len(form) == length:
                yield self.forms[form], at + length

    def longest(self, line: Line, at: int) -> tuple[object, int] | None:
        """The value of the longest form that stands there."""
        texts = line.texts
        for length in self.lengths.get(texts[at], ()) if 0 <= at < len(texts) else ():
            form = texts[at : at + length]
            if form in self.forms and len(form) == length:
                return self.forms[form], at + length
        return None

    @property
    def words(self) -> frozenset[str]:
        """Every word of a form."""
        return frozenset(word for form in self.forms for word in form)

    def slot(self) -> Slot:
        """The table as a slot of patterns."""
        return Slot(self.read, frozenset(self.lengths), self.forms)


@record
class Element:
    """One place of a pattern: a slot, or alternatives of words; `barred` where these must not stand."""

    slot: str
    options: tuple[tuple[str, ...], ...]
    optional: bool
    barred: bool = False


@record
class Pattern:
    """A compiled pattern and the name of the reckoning that it feeds."""

    reads: str
    elements: tuple[Element, ...]

    def starts(self, slots: Mapping[str, Slot]) -> frozenset[str]:
        """The words that a match can begin with."""
        return _starts(self.elements, slots)

    def seconds(self, start: str, slots: Mapping[str, Slot]) -> frozenset[str]:
        """The words that stand behind that first one in a match, empty where any may, or none."""
        found: set[str] = set()
        for k, element in enumerate(self.elements):
            slot, rest = slots[element.slot] if element.slot else None, self.elements[k + 1 :]
            if element.barred:
                return frozenset()
            if slot is not None and not slot.forms and start in slot.starts:
                if slot.inner is None or _may_end(rest):
                    return frozenset()
                found |= slot.inner | _starts(rest, slots)
            for form in slot.forms if slot is not None else element.options:
                if form[0] == start and len(form) > 1:
                    found.add(form[1])
                elif form[0] == start and _may_end(rest):
                    return frozenset()
                elif form[0] == start:
                    found |= _starts(rest, slots)
            if not element.optional:
                break
        return frozenset(found)

    def needs(self, slots: Mapping[str, Slot]) -> tuple[frozenset[str], ...]:
        """For each element that cannot be missing, the words of which a line must have one."""
        needed = [one for one in self.elements if not one.optional and not one.barred]
        return tuple([slots[one.slot].needs if one.slot else _starts([one], slots) for one in needed])

    def match(self, line: Line, at: int, slots: Mapping[str, Slot]) -> Captures | None:
        """The first way to read the whole pattern there, optional elements preferred."""
        found = _read(self.elements, 0, line, at, slots, ())
        return Captures(line, at, *found) if found else None


def _may_end(elements: Sequence[Element]) -> bool:
    """Whether nothing need be read for them, or something must not be."""
    first = next((one for one in elements if one.barred or not one.optional), None)
    return first is None or first.barred


def _starts(elements: Sequence[Element], slots: Mapping[str, Slot]) -> frozenset[str]:
    found: set[str] = set()
    for element in elements:
        found |= slots[element.slot].starts if element.slot else {option[0] for option in element.options}
        if not element.optional:
            break
    return frozenset(found)


def _read(
    elements: tuple[Element, ...],
    k: int,
    line: Line,
    at: int,
    slots: Mapping[str, Slot],
    read: tuple[tuple[str, object], ...],
) -> tuple[int, tuple[tuple[str, object], ...]] | None:
    """Where the first reading of the elements from the k-th on ends, and what the slots have read; None without one."""
    if k == len(elements):
        return at, read
    element, here = elements[k], line.mark(at)
    options = [option for option in element.options if option[0] == here and line.has(option, at)]
    if element.barred:
        return None if options else _read(elements, k + 1, line, at, slots, read)
    if element.slot and here in slots[element.slot].starts:
        for value, end in slots[element.slot].read(line, at):
            found = _read(elements, k + 1, line, end, slots, (*read, (element.slot, value)))
            if found is not None:
                return found
    for option in options:
        found = _read(elements, k + 1, line, at + len(option), slots, read)
        if found is not None:
            return found
    return _read(elements, k + 1, line, at, slots, read) if element.optional else None


def parse(source: str, reads: str, slots: Mapping[str, Slot], where: str) -> Pattern:
    """A pattern as it is written in the lexicon; OntologyError where it names a slot that does not exist."""
    elements: list[Element] = []
    for match in ELEMENT.finditer(source):
        barred, slot, options, word, optional = match.groups()
        if slot and slot not in slots and slot != "date":
            known = ", ".join(sorted(slots))
            raise OntologyError(
                f"{where}: the pattern '{source}' names no slot '{slot}'. Slots are: {known}."
            )
        forms = options.split("|") if options else [word] if word else []
        choices = tuple(sorted((words(form) for form in forms), key=len, reverse=True))
        elements.append(Element(slot or "", choices, bool(optional), bool(barred)))
    return Pattern(reads, tuple(elements))
