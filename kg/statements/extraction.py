"""Relative pronouns that stand for the object of an infinitive: « la loi que le parti compte abroger »."""

from __future__ import annotations

from dataclasses import replace

from kg.statements.arguments import Argument
from kg.statements.clauses import Clause, form_of
from kg.statements.frames import Frames

__all__ = ["extracted"]


def extracted(clause: Clause, below: Clause, frames: Frames) -> tuple[Clause, Clause]:
    """A relative clause and the infinitive below its verb, each with the objects that it has.

    > La loi que le parti compte abroger date de mai.      abroger la loi, and not: compter la loi
    > Les élus que le maire invite à voter sont venus.     invite les élus: the verb takes both
    > Le texte que doit voter le Sénat est court.          le Sénat votes: who does it stands behind both
    """
    tree = clause.tree
    wants = below.kind == "verb" and form_of(tree, below.head) == "Inf" and not below.passive
    if clause.head.deprel != "acl:relcl" or not wants or below.content is not None:
        return clause, below
    if clause.frame is not None and clause.frame.content_subject == "Object":
        return clause, below
    noun = tree.tokens[clause.head.head]
    opening = (
        item
        for item in tree.children(clause.head, "obj", "mark")
        if item.index < clause.head.index and frames.is_a(frames.canonical(item.text), "only")
    )
    pronoun = next(opening, None)
    # « la décision que le juge refuse de partir »: behind such a noun, the parser's conjunction is one.
    tells = noun.lemma in frames.nouns or frames.is_a(noun.lemma, "fact")
    if pronoun is None or (pronoun.upos != "PRON" and tells):
        return clause, below
    if below.objects:
        behind = all(item.token.index > below.head.index for item in below.objects)
        if not behind or any(item is not pronoun for item in tree.exactly(clause.head, "nsubj")):
            return clause, below
        turned = tuple(Argument(item.token, "control") for item in below.objects)
        below = replace(below, subjects=turned, objects=(Argument(noun, "relative"),))
        return replace(clause, subjects=turned, objects=()), below
    own = tuple(item for item in clause.objects if item.token.index != noun.index)
    return replace(clause, objects=own), replace(below, objects=(Argument(noun, "relative"),))
