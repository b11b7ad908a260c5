"""The words and figures of a sentence, cut by characters alone, so that values do not hang on a parse.

A hyphen between letters is dropped ("vingt-deux" gives two lexemes, the second `joined`) and an elided word keeps
its apostrophe ("l'an" gives "l'" and "an"); the forms of the lexicon are cut by the same function.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["FIGURE", "Lexeme", "lexemes", "words", "words_of"]

SPACES = " \u00a0\u2009\u202f"
HYPHENS = "-\u2010\u2011"

ADDRESS = r"(?P<address>(?:https?://|www\.)\S+|\S+@\S+\.\w+)|"
PLAIN = rf"""
    (?P<word>[^\W\d_]+['’]?)
  | (?P<date>(?<![\d/.-])(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}(?P<mark>[/.])\d{{1,2}}(?P=mark)(?:\d{{4}}|\d{{2}})|\d{{1,2}}/\d{{4}})
      (?![\d/]|[.,-]\d))
  | (?P<clock>(?<![\d:.,/])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:.,/]))
  | (?P<figure>
        (?<![\d])\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)(?:,\d+)?
      | (?<![\d.])\d{{1,3}}(?:\.\d{{3}})+(?![\d])(?:,\d+)?
      | (?<![\d,])\d{{1,3}}(?:,\d{{3}}){{2,}}(?![\d])
      | \d+(?:[.,]\d+)? | (?<![\w.,]),\d+
      | [¼½¾⅓⅔⅕⅙⅛] )
  | (?P<symbol>\S)
"""
# What makes a text worth looking for addresses at each of its characters.
ADDRESSED = re.compile(r"@|://|www\.")
LEXEMES = {
    addressed: re.compile(rf"\s*(?:{ADDRESS * addressed}{PLAIN})", re.VERBOSE) for addressed in (False, True)
}
WORD = re.compile(r"[^\W\d_]+'?")
# What every number in figures has.
FIGURE = re.compile(r"[\d¼½¾⅓⅔⅕⅙⅛]")
VULGAR = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅙": 1 / 6, "⅛": 0.125}


class Lexeme(NamedTuple):
    """A stretch of a sentence: `kind` is word, figure, date, clock, symbol or address.

    `text` is lower case with straight apostrophes. `glued` is whether nothing stands before it, `joined` whether
    a hyphen does; `capital` and `upper` tell whether its first letter and all its letters are capitals.
    `number` is the value of a figure; `plain` whether it is digits alone.
    """

    kind: str
    text: str
    start: int
    end: int
    capital: bool = False
    upper: bool = False
    glued: bool = False
    joined: bool = False
    number: float = 0.0
    plain: bool = False


def lexemes(text: str) -> tuple[Lexeme, ...]:
    """The lexemes of a text in order; offsets count from its beginning."""
    found: list[Lexeme] = []
    made = tuple.__new__  # a sentence has many
    joined, last = False, -1
    for match in LEXEMES[ADDRESSED.search(text) is not None].finditer(text):
        kind, surface, end = match.lastgroup or "", match[match.lastindex or 0], match.end()
        start = end - len(surface)
        if kind == "symbol" and surface in HYPHENS and _between_letters(text, start, end):
            joined = True
            continue
        value, plain = (_value(surface), surface.isdecimal()) if kind == "figure" else (0.0, False)
        small, capital, upper = _spelt(surface)
        found.append(
            made(Lexeme, (kind, small, start, end, capital, upper, start == last, joined, value, plain))
        )
        joined, last = False, end
    return tuple(found)


def words_of(text: str) -> list[str]:
    """The words of a text as its lexemes have them, and no more than the words.

    >>> words_of("L’an 2016, à Vals-les-Bains")
    ["l'", 'an', 'à', 'vals', 'les', 'bains']
    """
    found: list[str] = WORD.findall(text.lower().replace("’", "'"))
    return found


@lru_cache(maxsize=8192)
def words(form: str) -> tuple[str, ...]:
    """The lexemes of a form of the lexicon, as they are compared.

    >>> words("aujourd'hui"), words("mi-juin")
    (("aujourd'", 'hui'), ('mi', 'juin'))
    """
    return tuple(lexeme.text for lexeme in lexemes(form))


def _between_letters(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isalpha() and text[end].isalpha()


@lru_cache(maxsize=8192)
def _spelt(surface: str) -> tuple[str, bool, bool]:
    """A word as it is compared, and whether its first letter and all its letters are capitals."""
    return surface.lower().replace("’", "'"), surface[0].isupper(), surface.isupper()


def _value(figure: str) -> float:
    if figure in VULGAR:
        return VULGAR[figure]
    digits = re.sub(rf"[{SPACES}]", "", figure)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", digits):
        digits = digits.replace(",", "")
    return float("0" + digits.replace(",", ".") if digits.startswith(",") else digits.replace(",", "."))
