"""Who does what a clause says, where the clause itself does not say it: control, as grammarians call it.

Anne Martin essaie de vendre sa maison.                 the subject of the verb above
Anne Martin demande à Paul Durand de vendre sa maison.  who is asked, where somebody is
Élue en mai, Anne Martin vend sa maison.                the subject of the sentence
Anne Martin part afin de vendre sa maison.              the subject of the verb that the adverb belongs to
Anne Martin annonce le projet de vendre sa maison.      the subject of the verb whose object the noun is
Anne Martin invite Paul Durand à vendre sa maison.      the object, also where the infinitive hangs from it
le maire accusé d'avoir vendu sa maison                 the noun that the participle belongs to
"""

from __future__ import annotations

from kg.entities.mentions import clause_of
from kg.language.tree import Tree
from kg.model import Token

__all__ = ["doer_of", "subject_around"]

# How far up a chain of infinitives is followed.
DEPTH = 5
ASKED = ("obj", "iobj", "obl:arg")


def doer_of(tree: Tree, token: Token, clause: Token) -> Token | None:
    """The subject, said or not, of the clause in which this word stands; None where the word is of its phrase."""
    doer = _of_verb(tree, clause, DEPTH)
    if doer is None or (tree.below(token, doer) and not tree.below(clause, doer)):
        return None
    return doer


def subject_around(tree: Tree, clause: Token) -> Token | None:
    """The subject of the nearest clause above this one that says its own: whom the pronouns below can mean."""
    above = clause_of(tree, clause)
    while above is not None:
        subject = tree.child(above, "nsubj")
        if subject is not None and subject is not clause:
            return subject
        above = clause_of(tree, above)
    return None


def _of_verb(tree: Tree, verb: Token, depth: int) -> Token | None:
    subject = tree.child(verb, "nsubj") or tree.child(verb, "expl:subj")
    if subject is not None:
        return subject
    above = tree.head(verb)
    if above is None or not depth:
        return None
    relation = verb.deprel.partition(":")[0]
    if relation == "acl":
        return above if verb.feature("VerbForm") == "Part" else _of_noun(tree, verb, above, depth)
    if relation in ("xcomp", "ccomp"):
        return _asked(tree, verb, above, depth)
    if relation in ("advcl", "advmod", "conj", "parataxis", "obl"):
        return _of_verb(tree, above, depth - 1) if above.upos in ("VERB", "ADJ", "AUX", "NOUN") else None
    return None


def _of_noun(tree: Tree, infinitive: Token, noun: Token, depth: int) -> Token | None:
    """Who does what an infinitive says that hangs from a noun: whoever does what the noun is the object of, or the noun."""
    verb = tree.head(noun)
    if verb is None or noun.deprel != "obj":
        return _of_verb(tree, noun, depth - 1)
    marks = tree.children(infinitive, "mark", "case")
    return (
        noun if not marks or any(len(mark.lemma) == 1 for mark in marks) else _of_verb(tree, verb, depth - 1)
    )


def _asked(tree: Tree, verb: Token, above: Token, depth: int) -> Token | None:
    """Who is asked, helped or allowed to do it, else who does what the verb above says."""
    asked = [
        child
        for child in tree.children(above, *ASKED)
        if child is not verb
        and child.deprel in ASKED
        and child.feature("Reflex") != "Yes"
        and (child.deprel != "obl:arg" or _to(tree, child))
    ]
    return asked[0] if asked else _of_verb(tree, above, depth - 1)


def _to(tree: Tree, token: Token) -> bool:
    """Whether a person is addressed: the shortest of prepositions stands before it."""
    return any(len(case.lemma) == 1 for case in tree.children(token, "case"))
