"""Numbers as they are written: in figures, in words, in round words ("une centaine"), as shares ("un tiers").

What number words add up to is reckoned by text2num; where they stand, and the rest, is a small grammar over
lexemes whose words are in `ontology/lexicon/values.ttl`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.entities.lexemes import Lexeme
from kg.entities.patterns import FIGURES, Line, Table
from kg.model import record
from kg.ontology import Ontology

__all__ = ["Number", "Numbers", "forms"]

MILLION = 1e6
LONGEST = 12  # words of one number: « neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf »


@record
class Number:
    """A number read from a line: `end` is the lexeme behind it.

    `least` means that it is a lower bound ("des milliers"), `round` that it is approximate ("une centaine"),
    `share` that it is in percent ("la moitié"), `linked` that its noun follows an "of" ("un millier d'élus"),
    `article` that it may be no number at all ("un"), `plain` that it may be a year or the name of something.
    """

    value: float
    end: int
    least: bool = False
    round: bool = False
    share: bool = False
    linked: bool = False
    article: bool = False
    plain: bool = False
    worded: bool = False
    scale: float = 1.0


def forms(ontology: Ontology, language: str, class_name: str, *properties: str) -> list[str]:
    """All forms of the terms of a class in a language, by default the values of `form`."""
    names = properties or ("form",)
    return [
        form for term in ontology.terms(class_name) for name in names for form in term.texts(name, language)
    ]


def _numbered(ontology: Ontology, language: str, class_name: str) -> Table:
    terms = ontology.terms(class_name)
    return Table(
        {form: float(term.text("number")) for term in terms for form in term.texts("form", language)}
    )


def _flagged(ontology: Ontology, language: str, class_name: str, flag: str) -> dict[str, bool]:
    """The forms of the terms of a class that have a property."""
    terms = (term for term in ontology.terms(class_name) if term.text(flag))
    return {form: True for term in terms for form in term.texts("form", language)}


class Numbers:
    """Reads numbers at a place of a line, with the words of one ontology and language."""

    def __init__(self, ontology: Ontology, language: str = "fr") -> None:
        self.language = language
        self.words = frozenset(forms(ontology, language, "NumberWord"))
        self.joints = frozenset(forms(ontology, language, "NumberJoint"))
        self.joined = frozenset(forms(ontology, language, "NumberJoint", "before"))
        self.articles = frozenset(forms(ontology, language, "NumberArticle"))
        self.suffixes = frozenset(forms(ontology, language, "OrdinalSuffix"))
        self.scales = _numbered(ontology, language, "Scale")
        # Symbols of multipliers keep their case: "M" is a million, "m" a metre.
        self.symbols = {
            symbol: float(term.text("number"))
            for term in ontology.terms("Scale")
            for symbol in term.texts("symbol")
        }
        self.small_symbols = frozenset(symbol.lower() for symbol in self.symbols)
        self.collectives = _numbered(ontology, language, "Collective")
        self.exact = Table(_flagged(ontology, language, "Collective", "exact"))
        self.vague = _numbered(ontology, language, "VagueNumber")
        self.tails = _numbered(ontology, language, "NumberTail")
        self.fractions = _numbered(ontology, language, "Fraction")
        self.halves = frozenset(_flagged(ontology, language, "Fraction", "alone"))
        self.somebodies = frozenset(_flagged(ontology, language, "Fraction", "alsoPerson"))
        self.fraction_articles = frozenset(forms(ontology, language, "FractionArticle"))
        self.links = frozenset(forms(ontology, language, "UnitLink"))
        self.starts = self.words | frozenset(self.collectives.lengths) | FIGURES
        # « des milliers », « la moitié »: small words that a number begins with where one of these stands behind them.
        self.openers = (self.fraction_articles | frozenset(self.vague.lengths)) - self.starts
        self.firsts = self.starts | self.openers
        behind = (self.collectives.lengths, self.scales.lengths, self.halves)
        self.opened = frozenset(word for words in behind for word in words)
        self.opened |= {form[1] for form in self.vague.forms if len(form) > 1}
        self.needed = self.starts | self.opened
        # All that can stand behind the first word of a number.
        self.inner = self.words | self.joints | self.joined | self.suffixes | self.small_symbols | self.links
        for table in (self.scales, self.collectives, self.vague, self.tails, self.fractions):
            self.inner |= table.words
        # Behind the first number something of these may go on with it; nothing else does.
        self.further = frozenset(
            word
            for table in (self.scales, self.collectives, self.fractions, self.tails)
            for word in table.lengths
        )

    def places(self, line: Line) -> list[int]:
        """The lexemes that a number can begin with."""
        if line.present.isdisjoint(self.needed):
            return []
        firsts = self.firsts
        return [
            place for place, mark in enumerate(line.marks) if mark in firsts and self._begins(line, place)
        ]

    def _begins(self, line: Line, at: int) -> bool:
        mark = line.marks[at]
        return mark in self.starts or (mark in self.openers and line.text(at + 1) in self.opened)

    def at(self, line: Line, at: int) -> Number | None:
        """The longest number that begins at this lexeme, None where none does."""
        if not self._begins(line, at):
            return None
        key = ("number", at)
        if key not in line.memo:
            line.memo[key] = self._longest(line, at)
        found = line.memo[key]
        return found if isinstance(found, Number) else None

    def slot(self, line: Line, at: int) -> Iterator[tuple[object, int]]:
        """The number there as a slot of patterns; the "of" behind a round number belongs to it."""
        number = self.at(line, at)
        if number is not None and not number.share:
            end = number.end
            if number.linked and line.text(end) in self.links:
                end += 1
            yield number, end

    def _longest(self, line: Line, at: int) -> Number | None:
        atom = self._figure(line, at) or self._worded(line, at)
        if (
            atom is not None
            and line.texts[at] not in self.openers
            and line.text(atom.end) not in self.further
        ):
            return atom
        return max(self._all(line, at, atom), key=lambda number: number.end, default=None)

    def _all(self, line: Line, at: int, atom: Number | None) -> Iterator[Number]:
        yield from self._collective(line, at, atom)
        yield from self._fraction(line, at, atom)
        if atom is not None:
            yield self._tailed(line, self._scaled(line, atom))

    def _figure(self, line: Line, at: int) -> Number | None:
        lexeme = line.lexemes[at]
        if lexeme.kind != "figure" or self.is_ordinal(line, at):
            return None
        value, end = lexeme.number, at + 1
        scale = self._symbol(line, end)
        if scale:
            return Number(value * scale, end + 1, scale=scale)
        return Number(value, end, plain=lexeme.plain)

    def _symbol(self, line: Line, at: int) -> float:
        """The multiplier written as a symbol there: "k" of "10 k€"; alone it must touch the figure."""
        lexeme = line.lexemes[at] if line.mark(at) in self.small_symbols else None
        if lexeme is None:
            return 0.0
        scale = next((number for symbol, number in self.symbols.items() if self._is(lexeme, symbol)), 0.0)
        if not scale or lexeme.glued or (at + 1 < len(line.lexemes) and line.lexemes[at + 1].glued):
            return scale
        return scale if len(lexeme.text) > 1 else 0.0

    @staticmethod
    def _is(lexeme: Lexeme, symbol: str) -> bool:
        return lexeme.text == symbol.lower() and lexeme.capital == symbol[0].isupper()

    def is_ordinal(self, line: Line, at: int) -> bool:
        """Whether the figure there is an ordinal: "91e", "1 er"."""
        return line.lexemes[at].plain and line.text(at + 1) in self.suffixes

    def _worded(self, line: Line, at: int) -> Number | None:
        if line.text(at) not in self.words:
            return None
        stop = at
        while stop < len(line.texts) and stop < at + LONGEST and self._continues(line, stop):
            stop += 1
        for end in range(stop, at, -1):
            if line.texts[end - 1] in self.joints:
                continue
            value = _reckon(" ".join(line.texts[at:end]), self.language)
            if value is not None:
                alone = end == at + 1 and line.texts[at] in self.articles
                scale = self.scales.longest(line, end - 1)
                size = float(str(scale[0])) if scale else 1.0
                return Number(
                    float(value), end, article=alone, worded=True, scale=size, linked=size >= MILLION
                )
        return None

    def _continues(self, line: Line, at: int) -> bool:
        text = line.texts[at]
        if text in self.joints:  # « vingt et un », but « cinq et trois » are two numbers
            return line.text(at + 1) in self.joined
        return text in self.words or self.scales.longest(line, at) is not None

    def _scaled(self, line: Line, number: Number) -> Number:
        while found := self.scales.longest(line, number.end):
            scale, end = float(str(found[0])), found[1]
            if scale <= number.scale and number.scale > 1:
                break  # « deux millions mille »
            number = replace(
                number,
                value=number.value * scale,
                end=end,
                scale=number.scale * scale,
                article=False,
                plain=False,
                linked=True,
            )
        return number

    def _tailed(self, line: Line, number: Number) -> Number:
        tail = self.tails.longest(line, number.end)
        if tail is None or number.scale == 1:
            return number
        return replace(number, value=number.value + float(str(tail[0])) * number.scale, end=tail[1])

    def _collective(self, line: Line, at: int, atom: Number | None) -> Iterator[Number]:
        """« une centaine », « des milliers », « plusieurs dizaines de milliers », « plusieurs millions »."""
        vague = self.vague.longest(line, at)
        factor, place = (
            (float(str(vague[0])), vague[1]) if vague else (atom.value, atom.end) if atom else (1.0, at)
        )
        found = self.collectives.longest(line, place) or (self._large(line, place) if vague else None)
        if found is None:
            return
        value, end = factor * float(str(found[0])), found[1]
        while line.text(end) in self.links:
            more = self.scales.longest(line, end + 1) or self.collectives.longest(line, end + 1)
            if more is None:
                break
            value, end = value * float(str(more[0])), more[1]
        loose = not vague and self.exact.longest(line, place) is None
        yield Number(value, end, least=vague is not None, round=loose, linked=True, scale=value / factor)

    def _large(self, line: Line, at: int) -> tuple[object, int] | None:
        """A multiplier that needs no number before it: « des millions », but not « de mille »."""
        found = self.scales.longest(line, at)
        return found if found is not None and float(str(found[0])) >= MILLION else None

    def _fraction(self, line: Line, at: int, top: Number | None) -> Iterator[Number]:
        """« la moitié », « un tiers », « trois quarts », as percentages."""
        if line.text(at) in self.fraction_articles and line.text(at + 1) in self.halves:
            yield Number(50.0, at + 2, share=True, linked=True)
            return
        if top is None or top.value > 100:
            return
        parts = self.fractions.longest(line, top.end)
        if parts is None or (
            parts[1] < len(line.lexemes) and line.lexemes[parts[1]].joined
        ):  # « une demi-heure »
            return
        somebody = top.article and line.text(top.end) in self.somebodies  # « un tiers »
        if not somebody or line.text(parts[1]) in self.links:
            yield Number(round(100 * top.value / float(str(parts[0])), 4), parts[1], share=True, linked=True)


@lru_cache(maxsize=4096)
def _reckon(text: str, language: str) -> int | None:
    from text_to_num import text2num

    try:
        return int(text2num(text, language))
    except ValueError:
        return None
