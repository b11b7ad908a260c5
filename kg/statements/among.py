"""« Parmi les invités, on compte le maire », « deux pompiers figurent parmi les victimes »: who is one of those."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.arguments import Argument
from kg.statements.clauses import Clause
from kg.statements.frames import Frames
from kg.statements.markers import marker_of

__all__ = ["counted_among"]


def counted_among(clause: Clause, frames: Frames) -> tuple[Token, tuple[Argument, ...]] | None:
    """Those among whom a clause counts somebody, and whom it counts; None where it tells something else."""
    if clause.passive or not frames.is_a(clause.lemma, "be among"):
        return None
    whole = next((item.token for item in clause.obliques if frames.is_a(item.marker, "among")), None)
    if whole is None or marker_of(clause.tree, whole, frames, "case") == "":
        return None
    members = clause.objects if _by_anyone(clause.tree, clause, frames) else clause.subjects
    members = members or clause.objects
    return (whole, members) if members else None


def _by_anyone(tree: Tree, clause: Clause, frames: Frames) -> bool:
    return any(
        frames.is_a(frames.canonical(item.text), "anyone") for item in tree.exactly(clause.head, "nsubj")
    )
