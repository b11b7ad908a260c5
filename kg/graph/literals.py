"""Plain values as RDF literals in one canonical form each, and back.

The store rewrites some numbers ("1.50" becomes 1.5); what is written here it leaves as it is.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.ontology import PREFIXES

__all__ = ["boolean", "date", "duration", "integer", "number", "offset", "period_of", "text", "uri"]

_XSD = PREFIXES["xsd"]
_ANY_URI, _BOOLEAN, _DATE, _DECIMAL, _DOUBLE, _DURATION, _INTEGER, _OFFSET = (
    NamedNode(_XSD + name)
    for name in (
        "anyURI",
        "boolean",
        "date",
        "decimal",
        "double",
        "duration",
        "integer",
        "nonNegativeInteger",
    )
)

# xsd:decimal in the store has 18 digits on either side of the point; beyond, xsd:double.
_DIGITS = 17
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_PERIODS = {
    "second": "PT1S",
    "minute": "PT1M",
    "hour": "PT1H",
    "day": "P1D",
    "week": "P7D",
    "month": "P1M",
    "quarter": "P3M",
    "year": "P1Y",
}


def text(value: str, language: str = "") -> Literal:
    """A string, in a language where one is given."""
    return Literal(value, language=language) if language else Literal(value)


def boolean(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", datatype=_BOOLEAN)


def integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=_INTEGER)


def offset(value: int) -> Literal:
    """A place in a text, in code points."""
    return Literal(str(value), datatype=_OFFSET)


def number(value: float) -> Literal:
    """A number: xsd:integer where it is whole, xsd:decimal where its digits fit, else xsd:double.

    >>> number(66.1e9).value, number(0.5).value
    ('66100000000', '0.5')
    """
    if float(value).is_integer() and abs(value) < 10**_DIGITS:
        return integer(int(value))
    plain = format(Decimal(repr(float(value))), "f")
    whole, _, rest = plain.lstrip("-").partition(".")
    if len(whole) <= _DIGITS and len(rest) <= _DIGITS:
        return Literal(plain, datatype=_DECIMAL)
    return Literal(repr(float(value)), datatype=_DOUBLE)


def date(value: str) -> Literal:
    """A day in ISO 8601 as xsd:date; anything else stays a string."""
    return Literal(value, datatype=_DATE) if _DAY.fullmatch(value) else Literal(value)


def uri(value: str) -> Literal:
    """An address as text, so that a bad one does no harm."""
    return Literal(value, datatype=_ANY_URI)


def duration(per: str) -> Literal:
    """The period that an amount is counted by: year as P1Y; a word without a duration stays a word."""
    return Literal(_PERIODS[per], datatype=_DURATION) if per in _PERIODS else Literal(per)


def period_of(literal: Literal) -> str:
    """The word that `duration` was given."""
    if literal.datatype != _DURATION:
        return str(literal.value)
    return next((word for word, form in _PERIODS.items() if form == literal.value), str(literal.value))
