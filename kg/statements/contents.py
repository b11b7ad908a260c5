"""What a verb says, wants or asks, wherever the tree hangs it: below the verb, the one who is urged, a noun between."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.arguments import is_impersonal, spare_object
from kg.statements.frames import Frame, Frames
from kg.statements.markers import marker_of

__all__ = ["content_of", "is_circumstance"]

# What the conjunctions of circumstances tell, hung as a content.
CIRCUMSTANCES = ("time", "cause")


def content_of(tree: Tree, head: Token, lemma: str, frames: Frames) -> Token | None:
    """The head of the clause that a verb or a predicate governs, where it governs one."""
    below = "csubj" if is_impersonal(tree, head, frames) else "ccomp"
    for child in tree.children(head, "xcomp", "ccomp", below):
        if is_circumstance(tree, child, lemma, frames):
            continue
        if child.upos in ("VERB", "AUX") or tree.child(child, "cop", "aux"):
            return child
    senses = frames.senses.get(lemma, [])
    telling = [frame for frame in senses if frame.stance or frame.content_modality or frame.content_subject]
    if not telling or tree.has(head, "cop"):
        return None
    return (
        _urged(tree, head, senses) or _loose(tree, head, lemma, frames) or _strayed(tree, head, lemma, frames)
    )


def is_circumstance(tree: Tree, clause: Token, lemma: str, frames: Frames) -> bool:
    """« compte abroger la loi s'il gagne », « alors qu'il neige, … »: hung as a content, by a conjunction it is none.

    « vérifie s'il gagne »: `lemma` is the verb above, and such verbs ask.
    """
    if not clause.deprel.startswith("ccomp"):
        return False
    marker = marker_of(tree, clause, frames, "mark")
    if frames.is_a(marker, "whether"):
        # « des grèves sont prévues si rien ne change »: what has a subject is told already
        told = tree.has(tree.tokens[clause.head], "nsubj:pass")
        return told or not frames.is_a(lemma, "ask")
    return frames.subordinators.get(marker) in CIRCUMSTANCES


def _strayed(tree: Tree, head: Token, lemma: str, frames: Frames) -> Token | None:
    """What the verb says or wants, hung from a noun between that takes nothing of the kind.

    > La mairie annonce lors d'une visite que le site fermera.
    > Le gérant refuse depuis un mois de livrer les clefs.
    """
    senses = frames.senses.get(lemma, [])
    speaks = any(frame.stance for frame in senses)
    if not (speaks or any(frame.content_subject for frame in senses)) or tree.child(head, "obj", "ccomp"):
        return None
    for beside in tree.exactly(head, "advcl"):
        if frames.is_a(marker_of(tree, beside, frames, "mark"), "of") and tree.child(beside, "aux"):
            # « accusé de fraude, d'avoir menti »: no conjunction of the verb's circumstances.
            return beside
        # « décide, après avoir occupé l'usine, de bloquer la route »: coordinated with nothing like it.
        for item in tree.exactly(beside, "conj"):
            marker = marker_of(tree, item, frames, "mark")
            if item.feature("VerbForm") == "Inf" and marker and not tree.child(item, "cc"):
                return item
    for noun in tree.subtree(head, without=("nsubj", "conj", "acl", "advcl")):
        if noun.upos not in ("NOUN", "PRON") or noun.index < head.index:
            continue
        # « dans un communiqué » may be hung as if the verb needed it
        where = noun.head == head.index and frames.is_a(marker_of(tree, noun, frames, "case"), "place")
        adjunct = noun.deprel == "obl:mod" or (noun.deprel == "obl:arg" and where)
        for item in tree.children(noun, "acl", "ccomp", "advcl"):
            marker = marker_of(tree, item, frames, "mark")
            infinitive = item.feature("VerbForm") == "Inf"
            if infinitive and adjunct and marker and not speaks:
                return item
            plain = adjunct or noun.upos == "PRON" or noun.lemma not in frames.nouns
            that = frames.is_a(marker, "that") or spare_object(tree, item, frames)
            if speaks and not infinitive and plain and that:
                return item
    return None


def _loose(tree: Tree, head: Token, lemma: str, frames: Frames) -> Token | None:
    """What the verb says or wants, hung from it as a circumstance.

    > Le préfet exhorte les habitants, inquiets, à partir.
    > Le conseil décidera s'il vend le terrain.
    """
    if not any(frame.content_modality or frame.stance for frame in frames.senses.get(lemma, [])):
        return None
    for item in tree.children(head, "advcl", "obl", "acl"):
        if item.index < head.index or item.upos not in ("VERB", "AUX"):
            continue
        marker = marker_of(tree, item, frames, "mark", "case")
        infinitive = item.feature("VerbForm") == "Inf"
        if infinitive and (frames.is_a(marker, "toward") or frames.is_a(marker, "of")):
            return item
        if frames.is_a(marker, "whether") and not tree.children(head, "obj", "ccomp", "nsubj:pass"):
            return item
    return None


def _urged(tree: Tree, head: Token, senses: list[Frame]) -> Token | None:
    """« demande au ministre de partir »: the infinitive hung from the one who is urged is what the verb says."""
    if not any(frame.content_subject == "Object" for frame in senses):
        return None
    urged = tree.exactly(head, "obj", "obl:arg", "obl:mod", "iobj")
    below = (item for noun in urged for item in tree.exactly(noun, "acl"))
    return next(
        (item for item in below if item.feature("VerbForm") == "Inf" and tree.child(item, "mark")), None
    )
