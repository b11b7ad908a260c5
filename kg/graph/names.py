"""Finding a thing by what it is called."""

from __future__ import annotations

import unicodedata
from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.model import Entity, Node

__all__ = ["alike", "called", "fold"]


def fold(text: str) -> str:
    """Lower case, without accents or punctuation: what two spellings of a name have in common.

    >>> fold("SAG-AFTRA, Grève")
    'sag aftra greve'
    """
    letters = unicodedata.normalize("NFD", text.casefold())
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())


def called(name: str, entities: Iterable[Entity], nodes: Collection[Node]) -> str | None:
    """The id of what is called so: by its label rather than an alias, then what most is said of, then by id."""
    wanted, said = fold(name), Counter(node.id for node in nodes)
    labelled = {node.id for node in nodes if fold(node.label) == wanted and node.type != "Statement"}
    ranks = dict.fromkeys(labelled, 0)
    for entity in entities:
        if wanted in map(fold, (entity.label, *entity.aliases)):
            ranks.setdefault(entity.id, int(fold(entity.label) != wanted))
    return min(ranks, key=lambda each: (ranks[each], -said[each], each), default=None) if wanted else None


def alike(name: str, entities: Iterable[Entity]) -> list[str]:
    """The ids of what is nearly called so, the likest first."""
    names = {fold(each): entity.id for entity in entities for each in (*entity.aliases, entity.label)}
    return [names[each] for each in get_close_matches(fold(name), names, 3, 0.75)]
