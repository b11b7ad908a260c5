"""Nouns that say what a verb would: « la proposition du maire », « le rachat de Vexa par Doral », « sa démission »."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.tree import Tree
from kg.model import Node, Qualifier, Span, Token
from kg.statements.arguments import whole_marker
from kg.statements.article import Article
from kg.statements.besides import changes, in_passing, taking_part
from kg.statements.events import Proposal, predicate_of
from kg.statements.frames import Frame, Frames
from kg.statements.markers import does_it, marker_of, possessive_of
from kg.statements.modality import ACTUAL, Status, hedged
from kg.statements.participants import Participants, participants_of
from kg.statements.qualifiers import amounts_of, distinct

__all__ = ["nominal_events"]

# Whose a body can be, or who stands in it.
BODIES = frozenset({"Person", "Organization", "Group", "Place", "Occupation", "Date", "Amount"})
# Who can do something to somebody.
DOERS = frozenset({"Person", "Organization", "Group", "Place"})


def nominal_events(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A noun that a frame knows gives the frame's statement, its participants read from "de", "par", "son".

    > La démission du trésorier surprend.
    le trésorier | démission
    > Le refus du maire surprend.
    le maire | refus
    > Le refus de l'offre surprend.
    l'offre | refus
    > Une inspection du barrage a été menée par la région.
    la région | inspection | barrage
    > Les inspections de barrages effectuées par la région durent un mois.
    la région | inspection | barrages
    > Paul Roy a bénéficié du soutien de la coopérative.
    la coopérative | soutien | Paul Roy
    > La visite du pape en Irak a duré trois jours.
    le pape | visite | Irak
    > Le licenciement de dix ouvriers par Vexa choque la ville.
    Vexa | licenciement | dix ouvriers
    > La transformation de l'usine en musée coûte cher.
    l'usine | transformation | musée
    > La fin du conflit surprend.
    le conflit | fin
    > L'organisation du festival coûte cher.
    le festival | organisation
    > Le pays subit l'arrêt des aides.
    les aides | arrêt
    """
    for token in article.nouns(tree):
        frame, inside = _frame_of(article, tree, token)
        if frame is None or article.is_spent(tree, token) or article.in_name(tree, token):
            continue
        if _leads(tree, token, article.frames):
            continue
        yield from _event(article, tree, token, frame, inside)


def _is_done(article: Article, tree: Tree, noun: Token, around: Participants) -> bool:
    """« l'organisation du festival », « l'exploitation du gaz »: what a body's name tells of a thing is a deed."""
    definite = any(item.feature("Definite") == "Def" for item in tree.children(noun, "det"))
    return definite and any(
        node.type not in BODIES and does_it(tree, token, article.frames) for node, token in around.of
    )


def _leads(tree: Tree, noun: Token, frames: Frames) -> bool:
    """« en présence du maire », « en échange d'une prime »: part of a preposition; « à la demande du maire » tells a deed."""
    marker, behind = whole_marker(tree, noun, frames)
    return behind is not noun and frames.defaults.get(marker, "cause") != "cause"


def _frame_of(article: Article, tree: Tree, noun: Token) -> tuple[Frame | None, Token | None]:
    """The frame of a noun, alone or with a complement that belongs to it (« offre d'emploi »), and that complement."""
    frames, below = article.frames, tree.children(noun, "nmod")
    if below and frames.canonical(noun.lemma).partition(" ")[0] not in frames.compound_openings:
        below = []
    for child in below:
        words = frames.canonical(f"{noun.lemma} {marker_of(tree, child, frames, 'case')} {child.text}")
        if words in frames.compounds:
            return frames.compounds[words], child
    return frames.nouns.get(noun.lemma), None


