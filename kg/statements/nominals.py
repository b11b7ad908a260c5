"""Nouns that say what a verb would: « la proposition du maire », « le rachat de Vexa par Doral », « sa démission »."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from kg.language.tree import Tree
from kg.model import Amount, Node, Period, Qualifier, Span, Token, ValueMention
from kg.statements.arguments import whole_marker
from kg.statements.article import Article
from kg.statements.besides import EXTENTS, changes, in_passing, taking_part
from kg.statements.clauses import Clause
from kg.statements.contrasts import DURATIONS
from kg.statements.events import Proposal, predicate_of
from kg.statements.frames import Frame, Frames
from kg.statements.markers import does_it, marker_of, possessive_of
from kg.statements.modality import ACTUAL, Status, hedged

__all__ = ["nominal_events"]

# Who can do something to somebody.
DOERS = frozenset({"Person", "Organization", "Group", "Place"})


@dataclass
class Participants:
    """What stands around a nominalisation, sorted by what it does there."""

    of: list[tuple[Node, Token]] = field(default_factory=list)
    agents: list[tuple[Node, Token]] = field(default_factory=list)
    objects: list[tuple[Node, Token]] = field(default_factory=list)
    against: list[tuple[Node, Token]] = field(default_factory=list)
    qualifiers: list[Qualifier] = field(default_factory=list)
    marker: str = ""


def nominal_events(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A noun that a frame knows gives the frame's statement, its participants read from "de", "par", "son".

    > La démission du trésorier surprend.
    le trésorier | démission
    """
    for token in article.nouns(tree):
        frame, inside = _frame_of(article, tree, token)
        if frame is None or article.is_spent(tree, token) or article.in_name(tree, token):
            continue
        if _leads(tree, token, article.frames):
            continue
        if article.description(tree, token).type != "Organization":  # « une association de joueurs »
            yield from _event(article, tree, token, frame, inside)


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
    around = _participants(article, tree, noun, frame, inside)
    subjects, objects, how = _sorted(article, tree, noun, frame, around)
    if not subjects or (not objects and inside is None and article.frames.is_a(noun.lemma, "deed")):
        return  # whose deed it is, without more, is told by `possessions.authors`
    lemma = tree.text([noun, inside]) if inside is not None else noun.lemma
    status = _status(article, tree, noun)
    passive = how == "patient"
    name, label = predicate_of(frame, lemma, around.marker if objects else "", passive)
    span = article.phrase(tree, noun)
    for subject, token in subjects:
        things: list[Node | None] = [item for item, _ in objects]
        for node in things or [None]:
            if node is not None and node.id == subject.id:
                continue
            spans = [span, *([article.phrase(tree, token)] if token is not None else [])]
            extent = Span(min([item.start for item in spans]), max([item.end for item in spans]))
            yield Proposal(
                tree,
                noun,
                "nominal-frame" if inside is None else "noun-expression",
                name,
                label,
                lemma,
                subject,
                node,
                tuple(around.qualifiers),
                status,
                extent,
                (how, f"object={'yes' if node else 'no'}", f"relation={noun.deprel}"),
            )


def _participants(
    article: Article, tree: Tree, noun: Token, frame: Frame, inside: Token | None
) -> Participants:
    frames, found = article.frames, Participants()
    around = [child for child in tree.children(noun, "nmod", "obl", "acl") if child is not inside]
    around += list(tree.children(inside, "nmod")) if inside is not None else []
    for child in [*around, *_adjacent(article, tree, noun, frame)]:
        marker, child = whole_marker(tree, child, frames)
        value = article.value_at(tree, child)
        if frames.is_a(marker, "between") and len(tree.conjuncts(child)) > 1:
            one, *others = [(article.node(tree, item), item) for item in tree.conjuncts(child)]
            found.agents, found.of = [one], others
            continue
        if value is not None or child.upos == "PROPN":
            # « le décès à 81 ans du chanteur »: an age or a place between has no complement, the deed has.
            found.of += [] if frames.is_a(marker, "of") else _behind_value(article, tree, child)
        for item in tree.conjuncts(child):
            if child.upos == "VERB":
                if marker and child.feature("VerbForm") == "Inf":
                    found.objects.append((article.clause_node(tree, item), item))
            elif value is not None and isinstance(value.value, Period):
                found.qualifiers.append(Qualifier("time", article.value_node(value)))
            elif _is_extent(value):
                found.qualifiers.append(Qualifier("amount", article.value_node(value)))
            elif child.deprel == "obl:agent" or (frames.is_a(marker, "by") and not frames.is_a(marker, "of")):
                found.agents.append((article.node(tree, item), item))
                # « les violations par Mme Leroy de la loi »: a person has no complement, the deed has.
                found.of += _behind_name(article, tree, item)
            elif frames.is_a(marker, "of") and found.of and child is item and _is_left(frame, marker):
                found.objects.append((article.node(tree, item), item))
                found.marker = marker
            elif frames.is_a(marker, "of"):
                found.of.append((_without_strays(article, tree, item, frame, found), item))
                if _is_left(frame, marker):
                    found.objects += _behind_name(article, tree, item)
                    found.marker = marker if found.objects else ""
            elif _is_against(article, frame, marker):
                found.against.append((article.node(tree, item), item))
            elif marker in frame.object_markers:
                found.objects.append((article.node(tree, item), item))
                found.marker = marker
            else:
                _qualify(article, tree, item, marker, frame, found)
    return found


