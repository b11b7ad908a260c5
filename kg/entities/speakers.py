"""Who speaks in a quotation, as far as the sentences around it tell."""

from __future__ import annotations

from collections.abc import Sequence

from kg.entities.referents import Place
from kg.language.tree import Tree
from kg.model import Token

__all__ = ["speaker_of"]

Quotation = tuple[int, int]


def speaker_of(place: Place, quotes: Sequence[Quotation], trees: Sequence[Tree]) -> tuple[int, int] | None:
    """Sentence and token of who says the quotation around this place; None where no subject stands beside it.

    The sentence in which the quotation ends is asked first, then the one in which it begins, then its neighbours.
    """
    if place.quoted < 0:
        return None
    start, end = quotes[place.quoted]
    touching = [i for i, tree in enumerate(trees) if tree.sentence.start < end and start < tree.sentence.end]
    if not touching:
        return None
    for index in dict.fromkeys((touching[-1], touching[0])):
        subject = _beside(trees[index], start, end)
        if subject is not None:
            return index, subject.index
    return None


def _beside(tree: Tree, start: int, end: int) -> Token | None:
    """The subject outside the quotation that stands nearest to it."""
    subjects = [
        token
        for token in tree.tokens
        if (token.deprel.startswith("nsubj") or token.deprel == "expl:subj")
        and not start <= token.start < end
        and token.upos in ("NOUN", "PROPN", "PRON")
    ]
    return min(subjects, key=lambda token: min(abs(token.start - end), abs(start - token.end)), default=None)
