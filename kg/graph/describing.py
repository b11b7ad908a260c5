"""How articles, entities, mentions, values and refusals are written as RDF: what statements speak of."""

from __future__ import annotations

from collections.abc import Container, Iterable
from hashlib import sha256

from pyoxigraph import Literal, NamedNode

from kg.graph import iris, literals
from kg.graph.vocabulary import V, class_of
from kg.model import Amount, Document, Entity, Mention, Node, Period, Refusal, Statement, Value

__all__ = ["Description", "digest", "statement_label"]


def statement_label(statement: Statement) -> str:
    """The statement as one line: subject, relation, object."""
    parts = (statement.subject.label, statement.label, statement.object.label if statement.object else "")
    return " ".join(part for part in parts if part)


def digest(*parts: object) -> str:
    """A short hash, for the last part of an IRI."""
    return sha256("\x1f".join(map(str, parts)).encode("utf-8")).hexdigest()[:8]


class Description:
    """Collects the lines of one graph, as N-Quads has them: here, all but the statements."""

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
        self._ending = f" {self.graph} .\n"
        self._lines: set[str] = set()
        self._spans: dict[tuple[int, int], NamedNode] = {}
        self.known: dict[str, tuple[str, str]] = {}
        self._values: dict[str, Value] = {}
        self._told = {entity.id for entity in entities} | {statement.id for statement in statements}
        self._described = described
        self._learn(entities, statements)

    @property
    def content(self) -> bytes:
        """All that was said, as canonical N-Quads: one a line, sorted, each once."""
        return "".join(sorted(self._lines)).encode("utf-8")

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Say something. A term is written as N-Quads has it; to make a `Quad` of it would cost three times as much."""
        self._lines.add(f"{subject} {predicate} {value}{self._ending}")

    def words(self, value: str) -> Literal:
        """Words in the article's language."""
        return literals.text(value, self.language)

    # ---- What each node is called, decided once for the whole graph

    def _learn(self, entities: tuple[Entity, ...], statements: tuple[Statement, ...]) -> None:
        nodes = sorted(
            _nodes(statements), key=lambda node: (node.id, node.label, node.type, repr(node.value))
        )
        for node in nodes:
            self.known.setdefault(
                node.id, ("", "") if node.id in self._described else (node.label, node.type)
            )
            if node.value is not None:
                self._values.setdefault(node.id, node.value)
        self.known |= {entity.id: (entity.label, entity.type) for entity in entities}
        self.known |= {item.id: (statement_label(item), "Statement") for item in statements}

    def node(self, node: Node) -> NamedNode:
        """The node of a participant, with what it is called unless something else says so."""
        if node.value != self._values.get(node.id):
            # Two values under one id: the second gets a node of its own.
            iri = NamedNode(iris.part(node.id, f"value-{digest(node.value)}"))
        else:
            iri = NamedNode(iris.node(node.id))
        if node.id not in self._told and node.id not in self._described:
            label, type_name = self.known[node.id]
            self.add(iri, V.rdf_type, _class(type_name, node.value))
            self.add(iri, V.rdfs_label, self.words(label))
        if node.value is not None:
            self.value(iri, node.value)
        return iri

    def value(self, iri: NamedNode, value: Value) -> None:
        """An amount or a time, as numbers and days."""
        if isinstance(value, Amount):
            self._amount(iri, value)
        else:
            self._period(iri, value)

    def _amount(self, iri: NamedNode, amount: Amount) -> None:
        bounds = (
            (V.schema_value, amount.value),
            (V.schema_min, amount.minimum),
            (V.schema_max, amount.maximum),
        )
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
        """The article itself, with its whole text."""
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
        """A stretch of the article's text."""
        span = self._spans.get((start, end))
        if span is None:
            span = self._spans[start, end] = NamedNode(iris.span(self.article, start, end))
            self._stretch(span, start, end, quote)
        return span

    def _stretch(self, node: NamedNode, start: int, end: int, quote: str) -> None:
        self.add(node, V.rdf_type, V.Span)
        self.add(node, V.nif_context, self.graph)
        self.add(node, V.nif_begin, literals.offset(start))
        self.add(node, V.nif_end, literals.offset(end))
        self.add(node, V.nif_anchor_of, self.words(quote))

    def entity(self, entity: Entity) -> None:
        """An entity with its names and its links."""
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
        """A place that gave nothing, and why."""
        name = f"refusal-{digest(refusal.start, refusal.end, refusal.reason, refusal.rule)}"
        node = NamedNode(iris.part(self.article, name))
        span = self.span(refusal.start, refusal.end, text[refusal.start : refusal.end])
        self.add(node, V.rdf_type, V.Refusal)
        self.add(node, V.prov_derived, span)
        self.add(node, V.kg_reason, literals.text(refusal.reason))
        if refusal.rule:
            self.add(node, V.kg_extracted_by, NamedNode(iris.rule(refusal.rule)))


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
    return (
        isinstance(value, Amount) and len(value.unit) == 3 and value.unit.isascii() and value.unit.isupper()
    )
