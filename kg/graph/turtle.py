"""Turtle to read: grouped by subject, the class first, prefixes where they fit; written as it comes, in bounded memory.

id:netflix
    a schema:Organization ;
    rdfs:label "Netflix" ;
    kg:recruits id:directeur-technique .
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

__all__ = ["split", "subjects", "turtle"]

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
# Local names that Turtle takes as they are: no dot at the end, nothing that would need an escape.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]|%[0-9A-Fa-f]{2})*")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = re.compile(
    rf'"(-?\d+)"\^\^<{_XSD}integer>|"(-?\d+\.\d+)"\^\^<{_XSD}decimal>|"(true|false)"\^\^<{_XSD}boolean>'
)
_TYPED = re.compile(r'(".*")\^\^(<[^>]*>)', re.DOTALL)


def split(line: str) -> tuple[str, str, str]:
    """Subject, predicate and object of a line of N-Triples."""
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.rstrip("\n")[:-2]


def turtle(lines: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Turtle, piece by piece, from sorted lines of N-Triples."""
    for name, iri in sorted(prefixes.items()):
        yield f"@prefix {name}: <{iri}> .\n"
    yield from subjects(lines, prefixes)


def subjects(lines: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """The same without the prefixes: one piece for each subject."""
    term = _writer(prefixes)
    for subject, group in groupby(map(split, lines), key=lambda triple: triple[0]):
        yield f"\n{term(subject)}\n" + _body(group, term)


def _body(group: Iterable[tuple[str, str, str]], term):  # type: ignore[no-untyped-def]
    values: dict[str, list[str]] = {}
    for _, predicate, value in group:
        values.setdefault(predicate, []).append(term(value))
    parts = []
    if _TYPE in values:
        parts.append("    a " + " , ".join(values.pop(_TYPE)))
    parts += [f"    {term(predicate)} " + " , ".join(texts) for predicate, texts in values.items()]
    return " ;\n".join(parts) + " .\n"


def _writer(prefixes: Mapping[str, str]):  # type: ignore[no-untyped-def]
    """A function from a term of N-Triples to the same in Turtle."""
    longest = sorted(((iri, name) for name, iri in prefixes.items()), key=lambda pair: (-len(pair[0]), pair))

    @lru_cache(maxsize=100_000)
    def name(iri: str) -> str:
        for start, prefix in longest:
            if iri.startswith(start, 1):
                local = iri[len(start) + 1 : -1]
                if _LOCAL.fullmatch(local) and not local.endswith("."):
                    return f"{prefix}:{local}"
        return iri

    def term(text: str) -> str:
        if text[0] == "<":
            return name(text)
        if text[-1] != ">":
            return text
        bare = _BARE.fullmatch(text)
        if bare:
            return bare.group(1) or bare.group(2) or bare.group(3)
        typed = _TYPED.fullmatch(text)
        return f"{typed.group(1)}^^{name(typed.group(2))}" if typed else text

    return term
