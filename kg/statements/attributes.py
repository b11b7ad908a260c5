"""What stands behind the object of a verb and is said of it: « juge le texte inacceptable », « nomme Anne Roux ministre »."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.frames import Frames

__all__ = ["HOLDING", "is_office", "judged"]

# The property of the verbs that say what somebody holds a thing to be.
HOLDING = "considersAs"
# The property of those that say what something makes of a thing.
MAKING = "makesSo"


def judged(tree: Tree, head: Token, lemma: str, frames: Frames) -> list[Token]:
    """« juge le texte inacceptable », « rend la route sûre »: the adjective that ends the name of a known thing is said of it."""
    frame = frames.attributive_verbs.get(lemma)
    if frame is None or frame.property not in (HOLDING, MAKING):
        return []
    known = [
        thing
        for thing in tree.exactly(head, "obj")
        if any(
            item.feature("Definite") == "Def"
            or item.feature("PronType") == "Dem"
            or item.feature("Poss") == "Yes"
            for item in tree.children(thing, "det")
        )
    ]
    return [
        item
        for thing in known
        for item in tree.exactly(thing, "amod")
        if item.index > thing.index and tree.below(tree.subtree(thing)[-1], item)
    ]


def is_office(tree: Tree, head: Token, token: Token) -> bool:
    """« nomme Anne Roux ministre »: a bare noun behind a named object says what that one becomes."""
    if token.upos != "NOUN" or tree.child(token, "det", "case", "nummod"):
        return False
    return any(item.upos == "PROPN" and item.index < token.index for item in tree.exactly(head, "obj"))