def _event(
    article: Article, tree: Tree, noun: Token, frame: Frame, inside: Token | None
) -> Iterator[Proposal]:
    around = participants_of(article, tree, noun, frame, inside)
    if article.frames.is_a(noun.lemma, "bound"):
        # « la fin du conflit », but « fin de partie », « la fin de l'année »
        around.of = [it for it in around.of if it[0].type != "Date" and does_it(tree, it[1], article.frames)]
        around.agents = []
        if not around.of:
            return
    if article.description_type(tree, noun) == "Organization" and not _is_done(article, tree, noun, around):
        return  # « une association de joueurs »
    subjects, objects, how = _sorted(article, tree, noun, frame, around)
    deed = not objects and inside is None and article.frames.is_a(noun.lemma, "deed")
    if not subjects or (deed and (how != "patient" or subjects[0][0].type in DOERS)):
        return  # whose deed it is, without more, is told by `possessions.authors`
    lemma = tree.text([noun, inside]) if inside is not None else noun.lemma
    status = _status(article, tree, noun, how)
    passive = how == "patient"
    name, label = predicate_of(frame, lemma, around.marker if objects else "", passive)
    span = article.phrase(tree, noun)
    for subject, token in subjects:
        things: list[tuple[Node | None, Token | None]] = [*objects]
        for node, below in things or [(None, None)]:
            if node is not None and node.id == subject.id:
                continue
            spans = [span, *([article.phrase(tree, token)] if token is not None else [])]
            counted = [one for item in (token, below) if item for one in amounts_of(article, tree, item)]
            extent = Span(min([item.start for item in spans]), max([item.end for item in spans]))
            yield Proposal(
                tree,
                noun,
                "nominal-frame",
                name,
                label,
                lemma,
                subject,
                node,
                distinct((*around.qualifiers, *counted)) if counted else tuple(around.qualifiers),
                status,
                extent,
                (how, f"object={'yes' if node else 'no'}", f"relation={noun.deprel}"),
                tuple(item for item in (token, below) if item is not None),
            )


def _sorted(
    article: Article, tree: Tree, noun: Token, frame: Frame, around: Participants
) -> tuple[list[tuple[Node, Token | None]], list[tuple[Node, Token]], str]:
    """Who stands as subject and as object, and how that was decided."""
    owner = _possessor(article, tree, noun)
    agents = around.agents or (_carried_out_by(article, tree, noun) if around.of or around.objects else [])
    if agents:
        return list(agents), around.of or around.objects, "agent"
    supported, undergone = _supporting_subject(article, tree, noun, around)
    side = _side(frame, around, owner, bool(supported), undergone)
    if side == "Subject" and tree.has(noun, "nummod"):
        supported = []  # « fait trente morts »: these die, and not what kills them
    if around.against:
        doers = [item for item in around.of if item[0].type in DOERS] or ([] if undergone else supported)
        actors = [(owner, None)] if owner is not None and not doers else doers
        return (list(actors), around.against, "agent") if actors else (list(around.against), [], "patient")
    if undergone:
        # « subit une baisse de ses ventes »: these fall, or else the subject; « subit une attaque des rebelles »: they do it.
        if side == "Object":
            return list(around.of) or supported, [], "patient"
        return list(around.of), [(node, token) for node, token in supported if token is not None], "undergone"
    if side == "Object":
        if owner is not None and around.of:
            return [(owner, None)], around.of, "possessive"
        if supported and around.of:
            return supported, around.of, "supported"
        if supported and changes(article, tree, noun):
            return supported, [], "changing"
        if around.of:
            # « la transformation de l'usine en musée », but « le meurtre du maire à Lyon »
            places = all(node.type == "Place" for node, _ in around.of)
            where = [
                item
                for item in around.objects
                if item[0].type == "Place" and article.is_named(item[0]) and not places
            ]
            around.qualifiers += [Qualifier("place", node) for node, _ in where]
            return list(around.of), [item for item in around.objects if item not in where], "patient"
        return ([(owner, None)], [], "patient") if owner is not None else ([], [], "none")
    if owner is not None and around.of:
        return [(owner, None)], around.of, "possessive"
    if around.of:
        return list(around.of), around.objects, "of"
    if owner is not None:
        return [(owner, None)], around.objects, "possessive"
    if frame.noun_of == "Either" and not around.objects:
        return [], [], "none"  # « fait une annonce » says no more than its verb
    return supported, around.objects, "supported"


def _side(frame: Frame, around: Participants, owner: Node | None, supported: bool, undergone: bool) -> str:
    """« le refus du maire », « le refus de l'offre »: of some nouns, what can do it does it, and to the rest it is done."""
    if frame.noun_of != "Either":
        return frame.noun_of
    if supported and not undergone:
        return "Object" if around.of else "Subject"
    whose = [node for node, _ in around.of] or ([owner] if owner is not None and not undergone else [])
    return "Subject" if any(node.type in DOERS for node in whose) else "Object"


def _possessor(article: Article, tree: Tree, noun: Token) -> Node | None:
    owner = possessive_of(tree, noun)
    return article.node(tree, owner) if owner is not None else None


