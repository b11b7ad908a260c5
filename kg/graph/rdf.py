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
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph import iris, literals
from kg.graph.canonical import canonical
from kg.graph.vocabulary import V, class_of
from kg.model import Amount, Attribution, Document, Entity, Mention, Node, Period, Qualifier, Reading, Refusal
from kg.model import Statement, Value
from kg.ontology import KG

__all__ = ["encode", "encode_inferred"]

# What a relation may not be called, because the encoding itself says something by that name.
RESERVED = frozenset(
    term.value.removeprefix(KG) for name, term in vars(V).items() if name.startswith("kg_") and isinstance(term, NamedNode)
)


def encode(reading: Reading) -> list[Quad]:
    """The quads of an article, each once.

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
    return writer.quads


def encode_inferred(
    inferences: Iterable[tuple[Statement, tuple[str, ...]]], described: Container[str] = (), language: str = "fr"
) -> list[Quad]:
    """The quads of inferred statements, each with the ids of its premises, in the graph of what rules infer.

    `described` are the ids of which an article's graph already says what they are.
    """
    ordered = sorted(inferences, key=lambda pair: pair[0].id)
    writer = _Writer("inferred", language, (), tuple(statement for statement, _ in ordered), described)
    for statement, premises in ordered:
        node = writer.statement(statement)
        writer.add(node, V.kg_inferred_by, NamedNode(iris.rule(statement.rule)))
        for premise in premises:
            writer.add(node, V.prov_derived, NamedNode(iris.node(premise)))
    return writer.quads


def _check(reading: Reading) -> None:
    document = reading.document
    stretches = [(mention.start, mention.end, mention.text) for mention in reading.mentions]
    for statement in reading.statements:
        for name in (statement.predicate, *(qualifier.role for qualifier in statement.qualifiers)):
            if name in RESERVED:
                raise GraphError(f"{document.name}: a relation cannot be called kg:{name}; that name is taken.")
        for evidence in statement.evidence:
            if evidence.document != document.name:
                raise GraphError(f"{document.name}: {statement.id} quotes {evidence.document}, which is another article.")
            stretches.append((evidence.start, evidence.end, evidence.quote))
    for start, end, quote in stretches:
        if document.text[start:end] != quote:
            raise GraphError(f"{document.name}: characters {start} to {end} are not « {quote[:60]} »; nothing was written.")


def statement_label(statement: Statement) -> str:
    """The statement as one line: subject, relation, object."""
    parts = (statement.subject.label, statement.label, statement.object.label if statement.object else "")
    return " ".join(part for part in parts if part)


def _digest(*parts: object) -> str:
    return sha256("\x1f".join(map(str, parts)).encode("utf-8")).hexdigest()[:8]


class _Writer:
    """Collects the quads of one graph, each once, in the order they are said."""

    def __init__(
        self,
        graph: str,
        language: str,
        entities: tuple[Entity, ...],
        statements: tuple[Statement, ...],
        described: Container[str] = (),
    ) -> None:
        self.article = graph
        self.language = language
        self.graph = NamedNode(iris.node(graph))
        self._seen: dict[Quad, None] = {}
        self._known: dict[str, tuple[str, str]] = {}
        self._values: dict[str, Value] = {}
        self._told = {thing.id for thing in (*entities, *statements)}
        self._described = described
        self._learn(entities, statements)

    @property
    def quads(self) -> list[Quad]:
        return list(self._seen)

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self._seen[Quad(subject, predicate, value, self.graph)] = None

    def words(self, value: str) -> Literal:
        return literals.text(value, self.language)

    # ---- What each node is called, decided once for the whole graph

    def _learn(self, entities: tuple[Entity, ...], statements: tuple[Statement, ...]) -> None:
        nodes = sorted(_nodes(statements), key=lambda node: (node.id, node.label, node.type, repr(node.value)))
        for node in nodes:
            self._known.setdefault(node.id, ("", "") if node.id in self._described else (node.label, node.type))
            if node.value is not None:
                self._values.setdefault(node.id, node.value)
        self._known |= {entity.id: (entity.label, entity.type) for entity in entities}
        self._known |= {item.id: (statement_label(item), "Statement") for item in statements}

    def node(self, node: Node) -> NamedNode:
        """The node of a participant, with what it is called unless something else says so."""
        if node.value is not None and node.value != self._values[node.id]:
            # Two values under one id: the second gets a node of its own.
            iri = NamedNode(iris.part(node.id, f"value-{_digest(node.value)}"))
        else:
            iri = NamedNode(iris.node(node.id))
        if node.id not in self._told and node.id not in self._described:
            label, type_name = self._known[node.id]
            self.add(iri, V.rdf_type, _class(type_name, node.value))
            self.add(iri, V.rdfs_label, self.words(label))
        if node.value is not None:
            self.value(iri, node.value)
        return iri

    def value(self, iri: NamedNode, value: Value) -> None:
        if isinstance(value, Amount):
            self._amount(iri, value)
        else:
            self._period(iri, value)

    def _amount(self, iri: NamedNode, amount: Amount) -> None:
        bounds = ((V.schema_value, amount.value), (V.schema_min, amount.minimum), (V.schema_max, amount.maximum))
        for predicate, number in bounds:
            if number is not None:
                self.add(iri, predicate, literals.number(number))
        if amount.unit:
            unit = V.schema_currency if _is_money(amount) else V.schema_unit
            self.add(iri, unit, literals.text(amount.unit))
        if amount.per:
            self.add(iri, V.kg_per, literals.duration(amount.per))
        self.add(iri, V.kg_approximate, literals.boolean(amount.approximate))

    def _period(self, iri: NamedNode, period: Period) -> None:
        for predicate, day in ((V.schema_start, period.start), (V.schema_end, period.end)):
            if day:
                self.add(iri, predicate, literals.date(day))
        self.add(iri, V.kg_precision, literals.text(period.precision))
        if period.hour:
            self.add(iri, V.kg_hour, literals.text(period.hour))

    # ---- The article and what is found in it

    def document(self, document: Document) -> None:
        node = self.graph
        self.add(node, V.rdf_type, V.Article)
        self.add(node, V.rdf_type, V.Context)
        self.add(node, V.rdfs_label, self.words(document.title or document.name))
        self.add(node, V.kg_file, literals.text(document.name))
        self.add(node, V.kg_sha256, literals.text(document.sha256))
        self.add(node, V.schema_language, literals.text(document.language))
        self.add(node, V.nif_is_string, self.words(document.text))
        if document.published:
            self.add(node, V.schema_published, literals.date(document.published.isoformat()))
        if document.title is not None:
            self.add(node, V.schema_headline, self.words(document.title))
        for predicate, value in ((V.kg_outlet, document.outlet), (V.kg_byline, document.author)):
            if value is not None:
                self.add(node, predicate, literals.text(value))
        if document.url is not None:
            self.add(node, V.schema_url, literals.uri(document.url))

    def span(self, start: int, end: int, quote: str) -> NamedNode:
        span = NamedNode(iris.span(self.article, start, end))
        self._stretch(span, start, end, quote)
        return span

    def _stretch(self, node: NamedNode, start: int, end: int, quote: str) -> None:
        self.add(node, V.rdf_type, V.Span)
        self.add(node, V.nif_context, self.graph)
        self.add(node, V.nif_begin, literals.offset(start))
        self.add(node, V.nif_end, literals.offset(end))
        self.add(node, V.nif_anchor_of, self.words(quote))

    def entity(self, entity: Entity) -> None:
        node = NamedNode(iris.node(entity.id))
        # A name is the same in every language; a description is of the article's.
        language = "" if entity.named else self.language
        self.add(node, V.rdf_type, class_of(entity.type))
        self.add(node, V.rdfs_label, literals.text(entity.label, language))
        self.add(node, V.kg_is_name, literals.boolean(entity.named))
        for alias in entity.aliases:
            self.add(node, V.skos_alias, literals.text(alias, language))
        for link in entity.links:
            self.add(node, V.owl_same_as, NamedNode(link))

    def mention(self, mention: Mention, own_name: str = "") -> None:
        """A mention stands on the stretch of text itself; a second one there gets a name of its own."""
        if own_name:
            node = NamedNode(iris.part(self.article, own_name))
            self._stretch(node, mention.start, mention.end, mention.text)
        else:
            node = self.span(mention.start, mention.end, mention.text)
        self.add(node, V.rdf_type, V.Mention)
        if mention.entity:
            self.add(node, V.taIdentRef, NamedNode(iris.node(mention.entity)))
        self.add(node, V.kg_kind, literals.text(mention.kind))
        self.add(node, V.kg_text_type, literals.text(mention.type))
        self.add(node, V.kg_sentence_index, literals.integer(mention.sentence))
        self.add(node, V.kg_token_index, literals.integer(mention.token))
        if mention.rule:
            self.add(node, V.kg_resolved_by, NamedNode(iris.rule(mention.rule)))

    def refusal(self, refusal: Refusal, text: str) -> None:
        name = f"refusal-{_digest(refusal.start, refusal.end, refusal.reason, refusal.rule)}"
        node = NamedNode(iris.part(self.article, name))
        span = self.span(refusal.start, refusal.end, text[refusal.start : refusal.end])
        self.add(node, V.rdf_type, V.Refusal)
        self.add(node, V.prov_derived, span)
        self.add(node, V.kg_reason, literals.text(refusal.reason))
        if refusal.rule:
            self.add(node, V.kg_extracted_by, NamedNode(iris.rule(refusal.rule)))

    # ---- Statements

    def statement(self, statement: Statement) -> NamedNode:
        node = NamedNode(iris.node(statement.id))
        predicate = NamedNode(iris.property_iri(statement.predicate))
        subject = self._participant(node, statement.subject, V.kg_subject_text, V.kg_subject_label, V.kg_subject_type)
        self.add(node, V.rdf_type, V.Statement)
        self.add(node, V.rdfs_label, self.words(statement_label(statement)))
        self.add(node, V.rdf_subject, subject)
        self.add(node, V.rdf_predicate, predicate)
        self._manner(node, statement)
        if statement.object is not None:
            value = self._participant(node, statement.object, V.kg_object_text, V.kg_object_label, V.kg_object_type)
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
        known_label, known_type = self._known[node.id]
        if node.mention:
            self.add(holder, text, self.words(node.mention))
        if node.label != known_label:
            self.add(holder, label, self.words(node.label))
        if node.type != known_type:
            self.add(holder, type_name, literals.text(node.type))
        return self.node(node)

    def _qualifier(self, statement: NamedNode, identifier: str, position: int, qualifier: Qualifier) -> None:
        name = f"{position}-{_digest(qualifier.role, qualifier.node)}"
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
        name = f"{position}-{_digest(source.cue, source.stance, source.node)}"
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


def _nodes(statements: Iterable[Statement]) -> Iterable[Node]:
    for statement in statements:
        yield statement.subject
        if statement.object is not None:
            yield statement.object
        yield from (qualifier.node for qualifier in statement.qualifiers)
        yield from (source.node for source in statement.attribution)


def _class(type_name: str, value: Value | None) -> NamedNode:
    if type_name == "Statement":
        return V.Content
    return V.MonetaryAmount if type_name == "Amount" and _is_money(value) else class_of(type_name)


def _is_money(value: Value | None) -> bool:
    """Whether the unit is a currency: ISO 4217 codes are three capital letters, other units are words."""
    return isinstance(value, Amount) and len(value.unit) == 3 and value.unit.isascii() and value.unit.isupper()


def _member(name: str) -> NamedNode:
    """The individual that stands for a polarity, a modality or a stance: kg:Affirmed, kg:Planned, kg:Neutral."""
    return NamedNode(KG + name[:1].upper() + name[1:])
