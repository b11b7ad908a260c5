"""SPARQL text as tokens: enough to see what a query asks for before any engine reads it.

Every bound of `guard` counts tokens, never characters of a regular expression over the whole text: a keyword
inside a string, a comment or an IRI is not a keyword, and a keyword hidden behind an odd one is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Token", "tokens"]

PATTERN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
              |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d](?:[\w.\-\u00b7]*[\w\-\u00b7])?)?:
             (?:(?:[\w:\-\u00b7]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w:.\-\u00b7]|%[0-9A-Fa-f]{2}|\\.)*
             (?:[\w:\-\u00b7]|%[0-9A-Fa-f]{2}|\\.))?)?)
  | (?P<word>[^\W\d][\w\-]*(?:\.[\w\-]+)*)
  | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
  | (?P<open>[{(\[])
  | (?P<close>[})\]])
  | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)

WORD = re.compile(r"\w+|[.\-]")


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text, where it starts, and how many brackets are open around it.

    `kind` is iri, string, variable, language, name, word, number, open, close or other.
    """

    kind: str
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        """Where the token ends in the text, excluded."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, in any case."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query or an update, without comments and spaces.

    A bracket stands at the depth outside it, so what a query says of itself is at depth 0.

    >>> [(token.text, token.depth) for token in tokens("ASK { ?s a <x> } # so")]
    [('ASK', 0), ('{', 0), ('?s', 1), ('a', 1), ('<x>', 1), ('}', 0)]
    """
    depth = 0
    for found in PATTERN.finditer(text):
        kind = found.lastgroup or "other"
        if kind == "comment":
            continue
        if kind == "close":
            depth -= 1
        if kind == "word":
            yield from words(found.group(), found.start(), depth)
            continue
        yield Token(kind, found.group(), found.start(), depth)
        if kind == "open":
            depth += 1


def words(text: str, start: int, depth: int) -> Iterator[Token]:
    """The keywords in a run of letters, dots and hyphens: "true.SERVICE" holds two.

    The run is matched whole, so that "a.a.a.a…" costs one pass and not one for each dot.
    """
    for found in WORD.finditer(text):
        kind = "word" if found.group().isidentifier() else "other"
        yield Token(kind, found.group(), start + found.start(), depth)
