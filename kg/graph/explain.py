"""Why something is in the graph: the sentence, the rule, who says it, and what was refused there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.graph import iris
from kg.graph.gathering import entities, statements
from kg.graph.names import alike, called
from kg.model import Entity, Mention, Node, Reading, Refusal, Span, Statement
from kg.ontology import ID, expand

if TYPE_CHECKING:
    from kg.graph.graph import Graph

__all__ = ["Explanation", "Passage", "Said", "explain"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article, the words in it that count, and what was refused in it (with the reason).

    `url` is where the article was published, if that is known.
    """

    document: str
    start: int
    end: int
    sentence: str
    quote: str
    rule: str = ""
    refused: tuple[str, ...] = ()
    url: str = ""

    def _repr_html_(self) -> str:
        from kg.graph.card import passage

        return passage(self)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its ground: status asserted, claimed, denied, inferred, or its modality; who says it; where; from which premises."""

    id: str
    label: str
    status: str
    polarity: str
    modality: str
    rule: str
    confidence: float
    attribution: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    premises: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[Passage, ...]:
        """The passages, each a sentence with its place and the words that count."""
        return self.passages

    def _repr_html_(self) -> str:
        from kg.graph.card import said

        return said(self)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of one thing: kind is statement, entity or article."""

    id: str
    iri: str
    kind: str
    label: str
    type: str = ""
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[Passage, ...] = ()
    statements: tuple[Said, ...] = ()
    refusals: tuple[Passage, ...] = field(default=())

    @property
    def relations(self) -> tuple[Said, ...]:
        """What is said of it."""
        return self.statements

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Mapping[str, str]:
        """How a notebook shows it: a card with its sentences, what counts in them marked; and as text."""
        from kg.graph.card import card

        return {"text/html": card(self), "text/plain": str(self)}

    def json(self) -> dict[str, object]:
        """As plain dictionaries and lists."""
        return asdict(self)

    def __str__(self) -> str:
        lines = [f"{self.label}  ({self.kind}{' ' + self.type if self.type else ''}, {self.iri})"]
        lines += [f"  = {name}" for name in (*self.aliases, *self.links)]
        for passage in self.mentions:
            lines.append(
                f"  {passage.document}:{passage.start}  « {passage.quote} »  {passage.rule}".rstrip()
            )
        for said in self.statements:
            lines += ["", *_lines(said)]
        for passage in self.refusals:
            lines += ["", f"  {passage.document}:{passage.start}  {passage.sentence}"]
            lines += [f"    ✗ {reason}" for reason in passage.refused]
        return "\n".join(lines)


def _lines(said: Said) -> list[str]:
    lines = [f"{said.label}  [{said.status}, {said.polarity}, {said.modality}]  id:{said.id}"]
    lines += [f"    {text}" for text in (*said.attribution, *said.qualifiers)]
    for passage in said.passages:
        lines.append(f"    {passage.document}:{passage.start}  {passage.sentence}")
        lines += [f"      ✗ {reason}" for reason in passage.refused]
    if said.rule:
        lines.append(f"    rule {said.rule}, confidence {said.confidence:g}")
    return lines + [f"    ⊢ {premise}" for premise in said.premises]


def explain(graph: Graph, what: str) -> Explanation:
    """What is known of a statement, an entity or an article, by IRI, prefixed name or id; of an entity by its name too.

    Raises GraphError where the graph does not have it.
    """
    iri = _iri(what)
    identifier = iris.id_of(iri)
    readings = list(graph.readings())
    inferred = {statement.id: (statement, premises) for statement, premises in graph.inferred()}
    everything = {statement.id: statement for statement in statements(readings)}
    if identifier in inferred and identifier not in everything:
        return _inferred(iri, *inferred[identifier], everything, readings)
    if identifier in everything:
        said = _said(everything[identifier], readings)
        return Explanation(identifier, iri, "statement", said.label, statements=(said,))
    article = next(
        (reading for reading in readings if identifier in (reading.document.id, reading.document.name)), None
    )
    if article is not None:
        return _article(article)
    known = {entity.id: entity for entity in entities(readings)}
    nodes = [node for statement in everything.values() for node in _nodes(statement)]
    if identifier not in known and all(identifier != node.id for node in nodes):
        identifier = called(what, known.values(), nodes) or ""
    if identifier:
        return _entity(known.get(identifier), identifier, readings, list(everything.values()))
    near = graph.search(what.rpartition(":")[2].replace("-", " "), 3)
    found = [hit.iri.removeprefix(ID) for hit in near if hit.kind == "entity"] or alike(what, known.values())
    meant = " or ".join(f"id:{each}" for each in dict.fromkeys(found))
    raise GraphError(
        f"{what}: not in this graph."
        + (f" Did you mean {meant}?" if meant else " Find its id with: kg search WORDS")
    )


