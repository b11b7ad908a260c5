"""Names that stand for what a plural names before them: « des villes comme Lyon », « trois clients : A, B et C »."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.tree import Tree
from kg.model import Node, Token
from kg.statements.among import counted_among
from kg.statements.article import BESIDE_NOUN, Article
from kg.statements.events import Proposal
from kg.statements.links import Link
from kg.statements.lists import listed

__all__ = ["instances"]


def instances(article: Article, tree: Tree) -> Iterator[Proposal]:
    """What is named as an example of a plural, or listed behind it, is of that kind.

    > Des villes comme Lyon ont refusé.
    Lyon | être | villes
    > Le groupe a vendu trois usines : Vexa, Doral et Mirval.
    Doral | être | usines
    > Parmi les invités, on compte le maire de Lens.
    le maire de Lens | être | invités
    """
    yield from _counted(article, tree)
    for noun in article.nouns(tree):
        if noun.feature("Number") != "Plur" or article.in_name(tree, noun):
            continue
        members = listed(tree, noun, article.frames)
        if members and article.description_type(tree, noun) == "Date":
            continue  # « trois ans de prison, dont un ferme »: so long, and no kind of thing
        for member, sign in members:
            if member.upos == "NOUN" and not tree.child(member, "det"):
                continue  # « des travaux comme apprenti »: a role
            kind = _kind(article, tree, noun, [item for item, _ in members])
            how = (f"sign={sign}", f"member={member.upos}", f"type={article.node(tree, member).type}")
            yield from Link(
                "instance", member, article.node(tree, member), kind, (noun, member), how
            ).propose(article, tree)


def _counted(article: Article, tree: Tree) -> Iterator[Proposal]:
    """Whom a clause counts among others is one of these."""
    for clause in article.clauses[tree.sentence.index].values():
        found = counted_among(clause, article.frames)
        if found is None:
            continue
        whole, members = found
        known = article.node(tree, whole)
        kind = known if whole.upos == "PRON" else _kind(article, tree, whole, [])
        for item in members if whole.upos == "NOUN" or article.is_entity(known) else ():
            member = article.node(tree, item.token)
            how = ("sign=among", f"member={item.token.upos}", f"type={member.type}")
            yield from Link(
                "instance", item.token, member, kind, (whole, item.token), how, status=article.status(clause)
            ).propose(article, tree)


def _kind(article: Article, tree: Tree, noun: Token, members: list[Token]) -> Node:
    """What each of several is: « anciens maires » of « deux autres anciens maires, A et B »."""
    below = {item.index for member in members for item in tree.subtree(member)}
    end = article.phrase(tree, noun).end
    words = [
        item
        for item in tree.subtree(noun, without=BESIDE_NOUN)
        if item.index not in below and item.end <= end
    ]
    spare = [
        item.index
        for item in tree.children(noun, "det", "nummod", "amod")
        if item.index < noun.index and (item.deprel != "amod" or article.frames.is_a(item.lemma, "other"))
    ]
    kept = [item for item in words if item.index > max(spare, default=-1)]
    return article.words_node(tree, kept or [noun], article.description_type(tree, noun))
