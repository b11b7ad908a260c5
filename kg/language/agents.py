"""Who does which of two deeds told by participles: trees set right where all agents hang from the first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

__all__ = ["shared_out"]

AGENT = "obl:agent"


def shared_out(features: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> list[int]:
    """The heads, with a second agent hung from the participle that stands nearest before it.

    > La loi est votée par les élus et validée en mai par la Cour.      Cour ─obl:agent─► validée
    """
    found = list(heads)
    agents = [word for word, relation in enumerate(relations) if relation == AGENT]
    for first, word in pairwise(agents):
        verb = heads[word]
        between = [
            one
            for one in range(first + 1, word)
            if heads[one] == verb and relations[one] == "conj" and "VerbForm=Part" in features[one]
        ]
        if heads[first] == verb and between:
            found[word] = between[-1]
    return found
