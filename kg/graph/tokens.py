"""SPARQL text as tokens, as the engine's own grammar cuts it: what a query asks for is seen before it is asked.

The engine has no tokens of its own; it reads character by character, and what "<" begins depends on what came before:

    FILTER(?o <'>' || ?x)        after an operand of an expression, a comparison
    ?s <http://example.org/> ?o  elsewhere, an IRI

So every bracket is known here by what it holds. Each character is read a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Token", "tokens"]

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INNER = rf"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040"
_CODE = r"\\u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}|\\U(?:000[1-9A-Fa-f]|0010|0000(?![Dd][89A-Fa-f]))[0-9A-Fa-f]{4}"
_ESCAPE = rf"\\[tbnrf\\\"']|{_CODE}"
_LOCAL = rf"[{_INNER}:\-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%]"

# What is matched is never given back (*+, ++): a text that is broken at its end costs no more than a whole one.
_TOKEN = re.compile(
    rf"""
    (?P<nothing>  [ \t\n\r]++ | \#[^\n\r]*+ )
  | (?P<iri>      < (?: [^<>"{{}}|^`\\\x00-\x20]++ | {_CODE} )*+ > )
  | (?P<string>   \"{{3}} (?: [^"\\]++ | {_ESCAPE} | "{{1,2}}+(?!") )*+ \"{{3}}
                | '{{3}} (?: [^'\\]++ | {_ESCAPE} | '{{1,2}}+(?!') )*+ '{{3}}
                | " (?: [^"\\\n\r]++ | {_ESCAPE} )*+ "
                | ' (?: [^'\\\n\r]++ | {_ESCAPE} )*+ ' )
  | (?P<variable> [?$] [{_INNER}]++ )
  | (?P<language> @ [A-Za-z]++ (?: -[A-Za-z0-9]++ )*+ (?: --[A-Za-z]++ )?+ )
  | (?P<blank>    _: [{_BASE}_0-9] [{_INNER}\-]*+ (?: \.++ [{_INNER}\-]++ )*+ )
  | (?P<name>     (?: [{_BASE}] [{_INNER}\-]*+ (?: \.++ [{_INNER}\-]++ )*+ )?+ :
                  (?: (?: [{_BASE}_:0-9] | %[0-9A-Fa-f]{{2}} | \\[_~.\-!$&'()*+,;=/?\#@%] )
                      (?: {_LOCAL} )*+ (?: \.++ (?: {_LOCAL} )++ )*+ )?+ )
  | (?P<words>    [{_BASE}] [{_INNER}\-.]*+ )
  | (?P<number>   (?: [0-9]++ (?: \.[0-9]*+ )?+ | \.[0-9]++ ) [eE][+-]?+[0-9]++ | [0-9]*+ \.[0-9]++ | [0-9]++ )
  | (?P<open>     [{{(\[] )
  | (?P<close>    [}})\]] )
  | (?P<broken>   ["'] [^\n\r]*+ )
  | (?P<other>    << | >> | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_PIECE = re.compile(r"[^.\-]+|[.\-]")

# What an open bracket holds: an expression; patterns; the clauses of a SELECT, whose round brackets are expressions;
# a list of terms or a path; or what only the engine can tell.
_EXPRESSION, _GROUP, _CLAUSES, _TERMS, _UNSURE = range(5)
_OPERANDS = frozenset({"variable", "number", "string", "language", "iri", "name"})


class Token(NamedTuple):
    """A token: its kind, its text, where it starts, and how many brackets are open around it.

    `kind` is iri, string, variable, language, blank, number, name (prefix:local), word, open, close or other; "broken"
    is a line from a quotation mark that is never closed, "unsure" a "<" that may or may not begin an IRI.
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


_NONE = Token("", "", 0, 0)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query or an update, without comments and spaces.

    A bracket stands at the depth outside it, so what a query says of itself is at depth 0.

    >>> [(token.text, token.depth) for token in tokens("ASK { ?s a <x> } # so")]
    [('ASK', 0), ('{', 0), ('?s', 1), ('a', 1), ('<x>', 1), ('}', 0)]
    """
    frames = [_CLAUSES]
    earlier, before = _NONE, _NONE
    for kind, found, start in _cut(text, frames):
        if kind == "close" and len(frames) > 1:
            frames.pop()
        token = Token(kind, found, start, len(frames) - 1)
        yield token
        if kind == "open":
            frames.append(_holds(found, frames[-1], before, earlier))
        elif before.text == "{" and kind == "word" and "SELECT" in found.upper():
            frames[-1] = _CLAUSES
        earlier, before = before, token


def _cut(text: str, frames: list[int]) -> Iterator[tuple[str, str, int]]:
    """Kind, text and place of each token; `frames` says, as it changes, what the innermost bracket holds."""
    place, operand = 0, False
    while found := _TOKEN.match(text, place):
        kind, matched = found.lastgroup or "other", found.group()
        if kind == "nothing":
            place = found.end()
            continue
        if operand and matched[0] == "<" and frames[-1] in (_EXPRESSION, _UNSURE):
            kind, matched = "unsure" if kind == "iri" and frames[-1] == _UNSURE else "other", "<"
        if kind == "words":
            for piece in _PIECE.finditer(matched):
                yield _kind(piece.group()), piece.group(), place + piece.start()
            # Keywords need no space after them: "DISTINCTtrue" ends in an operand.
            operand = matched.upper().endswith(("TRUE", "FALSE")) or matched[-1].isdigit()
        else:
            yield kind, matched, place
            operand = kind in _OPERANDS or matched in (")", "}", ">>")
        place += len(matched)


def _kind(piece: str) -> str:
    """Of a part of a run of letters, digits, dots and hyphens: "true.SERVICE" holds two words."""
    return "number" if piece[0] in "0123456789" else "other" if piece in ".-" else "word"


def _holds(bracket: str, frame: int, before: Token, earlier: Token) -> int:
    """What a bracket holds that opens in a frame, after two tokens."""
    if bracket == "{":
        return _GROUP
    if bracket == "[" or frame == _TERMS or before.text == "<<":
        return _TERMS
    if frame != _GROUP:
        return _UNSURE if frame == _UNSURE else _EXPRESSION
    if before.kind == "word":
        is_term = before.text == "a" or before.text.upper().endswith(("TRUE", "FALSE"))
        return _TERMS if is_term else _EXPRESSION
    if before.kind in ("iri", "name") and earlier.kind == "word" and earlier.text.upper().endswith("FILTER"):
        return _EXPRESSION
    # "FILTERex:function(…" is a name to us, and a filter to the engine where the prefix is not declared.
    return _UNSURE if before.kind == "name" and "FILTER" in before.text.upper() else _TERMS
