"""Parameters of a query: Python values as terms, and the little that has to be known of the query's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from urllib.parse import urljoin

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import QueryError
from kg.graph.guard import unescaped
from kg.graph.results import Iri, Text
from kg.graph.tokens import tokens

__all__ = ["declared", "in_order", "projecting", "resolved", "term"]


def term(value: object, prefixes: Mapping[str, str]) -> NamedNode | Literal | BlankNode:
    """A Python value as an RDF term: an IRI, or a name with a known prefix, is a node; the rest are literals.

    >>> term("kg:recruits", {"kg": "https://w3id.org/newsgraph/ontology#"}).value
    'https://w3id.org/newsgraph/ontology#recruits'
    """
    if isinstance(value, NamedNode | Literal | BlankNode):
        return value
    try:
        if isinstance(value, Text):
            return Literal(value, language=value.language)
        if isinstance(value, str):
            iri = _iri(value, prefixes)
            return NamedNode(iri) if iri else Literal(str(value))
        if isinstance(value, bool | int | float | date | datetime):
            return Literal(value)  # type: ignore[arg-type]
    except ValueError as error:
        raise QueryError(f"{value!r} cannot be a value in a query: {error}") from error
    raise QueryError(f"{value!r} cannot be a value in a query. Give a text, a number, a date, or an IRI.")


def _iri(value: str, prefixes: Mapping[str, str]) -> str:
    if isinstance(value, Iri):
        return value
    if value.startswith("<") and value.endswith(">"):
        return value[1:-1]
    start, colon, rest = value.partition(":")
    if not colon or any(character.isspace() for character in value):
        return ""
    if start in ("http", "https", "urn"):
        return value
    return prefixes[start] + rest if start in prefixes else ""


def projecting(query: str, name: str) -> str:
    """The query with one more column, and one more group where it groups; lines stay what they are."""
    inserts: list[int] = []
    grouping = False
    for kind, text, place, depth in tokens(query):
        word = text.upper() if kind == "word" else ""
        if depth == 0 and word == "SELECT" and not inserts:
            inserts.append(place + len(text))
        elif depth == 0 and word in ("DISTINCT", "REDUCED") and len(inserts) == 1 and place - inserts[0] < 3:
            inserts[0] = place + len(text)
        elif depth == 0 and word == "BY" and grouping:
            inserts.append(place + len(text))
        grouping = word == "GROUP"
    for place in reversed(inserts):
        query = f"{query[:place]} ?{name}{query[place:]}"
    return query


def in_order(query: str, columns: list[str]) -> list[str]:
    """The columns of SELECT * as the query first says them; those of another SELECT as they are."""
    words = tokens(query)
    for token in words:
        if token.is_word("SELECT"):
            break
    star = next((token.text for token in words if not token.is_word("DISTINCT", "REDUCED")), "")
    if star != "*":
        return columns
    first = {text[1:]: place for place, text in reversed(list(enumerate(_variables(query))))}
    return sorted(columns, key=lambda name: first.get(name, len(first)))


def _variables(query: str) -> Iterator[str]:
    return (token.text for token in tokens(query) if token.kind == "variable")


def resolved(query: str, name: str, prefixes: Mapping[str, str], base: str | None) -> str:
    """The IRI that <…> or prefix:name stands for in a query; "" where that cannot be told."""
    own, base = _prologue(query, base)
    if name.startswith("<"):
        iri = _against(base, name)
    else:
        start, _, rest = name.partition(":")
        iri = {**prefixes, **own}.get(start, "")
        iri = iri and iri + rest.replace("\\", "")
    try:
        return NamedNode(iri).value
    except ValueError:  # relative, and nothing says to what
        return ""


def declared(query: str) -> dict[str, str]:
    """The prefixes that a query declares itself."""
    return _prologue(query, None)[0]


def _prologue(query: str, base: str | None) -> tuple[dict[str, str], str | None]:
    found: dict[str, str] = {}
    last = ("", "")
    for kind, text, _, _ in tokens(query):
        if kind == "iri" and last[0] == "name":
            found[last[1].rstrip(":")] = _against(base, text)
        elif kind == "iri" and last[1].upper() == "BASE":
            base = _against(base, text)
        elif kind == "word" and text.upper() not in ("BASE", "PREFIX"):
            break
        last = (kind, text)
    return found, base


def _against(base: str | None, text: str) -> str:
    """What <…> says, with its escapes, read against a base."""
    iri = unescaped(text[1:-1])
    return urljoin(base, iri) if base else iri
