"""To whom something is owed, as French says who made it: « On doit ce pont à Paul Roy »."""

from __future__ import annotations

from dataclasses import replace

from kg.statements.arguments import Argument
from kg.statements.clauses import Clause
from kg.statements.frames import Frames

__all__ = ["owed"]


def owed(clause: Clause, frames: Frames) -> Clause:
    """« On doit ce pont à Paul Roy », « on lui doit deux films »: whoever they are owed to made them."""
    if clause.passive or not (clause.subjects and clause.objects) or not frames.is_a(clause.lemma, "owe"):
        return clause
    to = tuple([item for item in clause.obliques if frames.is_a(item.marker, "toward")])
    makers = clause.recipients or tuple([Argument(item.token) for item in to])
    if not makers or not all(frames.is_a(item.token.text.lower(), "anyone") for item in clause.subjects):
        return clause
    kept = tuple([item for item in clause.obliques if item not in to])
    made = frames.verbs.get(frames.word("make"))
    return replace(clause, subjects=makers, recipients=(), obliques=kept, frame=made)
