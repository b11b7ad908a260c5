"""What `rdf` wrote of an article, read back: the same documents, entities, mentions and statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import GraphError
from kg.graph import iris, literals
from kg.graph.canonical import by_place, by_refusal
from kg.graph.vocabulary import CLASSES, V, type_of
from kg.model import (
    Amount,
    Attribution,
    Document,
    Entity,
    Evidence,
    Mention,
    Node,
    Period,
    Qualifier,
    Reading,
    Refusal,
    Span,
    Statement,
    Value,
)
from kg.ontology import ID, KG, shorten

__all__ = ["decode", "decode_inferred"]

Term = NamedNode | Literal | BlankNode | Triple


def decode(quads: Iterable[Quad]) -> Reading | None:
    """The reading that `rdf.encode` wrote, in canonical order; None where the quads hold no article."""
    reader = _Reader(quads)
    articles = reader.of_class(V.Article)
    return reader.reading(articles[0]) if articles else None


def decode_inferred(quads: Iterable[Quad]) -> list[tuple[Statement, tuple[str, ...]]]:
    """The inferred statements with the ids of their premises, by id."""
    reader = _Reader(quads)
    return [
        (
            reader.statement(node, ""),
            tuple(sorted(iris.id_of(premise) for premise in reader.iris(node, V.prov_derived))),
        )
        for node in reader.of_class(V.Statement)
    ]


class _Reader:
    """The triples of one graph, by subject and predicate."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.said: dict[str, dict[str, list[Term]]] = {}
        for quad in quads:
            assert not isinstance(quad.subject, Triple), "kg writes no quoted triples"
            subject = self.said.setdefault(quad.subject.value, {})
            subject.setdefault(quad.predicate.value, []).append(quad.object)

    # ---- Questions to the triples

    def all(self, subject: str, predicate: NamedNode) -> list[Term]:
        return self.said.get(subject, {}).get(predicate.value, [])

    def text(self, subject: str, predicate: NamedNode) -> str | None:
        """The only value of a property, as text."""
        values = [str(term.value) for term in self.all(subject, predicate) if not isinstance(term, Triple)]
        return min(values) if values else None

    def texts(self, subject: str, predicate: NamedNode) -> tuple[str, ...]:
        return tuple(
            sorted(str(term.value) for term in self.all(subject, predicate) if not isinstance(term, Triple))
        )

    def word(self, subject: str, predicate: NamedNode) -> str:
        return self.text(subject, predicate) or ""

    def number(self, subject: str, predicate: NamedNode) -> float | None:
        value = self.text(subject, predicate)
        return None if value is None else float(value)

    def count(self, subject: str, predicate: NamedNode) -> int:
        return int(self.word(subject, predicate) or 0)

    def iris(self, subject: str, predicate: NamedNode) -> list[str]:
        return sorted(term.value for term in self.all(subject, predicate) if isinstance(term, NamedNode))

    def iri(self, subject: str, predicate: NamedNode) -> str:
        """The node that there must be. Raises GraphError where somebody took it away."""
        found = self.iris(subject, predicate)
        if not found:
            raise GraphError(
                f"{shorten(subject)} has no {shorten(predicate.value)}: the graph was changed. See kg validate and kg verify."
            )
        return found[0]

    def of_class(self, class_node: NamedNode) -> list[str]:
        """The subjects of a class, sorted."""
        return sorted(subject for subject in self.said if class_node in self.all(subject, V.rdf_type))

    def rule(self, subject: str, predicate: NamedNode) -> str:
        return "".join(iris.rule_name(iri) for iri in self.iris(subject, predicate)[:1])

    # ---- The article

    def reading(self, article: str) -> Reading:
        document = self.document(article)
        statements = [self.statement(node, document.name) for node in self.of_class(V.Statement)]
        return Reading(
            document=document,
            sentences=tuple(sorted(Span(*self.place(node)) for node in self.of_class(V.Sentence))),
            entities=tuple(self.entity(node) for node in self.entities()),
            mentions=tuple(sorted(map(self.mention, self.of_class(V.Mention)), key=by_place)),
            statements=tuple(sorted(statements, key=lambda item: (item.evidence, item.id))),
            refusals=tuple(sorted(map(self.refusal, self.of_class(V.Refusal)), key=by_refusal)),
        )

    def document(self, article: str) -> Document:
        published = self.text(article, V.schema_published)
        return Document(
            name=self.word(article, V.kg_file),
            text=self.word(article, V.nif_is_string),
            language=self.word(article, V.schema_language),
            title=self.text(article, V.schema_headline),
            published=date.fromisoformat(published) if published else None,
            outlet=self.text(article, V.kg_outlet),
            author=self.text(article, V.kg_byline),
            url=self.text(article, V.schema_url),
        )

    def place(self, node: str) -> tuple[int, int]:
        return self.count(node, V.nif_begin), self.count(node, V.nif_end)

    def entities(self) -> list[str]:
        found = [subject for subject in self.said if self.all(subject, V.kg_is_name)]
        return sorted(found, key=iris.id_of)

    def entity(self, node: str) -> Entity:
        return Entity(
            id=iris.id_of(node),
            label=self.word(node, V.rdfs_label),
            type=self.type(node),
            aliases=self.texts(node, V.skos_alias),
            named=self.word(node, V.kg_is_name) == "true",
            links=self.texts(node, V.owl_same_as),
        )

    def type(self, node: str) -> str:
        classes = self.iris(node, V.rdf_type)
        return type_of((classes or [CLASSES["Other"].value])[0])

    def mention(self, node: str) -> Mention:
        start, end = self.place(node)
        return Mention(
            start=start,
            end=end,
            text=self.word(node, V.nif_anchor_of),
            kind=self.word(node, V.kg_kind),
            type=self.word(node, V.kg_text_type),
            sentence=self.count(node, V.kg_sentence_index),
            token=self.count(node, V.kg_token_index),
            entity="".join(iris.id_of(iri) for iri in self.iris(node, V.taIdentRef)[:1]),
            rule=self.rule(node, V.kg_resolved_by),
        )

    def refusal(self, node: str) -> Refusal:
        start, end = self.place(self.iri(node, V.prov_derived))
        return Refusal(start, end, self.word(node, V.kg_reason), self.rule(node, V.kg_extracted_by))

    # ---- Statements

    def statement(self, node: str, document: str) -> Statement:
        predicate = self.iri(node, V.rdf_predicate)
        qualifiers = sorted(self.iris(node, V.kg_qualifier), key=lambda iri: self.count(iri, V.kg_position))
        sources = sorted(self.iris(node, V.prov_attribution), key=lambda iri: self.count(iri, V.kg_position))
        subject = self.node(
            self.iri(node, V.rdf_subject), node, V.kg_subject_text, V.kg_subject_label, V.kg_subject_type
        )
        return Statement(
            subject=subject,
            predicate=iris.property_name(predicate),
            label=self.word(node, V.kg_wording),
            lemma=self.word(node, V.kg_lemma),
            object=self.object(node),
            qualifiers=tuple(map(self.qualifier, qualifiers)),
            attribution=tuple(map(self.attribution, sources)),
            polarity=self.member(node, V.kg_polarity),
            modality=self.member(node, V.kg_modality),
            evidence=self.evidence(node, document),
            rule=self.rule(node, V.kg_extracted_by),
            confidence=self.number(node, V.kg_confidence) or 0.0,
        )

    def object(self, node: str) -> Node | None:
        found = self.iris(node, V.rdf_object)
        return (
            self.node(found[0], node, V.kg_object_text, V.kg_object_label, V.kg_object_type)
            if found
            else None
        )

    def evidence(self, node: str, document: str) -> tuple[Evidence, ...]:
        """Where a statement was read; the premises of an inferred one are not places."""
        spans = [iri for iri in self.iris(node, V.prov_derived) if self.all(iri, V.nif_begin)]
        return tuple(
            sorted(Evidence(document, *self.place(iri), self.word(iri, V.nif_anchor_of)) for iri in spans)
        )

    def member(self, node: str, predicate: NamedNode) -> str:
        name = self.iri(node, predicate).removeprefix(KG)
        return name[:1].lower() + name[1:]

    def node(self, iri: str, holder: str, text: NamedNode, label: NamedNode, type_name: NamedNode) -> Node:
        """A participant: what its own node says of it, unless the holder calls it otherwise."""
        known = self.text(holder, label)
        kind = self.text(holder, type_name)
        return Node(
            id=iris.id_of(iri),
            label=self.word(self.described(iri), V.rdfs_label) if known is None else known,
            type=self.type(self.described(iri)) if kind is None else kind,
            mention=self.word(holder, text),
            value=self.value(iri),
        )

    def described(self, iri: str) -> str:
        """The node that says what this one is called: a second value under one id stands beside the first."""
        plain = ID + iri.removeprefix(ID).split("/")[0]
        return plain if self.all(plain, V.rdfs_label) else iri

    def value(self, iri: str) -> Value | None:
        if self.all(iri, V.kg_approximate):
            return Amount(
                value=self.number(iri, V.schema_value),
                minimum=self.number(iri, V.schema_min),
                maximum=self.number(iri, V.schema_max),
                unit=self.word(iri, V.schema_currency) or self.word(iri, V.schema_unit),
                per=self.per(iri),
                approximate=self.word(iri, V.kg_approximate) == "true",
            )
        if self.all(iri, V.kg_precision):
            return Period(
                start=self.word(iri, V.schema_start),
                end=self.word(iri, V.schema_end),
                precision=self.word(iri, V.kg_precision),
                hour=self.word(iri, V.kg_hour),
            )
        return None

    def per(self, iri: str) -> str:
        return "".join(
            literals.period_of(term) for term in self.all(iri, V.kg_per) if isinstance(term, Literal)
        )

    def qualifier(self, node: str) -> Qualifier:
        role = iris.property_name(self.iri(node, V.kg_role))
        participant = self.iri(node, V.kg_participant)
        return Qualifier(role, self.node(participant, node, V.kg_text, V.kg_text_label, V.kg_text_type))

    def attribution(self, node: str) -> Attribution:
        agent = self.node(self.iri(node, V.prov_agent), node, V.kg_text, V.kg_text_label, V.kg_text_type)
        return Attribution(agent, self.word(node, V.kg_cue), self.member(node, V.kg_stance))
