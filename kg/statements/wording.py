"""Where the words of a label end: quotation marks that go together, and blanks and marks that lead on."""

from __future__ import annotations

from kg.model import Token

__all__ = ["balanced", "closes", "trimmed"]

# What ends no quotation of the text, for it leads to what follows.
LEADING = ",;:«“("


def balanced(words: str) -> str:
    """A label without the quotation marks that only open or only close in it.

    >>> balanced("la ville « vend le pont")
    'la ville vend le pont'
    """
    if words.count("«") == words.count("»"):
        return words
    return " ".join(words.replace("«", " ").replace("»", " ").split())


def closes(words: list[Token]) -> bool:
    """Whether the last word closes the quotation that begins among those before it."""
    texts = [word.text for word in words]
    return texts[-1] == "»" and texts.count("«") == texts.count("»")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks and stray marks at its ends, with the mark that closes a quotation begun inside."""
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in LEADING):
        end -= 1
    if text.count("«", start, end) > text.count("»", start, end):
        rest = text[end : end + 2]
        close = end + len(rest) - len(rest.lstrip())
        end = close + 1 if text[close : close + 1] == "»" else end
    return start, end