def _is_left(frame: Frame, marker: str) -> bool:
    """« le retrait du pays de l'accord »: of a verb that takes « de », who does it stands first and what is left behind."""
    return frame.noun_of == "Subject" and marker in frame.object_markers


def _behind_name(article: Article, tree: Tree, item: Token) -> list[tuple[Node, Token]]:
    """« la sortie de la Grèce de l'euro »: a name has no complement with an article, the noun before it has."""
    if item.upos != "PROPN":
        return []
    return [
        (article.node(tree, of), of)
        for of in tree.children(item, "nmod")
        if tree.child(of, "det")
        and article.frames.is_a(marker_of(tree, of, article.frames, "case"), "of")
        and tree.subtree(of)[0].text != ","
    ]


def _behind_value(article: Article, tree: Tree, item: Token) -> list[tuple[Node, Token]]:
    """What stands behind « de » with an article of its own, or is named, after an amount, a date or a place."""
    return [
        (article.node(tree, of), of)
        for of in tree.children(item, "nmod")
        if article.value_at(tree, of) is None and does_it(tree, of, article.frames) and of.index > item.index
    ]


def _is_against(article: Article, frame: Frame, marker: str) -> bool:
    """« une attaque contre le village »: whom a deed strikes that is done to somebody."""
    return frame.noun_of == "Object" and article.frames.is_a(marker, "noun against")


def _without_strays(article: Article, tree: Tree, item: Token, frame: Frame, found: Participants) -> Node:
    """The complement of the noun without what belongs to the noun: « le blocage [du port] par les dockers », « de 2 % »."""
    node = article.node(tree, item)
    for branch in tree.children(item, "nmod"):
        value = article.value_at(tree, branch)
        marker = marker_of(tree, branch, article.frames, "case")
        if article.frames.is_a(marker, "by") and tree.child(branch, "det"):
            found.agents.append((article.node(tree, branch), branch))
        elif _is_against(article, frame, marker):
            found.against.append((article.node(tree, branch), branch))
        elif _is_extent(value):
            found.qualifiers.append(Qualifier("amount", article.value_node(value)))
        else:
            continue
        if not article.is_named(node):
            node = article.without(tree, item, branch)
    return node


def _is_extent(value: ValueMention | None) -> TypeGuard[ValueMention]:
    """« de 2 % », « de 240 900 »: by how much something changes; « de deux heures »: how long it lasts."""
    return (
        value is not None
        and isinstance(value.value, Amount)
        and (
            value.value.unit in EXTENTS
            or value.value.unit in DURATIONS
            or not value.value.unit
            or value.value.unit.isupper()  # money: « une amende de 500 euros »
        )
    )


def _adjacent(article: Article, tree: Tree, noun: Token, frame: Frame) -> Iterator[Token]:
    """A phrase straight behind the noun with a preposition that the noun wants, though the tree hangs it higher."""
    end = tree.subtree(noun, without=("acl", "appos", "conj", "punct"))[-1].index
    behind = tree.tokens[end + 1] if end + 1 < len(tree.tokens) else None
    head = tree.head(behind) if behind is not None and behind.deprel in ("case", "mark") else None
    if head is None or not head.deprel.startswith("obl") or head.head == noun.index:
        return
    marker = marker_of(tree, head, article.frames, "case")
    above = tree.head(head)
    clause = article.clause(tree, above) if above is not None else None
    # « annonce l'ouverture à Lyon d'un centre »: what is opened hangs from the place.
    apart = head.upos == "PROPN" or article.value_at(tree, head) is not None
    beside = apart and bool(_behind_value(article, tree, head))
    if beside or marker in frame.object_markers or (clause is not None and _strays(article, clause, marker)):
        yield head


