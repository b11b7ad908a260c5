"""Where quotations stand in a text, by their marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.language.tree import Tree
from kg.model import Token

__all__ = ["SPEAKERS", "in_quotation", "quotations", "signed_by"]

# The types of those who can say something.
SPEAKERS = ("Person", "Organization", "Group")
# « … » — Anne Martin, directrice: who signs what is quoted, to the end of the line.
SIGNATURE = re.compile(r"\s*[—–]\s*([^\W\d_][^\n«»“”\"]{1,80})(?=\n|\Z)")


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


def signed_by(text: str, end: int, trees: Sequence[Tree]) -> tuple[Tree, Token] | None:
    """« … » — Anne Martin: the word for who signs a quotation that ends here; what holds a finite verb is no signature."""
    line = SIGNATURE.match(text, end)
    if line is None:
        return None
    for tree in trees:
        inside = [token for token in tree.tokens if line.start(1) <= token.start < line.end(1)]
        known = {token.index for token in inside}
        tops = [token for token in inside if token.upos in ("NOUN", "PROPN") and token.head not in known]
        if tops and not any(token.feature("VerbForm") == "Fin" for token in inside):
            return tree, tops[0]
    return None
