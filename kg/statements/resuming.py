"""What « ce » takes up behind a comma: all that is said before, « Le site ferme, ce que les élus regrettent »."""

from __future__ import annotations

from dataclasses import replace

from kg.language.tree import Tree
from kg.model import Node, Token
from kg.statements.article import Article

__all__ = ["resumed"]


def resumed(article: Article, tree: Tree, token: Token, node: Node) -> Node:
    """What the clause before says, for a pronoun behind a comma that a relative clause tells more of; else the node given."""
    if token.upos != "PRON" or not article.frames.is_a(token.text.lower(), "what was said"):
        return node
    if token.index == 0 or tree.tokens[token.index - 1].text != "," or not tree.has(token, "acl:relcl"):
        return node
    host = next((item for item in tree.ancestors(token) if article.clause(tree, item) is not None), None)
    if host is None or host.index > token.index:
        return node
    return replace(article.clause_node(tree, host, token), mention=node.mention)
