"""The counts of a graph, one thing after another: what is in memory does not grow with the number of articles.

Counted is in the default graph, which holds what all articles say, each once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.graph.scratch import Scratch
from kg.graph.selecting import rows
from kg.graph.vocabulary import V
from kg.ontology import KG, PREFIXES

__all__ = ["stats"]

CLASSES = {
    "articles": V.Article,
    "sentences": V.Sentence,
    "mentions": V.Mention,
    "statements": V.Statement,
    "refusals": V.Refusal,
}
YES = Literal("true", datatype=NamedNode(PREFIXES["xsd"] + "boolean"))
ENDORSING = NamedNode(KG + "Endorsing")
PLACE = "nif:referenceContext ?article ; nif:beginIndex ?start ; nif:endIndex ?end"
SENTENCES = f"SELECT ?article ?start ?end {{ ?span a <{V.Sentence.value}> ; {PLACE} }}"
QUOTED = f"SELECT ?article ?start ?end {{ ?said a kg:Statement ; prov:wasDerivedFrom ?span . ?span {PLACE} }}"
ORDER = (
    "articles", "sentences", "silent_sentences", "entities", "mentions", "statements", "asserted", "claims",
    "inferred", "refusals", "quads",
)  # fmt: skip


def stats(store: Store, inferred: int, quads: int) -> dict[str, int]:
    """The counts of a graph."""
    found = {name: _count(_of_class(store, term)) for name, term in CLASSES.items()}
    found |= {"silent_sentences": _silent(store), "inferred": inferred, "quads": quads}
    found |= {"entities": _entities(store), "asserted": _asserted(store), "claims": _claims(store)}
    return {name: found[name] for name in ORDER}


def _count(quads: Iterator[Quad]) -> int:
    return sum(1 for _ in quads)


def _of_class(store: Store, term: NamedNode) -> Iterator[Quad]:
    return store.quads_for_pattern(None, V.rdf_type, term, DefaultGraph())


def _said(store: Store, subject: object, predicate: NamedNode) -> list[object]:
    quads = store.quads_for_pattern(subject, predicate, None, DefaultGraph())  # type: ignore[arg-type]
    return [quad.object for quad in quads]


def _is_statement(store: Store, thing: object) -> bool:
    return Quad(thing, V.rdf_type, V.Statement, DefaultGraph()) in store  # type: ignore[arg-type]


def _entities(store: Store) -> int:
    """What has a proper name in one article and none in another counts once."""
    named = store.quads_for_pattern(None, V.kg_is_name, None, DefaultGraph())
    return sum(quad.object == YES or YES not in _said(store, quad.subject, V.kg_is_name) for quad in named)


def _asserted(store: Store) -> int:
    stand = store.quads_for_pattern(None, V.kg_asserted, YES, DefaultGraph())
    return sum(_is_statement(store, quad.subject) for quad in stand)


def _claims(store: Store) -> int:
    """The statements that somebody makes for whom the article does not vouch."""
    told = store.quads_for_pattern(None, V.prov_attribution, None, DefaultGraph())
    return sum(_is_first(store, quad) and _is_statement(store, quad.subject) for quad in told)


def _is_first(store: Store, told: Quad) -> bool:
    """Whether this is a claimant of a statement, and the first of those who claim it."""
    if not _distant(store, told.object):
        return False
    others = _said(store, told.subject, V.prov_attribution)
    return len(others) == 1 or told.object == min(filter(lambda one: _distant(store, one), others), key=str)


def _distant(store: Store, source: object) -> bool:
    return any(stance != ENDORSING for stance in _said(store, source, V.kg_stance))


def _silent(store: Store) -> int:
    """The sentences that no statement quotes."""
    with Scratch("CREATE TABLE place (article TEXT, quoted INT, start INT, stop INT)") as places:
        for quoted, query in enumerate((SENTENCES, QUOTED)):
            found = rows(store, query)
            places.add(
                "place", ((one[0].value, quoted, int(one[1].value), int(one[2].value)) for one in found)
            )
        ordered = places.rows("SELECT DISTINCT * FROM place ORDER BY article")
        return sum(_unquoted(list(group)) for _, group in groupby(ordered, key=itemgetter(0)))


def _unquoted(places: list[tuple[str, int, int, int]]) -> int:
    """Of the sentences of an article, those that no quote touches."""
    quotes = [(first, last) for _, quoted, first, last in places if quoted]
    sentences = [(start, end) for _, quoted, start, end in places if not quoted]
    return sum(all(last <= start or first >= end for first, last in quotes) for start, end in sentences)
