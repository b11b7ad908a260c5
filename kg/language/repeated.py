"""Pronouns between commas that repeat the subject before them: « La droite, elle, refuse »."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["repeated"]


def repeated(upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> list[str]:
    """The relations, with a pronoun that stands between commas behind the subject no second subject of the verb.

    > La droite, elle, refuse.      elle ─dislocated─► refuse
    """
    found = list(relations)
    for word in range(1, len(heads) - 2):
        if upos[word] != "PRON" or not relations[word].startswith("nsubj"):
            continue
        if upos[word - 1] == upos[word + 1] == "PUNCT" and word + 1 < heads[word]:
            subjects = (one for one in range(word) if heads[one] == heads[word] and "subj" in relations[one])
            if any(upos[one] in ("NOUN", "PROPN") for one in subjects):
                found[word] = "dislocated"
    return found
