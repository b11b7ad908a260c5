"""What an acronym stands for: the long name that has its initials, or the one that it stands beside in brackets."""

from __future__ import annotations

import re

from kg.entities.lexicon import WORD, Lexicon, fold

__all__ = ["initials", "is_acronym", "may_stand_for"]

ACRONYM = re.compile(r"[^\W\d_](?:[^\W_]|[.&-]){1,11}")
# What has a name of so many words has an acronym as well; a shorter one may be of those in brackets: "Snes (FSU)".
BODIES = ("Organization", "Event", "Work", "Product")
LONG = 3


def is_acronym(text: str) -> bool:
    """Whether a text looks like an acronym: one word, two capitals or more and mostly capitals.

    >>> is_acronym("AMPTP"), is_acronym("SAG-AFTRA"), is_acronym("Le"), is_acronym("Rome")
    (True, True, False, False)
    """
    capitals = sum(char.isupper() for char in text)
    return (
        bool(ACRONYM.fullmatch(text))
        and capitals >= 2
        and capitals * 2 > sum(char.isalpha() for char in text)
    )


def initials(text: str, particles: frozenset[str]) -> set[str]:
    """The acronyms that a long form can have, folded: with and without the initials of its small words.

    >>> sorted(initials("Organisation des Nations unies", frozenset({"des"})))
    ['odnu', 'onu']
    """
    words = WORD.findall(fold(text))
    return {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in particles)}


def may_stand_for(acronym: str, long: str, type_name: str, lexicon: Lexicon) -> bool:
    """Whether an acronym beside a long name can be its own whatever the letters: "Parti de la justice (AKP)".

    In another language it has other initials; one that is known is known for something else, whose part this may be.
    """
    body = type_name in BODIES and len(WORD.findall(fold(long))) >= LONG
    return body and fold(acronym) not in lexicon.known
