"""In which role a preposition brings somebody or something to a clause."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Node
from kg.statements.arguments import Oblique
from kg.statements.article import Article
from kg.statements.frames import Frame, Frames
from kg.statements.markers import is_told

__all__ = ["is_abroad", "is_meanwhile", "role_of"]

# What nobody speaks to.
UNHEARING = frozenset({"Concept", "Work", "Event", "Product"})


def role_of(article: Article, tree: Tree, item: Oblique, frame: Frame | None, node: Node) -> str:
    """The role of what stands behind a preposition, by the verb's frame, the preposition and what it is; empty for none."""
    frames = article.frames
    role, where = frames.role(frame, item.marker, node.type), frames.is_a(item.marker, "place")
    if node.type == "Place" and (
        role in ("", "recipient", "purpose", "amount")
        or (role == "source" and frames.is_a(item.marker, "toward"))
        or (role in ("instrument", "manner", "topic") and where)
    ):
        role = "place"  # « annonce un plan dans la Somme », not « dans un communiqué », « des sanctions contre Malte »
    if role == "recipient" and frame is not None and node.type in UNHEARING:
        # « a-t-il lancé à la tribune », « est décerné pour ses travaux »
        role = "place" if frame.stance else frames.defaults.get(item.marker, role)
    if role == "recipient":
        told = frame is not None and item.marker in dict(frame.complements)
        if frames.is_a(item.token.lemma, "agreed by"):
            role = "manner"  # « adopte le texte à une large majorité »
        elif not is_told(tree, item.token, frames):
            return ""  # « le Sénat, à majorité de droite, … »
        elif node.type != "Person" and tree.subtree(item.token)[0].index == 0:
            role = "place"  # « Au Sénat, le ministre a promis deux lois »
        elif not told and frames.is_a(item.token.lemma, "seat"):
            role = "place"  # « perd la majorité au Sénat », but « présente le texte au Sénat »
    if role == "amount" and node.type in ("Place", "Organization"):
        role = ""  # « bondit à la Bourse de Paris »: where, and not by how much
    if is_meanwhile(tree, item, frames):
        return "time"
    if (not role and where) or is_abroad(tree, item, frames):
        role = "place"
    if role == "place" and frames.is_a(item.marker, "state") and node.type != "Place":
        bare = not tree.has(item.token, "det") and item.token.upos == "NOUN"
        known = item.token.lemma in frames.nouns or node.type in ("Concept", "Event")
        return "manner" if bare and known else role  # « en hommage », « en urgence »
    return role


def is_abroad(tree: Tree, item: Oblique, frames: Frames) -> bool:
    """« à l'étranger », « à l'international »: where, whatever the noun means elsewhere."""
    known = frames.is_a(item.token.text.lower(), "whereabouts")
    return known and frames.is_a(item.marker, "toward") and tree.has(item.token, "det")


def is_meanwhile(tree: Tree, item: Oblique, frames: Frames) -> bool:
    """« arrêté à son arrivée », « à leur sortie de l'audience »: when, by what the one who is told of did or underwent."""
    if not frames.is_a(item.marker, "toward") or item.token.lemma not in frames.nouns:
        return False
    return any(child.feature("Poss") == "Yes" for child in tree.exactly(item.token, "det"))