def _supporting_subject(
    article: Article, tree: Tree, noun: Token, around: Participants
) -> tuple[list[tuple[Node, Token | None]], bool]:
    """« Le maire a présenté une proposition »: the subject of the verb that the noun is the object of, and if it undergoes it."""
    if noun.deprel.startswith(("obl", "nmod")) and in_passing(article, tree, noun):
        return taking_part(article, tree, noun), False
    head = tree.head(noun)
    clause = article.clause(tree, head) if head is not None else None
    if clause is None:
        return [], False
    frames = article.frames
    if noun.deprel == "obl:arg" and clause.frame is not None and clause.frame.content_subject == "Object":
        # « accusé de fraude »: whoever is accused is the one who did it, if somebody did.
        done = clause.subjects if clause.passive else clause.objects
        return [(article.node(tree, argument.token), argument.token) for argument in done], False
    part = frames.support.get(clause.head.lemma, "")
    if noun.deprel == "obl:arg" and not clause.passive:
        # « bénéficie d'une aide », « fait l'objet d'une enquête »
        of = marker_of(tree, noun, frames, "case")
        part = part if frames.is_a(of, "of") and around.of else ""
        part = frames.support.get(f"{clause.lemma} {of}", part)
        part = part if part == "Object" else ""
    elif noun.deprel != "obj":
        part = ""
    if clause.passive or not part:
        return [], False
    subjects = [(article.node(tree, argument.token), argument.token) for argument in clause.subjects]
    return list(subjects), part == "Object"


def _carried_out_by(article: Article, tree: Tree, noun: Token) -> list[tuple[Node, Token]]:
    """« une fouille a été menée par la police », « des contrôles de camions effectués par la police »: the agent of the verb that says little itself."""
    verbs = [verb for bearer in (noun, *tree.exactly(noun, "nmod")) for verb in tree.exactly(bearer, "acl")]
    head = tree.head(noun) if noun.deprel == "nsubj:pass" else None
    for verb in [*verbs, head] if head is not None else verbs:
        if article.frames.support.get(verb.lemma) != "Subject":
            continue
        clause = article.clause(tree, verb)
        if clause is not None and clause.passive and any(item.token is noun for item in clause.subjects):
            return [(article.node(tree, item.token), item.token) for item in clause.agents]
    return []


def _status(article: Article, tree: Tree, noun: Token, how: str) -> Status:
    """As object of a verb or a noun that plans, demands or prevents, the event is planned, demanded or not to be."""
    beside = hedged(tree, noun, article.frames)
    if beside is ACTUAL:
        beside = _led_by(tree, noun, article.frames)
    if beside is not ACTUAL:
        return beside
    head = tree.head(noun)
    while head is not None and noun.deprel in ("nmod", "conj") and noun.index > head.index:
        # « un projet de réforme », « prévoit dix millions de baisse »
        modality, negated = article.frames.modality_behind(head.lemma)
        if modality and noun.deprel == "nmod" and head.upos == "NOUN":
            return Status(negated, modality, head.text)
        if noun.deprel == "nmod" and article.value_at(tree, head) is None:
            break
        noun, head = head, tree.head(head)
    clause = article.clause(tree, head) if head is not None else None
    if clause is None or clause.kind != "verb" or noun.deprel not in ("obj", "nsubj:pass", "obl:arg"):
        return ACTUAL
    outer = article.status(clause)
    frame = clause.frame
    modality = frame.content_modality if frame is not None and frame.content_modality else "actual"
    if frame is not None and head is not None and head.lemma in article.frames.support:
        return outer
    # « empêche la vente », but « rejette les accusations du maire »: what is done, and not what was said
    negated = frame is not None and frame.content_polarity == "negated" and how == "patient"
    cue = head.text if head is not None and (negated or modality != "actual") else ""
    return Status(negated, modality, cue)


def _led_by(tree: Tree, noun: Token, frames: Frames) -> Status:
    """« sans vote du Parlement », « en cas de victoire de la gauche »: how a thing stands by what is before it."""
    marker = marker_of(tree, noun, frames, "case")
    if marker in frames.negations:
        return Status(True, "actual", marker)
    head = tree.head(noun) if noun.deprel == "nmod" else None
    words = [] if head is None else [item.text for item in tree.children(head, "case")]
    whole = frames.canonical(" ".join([*words, head.text, marker])) if head is not None and words else marker
    modality = frames.hypothesis.get(whole, "")
    return Status(False, modality.lower(), whole) if modality else ACTUAL
