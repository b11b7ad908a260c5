"""What noun phrases say by themselves: to be something, to be called so, to have, to be somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.tree import Tree
from kg.model import Node, Period, Qualifier, Span, Token
from kg.statements.article import Article
from kg.statements.clauses import Clause, marker_of
from kg.statements.events import Proposal, clause_qualifiers
from kg.statements.modality import ACTUAL, status_of

__all__ = ["RELATIONS", "copulas", "functions"]

NAMED = ("Person", "Organization", "Place", "Work", "Product", "Event")


def copulas(article: Article, tree: Tree, clause: Clause) -> Iterator[Proposal]:
    """What stands behind "être" is said of the subject.

    > La ville est le chef-lieu du canton.
    La ville | être | le chef-lieu du canton
    """
    if clause.kind != "copula":
        return
    status = status_of(clause, article.clauses[tree.sentence.index], article.frames)
    qualifiers = tuple(clause_qualifiers(article, clause, _own_marker(article, tree, clause)))
    for predicate in tree.conjuncts(clause.head):
        if predicate.index != clause.head.index and (tree.child(predicate, "nsubj", "cop") or predicate.upos == "VERB"):
            continue
        node = _predicate_node(article, tree, predicate, clause)
        for argument in clause.subjects:
            subject = article.node(tree, argument.token)
            if subject.id == node.id:
                continue
            yield _proposal(
                article, tree, predicate, "copula", subject, node, (clause.head, argument.token), qualifiers, status,
                (argument.how, f"predicate={predicate.upos}", f"relation={clause.head.deprel}"),
            )


def _own_marker(article: Article, tree: Tree, clause: Clause) -> set[int]:
    return {clause.head.index}


def _predicate_node(article: Article, tree: Tree, predicate: Token, clause: Clause) -> Node:
    if clause.content is not None and predicate.upos == "VERB":
        return article.clause_node(tree, clause.content)
    if predicate.upos in ("NOUN", "PROPN", "PRON", "NUM"):
        return article.description(tree, predicate)
    words = tree.subtree(predicate, without=("nsubj", "cop", "punct", "advcl", "conj", "cc", "mark", "parataxis", "ccomp", "expl", "aux", "csubj", "acl"))
    words = [token for token in words if token.index >= predicate.index - 1 or token.deprel in ("advmod", "case", "det")]
    tail = [token for token in words if not (token.deprel == "advmod" and token.feature("Polarity") == "Neg")]
    return article.words_node(tree, tail or [predicate])


def appositions(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A noun beside a name, between commas or bare, says what the named one is.

    > Anne Dubreuil, maire de Lorient, inaugure la halle.
    Anne Dubreuil | être | maire de Lorient
    """
    for token in tree.tokens:
        if token.deprel != "appos" or token.head < 0:
            continue
        host = tree.tokens[token.head]
        for item in tree.conjuncts(token):
            yield from _apposed(article, tree, host, item)


def _apposed(article: Article, tree: Tree, host: Token, item: Token) -> Iterator[Proposal]:
    first, second = article.node(tree, host), article.node(tree, item)
    if article.value_at(tree, item) is not None:
        return
    if item.upos == "PROPN" and host.upos == "NOUN":
        pairs = ((second, article.description(tree, host)),)
    elif item.upos in ("NOUN", "ADJ"):
        pairs = ((first, article.description(tree, item)),)
    elif item.upos == "PROPN" and host.upos == "PROPN":
        pairs = ((first, _alias(article, item, second)),)
    else:
        return
    for subject, description in pairs:
        if description.id != subject.id:
            yield _proposal(article, tree, item, "apposition", subject, description, (host, item), (), ACTUAL, (f"host={host.upos}", f"item={item.upos}"))


def _alias(article: Article, token: Token, node: Node) -> Node:
    """An acronym in parentheses is a name of the thing, not another thing."""
    return Node(f"name-{node.id}" if node.mention else node.id, node.mention or token.text, node.type, node.mention or token.text)


