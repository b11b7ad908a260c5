"""The data that passes between the stages: not to be changed, small, without behaviour of its own.

    Document ──► Sentence(Token…) ──► Mention, Entity, Value ──► Statement(Node…, Evidence…) ──► graph

Offsets are Unicode code points of `Document.text`; `text[start:end]` is always the quote itself.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from kg.records import frozen, ordered, record

__all__ = [
    "Amount", "Analysis", "Attribution", "Document", "Entity", "Evidence", "Mention", "Node", "Period",
    "Qualifier", "Reading", "Refusal", "Sentence", "Span", "Statement", "Token", "Value", "ValueMention",
    "record",
]  # fmt: skip


@ordered
class Span:
    """A stretch of a document's text, in code points, end excluded."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """Whether all of this lies inside the other."""
        return other.start <= self.start and self.end <= other.end


@frozen
class Document:
    """An article: its exact text and what is known of its publication."""

    name: str
    text: str
    language: str = "fr"
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None

    @property
    def sha256(self) -> str:
        """Hash of the text, in hexadecimal; what is the same text is the same article."""
        return sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def id(self) -> str:
        """Local name of the article's IRI.

        >>> Document("a.txt", "Bonjour.").id
        'article-441278a3222d'
        """
        return f"article-{self.sha256[:12]}"


@frozen
class Token:
    """A word of a sentence with its Universal Dependencies analysis.

    `index` and `head` count within it, a root's head is -1; `features` are sorted pairs; "du" is one token, an ADP.
    `doubtful` is whether the parser holds other heads or relations likely too, where it tells.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    features: tuple[tuple[str, str], ...]
    head: int
    deprel: str
    doubtful: bool = False

    def feature(self, name: str) -> str:
        """The value of a UD feature, or the empty string."""
        for key, value in self.features:
            if key == name:
                return value
        return ""


@frozen
class Sentence:
    """A sentence: where it stands in its document, and its tree. `headline` marks the article's title."""

    index: int
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    headline: bool = False

    @property
    def span(self) -> Span:
        """Where the sentence stands in the document."""
        return Span(self.start, self.end)


@frozen
class Amount:
    """A quantity: a value or bounds, a unit (ISO 4217 code or a short word), `per` day|month|year….

    >>> Amount(maximum=650000, unit="USD", per="year").json()
    {'max': 650000, 'unit': 'USD', 'per': 'year'}
    """

    value: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    per: str = ""
    approximate: bool = False

    def json(self) -> dict[str, object]:
        """As the statements table writes it; whole numbers without a decimal point."""
        plain = {"value": self.value, "min": self.minimum, "max": self.maximum}
        out: dict[str, object] = {
            key: int(number) if float(number).is_integer() else number
            for key, number in plain.items()
            if number is not None
        }
        if self.unit:
            out["unit"] = self.unit
        if self.per:
            out["per"] = self.per
        if self.approximate:
            out["approximate"] = True
        return out


@frozen
class Period:
    """A time as an interval of days, both ends included, ISO 8601; precision day|month|quarter|year|….

    An open end is the empty string. `hour` ("14:30") is kept where the text gives one.
    """

    start: str
    end: str
    precision: str = "day"
    hour: str = ""

    def json(self) -> dict[str, object]:
        """As the statements table writes it."""
        pairs = {"start": self.start, "end": self.end, "hour": self.hour}
        return {key: value for key, value in pairs.items() if value}


Value = Amount | Period


@frozen
class Mention:
    """A stretch of text that names or refers to an entity. `kind` is name, nominal or pronoun.

    Its head word is at `sentence` and `token`; `rule` decided on `entity`; `likely` are a name's likely types, from 0 to 1.
    """

    start: int
    end: int
    text: str
    kind: str
    type: str
    sentence: int
    token: int
    entity: str = ""
    rule: str = ""
    likely: tuple[tuple[str, float], ...] = ()

    @property
    def span(self) -> Span:
        """Where the mention stands in the document."""
        return Span(self.start, self.end)


@frozen
class Analysis:
    """What the language model sees in a document: sentences with their trees, and names (kind "name")."""

    sentences: tuple[Sentence, ...]
    names: tuple[Mention, ...]


@frozen
class ValueMention:
    """A stretch of one sentence that states a value, and the value. `token` is its head word."""

    start: int
    end: int
    text: str
    value: Value
    sentence: int
    token: int


@frozen
class Entity:
    """One thing, however it is called. `id` is the local name of its IRI, made from content.

    `named` is whether some mention is a name; other entities belong to one article only.
    `links` are IRIs of the same thing elsewhere, from the authority file.
    """

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    named: bool = False
    links: tuple[str, ...] = ()


@frozen
class Node:
    """A participant of a statement: an entity, a concept, a value or another statement, as mentioned here.

    `type` is a short name: Person Organization Place Work Product Event Group Occupation Concept Amount
    Date Statement Other. `mention` is the surface text. For a statement, `id` is that statement's id.
    """

    id: str
    label: str
    type: str
    mention: str = ""
    value: Value | None = None


@frozen
class Qualifier:
    """A further participant: amount time place recipient purpose instrument manner cause source topic part attribute."""

    role: str
    node: Node


@frozen
class Attribution:
    """Who says it: the claimant, the cue word ("selon", "affirmer"), the stance of the cue.

    `stance` is endorsing, neutral or distancing.
    """

    node: Node
    cue: str
    stance: str = "neutral"


@ordered
class Evidence:
    """Where it was read: `text[start:end] == quote` in the document of that name."""

    document: str
    start: int
    end: int
    quote: str


@frozen
class Statement:
    """One thing an article says. Who says it is part of it; where it was read is evidence.

    `predicate` is the local name of a property (kg:recruits → "recruits"; an open relation is named by its
    lemma, "open-scanner"); `label` is the text for people, `lemma` the infinitive or noun that expresses it.
    `modality` is actual, planned, possible, hypothetical, question or obligation.
    """

    subject: Node
    predicate: str
    label: str
    lemma: str
    object: Node | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    polarity: str = "affirmed"
    modality: str = "actual"
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""
    confidence: float = 1.0

    @property
    def asserted(self) -> bool:
        """Whether the plain edge stands: the article itself says it happens, or endorses who says it."""
        return (
            self.polarity == "affirmed"
            and self.modality == "actual"
            and self.object is not None
            and all(source.stance == "endorsing" for source in self.attribution)
        )

    @property
    def id(self) -> str:
        """The same for the same content, in any article, on any machine: `statement-<12 hex>`.

        Evidence is not identity: an article that repeats a statement corroborates it.
        """
        key = [
            self.subject.id,
            self.predicate,
            self.object.id if self.object else "",
            self.polarity,
            self.modality,
        ]
        key += [f"{qualifier.role}={qualifier.node.id}" for qualifier in self.qualifiers]
        key += [f"{source.cue}:{source.node.id}" for source in self.attribution]
        return "statement-" + sha256("\x1f".join(key).encode("utf-8")).hexdigest()[:12]


@frozen
class Refusal:
    """A sentence or a candidate that gave nothing, and why; shown by `kg explain` and counted by `kg build`."""

    start: int
    end: int
    reason: str
    rule: str = ""


@frozen
class Reading:
    """All that was read from one article; the only thing that crosses into the graph."""

    document: Document
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    refusals: tuple[Refusal, ...] = ()
