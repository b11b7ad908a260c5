"""What adjectives say of the noun beside them, alone and with a complement."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.tree import Tree
from kg.model import Node, Token
from kg.statements.article import Article
from kg.statements.events import Proposal
from kg.statements.links import Link
from kg.statements.markers import marker_of

__all__ = ["attributes", "qualified"]


def qualified(article: Article, tree: Tree) -> Iterator[Proposal]:
    """An adjective behind a noun relates that to its complement, be this hung from the noun.

    > Les élus hostiles à la réforme ont quitté la salle.
    Les élus | être hostile | la réforme
    """
    frames = article.frames
    for token in tree.tokens:
        frame = frames.adjectives.get(token.lemma) if token.upos == "ADJ" else None
        host = tree.head(token) if frame is not None and token.deprel == "amod" else None
        if frame is None or host is None or host.upos != "NOUN" or host.index > token.index:
            continue
        if article.in_name(tree, token) or article.in_name(tree, host):
            continue
        behind = [
            item for item in tree.children(host, "nmod") if tree.subtree(item)[0].index == token.index + 1
        ]
        for child in (*tree.children(token, "obl", "nmod"), *behind):
            if marker_of(tree, child, frames, "case") not in frame.object_markers:
                continue
            if article.value_at(tree, child) is not None:
                continue
            subject = _bare(article, tree, host, token)
            for item in tree.conjuncts(child):
                how = (f"frame={frame.name}", f"type={subject.type}", "beside")
                yield from Link(
                    "adjective-frame", token, subject, article.node(tree, item), (host, item), how,
                    property=frame.property, lemma=f"{frames.word('be')} {token.lemma}",
                ).propose(article, tree)  # fmt: skip


def _bare(article: Article, tree: Tree, host: Token, token: Token) -> Node:
    """The thing without what stands from the adjective on."""
    node = article.node(tree, host)
    if article.is_named(node):
        return node
    words = [
        item
        for item in tree.subtree(host, without=("acl", "appos", "conj", "cc"))
        if item.index < token.index and item.upos not in ("PUNCT", "ADP")
    ]
    text = tree.text(words)
    label = tree.text([item for item in words if item.upos != "DET"])
    return Node(node.id, label, node.type, text)


def attributes(article: Article, tree: Tree) -> Iterator[Proposal]:
    """An adjective beside a noun says what the noun's thing is.

    > Un verdict unanime a clos le procès.
    Un verdict | être | unanime
    """
    for token in tree.tokens:
        if token.upos not in ("ADJ", "VERB"):
            continue
        first = tree.head(token) if token.deprel == "conj" and token.upos == "ADJ" else token
        if first is None or first.deprel != "amod":
            continue
        host = tree.head(first)
        if host is None or host.upos != "NOUN":
            continue
        if token.feature("NumType") or article.in_name(tree, host) or article.in_name(tree, token):
            continue
        if {token.feature("Number"), host.feature("Number")} == {"Sing", "Plur"}:
            continue  # « une loi de finances rectificative »: of the law, not of the finances
        if any(article.frames.is_a(item.lemma, "none") for item in tree.children(host, "det")):
            continue  # « aucun retard notable »: there is none that is
        if any(item.upos == "SCONJ" for item in tree.tokens[token.index + 1 : token.index + 2]):
            continue  # « des villes telles que Lyon »
        bare = article.without(tree, host, token)
        value = article.words_node(tree, tree.subtree(token, without=("conj", "cc", "punct", "appos")))
        side, determiner = "before" if token.index < host.index else "after", tree.child(host, "det")
        how = (
            side, f"adjective={token.lemma}", f"type={bare.type}", f"noun={host.lemma}",
            f"complements={tree.has(token, 'obl', 'advmod', 'nmod')}", f"ending={token.text[-4:].lower()}",
            f"determiner={determiner.lemma if determiner is not None else marker_of(tree, host, article.frames, 'case')}",
        )  # fmt: skip
        yield from Link("attribute", token, bare, value, (host,), how).propose(article, tree)
