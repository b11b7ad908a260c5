"""Text into words, as the French treebanks of Universal Dependencies cut them.

What is one word: "SAG-AFTRA", "aujourd'hui", "3 500" (any space between groups of three digits), "J.-C.",
"M.", "…", a contraction ("du"). What is two: "l'IA", "prendront-elles", "18 h", "50 %". The words of a
language that decide are data (`tokens-fr.json`); this module knows shapes only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

__all__ = ["Tokenizer"]

LETTER = r"[^\W\d_]"
APOSTROPHE = "['’ʼ`´]"
# Soft hyphens, spaces without width and marks of direction: unseen within a word, no words themselves.
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
SPACE = "[ \u00a0\u2009\u202f]"
NUMBER = rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?:[.,]\d+)*(?!\d)|\d+(?:[.,:/]\d+)+|\d+(?:-\d+)+(?![-\w])"


@dataclass(frozen=True)
class Tokenizer:
    """Cuts text into words; `elided`, `clitics`, `abbreviations`, `whole` and `hours` are a language's words.

    `elided` are what stands before an apostrophe ("l", "qu"), `clitics` what follows a verb with its hyphen,
    `deictics` what follows a noun with its hyphen, `inflections` the endings written in brackets ("(s)"), `ordinals` what follows a number with or without a space ("30 e").
    """

    whole: tuple[str, ...]
    elided: tuple[str, ...]
    clitics: tuple[str, ...]
    deictics: tuple[str, ...]
    inflections: tuple[str, ...]
    abbreviations: tuple[str, ...]
    hours: tuple[str, ...]
    ordinals: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Tokenizer:
        """The tokenizer whose words stand in a JSON file."""
        words = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{name: tuple(values) for name, values in words.items()})

    def cut(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each word, in text order; spaces, and what nobody sees, belong to none."""
        for found in self._pattern.finditer(text):
            yield found.span()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        whole = _any(self.whole).replace("'", APOSTROPHE)
        word_end = rf"(?![\w]|{APOSTROPHE}\w)"
        hung = rf"(?i:{_any(self.clitics + self.deictics)})"
        clitic = rf"{hung}(?={hung}*{word_end}(?!-\w))"
        piece = rf"(?:(?!{clitic})(?:[-‐‑.&+_]{{0,1}}|[{UNSEEN}]+)(?:[^\W_]|\*)|(?!{clitic})(?<=[^\W\d]){APOSTROPHE}(?=\w))"
        hour = rf"\d{{1,2}}(?={SPACE}?(?:{_any(self.hours)})(?:\d|\b))|(?<=\d)(?:{_any(self.hours)})(?=\d|\b)"
        return re.compile(
            "|".join(
                (
                    r"(?:https?://|www\.)[^\s<>«»\"]*[^\s<>«»\"'’.,;:!?)\]]",
                    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
                    r"[#@]\w+",
                    rf"(?i:{whole}){word_end}",
                    rf"(?:{_any(self.abbreviations)})(?!\w)",
                    r"n°|°C\b|°F\b",
                    r"(?:[A-ZÀ-Þ]\.-?){2,}(?:[A-ZÀ-Þ](?!\w))?",
                    rf"[A-ZÀ-Þ]\.(?={SPACE}?[A-ZÀ-Þ])",
                    rf"(?i:{_any(self.elided)}){APOSTROPHE}(?=\s*[\w«“\"])",
                    rf"(?<=\w){clitic}",
                    hour,
                    rf"(?:\d+|[IVX]+){SPACE}(?:{_any(self.ordinals)})(?={SPACE}{LETTER})",
                    rf"(?<![^\s(])[-−](?=\d)(?:{NUMBER}|\d+)(?!\w)",
                    rf"(?:{NUMBER})(?!\w)",
                    rf"\d+(?=(?:{LETTER}{{0,2}})?%|€|\$|£)",
                    r"[A-Z]{2,}[a-z]?(?:/[A-Z]{2,}[a-z]?)+(?!\w)",
                    rf"[^\W_]{piece}*(?:\+(?!\w)|(?i:{_any(self.inflections)})(?!\w))?",
                    r"\.{2,}|-{2,}|_{2,}|={2,}|\*{2,}|…|\+/-",
                    rf"[^\s{UNSEEN}]",
                )
            )
        )


def _any(words: tuple[str, ...]) -> str:
    """A pattern for any of these, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
