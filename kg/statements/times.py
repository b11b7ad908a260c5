"""When what a clause says happens: the times that stand in it, and those that it shares with the clause before it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.tree import Tree
from kg.model import Period, Qualifier, Token, ValueMention
from kg.statements.article import Article
from kg.statements.clauses import Clause
from kg.statements.contrasts import is_against

__all__ = ["first_of", "is_time", "times_of"]

# What hangs from a verb and has times of its own.
BELOW = frozenset({"acl", "advcl", "ccomp", "xcomp", "parataxis", "conj", "nsubj", "obj", "appos"})


def is_time(article: Article, tree: Tree, token: Token) -> bool:
    """Whether the word is part of a date or a stretch of time."""
    value = article.value_at(tree, token)
    if value is None:
        # « rouvre samedi », « la semaine prochaine », where nothing tells which: a time still, and no object.
        if token.upos != "NOUN" or article.node(tree, token).type != "Date":
            return False
        around = {child.deprel for child in tree.children(token)}
        return not around or {"det", "amod"} == around
    return isinstance(value.value, Period)


def times_of(article: Article, clause: Clause) -> Iterator[Qualifier]:
    """The times that the clause states, and not a clause below it."""
    tree = clause.tree
    times = [value for value in article.values_of(tree) if isinstance(value.value, Period)]
    hung_as_objects = {item.token.index for item in clause.objects if is_time(article, tree, item.token)}
    if times:
        own = {token.index for token in tree.subtree(clause.head, without=BELOW)} | hung_as_objects
        own |= {item.token.index for item in clause.obliques}
        # « Jeudi, la cour a jugé le maire »: what the parser takes for one of two subjects
        idle = tree.children(clause.head, "nsubj")
        own |= {item.index for item in idle if len(idle) > 1 and is_time(article, tree, item)}
        # « la loi a été votée début mars »
        own |= {item.index for item in tree.exactly(clause.head, "xcomp") if item.upos == "NOUN"}
        own |= {value.token for value in times if value.token not in own and _by_when(article, clause, value)}
        for value in times:
            if value.token in own and not is_against(article, tree, tree.tokens[value.token]):
                yield Qualifier("time", article.value_node(value))
        if own.isdisjoint(value.token for value in times):
            yield from _shared(article, clause, times)
    for index in sorted(hung_as_objects):
        if article.value_at(tree, tree.tokens[index]) is None:
            yield Qualifier("time", article.node(tree, tree.tokens[index]))


def _by_when(article: Article, clause: Clause, value: ValueMention) -> bool:
    """« investira deux milliards d'euros d'ici 2030 »: what tells by when or from when belongs to the verb, and to no amount."""
    tree, words = clause.tree, article.text[value.start : value.end].lower().replace("\u2019", "'")
    if not words.startswith(tuple(article.frames.functions["by when"])):
        return False
    token = tree.tokens[value.token]
    for above in tree.ancestors(token):
        if above.index == clause.head.index:
            return above.index < token.index
        if above.deprel.partition(":")[0] not in ("nmod", "obj", "obl", "conj") or above.upos == "VERB":
            return False
    return False


def _shared(article: Article, clause: Clause, times: list[ValueMention]) -> Iterator[Qualifier]:
    """« Lundi, le train a déraillé et pris feu »: a time before the subject serves every verb of that subject."""
    tree, first = clause.tree, first_of(clause.tree, clause.head)
    subject = tree.child(first, "nsubj", "nsubj:pass") if first is not clause.head else None
    if subject is not None and subject.index < first.index:
        start = tree.subtree(subject)[0].start
        for value in times:
            if value.end <= start and tree.tokens[value.token].head == first.index:
                yield Qualifier("time", article.value_node(value))


def first_of(tree: Tree, verb: Token) -> Token:
    """The first of several verbs that one subject serves."""
    while verb.deprel == "conj" and not tree.has(verb, "nsubj", "nsubj:pass"):
        verb = tree.tokens[verb.head]
    return verb
