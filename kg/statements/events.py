"""Verb clauses as statements: who does what to whom, with the further participants as qualifiers."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities import slug
from kg.language.tree import Tree
from kg.model import Node, Period, Qualifier, Span, Token, record
from kg.statements.among import counted_among
from kg.statements.arguments import Argument, Oblique
from kg.statements.article import Article
from kg.statements.claims import heard_from
from kg.statements.clauses import Clause, shares_auxiliary
from kg.statements.contrasts import DURATIONS
from kg.statements.extents import extent
from kg.statements.frames import Frame
from kg.statements.markers import marker_of
from kg.statements.modality import Status
from kg.statements.qualifiers import (
    amount_of,
    amounts_of,
    clause_qualifiers,
    distinct,
    does_nothing,
    tells_age,
)
from kg.statements.resuming import resumed
from kg.statements.roles import is_abroad, is_meanwhile
from kg.statements.times import is_time

__all__ = ["Proposal", "clause_qualifiers", "predicate_of", "verb_clauses"]


@record
class Proposal:
    """A statement before its sources are known: the trees and words it was read from, and how.

    `head` is the word that bears the relation; `how` lists the decisions that led here, for `kg explain` and for
    the confidence. `span` is where it stands in the document, `words` head the phrases of its participants.
    """

    tree: Tree
    head: Token
    rule: str
    predicate: str
    label: str
    lemma: str
    subject: Node
    object: Node | None
    qualifiers: tuple[Qualifier, ...]
    status: Status
    span: Span
    how: tuple[str, ...] = ()
    words: tuple[Token, ...] = ()


def predicate_of(frame: Frame | None, lemma: str, marker: str = "", passive: bool = False) -> tuple[str, str]:
    """The property's local name and its label: the frame's, or an open relation named by the lemma."""
    if frame is not None and frame.property and not frame.auxiliary:
        if passive:
            return f"{frame.property}-passive", f"{frame.passive_label} {marker}".strip()
        return frame.property, frame.label
    words = f"{lemma} {marker}".strip()
    name = f"open-{slug(words)}"
    return (f"{name}-passive", words) if passive else (name, words)


def verb_clauses(article: Article, tree: Tree, clause: Clause) -> Iterator[Proposal]:
    """A verb with its subject gives a statement for each subject and each object.

    > L'usine a embauché quarante ouvriers et six cadres.
    L'usine | embaucher | quarante ouvriers
    L'usine | embaucher | six cadres
    """
    if clause.kind != "verb" or _only_colours(clause) or heard_from(clause, article.frames):
        return
    if counted_among(clause, article.frames) is not None:
        return  # as `instances` says
    if clause.head.feature("VerbForm") == "Part" and article.in_name(tree, clause.head):
        return  # « Le Canard enchaîné »
    subjects, objects, marker, used = _roles(article, clause)
    if not subjects:
        return
    status = article.status(clause)
    qualifiers = tuple(clause_qualifiers(article, clause, used))
    passive = clause.passive and not clause.agents and not any(item.how == "mutual" for item in subjects)
    name, label = predicate_of(clause.frame, clause.lemma, marker, passive)
    if clause.host is not None:
        objects = [(article.clause_node(tree, clause.host, clause.head), "host")]
    said = _said(article, clause)
    if not objects or (marker and marker == clause.content_marker):
        objects = [*objects, *((node, "content") for node in said)]
    else:
        qualifiers = (*qualifiers, *(Qualifier("topic", node) for node in said))
    rule = "verb-frame" if clause.frame and clause.frame.property else "open-verb"
    span = extent(article, clause)
    counted = _counted(article, clause)
    for argument in subjects:
        author = _author(article, clause, argument)
        subject = resumed(article, tree, author, article.node(tree, author))
        if _tells_nothing(article, clause, argument, subject, alone=len(subjects) == 1):
            continue
        mine = (*qualifiers, *amounts_of(article, tree, argument.token))
        for node, how in objects or [(None, "none")]:
            if node is not None and node.id == subject.id:
                if len(objects) > 1 or how == "predicative":
                    continue
                node = _told_apart(article, clause, how)
            extra = (*amount_of(node), *counted.get(node.id if node is not None else "", ()))
            signs = (argument.how, how, *_shape(clause), *_signs(clause, argument))
            yield Proposal(
                tree, clause.head, rule, name, label, clause.lemma, subject, node, distinct((*mine, *extra)),
                status, span, signs, (author, *[item.token for item in clause.objects]),
            )  # fmt: skip


def _counted(article: Article, clause: Clause) -> dict[str, list[Qualifier]]:
    """By the id of a participant, the amount that its words state."""
    tree = clause.tree
    if not article.values_of(tree):
        return {}
    tokens = [item.token for item in (*clause.objects, *clause.subjects)]
    tokens += [item.token for item in clause.obliques]
    return {article.node(tree, token).id: amounts_of(article, tree, token) for token in tokens}


def _told_apart(article: Article, clause: Clause, how: str) -> Node | None:
    """« Ce dernier est remplacé par Paul Roy »: who does it to somebody is not the same, so that one keeps his words.

    What a preposition brings is left out: « la loi a été votée par 60 voix pour cette loi » says nothing else of it.
    """
    things = clause.subjects if clause.passive else clause.objects
    if how in ("oblique", "adjunct") or not things or (clause.passive and not clause.agents):
        return None
    return article.description(clause.tree, things[0].token)


def _said(article: Article, clause: Clause) -> list[Node]:
    """What the verb says, wants, plans: each of the contents coordinated below it."""
    tree, content = clause.tree, clause.content
    if content is None or content.deprel == "csubj" or article.clause(tree, content) is None:
        return []
    further = _further(article, tree, content)
    return [
        article.clause_node(tree, content, *further),
        *(article.clause_node(tree, item) for item in further),
    ]


def _further(article: Article, tree: Tree, content: Token) -> list[Token]:
    """« a dit que la route est coupée et que le pont tient »: what is said besides, with a conjunction of its own."""
    # « abroger et remplacer la loi » is one thing said: the first verb has its object from the second.
    whole = bool(tree.children(content, "obj", "obl", "xcomp", "ccomp"))
    return [
        item
        for item in tree.exactly(content, "conj")
        if article.clause(tree, item) is not None
        and (
            tree.child(item, "mark")
            or (whole and (item.feature("VerbForm") == "Inf" or shares_auxiliary(tree, item)))
        )
    ]


def _shape(clause: Clause) -> tuple[str, ...]:
    form = clause.head.feature("VerbForm") or "none"
    return (f"form={form}", f"relation={clause.head.deprel}", "passive" if clause.passive else "active")


def _signs(clause: Clause, argument: Argument) -> tuple[str, ...]:
    """What speaks for and against a subject: whether it agrees with its verb, how far it is."""
    tree, subject, head = clause.tree, argument.token, clause.head
    bearers = (head, clause.verb, *tree.children(head, "aux"))
    shown = {item.feature("Number") for item in bearers if item.feature("VerbForm") == "Fin"}
    several = subject.deprel == "conj" or tree.has(subject, "conj")
    number = "Plur" if several else subject.feature("Number")
    does = argument.how in ("own", "relative", "shared", "control") and not clause.agents
    agrees = str(number in shown) if does and number and shown - {""} else "unknown"
    first, last = sorted((subject.index, head.index))
    far = min(max(last - first - 1, 0), 20) // 4
    return (f"agrees={agrees}", f"far={far}", f"behind={subject.index > head.index}")


def _only_colours(clause: Clause) -> bool:
    """« peut vendre », « va vendre »: the infinitive is what is said."""
    return clause.frame is not None and clause.frame.auxiliary and clause.content is not None


def _roles(
    article: Article, clause: Clause
) -> tuple[tuple[Argument, ...], list[tuple[Node | None, str]], str, set[int]]:
    """Subjects, objects with how they were found, the object's preposition, and the obliques that were used up."""
    tree = clause.tree
    used: set[int] = set(clause.consumed)
    if clause.passive:
        if clause.agents:
            return (
                clause.agents,
                [(article.node(tree, item.token), item.how) for item in clause.subjects],
                "",
                used,
            )
        mutual = _mutual(article, clause)
        if mutual:
            used.update(item.token.index for item in mutual)
            return mutual, [(article.node(tree, item.token), item.how) for item in clause.subjects], "", used
        subjects = clause.subjects
        objects: list[tuple[Node | None, str]] = []
    else:
        subjects = clause.subjects
        objects = [
            (resumed(article, tree, item.token, article.object_of(clause, item.token)), item.how)
            for item in clause.objects
            if not is_time(article, tree, item.token)
        ]
    marker = ""
    if not objects:
        predicative = _predicative(article, clause)
        if predicative is not None:
            used.add(predicative.index)
            return (
                subjects,
                [(article.description(tree, item), "predicative") for item in tree.conjuncts(predicative)],
                "",
                used,
            )
        chosen = _oblique_object(article, clause)
        if chosen:
            marker = chosen[0].marker
            used.update(item.token.index for item in chosen)
            objects = [
                (article.node(tree, item.token), "oblique" if item.argument else "adjunct") for item in chosen
            ]
    return subjects, objects, marker, used


