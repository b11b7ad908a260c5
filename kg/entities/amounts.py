"""Amounts: a number with its bounds, its unit and its rate; ranges of two numbers.

au moins | entre 24 et | 26 millions | de personnes | par an
bound      range         number        unit           rate
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.entities.lexemes import words
from kg.entities.numbers import Number, Numbers, forms
from kg.entities.patterns import Line, Table
from kg.entities.units import TokenAt, Unit, Units
from kg.model import Amount, record
from kg.ontology import Ontology, Term

__all__ = ["Amounts", "Found"]

MARKER_WORDS = 5  # the longest marker of a bound: « un peu plus d' »
EXACTLY = "Exactly"  # what only looks like a bound
ARTICLE_REACH = 5  # words from an article to the end of what it counts
CHANGE_REACH = 5  # words between a verb of change and its figures


@record
class Found:
    """An amount at lexemes `start` to `end`, with the lexeme of its head word.

    `number` is what it was read from; `certain` is false where nothing but a number speaks for it.
    """

    start: int
    end: int
    head: int
    amount: Amount
    number: Number
    kind: str = ""

    @property
    def certain(self) -> bool:
        """Whether there is a unit, or a bound."""
        return bool(self.kind) or self.amount.value is None or self.amount.approximate


@record
class Range:
    """Two words that make a range: opener, "" where none is needed, and connector."""

    opener: tuple[str, ...]
    connector: tuple[str, ...]


class Amounts:
    """Reads amounts of a line, with the words of one ontology and language."""

    def __init__(self, ontology: Ontology, language: str = "fr") -> None:
        self.numbers = Numbers(ontology, language)
        self.units = Units(ontology, language)
        bounds = ontology.terms("Bound")
        self.markers = Table(
            {form: term.text("bound") for term in bounds for form in term.texts("marker", language)}
        )
        self.last_of_markers = frozenset(form[-1] for form in self.markers.forms)
        self.afters = Table(
            {form: term.text("bound") for term in bounds for form in term.texts("after", language)}
        )
        self.fillers = frozenset(forms(ontology, language, "BoundFiller"))
        self.ranges = tuple(found for term in ontology.terms("Range") for found in _ranges(term, language))
        self.connecting = frozenset(kind.connector[0] for kind in self.ranges)
        # Within a few words behind an article, something of these makes a number of it; nothing else does.
        self.counting = self.units.codes | self.units.firsts | self.connecting
        self.changes = frozenset(forms(ontology, language, "ChangeWord", "form", "lemma"))
        self.labels = frozenset(forms(ontology, language, "NumberedNoun"))
        self.out_of = frozenset(forms(ontology, language, "OutOf"))
        self.counting |= self.out_of | frozenset(self.units.part_links.lengths)
        self.definite = frozenset(forms(ontology, language, "PluralArticle"))
        self.times = Table(
            {
                form: term.text("unit")
                for term in ontology.terms("TimesMarker")
                for form in term.texts("form", language)
            }
        )

    def at(self, line: Line, at: int, token_at: TokenAt) -> Iterator[Found]:
        """The amounts that begin with the number at this lexeme; two where a change names two states."""
        number = self.numbers.at(line, at)
        if number is None or (number.article and self._is_article(line, at)):
            return
        if not self._is_amount(line, at, number):
            return
        unit = self._unit(line, number, token_at)
        ranged = self._range(line, at, number, unit, token_at)
        if ranged:
            yield from ranged
            return
        share = self._share_of(line, at, number)
        yield share or self._single(line, at, number, unit)

    def _is_article(self, line: Line, at: int) -> bool:
        """Whether nothing is near that would make an amount of « un »: neither a unit or a sign nor another number."""
        behind = line.texts[at + 1 : at + 1 + ARTICLE_REACH]
        return self.counting.isdisjoint(behind) and self.units.before(line, at) is None

    def _is_amount(self, line: Line, at: int, number: Number) -> bool:
        """Not the name of something: "article 49", "A321", "Boeing 737", "Sept-Îles"."""
        lexeme, before = line.lexemes[at], line.lexemes[at - 1] if at else None
        if before is not None and before.text in self.labels:
            return False
        tied = lexeme.glued and before is not None and before.kind == "word" and not before.text.endswith("'")
        if lexeme.kind == "figure" and tied and self.units.before(line, at) is None:
            return False
        behind = line.lexemes[number.end] if number.end < len(line.lexemes) else None
        if lexeme.kind == "figure" and behind is not None and behind.glued and behind.kind == "word":
            return self.units.behind(line, number.end, False, lambda _: None) is not None
        return not (number.worded and behind is not None and behind.joined and behind.capital)

    def _single(self, line: Line, at: int, number: Number, behind: Unit | None) -> Found:
        sign = self.units.before(line, at)
        unit = None if sign else behind
        start, end, head = (
            (sign[1], number.end, at) if sign else (at, unit.end, unit.head) if unit else (at, number.end, at)
        )
        value = number.value * (unit.times if unit else 1.0)
        if unit is not None and unit.kind in ("currency", "measure"):
            value, end = self._rest(line, unit, value, end)
        if self.negative(line, start):
            value, start = -value, start - 1
        name = sign[0] if sign else unit.name if unit else ""
        kind = "currency" if sign else unit.kind if unit else ""
        if not kind and (times := self._factor(line, at)):
            name, kind = times, "measure"
        if number.share:
            name, kind, head, end = "%", "measure", number.end - 1, number.end
        amount = self._bare(value, name, number)
        return self._bounded(line, Found(start, end, head, amount, number, kind))

    def _factor(self, line: Line, at: int) -> str:
        """The unit of a factor: « multiplié par cinq »."""
        found = (self.times.forms.get(line.texts[max(0, at - size) : at]) for size in (1, 2))
        return next((str(unit) for unit in found if unit), "")

    def _unit(self, line: Line, number: Number, token_at: TokenAt) -> Unit | None:
        unit = self.units.behind(line, number.end, number.linked, token_at)
        if unit is None:
            return None
        token = token_at(unit.head)
        if number.article and token is not None and token.upos == "ADJ":
            return None  # « une seconde voiture »
        if line.lexemes[unit.head].joined and number.worded and unit.kind == "thing":
            return None
        return unit

    @staticmethod
    def _bare(value: float, unit: str, number: Number) -> Amount:
        if number.least:
            return Amount(minimum=value, unit=unit)
        return Amount(value=value, unit=unit, approximate=number.round)

    def _rest(self, line: Line, unit: Unit, value: float, end: int) -> tuple[float, int]:
        """« 15 euros et 20 centimes », « 15 euros 20 », « trois ans et demi »."""
        tail = self.numbers.tails.longest(line, end)
        if tail is not None:
            return value + float(str(tail[0])) * unit.times, tail[1]
        if unit.kind != "currency":
            return value, end
        place = end + 1 if line.text(end) in self.numbers.joints else end
        coins = self.numbers.at(line, place) if place < len(line.lexemes) else None
        if coins is None or coins.value >= 100 or coins.value != int(coins.value):
            return value, end
        minor = self.units.minor.longest(line, coins.end)
        if minor is not None:
            return value + coins.value / 100, minor[1]
        stands_alone = coins.end >= len(line.lexemes) or line.lexemes[coins.end].kind == "symbol"
        two_figures = line.lexemes[place].end - line.lexemes[place].start == 2 and coins.plain
        return (
            (value + coins.value / 100, coins.end)
            if place == end and stands_alone and two_figures
            else (value, end)
        )

    @staticmethod
    def negative(line: Line, at: int) -> bool:
        """A minus sign that touches the figure and nothing before it; « - 4,4 % » may be a dash."""
        if at == 0 or line.texts[at - 1] not in ("-", "−") or not line.lexemes[at].glued:
            return False
        return not line.lexemes[at - 1].glued or line.text(at - 2) == "("

    def _share_of(self, line: Line, at: int, number: Number) -> Found | None:
        """« un sur trois », « neuf sur dix »: a share, where no noun stands between."""
        if line.text(number.end) not in self.out_of or number.end + 1 >= len(line.lexemes):
            return None
        whole = self.numbers.at(line, number.end + 1)
        if whole is None or not 0 < number.value < whole.value <= 1000 or number.value > 10:
            return None
        if (
            whole.end < len(line.lexemes)
            and self.units.behind(line, whole.end, False, lambda _: None) is not None
        ):
            return None
        percent = round(100 * number.value / whole.value, 4)
        return Found(
            at, whole.end, at, Amount(value=percent, unit="%"), replace(whole, share=True), "measure"
        )

    def _range(
        self, line: Line, at: int, number: Number, first_unit: Unit | None, token_at: TokenAt
    ) -> list[Found]:
        if number.worded and line.text(at - 1) in self.definite:
            return []  # « tous les deux à 97 ans »
        ends = [number.end] if first_unit is None else [number.end, first_unit.end]
        if self.connecting.isdisjoint([line.text(end) for end in ends]):
            return []
        sign = self.units.before(line, at)
        first = sign[1] if sign else at - 1 if self.negative(line, at) else at
        for kind in self.ranges:
            start = first - len(kind.opener)
            if kind.opener and (start < 0 or not line.has(kind.opener, start)):
                continue
            for end in ends:
                if line.has(kind.connector, end):
                    found = self._pair(
                        line, start, at, number, first_unit, end + len(kind.connector), kind, token_at
                    )
                    if found:
                        return found
        return []

    def _pair(
        self,
        line: Line,
        start: int,
        at: int,
        low: Number,
        low_unit: Unit | None,
        second: int,
        kind: Range,
        token_at: TokenAt,
    ) -> list[Found]:
        while (
            second < len(line.lexemes)
            and self.units.signs_before.longest(line, second)
            and line.lexemes[second].kind == "symbol"
        ):
            second += 1
        high = self.numbers.at(line, second) if second < len(line.lexemes) else None
        if high is None or high.article or not self._is_amount(line, second, high):
            return []
        last = self._single(line, second, high, self._unit(line, high, token_at))
        unit = last.amount.unit
        if self.negative(line, at):
            low = replace(low, value=-low.value)
        if (low_unit is not None and unit != low_unit.name) or low.share or low.least:
            return []
        if unit == "" and not kind.opener and high.scale == 1 and not self.marker_before(line, start)[0]:
            return []
        if not last.certain and low.plain and high.plain and low.value >= 1000 and high.value <= 2100:
            return []  # « entre 2012 et 2015 » are years
        value = low.value * (
            last.number.scale if low.scale == 1 and high.scale > 1 and low.value < 1000 else 1.0
        )
        top = last.amount.value
        if top is None:
            top = last.amount.maximum or last.amount.minimum or high.value
        if kind.opener and ((value > top and unit) or self._changes(line, start)):
            return self._two_states(line, start, at, low, value, low_unit, last)
        if value >= top:
            return []
        amount = Amount(minimum=value, maximum=top, unit=unit, per=last.amount.per)
        found = Found(start, last.end, last.head, amount, replace(high, plain=False), last.kind)
        return [self._approximated(line, found)]

    def _two_states(
        self, line: Line, start: int, at: int, low: Number, value: float, low_unit: Unit | None, last: Found
    ) -> list[Found]:
        end, head = (low_unit.end, low_unit.head) if low_unit else (low.end, at)
        amount = Amount(value=value, unit=last.amount.unit, per=last.amount.per)
        return [Found(at, end, head, amount, low, last.kind), last]

    def _changes(self, line: Line, at: int) -> bool:
        return any(text in self.changes for text in line.texts[max(0, at - CHANGE_REACH) : at])

    def _bounded(self, line: Line, found: Found) -> Found:
        found = self._rated(line, found)
        bound, start = self.marker_before(line, found.start)
        end, amount = found.end, _apply(found.amount, bound)
        after = self.afters.longest(line, end) if amount.value is not None else None
        if (
            after is not None and line.text(after[1]) not in self.numbers.links
        ):  # not « 5 000 ou moins de 6 000 »
            amount, end = _apply(amount, str(after[0])), after[1]
        if bound and start < found.start:  # « jusqu'à près de 300 »
            outer, outer_start = self.marker_before(line, start)
            if outer:
                amount, start = _apply(amount, outer), outer_start
        if (start, end) == (found.start, found.end) and amount is found.amount:
            return found
        return replace(found, start=start, end=end, amount=amount)

    def _approximated(self, line: Line, found: Found) -> Found:
        bound, start = self.marker_before(line, found.start)
        amount = replace(found.amount, approximate=found.amount.approximate or bound == "About")
        return self._rated(line, replace(found, amount=amount, start=start))

    def marker_before(self, line: Line, at: int) -> tuple[str, int]:
        """The bound whose marker ends before that lexeme, over a filler, and where the marker begins.

        The bound is Minimum, Maximum, About, or the empty string where none stands there.
        """
        ends = [at, at - 1] if at and line.text(at - 1) in self.fillers else [at]
        for end in ends:
            for size in range(MARKER_WORDS, 0, -1) if line.text(end - 1) in self.last_of_markers else ():
                bound = self.markers.forms.get(line.texts[max(0, end - size) : end]) if end >= size else None
                if bound is not None:
                    return ("", at) if bound == EXACTLY else (str(bound), end - size)
        return "", at

    def _rated(self, line: Line, found: Found) -> Found:
        if found.amount.per:
            return found
        per = self.units.per(line, found.end) if found.kind else None
        if per is not None:
            return replace(found, end=per[1], amount=replace(found.amount, per=per[0]))
        if found.kind == "currency" and (before := self.units.per_before(line, found.start)):
            return replace(found, amount=replace(found.amount, per=before))
        return found


def _apply(amount: Amount, bound: str) -> Amount:
    value = amount.value
    if bound == "About":
        return replace(amount, approximate=True)
    if value is None:
        return amount
    if bound == "Minimum":
        return replace(amount, value=None, minimum=value, approximate=False)
    if bound == "Maximum":
        return replace(amount, value=None, maximum=value, approximate=False)
    return amount


def _ranges(term: Term, language: str) -> Iterator[Range]:
    for opener in term.texts("opener", language) or ("",):
        for connector in term.texts("connector", language):
            yield Range(words(opener), words(connector))
