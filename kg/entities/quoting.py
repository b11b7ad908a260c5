"""Where quotations stand in a text, by their marks."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["in_quotation", "quotations"]


def quotations(text: str, pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """The stretches between quotation marks, marks included, in text order; an unclosed one ends its paragraph."""
    found: list[tuple[int, int]] = []
    for opening, closing in pairs:
        start = text.find(opening)
        while start >= 0:
            end = text.find(closing, start + 1)
            paragraph = text.find("\n", start)
            stop = paragraph if end < 0 and paragraph >= 0 else len(text) if end < 0 else end + 1
            found.append((start, stop))
            start = text.find(opening, stop)
    return sorted(found)


def in_quotation(position: int, found: Sequence[tuple[int, int]]) -> int:
    """The number of the quotation around a position, or -1."""
    for number, (start, end) in enumerate(found):
        if start <= position < end:
            return number
    return -1