def _strays(article: Article, clause: Clause, marker: str) -> bool:
    """« dénonce une fraude par des élus », « provoque la mort de dix ouvriers »: nothing that this verb takes."""
    frames = article.frames
    if frames.is_a(marker, "of"):
        known = {*clause.frame.object_markers, *dict(clause.frame.complements)} if clause.frame else {marker}
        return marker not in known and bool(clause.objects)
    return frames.is_a(marker, "by") and not clause.passive


def _qualify(
    article: Article, tree: Tree, item: Token, marker: str, frame: Frame, found: Participants
) -> None:
    node = article.node(tree, item)
    role = article.frames.role(frame, marker, node.type)
    if node.type == "Place" or (not role and article.frames.is_a(marker, "place")):
        role = "place"
    if role == "attribute":
        node = article.description(tree, item)
    if role:
        found.qualifiers.append(Qualifier(role, node))


def _sorted(
    article: Article, tree: Tree, noun: Token, frame: Frame, around: Participants
) -> tuple[list[tuple[Node, Token | None]], list[tuple[Node, Token]], str]:
    """Who stands as subject and as object, and how that was decided."""
    owner = _possessor(article, tree, noun)
    if around.agents:
        return list(around.agents), around.of or around.objects, "agent"
    supported, undergone = _supporting_subject(article, tree, noun)
    if frame.noun_of == "Subject" and tree.has(noun, "nummod"):
        supported = []  # « fait trente morts »: these die, and not what kills them
    if around.against:
        doers = [item for item in around.of if item[0].type in DOERS] or ([] if undergone else supported)
        actors = [(owner, None)] if owner is not None and not doers else doers
        return (list(actors), around.against, "agent") if actors else (list(around.against), [], "patient")
    if undergone:
        # « subit une baisse de ses ventes »: these fall, or else the subject; « subit une attaque des rebelles »: they do it.
        if frame.noun_of == "Object":
            return list(around.of) or supported, [], "patient"
        return list(around.of), [(node, token) for node, token in supported if token is not None], "undergone"
    if frame.noun_of == "Object":
        if owner is not None and around.of:
            return [(owner, None)], around.of, "possessive"
        if supported and around.of:
            return supported, around.of, "supported"
        if supported and changes(article, tree, noun):
            return supported, [], "changing"
        if around.of:
            return list(around.of), [], "patient"
        return ([(owner, None)], [], "patient") if owner is not None else ([], [], "none")
    if owner is not None and around.of:
        return [(owner, None)], around.of, "possessive"
    if around.of:
        return list(around.of), around.objects, "of"
    if owner is not None:
        return [(owner, None)], around.objects, "possessive"
    return supported, around.objects, "supported"


def _possessor(article: Article, tree: Tree, noun: Token) -> Node | None:
    owner = possessive_of(tree, noun)
    return article.node(tree, owner) if owner is not None else None


def _supporting_subject(
    article: Article, tree: Tree, noun: Token
) -> tuple[list[tuple[Node, Token | None]], bool]:
    """« Le maire a présenté une proposition »: the subject of the verb that the noun is the object of, and if it undergoes it."""
    if noun.deprel.startswith(("obl", "nmod")) and in_passing(article, tree, noun):
        return taking_part(article, tree, noun), False
    head = tree.head(noun)
    clause = article.clause(tree, head) if head is not None else None
    if clause is None:
        return [], False
    if noun.deprel == "obl:arg" and clause.frame is not None and clause.frame.content_subject == "Object":
        # « accusé de fraude »: whoever is accused is the one who did it, if somebody did.
        done = clause.subjects if clause.passive else clause.objects
        return [(article.node(tree, argument.token), argument.token) for argument in done], False
    part = article.frames.support.get(clause.head.lemma, "")
    if noun.deprel != "obj" or clause.passive or not part:
        return [], False
    subjects = [(article.node(tree, argument.token), argument.token) for argument in clause.subjects]
    return list(subjects), part == "Object"


def _status(article: Article, tree: Tree, noun: Token) -> Status:
    """As object of a verb or a noun that plans or demands, the event is planned or demanded."""
    beside = hedged(tree, noun, article.frames)
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
    return Status(False, modality, head.text if head is not None and modality != "actual" else "")
