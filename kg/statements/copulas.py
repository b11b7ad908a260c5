"""What a verb says somebody or something to be: copulas, « il s'agit de », those made, called or held to be something."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.tree import Tree
from kg.model import Node, Token
from kg.statements.arguments import Argument, said_behind
from kg.statements.article import Article
from kg.statements.clauses import Clause
from kg.statements.clefts import clause_behind
from kg.statements.events import Proposal
from kg.statements.frames import NAMING
from kg.statements.holding import held_of
from kg.statements.links import Link
from kg.statements.markers import equals_sign, is_cleft, marker_of
from kg.statements.modality import Status
from kg.statements.qualifiers import clause_qualifiers
from kg.statements.resuming import resumed
from kg.statements.times import is_time

__all__ = ["copulas", "functions", "presented"]

# What hangs from the predicate beside a copula and belongs to the clause, not to the predicate.
CLAUSAL = (
    "nsubj", "cop", "punct", "advcl", "conj", "cc", "mark", "parataxis", "ccomp", "expl", "aux", "csubj", "acl",
    "advmod", "obl:mod", "dislocated", "appos",
)  # fmt: skip


def copulas(article: Article, tree: Tree, clause: Clause) -> Iterator[Proposal]:
    """What stands behind "être" is said of the subject.

    > La ville est le chef-lieu du canton.
    La ville | être | le chef-lieu du canton
    > Le risque est que le pont pourrait céder.
    Le risque | être | le pont pourrait céder
    """
    yield from _foretold(article, tree, clause)
    if clause.kind != "copula" or not (clause.subjects or clause.content):
        return
    if any(is_cleft(tree, clause.head, argument.token) for argument in clause.subjects):
        return
    if clause_behind(tree, clause.head, article.frames) is not None:
        return
    status = article.status(clause)
    qualifiers = tuple(clause_qualifiers(article, clause, {clause.head.index}))
    for predicate in tree.conjuncts(clause.head):
        if equals_sign(tree, predicate, article.frames) is not None:
            break  # « ils sont dix de plus, soit 3 % »: as much as what stands before, as `equals` says
        if predicate.index != clause.head.index and (
            tree.child(predicate, "nsubj", "cop")
            or predicate.upos == "VERB"
            or _starts_anew(tree, predicate, clause)
        ):
            continue
        node = _predicate_node(article, tree, predicate, clause)
        if not clause.subjects and clause.content is not None:
            # « il est impossible de passer »: what is said so is a clause.
            said, words = article.clause_node(tree, clause.content), (clause.head, clause.content)
            link = Link(
                "copula", predicate, said, node, words, ("clause",), qualifiers=qualifiers, status=status
            )
            yield from link.propose(article, tree)
        for argument in clause.subjects:
            subject = resumed(article, tree, argument.token, article.node(tree, argument.token))
            yield from _evoked(article, tree, predicate, clause, subject, status)
            how = (argument.how, f"predicate={predicate.upos}", f"relation={clause.head.deprel}")
            link = Link(
                "copula", predicate, subject, node, (clause.head, argument.token), how,
                qualifiers=qualifiers, status=status,
            )  # fmt: skip
            yield from link.propose(article, tree)


def _foretold(article: Article, tree: Tree, clause: Clause) -> Iterator[Proposal]:
    """« Le risque est que le pont cède »: what stands before the copula is what the clause says."""
    that = said_behind(tree, clause.head, article.frames)
    before = [
        item for item in tree.children(clause.head, "nsubj") if that is not None and item.index < that.index
    ]
    for subject in before[:1]:
        said = article.clause_node(tree, clause.head, subject, *tree.children(clause.head, "cop"))
        words = (clause.head, subject)
        yield from Link(
            "copula", subject, article.node(tree, subject), said, words, ("that",)
        ).propose(article, tree)  # fmt: skip


def _starts_anew(tree: Tree, noun: Token, clause: Clause) -> bool:
    """« 44 % sont au chômage et 39 % des hommes »: without the preposition of the first, one more subject."""
    return noun.upos == "NOUN" and bool(tree.child(clause.head, "case")) and not tree.child(noun, "case")


def presented(article: Article, tree: Tree, clause: Clause) -> Iterator[Proposal]:
    """« il s'agit de » says, as « c'est » does, what that is which was just told; where nothing was, it says nothing.

    > Le pont a rouvert. Il s'agit d'une première.
    Il | être | une première
    """
    frames = article.frames
    if clause.lemma != frames.word("present"):
        return
    pronoun = next(
        (item for item in tree.children(clause.head, "expl", "nsubj") if item.upos == "PRON"), None
    )
    if pronoun is None:
        return
    subject = article.node(tree, pronoun)
    if tree.sentence.index == 0 and not article.is_entity(subject):
        return
    status = article.status(clause)
    for item in clause.obliques:
        if frames.is_a(item.marker, "of"):
            node = article.description(tree, item.token)
            qualifiers = tuple(clause_qualifiers(article, clause, {item.token.index}))
            link = Link(
                "copula", item.token, subject, node, (clause.head, item.token),
                ("presented",), qualifiers=qualifiers, status=status,
            )  # fmt: skip
            yield from link.propose(article, tree)


def _evoked(
    article: Article, tree: Tree, predicate: Token, clause: Clause, subject: Node, status: Status
) -> Iterator[Proposal]:
    """« La mairie est favorable au projet », « est à l'origine du projet »: what is said relates the subject to its complement."""
    frames = article.frames
    before = [item.text for item in tree.children(predicate, "case", "det") if item.index < predicate.index]
    words = frames.canonical(" ".join((frames.word("be"), *before, predicate.lemma)))
    frame = frames.adjectives.get(predicate.lemma) or frames.verbs.get(frames.expressions.get(words, ""))
    if frame is None:
        return
    for child in tree.children(predicate, "obl", "nmod"):
        if (
            marker_of(tree, child, frames, "case") in frame.object_markers
            and article.value_at(tree, child) is None
        ):
            span = article.clause_span(tree, clause.head)
            lemma = f"{frames.word('be')} {predicate.lemma}"
            target = article.node(tree, child)
            if target.id != subject.id:
                how = (f"frame={frame.name}",)
                yield Proposal(
                    tree,
                    predicate,
                    "adjective-frame",
                    frame.property,
                    frame.label,
                    lemma,
                    subject,
                    target,
                    (),
                    status,
                    span,
                    how,
                )