def titles(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A common noun straight before a name is the named one's office or kind.

    > Le président Vautrin a signé la loi.
    Vautrin | être | président
    """
    for mention in article.names_in(tree):
        name = mention.token
        token = tree.tokens[name]
        host = tree.head(token)
        if host is None or host.upos != "NOUN" or host.index >= token.index or token.deprel.split(":")[0] not in ("nmod", "flat", "appos"):
            continue
        if token.deprel == "appos" or marker_of(tree, token, article.frames, "case"):
            continue
        subject = article.name_node(mention)
        description = article.description_before(tree, host, mention.start)
        if description is not None and description.id != subject.id:
            yield _proposal(article, tree, token, "title", subject, description, (host, token), (), ACTUAL, (f"type={mention.type}",))


def possessions(article: Article, tree: Tree) -> Iterator[Proposal]:
    """What follows "de" after a noun, when it is a name, has or holds what the noun names.

    > Le siège de Valmont reste fermé.
    Valmont | avoir | Le siège
    """
    frames = article.frames
    for token in tree.tokens:
        if token.deprel.split(":")[0] != "nmod" or token.head < 0:
            continue
        host = tree.tokens[token.head]
        if host.upos != "NOUN" or not frames.is_a(marker_of(tree, token, frames, "case"), "of"):
            continue
        if article.in_name(tree, host):
            continue
        for item in tree.conjuncts(token):
            owner = article.node(tree, item)
            if owner.type in NAMED and article.is_named(owner):
                owned = article.owned(tree, host, token)
                if owned.id != owner.id:
                    yield _proposal(
                        article, tree, host, "possession", owner, owned, (host, item), (), ACTUAL, (f"type={owner.type}", f"owned={owned.type}"), "have",
                    )


def places(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A place behind a noun, with a preposition of place, says where that is.

    > L'usine de pneus à Clermont emploie deux cents personnes.
    L'usine de pneus | être | Clermont
    """
    frames = article.frames
    for token in tree.tokens:
        if token.deprel.split(":")[0] != "nmod" or token.head < 0:
            continue
        host, marker = tree.tokens[token.head], marker_of(tree, token, frames, "case")
        if host.upos not in ("NOUN", "PROPN") or not frames.is_a(marker, "place"):
            continue
        place = article.node(tree, token)
        if place.type == "Place" and article.is_named(place):
            subject = article.node(tree, host)
            if subject.id != place.id:
                yield _proposal(
                    article, tree, host, "location", subject, place, (host, token), (), ACTUAL, (f"type={subject.type}",), "be", "locatedIn",
                )


def dated(article: Article, tree: Tree) -> Iterator[Proposal]:
    """An event with its date behind it takes place then.

    > La conférence du 3 mars réunira vingt pays.
    La conférence | avoir lieu | 3 mars
    """
    for token in tree.tokens:
        if token.deprel.split(":")[0] != "nmod" or token.head < 0:
            continue
        value = article.value_at(tree, token)
        host = tree.tokens[token.head]
        if value is None or not isinstance(value.value, Period) or host.upos != "NOUN":
            continue
        subject = article.node(tree, host)
        if subject.type == "Event":
            time = Qualifier("time", article.value_node(value))
            yield _proposal(
                article, tree, host, "dated", subject, None, (host, token), (time,), ACTUAL, (f"type={subject.type}",), "happen", "takesPlace",
            )


def owners(article: Article, tree: Tree) -> Iterator[Proposal]:
    """A possessive tells whose something is.

    > Le groupe Valmont ferme son usine.
    le groupe Valmont | avoir | usine
    """
    for token in tree.tokens:
        if token.upos != "NOUN" or token.lemma in article.frames.nouns:
            continue
        possessive = next((child for child in tree.children(token, "det", "nmod") if child.feature("Poss") == "Yes"), None)
        if possessive is None:
            continue
        owner, owned = article.node(tree, possessive), article.node(tree, token)
        if article.is_entity(owner) and owner.id != owned.id:
            yield _proposal(
                article, tree, token, "possessive", owner, owned, (token,), (), ACTUAL, (f"type={owner.type}", f"owned={owned.type}"), "have"
            )


def attributes(article: Article, tree: Tree) -> Iterator[Proposal]:
    """An adjective beside a noun says what the noun's thing is.

    > Un verdict unanime a clos le procès.
    Un verdict | être | unanime
    """
    for token in tree.tokens:
        if token.deprel != "amod" or token.upos != "ADJ" or token.head < 0:
            continue
        host = tree.tokens[token.head]
        if host.upos != "NOUN" or token.feature("NumType") or article.in_name(tree, host) or article.in_name(tree, token):
            continue
        bare = article.without(tree, host, token)
        side = "before" if token.index < host.index else "after"
        value = article.words_node(tree, tree.subtree(token, without=("conj", "cc", "punct", "appos")))
        yield _proposal(
            article, tree, token, "attribute", bare, value, (host,), (), ACTUAL,
            (side, f"adjective={token.lemma}", f"type={bare.type}", f"complements={bool(tree.children(token, 'obl', 'advmod'))}", f"host={host.deprel}"),
        )


def functions(article: Article, tree: Tree, clause: Clause) -> Iterator[Proposal]:
    """« comme ministre »: the one who acts, or is acted on, is that.

    > Le conseil a choisi Paul Morin comme trésorier.
    Paul Morin | être | trésorier
    """
    frames = article.frames
    for item in clause.obliques:
        if not frames.is_a(item.marker, "as") or item.token.upos not in ("NOUN", "PROPN"):
            continue
        bearers = clause.objects if clause.objects and not clause.passive else clause.subjects
        for bearer in bearers[:1]:
            subject, role = article.node(tree, bearer.token), article.description(tree, item.token)
            if subject.id != role.id:
                yield _proposal(
                    article, tree, item.token, "function", subject, role, (bearer.token, item.token), (),
                    status_of(clause, article.clauses[tree.sentence.index], frames), (f"verb={clause.lemma}",),
                )
    for child in tree.children(clause.head, "xcomp"):
        if child.upos in ("NOUN", "ADJ") and not tree.child(child, "cop") and clause.objects and not clause.passive:
            subject, role = article.node(tree, clause.objects[0].token), article.description(tree, child)
            if subject.id != role.id:
                yield _proposal(
                    article, tree, child, "function", subject, role, (clause.objects[0].token, child), (),
                    status_of(clause, article.clauses[tree.sentence.index], frames), (f"verb={clause.lemma}",),
                )


RELATIONS = (appositions, titles, possessions, owners, attributes, places, dated)


def _proposal(
    article: Article,
    tree: Tree,
    head: Token,
    rule: str,
    subject: Node,
    object_: Node | None,
    ends: tuple[Token, ...],
    qualifiers: tuple[Qualifier, ...],
    status: object,
    how: tuple[str, ...],
    word: str = "be",
    property_name: str = "",
) -> Proposal:
    spans = [article.phrase(tree, token) for token in ends]
    span = Span(min(item.start for item in spans), max(item.end for item in spans))
    lemma = article.frames.word(word)
    name = property_name or {"be": "is", "have": "has"}.get(word, word)
    return Proposal(tree, head, rule, name, article.label_of(name, lemma), lemma, subject, object_, qualifiers, status, span, how)
