"""What « c'est … que » sets apart of a clause: « c'est à Lyon que le musée ouvrira », « c'est en 2012 qu'il a fermé »."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.arguments import Oblique
from kg.statements.frames import Frames
from kg.statements.markers import marker_of

__all__ = ["clause_behind", "set_apart"]

# How the clause hangs from what is set apart.
RELATIONS = frozenset({"advcl:cleft", "acl:relcl", "advcl", "ccomp", "csubj"})


def set_apart(tree: Tree, head: Token, frames: Frames) -> Iterator[Oblique]:
    """What stands with its preposition between « c'est » and the « que » of this clause.

    > C'est à Lyon que le musée pourrait ouvrir.      ouvrir à Lyon: the auxiliary only colours what is said
    """
    verb: Token | None = head
    while verb is not None and verb.deprel == "xcomp":
        verb = tree.head(verb)
        if verb is not None and verb.lemma not in frames.auxiliaries:
            return
    if verb is None or verb.deprel not in RELATIONS:
        return
    above = tree.head(verb)
    while above is not None and above.deprel == "conj":
        above = tree.head(above)
    if above is None or clause_behind(tree, above, frames) is not verb:
        return
    marker = marker_of(tree, above, frames, "case")
    for item in tree.conjuncts(above):
        own = marker_of(tree, item, frames, "case")
        yield Oblique(marker if marker.endswith(own) else own, item)


def clause_behind(tree: Tree, predicate: Token, frames: Frames) -> Token | None:
    """The verb of the clause that something is set apart of, where a preposition tells how it takes part in that."""
    copula = tree.child(predicate, "cop")
    if copula is None or not tree.has(predicate, "case") or predicate.upos == "VERB":
        return None
    before = tree.tokens[copula.index - 1] if copula.index else None
    if before is None or before.feature("PronType") != "Dem" or before.head != predicate.index:
        return None
    for item in tree.conjuncts(predicate):
        for verb in tree.children(item, "advcl", "acl", "ccomp", "csubj"):
            first = tree.subtree(verb)[0]
            opens = frames.is_a(frames.canonical(first.text), "that") and first.head == verb.index
            if opens and verb.deprel in RELATIONS and verb.index > item.index:
                return verb
    return None
