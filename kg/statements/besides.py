"""What a bare noun behind « en » tells besides: who replaces somebody, what has risen by how much."""

from __future__ import annotations

from kg.language.tree import Tree
from kg.model import Amount, Node, Token
from kg.statements.arguments import is_locution
from kg.statements.article import Article
from kg.statements.markers import marker_of
from kg.statements.qualifiers import amounts_of

__all__ = ["EXTENTS", "changes", "in_passing", "taking_part"]

# Units of amounts by which something changes.
EXTENTS = frozenset({"%", "percentage point", "point"})


def in_passing(article: Article, tree: Tree, noun: Token) -> bool:
    """« en remplacement du maire », « en baisse de 3 % »: a bare noun that tells of what is done besides."""
    frames = article.frames
    bare = not tree.has(noun, "det") and frames.is_a(marker_of(tree, noun, frames, "case"), "state")
    return bare and not is_locution(tree, noun, frames)  # « en retour »


def changes(article: Article, tree: Tree, noun: Token) -> bool:
    """« en hausse de 12 % »: whether the noun tells by how much something changes."""
    amounts = (article.value_at(tree, child) for child in tree.exactly(noun, "nmod"))
    return in_passing(article, tree, noun) and any(
        value is not None and isinstance(value.value, Amount) and value.value.unit in EXTENTS
        for value in amounts
    )


def _changing(article: Article, tree: Tree, noun: Token) -> Token | None:
    """« publie un bénéfice de 2 millions, en hausse de 12 % »: the noun before it that has an amount, or else the subject."""
    above = tree.head(noun)
    if above is None or above.upos == "NOUN":
        return above if above is not None and article.value_at(tree, above) is None else None
    clause = article.clause(tree, above)
    if clause is None:
        return None
    counted = [item.token for item in clause.objects if _is_counted(article, tree, item.token)]
    told = counted or [item.token for item in clause.subjects]
    return next((item for item in reversed(told) if item.index < noun.index), None)


def _is_counted(article: Article, tree: Tree, thing: Token) -> bool:
    """« trois mille voitures », « un bénéfice de 2 millions », but « 7,5 % »: whether it has an amount and is more than that."""
    if article.node(tree, thing).type == "Amount":
        return False
    of = any(article.value_at(tree, child) is not None for child in tree.exactly(thing, "nmod"))
    return of or bool(amounts_of(article, tree, thing))


def taking_part(article: Article, tree: Tree, noun: Token) -> list[tuple[Node, Token | None]]:
    """« nomme Anne Roy ministre du Budget en remplacement de Luc Petit »: she does; « clôture en baisse »: the subject does."""
    changing = _changing(article, tree, noun) if changes(article, tree, noun) else None
    if changing is not None:
        return [(article.node(tree, changing), changing)]
    outer = noun
    while outer.deprel == "nmod" and outer.head >= 0:
        outer = tree.tokens[outer.head]
    above = tree.head(outer)
    clause = article.clause(tree, above) if above is not None else None
    if clause is None or clause.kind != "verb":
        return []
    if article.frames.is_a(clause.lemma, "for a task"):
        doers = clause.subjects if clause.passive else clause.objects
    else:
        doers = () if clause.passive or outer is not noun else clause.subjects
    return [(article.node(tree, item.token), item.token) for item in doers]
