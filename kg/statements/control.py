"""Who does what an infinitive says, by the verb above it: its subject, its object, whom it speaks to."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Token
from kg.statements.arguments import Argument
from kg.statements.clauses import Clause
from kg.statements.frames import Frames

__all__ = ["able_one", "asks_nobody", "controllers"]


def controllers(parent: Clause, frames: Frames, adjunct: bool = False) -> list[Argument]:
    """Who does what the infinitive says: the verb's object or addressee where its frame says so, else its subject."""
    frame = parent.frame
    wanted = frame.content_subject if frame else ""
    others = [*parent.recipients, *parent.objects]
    content = parent.content.index if parent.content is not None else -1
    addressees = [
        Argument(item.token) for item in parent.obliques if item.argument and item.token.index != content
    ]
    invites = frame is None and content >= 0 and frames.is_a(parent.content_marker, "toward")
    chosen = list(parent.subjects)
    if asks_nobody(parent, frames):
        return []
    if parent.passive and addressees and not parent.agents and _says_nobody(parent, frames):
        # « Il est reproché à la ville d'avoir vendu le stade »: the ville sold it.
        chosen = addressees[:1]
    elif not adjunct and (wanted == "Object" or (invites and others)):
        chosen = chosen if parent.passive else others or addressees or chosen
    elif adjunct and not parent.passive:
        chosen = list(parent.recipients) or addressees[:1] or chosen
    return [Argument(item.token, "control") for item in chosen]


def asks_nobody(clause: Clause, frames: Frames) -> bool:
    """« Le préfet a demandé de fermer l'usine », « la loi interdit de fumer »: who asks or forbids does not do it; « demande à partir »."""
    frame, marker = clause.frame, clause.content_marker
    if frame is None or frame.content_subject != "Object" or frame.content_modality != "obligation":
        return False
    urges = frames.is_a(marker, "toward") and not frames.is_a(clause.lemma, "ask")
    around = (*clause.recipients, *clause.objects, *(item for item in clause.obliques if item.argument))
    return not around and not clause.passive and (urges or frames.is_a(marker, "of"))


def _says_nobody(clause: Clause, frames: Frames) -> bool:
    """Whether the subject is the pronoun that can stand for nobody."""
    return all(frames.is_a(item.token.text.lower(), "impersonal") for item in clause.subjects)


def able_one(tree: Tree, head: Token, frames: Frames) -> Token | None:
    """« un alliage capable de résister », « une entreprise prête à vendre »: the noun whose adjective wants the infinitive."""
    first = min([item.index for item in (head, *tree.children(head, "mark", "case"))])
    before = tree.tokens[first - 1] if first else None
    if (
        before is None
        or before.upos != "ADJ"
        or before.deprel != "amod"
        or head.head not in (before.index, before.head)
    ):
        return None
    frame, noun = frames.adjectives.get(before.lemma), tree.tokens[before.head]
    return noun if frame is not None and frame.content_subject and noun.index < before.index else None
