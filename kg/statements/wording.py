"""Where the words of a label end: quotation marks that go together, and blanks and marks that lead on."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Mention, Token

__all__ = ["balanced", "closes", "title_words", "trimmed"]

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


def title_words(tree: Tree, head: Token, title: Mention, name: Mention) -> list[Token]:
    """The words of a description beside the name that it describes, without that name.

    « la ministre de la santé Anne Roy »: it ends where the name begins, if no mark stands between.
    """
    lead = [token for token in tree.tokens if title.start <= token.start and token.end <= name.start]
    while lead and (lead[-1].text in LEADING or lead[-1].upos == "DET"):
        lead = lead[:-1]
    kept = [token for token in tree.tokens if title.start <= token.start < title.end]
    if name.start > head.start:
        whole = not any(token.upos in ("PUNCT", "VERB", "AUX") for token in lead)
        kept = lead if whole else [token for token in kept if token.end <= name.start]
    kept = [token for token in kept if not name.start <= token.start < name.end]
    while kept and kept[-1].upos in ("ADP", "DET", "PUNCT", "CCONJ"):
        kept = kept[:-1]
    adverb = len(kept) > 1 and kept[0].upos == "ADV" and kept[0].head == head.index
    return kept[1:] if adverb else kept  # « alors patron »
