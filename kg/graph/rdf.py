"""How what was read from an article is written as RDF, one named graph per article; `decoding` reads it back.

    id:article-7ce1  a schema:NewsArticle , nif:Context ; nif:isString "the whole text" .
    id:statement-3f  a kg:Statement ; rdf:subject id:netflix ; rdf:predicate kg:recruits ; rdf:object … ;
                     kg:polarity kg:Affirmed ; prov:wasDerivedFrom <id:article-7ce1#char=1303,1370> .
    id:netflix kg:recruits … .                           only where the statement is asserted

A participant's label and type stand on its own node. Where a statement calls it otherwise, that is written
on the statement, so that what was read can be had back exactly.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.graph import iris, literals
from kg.graph.canonical import canonical
from kg.graph.describing import Description, digest, statement_label
from kg.graph.vocabulary import V
from kg.model import (
    Attribution,
    Node,
    Qualifier,
    Reading,
    Statement,
)
from kg.ontology import KG

__all__ = ["encode", "encode_inferred"]

# What a relation may not be called, because the encoding itself says something by that name.
RESERVED = frozenset(
    term.value.removeprefix(KG)
    for name, term in vars(V).items()
    if name.startswith("kg_") and isinstance(term, NamedNode)
)


def encode(reading: Reading) -> bytes:
    """The graph of an article as canonical N-Quads: one a line, sorted, each once.

    Raises GraphError where a quote is not what the text has at that place, or a relation's name is taken.
    """
    reading = canonical(reading)
    _check(reading)
    writer = _Writer(reading.document.id, reading.document.language, reading.entities, reading.statements)
    writer.document(reading.document)
    text = reading.document.text
    for sentence in reading.sentences:
        span = writer.span(sentence.start, sentence.end, text[sentence.start : sentence.end])
        writer.add(span, V.rdf_type, V.Sentence)
    for entity in reading.entities:
        writer.entity(entity)
    for number, mention in enumerate(reading.mentions):
        again = number > 0 and reading.mentions[number - 1].span == mention.span
        writer.mention(mention, f"mention-{number}" if again else "")
    for statement in reading.statements:
        writer.statement(statement)
    for refusal in reading.refusals:
        writer.refusal(refusal, text)
    return writer.content


def encode_inferred(
    inferences: Iterable[tuple[Statement, tuple[str, ...]]],
    described: Container[str] = (),
    language: str = "fr",
) -> bytes:
    """The lines of inferred statements, each with the ids of its premises, in the graph of what rules infer.

    `described` are the ids of which an article's graph already says what they are.
    """
    ordered = sorted(inferences, key=lambda pair: pair[0].id)
    writer = _Writer("inferred", language, (), tuple(statement for statement, _ in ordered), described)
    for statement, premises in ordered:
        node = writer.statement(statement)
        writer.add(node, V.kg_inferred_by, NamedNode(iris.rule(statement.rule)))
        for premise in premises:
            writer.add(node, V.prov_derived, NamedNode(iris.node(premise)))
    return writer.content


def _check(reading: Reading) -> None:
    document = reading.document
    stretches = [(mention.start, mention.end, mention.text) for mention in reading.mentions]
    for statement in reading.statements:
        for name in (statement.predicate, *(qualifier.role for qualifier in statement.qualifiers)):
            if name in RESERVED:
                raise GraphError(
                    f"{document.name}: a relation cannot be called kg:{name}; that name is taken."
                )
        for evidence in statement.evidence:
            if evidence.document != document.name:
                raise GraphError(
                    f"{document.name}: {statement.id} quotes {evidence.document}, which is another article."
                )
            stretches.append((evidence.start, evidence.end, evidence.quote))
    for start, end, quote in stretches:
        if document.text[start:end] != quote:
            raise GraphError(
                f"{document.name}: characters {start} to {end} are not « {quote[:60]} »; nothing was written."
            )


class _Writer(Description):
    """Collects the lines of one graph: with the statements."""

    def statement(self, statement: Statement) -> NamedNode:
        """A statement, and the plain edge where it is asserted."""
        node = NamedNode(iris.node(statement.id))
        predicate = NamedNode(iris.property_iri(statement.predicate))
        subject = self._participant(
            node, statement.subject, V.kg_subject_text, V.kg_subject_label, V.kg_subject_type
        )
        self.add(node, V.rdf_type, V.Statement)
        self.add(node, V.rdfs_label, self.words(statement_label(statement)))
        self.add(node, V.rdf_subject, subject)
        self.add(node, V.rdf_predicate, predicate)
        self._manner(node, statement)
        if statement.object is not None:
            value = self._participant(
                node, statement.object, V.kg_object_text, V.kg_object_label, V.kg_object_type
            )
            self.add(node, V.rdf_object, value)
            if statement.asserted:
                self.add(subject, predicate, value)
        for position, qualifier in enumerate(statement.qualifiers):
            self._qualifier(node, statement.id, position, qualifier)
        for position, source in enumerate(statement.attribution):
            self._attribution(node, statement.id, position, source)
        for evidence in statement.evidence:
            self.add(node, V.prov_derived, self.span(evidence.start, evidence.end, evidence.quote))
        if statement.predicate.startswith("open-"):
            self.add(predicate, V.rdf_type, V.OpenRelation)
            self.add(predicate, V.rdfs_label, self.words(statement.lemma))
        return node

    def _manner(self, node: NamedNode, statement: Statement) -> None:
        self.add(node, V.kg_wording, self.words(statement.label))
        self.add(node, V.kg_lemma, self.words(statement.lemma))
        self.add(node, V.kg_polarity, _member(statement.polarity))
        self.add(node, V.kg_modality, _member(statement.modality))
        self.add(node, V.kg_asserted, literals.boolean(statement.asserted))
        self.add(node, V.kg_confidence, literals.number(statement.confidence))
        if statement.rule:
            self.add(node, V.kg_extracted_by, NamedNode(iris.rule(statement.rule)))

    def _participant(
        self, holder: NamedNode, node: Node, text: NamedNode, label: NamedNode, type_name: NamedNode
    ) -> NamedNode:
        """The participant's node; how this statement calls it stands on the holder, where it differs."""
        known_label, known_type = self.known[node.id]
        if node.mention:
            self.add(holder, text, self.words(node.mention))
        if node.label != known_label:
            self.add(holder, label, self.words(node.label))
        if node.type != known_type:
            self.add(holder, type_name, literals.text(node.type))
        return self.node(node)

    def _qualifier(self, statement: NamedNode, identifier: str, position: int, qualifier: Qualifier) -> None:
        name = f"{position}-{digest(qualifier.role, qualifier.node)}"
        node = NamedNode(iris.part(identifier, f"qualifier-{name}"))
        role = NamedNode(iris.property_iri(qualifier.role))
        participant = self._participant(node, qualifier.node, V.kg_text, V.kg_text_label, V.kg_text_type)
        self.add(statement, role, participant)
        self.add(statement, V.kg_qualifier, node)
        self.add(node, V.rdf_type, V.Qualifier)
        self.add(node, V.kg_role, role)
        self.add(node, V.kg_participant, participant)
        self.add(node, V.kg_position, literals.integer(position))

    def _attribution(self, statement: NamedNode, identifier: str, position: int, source: Attribution) -> None:
        name = f"{position}-{digest(source.cue, source.stance, source.node)}"
        node = NamedNode(iris.part(identifier, f"attribution-{name}"))
        agent = self._participant(node, source.node, V.kg_text, V.kg_text_label, V.kg_text_type)
        self.add(statement, V.kg_attributed_to, agent)
        self.add(statement, V.prov_attribution, node)
        self.add(statement, V.kg_stance, _member(source.stance))
        self.add(statement, V.kg_cue, self.words(source.cue))
        self.add(node, V.rdf_type, V.Attribution)
        self.add(node, V.prov_agent, agent)
        self.add(node, V.kg_cue, self.words(source.cue))
        self.add(node, V.kg_stance, _member(source.stance))
        self.add(node, V.kg_position, literals.integer(position))


def _member(name: str) -> NamedNode:
    """The individual that stands for a polarity, a modality or a stance: kg:Affirmed, kg:Planned, kg:Neutral."""
    return NamedNode(KG + name[:1].upper() + name[1:])