def _iri(what: str) -> str:
    what = what.strip("<>")
    if what.startswith("id:"):
        return ID + what[3:]
    return expand(what) if "://" in what else iris.node(what)


def _inferred(
    iri: str,
    statement: Statement,
    premises: tuple[str, ...],
    known: dict[str, Statement],
    readings: list[Reading],
) -> Explanation:
    names = tuple(
        f"id:{premise}  {label(known[premise]) if premise in known else ''}".rstrip() for premise in premises
    )
    said = _told(statement, "inferred", (), names)
    grounds = tuple(_said(known[premise], readings) for premise in premises if premise in known)
    return Explanation(statement.id, iri, "statement", said.label, statements=(said, *grounds))


def _article(reading: Reading) -> Explanation:
    document = reading.document
    refusals = tuple(
        _passage(reading, refusal.start, refusal.end, refused=(_refused(refusal),))
        for refusal in reading.refusals
    )
    said = tuple(_said(statement, [reading]) for statement in reading.statements)
    title = document.title or document.name
    return Explanation(
        document.id,
        iris.node(document.id),
        "article",
        title,
        document.name,
        statements=said,
        refusals=refusals,
    )


def _entity(
    entity: Entity | None, identifier: str, readings: list[Reading], known: list[Statement]
) -> Explanation:
    mentions = [
        _passage(reading, mention.start, mention.end, rule=_why(mention))
        for reading in readings
        for mention in reading.mentions
        if mention.entity == identifier
    ]
    said = tuple(_said(statement, readings) for statement in known if identifier in _ids(statement))
    node = next((node for statement in known for node in _nodes(statement) if node.id == identifier), None)
    name, kind = (
        (entity.label, entity.type) if entity else (node.label, node.type) if node else (identifier, "")
    )
    return Explanation(
        identifier,
        iris.node(identifier),
        "entity",
        name,
        kind,
        entity.aliases if entity else (),
        entity.links if entity else (),
        tuple(mentions),
        said,
    )


def _said(statement: Statement, readings: list[Reading]) -> Said:
    passages = [
        _passage(reading, one.start, one.end, refused=_refusals(reading, one.start, one.end))
        for reading in readings
        for one in statement.evidence
        if one.document == reading.document.name
    ]
    return _told(statement, _status(statement), tuple(passages), ())


def _status(statement: Statement) -> str:
    """Claimed by somebody, denied, planned…, or asserted by the article itself."""
    if any(source.stance != "endorsing" for source in statement.attribution):
        return "claimed"
    if statement.polarity == "negated":
        return "denied"
    return "asserted" if statement.modality == "actual" else statement.modality


def _told(
    statement: Statement, status: str, passages: tuple[Passage, ...], premises: tuple[str, ...]
) -> Said:
    return Said(
        id=statement.id,
        label=label(statement),
        status=status,
        polarity=statement.polarity,
        modality=statement.modality,
        rule=statement.rule,
        confidence=statement.confidence,
        attribution=tuple(
            f"{source.cue}: {source.node.label} ({source.stance})" for source in statement.attribution
        ),
        qualifiers=tuple(f"{qualifier.role}: {qualifier.node.label}" for qualifier in statement.qualifiers),
        passages=passages,
        premises=premises,
    )


def label(statement: Statement) -> str:
    """Subject, relation and object in one line."""
    return " — ".join(
        [statement.subject.label, statement.label, *([statement.object.label] if statement.object else [])]
    )


def _passage(
    reading: Reading, start: int, end: int, rule: str = "", refused: tuple[str, ...] = ()
) -> Passage:
    document = reading.document
    sentence = _sentence(reading, Span(start, end))
    text = " ".join(document.text[sentence.start : sentence.end].split())
    quote = document.text[start:end]
    return Passage(document.name, start, end, text, quote, rule, refused, document.url or "")


def _sentence(reading: Reading, place: Span) -> Span:
    """From the first sentence that the place touches to the last."""
    touched = [sentence for sentence in reading.sentences if sentence.touches(place)]
    return Span(touched[0].start, touched[-1].end) if touched else place


def _refusals(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    sentence = _sentence(reading, Span(start, end))
    return tuple(
        _refused(refusal)
        for refusal in reading.refusals
        if Span(refusal.start, refusal.end).touches(sentence)
    )


def _refused(refusal: Refusal) -> str:
    return f"{refusal.reason} ({refusal.rule})" if refusal.rule else refusal.reason


def _why(mention: Mention) -> str:
    return f"{mention.kind}, {mention.rule}" if mention.rule else mention.kind


def _nodes(statement: Statement) -> Iterator[Node]:
    yield statement.subject
    if statement.object:
        yield statement.object
    yield from (qualifier.node for qualifier in statement.qualifiers)
    yield from (source.node for source in statement.attribution)


def _ids(statement: Statement) -> set[str]:
    return {node.id for node in _nodes(statement)}
