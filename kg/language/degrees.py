"""How many do something, told by an adverb: trees set right where they take it for a circumstance."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["counted"]


def counted(
    upos: Sequence[str], features: Sequence[str], heads: Sequence[int], relations: Sequence[str]
) -> list[str]:
    """The relations, with an adverb that counts those who do what a plural verb without a subject says turned into its subject.

    > Près de la moitié des élus se disent hostiles.      Près ─nsubj─► disent
    """
    found = list(relations)
    for word in range(len(heads) - 3):
        verb = heads[word]
        if relations[word] != "advmod" or upos[word] != "ADV" or word >= verb or upos[word + 1] != "ADP":
            continue
        if not all(mark in features[verb] for mark in ("Number=Plur", "VerbForm=Fin")):
            continue
        between = range(word + 1, verb)
        many = any(
            upos[one] == "NOUN" and "Number=Plur" in features[one] and word <= heads[one] < verb
            for one in between
        )
        taken = any(head == verb and "subj" in found[one] for one, head in enumerate(heads))
        if many and not taken and not any(upos[one] == "PUNCT" for one in between):
            found[word] = "nsubj"
    return found
