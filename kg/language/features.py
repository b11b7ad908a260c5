"""A form as numbers: the word itself, its pieces, its shape, and what the lexicon says of it.

All depend on the form alone, so that each form is computed once. Typography is evened out here, never in
the text: curly and straight apostrophes, kinds of quotation marks and digits count as the same.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from kg.language.lexicon import Lexicon

__all__ = ["MOST_FORMS", "FormFeatures", "Numbers", "normal"]

# What counts as the same for the model. Digits become one, spaces inside numbers go.
SAME = str.maketrans(
    {
        "’": "'", "ʼ": "'", "`": "'", "´": "'", "‘": "'",
        "«": '"', "»": '"', "“": '"', "”": '"', "„": '"',
        "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "…": "...",
        "\u00a0": "", "\u2009": "", "\u202f": "", " ": "",
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
        **dict.fromkeys("123456789", "0"),
    }
)  # fmt: skip
PIECES = range(2, 6)
SHAPES = 256
# Forms that are remembered; beyond that many, all are forgotten, so that a corpus of any size takes no more memory.
MOST_FORMS = 4_096


@dataclass(frozen=True, slots=True)
class Numbers:
    """A form for the network: `word` 0 when not in the vocabulary; pieces of it; its marks (shape, lexicon)."""

    word: int
    pieces: tuple[int, ...]
    marks: tuple[int, ...]


def normal(form: str) -> str:
    """The form with evened typography; capitals stay."""
    return unicodedata.normalize("NFC", form).translate(SAME)


class FormFeatures:
    """Turns forms into numbers, given a vocabulary, a number of buckets for pieces, and a lexicon."""

    def __init__(self, words: Mapping[str, int], buckets: int, lexicon: Lexicon) -> None:
        self.words = words
        self.buckets = buckets
        self.lexicon = lexicon
        self._tags = {tag: SHAPES + index for index, tag in enumerate(lexicon.tags)}
        self._known: dict[str, Numbers] = {}

    @classmethod
    def load(cls, path: Path, lexicon: Lexicon) -> FormFeatures:
        """The features whose vocabulary and number of buckets `save` wrote."""
        head = json.loads(path.read_text(encoding="utf-8"))
        return cls({word: number for number, word in enumerate(head["words"], 1)}, head["buckets"], lexicon)

    def save(self, path: Path) -> None:
        """Write the vocabulary and the number of buckets as JSON."""
        head = {"buckets": self.buckets, "words": list(self.words)}
        text = json.dumps(head, ensure_ascii=False, indent=0)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")

    @property
    def marks(self) -> int:
        """How many different marks there are: shapes, tags of the form as written, and of it in small letters."""
        return SHAPES + 2 * len(self._tags)

    def __call__(self, form: str) -> Numbers:
        """The numbers of a form; remembered, as few forms make most of a text."""
        found = self._known.get(form)
        if found is None:
            if len(self._known) >= MOST_FORMS:
                self._known.clear()
            found = self._known[form] = self._numbers(form)
        return found

    def _numbers(self, form: str) -> Numbers:
        even = normal(form)
        low = even.lower()
        pieces = tuple(sorted({crc32(piece.encode("utf-8")) % self.buckets for piece in _pieces(low)}))
        return Numbers(self.words.get(low, 0), pieces, tuple(self._marks(even, low)))

    def _marks(self, even: str, low: str) -> Iterator[int]:
        yield crc32(_shape(even).encode("utf-8")) % SHAPES
        yield from (self._tags[tag] for tag in self.lexicon.tags_of(even))
        if low != even:
            yield from (self._tags[tag] + len(self._tags) for tag in self.lexicon.tags_of(low))


def _pieces(low: str) -> Iterator[str]:
    marked = f"<{low}>"
    for size in PIECES:
        for start in range(len(marked) - size + 1):
            yield marked[start : start + size]


def _shape(form: str) -> str:
    """Runs of capitals, small letters, digits and signs: "Xx", "X", "X-X", "0,0"."""
    shape = ""
    for letter in form:
        kind = "X" if letter.isupper() else "x" if letter.isalpha() else "0" if letter.isdigit() else letter
        if not shape.endswith(kind * (2 if kind == "X" else 1)):
            shape += kind
    return shape[:8]
