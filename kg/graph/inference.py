"""What follows from the statements and from background knowledge, by the rules of ontology/rules.ttl.

A rule is a SPARQL SELECT that sees one article as a named graph and the ontology's background as the default graph.
Each row draws a statement from a premise: the new one has the row's subject, predicate and object, and the
premise's polarity, modality, sources and qualifiers; the evidence stays with the premise. Nothing inferred is
ever a premise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store

from kg.errors import OntologyError
from kg.graph import iris
from kg.graph.decoding import decode
from kg.model import Entity, Node, Statement
from kg.ontology import KG, PREFIXES, Ontology, Term, ontology_folder

__all__ = ["Inference", "background", "infer", "is_rule", "rule_names"]

# A statement that a rule draws, with the ids of what it was drawn from.
Inference = tuple[Statement, tuple[str, ...]]

CLASS = "InferenceRule"
BACKGROUND = "authority.ttl"
SUBJECT = NamedNode(PREFIXES["rdf"] + "subject")
TYPE = NamedNode(PREFIXES["rdf"] + "type")
LABEL = NamedNode(PREFIXES["rdfs"] + "label")


def is_rule(name: str) -> bool:
    """Whether a statement's rule is one of the ontology's rules of inference."""
    return any(_short(term) == name for term in Ontology.load().terms(CLASS))


def rule_names() -> dict[str, dict[str, str]]:
    """What each rule of inference is called by people, in French and English."""
    return {
        _short(term): {language: term.label(language) for language in ("fr", "en")}
        for term in Ontology.load().terms(CLASS)
    }


def background(about: Iterable[Entity], language: str = "fr") -> Iterator[Statement]:
    """What the rules know of these entities beyond the articles, as statements without evidence."""
    ontology, known = Ontology.load(), {entity.id: entity for entity in about}
    for term in ontology.terms("Background"):
        entity = known.get(term.text("rdf:subject").removeprefix("id:"))
        relation = ontology.term(term.text("rdf:predicate"))
        if entity is not None and relation is not None:
            members = Node(term.name, ", ".join(term.texts("members", language)), "Group")
            subject = Node(entity.id, entity.label, entity.type)
            yield Statement(subject, relation.name, relation.label(language), "", members, rule=term.name)


def infer(store: Store) -> Iterator[Inference]:
    """What the rules draw from the articles of a store, article by article, by id within each."""
    rules = Ontology.load().terms(CLASS)
    for graph in _articles(store):
        quads = list(store.quads_for_pattern(None, None, None, graph))
        reading = decode(quads)
        if reading is not None:
            statements = {statement.id: statement for statement in reading.statements}
            found = {new.id: (new, premises) for new, premises in _drawn(rules, quads, statements)}
            yield from (pair for _, pair in sorted(found.items()) if pair[0].id not in statements)


def _articles(store: Store) -> list[NamedNode]:
    """The graphs that speak of something that background knowledge is about."""
    inferred = iris.INFERRED
    found: set[str] = set()
    for entity in _subjects():
        for quad in store.quads_for_pattern(entity, LABEL, None, None):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value != inferred:
                found.add(quad.graph_name.value)
    return [NamedNode(iri) for iri in sorted(found)]


def _drawn(rules: Iterable[Term], quads: list[Quad], statements: dict[str, Statement]) -> Iterator[Inference]:
    store = Store()
    store.extend(_background())
    store.extend(quads)
    for rule in rules:
        rows = store.query(rule.text("select"))
        if not isinstance(rows, QuerySolutions):
            raise OntologyError(f"rules.ttl: kg:{rule.name} does not SELECT. Write it as a SELECT.")
        for row in rows:
            premise = statements.get(iris.id_of(row["premise"].value))
            if premise is not None:
                subject = Node(iris.id_of(row["subject"].value), _name(store, row["subject"]), "Organization")
                predicate = iris.property_name(row["predicate"].value)
                # It was read nowhere: its ground is the premise, and the premise has the evidence.
                new = replace(premise, subject=subject, predicate=predicate, rule=_short(rule), evidence=())
                yield new, (premise.id,)


def _name(store: Store, entity: NamedNode) -> str:
    labels = sorted(
        quad.object.value
        for quad in store.quads_for_pattern(entity, LABEL, None, None)
        if isinstance(quad.object, Literal) and not isinstance(quad.graph_name, DefaultGraph)
    )
    return labels[0] if labels else iris.id_of(entity.value)


def _short(rule: Term) -> str:
    return rule.name.removeprefix("rule-")


@lru_cache(maxsize=1)
def _background() -> tuple[Quad, ...]:
    store = Store()
    store.load(path=str(ontology_folder() / BACKGROUND), format=RdfFormat.TURTLE)
    return tuple(store)


@lru_cache(maxsize=1)
def _subjects() -> tuple[NamedNode, ...]:
    """The entities that the background is about, by IRI."""
    kind = NamedNode(KG + "Background")
    known = {quad.subject for quad in _background() if quad.predicate == TYPE and quad.object == kind}
    about = {
        quad.object.value
        for quad in _background()
        if quad.subject in known and quad.predicate == SUBJECT and isinstance(quad.object, NamedNode)
    }
    return tuple(NamedNode(iri) for iri in sorted(about))
