"""Where the words of a label end: at blanks and marks that lead on, before the name that they describe."""

from __future__ import annotations

from kg.entities.phrases import PAIRS, closes
from kg.language.tree import Tree
from kg.model import Mention, Token

__all__ = ["core_end", "title_words", "trimmed"]

# What a clause needs, and what only adds to that.
NEEDED = frozenset({"obj", "xcomp", "ccomp", "obl:arg", "obl:agent", "nsubj", "nsubj:pass"})
ADJUNCTS = ("obl:mod", "advcl", "parataxis")
ADDED = ("acl:relcl", "advcl", "conj", "parataxis", "appos")
# What ends no quotation of the text, for it leads to what follows.
LEADING = ",;:«“("


def core_end(tree: Tree, head: Token, end: int) -> int:
    """Where a clause that stops at `end` may stop in short: at the first adjunct or relative clause behind what it needs.

    « dévoiler les noms [de ses clients, qui l'ont payé] », « le projet inquiétait [: j'étais sceptique] »
    """
    needed = [child for child in tree.children(head) if child.deprel in NEEDED]
    last = max([head.end, *(tree.subtree(item, without=ADDED)[-1].end for item in needed)])
    added = [child for child in tree.children(head, "obl", "advcl", "parataxis") if child.deprel in ADJUNCTS]
    added += [
        item
        for noun in needed
        for item in tree.subtree(noun)
        if item.deprel == "acl:relcl" and tree.tokens[item.head].upos != "PRON"  # « ce que je pense »
    ]
    starts = (tree.subtree(item)[0].start for item in added)
    cut = min((start for start in starts if last <= start < end), default=end)
    words = [token for token in tree.tokens if head.index <= token.index and token.start < cut]
    while len(words) > 1 and words[-1].upos in ("ADP", "SCONJ", "CCONJ", "PUNCT") and not closes(words):
        words.pop()
    return words[-1].end if cut < end else end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks and stray marks at its ends, with the mark that closes a quotation or bracket opened inside."""
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in LEADING):
        end -= 1
    for closing, opening in PAIRS:
        if text.count(opening, start, end) > text.count(closing, start, end):
            rest = text[end : end + 2]
            close = end + len(rest) - len(rest.lstrip())
            end = close + 1 if text[close : close + 1] == closing else end
    return start, end


def title_words(tree: Tree, head: Token, title: Mention, name: Mention) -> list[Token]:
    """The words of a description beside the name that it describes, without that name.

    « la ministre de la santé Anne Roy »: it ends where the name begins, if no mark stands between.
    """
    lead = [token for token in tree.tokens if title.start <= token.start and token.end <= name.start]
    while lead and (lead[-1].text in LEADING or lead[-1].upos == "DET"):
        lead = lead[:-1]
    if lead and lead[-1].deprel == "acl" and tree.below(tree.tokens[name.token], lead[-1]):
        lead = lead[:-1]  # « une boîte de nuit nommée la Rotonde »
    kept = [token for token in tree.tokens if title.start <= token.start < title.end]
    if name.start > head.start:
        whole = not any(token.upos in ("PUNCT", "VERB", "AUX") for token in lead)
        kept = lead if whole else [token for token in kept if token.end <= name.start]
    kept = [token for token in kept if not name.start <= token.start < name.end]
    while kept and kept[-1].upos in ("ADP", "DET", "PUNCT", "CCONJ"):
        kept = kept[:-1]
    adverb = len(kept) > 1 and kept[0].upos == "ADV" and kept[0].head == head.index
    return kept[1:] if adverb else kept  # « alors patron »
