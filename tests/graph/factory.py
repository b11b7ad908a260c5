"""Readings in a few lines: an article, who says what, where it was read."""

from __future__ import annotations

from datetime import date

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
)

TEXT = (
    "Netflix recrute un directeur technique de l’IA générative, avec un salaire annuel pouvant atteindre "
    "650 000 dollars, comme le rapporte The Intercept en juillet 2023. "
    "La SAG-AFTRA affirme que l’entreprise posséderait ce scan. Il pleut."
)


def evidence(document: Document, quote: str) -> Evidence:
    start = document.text.index(quote)
    return Evidence(document.name, start, start + len(quote), quote)


def mention(
    document: Document, words: str, entity: str, kind: str = "name", type: str = "Organization"
) -> Mention:
    start = document.text.index(words)
    sentence = document.text[:start].count(". ")
    return Mention(start, start + len(words), words, kind, type, sentence, 0, entity, "spelled_alike")


NETFLIX = Entity(
    "netflix",
    "Netflix",
    "Organization",
    ("géant du streaming",),
    True,
    ("http://www.wikidata.org/entity/Q907311",),
)
UNION = Entity("sag-aftra", "SAG-AFTRA", "Organization", (), True)
PAPER = Entity("the-intercept", "The Intercept", "Organization", (), True)
POST = Entity("directeur-technique-7ce1", "directeur technique de l’IA générative", "Occupation")
SCAN = Entity("scan-7ce1", "scan", "Work")


def node(entity: Entity, words: str = "") -> Node:
    return Node(entity.id, entity.label, entity.type, words or entity.label)


def salary() -> Node:
    amount = Amount(maximum=650000.0, unit="USD", per="year")
    return Node("amount-max-650000-usd-year", "650 000 dollars par an", "Amount", "650 000 dollars", amount)


def recruits(document: Document) -> Statement:
    july = Node(
        "2023-07", "juillet 2023", "Date", "en juillet 2023", Period("2023-07-01", "2023-07-31", "month")
    )
    return Statement(
        subject=node(NETFLIX),
        predicate="recruits",
        label="recrute",
        lemma="recruter",
        object=node(POST, "un directeur technique de l’IA générative"),
        qualifiers=(Qualifier("amount", salary()), Qualifier("time", july)),
        attribution=(Attribution(node(PAPER), "rapporter", "endorsing"),),
        evidence=(evidence(document, document.text.split(", avec")[0]),),
        rule="verb_frame",
    )


def owns(document: Document) -> Statement:
    return Statement(
        subject=node(NETFLIX, "l’entreprise"),
        predicate="owns",
        label="posséderait",
        lemma="posséder",
        object=node(SCAN, "ce scan"),
        attribution=(Attribution(node(UNION, "La SAG-AFTRA"), "affirmer"),),
        modality="hypothetical",
        evidence=(evidence(document, "La SAG-AFTRA affirme que l’entreprise posséderait ce scan."),),
        rule="verb_frame",
        confidence=0.75,
    )


def claims(document: Document) -> Statement:
    content = owns(document)
    return Statement(
        subject=node(UNION, "La SAG-AFTRA"),
        predicate="claims",
        label="affirme",
        lemma="affirmer",
        object=Node(
            content.id, "l’entreprise posséderait ce scan", "Statement", "l’entreprise posséderait ce scan"
        ),
        evidence=content.evidence,
        rule="reported_speech",
    )


def rains(document: Document) -> Statement:
    return Statement(
        subject=Node("il", "Il", "Other", "Il"),
        predicate="open-pleuvoir",
        label="pleut",
        lemma="pleuvoir",
        evidence=(evidence(document, "Il pleut."),),
        rule="open_relation",
    )


def sentences(text: str) -> tuple[Span, ...]:
    found, start = [], 0
    for piece in text.split(". "):
        end = min(start + len(piece) + 1, len(text))
        found.append(Span(start, end))
        start += len(piece) + 2
    return tuple(found)


def article(name: str = "netflix-ia.txt", text: str = TEXT) -> Reading:
    """The article of the tests: a fact, a claim, the claiming, an open relation, a refusal."""
    document = Document(
        name,
        text,
        "fr",
        "Netflix et l’IA",
        date(2023, 7, 30),
        "Le Journal",
        "A. Nonyme",
        "https://example.org/a",
    )
    return Reading(
        document=document,
        sentences=sentences(text),
        entities=(NETFLIX, UNION, PAPER, POST, SCAN),
        mentions=(
            mention(document, "Netflix", "netflix"),
            mention(document, "SAG-AFTRA", "sag-aftra"),
            mention(document, "l’entreprise", "netflix", "nominal"),
            mention(document, "The Intercept", "the-intercept"),
        ),
        statements=(recruits(document), owns(document), claims(document), rains(document)),
        refusals=(
            Refusal(
                text.index("Il pleut"),
                text.index("Il pleut") + 2,
                "a subject that refers to nothing",
                "coreference",
            ),
        ),
    )
