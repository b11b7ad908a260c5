"""How much of each article the page may carry: the sentences that support a statement, all of it, or nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from kg.model import Document, Evidence

__all__ = ["EmbedText", "passages", "sentence_at"]

EmbedText = Literal["sentences", "full", "none"]

# Strong punctuation with what closes after it, then space; or the end of a line. A cut too many ("M. Dupont")
# only makes a passage shorter: what is quoted is always inside one.
STOP = re.compile(r"[.!?…]+[\"»”’)\]]*\s+|\s*\n\s*")


def passages(document: Document, evidence: Iterable[Evidence], embed: EmbedText) -> list[tuple[int, str]]:
    """Stretches of the text as (start, text), in order, none touching another.

    With "sentences" each quote comes with its sentence, the one before and the one after.
    """
    if embed == "none":
        return []
    if embed == "full":
        return [(0, document.text)]
    bounds = _bounds(document.text)
    around = sorted(_around(bounds, quote.start, quote.end) for quote in evidence)
    merged: list[tuple[int, int]] = []
    for start, end in around:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [(start, document.text[start:end]) for start, end in merged]


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence or sentences of a passage that hold these characters."""
    bounds = _bounds(text)
    first = max(bisect_right(bounds, start) - 1, 0)
    return text[bounds[first] : bounds[min(bisect_left(bounds, end), len(bounds) - 1)]].strip()


@lru_cache(maxsize=16)  # a passage is asked for each of its quotes
def _bounds(text: str) -> list[int]:
    """Where sentences begin, and the end of the text."""
    return sorted({0, *(stop.end() for stop in STOP.finditer(text)), len(text)})


def _around(bounds: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The sentences that hold a quote, with one neighbour on each side."""
    before = max(bisect_right(bounds, start) - 1, 0)
    after = min(bisect_left(bounds, end), len(bounds) - 1)
    return bounds[max(before - 1, 0)], bounds[min(after + 1, len(bounds) - 1)]