def _mutual(article: Article, clause: Clause) -> tuple[Argument, ...]:
    """« un accord conclu entre la direction et les syndicats »: those between whom it is done do it."""
    between = [item for item in clause.obliques if article.frames.is_a(item.marker, "between")]
    nodes = [article.node(clause.tree, item.token) for item in between]
    if len(between) < 2 or any(node.type not in ("Person", "Organization", "Group") for node in nodes):
        return ()
    return tuple(Argument(item.token, "mutual") for item in between)


def _predicative(article: Article, clause: Clause) -> Token | None:
    """« devenir président », « rester ouvert », « est nommé directeur »: a noun or adjective hung as xcomp."""
    tree = clause.tree
    for child in tree.children(clause.head, "xcomp"):
        said = child.upos in ("NOUN", "ADJ", "PROPN") and not tree.child(child, "cop")
        # « a pour but de vendre »: what the words say with the verb gives way to what they govern.
        spent = clause.content is not None and child.index in clause.consumed
        if said and not spent and not is_time(article, tree, child):
            return child
    return None


def _oblique_object(article: Article, clause: Clause) -> list[Oblique]:
    """The participant that a preposition introduces: where the frame says so, or where the parser holds it needed."""
    wanted = clause.frame.object_markers if clause.frame else ()
    # « adopté à une large majorité », « travaille à l'étranger »: how and where, and not what; but « dispose de la majorité »
    obliques = [
        item
        for item in clause.obliques
        if (article.frames.is_a(item.marker, "of") or not article.frames.is_a(item.token.lemma, "agreed by"))
        and not article.frames.is_a(item.token.lemma, "way")
        and not is_abroad(clause.tree, item, article.frames)
    ]
    for marker in wanted:
        chosen = [
            item
            for item in obliques
            if item.marker == marker and not _is_when(article, clause.tree, item.token)
        ]
        if chosen:
            return chosen
    if clause.frame is not None and clause.content is not None and clause.content.deprel != "advcl":
        return []
    needed = [
        item
        for item in obliques
        if item.argument
        and item.marker
        and not article.frames.is_a(item.marker, "by")
        and not _is_when(article, clause.tree, item.token)
        and not _is_where(article, clause, item)
        and not tells_age(article, clause, item)
        and not is_meanwhile(clause.tree, item, article.frames)
    ]
    first = needed[:1]
    return [item for item in needed if first and item.marker == first[0].marker]


