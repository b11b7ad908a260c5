"""The words of the pages, in the language that the reader asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["LANGUAGES", "Words", "words"]

HERE = Path(__file__).parent
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The strings of one language; `chosen` is whether the reader chose it on the page, so that links keep it."""

    language: str
    strings: Mapping[str, str]
    chosen: bool = False

    def __getitem__(self, name: str) -> str:
        return self.strings[name]

    def count(self, name: str, number: int) -> str:
        r"""A string with its number, singular or plural as the language has it; 0 is plural in English.

        >>> words("", "fr").count("rows", 1204)
        '1\u202f204 lignes'
        """
        one = number == 1 or (number == 0 and self.language == "fr")
        pattern = self.strings.get(f"{name}_one") if one and number else None
        return (pattern or self.strings[f"{name}_many"]).replace("{n}", self.number(number))

    def number(self, number: int) -> str:
        """A number with its thousands set apart."""
        return f"{number:,}".replace(",", "\u202f" if self.language == "fr" else ",")

    def manner(self, name: str) -> str:
        """What a polarity, a modality or a role is called, by its short name; an unknown one keeps that."""
        return self.strings.get(name, name)

    def address(self, path: str) -> str:
        """A link of this server that keeps the language chosen."""
        if not self.chosen:
            return path
        return f"{path}{'&' if '?' in path else '?'}lang={self.language}"


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """All strings, by language and name."""
    found: dict[str, dict[str, str]] = json.loads(
        (HERE / "static" / "words.json").read_text(encoding="utf-8")
    )
    return found


def words(chosen: str, accept_language: str) -> Words:
    """The words for a `lang` of the address, else for what the browser prefers, else the first language.

    >>> words("", "en-GB,en;q=0.9,fr;q=0.4").language
    'en'
    """
    if chosen in LANGUAGES:
        return Words(chosen, catalogue()[chosen], chosen=True)
    preferred = [part.split(";")[0].strip()[:2].lower() for part in accept_language.split(",")]
    language = next((name for name in preferred if name in LANGUAGES), LANGUAGES[0])
    return Words(language, catalogue()[language])
