"""What a number counts: currencies, percentages, measures, things; and per how long.

The words are in `ontology/lexicon/values.ttl`; full names of currencies come from the Unicode CLDR (babel). A noun
that is in neither gives its lemma as the unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.entities.lexemes import words
from kg.entities.numbers import forms
from kg.entities.patterns import Line, Table
from kg.model import Token, record
from kg.ontology import Ontology, Term

__all__ = ["Unit", "Units"]

# Entity types of the noun classes whose nouns count people.
PEOPLE = ("Person", "Occupation")
NOUNS = ("NOUN",)
NO_PEOPLE = ("VERB", "AUX", "ADP", "DET", "ADV", "ADJ")
TokenAt = Callable[[int], Token | None]


@record
class Unit:
    """A unit read from a line: its name, the lexeme of its noun, the lexeme behind it.

    `kind` is currency, measure or thing; `times` multiplies the number ("deux décennies" are 20 years).
    """

    name: str
    head: int
    end: int
    kind: str
    times: float = 1.0


class Units:
    """Reads units at a place of a line, with the words of one ontology and language."""

    def __init__(self, ontology: Ontology, language: str = "fr") -> None:
        self.signs = Table(_signs(ontology))
        # Before a figure only common codes: COP and TOP are words of other things there.
        common = {
            term.text("code"): (term.text("code"), "currency", 1.0) for term in ontology.terms("Currency")
        }
        self.signs_before = Table({**common, **_signs(ontology)})
        self.last_of_signs = frozenset(form[-1] for form in self.signs_before.forms)
        self.names = Table(
            {**_cldr(language), **_currency_names(ontology, language), **_units(ontology, language)}
        )
        self.firsts = frozenset(self.signs.lengths) | frozenset(self.names.lengths)
        self.codes = frozenset(code.lower() for code in _codes(ontology))
        self.minor = Table(dict.fromkeys(forms(ontology, language, "Currency", "minor"), True))
        self.people = frozenset(
            noun
            for term in ontology.terms("NounClass")
            if set(PEOPLE) & set(term.texts("entityType"))
            for noun in term.texts("noun", language)
        )
        self.fillers = frozenset(forms(ontology, language, "CountFiller"))
        self.links = frozenset(forms(ontology, language, "UnitLink"))
        self.part_links = Table(dict.fromkeys(forms(ontology, language, "PartLink"), True))
        self.rates = Table(
            {
                form: term.text("per")
                for term in ontology.terms("Rate")
                for form in term.texts("form", language)
            }
        )
        self.shifts = frozenset(forms(ontology, language, "Shift"))
        self.rate_adjectives = {
            word: term.text("per")
            for term in ontology.terms("Rate")
            for word in term.texts("adjective", language)
        }
        self.symbols = _symbols(ontology)
        shared = {term.text("sharesName") for term in ontology.terms("Currency")} - {""}
        # Names and signs that several countries give their money: "dollar", "$".
        self.plain_dollars = frozenset(
            form
            for term in ontology.terms("Currency")
            if term.name in shared
            for form in (*term.texts("noun", language), *term.texts("symbol"))
            if len(words(form)) == 1
        )
        self.calendar = frozenset(forms(ontology, language, "CalendarUnit", "singular", "plural"))

    def behind(self, line: Line, at: int, linked: bool, token_at: TokenAt) -> Unit | None:
        """The unit that stands there, behind a number; `linked` where an "of" may come first."""
        if linked and line.text(at) in self.links:
            return self._named(line, at + 1) or self._thing(line, at + 1, token_at, True)
        part = self.part_links.longest(line, at)
        if part is not None:
            return self._thing(line, part[1], token_at, True)
        return self._named(line, at) or self._thing(line, at, token_at, linked)

    def before(self, line: Line, at: int) -> tuple[str, int] | None:
        """The currency whose sign or code ends just before that lexeme, and where it begins."""
        if line.text(at - 1) not in self.last_of_signs:
            return None
        for size in (3, 2, 1):
            start = at - size
            if start < 0:
                continue
            found = self.signs_before.forms.get(line.texts[start:at])
            if isinstance(found, tuple) and self._is_code(line, start, size):
                return str(found[0]), start
        return None

    @staticmethod
    def _is_code(line: Line, at: int, size: int) -> bool:
        return all(lexeme.kind != "word" or lexeme.upper for lexeme in line.lexemes[at : at + size])

    def _named(self, line: Line, at: int) -> Unit | None:
        if at >= len(line.texts):
            return None
        lexeme = line.lexemes[at]
        if lexeme.upper and len(lexeme.text) == 3 and lexeme.text in self.codes:
            return Unit(lexeme.text.upper(), at, at + 1, "currency")
        if lexeme.text not in self.firsts:
            return None
        for table in (self.signs, self.names):
            found = table.longest(line, at)
            if found is not None and isinstance(found[0], tuple) and self._cased(line, at, found[1]):
                name, kind, times = found[0]
                return Unit(str(name), at, found[1], str(kind), float(times))
        return None

    def _cased(self, line: Line, at: int, end: int) -> bool:
        """A symbol keeps its case ("m" and "M"), and a one-letter one must not begin a word ("l'")."""
        text = "".join(line.texts[at:end])
        known = self.symbols.get(text)
        if known is None:
            return True
        surface = text.upper() if len(text) == 1 and line.lexemes[at].capital else text
        return len(text) > 1 or surface in known

    def _thing(self, line: Line, at: int, token_at: TokenAt, linked: bool) -> Unit | None:
        """A counted thing, past the adjectives that may stand before it."""
        for place in range(at, min(at + 4, len(line.texts))):
            found = self._named(line, place) or self._noun(line, place, token_at, linked)
            if found is not None and (place == at or found.kind != "currency"):
                return found
            token = token_at(place)
            if line.text(place) not in self.fillers and not (token is not None and token.upos == "ADJ"):
                return None
        return None

    def _noun(self, line: Line, at: int, token_at: TokenAt, linked: bool) -> Unit | None:
        lexeme = line.lexemes[at]
        if lexeme.kind != "word" or lexeme.text.endswith("'"):
            return None
        token = token_at(at)
        if token is None or token.upos not in NO_PEOPLE:
            tries = [lexeme.text, lexeme.text.removesuffix("s"), lexeme.text.removesuffix("x")]
            tries += [token.lemma.lower()] if token is not None else []
            if not self.people.isdisjoint(tries):
                return Unit("person", at, at + 1, "thing")
        if (
            token is not None
            and token.upos in NOUNS
            and token.lemma
            and not (lexeme.capital and linked is False)
        ):
            return Unit(token.lemma.lower(), at, at + 1, "thing")
        return None

    def is_plain_dollar(self, line: Line, at: int) -> bool:
        """Whether the currency there has but the name or sign that several countries share."""
        found = self.signs.longest(line, at) or self.names.longest(line, at)
        return found is not None and found[1] == at + 1 and line.text(at) in self.plain_dollars

    def per(self, line: Line, at: int) -> tuple[str, int] | None:
        """The period of a rate that stands there ("par an", "annuels", not "l'an dernier"), and where it ends."""
        found = self.rates.longest(line, at)
        if found is not None:
            return None if line.text(found[1]) in self.shifts else (str(found[0]), found[1])
        adjective = self.rate_adjectives.get(line.text(at))
        return (adjective, at + 1) if adjective else None

    def per_before(self, line: Line, at: int, reach: int = 6) -> str:
        """The period that an adjective before the amount gives it: « un salaire annuel de »."""
        for place in range(at - 1, max(-1, at - 1 - reach), -1):
            if line.lexemes[place].kind in ("symbol", "figure"):
                return ""
            if line.texts[place] in self.rate_adjectives:
                return self.rate_adjectives[line.texts[place]]
        return ""


def _signs(ontology: Ontology) -> dict[str, tuple[str, str, float]]:
    return {
        symbol: (term.text("code"), "currency", 1.0)
        for term in ontology.terms("Currency")
        for symbol in term.texts("symbol")
    }


def _codes(ontology: Ontology) -> dict[str, tuple[str, str, float]]:
    from babel.core import get_global

    currencies = {code for spans in get_global("territory_currencies").values() for code, *_ in spans}
    listed = {term.text("code") for term in ontology.terms("Currency")}
    return {code: (code, "currency", 1.0) for code in sorted(currencies | listed)}


def _currency_names(ontology: Ontology, language: str) -> dict[str, tuple[str, str, float]]:
    return {
        noun: (term.text("code"), "currency", 1.0)
        for term in ontology.terms("Currency")
        for noun in term.texts("noun", language)
    }


def _cldr(language: str) -> dict[str, tuple[str, str, float]]:
    """Names of currencies, singular and plural, that are in use today or were lately."""
    from babel.core import Locale
    from babel.numbers import get_currency_name

    locale = Locale.parse(language)
    return {
        get_currency_name(code, count=count, locale=locale): (code, "currency", 1.0)
        for code in sorted(locale.currencies)
        for count in (1, 2)
    }


def _units(ontology: Ontology, language: str) -> dict[str, tuple[str, str, float]]:
    found: dict[str, tuple[str, str, float]] = {}
    for term in ontology.terms("Unit"):
        value = (
            term.text("unit"),
            "measure" if term.text("measure") else "thing",
            float(term.text("times") or 1),
        )
        for form in (*term.texts("noun", language), *term.texts("symbol")):
            found[form] = value
    return found


def _symbols(ontology: Ontology) -> dict[str, frozenset[str]]:
    """One-letter symbols by their small letter: {"m": {"m"}, "l": {"l", "L"}}."""
    found: dict[str, set[str]] = {}
    for symbol in _all_symbols(ontology.terms("Unit")):
        if len(symbol) == 1:
            found.setdefault(symbol.lower(), set()).add(symbol)
    return {small: frozenset(known) for small, known in found.items()}


def _all_symbols(terms: Iterable[Term]) -> Iterable[str]:
    return (symbol for term in terms for symbol in term.texts("symbol") if len(words(symbol)) == 1)
