"""What grammar alone ties a pronoun to: the noun of its relative clause, the subject that it repeats."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Token

__all__ = ["awaited", "relative_head", "repeated_subject", "subject_of"]

# What stands before the subject of a sentence and may point ahead to it: "Dans son discours, le maire …".
FRONTED = frozenset({"obl", "advcl"})


def relative_head(tree: Tree, token: Token) -> Token | None:
    """The noun that the relative clause of this pronoun hangs from; by the words before it where the tree is silent."""
    for above in (token, *tree.ancestors(token)):
        if above.deprel == "advcl:cleft":
            return tree.tokens[above.head]
        if above.deprel == "acl:relcl":
            return _antecedent(tree, token, above)
    return _before(tree, token)


def _antecedent(tree: Tree, pronoun: Token, clause: Token) -> Token:
    """The noun that a relative clause hangs from, or a better one near."""
    head, before = tree.tokens[clause.head], _before(tree, pronoun)
    bracketed = tree.tokens[pronoun.index - 1].text == ")"
    titled = before is not None and not bracketed and _titled(tree, before, head)
    if before is not None and (titled or _unjoined(tree, before, head)):
        return before
    if before is not None and _beyond(tree, pronoun, clause, head):
        return _set_apart(tree, pronoun, before) or before
    return _set_apart(tree, pronoun, head) or _agreeing(tree, pronoun, head)


def _titled(tree: Tree, name: Token, head: Token) -> bool:
    """« la ministre de la Culture Anne Roux, qui … » : the name right before is meant, whatever noun it hangs from."""
    hangs = name.head == head.index and name.deprel in ("nmod", "appos")
    return hangs and name.upos == "PROPN" and not tree.child(name, "case")


def _unjoined(tree: Tree, name: Token, head: Token) -> bool:
    """« un peintre de Lyon, Jules Roy, qui … »: a second name that nothing joins to the first is no item of a list."""
    alone = name.upos == "PROPN" and name.deprel == "conj" and name.head == head.index
    return alone and not tree.child(name, "cc") and len(tree.children(head, "conj")) == 1


def _set_apart(tree: Tree, pronoun: Token, head: Token) -> Token | None:
    """« Anne Roux, maire de Brest, qui … » : the name that the phrase between commas tells of, or None."""
    if tree.tokens[pronoun.index - 1].text != ",":
        return None
    while head.deprel.partition(":")[0] in ("nmod", "flat", "conj", "obl") and head.upos in ("NOUN", "PROPN"):
        head = tree.tokens[head.head]
    participle = head.deprel == "acl" and head.feature("VerbForm") == "Part"
    if not participle and head.deprel != "appos":
        return None
    name, first = tree.tokens[head.head], tree.subtree(head)[0]
    opened = first.text == "," or (first.index > 0 and tree.tokens[first.index - 1].text == ",")
    return name if opened and name.upos == "PROPN" and name.index < head.index else None


def _before(tree: Tree, pronoun: Token) -> Token | None:
    """The head of the phrase right before a pronoun, but for a comma or bracket."""
    before = pronoun.index - 1
    if before > 0 and tree.tokens[before].text in (",", ")"):
        before -= 1
    if before < 0 or tree.tokens[before].upos not in ("NOUN", "PROPN", "ADJ", "PRON"):
        return None
    return _last_phrase(tree, before)


def _beyond(tree: Tree, pronoun: Token, clause: Token, head: Token) -> bool:
    """« les élus, dont la maire Anne Roux, qui refuse » : a second relative clause of a noun is joined, or is not its own."""
    first = [one for one in tree.children(head, "acl:relcl") if one.index < pronoun.index]
    return bool(first) and clause not in first and not tree.child(clause, "cc")


def repeated_subject(tree: Tree, token: Token) -> Token | None:
    """The subject that a pronoun repeats: "Anne, elle, refuse", "le parti gagne lui aussi", "Anne refuse-t-elle ?"."""
    head = tree.head(token)
    if head is None or tree.child(token, "case"):
        return None
    if token.text.startswith("-"):
        others = [
            one
            for one in tree.children(head, "nsubj")
            if one.index < token.index and _shows(one, token.feature("Number"), token.feature("Gender"))
        ]
        return others[0] if others and token.deprel.partition(":")[0] in ("nsubj", "expl") else None
    if not token.text.isalpha():
        return None
    relation = token.deprel.split(":")[0]
    auxiliary = tree.child(head, "aux")
    verb = auxiliary if auxiliary is not None and auxiliary.index < head.index else head
    clitic = relation in ("obj", "iobj", "expl") and token.index < verb.index
    if clitic or relation not in ("obj", "iobj", "expl", "obl", "advmod", "dislocated"):
        return None
    return next((one for one in tree.children(head, "nsubj") if one.index < token.index), None)


def awaited(tree: Tree, token: Token, number: str, *, set_phrase: bool) -> Token | None:
    """The noun or name that comes later as the subject of the clause that this word's phrase stands in front of, or None.

    « Dans son discours, le maire … », « Lorsqu'il dirigeait la ville, Paul Durand … »; a set phrase may stand anywhere.
    `number` is that of whose it is.
    """
    if set_phrase:
        subject = subject_of(tree, token)
        return subject if subject is not None and subject.index > token.index else None
    for above in (token, *tree.ancestors(token)):
        if above.deprel.partition(":")[0] in FRONTED and above.head > token.index:
            subject = tree.child(tree.tokens[above.head], "nsubj")
            if subject is not None and subject.index > max(above.index, token.index):
                fits = subject.upos in ("NOUN", "PROPN") and _shows(subject, number, "")
                return subject if fits else None
    return None


def subject_of(tree: Tree, token: Token) -> Token | None:
    """The subject of the clause in which this word stands."""
    verb = next((above for above in tree.ancestors(token) if above.upos == "VERB" or above.head < 0), None)
    return tree.child(verb, "nsubj") if verb is not None else None


def _agreeing(tree: Tree, pronoun: Token, head: Token) -> Token:
    """The antecedent, or another noun before the pronoun that its verb agrees with, as the antecedent does not.

    « les juges et le parquet, qui enquête » : a coordinate; « le fonds pour les victimes qui a reçu » : what it hangs from;
    « un fonds aidera les victimes qui a reçu » : a subject above.
    """
    verb = tree.head(pronoun)
    subject = verb is not None and pronoun.deprel.startswith("nsubj")
    number = _number(tree, verb) if subject and verb is not None else ""
    number, gender = pronoun.feature("Number") or number, pronoun.feature("Gender")
    if _shows(head, number, gender):
        return head
    others = [child for child in tree.children(head, "conj") if child.index < pronoun.index]
    others = [*reversed(others), *(one for one in tree.ancestors(head) if one.upos in ("NOUN", "PROPN"))]
    before = _before(tree, pronoun)
    others += [before] if before is not None and before.upos in ("NOUN", "PROPN") else []
    subjects = [one for above in tree.ancestors(head) for one in tree.children(above, "nsubj")]
    others += [one for one in subjects if one.upos in ("NOUN", "PROPN") and one.index < head.index]
    return next((one for one in others if _shows(one, number, gender)), head)


def _shows(noun: Token, number: str, gender: str) -> bool:
    """Whether a noun shows no other number and no other gender, as far as they are known."""
    shown = (noun.feature("Number"), number), (noun.feature("Gender"), gender)
    return all(not one or not other or one == other for one, other in shown)


def _number(tree: Tree, verb: Token) -> str:
    """The number that a finite verb shows, or its auxiliary."""
    auxiliary = tree.child(verb, "aux", "cop")
    return (auxiliary or verb).feature("Number")


def _last_phrase(tree: Tree, last: int) -> Token:
    """The head of the smallest noun phrase that ends with this word."""
    token = tree.tokens[last]
    while token.deprel.split(":")[0] in ("amod", "flat") and token.head >= 0 and token.head < token.index:
        token = tree.tokens[token.head]
    return token