def _predicate_node(article: Article, tree: Tree, predicate: Token, clause: Clause) -> Node:
    if clause.content is not None and predicate.upos == "VERB":
        return article.clause_node(tree, clause.content)
    if article.value_at(tree, predicate) is not None:
        amount = article.node(tree, predicate)
        if amount.type == "Amount" and article.description_type(tree, predicate) in ("Amount", "Concept"):
            return amount  # « est de 9 % », not « sont deux musiciens »
    if predicate.upos == "NOUN" and tree.child(predicate, "case"):
        return _state(article, tree, predicate)
    return _said_of(article, tree, predicate)


def _state(article: Article, tree: Tree, predicate: Token) -> Node:
    """« est [en poste] devant la mairie depuis lundi »: what something is in, without where and since when.

    The preposition is part of it: « hors de contrôle » is no control.
    """
    beside = [
        tree.subtree(child)[0].start
        for child in tree.children(predicate, "nmod", "obl")
        if child.index > predicate.index
        and (
            is_time(article, tree, child)
            or not article.frames.is_a(marker_of(tree, child, article.frames, "case"), "of")
        )
    ]
    node, span = article.description(tree, predicate), article.phrase(tree, predicate)
    end = min([*beside, span.end])
    first = min([item.index for item in tree.children(predicate, "case") if item.index < predicate.index])
    words = [token for token in tree.tokens[first:] if token.end <= end]
    return article.words_node(tree, words, node.type)


def _said_of(article: Article, tree: Tree, predicate: Token) -> Node:
    """What is said of something: a noun's description, or an adjective with its degree."""
    if predicate.upos in ("NOUN", "PROPN", "PRON", "NUM"):
        return article.description(tree, predicate)
    words = tree.subtree(predicate, without=(*CLAUSAL, "case", "det", "punct"))
    degree = [
        item
        for item in tree.children(predicate, "advmod")
        if predicate.index - 2 <= item.index < predicate.index
        and item.feature("Polarity") != "Neg"
        and item.lemma not in article.frames.connectives
    ]
    return article.words_node(tree, sorted([*words, *degree], key=lambda token: token.index))


def functions(article: Article, tree: Tree, clause: Clause) -> Iterator[Proposal]:
    """« comme trésorier »: the one who acts, or is acted on, is that.

    > Le conseil a choisi Paul Morin comme trésorier.
    Paul Morin | être | trésorier
    """
    yield from _called(article, tree, clause)
    if clause.frame is not None and clause.frame.property == NAMING:
        return  # the clause itself says what the name is
    for held, role in held_of(clause, article.frames):
        if is_time(article, tree, role):
            continue  # « la loi a été votée début mars »
        bearer = _whose_role(article, clause, held, role)
        how = (f"verb={clause.lemma}", f"role={role.upos}")
        within = role.deprel == "amod" and role.head == bearer.token.index
        subject = article.without(tree, bearer.token, role) if within else article.node(tree, bearer.token)
        link = Link(
            "function",
            role,
            subject,
            _said_of(article, tree, role),
            (bearer.token, role),
            how,
            status=article.status(clause),
        )
        yield from link.propose(article, tree)


def _whose_role(article: Article, clause: Clause, held: Argument, role: Token) -> Argument:
    """« a commencé sa carrière comme maçon »: a thing is no mason, so the one who acts is."""
    tree = clause.tree
    trade = article.description_type(tree, role) in ("Occupation", "Person")
    thing = article.node(tree, held.token).type in ("Concept", "Event", "Work", "Product", "Amount")
    return clause.subjects[0] if trade and thing and clause.subjects and not clause.passive else held


def _called(article: Article, tree: Tree, clause: Clause) -> Iterator[Proposal]:
    """« une revue intitulée « Sillages » »: Sillages is a review."""
    if clause.frame is None or clause.frame.property != NAMING or not (clause.passive or clause.consumed):
        return
    names = [
        item
        for item in tree.children(clause.head, "xcomp", "obj", "obl")
        if article.in_name(tree, item) and not tree.has(item, "case")  # « intitulé Tout pour la mer »
    ]
    for bearer in clause.subjects[:1]:
        for name in names[:1] if bearer.token.upos != "PRON" else ():
            kind = article.description(tree, bearer.token)
            yield from Link(
                "function", name, article.node(tree, name), kind, (bearer.token, name), ("called",)
            ).propose(article, tree)