def _is_when(article: Article, tree: Tree, token: Token) -> bool:
    """« se reprend en fin de séance »: a time, known or not."""
    return is_time(article, tree, token) or article.node(tree, token).type == "Date"


def _is_where(article: Article, clause: Clause, item: Oblique) -> bool:
    """« explose dans le port »: where it happens, of a verb that is known to take nothing of the kind."""
    frame, frames = clause.frame, article.frames
    if frame is None or not frame.property or item.marker in dict(frame.complements):
        return False
    node = article.node(clause.tree, item.token)
    toward = frames.is_a(item.marker, "toward") and (node.type != "Place" or bool(frame.object_markers))
    return frames.role(None, item.marker, node.type) == "place" and not toward


def _tells_nothing(article: Article, clause: Clause, argument: Argument, node: Node, *, alone: bool) -> bool:
    """« il y a deux ans », « jeudi, le maire a voté »: a time, no subject; nor « cela » where nothing was said before.

    « Cela représente 300 euros par mois » tells how much, whatever it is.
    """
    tree, token = clause.tree, argument.token
    if clause.lemma == article.frames.word("exist") and _is_while(article, tree, token):
        return True
    if (argument.how != "own" or not alone) and does_nothing(article, tree, token):
        return True
    demonstrative = token.upos == "PRON" and token.feature("PronType") == "Dem" and not tree.children(token)
    if not demonstrative or tree.sentence.index > 0 or article.is_entity(node):
        return False
    return not any(article.value_at(tree, one) for one in tree.children(clause.head, "obj", "obl:arg"))


def _author(article: Article, clause: Clause, argument: Argument) -> Token:
    """« la demande du syndicat, qui demandait… »: who does it is the one whose deed the noun names."""
    tree, noun, frames = clause.tree, argument.token, article.frames
    frame = frames.nouns.get(noun.lemma)
    same = frame is not None and clause.frame is not None and frame.property == clause.frame.property
    if argument.how != "relative" or frame is None or not same or frame.noun_of == "Object":
        return noun
    authors = (
        item
        for item in tree.children(noun, "nmod")
        if frames.is_a(marker_of(tree, item, frames, "case"), "of")
    )
    return next(authors, noun)


def _is_while(article: Article, tree: Tree, token: Token) -> bool:
    """« il y a deux ans »: how long ago, nothing that there is."""
    value = article.value_at(tree, token)
    if value is None:
        return article.node(tree, token).type == "Date"
    return isinstance(value.value, Period) or value.value.unit in DURATIONS
